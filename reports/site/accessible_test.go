package site

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"openness/reports"
)

// TestBrowserAxe runs axe-core on every kind of page, light and dark, wide and
// narrow. OPENNESS_AXE names the script.
func TestBrowserAxe(t *testing.T) {
	path := os.Getenv("OPENNESS_AXE")
	if path == "" {
		t.Skip("OPENNESS_AXE does not name axe-core's script: accessibility faults are not looked for here")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := publishedReport()
	ctx, dir := chromium(t), writeTestSite(t, r)
	pages := append(kinds(r), "compare.html#m=acme--base-7b&m=acme--tuned-7b")
	for _, screen := range []struct {
		scheme string
		width  int64
	}{{"light", 1280}, {"dark", 1280}, {"dark", 360}} {
		b := openTab(t, ctx, dir)
		b.media("screen", screen.scheme)
		b.do(chromedp.EmulateViewport(screen.width, 900))
		for _, page := range pages {
			b.open(page)
			b.runAxe(fmt.Sprintf("%s, %s, %d wide", page, screen.scheme, screen.width), axe)
		}
	}
}

// runAxe fails on what axe-core finds serious or critical.
func (b *tab) runAxe(what string, axe []byte) {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool](string(axe)+"\n;true")(ctx, t)
		return err
	}))
	report := eval[string](b, `document.querySelectorAll('details').forEach(d => d.open = true),
		axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify({passes: r.passes.length, violations: r.violations.map(v => (
			{id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.target.join(' ') + ': ' + n.failureSummary)}))}))`)
	var found struct {
		Passes     int
		Violations []struct {
			ID, Impact, Help string
			Nodes            []string
		}
	}
	if err := json.Unmarshal([]byte(report), &found); err != nil {
		b.Fatal(err)
	}
	if found.Passes < 10 {
		b.Errorf("%s: axe-core looked at %d rules only", what, found.Passes)
	}
	for _, v := range found.Violations {
		if v.Impact == "serious" || v.Impact == "critical" {
			b.Errorf("%s: %s (%s): %s\n%s", what, v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n"))
		} else {
			b.Logf("%s: %s (%s): %s: %s", what, v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "; "))
		}
	}
}

// TestBrowserContrast measures the classes themselves: axe-core does not judge
// text on a hatched ground.
func TestBrowserContrast(t *testing.T) {
	b := openTab(t, chromium(t), writeTestSite(t, publishedReport()))
	for _, scheme := range []string{"light", "dark"} {
		b.media("screen", scheme)
		b.open("index.html")
		for _, c := range reports.Classes() {
			ratio := eval[float64](b, fmt.Sprintf(contrast, "#grid td.cell a."+string(c[:1])))
			if ratio < 4.5 {
				t.Errorf("%s in %s mode: contrast %.2f, want 4.5", c, scheme, ratio)
			}
		}
	}
}

// contrast is WCAG's ratio of an element's text to the worst of its ground and
// the lines of its hatching.
const contrast = `(e => {
	const lum = c => c.match(/[\d.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
		.reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
	const s = getComputedStyle(e), ink = lum(s.color);
	const grounds = [s.backgroundColor, ...(s.backgroundImage.match(/rgb\([^)]*\)/g) || [])];
	return Math.min(...grounds.map(lum).map(g => (Math.max(g, ink) + 0.05) / (Math.min(g, ink) + 0.05)));
})(document.querySelector(%q))`

// TestBrowserKeyboard walks each kind of page with the Tab key alone: every
// control is reached, in the order of the page, and shows where it is.
func TestBrowserKeyboard(t *testing.T) {
	r := testReport()
	b := openTab(t, chromium(t), writeTestSite(t, r))
	for _, page := range kinds(r) {
		b.open(page)
		want := eval[int](b, `(window.reachable = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter(e => !e.disabled && e.checkVisibility()), window.walked = [], reachable.length)`)
		for range want {
			b.do(chromedp.KeyEvent(kb.Tab))
			if fault := eval[string](b, focused); fault != "" {
				t.Fatalf("%s: %s", page, fault)
			}
		}
		if missed := eval[string](b,
			`reachable.filter(e => !walked.includes(e)).map(e => e.outerHTML.slice(0, 80)).join('\n')`); missed != "" {
			t.Errorf("%s: Tab does not reach\n%s", page, missed)
		}
		if !eval[bool](b, `walked.every((e, i) => i === 0 || walked[i-1].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)`) {
			t.Errorf("%s: Tab does not follow the order of the page", page)
		}
	}
}

// focused notes the element with the focus and says what is wrong with it.
const focused = `(e => {
	if (e === document.body) return 'the focus left the page after ' + walked.length + ' of ' + reachable.length;
	walked.push(e);
	const s = getComputedStyle(e), r = e.getBoundingClientRect();
	if ((s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2) && s.boxShadow === 'none') return 'no visible focus on ' + e.outerHTML.slice(0, 120);
	if (r.bottom < 0 || r.top > innerHeight) return 'the focus is off the screen on ' + e.outerHTML.slice(0, 120);
	return '';
})(document.activeElement)`

// TestBrowserKeyboardUse sorts, filters, chooses and opens a quote with keys.
func TestBrowserKeyboardUse(t *testing.T) {
	b := openTab(t, chromium(t), writeTestSite(t, testReport()))
	b.open("index.html")
	until := func(selector string) {
		t.Helper()
		for range 200 {
			b.do(chromedp.KeyEvent(kb.Tab))
			if eval[bool](b, fmt.Sprintf("document.activeElement.matches(%q)", selector)) {
				return
			}
		}
		t.Fatalf("Tab never reaches %s", selector)
	}
	until(".skip")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.eventually(`location.hash === '#main' && document.activeElement.id === 'main'`)
	b.open("index.html")
	until("#f-text")
	b.do(chromedp.KeyEvent("acme"))
	b.eventually(`document.querySelectorAll('#grid tbody tr').length === 2`)
	until(`th[data-sort="name"] button`)
	b.do(chromedp.KeyEvent(kb.Enter))
	if got := b.texts("#grid tbody th.name > a:first-child"); len(got) != 2 || got[0] != "Base 7B" {
		t.Errorf("Enter on Model gives %q", got)
	}
	until("#grid tbody input")
	b.do(chromedp.KeyEvent(" "))
	if eval[int](b, "document.querySelectorAll('#grid input:checked').length") != 1 {
		t.Error("the space bar does not choose a model")
	}
	until("#grid td.cell a")
	if hint := b.texts("#hint")[0]; !strings.Contains(hint, "All weights can be downloaded.") {
		t.Errorf("the reason beside a focused cell is %q", hint)
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	if !eval[bool](b, "document.getElementById('hint').hidden") {
		t.Error("Escape does not close the hint")
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	b.eventually(`document.querySelector('.judgement:target mark') !== null`)
}
