// Package queue carries an audit over machines: subjects go out and what was
// seen of them comes back, over NATS JetStream. It knows what is carried only as
// messages (Job, Result) and judges, fetches and stores nothing.
//
// A subject is handed to one worker at a time. A worker that falls silent loses
// it to another; its result, should it still come, is dropped as the second of
// its kind. What is in the streams survives the loss of a server where three
// form a cluster. Whoever collects must take a result twice without harm: it
// comes again until it was acknowledged.
package queue

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"openness/audit/pause"
)

// The names of what is kept on the servers.
const (
	jobStream    = "OPENNESS_JOBS"
	resultStream = "OPENNESS_RESULTS"
	jobPrefix    = "openness.job."
	resultPrefix = "openness.result."
	workers      = "workers" // the consumer that all workers share
	objectBucket = "openness-payloads"
	quotaBucket  = "openness-quotas"
)

// keep bounds how long anything lies in the queue that nobody asks for.
const keep = 14 * 24 * time.Hour

const (
	shortTry   = 2 * time.Second // of one request: a server without a leader does not answer
	betweenTry = 300 * time.Millisecond
	sayAfter   = 5 * time.Second
)

// Options say where the queue is and how patient to be.
type Options struct {
	URL         string        // nats://host:port, several separated by commas
	Credentials string        // a file of NATS credentials; may be empty
	Name        string        // of this process, for the servers' lists
	Lease       time.Duration // how long a worker may be silent
	Wait        time.Duration // for servers and their leader at the start
	Say         func(format string, args ...any)
}

// DefaultLease is how long a worker may be silent before another gets its subject.
const DefaultLease = 30 * time.Second

// DefaultWait is how long servers and their leader are waited for at the start.
const DefaultWait = 2 * time.Minute

// A Queue is a connection to the servers.
type Queue struct {
	opts Options
	nc   *nats.Conn
	js   jetstream.JetStream
}

// CheckURL says what is wrong with the address of a queue, without its password.
func CheckURL(text string) error {
	for one := range strings.SplitSeq(text, ",") {
		u, err := url.Parse(strings.TrimSpace(one))
		if err != nil {
			return fmt.Errorf("an address that is no URL: give nats://host:port")
		}
		if (u.Scheme != "nats" && u.Scheme != "tls") || u.Hostname() == "" {
			return fmt.Errorf("%q is no address of a NATS server: give nats://host:port", u.Redacted())
		}
	}
	return nil
}

// Connect waits for a server that answers.
func Connect(ctx context.Context, opts Options) (*Queue, error) {
	if opts.Lease <= 0 {
		opts.Lease = DefaultLease
	}
	if opts.Wait <= 0 {
		opts.Wait = DefaultWait
	}
	settings := []nats.Option{nats.Name(opts.Name), nats.MaxReconnects(-1), nats.ReconnectWait(betweenTry),
		nats.Timeout(shortTry),
		nats.PingInterval(10 * time.Second), nats.MaxPingsOutstanding(2), nats.ReconnectBufSize(-1),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				opts.Say("queue: the connection broke off (%v); connecting again", err)
			}
		})}
	if opts.Credentials != "" {
		settings = append(settings, nats.UserCredentials(opts.Credentials))
	}
	q := &Queue{opts: opts}
	err := q.atStart(ctx, "a server", func(context.Context) (err error) {
		q.nc, err = nats.Connect(opts.URL, settings...)
		return err
	})
	if err != nil {
		return nil, err
	}
	if q.js, err = jetstream.New(q.nc); err != nil {
		q.nc.Close()
		return nil, err
	}
	return q, nil
}

// Close ends the connection.
func (q *Queue) Close() { q.nc.Close() }

// atStart repeats a step until it succeeds or waiting has taken too long.
func (q *Queue) atStart(ctx context.Context, what string, step func(context.Context) error) error {
	bounded, cancel := context.WithTimeoutCause(ctx, q.opts.Wait, fmt.Errorf("waited %v for %s", q.opts.Wait, what))
	defer cancel()
	return q.until(bounded, what, step)
}

// until repeats a step until it succeeds, is hopeless, or ctx ends.
func (q *Queue) until(ctx context.Context, what string, step func(context.Context) error) error {
	said := time.Now()
	for {
		try, cancel := context.WithTimeout(ctx, shortTry)
		err := step(try)
		cancel()
		if err == nil || hopeless(err) {
			return err
		}
		if time.Since(said) > sayAfter {
			said = time.Now()
			q.opts.Say("queue: waiting for %s (%v)", what, err)
		}
		if pause.For(ctx, betweenTry) != nil {
			return fmt.Errorf("queue: %w (%w)", context.Cause(ctx), err)
		}
	}
}

// hopeless reports whether another attempt would end alike.
func hopeless(err error) bool {
	return errors.Is(err, nats.ErrAuthorization) || errors.Is(err, nats.ErrAuthExpired) ||
		errors.Is(err, os.ErrNotExist) ||
		errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount)
}

// ensure makes streams, buckets and the workers' consumer where they are not
// there. They are kept on three servers, or on one where there is no cluster.
func (q *Queue) ensure(ctx context.Context) error {
	const alone = "replicas > 1 not supported in non-clustered mode"
	replicas := 3
	step := func(what string, make func(context.Context, int) error) error {
		return q.atStart(ctx, what, func(ctx context.Context) error {
			err := make(ctx, replicas)
			if err != nil && replicas > 1 && strings.Contains(err.Error(), alone) {
				replicas = 1
				err = make(ctx, replicas)
			}
			return err
		})
	}
	stream := func(name, subjects string, kept jetstream.RetentionPolicy) error {
		return step("a leader of the servers", func(ctx context.Context, replicas int) error {
			if _, err := q.js.Stream(ctx, name); err == nil {
				return nil
			}
			_, err := q.js.CreateStream(ctx, jetstream.StreamConfig{Name: name, Subjects: []string{subjects},
				Retention: kept,
				Storage:   jetstream.FileStorage, Replicas: replicas, MaxAge: keep, MaxMsgsPerSubject: 1,
				Discard:              jetstream.DiscardNew,
				DiscardNewPerSubject: true})
			if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
				return nil // by somebody who started at the same time
			}
			return err
		})
	}
	if err := stream(jobStream, jobPrefix+">", jetstream.WorkQueuePolicy); err != nil {
		return err
	}
	// Results are kept for whoever collects the run: after its end, one that comes
	// late is nobody's and is dropped.
	if err := stream(resultStream, resultPrefix+">", jetstream.InterestPolicy); err != nil {
		return err
	}
	if err := step("the workers' consumer", func(ctx context.Context, _ int) error {
		_, err := q.js.CreateOrUpdateConsumer(ctx, jobStream, jetstream.ConsumerConfig{Durable: workers,
			AckPolicy: jetstream.AckExplicitPolicy,
			AckWait:   q.opts.Lease, MaxAckPending: 100_000})
		return err
	}); err != nil {
		return err
	}
	if err := step("the bucket of payloads", func(ctx context.Context, replicas int) error {
		_, err := q.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: objectBucket, TTL: keep,
			Replicas: replicas})
		return err
	}); err != nil {
		return err
	}
	return step("the bucket of quotas", func(ctx context.Context, replicas int) error {
		_, err := q.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: quotaBucket, TTL: 25 * time.Hour,
			Replicas: replicas})
		return err
	})
}

// token makes any text a part of a subject.
func token(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// longestPart bounds the parts of a long message: the servers' limit may be lower.
const longestPart = 128 << 10

// objectHeader names the object that holds a message that was too long.
const objectHeader = "Openness-Object"

// roomForHeaders is left of the servers' limit on messages.
const roomForHeaders = 8 << 10

// mostInline is the longest message that goes through a stream where the servers
// would take longer ones: streams are copied to every server, object by object.
const mostInline = 512 << 10

// publish puts a message on a subject, however long it takes. One that is there already stays.
func (q *Queue) publish(ctx context.Context, subject string, payload []byte) error {
	m := nats.NewMsg(subject)
	m.Data = payload
	if most := min(int(q.nc.MaxPayload())-roomForHeaders, mostInline); len(payload) > most {
		name := subject + "." + token(string(payload))
		if err := q.until(ctx, "the store of long messages", func(ctx context.Context) error {
			return q.put(ctx, name, payload)
		}); err != nil {
			return err
		}
		m.Data = nil
		m.Header.Set(objectHeader, name)
	}
	return q.until(ctx, "a leader of the servers", func(ctx context.Context) error {
		_, err := q.js.PublishMsg(ctx, m)
		if isThere(err) {
			return nil
		}
		return err
	})
}

// isThere reports whether a subject has its one message already.
func isThere(err error) bool {
	return err != nil && strings.Contains(err.Error(), "maximum messages per subject exceeded")
}

func (q *Queue) put(ctx context.Context, name string, payload []byte) error {
	store, err := q.js.ObjectStore(ctx, objectBucket)
	if err != nil {
		return err
	}
	if info, err := store.GetInfo(ctx, name); err == nil && info.Size == uint64(len(payload)) {
		return nil
	}
	long, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second) // of many parts
	defer cancel()
	part := uint32(min(longestPart, q.nc.MaxPayload()/2))
	_, err = store.Put(long, jetstream.ObjectMeta{Name: name, Opts: &jetstream.ObjectMetaOptions{ChunkSize: part}},
		bytes.NewReader(payload))
	return err
}

// payload is what a message carries, or names. gone is true where it names what
// is not there any more.
func (q *Queue) payload(ctx context.Context, m jetstream.Msg) (payload []byte, gone bool, err error) {
	name := m.Headers().Get(objectHeader)
	if name == "" {
		return m.Data(), false, nil
	}
	err = q.until(ctx, "the store of long messages", func(ctx context.Context) error {
		store, err := q.js.ObjectStore(ctx, objectBucket)
		if err != nil {
			return err
		}
		long, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
		payload, err = store.GetBytes(long, name)
		if gone = errors.Is(err, jetstream.ErrObjectNotFound); gone {
			return nil
		}
		return err
	})
	return payload, gone, err
}

// drop removes the object that a message names, if any. What stays behind is
// removed with its run.
func (q *Queue) drop(ctx context.Context, m jetstream.Msg) {
	if name := m.Headers().Get(objectHeader); name != "" {
		try, cancel := context.WithTimeout(ctx, shortTry)
		defer cancel()
		if store, err := q.js.ObjectStore(try, objectBucket); err == nil {
			_ = store.Delete(try, name)
		}
	}
}
