package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"openness/audit/pause"
)

// A Run is one list of subjects that is handed out and collected.
type Run struct {
	q       *Queue
	id      string
	results jetstream.Consumer
}

// Open begins a run, or goes on with the one of that name.
func (q *Queue) Open(ctx context.Context, name string) (*Run, error) {
	r := &Run{q: q, id: token(name)}
	return r, r.open(ctx)
}

func (r *Run) open(ctx context.Context) error {
	if err := r.q.ensure(ctx); err != nil {
		return err
	}
	return r.q.atStart(ctx, "the run's consumer", func(ctx context.Context) (err error) {
		r.results, err = r.q.js.CreateOrUpdateConsumer(ctx, resultStream,
			jetstream.ConsumerConfig{Durable: "run-" + r.id,
				FilterSubject: resultPrefix + r.id + ".>", AckPolicy: jetstream.AckExplicitPolicy,
				AckWait:           r.q.opts.Lease,
				InactiveThreshold: keep})
		return err
	})
}

// Offer hands out a subject under a key, unless it is handed out already.
func (r *Run) Offer(ctx context.Context, key string, job *Job) error {
	message, err := job.Encode()
	if err == nil {
		err = r.q.publish(ctx, jobPrefix+r.id+"."+token(key), message)
	}
	return err
}

// fetched at once: a few, since each may be long.
const atOnce = 8

// idle is how long nothing must come before the caller is asked whether all is
// well.
const idle = 5 * time.Second

// Collect gives every result that comes to take, which must take one twice
// without harm, until take says that there are no more. What take refuses with
// an error ends the collection and comes again. When nothing comes for a while,
// quiet is called.
func (r *Run) Collect(ctx context.Context, take func(subject string, result *Result, problem error) (more bool,
	err error),
	quiet func() (more bool, err error)) error {
	last := time.Now()
	for {
		batch, err := r.results.Fetch(atOnce, jetstream.FetchMaxWait(time.Second))
		came := 0
		if err == nil {
			for m := range batch.Messages() {
				came++
				if more, err := r.one(ctx, m, take); err != nil || !more {
					return err
				}
			}
			err = batch.Error()
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		switch {
		case came > 0:
			last = time.Now()
			continue
		case err != nil && lost(err): // the servers lost it, or have all been replaced
			if err := r.open(ctx); err != nil {
				r.q.opts.Say("%v", err) // and again, for as long as it takes
			}
		case err != nil:
			_ = pause.For(ctx, betweenTry) // the loop looks at ctx
		}
		if time.Since(last) > idle {
			last = time.Now()
			if more, err := quiet(); err != nil || !more {
				return err
			}
		}
	}
}

// lost reports whether a consumer or stream is not there any more.
func lost(err error) bool {
	return errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrConsumerDeleted) ||
		errors.Is(err, jetstream.ErrConsumerDoesNotExist) || errors.Is(err, jetstream.ErrStreamNotFound) ||
		strings.Contains(err.Error(), "no responders")
}

func (r *Run) one(ctx context.Context, m jetstream.Msg, take func(string, *Result, error) (bool, error)) (bool, error) {
	subject := m.Subject()[strings.LastIndexByte(m.Subject(), '.')+1:]
	payload, gone, err := r.q.payload(ctx, m)
	if err != nil {
		return false, err
	}
	var result Result
	var problem error
	if gone {
		problem = fmt.Errorf("%w: its payload is gone", ErrMessage)
	} else {
		result, problem = DecodeResult(payload)
	}
	more, err := take(subject, &result, problem)
	if err != nil {
		return false, err
	}
	if m.Ack() == nil { // what is not acknowledged comes again and is known then
		r.q.drop(ctx, m)
	}
	return more, nil
}

// Subject is how a result names the subject that was offered under a key.
func Subject(key string) string { return token(key) }

// End removes what is left of the run.
func (r *Run) End(ctx context.Context) error {
	err := r.q.until(ctx, "a leader of the servers", func(ctx context.Context) error {
		s, err := r.q.js.Stream(ctx, jobStream)
		if err == nil {
			err = s.Purge(ctx, jetstream.WithPurgeSubject(jobPrefix+r.id+".>"))
		}
		if err == nil {
			err = r.q.js.DeleteConsumer(ctx, resultStream, "run-"+r.id) // what waits for it goes, too
		}
		if errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, jetstream.ErrConsumerNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	try, cancel := context.WithTimeout(ctx, 4*shortTry)
	defer cancel()
	r.q.dropAll(try, r.id)
	return nil
}

// dropAll removes the long messages of a run, as far as time allows: the rest
// goes when it is too old.
func (q *Queue) dropAll(ctx context.Context, run string) {
	store, err := q.js.ObjectStore(ctx, objectBucket)
	if err != nil {
		return
	}
	objects, err := store.List(ctx)
	if err != nil {
		return
	}
	for _, o := range objects {
		if strings.Contains(o.Name, run) {
			_ = store.Delete(ctx, o.Name)
		}
	}
}
