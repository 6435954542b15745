package main

import (
	"context"

	"github.com/spf13/cobra"

	"openness/reports"
	"openness/reports/dossier"
)

// showOptions are the flags of show.
type showOptions struct {
	*globalOptions
	rubrics []string
	format  reports.Format
}

func newShowCommand(g *globalOptions) *cobra.Command {
	opts := &showOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "show MODEL",
		Short: "Show one model's judgements with the evidence for each",
		Long: `Show writes a stored model's dossier: score, judgements with reasons, quotes
with address, revision, time and hash, what was not there and what could not be
looked at, conflicts among licences, reviews and history. Nothing is fetched.

MODEL is an id, a label, the target as it was given, or a name. Without
--rubric the model is shown under the rubrics that it was last audited by. CSV
has a line for every observation that a judgement rests on.`,
		Example: `  openness show allenai/OLMo-7B
  openness show allenai/OLMo-7B --rubric radboud-2023 --format html > olmo.html`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runShow(cmd.Context(), opts, args[0])
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&opts.rubrics, "rubric", nil, "judge by this rubric `ID` or file; may be given several times")
	chooseFormat(cmd, &opts.format, dossier.Formats()...)
	return cmd
}

func runShow(ctx context.Context, opts *showOptions, name string) error {
	db, m, rubrics, err := openModel(ctx, opts.globalOptions, name, opts.rubrics)
	if err != nil {
		return err
	}
	defer db.Close()
	return dossier.Write(opts.env.stdout, m, rubrics, version, opts.format, reports.Options{Width: opts.width(),
		Color: opts.colored()})
}
