package site

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"openness/reports"
	"openness/reports/ranking"
)

// The tests of this file open a written site from the disk in a real browser,
// as a reader would who was sent the folder.

// publishedReport has models of every kind and enough others to fill a screen.
func publishedReport() ranking.Report {
	r := synthetic(30)
	r.Models = append(r.Models, testReport().Models...)
	return r
}

// kinds has one page of each kind.
func kinds(r ranking.Report) []string {
	b := NewBook(Options{Rubric: r.Rubric}, subjectsOf(r.Models))
	return []string{"index.html", "compare.html", "organisations/index.html", "figures/index.html", "rubric.html",
		"downloads/index.html", "about.html", b.OrganisationPage("acme"), b.ModelPage("acme/tuned-7b", ""),
		b.ModelPage("evil/bad", "")}
}

func TestBrowserSort(t *testing.T) {
	b := openTab(t, chromium(t), writeTestSite(t, publishedReport()))
	b.open("index.html")
	column := func(n int) []string {
		return b.texts(fmt.Sprintf("#grid tbody tr:not(.unranked) > :nth-child(%d)", n))
	}
	if got := b.texts(`th[aria-sort]`); len(got) != 1 || !strings.HasPrefix(got[0], "Rank") {
		t.Errorf("sorted at first by %q", got)
	}
	byRank := column(3)
	b.click(`th[data-sort="name"] button`)
	if got := b.texts(`th[aria-sort="ascending"]`); len(got) != 1 || got[0] != "Model" {
		t.Errorf("ascending after a click on Model: %q", got)
	}
	names := column(3)
	if !slices.IsSortedFunc(b.texts("#grid tbody th.name > a:first-child"), naturally) || slices.Equal(names, byRank) {
		t.Errorf("models in order of name: %q", names)
	}
	b.click(`th[data-sort="name"] button`)
	if got := b.texts(`th[aria-sort="descending"]`); len(got) != 1 || column(3)[0] != names[len(names)-1] {
		t.Errorf("after a second click: %q, first %q", got, column(3)[0])
	}
	b.click(`th[data-sort="weights_end"] button`)
	classes := b.texts(`#grid tbody td.cell:nth-child(10) i`)
	for i := range classes {
		classes[i] = strings.ReplaceAll(classes[i], "\u00ad", "") // where the name may be broken
	}
	order := map[string]int{"open": 0, "partial": 1, "closed": 2, "undetermined": 3}
	if len(classes) != 35 || !slices.IsSortedFunc(classes, func(x, y string) int { return order[x] - order[y] }) {
		t.Errorf("classes in order of the column: %q", classes)
	}
	if hash := eval[string](b, "location.hash"); !strings.Contains(hash, "sort=-weights_end") {
		t.Errorf("the address does not keep the order: %q", hash)
	}
}

// naturally compares as the page does: numbers by value, without regard to case.
func naturally(x, y string) int {
	number := func(s string) (n int, ok bool) {
		_, err := fmt.Sscanf(s, "Model %d Instruct", &n)
		return n, err == nil
	}
	if m, ok := number(x); ok {
		if n, ok := number(y); ok {
			return m - n
		}
	}
	return 0 // other names follow rules of collation that are the browser's
}

func TestBrowserFilter(t *testing.T) {
	r := publishedReport()
	b := openTab(t, chromium(t), writeTestSite(t, r))
	b.open("index.html")
	rows := r.Rows()
	expect := func(what string, keep func(ranking.Row) bool) {
		t.Helper()
		want := []string{}
		for _, row := range rows {
			if keep(row) {
				want = append(want, reports.Label(row.Name))
			}
		}
		got := b.texts("#grid tbody th.name > a:first-child")
		if len(want) == 0 || len(want) == len(rows) || !slices.Equal(got, want) {
			t.Errorf("%s: shows %q, want %q", what, got, want)
		}
		if status := b.texts("#status")[0]; status != fmt.Sprintf("%d of %d models", len(want), len(rows)) {
			t.Errorf("%s: status says %q", what, status)
		}
		b.click("#reset")
		b.eventually(fmt.Sprintf("document.querySelectorAll('#grid tbody tr:not(.unranked)').length === %d", len(rows)))
	}
	b.enter("#f-text", "BASE 7b")
	expect("text", func(r ranking.Row) bool { return strings.Contains(strings.ToLower(r.Name), "base 7b") })
	b.enter("#f-org", "acme")
	expect("organisation", func(r ranking.Row) bool { return r.Organisation == "acme" })
	b.choose("#f-license", "Apache-2.0")
	expect("licence", func(r ranking.Row) bool { return r.License == "Apache-2.0" })
	b.choose("#f-from", "2024")
	b.choose("#f-to", "2025")
	expect("date", func(r ranking.Row) bool { return r.Released >= "2024" && r.Released < "2026" })
	b.choose("#f-access", "s")
	expect("release", func(r ranking.Row) bool { return r.Access == reports.ServiceOnly })
	b.click("#by-class > summary")
	for _, c := range reports.Classes() {
		b.choose("#d-code", string(c[:1]))
		expect("code "+string(c), func(r ranking.Row) bool { return r.Cells[4].Class == c })
	}
	b.choose("#d-code", "op")
	expect("open or partial", func(r ranking.Row) bool {
		return r.Cells[4].Class == "open" || r.Cells[4].Class == "partial"
	})
	b.choose("#d-code", "o")
	b.choose("#d-paper", "c")
	expect("two dimensions", func(r ranking.Row) bool {
		return r.Cells[4].Class == "open" && r.Cells[8].Class == "closed"
	})
	b.enter("#f-text", "no such model")
	if got := b.texts("#grid tbody tr"); len(got) != 1 || got[0] != "No model matches these filters." {
		t.Errorf("nothing found is said as %q", got)
	}
	b.open("index.html#q=base+7b&d.code=o")
	if got := b.texts("#grid tbody th.name > a:first-child"); !slices.Equal(got, []string{"Base 7B"}) {
		t.Errorf("a selection sent as a link shows %q", got)
	}
}

func TestBrowserCompare(t *testing.T) {
	r := publishedReport()
	b := openTab(t, chromium(t), writeTestSite(t, r))
	b.open("index.html")
	if got := eval[string](b, `document.getElementById('compare').getAttribute('aria-disabled')`); got != "true" {
		t.Errorf("compare is offered with nothing chosen: %q", got)
	}
	for n := 1; n <= 5; n++ {
		b.click(fmt.Sprintf(`#grid tbody tr:nth-child(%d) input`, n))
	}
	if got := len(b.texts(`#grid tbody input:checked`)); got != 0 && got != 4 {
		t.Errorf("%d models chosen", got)
	}
	if got := eval[int](b, `document.querySelectorAll('#grid tbody input:checked').length`); got != 4 {
		t.Errorf("%d models chosen, want at most 4", got)
	}
	b.click("#compare")
	b.eventually(`document.querySelectorAll('#comparison thead th').length === 4`)
	rows := r.Rows()
	for i, name := range b.texts("#comparison thead th") {
		if name != reports.Label(rows[i].Name) {
			t.Errorf("column %d is %q, want %q", i, name, rows[i].Name)
		}
	}
	for i, d := range r.Rubric.Dimensions {
		for j, cell := range b.texts(fmt.Sprintf("#comparison tbody tr:nth-child(%d) .badge", i+5)) {
			if _, class, _ := strings.Cut(cell, " "); class != string(rows[j].Cells[i].Class) {
				t.Errorf("%s of %s is %q, want %q", d.ID, rows[j].Name, class, rows[j].Cells[i].Class)
			}
		}
	}
	b.open("compare.html")
	b.enter("#m-1", "acme/base-7b")
	b.enter("#m-2", "acme/tuned-7b")
	if got := b.texts("#comparison thead th"); !slices.Equal(got, []string{"Base 7B", "Tuned 7B"}) {
		t.Errorf("typed names give %q", got)
	}
	b.click("#comparison tbody .badge")
	b.eventually(`location.pathname.includes('/models/') && location.hash.length > 1`)
}

// TestBrowserQuote goes from a cell of the grid to the quoted bytes in one click.
func TestBrowserQuote(t *testing.T) {
	b := openTab(t, chromium(t), writeTestSite(t, publishedReport()))
	for class, quote := range map[string]string{"o": "We release all weights", "p": "public sources"} {
		b.open("index.html")
		b.click("#grid tbody td.cell a." + class)
		b.eventually(`location.hash.length > 1`)
		const mark = `document.querySelector('.judgement:target mark')`
		b.eventually(mark + ` !== null`)
		if got := eval[string](b, mark+".textContent"); got != quote {
			t.Errorf("the quote is %q, want %q", got, quote)
		}
		b.eventually(`(r => r.top >= 0 && r.bottom <= innerHeight)(` + mark + `.getBoundingClientRect())`)
		if got := eval[string](b,
			`document.querySelector('.judgement:target figcaption').textContent`); !strings.Contains(got, "SHA-256") ||
			!strings.Contains(got, "bytes ") {
			t.Errorf("the quote is said to come from %q", got)
		}
	}
	for class, words := range map[string]string{"c": "read, not said", "u": "refused"} {
		b.open("index.html")
		b.click("#grid tbody td.cell a." + class)
		b.eventually(`document.querySelector('.judgement:target .looks li') !== null`)
		const look = `document.querySelector('.judgement:target .looks li')`
		if got := eval[string](b, look+".innerText"); !strings.Contains(got, words) {
			t.Errorf("a class %q rests on %q, want %q", class, got, words)
		}
		if !eval[bool](b, look+".checkVisibility()") {
			t.Errorf("what a class %q rests on is folded away", class)
		}
	}
}

// TestSiteEvidence follows every cell of the grid, not only the first.
func TestSiteEvidence(t *testing.T) {
	r := publishedReport()
	dir := writeTestSite(t, r)
	pages := map[string]*goquery.Document{}
	page := func(name string) *goquery.Document {
		if pages[name] == nil {
			f, err := os.Open(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if pages[name], err = goquery.NewDocumentFromReader(f); err != nil {
				t.Fatal(err)
			}
		}
		return pages[name]
	}
	cells := page("index.html").Find("#grid td.cell a")
	if want := len(r.Models) * len(r.Rubric.Dimensions); cells.Length() != want {
		t.Fatalf("%d cells link, want %d", cells.Length(), want)
	}
	cells.Each(func(_ int, cell *goquery.Selection) {
		link, _ := cell.Attr("href")
		name, fragment, _ := strings.Cut(link, "#")
		if page(name).Find("#"+fragment).Find(".quote a[href^=http], .looks a[href^=http]").Length() == 0 {
			t.Errorf("%s links to no evidence", link)
		}
	})
}

// TestBrowserQuiet opens every kind of page: no errors, no request beyond the
// folder, a policy in each page, and an injected script does not run.
func TestBrowserQuiet(t *testing.T) {
	r := publishedReport()
	dir := writeTestSite(t, r)
	const canary = `<script>document.title = 'injected'</script><img src="x:" onerror="document.title = 'injected'"></main>`
	for _, page := range kinds(r) {
		text, err := os.ReadFile(filepath.Join(dir, page))
		if err != nil {
			t.Fatal(err)
		}
		poisoned := strings.Replace(string(text), "</main>", canary, 1)
		if poisoned == string(text) {
			t.Fatalf("%s has no main part", page)
		}
		if err := os.WriteFile(filepath.Join(dir, page+".poisoned.html"), []byte(poisoned), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := openTab(t, chromium(t), dir)
	for _, page := range kinds(r) {
		b.open(page)
		if got := b.heard(); len(got) > 0 {
			t.Errorf("%s: %q", page, got)
		}
		if eval[int](b, `document.querySelectorAll('head > meta[http-equiv=Content-Security-Policy]').length`) != 1 {
			t.Errorf("%s has no Content-Security-Policy", page)
		}
		b.open(page + ".poisoned.html")
		if title := eval[string](b,
			`new Promise(done => setTimeout(() => done(document.title), 50))`); title == "injected" {
			t.Errorf("%s: an injected script ran", page)
		}
		if got := strings.Join(b.heard(), "\n"); !strings.Contains(got, "Content Security Policy") {
			t.Errorf("%s: the browser did not say that it refused the script: %q", page, got)
		}
	}
	b.mu.Lock()
	// the canary's image
	b.requests = slices.DeleteFunc(b.requests, func(url string) bool { return strings.HasPrefix(url, "x:") })
	b.mu.Unlock()
	b.stayedHome()
	if len(b.requests) < 20 {
		t.Errorf("only %d requests were seen", len(b.requests))
	}
}

// TestBrowserNarrow measures at the width of a small telephone: only regions
// that scroll by themselves may be wider than the screen.
func TestBrowserNarrow(t *testing.T) {
	r := publishedReport()
	b := openTab(t, chromium(t), writeTestSite(t, r))
	for _, width := range []int64{360, 768, 1100} {
		b.do(chromedp.EmulateViewport(width, 740))
		for _, page := range kinds(r) {
			b.open(page)
			if got := eval[int64](b, `document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s is %d wide on a screen of %d: %s", page, got, width, eval[string](b, widest))
			}
		}
		b.open("index.html")
		if !eval[bool](b, `(g => g.scrollWidth > g.clientWidth && getComputedStyle(g).overflowX === 'auto')(document.querySelector('.grid'))`) && width < 700 {
			t.Errorf("at %d the grid does not scroll by itself", width)
		}
	}
}

// widest names the elements that reach beyond the screen.
const widest = `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.grid, .scroll, .skip, pre')).slice(0, 3).map(e => e.tagName + '.' + e.className).join(' ')`

// TestBrowserPrint emulates paper: the grid and the quotes are there, what
// only works on a screen is not.
func TestBrowserPrint(t *testing.T) {
	r := publishedReport()
	b := openTab(t, chromium(t), writeTestSite(t, r))
	visible := func(selector string) bool {
		return eval[bool](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => e.checkVisibility() && e.getClientRects().length > 0)`, selector))
	}
	all := func(selector string) bool {
		return eval[bool](b, fmt.Sprintf(`(l => l.length > 0 && l.every(e => e.checkVisibility({contentVisibilityAuto: true}) && e.getClientRects().length > 0))([...document.querySelectorAll(%q)])`, selector))
	}
	b.open("index.html")
	if !visible(".filters") || !visible("header nav") || !visible("#grid input") {
		t.Error("the screen has no controls")
	}
	b.media("print", "dark")
	if visible(".filters") || visible("header nav") || visible("#grid input") || visible(".pages") {
		t.Error("controls are printed")
	}
	if !all("#grid td.cell a") || !all("#grid th.name") {
		t.Error("cells are not printed")
	}
	if got := eval[string](b, `getComputedStyle(document.body).backgroundColor`); got != "rgb(255, 255, 255)" {
		t.Errorf("paper is %s after dark mode", got)
	}
	for _, page := range kinds(r)[8:] {
		b.open(page)
		if eval[bool](b, `document.querySelector('.quote') !== null`) && !all(".quote blockquote mark") ||
			!all(".looks li") || visible("header nav") {
			t.Errorf("%s: quotes and places looked at are not all printed, or controls are", page)
		}
	}
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
	if err != nil || len(pdf) < 10_000 {
		t.Errorf("%d bytes of PDF, error %v", len(pdf), err)
	}
}

// TestBrowserWithoutScripts reads the ranking as a text browser or a strict
// reader would.
func TestBrowserWithoutScripts(t *testing.T) {
	r := publishedReport()
	b := openTab(t, chromium(t), writeTestSite(t, r))
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open("index.html")
	html, err := chromedp.Run(b.ctx, chromedp.OuterHTML(chromedp.CSS("#grid tbody")))
	if err != nil {
		t.Fatal(err)
	}
	if rows := strings.Count(html, "<tr>"); rows != len(r.Models) {
		t.Errorf("%d rows without scripts, want %d", rows, len(r.Models))
	}
	if _, err := os.Stat(filepath.Join(b.dir, "ranking", "2.html")); err == nil {
		t.Error("a short ranking has a second page")
	}
	if !strings.Contains(html, "Tuned 7B") || strings.Contains(html, "checkbox") {
		t.Error("the grid without scripts lacks models, or has controls that do nothing")
	}
}
