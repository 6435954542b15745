package phrases

import (
	"embed"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	textual "openness/audit/pattern"
)

//go:embed *.yaml
var builtinFiles embed.FS

// A File is one file of a phrase book.
type File struct {
	Name string
	Data []byte
}

// Builtin lists the files of the built-in book.
func Builtin() []File {
	names, err := builtinFiles.ReadDir(".")
	if err != nil {
		panic(err) // embedded
	}
	var list []File
	for _, entry := range names {
		data, err := builtinFiles.ReadFile(path.Join(".", entry.Name()))
		if err != nil {
			panic(err)
		}
		list = append(list, File{entry.Name(), data})
	}
	return list
}

// Default is the built-in book, compiled on first use.
var Default = sync.OnceValue(func() *Book {
	list, faults := load(Builtin(), nil)
	if len(faults) > 0 {
		panic("phrases: " + faults.Error()) // a build that fails its own tests
	}
	return laterBook(list)
})

// Lint reads files of phrases and tries their examples. The groups of the
// built-in book may be used in them; a file with the name of a built-in one is
// read in its place. It gives the phrases that could be read and every fault.
func Lint(files []File) ([]*Phrase, Faults) {
	known := make(groups)
	for _, f := range Builtin() {
		if slices.ContainsFunc(files, func(own File) bool { return path.Base(own.Name) == f.Name }) {
			continue
		}
		in := reader{file: f.Name}
		for _, entry := range in.entries(f.Data) {
			in.group(entry, known)
		}
	}
	list, faults := load(files, known)
	b := newBook(list, func(p *Phrase, err error) {
		faults = append(faults, Fault{p.File, p.Line, fmt.Sprintf("say: %v", err)})
	})
	faults = append(faults, b.examples()...)
	return b.phrases, faults.sorted()
}

// groups are the named wordings, by language and name. All files of a language
// share them, so a name stands for one wording.
type groups map[[2]string]group

// A group is a wording and where it is written.
type group struct {
	say, file string
	line      int
}

func (g groups) of(lang string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		found, ok := g[[2]string{lang, name}]
		return found.say, ok
	}
}

// load reads files.
func load(files []File, known groups) ([]*Phrase, Faults) {
	all := maps.Clone(known)
	if all == nil {
		all = make(groups)
	}
	var faults Faults
	type entry struct {
		in     *reader
		fields map[string]*yaml.Node
	}
	var entries []entry
	for _, f := range files {
		in := &reader{file: f.Name}
		for _, n := range in.entries(f.Data) {
			if in.group(n, all) {
				continue
			}
			if fields := in.fields(n, []string{"fact", "lang", "say", "yes", "no"}, "value", "mode",
				"stage"); fields != nil {
				entries = append(entries, entry{in, fields})
			}
		}
		faults = append(faults, in.faults...)
		in.faults = nil
	}
	var list []*Phrase
	for _, e := range entries {
		if p := e.in.phrase(e.fields, all); p != nil {
			list = append(list, p)
		}
		faults = append(faults, e.in.faults...)
		e.in.faults = nil
	}
	return list, faults
}

// examples tries the sentences of every phrase.
func (b *Book) examples() Faults {
	var faults Faults
	for _, p := range b.phrases {
		one := newBook([]*Phrase{p}, func(*Phrase, error) {})
		for _, yes := range p.Yes {
			if len(one.FindString(yes)) == 0 {
				faults = append(faults, Fault{p.File, p.Line, fmt.Sprintf("%q does not match %q, which it must", p.Say,
					yes)})
			}
		}
		for _, no := range p.No {
			if found := one.FindString(no); len(found) > 0 {
				faults = append(faults, Fault{p.File, p.Line, fmt.Sprintf("%q matches %q, which it must not: at %q",
					p.Say, no, no[found[0].Start:found[0].End])})
			}
		}
	}
	return faults
}

// A reader reads one file and notes every fault.
type reader struct {
	file   string
	faults Faults
}

const yamlDepth = 10 // a phrase needs 4

func (r *reader) fault(n *yaml.Node, format string, args ...any) {
	f := Fault{File: r.file, Message: fmt.Sprintf(format, args...)}
	if n != nil {
		f.Line = n.Line
	}
	r.faults = append(r.faults, f)
}

var atLine = textual.MustCompile(`\bat L(\d+)\.C\d+`)

// entries gives the nodes of a file, which is a list.
func (r *reader) entries(data []byte) []*yaml.Node {
	var document yaml.Node
	err := yaml.Load(data, &document, yaml.WithPlugin(
		loaderlimits.New(loaderlimits.DepthValue(yamlDepth), loaderlimits.AliasValue(0))))
	switch {
	case len(document.Content) == 0 && (err == nil || strings.Contains(err.Error(), "no documents")):
		r.fault(nil, "the file is empty")
		return nil
	case err != nil:
		for _, line := range strings.Split(strings.TrimSpace(err.Error()), "\n") {
			f := Fault{File: r.file, Message: "not YAML: " + strings.TrimSpace(line)}
			if m := atLine.FindStringSubmatch(line); m != nil {
				f.Line, _ = strconv.Atoi(m[1])
			}
			r.faults = append(r.faults, f)
		}
		return nil
	}
	root := document.Content[0]
	if root.Kind != yaml.SequenceNode {
		r.fault(root, "a file of phrases is a list of entries")
		return nil
	}
	return root.Content
}

// group reads an entry that names a wording for use in others, and reports
// whether it was one.
func (r *reader) group(n *yaml.Node, into groups) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 || n.Content[0].Value != "group" {
		return false
	}
	fields := r.fields(n, []string{"group", "lang", "say"})
	if fields == nil {
		return true
	}
	name, lang, say := r.text(fields["group"]), r.text(fields["lang"]), r.text(fields["say"])
	key := [2]string{lang, name}
	if first, twice := into[key]; twice {
		r.fault(n, "group %q of language %q is written twice, first at %s:%d; give one of them another name",
			name, lang, first.file, first.line)
	} else {
		into[key] = group{say, r.file, n.Line}
	}
	return true
}

// phrase reads one entry.
func (r *reader) phrase(fields map[string]*yaml.Node, all groups) *Phrase {
	before := len(r.faults)
	at := fields["fact"]
	p := &Phrase{
		File: r.file, Line: at.Line, Fact: r.text(at), Value: r.text(fields["value"]), Mode: r.text(fields["mode"]),
		Stage: r.text(fields["stage"]), Lang: r.text(fields["lang"]), Say: r.text(fields["say"]),
		Yes: r.list("yes", fields["yes"]), No: r.list("no", fields["no"]),
	}
	if err := check(p); err != nil {
		r.fault(at, "%v", err)
	}
	var err error
	if p.pattern, err = parsePattern(p.Say, all.of(p.Lang)); err != nil {
		r.fault(fields["say"], "say: %v", err)
	}
	if len(r.faults) > before {
		return nil
	}
	return p
}

// fields returns the values of an entry by key, or nil if it has a fault.
func (r *reader) fields(n *yaml.Node, required []string, optional ...string) map[string]*yaml.Node {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "an entry has %s", strings.Join(required, ", "))
		return nil
	}
	before := len(r.faults)
	known := slices.Concat(required, optional)
	fields := make(map[string]*yaml.Node)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(known, key.Value):
			r.fault(key, "unknown key %q; an entry has %s", key.Value, strings.Join(known, ", "))
		case fields[key.Value] != nil:
			r.fault(key, "key %q stands twice", key.Value)
		default:
			fields[key.Value] = value
		}
	}
	for _, name := range required {
		if fields[name] == nil {
			r.fault(n, "the entry lacks %q", name)
		}
	}
	if len(r.faults) > before {
		return nil
	}
	return fields
}

// text reads one string; of an optional key that is not there it is empty.
func (r *reader) text(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		r.fault(n, "expected words")
	}
	return n.Value
}

// list reads the examples, of which there is at least one.
func (r *reader) list(key string, n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.fault(n, "%s: expected a list of one or more sentences", key)
		return nil
	}
	var list []string
	for _, item := range n.Content {
		list = append(list, r.text(item))
	}
	return list
}

// The values of the facts that all themes share.
var shared = map[string][]string{
	"mode":   {"done", "denied", "promised", "conditional", "advice", "quoted"},
	"stage":  {"pre-training", "tuning", "preference", "data-processing", "evaluation", "inference", "none"},
	"whose":  {"reader", "nobody"},
	"clause": {"start", "statement", "aside", "verb"},
	"heading": {
		"training data", "training procedure", "training hyperparameters", "training", "pre-training", "fine-tuning",
		"preprocessing",
		"evaluation", "results", "benchmarks", "performance", "testing data", "metrics",
		"model details", "model description", "model architecture", "description", "introduction",
		"intended uses", "intended uses & limitations", "usage", "quickstart", "direct use", "out-of-scope use",
		"limitations", "limitations and bias", "bias, risks, and limitations", "ethical considerations",
		"recommendations",
		"environmental impact", "hardware", "software", "hardware and software", "compute infrastructure",
		"technical specifications",
		"citation", "license", "acknowledgements", "contact", "disclaimer", "requirements", "installation",
		"model sources",
		"datasets", "data", "related work", "comparison with other models",
	},
	"section": {"details", "uses", "limitations", "training data", "training procedure", "evaluation", "environment",
		"citation", "contact",
		"running", "use", "aside", "format"},
}

var dotted = textual.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)

// check reports what is wrong with the names of a phrase.
func check(p *Phrase) error {
	if values, ok := shared[p.Fact]; ok {
		if !slices.Contains(values, p.Value) {
			return fmt.Errorf("%s has no value %q; use %s", p.Fact, p.Value, strings.Join(values, ", "))
		}
		if p.Mode != "" || p.Stage != "" {
			return fmt.Errorf("an entry of %s has no mode or stage of its own", p.Fact)
		}
	} else if !dotted.MatchString(p.Fact) {
		return fmt.Errorf("fact %q is neither a dotted name nor one of mode, stage, whose, clause, section, heading",
			p.Fact)
	}
	if p.Mode != "" && !slices.Contains(shared["mode"], p.Mode) {
		return fmt.Errorf("there is no mode %q; use %s", p.Mode, strings.Join(shared["mode"], ", "))
	}
	if p.Stage != "" && !slices.Contains(shared["stage"], p.Stage) {
		return fmt.Errorf("there is no stage %q; use %s", p.Stage, strings.Join(shared["stage"], ", "))
	}
	if len(p.Lang) < 2 || len(p.Lang) > 3 || strings.ToLower(p.Lang) != p.Lang {
		return errors.New(`lang is a code such as "en" or "zh"`)
	}
	return nil
}
