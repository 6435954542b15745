package main

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

// A console keeps what pages complain of: what a policy refused, what broke.
type console struct {
	mutex sync.Mutex
	lines []string
}

func (c *console) hear(event any) {
	if e, ok := event.(*log.EventEntryAdded); ok {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		c.lines = append(c.lines, e.Entry.Text+" "+e.Entry.URL)
	}
}

// browse starts a headless Chromium until the test ends, or skips the test.
func browse(t *testing.T) (context.Context, *console) {
	t.Helper()
	if testing.Short() {
		t.Skip("short: no browser is started")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on PATH: what live pages do in a browser is not tested here")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("disable-quic", true))
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	said := &console{}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	if err := chromedp.Listen(ctx, said.hear); err != nil {
		t.Fatal(err)
	}
	return ctx, said
}

// TestServeInBrowser searches for a hostile document as a person would, and
// walks from the result to the marked span, and from a dossier's quote too.
func TestServeInBrowser(t *testing.T) {
	s := startServe(t, servedRecord("acme/evil", hostileText), servedRecord("acme/plain", "weights of a pangolin"))
	ctx, said := browse(t)
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	text := func(script string) string {
		t.Helper()
		value, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	do(chromedp.Navigate(s.web.URL+"/"), chromedp.WaitVisible(`#filters`)) // shown by the page's own script
	do(chromedp.Click(`nav a[href="search"]`), chromedp.WaitVisible(`#q`))
	do(chromedp.SendKeys(`#q`, "quagga onerror\r"), chromedp.WaitVisible(`.hits mark`))
	accessible(t, ctx, "search")
	if found := text(`[...document.querySelectorAll('.hits mark')].map(m => m.textContent).join(' ')`); !strings.Contains(found, "quagga") && !strings.Contains(found, "onerror") {
		t.Errorf("marked in the results: %q", found)
	}
	do(chromedp.Click(`.hits h2 a`), chromedp.WaitVisible(`#span`))
	accessible(t, ctx, "stored document")
	if shown := text(`document.querySelector('.stored').textContent`); !strings.Contains(shown,
		"<script>document.title='pwned'</script></pre></mark>") {
		t.Errorf("the document is not shown as text: %q", shown)
	}
	do(chromedp.Navigate(s.web.URL+"/models/acme--evil.html"), chromedp.Click(`.quote a[href*="documents/"]`),
		chromedp.WaitVisible(`#span`))
	line, _, _ := strings.Cut(hostileText, "\n")
	if marked := text(`document.querySelector('#span').textContent`); marked != line {
		t.Errorf("marked is %q, want %q", marked, line)
	}
	if title := text(`document.title`); strings.Contains(title, "pwned") {
		t.Errorf("title %q: a document ran", title)
	}
	do(chromedp.Navigate(s.web.URL+"/api"), chromedp.WaitVisible(`main table`))
	accessible(t, ctx, "API")
	said.mutex.Lock()
	defer said.mutex.Unlock()
	for _, line := range said.lines {
		if !strings.Contains(line, "favicon.ico") { // browsers ask for it by themselves
			t.Errorf("the browser complains: %s", line)
		}
	}
}

// accessible runs axe-core over the page that is shown, where it is installed.
func accessible(t *testing.T, ctx context.Context, page string) {
	t.Helper()
	path := os.Getenv("OPENNESS_AXE")
	if path == "" {
		t.Logf("OPENNESS_AXE does not name axe-core's script: accessibility faults of %s are not looked for", page)
		return
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	found, err := chromedp.Run(ctx, chromedp.Evaluate[string](string(axe)+`;
		axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')).join('\n'))`,
		chromedp.EvalAwaitPromise))
	if err != nil || found != "" {
		t.Errorf("%s: axe-core finds %s (%v)", page, found, err)
	}
}
