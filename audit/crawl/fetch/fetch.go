// Package fetch is polite HTTP: it asks a public server for one document and
// always comes back with an audit.Document that says how the attempt ended.
//
// A Client keeps to each host's pace and quota, waits where it is told to (and
// says so), retries what may pass, asks conditionally where an earlier answer
// is at hand, follows few redirects, reads bounded bodies, sends credentials
// only to the host they are for, and dials public addresses only, save for
// endpoints that the user configured. The same URL is fetched once per Client.
//
// What is not promised: that a document is right. The outcome is about the
// exchange alone; only an answer 404 or 410 is evidence of absence.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"openness/audit"
	"openness/audit/pause"
)

// Bounds of a single request. They are generous for cards, licences and
// listings, and small enough that a hostile server cannot hold a run up.
const (
	DefaultLimit   = 8 << 20 // bytes of a body, after decompression
	DefaultMaxWait = 2 * time.Minute
	DefaultTimeout = time.Minute // one exchange, from dialling to the last byte
	attempts       = 4
	maxRedirects   = 5
)

// A Cache gives the last stored answer of a public URL, and keeps new ones.
type Cache interface {
	Lookup(ctx context.Context, url string) (audit.Document, bool, error)
	Keep(ctx context.Context, d audit.Document) error
}

// An Index is a Cache that gives stored answers without their bytes, all at once. An
// address without one is not in the map.
type Index interface {
	LookupUnread(ctx context.Context, urls []string) (map[string]audit.Document, error)
}

// An Endpoint is a service with a base URL of its own, which the user may have
// pointed elsewhere.
type Endpoint struct {
	Name      string   // for messages: "Hugging Face"
	Public    string   // the public base URL, which documents are recorded under
	Base      string   // the base URL that is used; empty means Public
	Tokens    []string // credentials for Base, used in turn when a quota is spent
	TokenName string   // the setting that holds them, for advice in messages
}

// configured reports whether the user pointed the endpoint elsewhere: such a
// server may have a private address and sets its own pace.
func (e *Endpoint) configured() bool { return e.Base != "" && e.Base != e.Public }

// actual maps a public URL of the endpoint to the one that is asked.
func (e *Endpoint) actual(public string) string {
	if rest, ok := strings.CutPrefix(public, e.Public); ok && e.configured() {
		return strings.TrimSuffix(e.Base, "/") + rest
	}
	return public
}

// holds reports whether a URL is one of the endpoint's own.
func (e *Endpoint) holds(u *url.URL) bool {
	return strings.HasPrefix(u.String(), strings.TrimSuffix(e.Base, "/")+"/")
}

// public maps a URL under the base back to the public one.
func (e *Endpoint) public(actual string) string {
	if rest, ok := strings.CutPrefix(actual, strings.TrimSuffix(e.Base, "/")); ok && e.configured() {
		return e.Public + rest
	}
	return actual
}

// A Request says what to fetch and how the document is to be recorded.
type Request struct {
	Document audit.Document // URL (public), Kind, Place, PlaceID, Role, Path, Revision
	Endpoint *Endpoint      `json:"-"`          // nil for any other host
	Bucket   string         `json:",omitempty"` // the quota that the host counts it under: "api", "resolvers"
	Target   string         `json:"-"`          // whose audit it belongs to, for events
	Head     bool           `json:",omitempty"` // ask for headers only; Document.Kind is DocWeights
	Accept   string         `json:",omitempty"`
	Limit    int64          `json:",omitempty"` // bytes; 0 means DefaultLimit
	// ask for so many bytes of the beginning, and read no more of a host that sends all; 0 means the whole
	First int64 `json:",omitempty"`
	// bytes of the file, as a listing of what is asked for gives them: a shorter body was cut. 0 means unknown
	Size   int64         `json:",omitempty"`
	JSON   bool          `json:",omitempty"` // an answer that is not JSON is no answer
	MaxAge time.Duration `json:",omitempty"` // a stored answer younger than this is used unasked; 0 means always ask
	Pinned bool          `json:",omitempty"` // the URL names a revision: what it once answered holds for ever
	Listed bool          `json:",omitempty"` // a listing names it, so 404 contradicts and is no evidence of absence
	Robots bool          `json:",omitempty"` // robots.txt decides
	// for so long a refusal to somebody without credentials is not asked for again
	Refusal time.Duration `json:",omitempty"`
	// a public address of the service that always answers: whether it is the service that fails
	Control string `json:",omitempty"`
	// the service's public word on the place, given even where its files are refused
	Tells string `json:",omitempty"`
	Check string `json:",omitempty"` // what Options.Check knows the body by that is due; may be empty
	// Stored is what an Index said of the URL, empty where it knows nothing: it is not
	// looked up again, and bytes that have not changed are not wanted. nil otherwise.
	Stored *audit.Document `json:"-"`
	// a page of a list: too large to remember, and a failure of the server is the asker's to answer
	Paged   bool `json:",omitempty"`
	Renames bool `json:",omitempty"` // the URL after redirects within the endpoint is the one to record
}

// An Event tells a watcher what is going on. Nothing depends on it.
type Event struct {
	Kind    EventKind
	Target  string        // whose audit, as the target was given; none of Failing
	URL     string        // public
	Outcome audit.Outcome // of Done
	Status  int           // of Done and Failing
	Bytes   int           // of Done
	Wait    time.Duration // of Waiting and Retry
	Message string        // for people
}

// EventKind says what an Event tells.
type EventKind string

// The kinds of event.
const (
	Done    EventKind = "done"    // a document was fetched, or was not to be had
	Waiting EventKind = "waiting" // a quota or back-off is waited for
	Retry   EventKind = "retry"   // an attempt failed and is repeated
	Failing EventKind = "failing" // a host answers all subjects with errors alone
	Trouble EventKind = "trouble" // something beside the documents went wrong: the cache
	Place   EventKind = "place"   // a place to look was chosen
)

// A Lender shares what a credential has left with other processes that use it.
// Keys tell quotas apart and hold no credential.
type Lender interface {
	// Take takes one request, or says how long to wait for one.
	Take(ctx context.Context, key string, now time.Time) time.Duration
	// Learn takes in how many requests a host said are left until a time.
	Learn(ctx context.Context, key string, left int, reset, now time.Time)
}

// Options configure a Client.
type Options struct {
	UserAgent string
	Cache     Cache // may be nil
	Offline   bool  // answer from the cache only
	// what to say, offline, of a document that the cache has not; empty for the advice to go online
	NotStored string
	Refresh   bool // do not ask conditionally
	// answers stored since then are used unasked; zero means none: a resumed run's start
	Fresh time.Time
	// longest wait for one document; 0 means DefaultMaxWait, below 0 none
	MaxWait time.Duration
	Settled bool // a file at a revision that was read is not asked for again
	// what is wrong with a body of a name; may be nil where no request has one
	Check func(name, url string, body []byte) error
	// an earlier look older than this does not stand in for a source that fails; 0 means any does
	MaxAge  time.Duration
	Timeout time.Duration // of one exchange; 0 means DefaultTimeout
	Network Network       // a proxy and certificates
	Quotas  Lender        // shares quotas with other processes; nil for none
	// of this machine, by which hosts count those without a credential: for Quotas
	Address  string
	Now      func() time.Time
	Progress func(Event) // may be nil; called from several goroutines
}

// A Client fetches documents. It is safe for concurrent use and remembers what
// it fetched: make one for each run.
type Client struct {
	opts    Options
	open    http.RoundTripper // for configured endpoints
	guarded http.RoundTripper // for everything else: public addresses only
	sleep   func(context.Context, time.Duration) error
	memory  *memory
	flight  singleflight.Group
	mu      sync.Mutex
	hosts   map[string]*host
	quotas  map[string]*quota
	robots  map[string]*rules
	giving  map[string]bool // services that gave an answer in this run
}

// New returns a Client. Close releases its connections.
func New(opts Options) *Client {
	if opts.MaxWait == 0 {
		opts.MaxWait = DefaultMaxWait
	}
	if opts.Timeout == 0 {
		opts.Timeout = DefaultTimeout
	}
	if opts.Progress == nil {
		opts.Progress = func(Event) {}
	}
	if opts.NotStored == "" {
		opts.NotStored = "not looked (offline): no earlier run stored it; run again without --offline"
	}
	return &Client{
		opts: opts, sleep: pause.For,
		open: &guard{network: opts.Network, direct: opts.Network.trust(newTransport(nil)),
			behind: opts.Network.proxied()},
		guarded: &guard{network: opts.Network, direct: opts.Network.trust(newTransport(refusePrivate)),
			behind: opts.Network.proxied(), names: true},
		memory: newMemory(memoryBytes, memoryEntries),
		hosts:  make(map[string]*host), quotas: make(map[string]*quota), robots: make(map[string]*rules),
		giving: make(map[string]bool),
	}
}

// Close closes idle connections.
func (c *Client) Close() {
	for _, t := range []http.RoundTripper{c.open, c.guarded} {
		if t, ok := t.(interface{ CloseIdleConnections() }); ok {
			t.CloseIdleConnections()
		}
	}
}

// Get fetches one document. The error is non-nil only when ctx has ended.
func (c *Client) Get(ctx context.Context, r Request) (audit.Document, error) {
	if r.Paged {
		return c.page(ctx, r)
	}
	key := r.Document.URL
	if r.Head {
		key = "HEAD " + key
	}
	for {
		if d, ok := c.remembered(ctx, r, key); ok {
			return r.dress(d), nil
		}
		got, err, _ := c.flight.Do(key, func() (any, error) {
			if d, ok := c.remembered(ctx, r, key); ok { // somebody else's request ended just now
				return d, nil
			}
			return c.fetch(ctx, r, key)
		})
		if ctx.Err() != nil {
			return audit.Document{}, ctx.Err()
		}
		if err == nil && r.served(got.(audit.Document)) {
			return r.dress(got.(audit.Document)), nil
		}
		// The one who asked was cancelled, or did without the bytes: ask ourselves.
	}
}

// served reports whether an answer has the bytes that a request wants.
func (r Request) served(d audit.Document) bool {
	return r.Stored != nil || d.SHA256 == "" || d.Body != nil
}

// cut reports whether a body is shorter than the file that is asked for.
func (r Request) cut(body []byte) bool { return !r.Head && r.First == 0 && int64(len(body)) < r.Size }

// remembered gives what this run was answered before. Bytes that were not wanted then
// are in the store.
func (c *Client) remembered(ctx context.Context, r Request, key string) (audit.Document, bool) {
	d, ok := c.memory.get(key)
	if !ok || r.served(d) {
		return d, ok
	}
	stored, ok := c.lookup(ctx, r)
	if !ok || stored.SHA256 != d.SHA256 {
		return audit.Document{}, false
	}
	d.Body = stored.Body
	c.memory.put(key, d)
	return d, true
}

// page asks for a page of a list. Nobody asks for it twice but where it failed.
func (c *Client) page(ctx context.Context, r Request) (audit.Document, error) {
	d := r.failed(audit.Skipped, c.opts.NotStored)
	if !c.opts.Offline {
		d = c.ask(ctx, r, audit.Document{}, false)
	}
	if ctx.Err() != nil {
		return audit.Document{}, ctx.Err()
	}
	if d.RetrievedAt.IsZero() {
		d.RetrievedAt = c.opts.Now()
	}
	c.opts.Progress(Event{Kind: Done, Target: r.Target, URL: d.URL, Outcome: d.Outcome, Status: d.Status,
		Bytes: len(d.Body), Message: d.Detail})
	return d, nil
}

// fetch answers a request from cache or network, and remembers the answer.
func (c *Client) fetch(ctx context.Context, r Request, key string) (audit.Document, error) {
	cached, have := c.lookup(ctx, r)
	var d audit.Document
	asked := false
	switch {
	case c.opts.Offline && have:
		d = cached
	case c.opts.Offline:
		d = r.failed(audit.Skipped, c.opts.NotStored)
	case have && c.fresh(r, cached):
		d = cached
	case have && !c.opts.Refresh && cached.Outcome == audit.Refused:
		d = cached
	case have && !c.opts.Refresh && r.Pinned && !r.Head && (c.opts.Settled || unchanging(cached)):
		d = cached
		if d.Outcome == audit.Fetched {
			d.Outcome = audit.NotModified
		}
	default:
		asked = true
		d = c.ask(ctx, r, cached, have && !c.opts.Refresh)
		if ctx.Err() != nil {
			return d, ctx.Err()
		}
		if have && (!c.opts.Refresh || Blank(d.Body)) {
			d = r.unlike(d, cached)
		}
		if d.Outcome == audit.Fetched || d.Outcome == audit.NotModified {
			c.gave(r)
		}
		if d.RetrievedAt.IsZero() {
			d.RetrievedAt = c.opts.Now()
		}
	}
	if d = c.weigh(ctx, r, d); ctx.Err() != nil {
		return d, ctx.Err()
	}
	if asked && d.StaleSince.IsZero() {
		c.keep(ctx, r, d)
	}
	c.memory.put(key, d)
	c.opts.Progress(Event{Kind: Done, Target: r.Target, URL: d.URL, Outcome: d.Outcome, Status: d.Status,
		Bytes: len(d.Body), Message: d.Detail})
	return d, nil
}

// fresh reports whether a stored answer is of the run that goes on here, or
// younger than the source asks to be cached.
func (c *Client) fresh(r Request, d audit.Document) bool {
	if d.RetrievedAt.After(c.opts.Now()) {
		return false // a clock was ahead: what it says would stay so for ever
	}
	if !c.opts.Fresh.IsZero() && !d.RetrievedAt.Before(c.opts.Fresh) {
		return true
	}
	return !c.opts.Refresh && c.opts.Now().Sub(d.RetrievedAt) < r.MaxAge
}

// unchanging reports whether a stored answer of a pinned URL needs no further
// question: the file was not in that revision, or nothing is there to ask with.
func unchanging(d audit.Document) bool {
	return d.Outcome == audit.Absent || (d.ETag == "" && d.Modified == "")
}

// lasting reports whether an attempt is worth storing and using again: it told
// what is there, or it was refused to somebody without credentials, who will be
// refused again.
func (r Request) lasting(d audit.Document) bool {
	if d.Outcome.Looked() {
		return true
	}
	return r.Refusal > 0 && d.Outcome == audit.Refused && len(r.Endpoint.Tokens) == 0 &&
		(d.Status == http.StatusUnauthorized || d.Status == http.StatusForbidden)
}

// holds reports whether a stored refusal is still young enough.
func (c *Client) holds(r Request, d audit.Document) bool {
	return d.Outcome != audit.Refused || c.opts.Now().Sub(d.RetrievedAt) < r.Refusal
}

// lookup gives the stored answer of a request. Bodies that do not hash to what
// was recorded are not used.
func (c *Client) lookup(ctx context.Context, r Request) (audit.Document, bool) {
	if c.opts.Cache == nil {
		return audit.Document{}, false
	}
	var d audit.Document
	var ok bool
	var err error
	if r.Stored != nil {
		d, ok = *r.Stored, r.Stored.URL != ""
	} else {
		d, ok, err = c.opts.Cache.Lookup(ctx, r.Document.URL)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		c.opts.Progress(Event{Kind: Trouble, Target: r.Target, URL: r.Document.URL,
			Message: fmt.Sprintf("earlier answers cannot be read: %v", err)})
	}
	if err != nil || !ok || !c.usable(r, d) || r.Head != (d.Kind == audit.DocWeights) {
		return audit.Document{}, false
	}
	if c.opts.Offline {
		d = c.recheck(r, d)
	}
	if (d.Outcome == audit.Fetched || d.Outcome == audit.NotModified) && r.Stored == nil &&
		(audit.Hash(d.Body) != d.SHA256 || r.cut(d.Body)) {
		return audit.Document{}, false
	}
	return d, true
}

// keep stores an answer for later runs, under the URL that was asked for.
func (c *Client) keep(ctx context.Context, r Request, d audit.Document) {
	if c.opts.Cache == nil || !r.lasting(d) {
		return
	}
	d.URL = r.Document.URL
	if err := c.opts.Cache.Keep(ctx, d); err != nil && ctx.Err() == nil {
		c.opts.Progress(Event{Kind: Trouble, Target: r.Target, URL: d.URL,
			Message: fmt.Sprintf("the answer cannot be stored: %v", err)})
	}
}

// dress gives a shared answer the identity that this request records it under.
func (r Request) dress(d audit.Document) audit.Document {
	own := r.Document
	d.Kind, d.Place, d.PlaceID, d.Role, d.Path = own.Kind, own.Place, own.PlaceID, own.Role, own.Path
	if own.Revision != "" {
		d.Revision = own.Revision
	}
	return d
}

// failed records an attempt that gave no bytes.
func (r Request) failed(o audit.Outcome, detail string) audit.Document {
	d := r.Document
	d.Outcome, d.Detail = o, detail
	return d
}
