package observe

import (
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/papers"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Which passages of a card say something, and may fill a section.

var (
	// thanks matches a sentence that thanks somebody, which fills no section.
	thanks   = pattern.MustCompile(`\b(thanks?|grateful|gratitude|acknowledg\w*)\b|感谢|鸣谢|dank`)
	unfilled = phrases.ExpressionOf("observe.unfilled")
)

// states reports whether a passage is a statement of the card's own, as long as a
// short sentence.
func states(p page.Passage) bool { return longEnough(p) && fills(p, false) }

func longEnough(p page.Passage) bool {
	return len(sources.Address.ReplaceAllString(p.Text, "")) >= minSectionText
}

// fills reports whether a passage may fill a section: it is no gap of a template,
// question, promise, denial, thanks or list of links, and does not only say where
// the reader will find it. A section on what a model is not for is filled by denials.
func fills(p page.Passage, denials bool) bool {
	return !points(p) && !template(p) && !sample(p) && !unfilled.MatchString(p.Text) && !papers.LinkList(p) &&
		!onlyImage(string(p.Raw())) && !strings.HasSuffix(p.Text, "?") && !thanks.MatchString(p.Text) &&
		(affirms(p) || denials && whose.ModeOf(string(p.Raw())) == audit.DeniedMode)
}

// sample reports whether a passage is an item of a list of prompts: it is what one may say to the model.
func sample(p page.Passage) bool {
	lead := page.LeadOfList(p.Doc.Body, page.LineStart(p.Doc.Body, p.Span.Start), p.Span.End)
	return leadsToPrompts.Match(lead) && !document.TrainWord.Match(lead)
}

// leadsToPrompts matches the end of a line that offers prompts.
var leadsToPrompts = phrases.ExpressionOf("observe.leads-to-prompts")

// points reports whether a passage sends its reader elsewhere.
func points(p page.Passage) bool {
	return len(phrases.Default().Of("card.pointer").Find(p.Raw())) > 0
}

// template reports whether a passage is what a template says by itself.
func template(p page.Passage) bool {
	for _, m := range phrases.Default().Of("whose").Find(p.Raw()) {
		if m.Phrase.Value == "nobody" {
			return true
		}
	}
	return false
}

// affirms reports whether a passage tells what is there, and not what is withheld
// or given on request: a card does not fill a section by saying that it will not.
func affirms(p page.Passage) bool {
	mode := whose.ModeOf(string(p.Raw()))
	return mode != audit.DeniedMode && mode != audit.Conditional && mode != audit.Promised
}
