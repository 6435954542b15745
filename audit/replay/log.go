package replay

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// A Request is one line of the request log.
type Request struct {
	At     time.Time
	Method string
	Path   string // with query, as asked for
	Status int
	Kind   Kind
	// Counted is true when the answer counts against a quota of its service.
	Counted bool
	// Conditional is true when the client sent a validator.
	Conditional bool
}

// A Count sums up requests of one kind.
type Count struct{ Requests, Counted, Conditional, NotModified int }

// keptRequests bounds the log in memory; the sums go on beyond it.
const keptRequests = 100_000

type requestLog struct {
	mu       sync.Mutex
	out      io.Writer
	now      func() time.Time
	requests []Request
	counts   map[Kind]Count
}

func newRequestLog(out io.Writer, now func() time.Time) *requestLog {
	return &requestLog{out: out, now: now, counts: map[Kind]Count{}}
}

func (l *requestLog) add(r *http.Request, status int, kind Kind, counted bool) {
	q := Request{At: l.now(), Method: r.Method, Path: r.URL.RequestURI(), Status: status, Kind: kind, Counted: counted,
		Conditional: r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != ""}
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.counts[kind]
	c.Requests++
	c.Counted += one(counted)
	c.Conditional += one(q.Conditional)
	c.NotModified += one(status == http.StatusNotModified)
	l.counts[kind] = c
	if len(l.requests) < keptRequests {
		l.requests = append(l.requests, q)
	}
	if l.out != nil {
		fmt.Fprintf(l.out, "%s\t%s\t%d\t%s\t%s\n", q.Method, q.Path, q.Status, q.Kind, countedWord(counted))
	}
}

func countedWord(counted bool) string {
	if counted {
		return "counted"
	}
	return "free"
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Requests returns a copy of the log, oldest first, up to its bound.
func (s *Server) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return append([]Request(nil), s.log.requests...)
}

// Counts returns how many requests of each kind were answered.
func (s *Server) Counts() map[Kind]Count {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	counts := make(map[Kind]Count, len(s.log.counts))
	for k, c := range s.log.counts {
		counts[k] = c
	}
	return counts
}

// ResetLog forgets the requests so far, so that a test can count anew.
func (s *Server) ResetLog() {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.requests, s.log.counts = nil, map[Kind]Count{}
}
