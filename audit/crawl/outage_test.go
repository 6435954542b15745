package crawl_test

import (
	"net/http"
	"testing"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/replay/faults"
)

// wallabyCode is the repository of a model whose page it does not repeat: it tells
// what the code does, and nothing of data, code of the training or papers.
const wallabyCode = "# Wallaby\nThis repository runs Wallaby, a model of language that Acme made in a year of work.\n\n## Usage\nLoad the weights and call `generate` with a prompt of your own.\n"

// TestHubOutage audits a model afresh whose repository is read and whose hub does
// not answer. The card that was not served could tell anything, so nothing is closed
// and nothing lowered. A hub that answers and refuses leaves open what a card is the
// first place for; what a repository or a venue tells first is settled without it.
func TestHubOutage(t *testing.T) {
	settled := map[string]string{"code": "closed", "trainingcode": "closed", "paper": "closed"}
	for _, c := range []struct {
		name   string
		answer http.Handler
		found  audit.Outcome
		closed map[string]string // classes that are given all the same
	}{
		{"overloaded", faults.Answer(503, ""), audit.Failed, nil},
		{"not implemented", faults.Answer(501, ""), audit.Failed, nil},
		{"reset", faults.Reset(), audit.Failed, nil},
		// it says when to ask again
		{"limited for an hour", faults.Answer(429, "", "Retry-After: 3600"), audit.Refused, nil},
		{"refused", faults.Answer(401, `{"error":"Invalid username or password."}`), audit.Refused, settled},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			target := crawl.Target{Text: "acme/model", Kind: crawl.Hub, ID: "acme/model",
				Repositories: []string{"acme/code"}}
			r := (hazard{files: map[string]string{"github/acme/code/files/README.md": wallabyCode},
				over:   map[string]http.Handler{"/api/models/acme": c.answer, "/acme/model": c.answer},
				parsed: &target}).run(t)
			ends(audit.DocModelAPI, "acme/model", c.found)(t, r)
			ends(audit.DocReadme, "acme/code", audit.Fetched)(t, r)
			for dimension, class := range classes(t, r) {
				if want := c.closed[dimension]; want != "" && class != want {
					t.Errorf("%s is %s, want %s", dimension, class, want)
				} else if want == "" && class != "undetermined" {
					t.Errorf("%s is %s though the model's page was not looked at", dimension, class)
				}
			}
		})
	}
}
