package crawl

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/papers"
	"openness/audit/papers/text"
)

// Where to look next is written in what was just read, so that finding the places of
// a model takes reading all of its pages. But the same answers to the same questions
// lead to the same places: where every answer is the one of before, the record of
// before holds, and no page need be read again, nor its bytes be had.

// A course is the way that a gathering took.
type course struct {
	Steps []step `json:"steps"`
	// Origins tells of each document of the record where it is from, see origin.
	Origins []origin `json:"origins"`
}

// A step is one question and what the answer was.
type step struct {
	Endpoint string        `json:"endpoint,omitempty"`
	Request  fetch.Request `json:"request"`
	Unasked  bool          `json:"unasked,omitempty"` // not asked for: only what was known of it before counts
	Answer   []byte        `json:"answer"`            // see fingerprint
	got      audit.Document
}

// An origin is twice the number of the step that gave a document, one more where the
// answer's outcome is the document's too, or made where no step did.
type origin int

const made origin = -1

// tookStep notes a question and its answer.
func (g *gathering) tookStep(r fetch.Request, d audit.Document, unasked bool) {
	g.steps = append(g.steps, step{Endpoint: g.c.endpointName(r.Endpoint), Request: r, Unasked: unasked, got: d})
}

// unasked sets a document that was not asked for against what was seen before.
func (g *gathering) unasked(ctx context.Context, r fetch.Request, d audit.Document) audit.Document {
	was := d
	d = g.c.fetch.Earlier(ctx, r, d)
	r.Document = was
	g.tookStep(r, d, true)
	return d
}

func (c *Crawler) endpoints() map[string]*fetch.Endpoint {
	return map[string]*fetch.Endpoint{"hub": &c.hub, "api": &c.api, "raw": &c.raw, "scope": &c.scope,
		"papers": &c.papers, "web": &c.web}
}

func (c *Crawler) endpointName(e *fetch.Endpoint) string {
	for name, known := range c.endpoints() {
		if known == e {
			return name
		}
	}
	return ""
}

// course writes down the way that a gathering took, or nothing where its record rests
// on more than the answers: on an outage, which has a beginning, or on how much time
// there was.
func (g *gathering) course() []byte {
	if g.past() {
		return nil
	}
	way := course{Steps: g.steps}
	for i := range way.Steps {
		s := &way.Steps[i]
		if !s.got.StaleSince.IsZero() {
			return nil
		}
		s.Answer = fingerprint(&s.Request, &s.got)
	}
	for i := range g.docs {
		from, ok := originOf(&g.docs[i], way.Steps)
		if !ok {
			return nil
		}
		way.Origins = append(way.Origins, from)
	}
	text, err := json.Marshal(way)
	if err != nil {
		return nil // a way that cannot be written down is gone in full next time
	}
	return text
}

// originOf finds the step that gave a document.
func originOf(d *audit.Document, steps []step) (origin, bool) {
	address, isText := strings.CutSuffix(d.URL, TextFragment)
	if isText && (d.Partial || d.Outcome == audit.Skipped) || !d.StaleSince.IsZero() {
		return made, false
	}
	for i := range steps {
		got := &steps[i].got
		if got.URL != address || !got.RetrievedAt.Equal(d.RetrievedAt) {
			continue
		}
		if !isText && got.Outcome == d.Outcome && got.Status == d.Status {
			return origin(2*i + 1), true
		}
		return origin(2 * i), true
	}
	return made, d.SHA256 == ""
}

// fingerprint tells answers apart that may lead elsewhere. What an interface's answer
// says of itself is read out of its bytes.
func fingerprint(r *fetch.Request, d *audit.Document) []byte {
	outcome, status, revision, partial := d.Outcome, d.Status, d.Revision, d.Partial
	if outcome == audit.NotModified {
		outcome = audit.Fetched
	}
	if outcome == audit.Fetched {
		status = 0
	}
	if r.JSON {
		revision, partial = "", false
	}
	said := fmt.Sprintf("%q %q %d %q %q %q %q %q %q %t %q %d %d %d", d.URL, outcome, status, d.Detail, d.ContentType,
		d.ETag, d.Modified, revision,
		d.SHA256, partial, d.StaleWhy, unix(d.StaleSince), unix(d.LastSeen), unix(d.FirstMissed))
	return []byte(audit.Hash([]byte(said))[:24])
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// CourseKey names a target and all settings that a way depends on.
func (c *Crawler) CourseKey(t Target) string {
	text, err := json.Marshal(struct {
		Target Target
		Budget Budget
	}{t, c.opts.Budget})
	if err != nil || !c.opts.At.IsZero() {
		return ""
	}
	return audit.Hash(text)[:32]
}

// Again asks the questions of an earlier gathering of a target again. Where all answers
// are those of then, it gives the record of then with the times of now, without bytes and
// without observations. Where one is not, same is false, and Gather finds what was
// answered so far remembered.
func (c *Crawler) Again(ctx context.Context, way []byte,
	before *audit.Record) (now audit.Record, same bool, err error) {
	var then course
	index, ok := c.opts.Cache.(fetch.Index)
	if !ok || c.opts.Refresh || c.opts.Offline {
		return audit.Record{}, false, nil
	}
	broken := json.Unmarshal(way, &then)
	if broken != nil || len(then.Origins) != len(before.Documents) {
		return audit.Record{}, false, nil //nolint:nilerr // of another version: the target is gathered as ever
	}
	named, name := c.endpoints(), before.Subject.Target
	stored, err := index.LookupUnread(ctx, then.addresses())
	if err != nil {
		return audit.Record{}, false, err
	}
	answers := make([]audit.Document, len(then.Steps))
	for i := range then.Steps {
		s := &then.Steps[i]
		known := stored[s.Request.Document.URL]
		s.Request.Endpoint, s.Request.Target, s.Request.Stored = named[s.Endpoint], name, &known
		if s.Unasked {
			d := s.Request.Document
			d.RetrievedAt = c.opts.Now()
			answers[i] = c.fetch.Earlier(ctx, s.Request, d)
		} else if answers[i], err = c.fetch.Get(ctx, s.Request); err != nil {
			return audit.Record{}, false, fmt.Errorf("gathering %q: %w", name, err)
		}
		if ctx.Err() != nil {
			return audit.Record{}, false, ctx.Err()
		}
		if !bytes.Equal(fingerprint(&s.Request, &answers[i]), s.Answer) {
			return audit.Record{}, false, nil
		}
	}
	now, same = c.renewed(&then, before, answers)
	if !same {
		return audit.Record{}, false, nil
	}
	for _, p := range now.Subject.Places {
		c.opts.Progress(Event{Kind: fetch.Place, Target: name, URL: p.URL, Message: p.Reason})
	}
	return now, true, nil
}

// renewed is the record of then with the times and outcomes of the answers of now; false where one of its documents
// goes back to none of them.
func (c *Crawler) renewed(then *course, before *audit.Record, answers []audit.Document) (now audit.Record, ok bool) {
	now = audit.Record{Subject: before.Subject, Documents: slices.Clone(before.Documents)}
	for i, from := range then.Origins {
		d := &now.Documents[i]
		switch {
		case from == made:
			d.RetrievedAt = c.opts.Now()
		case from < 0 || int(from/2) >= len(answers):
			return audit.Record{}, false
		default:
			d.RetrievedAt = answers[from/2].RetrievedAt
			if from%2 == 1 {
				d.Outcome, d.Status = answers[from/2].Outcome, answers[from/2].Status
			}
		}
	}
	return now, true
}

func (way *course) addresses() []string {
	urls := make([]string, len(way.Steps))
	for i := range way.Steps {
		urls[i] = way.Steps[i].Request.Document.URL
	}
	return urls
}

// The names of what says whether a body is what was due: a request that is written
// down finds it again by them.
const (
	isModel        = "model"
	isRepository   = "repository"
	isTree         = "tree"
	isPapers       = "papers"
	isAbstract     = "abstract"
	isRecord       = "record"
	isScope        = "scope"
	isScopeFiles   = "scope files"
	isScopeCommits = "scope commits"
	isCommits      = "commits"
	isCollection   = "collection"
	isDeposit      = "deposit"
	isForm         = "form of a paper"
	isReport       = "report"
	isPage         = "page with text"
	isFronted      = "card with front matter"
)

// check says what is wrong with a body.
func check(name, url string, body []byte) error {
	var err error
	switch name {
	case isModel:
		_, err = hub.ParseModel(body)
	case isRepository:
		_, err = github.ParseRepo(body)
	case isTree:
		_, err = github.ParseTree(body)
	case isPapers:
		_, err = papers.Parse(body)
	case isAbstract:
		_, err = papers.ParseAbstract(body)
	case isRecord:
		if _, err = papers.ParseRecord(url, body); errors.Is(err, papers.ErrNoRecord) {
			err = nil
		}
	case isScope:
		_, err = hub.ParseScope(body)
	case isScopeFiles:
		_, err = hub.ParseScopeFiles(body)
	case isScopeCommits:
		_, err = hub.ParseScopeCommits(body)
	case isForm:
		err = asForm(body)
	case isReport:
		if text.Detect(body) != text.KindPDF {
			err = errors.New("what is served there is no PDF")
		}
	case isPage:
		if text.Detect(body) != text.KindPDF {
			_, err = textOnPage(url, body)
		}
	case isFronted:
		if fetch.Blank(body) {
			err = errors.New("an empty card came, and the hub's answer repeats what stands at its head")
		}
	case isCollection:
		err = has(body, "items")
	case isDeposit:
		err = has(body, "metadata")
	case isCommits:
		err = json.Unmarshal(body, new([]commit))
	default:
		err = fmt.Errorf("nobody knows what %q would be", name)
	}
	return err
}

// has demands a field of an answer.
func has(body []byte, field string) error {
	var answer map[string]json.RawMessage
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("the answer is no object: %w", err)
	}
	if _, ok := answer[field]; !ok {
		return fmt.Errorf("the answer has no %q", field)
	}
	return nil
}

// asForm demands a form in which arXiv gives papers.
func asForm(body []byte) error {
	kind := text.Detect(body)
	if kind == text.KindUnknown || kind == text.KindHTML && !bytes.Contains(body, []byte("ltx_")) { // LaTeXML's mark
		return errors.New("what is served there is no paper")
	}
	return nil
}
