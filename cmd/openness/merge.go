package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"openness/data"
	"openness/reports"
)

// mergeSchema names the JSON of merge.
const mergeSchema = "openness.merge/1"

type mergeOptions struct {
	*globalOptions
	format reports.Format
}

func newMergeCommand(g *globalOptions) *cobra.Command {
	opts := &mergeOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "merge FILE...",
		Short: "Join stores of several machines into one",
		Long: `Merge joins the stores FILE... and what the store --db holds already, and puts
the result into --db: whole or not at all. The files are left as they are.

Every crawl, answer, assessment and review is kept once, in the order of their
times; the bytes of a document are kept once however many stores have them. What
contradicts is kept and named: reviews that disagree (the newer counts), and
results of one model and moment that differ. A merge of what was merged before
changes nothing.

Exit status: 0 done; 1 failed, a file is no store or of a newer openness; 2 bad
usage; 3 finished, but bytes of a document are damaged in every store.`,
		Example: `  openness audit --from models.csv --shard 1/2 --db part1.db   # on one machine
  openness audit --from models.csv --shard 2/2 --db part2.db   # on another
  openness merge part1.db part2.db --db all.db`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runMerge(cmd.Context(), opts, args)
		},
	}
	chooseFormat(cmd, &opts.format, reports.Text, reports.JSON)
	return cmd
}

func runMerge(ctx context.Context, opts *mergeOptions, paths []string) error {
	merged, err := data.Merge(ctx, opts.db, paths)
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("%w", err)
	}
	if err != nil {
		return err
	}
	if err := writeMerged(opts, len(paths), &merged); err != nil {
		return err
	}
	if merged.Damaged > 0 {
		return &exitError{exitUnreached,
			fmt.Errorf("the bytes of %d %s are damaged in every store; only their hashes were kept",
				merged.Damaged, plural(merged.Damaged, "document"))}
	}
	return nil
}

func writeMerged(opts *mergeOptions, stores int, m *data.Merged) error {
	w := opts.env.stdout
	if opts.format == reports.JSON {
		return reports.WriteJSON(w, struct {
			Schema string `json:"schema"`
			*data.Merged
		}{mergeSchema, m})
	}
	w = shown{w}
	if !m.Changed() {
		_, err := fmt.Fprintf(w, "%s has all of %d %s already: nothing changed\n", opts.db, stores,
			plural(stores, "store"))
		return err
	}
	_, err := fmt.Fprintf(w, "%s: %s\nadded: %s\n", opts.db, countsText(m.Counts), countsText(m.Added))
	if err == nil && len(m.Conflicts) > 0 {
		_, err = fmt.Fprintf(w, "%d %s:\n", len(m.Conflicts), plural(len(m.Conflicts), "conflict"))
	}
	for _, c := range m.Conflicts {
		if err == nil {
			_, err = io.WriteString(w, "  "+reports.Visible(c)+"\n")
		}
	}
	return err
}

func countsText(c data.Counts) string {
	return fmt.Sprintf("%d models, %d crawls, %d answers, %d documents, %d assessments, %d reviews",
		c.Models, c.Crawls, c.Fetches, c.Documents, c.Assessments, c.Reviews)
}
