package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/crawl/fetch"
	"openness/data"
	"openness/reports"
	"openness/rubric"
)

// An auditor takes targets through the flow, one call each.
type auditor struct {
	opts    *auditOptions
	db      *data.DB
	run     data.Run
	since   time.Time // what the run stored before is not today's any more
	crawler *crawl.Crawler
	archive *archive // stands in for the network; nil for none
	rubrics []*rubric.Rubric
	stop    context.CancelCauseFunc // ends the run, with the reason
}

// auditAll audits the targets side by side; results[i] belongs to targets[i].
// The error is non-nil only when the run itself was stopped.
func (a *auditor) auditAll(ctx context.Context, targets []crawl.Target) (_ []result, err error) {
	opts, db := a.opts, a.db
	if a.run, err = db.BeginRun(ctx, a.archive.listKey(targets)+opts.at+opts.anew(), opts.env.now()); err != nil {
		return nil, err
	}
	a.since = opts.since(a.run, opts.env.now())
	show := newProgress(opts.globalOptions, len(targets))
	defer show.close()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	a.stop = stop
	results := make([]result, len(targets))
	if opts.queue.url != "" {
		err := a.handOut(ctx, targets, results, show)
		if ctx.Err() != nil {
			return nil, stopped(ctx)
		}
		if err != nil {
			return nil, err
		}
		return results, db.EndRun(ctx, a.run.ID, opts.env.now())
	}
	settings, err := a.crawlOptions(show.event)
	if err == nil {
		a.crawler, err = crawl.New(a.archive.instead(settings))
	}
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	defer a.crawler.Close()
	var group errgroup.Group
	group.SetLimit(max(opts.jobs, 1))
	for i, target := range targets {
		group.Go(func() error {
			if ctx.Err() == nil {
				results[i] = a.audit(ctx, target)
			}
			if ctx.Err() == nil {
				show.done(results[i])
			}
			return nil
		})
	}
	_ = group.Wait() // every failure is in its result
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	return results, db.EndRun(ctx, a.run.ID, opts.env.now())
}

// stopped says why a run ended early.
func stopped(ctx context.Context) error {
	return fmt.Errorf("stopped: %w; what was finished is stored, and the same command goes on from there",
		context.Cause(ctx))
}

// listKey names a list of targets: the same list, in any order of flags, goes
// on with a run of it that was killed.
func listKey(targets []crawl.Target) string {
	var all strings.Builder
	for _, t := range targets {
		fmt.Fprintf(&all, "%q\n", targetKey(t))
	}
	return audit.Hash([]byte(all.String()))
}

func targetKey(t crawl.Target) string {
	return strings.Join([]string{t.Text, t.Label, strings.Join(t.Bases, " "), strings.Join(t.Repositories, " ")},
		"\x1f")
}

func (a *auditor) crawlOptions(watch func(crawl.Event)) (crawl.Options, error) {
	get := a.opts.env.getenv
	network, err := fetch.NetworkFrom(get)
	o := crawl.Options{
		HFEndpoint: get("HF_ENDPOINT"), HFToken: get("HF_TOKEN"),
		GitHubAPI: get("GITHUB_API_URL"), GitHubToken: get("GITHUB_TOKEN"), GitHubRaw: get("OPENNESS_GITHUB_RAW_URL"),
		ModelScope: get("MODELSCOPE_ENDPOINT"), ArXiv: get("OPENNESS_ARXIV_URL"), Web: get("OPENNESS_WEB_URL"),
		Cache: &keeper{a.db, a.stop}, Offline: a.opts.offline, Refresh: a.opts.refresh, MaxWait: a.opts.maxWait,
		Network: network, At: a.opts.date, MaxAge: time.Duration(a.opts.maxAge),
		Now: a.opts.env.now, Progress: watch, UserAgent: "openness/" + version + " (audits of AI model openness)",
		Jobs:   a.opts.jobs,
		Budget: a.opts.spend,
		Fresh:  a.since, // what this run, or another process at its side, stored is not asked for again
	}
	return o, err
}

// audit takes one target from its name to stored assessments. A target that
// the interrupted run had finished is judged from the store.
func (a *auditor) audit(ctx context.Context, target crawl.Target) result {
	r := result{target: target}
	if !a.opts.date.IsZero() {
		return a.auditThen(ctx, target)
	}
	record, at, done, err := a.finishedBefore(ctx, targetKey(target))
	r.resumed, err = done, a.give(err)
	if r.resumed {
		r.before = at
	}
	if err == nil && !done {
		at = a.opts.env.now()
		record, err = a.gather(ctx, target, at)
	}
	if err != nil {
		r.err = fmt.Errorf("%s: %w", target.Text, err)
		return r
	}
	reviews, err := a.db.Reviews(ctx, data.Key(record.Subject))
	if err != nil {
		r.err = a.give(err)
		return r
	}
	r.documents, r.lost = len(record.Documents), record.Lost()
	r.stale = record.Stale()
	m := judged(record, reviews, a.rubrics, at)
	r.outlived = outlived(m.Assessments)
	if done {
		err = a.db.SaveAssessments(ctx, record.Subject, m.Assessments, version, at)
	} else {
		err = a.db.FinishAssessed(ctx, a.run.ID, targetKey(target), record.Subject, m.Assessments, version, at)
	}
	r.err = a.give(err)
	return r
}

// give passes on an error of the store, if any, and stops the run for it: what
// cannot be stored would be asked for in vain. A record that the store refuses
// for a false quote is that target's failure alone; the others go on.
func (a *auditor) give(err error) error {
	if err != nil && !errors.Is(err, data.ErrObserver) {
		a.stop(err)
	}
	return err
}

// A keeper is the store as the crawler sees it. An answer that cannot be stored
// ends the run, so that nothing further is asked for in vain.
type keeper struct {
	*data.DB
	stop context.CancelCauseFunc
}

func (k *keeper) Keep(ctx context.Context, d audit.Document) error {
	err := k.DB.Keep(ctx, d)
	if err != nil {
		k.stop(err)
	}
	return err
}

// judged judges a record under each rubric and lays people's reviews on top.
func judged(record audit.Record, reviews []rubric.Review, rubrics []*rubric.Rubric, at time.Time) reports.Model {
	m := reports.Model{Subject: record.Subject, Observations: record.Observations, Documents: record.Documents,
		Reviews:    reviews,
		AssessedAt: at}
	for _, r := range rubrics {
		m.Assessments = append(m.Assessments, rubric.Apply(r.Judge(record.Observations), reviews))
	}
	return m
}
