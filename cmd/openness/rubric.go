package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"openness/reports"
	"openness/rubric"
)

func newRubricCommand(global *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rubric",
		Short: "List, show or check the rubrics that models are judged by, and policies",
		Long: `A rubric is a YAML file: dimensions, each with a question and rules over the
table of facts. Copy a built-in one, change it, lint it, and give its file name
to --rubric of the other commands.`,
		Example: `  openness rubric list
  openness rubric show osai-2026 --format yaml > mine.yaml
  openness rubric lint mine.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRubricListCommand(global), newRubricShowCommand(global), newRubricLintCommand(global),
		newRubricPolicyCommand(global), newRubricDiffCommand(global))
	return cmd
}

func newRubricListCommand(*globalOptions) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the built-in rubrics",
		Example: "  openness rubric list",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return listRubrics(cmd.OutOrStdout(), format)
		},
	}
	chooseFormat(cmd, &format, "table", "json")
	return cmd
}

// rubricSummary is one entry of `rubric list --format json`.
type rubricSummary struct {
	rubric.Ref
	Name       string `json:"name"`
	Dimensions int    `json:"dimensions"`
	Aggregate  string `json:"aggregate"`
}

func listRubrics(w io.Writer, format string) error {
	var list []rubricSummary
	for _, r := range rubric.Builtin() {
		list = append(list, rubricSummary{Ref: r.Ref, Name: r.Name, Dimensions: len(r.Dimensions),
			Aggregate: r.Aggregate})
	}
	if format == "json" {
		return writeList(w, "openness.rubrics/1", list)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tVERSION\tDIMENSIONS\tTOTAL\tNAME")
	for _, r := range list {
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\n", r.ID, r.Version, r.Dimensions, r.Aggregate, r.Name)
	}
	return t.Flush()
}

func newRubricShowCommand(*globalOptions) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "show ID|FILE",
		Short:   "Show a rubric's questions and rules",
		Example: "  openness rubric show osai-2026\n  openness rubric show radboud-2023 --format yaml > mine.yaml",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return showRubric(cmd.OutOrStdout(), args[0], format)
		},
	}
	chooseFormat(cmd, &format, "text", "yaml", "json")
	return cmd
}

func showRubric(w io.Writer, name, format string) error {
	r, err := loadRubric(name)
	if err != nil {
		return err
	}
	switch format {
	case "yaml":
		text, err := rubric.BuiltinFile(r.ID)
		if err != nil || r.ID != name {
			text, err = readBounded(name, largestRules)
		}
		if err != nil {
			return err
		}
		_, err = w.Write(text)
		return err
	case "json":
		return reports.WriteJSON(w, identified{"openness.rubric/1", r})
	}
	return writeRubric(w, r)
}

// writeRubric writes a rubric for people. What stands in it was written by whoever made the
// file, so each of its texts is one visible line.
func writeRubric(w io.Writer, r *rubric.Rubric) error {
	var b strings.Builder
	line := func(format string, texts ...any) {
		for i, t := range texts {
			if s, ok := t.(string); ok {
				texts[i] = reports.Visible(s)
			}
		}
		fmt.Fprintf(&b, format, texts...)
	}
	line("%s, version %s: %s\n", r.ID, r.Version, r.Name)
	line("%s\nSHA-256 %s\nTotal: the %s of %d dimensions (open 1, partial 0.5)\n", r.About, r.SHA256, r.Aggregate,
		len(r.Dimensions))
	for _, source := range r.Sources {
		line("Source: %s\n", source)
	}
	for _, d := range r.Dimensions {
		line("\n%s (%s, %s, weight %g)\n  %s\n", d.ID, d.Name, d.Group, d.Weight, d.Question)
		for _, rule := range d.Rules {
			line("  %-8s if %s\n           %s\n", string(rule.Class), rule.Predicate, rule.Reason)
		}
		line("  %-8s otherwise\n           %s\n", string(d.Default.Class), d.Default.Reason)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func newRubricLintCommand(*globalOptions) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "lint FILE...",
		Short: "Check files of rubrics and policies and list every fault with its place",
		Long: `Lint reads files of rubrics and policies and lists every fault with file, line and dimension:
unknown fields and facts (with the one that was probably meant), values that a
fact cannot have, predicates that do not fit the types of their facts. It ends
with exit code 1 if there is any.`,
		Example: "  openness rubric lint mine.yaml\n  openness rubric lint shipping.yaml   # a policy of check",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return lintRubrics(cmd.OutOrStdout(), args, format)
		},
	}
	chooseFormat(cmd, &format, "text", "json")
	return cmd
}

func lintRubrics(w io.Writer, names []string, format string) error {
	all := rubric.Faults{}
	for _, name := range names {
		about, err := lintOne(name)
		var faults rubric.Faults
		switch {
		case errors.As(err, &faults):
			all = append(all, faults...)
		case err != nil:
			return unreadable(err)
		case format == "text":
			fmt.Fprintf(w, "%s: no fault; %s\n", reports.Visible(name), reports.Visible(about))
		}
	}
	if format == "json" {
		if err := writeList(w, "openness.fault/1", all); err != nil {
			return err
		}
	} else if len(all) > 0 {
		fmt.Fprintln(w, reports.VisibleText(all.Error()))
	}
	if len(all) > 0 {
		return fmt.Errorf("%d %s found", len(all), plural(len(all), "fault"))
	}
	return nil
}

// lintOne reads one rubric or policy, whichever the file is, and says what it is.
func lintOne(name string) (about string, err error) {
	if policyIn(name) {
		p, err := rubric.LoadPolicy(name)
		if err != nil {
			return "", err
		}
		if err := ownPolicyName(name, p); err != nil {
			return "", rubric.Faults{{File: name, Message: err.Error()}}
		}
		return fmt.Sprintf("policy %s, version %s, %d %s", p.ID, p.Version, len(p.Requirements),
			plural(len(p.Requirements), "requirement")), nil
	}
	r, err := rubric.Load(name)
	if err != nil {
		return "", err
	}
	if err := ownName(name, r); err != nil {
		return "", rubric.Faults{{File: name, Message: err.Error()}}
	}
	return fmt.Sprintf("rubric %s, version %s, %d dimensions", r.ID, r.Version, len(r.Dimensions)), nil
}

// policyIn and rubricIn tell what a file is meant to be by the list that only
// one of the two has.
func policyIn(file string) bool { return hasKey(file, "requirements") }
func rubricIn(file string) bool { return hasKey(file, "dimensions") }

func hasKey(file, key string) bool {
	text, err := readBounded(file, largestRules)
	return err == nil && bytes.Contains(append([]byte("\n"), text...), []byte("\n"+key+":"))
}

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// loadRubric loads a rubric named on the command line; a name that is none is
// bad usage.
func loadRubric(name string) (*rubric.Rubric, error) {
	r, err := loadAnyRubric(name)
	if err == nil {
		err = ownName(name, r)
	}
	return r, err
}

// loadAnyRubric is loadRubric for a changed rubric that may keep its name.
func loadAnyRubric(name string) (*rubric.Rubric, error) {
	r, err := rubric.Load(name)
	var faults rubric.Faults
	switch {
	case errors.Is(err, rubric.ErrUnknown) && slices.Contains(rubric.PolicyIDs(), name),
		errors.As(err, &faults) && policyIn(name):
		return nil, usagef("%q is a policy, not a rubric: openness check --policy holds models against it", name)
	case errors.Is(err, rubric.ErrUnknown), errors.Is(err, fs.ErrNotExist):
		return nil, usagef("%w", err)
	case errors.As(err, &faults):
		return nil, usagef("rubric %q has %d %s:\n%w", name, len(faults), plural(len(faults), "fault"), faults)
	case err != nil:
		return nil, &exitError{exitUsage, err}
	}
	return r, nil
}

// ownName refuses a changed rubric under the name of a built-in one: what it
// gives would be taken for the index's.
func ownName(file string, r *rubric.Rubric) error {
	for _, b := range rubric.Builtin() {
		if b.ID == r.ID && b.SHA256 != r.SHA256 {
			return posing("rubric", file, r.ID)
		}
	}
	return nil
}

// ownPolicyName refuses a changed policy under the name of a built-in one: its record would be
// taken for the built-in's.
func ownPolicyName(file string, p *rubric.Policy) error {
	for _, b := range rubric.Policies() {
		if b.ID == p.ID && b.SHA256 != p.SHA256 {
			return posing("policy", file, p.ID)
		}
	}
	return nil
}

// posing is the error on a file that carries the name of a built-in one and is another.
func posing(kind, file, id string) error {
	return usagef("%s %q is a changed one, or one of another version of this program, and carries the name of "+
		"a built-in %s, %s: give it an id of its own", kind, file, kind, id)
}
