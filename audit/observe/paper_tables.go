package observe

import (
	"bytes"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
)

// The tables of a paper. A table floats: on the page it may stand below the heading
// of another section, so that its own caption says best what it is about.

// A table is the rows of a page that stand together, and what is written on them.
type table struct {
	head    passage
	rows    []passage
	caption string // in small letters; empty where there is none
}

// captionLine is how a caption begins.
var captionLine = pattern.MustCompile(`(?i)^(?:\*\*)?(?:extended data )?tab(?:le|\.) ?[a-z]?[\d.]+[a-z]?\b`)

var (
	// ofSettings is what the caption of a table of a model's sizes and settings says.
	ofSettings = pattern.MustCompile(`(?i)\bhyper-?parameters?\b|\b(?:training|pre-?training|model|architectur\w+|optimi[sz]ation) (?:settings?|configurations?|details|sizes)\b|\b(?:settings?|sizes|configurations?|architectures?) of (?:the |all |our )?[\w -]*\bmodels?\b`)
	// ofOtherSettings are words that make such a table one of a trial or of use.
	ofOtherSettings = pattern.MustCompile(`(?i)\b(?:fine-?tun\w*|probing|decoding|sampling|inference|generation|search\w*|baselines?|evaluat\w*|benchmarks?|ablat\w*|down-?stream|tasks?)\b`)
)

// tellsSettings reports whether a caption is one of a table of the model's sizes and settings.
func tellsSettings(caption string) bool {
	return captionLine.MatchString(caption) && ofSettings.MatchString(caption) && !ofOtherSettings.MatchString(caption)
}

// settingsIn finds the tables of the model's sizes and settings that floated into a
// section: their rows with the caption below or above.
func settingsIn(body []byte, section audit.Span) []audit.Span {
	var lines []audit.Span
	for at := section.Start; at < section.End; {
		end := section.End
		if n := bytes.IndexByte(body[at:section.End], '\n'); n >= 0 {
			end = at + n + 1
		}
		if len(bytes.TrimSpace(body[at:end])) > 0 {
			lines = append(lines, audit.Span{Start: at, End: end})
		}
		at = end
	}
	row := func(i int) bool { return i >= 0 && i < len(lines) && body[lines[i].Start] == '|' }
	var found []audit.Span
	for i, line := range lines {
		if !tellsSettings(string(body[line.Start:line.End])) {
			continue
		}
		first, last := i, i
		for row(first - 1) {
			first--
		}
		for first == i && row(last+1) {
			last++
		}
		float := audit.Span{Start: lines[first].Start, End: lines[last].End}
		if first != last && (len(found) == 0 || found[len(found)-1].End <= float.Start) {
			found = append(found, float)
		}
	}
	return found
}

// tablesOf puts the rows of a page together.
func tablesOf(prose []passage) []table {
	var all []table
	for i := 0; i < len(prose); i++ {
		if prose[i].kind != page.Row {
			continue
		}
		t := table{head: prose[i]}
		first := i
		for i+1 < len(prose) && prose[i+1].kind == page.Row && !apart(prose[i].doc.Body[prose[i].span.End:max(prose[i].span.End, prose[i+1].span.Start)]) {
			i++
			t.rows = append(t.rows, prose[i])
		}
		switch {
		case i+1 < len(prose) && captionLine.MatchString(prose[i+1].text):
			t.caption = prose[i+1].text
		case first > 0 && captionLine.MatchString(prose[first-1].text):
			t.caption = prose[first-1].text
		}
		all = append(all, t)
	}
	return all
}

// minSources is the number of named rows from which a table lists sources.
const minSources = 2

// listsSources reports whether a table names the sources of the training data one by one.
func (t table) listsSources() bool {
	about := t.head.text + " " + t.head.heading + " " + t.caption
	if t.caption != "" && trainData.MatchString(t.caption) {
		about = t.head.text + " " + t.caption // it may have floated away from its section
	}
	if !sourceHead.MatchString(t.head.text) || measured.MatchString(about) || !trainData.MatchString(about) {
		return false
	}
	named := 0
	for _, row := range t.rows {
		if sourceName.Match(row.doc.Body[row.span.Start:row.span.End]) {
			named++
		}
	}
	return named >= minSources
}

var (
	// chips are what a table of machines names, by any name.
	chips = pattern.MustCompile(`\b(?:accelerators?|[gtn]pus?|processors?|chips?|(?:graphics )?cards|devices|nodes|tpu[- ]?v\d\w*)\b`)
	// counted is a cell with an amount.
	counted = pattern.MustCompile(`\|\s*[~≈]?\d[\d,. ]*(?:k|m|million|thousand|hours?|days?|h|d)?\s*(?:\||$)`)
)

// tableOfMachines reads a table that gives the machines of the training with their
// amounts: its head, its heading or its caption speaks of a training.
func (in *input) tableOfMachines(t table, scope string) []audit.Observation {
	about := t.head.text + " " + t.head.heading + " " + t.caption
	if t.caption != "" {
		about = t.head.text + " " + t.caption
	}
	if !trainWord.MatchString(about) || notTraining.MatchString(about) || measured.MatchString(t.caption) {
		return nil
	}
	of := chips.MatchString(t.head.text)
	for _, row := range t.rows {
		here := row.text
		if notTraining.MatchString(here) || !counted.MatchString(here) {
			continue
		}
		if chips.MatchString(firstCell(here)) || of && in.familyWord.MatchString(here) {
			span := withRows(t.head)
			note := "A table of the machines of the training."
			return []audit.Observation{audit.Observe(t.head.doc, "docs.hardware", "detailed", span, note),
				audit.Observe(t.head.doc, "docs.hardware.scope", scope, span, note)}
		}
	}
	return nil
}
