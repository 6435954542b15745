package main

import (
	"context"
	"time"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/observe"
)

// How one target of an audit is gathered, again or anew, and its pages observed.

// gather resolves, crawls, observes and stores. What is found unchanged since the
// last look is not observed again.
func (a *auditor) gather(ctx context.Context, target crawl.Target, at time.Time) (audit.Record, error) {
	if record, same, err := a.again(ctx, target, at); same || err != nil {
		return record, err
	}
	record, archived, err := a.archive.record(ctx, target)
	if !archived && err == nil {
		record, err = a.crawler.Gather(ctx, target)
	}
	if err != nil {
		return audit.Record{}, err
	}
	record.Observer = observer()
	again, err := a.db.SaveAgain(ctx, &record, version, at)
	if err = a.give(err); err != nil {
		return record, err
	}
	if !again {
		if record.Observations, err = observed(ctx, record); err != nil {
			return record, err
		}
		err = a.give(a.db.SaveRecord(ctx, record, version, at))
	}
	record.DropBodies()
	return record, err
}

// again asks of a target what was asked of it last. Where all answers are the same,
// its pages are not read again.
func (a *auditor) again(ctx context.Context, target crawl.Target,
	at time.Time) (record audit.Record, same bool, err error) {
	if a.archive != nil || a.opts.refresh || a.opts.offline {
		return record, false, nil
	}
	before, found, err := a.db.Before(ctx, a.crawler.CourseKey(target), observer())
	if !found || err != nil {
		return record, false, a.give(err)
	}
	if record, same, err = a.crawler.Again(ctx, before.Steps, &before.Record); !same || err != nil {
		return record, false, err
	}
	record.Observer = observer()
	same, err = a.db.SaveSame(ctx, &before, &record, version, at)
	return record, same, a.give(err)
}

// observed reads a record's documents, up to an interrupt of the command.
func observed(ctx context.Context, record audit.Record) ([]audit.Observation, error) {
	return observe.Read(ctx, record.Subject, record.Documents)
}
