package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/crawl"
	"openness/data"
	"openness/reports"
)

// readDay reads the day of an --at.
func readDay(at string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, at)
	if err != nil {
		return day, usagef("--at %q is no date: write 2024-07-01", at)
	}
	return day, nil
}

// notAhead refuses an --at that has not come: what would be told of it is not known.
func notAhead(at string, day, now time.Time) error {
	if day.After(now.Add(24 * time.Hour)) {
		return usagef("--at %s lies ahead: nobody knows yet", at)
	}
	return nil
}

// readDate reads --at: a day, which counts to its end, or a time.
func (o *auditOptions) readDate() error {
	if o.at == "" {
		return nil
	}
	day, fault := readDay(o.at)
	if fault == nil {
		day = day.Add(24*time.Hour - time.Second)
	} else if moment, err := time.Parse(time.RFC3339, o.at); err == nil {
		day = moment
	} else {
		return fault
	}
	if err := notAhead(o.at, day, o.env.now()); err != nil {
		return err
	}
	if o.warc != "" {
		return usagef("--at asks hub and git what they keep: leave out --from-warc")
	}
	o.date = day
	return nil
}

// auditThen takes one target to an assessment of what it was at an earlier date.
// It is printed and not stored: what is shown of a model stays what it is today.
func (a *auditor) auditThen(ctx context.Context, target crawl.Target) result {
	r := result{target: target}
	record, err := a.crawler.Gather(ctx, target)
	if err == nil {
		record.Observations, err = observed(ctx, record)
	}
	if err != nil {
		r.err = fmt.Errorf("%s: %w", target.Text, err)
		return r
	}
	record.Observations = gateUnknown(record.Observations, a.opts.date)
	m := judged(record, nil, a.rubrics, a.opts.date)
	if today, err := a.db.Record(ctx, data.Key(record.Subject)); err == nil {
		m.Since = events(sinceThen(&record, &today))
	}
	record.DropBodies()
	m.Documents = record.Documents
	r.documents, r.lost, r.then = len(record.Documents), record.Lost(), &m
	return r
}

// gateUnknown takes back what was read of a gate from an answer of today: no
// revision keeps it. An answer that was stored at the time has it.
func gateUnknown(observations []audit.Observation, at time.Time) []audit.Observation {
	list := make([]audit.Observation, len(observations))
	for i, o := range observations {
		if strings.HasSuffix(o.Fact, ".gate") && strings.Contains(o.URL, crawl.RevisionMark) {
			takeBack(&o, fmt.Sprintf("no revision keeps the gate, and no answer of %s is stored",
				at.UTC().Format(time.DateOnly)))
		}
		list[i] = o
	}
	return list
}

// sinceThen lists how a model differs today, as far as it was looked at then.
func sinceThen(then, today *audit.Record) []data.Change {
	var changes []data.Change
	for _, c := range data.Compare(then, today) {
		if c.Kind.OfModel() {
			changes = append(changes, c)
		}
	}
	return changes
}

// writeSince says below a table how models differ today.
func (a *auditor) writeSince(models []reports.Model) error {
	for _, m := range models {
		for _, e := range m.Since {
			if _, err := fmt.Fprintf(a.opts.env.stdout, "Since %s: %s: %s\n", a.opts.date.UTC().Format(time.DateOnly),
				reports.Visible(m.Name()), reports.Visible(e.Words())); err != nil {
				return err
			}
		}
	}
	return nil
}
