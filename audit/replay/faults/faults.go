// Package faults is a misbehaving server: one HTTP handler for each way in
// which a host can fail, stall, lie or attack. Tests run the real clients
// against it, alone or laid over a replay of captures.
//
// Handlers that stall do so until the client hangs up or the server closes, so
// that a test's bound is the client's own.
package faults

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A Server counts what it is asked.
type Server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []*http.Request
}

// Serve runs a handler on a local address until the test ends.
func Serve(t testing.TB, h http.Handler) *Server {
	t.Helper()
	s := &Server{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, r)
		s.mu.Unlock()
		h.ServeHTTP(w, r)
	}))
	s.Config.ErrorLog = nil
	s.Start()
	t.Cleanup(func() {
		s.CloseClientConnections() // stalled handlers end with their connection
		s.Close()
	})
	return s
}

// Requests returns what was asked so far, oldest first.
func (s *Server) Requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*http.Request(nil), s.requests...)
}

// Answer sends a status, headers ("Name: value") and a body.
func Answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Add(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// Then gives the first request to the first handler, and so on; the last one
// keeps all that follow.
func Then(handlers ...http.Handler) http.HandlerFunc {
	var mu sync.Mutex
	next := 0
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		h := handlers[min(next, len(handlers)-1)]
		next++
		mu.Unlock()
		h.ServeHTTP(w, r)
	}
}

// Over answers the paths that are in the map (by prefix, longest first) with
// their fault and gives all others to the server below.
func Over(below http.Handler, byPrefix map[string]http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		best := ""
		for prefix := range byPrefix {
			if strings.HasPrefix(r.URL.Path, prefix) && len(prefix) > len(best) {
				best = prefix
			}
		}
		if best != "" {
			byPrefix[best].ServeHTTP(w, r)
			return
		}
		below.ServeHTTP(w, r)
	}
}

// Raw writes bytes to the connection as they are and closes it: broken status
// lines, wrong lengths, and what is no HTTP at all.
func Raw(text string) http.HandlerFunc {
	return hijack(func(c net.Conn, _ *http.Request) { _, _ = io.WriteString(c, text) })
}

// Reset drops the connection without a word, so that the client sees it reset.
func Reset() http.HandlerFunc {
	return hijack(func(c net.Conn, _ *http.Request) {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
	})
}

// Truncated announces more bytes than it sends.
func Truncated(announced int, body string) http.HandlerFunc {
	return Raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", announced,
		body))
}

// Chunk breaks off a chunked body in the middle.
func Chunk(body string) http.HandlerFunc {
	return Raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", len(body)+100, body))
}

// Silent accepts a request and never answers.
func Silent() http.HandlerFunc {
	return hijack(func(c net.Conn, r *http.Request) { waitForEnd(c, r) })
}

// Stalls sends headers and part of a body, and then nothing more.
func Stalls(body string) http.HandlerFunc {
	return hijack(func(c net.Conn, r *http.Request) {
		fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n%s", body)
		waitForEnd(c, r)
	})
}

// Drips sends a byte at a time, for ever.
func Drips(pause time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for {
			select {
			case <-r.Context().Done():
				return
			case <-tick.C:
			}
			if _, err := w.Write([]byte{' '}); err != nil {
				return
			}
			_ = http.NewResponseController(w).Flush() // a client that is gone shows at the next write
		}
	}
}

// Endless sends a body without end as fast as it is read.
func Endless() http.HandlerFunc {
	block := bytes.Repeat([]byte("endless "), 8<<10)
	return func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
}

// EndlessHeaders sends header lines without end.
func EndlessHeaders() http.HandlerFunc {
	return hijack(func(c net.Conn, _ *http.Request) {
		if _, err := io.WriteString(c, "HTTP/1.1 200 OK\r\n"); err != nil {
			return
		}
		line := "X-Filler: " + strings.Repeat("x", 1000) + "\r\n"
		for {
			if _, err := io.WriteString(c, line); err != nil {
				return
			}
		}
	})
}

// Bomb sends size zero bytes, gzipped to a thousandth of it.
func Bomb(size int64) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/plain")
		z := gzip.NewWriter(w)
		_, _ = io.CopyN(z, zeros{}, size) // the client is expected to hang up
		z.Close()
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// Redirect leads to another URL.
func Redirect(status int, to string) http.HandlerFunc {
	return Answer(status, "elsewhere", "Location: "+to)
}

// Loop redirects for ever, each time to a new URL.
func Loop() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("n"))
		http.Redirect(w, r, fmt.Sprintf("%s?n=%d", r.URL.Path, n+1), http.StatusFound)
	}
}

// Pages is a list that never ends: every page links to a next one.
func Pages(entry string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("page"))
		w.Header().Set("Link", fmt.Sprintf(`<http://%s%s?page=%d>; rel="next"`, r.Host, r.URL.Path, n+1))
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, "[%s]", entry)
	}
}

// Portal is what a hotel's network answers to everything: a page to sign in.
func Portal() http.HandlerFunc {
	return Answer(http.StatusOK,
		"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Accept the terms to use this network</form></body></html>",
		"Content-Type: text/html; charset=utf-8")
}

// hijack hands the bare connection to a handler and closes it afterwards.
func hijack(h func(net.Conn, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return // the client has gone
		}
		defer conn.Close()
		h(conn, r)
	}
}

// waitForEnd returns when the client hangs up.
func waitForEnd(c net.Conn, _ *http.Request) {
	_ = c.SetReadDeadline(time.Now().Add(time.Minute)) // a client that leaks must not hang the tests
	_, _ = io.Copy(io.Discard, c)
}
