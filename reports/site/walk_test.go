package site

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"openness/reports/ranking"
)

// TestBrowserArrows walks the grid with the arrow keys.
func TestBrowserArrows(t *testing.T) {
	b := openTab(t, chromium(t), writeTestSite(t, publishedReport()))
	b.open("index.html")
	b.eventually(`document.querySelector('#grid tbody .cell a') !== null`)
	where := func() string {
		return eval[string](b, `(a => { const tr = a.closest('tr'); return tr.sectionRowIndex + ' ' + [tr.querySelector('th.name a'), ...tr.querySelectorAll('.cell a')].indexOf(a); })(document.activeElement)`)
	}
	eval[bool](b, `(document.querySelector('#grid tbody th.name a').focus(), true)`)
	for _, step := range []struct{ key, want string }{
		{"ArrowRight", "0 1"}, {"ArrowRight", "0 2"}, {"ArrowDown", "1 2"}, {"ArrowLeft", "1 1"}, {"ArrowUp", "0 1"},
		{"ArrowUp", "0 1"}, {"Home", "0 0"}, {"ArrowLeft", "0 0"}, {"ArrowDown", "1 0"},
	} {
		eval[bool](b, `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '`+step.key+
			`', bubbles: true, cancelable: true})) || true`)
		if got := where(); got != step.want {
			t.Fatalf("%s leads to %s, want %s", step.key, got, step.want)
		}
	}
	b.stayedHome()
}

// TestBrowserFirstScreen: on a telephone the first screen shows models, not
// what explains and filters them.
func TestBrowserFirstScreen(t *testing.T) {
	b := openTab(t, chromium(t), writeTestSite(t, publishedReport()))
	if _, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride,
		emulation.SetDeviceMetricsOverrideParams{Width: 375, Height: 667, DeviceScaleFactor: 1,
			Mobile: true}); err != nil {
		t.Fatal(err)
	}
	b.open("index.html")
	b.eventually(`document.querySelector('#grid tbody .cell a') !== null && document.querySelector('#narrow-by') && !document.querySelector('#narrow-by').open`)
	if dir := os.Getenv("OPENNESS_SHOTS"); dir != "" {
		shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil || os.WriteFile(filepath.Join(dir, "first-screen-375.png"), shot, 0o644) != nil {
			t.Fatal(err)
		}
	}
	if n := eval[int](b, `[...document.querySelectorAll('#grid tbody th.name')].filter(e => e.getBoundingClientRect().bottom <= innerHeight).length`); n < 3 {
		t.Errorf("%d models on the first screen of a telephone", n)
	}
}

// TestBrowserNarrowRanks: on a telephone the ranking has its ranks, and the line above what is not
// ranked can be read, also where the grid was moved under the finger.
func TestBrowserNarrowRanks(t *testing.T) {
	r := publishedReport()
	r.Ranking = ranking.Ranking{MinCoverage: 0.9} // one of them is below it
	b := openTab(t, chromium(t), writeTestSite(t, r))
	if _, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride,
		emulation.SetDeviceMetricsOverrideParams{Width: 375, Height: 667, DeviceScaleFactor: 1,
			Mobile: true}); err != nil {
		t.Fatal(err)
	}
	b.open("index.html")
	b.eventually(`document.querySelector('#grid tbody .unranked') !== null`)
	const inside = `(e => { const r = e.getBoundingClientRect(), g = e.closest('.grid').getBoundingClientRect(); return r.width > 0 && r.left >= g.left && r.right <= g.right; })`
	if !eval[bool](b, `[...document.querySelectorAll('#grid tr:not(.unranked) .rank')].every(`+inside+`)`) {
		t.Error("the column of the ranks is not on the screen")
	}
	if got := eval[string](b, `document.querySelector('#grid tbody .rank').innerText`); got == "" {
		t.Error("the first rank is empty")
	}
	for _, moved := range []int{0, 200} {
		eval[int](b, fmt.Sprintf(`document.querySelector('.grid').scrollLeft = %d`, moved))
		if !eval[bool](b, `[...document.querySelectorAll('.unranked span')].every(`+inside+`)`) {
			t.Errorf("with the grid moved by %d the line above what is not ranked is cut", moved)
		}
	}
}
