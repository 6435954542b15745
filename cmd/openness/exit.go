package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"

	"openness/reports"
)

// The exit codes of every command. Only main turns them into a status.
const (
	exitDone       = 0
	exitFailed     = 1
	exitUsage      = 2
	exitUnreached  = 3 // finished, but some subject or source could not be reached
	exitDisallowed = 4 // a policy was violated or a claim refuted
)

// An exitError carries an exit code other than exitFailed up to main. With a
// nil err everything worth saying has been said already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// usagef is an error of the caller's words: exit code 2.
func usagef(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// exitCode is the code that an error of a command stands for.
func exitCode(err error) int {
	var exit *exitError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &exit):
		return exit.code
	}
	return exitFailed
}

// adviceOn adds what to do about an error of the system, which says only what is wrong.
func adviceOn(err error) string {
	if errors.Is(err, syscall.EISDIR) {
		return ": name a file in it"
	}
	return ""
}

// say writes one message to stderr. What others wrote, such as a server's words
// or the name of a file, is shown and not acted on, and cannot begin a line.
func (g *globalOptions) say(format string, args ...any) {
	fmt.Fprintf(g.env.stderr, "openness: %s\n", oneMessage(fmt.Sprintf(format, args...)))
}

// A message quotes what it is about, which may be megabytes of a foreign file:
// of a line that is longer, the start, where the place is named, and the end,
// where the cause is, are shown, and of many lines the first.
const (
	longestStart = 1500 // bytes
	longestEnd   = 500
	mostLines    = 200
)

// oneMessage makes a message safe for a terminal. Further lines, as the faults
// of a list have them, are set in, so that none can pass for a message of its own.
func oneMessage(text string) string {
	lines := strings.Split(text, "\n")
	if more := len(lines) - mostLines; more > 0 {
		lines = append(lines[:mostLines], fmt.Sprintf("(%d further lines)", more))
	}
	for i, line := range lines {
		if left := len(line) - longestStart - longestEnd; left > 0 {
			start, end := strings.ToValidUTF8(line[:longestStart], ""), strings.ToValidUTF8(line[len(line)-longestEnd:],
				"")
			line = fmt.Sprintf("%s … (%d bytes left out) … %s", start, left, end)
		}
		lines[i] = reports.Visible(line)
	}
	return strings.Join(lines, "\n  ")
}

// shown is a writer for people: what a terminal would act on is spelled out.
type shown struct{ to io.Writer }

func (s shown) Write(text []byte) (int, error) {
	if _, err := io.WriteString(s.to, reports.VisibleText(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// checkedOutput is stdout, which remembers that something could not be written
// to it: what was lost on a full disk must not be called done.
type checkedOutput struct {
	*os.File
	mu     sync.Mutex
	failed error
}

func (o *checkedOutput) Write(p []byte) (int, error) {
	n, err := o.File.Write(p)
	if err != nil {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.failed == nil {
			o.failed = err
		}
	}
	return n, err
}

// WriteString is here because the file's own would pass Write by.
func (o *checkedOutput) WriteString(s string) (int, error) { return o.Write([]byte(s)) }

// ReadFrom is here because the file's own would pass Write by.
func (o *checkedOutput) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{o}, r)
}

// lost is why something could not be written, nil where all was.
func (o *checkedOutput) lost() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.failed
}

// fileOf is the file behind a writer, nil where there is none.
func fileOf(w io.Writer) *os.File {
	switch w := w.(type) {
	case *os.File:
		return w
	case *checkedOutput:
		return w.File
	}
	return nil
}
