package crawl

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/replay/faults"
)

// TestLikenessNeedsLetters: a version, size or date that a repository and a
// model have in common says nothing.
func TestLikenessNeedsLetters(t *testing.T) {
	for _, test := range []struct {
		repository, model string
		alike             bool
	}{
		{"Megaframe-2024.1", "base-2024.1", false},
		{"v2.10.3", "chat-2.10.3", false},
		{"tool-3.5.1-kit", "model-3.5.1", false},
		{"toolkit2.0", "Numbat2.0", false},
		{"20240724x", "20240724y", false},
		{"numbat", "Numbat-2.0-7B-chat", true},
		{"numbat2", "numbat2-7b", true},
		{"Yi-1.5", "Yi-1.5-9B-Chat", true},
		{"o1", "o1", true},
	} {
		if got := identity.Likeness(test.repository, test.model); (got > 0) != test.alike {
			t.Errorf("%q and %q: likeness %d, want alike %v", test.repository, test.model, got, test.alike)
		}
	}
}

// TestTuningCodeIsOfTunedModels: a repository that only tunes had no part in a
// model that was not tuned; one that trains or makes the data may have.
func TestTuningCodeIsOfTunedModels(t *testing.T) {
	const text = "- The model: https://github.com/acme/numbat\n- Our fine-tuning code: https://github.com/acme/tune-kit\n- Our training data code: https://github.com/acme/digger\n"
	for name, want := range map[string][]string{
		"acme/numbat-7b":          {"acme/digger"},
		"acme/numbat-7b-instruct": {"acme/tune-kit", "acme/digger"},
	} {
		g := &gathering{c: &Crawler{opts: Options{Progress: func(Event) {}}}, models: []*model{pageOf(name, text)}}
		g.nameRepositories()
		var got []string
		for _, p := range g.subject.Places {
			if p.Role == audit.RoleCode {
				got = append(got, p.ID)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestOwnBase: a list that names a model as its own base says that base and
// end are one; that is recorded with its reason, and no other base is sought.
func TestOwnBase(t *testing.T) {
	server := faults.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := strings.TrimPrefix(r.URL.Path, "/api/models/")
		faults.Answer(200, fmt.Sprintf(`{"id":%q,"gated":false,"siblings":[],"cardData":{"base_model":"acme/other"}}`,
			id), "Content-Type: application/json")(w, r)
	}))
	for _, test := range []struct {
		bases []string
		base  string
		known int
	}{
		{nil, "acme/other", 2},
		{[]string{"acme/numbat"}, "acme/numbat", 1},
		{[]string{"Acme/Numbat"}, "acme/numbat", 1},
		{[]string{"acme/first", "acme/numbat"}, "acme/first", 3},
	} {
		c, err := New(Options{HFEndpoint: server.URL, MaxWait: -1, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		record, err := c.Gather(t.Context(), Target{Text: "acme/numbat", Kind: Hub, ID: "acme/numbat",
			Bases: test.bases})
		c.Close()
		if err != nil {
			t.Fatal(err)
		}
		s := record.Subject
		models := slices.DeleteFunc(slices.Clone(s.Places), func(p audit.Place) bool {
			return p.Kind != audit.HubModel
		})
		if s.Base != test.base || len(models) != test.known {
			t.Errorf("bases %q: base %q of %d models, want %q of %d", test.bases, s.Base, len(models), test.base,
				test.known)
		}
		if own := s.Base == s.ID; own != strings.Contains(models[0].Reason, "base and end model are one") {
			t.Errorf("bases %q: reason %q", test.bases, models[0].Reason)
		}
	}
}
