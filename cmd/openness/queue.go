package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/spf13/pflag"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/queue"
	"openness/data"
)

// queueOptions are the flags that whoever hands out and whoever works share.
type queueOptions struct {
	url         string
	credentials string
	lease       time.Duration
}

func (o *queueOptions) add(flags *pflag.FlagSet, usage string) {
	flags.StringVar(&o.url, "queue", "", usage)
	flags.StringVar(&o.credentials, "queue-creds", "", "`FILE` of NATS credentials for the queue")
	flags.DurationVar(&o.lease, "queue-lease", queue.DefaultLease,
		"how long a worker may be silent before its subject goes to another")
}

// check refuses what cannot be meant.
func (o *queueOptions) check() error {
	if err := queue.CheckURL(o.url); err != nil {
		return usagef("--queue: %w", err)
	}
	if o.lease < time.Second {
		return usagef("--queue-lease %v: a second is the least", o.lease)
	}
	return nil
}

func (o *queueOptions) connect(ctx context.Context, g *globalOptions, name string) (*queue.Queue, error) {
	return queue.Connect(ctx, queue.Options{URL: o.url, Credentials: o.credentials, Name: name, Lease: o.lease,
		Say: func(format string, args ...any) {
			if !g.quiet {
				g.say(format, args...)
			}
		}})
}

// lookSettings are the flags of audit that say how a worker looks.
type lookSettings struct {
	Budget  string        `json:"budget"`
	Refresh bool          `json:"refresh"`
	MaxWait time.Duration `json:"max_wait"`
	MaxAge  time.Duration `json:"max_age"`
	Began   time.Time     `json:"began"` // the run
}

// mostHandedOut bounds how many subjects lie in the queue at once.
const mostHandedOut = 2000

// A distribution is a run of audit whose looking is done by workers.
type distribution struct {
	*auditor
	run     *queue.Run
	targets []crawl.Target
	results []result
	keys    map[string]string // of targets, by how results name them
	indices map[string][]int  // of targets, by their keys: a list may repeat one
	show    *progress
	left    atomic.Int64
	out     chan struct{} // one for each subject that is handed out
}

// refuseWithQueue names flags that a queue cannot honour.
func (o *auditOptions) refuseWithQueue() error {
	switch {
	case o.offline:
		return usagef("--queue hands subjects out to be looked at: leave out --offline")
	case o.warc != "":
		return usagef("--queue hands subjects out to be looked at: leave out --from-warc")
	case o.at != "":
		return usagef("--queue looks at what is there now: leave out --at")
	}
	return o.queue.check()
}

// handOut audits the targets by way of a queue; results[i] belongs to targets[i].
func (a *auditor) handOut(ctx context.Context, targets []crawl.Target, results []result, show *progress) error {
	q, err := a.opts.queue.connect(ctx, a.opts.globalOptions, "openness audit")
	if err != nil {
		return err
	}
	defer q.Close()
	d := &distribution{auditor: a, targets: targets, results: results, show: show, keys: make(map[string]string),
		indices: make(map[string][]int),
		out:     make(chan struct{}, mostHandedOut)}
	for i, t := range targets {
		key := targetKey(t)
		d.keys[queue.Subject(key)] = key
		d.indices[key] = append(d.indices[key], i)
		d.results[i].target = t
	}
	open, err := d.unfinished(ctx)
	if err != nil {
		return err
	}
	d.left.Store(int64(len(open)))
	// The run has the same name when it goes on, and another for every store.
	name := fmt.Sprintf("%s %s %s", a.archive.listKey(targets), a.run.Started.UTC().Format(time.RFC3339Nano),
		a.db.Path())
	if d.run, err = q.Open(ctx, name); err != nil {
		return err
	}
	if len(open) == 0 {
		return d.run.End(ctx) // of a run that was killed at its very end
	}
	offering, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	offered := make(chan struct{})
	go func() {
		defer close(offered)
		if err := d.offerAll(offering, open); err != nil && offering.Err() == nil {
			a.stop(err)
		}
	}()
	err = d.run.Collect(ctx, func(subject string, r *queue.Result, problem error) (bool, error) {
		return d.take(ctx, subject, r, problem)
	},
		func() (bool, error) { return d.quiet(ctx) })
	stop(nil)
	<-offered
	if err != nil {
		return err
	}
	return d.run.End(ctx)
}

// unfinished settles what the run had finished before, and lists the keys of the
// rest in the order of the list.
func (d *distribution) unfinished(ctx context.Context) (open []string, err error) {
	for i, t := range d.targets {
		key := targetKey(t)
		if d.indices[key][0] != i {
			continue
		}
		done, err := d.finishedBefore(ctx, key)
		if err != nil {
			return nil, err
		}
		if !done {
			open = append(open, key)
		}
	}
	return open, nil
}

// finishedBefore settles a target that the store has as finished in this run.
func (d *distribution) finishedBefore(ctx context.Context, key string) (bool, error) {
	record, at, done, err := d.auditor.finishedBefore(ctx, key)
	if err == nil && done {
		d.settle(key, &record, nil, at)
	}
	return done, err
}

// settle notes what became of a target. before is when the run had finished it before it
// was interrupted, if it had.
func (d *distribution) settle(key string, record *audit.Record, failed error, before time.Time) {
	for _, i := range d.indices[key] {
		r := &d.results[i]
		r.resumed, r.before, r.err = !before.IsZero(), before, failed
		if record != nil {
			r.documents, r.lost, r.stale = len(record.Documents), record.Lost(), record.Stale()
		}
		d.show.done(*r)
	}
	delete(d.indices, key)
}

// offerAll hands out, a bounded number at a time.
func (d *distribution) offerAll(ctx context.Context, keys []string) error {
	first := make(map[string]crawl.Target)
	for _, t := range d.targets {
		first[targetKey(t)] = t
	}
	for _, key := range keys {
		select {
		case d.out <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := d.offer(ctx, key, first[key]); err != nil {
			return err
		}
	}
	return nil
}

func (d *distribution) offer(ctx context.Context, key string, t crawl.Target) error {
	target, err := json.Marshal(t)
	if err != nil {
		return err
	}
	o := d.opts
	settings, err := json.Marshal(lookSettings{o.budget, o.refresh, o.maxWait, time.Duration(o.maxAge),
		d.auditor.since})
	if err != nil {
		return err
	}
	has, err := knownOf(ctx, d.db, t)
	if err != nil {
		return err
	}
	return d.run.Offer(ctx, key, &queue.Job{Tool: version, Target: target, Settings: settings, Known: has})
}

// take stores a result, once however often it comes.
func (d *distribution) take(ctx context.Context, subject string, r *queue.Result,
	problem error) (more bool, err error) {
	key := d.keys[subject]
	if key == "" || d.indices[key] == nil { // a second one, or of nothing that was asked
		return d.left.Load() > 0, nil
	}
	target := d.targets[d.indices[key][0]]
	failed := problem
	if failed == nil && r.Failed != "" {
		failed = errors.New(r.Failed)
	}
	if failed == nil {
		if err := d.save(ctx, key, r); errors.Is(err, data.ErrObserver) {
			failed = err
		} else if err != nil {
			return false, err
		}
	}
	if failed != nil {
		failed = fmt.Errorf("%s: %w", target.Text, failed)
	}
	r.Record.DropBodies()
	d.settle(key, &r.Record, failed, time.Time{})
	select {
	case <-d.out:
	default: // of a run that went on
	}
	return d.left.Add(-1) > 0, nil
}

// save judges and stores.
func (d *distribution) save(ctx context.Context, key string, r *queue.Result) error {
	reviews, err := d.db.Reviews(ctx, data.Key(r.Record.Subject))
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	m := judged(r.Record, reviews, d.rubrics, r.At)
	_, err = d.db.SaveFinished(ctx, d.auditor.run.ID, key, r.Record, m.Assessments, r.Tool, r.At)
	return err
}

// quiet looks, when nothing has come for a while, whether another process has
// stored what is waited for, and hands out again what the servers may have lost:
// what is there still is not there twice.
func (d *distribution) quiet(ctx context.Context) (more bool, err error) {
	var waiting []string
	for key := range d.indices {
		waiting = append(waiting, key)
	}
	asked := 0
	for _, key := range waiting {
		done, err := d.finishedBefore(ctx, key)
		if err != nil {
			return false, err
		}
		if done {
			d.left.Add(-1)
			continue
		}
		if asked++; asked <= atOnceAgain && asked <= len(d.out) {
			target := d.targets[d.indices[key][0]]
			if err := d.offer(ctx, key, target); err != nil {
				return false, err
			}
		}
	}
	return d.left.Load() > 0, nil
}

// atOnceAgain bounds how many subjects are handed out again at once.
const atOnceAgain = 200
