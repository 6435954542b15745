package observe

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/hub/header"
	"openness/audit/identity"
	"openness/audit/pattern"
)

// What the headers of weights files say. A file goes from hand to hand without its
// card; what its header says and the card does not is worth knowing, and what they
// say differently more so.

// headerMark is what the address of a file's beginning ends in.
const headerMark = "#header"

// headerKeys are the entries of a header that tell of a model, in both formats.
var headerKeys = map[string][]string{
	"licence": {"general.license", "modelspec.license", "license"},
	"base": {"general.base_model.0.repo_url", "general.source.huggingface.repository", "base_model",
		"base_model_name_or_path", "modelspec.base_model"},
	"architecture": {"general.architecture", "modelspec.architecture", "architecture", "model_type"},
}

// readHeaders parses the documents that hold the beginning of a weights file.
func (in *input) readHeaders() []fileHeader {
	var all []fileHeader
	for _, d := range in.of(audit.DocOther) {
		if d.Place != audit.HubModel || !strings.HasSuffix(d.URL, headerMark) || !readable(d) {
			continue
		}
		if h, err := header.Read(d.Body); err == nil {
			all = append(all, fileHeader{d, h})
		}
	}
	return all
}

// A fileHeader is the header of one file.
type fileHeader struct {
	*audit.Document
	header.Header
}

// field is what a header says of one thing.
func (h fileHeader) field(what string) (header.Field, bool) {
	f, ok := h.First(headerKeys[what]...)
	return f, ok && utf8.ValidString(f.Value) && f.Span.Within(len(h.Body))
}

// headerLicence is the licence that a header names, if it is one that is understood.
func headerLicence(h fileHeader) (id string, span audit.Span, ok bool) {
	f, ok := h.field("licence")
	id = normalizeTag(f.Value)
	return id, f.Span, ok && understood(id)
}

// base is the hub id that a header gives for a base, or "".
func (h fileHeader) base() (id string, span audit.Span) {
	f, ok := h.field("base")
	m := headerID.FindStringSubmatch(strings.TrimSpace(f.Value))
	if !ok || m == nil {
		return "", f.Span
	}
	return m[1], f.Span
}

// headerID matches an id on the hub, alone or at the end of its address.
var headerID = pattern.MustCompile(
	`^(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co)/)?([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)/?$`,
)

// headerLicences reads the licence that a header names. It is a tag; where the card or a
// text states one, it is left to the conflicts.
func (in *input) headerLicences() []licence {
	var out []licence
	for _, h := range in.headers() {
		if id, span, ok := headerLicence(h); ok {
			out = append(out, licence{component: whose(h.Document), id: id, source: fromTag, doc: h.Document,
				span: span, vague: vagueID(id)})
		}
	}
	return out
}

// ofHeaders are the facts that headers alone tell: the architecture by name, and a base
// where no page names one.
func ofHeaders(in *input) []audit.Observation {
	var out []audit.Observation
	for _, h := range in.headers() {
		if h.Role != audit.RoleEnd {
			continue
		}
		if f, ok := h.field("architecture"); ok {
			out = append(out, audit.Observe(h.Document, "docs.architecture", "mentioned", f.Span,
				"The header of a weights file names the architecture."))
		}
		if id, span := h.base(); id != "" && in.subject.Base == "" && !strings.EqualFold(id, in.id()) {
			out = append(out, audit.Observe(h.Document, "weights.base.id", id, span,
				"The header of a weights file names the base."))
		}
	}
	return out
}

// headerConflicts lists what headers say otherwise than the model's pages, each with
// both sides: a licence, which the rest of the licences' conflicts takes in, and a base
// of another family than any that the model comes from.
func (in *input) headerConflicts(all []licence) []conflict {
	var found []conflict
	for _, h := range in.headers() {
		id, span, ok := headerLicence(h)
		if !ok {
			continue
		}
		for _, l := range ofComponent(all, whose(h.Document)) {
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

// headerBases lists the headers that name a base of another family than the model's
// pages do, with both sides quoted.
func (in *input) headerBases() []audit.Observation {
	var out []audit.Observation
	for _, h := range in.headers() {
		id, span := h.base()
		if id == "" || h.Role != audit.RoleEnd || in.subject.Base == "" {
			continue
		}
		family := identity.Family(path.Base(id))
		kin := func(other string) bool {
			return identity.Family(path.Base(other)) == family || strings.Contains(identity.Squash(other), family)
		}
		known := slices.ContainsFunc(in.subject.Places, func(p audit.Place) bool {
			return (p.Kind == audit.HubModel || p.Kind == audit.ModelScopeModel) && p.Role != audit.RoleRelated &&
				kin(p.ID)
		})
		if len(family) < identity.MinFamily || known || kin(in.subject.Base) || kin(in.id()) {
			continue
		}
		said := fmt.Sprintf("base: the model's pages say %s, the header of %s says %s", in.subject.Base, h.Path, id)
		for _, d := range in.of(audit.DocModelCard, audit.DocModelAPI) {
			if at := mentions(d.Body, in.subject.Base); d.Role == audit.RoleEnd && readable(d) && len(at) > 0 {
				out = append(out, audit.Observe(d, "weights.conflicts", said, at[0], "what the page says"),
					audit.Observe(h.Document, "weights.conflicts", said, span, "what the header says"))
				break
			}
		}
	}
	return out
}
