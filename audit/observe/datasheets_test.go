package observe

import (
	"testing"

	"openness/audit"
)

// Parts of an invented datasheet.
const (
	sheetMotive  = "Why the collection was made: it was created for research on newspapers, its purpose being study.\n\n"
	sheetParts   = "It is made up of two thousand instances, each a page, in four languages.\n\n"
	sheetSources = "The pages were collected from three libraries.\n\n"
	sheetLicence = "It is released under CC-BY-4.0.\n\n"
)

// TestDatasheetWithin: a card may hold the datasheet of its data in a section;
// the same words elsewhere in it are no datasheet.
func TestDatasheetWithin(t *testing.T) {
	all := sheetMotive + sheetParts + sheetSources + sheetLicence
	for name, c := range map[string]struct{ body, want string }{
		"section of its own":   {"# Quokka\n\nA model.\n\n## Datasheet\n\n### Motivation\n\n" + all, "0.57"},
		"no such section":      {"# Quokka\n\nA model.\n\n## Training data\n\n" + all, "absent"},
		"less than half of it": {"# Quokka\n\nA model.\n\n## Datasheet\n\n" + sheetParts + sheetSources, "absent"},
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", c.body)
		got := values(alone(datasheets, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})),
			"datasheet.coverage")
		if got != c.want {
			t.Errorf("%s: coverage is %q, want %q", name, got, c.want)
		}
	}
}

// TestDatasetCard: a dataset's card counts with more than half of the sections.
func TestDatasetCard(t *testing.T) {
	for body, want := range map[string]string{
		sheetMotive + sheetParts + sheetSources + sheetLicence: "0.57",
		sheetParts + sheetSources + sheetLicence:               "absent",
		"- [Purpose](#purpose)\n- [Number of instances](#n)\n- [Source data](#s)\n- [Licence](#l)\n- [Uses of the data](#u)\n": "absent",
		// A question is answered by what follows it, and no answer itself.
		"Why was it created?\n\nSo that old newspapers can be studied by everybody.\n\n" + sheetParts + sheetSources +
			sheetLicence: "0.57",
		"Why was it created?\n\n" + sheetParts + sheetSources +
			sheetLicence: "absent",
		// One sentence does not fill four sections.
		"The aim of this list of two thousand instances, collected and cleaned for everybody, is that it be used for study.\n": "absent",
		"Pages are collected from libraries. " + sheetParts + sheetLicence +
			"You must clean the text and add it to our list.\n": "absent",
		"## Purpose\n\n[Needs More Information]\n\n## Splits\n\n[Needs More Information]\n\n" + sheetSources +
			sheetLicence: "absent",
		// A section that leaves a question of its form open is covered by half.
		sheetMotive + sheetParts + "## Collection\n\n" + sheetSources + "### Annotations\n\n[More Information Needed]\n\n" +
			"### Annotators\n\n[More Information Needed]\n\n## Terms\n\n" + sheetLicence: "0.50",
		"## Purpose\n\n[More Information Needed]\n\n## Splits\n\n[More Information Needed]\n\n## Source data\n\n[More Information Needed]\n\n## Uses\n\n[More Information Needed]\n": "absent",
	} {
		end := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\nA model of language.\n")
		d := pageOf(audit.DocDataCard, audit.RoleData, "acme/news", "# News\n\n"+body)
		got := values(alone(datasheets, newInput(model("acme/Quokka-8B", ""), []audit.Document{end, d})),
			"datasheet.coverage")
		if got != want {
			t.Errorf("%q: coverage is %q, want %q", body, got, want)
		}
	}
}

// TestDatasheetOfOne: of several datasets the one that has a datasheet documents
// its share of the data.
func TestDatasheetOfOne(t *testing.T) {
	end := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\nA model of language.\n")
	full := pageOf(audit.DocDataCard, audit.RoleData, "acme/news", "# News\n\n"+sheetMotive+sheetParts+sheetSources+
		sheetLicence)
	thin := pageOf(audit.DocDataCard, audit.RoleData, "acme/talks", "# Talks\n\nTalks of the day.\n")
	refused := lost(audit.DocDataCard, audit.RoleData, "acme/songs", audit.Refused)
	for want, docs := range map[string][]audit.Document{"0.57": {end, full}, "0.29": {end, full, thin},
		"0.19": {end, full, thin, refused}} {
		if got := values(alone(datasheets, newInput(model("acme/Quokka-8B", ""), docs)),
			"datasheet.coverage"); got != want {
			t.Errorf("%d documents: coverage is %q, want %q", len(docs), got, want)
		}
	}
}

// TestDatasheetFile: a repository's page on data counts by its path, unless it
// lies among programs.
func TestDatasheetFile(t *testing.T) {
	top := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\nA model of language.\n")
	for path, want := range map[string]string{"data/README.md": "0.57", "DATASHEET.md": "0.57",
		"tools/datasets/README.md": "absent", "docs/tuning.md": "absent"} {
		d := pageOf(audit.DocProse, audit.RoleCode, "acme/quokka", "# News for Quokka\n\n"+sheetMotive+sheetParts+
			sheetSources+sheetLicence)
		d.Path, d.URL = path, "https://example.org/"+path
		if got := values(alone(datasheets, newInput(model("acme/Quokka-8B", ""), []audit.Document{top, d})),
			"datasheet.coverage"); got != want {
			t.Errorf("%s: coverage is %q, want %q", path, got, want)
		}
	}
}

// TestDatasheetElsewhere: data that is named may have a datasheet on a page of
// its own, which has to be looked at before there is none.
func TestDatasheetElsewhere(t *testing.T) {
	card := func(text string) audit.Document {
		return pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n## Training data\n\n"+text+"\n")
	}
	const hub = "Quokka was pre-trained on [talks](https://huggingface.co/datasets/acme/talks)."
	thin := pageOf(audit.DocDataCard, audit.RoleData, "acme/talks", "# Talks\n\nTalks of the day.\n")
	for _, test := range []struct {
		name, want string
		docs       []audit.Document
	}{
		{"a dataset of the hub", "not_fetched", []audit.Document{card(hub)}},
		{"its card was read", "absent", []audit.Document{card(hub), thin}},
		{"data that is elsewhere", "not_fetched",
			[]audit.Document{card("Quokka was pre-trained on the SeedPile dataset.")}},
		{"kinds of data", "absent",
			[]audit.Document{card("Quokka was pre-trained on two trillion tokens of publicly available data.")}},
	} {
		if got := values(alone(datasheets, newInput(model("acme/Quokka-8B", ""), test.docs)),
			"datasheet.coverage"); got != test.want {
			t.Errorf("%s: coverage is %q, want %q", test.name, got, test.want)
		}
	}
}

// TestDatasheetLinked: a datasheet that a page links is there, whatever it covers; a card of data is a dataset's page.
func TestDatasheetLinked(t *testing.T) {
	for body, want := range map[string][2]string{
		"Trained on Reeds ([paper](https://example.org/p), [datasheet](https://example.org/d)).": {"true", "unread"},
		"Trained on [Reeds, see its data card](https://huggingface.co/datasets/acme/reeds).":     {"not_fetched", "unread"},
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\nA model of language.\n\n"+body+"\n")
		found := alone(datasheets, newInput(model("acme/Quokka-8B", ""), []audit.Document{d}))
		covers := values(found, "datasheet.coverage")
		if covers == "not_fetched" {
			covers = "unread"
		}
		if got := [2]string{values(found, "datasheet.published"), covers}; got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}
