package raters

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"

	"openness/reports"
	"openness/reports/internal/fixture"
	"openness/rubric"
)

// rated is a stored model and what two lists say of it, by dimension.
func rated(classes string, lists ...map[string]rubric.Class) RatedModel {
	m := fixture.Model("acme/tuned-7b", "Tuned 7B", classes)
	r := RatedModel{Name: "Tuned", Model: &m}
	for i, l := range lists {
		for _, d := range fixture.Rubric().Dimensions {
			if class, ok := l[d.ID]; ok {
				r.Ratings = append(r.Ratings, Rating{Rater: []string{"first", "second"}[i], System: "Tuned",
					Dimension: d.ID, Rubric: "test-1", Class: class,
					Links: []string{"https://huggingface.co/acme/tuned-7b#" + d.ID}})
			}
		}
	}
	return r
}

// TestContradictions: raters who agree are left out, what this tool could not
// determine contradicts nobody and decides nothing, and evidence stands against
// those who say otherwise.
func TestContradictions(t *testing.T) {
	r := rated("ccoopcpcuuuu",
		map[string]rubric.Class{"data_base": "closed", "data_end": "open", "weights_base": "open", "code": "closed",
			"card": "open", "licence": "open"},
		map[string]rubric.Class{"data_base": "closed", "data_end": "closed", "card": "closed",
			"licence": "undetermined"})
	found := FindContradictions([]RatedModel{r}, []*rubric.Rubric{fixture.Rubric()})
	got := []string{}
	for _, c := range found {
		got = append(got, c.Question+" "+c.sides()+" | "+c.Verdict)
	}
	want := []string{
		"card first: open; second: closed | Not decided: this tool could not determine it, or the model was never audited.",
		"data_end first: open; second, openness: closed | Nothing was found where it would stand: closed, as second says, against first.",
		"code openness: partial; first: closed | What was read shows partial, against first.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestContradictionsOfUnreadPages: a rater who cites a page that was not read
// may have found there what this tool did not.
func TestContradictionsOfUnreadPages(t *testing.T) {
	for class, want := range map[rubric.Class]string{rubric.Open: "Not decided: first cites https://example.org/sheet, which this tool did not read.",
		rubric.Partial: "Not decided: first cites https://example.org/sheet, which this tool did not read."} {
		r := rated("cccccccccccc", map[string]rubric.Class{"card": class})
		r.Ratings[0].Links = append(r.Ratings[0].Links, "https://example.org/sheet")
		if found := FindContradictions([]RatedModel{r}, nil); found[0].Verdict != want || len(found[0].Wrong) != 0 {
			t.Errorf("%s: %q", class, found[0].Verdict)
		}
	}
	// that nothing is there is refuted by what is there
	r := rated("oooooooooooo", map[string]rubric.Class{"card": rubric.Closed})
	r.Ratings[0].Links = []string{"https://example.org/sheet"}
	if found := FindContradictions([]RatedModel{r}, nil); len(found[0].Wrong) != 1 {
		t.Errorf("closed: %q", found[0].Verdict)
	}
	for address, want := range map[string]string{"https://huggingface.co/Acme/M/blob/main/README.md?code=true#L3": "huggingface.co/acme/m",
		"https://huggingface.co/datasets/acme/d/tree/main": "huggingface.co/datasets/acme/d",
		"https://github.com/acme/r/blob/x/y.py":            "github.com/acme/r",
		"https://arxiv.org/pdf/2401.00001v2.pdf":           "arxiv.org/2401.00001",
		"https://arxiv.org/abs/2401.00001":                 "arxiv.org/2401.00001",
		"https://www.example.org/a/b/?q#f":                 "example.org/a/b"} {
		if got := placeKey(address); got != want {
			t.Errorf("%s is in %s, want %s", address, got, want)
		}
	}
}

// TestContradictionsOfOldNames: a dimension of an older index is held against
// the one that followed it, also of models that were never audited.
func TestContradictionsOfOldNames(t *testing.T) {
	m := RatedModel{Name: "Old", Ratings: []Rating{{Rater: "a", Dimension: "llmdata", Class: rubric.Open},
		{Rater: "b", Dimension: "datasources_basemodel", Class: rubric.Closed},
		{Rater: "a", Dimension: "paper", Class: rubric.Open}, {Rater: "b", Dimension: "api", Class: rubric.Closed}}}
	found := FindContradictions([]RatedModel{m}, nil)
	if len(found) != 1 || found[0].Question != "datasources_basemodel" || found[0].Steps != 2 || found[0].Model != "" ||
		len(found[0].Wrong) != 0 {
		t.Errorf("found %+v", found)
	}
}

// TestContradictionsDependOnRules: where this tool itself answers otherwise by
// the rules of another list, evidence decides nothing.
func TestContradictionsDependOnRules(t *testing.T) {
	r := rated("oooooooooooo", map[string]rubric.Class{"code": "open"})
	other := r.Model.Assessments[0]
	other.Rubric.ID = "test-2"
	other.Judgements = append([]rubric.Judgement{}, other.Judgements...)
	other.Judgements[4].Class = rubric.Closed
	r.Model.Assessments = append(r.Model.Assessments, other)
	r.Ratings = append(r.Ratings, Rating{Rater: "second", Dimension: "code", Rubric: "test-2", Class: rubric.Closed})
	found := FindContradictions([]RatedModel{r}, nil)
	if len(found) != 1 || found[0].Verdict != "Not decided: the answer depends on whose rules are applied." ||
		len(found[0].Wrong) != 0 {
		t.Errorf("found %+v", found)
	}
}

// TestContradictionFormats: each format has the raters, the words that decide
// and where a person sees them.
func TestContradictionFormats(t *testing.T) {
	r := rated("ccoopcpcuuuu", map[string]rubric.Class{"weights_base": "closed"})
	report := ContradictionReport{At: fixture.Day, Tool: "test", Raters: []string{"first"}, Models: 1,
		Found: FindContradictions([]RatedModel{r}, nil)}
	for _, f := range ContradictionFormats() {
		var b bytes.Buffer
		if err := WriteContradictions(&b, report, f, reports.Options{Width: 300}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"first", "We release all weights", "0123456789abcdef0123456789abcdef01234567"} {
			if !strings.Contains(b.String(), want) && !(f == reports.CSV && len(want) == 40) {
				t.Errorf("%s has no %q:\n%s", f, want, b.String())
			}
		}
		switch f {
		case reports.Text:
			b.Reset()
			if err := WriteContradictions(&b, report, f, reports.Options{Width: 50}); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(b.String(), "\n") {
				if n := text.StringWidth(line); n > 50 && strings.Contains(strings.TrimSpace(line), " ") {
					t.Errorf("a line of %d columns at width 50: %s", n, line)
				}
			}
		case reports.CSV:
			lines, err := csv.NewReader(&b).ReadAll()
			if err != nil || len(lines) != 2 || len(lines[0]) != len(lines[1]) || lines[1][3] != "closed" ||
				lines[1][4] != "open" {
				t.Errorf("CSV %q, error %v", lines, err)
			}
		case reports.JSON:
			var got struct {
				Schema         string
				Contradictions []struct{ Against []string }
			}
			if err := json.Unmarshal(b.Bytes(), &got); err != nil || got.Schema != ContradictionsSchema ||
				got.Contradictions[0].Against[0] != "first" {
				t.Errorf("JSON %+v, error %v", got, err)
			}
		}
	}
}
