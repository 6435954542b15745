package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"openness/audit"
	"openness/data"
	"openness/reports/ranking"
	"openness/reports/site"
	"openness/rubric"
)

// A shelf keeps the newest edition of the site under one rubric, and makes the
// next one when the store has changed. Only subjects that changed are read and
// judged again, so that an audit of thousands of models can run beside a server
// that is looked at.
type shelf struct {
	o      *Options
	rubric *rubric.Rubric

	mutex   sync.Mutex
	entries map[string]*entry // by key
	latest  *edition
}

// An entry is one subject as an edition shows it.
type entry struct {
	mark    data.Mark
	subject audit.Subject
	row     ranking.Row
}

// An edition is the site as one state of the store gives it.
type edition struct {
	state  data.State
	tag    string // differs from that of every other edition
	at     time.Time
	book   *site.Book
	rows   []ranking.Row     // ranked
	models map[string]string // keys by page
	pages  map[string]string // pages by key
	names  map[string]string // by key

	mutex  sync.Mutex
	shares map[string][]byte // shared pages that were asked for
}

func newShelf(o *Options, r *rubric.Rubric) *shelf {
	return &shelf{o: o, rubric: r, entries: make(map[string]*entry)}
}

// current gives the edition of the store as it is now.
func (s *shelf) current(ctx context.Context) (*edition, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	state, err := s.o.DB.State(ctx)
	if err != nil {
		return nil, err
	}
	if s.latest != nil && s.latest.state == state {
		return s.latest, nil
	}
	// The marks are read after the state and before the records: what is stored
	// meanwhile is seen again by the next request, never missed.
	marks, err := s.o.DB.Marks(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.refresh(ctx, marks); err != nil {
		return nil, err
	}
	s.latest = s.edition(state)
	return s.latest, nil
}

// fewChanges is how many subjects are read one by one; more are read in one
// pass over all.
const fewChanges = 50

// refresh judges the subjects again whose marks differ.
func (s *shelf) refresh(ctx context.Context, marks map[string]data.Mark) error {
	for key := range s.entries {
		if _, still := marks[key]; !still {
			delete(s.entries, key)
		}
	}
	var changed []string
	for key, mark := range marks {
		if e := s.entries[key]; e == nil || e.mark != mark {
			changed = append(changed, key)
		}
	}
	if len(changed) > fewChanges {
		return s.refreshAll(ctx, marks)
	}
	for _, key := range changed {
		record, err := s.o.DB.Record(ctx, key)
		if errors.Is(err, data.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		reviews, err := s.o.DB.Reviews(ctx, key)
		if err != nil {
			return err
		}
		d := audit.DigestOf(&record)
		s.entries[key] = s.entryOf(marks[key], &d, reviews)
	}
	return nil
}

func (s *shelf) refreshAll(ctx context.Context, marks map[string]data.Mark) error {
	all, err := s.o.DB.AllReviews(ctx)
	if err != nil {
		return err
	}
	reviews := make(map[string][]rubric.Review)
	for _, r := range all {
		reviews[r.Model] = append(reviews[r.Model], r)
	}
	made, err := data.DigestsInto(ctx, s.o.DB, true, func(d *audit.Digest) *entry {
		key := data.Key(d.Subject)
		return s.entryOf(marks[key], d, reviews[key])
	})
	if err != nil {
		return err
	}
	for _, e := range made {
		s.entries[data.Key(e.subject)] = e
	}
	return nil
}

func (s *shelf) entryOf(mark data.Mark, d *audit.Digest, reviews []rubric.Review) *entry {
	return &entry{mark, d.Subject, ranking.RowOfDigest(d, s.rubric, reviews)}
}

func (o *Options) siteOptions(r *rubric.Rubric) site.Options {
	return site.Options{Rubric: r, Tool: o.Tool, At: o.Now().UTC(), Source: "rules, with people's reviews on top",
		Scores:   o.Scores,
		Releases: o.Releases, MakerOf: o.MakerOf, Aliases: o.Aliases, Live: true}
}

func (s *shelf) edition(state data.State) *edition {
	options := s.o.siteOptions(s.rubric)
	e := &edition{state: state, at: options.At, models: make(map[string]string), pages: make(map[string]string),
		names: make(map[string]string), shares: make(map[string][]byte)}
	e.tag = audit.Hash(fmt.Append(nil, s.o.Tool, s.rubric.SHA256, state, options.At.UnixNano()))[:20]
	subjects, rows := make([]audit.Subject, 0, len(s.entries)), make([]ranking.Row, 0, len(s.entries))
	for _, entry := range s.entries {
		subjects = append(subjects, entry.subject)
		rows = append(rows, entry.row)
	}
	e.book = site.NewBook(options, subjects)
	e.book.Fill(rows)
	e.rows = e.book.Rows()
	for _, row := range e.rows {
		key, page := keyOf(row), e.book.ModelPage(row.ID, row.Label)
		e.models[page], e.pages[key], e.names[key] = key, page, row.Name
	}
	return e
}

func keyOf(row ranking.Row) string { return data.Key(audit.Subject{ID: row.ID, Label: row.Label}) }

// shared gives one of the pages that are about more than one model; ok is false
// when there is none of that name. Each is made once.
func (e *edition) shared(name string) (text []byte, ok bool, err error) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if text, ok = e.shares[name]; ok {
		return text, true, nil
	}
	var b bytes.Buffer
	if ok, err = e.book.WritePage(&b, name); ok && err == nil {
		e.shares[name] = b.Bytes()
	}
	return b.Bytes(), ok, err
}

// links are the dossiers of models given by key.
func (e *edition) links(keys []string, root string) []site.ModelLink {
	links := []site.ModelLink{}
	for _, key := range keys {
		link := site.ModelLink{Name: key}
		if page := e.pages[key]; page != "" {
			link.Page = root + page
			if name := e.names[key]; name != "" {
				link.Name = name
			}
		}
		links = append(links, link)
	}
	return links
}
