package exchange

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/pattern"
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
	name     string
	seen     []audit.Observation
	licences []audit.Observation // of a base, as the lineage tells them
	ofBase   bool                // of a data set: it is named on pages of the base alone
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
	var lineage []audit.Observation
	for _, o := range m.Observations {
		if o.Finding != audit.Present {
			continue
		}
		switch o.Fact {
		case "license.weights.id":
			x.licences = append(x.licences, o)
		case "weights.base.id":
			x.bases = addPart(x.bases, o.Value, o)
		case "license.lineage":
			lineage = append(lineage, o)
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
	for i := range x.datasets {
		x.datasets[i].ofBase = !slices.ContainsFunc(x.datasets[i].seen, func(o audit.Observation) bool {
			return o.Role != audit.RoleBase
		})
	}
	for _, o := range lineage { // "NAME LICENCE"
		name, id, _ := strings.Cut(o.Value, " ")
		x.bases = addPart(x.bases, name)
		for i := range x.bases {
			if strings.EqualFold(x.bases[i].name, name) {
				o.Value = id
				x.bases[i].licences = append(x.bases[i].licences, o)
			}
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
	return append(list, part{name: name, seen: seen})
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

// baseOf is the base to which a data set of a base belongs: the one on whose page it is
// named, or else the first; "" where there is none.
func (x *material) baseOf(d part) string {
	if !d.ofBase || len(x.bases) == 0 {
		return ""
	}
	for _, b := range x.bases {
		if slices.ContainsFunc(d.seen, func(o audit.Observation) bool { return strings.Contains(o.URL, "/"+b.name+"/") }) {
			return b.name
		}
	}
	return x.bases[0].name
}

// collection matches the name of a page of the hub that lists several data sets.
var collection = pattern.MustCompile(`^[\w.-]+/[\w.-]+-[0-9a-f]{24}$`)

// hubPage is where a model or a data set of the hub is found by its name; "" for what has
// no such name.
func hubPage(kind, name string) string {
	organisation, rest, ok := strings.Cut(name, "/")
	switch {
	case !ok || organisation == "" || rest == "" || strings.ContainsAny(name, ": ?#") || strings.Contains(rest, "/"):
		return ""
	case collection.MatchString(name):
		return hub + "collections/" + name
	}
	return hub + kind + name
}

const hub = "https://huggingface.co/"

// licenceTitle is what people call a licence that the SPDX list does not have, and where
// its text stands: that of a changed or unknown text is where it was read. The address is
// empty where nobody noted it.
func licenceTitle(list []audit.Observation, id string) (title, url string) {
	original, changed := license.Original(id)
	t, known := license.Read(original)
	if title = id; known && t.Name != "" {
		title = t.Name
	}
	switch unknown := strings.HasSuffix(id, "-unknown"); {
	case unknown:
		title = "none of the known licences"
	case changed:
		title += ", changed in what it grants or asks"
	case len(t.URLs) > 0:
		return title, "https://" + t.URLs[0]
	}
	for _, o := range list {
		if o.Value == id && (changed || !known) && web(o.URL) {
			return title, uri(o.URL)
		}
	}
	return title, ""
}

// spdxID reports whether a licence is one of the SPDX list: no expression of several.
func spdxID(id string) bool {
	_, known := license.Read(id)
	return known && !isExpression(id) && !strings.HasPrefix(id, "LicenseRef-")
}

// isExpression reports whether a licence is an SPDX expression of several.
func isExpression(id string) bool { return license.IsExpression(id) && license.Parts(id) != nil }

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
