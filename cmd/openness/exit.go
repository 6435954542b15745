package main

import (
	"errors"
	"fmt"
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
