package main

import (
	"context"
	"errors"
	"time"

	"openness/audit"
	"openness/data"
	"openness/rubric/claims"
)

// storedModels is the store as claims are held against it: a model is read when
// a claim needs it, all of them when a claim compares.
type storedModels struct {
	ctx      context.Context // of the one command that this value lives for
	db       *data.DB
	at       time.Time         // the crawl to take: the latest one up to this day; zero for the latest
	keys     map[string]string // what the store knows a model by
	released map[string]string
	seen     map[string]claims.Model
	all      []claims.Model
	err      error // the first that was met
}

// Model reads one model.
func (s *storedModels) Model(id string) (claims.Model, bool) {
	if m, ok := s.seen[id]; ok {
		return m, true
	}
	key, ok := s.keys[id]
	if !ok || s.err != nil {
		return claims.Model{}, false
	}
	record, err := s.db.Record(s.ctx, key)
	if err != nil {
		if !errors.Is(err, data.ErrNotFound) {
			s.err = err
		}
		return claims.Model{}, false
	}
	if s.seen == nil {
		s.seen = make(map[string]claims.Model)
	}
	m := s.model(record.Subject, record.Observations)
	m.ID = id
	s.seen[id] = m
	return m, true
}

func (s *storedModels) model(subject audit.Subject, observations []audit.Observation) claims.Model {
	m := claims.Model{ID: subject.ID, Released: s.released[subject.ID], Observations: observations}
	for _, o := range observations {
		if o.Fact == "model.release_date" && o.Finding == audit.Present && m.Released == "" {
			m.Released = o.Value
		}
	}
	return m
}

// Models reads all of them, once.
func (s *storedModels) Models() []claims.Model {
	if s.all == nil && s.err == nil {
		s.err = s.db.EachRecord(s.ctx, func(subject audit.Subject, observations []audit.Observation) error {
			s.all = append(s.all, s.model(subject, observations))
			return nil
		})
	}
	return s.all
}
