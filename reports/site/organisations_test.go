package site

import (
	"bytes"
	"strings"
	"testing"

	"openness/reports"
	"openness/reports/internal/fixture"
	"openness/reports/ranking"
)

// TestOrganisationsPage: an organisation of which something is not known says
// so, and names are in the order of letters, not of bytes.
func TestOrganisationsPage(t *testing.T) {
	var rows []ranking.Row
	for i, org := range []string{"beta", "Zeta", "beta"} {
		m := fixture.Model(org+"/m", "M", "oooooooooooo")
		row := ranking.RowOf(&m, fixture.Rubric())
		row.Access = []reports.Access{reports.WeightsPublished, reports.WeightsPublished, reports.AccessUnknown}[i]
		rows = append(rows, row)
	}
	b := NewBook(Options{Rubric: fixture.Rubric(), At: fixture.Day}, nil)
	b.Fill(rows)
	var page bytes.Buffer
	if _, err := b.WritePage(&page, "organisations/index.html"); err != nil {
		t.Fatal(err)
	}
	text := page.String()
	if !strings.Contains(text, "<h2>Open weights only ") ||
		strings.Index(text, ">beta<") > strings.Index(text, ">Zeta<") {
		t.Errorf("page:\n%s", text)
	}
	const cells = `<td class="num">2</td><td class="num">1</td><td class="num">0</td><td class="num">1</td>`
	if !strings.Contains(text, cells) {
		t.Errorf("no cells %s in\n%s", cells, text)
	}
}
