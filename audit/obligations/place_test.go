package obligations

import (
	"testing"

	"openness/audit"
)

// TestTextBesideWeights: a licence that a paper states is quoted from its text beside the weights.
func TestTextBesideWeights(t *testing.T) {
	const paper, file = "https://papers.example/falco", at + model + "/resolve/main/LICENSE"
	stated := present("license.weights.id", "MIT", model)
	stated.URL = paper
	b := Gather(audit.Subject{ID: model}, []audit.Observation{stated}, []audit.Document{
		{URL: paper, PlaceID: "papers.example", Kind: audit.DocPaper, SHA256: "aa"},
		{URL: file, PlaceID: model, Kind: audit.DocLicense, SHA256: "aa"}, // its bytes are what was read
	}, func(string) []byte { return []byte("The licence of Falco.") })
	if len(b.Licences) != 1 || b.Licences[0].URL != file || b.Licences[0].text == nil {
		t.Errorf("%+v, want the text of %s", b.Licences, file)
	}
}
