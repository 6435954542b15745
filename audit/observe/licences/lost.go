package licences

import (
	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
)

// A licence that grants everything is the last word only where every place was
// looked at that could grant less: the model's card, the front page of its
// repository, the licence's text, and what the model is declared to be made
// from. A page that is not there restricts nothing; one that was refused or
// lost may.

// couldNarrow lists the documents that could put a component under narrower terms
// than the best reading and were not, or not wholly, looked at.
func (in *Reader) couldNarrow(component string, best licence) []sources.Unread {
	if component != "weights" && component != "code" {
		return nil
	}
	lost := in.Lost(func(d *audit.Document) bool {
		switch d.Kind {
		case audit.DocModelCard:
			return component == "weights" && d.Role == audit.RoleEnd
		case audit.DocReadme:
			return document.FrontPage(d) && d.Role != audit.RoleBase && in.MayBeOwn(d.PlaceID) && (component == "code" ||
				best.general || best.source == fromProse)
		case audit.DocLicense:
			return component == "weights" && in.speaksForWeights(d, best)
		}
		return false
	})
	if component == "weights" {
		lost = append(lost, in.LostHubPage(audit.RoleEnd)...)
	}
	return lost
}
