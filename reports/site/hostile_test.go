package site

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"go.yaml.in/yaml/v4"

	"openness/audit"
	"openness/reports"
	"openness/reports/dossier"
	"openness/reports/internal/fixture"
	"openness/reports/ranking"
	"openness/rubric"
)

// Everything that a card, a hub or a reviewer says may be written to harm who
// reads the report. These tests put the worst of it in every field and look at
// every format.

// poison is one string with all that a field may try.
const poison = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onclick=\"alert(3)" +
	"\x1b[31mred\x1b]8;;https://evil.example\x07\x9b2J\u202egpj.exe\u2066\u200b\ufeff\r\nline|`code`*b*[l](javascript:alert(4))]]>-->&amp;</title></style>{{.}}"

// formulas are what a spreadsheet would compute.
var formulas = []string{"=cmd|' /C calc'!A0", "+1+cmd()", "-2+3+cmd()", "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1",
	"\u200b=1+1", "|calc"}

// poisoned is a model with the string in every field that a page can fill.
func poisoned(id, s string) reports.Model {
	body := []byte(fixture.Card + s)
	d := fixture.Document(id, "")
	d.Body, d.SHA256 = body, audit.Hash(body)
	d.URL, d.Revision, d.Path = "https://example.org/"+s, s, s
	quote := audit.Observe(&d, "license.weights.id", s, audit.Span{Start: len(fixture.Card), End: len(body)}, s)
	bad := audit.Document{URL: "javascript:alert(5)//" + s, Outcome: audit.Refused, Status: 403, Detail: s}
	m := fixture.Model(id, s, "opcuopcuopcu")
	m.Subject.Organisation, m.Subject.Released, m.Subject.Label, m.Subject.Base, m.Subject.Target = s, s, s, s, s
	m.Subject.Places = []audit.Place{{Role: audit.RoleEnd, URL: "javascript:alert(6)//" + s}}
	m.Documents = []audit.Document{d, bad, {URL: d.URL, Outcome: audit.Absent, Detail: s}}
	clash := quote
	clash.Fact = "license.conflict.tag_text"
	m.Observations = []audit.Observation{quote, clash}
	m.Bodies = func(string) ([]byte, error) { return body, nil }
	a := &m.Assessments[0]
	for i := range a.Judgements {
		j := &a.Judgements[i]
		j.Reason = s
		j.Observations = []audit.Observation{quote, quote, quote, quote, quote, audit.From(&bad, "code.repository",
			audit.Denied, s), audit.From(&d, "datasheet.published", audit.NotThere, s)}
	}
	review := rubric.Review{Model: id, Dimension: "code", Class: rubric.Open, Reason: s, By: s,
		Link: "javascript:alert(7)//" + s, At: fixture.Day}
	a.Judgements[4].Review, a.Judgements[4].Origin = &review, rubric.FromReview
	m.Reviews = []rubric.Review{review}
	m.History = []reports.HistoryEntry{{At: fixture.Day, Tool: s, Rubric: a.Rubric, Score: a.Score,
		Change: []reports.ClassChanged{{Dimension: s, From: "open", To: "closed"}}}}
	m.Terms = func(string) []reports.LicenseTerm {
		return []reports.LicenseTerm{{Name: "Commercial use", Value: "yes"}}
	}
	return m
}

func hostileReport() ranking.Report {
	r := testReport()
	repeated := func(n int) string { return strings.Repeat("long "+poison+" ", n/(len(poison)+6)) }
	size := 1 << 20
	if testing.Short() {
		size = 1 << 16
	}
	long := poisoned("evil/long", repeated(30_000))
	long.Subject.Name, long.Subject.Organisation, long.Subject.Base = repeated(size), repeated(size), repeated(size)
	r.Models = append(r.Models, poisoned("evil/poison", poison), long)
	for i, f := range formulas {
		r.Models = append(r.Models, poisoned("sheet/"+string(rune('a'+i)), f))
	}
	return r
}

// TestHostileSite reads every file of a site made of hostile fields.
func TestHostileSite(t *testing.T) {
	dir := writeTestSite(t, hostileReport())
	files := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(path, dir+string(filepath.Separator))
		if len(name) > 160 {
			t.Errorf("file name of %d bytes", len(name))
		}
		seemsHarmless(t, name, text)
		checkHostileFile(t, name, text)
		return nil
	})
	if err != nil || files < 40 {
		t.Fatalf("%d files, error %v", files, err)
	}
}

func checkHostileFile(t *testing.T, name string, text []byte) {
	t.Helper()
	switch filepath.Ext(name) {
	case ".html":
		checkHostileHTML(t, name, text)
	case ".svg":
		checkHostileSVG(t, name, text)
	case ".csv":
		checkHostileCSV(t, name, text)
	case ".json":
		if !json.Valid(text) {
			t.Errorf("%s is no JSON", name)
		}
	case ".yaml":
		for d := yaml.NewDecoder(bytes.NewReader(text)); ; {
			var entry map[string]any
			if err := d.Decode(&entry); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(entry) != 14 {
				t.Errorf("%s: an entry has %d keys, want system, org and 12 dimensions", name, len(entry))
			}
		}
	}
}

// seemsHarmless fails on any byte that acts on a screen instead of showing.
func seemsHarmless(t *testing.T, name string, text []byte) {
	t.Helper()
	if !utf8.Valid(text) {
		t.Errorf("%s is not UTF-8", name)
	}
	for i, r := range string(text) {
		if reports.Hidden(r) {
			t.Errorf("%s has %q at byte %d: %q", name, r, i, text[max(0, i-40):min(len(text), i+20)])
			return
		}
	}
	exact := strings.Contains(name, "json") || name == "yaml" // keep values as they are, however long
	if limit := 2 << 20; len(text) > limit && !exact {
		t.Errorf("%s has %d bytes, more than %d", name, len(text), limit)
	}
}

// checkHostileHTML parses a page and looks for what would act.
func checkHostileHTML(t *testing.T, name string, text []byte) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	doc.Find("*").Each(func(_ int, e *goquery.Selection) {
		for _, a := range e.Nodes[0].Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(value, "javascript:") ||
				strings.HasPrefix(value, "vbscript:") {
				t.Errorf("%s: <%s %s=%.60q>", name, e.Nodes[0].Data, a.Key, a.Val)
			}
		}
		if src, ok := e.Attr("src"); ok && (strings.Contains(src, ":") || src == "x") {
			t.Errorf("%s: loads %q", name, src)
		}
	})
	doc.Find("script").Each(func(_ int, e *goquery.Selection) {
		if e.Text() != "" || e.AttrOr("src", "") == "" {
			t.Errorf("%s: an inline script: %.80q", name, e.Text())
		}
	})
	if strings.HasPrefix(name, "models/evil--poison") && !strings.Contains(doc.Find("h1").Text(),
		`<script>alert(1)</script>`) {
		t.Errorf("%s: the name is not shown as it is: %q", name, doc.Find("h1").Text())
	}
	if strings.HasPrefix(name, "models/evil--poison") && !strings.Contains(doc.Find("h1").Text(), `\u202egpj.exe`) {
		t.Errorf("%s: the override is not shown as text: %q", name, doc.Find("h1").Text())
	}
}

func checkHostileSVG(t *testing.T, name string, text []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if e.Name.Local == "script" || e.Name.Local == "foreignObject" || e.Name.Local == "image" ||
			e.Name.Local == "a" {
			t.Errorf("%s has <%s>", name, e.Name.Local)
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
				t.Errorf("%s: <%s %s=%q>", name, e.Name.Local, a.Name.Local, a.Value)
			}
		}
	}
}

// checkHostileCSV opens a file as a spreadsheet does: no cell is a formula, no
// line has a column too many.
func checkHostileCSV(t *testing.T, name string, text []byte) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for n, record := range records {
		for _, cell := range record {
			first, _ := utf8.DecodeRuneInString(strings.TrimSpace(cell))
			if strings.ContainsRune("=+-@|%\t\r＝＋－＠", first) && !json.Valid([]byte(cell)) {
				t.Errorf("%s, line %d: a spreadsheet computes %.60q", name, n+1, cell)
			}
			if len(cell) > 32767 {
				t.Errorf("%s, line %d: a cell of %d bytes, more than a spreadsheet holds", name, n+1, len(cell))
			}
		}
	}
}

// TestHostileFormats writes the same models in every format of every report
// that stands alone.
func TestHostileFormats(t *testing.T) {
	r := hostileReport()
	check := func(t *testing.T, f reports.Format, write func(io.Writer) error) {
		t.Helper()
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		seemsHarmless(t, string(f), b.Bytes())
		switch f {
		case reports.HTML:
			checkHostileHTML(t, string(f), b.Bytes())
		case reports.CSV:
			checkHostileCSV(t, string(f), b.Bytes())
		case reports.JSON:
			if !json.Valid(b.Bytes()) {
				t.Error("no JSON")
			}
		case reports.YAML:
			if err := yaml.Unmarshal(b.Bytes(), new(any)); err != nil {
				t.Error(err)
			}
		case reports.Markdown:
			checkHostileMarkdown(t, b.String())
		case reports.Table, reports.Text:
			for _, line := range strings.Split(b.String(), "\n") {
				if len(line) > 2000 {
					t.Errorf("a line of %d bytes", len(line))
				}
			}
		}
	}
	for _, f := range ranking.Formats() {
		t.Run("ranking "+string(f), func(t *testing.T) {
			check(t, f, func(w io.Writer) error { return ranking.Write(w, r, f, reports.Options{}) })
		})
	}
	for _, f := range ranking.ComparisonFormats() {
		t.Run("comparison "+string(f), func(t *testing.T) {
			few := r
			few.Models = r.Models[4:8]
			check(t, f, func(w io.Writer) error { return ranking.WriteComparison(w, few, f, reports.Options{}) })
		})
	}
	for _, f := range dossier.Formats() {
		t.Run("dossier "+string(f), func(t *testing.T) {
			check(t, f, func(w io.Writer) error {
				return dossier.Write(w, poisoned("evil/poison", poison), []*rubric.Rubric{r.Rubric}, r.Tool, f,
					reports.Options{})
			})
		})
	}
}

// checkHostileMarkdown looks for markup that came through: each of these would
// render as something other than itself.
func checkHostileMarkdown(t *testing.T, text string) {
	t.Helper()
	for _, bad := range []string{"<script", "<img", "[l](", "](javascript:", "](<javascript:", "`code`", "*b*", "]]>",
		"-->"} {
		for at, rest := 0, text; ; {
			i := strings.Index(rest, bad)
			if i < 0 {
				break
			}
			if at += i; at == 0 || text[at-1] != '\\' {
				t.Errorf("markup came through: %q", text[max(0, at-30):min(len(text), at+30)])
				break
			}
			at, rest = at+1, text[at+1:]
		}
	}
}

// TestVisible spells out what acts and keeps what shows.
func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                    "plain",
		"\x1b[31mred":              `\x1b[31mred`,
		"a\u202eb":                 `a\u202eb`,
		"a\r\nb\tc":                "a b c",
		"bad\xff":                  `bad\xff`,
		"zero\u200bwidth":          `zero\u200bwidth`,
		"tag\U000e0041":            `tag\U000e0041`,
		"family 👨‍👩‍👧 emoji":       "family 👨‍👩‍👧 emoji",
		"\u0645\u06cc\u200c\u062e": "\u0645\u06cc\u200c\u062e",
		"line\u2028separator":      `line\u2028separator`,
		"\u0085next\u009bcsi":      `\x85next\x9bcsi`,
	} {
		if got := reports.Visible(in); got != want {
			t.Errorf("Visible(%q) = %q, want %q", in, got, want)
		}
	}
}
