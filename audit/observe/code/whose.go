package code

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Whose a command, a script or a setting file is. It has no subject and no verb, but the
// names in it tell: "run_sft_falco_7b.sh" trains the small Falco, and shows nothing of
// how the large one was made.

var (
	// fileEnd matches the end of a file's name, which would stick to a size before it.
	fileEnd = pattern.MustCompile(`\.(?:py|sh|slurm|sbatch|ipynb|ya?ml|toml|json|gin|cfg)\b`)
	// asWords turns what joins the words of paths and options into blanks. Some write
	// "___" for the full stop of a version.
	asWords = strings.NewReplacer("___", ".", "_", " ", "/", " / ")
	// startsFrom leads in a command to the model that the training starts from.
	startsFrom = phrases.ExpressionOf("code.starts-from")
	// sizeInFile matches a number of parameters in the name of a file.
	sizeInFile = pattern.MustCompile(`(?i)(?:^|[_.-])(\d+(?:\.\d+)?b)(?:[_.-]|$)`)
	// sizeOfModel matches one in words for a model.
	sizeOfModel = pattern.MustCompile(`(?i)\b(\d+(?:\.\d+)?[bm])[ -](?:[\w.-]+ )?(?:models?|param\w*)\b`)
)

// runsOther reports whether a command or path is another model's: it names one with its
// size, or a size alone, and not the audited model or its base. A model of another
// family that a training starts from may be the base, if its size does not differ.
func (in *Reader) runsOther(command string) bool {
	words := asWords.Replace(fileEnd.ReplaceAllString(command, " "))
	other := false
	for _, m := range in.Speaker.Mentions(words) {
		sizes := identity.Sizes(m.Name)
		switch who, apart := in.Speaker.Class(m.Name), in.otherSizes(sizes); {
		case len(sizes) == 0:
		case !whose.Others(who) && !apart:
			return false
		case apart, who == audit.AboutSibling, !startsFrom.MatchString(words[:m.Start]):
			other = true
		}
	}
	for _, word := range strings.FieldsFunc(command, func(r rune) bool { return strings.ContainsRune(" =\"'\n", r) }) {
		switch name := path.Base(word); {
		case len(identity.Sizes(name)) == 0:
		case identity.Related(name, in.ID()) == identity.Same:
			return false
		default:
			other = other || in.Speaker.SiblingsPath(name)
		}
	}
	return other || in.otherSizes(loneSizes(command))
}

// trainsOther reports whether a command trains another model alone. One that runs the settings of another size is how
// all of a family are trained where the same repository keeps the audited model's beside them.
func (in *Reader) trainsOther(command string) bool {
	return in.runsOther(command) && !slices.ContainsFunc(settings.FindAllString(command, maxSizes), in.besideOwn)
}

// withSettings is a whole command with what is set above it in its block and that it uses:
// "MODEL=acme/falco-7b" says what "--model $MODEL" trains.
func withSettings(d *audit.Document, s audit.Span) string {
	above := d.Body[max(0, s.Start-page.LongQuote):s.Start]
	above = above[bytes.LastIndex(above, []byte("```"))+1:]
	said := string(wholeCommand(d, s))
	for _, set := range setting.FindAllSubmatch(above, maxSizes) {
		if name := string(set[1]); strings.Contains(said, "$"+name) || strings.Contains(said, "${"+name) {
			said = string(set[0]) + "\n" + said
		}
	}
	return said
}

// setting matches a line of a shell's that gives a value a name.
var setting = pattern.MustCompile(`(?m)^\s*(?:export )?([A-Za-z_]\w*)=\S+`)

// settings matches a file of settings that a command names.
var settings = pattern.MustCompile(`(?i)[\w./-]*\w\.(?:ya?ml|toml|json|gin|cfg)\b`)

// besideOwn reports whether a file of settings lies in a repository of the model's own that holds one of the same
// kind which bears the model's name with its size.
func (in *Reader) besideOwn(file string) bool {
	for _, d := range in.Of(audit.DocTree) {
		if !document.Readable(d) || !in.OwnRepository(d.PlaceID) {
			continue
		}
		there, own := false, false
		for _, f := range in.Tree(d).Files {
			base := path.Base(f.Value)
			there = there || strings.EqualFold(base, path.Base(file))
			own = own || path.Ext(base) == path.Ext(file) && in.bearsOwnSize(stem(base))
		}
		if there && own {
			return true
		}
	}
	return false
}

// bearsOwnSize reports whether a part of a path is the model's name with its size.
func (in *Reader) bearsOwnSize(part string) bool {
	return len(identity.Sizes(part)) > 0 && in.Speaker.Class(part) == audit.AboutOwn
}

// loneSizes lists the numbers of parameters that a command gives without a name: in the
// name of a script or setting file, or in words for a model.
func loneSizes(command string) (sizes []string) {
	for _, file := range script.FindAllString(command, maxSizes) {
		for _, m := range sizeInFile.FindAllStringSubmatch(stem(file), maxSizes) {
			sizes = append(sizes, strings.ToLower(m[1]))
		}
	}
	for _, m := range sizeOfModel.FindAllStringSubmatch(command, maxSizes) {
		sizes = append(sizes, strings.ToLower(m[1]))
	}
	return sizes
}

// maxSizes bounds the sizes that are read of one command.
const maxSizes = 10

// otherSizes reports whether some sizes are all others than the model's and its base's,
// whose names tell theirs.
func (in *Reader) otherSizes(sizes []string) bool {
	own := slices.Concat(identity.Sizes(in.ID()), identity.Sizes(in.Subject.Base))
	return len(own) > 0 && len(sizes) > 0 && !slices.ContainsFunc(sizes, func(size string) bool {
		return slices.Contains(own, size)
	})
}

// otherRun is the note of code of which the pages show only how another model is trained.
const otherRun = "the pages show with this how another model is trained, and not that this one was"

// WithoutOthersRuns leaves out the commands and sentences on code of training that are
// another model's; a fact that rests on such alone is unknown.
func (in *Reader) WithoutOthersRuns(found []audit.Observation) []audit.Observation {
	found = slices.Clone(found)
	for i := range found {
		found[i] = in.adapted(found[i])
	}
	foreign := func(o audit.Observation) bool {
		return strings.HasPrefix(o.Fact, "code.training.") && o.Fact != "code.training.denied" &&
			o.Finding == audit.Present && in.trainsOther(o.Quote) && !forThisModel.MatchString(o.Quote)
	}
	shown := make(map[string]bool)
	for _, o := range found {
		shown[o.Fact] = shown[o.Fact] || o.Finding == audit.Present && !foreign(o)
	}
	var kept []audit.Observation
	for _, o := range found {
		switch {
		case !foreign(o):
			if o.Finding == audit.Present && trainingFacts[o.Fact] && in.runsOther(o.Quote) {
				o.Note += "; it names the settings of another size, and the repository keeps this model's beside them"
			}
			kept = append(kept, o)
		case !shown[o.Fact]:
			if d := in.Document(&o); d != nil {
				kept = append(kept, audit.From(d, o.Fact, audit.NotFetched, otherRun))
			}
		}
	}
	return kept
}

// adapted extends a sentence on the code of another model to the next, where that says
// how the code is used for the page's own: "To adapt it to this model, change the id".
func (in *Reader) adapted(o audit.Observation) audit.Observation {
	d := in.Document(&o)
	if !strings.HasPrefix(o.Fact, "code.training.") || o.Finding != audit.Present || d == nil ||
		!document.ProsePage(d) || !in.runsOther(o.Quote) {
		return o
	}
	next := in.Said(d, min(len(d.Body)-1, o.End+1))
	if next.Start < o.End || next.Start > o.End+1 || !forThisModel.Match(d.Body[next.Start:next.End]) {
		return o
	}
	return audit.Observe(d, o.Fact, o.Value, audit.Span{Start: o.Start, End: next.End}, o.Note)
}

// forThisModel matches words by which code that is given for one model serves for the page's own.
var forThisModel = pattern.MustCompile(`(?i)\b(?:adapt|apply|use|transfer)\b[^.\n]{0,40}\b(?:to|for|with) this model\b`)

// Makers train with tools that are others' work: a fork of a trainer under
// their own name, or a copy of one in a folder. What such a tool can do and how
// it is used tells of no model.

// portName matches a repository that is called after the language in which it runs a
// model anew: "wombat.cpp" is no place where the wombat was trained.
var portName = pattern.MustCompile(`(?i)[.-](?:cpp|rs|mlx|onnx|coreml|ggml|gguf)$`)

// ElsewhereMade says why a repository's files, read in vain, do not show that there is
// no code of training: a general tool, a port that runs the model, or a repository that
// the user named for the model, that trains something and does not say that it is this.
// It is empty where they would show it, and where a card says that the model was trained
// with what lies there.
func (in *Reader) ElsewhereMade(d *audit.Document, own bool) string {
	switch s, ofMany := in.Files(d), in.Repository(d.PlaceID).Aside != ""; {
	case in.allHere(d.PlaceID):
		if !in.holdsTraining(d) {
			return "the model's page says that it was trained with this repository, and no path there tells with which file"
		}
	case own && ofMany && (s.Aside != "" || in.holdsTraining(d)), own && !ofMany && s.Aside != "" && !in.holdsTraining(d):
		return s.Why + ": which of its scripts made the model, or whether any did, is not said."
	case own && portName.MatchString(path.Base(d.PlaceID)) && !strings.EqualFold(path.Base(in.ID()),
		path.Base(d.PlaceID)):
		return "the repository holds a program that runs the model; where the model was made it does not tell"
	case !own && in.TiedRepository(d.PlaceID) && in.holdsTraining(d):
		return "the repository that was named for the model holds code of training; whether it trained this model is not told"
	}
	return ""
}

// holdsTraining reports whether the path of a file says that it is code of training.
func (in *Reader) holdsTraining(tree *audit.Document) bool {
	return slices.ContainsFunc(in.Tree(tree).Files, func(f document.Reading) bool {
		return slices.ContainsFunc(pathFacts(f.Value), func(fact string) bool {
			return strings.HasPrefix(fact, "code.training.") && fact != "code.training.configs"
		})
	})
}
