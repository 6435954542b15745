package exchange

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"

	"openness/audit"
	"openness/reports"
)

// CycloneDX writes a bill of materials of models as CycloneDX 1.6: each model
// with its card, licences and the bytes that name them, datasets and base
// models as components of their own, and how they hang together.
func CycloneDX(w io.Writer, b Bill) error {
	bom := cdx.NewBOM()
	bom.SpecVersion = cdx.SpecVersion1_6
	bom.JSONSchema = "http://cyclonedx.org/schema/bom-1.6.schema.json"
	tool := []cdx.Component{{Type: cdx.ComponentTypeApplication, Name: "openness", Version: b.Tool}}
	bom.Metadata = &cdx.Metadata{Timestamp: reports.TimeText(b.At), Tools: &cdx.ToolsChoice{Components: &tool}}
	c := components{index: make(map[string]int)}
	for i := range b.Models {
		c.model(&b.Models[i])
	}
	if len(b.Models) == 1 { // what the bill is of
		x := materialOf(&b.Models[0])
		bom.Metadata.Component = &cdx.Component{Type: cdx.ComponentTypeMachineLearningModel, Name: x.name,
			Version: x.version, PackageURL: purl(x.id, x.version)}
	}
	bom.Components, bom.Dependencies = &c.list, &c.dependencies
	text, err := encoded(bom)
	if err != nil {
		return err
	}
	// The serial number follows from the content, so that the same evidence gives the same file.
	bom.SerialNumber = "urn:uuid:" + uuidOf(text)
	if text, err = encoded(bom); err != nil {
		return err
	}
	return reports.WriteJSON(w, json.RawMessage(text))
}

func encoded(bom *cdx.BOM) ([]byte, error) {
	var text bytes.Buffer
	if err := cdx.NewBOMEncoder(&text, cdx.BOMFileFormatJSON).EncodeVersion(bom, cdx.SpecVersion1_6); err != nil {
		return nil, fmt.Errorf("CycloneDX: %w", err)
	}
	return text.Bytes(), nil
}

// uuidOf makes a UUID of version 8 from content.
func uuidOf(content []byte) string {
	h := []byte(audit.Hash(content)[:32])
	h[12], h[16] = '8', "89ab"[h[16]%4]
	return fmt.Sprintf("%s-%s-%s-%s-%s", h[:8], h[8:12], h[12:16], h[16:20], h[20:32])
}

// components are those of a bill in the making, by reference.
type components struct {
	list         []cdx.Component
	dependencies []cdx.Dependency
	index        map[string]int
}

func (c *components) add(x cdx.Component) string {
	if _, there := c.index[x.BOMRef]; !there {
		c.index[x.BOMRef] = len(c.list)
		c.list = append(c.list, x)
	}
	return x.BOMRef
}

func modelRef(id string) string   { return "model:" + id }
func datasetRef(id string) string { return "dataset:" + id }

func (c *components) model(m *reports.Model) {
	x := materialOf(m)
	component := cdx.Component{BOMRef: modelRef(x.id), Type: cdx.ComponentTypeMachineLearningModel, Name: x.name,
		Version:    x.version,
		PackageURL: purl(x.id, x.version), Properties: &[]cdx.Property{{Name: "openness:id", Value: x.id}}}
	property := func(name, value string) {
		*component.Properties = append(*component.Properties, cdx.Property{Name: "openness:" + name, Value: value})
	}
	if x.supplier != "" {
		component.Supplier = &cdx.OrganizationalEntity{Name: x.supplier}
	}
	if x.released != "" {
		property("released", x.released)
	}
	var conflicts []string // a conflict on several components is told for each, in one sentence
	for _, o := range m.Observations {
		if strings.HasPrefix(o.Fact, "license.conflict.") && o.Finding == audit.Present &&
			!slices.Contains(conflicts, o.Value) {
			conflicts = append(conflicts, o.Value)
			property("licence-conflict", o.Value)
		}
	}
	for _, f := range m.Frameworks {
		property("verdict:"+f.Rubric.ID, f.Verdict.ID)
		property("reason:"+f.Rubric.ID, f.Verdict.Reason)
	}
	for _, a := range m.Assessments {
		property("rubric:"+a.Rubric.ID, fmt.Sprintf("%g of %g, between %g and %g", a.Score.Strict, a.Score.Max,
			a.Score.Range[0], a.Score.Range[1]))
	}
	for _, name := range x.missing {
		property("missing", name)
	}
	component.Licenses = licencesOf(x.licences)
	component.Evidence = evidenceOf(x.licences)
	component.ExternalReferences = referencesOf(&x)
	var uses []string
	var choices []cdx.MLDatasetChoice
	ofBase := make(map[string][]string)
	for _, d := range x.datasets {
		ref := c.add(datasetComponent(d))
		if base := x.baseOf(d); base != "" {
			ofBase[base] = append(ofBase[base], ref)
			continue
		}
		uses, choices = append(uses, ref), append(choices, cdx.MLDatasetChoice{Ref: ref})
	}
	card := &cdx.MLModelCard{ModelParameters: &cdx.MLModelParameters{}}
	if len(choices) > 0 {
		card.ModelParameters.Datasets = &choices
	}
	component.ModelCard = card
	var ancestors []cdx.Component
	for _, base := range x.bases {
		named := baseComponent(base)
		ref := c.add(named)
		uses = append(uses, ref)
		named.BOMRef, named.Evidence = "", nil
		ancestors = append(ancestors, named)
		if refs := ofBase[base.name]; len(refs) > 0 {
			c.depends(ref, refs)
		}
	}
	if len(ancestors) > 0 {
		component.Pedigree = &cdx.Pedigree{Ancestors: &ancestors}
	}
	if at, there := c.index[component.BOMRef]; there { // it was named as another's base before
		c.list[at] = component
	} else {
		c.add(component)
	}
	c.depends(component.BOMRef, uses)
}

// depends notes what a component uses, once for each component.
func (c *components) depends(ref string, uses []string) {
	for i := range c.dependencies {
		if c.dependencies[i].Ref == ref {
			known := c.dependencies[i].Dependencies
			if known == nil {
				known = &[]string{}
			}
			for _, u := range uses {
				if !slices.Contains(*known, u) {
					*known = append(*known, u)
				}
			}
			if len(*known) > 0 {
				c.dependencies[i].Dependencies = known
			}
			return
		}
	}
	d := cdx.Dependency{Ref: ref}
	if len(uses) > 0 {
		d.Dependencies = &uses
	}
	c.dependencies = append(c.dependencies, d)
}

// datasetComponent is a data set by the name that pages give it.
func datasetComponent(d part) cdx.Component {
	x := cdx.Component{BOMRef: datasetRef(d.name), Type: cdx.ComponentTypeData, Name: d.name,
		Data:     &[]cdx.ComponentData{{Type: cdx.ComponentDataTypeDataset, Name: d.name}},
		Evidence: evidenceOf(d.seen)}
	if collection.MatchString(d.name) {
		x.Description = "A collection of data sets, of which the page names no more."
	}
	x.ExternalReferences = distributedAt(hubPage("datasets/", d.name))
	return x
}

// baseComponent is a model that another was made from: by name, with the licence that the
// lineage tells.
func baseComponent(b part) cdx.Component {
	x := cdx.Component{BOMRef: modelRef(b.name), Type: cdx.ComponentTypeMachineLearningModel, Name: b.name,
		PackageURL: purl(b.name, ""), Licenses: licencesOf(b.licences),
		Evidence:           evidenceOf(append(slices.Clone(b.seen), b.licences...)),
		ExternalReferences: distributedAt(hubPage("", b.name))}
	if x.PackageURL != "" {
		supplier, _, _ := strings.Cut(b.name, "/")
		x.Supplier = &cdx.OrganizationalEntity{Name: supplier}
	}
	return x
}

func distributedAt(page string) *[]cdx.ExternalReference {
	if page == "" {
		return nil
	}
	return &[]cdx.ExternalReference{{URL: page, Type: cdx.ERTypeDistribution}}
}

// purl is the package URL of a model on the hub; the scheme has no type for others.
func purl(id, version string) string {
	organisation, name, ok := strings.Cut(id, "/")
	if !ok || strings.ContainsAny(id, ": ") || strings.Contains(name, "/") {
		return ""
	}
	p := "pkg:huggingface/" + purlPart(organisation) + "/" + purlPart(name)
	if version != "" {
		p += "@" + purlPart(strings.ToLower(version))
	}
	return p
}

func licencesOf(list []audit.Observation) *cdx.Licenses {
	var licences cdx.Licenses
	ids := values(list)
	if len(ids) == 1 && isExpression(ids[0]) { // the schema takes one expression, and nothing beside it
		declared := cdx.LicenseAcknowledgementDeclared
		return &cdx.Licenses{{Expression: ids[0], Acknowledgement: &declared}}
	}
	for _, id := range ids {
		l := &cdx.License{Acknowledgement: cdx.LicenseAcknowledgementDeclared}
		if spdxID(id) {
			l.ID = id
		} else {
			l.Name, l.URL = licenceTitle(list, id)
			if l.Name != id { // the id is what policies name
				l.Properties = &[]cdx.Property{{Name: "openness:id", Value: id}}
			}
		}
		licences = append(licences, cdx.LicenseChoice{License: l})
	}
	if licences == nil {
		return nil
	}
	return &licences
}

// evidenceOf are the places that say so: address, byte and hash.
func evidenceOf(list []audit.Observation) *cdx.Evidence {
	var occurrences []cdx.EvidenceOccurrence
	for i := range list {
		o := &list[i]
		if o.URL == "" {
			continue
		}
		context := fmt.Sprintf("%s = %s; bytes %d to %d of the document with SHA-256 %s, read %s", o.Fact, o.Value,
			o.Start, o.End,
			cmp.Or(o.SHA256, "unknown"), cmp.Or(reports.TimeText(o.RetrievedAt), "at an unknown time"))
		if o.Quote != "" {
			context += fmt.Sprintf(": %q", reports.Shorten(o.Quote, longestQuote))
		}
		occurrences = append(occurrences, cdx.EvidenceOccurrence{Location: o.URL, Offset: &o.Start,
			AdditionalContext: context})
	}
	if occurrences == nil {
		return nil
	}
	return &cdx.Evidence{Occurrences: &occurrences}
}

// referenceTypes are the kinds of page that CycloneDX has a word for.
var referenceTypes = map[audit.DocKind]cdx.ExternalReferenceType{audit.DocModelCard: cdx.ERTypeModelCard,
	audit.DocLicense: cdx.ERTypeLicense,
	audit.DocReadme:  cdx.ERTypeDocumentation, audit.DocPaper: cdx.ERTypeDocumentation, audit.DocWeb: cdx.ERTypeWebsite,
	audit.DocRepoAPI: cdx.ERTypeVCS}

func referencesOf(x *material) *[]cdx.ExternalReference {
	var list []cdx.ExternalReference
	if web(x.home) {
		list = append(list, cdx.ExternalReference{URL: uri(x.home), Type: cdx.ERTypeDistribution})
	}
	for _, r := range x.references {
		kind, ok := referenceTypes[r.kind]
		if !ok || slices.ContainsFunc(list, func(e cdx.ExternalReference) bool { return e.URL == uri(r.url) }) {
			continue
		}
		e := cdx.ExternalReference{URL: uri(r.url), Type: kind}
		if r.hash != "" {
			e.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: r.hash}}
		}
		list = append(list, e)
	}
	if list == nil {
		return nil
	}
	return &list
}
