package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"openness/rubric"
)

func newRubricPolicyCommand(*globalOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "policy [ID]",
		Short: "List the built-in policies of check, or show one as YAML",
		Example: `  openness rubric policy
  openness rubric policy commercial-eu > ours.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listPolicies(cmd.OutOrStdout())
			}
			text, err := rubric.PolicyFile(args[0])
			if err != nil {
				return &exitError{exitUsage, err}
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		},
	}
}

func listPolicies(w io.Writer) error {
	for _, p := range rubric.Policies() {
		if _, err := fmt.Fprintf(w, "%-18s %s, version %s, %d requirements\n", p.ID, p.Name, p.Version,
			len(p.Requirements)); err != nil {
			return err
		}
	}
	return nil
}
