package data

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
)

// Data sets that front matter names, and that the hub did not show or was not asked for.

// unseenNote is the note of a dataset that front matter names and the hub did not show.
const unseenNote = FrontNote + "; that it is there was not seen."

// unseenData lists the looks at datasets that were in vain, of facts of which nothing
// is known but the names in front matter.
func (r *dataReader) unseenData() []audit.Observation {
	return slices.DeleteFunc(r.unseen, func(look audit.Observation) bool {
		return slices.ContainsFunc(r.found, func(o audit.Observation) bool {
			return o.Fact == look.Fact && (o.Value == "listed" ||
				o.Value == "downloadable") && !strings.HasPrefix(o.Note, unseenNote)
		})
	})
}

// hubPages are the hub's pages of a dataset that were asked for: its answer and its card.
func (r *dataReader) hubPages(id string) []*audit.Document {
	return slices.DeleteFunc(r.Of(audit.DocDatasetAPI, audit.DocDataCard), func(d *audit.Document) bool {
		return !strings.EqualFold(d.PlaceID, strings.TrimSpace(id))
	})
}

// shownByHub reports whether the hub showed a page of a dataset, or its answer on it: a
// name in front matter is what somebody wrote, and not yet data.
func (r *dataReader) shownByHub(id string) bool {
	return slices.ContainsFunc(r.hubPages(id), document.Readable)
}

// notShown reports whether the hub was asked for datasets and showed nothing of this one.
func (r *dataReader) notShown(id string) bool {
	return len(r.Of(audit.DocDatasetAPI, audit.DocDataCard)) > 0 && !r.shownByHub(id)
}

// asked reports whether the hub was asked for a dataset.
func (r *dataReader) asked(id string) bool { return len(r.hubPages(id)) > 0 }

// lostDataset is the hub's page of a dataset that could not be looked at, or nil: what
// it would have shown is not known.
func (r *dataReader) lostDataset(id string) *audit.Document {
	if !r.notShown(id) {
		return nil
	}
	for _, d := range r.hubPages(id) {
		if _, lost := document.Unseen(d); lost {
			return d
		}
	}
	return nil
}
