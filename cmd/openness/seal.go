package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/reports/exchange"
	"openness/reports/seal"
)

type sealOptions struct {
	*globalOptions
	rubrics []string
	out     string
	key     string
}

func newSealCommand(g *globalOptions) *cobra.Command {
	opts := &sealOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "seal MODEL",
		Short: "Write one file of what is known of a model, to be verified elsewhere",
		Long: `Seal writes judgements with their evidence, the fetched pages as a web archive
and hashes of all into one file: canonical JSON (RFC 8785), whose digest covers
every byte. With --key an SSH key signs the digest, as ssh-keygen -Y sign -n
openness-seal does. openness verify checks the file without network or store.`,
		Example: `  openness seal allenai/OLMo-7B --out olmo.seal.json
  openness seal allenai/OLMo-7B --key ~/.ssh/id_ed25519 --out olmo.seal.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSeal(cmd.Context(), opts, args[0])
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&opts.rubrics, "rubric", nil, "judge by this rubric `ID` or file; may be given several times")
	flags.StringVar(&opts.out, "out", "-", "`FILE` to write (- for standard output)")
	flags.StringVar(&opts.key, "key", "", "sign with this SSH private key `FILE`, which has no passphrase")
	return cmd
}

func runSeal(ctx context.Context, opts *sealOptions, name string) error {
	var signer seal.Signer
	if opts.key != "" {
		var err error
		if signer, err = seal.ReadKey(opts.key); err != nil {
			return usagef("--key: %w", err)
		}
	}
	db, m, _, err := openModel(ctx, opts.globalOptions, name, opts.rubrics)
	if err != nil {
		return err
	}
	defer db.Close()
	var assessments, archive bytes.Buffer
	if err := reports.WriteAssessmentsJSON(&assessments, []reports.Model{m}, version); err != nil {
		return err
	}
	at := opts.env.now().UTC()
	if err := archiveOf(ctx, &archive, db, audit.Record{Subject: m.Subject, Observations: m.Observations,
		Documents: m.Documents}, exchange.Archive{Software: "openness/" + version, At: at, Gzip: true}); err != nil {
		return err
	}
	s := seal.Sealed{SealedAt: reports.TimeText(at), Tool: version, Model: m.Subject.ID,
		Assessments: assessments.Bytes(), Documents: []seal.Document{}}
	for _, d := range m.Documents {
		sealed := seal.Document{URL: d.URL, Revision: d.Revision, RetrievedAt: reports.TimeText(d.RetrievedAt),
			Status:  d.Status,
			Outcome: string(d.Outcome), SHA256: d.SHA256, Bytes: d.Bytes()}
		if _, err := db.Body(ctx, d.SHA256); d.SHA256 != "" && errors.Is(err, data.ErrNoBody) {
			sealed.Missing = "the bytes are not stored here"
		}
		s.Documents = append(s.Documents, sealed)
	}
	write := func(w io.Writer) error { return seal.Write(w, s, archive.Bytes(), signer) }
	if opts.out == "-" {
		return write(opts.env.stdout)
	}
	return writeWhole(opts.out, write)
}

// archiveOf writes the documents of one record as a web archive.
func archiveOf(ctx context.Context, w io.Writer, db *data.DB, record audit.Record, a exchange.Archive) error {
	a.Records = func(yield func(audit.Record) error) error { return yield(record) }
	a.Fetches = func(yield func(audit.Document) error) error {
		for _, d := range record.Documents {
			if err := yield(d); err != nil {
				return err
			}
		}
		return nil
	}
	a.Body = func(sha256 string) ([]byte, error) { return db.Body(ctx, sha256) }
	a.Missing = func(err error) bool { return errors.Is(err, data.ErrNoBody) }
	return exchange.WriteWARC(w, a)
}

type verifyOptions struct {
	*globalOptions
	signer string
	format string
}

func newVerifyCommand(g *globalOptions) *cobra.Command {
	opts := &verifyOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Check a sealed file: form, digest, signature, documents and quotes",
		Long: `Verify reads a file that seal wrote (- for standard input) and checks, without network or store, that
it is canonical, that its content hashes to its digest, that the signature holds,
that the archived documents hash to what is said of them and stand under the
addresses that they and the quotes bear, that every quote stands where it says,
that no rule calls open or partial what no quote of a document shows, and that
scores, classes, sources and times agree. One changed byte is found. Whoever can
write the file can seal it anew: who sealed it only a signature tells, and --signer
whose it must be.

Exit status: 0 it is what was sealed; 1 it is not; 2 bad usage.`,
		Example: `  openness verify olmo.seal.json
  openness verify olmo.seal.json --signer newsroom.pub --format json
  openness seal allenai/OLMo-7B | openness verify -`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runVerify(opts, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.signer, "signer", "", "the SSH public key `FILE` of who must have signed")
	chooseFormat(cmd, &opts.format, "text", "json")
	return cmd
}

// largestSeal bounds a sealed file.
const largestSeal = 256 << 20

func runVerify(opts *verifyOptions, file string) error {
	want := ""
	if opts.signer != "" {
		line, err := readBounded(opts.signer, largestRules)
		if err == nil {
			want, err = seal.Fingerprint(line)
		}
		if err != nil {
			return usagef("--signer %q: %w", opts.signer, err)
		}
	}
	text, err := sealedText(opts, file)
	if err != nil {
		return usagef("sealed file %q: %w", file, err)
	}
	r, err := seal.Check(text)
	if err != nil {
		return fmt.Errorf("%q: %w", file, err)
	}
	if want != "" && r.SignedBy != want {
		r.Problems = append(r.Problems, fmt.Sprintf("signed by %s, not by %s", cmp.Or(r.SignedBy, "nobody"), want))
	}
	if opts.format == "json" {
		if err := reports.WriteJSON(opts.env.stdout, r); err != nil {
			return err
		}
	} else {
		writeVerified(opts.env.stdout, r)
	}
	if len(r.Problems) > 0 {
		return fmt.Errorf("%w: %d %s", seal.ErrChanged, len(r.Problems), plural(len(r.Problems), "problem"))
	}
	return nil
}

func sealedText(opts *verifyOptions, file string) ([]byte, error) {
	if file == "-" {
		return readAtMostOf(opts.env.stdin, largestSeal)
	}
	return readBounded(file, largestSeal)
}

func writeVerified(w io.Writer, r *seal.Report) {
	fmt.Fprintf(w, "%s, sealed %s by openness %s\ndigest %s\n", reports.Visible(r.Model), reports.Visible(r.SealedAt),
		reports.Visible(r.Tool), reports.Visible(r.Digest))
	fmt.Fprintf(w, "signed by %s\n", cmp.Or(r.SignedBy, "nobody"))
	fmt.Fprintf(w, "%d documents hash to what is said of them; %d quotes are where they say; "+
		"%d are not in the file; %d %s\n", r.Documents, r.Quotes, r.Unshipped, len(r.Problems),
		plural(len(r.Problems), "problem"))
	for _, p := range r.Problems {
		fmt.Fprintf(w, "PROBLEM %s\n", reports.Visible(p))
	}
}
