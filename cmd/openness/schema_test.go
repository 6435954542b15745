package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"openness/audit/replay/replaytest"
	"openness/reports/exchange"
)

// closed allows an object no other members than those that the schema names: what
// the tool gives and the schema does not tell of is a fault of the schema, though a
// reader of the output need not mind it.
func closed(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, named := v["properties"]; named && v["type"] == "object" {
			v["additionalProperties"] = false
		}
		for _, part := range v {
			closed(part)
		}
	case []any:
		for _, part := range v {
			closed(part)
		}
	}
}

// TestSchemasOfOutputs holds what the commands print against the published schemas:
// of models with and without licences, unknown ones, and a waived requirement.
func TestSchemasOfOutputs(t *testing.T) {
	_, base := replaytest.Start(t, "testdata/captures")
	c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}
	c.run("audit", "acme/quokka-7b-chat", "egret/egret-9b-tales", "other/shut-1b", "--quiet")
	for range 2 { // that are compared
		c.run("census", "--quiet")
	}
	folder := t.TempDir()
	profile, waivers := filepath.Join(folder, "company.yaml"), filepath.Join(folder, "waivers.yaml")
	writeFile(t, profile, "name: Example\ncountry: DE\nmonthly_active_users: 120000\nuse: [service]\nfields: [support]\n")
	article, experts := filepath.Join(folder, "article.txt"), filepath.Join(folder, "experts.csv")
	writeFile(t, article, "The weights of quokka-7b-chat are public. Its training data can be downloaded.\n")
	writeFile(t, experts, "system,dimension,class,links\nquokka-7b-chat,weights_endmodel,closed,https://example.org/x\n"+
		"Nobody Knows It,datasheet,open,\n")
	c.run("review", "acme/quokka-7b-chat", "datasheet", "--class", "partial", "--reason", "read it", "--by", "A. Person")
	writeFile(t, waivers, "waivers:\n  - {model: other/shut-1b, requirement: commercial-use, who: A. Person, why: asked them, until: 2099-01-31}\n")
	models := []string{"acme/quokka-7b-chat", "egret/egret-9b-tales", "other/shut-1b", "no/such"}
	outputs := map[string][][]string{
		"openness.check/1": {append([]string{"check", "--policy", "commercial-eu", "--waivers", waivers,
			"--max-age", "30d", "--format", "json"}, models...)},
		"openness.deploy/1": {append([]string{"deploy", "--profile", profile, "--format", "json"}, models...)},
		"openness.obligations/1": {{"obligations", "acme/quokka-7b-chat", "--format", "json"},
			{"obligations", "egret/egret-9b-tales", "--format", "json"}, {"obligations", "no/such", "--format",
				"json"}},
		"openness.merge/1":    {{"merge", c.db, "--format", "json"}},
		"openness.facts/1":    {{"facts", "--format", "json"}},
		"openness.policies/1": {{"rubric", "policy", "--format", "json"}},
		"openness.policy/1": {{"rubric", "policy", "commercial-eu", "--format", "json"},
			{"rubric", "policy", "internal-research", "--format", "json"}},
		"openness.census/1": {{"census", "--format", "json"}, {"census", "--format", "json", "--top", "1"}},
		"openness.sql/1": {{"sql", "--format", "json"}, {"sql", "SELECT * FROM evidence", "--format", "json",
			"--max-rows", "5"}, {"sql", "SELECT 1 WHERE 0", "--format", "json"}},
		"openness.census-diff/1": {{"census", "diff", "--format", "json"}},
		"openness.assessment/1": {{"show", "acme/quokka-7b-chat", "--format", "json"},
			{"show", "egret/egret-9b-tales", "--rubric", "osaid-1.0", "--rubric", "osai-2026", "--format", "json"},
			{"export", "--format", "json"}},
		"openness.factcheck/2": {{"factcheck", "quokka-7b-chat is open source", "--format", "json"},
			{"factcheck", "Critics doubt that quokka-7b-chat is gated", "--format", "json"},
			{"factcheck", "Hello", "--format", "json"}, {"factcheck", "--article", article, "--format", "json"}},
		"openness.watch/1":          {{"watch", "--format", "json"}},
		"openness.contradictions/1": {{"contradictions", "--experts", experts, "--format", "json"}},
		"openness.seal/1":           {{"seal", "acme/quokka-7b-chat"}, {"seal", "other/shut-1b"}},
	}
	for _, id := range exchange.SchemaIDs() {
		if outputs[id] == nil {
			t.Errorf("no output is held against %s", id)
		}
	}
	for id, commands := range outputs {
		text, _ := c.run("schema", id)
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		closed(doc)
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(id, doc); err != nil {
			t.Fatal(err)
		}
		schema, err := compiler.Compile(id)
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		for _, args := range commands {
			out, _ := c.run(args...)
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(out)))
			if err != nil {
				t.Fatalf("%q: %v", args, err)
			}
			if err := schema.Validate(v); err != nil {
				t.Errorf("%q: %v", args, err)
			}
			if schema.Validate(map[string]any{"schema": id}) == nil {
				t.Errorf("%s takes an output that has nothing but its name", id)
			}
		}
	}
}
