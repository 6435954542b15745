package reports

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"openness/audit"
	"openness/rubric"
)

// day is the time of everything in the fixtures.
var day = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// testRubric has twelve dimensions in two groups, like the rubrics in use.
func testRubric() *rubric.Rubric {
	r := &rubric.Rubric{Ref: rubric.Ref{ID: "test-1", Version: "1.2.0", SHA256: audit.Hash([]byte("test-1"))},
		Name: "Test rubric", Aggregate: "sum", Sources: []string{"A. Author (2023). A source. https://example.org/paper"}}
	groups := map[string][]string{
		"availability":  {"data_base", "data_end", "weights_base", "weights_end", "code"},
		"documentation": {"documentation", "hardware", "preprint", "paper", "card", "datasheet"},
		"access":        {"licence"},
	}
	for _, g := range []string{"availability", "documentation", "access"} {
		for _, id := range groups[g] {
			r.Dimensions = append(r.Dimensions, rubric.Dimension{ID: id, Name: strings.ToUpper(id[:1]) + strings.ReplaceAll(id[1:], "_", ", "),
				Group: g, Question: "Is the " + strings.ReplaceAll(id, "_", " of ") + " available?", Weight: 1,
				Rules: []rubric.Rule{{Predicate: id + ".published && !" + id + ".gated", Class: rubric.Open, Reason: "All of it is public."},
					{Predicate: id + ".published", Class: rubric.Partial, Reason: "Some of it is public."}},
				Default: rubric.Rule{Class: rubric.Closed, Reason: "Nothing of it was found."}})
		}
	}
	return r
}

// testCard is the stored document that fixtures quote.
const testCard = "# Model card\n\nWe release all weights under Apache-2.0.\nThe training data comes from **public sources** that we do not name.\n\n## Citation\n\nNone yet.\n"

// testDocument is a model card as fetched.
func testDocument(id, text string) audit.Document {
	body := []byte(text)
	return audit.Document{URL: "https://huggingface.co/" + id + "/blob/main/README.md", Kind: audit.DocModelCard, Place: audit.HubModel, PlaceID: id,
		Role: audit.RoleEnd, Path: "README.md", Revision: "0123456789abcdef0123456789abcdef01234567", RetrievedAt: day, Status: 200,
		Outcome: audit.Fetched, SHA256: audit.Hash(body), Body: body}
}

// refusing is a repository that did not let anyone look.
var refusing = audit.Document{URL: "https://github.com/acme/gated", Status: 403, Outcome: audit.Refused, RetrievedAt: day}

// quoteOf observes the first occurrence of text in d.
func quoteOf(d *audit.Document, fact, value, text string) audit.Observation {
	at := bytes.Index(d.Body, []byte(text))
	return audit.Observe(d, fact, value, audit.Span{Start: at, End: at + len(text)}, "")
}

// testModel is a model whose i-th dimension has the class of the i-th letter
// of classes: o, p, c or u.
func testModel(id, name, classes string) Model {
	d := testDocument(id, testCard)
	organisation, _, _ := strings.Cut(id, "/")
	m := Model{Subject: audit.Subject{ID: id, Target: id, Name: name, Organisation: organisation, Released: "2024-05-01"},
		Documents: []audit.Document{d, {URL: "https://huggingface.co/" + id + "/blob/main/DATASHEET.md", Status: 404, Outcome: audit.Absent, RetrievedAt: day}, refusing},
		Observations: []audit.Observation{quoteOf(&d, "weights.end.published", "true", "We release all weights"),
			quoteOf(&d, "license.weights.id", "Apache-2.0", "Apache-2.0")},
		AssessedAt: day}
	r := testRubric()
	a := rubric.Assessment{Rubric: r.Ref}
	for i, letter := range classes {
		a.Judgements = append(a.Judgements, testJudgement(&d, r.Dimensions[i].ID, letter))
	}
	a.Score = rubric.ScoreOf(a.Judgements)
	m.Assessments = []rubric.Assessment{a}
	m.Bodies = func(sha string) ([]byte, error) {
		if sha != d.SHA256 {
			return nil, fmt.Errorf("no document %q", sha)
		}
		return d.Body, nil
	}
	return m
}

func testJudgement(d *audit.Document, dimension string, letter rune) rubric.Judgement {
	j := rubric.Judgement{Dimension: dimension, Origin: rubric.FromRule, Rule: dimension + ".published"}
	switch letter {
	case 'o':
		j.Class, j.Reason = rubric.Open, "All weights can be downloaded."
		j.Observations = []audit.Observation{quoteOf(d, "weights.end.published", "true", "We release all weights")}
	case 'p':
		j.Class, j.Reason = rubric.Partial, "Kinds of data are described, sources are not named."
		j.Observations = []audit.Observation{quoteOf(d, "data.pretraining.disclosure", "described", "public sources")}
	case 'c':
		j.Class, j.Reason = rubric.Closed, "No datasheet was found where it would be."
		j.Observations = []audit.Observation{audit.From(d, "datasheet.published", audit.NotThere, "no section and no link names a datasheet")}
	default:
		j.Class, j.Reason, j.Cause = rubric.Undetermined, "The repository refused us.", rubric.CauseRefused
		j.Observations = []audit.Observation{audit.From(&refusing, "code.repository", audit.Denied, "HTTP 403")}
	}
	return j
}

// testReport has models of every kind: plain, wide characters, hostile, closed.
func testReport() Report {
	hostile := testModel("evil/bad", hostileName, "ccccccccccuu")
	hostile.Subject.Organisation = "=cmd|' /C calc'!A0"
	closed := testModel("catalogue:assistant", "Assistant 4", "cccccccccccc")
	closed.Subject.Organisation = "Closed Inc."
	closed.Observations = []audit.Observation{{Fact: "model.closed", Finding: audit.Present, Value: "true"}}
	tuned := testModel("acme/tuned-7b", "Tuned 7B", "ccoopcpccpcp")
	tuned.Subject.Base = "acme/base-7b"
	const clash = "weights: the tag of the hub page says MIT, the prose of the hub page says Apache-2.0"
	d := testDocument("acme/tuned-7b", testCard)
	for _, words := range []string{"Apache-2.0", "We release all weights"} {
		tuned.Observations = append(tuned.Observations, quoteOf(&d, "license.conflict.prose", clash, words))
	}
	return Report{Rubric: testRubric(), Tool: "0.0.0-test", At: day, Models: []Model{
		closed, hostile, tuned,
		testModel("acme/base-7b", "Base 7B", "oooooooooooo"),
		testModel("wide/模型", "通义千问大模型开放版本", "popopopopopo"),
	}}
}

// hostileName holds what a card may try: markup, an override, an escape, a newline.
const hostileName = "<script>alert(1)</script>\u202egpj.exe\x1b[31m\nred|`x`"
