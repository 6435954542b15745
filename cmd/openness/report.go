package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"openness/data/catalogue"
	"openness/reports"
	"openness/reports/figures"
	"openness/reports/ranking"
	"openness/reports/site"
	"openness/rubric"
)

// reportOptions are the flags of report.
type reportOptions struct {
	*globalOptions
	out      string
	rubric   string
	scores   string
	database bool
	census   bool
	maxAge   age
	choice
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
it are left alone. Models that --only leaves out are on no page.`,
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
	flags.StringVar(&opts.scores, "scores", "",
		"CSV `FILE` with model, benchmark, value: draws openness against each benchmark")
	flags.Var(&opts.maxAge, "max-age", "take what was last looked at longer ago than this (30d, 12h) as not known")
	flags.BoolVar(&opts.database, "with-database", false,
		"offer a copy of the database for download (it holds the fetched pages)")
	flags.BoolVar(&opts.census, "with-census", false,
		"also draw how open the whole hub is, by the latest stored census")
	opts.addTo(flags)
	return cmd
}

func runReport(ctx context.Context, opts *reportOptions) error {
	if err := opts.check(); err != nil {
		return err
	}
	if err := noFile("--out", opts.out); err != nil {
		return err
	}
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
	opts.sayIfEmpty(len(subjects))
	subjects, missing, err := opts.pickSubjects(subjects)
	if err != nil {
		return err
	}
	defer allowGarbage(opts.env)()
	reviews, err := reviewsByModel(ctx, db)
	if err != nil {
		return err
	}
	young, err := newPatience(ctx, db, opts.maxAge, opts.env.now())
	if err != nil {
		return err
	}
	books := &library{db: db, rubrics: []*rubric.Rubric{r}, reviews: reviews, maxAge: young, frameworks: true}
	show := newProgress(opts.globalOptions, len(subjects))
	o := site.Options{Rubric: r, Tool: version, At: opts.env.now().UTC(), Source: "rules, with people's reviews on top",
		Scores: scores, Ranking: opts.ranking(), Releases: allReleases(), MakerOf: catalogue.MakerOf,
		Aliases: modelAliases, Prepare: func(m *reports.Model) error {
			defer show.step()
			return books.complete(ctx, m)
		}}
	if opts.census {
		figure, err := censusFigure(ctx, db, r)
		if err != nil {
			return err
		}
		o.Figures = []figures.Figure{figure}
	}
	if opts.database {
		o.Database = func(path string) error { return db.CopyTo(ctx, path) }
	}
	rows, err := site.Write(ctx, opts.out, o, subjects, only(books.all(ctx), subjects))
	show.close()
	if err != nil {
		return err
	}
	opts.sayUnjoined(figures.JoinScores(scores, rows, modelAliases), figures.DateScores(scores, rows, o.Releases,
		modelAliases))
	if !opts.quiet {
		// stdout shows what the site's first page shows.
		report := ranking.Report{Rubric: r, Tool: version, At: o.At, Ranking: o.Ranking}
		if err := ranking.WriteRows(opts.env.stdout, report, rows, reports.Table, reports.Options{Width: opts.width(),
			Color: opts.colored()}); err != nil {
			return err
		}
		opts.say("wrote %d models under %s; open %s", len(subjects), r.ID, filepath.Join(opts.out, "index.html"))
	}
	return unknownModels(missing)
}

// readScores reads a file of benchmark values; no file, no values.
func readScores(path string) ([]figures.Score, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("--scores: %w", err)}
	}
	defer f.Close()
	scores, err := figures.ReadScores(f, path)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return scores, nil
}
