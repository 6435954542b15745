package site

import (
	"bytes"
	"strings"
	"testing"

	"openness/reports"
)

// TestMakersShareAPage: an account and a name of one maker lead to one page.
func TestMakersShareAPage(t *testing.T) {
	r := testReport()
	maker := func(name string) string {
		return map[string]string{"acme": "Acme Corporation", "wide": "Acme Corporation"}[name]
	}
	b := NewBook(Options{Rubric: r.Rubric, At: r.At, MakerOf: maker, Releases: testReleases()}, subjectsOf(r.Models))
	b.Fill(r.Rows())
	if b.OrganisationPage("acme") != b.OrganisationPage("wide") ||
		b.OrganisationPage("acme") != "organisations/Acme-Corporation.html" {
		t.Errorf("pages %q and %q", b.OrganisationPage("acme"), b.OrganisationPage("wide"))
	}
	var page bytes.Buffer
	if ok, err := b.WritePage(&page, "makers.html"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	for _, want := range []string{`<h2 id="Acme">Acme</h2>`, "Bolt", "https://example.org/6",
		`src="figures/makers.svg"`} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page has no %q", want)
		}
	}
}

// testReleases are of two makers.
func testReleases() []reports.Release {
	return []reports.Release{
		{Maker: "Acme", Model: "Acme 1", Released: "2023-01-10", Open: true, Parameters: 7, Hub: "acme/base-7b",
			Source: "https://example.org/1"},
		{Maker: "Acme", Model: "Acme Pro", Released: "2024-01-10", Parameters: 100, Source: "https://example.org/2"},
		{Maker: "Acme", Model: "Acme 2", Released: "2024-03", Open: true, Parameters: 13, Hub: "acme/tuned-7b",
			Source: "https://example.org/3"},
		{Maker: "Acme", Model: "Acme Ultra", Released: "2024-06-20", Source: "https://example.org/4"},
		{Maker: "Bolt", Model: "Bolt", Released: "2024-02-01", Source: "https://example.org/5"},
		{Maker: "Bolt", Model: "Bolt Free", Released: "2025-02-01", Open: true, Source: "https://example.org/6"},
		{Maker: "Gift", Model: "Gift", Released: "2024-02-01", Open: true, Parameters: 3,
			Source: "https://example.org/7"},
	}
}
