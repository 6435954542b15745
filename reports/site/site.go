package site

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"openness/audit"
	"openness/reports"
	"openness/reports/ranking"
	"openness/rubric"
)

// manifestName is the file in which a site lists what it wrote, so that the
// next run removes pages of models that are gone, and nothing else.
const manifestName = ".openness-site"

// Write writes the static site into dir. Subjects are all models of the
// site; models yields each once, in any stated order, and only a few are held
// in memory at a time. Files of an earlier site that this one has not are
// removed; other files in dir are left alone. It gives the rows of the ranking,
// ranked.
func Write(ctx context.Context, dir string, o Options, subjects []audit.Subject,
	models iter.Seq2[reports.Model, error]) ([]ranking.Row, error) {
	s := &siteWriter{dir: dir, book: NewBook(o, subjects)}
	if err := s.write(ctx, models); err != nil {
		return nil, fmt.Errorf("site %q: %w", dir, err)
	}
	return s.book.rows, nil
}

type siteWriter struct {
	dir    string
	models *os.Root // the folder of dossiers: opened once, for each of thousands is a long way from the root
	book   *Book
	files  []string // written, slash-separated, relative to dir
}

func (s *siteWriter) write(ctx context.Context, models iter.Seq2[reports.Model, error]) error {
	for _, folder := range []string{"models", "organisations", "ranking", "figures", "downloads", "data", "assets",
		"badges"} {
		if err := os.MkdirAll(filepath.Join(s.dir, folder), 0o755); err != nil {
			return err
		}
	}
	before, err := readManifest(s.dir)
	if err != nil {
		return err
	}
	if s.models, err = os.OpenRoot(filepath.Join(s.dir, "models")); err != nil {
		return err
	}
	defer s.models.Close()
	rows, err := s.writeModels(ctx, models)
	if err != nil {
		return err
	}
	s.book.Fill(rows)
	if err := s.writePages(); err != nil {
		return err
	}
	if err := s.copyDatabase(); err != nil {
		return err
	}
	return s.finish(before)
}

// writePages writes the pages about more than one model, on all processors.
func (s *siteWriter) writePages() error {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, page := range s.book.Pages() {
		s.files = append(s.files, page)
		g.Go(func() error {
			return s.create(page, func(w io.Writer) error { _, err := s.book.WritePage(w, page); return err })
		})
	}
	return g.Wait()
}

// written is one model's part of the site, made by a worker.
type written struct {
	row         ranking.Row
	assessments []byte // JSON objects
	err         error
}

// writeModels renders dossiers on all processors and appends their evidence to
// the JSON download in the order in which the models came.
func (s *siteWriter) writeModels(ctx context.Context, models iter.Seq2[reports.Model, error]) ([]ranking.Row, error) {
	g, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	order := make(chan chan written, 4*workers) // bounds what is held at once
	work := make(chan func(), workers)
	g.Go(func() error {
		defer close(order)
		defer close(work)
		return s.feed(ctx, models, order, work)
	})
	for range workers {
		g.Go(func() error {
			for f := range work {
				f()
			}
			return nil
		})
	}
	var rows []ranking.Row
	g.Go(func() error {
		var err error
		rows, err = s.collect(order)
		return err
	})
	return rows, g.Wait()
}

func (s *siteWriter) feed(ctx context.Context, models iter.Seq2[reports.Model, error], order chan<- chan written,
	work chan<- func()) error {
	for m, err := range models {
		if err != nil {
			return err
		}
		if s.book.ModelPage(m.Subject.ID, m.Subject.Label) == "" {
			return fmt.Errorf("model %q is not among the subjects of the site", reports.Label(m.Subject.ID))
		}
		done := make(chan written, 1)
		select {
		case order <- done:
		case <-ctx.Done():
			return ctx.Err()
		}
		work <- func() { done <- s.writeModel(&m) }
	}
	return nil
}

func (s *siteWriter) writeModel(m *reports.Model) written {
	if s.book.Prepare != nil {
		if err := s.book.Prepare(m); err != nil {
			return written{err: fmt.Errorf("model %q: %w", reports.Label(m.Subject.ID), err)}
		}
	}
	// The dossier tells the digest of the assessments, and the download holds the one of this site.
	lines, err := reports.AssessmentLines(m, s.book.Tool)
	if err != nil {
		return written{err: dossierError(m, err)}
	}
	f, err := s.models.Create(path.Base(s.book.ModelPage(m.Subject.ID, m.Subject.Label)))
	if err != nil {
		return written{err: err}
	}
	if err := errors.Join(dossierError(m, s.book.writeDossier(f, m, lines)), f.Close()); err != nil {
		return written{err: err}
	}
	w := written{row: ranking.RowOf(m, s.book.Rubric)}
	at := slices.IndexFunc(m.Assessments, func(a rubric.Assessment) bool { return a.Rubric.ID == s.book.Rubric.ID })
	if at >= 0 {
		w.assessments = lines[at]
	}
	return w
}

func (s *siteWriter) collect(order <-chan chan written) ([]ranking.Row, error) {
	rows := []ranking.Row{}
	var failed error
	const name = "downloads/assessments.json"
	s.files = append(s.files, name)
	err := s.create(name, func(w io.Writer) error {
		between := "[\n"
		for done := range order {
			got := <-done
			if failed = errors.Join(failed, got.err); failed != nil {
				continue // drain, so that the workers end
			}
			rows = append(rows, got.row)
			s.files = append(s.files, s.book.ModelPage(got.row.ID, got.row.Label))
			if got.assessments == nil {
				continue
			}
			if _, err := io.WriteString(w, between); err != nil {
				failed = err
			}
			if _, err := w.Write(got.assessments); err != nil {
				failed = err
			}
			between = ",\n"
		}
		_, err := io.WriteString(w, map[bool]string{true: "[]\n", false: "\n]\n"}[between == "[\n"])
		return err
	})
	return rows, errors.Join(failed, err)
}

// create writes one file of the site.
func (s *siteWriter) create(name string, write func(io.Writer) error) error {
	f, err := os.Create(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	b := writers.Get().(*bufio.Writer)
	defer writers.Put(b)
	b.Reset(f)
	return errors.Join(write(b), b.Flush(), f.Close())
}

// writers are lent to the files in the making: a site has a small one for each model.
var writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 1<<16) }}

func (s *siteWriter) copyDatabase() error {
	if s.book.Database == nil {
		return nil
	}
	const name = "downloads/openness.db"
	s.files = append(s.files, name)
	return s.book.Database(filepath.Join(s.dir, filepath.FromSlash(name)))
}

// readManifest lists the files of an earlier site in dir.
func readManifest(dir string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return strings.Fields(string(text)), err
}

// finish removes what an earlier site had and this one has not, and writes the
// new list. Names that would lead out of dir are not followed.
func (s *siteWriter) finish(before []string) error {
	slices.Sort(s.files)
	for _, old := range before {
		if _, kept := slices.BinarySearch(s.files, old); kept || !filepath.IsLocal(filepath.FromSlash(old)) {
			continue
		}
		if err := os.Remove(filepath.Join(s.dir, filepath.FromSlash(old))); err != nil &&
			!errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.WriteFile(filepath.Join(s.dir, manifestName), []byte(strings.Join(s.files, "\n")+"\n"), 0o644)
}
