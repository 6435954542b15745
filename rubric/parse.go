package rubric

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"openness/audit"
)

// Bounds of one file: far above any real rubric, so that a hostile one costs
// little time.
const (
	maxDimensions = 100
	maxRules      = 50   // of one dimension
	maxPredicate  = 2000 // bytes
	maxDepth      = 20   // of YAML nesting; a rubric needs 5
)

var identifier = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]*$`)

// A reader walks the YAML nodes of one file and notes every fault.
type reader struct {
	file      string
	dimension string // the one being read, for faults
	faults    Faults
	language  *language
}

func parse(name string, data []byte, facts []audit.Fact, trust trust) (*Rubric, error) {
	r, root, err := open(name, data, facts, trust)
	if err != nil {
		return nil, err
	}
	rubric := r.rubric(root)
	if len(r.faults) > 0 {
		return nil, r.faults.sorted()
	}
	rubric.SHA256 = audit.Hash(data)
	return rubric, nil
}

// open loads a YAML file within bounds and prepares to read its root node.
func open(name string, data []byte, facts []audit.Fact, trust trust) (*reader, *yaml.Node, error) {
	var document yaml.Node
	err := yaml.Load(data, &document, yaml.WithPlugin(
		loaderlimits.New(loaderlimits.DepthValue(maxDepth), loaderlimits.AliasValue(0))))
	if len(document.Content) == 0 && (err == nil || strings.Contains(err.Error(), "no documents")) {
		return nil, nil, Faults{{File: name, Message: "the file is empty"}}
	}
	if err != nil {
		return nil, nil, syntaxFaults(name, err)
	}
	language, err := newLanguage(facts, trust)
	if err != nil {
		return nil, nil, fmt.Errorf("%q: %w", name, err)
	}
	return &reader{file: name, language: language}, document.Content[0], nil
}

// atLine finds the first position in a message such as
// "load error in parser (while parsing a flow node) at L7.C3: ...".
var atLine = regexp.MustCompile(`\bat L(\d+)\.C(\d+)`)

// syntaxFaults turns the YAML library's error, which names lines in its text,
// into faults with positions.
func syntaxFaults(name string, err error) Faults {
	var faults Faults
	if strings.Contains(err.Error(), "load error in reader") { // of bytes, which have no line
		return Faults{{File: name, Message: "this is no text: write it as YAML, in UTF-8"}}
	}
	for _, line := range strings.Split(strings.TrimSpace(err.Error()), "\n") {
		fault := Fault{File: name, Message: "not YAML: " + strings.TrimSpace(line)}
		if m := atLine.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			fault.Line, _ = strconv.Atoi(m[1])
			fault.Column, _ = strconv.Atoi(m[2])
		}
		faults = append(faults, fault)
	}
	return faults
}

func (r *reader) fault(n *yaml.Node, format string, args ...any) {
	f := Fault{File: r.file, Dimension: r.dimension, Message: fmt.Sprintf(format, args...)}
	if n != nil {
		f.Line, f.Column = n.Line, n.Column
	}
	r.faults = append(r.faults, f)
}

// fields returns the values of a mapping by key. Unknown, repeated and missing
// required keys are faults.
func (r *reader) fields(n *yaml.Node, what string, required []string, optional ...string) map[string]*yaml.Node {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "%s must be a mapping with %s", what, strings.Join(required, ", "))
		return nil
	}
	known := slices.Concat(required, optional)
	fields := make(map[string]*yaml.Node)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(known, key.Value):
			r.fault(key, "%s has no field %q%s", what, key.Value, DidYouMean(key.Value, known))
		case fields[key.Value] != nil:
			r.fault(key, "%s has %q twice", what, key.Value)
		default:
			fields[key.Value] = value
		}
	}
	for _, name := range required {
		if fields[name] == nil {
			r.fault(n, "%s lacks %q", what, name)
		}
	}
	return fields
}

// text reads a scalar that must not be empty; a missing node was reported already.
func (r *reader) text(n *yaml.Node, what string) string {
	if n == nil {
		return ""
	}
	value := strings.TrimSpace(n.Value)
	if n.Kind != yaml.ScalarNode || value == "" {
		r.fault(n, "%s must be a text", what)
	}
	return value
}

func (r *reader) list(n *yaml.Node, what string, limit int) []*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.fault(n, "%s must be a list with at least one entry", what)
		return nil
	}
	if len(n.Content) > limit {
		r.fault(n, "%s has %d entries; at most %d are allowed", what, len(n.Content), limit)
		return nil
	}
	return n.Content
}

// id reads an identifier: it becomes part of file names, URLs and columns.
func (r *reader) id(n *yaml.Node, what string) string {
	value := r.text(n, what)
	if value != "" && !identifier.MatchString(value) {
		r.fault(n, "%s %q may have lower-case letters, digits, '_', '.' and '-' only", what, shortened(value))
	}
	if len(value) > maxID {
		r.fault(n, "%s %q has %d characters; at most %d are allowed", what, shortened(value), len(value), maxID)
		return shortened(value)
	}
	return value
}

// maxID bounds the ids and versions of rubrics, policies, dimensions and requirements, in bytes: they
// stand in tables and in every line on a fault.
const maxID = 100

// shortened is a name as a fault shows it.
func shortened(name string) string {
	if len(name) <= maxID {
		return name
	}
	return strings.ToValidUTF8(name[:maxID], "") + "..."
}

// version reads the version of a rubric or policy.
func (r *reader) version(n *yaml.Node) string {
	value := r.text(n, "version")
	if len(value) > maxID {
		r.fault(n, "version %q has %d characters; at most %d are allowed", shortened(value), len(value), maxID)
	}
	return shortened(value)
}

func (r *reader) rubric(n *yaml.Node) *Rubric {
	fields := r.fields(n, "a rubric", []string{"id", "version", "name", "sources", "aggregate", "dimensions"}, "about",
		"verdicts")
	rubric := &Rubric{
		Ref:       Ref{ID: r.id(fields["id"], "id"), Version: r.version(fields["version"])},
		Name:      r.text(fields["name"], "name"),
		About:     r.optional(fields["about"], "about"),
		Aggregate: r.text(fields["aggregate"], "aggregate"),
		language:  r.language,
	}
	if a := fields["aggregate"]; a != nil && rubric.Aggregate != AggregateSum && rubric.Aggregate != AggregateMean {
		r.fault(a, "aggregate is %q; it must be %q or %q", rubric.Aggregate, AggregateSum, AggregateMean)
	}
	for _, source := range r.list(fields["sources"], "sources", maxDimensions) {
		rubric.Sources = append(rubric.Sources, r.text(source, "a source"))
	}
	seen := make(map[string]bool)
	for _, node := range r.list(fields["dimensions"], "dimensions", maxDimensions) {
		d := r.dimensionOf(node)
		if seen[d.ID] && d.ID != "" {
			r.fault(node, "dimension %q is there twice", d.ID)
		}
		seen[d.ID] = true
		rubric.Dimensions = append(rubric.Dimensions, d)
	}
	rubric.Verdicts = r.rulings(fields["verdicts"], rubric.Dimensions)
	return rubric
}

func (r *reader) optional(n *yaml.Node, what string) string {
	if n == nil {
		return ""
	}
	return r.text(n, what)
}

func (r *reader) dimensionOf(n *yaml.Node) Dimension {
	defer func() { r.dimension = "" }()
	if n.Kind == yaml.MappingNode { // the id first, so that every fault can name it
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "id" {
				r.dimension = shortened(n.Content[i+1].Value)
			}
		}
	}
	fields := r.fields(n, "a dimension", []string{"id", "name", "group", "question", "rules", "default"}, "weight",
		"source")
	d := Dimension{
		ID:       r.id(fields["id"], "id"),
		Name:     r.text(fields["name"], "name"),
		Group:    r.text(fields["group"], "group"),
		Question: r.text(fields["question"], "question"),
		Source:   r.optional(fields["source"], "source"),
		Weight:   r.weight(fields["weight"]),
	}
	for _, node := range r.list(fields["rules"], "rules", maxRules) {
		d.Rules = append(d.Rules, r.rule(node))
	}
	if fields["default"] != nil {
		d.Default = r.defaultRule(fields["default"])
	}
	r.language.finish(&d)
	return d
}

// maxWeight bounds the weight of a dimension: sums of larger ones lose the small, or overflow.
const maxWeight = 1_000_000

func (r *reader) weight(n *yaml.Node) float64 {
	if n == nil {
		return 1
	}
	w, err := strconv.ParseFloat(n.Value, 64)
	if err != nil || w <= 0 || w > maxWeight || math.IsNaN(w) {
		r.fault(n, "weight %q must be a number above 0 and at most %d", shortened(n.Value), maxWeight)
		return 1
	}
	return w
}

func (r *reader) rule(n *yaml.Node) Rule {
	fields := r.fields(n, "a rule", []string{"when", "class", "reason"})
	rule := Rule{
		Predicate: r.text(fields["when"], "when"),
		Class:     r.class(fields["class"]),
		Reason:    r.reason(fields["reason"]),
	}
	if node := fields["when"]; node != nil && rule.Predicate != "" {
		r.compile(node, &rule)
	}
	return rule
}

// defaultRule reads what holds where no rule does. It may not be open or
// partial: nothing was found that such a class could rest on.
func (r *reader) defaultRule(n *yaml.Node) Rule {
	fields := r.fields(n, "a default", []string{"class", "reason"})
	rule := Rule{Class: r.class(fields["class"]), Reason: r.reason(fields["reason"])}
	if rule.Class == Open || rule.Class == Partial {
		r.fault(fields["class"], "a default cannot be %q: no evidence would support it", rule.Class)
	}
	return rule
}

func (r *reader) class(n *yaml.Node) Class {
	if n == nil {
		return Closed
	}
	class, err := ParseClass(n.Value)
	if err != nil || class == Undetermined {
		r.fault(n, "class %q must be open, partial or closed%s", n.Value, DidYouMean(n.Value, classNames))
		return Closed
	}
	return class
}

var placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{([^{}]*)\}`) })

func (r *reader) reason(n *yaml.Node) string {
	sentence := r.text(n, "reason")
	for _, m := range placeholder().FindAllStringSubmatch(sentence, -1) {
		if _, ok := r.language.index[m[1]]; !ok {
			r.fault(n, "reason speaks of an unknown fact %q%s", m[1], DidYouMean(m[1], r.language.names))
		}
	}
	if rest := placeholder().ReplaceAllString(sentence, ""); strings.ContainsAny(rest, "{}") {
		r.fault(n, "reason has a brace without its partner")
	}
	return sentence
}

// compile makes the rule's programs and places the faults of its predicate
// within the file.
func (r *reader) compile(n *yaml.Node, rule *Rule) {
	if len(rule.Predicate) > maxPredicate {
		r.fault(n, "predicate has %d bytes; at most %d are allowed", len(rule.Predicate), maxPredicate)
		return
	}
	err := r.language.compile(rule)
	var wrong predicateFaults
	if err != nil && !errors.As(err, &wrong) {
		r.fault(n, "%v", err)
	}
	for _, w := range wrong {
		f := Fault{File: r.file, Dimension: r.dimension, Line: n.Line, Message: w.message}
		switch n.Style {
		case 0:
			f.Column = n.Column + w.column // a plain scalar on one line
		case yaml.SingleQuotedStyle, yaml.DoubleQuotedStyle:
			f.Column = n.Column + 1 + w.column
		case yaml.LiteralStyle:
			f.Line = n.Line + w.line // the node starts at its '|'
		default:
			f.Column = n.Column // folded: lines were joined, the place is lost
		}
		r.faults = append(r.faults, f)
	}
}
