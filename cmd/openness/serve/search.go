package serve

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"openness/audit"
	"openness/audit/pattern"
	"openness/data"
	"openness/reports/evidence"
	"openness/reports/site"
)

const (
	hitsPerPage = 10
	// maxQuery bounds a query's length in bytes.
	maxQuery = 400
	// longestSearch bounds one search; without an index each reads everything.
	longestSearch = 30 * time.Second
)

// find runs one search among the few that may run at once.
func (s *Server) find(ctx context.Context, q data.Query) (data.Found, error) {
	if len(q.Words) > maxQuery {
		return data.Found{}, badRequest("A search has at most %d bytes.", maxQuery)
	}
	ctx, cancel := context.WithTimeout(ctx, longestSearch)
	defer cancel()
	select {
	case s.searching <- struct{}{}:
		defer func() { <-s.searching }()
	case <-ctx.Done():
		return data.Found{}, &refused{http.StatusServiceUnavailable,
			"Too many searches are under way; try again in a moment."}
	}
	found, err := s.DB.Search(ctx, q)
	if errors.Is(err, context.DeadlineExceeded) {
		return found, &refused{http.StatusServiceUnavailable,
			"The search took too long. A build with the tag sqlite_fts5 searches an index instead of reading every document."}
	}
	return found, err
}

// search gives the search page.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	e, err := s.main(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	offset, err := numberOf(r, "offset", 0, 0, maxOffset)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	page := site.SearchPage{Query: r.URL.Query().Get("q"), Offset: offset}
	status := http.StatusOK
	if page.Query != "" {
		found, err := s.find(r.Context(), data.Query{Words: page.Query, Offset: offset, Limit: hitsPerPage})
		if err != nil {
			status, page.Fault = s.statusOf(err)
		}
		fillSearch(&page, e, found)
	}
	var text bytes.Buffer
	if err := e.book.WriteSearch(&text, page); err != nil {
		s.fail(w, r, err)
		return
	}
	if status != http.StatusOK {
		w.Header().Set("Content-Type", htmlType)
		w.WriteHeader(status)
		_, _ = w.Write(text.Bytes())
		return
	}
	s.send(w, r, htmlType, "", text.Bytes())
}

func fillSearch(page *site.SearchPage, e *edition, found data.Found) {
	if found.Method == data.Scan {
		page.Note = "Searched by reading every document, newest first; words match inside longer words too. A " +
			"build with the tag sqlite_fts5 has an index."
	}
	for _, h := range found.Hits {
		span := audit.Span{Start: h.Start, End: h.End}
		if len(h.Matches) > 0 {
			span = h.Matches[0]
		}
		page.Hits = append(page.Hits, site.SearchHit{URL: h.URL, Revision: h.Revision, RetrievedAt: h.RetrievedAt,
			SHA256: h.SHA256,
			Parts:  site.Marked(h.Excerpt, h.Start, h.Matches), CutBefore: h.Start > 0, CutAfter: h.End < h.Bytes,
			Models: e.links(h.Models, ""), Stored: "documents/" + evidence.StoredLink(h.SHA256, span)})
	}
	turn := func(offset int) string {
		return "search?" + url.Values{"q": {page.Query}, "offset": {strconv.Itoa(offset)}}.Encode()
	}
	if found.More {
		page.Next = turn(page.Offset + hitsPerPage)
	}
	if page.Offset > 0 {
		page.Previous = turn(max(0, page.Offset-hitsPerPage))
	}
}

var sha256Form = pattern.MustCompile(`^[0-9a-f]{64}$`)

// document gives the page of one stored document.
func (s *Server) document(w http.ResponseWriter, r *http.Request) {
	page, err := s.storedPage(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	e, err := s.main(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	about, err := s.DB.Document(r.Context(), page.SHA256)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	page.Bytes, page.Fetches, page.Models = about.Bytes, about.Fetches, e.links(about.Models, "../")
	if about.Stored {
		if page.Body, err = s.DB.Body(r.Context(), page.SHA256); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	var text bytes.Buffer
	if err := e.book.WriteStored(&text, page); err != nil {
		s.fail(w, r, err)
		return
	}
	s.send(w, r, htmlType, e.tag, text.Bytes())
}

// storedPage reads which document is asked for, and which part of it.
func (s *Server) storedPage(r *http.Request) (page site.StoredPage, err error) {
	page.SHA256 = r.PathValue("sha256")
	if !sha256Form.MatchString(page.SHA256) {
		return page, notFound("%q is no SHA-256 in lower-case hexadecimal.", page.SHA256)
	}
	for name, into := range map[string]*int{"start": &page.Start, "end": &page.End, "from": &page.From} {
		if *into, err = numberOf(r, name, 0, 0, maxOffset); err != nil {
			return page, err
		}
	}
	return page, nil
}
