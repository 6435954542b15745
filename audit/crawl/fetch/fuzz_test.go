package fetch

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/temoto/robotstxt"
)

// FuzzLimit: whatever a server says of its limits, none is kept back longer than
// is believed of one, and no number of requests is below "unknown".
func FuzzLimit(f *testing.F) {
	f.Add(`"api";r=0;t=10`, "", "", "")
	f.Add("limit=100, remaining=0, reset=20", "", "", "120")
	f.Add("", "0", "1764288000", "Sat, 28 Nov 2026 01:00:00 GMT")
	f.Add("", "5", "1764288000000", "-1")
	f.Add(`"a";r=1,"b";r=0;t=99999999999999999999`, "1e9", "NaN", "9223372036854775807")
	now := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, rate, left, reset, after string) {
		for _, named := range []string{"RateLimit-", "X-RateLimit-"} {
			h := http.Header{}
			for name, text := range map[string]string{"RateLimit": rate, named + "Remaining": left,
				named + "Reset": reset, "Retry-After": after, "Date": "Sat, 28 Nov 2026 00:00:00 GMT"} {
				if text != "" {
					h.Set(name, text)
				}
			}
			l := readLimit(now, h)
			if l.remaining < -1 || l.retryAfter < 0 {
				t.Fatalf("%+v from %v", l, h)
			}
			var q quota
			if wait := q.learn(now, http.StatusTooManyRequests, h); wait < 0 {
				t.Fatalf("a wait of %s from %v", wait, h)
			}
		}
	})
}

// FuzzRobots: a robots.txt is read or refused, and then any page is asked about.
func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /private\nAllow: /private/open*\nCrawl-delay: 3"), "/private/open?x=1")
	f.Add([]byte("User-agent: openness\r\nDisallow: /*.pdf$\r\nSitemap: https://x/y"), "/a.pdf")
	f.Add([]byte("Disallow\n:\n\xff\xfe*"), "")
	f.Add([]byte("User-agent: *\nCrawl-delay: 1e309\nDisallow: "+strings.Repeat("*", 60)+"x"),
		"/"+strings.Repeat("y", 200))
	f.Fuzz(func(t *testing.T, text []byte, page string) {
		parsed, err := robotstxt.FromBytes(text)
		if err != nil {
			return
		}
		group := parsed.FindGroup("openness/1.0")
		started := time.Now()
		group.Test(page)
		if took := time.Since(started); took > 5*time.Second {
			t.Fatalf("%s for one page", took)
		}
	})
}

// FuzzMessage: what a server says of an error becomes one short line of UTF-8.
func FuzzMessage(f *testing.F) {
	f.Add(404, []byte(`{"error":"Repository not found"}`), "application/json", "", "")
	f.Add(403, []byte(`{"message":"rate limit\nexceeded"}`), "application/json", "", "GatedRepo")
	f.Add(500, []byte("line\r\nline \xff\x1b[31m"), "text/plain; charset=utf-8", "said in a header", "")
	f.Fuzz(func(t *testing.T, status int, body []byte, kind, said, code string) {
		h := http.Header{}
		for name, text := range map[string]string{"Content-Type": kind, "X-Error-Message": said, "X-Error-Code": code} {
			if text = strings.Map(printable, text); text != "" { // the client lets no other header through
				h.Set(name, text)
			}
		}
		text := message(exchange{status: status, header: h, body: body})
		isSecondary(text)
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\n\r") || utf8.RuneCountInString(text) > 210 {
			t.Fatalf("%q", text)
		}
	})
}

func printable(r rune) rune {
	if r < ' ' || r > '~' {
		return -1
	}
	return r
}
