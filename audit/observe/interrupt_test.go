package observe

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"openness/audit/observe/whose"
)

// TestInterrupt: wherever in the reading of a page an interrupt comes, it ends it, and
// nothing of what was read is given.
func TestInterrupt(t *testing.T) {
	docs := hostilePages(numberedCopies("## Training %d\n\nWe trained Falco-%dB on 8 A100 GPUs with books.\n\n")(3000))
	asked := 0
	_, err := read(model("acme/Falco-7B", ""), docs,
		&whose.Interrupt{Ctx: context.Background(), Asked: func() { asked++ }})
	if err != nil || asked < 100 {
		t.Fatalf("a reading asked %d times whether it ends, %v", asked, err)
	}
	for _, at := range []int{1, 2, asked / 7, asked / 3, asked - 1} {
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		found, err := read(model("acme/Falco-7B", ""), docs, &whose.Interrupt{Ctx: ctx, Asked: func() {
			if n++; n == at {
				cancel()
			}
		}})
		if found != nil || !errors.Is(err, context.Canceled) || n != at {
			t.Errorf("interrupted when it asked for the %d. time of %d: it asked %d times, %d observations, %v", at,
				asked,
				n, len(found), err)
		}
		cancel()
	}
}

// TestInterruptGaps writes how long a reading goes on at the most, in processor time,
// without asking whether it ends.
func TestInterruptGaps(t *testing.T) {
	shapes, size := chosenShapes(t)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for _, s := range shapes {
		docs := hostilePages(s.of(size))
		start := threadTime(t)
		last, longest := start, time.Duration(0)
		asked := func() {
			now := threadTime(t)
			longest, last = max(longest, now-last), now
		}
		if _, err := read(model("acme/Falco-7B", ""), docs,
			&whose.Interrupt{Ctx: context.Background(), Asked: asked}); err != nil {
			t.Fatal(err)
		}
		asked()
		t.Logf("%-25s %8d ms in all, %8d ms without asking", s.name, (last - start).Milliseconds(),
			longest.Milliseconds())
	}
}
