package main

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"openness/audit"
	"openness/audit/crawl"
	"openness/data"
	"openness/reports"
	"openness/reports/ranking"
	"openness/rubric"
)

// A choice is which of the stored models a ranking is about, and from how much
// of the weight on a model is ranked.
type choice struct {
	only        string
	minCoverage float64
}

func (c *choice) addTo(flags *pflag.FlagSet) {
	flags.StringVar(&c.only, "only", "",
		"only these models: a `LIST` of names with commas between, or a file as audit --from reads it")
	flags.Float64Var(&c.minCoverage, "min-coverage", rubric.MinCoverage,
		"rank a model from this `SHARE` of the weight on, 0 to 1")
}

func (c *choice) check() error {
	if !(c.minCoverage >= 0 && c.minCoverage <= 1) {
		return usagef("--min-coverage %v: it is a share of the weight, from 0 to 1", c.minCoverage)
	}
	return nil
}

func (c *choice) ranking() ranking.Ranking {
	if c.minCoverage == 0 {
		return ranking.Ranking{MinCoverage: -1} // any
	}
	return ranking.Ranking{MinCoverage: c.minCoverage}
}

// names are the models asked for; nil means all.
func (c *choice) names() ([]string, error) {
	if c.only == "" {
		return nil, nil
	}
	names := []string{}
	file, err := os.Open(c.only)
	switch {
	case err == nil:
		defer file.Close()
		targets, err := crawl.ReadTargets(file, c.only)
		if err != nil {
			return nil, &exitError{exitUsage, fmt.Errorf("--only: %w", err)}
		}
		for _, t := range targets {
			names = append(names, t.Text)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, usagef("--only: %w", err)
	case slices.Contains([]string{".txt", ".csv", ".tsv", ".lst"}, filepath.Ext(c.only)):
		return nil, usagef("--only: %w", err)
	default:
		for _, name := range strings.Split(c.only, ",") {
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return nil, usagef("--only %q names no model", c.only)
	}
	return names, nil
}

// pick keeps the rows that were asked for, and says which names fit none.
func (c *choice) pick(rows []ranking.Row) (kept []ranking.Row, missing []string, err error) {
	return picked(c, rows, func(r ranking.Row) audit.Subject {
		return audit.Subject{ID: r.ID, Label: r.Label, Name: r.Name}
	})
}

// pickSubjects is pick for subjects.
func (c *choice) pickSubjects(subjects []audit.Subject) (kept []audit.Subject, missing []string, err error) {
	return picked(c, subjects, func(s audit.Subject) audit.Subject { return s })
}

func picked[T any](c *choice, list []T, subject func(T) audit.Subject) (kept []T, missing []string, err error) {
	names, err := c.names()
	if err != nil || names == nil {
		return list, nil, err
	}
	chosen, missing := chosenOf(names, len(list), func(i int) audit.Subject { return subject(list[i]) })
	for i, yes := range chosen {
		if yes {
			kept = append(kept, list[i])
		}
	}
	for i, name := range missing {
		missing[i] += meantAmong(name, len(list), func(i int) audit.Subject { return subject(list[i]) })
	}
	return kept, missing, nil
}

// meantAmong says in brackets which of the subjects a name may have meant.
func meantAmong(name string, n int, subject func(int) audit.Subject) string {
	var known []string
	for i := range n {
		s := subject(i)
		known = append(known, s.ID, path.Base(s.ID))
	}
	if meant := strings.TrimPrefix(nearModel(name, known), "; "); meant != "" {
		return " (" + meant + ")"
	}
	return ""
}

// chosenOf marks the subjects that names stand for: by what names them in the
// store or, failing that, by what audit understands the name as.
func chosenOf(names []string, n int, subject func(int) audit.Subject) (chosen []bool, missing []string) {
	byName := make(map[string][]int)
	for i := range n {
		s := subject(i)
		seen := make(map[string]bool)
		for _, name := range []string{s.ID, s.Label, s.Target, s.Name, data.Key(s)} {
			if name = strings.ToLower(name); name != "" && !seen[name] {
				seen[name] = true
				byName[name] = append(byName[name], i)
			}
		}
	}
	chosen = make([]bool, n)
	for _, name := range names {
		name = crawl.WithoutCredentials(name)
		found := byName[strings.ToLower(name)]
		if target, err := parseTarget(name); len(found) == 0 && err == nil {
			found = byName[strings.ToLower(target.SubjectID())]
		}
		for _, i := range found {
			chosen[i] = true
		}
		if len(found) == 0 {
			missing = append(missing, name)
		}
	}
	return chosen, missing
}

// only passes on the models of the subjects.
func only(models iter.Seq2[reports.Model, error], subjects []audit.Subject) iter.Seq2[reports.Model, error] {
	wanted := make(map[string]bool, len(subjects))
	for _, s := range subjects {
		wanted[data.Key(s)] = true
	}
	return func(yield func(reports.Model, error) bool) {
		for m, err := range models {
			if err == nil && !wanted[data.Key(m.Subject)] {
				continue
			}
			if !yield(m, err) {
				return
			}
		}
	}
}

// unknownModels ends a command that did the rest of its list.
func unknownModels(names []string) error {
	if len(names) == 0 {
		return nil
	}
	return &exitError{exitUnreached, fmt.Errorf("not among the stored models: %s; audit what is missing first",
		strings.Join(names, ", "))}
}
