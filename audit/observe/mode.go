package observe

import (
	"openness/audit"
	"openness/audit/phrases"
)

// What a sentence does with what it speaks of. A promise shows nothing that is
// there, so the clause that promises is taken off the page as what is said of
// others is. One vocabulary, in the phrase book, serves all themes.

// promises lists the clauses of a sentence that say what is to come. The
// sentence begins at the given offset of its page.
func promises(text string, at int) []audit.Span {
	var spans []audit.Span
	for _, m := range phrases.Modes([]byte(text)) {
		if m.Phrase.Value == string(audit.Promised) {
			start, end := phrases.Clause(text, m.Start)
			spans = append(spans, audit.Span{Start: at + start, End: at + end})
		}
	}
	return spans
}

// modeOf says what a quote does with what it speaks of.
func modeOf(text string) audit.Mode {
	mode, _ := phrases.Mode(text)
	return audit.Mode(mode)
}

// stageOf is the first stage of training that a quote speaks of, if any.
func stageOf(text string) audit.Stage {
	if stages := phrases.Stages(text); len(stages) > 0 {
		return audit.Stage(stages[0])
	}
	return ""
}
