package weights

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
)

// paperWeights reads a paper's sentence that gives the address of a model's files:
// of that very model, or of its series on a hub.
func (in *Reader) paperWeights(texts []*audit.Document, s Slot, id string) []audit.Observation {
	if id == "" {
		return nil
	}
	for _, d := range texts {
		for _, t := range in.Announcements(d) {
			linked := document.ModelLinks([]byte(strings.Join(t.Links, " ")))
			for _, l := range linked {
				if identity.SameName(l.Value, id) ||
					identity.InSeries(l.Value, id) && identity.SameMaker(path.Dir(l.Value), path.Dir(id)) {
					return in.ungated(in.WholeText(d), s, t.Span, "The paper says where the weights are")
				}
			}
		}
	}
	return nil
}
