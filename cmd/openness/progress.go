package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"openness/audit/crawl"
	"openness/audit/crawl/fetch"
	"openness/reports"
)

// progress tells on stderr how far a run is: a bar on a terminal, a line for
// each subject elsewhere, nothing with --quiet. No result depends on it.
type progress struct {
	global *globalOptions
	total  int

	mu       sync.Mutex
	finished int
	bars     *mpb.Progress
	bar      *mpb.Bar
}

func newProgress(g *globalOptions, total int) *progress {
	p := &progress{global: g, total: total}
	f, ok := g.env.screen.(*os.File)
	if g.quiet || !ok || !term.IsTerminal(int(f.Fd())) {
		return p
	}
	p.bars = mpb.New(mpb.WithOutput(g.env.screen), mpb.WithWidth(40), mpb.WithRefreshRate(150*time.Millisecond))
	p.bar = p.bars.AddBar(int64(total),
		mpb.PrependDecorators(decor.CountersNoUnit("%d/%d models ")),
		mpb.AppendDecorators(decor.AverageETA(decor.ET_STYLE_GO)))
	return p
}

// done counts a finished subject.
func (p *progress) done(r result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finished++
	if p.bar != nil {
		p.bar.Increment()
		return
	}
	if p.global.quiet {
		return
	}
	switch {
	case r.err != nil:
		p.line("[%d/%d] %s: failed", p.finished, p.total, r.target.Text)
	case r.resumed:
		p.line("[%d/%d] %s: finished before the interruption, at %s", p.finished, p.total, r.target.Text,
			r.before.UTC().Format("2006-01-02 15:04"))
	default:
		stale := ""
		if len(r.stale) > 0 {
			stale = fmt.Sprintf(", %d stale", len(r.stale))
		}
		p.line("[%d/%d] %s: %d %s, %d could not be looked at%s",
			p.finished, p.total, r.target.Text, r.documents, plural(r.documents, "document"), len(r.lost), stale)
	}
}

// step counts a finished model where a bar shows it, without a line elsewhere.
func (p *progress) step() {
	if p.bar != nil {
		p.bar.Increment()
	}
}

// event reports what the crawler does meanwhile: waits always, the rest with --verbose.
func (p *progress) event(e crawl.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil && e.Kind == fetch.Failing { // above the bar, which shows none of the rest
		fmt.Fprintln(p.bars, reports.Visible(told(e)))
	}
	if p.global.quiet || p.bar != nil || (e.Wait == 0 && e.Kind != fetch.Failing && !p.global.verbose) {
		return
	}
	p.line("%s", told(e))
}

// line writes one line that no name or server's word can break or colour.
func (p *progress) line(format string, args ...any) {
	fmt.Fprintln(p.global.env.stderr, reports.Visible(fmt.Sprintf(format, args...)))
}

// told says an event in a line: whose audit, what, where and for how long.
func told(e crawl.Event) string {
	line := fmt.Sprintf("%s: %s: %s", e.Target, e.Kind, e.URL)
	switch {
	case e.Kind == fetch.Done:
		return fmt.Sprintf("%s (%s, %d, %d bytes)", line, e.Outcome, e.Status, e.Bytes)
	case e.Kind == fetch.Failing:
		return fmt.Sprintf("openness: all that is asked of the host of %s fails: %s; what lies there "+
			"counts as not looked at until it answers", e.URL, e.Message)
	case e.Wait > 0 && e.Kind != fetch.Waiting:
		return fmt.Sprintf("%s: %s; the next attempt is due in %s", line, e.Message, e.Wait.Round(time.Second))
	case e.Message != "":
		return line + ": " + e.Message
	}
	return line
}

// close leaves the terminal as it was.
func (p *progress) close() {
	if p.bars == nil {
		return
	}
	p.bar.Abort(false)
	p.bars.Wait()
}
