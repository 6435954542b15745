// Package pause waits so that whoever waits can be told to stop. A time.Sleep
// would hold an interrupted program until it is over.
package pause

import (
	"context"
	"time"
)

// For waits so long, or until ctx ends, whose error it then gives.
func For(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
