package exchange

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/license"
	"openness/reports"
)

// longestQuote bounds the words that a report quotes as evidence.
const longestQuote = 300

// A Bill is what a bill of materials is made of: models, when and by what.
type Bill struct {
	Models []reports.Model
	Tool   string // version of the tool
	At     time.Time
}

// A material is one model as a bill of materials has it: what was observed of
// its identity, terms, parts and documents, each with where it was read.
type material struct {
	id, name, supplier, version, released, home string
	licences                                    []audit.Observation // of the weights
	bases                                       []part
	datasets                                    []part
	architecture                                []audit.Observation
	sections                                    []audit.Observation
	references                                  []reference
	missing                                     []string
}

// A part is something else that the model was made from, by the name that its
// publisher gives it.
type part struct {
	name string
	seen []audit.Observation
}

// A reference is a page about the model.
type reference struct {
	kind audit.DocKind
	url  string
	hash string
}

func materialOf(m *reports.Model) material {
	x := material{id: m.Subject.ID, name: m.Name(), supplier: m.Subject.Organisation, released: m.Released(),
		home: m.Home()}
	for _, o := range m.Observations {
		if o.Finding != audit.Present {
			continue
		}
		switch o.Fact {
		case "license.weights.id":
			x.licences = append(x.licences, o)
		case "weights.base.id":
			x.bases = addPart(x.bases, o.Value, o)
		case "data.datasets":
			x.datasets = addPart(x.datasets, o.Value, o)
		case "docs.architecture":
			x.architecture = append(x.architecture, o)
		case "card.sections":
			x.sections = append(x.sections, o)
		}
	}
	if m.Subject.Base != "" {
		x.bases = addPart(x.bases, m.Subject.Base)
	}
	for _, d := range m.Documents {
		if d.Role == audit.RoleEnd && (d.Kind == audit.DocModelAPI ||
			d.Kind == audit.DocModelCard) && d.Revision != "" {
			x.version = cmp.Or(x.version, d.Revision)
		}
		if d.Outcome.Looked() && d.Outcome != audit.Absent && web(d.URL) {
			x.references = append(x.references, reference{d.Kind, d.URL, d.SHA256})
		}
	}
	x.missing = x.lacks(m)
	// a page that names itself
	x.bases = slices.DeleteFunc(x.bases, func(p part) bool { return strings.EqualFold(p.name, x.id) })
	return x
}

func addPart(list []part, name string, seen ...audit.Observation) []part {
	for i := range list {
		if strings.EqualFold(list[i].name, name) {
			list[i].seen = append(list[i].seen, seen...)
			return list
		}
	}
	return append(list, part{name, seen})
}

// lacks lists which of the elements that bills of materials for AI are asked to
// have could not be filled in: identity, terms, origin, parts and documents.
func (x *material) lacks(m *reports.Model) []string {
	var missing []string
	need := func(name string, there bool) {
		if !there {
			missing = append(missing, name)
		}
	}
	told := func(fact string, except ...string) bool {
		return slices.ContainsFunc(m.Observations, func(o audit.Observation) bool {
			return o.Fact == fact && o.Finding == audit.Present && !slices.Contains(except, o.Value)
		})
	}
	section := func(name string) bool {
		return slices.ContainsFunc(x.sections, func(o audit.Observation) bool { return o.Value == name })
	}
	need("model name", x.name != "")
	need("model version", x.version != "")
	need("model supplier", x.supplier != "")
	need("model licence", len(x.licences) > 0)
	need("release date", x.released != "")
	need("download location", told("weights.end.published", "false"))
	need("hashes of the weights", false) // no fact tells them
	need("model architecture", len(x.architecture) > 0)
	need("base model, or that there is none", len(x.bases) > 0 || told("weights.base.own", "false"))
	need("training datasets by name", len(x.datasets) > 0)
	need("licence of the training data", told("license.data.id"))
	need("provenance of the training data", told("data.pretraining.disclosure", "none", "described"))
	need("intended use", section("uses"))
	need("limitations", section("limitations"))
	need("evaluation", section("evaluation"))
	need("training hardware and energy", told("docs.hardware", "none"))
	return missing
}

// spdxID reports whether a licence is one of the SPDX list.
func spdxID(id string) bool {
	_, known := license.Read(id)
	return known && !strings.HasPrefix(id, "LicenseRef-")
}

// values lists distinct values in the order in which they were observed.
func values(list []audit.Observation) []string {
	var found []string
	for _, o := range list {
		if !slices.Contains(found, o.Value) {
			found = append(found, o.Value)
		}
	}
	return found
}
