package main

import (
	"context"
	"time"

	"openness/audit"
	"openness/data"
)

// What a run that goes on takes of what it did before it was interrupted.

// mostResumed is how old what an interrupted run stored may be to be taken for what
// is there now. What is older is looked at again.
const mostResumed = 24 * time.Hour

// since is from when on a run takes what was stored since it began.
func (o *auditOptions) since(run data.Run, now time.Time) time.Time {
	most := mostResumed
	if o.maxAge > 0 {
		most = min(most, time.Duration(o.maxAge))
	}
	if oldest := now.Add(-most); run.Started.Before(oldest) {
		return oldest
	}
	return run.Started
}

// anew keeps a run that fetches again apart from one that does not: the answers of the
// one are not what the other was asked for.
func (o *auditOptions) anew() string {
	if o.refresh {
		return " anew"
	}
	return ""
}

// finishedBefore is what the run that goes on made of a target, if that is young enough.
func (a *auditor) finishedBefore(ctx context.Context, key string) (record audit.Record, at time.Time, done bool,
	err error) {
	record, at, done, err = a.db.Finished(ctx, a.run.ID, key)
	return record, at, done && !at.Before(a.since), err
}
