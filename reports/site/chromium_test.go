package site

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is one headless browser for all tests of the package: starting it
// takes longer than most of them.
var browser struct {
	once sync.Once
	ctx  context.Context
	err  error
	stop func()
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(writeAsChild(dir))
	}
	code := m.Run()
	if browser.stop != nil {
		browser.stop()
	}
	os.Exit(code)
}

// chromium is the browser for a test; without one the test is skipped.
func chromium(t testing.TB) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("short: no browser is started")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium on PATH: what the site does in a browser is not tested here")
	}
	browser.once.Do(func() { startBrowser(path) })
	if browser.err != nil {
		t.Fatalf("start %s: %v", path, browser.err)
	}
	return browser.ctx
}

func startBrowser(path string) {
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.WindowSize(1280, 900))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	browser.ctx, browser.stop = ctx, func() { cancel(); stop() }
	browser.err = chromedp.Do(ctx)
}

// A tab is a browser tab on a written site. It keeps what the pages said on
// the console and every address they asked for.
type tab struct {
	testing.TB
	ctx context.Context
	dir string

	mu       sync.Mutex
	faults   []string
	requests []string
}

// openTab opens a tab in the browser of ctx; nothing is loaded yet.
func openTab(t testing.TB, browser context.Context, dir string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	b := &tab{TB: t, ctx: ctx, dir: dir}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	focus := emulation.SetFocusEmulationEnabledParams{Enabled: true} // tabs of a headless browser have none
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, focus); err != nil {
		t.Fatal(err)
	}
	b.media("screen", "light")
	return b
}

// hear notes faults and requests; it runs on the goroutine that reads events.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			b.faults = append(b.faults, fmt.Sprintf("console.%s", e.Type))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.faults = append(b.faults, string(e.Entry.Source)+": "+e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	}
}

// heard returns and forgets the faults so far.
func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	faults := b.faults
	b.faults = nil
	return faults
}

// address is the file URL of a page of the site.
func (b *tab) address(page string) string { return "file://" + filepath.ToSlash(b.dir) + "/" + page }

// open loads a page of the site, which may end in a fragment. Where only the
// fragment would change, an empty page in between makes sure that the page is
// loaded anew.
func (b *tab) open(page string) {
	b.Helper()
	path, _, _ := strings.Cut(page, "#")
	if eval[string](b, "location.href.split('#')[0]") == b.address(path) {
		b.do(chromedp.Navigate("about:blank"))
	}
	b.do(chromedp.Navigate(b.address(page)))
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// click clicks the middle of the first element that a CSS selector finds.
func (b *tab) click(selector string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.Fatalf("click %s: %v", selector, err)
	}
}

// enter types into a field as a person would, after emptying it.
func (b *tab) enter(selector, text string) {
	b.Helper()
	b.do(chromedp.Focus(chromedp.CSS(selector)))
	eval[bool](b, `(document.activeElement.select(), true)`)
	if text == "" {
		text = "\b"
	}
	b.do(chromedp.KeyEvent(text))
}

// choose picks an option of a select element and tells the page so.
func (b *tab) choose(selector, value string) {
	b.Helper()
	if !eval[bool](b, fmt.Sprintf(`(s => { s.value = %q; s.dispatchEvent(new Event('input', {bubbles: true})); return s.value === %q; })(document.querySelector(%q))`, value, value, selector)) {
		b.Fatalf("%s has no option %q", selector, value)
	}
}

// media emulates a medium ("screen", "print") and a colour scheme, for a reader
// who wants no motion: a test need not wait for scrolling to end.
func (b *tab) media(medium, scheme string) {
	b.Helper()
	params := emulation.SetEmulatedMediaParams{Media: medium, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
		b.Fatal(err)
	}
}

// eval evaluates JavaScript in the page and waits for a promise's value.
func eval[T any](b *tab, script string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("evaluate %.200s: %v", script, err)
	}
	return v
}

// texts lists the text of every element that a CSS selector finds, once the
// ranking is drawn in full.
func (b *tab) texts(selector string) []string {
	b.Helper()
	b.eventually(`document.querySelector('[aria-busy=true]') === null`)
	return eval[[]string](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.textContent.trim())`, selector))
}

// eventually waits until a JavaScript condition holds.
func (b *tab) eventually(condition string) {
	b.Helper()
	var err error
	for range 100 {
		var ok bool
		// An evaluation fails while one page makes way for the next.
		if ok, err = chromedp.Run(b.ctx, chromedp.Evaluate[bool](condition)); err == nil && ok {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.Errorf("never true: %s, last error %v", condition, err)
}

// stayedHome fails if a page asked for anything outside of the site's folder.
func (b *tab) stayedHome() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, url := range b.requests {
		if !strings.HasPrefix(url, b.address("")) && !strings.HasPrefix(url, "data:") && url != "about:blank" {
			b.Errorf("a page asked for %s", url)
		}
	}
}
