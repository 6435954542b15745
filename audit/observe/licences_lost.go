package observe

import (
	"strings"

	"openness/audit"
	"openness/audit/identity"
)

// A licence that grants everything is the last word only where every place was
// looked at that could grant less: the model's card, the front page of its
// repository, the licence's text, and what the model is declared to be made
// from. A page that is not there restricts nothing; one that was refused or
// lost may.

// couldNarrow lists the documents that could put a component under narrower terms
// than the best reading and were not, or not wholly, looked at.
func (in *input) couldNarrow(component string, best licence) []unread {
	if component != "weights" && component != "code" {
		return nil
	}
	lost := in.lost(func(d *audit.Document) bool {
		switch d.Kind {
		case audit.DocModelCard:
			return component == "weights" && d.Role == audit.RoleEnd
		case audit.DocReadme:
			return mainPage(d) && d.Role != audit.RoleBase && in.mayBeOwn(d.PlaceID) && (component == "code" ||
				best.general || best.source == fromProse)
		case audit.DocLicense:
			return component == "weights" && in.speaksForWeights(d, best)
		}
		return false
	})
	if component == "weights" {
		lost = append(lost, in.lookAtHubPage(false).lost...)
		lost = append(lost, in.unreadBases()...)
	}
	return lost
}

// unreadBases lists the pages that were not looked at of models that this one is
// declared to be made from, by other makers, where none of that model's states a
// licence.
func (in *input) unreadBases() []unread {
	known := make(map[string]bool)
	for _, l := range in.bases(in.licences) {
		known[strings.ToLower(l.doc.PlaceID)] = true
	}
	var declared map[string]bool
	return in.lost(func(d *audit.Document) bool {
		id := strings.ToLower(d.PlaceID)
		if d.Role != audit.RoleBase || d.Place == audit.GitHubRepo || known[id] ||
			identity.SameMaker(identity.Owner(d.PlaceID), identity.Owner(in.id())) {
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
