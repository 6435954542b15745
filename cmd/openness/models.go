package main

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"sync"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/rubric"
)

// A library makes models for reports from what is stored: it judges anew under
// its rubrics and lays reviews on top, without any network.
type library struct {
	db      *data.DB
	rubrics []*rubric.Rubric
	reviews map[string][]rubric.Review // by key; nil to ask for those of each model
	maxAge  patience
	// frameworks adds the verdicts of the built-in frameworks that rubrics has not.
	frameworks bool
}

// model makes one model; name is its id, label, target or name.
func (l *library) model(ctx context.Context, name string) (reports.Model, error) {
	record, err := findStored(ctx, l.db, name, l.db.Record)
	if err != nil {
		return reports.Model{}, err
	}
	m := l.modelOf(record)
	return m, l.complete(ctx, &m)
}

// modelOf is a record as a model that is yet to be completed.
func (l *library) modelOf(r audit.Record) reports.Model {
	return reports.Model{Subject: r.Subject, Observations: l.maxAge.limit(data.Key(r.Subject), r.Observations),
		Documents: r.Documents, Terms: reports.LicenseTerms}
}

// complete adds judgements, reviews, history and the way to stored bodies.
func (l *library) complete(ctx context.Context, m *reports.Model) error {
	key := data.Key(m.Subject)
	reviews, err := l.reviewsOf(ctx, key)
	if err != nil {
		return err
	}
	crawls, err := l.db.History(ctx, key)
	if err != nil {
		return err
	}
	m.Reviews, m.History = reviews, entries(crawls)
	for _, r := range l.rubrics {
		m.Assessments = append(m.Assessments, rubric.Apply(r.Judge(m.Observations), reviews))
	}
	if l.frameworks {
		m.Frameworks = l.verdicts(m.Observations, reviews)
	}
	if n := len(crawls); n > 0 {
		m.AssessedAt = crawls[n-1].At
		if done := crawls[n-1].Assessments; len(done) > 0 {
			m.AssessedAt = done[len(done)-1].At
		}
	}
	m.Bodies = l.bodies(ctx)
	return nil
}

// verdicts are those of the built-in frameworks beside the library's rubrics.
func (l *library) verdicts(observations []audit.Observation, reviews []rubric.Review) []reports.Framework {
	var list []reports.Framework
	for _, r := range rubric.Frameworks() {
		if slices.ContainsFunc(l.rubrics, func(own *rubric.Rubric) bool { return own.ID == r.ID }) {
			continue
		}
		a := rubric.Apply(r.Judge(observations), reviews)
		list = append(list, reports.Framework{Rubric: r.Ref, Name: r.Name, Verdict: a.Verdict})
	}
	return list
}

func (l *library) reviewsOf(ctx context.Context, key string) ([]rubric.Review, error) {
	if l.reviews != nil {
		return l.reviews[key], nil
	}
	return l.db.Reviews(ctx, key)
}

// bodies reads each stored document once, however many quotes it has.
func (l *library) bodies(ctx context.Context) func(string) ([]byte, error) {
	type stored struct {
		body []byte
		err  error
	}
	var mutex sync.Mutex
	seen := make(map[string]stored)
	return func(sha256 string) ([]byte, error) {
		mutex.Lock()
		defer mutex.Unlock()
		s, ok := seen[sha256]
		if !ok {
			s.body, s.err = l.db.Body(ctx, sha256)
			seen[sha256] = s
		}
		return s.body, s.err
	}
}

// all yields every stored model, not yet completed, one at a time.
func (l *library) all(ctx context.Context) iter.Seq2[reports.Model, error] {
	enough := errors.New("enough")
	return func(yield func(reports.Model, error) bool) {
		err := l.db.EachFullRecord(ctx, func(r audit.Record) error {
			if !yield(l.modelOf(r), nil) {
				return enough
			}
			return nil
		})
		if err != nil && !errors.Is(err, enough) {
			yield(reports.Model{}, err)
		}
	}
}

// completed completes models as they come.
func (l *library) completed(ctx context.Context,
	models iter.Seq2[reports.Model, error]) iter.Seq2[reports.Model, error] {
	return func(yield func(reports.Model, error) bool) {
		for m, err := range models {
			if err == nil {
				err = l.complete(ctx, &m)
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// entries turns stored history into what reports show, oldest first.
func entries(crawls []data.Crawl) []reports.HistoryEntry {
	var list []reports.HistoryEntry
	for _, c := range crawls {
		told := make(map[string]bool) // what changed with a crawl is said once for each rubric
		for _, a := range c.Assessments {
			e := entry(a)
			if !told[a.Rubric.ID] {
				e.Events = events(c.Changes)
			}
			told[a.Rubric.ID] = true
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b reports.HistoryEntry) int { return a.At.Compare(b.At) })
	return list
}

func entry(a data.PastAssessment) reports.HistoryEntry {
	e := reports.HistoryEntry{At: a.At, Tool: a.Tool, Rubric: a.Rubric, Score: a.Score}
	for _, c := range a.Classes {
		e.Class = append(e.Class, reports.ClassOf{Dimension: c.Dimension, Class: c.Class})
	}
	for _, c := range a.Changes {
		e.Change = append(e.Change, reports.ClassChanged{Dimension: c.Dimension, From: c.From, To: c.To,
			Why: string(c.Why)})
	}
	return e
}

func events(changes []data.Change) []reports.Event {
	var list []reports.Event
	for _, c := range changes {
		list = append(list, reports.Event{Kind: string(c.Kind), URL: c.URL, What: c.What, Before: c.Before,
			After:    c.After,
			LastSeen: c.LastSeen, FirstMissed: c.FirstMissed})
	}
	return list
}

// rubricsFor loads the named rubrics, or those that a model's latest crawl was
// judged by as far as they are built in, or else the default.
func rubricsFor(ctx context.Context, db *data.DB, model string, named []string) ([]*rubric.Rubric, error) {
	if len(named) > 0 {
		return loadRubrics(named)
	}
	crawls, err := findStored(ctx, db, model, db.History)
	if err != nil {
		return nil, err
	}
	var found []*rubric.Rubric
	for _, r := range rubric.Builtin() {
		if n := len(crawls); n > 0 && slices.ContainsFunc(crawls[n-1].Assessments, func(a data.PastAssessment) bool {
			return a.Rubric.ID == r.ID
		}) {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return loadRubrics(nil)
	}
	return found, nil
}

// openModel opens the store and makes the model of a name under the rubrics that
// were asked for or, failing that, those that it was judged by, with the verdicts
// of the frameworks. The caller closes the store.
func openModel(ctx context.Context, g *globalOptions, name string,
	ids []string) (*data.DB, reports.Model, []*rubric.Rubric, error) {
	if _, err := loadRubrics(ids); err != nil {
		return nil, reports.Model{}, nil, err // before anything is opened
	}
	db, err := openStored(ctx, g)
	if err != nil {
		return nil, reports.Model{}, nil, err
	}
	rubrics, err := rubricsFor(ctx, db, name, ids)
	if err != nil {
		db.Close()
		return nil, reports.Model{}, nil, err
	}
	books := &library{db: db, rubrics: rubrics, frameworks: true}
	m, err := books.model(ctx, name)
	if err != nil {
		db.Close()
	}
	return db, m, rubrics, err
}

// oneRubric loads the rubric of a command that works with one.
func oneRubric(name string) (*rubric.Rubric, error) {
	list, err := loadRubrics([]string{cmp.Or(name, defaultRubric)})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}
