package main

import (
	"context"
	"io"
)

// article checks every claim in a text.
func (f *factchecker) article(ctx context.Context, w io.Writer, write verdictWriter) error {
	return usagef("--article: not there yet")
}
