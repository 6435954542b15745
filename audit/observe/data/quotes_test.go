package data

import (
	"slices"
	"testing"

	"openness/audit"
)

// TestFrontMatterNamesData: a dataset that front matter names is a name, until the hub
// shows that it is there.
func TestFrontMatterNamesData(t *testing.T) {
	const end, base = "acme/Falco-7B-Chat", "acme/Falco-7B"
	card := barePage(audit.DocModelCard, audit.RoleEnd, end,
		"---\ndatasets:\n- rival/songs\n---\n# Falco\n\nFalco-7B-Chat is a tuned model that sings.\n")
	named := barePage(audit.DocModelCard, audit.RoleEnd, end, "---\ndatasets:\n- rival/songs\n---\n# Falco\n\n"+
		"Falco-7B-Chat was fine-tuned on the Songs-2 dataset.\n")
	shown := pageOf(audit.DocDataCard, audit.RoleData, "rival/songs", "# Songs\n\nSongs of the woods.\n")
	for _, c := range []struct {
		name string
		docs []audit.Document
		want string
		open bool // whether it stays open that the data is there
	}{
		{"the hub shows it", []audit.Document{card, shown}, "downloadable", false},
		{"the hub refuses it", []audit.Document{card, lost(audit.DocDatasetAPI, audit.RoleData, "rival/songs",
			audit.Refused)}, "listed", true},
		{"the hub refuses what prose names", []audit.Document{named, lost(audit.DocDatasetAPI, audit.RoleData, "rival/songs",
			audit.Refused)}, "listed", true},
		{"the hub has none", []audit.Document{card, lost(audit.DocDatasetAPI, audit.RoleData, "rival/songs",
			audit.Absent)}, "listed", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := Read(newInput(model(end, base), c.docs))
			open := slices.ContainsFunc(found, func(o audit.Observation) bool {
				return o.Fact == FineData && !o.Finding.Known()
			})
			if got := values(found, FineData); got != c.want || open != c.open {
				t.Errorf("%q (open: %v), want %q (%v)", got, open, c.want, c.open)
			}
		})
	}
}
