package observe

import (
	"testing"

	"openness/audit"
	"openness/audit/observe/data"
)

// TestDataIsThere: a dataset that a page links is downloadable where something was
// seen to be there, and a name where nothing was.
func TestDataIsThere(t *testing.T) {
	const linked = "# Quokka 7B\n\nQuokka was fine-tuned on [acme/talks](https://huggingface.co/datasets/acme/talks), 200k dialogues.\n"
	list := func(files string) string {
		return `{"id":"acme/talks","gated":false,"disabled":false,"siblings":[{"rfilename":"README.md"}` + files + `]}`
	}
	lost := func(o audit.Outcome, status int) func(*audit.Document) {
		return func(d *audit.Document) { d.Outcome, d.Status, d.Body, d.SHA256 = o, status, nil, "" }
	}
	for _, test := range []struct {
		name, api, card, want string
		alter                 func(*audit.Document)
	}{
		{"there", list(`,{"rfilename":"data/train.parquet"}`), "# Talks\n\nDialogues.\n", "downloadable", nil},
		{"nobody asked", "", "", "downloadable", nil},
		{"nothing but a card", list(""), "# Talks\n\nDialogues.\n", "listed", nil},
		{"promised", list(""), "# Talks\n\n200k dialogues. Data coming soon.\n", "listed", nil},
		{"moved here", list(`,{"rfilename":"data/train.parquet"}`),
			"# Talks\n\nAt the request of readers, all files have been withdrawn from the old mirror and lie here.\n",
			"downloadable", nil},
		{"without names", list(`,{"rfilename":"data/train.parquet"}`),
			"# Talks\n\nTo respect copyright, in this version the data have been removed of lyrics.\n", "downloadable", nil},
		{"taken down", list(`,{"rfilename":"index.parquet"}`),
			"# Talks\n\nDue to copyright complaints all files have been taken down.\n", "listed", nil},
		{"a sample", list(`,{"rfilename":"talks_sample.jsonl"}`), "# Talks\n\nDialogues.\n", "listed", nil},
		{"a part that is said to be one", list(`,{"rfilename":"1m/part.jsonl"}`),
			"# Talks\n\nA 1M subsample of the corpus. The full corpus is not released.\n", "listed", nil},
		{"disabled", `{"id":"acme/talks","disabled":true,"siblings":[{"rfilename":"x.parquet"}]}`, "", "", nil},
		{"refused", "{}", "", "", lost(audit.Refused, 401)},
		{"gone", "{}", "", "", lost(audit.Absent, 404)},
		{"failing", "{}", "", "listed", lost(audit.Failed, 503)},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/quokka-7b", linked)}
			if test.api != "" {
				d := pageOf(audit.DocDatasetAPI, audit.RoleData, "acme/talks", test.api)
				d.Place = audit.HubDataset
				if test.alter != nil {
					test.alter(&d)
				}
				docs = append(docs, d)
			}
			if test.card != "" {
				d := pageOf(audit.DocDataCard, audit.RoleData, "acme/talks", test.card)
				d.Place = audit.HubDataset
				docs = append(docs, d)
			}
			s := audit.Subject{ID: "acme/quokka-7b", Name: "quokka-7b", Organisation: "acme",
				Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: "acme/quokka-7b"}}}
			best := ""
			for _, o := range All(s, docs) {
				if o.Fact == data.FineData && o.Finding == audit.Present && (best == "" || o.Value == "downloadable") {
					best = o.Value
				}
			}
			if best != test.want {
				t.Errorf("%q, want %q", best, test.want)
			}
		})
	}
}

// TestRefusedLink: weights that a page offers at a link that the hub refuses are not
// there, unless the user named that model.
func TestRefusedLink(t *testing.T) {
	for _, given := range []bool{false, true} {
		readme := inRepository(audit.DocReadme, "acme/falco", "README.md",
			"# Falco\n\nWe release the weights: [Hugging Face](https://huggingface.co/acme/falco).\n")
		api := pageOf(audit.DocModelAPI, audit.RoleEnd, "acme/falco", "{}")
		api.Outcome, api.Status, api.Body, api.SHA256 = audit.Refused, 401, nil, ""
		s := audit.Subject{ID: "github:acme/falco", Name: "falco", Organisation: "acme", Places: []audit.Place{
			{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: "acme/falco", Given: true},
			{Kind: audit.HubModel, Role: audit.RoleEnd, ID: "acme/falco", Given: given}}}
		found := false
		for _, o := range All(s, []audit.Document{readme, api}) {
			found = found || o.Fact == "weights.end.published" && o.Finding == audit.Present
		}
		if found != given {
			t.Errorf("given %v: weights are published: %v", given, found)
		}
	}
}
