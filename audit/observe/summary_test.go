package observe

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
)

// madeSummary is a summary in the form of the template, on an invented model.
const madeSummary = `# Public summary of training content for Dotterel

## 1. General information

### 1.1 Provider identification

Library of the Uplands, Hill Street 1.

### 1.2 Model identification

Dotterel-3B, placed on the market in May 2031.

### 1.3 Modalities, overall training data size and other characteristics

Text, between one and ten trillion tokens.

## 2. List of data sources

### 2.1 Publicly available datasets

We used HeatherCrawl and Wikipedia, both of which can be downloaded.

### 2.2 Private non-publicly available datasets obtained from third parties

No such data was used.

### 2.3 Data crawled and scraped from online sources

Our crawler visited the sites of village libraries from 2029 to 2030.

### 2.4 User data

N/A

### 2.5 Synthetic data

[to be filled]

## 3. Data processing aspects

### 3.1 Respect of reservation of rights

Robots files were followed.

### 3.2 Removal of illegal content

Pages on a list of the police were left out.
`

// summarised is a model of whose training content its makers have a page.
func summarised(text string) together {
	d := audit.Document{URL: "https://uplands.example/summary" + document.TextMark, Kind: audit.DocProse,
		Place:   audit.WebPage,
		PlaceID: "https://uplands.example/summary", Role: audit.RoleVendor,
		Outcome: audit.Fetched, Body: []byte(text), SHA256: audit.Hash([]byte(text))}
	model := pageOf(audit.DocModelCard, audit.RoleEnd, "uplands/dotterel-v1-3b",
		"# Dotterel 3B\n\nDotterel was trained from scratch by two persons at a library.\n")
	s := audit.Subject{ID: model.PlaceID, Name: "dotterel-v1-3b", Organisation: "uplands",
		Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: model.PlaceID}}}
	return together{"a summary of training content", s, []audit.Document{model, d}}
}

// TestTrainingSummary: a page in the template's form is a summary, its filled sections
// are listed, and its sources are sources; pages that merely speak of data are none.
func TestTrainingSummary(t *testing.T) {
	rows := "# Dotterel: summary of training data\n\n| Field | Answer |\n|---|---|\n| Provider name | Library of the Uplands |\n| Versioned model name(s) | Dotterel-3B |\n" +
		"| Modalities | Text |\n| Large publicly available datasets | PeatText, https://peat.example/set |\n| User data | No |\n"
	for _, c := range []struct {
		name, text  string
		sections    []string
		disclosure  string
		isNoSummary bool
	}{
		{name: "form", text: madeSummary, sections: []string{"provider", "model", "modalities", "public datasets",
			"private datasets", "crawled data", "rights", "illegal content"}, disclosure: "listed"},
		{name: "wrapped, with other line ends", text: strings.ReplaceAll(strings.ReplaceAll(madeSummary,
			"Uplands, Hill", "Uplands,\n   Hill"), "\n", "\r\n"),
			sections: []string{"provider", "model", "modalities", "public datasets", "private datasets", "crawled data",
				"rights", "illegal content"}, disclosure: "listed"},
		{name: "untitled", text: strings.Replace(madeSummary, "Public summary of training content for ", "", 1),
			sections: []string{"provider"}, disclosure: "listed"},
		{name: "table", text: rows, sections: []string{"provider", "model", "modalities", "public datasets",
			"user data"}, disclosure: "listed"},
		{name: "kinds only", text: strings.Replace(madeSummary, "HeatherCrawl and Wikipedia", "some pages and books",
			1), sections: []string{"public datasets"}, disclosure: "described"},
		{name: "empty form", text: "# Public summary of training content for Dotterel\n\n## 1.1 Provider identification\n\nN/A\n\n## 1.2 Model identification\n\n[…]\n\n## 2.4 User data\n\n", isNoSummary: true},
		{name: "of another version", text: strings.ReplaceAll(madeSummary, "for Dotterel", "for Dotterel 2"),
			isNoSummary: true},
		{name: "of another model", text: strings.ReplaceAll(madeSummary, "Dotterel", "Pipit"), isNoSummary: true},
		{name: "data page", text: "# Data\n\nDotterel was trained on a corpus. Illegal content was removed.\n\n## Synthetic data\n\nNone.\n\n## User data\n\nNone.\n", isNoSummary: true},
	} {
		told := summarised(c.text)
		d := told.docs[1]
		got, published, disclosure := map[string]string{}, false, ""
		for _, o := range All(told.s, told.docs) {
			if o.Finding != audit.Present || o.URL != d.URL {
				continue
			}
			if o.Quote != string(d.Body[o.Start:o.End]) || o.Quote == "" {
				t.Errorf("%s: %s: the quote %q is not what is stored", c.name, o.Fact, o.Quote)
			}
			switch o.Fact {
			case "summary.sections":
				got[o.Value] = o.Quote
			case "summary.published":
				published = true
			case data.PreData:
				if disclosure != "listed" {
					disclosure = o.Value
				}
			}
		}
		if said := strings.Join(strings.Fields(got["provider"]), " "); said != "" &&
			!strings.Contains(said, "Library of the Uplands") {
			t.Errorf("%s: the provider's quote is %q", c.name, said)
		}
		if said := got["illegal content"]; said != "" && said != "Pages on a list of the police were left out." {
			t.Errorf("%s: the quote on illegal content is %q", c.name, said)
		}
		if published == c.isNoSummary {
			t.Errorf("%s: a summary: %v", c.name, published)
		}
		for _, section := range c.sections {
			if got[section] == "" {
				t.Errorf("%s: the section %q is not filled, of %v", c.name, section, got)
			}
		}
		if got["user data"] == "N/A" || got["synthetic data"] != "" {
			t.Errorf("%s: a field that nobody filled counts: %v", c.name, got)
		}
		if !c.isNoSummary && disclosure != c.disclosure {
			t.Errorf("%s: pre-training data is %q, want %q", c.name, disclosure, c.disclosure)
		}
	}
}

// TestSummaryOfLongRows: a page that is a summary by its rows alone, each too long to be a heading, is quoted by the
// first of them.
func TestSummaryOfLongRows(t *testing.T) {
	text := "# Dotterel\n\n| Field | Answer |\n|---|---|\n"
	for _, label := range []string{"Provider name", "Versioned model name(s)", "Modalities",
		"Large publicly available datasets", "User data", "Reservation of rights", "Illegal content"} {
		text += "| " + label + " | " + strings.Repeat("As told on the page of the village, and no more. ", 5) + "|\n"
	}
	told := summarised(text)
	for _, o := range All(told.s, told.docs) {
		if o.Fact == "summary.published" && o.Finding == audit.Present {
			if !strings.Contains(o.Quote, "Provider name") {
				t.Errorf("the quote is %q", o.Quote)
			}
			return
		}
	}
	t.Error("no summary")
}
