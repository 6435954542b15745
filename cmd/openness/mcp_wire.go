package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"
)

// A wire is the server's side of a connection over two streams. It gives out no
// end of the input before what was asked is answered, and nothing that follows
// the first request before that is: whoever pipes a few lines into the server
// gets their answers, as one does who waits for each.
type wire struct {
	ctx  context.Context
	in   *bufio.Reader
	out  io.Writer
	rest []byte // of the message that is being given out

	writing sync.Mutex

	mu      sync.Mutex
	pending map[string]bool // ids of what is not answered yet: one that is asked twice is answered once
	asked   int
	settled chan struct{} // closed when nothing is pending
}

const (
	longestMessage = 8 << 20
	longestEnding  = time.Minute // that an answer is waited for after the end of the input
)

func newWire(ctx context.Context, in io.Reader, out io.Writer) *wire {
	return &wire{ctx: ctx, in: bufio.NewReader(in), out: out, pending: make(map[string]bool)}
}

func (w *wire) Read(p []byte) (int, error) {
	for len(w.rest) == 0 {
		if w.opening() {
			w.wait()
		}
		line, err := w.line()
		if err != nil {
			w.wait()
			return 0, err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if code, why := unfit(line); why != "" {
			if err := w.refuse(code, why); err != nil {
				return 0, err
			}
			continue
		}
		w.count(line, true)
		w.rest = line
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
}

// line reads one message with its line end.
func (w *wire) line() ([]byte, error) {
	var line []byte
	for {
		part, err := w.in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > longestMessage:
			return nil, fmt.Errorf("a message of more than %d MiB", longestMessage>>20)
		case err == nil || errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}

// The codes that JSON-RPC has for what is no request.
const (
	noJSON    = -32700
	noRequest = -32600
)

// unfit says what is wrong with a line that is no message of the protocol, or "". The
// library would end the session at one, and answer an id that it cannot hold under another.
func unfit(line []byte) (code int, why string) {
	var m struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
	}
	switch err := json.Unmarshal(line, &m); {
	case !json.Valid(line):
		return noJSON, "this is no JSON: one message a line is due"
	case err != nil || m.Version != "2.0":
		return noRequest, `this is no message of JSON-RPC: an object with "jsonrpc": "2.0" is due`
	case m.ID != nil && !fitID(m.ID):
		return noRequest, "the id is neither a text nor a whole number of at most 53 bits"
	}
	return 0, ""
}

// fitID reports whether an id comes back as it was given.
func fitID(id json.RawMessage) bool {
	if id[0] == '"' {
		return true
	}
	const most = 1<<53 - 1
	n, err := strconv.ParseInt(string(id), 10, 64)
	return err == nil && n >= -most && n <= most && string(id) != "-0"
}

// refuse answers what is no request. Whose answer it is cannot be said: the id is null.
func (w *wire) refuse(code int, why string) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	_, err := fmt.Fprintf(w.out, `{"jsonrpc":"2.0","id":null,"error":{"code":%d,"message":%q}}`+"\n", code, why)
	return err
}

// Write gives out whole messages, as the protocol's library writes them.
func (w *wire) Write(p []byte) (int, error) {
	w.writing.Lock()
	n, err := w.out.Write(p)
	w.writing.Unlock()
	for line := range bytes.Lines(p) {
		w.count(line, false)
	}
	return n, err
}

// Close leaves the streams open: they are the process's.
func (w *wire) Close() error { return nil }

// count notes a request that came in or an answer that went out.
func (w *wire) count(message []byte, asked bool) {
	var m struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
	}
	if json.Unmarshal(message, &m) != nil || m.ID == nil || (m.Method != "") != asked {
		return // a notification, or nothing that is answered by its id
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if asked {
		w.asked++
		w.pending[string(m.ID)] = true
		return
	}
	delete(w.pending, string(m.ID))
	if len(w.pending) == 0 && w.settled != nil {
		close(w.settled)
		w.settled = nil
	}
}

// opening reports whether the first request alone has been asked.
func (w *wire) opening() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked == 1
}

// wait waits until everything asked is answered.
func (w *wire) wait() {
	w.mu.Lock()
	if len(w.pending) == 0 {
		w.mu.Unlock()
		return
	}
	if w.settled == nil {
		w.settled = make(chan struct{})
	}
	settled := w.settled
	w.mu.Unlock()
	select {
	case <-settled:
	case <-w.ctx.Done():
	case <-time.After(longestEnding):
	}
}
