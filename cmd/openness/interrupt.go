package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// errInterrupted is why a command ended that a signal stopped.
var errInterrupted = errors.New("interrupted")

// untilSignal gives a context that the first SIGINT, SIGTERM or SIGHUP (a terminal
// that closes) ends; a second one ends the process at once. Whoever starts the
// program with nohup has SIGHUP ignored, and it stays so.
func untilSignal() (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		if _, ok := <-signals; ok {
			signal.Stop(signals)
			cancel(errInterrupted)
		}
	}()
	return ctx, func() { signal.Stop(signals); cancel(nil) }
}

// goodOrder is what a command that was interrupted has to end by itself. One that
// waits for input, in a read that nothing can call off, ends after it all the
// same: whatever is stored is stored whole, and files in the making are removed.
const goodOrder = 900 * time.Millisecond

// answering is true while a server answers requests, which get their time to finish.
var answering atomic.Bool

// endSoon runs a command and comes back when it is done or, after an
// interruption, when its time is up.
func endSoon(ctx context.Context, run func() error) error {
	done := make(chan error, 1)
	go func() { done <- run() }()
	select {
	case err := <-done:
		return interruption(ctx, err)
	case <-ctx.Done():
	}
	allowed := goodOrder
	if answering.Load() {
		allowed += grace
	}
	select {
	case err := <-done:
		return interruption(ctx, err)
	case <-time.After(allowed):
		unfinished.remove()
		return fmt.Errorf("stopped: %w; what was stored is kept", errInterrupted)
	}
}

// interruption says that a command was interrupted, rather than what that did to
// whatever was under way.
func interruption(ctx context.Context, err error) error {
	var exit *exitError
	finished := errors.As(err, &exit) && !errors.Is(err, context.Canceled)
	if err == nil || finished || errors.Is(err, errInterrupted) || !errors.Is(context.Cause(ctx), errInterrupted) {
		return err
	}
	return fmt.Errorf("stopped: %w; what was stored is kept", errInterrupted)
}

// unfinished are the files and folders that a command leaves behind only when it
// ends before its time.
var unfinished leftovers

type leftovers struct {
	mu    sync.Mutex
	paths map[string]bool
}

func (l *leftovers) add(path string) (done func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.paths == nil {
		l.paths = make(map[string]bool)
	}
	l.paths[path] = true
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.paths, path)
	}
}

func (l *leftovers) remove() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for path := range l.paths {
		_ = os.RemoveAll(path) // there is nobody left to tell
	}
}
