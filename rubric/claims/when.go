package claims

import (
	"fmt"
	"time"
)

// date is the day that a sentence is held against: the one that was asked for,
// else a past one that it states, else today.
func (k *Checker) date(r *Reading) (at time.Time) {
	at = k.Now
	for i := range r.Dates {
		if d := &r.Dates[i]; d.near && !d.release && !d.since && !d.behind && d.until.Before(at) && !d.holds(at) &&
			!k.cameOut(r, d) {
			at = d.until
			break
		}
	}
	if !k.At.IsZero() {
		at = k.At
	}
	return at
}

// cameOut reports whether a date is that of the release of the model that it is said of.
func (k *Checker) cameOut(r *Reading, d *dated) bool {
	c := r.claimAt(d.clause)
	if c == nil || !d.toTheMonth() {
		return false
	}
	model, ok := k.Library.Model(c.Model, k.Now)
	released, until := spanOfDate(model.Released)
	return ok && !released.IsZero() && !released.Before(d.from) && !until.After(d.until)
}

// tooEarly says why evidence does not tell what was so on a day: it is all of
// a later time.
func (k *Checker) tooEarly(model Model, at time.Time) string {
	var first time.Time
	for _, o := range model.Observations {
		if !o.RetrievedAt.IsZero() && (first.IsZero() || o.RetrievedAt.Before(first)) {
			first = o.RetrievedAt
		}
	}
	end := at.AddDate(0, 0, 1)
	if first.IsZero() || first.Before(end) {
		return ""
	}
	return fmt.Sprintf("What was so on %s was not looked at: the evidence is of %s and later.",
		at.Format(time.DateOnly), first.Format(time.DateOnly))
}
