package weights

import (
	"openness/audit"
	"openness/audit/observe/document"
)

// A weightState is what the theme of weights finds out on the way.
type weightState struct {
	asks map[*audit.Document]document.Reading // the gate that a page speaks of, if any
}
