package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
)

// bill has a tuned model, its base, one of which nothing is known, and a hostile one.
func bill(t *testing.T) Bill {
	t.Helper()
	d := audit.Document{URL: "https://hub.example/acme/tuned/README.md", Kind: audit.DocModelCard, Role: audit.RoleEnd,
		Revision:    "0123abcd",
		RetrievedAt: now, Outcome: audit.Fetched,
		Body: []byte("license: apache-2.0 base acme/base data acme/corpus gated by x")}
	d.SHA256 = audit.Hash(d.Body)
	say := func(fact, value, words string) audit.Observation {
		at := bytes.Index(d.Body, []byte(words))
		return audit.Observe(&d, fact, value, audit.Span{Start: at, End: at + len(words)}, "")
	}
	tuned := reports.Model{Subject: audit.Subject{ID: "acme/tuned", Name: "Tuned", Organisation: "Acme",
		Released: "2026-02-03",
		Places:   []audit.Place{{Role: audit.RoleEnd, URL: "https://hub.example/acme/tuned"}}},
		Documents: []audit.Document{d},
		Observations: []audit.Observation{say("license.weights.id", "Apache-2.0", "apache-2.0"),
			say("license.weights.id", "LicenseRef-acme-community", "license"),
			say("weights.base.id", "acme/base", "acme/base"), say("data.datasets", "acme/corpus", "acme/corpus"),
			say("weights.end.published", "true", "base")}}
	r, err := rubric.Load("mof-1.0")
	if err != nil {
		t.Fatal(err)
	}
	a := r.Judge(tuned.Observations)
	tuned.Assessments = []rubric.Assessment{a}
	tuned.Frameworks = []reports.Framework{{Rubric: r.Ref, Name: r.Name, Verdict: a.Verdict}}
	base := reports.Model{Subject: audit.Subject{ID: "acme/base"},
		Observations: []audit.Observation{say("data.datasets", "acme/corpus", "acme/corpus")}}
	hostile := reports.Model{Subject: audit.Subject{ID: "evil/<b> \x1b[31m\u202e模型", Organisation: "=cmd"},
		Observations: []audit.Observation{say("license.weights.id", "my own \"licence\" (v2)", "license")}}
	return Bill{Models: []reports.Model{tuned, base, {Subject: audit.Subject{ID: "catalogue:assistant"}}, hostile},
		Tool: "0.0.0-test", At: now}
}

func TestCycloneDX(t *testing.T) {
	var first, again bytes.Buffer
	if err := CycloneDX(&first, bill(t)); err != nil {
		t.Fatal(err)
	}
	if err := CycloneDX(&again, bill(t)); err != nil || first.String() != again.String() {
		t.Error("the same models give another file", err)
	}
	var bom struct {
		Components []struct {
			Ref       string `json:"bom-ref"`
			Type      string
			Purl      string
			Licenses  []struct{ License struct{ ID, Name string } }
			Pedigree  *struct{ Ancestors []struct{ Name string } }
			Evidence  *struct{ Occurrences []struct{ Location string } }
			ModelCard *struct {
				ModelParameters struct{ Datasets []struct{ Ref string } }
			}
			Properties []struct{ Name, Value string }
		}
		Dependencies []struct {
			Ref       string
			DependsOn []string
		}
	}
	if err := json.Unmarshal(first.Bytes(), &bom); err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, c := range bom.Components {
		refs = append(refs, c.Ref)
		if c.Ref != "model:acme/tuned" {
			continue
		}
		if c.Purl != "pkg:huggingface/acme/tuned@0123abcd" || len(c.Licenses) != 2 ||
			c.Licenses[0].License.ID != "Apache-2.0" || c.Licenses[1].License.Name == "" {
			t.Errorf("%+v", c)
		}
		if c.Pedigree.Ancestors[0].Name != "acme/base" ||
			c.ModelCard.ModelParameters.Datasets[0].Ref != "dataset:acme/corpus" || len(c.Evidence.Occurrences) != 2 {
			t.Errorf("%+v", c)
		}
		var missing, verdict bool
		for _, p := range c.Properties {
			missing = missing || p.Name == "openness:missing" && p.Value == "limitations"
			verdict = verdict || p.Name == "openness:verdict:mof-1.0"
		}
		if !missing || !verdict {
			t.Errorf("properties %+v", c.Properties)
		}
	}
	slices.Sort(refs)
	if len(slices.Compact(refs)) != len(bom.Components) || len(bom.Components) != 5 {
		t.Errorf("components %q", refs)
	}
	if d := bom.Dependencies[0]; d.Ref != "model:acme/tuned" ||
		!slices.Equal(d.DependsOn, []string{"dataset:acme/corpus", "model:acme/base"}) {
		t.Errorf("dependencies %+v", bom.Dependencies)
	}
	valid(t, schema(t, "bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json"), first.Bytes())
	// Tools of the next version may read it as theirs.
	later := bytes.Replace(first.Bytes(), []byte(`"specVersion": "1.6"`), []byte(`"specVersion": "1.7"`), 1)
	later = bytes.Replace(later, []byte("bom-1.6.schema.json"), []byte("bom-1.7.schema.json"), 1)
	valid(t, schema(t, "bom-1.7.schema.json", "spdx.schema.json", "jsf-0.82.schema.json",
		"cryptography-defs.schema.json"), later)
}

func TestSPDX(t *testing.T) {
	var first, again bytes.Buffer
	if err := SPDX(&first, bill(t)); err != nil {
		t.Fatal(err)
	}
	if err := SPDX(&again, bill(t)); err != nil || first.String() != again.String() {
		t.Error("the same models give another file", err)
	}
	var doc struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(first.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	ids, relations := map[string]bool{}, map[string]int{}
	for _, e := range doc.Graph {
		if id, ok := e["spdxId"].(string); ok {
			if ids[id] {
				t.Errorf("%s is there twice", id)
			}
			ids[id] = true
		}
		if kind, ok := e["relationshipType"].(string); ok {
			relations[kind]++
		}
		if profiles, ok := e["profileConformance"].([]any); ok && slices.Contains(profiles, any("ai")) {
			t.Error("conformance to the AI profile is claimed, though models lack what it demands")
		}
	}
	if relations["trainedOn"] != 2 || relations["descendantOf"] != 1 || relations["hasDeclaredLicense"] != 2 {
		t.Errorf("relations %v", relations)
	}
	for _, e := range doc.Graph { // acme/base is named as a base before it is listed, and is told of all the same
		if comment, _ := e["comment"].(string); e["name"] == "acme/base" &&
			!strings.Contains(comment, "Observed by openness") {
			t.Errorf("of the base it is only said: %s", comment)
		}
	}
	for _, e := range doc.Graph { // every reference is to an element of the graph
		for _, name := range []string{"from", "suppliedBy"} {
			if id, ok := e[name].(string); ok && !ids[id] {
				t.Errorf("%s leads to %s", name, id)
			}
		}
	}
	if !strings.Contains(first.String(), "Not known: ") {
		t.Error("what is missing is not said")
	}
	valid(t, schema(t, "spdx-3.0.1-json-schema.json"), first.Bytes())
}

// TestExpression: several licences in one expression stand as that, not as the id of one.
func TestExpression(t *testing.T) {
	for _, said := range []string{"MIT OR Apache-2.0", "Apache-2.0 AND CC-BY-NC-4.0"} {
		b := bill(t)
		o := audit.Observation{Fact: "license.weights.id", Finding: audit.Present, Value: said, Role: audit.RoleEnd}
		b.Models = []reports.Model{{Subject: audit.Subject{ID: "acme/pair"}, Observations: []audit.Observation{o}}}
		var cyclone, spdx bytes.Buffer
		if err := errors.Join(CycloneDX(&cyclone, b), SPDX(&spdx, b)); err != nil {
			t.Fatal(err)
		}
		if want := `"expression": "` + said + `"`; !strings.Contains(cyclone.String(), want) {
			t.Errorf("no %s in %s", want, &cyclone)
		}
		if want := `"simplelicensing_licenseExpression": "` + said + `"`; !strings.Contains(spdx.String(), want) {
			t.Errorf("no %s in %s", want, &spdx)
		}
		valid(t, schema(t, "bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json"), cyclone.Bytes())
	}
}

// TestBases: what a model was made from stands with its licence and where it is, and what
// the base was trained on is the base's; a bill of one model says what it is of.
func TestBases(t *testing.T) {
	say := func(fact, value string, role audit.Role) audit.Observation {
		return audit.Observation{Fact: fact, Finding: audit.Present, Value: value, Role: role,
			URL: "https://huggingface.co/acme/base/resolve/main/README.md"}
	}
	tuned := reports.Model{Subject: audit.Subject{ID: "acme/tuned", Name: "Tuned"}, Observations: []audit.Observation{
		say("weights.base.id", "acme/base", audit.RoleEnd), say("data.datasets", "acme/own", audit.RoleEnd),
		say("data.datasets", "acme/web", audit.RoleBase),
		say("data.datasets", "acme/sets-0123456789abcdef01234567", audit.RoleEnd),
		say("license.lineage", "acme/base LicenseRef-bigcode-openrail-m-1.0", audit.RoleBase),
		say("license.weights.id", "LicenseRef-modified-MIT", audit.RoleEnd)}}
	one := Bill{Models: []reports.Model{tuned}, Tool: "0.0.0-test", At: now}
	var cyclone, spdx bytes.Buffer
	if err := CycloneDX(&cyclone, one); err != nil {
		t.Fatal(err)
	}
	if err := SPDX(&spdx, one); err != nil {
		t.Fatal(err)
	}
	for name, words := range map[string][]string{
		"CycloneDX": {`"purl": "pkg:huggingface/acme/base"`, `"name": "BigCode OpenRAIL-M v1"`,
			`"value": "LicenseRef-bigcode-openrail-m-1.0"`, "MIT License, changed in what it grants or asks",
			`"url": "https://huggingface.co/collections/acme/sets-0123456789abcdef01234567"`},
		"SPDX": {`"software_packageUrl": "pkg:huggingface/acme/base"`,
			`"simplelicensing_licenseExpression": "LicenseRef-bigcode-openrail-m-1.0"`},
	} {
		text := map[string]string{"CycloneDX": cyclone.String(), "SPDX": spdx.String()}[name]
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %s", name, w)
			}
		}
	}
	var bom struct {
		Metadata     struct{ Component struct{ Name string } }
		Dependencies []struct {
			Ref       string
			DependsOn []string
		}
	}
	if err := json.Unmarshal(cyclone.Bytes(), &bom); err != nil {
		t.Fatal(err)
	}
	if bom.Metadata.Component.Name != "Tuned" {
		t.Errorf("the bill is of %q", bom.Metadata.Component.Name)
	}
	for _, d := range bom.Dependencies {
		if d.Ref == "model:acme/base" && !slices.Equal(d.DependsOn, []string{"dataset:acme/web"}) ||
			d.Ref == "model:acme/tuned" && slices.Contains(d.DependsOn, "dataset:acme/web") {
			t.Errorf("%s depends on %q", d.Ref, d.DependsOn)
		}
	}
	valid(t, schema(t, "bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json"), cyclone.Bytes())
	valid(t, schema(t, "spdx-3.0.1-json-schema.json"), spdx.Bytes())
}
