package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"openness/audit/phrases"
)

func newPhrasesCommand(global *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "phrases",
		Short: "Check the phrase book: the wordings by which pages are read",
		Long: `The phrase book says in which words pages tell what is released, denied,
promised or given on request. It is data: docs/phrases.md has the syntax and how
to add a wording or a language.`,
		Example: `  openness phrases lint
  openness phrases lint mine.yaml
  openness phrases try "The training code will be released soon."`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPhrasesLintCommand(global), newPhrasesTryCommand(global))
	return cmd
}

func newPhrasesLintCommand(*globalOptions) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "lint [FILE...]",
		Short: "Try every phrase on its own examples and list every fault with its place",
		Long: `Lint reads files of phrases, without FILE the built-in book, and lists every
fault with file and line: unknown keys and values, wordings that cannot be read,
a sentence under "yes" that the phrase does not match, one under "no" that it
does. It ends with exit code 1 if there is any, and with 2 where a file cannot
be read. Groups of the built-in book may be used in FILE.`,
		Example: "  openness phrases lint\n  openness phrases lint mine.yaml --format json",
		RunE: func(cmd *cobra.Command, args []string) error {
			return lintPhrases(cmd.OutOrStdout(), args, format)
		},
	}
	chooseFormat(cmd, &format, "text", "json")
	return cmd
}

func lintPhrases(w io.Writer, names []string, format string) error {
	files := phrases.Builtin()
	if len(names) > 0 {
		files = nil
	}
	for _, name := range names {
		data, err := readBounded(name, maxPhrases)
		if err != nil {
			return usagef("phrases %q: %w", name, err)
		}
		files = append(files, phrases.File{Name: name, Data: data})
	}
	list, faults := phrases.Lint(files)
	switch {
	case format == "json":
		if err := writeList(w, "openness.fault/1", faults); err != nil {
			return err
		}
	case len(faults) > 0:
		fmt.Fprintln(w, faults.Error())
	default:
		examples := 0
		for _, p := range list {
			examples += len(p.Yes) + len(p.No)
		}
		fmt.Fprintf(w, "no fault; %d %s, %d examples\n", len(list), plural(len(list), "phrase"), examples)
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d %s found", len(faults), plural(len(faults), "fault"))
	}
	return nil
}

// maxPhrases bounds a file of phrases: the largest built-in one has some 20 kB.
const maxPhrases = 4 << 20
