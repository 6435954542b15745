package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// The sections of an invented card.
const (
	cardDetails = "# Quokka\n\n## Model details\n\nQuokka is a model of language, developed by the Acme laboratory.\n\n"
	cardUses    = "## Uses\n\nIt is intended for research on the summary of long documents.\n\n"
	cardLimits  = "## Limitations\n\nIt may produce false statements and repeats the bias of its sources.\n\n"
	cardData    = "## Training data\n\nIt was trained on a corpus of two thousand newspapers of the last century.\n\n"
	cardEval    = "## Evaluation\n\nIts accuracy on an exam of general knowledge is sixty per cent.\n\n"
	cardCite    = "## Citation\n\nPlease cite the report of the laboratory that describes the model.\n\n"
)

func TestCardSubstance(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"every core section": {cardDetails + cardUses + cardLimits + cardData + cardEval + cardCite, "full"},
		"core without headings": {"# Quokka\n\n## Model details\n\n" + strings.ReplaceAll(cardDetails[2:]+cardUses+cardLimits+cardData+cardEval+cardCite, "## ", "") +
			"## Uses\n\nIt is intended for the summary of long documents.\n", "partial"},
		"an announcement":               {"# Quokka\n\n" + strings.ReplaceAll(cardDetails[2:]+cardUses+cardLimits+cardData+cardEval+cardCite, "## ", ""), "minimal"},
		"data told under training":      {cardDetails + cardUses + cardLimits + strings.Replace(cardData, "Training data", "Training", 1) + cardEval + cardCite, "full"},
		"a figure as evaluation":        {cardDetails + cardUses + cardLimits + cardData + "## Evaluation results\n\nFID: 6.7\n\n" + cardCite, "full"},
		"no figure":                     {cardDetails + cardUses + cardLimits + cardData + "## Evaluation results\n\nMetric: F1\n\n" + cardCite, "partial"},
		"a question as heading":         {cardDetails + cardUses + cardLimits + cardData + strings.Replace(cardEval, "Evaluation", "How was Quokka evaluated?", 1) + cardCite, "full"},
		"no word of evaluation":         {cardDetails + cardUses + cardLimits + cardData + cardCite, "partial"},
		"what it is and how to call it": {cardDetails + cardUses + cardCite, "minimal"},
		"template left unfilled":        {"# Quokka\n\n## Model details\n\n[More Information Needed]\n\n## Uses\n\n[More Information Needed]\n", "minimal"},
		"hardware to run it on":         {cardDetails + cardUses + "## Running\n\nThe half precision works on devices with GPU only, mind you.\n\n", "minimal"},
		"pretrained, no more":           {cardUses + cardLimits + "## Intro\n\nQuokka is a pretrained thing of some use to everybody out there.\n\n", "minimal"},
		"front matter only":             {"---\nlicense: mit\n---\n", "absent"},
	} {
		d := page(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", c.body)
		got := values(alone(cards, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})), "card.substance")
		if got != c.want {
			t.Errorf("%s: substance is %q, want %q", name, got, c.want)
		}
	}
}

// TestCardQuotes: a card is quoted by what it says of itself, and not by links,
// questions and thanks.
func TestCardQuotes(t *testing.T) {
	d := page(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n[Page](https://example.org/a) [Demo](https://example.org/b) [Chat](https://example.org/c)\n\n"+
		"What do the letters of the name Quokka stand for in the end?\n\n"+cardDetails[len("# Quokka\n\n"):]+cardUses+
		"## Limitations\n\nSee the long report of the laboratory, which is on the shelf.\n\nIt may repeat the bias of its sources, which are old.\n\n"+cardCite)
	for _, o := range alone(cards, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})) {
		want := map[string]string{"card.published": "Quokka is a model of language, developed by the Acme laboratory.",
			"card.substance": "It may repeat the bias of its sources, which are old."}[o.Fact]
		if want != "" && o.Quote != want {
			t.Errorf("%s: quote %q, want %q", o.Fact, o.Quote, want)
		}
	}
}
