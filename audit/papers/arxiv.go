// Package papers reads what arXiv says of a paper and tells a preprint from a
// paper in a reviewed venue.
//
// In: the bytes of an answer of the arXiv API (Atom 1.0 with the arxiv:
// extensions, info.arxiv.org/help/api/user-manual.html), or the text of a
// citation. Out: plain values with the span of each field that may be quoted.
//
// A venue is a claim of authors or editors, not a proof of review: this package
// reports that a journal reference, comment or citation names a venue that
// reviews, and never that a paper is good.
package papers

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// A Paper is one entry of an arXiv answer.
type Paper struct {
	ID         string // without version: "2402.00838"
	Version    string // "v4", or empty
	Title      Field
	Summary    string // the abstract, as the interface gives it
	Authors    []string
	Published  string // RFC 3339, of version 1
	Updated    string // RFC 3339, of this version
	Comment    Field  // authors' comment: pages, "Accepted at ..."
	JournalRef Field  // reference to the published version
	DOI        Field  // of the published version; arXiv's own DOIs are not given here
}

// A Field is a text and where it stands in the answer. The text is the span's
// bytes with entities resolved and white space folded.
type Field struct {
	Text string
	Span audit.Span
}

// ErrNotAtom means that the bytes are no arXiv answer: a captive portal, an
// error page, a cut-off body.
var ErrNotAtom = errors.New("not an arXiv Atom answer")

// QueryURL is the API call that answers for all ids at once; arXiv asks for at
// most one call in three seconds, so one call serves a whole subject.
func QueryURL(base string, ids []string) string {
	q := url.Values{"id_list": {strings.Join(ids, ",")}, "max_results": {fmt.Sprint(len(ids))}}
	return strings.TrimSuffix(base, "/") + "/api/query?" + q.Encode()
}

// SearchURL is the API call for papers with a phrase in their title.
func SearchURL(base, phrase string, most int) string {
	q := url.Values{"search_query": {`ti:"` + strings.ReplaceAll(phrase, `"`, "") + `"`},
		"max_results": {fmt.Sprint(most)}}
	return strings.TrimSuffix(base, "/") + "/api/query?" + q.Encode()
}

// maxEntries bounds what one answer may hold; the tool never asks for more.
const maxEntries = 200

// Parse reads an answer of the arXiv API. Entries that arXiv marks as errors
// (an id it does not know) are left out.
func Parse(body []byte) ([]Paper, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = true
	d.Entity = xml.HTMLEntity
	var (
		list  []Paper
		entry *Paper
		feed  bool
		inAut bool
	)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotAtom, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "feed":
				feed = true
			case t.Name.Local == "entry" && feed:
				if len(list) == maxEntries {
					return nil, fmt.Errorf("%w: more than %d entries", ErrNotAtom, maxEntries)
				}
				entry = &Paper{}
			case t.Name.Local == "author":
				inAut = true
			case entry != nil:
				if err := readField(d, body, entry, t.Name.Local, inAut); err != nil {
					return nil, err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "author":
				inAut = false
			case "entry":
				if entry != nil && entry.ID != "" {
					list = append(list, *entry)
				}
				entry = nil
			}
		}
	}
	if !feed {
		return nil, fmt.Errorf("%w: no feed element", ErrNotAtom)
	}
	return list, nil
}

// readField reads the text of a leaf element into the field that it names.
func readField(d *xml.Decoder, body []byte, p *Paper, name string, inAuthor bool) error {
	switch name {
	case "id", "title", "published", "updated", "comment", "journal_ref", "doi", "name", "summary":
	default:
		return nil
	}
	start := int(d.InputOffset())
	var text strings.Builder
	end := start
	for {
		token, err := d.Token()
		if err != nil {
			return fmt.Errorf("%w: in %q: %w", ErrNotAtom, name, err)
		}
		if data, ok := token.(xml.CharData); ok {
			text.Write(data)
			end = int(d.InputOffset())
			continue
		}
		if _, ok := token.(xml.EndElement); ok {
			break
		}
		if err := d.Skip(); err != nil {
			return fmt.Errorf("%w: in %q: %w", ErrNotAtom, name, err)
		}
	}
	f := Field{Text: strings.Join(strings.Fields(text.String()), " "),
		Span: trim(body, audit.Span{Start: start, End: end})}
	switch name {
	case "id":
		p.ID, p.Version = SplitID(f.Text)
	case "title":
		p.Title = f
	case "summary":
		p.Summary = f.Text
	case "published":
		p.Published = f.Text
	case "updated":
		p.Updated = f.Text
	case "comment":
		p.Comment = f
	case "journal_ref":
		p.JournalRef = f
	case "doi":
		p.DOI = f
	case "name":
		if inAuthor {
			p.Authors = append(p.Authors, f.Text)
		}
	}
	return nil
}

func trim(body []byte, s audit.Span) audit.Span {
	for s.Start < s.End && isSpace(body[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && isSpace(body[s.End-1]) {
		s.End--
	}
	return s
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

// idPattern is an arXiv identifier, new (2007 on) or old, with its version:
// info.arxiv.org/help/arxiv_identifier.html.
var idPattern = pattern.MustCompile(`(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?`)

// SplitID finds an arXiv id in a URL or text and splits off the version.
func SplitID(s string) (id, version string) {
	m := idPattern.FindStringSubmatch(s)
	if m == nil {
		return "", ""
	}
	return m[1], m[2]
}
