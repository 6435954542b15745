package data

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// TestDataOfOthers: a dataset that a sentence gives to the model that it sets this one
// apart from is none of this one's; one that follows such an aside is.
func TestDataOfOthers(t *testing.T) {
	const link = "[Songs](https://huggingface.co/datasets/rival/songs)"
	for sentence, want := range map[string]bond{
		"Unlike Merlin, which was trained on " + link + ", Falco-7B was trained on private data.":      apart,
		"In contrast to Merlin, that was pre-trained on " + link + ", Falco-7B saw none of the songs.": apart,
		"Unlike Merlin, which was kept, Falco-7B was trained on " + link + ".":                         learnt,
		"Unlike Merlin, Falco-7B was trained on " + link + ".":                                         learnt,
		"The predecessor was trained on " + link + ".":                                                 apart,
	} {
		if got := bondOf(sentence); got != want {
			t.Errorf("%d, want %d: %s", got, want, sentence)
		}
	}
}

// TestDataTakenDown: the makers' own dataset that the hub refuses for legal reasons is
// not there to download, as one that it refuses to strangers.
func TestDataTakenDown(t *testing.T) {
	const id = "acme/Falco-7B"
	card := barePage(audit.DocModelCard, audit.RoleEnd, id,
		"# Falco\n\nFalco-7B was pre-trained on [Songs](https://huggingface.co/datasets/acme/songs).\n")
	for _, status := range []int{http.StatusUnauthorized, http.StatusUnavailableForLegalReasons} {
		answer := lost(audit.DocDatasetAPI, audit.RoleData, "acme/songs", audit.Refused)
		answer.Status = status
		found := Read(newInput(model(id, ""), []audit.Document{card, answer}))
		if got := values(found, PreData); got != "refused" {
			t.Errorf("%d: the data is %s", status, got)
		}
	}
}

// TestDataNotLookedAt: a dataset that was asked for in vain is named, and whether it is
// there to download stays open; what is there of others settles it.
func TestDataNotLookedAt(t *testing.T) {
	const id = "acme/Falco-7B"
	const songs, calls = "[Songs](https://huggingface.co/datasets/acme/songs)",
		"[Calls](https://huggingface.co/datasets/acme/calls)"
	for text, want := range map[string]string{
		songs:                                    "listed",
		songs + " and " + calls:                  "downloadable",
		"[Songs](https://zenodo.org/records/77)": "listed",
	} {
		card := barePage(audit.DocModelCard, audit.RoleEnd, id, "# Falco\n\nFalco-7B was pre-trained on "+text+".\n")
		answer := lost(audit.DocDatasetAPI, audit.RoleData, "acme/songs", audit.Failed)
		record := lost(audit.DocOther, audit.RoleData, "https://zenodo.org/records/77", audit.Failed)
		record.Place = audit.WebPage
		there := pageOf(audit.DocDatasetAPI, audit.RoleData, "acme/calls",
			`{"id":"acme/calls","siblings":[{"rfilename":"calls.parquet"}]}`)
		found := Read(newInput(model(id, ""), []audit.Document{card, answer, record, there}))
		open := slices.ContainsFunc(found, func(o audit.Observation) bool { return o.Fact == PreData && !o.Finding.Known() })
		if got := values(found, PreData); !strings.HasPrefix(got, want) || open != (want == "listed") {
			t.Errorf("%q (open: %v), want %q: %s", got, open, want, text)
		}
	}
}
