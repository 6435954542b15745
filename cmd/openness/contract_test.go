package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"openness/audit/replay/replaytest"
)

// The fields that scripts may rely on, by the place of the object that holds
// them. An object that lacks one where it has nothing to say breaks a script
// just when it matters, so every object of a place is looked at.
var contract = map[string]string{
	"assessment":                         "schema model rubric tool assessed_at score judgements sources",
	"assessment.model":                   "id name organisation base target label",
	"assessment.rubric":                  "id version sha256",
	"assessment.tool":                    "version",
	"assessment.score":                   "strict determined max percent coverage",
	"assessment.judgements":              "dimension class reason origin observations",
	"assessment.judgements.observations": "fact value url revision retrieved_at sha256 start end quote",
	"assessment.sources":                 "url status outcome sha256 bytes",
	"license":                            "input license expression coverage modified matches terms",
	"license.matches":                    "license start end percent",
	"license.terms":                      "family osi_approved commercial_use modification redistribution use_restrictions output_restriction user_threshold geographic_limit naming_requirement attribution acceptance_required",
	"agreement":                          "rubric experts systems judgements undetermined overall dimensions disagreements",
	"agreement.overall":                  "agreement kappa_weighted kappa_ci95 majority_baseline spearman",
	"agreement.dimensions":               "dimension n agreement kappa_weighted macro_f1 confusion",
	"agreement.disagreements":            "system dimension expert tool reason",
	"factcheck":                          "schema claim at model verdict parts unchecked",
	"factcheck.parts":                    "text start end predicate value polarity tense hedged attributed_to conditional verdict reason observations",
	"factcheck.parts.observations":       "fact value url revision retrieved_at sha256 start end quote",
	"article":                            "schema claim at model verdict parts unchecked start end",
}

// TestContractFields: every object has every field, also where a source was
// refused, a text is no licence, or two sides never met.
func TestContractFields(t *testing.T) {
	_, base := replaytest.Start(t, "testdata/captures")
	c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}
	audited, _ := c.run("audit", "acme/quokka-7b-chat", "other/shut-1b", "nobody/nothing", "--format", "json",
		"--quiet")
	shown, _ := c.run("show", "other/shut-1b", "--rubric", "radboud-2023", "--format", "json")
	terms, _ := c.run("license", "../../LICENSE", "../../README.md", "--format", "json")
	list := filepath.Join(t.TempDir(), "list.csv")
	writeFile(t, list, "id,target\nQuokka,acme/quokka-7b-chat\nShut,other/shut-1b\n")
	c.run("audit", "--from", list, "--quiet")
	experts := filepath.Join(t.TempDir(), "judgements.csv")
	writeFile(t, experts, "system,dimension,class,links\nQuokka,datasheet,open,\nShut,license,open,\nShut,weights_endmodel,closed,\n")
	compared, _ := c.run("validate", "--experts", experts, "--rubric", "osai-2026", "--format", "json")
	claim, _ := c.run("factcheck", "Quokka-7B-Chat is open-weight and under the MIT licence, some say", "--format",
		"json")
	unheard, _ := c.run("factcheck", "Wombat is proprietary", "--format", "json")
	judged, _ := c.run("factcheck", "Quokka-7B-Chat is open-weight", "--format", "json")
	writeFile(t, list, "Quokka-7B-Chat has open weights. Is it gated?")
	article, _ := c.run("factcheck", "--article", list, "--format", "json")
	for place, text := range map[string]string{"factcheck": "[" + claim + "," + unheard + "," + judged + "]",
		"article": article, "assessment": audited, "assessment ": shown, "license": terms, "agreement": compared} {
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatalf("%s: %v", place, err)
		}
		seen := map[string]int{}
		holdContract(t, strings.TrimSpace(place), v, seen)
		for known := range contract {
			if strings.HasPrefix(known, strings.TrimSpace(place)) && seen[known] == 0 {
				t.Errorf("no %s was seen, so nothing is shown of it", known)
			}
		}
	}
}

// holdContract walks a value and compares each object with the fields of its place.
func holdContract(t *testing.T, place string, v any, seen map[string]int) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			holdContract(t, place, e, seen)
		}
	case map[string]any:
		for _, field := range strings.Fields(contract[place]) {
			seen[place]++
			if _, ok := v[field]; !ok {
				t.Errorf("an object of %s lacks %q: %v", place, field, v)
			}
		}
		for name, e := range v {
			holdContract(t, place+"."+name, e, seen)
		}
	}
}
