package licences

import (
	"fmt"

	"openness/audit"
	"openness/audit/observe/document"
)

// headerLicence is the licence that a header names, if it is one that is understood.
func headerLicence(h document.Header) (id string, span audit.Span, ok bool) {
	f, ok := h.Field("licence")
	id = normalizeTag(f.Value)
	return id, f.Span, ok && understood(id)
}

// headerLicences reads the licence that a header names. It is a tag; where the card or a
// text states one, it is left to the conflicts.
func (in *Reader) headerLicences() []licence {
	var out []licence
	for _, h := range in.Headers() {
		if id, span, ok := headerLicence(h); ok {
			out = append(out, licence{component: componentFor(h.Document), id: id, source: fromTag, doc: h.Document,
				span: span, vague: vagueID(id)})
		}
	}
	return out
}

// headerConflicts lists what headers say otherwise than the model's pages, each with
// both sides: a licence, which the rest of the licences' conflicts takes in, and a base
// of another family than any that the model comes from.
func (in *Reader) headerConflicts(all []licence) []conflict {
	var found []conflict
	for _, h := range in.Headers() {
		id, span, ok := headerLicence(h)
		if !ok {
			continue
		}
		for _, l := range ofComponent(all, componentFor(h.Document)) {
			if l.doc == h.Document || !l.understood() || l.limit != nil || l.id == id || l.doc.Place != h.Place ||
				l.doc.PlaceID != h.PlaceID {
				continue
			}
			found = append(found, conflict{"file_header", fmt.Sprintf("weights: %s says %s, the header of %s says %s",
				l.source, l.id, h.Path, id),
				l.side(), side{h.Document, span, "the header of the file says " + id}})
			break
		}
	}
	return found
}
