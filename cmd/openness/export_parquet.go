package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"

	"openness/audit"
	"openness/data"
	"openness/reports/exchange/parquet"
	"openness/rubric"
)

// exportParquet writes a folder of Parquet files that is there whole or not at all. A
// folder that holds anything is left alone: files of another export would be read with
// these.
func exportParquet(ctx context.Context, opts *exportOptions, db *data.DB) error {
	rubrics := rubric.Builtin()
	if opts.rubric != "" {
		r, err := oneRubric(opts.rubric)
		if err != nil {
			return err
		}
		rubrics = []*rubric.Rubric{r}
	}
	switch entries, err := os.ReadDir(opts.out); {
	case err == nil && len(entries) > 0:
		return usagef("the folder %q is not empty: name a new one", opts.out)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write %q: %w", opts.out, err)
	}
	reviews, err := reviewsByModel(ctx, db)
	if err != nil {
		return err
	}
	out := filepath.Clean(opts.out)
	made, err := os.MkdirTemp(filepath.Dir(out), "."+filepath.Base(out)+"-*")
	if err != nil {
		return fmt.Errorf("write %q: %w", opts.out, err)
	}
	defer unfinished.add(made)()
	defer os.RemoveAll(made) // nothing is left to remove after the rename
	if opts.env.getenv("GOGC") == "" {
		// Each file keeps the rows of a group: garbage is collected before it is as much
		// again, at a sixth more of processor time.
		defer debug.SetGCPercent(debug.SetGCPercent(40))
	}
	if err := writeParquet(ctx, db, made, rubrics, reviews); err != nil {
		return fmt.Errorf("write %q: %w", opts.out, err)
	}
	if err := os.Chmod(made, 0o755); err != nil {
		return fmt.Errorf("write %q: %w", opts.out, err)
	}
	if err := os.Remove(out); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is empty
		return fmt.Errorf("write %q: %w", opts.out, err)
	}
	return os.Rename(made, out)
}

func writeParquet(ctx context.Context, db *data.DB, dir string, rubrics []*rubric.Rubric,
	reviews map[string][]rubric.Review) error {
	w, err := parquet.Create(dir, version)
	if err == nil {
		err = db.EachFullRecord(ctx, func(r audit.Record) error {
			assessments := make([]rubric.Assessment, len(rubrics))
			for i, by := range rubrics {
				assessments[i] = rubric.Apply(by.Judge(r.Observations), reviews[data.Key(r.Subject)])
			}
			return w.Add(&r, assessments)
		})
	}
	return errors.Join(err, w.Close())
}
