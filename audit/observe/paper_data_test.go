package observe

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// saltmarsh are the pages of an invented model whose paper documents its data, its
// machines and itself where no heading says so.
func saltmarsh(paper audit.Document, more ...audit.Document) (audit.Subject, []audit.Document) {
	model := pageOf(audit.DocModelCard, audit.RoleEnd, "saltmarsh/redshank-4b",
		"# Redshank 4B\n\nA language model of the coast, of which this page says next to nothing.\n")
	s := audit.Subject{ID: model.PlaceID, Name: "redshank-4b", Organisation: "saltmarsh",
		Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: model.PlaceID}}}
	return s, append([]audit.Document{model, paper}, more...)
}

// TestPaperOfData: in every form of it a paper tells of its data in its sections on
// data, of its machines in its thanks, and is a datasheet and a model card where an
// appendix has their sections. Trials, failed attempts and others' data tell nothing.
func TestPaperOfData(t *testing.T) {
	dataset := pageOf(audit.DocDatasetAPI, audit.RoleData, "saltmarsh/marsh-text",
		`{"id":"saltmarsh/marsh-text","siblings":[{"rfilename":"README.md"},{"rfilename":"pages.parquet"}]}`)
	dataset.Place = audit.HubDataset
	want := []struct{ fact, value, quote, stage string }{
		{"data.pretraining.disclosure", "downloadable", "We release the MarshText corpus", ""},
		{"data.pretraining.disclosure", "listed", "We collected web pages from ReedFiles", "data-processing"},
		{"data.finetuning.disclosure", "described", "40,000 letters and their answers", "tuning"},
		{"docs.hardware", "detailed", "96 Creek C9 accelerators for 18 days", "pre-training"},
		{"docs.hardware", "mentioned", "Lighthouse supercomputer", ""},
		{"datasheet.published", "true", "", ""},
		{"card.published", "true", "", ""},
	}
	for _, form := range []string{"paper.html", "paper.pdf", "source"} {
		d := paperDocument(t, filepath.Join("../papers/text/testdata/papers/redshank", form))
		s, docs := saltmarsh(d, dataset)
		found := All(s, docs)
		for _, w := range want {
			if !slices.ContainsFunc(found, func(o audit.Observation) bool {
				return o.Fact == w.fact && o.Value == w.value && o.URL == d.URL && (w.stage == "" ||
					string(o.Stage) == w.stage) &&
					strings.Contains(strings.Join(strings.Fields(o.Quote), " "), w.quote)
			}) {
				t.Errorf("%s: no %s %s of %q from %q", form, w.fact, w.value, w.stage, w.quote)
			}
		}
		for _, o := range found {
			if o.Finding != audit.Present || o.URL != d.URL {
				continue
			}
			for _, others := range []string{"GannetChat", "imaginary", "poems", "Gannet corpus", "Tideline",
				"per accelerator hour"} {
				if strings.Contains(o.Quote, others) {
					t.Errorf("%s: %s %s rests on %q", form, o.Fact, o.Value, o.Quote)
				}
			}
			if o.Quote != string(d.Body[o.Start:o.End]) {
				t.Errorf("%s: %s: the quote is not what is stored", form, o.Fact)
			}
		}
		s, docs = saltmarsh(d)
		for _, o := range All(s, docs) {
			if strings.HasPrefix(o.Fact, "data.") && o.Value == "downloadable" {
				t.Errorf("%s: data that nobody looked at is downloadable: %q", form, o.Quote)
			}
		}
	}
}
