package fetch

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"

	"openness/audit"
)

// How much of a robots.txt is read, and how long it is used unasked, as the
// standard allows (RFC 9309, sections 2.5 and 2.4).
const (
	robotsLimit = 500 << 10
	robotsAge   = 24 * time.Hour
)

// rules are one host's robots.txt, asked for once in a run.
type rules struct {
	once  sync.Once
	group *robotstxt.Group
	lost  *audit.Document // why it could not be read
}

// robotsDeny says why robots.txt forbids a request, or nil. A robots.txt that
// is not there (4xx) allows all; one that cannot be read (5xx, limits, no
// answer) forbids all, because what it says is not known.
func (c *Client) robotsDeny(ctx context.Context, r Request, target *url.URL) *audit.Document {
	page := target
	if r.Endpoint != nil {
		if public, err := url.Parse(r.Endpoint.public(target.String())); err == nil {
			page = public
		}
	}
	origin := page.Scheme + "://" + page.Host
	c.mu.Lock()
	known, ok := c.robots[origin]
	if !ok {
		known = new(rules)
		c.robots[origin] = known
	}
	c.mu.Unlock()
	known.once.Do(func() { c.readRobots(ctx, r, target, origin, known) })
	switch {
	case known.lost != nil:
		d := r.failed(known.lost.Outcome,
			fmt.Sprintf("%s/robots.txt could not be read, so the page was not asked for: %s", origin,
				known.lost.Detail))
		return &d
	case known.group != nil && !known.group.Test(page.RequestURI()):
		d := r.failed(audit.Refused, fmt.Sprintf("%s/robots.txt asks programs not to read this page; a person can",
			origin))
		return &d
	}
	return nil
}

func (c *Client) readRobots(ctx context.Context, r Request, target *url.URL, origin string, known *rules) {
	ask := Request{Endpoint: r.Endpoint, Document: audit.Document{URL: origin + "/robots.txt", Kind: audit.DocOther},
		Target: r.Target, Limit: robotsLimit, MaxAge: robotsAge}
	d, err := c.fetch(ctx, ask, ask.Document.URL)
	switch {
	case err != nil:
		d = ask.failed(audit.Failed, err.Error())
		known.lost = &d
		return
	case d.Outcome == audit.Absent, d.Outcome == audit.Refused && d.Status != 429 && d.Status != 0:
		return
	case d.SHA256 == "":
		known.lost = &d
		return
	}
	parsed, err := robotstxt.FromBytes(d.Body)
	if err != nil {
		return // nothing in it that could be obeyed
	}
	known.group = parsed.FindGroup(c.opts.UserAgent)
	if delay := known.group.CrawlDelay; delay > 0 {
		c.hostOf(r, target.Host).limiter.SetLimit(rate.Every(min(delay, 30*time.Second)))
	}
}
