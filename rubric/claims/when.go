package claims

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// stated matches a date that a text gives: a day, or a year after a word that
// says when.
var stated = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b|(?i)\b(?:in|im jahr|im|en|as of|stand|anno)\s+(\d{4})\b|(\d{4})\s*年`)

// date is the day that a sentence is held against: the one that was asked for,
// else one that the text states, else today. It also gives the words of the date.
func (k *Checker) date(text string) (at time.Time, words []string) {
	at = k.Now
	m, day := dayIn(text)
	if !day.IsZero() && day.Before(at) {
		at = day
	}
	if !k.At.IsZero() {
		at = k.At
	}
	if !day.IsZero() && (day.Equal(at) || m[1] == "" && day.Year() == at.Year()) { // another day is not looked at
		words = append(strings.Fields(m[0]), m[0], m[4], m[5])
	}
	return at, words
}

// dayIn is the first day that a text states, of a year its last, and the groups
// that matched; it is zero where none is stated.
func dayIn(text string) (m []string, day time.Time) {
	m = stated.FindStringSubmatch(text)
	switch {
	case m == nil:
	case m[1] != "":
		day, _ = time.Parse(time.DateOnly, m[0])
	default:
		day, _ = time.Parse(time.DateOnly, m[4]+m[5]+"-12-31")
	}
	return m, day
}

// withoutDates leaves the words of a date out of those not checked.
func withoutDates(unchecked, dates []string) []string {
	var kept []string
	for _, u := range unchecked {
		if !slices.Contains(dates, u) {
			kept = append(kept, u)
		}
	}
	return kept
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
