package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/rubric"
)

// reportOptions are the flags of report.
type reportOptions struct {
	*globalOptions
	out      string
	rubric   string
	scores   string
	database bool
}

func newReportCommand(g *globalOptions) *cobra.Command {
	opts := &reportOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write a static site about all stored models",
		Long: `Report judges the stored observations anew under a rubric and writes a site:
the ranking as a grid, a dossier with evidence for every model, comparison,
organisations, the rubric explained, figures and downloads. The pages need no
server, no network and nothing from elsewhere; open index.html from the disk.

Files of an earlier site in the folder are replaced or removed; other files in
it are left alone.`,
		Example: `  openness report --out site
  openness report --out site --rubric radboud-2023 --scores arena.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runReport(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.out, "out", "site", "`DIR` to write into; created if needed")
	flags.StringVar(&opts.rubric, "rubric", "", "judge by this rubric `ID` or file (default "+defaultRubric+")")
	flags.StringVar(&opts.scores, "scores", "", "CSV `FILE` with model, benchmark, value: draws openness against each benchmark")
	flags.BoolVar(&opts.database, "with-database", false, "offer a copy of the database for download (it holds the fetched pages)")
	return cmd
}

func runReport(ctx context.Context, opts *reportOptions) error {
	r, err := oneRubric(opts.rubric)
	if err != nil {
		return err
	}
	scores, err := readScores(opts.scores)
	if err != nil {
		return err
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	subjects, err := db.Subjects(ctx)
	if err != nil {
		return err
	}
	books := &library{db: db, rubrics: []*rubric.Rubric{r}}
	o := reports.SiteOptions{Rubric: r, Tool: version, At: opts.env.now().UTC(), Source: "rules, with people's reviews on top",
		Scores: scores, Prepare: func(m *reports.Model) error { return books.complete(ctx, m) }}
	if opts.database {
		o.Database = func(path string) error { return db.CopyTo(ctx, path) }
	}
	if err := reports.WriteSite(ctx, opts.out, o, subjects, books.all(ctx)); err != nil {
		return err
	}
	if err := printRanking(ctx, opts, db, r); err != nil {
		return err
	}
	if !opts.quiet {
		fmt.Fprintf(opts.env.stderr, "openness: wrote %d models under %s; open %s\n", len(subjects), r.ID, filepath.Join(opts.out, "index.html"))
	}
	return nil
}

// printRanking shows on stdout what the site's first page shows.
func printRanking(ctx context.Context, opts *reportOptions, db *data.DB, r *rubric.Rubric) error {
	report := reports.Report{Rubric: r, Tool: version, At: opts.env.now().UTC()}
	reviews, err := reviewsByModel(ctx, db)
	if err != nil {
		return err
	}
	err = db.EachRecord(ctx, func(s audit.Subject, observations []audit.Observation) error {
		a := rubric.Apply(r.Judge(observations), reviews[data.Key(s)])
		report.Models = append(report.Models, reports.Model{Subject: s, Assessments: []rubric.Assessment{a}})
		return nil
	})
	if err != nil {
		return err
	}
	return reports.WriteRanking(opts.env.stdout, report, reports.Table, reports.Options{Width: opts.width(), Color: opts.colored()})
}

// readScores reads a file of benchmark values; no file, no values.
func readScores(path string) ([]reports.Score, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("--scores: %w", err)}
	}
	defer f.Close()
	scores, err := reports.ReadScores(f, path)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return scores, nil
}
