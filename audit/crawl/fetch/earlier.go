package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/pattern"
)

// An outage costs nothing: where a source fails that was read before, what it
// gave then stands in, dated and marked. What its own service says is gone is
// no outage, and nothing stands in for it.

// A Past is a Cache that knows more than the last answer.
type Past interface {
	// Earlier tells what earlier looks at the address of a document gave.
	Earlier(ctx context.Context, d audit.Document) (audit.Earlier, error)
	// Others names other addresses of the same kind that gave an answer before.
	Others(ctx context.Context, d audit.Document) ([]audit.Document, error)
}

// weigh sets an answer against what was seen before: a failure gives way to the
// earlier look, and what is gone is dated.
func (c *Client) weigh(ctx context.Context, r Request, d audit.Document) audit.Document {
	past, ok := c.opts.Cache.(Past)
	if !ok || d.Outcome == audit.Fetched || d.Outcome == audit.NotModified {
		return d
	}
	e, err := past.Earlier(ctx, r.Document)
	if err != nil {
		if ctx.Err() == nil {
			c.opts.Progress(Event{Kind: Trouble, Target: r.Target, URL: r.Document.URL,
				Message: fmt.Sprintf("earlier answers cannot be read: %v", err)})
		}
		return d
	}
	if e.Seen.IsZero() && (e.Look.URL == "" || d.Outcome == audit.Absent) {
		d = c.believed(ctx, r, d, past)
		if d.Outcome == audit.Absent {
			return d
		}
		return c.standIn(r, d, &e)
	}
	if gone, why := c.gone(ctx, r, d, &e, past); gone {
		d.Outcome, d.Detail = audit.Absent, why
		d.LastSeen, d.FirstMissed = e.Seen, e.MissedSince
		if d.FirstMissed.IsZero() {
			d.FirstMissed = d.RetrievedAt
		}
		return d
	} else if d.Outcome == audit.Absent {
		if !r.doubted() && d.Status != http.StatusGone {
			return d // that a file is not there is no news; that one is gone, by a host that says so of all, is
		}
		d.Outcome, d.Detail = audit.Failed, why
	}
	return c.standIn(r, d, &e)
}

// believed doubts that a place that was never seen is not there, if the service gave
// no answer in this run: it may say so of everything.
func (c *Client) believed(ctx context.Context, r Request, d audit.Document, past Past) audit.Document {
	if d.Outcome != audit.Absent || d.Status == http.StatusConflict || !r.wholePlace() || c.opts.Offline ||
		c.answered(r) || c.answersOthers(ctx, r, past) {
		return d
	}
	d.Outcome, d.Detail = audit.Failed, forAll(d)
	return d
}

// forAll says that an answer speaks of the host rather than of what was asked for.
func forAll(d audit.Document) string {
	return fmt.Sprintf("the host answers %d for whatever is asked: %s", d.Status, d.Detail)
}

// answered reports whether a service gave an answer in this run.
func (c *Client) answered(r Request) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.giving[r.service()]
}

// gave notes that a service gave an answer.
func (c *Client) gave(r Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.giving[r.service()] = true
}

// service names what is asked: an endpoint, and the quota that it is counted under.
func (r Request) service() string {
	if r.Endpoint == nil {
		return r.Bucket
	}
	return r.Endpoint.Name + " " + r.Bucket
}

// Earlier sets a document that was not asked for against what was seen before.
func (c *Client) Earlier(ctx context.Context, r Request, d audit.Document) audit.Document {
	return r.dress(c.weigh(ctx, r, d))
}

// standIn gives the earlier look in place of a failure, if it is young enough.
func (c *Client) standIn(r Request, d audit.Document, e *audit.Earlier) audit.Document {
	refused := d.Outcome == audit.Refused && d.Status != 0 && d.Status != http.StatusTooManyRequests
	switch {
	case c.opts.Offline, e.Look.URL == "":
		return d
	case refused && e.Look.Outcome == audit.Refused:
		return d // it refuses still
	case refused && r.Head:
		return d // whoever asks for the headers of a file asks whether it is served: this is the answer
	case c.opts.MaxAge > 0 && c.opts.Now().Sub(e.Look.RetrievedAt) > c.opts.MaxAge:
		d.Detail += fmt.Sprintf("; what it said on %s is older than --max-age allows",
			e.Look.RetrievedAt.UTC().Format(time.DateOnly))
		return d
	case e.Look.SHA256 != "" && r.cut(e.Look.Body):
		return d
	case r.Check != "" && e.Look.SHA256 != "" && c.opts.Check(r.Check, r.Document.URL, e.Look.Body) != nil:
		return d
	}
	look := e.Look
	look.StaleSince, look.StaleWhy = e.FailingSince, d.Detail
	if look.StaleSince.IsZero() {
		look.StaleSince = c.opts.Now()
	}
	if look.Outcome == audit.Absent && !e.Seen.IsZero() {
		look.LastSeen, look.FirstMissed = e.Seen, e.MissedSince
	}
	return look
}

// wholePlace reports whether a request asks for a place itself rather than for
// a file in it: what it gives 404 for is gone as a whole.
func (r Request) wholePlace() bool {
	switch r.Document.Kind {
	case audit.DocModelAPI, audit.DocDatasetAPI, audit.DocRepoAPI, audit.DocTree:
		return true
	}
	return r.Document.Kind == audit.DocDataCard && !r.Pinned
}

// committed reports whether a request asks for a file at a commit: what it gave once
// it gives always, or something else answers in its place.
func (r Request) committed() bool {
	return r.Pinned && !r.Head && r.First == 0 && commitName.MatchString(r.Document.Revision)
}

// commitName is git's name of a commit.
var commitName = pattern.MustCompile(`^[0-9a-f]{40,64}$`)

// doubted reports whether 404 for what was there is held against what else is known.
func (r Request) doubted() bool {
	return r.wholePlace() || r.committed() || r.Document.Place == audit.WebPage || r.Document.Place == audit.ArXivPaper
}

// unlike doubts a file at a commit that has other bytes than it had: a sign-in page or a
// filter stands in between. A host that names the new bytes as git does has them so. Whoever
// wants what is served, --refresh, wants bytes: an empty file in place of a text tells nothing.
func (r Request) unlike(d, cached audit.Document) audit.Document {
	if !r.committed() || d.Outcome != audit.Fetched || cached.SHA256 == "" || d.SHA256 == cached.SHA256 {
		return d
	}
	if strings.Trim(strings.TrimPrefix(d.ETag, "W/"), `"`) == audit.BlobName(d.Body) {
		return d
	}
	d.Detail = fmt.Sprintf("the file at this commit is not what it was on %s: a sign-in page or filter may stand in "+
		"between; --refresh takes what is served", cached.RetrievedAt.UTC().Format(time.DateOnly))
	if Blank(d.Body) {
		d.Detail = fmt.Sprintf("an empty file came in place of what it was at this commit on %s; run again later",
			cached.RetrievedAt.UTC().Format(time.DateOnly))
	}
	d.Outcome, d.Body, d.SHA256 = audit.Failed, nil, ""
	return d
}

// gone reports whether an answer says that what was there is there no more, and
// how that is known; where it does not, why says what is wrong with the answer.
func (c *Client) gone(ctx context.Context, r Request, d audit.Document, e *audit.Earlier,
	past Past) (gone bool, why string) {
	if e.Seen.IsZero() || c.opts.Offline {
		return d.Outcome == audit.Absent && !e.Seen.IsZero(), d.Detail
	}
	said := strings.ToLower(d.Detail)
	if r.Document.Place == audit.WebPage || r.Document.Place == audit.PaperPage {
		said = "" // any site's words, or a filter's: "JavaScript is disabled"
	}
	switch {
	case r.Document.Place == audit.ArXivPaper:
		return false, d.Detail // papers are withdrawn with a notice, not with an error
	case strings.Contains(said, "dmca"), strings.Contains(said, "repository access blocked"):
		return true, "taken down: " + d.Detail
	case r.committed() && d.Outcome == audit.Absent:
		return false, "it was there at this commit: " + d.Detail
	case d.Status == http.StatusUnavailableForLegalReasons, d.Status == http.StatusGone:
		if !c.answersOthers(ctx, r, past) {
			return false, forAll(d)
		}
		if d.Status == http.StatusGone {
			return true, d.Detail
		}
		return true, "taken down: " + d.Detail
	case d.Status == http.StatusForbidden && strings.Contains(said, "disabled"):
		return true, "disabled by the host: " + d.Detail
	case d.Status == http.StatusConflict && d.Outcome == audit.Absent:
		return true, d.Detail
	case d.Outcome == audit.Absent && r.Document.Place == audit.WebPage:
		if !c.answersOthers(ctx, r, past) {
			return false, forAll(d)
		}
		return true, d.Detail
	case d.Outcome == audit.Absent && !r.wholePlace():
		return true, d.Detail
	case strings.Contains(said, "reponotfound"):
		return true, "withdrawn or private: " + d.Detail
	case !r.wholePlace() || strings.Contains(said, "gatedrepo"),
		d.Status != http.StatusNotFound && (d.Status != http.StatusUnauthorized || r.Control == ""):
		return false, d.Detail
	}
	if r.Tells != "" && c.answers(ctx, r, audit.Document{URL: r.Tells, Kind: audit.DocOther, Place: r.Document.Place}) {
		return false, d.Detail // the place is there, its files are not for everybody
	}
	if c.answersOthers(ctx, r, past) {
		if d.Status == http.StatusNotFound {
			return true, d.Detail
		}
		return true, "withdrawn or private: it answered before, and other addresses of the host still do; " + d.Detail
	}
	return false, forAll(d)
}

// answersOthers asks a few other addresses that answered before, and reports
// whether the service gives answers at all. Where none does, a service that has a
// public list is asked for that; of one that has none and no other address, nothing
// speaks against what it says.
func (c *Client) answersOthers(ctx context.Context, r Request, past Past) bool {
	others, err := past.Others(ctx, r.Document)
	if err != nil {
		return false
	}
	for _, d := range others {
		if sameHost(d.URL, r.Document.URL) && c.answers(ctx, r, d) {
			return true
		}
	}
	if r.Control == "" {
		return len(others) == 0 && !r.committed()
	}
	d := c.ask(ctx, r.other(audit.Document{URL: r.Control, Kind: audit.DocOther, Place: r.Document.Place}),
		audit.Document{}, false)
	return d.Status == http.StatusOK
}

// sameHost reports whether two addresses are of one host: what one says tells nothing of
// another.
func sameHost(one, other string) bool {
	a, err := url.Parse(one)
	b, failed := url.Parse(other)
	return err == nil && failed == nil && strings.EqualFold(a.Host, b.Host)
}

// answers asks for one other address, conditionally and without keeping what
// comes: only whether it comes is of interest.
func (c *Client) answers(ctx context.Context, r Request, d audit.Document) bool {
	o := r.other(d)
	cached, have := c.lookup(ctx, o)
	d = c.ask(ctx, o, cached, have)
	return d.Outcome == audit.Fetched || d.Outcome == audit.NotModified
}

// other is a request like this one for another document.
func (r Request) other(d audit.Document) Request {
	return Request{Endpoint: r.Endpoint, Bucket: r.Bucket, Target: r.Target, Accept: r.Accept, Limit: r.Limit,
		Robots: r.Robots, Document: d}
}
