package dossier

import (
	"bytes"
	"strings"
	"testing"

	"openness/audit"
	"openness/reports"
	"openness/reports/evidence"
	"openness/reports/internal/fixture"
	"openness/rubric"
)

func TestWhy(t *testing.T) {
	r := testReport()
	m := r.Models[2] // ccoopcpccpcp
	got := why(evidence.JudgedBy(&m, m.Assessments[0], r.Rubric, evidence.Seen{}))
	for _, want := range []string{"Of 12 dimensions: 2 open (weights, base, weights, end); 4 partial (",
		"; 6 closed (data, base, data, end, ",
		" What is closed first: data, base. No datasheet was found where it would be."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	for words, want := range map[string]string{"All of it. The rest follows here.": "All of it. The rest follows here.",
		"This is not known yet: 1. general words": "This is not known yet: 1. general words",
		"This sentence is the first. And another": "This sentence is the first."} {
		if got := firstSentence(words); got != want {
			t.Errorf("%q begins %q, want %q", words, got, want)
		}
	}
}

// TestStrongest: a sentence about the model itself, which was read again from
// its bytes, goes before a file's name and before what tells of another model;
// the same words are chosen once.
func TestStrongest(t *testing.T) {
	m := fixture.Model("acme/base-7b", "Base 7B", "oooooooooooo")
	const text = "We release all of the training code of this model.\n\"train.py\"\nThe other model was trained on public data too.\n"
	d := fixture.Document("acme/base-7b", text)
	js := m.Assessments[0].Judgements[:4]
	for i, words := range []string{`"train.py"`, "The other model was trained on public data too.",
		"We release all of the training code of this model.",
		"We release all of the training code of this model."} {
		js[i].Observations = []audit.Observation{fixture.Quote(&d, "code.training.entry", "true", words)}
		js[i].Observations[0].About, js[i].Observations[0].Mode = audit.AboutOwn, audit.Done
	}
	js[0].Observations[0].Indirect = true
	js[1].Observations[0].About = audit.AboutOther
	m.Assessments[0].Judgements = js
	found := strongest(evidence.JudgedBy(&m, m.Assessments[0], fixture.Rubric(), evidence.Seen{}))
	got := []string{}
	for _, e := range found {
		got = append(got, e.Read)
	}
	const want = "We release all of the training code of this model.|The other model was trained on public data too.|train.py"
	if strings.Join(got, "|") != want {
		t.Errorf("strongest are %q", got)
	}
}

// TestWordsOnce: the same words are shown once in a dossier, whatever
// dimensions, facts and documents rest on them.
func TestWordsOnce(t *testing.T) {
	const words = "The training data comes from **public sources** that we do not name, but of which all were looked at by hand."
	m := fixture.Model("acme/base-7b", "Base 7B", "pppppppppppp")
	one, two := fixture.Document("acme/base-7b", words), fixture.Document("acme/base-7b", words)
	two.URL = "https://raw.githubusercontent.com/acme/base/main/README.md"
	for i := range m.Assessments[0].Judgements {
		m.Assessments[0].Judgements[i].Observations = []audit.Observation{fixture.Quote(&one,
			"data.pretraining.disclosure", "described", words),
			fixture.Quote(&two, "data.pretraining.disclosure", "described", words)}
	}
	for _, f := range []reports.Format{reports.Text, reports.HTML, reports.Markdown} {
		var b bytes.Buffer
		if err := Write(&b, m, []*rubric.Rubric{fixture.Rubric()}, "test", f, reports.Options{Width: 200}); err != nil {
			t.Fatal(err)
		}
		// the portrait quotes it too
		want := map[reports.Format]int{reports.Text: 1, reports.Markdown: 1, reports.HTML: 2}[f]
		if n := strings.Count(b.String(), "all were looked at by hand.") - strings.Count(b.String(),
			"** that we do not name, but of which all were looked at by hand."); n != want {
			t.Errorf("%s: shown %d times, want %d", f, n, want)
		}
		if n := strings.Count(b.String(), "quoted under"); n != 11 {
			t.Errorf("%s: %d further dimensions lead to it, want 11", f, n)
		}
	}
}
