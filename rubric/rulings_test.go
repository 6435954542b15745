package rubric

import (
	"strings"
	"testing"
	"time"

	"openness/audit"
)

// said makes observations of one page: "fact=value", "-fact" for one read in
// vain and "?fact" for one that was refused.
func said(facts ...string) []audit.Observation {
	d := audit.Document{URL: "https://hub.example/m", Body: []byte("what the page says"), Outcome: audit.Fetched}
	var list []audit.Observation
	for _, f := range facts {
		fact, value, present := strings.Cut(f, "=")
		switch {
		case present:
			list = append(list, audit.Observe(&d, fact, value, audit.Span{End: 4}, ""))
		case f[0] == '-':
			list = append(list, audit.From(&d, f[1:], audit.NotThere, ""))
		default:
			list = append(list, audit.From(&d, f[1:], audit.Denied, "403"))
		}
	}
	return list
}

// openModel is what the pages of a wholly open model say.
var openModel = []string{"weights.end.published=true", "weights.end.gate=none", "-weights.end.delta",
	"license.weights.openness=open", "license.weights.id=MIT",
	"data.pretraining.disclosure=downloadable", "data.finetuning.disclosure=downloadable", "license.code.openness=open",
	"license.code.id=MIT",
	"code.training.pretraining=true", "code.data_processing=true", "code.inference=true", "code.evaluation=true",
	"-code.training.denied", "-datasheet.published", "-datasheet.coverage",
	"-code.training.entry", "-code.training.finetuning", "-code.training.preference", "-code.training.unexplained"}

// but replaces what is said of some facts.
func but(base []string, facts ...string) []string {
	name := func(f string) string { n, _, _ := strings.Cut(strings.TrimLeft(f, "-?"), "="); return n }
	var list []string
	for _, b := range base {
		keep := true
		for _, f := range facts {
			keep = keep && name(f) != name(b)
		}
		if keep {
			list = append(list, b)
		}
	}
	return append(list, facts...)
}

// TestOpenSourceVerdict: the parts of the definition, and what silence is worth.
func TestOpenSourceVerdict(t *testing.T) {
	r, err := Load("osaid-1.0")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		facts   []string
		want    string
		missing string
	}{
		"all": {openModel, "pass", ""},
		"a restricted licence": {but(openModel, "license.weights.openness=restricted",
			"license.weights.id=LicenseRef-x"), "pass_but_licence", "Licence of the parameters: closed"},
		"a restricted licence of code": {but(openModel, "license.code.openness=restricted"), "pass_but_licence",
			"Licence of the code: closed"},
		"restricted behind a gate": {but(openModel, "license.weights.openness=restricted",
			"weights.end.gate=manual"), "pass_but_licence", "Licence of the parameters: closed"},
		"data described only": {but(openModel, "data.pretraining.disclosure=described"), "fail",
			"Data information: closed"},
		"later data described only": {but(openModel, "data.finetuning.disclosure=described"), "fail",
			"Data information, later training: closed"},
		"restricted, data described": {but(openModel, "data.pretraining.disclosure=described",
			"license.weights.openness=restricted"), "fail", "Data information: closed"},
		"no weights": {but(openModel, "-weights.end.published", "-weights.end.gate"), "fail",
			"Parameters: closed"},
		"code denied": {but(openModel, "-code.training.pretraining", "code.training.denied=true"),
			"fail", "Code of data and training: closed"},
		"code not found": {but(openModel, "-code.training.pretraining", "-code.training.entry",
			"-code.training.finetuning", "-code.training.preference", "-code.training.unexplained",
			"-code.data_processing"), RulingUndetermined, "Code of data and training: not found"},
		"a part of the code found": {but(openModel, "-code.evaluation"), RulingUndetermined,
			"Code of inference and evaluation: settled in part"},
		"the licence refused": {but(openModel, "?license.weights.openness", "?license.weights.id"),
			RulingUndetermined, "Licence of the parameters: not determined"},
		"the data page refused": {but(openModel, "?data.pretraining.disclosure", "?datasheet.published",
			"?datasheet.coverage"), RulingUndetermined, "Data information: not determined"},
		"restricted and code not found": {but(openModel, "license.weights.openness=restricted",
			"-code.training.pretraining", "-code.data_processing"), RulingUndetermined, "Code of data and training"},
		"nothing looked at": {nil, RulingUndetermined, "Parameters: not determined"},
	} {
		a := r.Judge(said(c.facts...))
		v := a.Verdict
		if v.ID != c.want || !strings.Contains(strings.Join(v.Missing, "\n")+v.SmallestChange, c.missing) {
			t.Errorf("%s: %s, want %s: %s\nmissing %q\n%s", name, v.ID, c.want, v.Reason, v.Missing, v.SmallestChange)
		}
		if (v.SmallestChange == "") != (v.ID == "pass") {
			t.Errorf("%s: the smallest change is %q", name, v.SmallestChange)
		}
		if v.ID == "pass" && !v.May("pass") || v.ID == "fail" && v.May("pass") {
			t.Errorf("%s: may pass: %v", name, v.May("pass"))
		}
	}
}

// TestVerdictOfReviews: a person's class settles what silence left open.
func TestVerdictOfReviews(t *testing.T) {
	r, err := Load("osaid-1.0")
	if err != nil {
		t.Fatal(err)
	}
	a := r.Judge(said(but(openModel, "-code.evaluation")...))
	for class, want := range map[Class]string{Open: "pass", Closed: "fail"} {
		got := Apply(a, []Review{{Dimension: "code_run", Class: class, Reason: "looked", By: "A", At: time.Now()}})
		if got.Verdict.ID != want {
			t.Errorf("reviewed as %s: %s, want %s", class, got.Verdict.ID, want)
		}
	}
}

// TestOpennessClasses: a class of the ladder is given where it is reached, even
// if a better one is not settled.
func TestOpennessClasses(t *testing.T) {
	r, err := Load("mof-1.0")
	if err != nil {
		t.Fatal(err)
	}
	documents := append([]string{"card.published=true", "card.substance=full", "card.sections=evaluation",
		"card.sections=training data",
		"paper.preprint=archived", "paper.preprint.scope=own", "-paper.reviewed", "-license.docs.id",
		"license.data.openness=open", "-datasheet.published"}, openModel...)
	for name, c := range map[string]struct {
		facts []string
		want  string
		may   string
	}{
		"all that facts tell": {documents, "class_3", "class_1"},
		"a restricted licence": {but(documents, "license.weights.openness=restricted",
			"license.weights.id=LicenseRef-x"), "none", ""},
		"no results": {but(documents, "-card.sections"), "none", ""},
		"training code withheld": {but(documents, "-code.training.pretraining", "-code.training.entry",
			"code.training.denied=true"), "class_3", ""},
		"no report": {but(documents, "-paper.preprint", "-paper.preprint.scope"), "none", ""},
		"the report not looked at": {but(documents, "?paper.preprint", "?paper.preprint.scope"), RulingUndetermined,
			"class_3"},
		"nothing looked at": {nil, RulingUndetermined, "class_1"},
	} {
		v := r.Judge(said(c.facts...)).Verdict
		if v.ID != c.want || c.may != "" && !v.May(c.may) || c.may == "" && v.May("class_2") {
			t.Errorf("%s: %s, may be %v, want %s and %q: %s %q", name, v.ID, v.Possible, c.want, c.may, v.Reason,
				v.Missing)
		}
	}
}

// TestExemption: no public page settles monetisation and systemic risk, so the
// exemption is never given, but it is refused where a condition fails.
func TestExemption(t *testing.T) {
	r, err := Load("eu-ai-act-53-2")
	if err != nil {
		t.Fatal(err)
	}
	terms := but(openModel, "license.weights.commercial_use=yes", "license.weights.modification=yes",
		"license.weights.redistribution=yes",
		"license.weights.user_threshold=0", "license.weights.territory_limited=false", "docs.architecture=detailed",
		"card.published=true",
		"card.sections=uses")
	terms = append(terms, "card.sections=details", "card.sections=limitations")
	for name, c := range map[string]struct {
		facts []string
		want  string
	}{
		"all that facts tell": {terms, RulingUndetermined},
		"a threshold":         {but(terms, "license.weights.user_threshold=700000000"), "fail"},
		"research only": {but(terms, "license.weights.commercial_use=no",
			"license.weights.openness=noncommercial"), "fail"},
		"no distribution": {but(terms, "license.weights.redistribution=no"), "fail"},
		"under like terms": {but(terms, "license.weights.redistribution=conditional",
			"license.weights.modification=conditional"), RulingUndetermined},
		"limits of use": {but(terms, "license.weights.commercial_use=conditional",
			"license.weights.openness=restricted"), RulingUndetermined},
	} {
		v := r.Judge(said(c.facts...)).Verdict
		if v.ID != c.want || !strings.Contains(v.Reason, "53(1)(c)") {
			t.Errorf("%s: %s, want %s: %s %q", name, v.ID, c.want, v.Reason, v.Missing)
		}
		if shared := strings.Join(v.Missing, "\n"); name == "under like terms" && strings.Contains(shared, "istribution") {
			t.Errorf("%s: missing %q", name, v.Missing)
		}
		if v.ID == RulingUndetermined && !strings.Contains(strings.Join(v.Missing, "\n"), "ystemic risk") {
			t.Errorf("%s: missing %q", name, v.Missing)
		}
	}
}

// TestVerdictFaults: a verdict speaks of dimensions that there are.
func TestVerdictFaults(t *testing.T) {
	text, err := BuiltinFile("osaid-1.0")
	if err != nil {
		t.Fatal(err)
	}
	for from, want := range map[string]string{
		"silent: [code_making,": `silent: [cod_making,`,
		"parameters: closed}":   "parameters: shut}",
		"    - id: pass\n":      "    - id: undetermined\n",
		"      name: Not Open":  "      nam: Not Open",
	} {
		if _, err := Parse("x.yaml", []byte(strings.Replace(string(text), from, want, 1))); err == nil ||
			!strings.Contains(err.Error(), "x.yaml:") {
			t.Errorf("%q instead of %q: %v", want, from, err)
		}
	}
}
