package hub

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/pause"
)

// MaxPage is the most entries that the hub gives on one page of its list.
const MaxPage = 1000

// minPage is the least that a page is cut down to where the hub fails over it.
const minPage = 100

// A Query is what each entry of the list is asked for. Hosts differ, by age and by
// make, in what they let a list tell.
type Query struct {
	Expand []string `json:"expand,omitempty"` // fields by name; none: whole entries (full=true)
	Sort   bool     `json:"sort"`             // by time of creation, an order that does not change under the reader
}

// listFields are asked for, those first that a census can least do without.
var listFields = []string{"tags", "siblings", "gated", "downloads", "sha", "lastModified", "private", "likes",
	"createdAt",
	"library_name", "pipeline_tag", "disabled", "safetensors", "cardData"}

// WholeQuery asks for all that a census reads.
func WholeQuery() Query { return Query{Expand: slices.Clone(listFields), Sort: true} }

// URL is the public address of a page.
func (q Query) URL(limit int, cursor string) string {
	v := url.Values{"limit": {strconv.Itoa(limit)}}
	if q.Sort {
		v.Set("sort", "createdAt")
		v.Set("direction", "-1")
	}
	if len(q.Expand) > 0 {
		v["expand[]"] = q.Expand
	} else {
		v.Set("full", "true")
	}
	if cursor != "" {
		v.Set("cursor", cursor)
	}
	return Public + "/api/models?" + v.Encode()
}

// without is the query less what a host's refusal names, or else less what can
// best be spared; ok is false where nothing is left to give up.
func (q Query) without(said string) (less Query, ok bool) {
	said = strings.ToLower(said)
	named := slices.DeleteFunc(slices.Clone(q.Expand), func(f string) bool { return !quotes(said, f) })
	switch {
	case q.Sort && quotes(said, "sort"):
		return Query{q.Expand, false}, true
	case len(named) == 1:
		return Query{slices.DeleteFunc(slices.Clone(q.Expand), func(f string) bool {
			return f == named[0]
		}), q.Sort}, true
	case len(q.Expand) > 0 && quotes(said, "expand") && !strings.Contains(said, "expand["):
		return Query{nil, q.Sort}, true // it has no such parameter
	case len(q.Expand) > 2: // cardData, safetensors and so on
		return Query{slices.Clone(q.Expand[:len(q.Expand)-1]), q.Sort}, true
	case len(q.Expand) > 0:
		return Query{nil, q.Sort}, true
	case q.Sort:
		return Query{nil, false}, true
	}
	return q, false
}

// quotes reports whether a message speaks of a parameter by name.
func quotes(said, name string) bool {
	name = strings.ToLower(name)
	for from := 0; ; {
		i := strings.Index(said[from:], name)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(name)
		if (i == 0 || !wordByte(said[i-1])) && (from == len(said) || !wordByte(said[from])) {
			return true
		}
	}
}

func wordByte(b byte) bool { return b == '_' || 'a' <= b && b <= 'z' || '0' <= b && b <= '9' }

// A Page is one page of the list.
type Page struct {
	Body []byte
	Next string // cursor of the page after it; empty of the last one
	At   time.Time
	Most int // entries that were asked for
}

// Errors of a list that cannot be read on.
var (
	ErrListUnreached = errors.New("the hub's list cannot be reached")
	ErrCursorRefused = errors.New("the hub refuses the place where the list was left")
)

// A Pager reads the list of models page by page. A page over which the hub fails is
// asked for again, smaller; one that it refuses for what was asked of it, with less.
type Pager struct {
	Ask      func(ctx context.Context, url string) (audit.Document, error)
	Query    Query
	Pause    time.Duration                 // before the first attempt after a failure; doubled from one to the next
	MaxPause time.Duration                 // longest pause; a page that needs a longer one is given up. 0: none is too long
	Told     func(format string, a ...any) // what is done about a refusal or failure; may be nil
	Asked    int                           // requests so far

	limit, good int
}

// The patience of a Pager.
const (
	maxFailures = 8 // in a row, on one page
	maxSilences = 2 // of these, where no answer came at all
	longestStep = time.Minute
	growAfter   = 10 // pages that came well until a cut page may grow again
)

// Page asks for the page at a cursor; empty is the first.
func (p *Pager) Page(ctx context.Context, cursor string) (Page, error) {
	if p.limit == 0 {
		p.limit = MaxPage
	}
	next, failures := p.Pause, 0
	for {
		d, err := p.Ask(ctx, p.Query.URL(p.limit, cursor))
		if err != nil {
			return Page{}, err
		}
		p.Asked++
		switch {
		case d.Outcome == audit.Fetched:
			next, err := nextCursor(d.Link)
			if err != nil || next == cursor && cursor != "" {
				return Page{}, fmt.Errorf("%w: the page at %s does not tell where the list goes on", ErrListUnreached,
					d.URL)
			}
			most := p.limit
			if p.good++; p.good >= growAfter && p.limit < MaxPage {
				p.limit, p.good = min(MaxPage, 2*p.limit), 0
			}
			return Page{d.Body, next, d.RetrievedAt, most}, nil
		case d.Status == http.StatusBadRequest || d.Status == http.StatusUnprocessableEntity:
			if cursor != "" { // what it gave a page for before cannot be the fault
				return Page{}, fmt.Errorf("%w: %s", ErrCursorRefused, d.Detail)
			}
			less, ok := p.Query.without(d.Detail)
			if !ok {
				return Page{}, fmt.Errorf("%w: %s", ErrListUnreached, d.Detail)
			}
			p.tell("%s: asking for less", d.Detail)
			p.Query = less
		case d.Outcome == audit.Failed && failures < maxFailures && (d.Status != 0 || failures < maxSilences):
			if p.MaxPause != 0 && next > p.MaxPause {
				return Page{}, fmt.Errorf("%w: %s; the next attempt is due in %s, longer than the %s that a wait may last (--max-wait)",
					ErrListUnreached, d.Detail, next, max(p.MaxPause, 0))
			}
			failures++
			p.good, p.limit = 0, max(minPage, p.limit/2)
			p.tell("%s: asking for %d models a page in %s", d.Detail, p.limit, next)
			if err := pause.For(ctx, next); err != nil {
				return Page{}, err
			}
			next = min(2*next, longestStep)
		default:
			return Page{}, fmt.Errorf("%w: %s", ErrListUnreached, d.Detail)
		}
	}
}

// Less has the next page asked for with an entry less.
func (p *Pager) Less() { p.good, p.limit = 0, max(1, p.limit-1) }

func (p *Pager) tell(format string, a ...any) {
	if p.Told != nil {
		p.Told(format, a...)
	}
}

// nextCursor reads where a list goes on: the cursor in the address that a Link
// header calls next. The rest of the address is the server's own name for itself.
func nextCursor(link string) (string, error) {
	for part := range strings.SplitSeq(link, ",") {
		address, kind, _ := strings.Cut(strings.TrimSpace(part), ">")
		if !strings.Contains(kind, `rel="next"`) && !strings.Contains(kind, "rel=next") {
			continue
		}
		u, err := url.Parse(strings.TrimPrefix(address, "<"))
		if err != nil {
			return "", err
		}
		if c := u.Query().Get("cursor"); c != "" {
			return c, nil
		}
		return "", errors.New("no cursor in it")
	}
	return "", nil
}
