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
	if m := stated.FindStringSubmatch(text); m != nil {
		day := time.Time{}
		switch {
		case m[1] != "":
			day, _ = time.Parse(time.DateOnly, m[0])
		case m[4] != "":
			day, _ = time.Parse("2006-01-02", m[4]+"-12-31")
		case m[5] != "":
			day, _ = time.Parse("2006-01-02", m[5]+"-12-31")
		}
		if !day.IsZero() && day.Before(at) {
			at = day
		}
		if !k.At.IsZero() {
			at = k.At
		}
		if !day.IsZero() && (day.Equal(at) || m[1] == "" && day.Year() == at.Year()) { // another day is not looked at
			words = append(strings.Fields(m[0]), m[0], m[4], m[5])
		}
	}
	if !k.At.IsZero() {
		at = k.At
	}
	return at, words
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
