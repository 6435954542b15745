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

type factcheckOptions struct {
	*globalOptions
	model  string
	strict bool
	format string
}

func newFactcheckCommand(g *globalOptions) *cobra.Command {
	opts := &factcheckOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "factcheck CLAIM",
		Short: "Hold a claim about a model's openness against the evidence",
		Long: `Factcheck finds the model and the claim in a sentence, such as "OLMo 7B is open
source", and holds the claim against the stored observations, without any
network. The model must have been audited, or be in the built-in snapshot.

A sentence that names several models, or a name that several stored models
bear, is not guessed at: say with --model which is meant. A name with a number
or a word joined to it ("OLMo 7B", "Qwen-Coder") is not the name without.

Exit status: 0 done; 2 no model or no claim was recognised; 4 the claim is
refuted and --strict was given.`,
		Example: `  openness factcheck "OLMo-7B is open source"
  openness factcheck --model google/gemma-7b "the weights are public" --strict`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runFactcheck(cmd.Context(), opts, args[0], cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.model, "model", "", "the `MODEL` that the claim is about, where the sentence does not name it")
	flags.BoolVar(&opts.strict, "strict", false, "exit 4 when a claim is refuted")
	flags.StringVar(&opts.format, "format", "text", "text or json")
	return cmd
}

// A factchecked is one claim's verdict, as JSON gives it.
type factchecked struct {
	Claim        string              `json:"claim"`
	Model        string              `json:"model"`
	Kind         string              `json:"kind"` // which known claim
	Denied       bool                `json:"denied"`
	Verdict      rubric.Verdict      `json:"verdict"`
	Reason       string              `json:"reason"`
	Definition   string              `json:"definition,omitempty"`
	Observations []audit.Observation `json:"observations"`
}

func runFactcheck(ctx context.Context, opts *factcheckOptions, text string, w io.Writer) error {
	if opts.format != "text" && opts.format != "json" {
		return usagef("unknown format %q: use text or json", opts.format)
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	name := opts.model
	if name == "" {
		if name, err = modelIn(ctx, db, text); err != nil {
			return err
		}
	}
	record, err := findStored(ctx, name, db.Record)
	if err != nil {
		return err
	}
	list := verdicts(text, record)
	if len(list) == 0 {
		var known []string
		for _, c := range rubric.Claims() {
			known = append(known, c.ID)
		}
		return usagef("no claim that can be checked was recognised in %q; known are %s", text, strings.Join(known, ", "))
	}
	if err := writeVerdicts(w, opts.format, list); err != nil {
		return err
	}
	for _, v := range list {
		if opts.strict && v.Verdict == rubric.Refuted {
			return &exitError{code: exitDisallowed}
		}
	}
	return nil
}

func verdicts(text string, record audit.Record) []factchecked {
	var list []factchecked
	for _, c := range rubric.Claims() {
		made, denied := c.Made(text)
		if !made {
			continue
		}
		verdict, j := c.Verdict(denied, record.Observations)
		list = append(list, factchecked{text, record.Subject.ID, c.ID, denied, verdict, j.Reason, c.Source, j.Observations})
	}
	return list
}

func writeVerdicts(w io.Writer, format string, list []factchecked) error {
	if format == "json" {
		return reports.WriteJSON(w, list)
	}
	for _, v := range list {
		fmt.Fprintf(w, "%s: %s\n%s\n", strings.ToUpper(string(v.Verdict)), reports.Visible(v.Claim), reports.Visible(v.Reason))
		fmt.Fprintf(w, "Model: %s; checked: %s\n", reports.Visible(v.Model), claimWords(v))
		if v.Definition != "" {
			fmt.Fprintf(w, "Held to: %s\n", v.Definition)
		}
		for _, o := range withoutRepeats(v.Observations) {
			fmt.Fprintf(w, "  %s = %s (%s) %s\n", o.Fact, reports.Visible(o.Value), o.Finding, reports.Visible(o.URL))
			if o.Quote != "" {
				fmt.Fprintf(w, "    %q\n", reports.Shorten(o.Quote, 160))
			}
		}
	}
	return nil
}

// claimWords says which known claim was read out of the sentence.
func claimWords(v factchecked) string {
	if v.Denied {
		return "not " + v.Kind
	}
	return v.Kind
}

// withoutRepeats leaves out observations that would print as one before them
// does: the built-in snapshot has no quotes to tell them apart.
func withoutRepeats(observations []audit.Observation) []audit.Observation {
	type line struct {
		fact, value, url, quote string
		finding                 audit.Finding
	}
	seen := make(map[line]bool)
	var kept []audit.Observation
	for _, o := range observations {
		l := line{o.Fact, o.Value, o.URL, o.Quote, o.Finding}
		if !seen[l] {
			seen[l] = true
			kept = append(kept, o)
		}
	}
	return kept
}
