package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"openness/audit/phrases"
)

func newPhrasesTryCommand(*globalOptions) *cobra.Command {
	var format string
	var all bool
	cmd := &cobra.Command{
		Use:   "try SENTENCE...",
		Short: "Say which phrases match a sentence, and how they take it",
		Long: `Try reads each sentence with the built-in book: every phrase that matches, with
the words that it matched, how that clause speaks (done, denied, promised,
conditional, advice or quoted) and where the phrase is written. Single words that
count only near others (the facts clause, section and licence.caution) are left
out without --all. A sentence that no phrase matches may still be read: observers
have patterns of their own, and an audit of a page that holds it shows what the
whole program makes of it.`,
		Example: `  openness phrases try "We trained it on 64 H100 GPUs for 12 days."
  openness phrases try "我们开源了训练代码。" --format json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return tryPhrases(cmd.OutOrStdout(), args, format, all)
		},
	}
	chooseFormat(cmd, &format, "text", "json")
	cmd.Flags().BoolVar(&all, "all", false, "also single words that count only near others")
	return cmd
}

// wordClasses are the vocabularies of single words: nearly every sentence has some.
var wordClasses = []string{"clause", "section", "licence.caution"}

// A triedSentence is one entry of `phrases try --format json`.
type triedSentence struct {
	Sentence string        `json:"sentence"`
	Matches  []triedPhrase `json:"matches"`
}

// A triedPhrase is a phrase that matches a sentence.
type triedPhrase struct {
	Fact  string `json:"fact"`
	Value string `json:"value,omitempty"`
	Mode  string `json:"mode"` // how the clause speaks in which the match begins
	Words string `json:"words"`
	File  string `json:"file"`
	Line  int    `json:"line"`
}

func tryPhrases(w io.Writer, sentences []string, format string, all bool) error {
	list := make([]triedSentence, len(sentences))
	for i, sentence := range sentences {
		list[i] = triedSentence{Sentence: sentence, Matches: []triedPhrase{}}
		said := phrases.Read(sentence)
		for _, m := range phrases.Default().FindString(sentence) {
			if !all && slices.Contains(wordClasses, m.Phrase.Fact) {
				continue
			}
			mode, _ := said.At(m.Start)
			list[i].Matches = append(list[i].Matches, triedPhrase{m.Phrase.Fact, m.Phrase.Value, mode,
				sentence[m.Start:m.End], m.Phrase.File, m.Phrase.Line})
		}
	}
	if format == "json" {
		return writeList(w, "openness.phrases/1", list)
	}
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "%s\n", s.Sentence)
		for _, m := range s.Matches {
			value := ""
			if m.Value != "" {
				value = " = " + m.Value
			}
			fmt.Fprintf(&b, "  %s%s (%s): %q, %s:%d\n", m.Fact, value, m.Mode, m.Words, m.File, m.Line)
		}
		if len(s.Matches) == 0 {
			fmt.Fprintln(&b, "  no phrase matches")
		}
	}
	_, err := io.WriteString(shown{w}, b.String())
	return err
}
