package rubric

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each case changes one thing in a good rubric and names the one fault it makes.
func TestParseNamesEveryFaultAndItsPlace(t *testing.T) {
	good := head + weightsDimension
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown fact", "when: weights.published,", "when: weights.publishd,",
			`f.yaml:13:16: dimension "weights": unknown fact "weights.publishd"; did you mean "weights.published"?`},
		{"unknown fact inside", `weights.published && weights.gate`, `weights.published && weight.gate`,
			`f.yaml:12:38: dimension "weights": unknown fact "weight.gate"; did you mean "weights.gate"?`},
		{"value that the fact cannot have", `weights.gate == "none"`, `weights.gate == "nune"`,
			`f.yaml:12:54: dimension "weights": "nune" is no value of weights.gate, which has none, automatic, manual; did you mean "none"?`},
		{"value in a list", `weights.gate == "none"`, `weights.gate in ["none", "free"]`,
			`f.yaml:12:63: dimension "weights": "free" is no value of weights.gate, which has none, automatic, manual`},
		{"atLeast of no value", `weights.gate == "none"`, `weights.gate.atLeast("som")`,
			`f.yaml:12:59: dimension "weights": "som" is no value of weights.gate, which has none, automatic, manual`},
		{"atLeast of a fact without order", `weights.gate == "none"`, `weights.published.atLeast("true")`,
			`atLeast() is for facts with ordered values`},
		{"has", `weights.gate == "none"`, `has(weights.gate)`, "has() does not apply to facts"},
		{"wrong type", "when: weights.published,", "when: weights.published > 3,",
			`f.yaml:13:34: dimension "weights": found no matching overload for '_>_'`},
		{"not a condition", "when: weights.published,", "when: weights.gate,",
			`f.yaml:13:16: dimension "weights": predicate gives string, not true or false`},
		{"syntax", "when: weights.published,", "when: weights.published &&,", `f.yaml:13:`},
		{"class", "class: partial", "class: partly",
			`f.yaml:13:42: dimension "weights": class "partly" must be open, partial or closed; did you mean "partial"?`},
		{"undetermined is no class of a rule", "class: partial", "class: undetermined",
			"must be open, partial or closed"},
		{"generous default", "default: {class: closed", "default: {class: open",
			`a default cannot be "open": no evidence would support it`},
		{"placeholder", "{weights.gate}", "{weights.gait}",
			`reason speaks of an unknown fact "weights.gait"; did you mean "weights.gate"?`},
		{"brace", "{weights.gate}", "{weights.gate", "reason has a brace without its partner"},
		{"unknown field", "    group:", "    grup:",
			`f.yaml:9:5: dimension "weights": a dimension has no field "grup"; did you mean "group"?`},
		{"field twice", "name: Small", "name: Small\nname: Again", `a rubric has "name" twice`},
		{"missing field", "    question: Can anyone download the weights?\n", "",
			`f.yaml:7:5: dimension "weights": a dimension lacks "question"`},
		{"empty text", "name: Small", "name: ''", "f.yaml:3:7: name must be a text"},
		{"aggregate", "aggregate: sum", "aggregate: total",
			`f.yaml:5:12: aggregate is "total"; it must be "sum" or "mean"`},
		{"weight", "    name: Weights\n", "    name: Weights\n    weight: -1\n",
			`weight "-1" must be a number above 0`},
		{"weight that is none", "    name: Weights\n", "    name: Weights\n    weight: .nan\n",
			`must be a number above 0`},
		{"id", "id: small", "id: ../small", `f.yaml:1:5: id "../small" may have`},
		{"dimension twice", good, good + weightsDimension, `dimension "weights" is there twice`},
		{"no rules", weightsDimension,
			"  - {id: d, name: D, group: g, question: q, rules: [], default: {class: closed, reason: r}}\n",
			"rules must be a list with at least one entry"},
		{"not a mapping", good, "[1, 2]", "f.yaml:1:1: a rubric must be a mapping"},
		{"empty", good, "", "f.yaml: the file is empty"},
		{"not YAML", "aggregate: sum", "aggregate: [", "f.yaml:7:3: not YAML: "},
		{"aliases", "sources: [here]", "sources: &a [here, *a]", "f.yaml:4:20: a source must be a text"},
		{"nested beyond sense", "sources: [here]", "sources: " + strings.Repeat("[", 40), "f.yaml:4:30: not YAML: "},
		{"a verdict for every model", "aggregate: sum", "aggregate: sum\nverdicts:\n  outcomes:\n" +
			"    - {id: a, name: A, reason: r}\n    - {id: b, name: B, reason: r}", `outcome "a" takes nothing`},
		{"a verdict on any class", "aggregate: sum", "aggregate: sum\nverdicts:\n  outcomes:\n" +
			"    - {id: a, name: A, reason: r, all: {weights: [open, partial, closed]}}\n    - {id: b, name: B, reason: r}",
			`any class of "weights" will do`},
		{"long predicate", "when: weights.published,", "when: '" + strings.Repeat("weights.published && ", 120) +
			"true',", "at most 2000 are allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(good, c.old, c.new, 1)
			if text == good {
				t.Fatalf("the case changes nothing: %q is not in the rubric", c.old)
			}
			_, err := parse("f.yaml", []byte(text), smallFacts, untrusted)
			var faults Faults
			if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestParseListsAllFaultsInOrder(t *testing.T) {
	text := strings.NewReplacer("aggregate: sum", "aggregate: total", "class: partial", "class: partly",
		"when: weights.published,", "when: weights.publishd,").Replace(head + weightsDimension)
	_, err := parse("f.yaml", []byte(text), smallFacts, untrusted)
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != 3 {
		t.Fatalf("got %v, want three faults", err)
	}
	if faults[0].Line != 5 || faults[1].Line != 13 || faults[2].Line != 13 || faults[1].Column >= faults[2].Column {
		t.Errorf("faults out of order: %v", faults)
	}
}

// A predicate may stand in a block of several lines; the line is still right.
func TestParsePlacesFaultsInBlocks(t *testing.T) {
	text := strings.Replace(head+weightsDimension,
		"      - {when: weights.published, class: partial, reason: \"Behind a gate: {weights.gate}.\"}\n",
		"      - when: |\n          weights.published &&\n          weights.gat == \"none\"\n        class: partial\n        reason: r\n", 1)
	_, err := parse("f.yaml", []byte(text), smallFacts, untrusted)
	if err == nil || !strings.Contains(err.Error(), `f.yaml:15: dimension "weights": unknown fact "weights.gat"`) {
		t.Errorf("got %v, want the fault in line 15", err)
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	text, err := BuiltinFile("osai-2026")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "mine.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	mine, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	builtin, _ := Load("osai-2026")
	if mine.Ref != builtin.Ref || len(mine.SHA256) != 64 {
		t.Errorf("the copy is %+v, the built-in rubric %+v", mine.Ref, builtin.Ref)
	}
	if _, err := Load("osai-2062"); !errors.Is(err, ErrUnknown) ||
		!strings.Contains(err.Error(), `did you mean "osai-2026"?`) {
		t.Errorf("got %v", err)
	}
	if _, err := Load(filepath.Join(dir, "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	big := filepath.Join(dir, "big.yaml")
	if err := os.WriteFile(big, make([]byte, maxFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(big); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v", err)
	}
}

// FuzzParse holds that no file makes the reader panic or gives neither a
// rubric nor a fault, and that what it accepts can judge.
func FuzzParse(f *testing.F) {
	f.Add([]byte(head + weightsDimension))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("id: x\ndimensions: [{id: d, rules: [{when: 'a.b[0] in [1]'}]}]"))
	text, _ := BuiltinFile("radboud-2023")
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Parse("f.yaml", data)
		if (r == nil) == (err == nil) {
			t.Fatal("neither rubric nor error, or both")
		}
		if err != nil {
			var faults Faults
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("error without a fault: %v", err)
			}
			return
		}
		if a := r.Judge(nil); len(a.Judgements) != len(r.Dimensions) {
			t.Fatal("a dimension was not judged")
		}
	})
}

func TestSuggest(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"weigths.published", `; did you mean "weights.published"?`}, {"paper", ""},
		{"card.section", `; did you mean "card.sections"?`}, {"", ""},
	} {
		var names []string
		for _, f := range smallFacts {
			names = append(names, f.Name)
		}
		if got := DidYouMean(c.word, names); got != c.want {
			t.Errorf("%q suggests %s, want %s", c.word, got, c.want)
		}
	}
	if d := editDistance("kitten", "sitting"); d != 3 {
		t.Error(fmt.Sprint("kitten to sitting takes ", d, " edits, want 3"))
	}
}
