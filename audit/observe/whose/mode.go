package whose

import (
	"cmp"
	"slices"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/phrases"
)

// What a sentence does with what it speaks of. A promise shows nothing that is
// there, so the clause that promises is taken off the page as what is said of
// others is. One vocabulary, in the phrase book, serves all themes.

// toCome lists the clauses of a page that say what is to come.
func toCome(c *page.Page) []tag {
	var tags []tag
	for s := range c.Sentences() {
		if s.Kind != page.Row {
			for _, span := range promises(c.Text(s.Span), s.Span.Start) {
				tags = append(tags, tag{span, audit.AboutNobody})
			}
		}
	}
	return tags
}

// promises lists the clauses of a sentence that say what is to come. The
// sentence begins at the given offset of its page.
func promises(text string, at int) []audit.Span {
	var spans []audit.Span
	clause := phrases.Clauses(text)
	var untils [][]int // in the clause that begins at the offset of
	of := -1
	for _, m := range phrases.Modes([]byte(text)) {
		if m.Phrase.Value == string(audit.Promised) {
			start, end := clause(m.Start)
			if of != start {
				of, untils = start, untilWord.FindAllStringIndex(text[start:end], -1)
			}
			// "Do not sell it until it is published" forbids today: the promise begins behind what it holds back.
			before, _ := slices.BinarySearchFunc(untils, m.End-start, func(word []int, end int) int {
				return cmp.Compare(word[1], end+1)
			})
			if before > 0 {
				start += untils[before-1][0]
			}
			spans = append(spans, audit.Span{Start: at + start, End: at + end})
		}
	}
	return slices.Compact(spans) // several promises in one clause are one
}

// untilWord matches a word that begins what is waited for.
var untilWord = phrases.ExpressionOf("whose.until-word")

// ModeOf says what a quote does with what it speaks of.
func ModeOf(text string) audit.Mode {
	mode, _ := phrases.Mode(text)
	return audit.Mode(mode)
}

// StageOf is the first stage of training that a quote speaks of, if any.
func StageOf(text string) audit.Stage {
	if stages := phrases.Stages(text); len(stages) > 0 {
		return audit.Stage(stages[0])
	}
	return ""
}
