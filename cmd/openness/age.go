package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"openness/audit"
	"openness/data"
)

// takeBack makes an observation one that nobody could make, and says why.
func takeBack(o *audit.Observation, why string) {
	o.Finding, o.Value, o.Start, o.End, o.Quote, o.Note = audit.NotFetched, "", 0, 0, "", why
}

// An age is a duration that may be written in days and weeks: 36h, 30d, 2w.
type age time.Duration

func (a *age) Type() string { return "DURATION" }

func (a *age) String() string {
	if *a == 0 {
		return ""
	}
	return time.Duration(*a).String()
}

// Set reads a flag.
func (a *age) Set(text string) error {
	const day = 24 * time.Hour
	for unit, length := range map[string]time.Duration{"d": day, "w": 7 * day} {
		if number, ok := strings.CutSuffix(text, unit); ok {
			n, err := strconv.ParseFloat(number, 64)
			if err != nil || !(n > 0 && n < 1e5) {
				return fmt.Errorf("%q is no duration: write 36h, 30d or 2w", text)
			}
			*a = age(n * float64(length))
			return nil
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return fmt.Errorf("%q is no duration: write 36h, 30d or 2w", text)
	}
	*a = age(d)
	return nil
}

// A patience is how old evidence may be for a command that reads the store. The
// zero value takes any.
type patience struct {
	most age
	now  time.Time
	at   map[string]time.Time // when each subject was last looked at, by key
}

// newPatience asks the store when its subjects were looked at, if it matters.
func newPatience(ctx context.Context, db *data.DB, most age, now time.Time) (patience, error) {
	if most == 0 {
		return patience{}, nil
	}
	at, err := db.CrawledAt(ctx)
	return patience{most, now, at}, err
}

// limit makes unknown what is too old: what was read at an audit that long ago,
// or earlier and only stands in because its source fails.
func (p patience) limit(key string, observations []audit.Observation) []audit.Observation {
	if p.most == 0 {
		return observations
	}
	limited := make([]audit.Observation, len(observations))
	for i, o := range observations {
		looked := p.at[key]
		if !o.StaleSince.IsZero() {
			looked = o.RetrievedAt
		}
		if o.Finding.Known() && p.tooOld(looked) {
			takeBack(&o, fmt.Sprintf("last looked at on %s, which is older than --max-age allows",
				looked.UTC().Format(time.DateOnly)))
		}
		limited[i] = o
	}
	return limited
}

func (p patience) tooOld(looked time.Time) bool { return p.now.Sub(looked) > time.Duration(p.most) }

// limitReadings is limit for readings, in their place.
func (p patience) limitReadings(key string, readings []audit.Reading) {
	if p.most == 0 {
		return
	}
	for i := range readings {
		r := &readings[i]
		looked := p.at[key]
		if r.Stale != nil {
			looked = r.Stale.Read
		}
		if r.Finding.Known() && p.tooOld(looked) {
			r.Finding, r.Value, r.Quoted = audit.NotFetched, "", false
		}
	}
}
