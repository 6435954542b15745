package code

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// A file's name tells that it trains something, not that the model was made with
// it. What a script is for is said by the pages of its repository: a heading or a
// sentence on training, a command to run it. A path that no page explains shows
// that code of training lies there, and not a whole run.

// A scriptUse says what the pages of the model's repositories tell of scripts.
type scriptUse struct {
	trains, tunes map[string]bool // base names of scripts by what they are run for
	named         []namedScript   // where pages name them
	told          bool            // a page says or shows that the code of training is there
	denied        bool            // a front page says that it is not given out, and none that it is
}

// A namedScript is a sentence or command of a page that names a script by its base
// name: it says what the script is for, where its path alone would not.
type namedScript struct {
	doc   *audit.Document
	span  audit.Span
	name  string
	tunes bool
}

// scriptUses reads the model's card and the pages of its own repositories for the scripts that
// they name, and for what. What the pages say is told; what their commands run is
// shown.
func (in *Reader) scriptUses(told, shown []audit.Observation) scriptUse {
	whole := func(found []audit.Observation) bool {
		return slices.ContainsFunc(found, func(o audit.Observation) bool {
			return wholeTraining(o.Fact) && o.Finding == audit.Present
		})
	}
	front := slices.DeleteFunc(slices.Clone(told), func(o audit.Observation) bool {
		d := in.Document(&o)
		// a folder's page speaks for what lies there, perhaps a copy of others' work
		return d == nil || !document.MainPage(d)
	})
	denied := sources.Found(front, "code.training.denied") && !whole(front)
	use := scriptUse{trains: make(map[string]bool), tunes: make(map[string]bool),
		told: !denied && (whole(told) || whole(shown)), denied: denied}
	for _, d := range in.OwnPages() {
		if d.Place != audit.GitHubRepo && d.Role != audit.RoleEnd || in.Apart(d) {
			continue
		}
		c, given := in.Card(d), in.trainsGiven(d)
		for _, p := range in.Prose(d) {
			if runWith.MatchString(p.Text) && !in.runsOther(in.saidBefore(d, p.Span.Start)+string(p.Raw())) {
				use.add(d, p.Text, p.Heading+" "+d.Path, given, func(int) audit.Span { return p.Span })
			}
		}
		for _, code := range c.Code {
			use.add(d, string(d.Body[code.Body.Start:code.Body.End]), strings.ToLower(c.Below(code.Section))+" "+d.Path,
				given, func(at int) audit.Span { return page.Line(d.Body, code.Body.Start+at) })
		}
	}
	return use
}

// saidBefore is what stands right before an offset in its paragraph, with what is said
// there of siblings: "the job" that runs a script is the one that was told of.
func (in *Reader) saidBefore(d *audit.Document, at int) string {
	body := in.OfFamily(d)
	before := body[max(0, at-page.LongQuote):min(at, len(body))]
	return string(before[bytes.LastIndex(before, []byte("\n\n"))+1:])
}

var (
	// runWith is a script or module that a command or sentence names.
	runWith = pattern.MustCompile(`[\w./-]*\w\.(?:py|sh|slurm|sbatch)\b|-m +[\w.]+`)
)

// add reads one text of a page in its context, its headings and path; what a page trains
// goes on from given weights or not; span gives what is quoted for an offset of it.
func (u *scriptUse) add(d *audit.Document, text, context string, given bool, span func(at int) audit.Span) {
	for _, at := range runWith.FindAllStringIndex(text, maxScripts) {
		name := text[at[0]:at[1]]
		name = strings.TrimLeft(strings.TrimPrefix(name, "-m"), " ")
		if !strings.Contains(name, "/") && strings.Count(name, ".") > 0 && path.Ext(name) != ".py" &&
			path.Ext(name) != ".sh" {
			name = name[strings.LastIndexByte(name, '.')+1:] + ".py" // a module
		}
		name = path.Base(name)
		switch about := context + " " + name; {
		case given, ofTuning([]byte(about)), ofTuning([]byte(text)) && !strings.Contains(text, "\n"):
			u.tunes[name] = true
			u.named = append(u.named, namedScript{d, span(at[0]), name, true})
		default:
			u.trains[name] = true
			u.named = append(u.named, namedScript{d, span(at[0]), name, false})
		}
	}
}

// alike counts, of some files, those that have each base name of a script that the pages run.
func (u *scriptUse) alike(files []document.Reading) map[string]int {
	counts := make(map[string]int)
	for _, entry := range files {
		if name := path.Base(entry.Value); u.trains[name] || u.tunes[name] {
			counts[name]++
		}
	}
	return counts
}

// maxScripts bounds how many scripts of one text are read.
const maxScripts = 40

// passage is the best sentence or command in which a page of a repository names a
// script, for a fact of training or of tuning; false where none does. The quote of a
// path convinces nobody, for it says what the file is called and not what it is for.
func (u *scriptUse) passage(fact, repository, file string) (namedScript, bool) {
	best, most := namedScript{}, 0
	for _, n := range u.named {
		if n.name != path.Base(file) || n.doc.PlaceID != repository || wholeTraining(fact) && n.tunes {
			continue
		}
		text := n.doc.Body[n.span.Start:n.span.End]
		if mode := whose.ModeOf(string(text)); mode == audit.DeniedMode || mode == audit.Promised ||
			document.LinkOnly.Match(text) || drawing.Match(text) {
			continue
		}
		worth := 1 + document.Weigh(len(text) <= page.LongQuote, !treeLine.Match(text),
			document.TrainWord.Match(bytes.ToLower(text)) ||
				runsScript.Match(text), bytes.Contains(text, []byte(file)), runsScript.Match(text) ||
				forTraining.Match(text))
		if worth > most {
			best, most = n, worth
		}
	}
	return best, most > 0
}

// forTraining matches a sentence that says of a script that it is run to train.
var forTraining = phrases.ExpressionOf("code.for-training")

// drawing matches a line that draws where a file lies.
var drawing = pattern.MustCompile(`^\s*(?:[|│] *)*(?:[├└]|\|--)`)

// treeLine matches a line of a drawing of folders and files.
var treeLine = pattern.MustCompile(`[├└│]|^\W*[\w./-]+\W*$`)

// of says which fact the path of a script shows after what the pages tell of it:
// the same; code of tuning, if it is only ever run for that; or code that is not
// explained. Code that is withheld shows nothing by a path.
func (u *scriptUse) of(fact, file string) string {
	whole := fact == "code.training.entry"
	training := wholeTraining(fact) || fact == "code.training.finetuning" || fact == "code.training.preference"
	name := path.Base(file)
	switch {
	case u.withheld(fact), training && u.denied && !u.trains[name] && !u.tunes[name]:
		return ""
	case fact == "code.data_processing" && !u.trains[name] && !u.tunes[name] && !trainsFilter(file):
		return "" // a script on data that no page names may be for any data
	case !whole || u.trains[name] || u.told && !u.tunes[name]:
		return fact
	case u.tunes[name]:
		return "code.training.finetuning"
	}
	return "code.training.unexplained"
}

// withheld reports whether a fact is of a whole training where the makers say that
// its code is not given out: what lies there, and what commands run it, is then a
// trainer of others or an earlier one.
func (u *scriptUse) withheld(fact string) bool {
	return u.denied && wholeTraining(fact)
}

// wholeTraining reports whether a fact is of the code of a whole training.
func wholeTraining(fact string) bool {
	return fact == "code.training.entry" || fact == "code.training.pretraining"
}

// trainsFilter reports whether a script in a folder on data trains what sorts it:
// a filter of quality serves the making of data, whatever its page says.
func trainsFilter(file string) bool {
	return dataFolder.MatchString(path.Dir(file)+"/") && helperModel.MatchString(path.Base(file)) &&
		trainName.MatchString(stem(file))
}

// dataFolder matches a folder on data.
var dataFolder = pattern.MustCompile(`(?i)(^|[/_.-])(data|datasets?|corpus|corpora)([/_.-])`)

// Makers who trained a model from nothing give their users scripts that go on from its
// weights, and call that training. Such a script loads the weights that it is given, or
// adds an adapter to them: with it nobody could repeat the training.

var (
	// loadsGiven matches options of a training that goes on from given weights.
	loadsGiven = phrases.ExpressionOf("code.loads-given")
	// fromNothing matches words for a training that does not.
	fromNothing = pattern.MustCompile(`(?i)\bpre-?train[\w/-]*\.(?:py|sh|ya?ml)\b|\bfrom scratch\b|从头|从零`)
)

// onGiven is the fact that code of a page shows, after what the page's sections on
// training say of what it starts from.
func (in *Reader) onGiven(d *audit.Document, fact string) string {
	if fact == "code.training.entry" && in.trainsGiven(d) {
		return "code.training.finetuning"
	}
	return fact
}

// trainsGiven reports whether what a page calls training goes on from given weights. The card beside the weights of a
// model that was made from another maker's tells of how it was made from that; makers' repositories may hold more. Where
// there is none, and the card tells of a tuning alone, the code beside the weights is of that.
// Elsewhere all of a page's sections on training tell it, where the model was made from no other.
func (in *Reader) trainsGiven(d *audit.Document) bool {
	base := in.Subject.Base
	if base == "" || strings.EqualFold(base, in.ID()) {
		return in.given.Of(d, in.onlyGoesOn)
	}
	return d.Kind == audit.DocModelCard && (in.BaseOfOthers() ||
		!in.IsCopy() && len(in.OwnRepositories()) == 0 && len(document.RepositoriesIn(d.Body, 1)) == 0 &&
			ofTuning(bytes.ToLower(d.Body)))
}

// onlyGoesOn reads the sections of a page for that, each with those below it. One that
// runs nothing tells nothing.
func (in *Reader) onlyGoesOn(d *audit.Document) bool {
	c, found := in.Card(d), false
	for i := 1; i < len(c.Sections); i++ {
		s := c.Sections[i]
		word := trainingHeading.FindString(s.Heading)
		if word == "" || dataHeading.MatchString(s.Heading) || trainingFact([]byte(word)) != "code.training.entry" {
			continue
		}
		end := i + 1
		for end < len(c.Sections) && c.Sections[end].Level > s.Level {
			end++
		}
		text := c.Source[s.Body.Start:c.Sections[end-1].Body.End]
		i = end - 1
		switch {
		case !runsScript.Match(text):
		case !loadsGiven.Match(text), fromNothing.Match(text):
			return false
		default:
			found = true
		}
	}
	return found
}
