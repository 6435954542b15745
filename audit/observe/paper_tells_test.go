package observe

import (
	"path/filepath"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/document"
)

// uplands are the pages of an invented model whose paper tells more than its card.
func uplands(paper audit.Document, readRepository bool) (audit.Subject, []audit.Document) {
	model := pageOf(audit.DocModelCard, audit.RoleEnd, "uplands/dotterel-3b",
		"# Dotterel 3B\n\nA language model of the hills, with a page that says next to nothing about how it came to be.\n")
	readme := pageOf(audit.DocReadme, audit.RoleCode, "uplands/dotterel",
		"# Dotterel\n\nThe code of Dotterel, a language model of the hills.\n")
	readme.Place, readme.Path = audit.GitHubRepo, "README.md"
	s := audit.Subject{ID: model.PlaceID, Name: "dotterel-3b", Organisation: "uplands",
		Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: model.PlaceID}}}
	docs := []audit.Document{model, paper}
	if readRepository {
		s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: readme.PlaceID})
		docs = append(docs, readme)
	}
	return s, docs
}

// TestPaperTells: in every form of it a paper reaches every theme that it tells of,
// and what it says of others, measures or promises reaches none.
func TestPaperTells(t *testing.T) {
	want := []struct{ fact, value, quote, where string }{
		{"code.training.entry", "true", "We release the training code", "Section 1 (Introduction)"},
		{"code.evaluation", "true", "We share our evaluation code", "Section 4 (Evaluation)"},
		{"code.data_processing", "true", "Our data processing pipeline", "Section 1"},
		{"weights.end.published", "true", "and the weights at", "Section 1"},
		{"weights.end.gate", "none", "and the weights at", "Section 1"},
		{"license.weights.id", "Apache-2.0", "Dotterel-3B is released under the Apache 2.0 license", "Section 1"},
		{"docs.evaluation", "true", "On HillQuiz Dotterel-3B reaches 61.4", "Section 4"},
		{"docs.hardware", "detailed", "Moor M7", "Section 3.1"},
		{"docs.architecture", "detailed", "Hidden size", "Section 3.3"},
		{"data.pretraining.disclosure", "listed", "HeatherCrawl", "Section 3.2"},
		{"datasheet.published", "true", "The pages were collected between spring and autumn",
			"Datasheet for HeatherCrawl"},
		{"datasheet.coverage", "0.86", "", ""},
		{"card.substance", "", "", "Model Card"},
		{"paper.preprint", "archived", "Dotterel: An Open Model of the Uplands", ""},
		{"paper.preprint.scope", "own", "Dotterel: An Open Model of the Uplands", ""},
	}
	for _, form := range []string{"paper.html", "paper.pdf", "source"} {
		d := paperDocument(t, filepath.Join("../papers/text/testdata/papers/dotterel", form))
		s, docs := uplands(d, true)
		found := All(s, docs)
		for _, w := range want {
			ok := false
			for _, o := range found {
				ok = ok || o.Fact == w.fact && o.URL == d.URL && (w.value == "" ||
					o.Value == w.value) && strings.Contains(strings.Join(strings.Fields(o.Quote), " "), w.quote)
			}
			if !ok {
				t.Errorf("%s: no %s %s from %q", form, w.fact, w.value, w.quote)
			}
		}
		for _, o := range found {
			if o.Finding != audit.Present || o.URL != d.URL {
				continue
			}
			if o.Quote != string(d.Body[o.Start:o.End]) {
				t.Errorf("%s: %s: the quote is not what is stored", form, o.Fact)
			}
			if !strings.HasSuffix(o.Note, "of the paper.") {
				t.Errorf("%s: %s: the note does not say where it stands: %q", form, o.Fact, o.Note)
			}
			for _, others := range []string{"Pipit-7B is", "Lapwing", "imaginary", "released later",
				"HillQuiz | 1200"} {
				if strings.Contains(o.Quote, others) {
					t.Errorf("%s: %s %s rests on %q", form, o.Fact, o.Value, o.Quote)
				}
			}
			if strings.HasPrefix(o.Fact, "code.training.finetuning") || o.Value == "MIT" {
				t.Errorf("%s: %s %s from %q", form, o.Fact, o.Value, o.Quote)
			}
		}
	}
}

// TestPaperCodeUnread: a repository that a paper names and nobody looked at shows no
// code, and leaves open what it could tell.
func TestPaperCodeUnread(t *testing.T) {
	d := paperDocument(t, "../papers/text/testdata/papers/dotterel/paper.html")
	s, docs := uplands(d, false)
	open := false
	for _, o := range All(s, docs) {
		if strings.HasPrefix(o.Fact, "code.training.") && o.Finding == audit.Present {
			t.Errorf("%s from %q, a repository that was not read", o.Fact, o.Quote)
		}
		if o.Fact == "code.training.entry" {
			if o.Finding == audit.NotThere {
				t.Errorf("%s is closed by %s: %s", o.Fact, o.URL, o.Note)
			}
			open = open || o.Finding == audit.NotFetched && o.URL == d.URL
		}
	}
	if !open {
		t.Error("the repository that the paper names does not leave training code open")
	}
}

// TestPaperOfUsed: a paper that the card calls its own and that nowhere names the
// model is one of what the model uses.
func TestPaperOfUsed(t *testing.T) {
	body := []byte("# Wading by Attention\n\n## Abstract\n\nWe present a way of wading that any network can use.\n\n## 1 Method\n\nThe method has two steps and is simple.\n")
	paper := audit.Document{URL: "https://export.arxiv.org/html/2999.00077v1" + document.TextMark, Kind: audit.DocProse,
		Place: audit.ArXivPaper, PlaceID: "2999.00077",
		Role: audit.RolePaper, Outcome: audit.Fetched, Body: body, SHA256: audit.Hash(body)}
	model := pageOf(audit.DocModelCard, audit.RoleEnd, "uplands/dotterel-3b",
		"# Dotterel 3B\n\n[Paper](https://arxiv.org/abs/2999.00077)\n\nA language model of the hills.\n")
	s := audit.Subject{ID: model.PlaceID, Name: "dotterel-3b", Organisation: "uplands",
		Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: model.PlaceID}}}
	for text, want := range map[string]string{string(body): "related", strings.Replace(string(body), "any network",
		"Dotterel", 1): "own"} {
		paper.Body, paper.SHA256 = []byte(text), audit.Hash([]byte(text))
		found := 0
		for _, o := range All(s, []audit.Document{model, paper}) {
			if o.Fact == "paper.preprint.scope" && o.Finding == audit.Present {
				found++
				if o.Value != want {
					t.Errorf("scope %s from %q, want %s", o.Value, o.Quote, want)
				}
			}
		}
		if found == 0 {
			t.Errorf("no scope of the paper that says %q", text)
		}
	}
}
