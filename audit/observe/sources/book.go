package sources

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// bookNote is the note of what a phrase shows.
const bookNote = "The page says it in words of the phrase book."

// FromBook lists what the phrase book reads of some facts in the passages of some
// pages: what is said to be done, or denied where the fact is a denial.
func (in *Set) FromBook(pages []*audit.Document, facts ...string) []audit.Observation {
	book := phrases.Default().Of(facts...)
	var out []audit.Observation
	for _, d := range pages {
		for _, p := range in.Prose(d) {
			text := d.Body[p.Span.Start:p.Span.End]
			matches := book.Find(text)
			if len(matches) == 0 {
				continue
			}
			forUse := UserTitle.MatchString(p.Heading) || slices.ContainsFunc(matches, func(m phrases.Match) bool {
				return m.Phrase.Fact == "docs.hardware.needs"
			})
			said := phrases.Read(string(text))
			for _, m := range matches {
				if forUse && strings.HasPrefix(m.Phrase.Fact, "docs.") {
					continue // what runs a model did not train it
				}
				value := cmp.Or(m.Phrase.Value, "true")
				if m.Phrase.Fact == "docs.hardware" && Amount.MatchString(p.Text) {
					value = "detailed"
				}
				mode, _ := said.At(m.Start)
				denial := strings.HasSuffix(m.Phrase.Fact, ".denied")
				// how to use code tells that it is there
				told := mode == string(audit.Done) ||
					mode == string(audit.Advice) && strings.HasPrefix(m.Phrase.Fact, "code.")
				if told || denial && mode == string(audit.DeniedMode) {
					out = append(out, audit.Observe(d, m.Phrase.Fact, value, p.Span, bookNote))
				}
			}
		}
	}
	return out
}

// Amount matches a number of machines.
var Amount = pattern.MustCompile(`\b\d[\d,.]*k?m?(?:\s*[x×*]\s*|\s+)(?:\d+\s*[x×*]?\s*)?(?:nvidia |amd |google ` +
	`|cloud |intel |instinct |tesla |geforce |gigabyte |\d+ ?gb?[- ]?)*` + machine + `|\b\d[\d,]*` + machine +
	`|\b\d[\d,]*[- ](gpu node|cores|cards|chips|devices|processors)\b|rtx ?\d{4} ?[x×] ?\d|[gt]pu[- ]?hours` +
	`|\b(eight|four|two|one|single) (nvidia |tesla )*(a100|h100|v100|a800|l40|rtx|gpu|tpu)|\btpu[- ]?v\d\w?-\d+` +
	`|\bon an? (?:[\w-]+ ){0,6}(?:[gtn]pu|a100|h100|v100|t4|a10g?|l4)(?:\W*$|[,.;)]| \(| (?:for|with|in|instance)\b)` +
	`|` + machine + `(?:[ -]?\d+ ?gb)?(?: ?gpu)?[ を]{0,3}\d+ ?(?:基|枚|台|장|대|개)` +
	`|\d+ ?(?:基|枚|台|장|대|개)(?:の|의)? ?(?:nvidia )?` + machine)

// machine matches what machines are called.
const machine = `(?:a100|h100|h800|h200|v100|p100|a800|b200|l40s?\b|t4\b|gaudi|rtx ?\d{4}|mi\d{3}x?|tpu` +
	`|gpus?\b|npus?\b|ascend|910b|nodes|superchips?|accelerators?)`

// UserTitle matches the heading of a part that tells how to use a model.
var UserTitle = phrases.ExpressionOf("sources.user-title")
