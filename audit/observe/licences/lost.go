package licences

import (
	"strings"

	"openness/audit"
	"openness/audit/identity"
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
			return document.MainPage(d) && d.Role != audit.RoleBase && in.MayBeOwn(d.PlaceID) && (component == "code" ||
				best.general || best.source == fromProse)
		case audit.DocLicense:
			return component == "weights" && in.speaksForWeights(d, best)
		}
		return false
	})
	if component == "weights" {
		lost = append(lost, in.LookAtHubPage(false).Lost...)
		lost = append(lost, in.unreadBases()...)
	}
	return lost
}

// unreadBases lists the pages that were not looked at of models that this one is
// declared to be made from, by other makers, where none of that model's states a
// licence.
func (in *Reader) unreadBases() []sources.Unread {
	known := make(map[string]bool)
	for _, l := range in.bases(in.licences) {
		known[strings.ToLower(l.doc.PlaceID)] = true
	}
	var declared map[string]bool
	return in.Lost(func(d *audit.Document) bool {
		id := strings.ToLower(d.PlaceID)
		if d.Role != audit.RoleBase || d.Place == audit.GitHubRepo || known[id] ||
			identity.SameMaker(identity.Owner(d.PlaceID), identity.Owner(in.ID())) {
			return false
		}
		switch d.Kind {
		case audit.DocModelAPI, audit.DocModelCard, audit.DocLicense:
			if declared == nil {
				declared = in.declaredBases()
			}
			return declared[id]
		}
		return false
	})
}
