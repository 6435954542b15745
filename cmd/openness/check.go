package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
)

type checkOptions struct {
	*globalOptions
	policy string
	format string
}

func newCheckCommand(g *globalOptions) *cobra.Command {
	opts := &checkOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "check --policy FILE MODEL...",
		Short: "Hold audited models against a policy: a gate for CI",
		Long: `Check judges stored observations against the requirements of a policy file,
without any network. A policy is YAML: id, version, name and requirements, each
with an id, a predicate over the table of facts (require) and a message, such as

  id: shipping
  version: "1"
  name: What we may ship
  requirements:
    - id: commercial-use
      require: license.weights.commercial_use == "yes"
      message: "The licence must allow commercial use: {license.weights.id}."

Exit status: 0 every requirement is met; 3 some could not be determined, because
a source could not be looked at; 4 some are violated.`,
		Example: `  openness check --policy shipping.yaml allenai/OLMo-7B`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd.Context(), opts, args, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&opts.policy, "policy", "", "policy `FILE` (needed)")
	cmd.Flags().StringVar(&opts.format, "format", "table", "table or json")
	return cmd
}

// A checked is one requirement's standing, as JSON gives it.
type checked struct {
	Model        string              `json:"model"`
	Policy       rubric.Ref          `json:"policy"`
	Requirement  string              `json:"requirement"`
	Standing     rubric.Standing     `json:"standing"`
	Reason       string              `json:"reason"`
	Observations []audit.Observation `json:"observations"`
}

func runCheck(ctx context.Context, opts *checkOptions, models []string, w io.Writer) error {
	if opts.format != "table" && opts.format != "json" {
		return usagef("unknown format %q: use table or json", opts.format)
	}
	if opts.policy == "" {
		return usagef("check needs --policy FILE")
	}
	policy, err := rubric.LoadPolicy(opts.policy)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	list := []checked{}
	for _, model := range models {
		record, err := findStored(ctx, model, db.Record)
		if err != nil {
			return err
		}
		for _, f := range policy.Check(record.Observations) {
			list = append(list, checked{record.Subject.ID, policy.Ref, f.Requirement, f.Standing, f.Reason, f.Judgement.Observations})
		}
	}
	if err := writeChecked(w, opts.format, list); err != nil {
		return err
	}
	return checkedExit(list)
}

func writeChecked(w io.Writer, format string, list []checked) error {
	if format == "json" {
		return reports.WriteJSON(w, list)
	}
	for _, c := range list {
		if _, err := fmt.Fprintf(w, "%-12s  %s  %s: %s\n", c.Standing, reports.Visible(c.Model), c.Requirement, reports.Visible(c.Reason)); err != nil {
			return err
		}
		if o := telling(c); o != nil && c.Standing == rubric.Violated {
			fmt.Fprintf(w, "              %s = %s: %q\n              %s\n", o.Fact, reports.Visible(o.Value), reports.Shorten(o.Quote, 120), reports.Visible(o.URL))
		}
	}
	return nil
}

// telling is the observation to show of a violation: the quote for a value that
// the message names, or else the first quote.
func telling(c checked) *audit.Observation {
	var first *audit.Observation
	for i := range c.Observations {
		o := &c.Observations[i]
		switch {
		case o.Quote == "":
		case o.Value != "true" && strings.Contains(c.Reason, o.Value):
			return o
		case first == nil:
			first = o
		}
	}
	return first
}

// checkedExit gives the worst standing its exit code.
func checkedExit(list []checked) error {
	var violated, unknown int
	for _, c := range list {
		switch c.Standing {
		case rubric.Violated:
			violated++
		case rubric.Unknown:
			unknown++
		}
	}
	switch {
	case violated > 0:
		return &exitError{exitDisallowed, fmt.Errorf("%d of %d requirements are violated", violated, len(list))}
	case unknown > 0:
		return &exitError{exitUnreached, fmt.Errorf("%d of %d requirements could not be determined: audit again when the sources answer", unknown, len(list))}
	}
	return nil
}
