package exchange

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/joshdk/go-junit"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"openness/audit"
	"openness/reports"
	"openness/reports/check"
	"openness/rubric"
)

var now = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

const policyText = `id: shipping
version: "1"
name: What we may ship
requirements:
  - id: weights
    require: weights.end.published
    message: There must be weights.
  - id: free
    require: weights.end.gate == "none"
    message: "The gate is {weights.end.gate}."
  - id: commerce
    require: license.weights.commercial_use == "yes"
    message: The licence must allow commerce.
  - id: code
    require: code.inference
    message: There must be code.
`

// record is a check with every outcome, and a model whose text is hostile.
func record(t *testing.T) *check.Record {
	t.Helper()
	p, err := rubric.ParsePolicy("policies/shipping.yaml", []byte(policyText))
	if err != nil {
		t.Fatal(err)
	}
	d := audit.Document{URL: "https://hub.example/a b/模型?x=1", Revision: "abc", RetrievedAt: now.Add(-48 * time.Hour),
		Outcome: audit.Fetched,
		Body:    []byte("weights <gate> \x1b[31m]]> no commerce")}
	d.SHA256 = audit.Hash(d.Body)
	observations := []audit.Observation{audit.Observe(&d, "weights.end.published", "true", audit.Span{Start: 0, End: 7},
		""),
		audit.Observe(&d, "weights.end.gate", "manual", audit.Span{Start: 8, End: 23}, ""),
		audit.Observe(&d, "license.weights.commercial_use", "no", audit.Span{Start: 24, End: 35}, ""),
		audit.From(&d, "code.inference", audit.Denied, "HTTP 403")}
	m := reports.Model{Subject: audit.Subject{ID: "acme/<m>&\x07"}, Observations: observations}
	r := check.NewRecord(p, "policies/shipping.yaml", "0.0.0-test", now)
	waiver := rubric.Waiver{Model: "acme/m", Requirement: "commerce", Who: "A. Person", Why: "own licence bought",
		Until: "2027-01-01"}
	r.Add(check.Model(&m, p, p.Check(observations), now, func(requirement string) *rubric.Waiver {
		if requirement == "commerce" {
			return &waiver
		}
		return nil
	}))
	r.Add(check.CheckedModel{Model: "acme/unheard-of", Outcome: check.OutcomeUnknownModel, Note: "not stored",
		Requirements: []check.CheckedRequirement{}})
	return r
}

// schemas is where published schemas lie beside the checkout.
func schema(t *testing.T, name string, more ...string) *jsonschema.Schema {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "shared", "schemas")
	c := jsonschema.NewCompiler()
	c.UseRegexpEngine(expression)
	for _, file := range append([]string{name}, more...) {
		data, err := os.ReadFile(filepath.Join(folder, file))
		if os.IsNotExist(err) {
			t.Skip("no published schemas beside the checkout")
		}
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		names := []string{file}
		if id, ok := doc.(map[string]any)["$id"].(string); ok {
			names = append(names, id)
		}
		for _, n := range names {
			if err := c.AddResource(n, doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// notBlank is an expression of ECMAScript with a look-ahead, which Go's have not.
type notBlank struct{ rest *regexp.Regexp }

func (n notBlank) MatchString(s string) bool {
	return !strings.HasPrefix(s, "_:") && n.rest.MatchString(s)
}
func (n notBlank) String() string { return n.rest.String() }

// expression compiles the regular expressions of schemas.
func expression(text string) (jsonschema.Regexp, error) {
	if rest, ok := strings.CutPrefix(text, "^(?!_:)"); ok {
		re, err := regexp.Compile("^" + rest)
		return notBlank{re}, err
	}
	return regexp.Compile(text)
}

// valid fails the test where text is not what the schema says.
func valid(t *testing.T, s *jsonschema.Schema, text []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(doc); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestSARIF(t *testing.T) {
	r := record(t)
	var b bytes.Buffer
	if err := SARIF(&b, r); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	results := log.Runs[0].Results
	if len(results) != 3 || len(log.Runs[0].Tool.Driver.Rules) != 4 {
		t.Fatalf("%d results, want the three that are not met", len(results))
	}
	for i, want := range []struct{ rule, kind, level string }{{"shipping/free", "fail", "error"},
		{"shipping/commerce", "fail", "error"}, {"shipping/code", "open", "none"}} {
		got := results[i]
		if got.RuleID != want.rule || got.Kind != want.kind || got.Level != want.level ||
			log.Runs[0].Tool.Driver.Rules[got.RuleIndex].ID != want.rule {
			t.Errorf("result %d is %s %s %s, want %v", i, got.RuleID, got.Kind, got.Level, want)
		}
		place := got.Locations[0].Physical
		artifact := log.Runs[0].Artifacts[*place.Artifact.Index]
		if artifact.Location.URI != place.Artifact.URI ||
			artifact.Hashes["sha-256"] != r.Models[0].Requirements[1].Observations[0].SHA256 {
			t.Errorf("result %d points to %q of %q", i, place.Artifact.URI, artifact.Location.URI)
		}
	}
	if region := results[0].Locations[0].Physical.Region; *region.ByteOffset != 8 || *region.ByteLength != 15 ||
		region.Snippet == nil {
		t.Errorf("the evidence is at %+v", region)
	}
	if s := results[1].Suppressions; len(s) != 1 ||
		!strings.Contains(s[0].Justification, "A. Person until 2027-01-01: own licence bought") {
		t.Errorf("the waiver is %+v", s)
	}
	if related := results[0].Related[0].Physical; related.Artifact.URI != "policies/shipping.yaml" ||
		related.Region.StartLine != 8 {
		t.Errorf("the demand stands at %+v", related)
	}
	valid(t, schema(t, "sarif-schema-2.1.0.json"), b.Bytes())
}

// TestJUnit reads the report with a reader of others.
func TestJUnit(t *testing.T) {
	var b bytes.Buffer
	if err := JUnit(&b, record(t)); err != nil {
		t.Fatal(err)
	}
	suites, err := junit.Ingest(b.Bytes())
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	if len(suites) != 2 {
		t.Fatalf("%d suites", len(suites))
	}
	var got []string
	for _, s := range suites {
		for _, c := range s.Tests {
			got = append(got, c.Name+" "+string(c.Status))
		}
	}
	want := "weights passed,free failed,commerce skipped,code error,known error"
	if strings.Join(got, ",") != want {
		t.Errorf("%q, want %q", got, want)
	}
	if totals := suites[0].Totals; totals.Failed != 1 || totals.Error != 1 || totals.Skipped != 1 ||
		totals.Passed != 1 {
		t.Errorf("totals %+v", totals)
	}
}
