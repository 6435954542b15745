package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"openness/reports"
	"openness/rubric"
)

func newRubricPolicyCommand(*globalOptions) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "policy [ID]",
		Short: "List the built-in policies of check, or show one as YAML",
		Example: `  openness rubric policy
  openness rubric policy commercial-eu > ours.yaml
  openness rubric policy commercial-eu --format json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listPolicies(cmd.OutOrStdout(), format)
			}
			return showPolicy(cmd.OutOrStdout(), args[0], format)
		},
	}
	chooseFormat(cmd, &format, "text", "json")
	return cmd
}

// policySummary is one entry of `rubric policy --format json`.
type policySummary struct {
	rubric.Ref
	Name         string `json:"name"`
	Requirements int    `json:"requirements"`
}

func listPolicies(w io.Writer, format string) error {
	if format == "json" {
		list := []policySummary{}
		for _, p := range rubric.Policies() {
			list = append(list, policySummary{p.Ref, p.Name, len(p.Requirements)})
		}
		return writeList(w, "openness.policies/1", list)
	}
	for _, p := range rubric.Policies() {
		if _, err := fmt.Fprintf(w, "%-18s %s, version %s, %d requirements\n", p.ID, p.Name, p.Version,
			len(p.Requirements)); err != nil {
			return err
		}
	}
	return nil
}

// policyJSON is `rubric policy ID --format json`.
type policyJSON struct {
	Schema string `json:"schema"`
	rubric.Ref
	Name         string            `json:"name"`
	About        string            `json:"about"`
	Requirements []requirementJSON `json:"requirements"`
}

type requirementJSON struct {
	ID      string `json:"id"`
	Require string `json:"require"`
	Message string `json:"message"`
	Why     string `json:"why"`
}

func showPolicy(w io.Writer, id, format string) error {
	text, err := rubric.PolicyFile(id)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if format != "json" {
		_, err = w.Write(text)
		return err
	}
	p, err := rubric.LoadPolicy(id)
	if err != nil {
		return err
	}
	out := policyJSON{"openness.policy/1", p.Ref, p.Name, p.About, []requirementJSON{}}
	for _, r := range p.Requirements {
		out.Requirements = append(out.Requirements, requirementJSON{r.ID, r.Require, r.Message, r.Why})
	}
	return reports.WriteJSON(w, out)
}
