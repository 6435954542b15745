package observe

import "openness/audit"

// A weightState is what the theme of weights finds out on the way.
type weightState struct {
	asks map[*audit.Document]reading // the gate that a page speaks of, if any
}
