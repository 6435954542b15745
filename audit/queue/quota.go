package queue

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A Lender shares what a credential has left among the workers that use it. Each
// leases a slice and spends it without asking; what a worker that was killed had
// leased is free again when the host fills the quota up.
//
// It is a courtesy: hosts count for themselves. Without the servers a worker goes
// on by what the hosts tell it.
type Lender struct {
	q  *Queue
	mu sync.Mutex
	kv jetstream.KeyValue
	by map[string]*lease
}

// A ledger is what all workers know of one quota.
type ledger struct {
	Left  int       `json:"left"`  // not leased to anybody
	Reset time.Time `json:"reset"` // when it is filled up
}

type lease struct {
	mu    sync.Mutex
	left  int
	reset time.Time
	known bool      // there is a ledger until reset
	again time.Time // not before then is a ledger looked for that was not there
}

// lookAgain is how long the absence of a ledger is believed: hosts that tell of
// no quota never have one.
const lookAgain = 2 * time.Second

// A slice is an eighth of what is left: a worker asks seldom while there is
// plenty, and no worker has much that others lack when there is little.
const (
	sliceOf   = 8
	mostSlice = 100
)

const ledgerTry = time.Second

// Quotas gives the lender of a queue.
func (q *Queue) Quotas() *Lender { return &Lender{q: q, by: make(map[string]*lease)} }

func (l *Lender) lease(key string) *lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by[key] == nil {
		l.by[key] = &lease{}
	}
	return l.by[key]
}

// ledgers is the bucket, once there is one.
func (l *Lender) ledgers(ctx context.Context) (jetstream.KeyValue, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kv == nil {
		kv, err := l.q.js.KeyValue(ctx, quotaBucket)
		if err != nil {
			return nil, err
		}
		l.kv = kv
	}
	return l.kv, nil
}

// Take takes one request from a quota, or says how long to wait for one.
func (l *Lender) Take(ctx context.Context, key string, now time.Time) time.Duration {
	own := l.lease(key)
	own.mu.Lock()
	defer own.mu.Unlock()
	if !own.known || !now.Before(own.reset) {
		own.left, own.known = 0, false
	}
	if own.left == 0 && !now.Before(own.again) {
		if l.borrow(ctx, key, own, now); !own.known {
			own.again = now.Add(lookAgain)
		}
	}
	switch {
	case own.left > 0:
		own.left--
	case own.known:
		return own.reset.Sub(now)
	}
	return 0
}

// borrow leases a slice. Where there is no ledger yet, whoever asks the host
// first writes it.
func (l *Lender) borrow(ctx context.Context, key string, own *lease, now time.Time) {
	l.change(ctx, key, func(g *ledger) bool {
		if !now.Before(g.Reset) {
			return false
		}
		slice := min(max(g.Left/sliceOf, 1), mostSlice, g.Left)
		own.left, own.reset, own.known = slice, g.Reset, true
		g.Left -= slice
		return slice > 0
	}, func() { own.left = 0 })
}

// Learn takes in what a host said is left of a quota, and until when.
func (l *Lender) Learn(ctx context.Context, key string, left int, reset, now time.Time) {
	own := l.lease(key)
	own.mu.Lock()
	own.again = time.Time{} // there is a ledger now
	current := own.known && now.Before(own.reset) && reset.Sub(own.reset).Abs() < time.Minute
	enough := current && left > own.left
	if current && left < own.left {
		own.left = left // somebody else uses the credential, too
	}
	own.mu.Unlock()
	if enough {
		return
	}
	l.change(ctx, key, func(g *ledger) bool {
		if now.Before(g.Reset) { // hosts count down: what is leased and unspent is in left
			if g.Left <= left {
				return false
			}
			g.Left = left
			return true
		}
		g.Left, g.Reset = left, reset
		return true
	}, nil)
}

// change alters a ledger if it is still what was read, else reads again. undo
// takes back what the change did besides.
func (l *Lender) change(ctx context.Context, key string, f func(*ledger) bool, undo func()) {
	ctx, cancel := context.WithTimeout(ctx, ledgerTry)
	defer cancel()
	kv, err := l.ledgers(ctx)
	for err == nil {
		var g ledger
		var revision uint64
		entry, failed := kv.Get(ctx, key)
		switch {
		case errors.Is(failed, jetstream.ErrKeyNotFound):
		case failed != nil:
			return
		default:
			revision = entry.Revision()
			if json.Unmarshal(entry.Value(), &g) != nil {
				g = ledger{}
			}
		}
		if !f(&g) {
			return
		}
		var text []byte
		if text, err = json.Marshal(g); err != nil {
			return
		}
		if _, err = kv.Update(ctx, key, text, revision); err == nil {
			return
		}
		if undo != nil {
			undo()
		}
		if errors.Is(err, jetstream.ErrKeyExists) {
			err = nil // somebody was quicker
		}
	}
}
