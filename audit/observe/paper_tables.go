package observe

import (
	"bytes"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
)

// The tables of a paper. A table floats: on the page it may stand below the heading
// of another section, so that its own caption says best what it is about.

var (
	// ofSettings is what the caption of a table of a model's sizes and settings says.
	ofSettings = pattern.MustCompile(`(?i)\bhyper-?parameters?\b|\b(?:training|pre-?training|model|architectur\w+` +
		`|optimi[sz]ation) (?:settings?|configurations?|details|sizes)\b|\b(?:settings?|sizes|configurations?` +
		`|architectures?) of (?:the |all |our )?[\w -]*\bmodels?\b`)
	// ofOtherSettings are words that make such a table one of a trial or of use.
	ofOtherSettings = pattern.MustCompile(`(?i)\b(?:fine-?tun\w*|probing|decoding|sampling|inference|generation` +
		`|search\w*|baselines?|evaluat\w*|benchmarks?|ablat\w*|down-?stream|tasks?)\b`)
)

// tellsSettings reports whether a caption is one of a table of the model's sizes and settings.
func tellsSettings(caption string) bool {
	return page.IsCaption(caption) && ofSettings.MatchString(caption) && !ofOtherSettings.MatchString(caption)
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

// minSources is the number of named rows from which a table lists sources.
const minSources = 2

// listsSources reports whether a table names the sources of the training data one by one.
func listsSources(t page.Table) bool {
	about := t.Head.Text + " " + t.Head.Heading + " " + t.Caption
	if t.Caption != "" && trainData.MatchString(t.Caption) {
		about = t.Head.Text + " " + t.Caption // it may have floated away from its section
	}
	if !sourceHead.MatchString(t.Head.Text) || measured.MatchString(about) || !trainData.MatchString(about) {
		return false
	}
	named := 0
	for _, row := range t.Rows {
		if sourceName.Match(row.Raw()) {
			named++
		}
	}
	return named >= minSources
}

var (
	// chips are what a table of machines names, by any name.
	chips = pattern.MustCompile(
		`\b(?:accelerators?|[gtn]pus?|processors?|chips?|(?:graphics )?cards|devices|nodes|tpu[- ]?v\d\w*)\b`,
	)
	// counted is a cell with an amount.
	counted = pattern.MustCompile(`\|\s*[~≈]?\d[\d,. ]*(?:k|m|million|thousand|hours?|days?|h|d)?\s*(?:\||$)`)
)

// tableOfMachines reads a table that gives the machines of the training with their
// amounts: its head, its heading or its caption speaks of a training.
func (in *input) tableOfMachines(t page.Table, scope string) []audit.Observation {
	about := t.Head.Text + " " + t.Head.Heading + " " + t.Caption
	if t.Caption != "" {
		about = t.Head.Text + " " + t.Caption
	}
	if !trainWord.MatchString(about) || notTraining.MatchString(about) || measured.MatchString(t.Caption) {
		return nil
	}
	of := chips.MatchString(t.Head.Text)
	for _, row := range t.Rows {
		here := row.Text
		if notTraining.MatchString(here) || !counted.MatchString(here) {
			continue
		}
		if chips.MatchString(page.FirstCell(here)) || of && in.familyWord.MatchString(here) {
			span := withRows(t.Head)
			note := "A table of the machines of the training."
			return []audit.Observation{audit.Observe(t.Head.Doc, "docs.hardware", "detailed", span, note),
				audit.Observe(t.Head.Doc, "docs.hardware.scope", scope, span, note)}
		}
	}
	return nil
}
