package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/audit/obligations"
	"openness/data"
	"openness/reports"
)

type obligationsOptions struct {
	*globalOptions
	format string
	write  string
}

func newObligationsCommand(g *globalOptions) *cobra.Command {
	opts := &obligationsOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "obligations MODEL...",
		Short: "List what the licences of models ask of whoever uses them",
		Long: `Obligations lists the duties that all licences of an audited model ask, down the
lineage: of its weights, of every model that they were made from, of its code and
data. Each names the licence, whose it is, the section, and where the licence's
text was read the sentence. It reads what is stored and needs no network.

With --write DIR it makes the files that are passed on: NOTICE.txt, ATTRIBUTION.md
and LICENSES.md, which tells where each licence's text stands and its hash. Of
several models each gets a folder in DIR, and --format json is a list.

Exit status: 0 all licences that bind are known; 3 some could not be determined,
or a model is unknown or ambiguous (the others are done). A list of duties is no legal advice.`,
		Example: `  openness obligations acme/quokka-7b-chat
  openness obligations acme/quokka-7b-chat --write notices --format markdown`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runObligations(cmd.Context(), opts, args, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&opts.write, "write", "", "`DIR` for NOTICE.txt, ATTRIBUTION.md and LICENSES.md")
	chooseFormat(cmd, &opts.format, "text", "json", "markdown")
	return cmd
}

// obligationsJSON is what --format json gives of one model.
type obligationsJSON struct {
	Schema    string                  `json:"schema"`
	Model     string                  `json:"model"`
	Outcome   string                  `json:"outcome"` // known, undetermined or unknown_model
	Note      string                  `json:"note"`    // of an unknown one: why, and which names it could stand for; else of sources that fail now
	Licences  []obligations.Licence   `json:"licences"`
	Duties    []obligations.Duty      `json:"duties"`
	Unsettled []obligations.Unsettled `json:"unsettled"`
}

// The outcomes of obligations.
const (
	outcomeKnown        = "known"        // all that binds
	outcomeUndetermined = "undetermined" // what is listed may not be all
	outcomeUnknown      = string(unknownAnswer)
)

func runObligations(ctx context.Context, opts *obligationsOptions, names []string, w io.Writer) error {
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	var all []obligationsJSON
	for _, name := range names {
		bound, err := boundOf(ctx, db, name)
		if err != nil && !notOne(err) {
			return err
		}
		all = append(all, obligationsOf(name, bound, err))
	}
	if err := writePacks(opts.write, all); err != nil {
		return err
	}
	if err := writeObligations(w, all, opts.format); err != nil {
		return err
	}
	return obligationsExit(all)
}

// obligationsOf is what is told of one model; failed says why it is not known.
func obligationsOf(name string, bound obligations.Bound, failed error) obligationsJSON {
	out := obligationsJSON{Schema: "openness.obligations/1", Model: name, Outcome: outcomeKnown,
		Licences: []obligations.Licence{}, Duties: []obligations.Duty{}, Unsettled: []obligations.Unsettled{}}
	if failed != nil {
		out.Outcome, out.Note = outcomeUnknown, failed.Error()
		return out
	}
	out.Model, out.Note = bound.Model, bound.Stale
	out.Licences = append(out.Licences, bound.Licences...)
	out.Duties = append(out.Duties, bound.Duties()...)
	out.Unsettled = append(out.Unsettled, bound.Unsettled...)
	for _, l := range bound.Unknown() {
		out.Unsettled = append(out.Unsettled, obligations.Unsettled{Component: l.Component,
			Reason: "what " + l.ID + " of " + l.Of + " asks is not known here", LookUp: l.URL, Evidence: l.Evidence})
	}
	if len(out.Unsettled) > 0 {
		out.Outcome = outcomeUndetermined
	}
	return out
}

// writePacks makes the files that go along: in dir for one model, in a folder of
// its own for each of several.
func writePacks(dir string, all []obligationsJSON) error {
	if dir == "" {
		return nil
	}
	for _, o := range all {
		to := dir
		if len(all) > 1 {
			to = filepath.Join(dir, folderOf(o.Model))
		}
		if o.Outcome == outcomeUnknown {
			continue
		}
		if err := writeNotices(to, o); err != nil {
			return err
		}
	}
	return nil
}

// folderOf is a model's name as that of a folder.
func folderOf(model string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return '_'
	}, strings.TrimLeft(model, "."))
}

func writeObligations(w io.Writer, all []obligationsJSON, format string) error {
	if format == "json" {
		if len(all) == 1 {
			return reports.WriteJSON(w, all[0])
		}
		return reports.WriteJSON(w, all)
	}
	write := obligationsText
	if format == "markdown" {
		write = obligationsMarkdown
	}
	for i, o := range all {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := write(w, o); err != nil {
			return err
		}
	}
	return nil
}

// obligationsExit tells of models that are not known, or else of what is open.
func obligationsExit(all []obligationsJSON) error {
	var unknown []string
	open := 0
	for _, o := range all {
		if o.Outcome == outcomeUnknown {
			unknown = append(unknown, o.Note)
		}
		open += len(o.Unsettled)
	}
	switch {
	case len(unknown) > 0:
		return &exitError{exitUnreached, fmt.Errorf("not known: %s", strings.Join(unknown, "; "))}
	case open > 0:
		return &exitError{exitUnreached, fmt.Errorf("%d of what binds could not be determined", open)}
	}
	return nil
}

// boundOf gathers the licences that bind who uses a stored model.
func boundOf(ctx context.Context, db *data.DB, name string) (obligations.Bound, error) {
	record, err := findStored(ctx, db, name, db.Record)
	if err != nil {
		return obligations.Bound{}, err
	}
	bound := obligations.Gather(record.Subject, record.Observations, record.Documents, func(sha256 string) []byte {
		body, err := db.Body(ctx, sha256)
		if err != nil {
			return nil // the built-in snapshot has hashes only
		}
		return body
	})
	bound.Stale = reports.StaleWords(slices.DeleteFunc(record.Observations, func(o audit.Observation) bool {
		return !strings.HasPrefix(o.Fact, "license.")
	}))
	return bound, nil
}

// notOne reports whether an error says that a name stands for no stored model, or
// for several.
func notOne(err error) bool {
	return errors.Is(err, data.ErrNotFound) || errors.Is(err, data.ErrAmbiguous)
}
