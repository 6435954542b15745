package reports

import (
	"openness/rubric"
)

// Classes lists the classes from most to least open, as legends show them.
func Classes() []rubric.Class {
	return []rubric.Class{rubric.Open, rubric.Partial, rubric.Closed, rubric.Undetermined}
}

// Symbol is the class as one character, after the signs of the field's tables:
// a tick, a tilde, a cross, and a question mark for what could not be looked at.
// All four are one column wide on terminals.
func Symbol(c rubric.Class) string {
	switch c {
	case rubric.Open:
		return "✓"
	case rubric.Partial:
		return "~"
	case rubric.Closed:
		return "✗"
	}
	return "?"
}

// Meaning says in a phrase what a class stands for.
func Meaning(c rubric.Class) string {
	switch c {
	case rubric.Open:
		return "made available in full"
	case rubric.Partial:
		return "available in part or with restrictions"
	case rubric.Closed:
		return "looked for and not made available"
	}
	return "could not be determined from what was reached"
}
