package code

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// How well published training code is documented is read from what a reader
// who wants to train would find: instructions with the commands to run, for
// the training itself and for preparing its data. A page that only shows how
// to load or call the model documents nothing of this.

var (
	// trainTask are headings of instructions on training or its data.
	trainTask = phrases.ExpressionOf("code.train-task")
	// dataTask are headings of instructions on making or preparing the data.
	dataTask = phrases.ExpressionOf("code.data-task")
	modelUse = phrases.ExpressionOf("code.model-use")
)

// thoroughSteps is the number of documented steps from which training code counts as
// thoroughly documented. One command shows where to begin; a reader who would repeat the
// training needs its data, its settings and its stages.
const thoroughSteps = 4

// CodeDocumentation grades the instructions of the model's own repositories.
func (in *Reader) CodeDocumentation() []audit.Observation {
	const fact = "code.documentation"
	steps := make(map[string]int) // by what they document
	total := 0
	var shown *audit.Document
	var quote step
	most := 0
	for _, d := range in.Instructing() {
		if !document.Readable(d) || total > 0 && englishTwin.MatchString(path.Base(d.Path)) {
			continue // a translation documents no further step
		}
		for _, s := range in.ownSteps(d) {
			text, of := string(document.Bytes(d, s.span)), in.stageOfStep(d, s)
			// Names among the options of a step that prepares data are of data and tokenizers.
			if of != ofData && in.trainsOther(withSettings(d, s.span)) ||
				in.namesOther(in.leadOf(d, s)+" "+asWords.Replace(script.FindString(text))) {
				continue // it documents how another model is trained
			}
			steps[of]++
			total++
			worth := in.stepWorth(d, s)
			if of == ofWhole && runs(d.Body, s.span) { // what the value rests on, whatever words a step of tuning has
				worth += wholeStep
			}
			if shown == nil || worth > most {
				shown, quote, most = d, s, worth
			}
		}
	}
	if total == 0 {
		return nil
	}
	value, what := "sparse", "training or data preparation with commands."
	switch {
	case steps[ofData] == total:
		value, what = ofData, "preparing data with commands, and none of the training itself."
	case steps[ofWhole] == 0:
		value, what = ofTuned, "tuning with commands, and none of a whole training."
	case total >= thoroughSteps:
		value = "thorough"
	}
	note := fmt.Sprintf("The repository's pages document %d steps of %s", total, what)
	return []audit.Observation{audit.Observe(shown, fact, value, in.stepInSentence(shown, quote), note)}
}

// ShownWithCode gives the documentation of training code where nothing else was found of it: a command that shows
// the code shows how it is run, and so does a program right below the sentence that it made the model.
func (in *Reader) ShownWithCode(found []audit.Observation) []audit.Observation {
	const fact = "code.documentation"
	var out []audit.Observation
	for _, o := range found {
		d := in.Document(&o)
		if o.Finding != audit.Present || o.Fact == fact {
			if o.Fact == fact {
				return nil
			}
			continue
		}
		if !strings.HasPrefix(o.Fact, "code.training.") || !trainingFacts[o.Fact] && o.Fact != "code.training.preference" ||
			d == nil || !document.ProsePage(d) || in.trainsOther(o.Quote) {
			continue
		}
		span := audit.Span{Start: o.Start, End: o.End}
		value := "command"
		if block, ok := programBelow(in.Card(d), span.End); ok && pointsBelow.MatchString(o.Quote) {
			span.End = page.Clip(d.Body, block, block.Start).End
			if value = "sparse"; !wholeTraining(o.Fact) {
				value = ofTuned
			}
		} else if o.Note != shownRun && !runsScript.MatchString(o.Quote) && !runner.MatchString(o.Quote) ||
			clonesRepo.MatchString(o.Quote) {
			continue
		}
		out = append(out, audit.Observe(d, fact, value, span, "The page shows the command or program of the training."))
	}
	return out
}

// pointsBelow matches a sentence that leads to the code that stands below it.
var pointsBelow = phrases.ExpressionOf("code.points-below")

// programBelow is the block of code right below an offset, with no heading between: what stands below one is of the
// next matter.
func programBelow(c *page.Page, at int) (audit.Span, bool) {
	for _, code := range c.Code {
		if code.Body.Start >= at {
			return code.Body, code.Body.Start-at <= page.LongQuote && !slices.ContainsFunc(c.Sections,
				func(s page.Section) bool { return at <= s.Title.Start && s.Title.Start < code.Body.Start })
		}
	}
	return audit.Span{}, false
}

// wholeStep is what a step of a whole training is worth as a quote before one of another kind.
const wholeStep = 5

// What a step documents; the first two are values of the fact.
const (
	ofData  = "data"
	ofTuned = "tuning"
	ofWhole = "whole"
)

// stepTrains matches the name of a script that trains, whatever else it says.
var stepTrains = phrases.ExpressionOf("code.step-trains")

// stageOfStep says what a step documents: how data is prepared, how what is trained is
// tuned on, or a whole training.
func (in *Reader) stageOfStep(d *audit.Document, s step) string {
	said := string(document.Bytes(d, s.span))
	if helpsOnly(said) || dataTask.MatchString(s.heading) {
		return ofData
	}
	if runs(d.Body, s.span) {
		said = string(wholeCommand(d, s.span))
	}
	said = d.Path + " " + said
	if fact, _ := headingAbove(in.Card(d), s.at); fact == "code.training.finetuning" || in.trainsGiven(d) ||
		finetuneWord.MatchString(said) || preferWord.MatchString(said) || ofTuning([]byte(in.leadOf(d, s))) {
		return ofTuned
	}
	return ofWhole
}

// helpsOnly reports whether a command is on data or runs beside a training, by its script.
func helpsOnly(command string) bool {
	name := stem(script.FindString(command))
	return preparesData(command) || helpsTraining.MatchString(name) && !stepTrains.MatchString(name)
}

// wholeCommand is a command with the lines on which it goes on.
func wholeCommand(d *audit.Document, s audit.Span) []byte {
	from, to := page.Whole(d.Body, s.Start, s.End)
	return d.Body[from:to]
}

// A step is a command that trains or prepares data, where it stands in what is
// quoted of it, and below which heading, in small letters.
type step struct {
	span    audit.Span
	at      int
	heading string
}

// stepInSentence is a step that is told within prose with its whole sentence: half of
// one shows nothing.
func (in *Reader) stepInSentence(d *audit.Document, s step) audit.Span {
	if slices.ContainsFunc(in.Card(d).Code, func(c page.CodeBlock) bool {
		return c.Body.Start <= s.at && s.at < c.Body.End
	}) {
		return s.span
	}
	if said := in.Said(d, s.at); said.Start <= s.at && s.at < said.End {
		return said
	}
	return s.span
}

// Instructing lists the pages that would tell how to train: the card and the
// pages of the model's own repositories, whether or not they could be read.
func (in *Reader) Instructing() []*audit.Document {
	var pages []*audit.Document
	for _, d := range in.Of(audit.DocReadme, audit.DocProse, audit.DocModelCard) {
		s := in.Page(d)
		named := d.Kind != audit.DocModelCard && (s.Of == audit.AboutOwn && s.Aside == audit.AboutNobody ||
			s.Of == audit.AboutOther && document.MainPage(d)) && in.trainedHere(d.PlaceID)
		if !named && (s.Of != audit.AboutOwn || in.Apart(d)) ||
			document.AsideFolders.MatchString(d.Path) && !TrainFolder.MatchString(d.Path) ||
			document.Translations.MatchString(path.Base(d.Path)) {
			continue
		}
		if named {
			d = in.WholePage(d)
		}
		pages = append(pages, d)
	}
	return pages
}

// trainingTask is a heading on training itself, below which a script is run for
// it whatever the script is called.
var trainingTask = pattern.MustCompile(`\b(?:train|training|fine-?tun(?:e|ing))$`)

// TrainFolder matches a page next to code of training, which documents it
// wherever it lies: "example_trainer/README.md".
var TrainFolder = phrases.ExpressionOf("code.train-folder")

// englishTwin is the English version of a page that is also there without a mark.
var englishTwin = pattern.MustCompile(`(?i)^readme[-_.]en`)

// trainingSteps lists the steps of training or of preparing its data that a page gives
// commands for: one of a section, the first that can be typed as it is. Commands stand
// in blocks of code or, below a heading on training, within the text. Headings on the use
// of the model are skipped, unless the page itself lies with the code of training.
func (in *Reader) trainingSteps(d *audit.Document) (steps []step) {
	c, file := in.Card(d), d.Path
	counted := make(map[int]bool)
	uses := func(heading string) bool { return modelUse.MatchString(heading) && !TrainFolder.MatchString(file) }
	count := func(section int, s step) {
		if !counted[section] {
			counted[section] = true
			steps = append(steps, s)
		}
	}
	for _, code := range c.Code {
		heading := strings.ToLower(c.Sections[code.Section].Heading)
		find := trainStep
		switch {
		case counted[code.Section]:
			continue
		case dataTask.MatchString(heading):
			find = scriptRun
		case uses(heading):
			continue
		case trainingTask.MatchString(heading):
			find = in.trainRun(d)
		}
		at, ok := stepLine(c.Source, code.Body, find)
		if ok && helpsOnly(c.Text(at)) { // what is run on the data comes before the training in one block
			if run, trains := stepLine(c.Source, audit.Span{Start: at.End, End: code.Body.End}, func(line []byte) int {
				if helpsOnly(string(line)) {
					return -1
				}
				return find(line)
			}); trains {
				at = run
			}
		}
		if ok {
			count(code.Section, step{at, at.Start, heading})
		}
	}
	for _, b := range c.Blocks {
		heading := strings.ToLower(c.Sections[b.Section].Heading)
		if counted[b.Section] || !trainTask.MatchString(heading) || uses(heading) {
			continue
		}
		if at := trainStep(c.Source[b.Span.Start:b.Span.End]); at >= 0 {
			count(b.Section, step{page.Clip(c.Source, b.Span, b.Span.Start+at), b.Span.Start + at, heading})
		}
	}
	return steps
}

// ownSteps are the steps of a page but those that run another project's scripts, in folders that its repository does
// not have: pages tell how to tune the model with a trainer of others, and that documents no code of the makers'.
func (in *Reader) ownSteps(d *audit.Document) []step {
	steps := in.trainingSteps(d)
	if d.Place != audit.GitHubRepo || len(steps) == 0 || clonesOther(d, d.Body) != nil {
		return steps
	}
	trees := slices.DeleteFunc(in.ReadIn(d.PlaceID, audit.DocTree), func(t *audit.Document) bool {
		return !in.Tree(t).Listed || in.Tree(t).Cut
	})
	if len(trees) == 0 {
		return steps
	}
	return slices.DeleteFunc(steps, func(s step) bool {
		run := script.FindAllString(string(wholeCommand(d, s.span)), maxScripts)
		return len(run) > 0 && !slices.ContainsFunc(run, func(file string) bool {
			return in.mayHold(trees[0], file)
		})
	})
}

// mayHold reports whether a repository has the folder of a script, or that cannot be told from how a command gives it.
func (in *Reader) mayHold(tree *audit.Document, file string) bool {
	folder := strings.Trim(path.Dir(path.Clean("/"+file)), "/")
	return folder == "" || strings.ContainsAny(file, "${}") || slices.ContainsFunc(in.Tree(tree).Files,
		func(f document.Reading) bool { return strings.Contains("/"+f.Value, "/"+folder+"/") })
}

// typed matches a command as it would be typed, after settings of the shell's.
var typed = phrases.ExpressionOf("code.typed")

// runs reports whether a step is such a command, which is the better one to
// quote.
func runs(source []byte, at audit.Span) bool { return typed.Match(source[at.Start:at.End]) }

// stepWorth says how well a step documents the training: one that can be typed
// goes before a mention, one of the training before one of a tuning, and one that the
// page introduces as training before a bare command. What is introduced as another
// model's, or as a tokenizer's, comes last.
func (in *Reader) stepWorth(d *audit.Document, s step) int {
	text, lead := string(d.Body[s.span.Start:s.span.End]), in.leadOf(d, s)
	worth := 0
	switch {
	case in.runsOther(text):
		worth -= 6
	case whose.Bears(text, in.Speaker.Own), whose.Bears(lead, in.Speaker.Own):
		worth++
	}
	if preparesData(text) || ofTokenizer.MatchString(lead) ||
		helpsTraining.MatchString(path.Base(script.FindString(text))) {
		worth -= 4
	}
	if document.TrainWord.MatchString(strings.ToLower(text)) {
		worth++
	}
	if document.TrainWord.MatchString(strings.ToLower(lead)) {
		worth += 2
	}
	if document.Gap.MatchString(text) {
		worth--
	}
	if runs(d.Body, s.span) {
		worth += 2
	}
	if said := d.Path + " " + text; !finetuneWord.MatchString(said) && !preferWord.MatchString(said) {
		worth += 2
	}
	return worth
}

// ofTokenizer matches what introduces the making of a tokenizer.
var ofTokenizer = pattern.MustCompile(`(?i)\btrain\w* (?:\w+ ){0,2}tokeni[sz]er|\btokeni[sz]er training\b`)

// leadOf is what introduces a step that stands in a block of code: the line above it.
func (in *Reader) leadOf(d *audit.Document, s step) string {
	for _, c := range in.Card(d).Code {
		if c.Body.Start <= s.at && s.at < c.Body.End {
			fence := page.FenceStart(d.Body, c.Body.Start)
			return string(d.Body[page.Above(d.Body, fence):fence])
		}
	}
	return ""
}

// namesOther reports whether a text names models, by a known family or a size, and none of
// them is the audited one or its base.
func (in *Reader) namesOther(text string) bool {
	other := false
	for _, m := range in.Speaker.Mentions(text) {
		if who := in.Speaker.Class(m.Name); !whose.Others(who) {
			return false
		}
		other = other || m.Sized
	}
	return other
}

// dataStep matches a command on data or a tokenizer: that shows how these are made, and
// not the training.
var dataStep = phrases.ExpressionOf("code.data-step")

// preparesData reports whether a command is on data: by its script, not by the options
// that name its data.
func preparesData(command string) bool {
	if at := script.FindStringIndex(command); at != nil {
		command = command[:at[1]]
	}
	return dataStep.MatchString(command)
}

// stepLine finds the first line of a block of code that is a step by the given
// measure.
func stepLine(source []byte, code audit.Span, step func([]byte) int) (audit.Span, bool) {
	for pos := code.Start; pos < code.End; {
		end := code.End
		if n := bytes.IndexByte(source[pos:code.End], '\n'); n >= 0 {
			end = pos + n
		}
		if at := step(source[pos:end]); at >= 0 {
			return page.Clip(source, audit.Span{Start: pos, End: end}, pos+at), true
		}
		pos = end + 1
	}
	return audit.Span{}, false
}
