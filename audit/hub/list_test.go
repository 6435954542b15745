package hub_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"openness/audit/hub"
)

func listed(t testing.TB, page string) []hub.Model {
	t.Helper()
	var all []hub.Model
	err := hub.ParseList([]byte(page), func(m *hub.Model) error {
		kept := *m
		kept.Siblings, kept.Licenses, kept.BaseModels = slices.Clone(m.Siblings), slices.Clone(m.Licenses),
			slices.Clone(m.BaseModels)
		kept.Datasets, kept.ArXiv, kept.Tags = slices.Clone(m.Datasets), slices.Clone(m.ArXiv), slices.Clone(m.Tags)
		all = append(all, kept)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestParseList(t *testing.T) {
	all := listed(t, `[
		{"_id":"5f","id":"acme/quokka-7b","gated":"manual","private":false,"disabled":false,"downloads":12,"likes":3,"sha":"ab",
		 "createdAt":"2026-01-02T03:04:05.000Z","tags":["license:mit","base_model:acme/quokka","arxiv:2401.00001","dataset:acme/hops"],
		 "siblings":[{"rfilename":"README.md","size":5},{"rfilename":"caf\u00e9.safetensors"}],"safetensors":{"parameters":{"F16":7},"total":7e9},
		 "cardData":{"license":"MIT","license_name":"own","base_model":["old/name"],"widget":[{"text":"[{\"id\":\"x\"}]"}],"datasets":"acme/hops"}},
		{"modelId":"bare","gated":false,"siblings":[],"tags":[]},
		{"id":"acme/odd","gated":null,"siblings":"none","tags":5,"downloads":"many","likes":1.5,"private":"no","cardData":null,"safetensors":[1],"id2":{"id":"z"}}]`)
	if len(all) != 3 {
		t.Fatalf("%d entries", len(all))
	}
	a, b, c := all[0], all[1], all[2]
	for what, ok := range map[string]bool{
		"first": a.ID == "acme/quokka-7b" && a.Gated == "manual" && *a.Downloads == 12 && *a.Likes == 3 &&
			*a.Parameters == 7e9 && !*a.Private,
		"files": slices.Equal(a.Siblings, []string{"README.md", "café.safetensors"}) && a.SiblingsKnown &&
			a.TagsKnown,
		"card": slices.Equal(a.Licenses, []string{"mit"}) && a.LicenseName == "own" &&
			slices.Equal(a.BaseModels, []string{"acme/quokka"}),
		"named": slices.Equal(a.Datasets, []string{"acme/hops"}) && slices.Equal(a.ArXiv, []string{"2401.00001"}),
		"bare": b.ID == "bare" && b.Gated == "false" && b.SiblingsKnown && len(b.Siblings) == 0 && b.TagsKnown &&
			b.Downloads == nil,
		"left out": c.Gated == "" && !c.SiblingsKnown && !c.TagsKnown && c.Downloads == nil && c.Private == nil &&
			len(c.Licenses) == 0 && c.Parameters == nil,
	} {
		if !ok {
			t.Errorf("%s: %+v", what, all)
		}
	}
	for _, page := range []string{"", "{}", `{"error":"no"}`, `[{"id":"a/b"}`, `[{"gated":false}]`, `[5]`,
		`[{"id":"a/b"}] x`, `[{"id":"a/b",}]`} {
		if err := hub.ParseList([]byte(page), func(*hub.Model) error { return nil }); err == nil {
			t.Errorf("%q was taken for a page", page)
		}
	}
}

// TestParseListAsAnswers: an entry says what the answer on the model alone says.
func TestParseListAsAnswers(t *testing.T) {
	files, _ := filepath.Glob(corpus + "/*/*.json")
	if len(files) == 0 {
		t.Skip("the shared corpus is not here")
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := hub.ParseModel(body)
		if err != nil {
			continue
		}
		got := listed(t, "["+string(body)+"]")[0]
		if got.ID != want.ID || got.SHA != want.SHA || got.Gated != want.Gated || got.CreatedAt != want.CreatedAt ||
			got.BaseRelation != want.BaseRelation ||
			!slices.Equal(got.Siblings, want.Siblings) || !slices.Equal(got.Tags, want.Tags) ||
			!slices.Equal(got.BaseModels, want.BaseModels) ||
			!slices.Equal(got.Datasets, want.Datasets) || !slices.Equal(got.ArXiv, want.ArXiv) ||
			got.SiblingsKnown != want.SiblingsKnown ||
			!slices.Equal(slices.Sorted(slices.Values(got.Licenses)), slices.Sorted(slices.Values(want.Licenses))) {
			t.Errorf("%s:\n%+v\n%+v", file, got, want)
		}
	}
}

func BenchmarkParseList(b *testing.B) {
	entry := `{"_id":"66","id":"acme/quokka-%d","gated":false,"downloads":1,"likes":2,"sha":"0123456789012345678901234567890123456789","createdAt":"2026-01-02T03:04:05.000Z",` +
		`"tags":["transformers","safetensors","license:mit","base_model:acme/quokka","region:us"],"siblings":[` +
		strings.TrimSuffix(strings.Repeat(`{"rfilename":"model-00001-of-00030.safetensors"},`, 30), ",") +
		`],"cardData":{"license":"mit","tags":["a","b"]}}`
	var page strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&page, ","+entry, i)
	}
	body := []byte("[" + page.String()[1:] + "]")
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if err := hub.ParseList(body, func(*hub.Model) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
