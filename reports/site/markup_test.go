package site

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"openness/reports"
	"openness/reports/dossier"
	"openness/reports/ranking"
	"openness/rubric"
)

// htmlOf reads the HTML pages of a written site, by path within it.
func htmlOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	pages := map[string][]byte{}
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(file) != ".html" {
			return err
		}
		text, err := os.ReadFile(file)
		name, _ := filepath.Rel(dir, file)
		pages[filepath.ToSlash(name)] = text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// TestSiteMarkup holds every page to what a validator would say.
func TestSiteMarkup(t *testing.T) {
	r := hostileReport()
	r.Models = append(r.Models, synthetic(12).Models...)
	dir := writeTestSite(t, r)
	pages := htmlOf(t, dir)
	if len(pages) < 40 {
		t.Fatalf("%d pages", len(pages))
	}
	titles := map[string]string{}
	docs := map[string]*goquery.Document{}
	for name, text := range pages {
		for _, fault := range slices.Concat(nesting(text), structure(text)) {
			t.Errorf("%s: %s", name, fault)
		}
		doc := parsed(t, text)
		docs[name] = doc
		title := doc.Find("title").Text()
		if other, taken := titles[title]; taken && !strings.HasPrefix(name, "models/") &&
			!strings.HasPrefix(name, "organisations/") {
			t.Errorf("%s has the title of %s: %q", name, other, title)
		}
		titles[title] = name
	}
	for name, doc := range docs {
		checkLinks(t, dir, name, doc, docs)
	}
}

// parsed is a page as a reader without scripts gets it: what noscript holds
// is part of it.
func parsed(t *testing.T, text []byte) *goquery.Document {
	t.Helper()
	root, err := html.ParseWithOptions(bytes.NewReader(text), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return goquery.NewDocumentFromNode(root)
}

// TestAloneMarkup holds the single HTML files to the same.
func TestAloneMarkup(t *testing.T) {
	r := hostileReport()
	twice := r.Models[5]
	again := twice.Assessments[0]
	again.Rubric.ID = "test-2"
	twice.Assessments = append(slices.Clone(twice.Assessments), again)
	second := *r.Rubric
	second.ID = "test-2"
	for name, write := range map[string]func(io.Writer) error{
		"ranking":    func(w io.Writer) error { return ranking.Write(w, r, reports.HTML, reports.Options{}) },
		"comparison": func(w io.Writer) error { return ranking.WriteComparison(w, r, reports.HTML, reports.Options{}) },
		"two rubrics": func(w io.Writer) error {
			return dossier.Write(w, twice, []*rubric.Rubric{r.Rubric, &second}, r.Tool, reports.HTML, reports.Options{})
		},
		"dossier": func(w io.Writer) error {
			return dossier.Write(w, r.Models[5], nil, r.Tool, reports.HTML, reports.Options{})
		},
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		for _, fault := range slices.Concat(nesting(b.Bytes()), structure(b.Bytes())) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// blocks end an open paragraph, whatever the author meant.
var blocks = strings.Fields("address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul")

// void elements have no end tag.
var void = strings.Fields("area base br col embed hr img input link meta source track wbr path rect line")

// nesting reads tags as they are written, not as a browser mends them: each is
// closed in turn, no attribute is given twice, no block is within a paragraph.
func nesting(text []byte) []string {
	faults, open := []string{}, []string{}
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				faults = append(faults, err.Error())
			}
			if len(open) > 0 {
				faults = append(faults, fmt.Sprintf("never closed: %q", open))
			}
			return faults
		case html.StartTagToken:
			token := z.Token()
			faults = append(faults, attributeFaults(token)...)
			if slices.Contains(blocks, token.Data) && slices.Contains(open, "p") {
				faults = append(faults, fmt.Sprintf("<%s> within <p>: %q", token.Data, open))
			}
			if token.Data == "a" && slices.Contains(open, "a") || token.Data == "button" && slices.Contains(open, "a") {
				faults = append(faults, fmt.Sprintf("<%s> within <a>", token.Data))
			}
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
		case html.SelfClosingTagToken:
			faults = append(faults, attributeFaults(z.Token())...)
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				return append(faults, fmt.Sprintf("</%s> where %q are open", name, open))
			}
			open = open[:len(open)-1]
		}
	}
}

func attributeFaults(token html.Token) []string {
	faults, seen := []string{}, map[string]bool{}
	for _, a := range token.Attr {
		if seen[a.Key] {
			faults = append(faults, fmt.Sprintf("<%s> has %s twice", token.Data, a.Key))
		}
		seen[a.Key] = true
		if strings.Contains(a.Val, "ZgotmplZ") {
			faults = append(faults, fmt.Sprintf("<%s %s>: the template refused a value", token.Data, a.Key))
		}
	}
	return faults
}

// structure reads a page as assistive technology does.
func structure(text []byte) []string {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(text))
	if err != nil {
		return []string{err.Error()}
	}
	faults := []string{}
	fault := func(format string, values ...any) { faults = append(faults, fmt.Sprintf(format, values...)) }
	if doc.Find("html").AttrOr("lang", "") != "en" {
		fault("no language")
	}
	if strings.TrimSpace(doc.Find("head > title").Text()) == "" || doc.Find("head > meta[charset]").Length() != 1 ||
		doc.Find("head > meta[name=viewport]").Length() != 1 {
		fault("no title, character set or viewport")
	}
	if doc.Find("main").Length() != 1 || doc.Find("main h1").Length() != 1 {
		fault("%d main parts, %d first headings", doc.Find("main").Length(), doc.Find("h1").Length())
	}
	level := 0
	doc.Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, h *goquery.Selection) {
		n := int(goquery.NodeName(h)[1] - '0')
		if n > level+1 {
			fault("heading %q of level %d after level %d", h.Text(), n, level)
		}
		if strings.TrimSpace(h.Text()) == "" {
			fault("an empty heading of level %d", n)
		}
		level = n
	})
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) {
		id := e.AttrOr("id", "")
		if ids[id] || id == "" || strings.ContainsAny(id, " \t\n") {
			fault("id %q is empty, broken or taken", id)
		}
		ids[id] = true
	})
	for _, attribute := range []string{"for", "list", "aria-labelledby", "aria-describedby", "aria-controls"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, e *goquery.Selection) {
			for _, id := range strings.Fields(e.AttrOr(attribute, "")) {
				if !ids[id] {
					fault("%s=%q points at nothing", attribute, id)
				}
			}
		})
	}
	doc.Find("input, select").Each(func(_ int, e *goquery.Selection) {
		id := e.AttrOr("id", "")
		if e.AttrOr("aria-label", "") == "" && doc.Find("label[for='"+id+"']").Length() != 1 {
			fault("field %q has no label", id)
		}
	})
	doc.Find("img:not([alt])").Each(func(_ int, e *goquery.Selection) {
		fault("an image without alternative text: %s", e.AttrOr("src", ""))
	})
	return append(faults, tableFaults(doc)...)
}

// tableFaults counts cells: every row of a table has as many as its first.
func tableFaults(doc *goquery.Document) []string {
	faults := []string{}
	doc.Find("table").Each(func(_ int, table *goquery.Selection) {
		if table.Find("th[scope]").Length() == 0 {
			faults = append(faults, "a table without headings")
		}
		want := -1
		table.Find("tr").Each(func(i int, tr *goquery.Selection) {
			n := 0
			tr.ChildrenFiltered("td, th").Each(func(_ int, c *goquery.Selection) {
				span := 1
				if s, ok := c.Attr("colspan"); ok {
					_, _ = fmt.Sscan(s, &span)
				}
				n += span
			})
			if want < 0 {
				want = n
			}
			if n != want {
				faults = append(faults, fmt.Sprintf("row %d has %d cells, the first has %d", i, n, want))
			}
		})
	})
	return faults
}

// checkLinks follows every link, style sheet, script and image of a page
// within the site, and its fragment.
func checkLinks(t *testing.T, dir, name string, doc *goquery.Document, docs map[string]*goquery.Document) {
	t.Helper()
	doc.Find("[href], [src]").Each(func(_ int, e *goquery.Selection) {
		link := e.AttrOr("href", e.AttrOr("src", ""))
		u, err := url.Parse(link)
		if err != nil {
			t.Errorf("%s: link %q: %v", name, link, err)
			return
		}
		if u.Scheme == "https" || u.Scheme == "http" {
			return
		}
		if u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/") {
			t.Errorf("%s: link %q leads out of the folder", name, link)
			return
		}
		target := name
		if u.Path != "" {
			target = path.Join(path.Dir(name), u.Path)
		}
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(target))); err != nil {
			t.Errorf("%s: link %q: %v", name, link, err)
			return
		}
		// the script reads it
		if slug, chosen := strings.CutPrefix(u.Fragment, "m="); chosen && target == "compare.html" {
			if docs["models/"+slug+".html"] == nil {
				t.Errorf("%s: link %q compares a model that the site has not", name, link)
			}
			return
		}
		if page := docs[target]; page != nil && u.Fragment != "" && page.Find("[id='"+u.Fragment+"']").Length() != 1 {
			t.Errorf("%s: link %q: no such place", name, link)
		}
	})
}

// TestSiteParts reads a long ranking without scripts: every model is on one of
// its pages, once, in order, and each page leads to all others.
func TestSiteParts(t *testing.T) {
	r := synthetic(451)
	dir := writeTestSite(t, r)
	pages := htmlOf(t, dir)
	docs := map[string]*goquery.Document{}
	for name, text := range pages {
		docs[name] = parsed(t, text)
	}
	names := []string{}
	for _, name := range []string{"index.html", "ranking/2.html", "ranking/3.html"} {
		for _, fault := range slices.Concat(nesting(pages[name]), structure(pages[name])) {
			t.Errorf("%s: %s", name, fault)
		}
		checkLinks(t, dir, name, docs[name], docs)
		docs[name].Find("tbody th.name > a:first-child").Each(func(_ int, a *goquery.Selection) {
			names = append(names, a.Text())
		})
		if n := docs[name].Find("nav.pages a").Length(); n != 2 {
			t.Errorf("%s leads to %d other pages, want 2", name, n)
		}
	}
	want := []string{}
	for _, row := range r.Rows() {
		want = append(want, row.Name)
	}
	if !slices.Equal(names, want) {
		t.Errorf("%d models on the pages, want all %d in order", len(names), len(want))
	}
}

// TestSiteWeight bounds what a reader of the ranking loads.
func TestSiteWeight(t *testing.T) {
	dir := writeTestSite(t, synthetic(200))
	total := int64(0)
	for _, name := range []string{"index.html", "data/ranking.js", "assets/ranking.js", "assets/site.css"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-18s %7d bytes", name, info.Size())
		total += info.Size()
	}
	if total > 1<<20 {
		t.Errorf("the ranking of 200 models weighs %d bytes, want at most 1 MiB", total)
	}
}
