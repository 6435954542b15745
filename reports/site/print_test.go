package site

import (
	"math"
	"strconv"
	"strings"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"openness/audit/papers/text/pdf"
	"openness/reports/internal/svg"
	"openness/rubric"
)

// lightness is the relative luminance of a colour #rrggbb, which is what grey
// print keeps of it.
func lightness(t *testing.T, color string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(color[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func greyContrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

// TestGreyPrint: without colour the classes are still told apart by how dark
// they are, and their symbols can be read upon them. Undetermined is hatched.
func TestGreyPrint(t *testing.T) {
	classes := []rubric.Class{rubric.Open, rubric.Partial, rubric.Closed}
	for i, a := range classes {
		fill, ink := svg.ClassColor(a)
		if c := greyContrast(lightness(t, fill), lightness(t, ink)); c < 4.5 {
			t.Errorf("%s: its symbol has a contrast of %.1f", a, c)
		}
		for _, b := range classes[i+1:] {
			other, _ := svg.ClassColor(b)
			if c := greyContrast(lightness(t, fill), lightness(t, other)); c < 1.6 {
				t.Errorf("%s and %s differ by %.2f in grey", a, b, c)
			}
		}
	}
}

// TestBrowserPrintsAllRows: paper has every model of the ranking, however many
// the screen draws at once.
func TestBrowserPrintsAllRows(t *testing.T) {
	for _, n := range []int{97, 250} {
		b := openTab(t, chromium(t), writeTestSite(t, synthetic(n)))
		b.open("index.html")
		eval[bool](b, `(() => { window.printed = 0; addEventListener('beforeprint', () => { window.printed = document.querySelectorAll('#grid tbody tr:not(.unranked)').length; }); return true; })()`)
		if _, err := chromedp.Run(b.ctx, chromedp.PrintToPDF()); err != nil {
			t.Fatal(err)
		}
		if got := eval[int](b, "window.printed"); got != n {
			t.Errorf("%d of %d models are printed", got, n)
		}
	}
}

// TestBrowserPrintsHeads: each printed page of the ranking says at its head what its columns are.
func TestBrowserPrintsHeads(t *testing.T) {
	b := openTab(t, chromium(t), writeTestSite(t, synthetic(97)))
	b.media("print", "light")
	b.open("index.html")
	printed, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(func(p *cdp.PrintToPDFParams) {
		p.PreferCSSPageSize, p.PrintBackground = new(true), new(true)
	}))
	if err != nil {
		t.Fatal(err)
	}
	text, info, err := pdf.Read(t.Context(), printed)
	if err != nil || info.Pages < 3 {
		t.Fatalf("%d pages, error %v", info.Pages, err)
	}
	if n := strings.Count(string(text), "Released"); n != info.Pages {
		t.Errorf("%d of %d pages have a head\n%s", n, info.Pages, text)
	}
}

// TestBrowserDarkPrint: who reads in the dark prints on white paper all the same.
func TestBrowserDarkPrint(t *testing.T) {
	b := openTab(t, chromium(t), writeTestSite(t, publishedReport()))
	b.media("print", "dark")
	b.open("index.html")
	paper := eval[string](b, `[...document.querySelectorAll('.u')].map(e => getComputedStyle(e).backgroundColor).find(c => c !== 'rgb(227, 230, 232)') || ''`)
	if paper != "" {
		t.Errorf("what is undetermined is printed on %s", paper)
	}
}
