package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/reports"
)

func newFactsCommand(*globalOptions) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "facts",
		Short: "List every fact that rubrics and policies can ask for",
		Long: `Facts lists the table of facts: the name that a predicate uses, its type and
values (of an enum from least to most), what it means when it is present, how
several observations of it are combined, and which part of the tool reads it.`,
		Example: "  openness facts\n  openness facts --format json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runFacts(cmd.OutOrStdout(), format)
		},
	}
	chooseFormat(cmd, &format, "table", "json")
	return cmd
}

// factsJSON is what --format json gives.
type factsJSON struct {
	Schema string     `json:"schema"`
	Facts  []factJSON `json:"facts"`
}

// A factJSON is one row, with an empty list where a fact has no values of its own.
type factJSON struct {
	audit.Fact
	Values []string `json:"values"`
	Source string   `json:"read_by"` // the part of the tool that reads it off pages
}

func runFacts(w io.Writer, format string) error {
	if format == "json" {
		out := factsJSON{Schema: "openness.facts/1", Facts: []factJSON{}}
		for _, f := range audit.Facts() {
			out.Facts = append(out.Facts, factJSON{f, append([]string{}, f.Values...), f.Observer})
		}
		return reports.WriteJSON(w, out)
	}
	for _, f := range audit.Facts() {
		kind := string(f.Type)
		if len(f.Values) > 0 {
			kind = strings.Join(f.Values, " < ")
		}
		if _, err := fmt.Fprintf(w, "%-36s  %s\n    %s\n    read by %s; several: %s\n", f.Name, kind, f.Meaning,
			f.Observer, f.Merge); err != nil {
			return err
		}
	}
	return nil
}
