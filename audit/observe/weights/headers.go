package weights

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
)

// ofHeaders are the facts that headers alone tell: the architecture by name, and a base
// where no page names one.
func ofHeaders(in *Reader) []audit.Observation {
	var out []audit.Observation
	for _, h := range in.Headers() {
		if h.Role != audit.RoleEnd {
			continue
		}
		if f, ok := h.Field("architecture"); ok {
			out = append(out, audit.Observe(h.Document, "docs.architecture", "mentioned", f.Span,
				"The header of a weights file names the architecture."))
		}
		if id, span := h.Base(); id != "" && in.Subject.Base == "" && !strings.EqualFold(id, in.ID()) {
			out = append(out, audit.Observe(h.Document, "weights.base.id", id, span,
				"The header of a weights file names the base."))
		}
	}
	return out
}

// headerBases lists the headers that name a base of another family than the model's
// pages do, with both sides quoted.
func (in *Reader) headerBases() []audit.Observation {
	var out []audit.Observation
	for _, h := range in.Headers() {
		id, span := h.Base()
		if id == "" || h.Role != audit.RoleEnd || in.Subject.Base == "" {
			continue
		}
		family := identity.Family(path.Base(id))
		kin := func(other string) bool {
			return identity.Family(path.Base(other)) == family || strings.Contains(identity.Squash(other), family)
		}
		known := slices.ContainsFunc(in.Subject.Places, func(p audit.Place) bool {
			return (p.Kind == audit.HubModel || p.Kind == audit.ModelScopeModel) && p.Role != audit.RoleRelated &&
				kin(p.ID)
		})
		if len(family) < identity.MinFamily || known || kin(in.Subject.Base) || kin(in.ID()) {
			continue
		}
		said := fmt.Sprintf("base: the model's pages say %s, the header of %s says %s", in.Subject.Base, h.Path, id)
		for _, d := range in.Of(audit.DocModelCard, audit.DocModelAPI) {
			if at := document.Mentions(d.Body, in.Subject.Base); d.Role == audit.RoleEnd && document.Readable(d) &&
				len(at) > 0 {
				out = append(out, audit.Observe(d, "weights.conflicts", said, at[0], "what the page says"),
					audit.Observe(h.Document, "weights.conflicts", said, span, "what the header says"))
				break
			}
		}
	}
	return out
}
