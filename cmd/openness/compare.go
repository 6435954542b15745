package main

import (
	"context"

	"github.com/spf13/cobra"

	"openness/reports"
	"openness/reports/ranking"
	"openness/rubric"
)

// compareOptions are the flags of compare.
type compareOptions struct {
	*globalOptions
	rubric string
	format reports.Format
}

func newCompareCommand(g *globalOptions) *cobra.Command {
	opts := &compareOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "compare MODEL MODEL...",
		Short: "Set stored models side by side",
		Long: `Compare sets the classes of two or more stored models side by side, dimension
by dimension, and marks where they differ. Nothing is fetched.`,
		Example: `  openness compare allenai/OLMo-7B google/gemma-7b
  openness compare OLMo-7B gemma-7b --format markdown`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCompare(cmd.Context(), opts, args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.rubric, "rubric", "", "judge by this rubric `ID` or file (default "+defaultRubric+")")
	chooseFormat(cmd, &opts.format, ranking.ComparisonFormats()...)
	return cmd
}

func runCompare(ctx context.Context, opts *compareOptions, names []string) error {
	r, err := oneRubric(opts.rubric)
	if err != nil {
		return err
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	books := &library{db: db, rubrics: []*rubric.Rubric{r}}
	report := ranking.Report{Rubric: r, Tool: version, At: opts.env.now().UTC()}
	for _, name := range names {
		m, err := books.model(ctx, name)
		if err != nil {
			return err
		}
		report.Models = append(report.Models, m)
	}
	return ranking.WriteComparison(opts.env.stdout, report, opts.format, reports.Options{Width: opts.width(),
		Color: opts.colored()})
}
