package reports

import (
	"bytes"
	"html/template"
	"strings"
	"testing"

	"openness/audit"
)

// FuzzEscape: what markup makes of a text is what html/template makes of it.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "plain", "<script>alert(1)</script>", `"'&+<>` + "\x00é模\xff", "&amp;"} {
		f.Add(seed)
	}
	page := template.Must(template.New("").Parse(`<p title="{{.}}">{{.}}</p>`))
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		if err := page.Execute(&want, s); err != nil {
			t.Fatal(err)
		}
		if got := newMarkup().raw(`<p title="`).text(s).raw(`">`).text(s).raw(`</p>`).html(); string(got) != want.String() {
			t.Errorf("%q is written %q, want %q", s, got, want.String())
		}
	})
}

// FuzzVisible: a text that is taken for visible as it is would not be changed.
func FuzzVisible(f *testing.F) {
	for _, seed := range []string{"", " ", "a  b", "plain words", "a ", "tab\there", "\x7f", "\x1b[31m", "é\u202e", "\u2028", "x\xff", "\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsFunc(Visible(s), hidden) {
			t.Errorf("%q shows as %q", s, Visible(s))
		}
		if plainLine(s) && strings.Join(strings.Fields(s), " ") != s {
			t.Errorf("%q is no plain line", s)
		}
		if visibleAlready(s) != visibleAlready([]byte(s)) || visibleAlready(s) && strings.ContainsFunc(s, hidden) {
			t.Errorf("%q is taken for visible", s)
		}
	})
}

// TestQuotesOnce: words that several facts rest on are shown once, with all
// that is said of them.
func TestQuotesOnce(t *testing.T) {
	d := testDocument("acme/base-7b", testCard)
	m := testModel("acme/base-7b", "Base 7B", "oooooooooooo")
	j := &m.Assessments[0].Judgements[0]
	j.Observations = []audit.Observation{quoteOf(&d, "weights.end.published", "true", "We release all weights"),
		quoteOf(&d, "weights.end.gate", "none", "We release all weights"), quoteOf(&d, "license.weights.id", "Apache-2.0", "Apache-2.0")}
	got := string(judgements(m.judgedOf(m.Assessments[0], testRubric(), quotesSeen{})[:1]))
	if n := strings.Count(got, "<blockquote"); n != 2 {
		t.Errorf("%d quotes, want 2:\n%s", n, got)
	}
	for _, says := range []string{"weights.end.published = true", "weights.end.gate = none", "license.weights.id = Apache-2.0"} {
		if !strings.Contains(got, says) {
			t.Errorf("nothing says %q", says)
		}
	}
}

// TestOrganisationsPage: an organisation of which something is not known says
// so, and names are in the order of letters, not of bytes.
func TestOrganisationsPage(t *testing.T) {
	var rows []Row
	for i, org := range []string{"beta", "Zeta", "beta"} {
		m := testModel(org+"/m", "M", "oooooooooooo")
		row := RowOf(&m, testRubric())
		row.Access = []Access{WeightsPublished, WeightsPublished, AccessUnknown}[i]
		rows = append(rows, row)
	}
	b := NewBook(SiteOptions{Rubric: testRubric(), At: day}, nil)
	b.Fill(rows)
	var page bytes.Buffer
	if _, err := b.WritePage(&page, "organisations/index.html"); err != nil {
		t.Fatal(err)
	}
	text := page.String()
	if !strings.Contains(text, "<h2>Open weights only ") || strings.Index(text, ">beta<") > strings.Index(text, ">Zeta<") {
		t.Errorf("page:\n%s", text)
	}
	const cells = `<td class="num">2</td><td class="num">1</td><td class="num">0</td><td class="num">1</td>`
	if !strings.Contains(text, cells) {
		t.Errorf("no cells %s in\n%s", cells, text)
	}
}
