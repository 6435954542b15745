package observe

import (
	"context"
	"os"
	"testing"

	"openness/audit/observe/whose"
	"openness/audit/pattern"
)

// TestGrowth counts the work on hostile pages: the bytes that are read for each
// expression, and how often passages are looked at. Three times the page is three times the work,
// for each expression by itself, so that one that grows faster shows among all others.
// OPENNESS_SLOW takes every shape and longer pages.
func TestGrowth(t *testing.T) {
	const times = 3
	every, size := 6, 3_000
	if os.Getenv("OPENNESS_SLOW") != "" {
		every, size = 1, 12_000
	}
	for i, s := range hostileShapes {
		if i%every != 1%every {
			continue
		}
		small, large := workOn(t, s.of(size)), workOn(t, s.of(times*size))
		for what, n := range large {
			// Bounds that hold for single lines and passages are reached within the
			// small page or not much later. What is asked of long pages alone may read one of them once, the
			// rows of a table with its head.
			if most := 1.5 * times * (float64(small[what]) + float64(size)); float64(n) > most {
				t.Errorf("%s: for %q %d bytes are read in %d of it, %d in %d", s.name, what, small[what], size, n,
					times*size)
			}
		}
	}
}

// workOn is how much is read while a page is read, by expression.
func workOn(t *testing.T, text string) map[string]int {
	t.Helper()
	work := make(map[string]int)
	pattern.Watch(func(expr string, bytes int) { work[expr] += bytes })
	defer pattern.Watch(nil)
	docs := hostilePages(text)[:1]
	const passages = "passages, each as one byte"
	_, err := read(model("acme/Falco-7B", ""), docs,
		&whose.Interrupt{Ctx: context.Background(), Asked: func() { work[passages]++ }})
	if err != nil || work[passages] == 0 {
		t.Fatalf("%d passages, %v", work[passages], err)
	}
	return work
}
