package data

import (
	"bytes"
	"iter"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Which stage of the making or use of its model a passage of a paper speaks of. A
// paper is ordered by stages: its headings tell more than the words of a sentence,
// which names other stages in passing. Where neither tells, nothing is said.

// The stages by the names that observations give them.
const (
	StagePre    audit.Stage = "pre-training"
	stageTuning audit.Stage = "tuning"
	stagePrefer audit.Stage = "preference"
	stageData   audit.Stage = "data-processing"
	stageEval   audit.Stage = "evaluation"
	stageUse    audit.Stage = "inference"
)

// measuringPart are headings below which all is evaluation, whatever is trained there.
var measuringPart = phrases.ExpressionOf("data.measuring-part")

// stagelessPart are headings below which a paper speaks of others, or of no stage.
var stagelessPart = phrases.ExpressionOf("data.stageless-part")

// headingStages are tried in order: "SFT data" is of tuning, "pre-training data" is data. They are read on their
// own, so that they may be plainer than the words of a sentence.
var headingStages = phrases.TableOf("data.stage-of-heading", "evaluation", "preference", "tuning",
	"data-processing", "inference", "pre-training")

// mixedHeading are headings of what has more than one stage, and so tell of none.
var mixedHeading = phrases.ExpressionOf("data.mixed-heading")

// builtPart are headings on the structure of a model, which is of no stage: what is
// said there of training and use are its ends.
var builtPart = phrases.ExpressionOf("data.built-part")

// noData are words on something else than data for training.
var noData = pattern.MustCompile(`\bdata (?:examples?|parallel\w*|types?|formats?)\b`)

// ofWhichTraining are headings on a training that do not say on which: of the one that
// stands above them.
var ofWhichTraining = pattern.MustCompile(`\bpre-?train\w*|\bmid-?training\b|预训练`)

// captionStages are what a caption tells of a figure or table, which floats.
var captionStages = phrases.TableOf("data.stage-of-caption", "evaluation", "data-processing", "tuning",
	"preference", "pre-training")

// saidStages are what a sentence says that it is on. A passage that says it of two
// stages tells of neither.
var saidStages = phrases.TableOf("data.stage-of-sentence", "evaluation", "preference", "tuning",
	"data-processing", "inference", "pre-training")

// notDone are words on a stage that a passage says it did without.
var notDone = phrases.ExpressionOf("data.not-done")

// runIn is a heading that a paragraph begins with: "Non-Reasoning Data. For ...".
var runIn = phrases.ExpressionOf("data.run-in")

// StageAt says of which stage a passage of a paper speaks, given in its body as it
// was served.
func StageAt(o *page.Outline, body []byte, at audit.Span, own *pattern.Regexp) audit.Stage {
	path := o.At(at.Start)
	if slices.ContainsFunc(path, stagelessPart.MatchString) {
		return ""
	}
	raw := body[at.Start:at.End]
	text := strings.ToLower(string(bytes.TrimLeft(raw, " \t\r\n*>")))
	if row := page.BeginOfLine(body, at.Start); row < len(body) && body[row] == '|' {
		if s := firstStage(headingStages, rowGroup(body, row)); s != "" {
			return s
		}
		if caption := captionAt(body, row); caption != "" {
			return firstStage(captionStages, caption) // the table may have floated from below another heading
		}
		return stageOfPath(path)
	}
	if anyCaption.MatchString(text) {
		if s := firstStage(captionStages, text); s != "" {
			return s
		}
	} else if m := runIn.FindSubmatch(raw); m != nil {
		path = append(path[:len(path):len(path)], strings.ToLower(string(m[1])))
	}
	if s := stageOfPath(path); s != "" {
		return s
	}
	if slices.ContainsFunc(path, builtPart.MatchString) || !SelfTold.MatchString(text) && !own.MatchString(text) {
		return "" // of models as such, or of others'
	}
	return onlyStage(saidStages, notDone.ReplaceAllString(text, ""))
}

// anyCaption is how the caption of a figure or table begins, in small letters.
var anyCaption = pattern.MustCompile(`^(?:extended data )?(?:table|tab\.|figure|fig\.) ?[a-z]?[\d.]+`)

// stageOfPath is the stage that headings tell: measuring spreads to all that stands below it,
// else the nearest heading tells that names a stage.
func stageOfPath(p page.HeadingPath) audit.Stage {
	if slices.ContainsFunc(p, measuringPart.MatchString) {
		return stageEval
	}
	for i := len(p) - 1; i >= 0; i-- {
		if mixedHeading.MatchString(p[i]) {
			return ""
		}
		s := firstStage(headingStages, noData.ReplaceAllString(p[i], ""))
		if s == "" && builtPart.MatchString(p[i]) {
			return ""
		}
		if s == stageData || s == StagePre && !ofWhichTraining.MatchString(p[i]) {
			if above := stageOfPath(p[:i]); above == stageTuning || above == stagePrefer {
				return above // data of a tuning, or its settings
			}
		}
		if s != "" {
			return s
		}
	}
	return ""
}

func firstStage(of []phrases.Labelled, text string) audit.Stage {
	for _, w := range of {
		if w.MatchString(text) {
			return audit.Stage(w.Label)
		}
	}
	return ""
}

// onlyStage is the one stage of which a text has words, none where it has those of two.
func onlyStage(of []phrases.Labelled, text string) audit.Stage {
	var only audit.Stage
	for _, w := range of {
		if w.MatchString(text) {
			if only != "" {
				return ""
			}
			only = audit.Stage(w.Label)
		}
	}
	return only
}

// groupReach is how far above a row the row is looked for that names its group.
const groupReach = 1500

// rowGroup is the text of the row above a row that has one cell alone: the rows of a
// table below it are of what it names.
func rowGroup(body []byte, at int) string {
	for line := range linesAbove(body, at, groupReach) {
		if line[0] != '|' {
			return ""
		}
		var filled []string
		for _, cell := range page.CellTexts(string(line)) {
			if cell = strings.TrimSpace(cell); cell != "" {
				filled = append(filled, cell)
			}
		}
		if len(filled) == 1 {
			return strings.ToLower(filled[0])
		}
	}
	return ""
}

// linesAbove gives the lines above an offset that are not blank, the nearest first, as
// far up as reach; of the farthest perhaps the end alone.
func linesAbove(body []byte, at, reach int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		above := body[max(0, at-reach):at]
		for {
			above = bytes.TrimRight(above, " \t\r\n")
			line := above[bytes.LastIndexByte(above, '\n')+1:]
			if len(line) == 0 || !yield(line) {
				return
			}
			above = above[:len(above)-len(line)]
		}
	}
}

// captionReach is how far from a row of a table its caption is looked for, in bytes.
const captionReach = 4000

// captionAt is the caption above or below the table that a row stands in, in small
// letters; empty where there is none.
func captionAt(body []byte, row int) string {
	for line := range linesAbove(body, row, captionReach) {
		if line[0] == '|' {
			continue
		}
		if text := strings.ToLower(string(line)); anyCaption.MatchString(text) {
			return text
		}
		break
	}
	for line := range bytes.Lines(body[row:min(len(body), row+captionReach)]) {
		if line = bytes.TrimSpace(line); len(line) == 0 || line[0] == '|' {
			continue
		}
		if text := strings.ToLower(string(line)); anyCaption.MatchString(text) {
			return text
		}
		break
	}
	return ""
}

// PaperOutline is the outline of a paper as it was served.
func (in *Reader) PaperOutline(d *audit.Document) *page.Outline {
	return in.outlines.Of(document.Key{URL: d.URL, SHA256: d.SHA256}, func(document.Key) *page.Outline {
		return page.OutlineOf(page.Parse(in.ServedBody(d)))
	})
}

// PathOf gives the headings around a passage of a paper.
func (in *Reader) PathOf(d *audit.Document, p page.Passage) page.HeadingPath {
	at := p.Span.Start
	if v := in.Views[document.Key{URL: d.URL, SHA256: d.SHA256}]; v != nil {
		at = v.Offset(at)
	}
	return in.PaperOutline(d).At(at)
}
