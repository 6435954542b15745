package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"syscall"
	"time"

	"golang.org/x/time/rate"
)

// A pace is how fast and how many at once a host is asked.
type pace struct {
	perSecond  rate.Limit
	burst      int
	concurrent int
}

// Paces by bucket. GitHub wants its API asked serially; arXiv wants three
// seconds between requests; unknown web hosts get one request a second. An
// endpoint that the user configured sets its own pace through its answers.
var (
	paces = map[string]pace{
		"api":         {5, 20, 4},
		"resolvers":   {10, 40, 8},
		"core":        {5, 10, 1},
		"raw":         {20, 40, 8},
		"scope":       {2, 4, 2},
		"scope-files": {5, 10, 4},
		"arxiv":       {rate.Every(3 * time.Second), 1, 1},
	}
	webPace        = pace{1, 2, 1}
	configuredPace = pace{rate.Inf, 1, 16}
)

// Three strikes (time-outs, broken connections in a row) and a host counts as
// down; so does one that cannot be dialled at all. Its further requests fail at
// once, until it may have come back.
//
// A host that answers, but with errors of its own, may come back at any moment,
// and is asked on: a list that was spent on it meanwhile would be lost. Where all
// attempts for so many subjects ended so, and nobody heard anything else, the
// watcher is told; a single subject may be what the host stumbles over.
const (
	maxStrikes = 3 * attempts
	downFor    = 5 * time.Minute
	maxFailing = 3
)

// A host is the state of one host and bucket in a run.
type host struct {
	limiter *rate.Limiter
	slots   chan struct{}

	mu        sync.Mutex
	strikes   int
	failing   map[string]bool // subjects that heard errors of the server alone, since others heard something else
	downUntil time.Time
	downWhy   string
}

// hostOf returns the state of a host (with port) for a bucket.
func (c *Client) hostOf(r Request, name string) *host {
	p, ok := paces[r.Bucket]
	if !ok {
		p = webPace
	}
	if r.Endpoint != nil && r.Endpoint.configured() {
		p = configuredPace
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	key := name + " " + r.Bucket
	h, ok := c.hosts[key]
	if !ok {
		h = &host{limiter: rate.NewLimiter(p.perSecond, p.burst), slots: make(chan struct{}, p.concurrent)}
		c.hosts[key] = h
	}
	return h
}

// enter waits for the host's pace and a free slot. leave frees the slot.
func (h *host) enter(ctx context.Context) error {
	if err := h.limiter.Wait(ctx); err != nil {
		return fmt.Errorf("waiting for the host's pace: %w", err)
	}
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *host) leave() { <-h.slots }

// down says why the host is not asked at the moment, or "".
func (h *host) down(now time.Time) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now.Before(h.downUntil) {
		return h.downWhy
	}
	return ""
}

// well takes back earlier strikes: the host answered.
func (h *host) well() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.strikes = 0
}

// answers takes back earlier failures: the host gave an answer that is none.
func (h *host) answers() {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.failing)
}

// fail counts a document for which all attempts ended with an error of the server. It
// reports whether the host is now known to fail, which it was not before.
func (h *host) fail(subject string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.failing == nil {
		h.failing = make(map[string]bool)
	}
	known := len(h.failing) >= maxFailing
	h.failing[subject] = true
	return !known && len(h.failing) >= maxFailing
}

// strike counts a failure that no answer explains. Hosts that cannot be
// dialled are down at once.
func (h *host) strike(name string, now time.Time, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.strikes++
	var timeout net.Error
	if errors.Is(err, errTooSlow) || errors.Is(err, context.DeadlineExceeded) ||
		errors.As(err, &timeout) && timeout.Timeout() {
		h.strikes += attempts - 1 // waiting in vain costs most: three such answers and the host counts as down
	}
	if unreachable(err) || h.strikes >= maxStrikes {
		h.downUntil, h.downWhy = now.Add(downFor), proxySays(unreached(name, explain(err)), err)
		h.strikes = 0
	}
}

// unreachable reports whether nothing can be said to the host at all, so that
// another attempt is pointless.
func unreachable(err error) bool {
	var dns *net.DNSError
	var op *net.OpError
	return errors.As(err, &dns) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, errPrivate) ||
		(errors.As(err, &op) && op.Op == "dial")
}

// explain puts a transport error into words for people.
func explain(err error) string {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &dns):
		return "its name cannot be resolved (is there a network?)"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "it refuses connections"
	case errors.Is(err, errPrivate):
		return err.Error()
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "it did not answer in time"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET),
		errors.Is(err, syscall.EPIPE):
		return "the connection broke off"
	case errors.Is(err, errTooLarge), errors.Is(err, errTooSlow):
		return err.Error()
	}
	// The innermost error has no addresses and ports of this one connection.
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err.Error()
}
