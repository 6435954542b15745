package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A quota is what one host said about one kind of request under one
// credential. Requests in flight are counted, so that several jobs together do
// not overrun what is left.
type quota struct {
	mu        sync.Mutex
	remaining int       // requests left until reset; below 0 unknown
	reset     time.Time // when it is filled up again
	held      time.Time // the host refused: until then nothing may pass, not even conditional requests
	inFlight  int
}

// resetMargin is added to every announced reset: hosts announce whole seconds.
const resetMargin = 500 * time.Millisecond

// wait says how long a request must wait, and takes one from the quota if it
// need not. A conditional request passes a spent quota that has not refused
// yet, because its usual answer, 304, is not counted by the hosts.
func (q *quota) wait(now time.Time, conditional bool) time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !now.Before(q.reset) {
		q.remaining = -1
	}
	switch {
	case now.Before(q.held) && conditional:
		return q.held.Sub(now)
	case now.Before(q.held), q.remaining == 0 && !conditional:
		return q.left(now)
	}
	if q.remaining > 0 {
		q.remaining--
	}
	q.inFlight++
	return 0
}

// left is how long the quota is spent or held for. The caller has the lock.
func (q *quota) left(now time.Time) time.Duration {
	left := max(q.held.Sub(now), 0)
	if q.remaining == 0 {
		left = max(left, q.reset.Sub(now))
	}
	return left
}

// spent reports how long the quota is spent for, without taking from it.
func (q *quota) spent(now time.Time) time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.left(now)
}

// learn takes in what an answer says and ends one request. It returns how long
// the host wants to be left alone, 0 where it does not say.
func (q *quota) learn(now time.Time, status int, h http.Header) time.Duration {
	said := readLimit(now, h)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.inFlight--
	if said.remaining >= 0 && !said.reset.IsZero() {
		q.remaining, q.reset = max(said.remaining-q.inFlight, 0), said.reset.Add(resetMargin)
	}
	if status != http.StatusTooManyRequests && status != http.StatusForbidden &&
		status != http.StatusServiceUnavailable {
		return 0
	}
	switch {
	case said.retryAfter > 0:
		q.hold(now.Add(said.retryAfter))
	case said.remaining == 0 && said.reset.After(now):
		q.hold(said.reset.Add(resetMargin))
	default:
		return 0
	}
	return q.held.Sub(now)
}

// refuse keeps everything back until a time, after a refusal that told none.
func (q *quota) refuse(until time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.hold(until)
}

// hold is refuse for those who have the lock.
func (q *quota) hold(until time.Time) {
	if until.After(q.held) {
		q.held = until
	}
}

// done ends a request that got no answer.
func (q *quota) done() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.inFlight--
}

// A limit is what the headers of one answer say.
type limit struct {
	remaining  int // below 0 unknown
	reset      time.Time
	retryAfter time.Duration
}

// readLimit understands RateLimit (IETF draft, as Hugging Face sends it:
// "api";r=0;t=10), its older three-header form, GitHub's X-RateLimit-* and
// Retry-After in seconds or as a date.
func readLimit(now time.Time, h http.Header) limit {
	l := limit{remaining: -1}
	if text := strings.Join(h.Values("RateLimit"), ","); text != "" { // lines of a list are one list
		l.remaining, l.reset = readRateLimit(now, text)
	} else if left := least(h, "RateLimit-Remaining"); left >= 0 {
		l.remaining, l.reset = left, now.Add(furthest(h, "RateLimit-Reset"))
	} else if left := least(h, "X-RateLimit-Remaining"); left >= 0 {
		l.remaining, l.reset = left, readEpoch(now, h)
	}
	for _, text := range h.Values("Retry-After") {
		after := seconds(text)
		if at, err := http.ParseTime(text); err == nil {
			after = at.Sub(serverTime(now, h))
		}
		l.retryAfter = max(l.retryAfter, min(after, longestBelieved))
	}
	if last := now.Add(longestBelieved); l.reset.After(last) {
		l.reset = last
	}
	return l
}

// longestBelieved is the longest wait that a host is believed: no quota lasts longer than a day, and a date years
// ahead is a slip, which would keep a host from a run for good.
const longestBelieved = 24 * time.Hour

// least is the smallest of the numbers that the lines of a header give, below 0 for none.
func least(h http.Header, name string) int {
	left := -1
	for _, text := range h.Values(name) {
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 0 && (left < 0 || n < left) {
			left = n
		}
	}
	return left
}

// furthest is the largest of the numbers of seconds that the lines of a header give.
func furthest(h http.Header, name string) time.Duration {
	var after time.Duration
	for _, text := range h.Values(name) {
		after = max(after, seconds(text))
	}
	return after
}

// readRateLimit reads a RateLimit header: of several quotas the one that is
// spent, or has the least left. The draft's older form has one quota, whose
// parts are set off with commas: limit=100, remaining=0, reset=20.
func readRateLimit(now time.Time, text string) (remaining int, reset time.Time) {
	if strings.Contains(text, "remaining=") {
		return readItem(now, strings.ReplaceAll(text, ",", ";"))
	}
	remaining = -1
	for item := range strings.SplitSeq(text, ",") {
		left, until := readItem(now, item)
		if left >= 0 && (remaining < 0 || left < remaining || left == remaining && until.After(reset)) {
			remaining, reset = left, until
		}
	}
	return remaining, reset
}

// readItem reads what is left of one quota, below 0 if it does not tell, and
// when it is filled up.
func readItem(now time.Time, item string) (remaining int, reset time.Time) {
	remaining = -1
	for part := range strings.SplitSeq(item, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "r", "remaining":
			if n, err := strconv.Atoi(value); err == nil && n >= 0 {
				remaining = n
			}
		case "t", "reset":
			reset = now.Add(seconds(value))
		}
	}
	return remaining, reset
}

// readEpoch reads X-RateLimit-Reset, seconds since 1970 by the server's clock.
// Values that are too small for that are seconds from now, those that are far
// too large milliseconds.
func readEpoch(now time.Time, h http.Header) time.Time {
	n, err := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil || n < 0 {
		return time.Time{}
	}
	if n >= 1e12 {
		n /= 1000
	}
	if n < 1e9 {
		return now.Add(seconds(h.Get("X-RateLimit-Reset")))
	}
	return now.Add(time.Unix(n, 0).Sub(serverTime(now, h)))
}

// serverTime is the server's clock, or ours where it does not tell.
func serverTime(now time.Time, h http.Header) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return now
}

// seconds reads a whole number of seconds, up to the longest wait that is believed; anything else is none.
func seconds(text string) time.Duration {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(min(n, int64(longestBelieved/time.Second))) * time.Second
}
