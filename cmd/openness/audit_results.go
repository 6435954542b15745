package main

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"openness/audit"
	"openness/audit/crawl"
	"openness/data"
	"openness/reports"
	"openness/reports/dossier"
	"openness/rubric"
)

// A result is what became of one target.
type result struct {
	target    crawl.Target
	documents int
	lost      []audit.Document
	stale     []audit.Document // for these an earlier look stands in
	resumed   bool             // finished by the run that this one goes on with
	before    time.Time        // when it was
	outlived  []string         // reviews of what is no more
	then      *reports.Model   // what it was at an earlier date, which is not stored
	err       error
}

// write prints what was audited, one model at a time, so that the memory of a
// run does not grow with its list. A table ranks: it needs all models, but of
// each the classes alone.
func (a *auditor) write(ctx context.Context, results []result) error {
	if a.opts.format == reports.JSON {
		return reports.StreamAssessmentsJSON(a.opts.env.stdout, a.models(ctx, results), version)
	}
	look := reports.Options{Width: a.opts.width(), Color: a.opts.colored()}
	out := func(models []reports.Model) error {
		return dossier.WriteAssessments(a.opts.env.stdout, models, a.rubrics, version, a.opts.format, look)
	}
	var ranked []reports.Model
	written := 0
	for m, err := range a.models(ctx, results) {
		if err != nil {
			return err
		}
		if written++; a.opts.format == reports.Table {
			ranked = append(ranked, classesOnly(m))
			continue
		}
		if err := out([]reports.Model{m}); err != nil {
			return err
		}
	}
	if a.opts.format == reports.Table || written == 0 {
		if err := out(ranked); err != nil {
			return err
		}
		return a.writeSince(ranked)
	}
	return nil
}

// classesOnly is a model without its evidence, which a ranking does not show.
func classesOnly(m reports.Model) reports.Model {
	m.Stale = m.StaleSince()
	m.Observations, m.Documents = nil, nil
	for _, a := range m.Assessments {
		for i := range a.Judgements {
			a.Judgements[i].Observations = nil
		}
	}
	return m
}

// models reads back from the store what the run finished.
func (a *auditor) models(ctx context.Context, results []result) iter.Seq2[reports.Model, error] {
	return func(yield func(reports.Model, error) bool) {
		for _, r := range results {
			if r.err != nil {
				continue
			}
			if r.then != nil {
				if !yield(*r.then, nil) {
					return
				}
				continue
			}
			m, _, err := a.finished(ctx, r.target)
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// finished judges a target from the store, if the run has finished it.
func (a *auditor) finished(ctx context.Context, target crawl.Target) (m reports.Model, done bool, err error) {
	record, at, done, err := a.db.Finished(ctx, a.run.ID, targetKey(target))
	if err != nil || !done {
		return m, done, err
	}
	reviews, err := a.db.Reviews(ctx, data.Key(record.Subject))
	return judged(record, reviews, a.rubrics, at), true, err
}

// sumUp says on stderr what was lost and chooses the exit code.
func sumUp(opts *auditOptions, results []result) error {
	var failed int
	var missed unreached
	for _, r := range results {
		if r.err != nil {
			failed++
			opts.say("%v", r.err)
		}
		for _, review := range r.outlived {
			opts.say("%s: %s is of what the model said before: see show, and review it again", r.target.Text, review)
		}
		for i := range r.lost {
			missed.add(r.target.Text, &r.lost[i])
		}
		for i := range r.stale {
			missed.add(r.target.Text, &r.stale[i])
		}
	}
	missed.tell(opts.globalOptions)
	lost, stale := missed.lost, missed.stale
	if failed+lost+stale == 0 {
		return nil
	}
	err := fmt.Errorf("finished %d of %d subjects", len(results)-failed, len(results))
	if lost > 0 {
		err = fmt.Errorf("%w; %d sources could not be looked at (judgements that need them are undetermined)", err,
			lost)
	}
	if stale > 0 {
		err = fmt.Errorf("%w; %d sources fail now, and what was read of them before stands in (marked stale)", err,
			stale)
	}
	return &exitError{code: exitUnreached, err: err}
}

// outlived names the reviews whose model has changed in what they are about.
func outlived(assessments []rubric.Assessment) []string {
	var names []string
	for _, a := range assessments {
		for _, j := range a.Judgements {
			name := fmt.Sprintf("the review of %s", j.Dimension)
			if j.Outlived && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
