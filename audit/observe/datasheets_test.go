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
		d := page(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", c.body)
		got := values(datasheets(newInput(model("acme/Quokka-8B", ""), []audit.Document{d})), "datasheet.coverage")
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
		"- [Purpose](#purpose)\n- [Number of instances](#n)\n- [Source data](#s)\n- [Licence](#l)\n- [Uses of the data](#u)\n":                                                       "absent",
		"## Purpose\n\n[More Information Needed]\n\n## Splits\n\n[More Information Needed]\n\n## Source data\n\n[More Information Needed]\n\n## Uses\n\n[More Information Needed]\n": "absent",
	} {
		end := page(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\nA model of language.\n")
		d := page(audit.DocDataCard, audit.RoleData, "acme/news", "# News\n\n"+body)
		got := values(datasheets(newInput(model("acme/Quokka-8B", ""), []audit.Document{end, d})), "datasheet.coverage")
		if got != want {
			t.Errorf("%q: coverage is %q, want %q", body, got, want)
		}
	}
}
