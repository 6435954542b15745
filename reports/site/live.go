package site

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"openness/audit"
	"openness/reports"
	"openness/reports/internal/page"
)

// The pages that only a live site has: search, stored documents, the API's
// description and faults. They are given values, as all reports are; a server
// (cmd/openness/serve) finds them.

// A SearchPage is what the search page shows.
type SearchPage struct {
	Query          string
	Fault          string // why there is no answer, "" when there is one
	Note           string // how the documents were searched, where that matters
	Hits           []SearchHit
	Offset         int
	Previous, Next string // addresses of the neighbouring pages, "" for none
}

// First is the number of the first document shown, counted from 1.
func (p SearchPage) First() int { return p.Offset + 1 }

// Last is the number of the last document shown.
func (p SearchPage) Last() int { return p.Offset + len(p.Hits) }

// A SearchHit is one stored document that was found.
type SearchHit struct {
	URL, Revision, SHA256 string
	RetrievedAt           time.Time  // the last time
	Parts                 []TextPart // the excerpt
	CutBefore, CutAfter   bool       // the excerpt does not begin or end with the document
	Models                []ModelLink
	Stored                string // address of the document at the excerpt
}

// A TextPart is a piece of an excerpt; Match is true for words searched for.
type TextPart struct {
	Text  string
	Match bool
}

// A ModelLink leads to a model's dossier.
type ModelLink struct{ Name, Page string }

// Marked splits text at spans, which are in order, apart, and given in bytes of
// a document in which text begins at offset.
func Marked(text string, offset int, spans []audit.Span) []TextPart {
	parts := []TextPart{}
	add := func(s string, match bool) {
		if s != "" {
			parts = append(parts, TextPart{reports.VisibleText(s), match})
		}
	}
	at := 0
	for _, s := range spans {
		from, to := s.Start-offset, s.End-offset
		if from < at || to > len(text) {
			continue
		}
		add(text[at:from], false)
		add(text[from:to], true)
		at = to
	}
	add(text[at:], false)
	return parts
}

// WriteSearch writes the search page.
func (b *Book) WriteSearch(w io.Writer, p SearchPage) error {
	return b.render(w, "search", "search", "Search", p)
}

// A StoredPage shows one stored document, or a part of a long one.
type StoredPage struct {
	SHA256     string
	Bytes      int              // length of the document
	Fetches    []audit.Document // where and when it was read
	Models     []ModelLink      // whose crawls used it
	Body       []byte           // nil when the bytes are not stored
	Start, End int              // the span to mark; equal for none
	From       int              // where the shown part begins, when nothing is marked
}

// storedWindow is how many bytes of a document one page shows. It is more than
// nearly every card or licence has.
const storedWindow = 256 << 10

// storedView is a StoredPage cut to what is shown.
type storedView struct {
	StoredPage
	To                    int
	Before, Marked, After string
	Text                  bool   // there is text to show
	Note                  string // why there is none
	Earlier, Later        string // addresses of the parts before and after
}

// WriteStored writes the page of a stored document. Bytes that are no text are
// not shown; whatever a document holds is shown as text and never runs.
func (b *Book) WriteStored(w io.Writer, p StoredPage) error {
	path := "documents/" + p.SHA256
	return b.render(w, "stored", path, "Stored document "+page.ShortHash(p.SHA256), storedViewOf(p))
}

func storedViewOf(p StoredPage) storedView {
	v := storedView{StoredPage: p}
	switch {
	case p.Body == nil:
		v.Note = "Only the hash and size of this document are known here; auditing the model again fetches its bytes."
		return v
	case !utf8.Valid(p.Body) && !mostlyText(p.Body):
		v.Note = "This document is no text. It can be fetched as a file from ../api/documents/" + p.SHA256 + "."
		return v
	}
	span := audit.Span{Start: p.Start, End: p.End}
	if !span.Within(len(p.Body)) || p.Start == p.End {
		v.Start, v.End = 0, 0
		span = audit.Span{Start: min(max(p.From, 0), len(p.Body)), End: min(max(p.From, 0), len(p.Body))}
		v.From = reports.RuneStart(p.Body, span.Start)
	} else {
		v.From = reports.RuneStart(p.Body, max(0, span.Start-storedWindow/2))
	}
	v.To = reports.RuneStart(p.Body, min(len(p.Body), max(v.From+storedWindow, span.End)))
	span.Start, span.End = max(span.Start, v.From), max(span.End, v.From)
	v.Text = true
	v.Before, v.Marked, v.After = reports.VisibleText(string(p.Body[v.From:span.Start])),
		reports.VisibleText(string(p.Body[span.Start:span.End])), reports.VisibleText(string(p.Body[span.End:v.To]))
	if v.From > 0 {
		v.Earlier = fmt.Sprintf("%s?from=%d#bytes", p.SHA256, max(0, v.From-storedWindow))
	}
	if v.To < len(p.Body) {
		v.Later = fmt.Sprintf("%s?from=%d#bytes", p.SHA256, v.To)
	}
	return v
}

// mostlyText accepts a page in an old encoding and refuses archives and images:
// no NUL among the first bytes.
func mostlyText(body []byte) bool {
	return !strings.Contains(string(body[:min(len(body), 8<<10)]), "\x00")
}

// WriteFault writes the page of a request that cannot be answered.
func (b *Book) WriteFault(w io.Writer, title, what string) error {
	v := view{b, "fault", "/", title, what}
	var text strings.Builder
	if err := sitePages().ExecuteTemplate(&text, "fault", v); err != nil {
		return err
	}
	return page.WriteVisible(w, []byte(text.String()))
}

// An Endpoint is one address of the API.
type Endpoint struct {
	Path, About string
	Example     string // an address that answers, "" for none
}

// An APIPage describes the API.
type APIPage struct {
	Endpoints       []Endpoint
	Limit, MaxLimit int // of lists, when left out and at most
	MaxHits         int // of a search, at most
	Rubrics         []string
}

// WriteAPI writes the page that describes the API.
func (b *Book) WriteAPI(w io.Writer, p APIPage) error {
	return b.render(w, "api", "api", "API", p)
}
