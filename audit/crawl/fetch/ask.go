package fetch

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"openness/audit"
)

// unsaid is how long a credential rests after a limit that names no time.
const unsaid = 5 * time.Second

// An answer is how one attempt ended.
type answer struct {
	doc   audit.Document
	again bool          // another attempt may end better
	after time.Duration // not before the host allows it
	next  *url.URL      // the page has moved there
}

// ask attempts a request until it is settled, hopeless, or out of patience.
func (c *Client) ask(ctx context.Context, r Request, cached audit.Document, conditional bool) audit.Document {
	if !conditional {
		cached = audit.Document{}
	}
	target, problem := r.target()
	if problem != "" {
		return r.failed(audit.Failed, problem)
	}
	patience := attempts * max(c.opts.MaxWait, 0)
	for hop := 0; ; hop++ {
		if r.Robots {
			if denied := c.robotsDeny(ctx, r, target); denied != nil {
				return *denied
			}
		}
		a := c.settle(ctx, r, target, cached, &patience)
		switch {
		case a.next == nil:
			return a.doc
		case hop == maxRedirects:
			return r.failed(audit.Failed, fmt.Sprintf("%s: it redirects more than %d times", target.Host, maxRedirects))
		}
		target = r.within(a.next)
	}
}

// within is where a page that has moved is asked for: through the endpoint, if
// pages are, at its own host otherwise.
func (r Request) within(next *url.URL) *url.URL {
	if r.Endpoint == nil {
		return next
	}
	if u, err := url.Parse(r.Endpoint.actual(next.String())); err == nil {
		return u
	}
	return next
}

// settle attempts to ask one address.
func (c *Client) settle(ctx context.Context, r Request, target *url.URL, cached audit.Document,
	patience *time.Duration) answer {
	steps := backoff.NewExponentialBackOff()
	steps.MaxInterval = 30 * time.Second
	for attempt := 1; ; attempt++ {
		a := c.attempt(ctx, r, target, cached, patience)
		if ctx.Err() != nil || !a.again || r.Paged && a.doc.Outcome == audit.Failed {
			return a
		}
		if attempt == attempts {
			c.failing(r, target.Host, a.doc)
			return a
		}
		wait := max(a.after, steps.NextBackOff())
		c.opts.Progress(Event{Kind: Retry, Target: r.Target, URL: r.Document.URL, Wait: wait, Message: a.doc.Detail})
		if !c.pause(ctx, r, wait, patience) {
			return answer{doc: overdue(a.doc, wait, c.opts.MaxWait)}
		}
	}
}

// failing tells the watcher at once of a host that only fails: whoever waits for a long list
// wants to know before its end.
func (c *Client) failing(r Request, host string, d audit.Document) {
	if serverFails(d.Status) && c.hostOf(r, host).fail(r.Target) {
		c.opts.Progress(Event{Kind: Failing, URL: d.URL, Status: d.Status, Message: d.Detail})
	}
}

// target is the URL that is asked, or what is wrong with it.
func (r Request) target() (*url.URL, string) {
	text := r.Document.URL
	if r.Endpoint != nil {
		text = r.Endpoint.actual(text)
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, fmt.Sprintf("%q is no URL", r.Document.URL)
	}
	return u, unfit(u)
}

// unfit says why a URL is not asked, or "".
func unfit(u *url.URL) string {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Sprintf("%q is neither http nor https", u.Redacted())
	case u.Host == "":
		return fmt.Sprintf("%q names no host", u.Redacted())
	case u.User != nil:
		return fmt.Sprintf("%q holds credentials, which are not sent from a URL", u.Redacted())
	}
	return ""
}

// attempt waits for host and quota, makes one exchange and learns from it.
func (c *Client) attempt(ctx context.Context, r Request, target *url.URL, cached audit.Document,
	patience *time.Duration) answer {
	h := c.hostOf(r, target.Host)
	if why := h.down(c.opts.Now()); why != "" {
		d := r.failed(audit.Failed, why)
		d.RetrievedAt = c.opts.Now()
		return answer{doc: d}
	}
	q, token, refused := c.admit(ctx, r, target.Host, cached.ETag != "" || cached.Modified != "", patience)
	if q == nil {
		return answer{doc: refused}
	}
	if err := h.enter(ctx); err != nil {
		q.done()
		return answer{doc: r.failed(audit.Failed, err.Error())}
	}
	x := c.exchange(ctx, r, target, cached, token)
	h.leave()
	if x.down != "" {
		q.done()
		d := r.failed(audit.Failed, x.down)
		d.RetrievedAt = c.opts.Now()
		return answer{doc: d}
	}
	if x.err != nil {
		q.done()
		c.hostOf(r, x.at.Host).strike(x.at.Host, c.opts.Now(), x.err) // which a redirect may have led to
		said := fmt.Sprintf("%s: %s", x.at.Host, explain(x.err))
		if unreachable(x.err) {
			said = unreached(x.at.Host, explain(x.err))
		}
		d := r.failed(audit.Failed, proxySays(said, x.err))
		d.RetrievedAt = c.opts.Now()
		return answer{doc: d, again: !unreachable(x.err) && !x.final}
	}
	h.well()
	if !serverFails(x.status) {
		h.answers()
	}
	after := q.learn(c.opts.Now(), x.status, x.header)
	c.share(ctx, r, target.Host, token, x.header)
	if x.next != nil {
		return answer{next: x.next}
	}
	a := c.classify(r, x, cached, after)
	if a.again && after == 0 && a.doc.Outcome == audit.Refused {
		after = cmp.Or(a.after, unsaid)
		q.refuse(c.opts.Now().Add(after))
	}
	if a.again && after > 0 {
		a.after = min(after, c.soonest(r, target.Host)) // another credential may have some left
	}
	return a
}

// unreached says that a host cannot be asked anything. The answer is the same for
// the request that found out and for those that were spared: which of several
// subjects comes first is chance, and no result may depend on it.
func unreached(host, why string) string {
	return fmt.Sprintf("%s cannot be reached: %s", host, why)
}

// soonest is how long until any of the credentials has quota again.
func (c *Client) soonest(r Request, hostName string) time.Duration {
	q, _ := c.pick(r, hostName)
	return q.spent(c.opts.Now())
}

// admit waits until the quota lets a request pass and picks the credential to
// use. Without a quota it returns the refusal instead.
func (c *Client) admit(ctx context.Context, r Request, hostName string, conditional bool,
	patience *time.Duration) (*quota, string, audit.Document) {
	for {
		q, token := c.pick(r, hostName)
		wait := q.wait(c.opts.Now(), conditional)
		if wait <= 0 && c.opts.Quotas != nil && !conditional {
			if wait = c.opts.Quotas.Take(ctx, c.sharedKey(r, hostName, token), c.opts.Now()); wait > 0 {
				q.done() // others have what is left
			}
		}
		if wait <= 0 {
			return q, token, audit.Document{}
		}
		if !c.pause(ctx, r, wait, patience) {
			d := r.failed(audit.Refused, fmt.Sprintf("the quota of %s is spent", hostName)+r.advice())
			return nil, "", overdue(d, wait, c.opts.MaxWait)
		}
	}
}

// share tells other processes what an answer says of a quota.
func (c *Client) share(ctx context.Context, r Request, hostName, token string, h http.Header) {
	if c.opts.Quotas == nil {
		return
	}
	now := c.opts.Now()
	if said := readLimit(now, h); said.remaining >= 0 && said.reset.After(now) {
		c.opts.Quotas.Learn(ctx, c.sharedKey(r, hostName, token), said.remaining, said.reset.Add(resetMargin), now)
	}
}

// sharedKey names a quota among processes. A credential is known by a hash.
func (c *Client) sharedKey(r Request, hostName, token string) string {
	if token == "" {
		token = "without, from " + c.opts.Address
	}
	return audit.Hash([]byte(strings.Join([]string{hostName, r.Bucket, token}, "\x00")))
}

// pick chooses the credential whose quota is soonest free, in their order.
func (c *Client) pick(r Request, hostName string) (*quota, string) {
	tokens := []string{""}
	if r.Endpoint != nil && len(r.Endpoint.Tokens) > 0 {
		tokens = r.Endpoint.Tokens
	}
	now := c.opts.Now()
	var best *quota
	var token string
	var least time.Duration
	for i, t := range tokens {
		q := c.quotaOf(fmt.Sprintf("%s %s %d", hostName, r.Bucket, i))
		if wait := q.spent(now); best == nil || wait < least {
			best, token, least = q, t, wait
		}
	}
	return best, token
}

func (c *Client) quotaOf(key string) *quota {
	c.mu.Lock()
	defer c.mu.Unlock()
	q, ok := c.quotas[key]
	if !ok {
		q = &quota{remaining: -1}
		c.quotas[key] = q
	}
	return q
}

// pause waits if patience allows, telling the watcher, and reports whether it did.
func (c *Client) pause(ctx context.Context, r Request, wait time.Duration, patience *time.Duration) bool {
	if wait > max(c.opts.MaxWait, 0) || wait > *patience {
		return false
	}
	*patience -= wait
	if wait >= time.Second {
		c.opts.Progress(Event{Kind: Waiting, Target: r.Target, URL: r.Document.URL, Wait: wait,
			Message: fmt.Sprintf("waiting %s until the host answers again", wait.Round(time.Second))})
	}
	return c.sleep(ctx, wait) == nil
}

// advice says which setting would raise the quota.
func (r Request) advice() string {
	if r.Endpoint == nil || r.Endpoint.TokenName == "" || len(r.Endpoint.Tokens) > 0 {
		return ""
	}
	return ": a token in " + r.Endpoint.TokenName + " raises it"
}

// overdue adds to a document why no further attempt was made.
func overdue(d audit.Document, wait, bound time.Duration) audit.Document {
	bound = max(bound, 0)
	if wait > bound {
		d.Detail += fmt.Sprintf("; the next attempt is due in %s, longer than the %s that a wait may last (--max-wait): run again later",
			inWords(wait), bound)
		return d
	}
	d.Detail += fmt.Sprintf("; the next attempt is due in %s, and the waits for it would add up to more than %d times the %s of --max-wait: run again later",
		inWords(wait), attempts, bound)
	return d
}

// inWords writes a wait for people. What is as long as the longest that is believed may be longer.
func inWords(wait time.Duration) string {
	if wait >= longestBelieved-time.Minute { // a moment has passed since the host said it
		return "a day or more"
	}
	return wait.Round(time.Second).String()
}
