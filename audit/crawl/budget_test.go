package crawl

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/replay/faults"
)

func TestParseBudget(t *testing.T) {
	b, err := ParseBudget("papers=0, sites=5")
	if err != nil || b[BudgetPapers] != 0 || b[BudgetSites] != 5 || b[BudgetDatasets] != maxDatasets {
		t.Errorf("%v, %v", b, err)
	}
	for _, wrong := range []string{"books=1", "papers", "papers=-1", "papers=many", "sites=1000"} {
		if b, err := ParseBudget(wrong); err == nil {
			t.Errorf("%q is read as %v", wrong, b)
		}
	}
}

// TestBudgetBounds: a kind of which nothing may be read is not asked for.
func TestBudgetBounds(t *testing.T) {
	const card = "---\nbase_model: zoo/tern-7b\n---\n# Tern Chat\nOur code: https://github.com/zoo/tern\n"
	for budget, want := range map[string][]string{
		"":                  {"zoo/tern-7b", "zoo/tern"},
		"repos=0":           {"zoo/tern-7b"},
		"lineage=1":         {"zoo/tern"},
		"lineage=1,repos=0": nil,
	} {
		server := faults.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasPrefix(r.URL.Path, "/api/models/"):
				faults.Answer(200, fmt.Sprintf(`{"id":%q,"siblings":[{"rfilename":"README.md"}]}`,
					strings.TrimPrefix(r.URL.Path, "/api/models/")), "Content-Type: application/json")(w, r)
			case strings.HasPrefix(r.URL.Path, "/zoo/tern-7b-chat/"):
				fmt.Fprint(w, card)
			default:
				http.NotFound(w, r)
			}
		}))
		b, err := ParseBudget(budget)
		if err != nil {
			t.Fatal(err)
		}
		c, err := New(Options{HFEndpoint: server.URL, GitHubAPI: server.URL, GitHubRaw: server.URL, ArXiv: server.URL,
			ModelScope: server.URL, Web: server.URL, MaxWait: -1, Now: time.Now, Budget: b})
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Gather(context.Background(), Target{Kind: Hub, ID: "zoo/tern-7b-chat"})
		c.Close()
		if err != nil {
			t.Fatal(err)
		}
		var read []string
		for _, id := range []string{"zoo/tern-7b", "zoo/tern"} {
			if slices.ContainsFunc(r.Documents, func(d audit.Document) bool { return d.PlaceID == id }) {
				read = append(read, id)
			}
		}
		if !slices.Equal(read, want) {
			t.Errorf("--budget %q read %q, want %q", budget, read, want)
		}
	}
}
