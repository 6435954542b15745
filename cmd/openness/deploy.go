package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"openness/audit/obligations"
	"openness/reports"
)

type deployOptions struct {
	*globalOptions
	profile string
	format  string
}

func newDeployCommand(g *globalOptions) *cobra.Command {
	opts := &deployOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "deploy MODEL... --profile FILE",
		Short: "Answer whether a company may use models as it has in mind",
		Long: `Deploy holds what a company has in mind against all licences that bind, down the
lineage, and answers for each model: may, ask (a permission is needed first), may
not, or not determined (what was read does not tell, and what to look up). Each
answer shows the clause that decides. It reads what is stored, without network.

A profile is YAML; docs/obligations.md has all keys:

  name: Example GmbH
  country: DE
  monthly_active_users: 120000
  annual_revenue: 50000000     # US dollars
  use: [service]               # internal, product, service, training, research
  fields: [customer support]

Exit status: 0 all may; 3 some are to be asked for, not determined or unknown; 4
some may not. It is a reading by rule, and no legal advice.`,
		Example: `  openness deploy acme/quokka-7b-chat --profile company.yaml`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDeploy(cmd.Context(), opts, args, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&opts.profile, "profile", "", "profile `FILE` (needed)")
	chooseFormat(cmd, &opts.format, "text", "json", "markdown")
	return cmd
}

// deployJSON is what --format json gives.
type deployJSON struct {
	Schema  string                `json:"schema"`
	Profile obligations.Profile   `json:"profile"`
	Models  []obligations.Verdict `json:"models"`
}

// unknownAnswer is the answer on a model that is not stored.
const unknownAnswer obligations.Answer = "unknown_model"

func runDeploy(ctx context.Context, opts *deployOptions, names []string, w io.Writer) error {
	if opts.profile == "" {
		return usagef("deploy needs --profile FILE, a YAML file that says what you have in mind (see openness deploy --help)")
	}
	text, err := readBounded(opts.profile, largestRules)
	if err != nil {
		return usagef("profile %q: %w", opts.profile, err)
	}
	profile, err := obligations.ParseProfile(text)
	if err != nil {
		return usagef("profile %q: %w", opts.profile, err)
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	out := deployJSON{Schema: "openness.deploy/1", Profile: profile, Models: []obligations.Verdict{}}
	for _, name := range names {
		bound, err := boundOf(ctx, db, name)
		switch {
		case notOne(err):
			out.Models = append(out.Models, obligations.Verdict{Model: name, Answer: unknownAnswer, Reason: err.Error(),
				Questions: []obligations.Question{}, Duties: []obligations.Duty{}})
		case err != nil:
			return err
		default:
			v := bound.Deploy(profile)
			if bound.Stale != "" {
				v.Reason = strings.TrimSuffix(v.Reason, ".") + ". " + bound.Stale
			}
			out.Models = append(out.Models, v)
		}
	}
	switch opts.format {
	case "json":
		err = reports.WriteJSON(w, out)
	case "markdown":
		err = deployMarkdown(w, out)
	default:
		err = deployText(w, out)
	}
	if err != nil {
		return err
	}
	return deployExit(out.Models)
}

// deployExit gives the worst answer its exit code.
func deployExit(models []obligations.Verdict) error {
	not, open := 0, 0
	for _, m := range models {
		switch m.Answer {
		case obligations.May:
		case obligations.MayNot:
			not++
		default:
			open++
		}
	}
	switch {
	case not > 0:
		return &exitError{exitDisallowed, fmt.Errorf("%d of %d models may not be used so", not, len(models))}
	case open > 0:
		return &exitError{exitUnreached, fmt.Errorf("%d of %d models are to be asked for or could not be determined",
			open, len(models))}
	}
	return nil
}

// answerWords are the answers as people read them.
var answerWords = map[obligations.Answer]string{obligations.May: "MAY", obligations.Ask: "ASK",
	obligations.MayNot:        "MAY NOT",
	obligations.NotDetermined: "NOT DETERMINED", unknownAnswer: "UNKNOWN MODEL"}

func deployText(w io.Writer, o deployJSON) error {
	for _, m := range o.Models {
		if _, err := fmt.Fprintf(w, "%s: %s\n  %s\n", answerWords[m.Answer], reports.Visible(m.Model),
			reports.Visible(m.Reason)); err != nil {
			return err
		}
		for _, q := range m.Questions {
			fmt.Fprintf(w, "  - %s, %s: %s\n", answerWords[q.Answer], q.Question, reports.Visible(q.Reason))
			if q.Licence != "" {
				fmt.Fprintf(w, "      %s (%s)\n", reports.Visible(section(q.Licence, q.Clause, "section ")),
					reports.Visible(whoseAll(q.Component, q.Of, q.AlsoOf)))
			}
			if q.Clause.Quote != "" || q.Clause.Certainty == obligations.NotFound ||
				q.Clause.Certainty == obligations.NoClause && q.Answer == obligations.May {
				fmt.Fprintf(w, "      %s\n", shownClause(q.Clause))
			} else if q.Evidence.Quote != "" {
				fmt.Fprintf(w, "      stated by %q\n", reports.Shorten(reports.OneLine(q.Evidence.Quote), maxShownClause))
			}
			if q.LookUp != "" {
				fmt.Fprintf(w, "      look up: %s\n", reports.Visible(q.LookUp))
			}
		}
		for _, d := range m.Duties {
			fmt.Fprintf(w, "  duty [%s] %s (%s of %s)\n", d.Kind, reports.Visible(d.What), reports.Visible(d.Licence),
				reports.Visible(strings.Join(append([]string{d.Of}, d.AlsoOf...), " and ")))
		}
	}
	_, err := fmt.Fprintln(w, "A reading by rule, and no legal advice.")
	return err
}

func deployMarkdown(w io.Writer, o deployJSON) error {
	for _, m := range o.Models {
		if _, err := fmt.Fprintf(w,
			"# %s: %s\n\n%s\n\n| answer | question | reason | licence, section | clause |\n|---|---|---|---|---|\n",
			cell(m.Model), answerWords[m.Answer], cell(m.Reason)); err != nil {
			return err
		}
		for _, q := range m.Questions {
			fmt.Fprintf(w, "| %s | %s | %s | %s (%s) | %s |\n", answerWords[q.Answer], q.Question, cell(q.Reason),
				cell(section(q.Licence, q.Clause, "")), cell(q.Of),
				cell(shownClause(q.Clause)))
		}
		fmt.Fprintln(w)
		for _, d := range m.Duties {
			fmt.Fprintf(w, "- duty (%s): %s (%s of %s)\n", d.Kind, cell(d.What), cell(d.Licence),
				cell(strings.Join(append([]string{d.Of}, d.AlsoOf...), " and ")))
		}
	}
	_, err := fmt.Fprintln(w, "\nA reading by rule, and no legal advice.")
	return err
}
