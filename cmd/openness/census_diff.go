package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"openness/data"
	"openness/reports"
	"openness/reports/census"
)

func newCensusDiffCommand(g *globalOptions) *cobra.Command {
	opts := &censusOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "diff [BEFORE] [AFTER]",
		Short: "Tell what changed between two censuses",
		Long: `Diff holds two finished censuses against each other: models that are new or gone,
and those whose gate, licence tag, files of weights, base or card changed. BEFORE
and AFTER are dates; without them the latest two are taken. As CSV every change is
a line; elsewhere each kind is counted, with the most downloaded models.`,
		Example: `  openness census diff
  openness census diff 2026-10-27 2026-11-27 --format csv > changes.csv`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return runCensusDiff(cmd.Context(), opts, args) },
	}
	cmd.Flags().IntVar(&opts.top, "top", 20, "models to show of each kind of change")
	chooseFormat(cmd, &opts.format, census.ChangesFormats()...)
	return cmd
}

func runCensusDiff(ctx context.Context, opts *censusOptions, days []string) error {
	if err := opts.check(); err != nil {
		return err
	}
	db, err := data.OpenToRead(ctx, opts.db)
	if err != nil {
		return err
	}
	defer db.Close()
	before, after, err := twoCensuses(ctx, db, days)
	if err != nil {
		return err
	}
	changes := census.NewChanges(opts.top, data.ListChangeKinds())
	changes.Before, changes.After, changes.Tool.Version = before.Started, after.Started, version
	changes.ModelsBefore, changes.ModelsAfter = before.Models, after.Models
	each := func(f func(census.Change) error) error {
		return db.CompareCensuses(ctx, before.ID, after.ID, func(c *data.ListChange) error {
			return f(census.Change(*c))
		})
	}
	return census.WriteChanges(opts.env.stdout, changes, each, opts.format, reports.Options{Width: opts.width(),
		Color: opts.colored()})
}

// twoCensuses picks the finished censuses to compare: the latest two, the latest and
// one of a date, or those of two dates.
func twoCensuses(ctx context.Context, db *data.DB, days []string) (before, after *data.Census, err error) {
	all, err := db.Censuses(ctx)
	if err != nil {
		return nil, nil, err
	}
	finished := all[:0]
	for _, c := range all {
		if c.Complete() {
			finished = append(finished, c)
		}
	}
	if len(finished) < 2 {
		return nil, nil, usagef("two finished censuses are compared, and %d is stored: openness census makes one",
			len(finished))
	}
	before, after = &finished[len(finished)-2], &finished[len(finished)-1]
	if len(days) > 0 {
		if before, err = censusAt(finished, days[0]); err != nil {
			return nil, nil, err
		}
	}
	if len(days) > 1 {
		if after, err = censusAt(finished, days[1]); err != nil {
			return nil, nil, err
		}
	}
	if before.ID == after.ID {
		return nil, nil, usagef("both are the census of %s", before.Started.Format(time.DateOnly))
	}
	return before, after, nil
}
