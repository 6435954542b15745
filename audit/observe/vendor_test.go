package observe

import (
	"testing"

	"openness/audit"
)

func vendorDocument(body string, outcome audit.Outcome) audit.Document {
	return audit.Document{URL: "https://vendor.example/model", Kind: audit.DocWeb, Place: audit.WebPage,
		Role:    audit.RoleVendor,
		Outcome: outcome, Body: []byte(body), SHA256: audit.Hash([]byte(body))}
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
	for fact, want := range map[string]string{"access.api": "restricted", "data.pretraining.disclosure": "described",
		"card.published": "true", "card.substance": "partial"} {
		if values[fact] != want {
			t.Errorf("%s = %q, want %q", fact, values[fact], want)
		}
	}
	if got := findings(obs, "weights.end.published"); len(got) != 1 || got[0] != audit.NotFetched {
		t.Errorf("weights: %v: a page that is silent closes nothing", got)
	}
}

// TestVendorWithholds: what a maker says to keep closes what it speaks of, and
// sentences on a region, on a feature or on another model close nothing.
func TestVendorWithholds(t *testing.T) {
	service := audit.Subject{ID: "catalogue:heron-4", Name: "Heron 4", Organisation: "Reeds"}
	for text, want := range map[string][]string{
		"The weights of Heron 4 are not publicly available.": {"weights.end.published", "license.weights.openness"},
		"We do not release the weights of Heron 4.":          {"weights.end.published", "license.weights.openness"},
		"Heron 4 is available only through our API.":         {"weights.end.published", "license.weights.openness"},
		"Access to Heron 4 is through the API only.":         {"weights.end.published", "license.weights.openness"},
		"Heron 4 暂不开源，模型权重不对外公开。":                            {"weights.end.published", "license.weights.openness"},
		"Heron 4 仅通过 API 提供服务。":                              {"weights.end.published", "license.weights.openness"},
		"Heron 4 is a proprietary model.":                    {"weights.end.published", "code.training.entry"},
		"This report on Heron 4 gives no further details about the architecture or the hardware.": {"docs.architecture",
			"docs.hardware"},
		"We do not disclose the training data of Heron 4.":                     {"data.pretraining.disclosure"},
		"Heron 4 is available through our API.":                                nil,
		"Heron 4 is not available in your region.":                             nil,
		"The weights of Pipit are not publicly available.":                     nil,
		"The weights of Heron 2 are not publicly available.":                   nil,
		"Heron 4's image feature is only available in the app.":                nil,
		"We do not use your data for the training data of Heron 4.":            nil,
		"The weights of Heron 4 are publicly available.":                       nil,
		"The model weights of Heron 4 are not yet available.":                  nil,
		"Heron 4 is not only available through our API but can be downloaded.": nil,
	} {
		page := vendorDocument("<html><head><title>Prices</title></head><body><h1>Prices</h1><p>"+text+
			"</p></body></html>", audit.Fetched)
		settled := make(map[string]bool)
		for _, o := range alone(vendor, newInput(service, []audit.Document{page})) {
			if o.Finding == audit.NotThere && o.Quote != "" {
				settled[o.Fact] = true
				if o.Quote != text {
					t.Errorf("%q: %s quotes %q", text, o.Fact, o.Quote)
				}
			}
		}
		for _, fact := range want {
			if !settled[fact] {
				t.Errorf("%q does not settle %s", text, fact)
			}
		}
		if len(want) == 0 && len(settled) > 0 {
			t.Errorf("%q settles %v", text, settled)
		}
	}
}

// TestVendorPagesUnseen: a page that nobody could look at closes nothing.
func TestVendorPagesUnseen(t *testing.T) {
	service := audit.Subject{ID: "catalogue:x"}
	for name, c := range map[string]struct {
		doc  audit.Document
		want audit.Finding
	}{
		"refused": {vendorDocument("", audit.Refused), audit.Denied},
		"failed":  {vendorDocument("", audit.Failed), audit.NotFetched},
		"log-in form": {vendorDocument(`<html><body>Sign in<input type="password"></body></html>`, audit.Fetched),
			audit.Unreadable},
		"not a page": {vendorDocument(`{"ok":true}`, audit.Fetched), audit.Unreadable},
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
	if got := alone(vendor, newInput(hub,
		[]audit.Document{vendorDocument("<html><p>x</p>", audit.Fetched)})); len(got) != 0 {
		t.Errorf("%d observations", len(got))
	}
}
