package main

import (
	"slices"
	"testing"

	"openness/audit"
	"openness/data"
	"openness/rubric"
	"openness/rubric/agreement"
)

// TestPageKeys: addresses of one page have one key, and those of two have two.
func TestPageKeys(t *testing.T) {
	for _, same := range [][2]string{
		{"https://hf.co/blog/falco3", "https://huggingface.co/blog/falco3"},
		{"https://arxiv.org/pdf/2401.00001v2", "https://huggingface.co/papers/2401.00001"},
		{"https://github.com/acme/Falco.git", "https://raw.githubusercontent.com/acme/falco/main/README.md"},
		{"https://huggingface.co/datasets/acme/talks/tree/main", "https://hf.co/api/datasets/acme/talks"},
		{"https://openreview.net/pdf?id=aB3dE5fG7h", "https://openreview.net/forum?id=aB3dE5fG7h#discussion"},
	} {
		if a, b := keyOf(same[0]), keyOf(same[1]); a.id != b.id || a.kind != b.kind {
			t.Errorf("%q is %+v, %q is %+v", same[0], a, same[1], b)
		}
	}
	for _, other := range [][2]string{
		{"https://huggingface.co/acme/falco", "https://huggingface.co/datasets/acme/falco"},
		{"https://acme.example/blog/falco", "https://acme.example/blog/falco-coder"},
	} {
		if keyOf(other[0]).id == keyOf(other[1]).id {
			t.Errorf("%q and %q have one key", other[0], other[1])
		}
	}
}

// TestHoldsWord: a page holds a name where it stands for itself, and not as the
// beginning or end of a longer one.
func TestHoldsWord(t *testing.T) {
	for text, want := range map[string]bool{
		"see acme.example/blog/falco.":        true,
		"(acme.example/blog/falco)":           true,
		"acme.example/blog/falco/part-2":      true,
		"acme.example/blog/falco-coder":       false,
		"acme.example/blog/falco3":            false,
		"xacme.example/blog/falco":            false,
		"falco-coder acme.example/blog/falco": true,
	} {
		if got := holdsWord([]byte(text), "acme.example/blog/falco"); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if holdsWord([]byte("anything"), "") {
		t.Error("a page without a name is named")
	}
}

// TestCitedPages: of each page that experts cite it is told whether it was opened,
// tried, named or known, and whether a judgement quotes it.
func TestCitedPages(t *testing.T) {
	const card = "https://huggingface.co/acme/falco/resolve/main/README.md"
	record := audit.Record{
		Subject: audit.Subject{ID: "acme/falco", Label: "Falco", Places: []audit.Place{
			{Kind: audit.HubModel, ID: "acme/falco", URL: "https://huggingface.co/acme/falco"},
			{Kind: audit.ArXivPaper, ID: "2401.00001", URL: "https://arxiv.org/abs/2401.00001",
				Role: audit.RoleRelated}}},
		Documents: []audit.Document{
			{URL: card, Place: audit.HubModel, PlaceID: "acme/falco", Outcome: audit.Fetched},
			{URL: "https://huggingface.co/api/datasets/acme/talks", Outcome: audit.Refused}},
	}
	experts := data.ExpertSystem{ID: "Falco", Judgements: []data.ExpertJudgement{
		{Dimension: "modelcard", Links: []string{"https://huggingface.co/acme/falco",
			"https://arxiv.org/abs/2401.00001"}},
		{Dimension: "licenses", Links: []string{"https://huggingface.co/acme/falco#license",
			"https://huggingface.co/datasets/acme/talks", "https://acme.example/blog/falco", "https://zoo.example/"}}}}
	judged := rubric.Assessment{Judgements: []rubric.Judgement{
		{Dimension: "licenses", Observations: []audit.Observation{{URL: card, Quote: "MIT"}}}}}
	pages := citedPages(storedSystem{experts: &experts}, &record,
		[][]byte{[]byte("our post: https://acme.example/blog/falco")}, judged)
	s := agreement.NewSources([]string{kindHub, kindWeb})
	for _, p := range pages {
		s.Add(p)
	}
	if s.Cited != 5 || s.Visited != 1 || s.Tried != 2 || s.Named != 3 || s.Quoted != 1 {
		t.Errorf("%+v", s)
	}
	if s.ByKind[kindHub] != [3]int{1, 1, 1} || s.ByKind[kindDataset] != [3]int{0, 1, 1} ||
		s.NamedByKind[kindWeb] != 1 ||
		s.ByDimension["licenses"] != [3]int{1, 2, 4} || s.NamedByDimension["licenses"] != 3 ||
		s.QuotedByDimension["licenses"] != 1 || s.QuotedByDimension["modelcard"] != 0 {
		t.Errorf("%+v", s)
	}
	causes := make(map[string]string)
	for _, m := range s.Missed {
		causes[m.URL] = m.Cause
	}
	if causes["https://arxiv.org/abs/2401.00001"] != agreement.CauseRelated ||
		causes["https://acme.example/blog/falco"] != agreement.CausePassed ||
		causes["https://zoo.example/"] != agreement.CauseUnnamed || !slices.Equal(s.Causes[kindWeb], []int{1, 0, 1}) {
		t.Errorf("%v, %v", causes, s.Causes)
	}
}
