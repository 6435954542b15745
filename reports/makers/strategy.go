// Package makers tells from dated releases which makers publish weights, which keep them and
// which do both, and writes it as a table, as data and as a figure.
package makers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"openness/reports"
	"openness/reports/ranking"
)

// A maker's strategy is told from what it released until a day, open and
// closed: whether it publishes weights at all, and whether what it publishes is
// older or smaller than what it keeps. The releases are facts of a table; see
// data/catalogue. How a model scores is taken from the ranking.

// A Released is a release with how it stands in the ranking.
type Released struct {
	reports.Release
	Share *float64 `json:"share"` // of what could be determined, null where it is not ranked
	Band  string   `json:"band,omitempty"`
	ID    string   `json:"id,omitempty"` // of the stored model
}

// A Strategy is what a maker does as of a day.
type Strategy struct {
	Maker  string     `json:"maker"`
	Kind   string     `json:"strategy"` // open only, both, closed only, none
	Before string     `json:"before"`   // the same as of a window earlier
	Open   []Released `json:"open"`     // oldest first
	Closed []Released `json:"closed"`
	// Older compares the newest open model with the newest closed one, Smaller
	// each open one with the largest closed one of its day. Both are sentences,
	// "" where a maker has but one kind.
	Older   string `json:"older"`
	Smaller string `json:"smaller"`
	// MonthsOlder is how much older the newest open model is than the newest
	// closed one; negative where it is newer, null where there are not both.
	MonthsOlder *float64 `json:"months_older"`
}

// The strategies.
const (
	openOnly   = "open only"
	bothKinds  = "both"
	closedOnly = "closed only"
	noRelease  = "no release"
)

// Months is the window that a strategy is told from: what a maker
// released longer ago tells of another time.
const Months = 24

// Strategies tells the strategy of each maker as of a day, in the order in
// which the releases name the makers. Rows are of the ranking, for scores; they
// may be none.
func Strategies(releases []reports.Release, rows []ranking.Row, at time.Time, months int) []Strategy {
	list := []Strategy{}
	for _, r := range releases {
		if !slices.ContainsFunc(list, func(s Strategy) bool { return s.Maker == r.Maker }) {
			list = append(list, Strategy{Maker: r.Maker, Open: []Released{}, Closed: []Released{}})
		}
	}
	byID := make(map[string]*ranking.Row, len(rows))
	for i := range rows {
		byID[strings.ToLower(rows[i].ID)] = &rows[i]
	}
	for i := range list {
		s := &list[i]
		now := within(releases, s.Maker, at, months)
		for _, r := range now {
			one := Released{Release: r}
			if row := byID[strings.ToLower(r.Hub)]; row != nil {
				one.ID, one.Band = row.ID, row.Band()
				if row.Score.Ranked {
					share := row.Score.Share()
					one.Share = &share
				}
			}
			if r.Open {
				s.Open = append(s.Open, one)
			} else {
				s.Closed = append(s.Closed, one)
			}
		}
		s.Kind = kindOf(now)
		s.Before = kindOf(within(releases, s.Maker, at.AddDate(0, -months, 0), months))
		s.compare()
	}
	return list
}

// within are a maker's releases of the months up to a day, oldest first.
func within(releases []reports.Release, maker string, at time.Time, months int) []reports.Release {
	to, from := at.Format(time.DateOnly), at.AddDate(0, -months, 0).Format(time.DateOnly)
	list := []reports.Release{}
	for _, r := range releases {
		if r.Maker == maker && r.Released <= to && r.Released > from {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b reports.Release) int { return cmp.Compare(a.Released, b.Released) })
	return list
}

func kindOf(list []reports.Release) string {
	open := slices.ContainsFunc(list, func(r reports.Release) bool { return r.Open })
	closed := slices.ContainsFunc(list, func(r reports.Release) bool { return !r.Open })
	switch {
	case open && closed:
		return bothKinds
	case open:
		return openOnly
	case closed:
		return closedOnly
	}
	return noRelease
}

// compare says whether the open models are older or smaller than the closed ones.
func (s *Strategy) compare() {
	if s.Kind != bothKinds {
		return
	}
	open, closed := s.Open[len(s.Open)-1], s.Closed[len(s.Closed)-1]
	days := dayOf(closed.Released).Sub(dayOf(open.Released)).Hours() / 24
	months := float64(int(10*days/30.44)) / 10
	s.MonthsOlder = &months
	how := "as old as"
	if months > 0 {
		how = fmt.Sprintf("%s months older than", reports.Number(months))
	} else if months < 0 {
		how = fmt.Sprintf("%s months newer than", reports.Number(-months))
	}
	s.Older = fmt.Sprintf("%s (%s) is %s %s (%s).", open.Model, open.Released, how, closed.Model, closed.Released)
	s.Smaller = s.sizes()
}

// sizes compares each open model with the largest closed one that was there
// when it came out, where both sizes were published.
func (s *Strategy) sizes() string {
	compared, smaller := 0, 0
	for _, o := range s.Open {
		largest := 0.0
		for _, c := range s.Closed {
			if c.Released <= o.Released {
				largest = max(largest, c.Parameters)
			}
		}
		if o.Parameters > 0 && largest > 0 {
			if compared++; o.Parameters < largest {
				smaller++
			}
		}
	}
	if compared == 0 {
		return "Not known: no size of a closed model of their day is published."
	}
	return fmt.Sprintf("Of %s whose size can be compared, %d smaller than the largest closed one of its day.",
		reports.Plural(compared, "open model", "open models"), smaller)
}

// dayOf reads a date; of a month alone the middle is taken.
func dayOf(date string) time.Time {
	if len(date) == len("2006-01") {
		date += "-15"
	}
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return time.Time{}
	}
	return t
}

// NewestOf and largestOf sum up one kind of a maker's releases: "Gemma 2
// (2024-06-27)" and "27 billion (Gemma 2)", "–" where nothing is known.
func NewestOf(list []Released) string {
	if len(list) == 0 {
		return "–"
	}
	last := list[len(list)-1]
	return last.Model + " (" + last.Released + ")"
}

// LargestOf names the largest of the models that were released.
func LargestOf(list []Released) string {
	if len(list) == 0 {
		return "–"
	}
	top := slices.MaxFunc(list, func(a, b Released) int { return cmp.Compare(a.Parameters, b.Parameters) })
	if top.Parameters == 0 {
		return "not published"
	}
	return reports.Number(top.Parameters) + " billion (" + top.Model + ")"
}

// scoresOf are the shares of a maker's models that are ranked, "" where none is.
func (s *Strategy) scoresOf() string {
	parts := []string{}
	for _, m := range slices.Concat(s.Open, s.Closed) {
		if m.Share != nil {
			parts = append(parts, fmt.Sprintf("%s %s (rank %s)", m.Model, reports.Share(*m.Share), m.Band))
		}
	}
	return strings.Join(parts, ", ")
}

// All are a maker's releases, oldest first.
func (s Strategy) All() []Released {
	all := slices.Concat(s.Open, s.Closed)
	slices.SortStableFunc(all, func(a, b Released) int { return cmp.Compare(a.Release.Released, b.Release.Released) })
	return all
}
