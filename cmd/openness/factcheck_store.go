package main

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"time"

	"openness/audit"
	"openness/audit/hub"
	"openness/data"
	"openness/data/catalogue"
	"openness/rubric/claims"
)

// storedModels is the store as claims are held against it: a model is read when
// a claim needs it, all of them when a claim compares.
type storedModels struct {
	ctx      context.Context // of the one command that this value lives for
	db       *data.DB
	keys     map[string]string // what the store knows a model by
	released map[string]string
	seen     map[seenModel]claims.Model
	all      []claims.Model
	err      error // the first that was met
}

// A seenModel is a model as it was on a day.
type seenModel struct {
	id  string
	day string
}

// Model reads one model as it was on a day.
func (s *storedModels) Model(id string, day time.Time) (claims.Model, bool) {
	at := seenModel{id, day.Format(time.DateOnly)}
	if m, ok := s.seen[at]; ok {
		return m, true
	}
	key, ok := s.keys[id]
	if !ok || s.err != nil {
		return claims.Model{}, false
	}
	record, err := s.db.RecordAt(s.ctx, key, day.AddDate(0, 0, 1).Truncate(24*time.Hour))
	if err != nil {
		if !errors.Is(err, data.ErrNotFound) {
			s.err = err
		}
		return claims.Model{}, false
	}
	if s.seen == nil {
		s.seen = make(map[seenModel]claims.Model)
	}
	m := s.model(record.Subject, record.Observations)
	m.ID = id
	s.seen[at] = m
	return m, true
}

// serviceOf is the catalogue's word that no weights of a model are published.
func serviceOf(id string) *claims.Service {
	for _, e := range catalogue.Entries() {
		if id != "catalogue:"+e.Name || !e.Service {
			continue
		}
		source := e.Check
		for _, r := range catalogue.Releases() {
			if !r.Open && catalogue.Fold(r.Model) == catalogue.Fold(e.Title) {
				source = r.Source + ", checked against " + r.Check
			}
		}
		return &claims.Service{Source: source, Since: e.Released}
	}
	return nil
}

func (s *storedModels) model(subject audit.Subject, observations []audit.Observation) claims.Model {
	made := "" // the day of its repository on the hub
	for _, o := range observations {
		// older stores still hold the day that tells no release
		if o.Fact == "model.release_date" && o.Finding == audit.Present && o.Value != hub.RecordsBegan {
			made = o.Value
			break
		}
	}
	known := cmp.Or(s.released[subject.ID], made)
	released := announced(subject.ID, known)
	return claims.Model{ID: subject.ID, Released: released, Uploaded: released == made && known == made,
		Observations: observations}
}

// maxBeforeRelease is how many days before a release its repository is made, or
// after it that of another size.
const maxBeforeRelease = 14

// announced is the day of the release of the catalogue that a model belongs to: the
// model itself, or another size of its line within two weeks. A repository is made
// before it is shown, so that its date is only taken where there is no other.
func announced(id, made string) string {
	day, err := time.Parse(time.DateOnly, made)
	if err != nil {
		return made
	}
	for _, r := range catalogue.Releases() {
		if r.Hub == "" || path.Dir(r.Hub) != path.Dir(id) {
			continue
		}
		released, err := time.Parse(time.DateOnly, r.Released)
		if err != nil || !slices.ContainsFunc(append(shorterNames(path.Base(r.Hub)), path.Base(r.Hub)), func(name string) bool {
			return slices.Contains(append(shorterNames(path.Base(id)), path.Base(id)), name)
		}) {
			continue
		}
		if apart := released.Sub(day).Abs(); apart <= maxBeforeRelease*24*time.Hour {
			return r.Released
		}
	}
	return made
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
