package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

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
		Use:   "obligations MODEL",
		Short: "List what the licences of a model ask of whoever uses it",
		Long: `Obligations lists the duties that all licences of an audited model ask, down the
lineage: of its weights, of every model that they were made from, of its code and
data. Each names the licence, whose it is, the section, and where the licence's
text was read the sentence. It reads what is stored and needs no network.

With --write DIR it makes the files that are passed on: NOTICE.txt, ATTRIBUTION.md
and LICENSES.md, which tells where each licence's text stands and its hash.

Exit status: 0 all licences that bind are known; 3 some could not be determined,
or the model is unknown. A list of duties is no legal advice.`,
		Example: `  openness obligations acme/quokka-7b-chat
  openness obligations acme/quokka-7b-chat --write notices --format markdown`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runObligations(cmd.Context(), opts, args[0], cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&opts.write, "write", "", "`DIR` for NOTICE.txt, ATTRIBUTION.md and LICENSES.md")
	chooseFormat(cmd, &opts.format, "text", "json", "markdown")
	return cmd
}

// obligationsJSON is what --format json gives.
type obligationsJSON struct {
	Schema    string                  `json:"schema"`
	Model     string                  `json:"model"`
	Licences  []obligations.Licence   `json:"licences"`
	Duties    []obligations.Duty      `json:"duties"`
	Unsettled []obligations.Unsettled `json:"unsettled"`
}

func runObligations(ctx context.Context, opts *obligationsOptions, name string, w io.Writer) error {
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	bound, err := boundOf(ctx, db, name)
	if err != nil {
		return unknownModel(err)
	}
	out := obligationsJSON{Schema: "openness.obligations/1", Model: bound.Model, Licences: append([]obligations.Licence{}, bound.Licences...),
		Duties: append([]obligations.Duty{}, bound.Duties()...), Unsettled: append([]obligations.Unsettled{}, bound.Unsettled...)}
	for _, l := range bound.Unknown() {
		out.Unsettled = append(out.Unsettled, obligations.Unsettled{Component: l.Component, Reason: "what " + l.ID + " of " + l.Of + " asks is not known here", LookUp: l.URL, Evidence: l.Evidence})
	}
	if opts.write != "" {
		if err := writeNotices(opts.write, out); err != nil {
			return err
		}
	}
	switch opts.format {
	case "json":
		err = reports.WriteJSON(w, out)
	case "markdown":
		err = obligationsMarkdown(w, out)
	default:
		err = obligationsText(w, out)
	}
	if err != nil || len(out.Unsettled) == 0 {
		return err
	}
	return &exitError{exitUnreached, fmt.Errorf("%d of what binds could not be determined", len(out.Unsettled))}
}

// boundOf gathers the licences that bind who uses a stored model.
func boundOf(ctx context.Context, db *data.DB, name string) (obligations.Bound, error) {
	record, err := findStored(ctx, name, db.Record)
	if err != nil {
		return obligations.Bound{}, err
	}
	return obligations.Gather(record.Subject, record.Observations, record.Documents, func(sha256 string) []byte {
		body, err := db.Body(ctx, sha256)
		if err != nil {
			return nil // the built-in snapshot has hashes only
		}
		return body
	}), nil
}

// unknownModel gives an unknown model the exit code of what could not be determined.
func unknownModel(err error) error {
	if errors.Is(err, data.ErrNotFound) {
		return &exitError{exitUnreached, err}
	}
	return err
}
