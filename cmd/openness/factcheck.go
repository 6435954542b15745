package main

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/rubric"
	"openness/rubric/claims"
)

type factcheckOptions struct {
	*globalOptions
	model   string
	article string
	at      string
	strict  bool
	format  string
}

func newFactcheckCommand(g *globalOptions) *cobra.Command {
	opts := &factcheckOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "factcheck CLAIM | --article FILE|URL|-",
		Short: "Hold claims about models' openness against the evidence",
		Long: `Factcheck takes a sentence apart, such as "OLMo 7B is open source and its data is
public", and holds each claim in it against the stored observations, without any
network. The model must have been audited, or be in the built-in snapshot.

Only what is asserted of the present or the past is judged: a question, a
promise, a condition, or what somebody else is said to say is not checkable.
What the maker says of its model is judged, and so is a claim under a light
hedge ("apparently"); a heavier one ("perhaps") leaves it not checkable.
A sentence is supported only if each of its parts is; words that were not
checked are named. Superlatives and comparisons are held against what is stored.
"Open source" is held against the rubric osaid-1.0, and it is said where the
index osai-2026 differs.

A name that several stored models bear is not guessed at: say with --model which
is meant. A name with a number or a word joined to it ("OLMo 7B", "Qwen-Coder")
is not the name without. It is said which model a name was taken for.

With --article, every claim in a text is held against the evidence, with the
bytes at which it starts and ends in the text (of a web page: in its text).

Exit status: 0 done; 2 no model or no claim was recognised; 3 a claim is
undetermined, or a part of it for want of evidence; 4 a claim is refuted, or
false in part, and --strict was given. With --article, the worst of its claims.`,
		Example: `  openness factcheck "OLMo-7B is open source"
  openness factcheck --model google/gemma-7b "the weights are public" --strict
  openness factcheck --article draft.txt --format html > draft.html`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runFactcheck(cmd.Context(), opts, args, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.model, "model", "",
		"the `MODEL` that the claim is about, where the sentence does not name it")
	flags.StringVar(&opts.article, "article", "",
		"check every claim in a text: a `FILE`, a URL, or - for standard input")
	flags.StringVar(&opts.at, "at", "",
		"hold claims against what was so on a `DATE` (YYYY-MM-DD; without it, a date that the text states, or today)")
	flags.BoolVar(&opts.strict, "strict", false, "exit 4 when a claim is refuted, or false in part")
	chooseFormat(cmd, &opts.format, "text", "json", "markdown", "html")
	return cmd
}

func runFactcheck(ctx context.Context, opts *factcheckOptions, args []string, w io.Writer) error {
	switch {
	case (opts.article == "") == (len(args) == 0):
		return usagef("give one claim, or --article")
	case len(args) > 1:
		return usagef("a claim is one sentence: put it in quotes, %q", strings.Join(args, " "))
	}
	var at time.Time
	if opts.at != "" {
		var err error
		if at, err = readDay(opts.at); err != nil {
			return err
		}
		if at.After(opts.env.now()) {
			return usagef("--at %s lies ahead: nobody knows yet", opts.at)
		}
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	checker := &factchecker{opts: opts, at: at}
	if err := checker.open(ctx, db); err != nil {
		return err
	}
	write := verdictWriters[opts.format]
	if opts.article != "" {
		return checker.article(ctx, w, write)
	}
	return checker.sentence(w, write, args[0])
}

// A factchecker checks sentences against one store.
type factchecker struct {
	opts  *factcheckOptions
	at    time.Time
	namer *namer
	store *storedModels
}

func (f *factchecker) open(ctx context.Context, db *data.DB) error {
	subjects, err := db.Subjects(ctx)
	if err != nil {
		return err
	}
	f.namer = newNamer(subjects)
	f.store = &storedModels{ctx: ctx, db: db, keys: f.namer.keys, released: f.namer.released}
	if f.opts.model != "" {
		record, err := findStored(ctx, db, f.opts.model, db.Record)
		if err != nil {
			return err
		}
		f.namer.prefer(record.Subject)
	}
	return nil
}

func (f *factchecker) checker() *claims.Checker {
	return &claims.Checker{Library: f.store, At: f.at, Now: f.opts.env.now(), Service: serviceOf}
}

// sentence checks one claim.
func (f *factchecker) sentence(w io.Writer, write verdictWriter, text string) error {
	if strings.TrimSpace(text) == "" {
		return usagef("the claim is empty: give a sentence, such as \"phi-2 is open source\"")
	}
	if len(text) > maxSentence {
		return usagef("the claim has %d bytes, and at most %d are read in one go: give a text of several sentences with --article",
			len(text), maxSentence)
	}
	names, unclear := f.namer.names(text)
	if unclear != "" {
		return usagef("%q may speak of %s: say which with --model", text, unclear)
	}
	c := f.checker().Check(text, names, f.namer.preferred)
	if f.store.err != nil {
		return f.store.err
	}
	c.Notes = append(f.namer.notes(text, names), staleNotes(&c)...)
	if c.Verdict == rubric.NotRecognised || c.Model == nil {
		c.Verdict = rubric.NotRecognised
		if f.opts.format == "json" {
			if err := reports.WriteJSON(w, c); err != nil {
				return err
			}
		}
		if c.Model == nil {
			return usagef("no audited model is named in %q: %s%s", text, cmp.Or(f.namer.perhaps(text),
				"audit it first, or name it with --model"), unreadWriting(text))
		}
		return usagef("no claim that can be checked was recognised in %q; understood are, for example, %s%s",
			text, knownClaims(), unreadWriting(text))
	}
	if err := write(w, &checkedText{Text: text, One: true, Claims: []claims.Checked{c}}); err != nil {
		return err
	}
	return f.exit([]claims.Checked{c})
}

// staleNotes say that what a verdict rests on could not be read anew.
func staleNotes(c *claims.Checked) []string {
	var observations []audit.Observation
	for _, p := range c.Parts {
		observations = append(observations, p.Observations...)
	}
	if words := reports.StaleWords(observations); words != "" {
		return []string{words}
	}
	return nil
}

// exit gives the worst verdict its exit code.
func (f *factchecker) exit(list []claims.Checked) error {
	code := exitDone
	for _, c := range list {
		code = max(code, f.codeOf(&c))
	}
	if code == exitDone {
		return nil
	}
	return &exitError{code: code}
}

func (f *factchecker) codeOf(c *claims.Checked) int {
	has := func(verdicts ...rubric.Verdict) bool {
		return slices.ContainsFunc(c.Parts, func(p claims.Part) bool { return slices.Contains(verdicts, p.Verdict) })
	}
	switch {
	case f.opts.strict && (c.Verdict == rubric.Refuted ||
		c.Verdict == rubric.Partly && has(rubric.Refuted, rubric.Partly)):
		return exitDisallowed
	case c.Verdict == rubric.Unverifiable,
		c.Verdict == rubric.Partly && (has(rubric.Unverifiable, rubric.NotCheckable) || len(c.Unchecked) > 0):
		return exitUnreached
	}
	return exitDone
}

// knownClaims are examples of sentences that are understood.
func knownClaims() string {
	return `"X is open source", "the weights of X are public", "X is under the MIT licence", ` +
		`"X may be used commercially", "X's training data can be downloaded", "X's training code is public", ` +
		`"X is gated", "no paper on X was published"; what each is held to stands in docs/claims.md`
}

// readWriting are the ways of writing of the languages that are read.
var readWriting = []*unicode.RangeTable{unicode.Latin, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
	unicode.Common, unicode.Inherited}

// unreadWriting says which languages are read, where a text is written in none of them.
func unreadWriting(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) && !unicode.In(r, readWriting...) }) {
		return ""
	}
	return "; its language is not read: sentences are read in English, Chinese, German, French and Spanish, " +
		"and plain ones in Japanese and Korean"
}
