package audit

import "strings"

// A threshold is a number, and the licence says of what: users, money, devices, or several. The
// fact is the number alone, so its note ends in what it counts.

const counting = "counting "

// ThresholdNote is the note of a threshold: where it stands, and what it counts.
func ThresholdNote(where, unit string) string {
	if unit == "" {
		return where
	}
	return where + ", " + counting + unit
}

// Counts is what the threshold of an observation counts: empty where that is not known.
func (o Observation) Counts() string {
	_, unit, _ := strings.Cut(o.Note, counting)
	return unit
}

// OfUsers reports whether a threshold is known to be one of users, and of nothing else beside.
func (o Observation) OfUsers() bool {
	unit := o.Counts()
	return strings.HasSuffix(unit, "users") && !strings.Contains(unit, " or ")
}
