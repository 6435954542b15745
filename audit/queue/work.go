package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"openness/audit/pause"
)

// mostDeliveries is how often a subject is handed out before a worker reports it
// as failed instead of looking: something in it ends workers.
const mostDeliveries = 8

// ErrVersion says that a run is handed out by another version of the tool.
var ErrVersion = errors.New("another version")

// A Handler looks at one subject. An error that wraps ErrVersion gives the
// subject back and ends the worker; after ctx has ended, any error gives it back.
type Handler func(ctx context.Context, run string, job *Job) (*Result, error)

// Work takes subjects and sends back what the handler makes of them, several at
// a time, until ctx ends or, where that is not 0, nothing has come for a while.
func (q *Queue) Work(ctx context.Context, jobs int, most time.Duration, handle Handler) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	w := &worker{q: q, handle: handle, idle: most, stop: stop}
	w.last.Store(time.Now().UnixNano())
	var group sync.WaitGroup
	for range jobs {
		group.Go(func() { w.loop(ctx) })
	}
	group.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, errIdle) {
		return cause
	}
	return nil
}

var errIdle = errors.New("nothing to do")

type worker struct {
	q      *Queue
	handle Handler
	idle   time.Duration
	stop   context.CancelCauseFunc
	busy   atomic.Int64
	last   atomic.Int64 // when something was to do
	said   atomic.Bool
}

func (w *worker) loop(ctx context.Context) {
	for ctx.Err() == nil {
		consumer, err := w.consumer(ctx)
		for err == nil && ctx.Err() == nil {
			err = w.next(ctx, consumer)
		}
		if ctx.Err() == nil {
			w.rest()
			_ = pause.For(ctx, betweenTry) // the loop looks at ctx
		}
	}
}

// consumer finds what all workers share; whoever hands out subjects makes it.
func (w *worker) consumer(ctx context.Context) (jetstream.Consumer, error) {
	try, cancel := context.WithTimeout(ctx, shortTry)
	defer cancel()
	c, err := w.q.js.Consumer(try, jobStream, workers)
	if (errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, jetstream.ErrConsumerNotFound)) &&
		!w.said.Swap(true) {
		w.q.opts.Say("queue: nothing is handed out yet; waiting")
	}
	return c, err
}

// rest ends the worker when it has had nothing to do for long enough.
func (w *worker) rest() {
	if w.idle > 0 && w.busy.Load() == 0 && time.Since(time.Unix(0, w.last.Load())) > w.idle {
		w.stop(errIdle)
	}
}

func (w *worker) next(ctx context.Context, c jetstream.Consumer) error {
	batch, err := c.Fetch(1, jetstream.FetchMaxWait(time.Second))
	if err != nil {
		return err
	}
	came := false
	for m := range batch.Messages() {
		came = true
		w.busy.Add(1)
		w.one(ctx, m)
		w.last.Store(time.Now().UnixNano())
		w.busy.Add(-1)
	}
	if !came {
		w.rest()
	}
	return batch.Error()
}

// one takes a subject through the handler. The servers are told at intervals
// that somebody is at it.
func (w *worker) one(ctx context.Context, m jetstream.Msg) {
	at, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		beat := time.NewTicker(w.q.opts.Lease / 3)
		defer beat.Stop()
		for {
			select {
			case <-at.Done():
				return
			case <-beat.C:
				_ = m.InProgress() // without a connection the lease runs out, as it should
			}
		}
	}()
	result, err := w.result(at, m)
	switch {
	case err != nil && errors.Is(err, ErrVersion):
		_ = m.Nak()
		w.stop(err)
	case err != nil:
		_ = m.Nak() // interrupted
	default:
		w.send(ctx, m, result)
	}
}

func (w *worker) result(ctx context.Context, m jetstream.Msg) (*Result, error) {
	run := runOf(m.Subject())
	payload, gone, err := w.q.payload(ctx, m)
	if err != nil {
		return nil, err
	}
	if gone {
		return &Result{Failed: "what was handed out is gone; run the same command again"}, nil
	}
	job, err := DecodeJob(payload)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrVersion, err)
	}
	if about, err := m.Metadata(); err == nil && about.NumDelivered > mostDeliveries {
		return &Result{Tool: job.Tool, Failed: fmt.Sprintf("%d workers ended over it", about.NumDelivered-1)}, nil
	}
	return w.handle(ctx, run, &job)
}

// send gives back a result before the subject counts as done: a worker that dies
// in between lets it be looked at again, and the second result is dropped.
func (w *worker) send(ctx context.Context, m jetstream.Msg, result *Result) {
	message, err := result.Encode()
	if err != nil {
		message, err = (&Result{Tool: result.Tool, Worker: result.Worker, At: result.At, Failed: err.Error()}).Encode()
	}
	if err == nil {
		subject := resultPrefix + strings.TrimPrefix(m.Subject(), jobPrefix)
		err = w.q.publish(ctx, subject, message)
	}
	if err != nil {
		_ = m.Nak()
		return
	}
	try, cancel := context.WithTimeout(ctx, shortTry)
	defer cancel()
	_ = m.DoubleAck(try) // else it is looked at again
}

// runOf is the run that a subject is of.
func runOf(subject string) string {
	run, _, _ := strings.Cut(strings.TrimPrefix(subject, jobPrefix), ".")
	return run
}
