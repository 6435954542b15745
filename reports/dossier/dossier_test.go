package dossier

import (
	"bytes"
	"encoding/json"
	"testing"

	"openness/reports"
	"openness/reports/internal/fixture"
	"openness/reports/ranking"
	"openness/rubric"
)

func TestDossierGolden(t *testing.T) {
	r := testReport()
	for f, name := range map[reports.Format]string{reports.Text: "dossier.txt", reports.Table: "dossier.txt",
		reports.CSV: "dossier.csv", reports.JSON: "dossier.json", reports.YAML: "dossier.yaml",
		reports.Markdown: "dossier.md", reports.HTML: "dossier.html"} {
		t.Run(string(f), func(t *testing.T) {
			var b bytes.Buffer
			if err := Write(&b, r.Models[2], []*rubric.Rubric{r.Rubric}, r.Tool, f, reports.Options{}); err != nil {
				t.Fatal(err)
			}
			fixture.Golden(t, name, b.Bytes())
		})
	}
}

// TestAssessmentJSON reads back what the contract promises.
func TestAssessmentJSON(t *testing.T) {
	r := testReport()
	r.Models[0].Assessments[0].Judgements[0].Observations = nil
	var b, again bytes.Buffer
	if err := reports.WriteAssessmentsJSON(&b, r.Models, r.Tool); err != nil {
		t.Fatal(err)
	}
	if err := reports.WriteAssessmentsJSON(&again, r.Models, r.Tool); err != nil ||
		!bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("two runs differ, error %v", err)
	}
	var got []struct {
		Schema     string
		Model      map[string]any
		Judgements []struct{ Observations []map[string]any }
		Conflicts  []struct {
			Kind, Fact, Detail string
			Observations       []map[string]any
		}
		Sources []struct {
			Outcome string
			Bytes   int
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 5 || got[0].Schema != "openness.assessment/1" {
		t.Fatalf("%d objects of %q", len(got), got[0].Schema)
	}
	for _, o := range got {
		if o.Conflicts == nil {
			t.Error("conflicts is null")
		}
		for _, c := range o.Conflicts {
			if c.Fact != "license.conflict."+c.Kind || c.Detail == "" || len(c.Observations) != 2 {
				t.Errorf("conflict %+v", c)
			}
			for _, side := range c.Observations {
				start, end := int(side["start"].(float64)), int(side["end"].(float64))
				if side["quote"] != fixture.Card[start:end] || side["url"] == "" || side["sha256"] == "" {
					t.Errorf("side %v of conflict %q", side, c.Kind)
				}
			}
		}
		if o.Sources[0].Bytes != len(fixture.Card) || o.Sources[1].Outcome != "absent" {
			t.Errorf("sources %v", o.Sources)
		}
		for _, j := range o.Judgements {
			if j.Observations == nil {
				t.Error("observations is null")
			}
		}
	}
	if len(got[2].Conflicts) != 1 {
		t.Errorf("%d conflicts of the tuned model, want 1", len(got[2].Conflicts))
	}
	if base, there := got[0].Model["base"]; !there || base != nil {
		t.Errorf("base of a base model is %v, want null", base)
	}
	if got[2].Model["base"] != "acme/base-7b" {
		t.Errorf("base %v", got[2].Model["base"])
	}
	if name := got[1].Model["name"]; name != fixture.Hostile {
		t.Errorf("name %q does not survive", name)
	}
}

func TestScoreSentence(t *testing.T) {
	score := func(open, undetermined int) rubric.Score {
		judgements := make([]rubric.Judgement, 12)
		for i := range judgements {
			switch {
			case i < open:
				judgements[i].Class = rubric.Open
			case i < open+undetermined:
				judgements[i].Class = rubric.Undetermined
			default:
				judgements[i].Class = rubric.Closed
			}
		}
		return rubric.ScoreOf(judgements)
	}
	for _, c := range []struct {
		score rubric.Score
		want  string
	}{
		{score(4, 0), "Score 4 of 12 (33.3 %); every dimension could be determined."},
		{score(4, 2), "40 % of what could be determined (83 % of the weight); between 4 and 6 of 12, counting what is undetermined as closed or as open."},
		{score(1, 11), "Between 1 and 12 of 12; only 8 % of the weight could be determined, too little for a rank."},
	} {
		if got := scoreSentence(c.score); got != c.want {
			t.Errorf("%+v: %q, want %q", c.score, got, c.want)
		}
	}
}

// testReport is of the models that all tests share.
func testReport() ranking.Report {
	return ranking.Report{Rubric: fixture.Rubric(), Tool: "0.0.0-test", At: fixture.Day, Models: fixture.Models()}
}
