package replay

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// A bucket is a quota as its service publishes it.
type bucket struct {
	name   string
	limit  int
	window time.Duration
}

// The published limits for callers without a token and with one: Hugging Face
// "Hub rate limits" (September 2025, anonymous and free user) and GitHub
// "Rate limits for the REST API".
var (
	anonymousBuckets = map[Kind]bucket{
		HFAPI:     {"api", 500, 5 * time.Minute},
		HFResolve: {"resolvers", 3000, 5 * time.Minute},
		GitHubAPI: {"core", 60, time.Hour},
	}
	tokenBuckets = map[Kind]bucket{
		HFAPI:     {"api", 1000, 5 * time.Minute},
		HFResolve: {"resolvers", 5000, 5 * time.Minute},
		GitHubAPI: {"core", 5000, time.Hour},
	}
)

// quotas counts requests in fixed windows, apart for each caller.
type quotas struct {
	mu      sync.Mutex
	now     func() time.Time
	enforce bool
	scale   float64
	share   float64
	windows map[string]*window
}

type window struct {
	ends time.Time
	used int
}

func newQuotas(opts Options, now func() time.Time) *quotas {
	scale := opts.Window
	if scale <= 0 {
		scale = 1
	}
	share := opts.Share
	if share <= 0 {
		share = 1
	}
	return &quotas{now: now, enforce: opts.EnforceQuotas, scale: scale, share: share, windows: map[string]*window{}}
}

// current finds the caller's bucket and its window, starting a new one where
// the old has ended. The caller holds the lock.
func (q *quotas) current(kind Kind, r *http.Request) (bucket, *window, bool) {
	token := r.Header.Get("Authorization")
	b, ok := anonymousBuckets[kind]
	if token != "" {
		b = tokenBuckets[kind]
	}
	if !ok {
		return bucket{}, nil, false
	}
	b.limit = max(int(float64(b.limit)*q.share), 1)
	key := string(kind) + " " + token
	w := q.windows[key]
	now := q.now()
	// Unenforced windows start anew when half is spent: the headers stay
	// truthful about the limit and never tell a client to stop.
	if w == nil || !now.Before(w.ends) || (!q.enforce && 2*w.used >= b.limit) {
		w = &window{ends: now.Add(time.Duration(float64(b.window) * q.scale))}
		q.windows[key] = w
	}
	return b, w, true
}

// exhausted reports whether the caller has nothing left, and for how long.
func (q *quotas) exhausted(kind Kind, r *http.Request) (time.Duration, bool) {
	if !q.enforce {
		return 0, false
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	b, w, ok := q.current(kind, r)
	if !ok || w.used < b.limit {
		return 0, false
	}
	return w.ends.Sub(q.now()), true
}

// stamp counts an answer and writes the quota's headers into it.
func (q *quotas) stamp(kind Kind, r *http.Request, h http.Header, counted bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	b, w, ok := q.current(kind, r)
	if !ok {
		return
	}
	if counted {
		w.used++
	}
	left := max(0, b.limit-w.used)
	if kind == GitHubAPI {
		stampGitHub(h, b, w, left)
		return
	}
	seconds := int(math.Ceil(w.ends.Sub(q.now()).Seconds()))
	h.Set("RateLimit", fmt.Sprintf("%q;r=%d;t=%d", b.name, left, seconds))
	h.Set("RateLimit-Policy", fmt.Sprintf(`"fixed window";%q;q=%d;w=%d`, b.name, b.limit, int(b.window.Seconds())))
}

func stampGitHub(h http.Header, b bucket, w *window, left int) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(b.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(left))
	h.Set("X-RateLimit-Used", strconv.Itoa(w.used))
	h.Set("X-RateLimit-Resource", b.name)
	// Seconds are rounded up: a client that waits until then must not be early.
	h.Set("X-RateLimit-Reset", strconv.FormatInt(w.ends.Add(time.Second-time.Nanosecond).Unix(), 10))
}

// overQuota is the answer of a service whose quota is spent.
func overQuota(kind Kind, wait time.Duration) answer {
	if kind == GitHubAPI {
		a := failure(http.StatusForbidden, "API rate limit exceeded for this address: wait until the window ends.")
		a.free = true
		return a
	}
	a := failure(http.StatusTooManyRequests, "Too many requests from this address: wait until the window ends.")
	a.header.Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	a.free = true
	return a
}
