package observe

import (
	"openness/audit"
	"openness/audit/observe/whose"
	"openness/audit/pattern"
)

// resultPart are headings below which a paper gives results.
var resultPart = pattern.MustCompile(`\b(?:evaluations?|results?|benchmarks?|experiments?|performance)\b`)

// paperEvaluation reads whether a paper gives results of its model: a sentence that
// names it, or a row that does, with a number, below a heading on results.
func (in *input) paperEvaluation(d *audit.Document) []audit.Observation {
	w := in.WholeText(d)
	for _, p := range in.Prose(w) {
		if resultPart.MatchString(p.Heading) && !machinesPart.MatchString(p.Heading) &&
			in.FamilyWord.MatchString(p.Text) && result.MatchString(p.Text) && whose.ModeOf(p.Text) == audit.Done {
			return []audit.Observation{audit.Observe(w, "docs.evaluation", "true", p.Span,
				"The paper gives a result of the model.")}
		}
	}
	return nil
}

// minPaperCard is the number of sections from which an appendix is a model card.
const minPaperCard = 3

// paperCard reads a model card that is an appendix of the model's paper.
func (in *input) paperCard(d *audit.Document) []audit.Observation {
	w := in.WholeText(d)
	below := in.appendixOf(w, modelCardPart, modelCardParts)
	r := readCard(in.Card(w), below)
	if len(r.sections) < minPaperCard {
		return nil
	}
	quote := telling(r.sections).span
	note := "The paper has a model card in an appendix."
	return []audit.Observation{audit.Observe(w, "card.published", "true", quote, note),
		audit.Observe(w, "card.substance", r.substance(), quote, note)}
}

// modelCardPart is the heading of an appendix that is a model card.
var modelCardPart = pattern.MustCompile(`\bmodel ?cards?\b`)

// paperSheet reads a datasheet that is an appendix of the model's paper.
func (in *input) paperSheet(d *audit.Document) []audit.Observation {
	w := in.WholeText(d)
	return sheetFound(w, sheetIn(in.appendixOf(w, sheetTitle, datasheetParts)), 1)
}
