package main

import (
	"context"

	"github.com/spf13/cobra"

	"openness/reports"
	"openness/reports/dossier"
)

type historyOptions struct {
	*globalOptions
	format reports.Format
}

func newHistoryCommand(g *globalOptions) *cobra.Command {
	opts := &historyOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:     "history MODEL",
		Short:   "Show a model's earlier assessments and what changed",
		Long:    `History lists every assessment of a stored model, oldest first, with the classes that changed since the one before.`,
		Example: `  openness history allenai/OLMo-7B`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runHistory(cmd.Context(), opts, args[0])
		},
	}
	chooseFormat(cmd, &opts.format, dossier.HistoryFormats()...)
	return cmd
}

func runHistory(ctx context.Context, opts *historyOptions, name string) error {
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	m, err := (&library{db: db}).model(ctx, name)
	if err != nil {
		return err
	}
	if len(m.History) == 0 && !opts.quiet {
		opts.say("no earlier look at %s is stored: its history begins with the first audit of it", m.Subject.ID)
	}
	return dossier.WriteHistory(opts.env.stdout, m, opts.format, reports.Options{Width: opts.width(),
		Color: opts.colored()})
}
