package observe

import (
	"testing"

	"openness/audit"
)

func vendorDocument(body string, outcome audit.Outcome) audit.Document {
	return audit.Document{URL: "https://vendor.example/model", Kind: audit.DocWeb, Place: audit.WebPage, Role: audit.RoleVendor,
		Outcome: outcome, Body: []byte(body), SHA256: audit.Hash([]byte(body))}
}

func findings(obs []audit.Observation, fact string) (list []audit.Finding) {
	for _, o := range obs {
		if o.Fact == fact {
			list = append(list, o.Finding)
		}
	}
	return list
}

func TestVendorPages(t *testing.T) {
	service := audit.Subject{ID: "catalogue:x"}
	page := vendorDocument(`<html><body><h1>X system card</h1><h2>Evaluation</h2><h2>Safety</h2><h2>Training data</h2>
<p>X was trained on publicly available and licensed data.</p><p>X is available through our API; get an API key.</p></body></html>`, audit.Fetched)
	obs := alone(vendor, newInput(service, []audit.Document{page}))
	values := map[string]string{}
	for _, o := range obs {
		if o.Finding == audit.Present {
			values[o.Fact] = o.Value
			if got := string(page.Body[o.Start:o.End]); got != o.Quote || got == "" {
				t.Errorf("%s: quote %q, bytes %q", o.Fact, o.Quote, got)
			}
		}
	}
	for fact, want := range map[string]string{"access.api": "restricted", "data.pretraining.disclosure": "described", "card.published": "true", "card.substance": "partial"} {
		if values[fact] != want {
			t.Errorf("%s = %q, want %q", fact, values[fact], want)
		}
	}
	if got := findings(obs, "weights.end.published"); len(got) != 1 || got[0] != audit.NotThere {
		t.Errorf("weights: %v, want absent on the page that was read", got)
	}
}

// TestVendorPagesUnseen: a page that nobody could look at closes nothing.
func TestVendorPagesUnseen(t *testing.T) {
	service := audit.Subject{ID: "catalogue:x"}
	for name, c := range map[string]struct {
		doc  audit.Document
		want audit.Finding
	}{
		"refused":     {vendorDocument("", audit.Refused), audit.Denied},
		"failed":      {vendorDocument("", audit.Failed), audit.NotFetched},
		"log-in form": {vendorDocument(`<html><body>Sign in<input type="password"></body></html>`, audit.Fetched), audit.Unreadable},
		"not a page":  {vendorDocument(`{"ok":true}`, audit.Fetched), audit.Unreadable},
	} {
		got := findings(alone(vendor, newInput(service, []audit.Document{c.doc})), "weights.end.published")
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// TestVendorLeavesHubModelsAlone: a page beside a hub model is not the only source.
func TestVendorLeavesHubModelsAlone(t *testing.T) {
	hub := audit.Subject{Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: "a/b"}}}
	if got := alone(vendor, newInput(hub, []audit.Document{vendorDocument("<html><p>x</p>", audit.Fetched)})); len(got) != 0 {
		t.Errorf("%d observations", len(got))
	}
}
