package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/reports"
)

type evidenceOptions struct {
	*globalOptions
	verify bool
	format string
}

func newEvidenceCommand(g *globalOptions) *cobra.Command {
	opts := &evidenceOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "evidence MODEL",
		Short: "List the documents behind a model's judgements; hash them again",
		Long: `Evidence lists every document that the latest audit of a model looked at: its
address, outcome, time, size and SHA-256. With --verify every stored document is
hashed again and every quote is compared with the bytes that it cites. Nothing
is fetched.

Exit status: 0 done; 1 failed, or --verify found something that is not as it was
stored.`,
		Example: `  openness evidence allenai/OLMo-7B
  openness evidence allenai/OLMo-7B --verify --format json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runEvidence(cmd.Context(), opts, args[0])
		},
	}
	cmd.Flags().BoolVar(&opts.verify, "verify", false, "hash stored documents again and compare quotes")
	chooseFormat(cmd, &opts.format, "table", "json")
	return cmd
}

// evidenceJSON is what --format json gives.
type evidenceJSON struct {
	Schema       string             `json:"schema"`
	Model        string             `json:"model"`
	Documents    []audit.Document   `json:"documents"`
	Verification *data.Verification `json:"verification,omitempty"`
}

func runEvidence(ctx context.Context, opts *evidenceOptions, name string) error {
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	record, err := findStored(ctx, db, name, db.Record)
	if err != nil {
		return err
	}
	out := evidenceJSON{Schema: "openness.evidence/1", Model: record.Subject.ID, Documents: append([]audit.Document{},
		record.Documents...)}
	if opts.verify {
		v, err := db.Verify(ctx, name)
		if err != nil {
			return err
		}
		out.Verification = &v
	}
	if err := writeEvidence(opts.env.stdout, opts.format, out); err != nil {
		return err
	}
	if v := out.Verification; v != nil && len(v.Problems) > 0 {
		return fmt.Errorf("%d of %d checks of %q failed: restore the database from a copy, or audit again",
			len(v.Problems), v.Documents+v.Quotes+len(v.Problems), name)
	}
	return nil
}

func writeEvidence(w io.Writer, format string, e evidenceJSON) error {
	if format == "json" {
		return reports.WriteJSON(w, e)
	}
	for _, d := range e.Documents {
		hash := "-"
		if len(d.SHA256) > 12 {
			hash = d.SHA256[:12]
		}
		at := "-"
		if !d.RetrievedAt.IsZero() {
			at = d.RetrievedAt.UTC().Format("2006-01-02 15:04:05Z")
		}
		if _, err := fmt.Fprintf(w, "%-12s %4d %9d  %s  %-12s  %s\n", d.Outcome, d.Status, d.Bytes(), at, hash,
			reports.Visible(d.URL)); err != nil {
			return err
		}
	}
	if v := e.Verification; v != nil {
		fmt.Fprintf(w, "\n%d documents hash to what was recorded; %d quotes are where they say; %d documents of "+
			"the built-in snapshot are not shipped; %d problems\n",
			v.Documents, v.Quotes, v.NotShipped, len(v.Problems))
		for _, p := range v.Problems {
			fmt.Fprintf(w, "PROBLEM %s\n", reports.Visible(p.String()))
		}
	}
	return nil
}
