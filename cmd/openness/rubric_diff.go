package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"openness/reports"
	"openness/reports/ranking"
	"openness/rubric"
)

func newRubricDiffCommand(g *globalOptions) *cobra.Command {
	var format reports.Format
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "Say what differs between two rubrics, which ranks move, and why",
		Long: `Diff compares two rubrics, by ID or file: what each asks, weighs and rules, and
what that does to the stored models: whose rank moves, by which classes. A
changed rubric may not carry the name of a built-in one: the exit status is then 1.`,
		Example: `  openness rubric diff osai-2026 mine.yaml`,
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return diffRubrics(cmd.Context(), g, args[0], args[1], format, cmd.OutOrStdout())
		},
	}
	chooseFormat(cmd, &format, reports.Text, reports.Table, reports.JSON)
	return cmd
}

func diffRubrics(ctx context.Context, g *globalOptions, a, b string, f reports.Format, w io.Writer) error {
	var rubrics [2]*rubric.Rubric
	var rows [2][]ranking.Row
	for i, name := range []string{a, b} {
		var err error
		if rubrics[i], rows[i], err = storedRows(ctx, &rankOptions{globalOptions: g, rubric: name, source: sourceAuto,
			anyName: true}); err != nil {
			return err
		}
	}
	d := ranking.DiffRubrics(rubrics[0], rubrics[1], rows[0], rows[1], ranking.Ranking{})
	if err := ranking.WriteRubricDiff(w, d, f); err != nil {
		return err
	}
	if d.Name != "" {
		return fmt.Errorf("%s", d.Name)
	}
	return nil
}

// writeSensitivity scores the ranking's models in other ways: each dimension
// left out or counted twice, and, of stored models, the other indexes.
func writeSensitivity(ctx context.Context, opts *rankOptions, w io.Writer, report ranking.Report,
	rows []ranking.Row) error {
	others := ranking.Reweighted(rows, report.Rubric)
	if opts.source != sourceExperts {
		for _, r := range rubric.Builtin() {
			if r.ID == report.Rubric.ID || r.Verdicts != nil {
				continue
			}
			_, theirs, err := storedRows(ctx, opts.under(r.ID))
			if err != nil {
				return err
			}
			if theirs, _, err = opts.pick(theirs); err != nil {
				return err
			}
			others = append(others, ranking.Scoring{Name: "rubric " + r.ID, Rows: theirs})
		}
	}
	s := ranking.SensitivityOf(rows, report.Rubric, report.Ranking, version, others)
	return ranking.WriteSensitivity(w, s, opts.format, reports.Options{Width: opts.width()})
}

// under are the same options for another rubric, without what was said of the store already.
func (opts *rankOptions) under(rubric string) *rankOptions {
	same, quiet := *opts, *opts.globalOptions
	quiet.quiet = true
	same.globalOptions, same.rubric = &quiet, rubric
	return &same
}
