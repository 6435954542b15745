package fetch

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"openness/audit"
	"openness/audit/replay/faults"
)

// A clock that waits cost nothing on: sleeping moves it on.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now, c.slept = c.now.Add(d), c.slept+d
	return ctx.Err()
}

// stored is a cache with one answer in it.
type stored struct {
	doc       audit.Document
	lookupErr error
	keepErr   error
}

func (s stored) Lookup(context.Context, string) (audit.Document, bool, error) {
	return s.doc, s.doc.URL != "", s.lookupErr
}

func (s stored) Keep(context.Context, audit.Document) error { return s.keepErr }

// begin is when every case of the battery starts, by the client's clock.
var begin = time.Unix(1_700_000_000, 0)

// exchangeBound is the time that one exchange of the battery may take. A busy
// machine under the race detector must not run into it.
const exchangeBound = 30 * time.Second

// hangBound is for servers that never finish: each attempt lasts that long.
const hangBound = 400 * time.Millisecond

// public is the endpoint's public base in the battery.
const public = "https://hub.example"

// trial is a client set against one server.
type trial struct {
	client *Client
	clock  *clock
	end    *Endpoint
	events []Event
	mu     sync.Mutex
}

func newTrial(t *testing.T, base string, cache Cache) *trial {
	tr := &trial{clock: &clock{now: begin}, end: &Endpoint{Name: "the hub", Public: public, Base: base,
		TokenName: "HUB_TOKEN"}}
	tr.client = New(Options{UserAgent: "battery", Cache: cache, Timeout: exchangeBound, Now: tr.clock.Now,
		Progress: func(e Event) {
			tr.mu.Lock()
			defer tr.mu.Unlock()
			tr.events = append(tr.events, e)
		}})
	tr.client.sleep = tr.clock.sleep
	t.Cleanup(tr.client.Close)
	return tr
}

func (tr *trial) request(path string) Request {
	return Request{Endpoint: tr.end, Bucket: "api", Document: audit.Document{URL: public + path,
		Kind: audit.DocModelAPI}}
}

// reset is X-RateLimit-Reset so many seconds after the start.
func reset(seconds int) string {
	return fmt.Sprintf("X-RateLimit-Reset: %d", begin.Unix()+int64(seconds))
}

// date is the server's clock when it agrees with ours.
var date = "Date: " + begin.UTC().Format(http.TimeFormat)

// A fault is one case of the battery: what the server does, how it is asked,
// and how the attempt must end.
type fault struct {
	name    string
	serve   http.Handler
	adjust  func(*Request)
	tokens  []string
	maxWait time.Duration // 0: two minutes
	cached  *audit.Document
	bound   time.Duration // of one exchange; 0 for exchangeBound

	outcome audit.Outcome
	status  int
	says    []string // parts of the message
	asked   int      // how often the server was asked; 0: not checked
	waited  [2]time.Duration
	body    string
}

func isJSON(r *Request)   { r.JSON = true }
func isTree(r *Request)   { r.Document.Kind = audit.DocTree }
func isListed(r *Request) { r.Listed = true }

// isFile asks for a file as it is kept.
func isFile(kind audit.DocKind) func(*Request) {
	return func(r *Request) { r.Document.Kind, r.Document.Path = kind, "LICENSE" }
}

var (
	ok      = faults.Answer(200, `{"id":"a/b"}`, "Content-Type: application/json")
	between = func(low, high int) [2]time.Duration {
		return [2]time.Duration{time.Duration(low) * time.Second, time.Duration(high) * time.Second}
	}
	earlier = audit.Document{URL: public + "/x", Outcome: audit.Fetched, Status: 200, ETag: `"v1"`,
		Body: []byte("kept"), SHA256: audit.Hash([]byte("kept"))}
	damaged = audit.Document{URL: public + "/x", Outcome: audit.Fetched, Status: 200, ETag: `"v1"`,
		Body: []byte("kept"), SHA256: audit.Hash([]byte("other"))}
	tooDeep   = strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)
	notUTF8   = "{\"id\":\"a/b\",\"note\":\"\xff\xfe\"}"
	withCut   = func(b []byte) string { return string(b[:len(b)-6]) }
	unlimited = func(r *Request) { r.Limit = 60 << 20 }
)

func gzipped(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	z.Close()
	return b.Bytes()
}

// statusFaults are answers whose status says it all.
var statusFaults = []fault{
	{name: "200", serve: ok, outcome: audit.Fetched, status: 200, asked: 1, body: `{"id":"a/b"}`},
	{name: "404", serve: faults.Answer(404, "no"), outcome: audit.Absent, status: 404, asked: 1},
	{name: "410", serve: faults.Answer(410, ""), outcome: audit.Absent, status: 410, asked: 1},
	{name: "200 of an outage", serve: faults.Answer(200, "503 Service Unavailable\n", "Content-Type: text/plain"),
		adjust: isFile(audit.DocModelCard), outcome: audit.Failed, status: 200, says: []string{"an error came"}, asked: 1},
	{name: "200 of an error of an interface", serve: faults.Answer(200, `{"error":"not authorised"}`,
		"Content-Type: text/plain"), adjust: isFile(audit.DocLicense), outcome: audit.Failed, status: 200,
		says: []string{"an error came"}, asked: 1},
	{name: "a licence of nothing that can be seen", serve: faults.Answer(200, "\ufeff\u00a0\n",
		"Content-Type: text/plain"), adjust: isFile(audit.DocLicense), outcome: audit.Failed, status: 200,
		says: []string{"no text"}, asked: 1},
	{name: "a card that begins with the name of a status", serve: faults.Answer(200, "Not Found is a model of loss.",
		"Content-Type: text/plain"), adjust: isFile(audit.DocModelCard), outcome: audit.Fetched, status: 200, asked: 1,
		body: "Not Found is a model of loss."},
	{name: "404 of a listed file", serve: faults.Answer(404, ""), adjust: isListed, outcome: audit.Failed, status: 404,
		says: []string{"a listing names this file"}, asked: 1},
	{name: "401 without a token", serve: faults.Answer(401, `{"error":"Invalid username or password."}`),
		outcome: audit.Refused, status: 401, says: []string{"Invalid username", "HUB_TOKEN"}, asked: 1},
	{name: "401 with a token", serve: faults.Answer(401, ""), tokens: []string{"secret"}, outcome: audit.Refused,
		status: 401, says: []string{"the token in HUB_TOKEN has no access"}, asked: 1},
	{name: "401 gated", serve: faults.Answer(401, "x", "X-Error-Code: GatedRepo",
		"X-Error-Message: Access to model a/b is restricted"), outcome: audit.Refused, status: 401,
		says: []string{"GatedRepo: Access to model a/b is restricted"}, asked: 1},
	{name: "402", serve: faults.Answer(402, ""), outcome: audit.Refused, status: 402, asked: 1},
	{name: "403", serve: faults.Answer(403, `{"message":"Forbidden"}`), outcome: audit.Refused, status: 403,
		says: []string{"Forbidden"}, asked: 1},
	{name: "407", serve: faults.Answer(407, ""), outcome: audit.Refused, status: 407, asked: 1},
	{name: "451", serve: faults.Answer(451, `{"message":"Repository access blocked"}`), outcome: audit.Refused,
		status: 451, says: []string{"Repository access blocked"}, asked: 1},
	{name: "400", serve: faults.Answer(400, ""), outcome: audit.Failed, status: 400, says: []string{"400"}, asked: 1},
	{name: "409 of an empty repository", serve: faults.Answer(409, `{"message":"Git Repository is empty."}`),
		adjust: isTree, outcome: audit.Absent, status: 409, says: []string{"empty"}, asked: 1},
	{name: "409 of anything else", serve: faults.Answer(409, ""), outcome: audit.Failed, status: 409, asked: 1},
	{name: "501 not captured", serve: faults.Answer(501, `{"error":"not captured"}`), outcome: audit.Failed,
		status: 501, says: []string{"not captured"}, asked: 1},
	{name: "204 with nothing", serve: faults.Answer(204, ""), outcome: audit.Failed, status: 204, asked: 1},
	{name: "206 with a part", serve: faults.Answer(206, "part"), outcome: audit.Failed, status: 206, asked: 1},
	{name: "304 that was not asked for", serve: faults.Answer(304, ""), outcome: audit.Failed, status: 304, asked: 1},
	{name: "304 that was", serve: faults.Answer(304, ""), cached: &earlier, outcome: audit.NotModified, status: 304,
		asked: 1, body: "kept"},
	{name: "304 for a damaged copy", serve: faults.Answer(304, ""), cached: &damaged, outcome: audit.Failed,
		status: 304, asked: 1},
	{name: "status out of range", serve: faults.Raw("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"),
		outcome: audit.Failed, status: 999, asked: 1},
	{name: "500 once", serve: faults.Then(faults.Answer(500, ""), ok), outcome: audit.Fetched, status: 200, asked: 2},
	{name: "500 always", serve: faults.Answer(500, "boom"), outcome: audit.Failed, status: 500,
		says: []string{"the server fails (500)", "run again later"}, asked: 4, waited: between(1, 20)},
	{name: "502 twice", serve: faults.Then(faults.Answer(502, ""), faults.Answer(502, ""), ok), outcome: audit.Fetched,
		status: 200, asked: 3},
	{name: "503 with seconds", serve: faults.Then(faults.Answer(503, "", "Retry-After: 30"), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(30, 32)},
	{name: "503 with a date",
		serve: faults.Then(faults.Answer(503, "", date,
			"Retry-After: "+begin.Add(40*time.Second).UTC().Format(http.TimeFormat)), ok), outcome: audit.Fetched,
		status: 200, asked: 2, waited: between(40, 42)},
	{name: "504 always", serve: faults.Answer(504, ""), outcome: audit.Failed, status: 504, asked: 4},
}

// limitFaults are rate limits in the forms that the hubs use.
var limitFaults = []fault{
	{name: "hub 429 that passes", serve: faults.Then(faults.Answer(429, "", `RateLimit: "api";r=0;t=10`,
		`RateLimit-Policy: "fixed window";"api";q=500;w=300`), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(10, 12)},
	{name: "hub 429 for an hour", serve: faults.Answer(429, `{"error":"We had to rate limit you"}`,
		`RateLimit: "api";r=0;t=3600`),
		outcome: audit.Refused, status: 429, says: []string{"limits requests (429)", "rate limit you", "HUB_TOKEN",
			"--max-wait", "run again later"}, asked: 1},
	{name: "429 without a word", serve: faults.Answer(429, ""), outcome: audit.Refused, status: 429,
		says: []string{"limits requests"}, asked: 4, waited: between(1, 20)},
	{name: "429 that ends", serve: faults.Then(faults.Answer(429, ""), ok), outcome: audit.Fetched, status: 200,
		asked: 2},
	{name: "429 with Retry-After", serve: faults.Then(faults.Answer(429, "", "Retry-After: 60"), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(60, 62)},
	{name: "429 in three headers", serve: faults.Then(faults.Answer(429, "", "RateLimit-Limit: 100",
		"RateLimit-Remaining: 0", "RateLimit-Reset: 20"), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(20, 22)},
	{name: "429 of one quota among several",
		serve: faults.Then(faults.Answer(429, "", `RateLimit: "burst";r=50;t=1, "daily";r=0;t=40, "hourly";r=9;t=90`),
			ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(40, 42)},
	{name: "429 in the older form of the header",
		serve:   faults.Then(faults.Answer(429, "", "RateLimit: limit=100, remaining=0, reset=20"), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(20, 22)},
	{name: "429 with two waits", serve: faults.Then(faults.Answer(429, "", `RateLimit: "api";r=0;t=50`,
		"Retry-After: 5"), ok), outcome: audit.Fetched, status: 200, asked: 2, waited: between(50, 52)},
	{name: "a reset in milliseconds", serve: faults.Then(faults.Answer(429, "", date, "X-RateLimit-Remaining: 0",
		reset(30)+"000"), ok), outcome: audit.Fetched, status: 200, asked: 2, waited: between(30, 32)},
	{name: "a date that has passed",
		serve: faults.Then(faults.Answer(503, "", date,
			"Retry-After: "+begin.Add(-time.Hour).UTC().Format(http.TimeFormat)), ok), outcome: audit.Fetched,
		status: 200, asked: 2, waited: between(0, 5)},
	{name: "a wait with a fraction", serve: faults.Then(faults.Answer(429, "", "Retry-After: 1.5"), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(0, 6)},
	{name: "three tokens, the last unspent",
		serve: byToken("fresh", ok, faults.Answer(403, `{"message":"API rate limit exceeded"}`, date,
			"X-RateLimit-Remaining: 0", reset(3000))), tokens: []string{"one", "two", "fresh"},
		outcome: audit.Fetched, status: 200, asked: 3, waited: between(0, 6)},
	{name: "a wait as long as the user allows", serve: faults.Then(faults.Answer(429, "", "Retry-After: 9"), ok),
		maxWait: 10 * time.Second, outcome: audit.Fetched, status: 200, asked: 2, waited: between(9, 11)},
	{name: "a wait longer than the user allows", serve: faults.Answer(429, "", "Retry-After: 11"),
		maxWait: 10 * time.Second, outcome: audit.Refused, status: 429, says: []string{"due in 11s",
			"longer than the 10s", "--max-wait"}, asked: 1},
	{name: "GitHub 403 that passes", serve: faults.Then(faults.Answer(403, `{"message":"API rate limit exceeded"}`,
		date, "X-RateLimit-Remaining: 0", reset(30)), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(30, 32)},
	{name: "GitHub 429 that passes", serve: faults.Then(faults.Answer(429, "", date, "X-RateLimit-Remaining: 0",
		reset(30)), ok), outcome: audit.Fetched, status: 200, asked: 2, waited: between(30, 32)},
	{name: "GitHub 403 for an hour", serve: faults.Answer(403, `{"message":"API rate limit exceeded"}`, date,
		"X-RateLimit-Limit: 60", "X-RateLimit-Remaining: 0", reset(3600)),
		outcome: audit.Refused, status: 403, says: []string{"API rate limit exceeded", "HUB_TOKEN", "run again later"},
		asked: 1},
	{name: "GitHub's secondary limit with a time",
		serve: faults.Then(faults.Answer(403, `{"message":"You have exceeded a secondary rate limit"}`,
			"Retry-After: 45"), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(45, 47)},
	{name: "GitHub's secondary limit without one",
		serve: faults.Then(faults.Answer(403, `{"message":"You have exceeded a secondary rate limit. Please wait"}`),
			ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(60, 62)},
	{name: "GitHub's abuse detection",
		serve:   faults.Then(faults.Answer(403, `{"message":"You have triggered an abuse detection mechanism"}`), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(60, 62)},
	{name: "a clock that is ahead",
		serve: faults.Then(faults.Answer(403, "", "Date: "+begin.Add(time.Hour).UTC().Format(http.TimeFormat),
			"X-RateLimit-Remaining: 0", reset(3600+20)), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(20, 22)},
	{name: "a reset that has passed", serve: faults.Then(faults.Answer(429, "", date, "X-RateLimit-Remaining: 0",
		reset(-50)), ok), outcome: audit.Fetched, status: 200, asked: 2, waited: between(0, 5)},
	{name: "a reset in the far future", serve: faults.Answer(429, "", date, "X-RateLimit-Remaining: 0",
		"X-RateLimit-Reset: 99999999999"), outcome: audit.Refused, status: 429, says: []string{"--max-wait"}, asked: 1},
	{name: "a wait of centuries", serve: faults.Answer(429, "", "Retry-After: 99999999999999999999"),
		outcome: audit.Refused, status: 429, asked: 4},
	{name: "429 until 2099", serve: faults.Answer(429, "", date, "Retry-After: Thu, 01 Jan 2099 00:00:00 GMT"),
		outcome: audit.Refused, status: 429, asked: 1, says: []string{"due in a day or more, longer than"}},
	{name: "503 until 2099", serve: faults.Answer(503, "", date, "Retry-After: Thu, 01 Jan 2099 00:00:00 GMT"),
		outcome: audit.Failed, status: 503, asked: 1, says: []string{"due in a day or more, longer than"}},
	{name: "a quota until 2099", serve: faults.Answer(403, "", date, "X-RateLimit-Remaining: 0", reset(2_300_000_000)),
		outcome: audit.Refused, status: 403, asked: 1, says: []string{"due in a day or more, longer than"}},
	{name: "a negative wait", serve: faults.Then(faults.Answer(503, "", "Retry-After: -5"), ok), outcome: audit.Fetched,
		status: 200, asked: 2, waited: between(0, 5)},
	{name: "limits that are no numbers", serve: faults.Then(faults.Answer(429, "", `RateLimit: "api";r=x;t=y`,
		"Retry-After: soon", "X-RateLimit-Remaining: many"), ok), outcome: audit.Fetched, status: 200, asked: 2,
		waited: between(0, 5)},
	{name: "a wait that the user forbids", serve: faults.Answer(429, "", "Retry-After: 5"), maxWait: -1,
		outcome: audit.Refused, status: 429, says: []string{"--max-wait"}, asked: 1},
	{name: "GitHub's secondary limit while quota is left",
		serve: faults.Then(faults.Answer(403, `{"message":"You have exceeded a secondary rate limit"}`, date,
			"X-RateLimit-Remaining: 4000", reset(3000), "Retry-After: 45"), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(45, 47)},
	{name: "GitHub's secondary limit without a time while quota is left",
		serve: faults.Then(faults.Answer(403, `{"message":"You have exceeded a secondary rate limit"}`, date,
			"X-RateLimit-Remaining: 4000", reset(3000)), ok),
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(60, 62)},
	{name: "a second token after a secondary limit",
		serve:   byToken("spent", faults.Answer(403, `{"message":"You have exceeded a secondary rate limit"}`), ok),
		tokens:  []string{"spent", "fresh"},
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(0, 5)},
	{name: "a second token after 429 without a word", serve: byToken("spent", faults.Answer(429, ""), ok),
		tokens: []string{"spent", "fresh"}, outcome: audit.Fetched, status: 200, asked: 2, waited: between(0, 4)},
	{name: "a second token after the hub's 429",
		serve:  byToken("spent", faults.Answer(429, "", `RateLimit: "api";r=0;t=280`), ok),
		tokens: []string{"spent", "fresh"}, outcome: audit.Fetched, status: 200, asked: 2, waited: between(0, 4)},
	{name: "all tokens spent", serve: faults.Answer(403, `{"message":"API rate limit exceeded"}`, date,
		"X-RateLimit-Remaining: 0", reset(3000)), tokens: []string{"one", "two"},
		outcome: audit.Refused, status: 403, says: []string{"rate limit exceeded", "--max-wait"}, asked: 2},
	{name: "a second token", serve: byToken("spent", faults.Answer(403, "", date, "X-RateLimit-Remaining: 0",
		reset(3000)), ok), tokens: []string{"spent", "fresh"},
		outcome: audit.Fetched, status: 200, asked: 2, waited: between(0, 5)},
}

// byToken gives requests with one token to one handler, all others to another.
func byToken(token string, with, without http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer "+token {
			with.ServeHTTP(w, r)
			return
		}
		without.ServeHTTP(w, r)
	}
}

// bodyFaults are bodies that break off, stall, never end, or are not what was due.
var bodyFaults = []fault{
	{name: "body cut short", serve: faults.Truncated(1000, "only this"), outcome: audit.Failed,
		says: []string{"broke off"}, asked: 4},
	{name: "body cut short once", serve: faults.Then(faults.Truncated(1000, "only this"), ok), outcome: audit.Fetched,
		status: 200, asked: 2},
	{name: "chunk cut short", serve: faults.Chunk("only this"), outcome: audit.Failed, says: []string{"broke off"},
		asked: 4},
	{name: "two lengths", serve: faults.Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello"),
		outcome: audit.Failed, asked: 4},
	{name: "negative length", serve: faults.Raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"),
		outcome: audit.Failed, asked: 4},
	{name: "length too small for its JSON",
		serve: faults.Raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"id\":\"a/b\"}"), adjust: isJSON,
		outcome: audit.Failed, status: 200, says: []string{"not valid JSON"}, asked: 1},
	{name: "no answer", bound: hangBound, serve: faults.Silent(), outcome: audit.Failed,
		says: []string{"did not answer in time"}, asked: 3},
	{name: "stalled body", bound: hangBound, serve: faults.Stalls(`{"id":`), outcome: audit.Failed,
		says: []string{"did not answer in time"}, asked: 3},
	{name: "dripping body", bound: hangBound, serve: faults.Drips(5 * time.Millisecond), outcome: audit.Failed,
		says: []string{"did not answer in time"}, asked: 3},
	{name: "endless body", serve: faults.Endless(), adjust: func(r *Request) {
		r.Limit = 1 << 20
	}, outcome: audit.Failed, says: []string{"too large", "1048576"}, asked: 1},
	{name: "endless error page", serve: func() http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(404); faults.Endless()(w, r) }
	}(), outcome: audit.Absent, status: 404, asked: 1},
	{name: "50 MB card", serve: faults.Answer(200, strings.Repeat("x", 50<<20)), outcome: audit.Failed,
		says: []string{"too large", "8388608"}, asked: 1},
	{name: "gzip bomb", serve: faults.Bomb(1 << 30), outcome: audit.Failed, says: []string{"too large"}, asked: 1},
	{name: "broken gzip", serve: faults.Answer(200, "this is not gzip", "Content-Encoding: gzip"),
		outcome: audit.Failed, asked: 4},
	{name: "an encoding that was not asked for", serve: faults.Answer(200, "\x8b\x02\x80brotli\x03",
		"Content-Encoding: br"), outcome: audit.Failed, says: []string{"encoding that was not asked for", "br"},
		asked: 1},
	{name: "gzip in gzip", serve: faults.Answer(200, string(gzipped(string(gzipped("text")))),
		"Content-Encoding: gzip, gzip"), outcome: audit.Failed, says: []string{"not asked for"}, asked: 1},
	{name: "no encoding by name", serve: faults.Answer(200, "text", "Content-Encoding: identity"),
		outcome: audit.Fetched, status: 200, asked: 1, body: "text"},
	{name: "gzip cut short", serve: faults.Answer(200, withCut(gzipped(strings.Repeat("text ", 1000))),
		"Content-Encoding: gzip"), outcome: audit.Failed, says: []string{"broke off"}, asked: 4},
	{name: "good gzip", serve: faults.Answer(200, string(gzipped("text")), "Content-Encoding: gzip"),
		outcome: audit.Fetched, status: 200, asked: 1, body: "text"},
	{name: "connection reset", serve: faults.Reset(), outcome: audit.Failed, says: []string{"the connection broke off"},
		asked: 4},
	{name: "connection reset once", serve: faults.Then(faults.Reset(), ok), outcome: audit.Fetched, status: 200,
		asked: 2},
	{name: "nothing at all", serve: faults.Raw(""), outcome: audit.Failed, says: []string{"the connection broke off"},
		asked: 4},
	{name: "endless headers", serve: faults.EndlessHeaders(), outcome: audit.Failed, asked: 4},
	{name: "no HTTP", serve: faults.Raw("SSH-2.0-OpenSSH_9.2\r\n"), outcome: audit.Failed,
		says: []string{"malformed HTTP"}, asked: 4},
	{name: "broken header", serve: faults.Raw("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"), outcome: audit.Failed,
		asked: 4},
	{name: "empty JSON", serve: faults.Answer(200, ""), adjust: isJSON, outcome: audit.Failed, status: 200,
		says: []string{"not valid JSON"}, asked: 1},
	{name: "broken JSON", serve: faults.Answer(200, `{"id": "a/b",`), adjust: isJSON, outcome: audit.Failed,
		status: 200, says: []string{"not valid JSON"}, asked: 1},
	{name: "JSON too deep", serve: faults.Answer(200, tooDeep), adjust: isJSON, outcome: audit.Failed, status: 200,
		says: []string{"not valid JSON"}, asked: 1},
	{name: "JSON that is not UTF-8", serve: faults.Answer(200, notUTF8), adjust: isJSON, outcome: audit.Fetched,
		status: 200, asked: 1, body: notUTF8},
	{name: "portal instead of JSON", serve: faults.Portal(), adjust: isJSON, outcome: audit.Failed, status: 200,
		says: []string{"HTML page came where JSON was due", "sign-in page or proxy",
			"check the network and the base URL"}, asked: 1},
	{name: "portal instead of a file", serve: faults.Portal(), outcome: audit.Failed, status: 200,
		says: []string{"HTML page came where a file was due", "check the network"}, asked: 1},
	{name: "JSON called HTML", serve: faults.Answer(200, `{"id":"a/b"}`, "Content-Type: text/html"), adjust: isJSON,
		outcome: audit.Fetched, status: 200, asked: 1},
	{name: "HTML called JSON", serve: faults.Answer(200, "<html></html>", "Content-Type: application/json"),
		adjust: isJSON, outcome: audit.Failed, status: 200, says: []string{"not valid JSON"}, asked: 1},
	{name: "body at the bound", serve: faults.Answer(200, strings.Repeat("x", 1000)), adjust: func(r *Request) {
		r.Limit = 1000
	}, outcome: audit.Fetched, status: 200, asked: 1},
	{name: "body over the bound", serve: faults.Answer(200, strings.Repeat("x", 1001)), adjust: func(r *Request) {
		r.Limit = 1000
	}, outcome: audit.Failed, says: []string{"1000 bytes"}, asked: 1},
	{name: "large body that is allowed", serve: faults.Answer(200, strings.Repeat("x", 9<<20)), adjust: unlimited,
		outcome: audit.Fetched, status: 200, asked: 1},
}

// redirectFaults lead somewhere else.
var redirectFaults = []fault{
	{name: "redirect loop", serve: faults.Loop(), outcome: audit.Failed, says: []string{"redirects more than"},
		asked: 6},
	{name: "redirect to itself", serve: faults.Redirect(302, "/x"), outcome: audit.Failed,
		says: []string{"redirects more than"}, asked: 6},
	{name: "rename", serve: faults.Then(faults.Redirect(307, "/api/models/new/name"), ok), adjust: func(r *Request) {
		r.Renames = true
	}, outcome: audit.Fetched, status: 200, asked: 2},
	{name: "redirect to this host", serve: faults.Redirect(302, "http://127.0.0.1:9/"), outcome: audit.Failed,
		says: []string{"not public"}, asked: 1},
	{name: "redirect to localhost", serve: faults.Redirect(302, "http://localhost/"), outcome: audit.Failed,
		says: []string{"not public"}, asked: 1},
	{name: "redirect to a private network", serve: faults.Redirect(301, "http://10.0.0.1/"), outcome: audit.Failed,
		says: []string{"not public", "10.0.0.1"}, asked: 1},
	{name: "redirect to cloud metadata", serve: faults.Redirect(302, "http://169.254.169.254/latest/meta-data/"),
		outcome: audit.Failed, says: []string{"not public", "169.254.169.254"}, asked: 1},
	{name: "redirect to IPv6 loopback", serve: faults.Redirect(302, "http://[::1]/"), outcome: audit.Failed,
		says: []string{"not public"}, asked: 1},
	{name: "redirect to mapped IPv4", serve: faults.Redirect(302, "http://[::ffff:127.0.0.1]/"), outcome: audit.Failed,
		says: []string{"not public"}, asked: 1},
	{name: "redirect to translated IPv4", serve: faults.Redirect(302, "http://[64:ff9b::a00:1]/"),
		outcome: audit.Failed, asked: 1},
	{name: "redirect to no address", serve: faults.Redirect(302, "http://0.0.0.0/"), outcome: audit.Failed,
		says: []string{"not public"}, asked: 1},
	{name: "redirect to a strange port", serve: faults.Redirect(302, "http://192.88.99.1:6379/"), outcome: audit.Failed,
		says: []string{"not public"}, asked: 1},
	{name: "redirect to a file", serve: faults.Redirect(302, "file:///etc/passwd"), outcome: audit.Failed,
		says: []string{"neither http nor https"}, asked: 1},
	{name: "redirect to gopher", serve: faults.Redirect(302, "gopher://127.0.0.1:6379/_FLUSHALL"),
		outcome: audit.Failed, says: []string{"neither http nor https"}, asked: 1},
	{name: "redirect to a script", serve: faults.Redirect(302, "javascript:alert(1)"), outcome: audit.Failed,
		says: []string{"neither http nor https"}, asked: 1},
	{name: "redirect with credentials", serve: faults.Redirect(302, "http://user:pass@hub.example/"),
		outcome: audit.Failed, says: []string{"holds credentials"}, asked: 1},
	{name: "redirect to nowhere", serve: faults.Answer(302, ""), outcome: audit.Failed, status: 302, asked: 1},
	{name: "redirect to a broken URL", serve: faults.Redirect(302, "http://[::1"), outcome: audit.Failed,
		says: []string{"no URL"}, asked: 1},
	{name: "redirect to no host", serve: faults.Redirect(302, "http:///x"), outcome: audit.Failed,
		says: []string{"names no host"}, asked: 1},
}

// TestBattery sets a client against every fault: each ends with the right
// outcome and message, in bounded time, and leaves no goroutine behind.
func TestBattery(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("cases", func(t *testing.T) {
		for group, cases := range map[string][]fault{"status": statusFaults, "limits": limitFaults,
			"bodies": bodyFaults, "redirects": redirectFaults} {
			for _, c := range cases {
				t.Run(group+"/"+c.name, func(t *testing.T) {
					t.Parallel()
					c.run(t)
				})
			}
		}
	})
}

// TestBatteryCounts keeps the battery from shrinking unseen: how many cases
// there are of each kind, each under a name of its own.
func TestBatteryCounts(t *testing.T) {
	total, seen := 0, map[string]bool{}
	for _, group := range []struct {
		cases []fault
		least int
	}{{statusFaults, 25}, {limitFaults, 25}, {bodyFaults, 30}, {redirectFaults, 18}} {
		if len(group.cases) < group.least {
			t.Errorf("%d cases beside %q, want at least %d", len(group.cases), group.cases[0].name, group.least)
		}
		for _, c := range group.cases {
			if seen[c.name] {
				t.Errorf("two cases are called %q", c.name)
			}
			seen[c.name] = true
			total++
		}
	}
	t.Logf("%d named faults of one exchange", total)
}

// run asks once and compares.
func (c fault) run(t *testing.T) {
	server := faults.Serve(t, c.serve)
	var cache Cache
	if c.cached != nil {
		cache = stored{doc: *c.cached}
	}
	tr := newTrial(t, server.URL, cache)
	tr.end.Tokens = c.tokens
	if c.maxWait != 0 {
		tr.client.opts.MaxWait = c.maxWait
	}
	bound := cmp.Or(c.bound, exchangeBound)
	tr.client.opts.Timeout = bound
	r := tr.request("/x")
	if c.adjust != nil {
		c.adjust(&r)
	}
	started := time.Now()
	d, err := tr.client.Get(t.Context(), r)
	if took := time.Since(started); took > 20*bound {
		t.Errorf("took %s", took)
	}
	if err != nil {
		t.Fatal(err)
	}
	if d.Outcome != c.outcome || d.Status != c.status {
		t.Errorf("%s, status %d; want %s, %d: %s", d.Outcome, d.Status, c.outcome, c.status, d.Detail)
	}
	for _, want := range c.says {
		if !strings.Contains(d.Detail, want) {
			t.Errorf("message %q lacks %q", d.Detail, want)
		}
	}
	if asked := len(server.Requests()); c.asked != 0 && asked != c.asked {
		t.Errorf("asked %d times, want %d", asked, c.asked)
	}
	if c.waited[1] != 0 && (tr.clock.slept < c.waited[0] || tr.clock.slept > c.waited[1]) {
		t.Errorf("waited %s, want %s to %s", tr.clock.slept, c.waited[0], c.waited[1])
	}
	checkDocument(t, d, c.body)
}

// checkDocument holds for every document, however the attempt ended.
func checkDocument(t *testing.T, d audit.Document, body string) {
	t.Helper()
	has := d.Outcome == audit.Fetched || d.Outcome == audit.NotModified
	if has != (d.SHA256 != "") || has && d.SHA256 != audit.Hash(d.Body) || !has && len(d.Body) > 0 {
		t.Errorf("outcome %s with %d bytes and hash %q", d.Outcome, len(d.Body), d.SHA256)
	}
	if !has && d.Outcome != audit.Absent && d.Detail == "" {
		t.Error("it does not say what went wrong")
	}
	if body != "" && string(d.Body) != body {
		t.Errorf("body %.100q, want %q", d.Body, body)
	}
	if !strings.HasPrefix(d.URL, public) {
		t.Errorf("recorded under %q, not under its public URL", d.URL)
	}
	if strings.Contains(d.Detail, "secret") || strings.ContainsAny(d.Detail, "\x00\n\r") {
		t.Errorf("message %q", d.Detail)
	}
	if u, err := url.Parse(d.URL); err != nil || u.User != nil {
		t.Errorf("URL %q", d.URL)
	}
}
