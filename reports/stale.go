package reports

import (
	"fmt"
	"time"

	"openness/audit"
)

// StaleWords says of what observations rest on that a source of it fails now, and what was
// read of it before stands in; "" where none does.
func StaleWords(observations []audit.Observation) string {
	var first *audit.Observation
	seen := make(map[string]bool)
	for i := range observations {
		o := &observations[i]
		if o.StaleSince.IsZero() || seen[o.URL] {
			continue
		}
		if seen[o.URL] = true; first == nil {
			first = o
		}
	}
	if first == nil {
		return ""
	}
	more := ""
	if n := len(seen) - 1; n > 0 {
		more = fmt.Sprintf(" (and %s more)", Plural(n, "source", "sources"))
	}
	return fmt.Sprintf("Stale: %s%s fails since %s, and what was read of it on %s stands in.", first.URL, more,
		first.StaleSince.UTC().Format(time.DateOnly), first.RetrievedAt.UTC().Format(time.DateOnly))
}
