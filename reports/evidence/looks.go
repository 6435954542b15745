package evidence

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/reports"
)

// Kinds of nothing are kept apart wherever a dossier lists where it looked:
// what was read and does not have it, what was read and leaves the question
// open, and what could not be looked at.

// A Place is one address that was tried for one or more facts in vain.
type Place struct {
	URL     string
	Finding audit.Finding
	Facts   []string
	Notes   []string
	First   audit.Observation
}

// addPlace adds an observation to its address among places. An address is
// listed once however many facts it was tried for.
func addPlace(places []Place, o audit.Observation) []Place {
	i := slices.IndexFunc(places, func(p Place) bool { return p.URL == o.URL && p.Finding == o.Finding })
	if i < 0 {
		i = len(places)
		places = append(places, Place{URL: o.URL, Finding: o.Finding, First: o})
	}
	p := &places[i]
	if !slices.Contains(p.Facts, o.Fact) {
		p.Facts = append(p.Facts, o.Fact)
	}
	if o.Note != "" && !slices.Contains(p.Notes, o.Note) {
		p.Notes = append(p.Notes, o.Note)
	}
	return places
}

// Said is what came of looking, in words.
func (p Place) Said() string {
	notes := strings.Join(p.Notes, "; ")
	switch {
	case p.Finding == audit.NotFetched && notes != "", p.Finding == audit.Denied && strings.Contains(notes, "refuse"):
		return notes // which say it better
	case notes == "":
		return FindingWords(p.Finding)
	}
	return FindingWords(p.Finding) + ": " + notes
}

// Places lists where a judgement looked in vain: first what was read, then
// what could not be looked at.
func (j Judged) Places() []Place { return slices.Concat(j.NotFound, j.Unsettled, j.Unseen) }

// For lists the facts that the place was tried for.
func (p Place) For() string { return strings.Join(p.Facts, ", ") }

// read reports whether the log of documents says that this very address gave
// an answer, in any of the tries; known is false where the log has no word of it.
func answered(m *reports.Model, url string) (answer, known bool) {
	for _, d := range m.Documents {
		if d.URL == url {
			known = true
			answer = answer || d.Outcome.Looked()
		}
	}
	return answer, known
}

// look files an observation that found nothing under the kind of nothing it
// is. What an observer says was read counts as read only if the log of
// documents does not say that the address refused, failed or was left out.
func (j *Judged) look(m *reports.Model, o audit.Observation) {
	answer, known := answered(m, o.URL)
	switch {
	case o.Finding == audit.NotThere && (answer || !known):
		j.NotFound = addPlace(j.NotFound, o)
	case o.Finding != audit.Unreadable && answer:
		j.Unsettled = addPlace(j.Unsettled, o)
	default:
		j.Unseen = addPlace(j.Unseen, o)
	}
}

// A Look is one document that was tried without getting it.
type Look struct {
	URL, Detail string
	Status      int
	Outcome     audit.Outcome
	dates       string // of what is stale or withdrawn
}

// NotThere lists documents whose address answered that there is none.
func NotThere(m *reports.Model) []Look { return looksAt(m, audit.Absent) }

// Withdrawn lists what was there and is gone.
func Withdrawn(m *reports.Model) []Look { return looksAt(m, audit.Withdrawn) }

// Stale lists the documents for which an earlier look stands in.
func Stale(m *reports.Model) []Look { return looksAt(m, audit.Stale) }

// Unseen lists documents that could not be had, each with its cause.
func Unseen(m *reports.Model) []Look { return looksAt(m, audit.Refused, audit.Failed, audit.Skipped) }

func looksAt(m *reports.Model, outcomes ...audit.Outcome) []Look {
	looks := []Look{}
	for _, d := range m.Documents {
		if slices.Contains(outcomes, d.Reported()) {
			looks = append(looks, Look{URL: d.URL, Detail: d.Said(), Status: d.Status, Outcome: d.Reported(),
				dates: datesOf(&d)})
		}
	}
	return looks
}

// Said is the outcome in words that keep "not there" apart from "not seen".
func (l Look) Said() string {
	words := map[audit.Outcome]string{audit.Absent: "not there", audit.Refused: "refused us",
		audit.Failed: "could not be read", audit.Skipped: "not tried",
		audit.Stale: "an earlier look stands in", audit.Withdrawn: "withdrawn"}[l.Outcome]
	if l.Outcome == audit.Stale {
		return words + " (" + l.dates + "): " + l.Detail
	}
	if l.dates != "" {
		words += " (" + l.dates + ")"
	}
	if l.Status != 0 {
		words += fmt.Sprintf(" (HTTP %d)", l.Status)
	}
	if l.Detail != "" {
		words += ": " + l.Detail
	}
	return words
}

// datesOf says when a document was last seen, and since when not.
func datesOf(d *audit.Document) string {
	day := func(t time.Time) string { return t.UTC().Format(time.DateOnly) }
	switch d.Reported() {
	case audit.Stale:
		return "read " + day(d.RetrievedAt) + ", failing since " + day(d.StaleSince)
	case audit.Withdrawn:
		return "last seen " + day(d.LastSeen) + ", first missed " + day(d.FirstMissed)
	}
	return ""
}

// FindingWords says what came of reading a document for a fact.
func FindingWords(f audit.Finding) string {
	switch f {
	case audit.NotThere:
		return "read, not said"
	case audit.Unreadable:
		return "could not be parsed"
	case audit.NotFetched:
		return "never seen"
	case audit.Denied:
		return "refused"
	}
	return "found"
}

// SameOutcome puts looks together of which the same is to be said.
func SameOutcome(looks []Look) [][]Look { return Together(looks, Look.Said) }

// Together puts entries of one key together, as first met.
func Together[T any](list []T, key func(T) string) [][]T {
	groups := [][]T{}
	index := make(map[string]int)
	for _, one := range list {
		k := key(one)
		n, met := index[k]
		if !met {
			n = len(groups)
			index[k] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], one)
	}
	return groups
}

// SamePlaces puts places together of which the same is to be said.
func SamePlaces(places []Place) [][]Place {
	return Together(places, func(p Place) string { return p.Said() + "\x00" + p.For() })
}
