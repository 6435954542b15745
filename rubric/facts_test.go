package rubric_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/rubric"
)

var updateFacts = flag.Bool("update-facts", false, "write docs/facts.md anew")

const factsPage = "../docs/facts.md"

// TestFactsOfRubrics: every fact that a built-in rubric asks for is in the
// table, and the page that lists the facts says who asks for which.
func TestFactsOfRubrics(t *testing.T) {
	asked := make(map[string][]string)
	for _, r := range rubric.Builtin() {
		for _, d := range r.Dimensions {
			for _, rule := range d.Rules {
				if len(rule.Facts) == 0 {
					t.Errorf("%s %s: the rule %q asks for no fact", r.ID, d.ID, rule.Predicate)
				}
				for _, name := range rule.Facts {
					if f, ok := audit.FactNamed(name); !ok {
						t.Errorf("%s %s asks for %q, which is not in the table of facts", r.ID, d.ID, name)
					} else if f.Label == "" {
						t.Errorf("%s has no label, by which a reason tells that it is not known", name)
					}
					if !slices.Contains(asked[name], r.ID) {
						asked[name] = append(asked[name], r.ID)
					}
				}
			}
		}
	}
	want := factsList(asked)
	if *updateFacts {
		if err := os.WriteFile(factsPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(factsPage); err != nil {
		t.Errorf("%v: go test ./rubric -run TestFactsOfRubrics -update-facts writes it", err)
	} else if string(got) != want {
		t.Error("docs/facts.md is not what audit/facts.yaml and the rubrics say: go test ./rubric -run TestFactsOfRubrics -update-facts writes it")
	}
}

// factsList is the page: a row for each fact in the order of the table.
func factsList(asked map[string][]string) string {
	var w strings.Builder
	w.WriteString("# Facts\n\nWhat may be observed of a model and asked for in a rubric. The table is `audit/facts.yaml`; this page is written from it.\n" +
		"Values of an enum go from least to most; absence is the first value, `false`, `\"\"`, `[]` or 0. Of several observations `merge`\n" +
		"takes any, the most, all (union) or the first.\n\n| fact | type | merge | meaning | read by | asked by |\n|---|---|---|---|---|---|\n")
	for _, f := range audit.Facts() {
		kind := string(f.Type)
		if len(f.Values) > 0 {
			kind = strings.Join(f.Values, ", ")
		}
		fmt.Fprintf(&w, "| `%s` | %s | %s | %s | %s | %s |\n", f.Name, kind, f.Merge, strings.ReplaceAll(f.Meaning, "|",
			"\\|"), f.Observer, strings.Join(asked[f.Name], ", "))
	}
	return w.String()
}

// TestTableOfFacts: names are unique, types, values and merges are known ones,
// and Check takes what the type allows and nothing else.
func TestTableOfFacts(t *testing.T) {
	merges := map[audit.FactType][]string{audit.BoolFact: {"any"}, audit.EnumFact: {"most"},
		audit.StringFact: {"first"}, audit.ListFact: {"union"},
		audit.IntFact: {"first", "most"}, audit.FloatFact: {"most", "first"}}
	good := map[audit.FactType][]string{audit.BoolFact: {"true", "false"}, audit.IntFact: {"0", "-3"},
		audit.FloatFact: {"0.42", "1"}, audit.StringFact: {"", "x"}, audit.ListFact: {"x"}}
	bad := map[audit.FactType][]string{audit.BoolFact: {"", "yes", "TRUE"}, audit.IntFact: {"", "1.5", "many"},
		audit.FloatFact: {"", "half"}, audit.EnumFact: {"", "no such value"}}
	seen := make(map[string]bool)
	for _, f := range audit.Facts() {
		if seen[f.Name] || f.Meaning == "" || f.Observer == "" || !slices.Contains(merges[f.Type], f.Merge) ||
			(f.Type == audit.EnumFact) != (len(f.Values) > 1) {
			t.Errorf("fact %+v: twice, or without meaning, observer, known type, fitting merge or values", f)
		}
		seen[f.Name] = true
		for _, v := range append(good[f.Type], f.Values...) {
			if err := f.Check(v); err != nil {
				t.Error(err)
			}
		}
		for _, v := range bad[f.Type] {
			err := f.Check(v)
			if err == nil || !strings.Contains(err.Error(), f.Name) {
				t.Errorf("%s takes %q: %v", f.Name, v, err)
			}
		}
	}
	if _, ok := audit.FactNamed("no.such.fact"); ok {
		t.Error("a fact that is not there was found")
	}
}
