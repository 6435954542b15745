package crawl_test

import (
	"bytes"
	"encoding/binary"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/crawl"
)

// TestFileHeaders reads the beginning of a weights file over real HTTP: of a host that
// keeps to the range, of one that ignores it and sends without end, and of one that
// sends another part. By default no file is asked for.
func TestFileHeaders(t *testing.T) {
	text := `{"__metadata__":{"license":"mit"}}`
	file := append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...)
	file = append(file, bytes.Repeat([]byte{7}, 1<<20)...)
	var sent atomic.Int64
	how := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/api/models/"):
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"id":"reeds/heron-2b","sha":"0123456789012345678901234567890123456789","gated":false,"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`))
		case strings.HasSuffix(r.URL.Path, "README.md"):
			_, _ = w.Write([]byte("# Heron 2B\n\nA model of the delta.\n"))
		case !strings.HasSuffix(r.URL.Path, "model.safetensors"):
			http.NotFound(w, r)
		case how == "range":
			if got := r.Header.Get("Range"); got != "bytes=0-262143" {
				t.Errorf("asked for %q", got)
			}
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file))
		case how == "another part":
			w.Header().Set("Content-Range", "bytes 900-999/1000")
			w.WriteHeader(http.StatusPartialContent)
			_, _ = w.Write(file[:100])
		default:
			_, _ = w.Write(file)
			for {
				n, err := w.Write(file[len(file)-(1<<16):])
				sent.Add(int64(n))
				if err != nil || sent.Load() > 1<<30 {
					return
				}
			}
		}
	}))
	defer server.Close()
	for _, c := range []struct {
		how     string
		budget  crawl.Budget
		outcome audit.Outcome
	}{{"range", with("headers=1", t), audit.Fetched}, {"endless", with("headers=1", t), audit.Fetched},
		{"another part", with("headers=1", t), audit.Failed}, {"range", nil, ""}} {
		how = c.how
		record := gather(t, crawler(t, server.URL, func(o *crawl.Options) { o.Budget = c.budget }), "reeds/heron-2b")
		var got *audit.Document
		for i, d := range record.Documents {
			if strings.HasSuffix(d.URL, crawl.HeaderFragment) {
				got = &record.Documents[i]
			}
		}
		switch {
		case c.outcome == "" && got != nil:
			t.Error("a header was read though nobody asked for it")
		case c.outcome == "":
		case got == nil || got.Outcome != c.outcome:
			t.Errorf("%s: %+v, want %s", c.how, got, c.outcome)
		case c.outcome == audit.Fetched && (len(got.Body) != 256<<10 ||
			!bytes.Contains(got.Body, []byte(`"license":"mit"`)) || !got.Partial):
			t.Errorf("%s: %d bytes, partial %v", c.how, len(got.Body), got.Partial)
		}
	}
	if n := sent.Load(); n > 64<<20 {
		t.Errorf("an endless file was read for %d bytes", n)
	}
}

// with is the default budget with a change.
func with(change string, t *testing.T) crawl.Budget {
	b, err := crawl.ParseBudget(change)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
