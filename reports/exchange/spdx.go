package exchange

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"openness/audit"
	"openness/reports"
)

// The version of SPDX that is written, and its JSON-LD context.
const (
	spdxVersion = "3.0.1"
	spdxContext = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
)

// An element is one node of the graph, with the names of the JSON-LD context.
type element map[string]any

// SPDX writes a bill of materials of models as SPDX 3.0.1 JSON-LD with the AI
// and Dataset profiles' classes. The document claims conformance to a profile
// only where every package has what the profile demands.
func SPDX(w io.Writer, b Bill) error {
	g := &graph{bill: b, namespace: "https://openness.example/spdx/" + strings.ReplaceAll(reports.TimeText(b.At), ":",
		"") + "#", index: make(map[string]int), ai: true}
	agent := g.id("agent", "openness")
	g.info = "_:creation"
	g.nodes = append(g.nodes, element{"type": "CreationInfo", "@id": g.info, "specVersion": spdxVersion,
		"created": reports.TimeText(b.At), "createdBy": []string{agent}})
	g.add(agent, element{"type": "SoftwareAgent", "name": "openness " + b.Tool})
	for i := range b.Models {
		g.model(&b.Models[i])
	}
	profiles := []string{"core", "software", "simpleLicensing", "dataset"}
	if g.ai && len(b.Models) > 0 {
		profiles = append(profiles, "ai")
	}
	elements := slices.Clone(g.ids)
	document := element{"type": "SpdxDocument", "name": "AI bill of materials", "profileConformance": profiles}
	if len(elements) > 0 {
		document["element"] = elements
	}
	if len(g.roots) > 0 {
		document["rootElement"] = g.roots
	}
	g.add(g.id("document", "bill"), document)
	return reports.WriteJSON(w, map[string]any{"@context": spdxContext, "@graph": g.nodes})
}

// graph is the document in the making.
type graph struct {
	bill      Bill
	namespace string
	info      string // the blank node of the creation info
	nodes     []element
	ids       []string
	roots     []string
	index     map[string]int // position of each element in nodes
	ai        bool           // every model has what the AI profile demands
}

// id makes the IRI of an element. Names are hashed: they may hold anything.
func (g *graph) id(kind, name string) string {
	return g.namespace + kind + "-" + audit.Hash([]byte(name))[:16]
}

// add adds an element, unless one of this id is there.
func (g *graph) add(id string, e element) string {
	if _, there := g.index[id]; !there {
		g.index[id] = len(g.nodes)
		g.nodes, g.ids = append(g.nodes, nil), append(g.ids, id)
		g.replace(id, e)
	}
	return id
}

// replace puts an element in the place of the one of this id.
func (g *graph) replace(id string, e element) {
	e["spdxId"], e["creationInfo"] = id, g.info
	g.nodes[g.index[id]] = e
}

func (g *graph) model(m *reports.Model) {
	x := materialOf(m)
	id := g.id("model", x.id)
	e := element{"type": "ai_AIPackage", "name": x.name, "software_primaryPurpose": "model", "comment": g.comment(&x)}
	optional := func(name, value string) {
		if value != "" {
			e[name] = value
		} else {
			g.ai = false
		}
	}
	optional("software_packageVersion", x.version)
	optional("releaseTime", dateTime(x.released))
	home := ""
	if web(x.home) {
		home = uri(x.home)
	}
	optional("software_downloadLocation", home)
	if p := purl(x.id, x.version); p != "" {
		e["software_packageUrl"] = p
	}
	if x.supplier != "" {
		e["suppliedBy"] = g.add(g.id("organisation", x.supplier), element{"type": "Organization", "name": x.supplier})
	} else {
		g.ai = false
	}
	if t := quoteOf(x.architecture); t != "" {
		e["ai_typeOfModel"] = []string{t}
	}
	for section, name := range map[string]string{"limitations": "ai_limitation",
		"uses": "ai_informationAboutApplication", "training procedure": "ai_informationAboutTraining"} {
		for _, o := range x.sections {
			if o.Value == section && o.Quote != "" {
				e[name] = reports.Shorten(o.Quote, 2000)
			}
		}
	}
	if _, there := g.index[id]; there { // it was named as another's base before
		g.replace(id, e)
	}
	g.roots = append(g.roots, g.add(id, e))
	g.licences(id, x.licences)
	for _, d := range x.datasets {
		e := element{"type": "dataset_DatasetPackage", "name": d.name, "dataset_datasetType": []string{"noAssertion"},
			"software_primaryPurpose": "data", "comment": placesOf(d.seen)}
		if page := hubPage("datasets/", d.name); page != "" {
			e["software_downloadLocation"] = page
		}
		dataset, trained := g.add(g.id("dataset", d.name), e), id
		if base := x.baseOf(d); base != "" {
			trained = g.id("model", base)
		}
		g.relate(trained, "trainedOn", []string{dataset})
	}
	for _, base := range x.bases {
		g.ai = false // what is known of a base by name alone lacks what the profile demands
		e := element{"type": "ai_AIPackage", "name": base.name, "software_primaryPurpose": "model",
			"comment": placesOf(base.seen)}
		if p := purl(base.name, ""); p != "" {
			e["software_packageUrl"], e["software_downloadLocation"] = p, hubPage("", base.name)
		}
		ancestor := g.add(g.id("model", base.name), e)
		g.licences(ancestor, base.licences)
		g.relate(id, "descendantOf", []string{ancestor})
	}
}

// licences relates a model to what its pages declare.
func (g *graph) licences(id string, list []audit.Observation) {
	var to []string
	for _, value := range values(list) {
		expression := value
		if !spdxID(value) && !isExpression(value) && !strings.HasPrefix(value, "LicenseRef-") {
			expression = "LicenseRef-" + licenceRef(value)
		}
		var seen []audit.Observation
		for _, o := range list {
			if o.Value == value {
				seen = append(seen, o)
			}
		}
		e := element{"type": "simplelicensing_LicenseExpression", "simplelicensing_licenseExpression": expression,
			"comment": placesOf(seen)}
		if title, url := licenceTitle(list, value); !spdxID(value) && !isExpression(value) {
			e["name"] = title
			if url != "" {
				e["simplelicensing_customIdToUri"] = []element{{"type": "DictionaryEntry", "key": expression, "value": url}}
			}
		}
		to = append(to, g.add(g.id("licence", value), e))
	}
	if len(to) > 0 {
		g.relate(id, "hasDeclaredLicense", to)
	}
}

// licenceRef is a name in the characters that a LicenseRef may have.
func licenceRef(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '-'
	}, name)
}

func (g *graph) relate(from, kind string, to []string) {
	g.add(g.id("relationship", from+kind+strings.Join(to, " ")), element{"type": "Relationship", "from": from,
		"relationshipType": kind, "to": to})
}

// comment says what was found on the model as a whole, and what is missing.
func (g *graph) comment(x *material) string {
	s := "Observed by openness " + g.bill.Tool + "."
	if len(x.missing) > 0 {
		s += " Not known: " + strings.Join(x.missing, ", ") + "."
	}
	return s + " " + placesOf(x.licences)
}

// placesOf says where something was read.
func placesOf(list []audit.Observation) string {
	var places []string
	for _, o := range list {
		if o.URL != "" {
			places = append(places, fmt.Sprintf("%s = %s, bytes %d to %d of %s (SHA-256 %s)", o.Fact, o.Value, o.Start,
				o.End, o.URL, o.SHA256))
		}
	}
	if len(places) == 0 {
		return "Named by the publisher."
	}
	return "Read: " + strings.Join(places, "; ") + "."
}

func quoteOf(list []audit.Observation) string {
	for _, o := range list {
		if o.Quote != "" {
			return reports.Shorten(o.Quote, longestQuote)
		}
	}
	return ""
}

// dateTime is a day as SPDX writes times; "" where it is no whole day.
func dateTime(day string) string {
	if len(day) != len("2006-01-02") {
		return ""
	}
	return day + "T00:00:00Z"
}
