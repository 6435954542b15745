package data

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/mattn/go-sqlite3"
)

// TestPatiently: a file that is busy is asked for again, any other error and an end of the run are told at once.
func TestPatiently(t *testing.T) {
	busy := fmt.Errorf("begin: %w", sqlite3.Error{Code: sqlite3.ErrBusy})
	tries := 0
	err := patiently(t.Context(), func() error {
		if tries++; tries < 3 {
			return busy
		}
		return nil
	})
	if err != nil || tries != 3 {
		t.Errorf("%d tries, %v", tries, err)
	}
	full := sqlite3.Error{Code: sqlite3.ErrFull}
	tries = 0
	if err := patiently(t.Context(), func() error { tries++; return full }); !errors.Is(err, full) || tries != 1 {
		t.Errorf("a full disk: %d tries, %v", tries, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := patiently(ctx, func() error { return busy }); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that ends: %v", err)
	}
}
