package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/reports/exchange"
	"openness/reports/ranking"
	"openness/rubric"
)

type exportOptions struct {
	*globalOptions
	format string
	out    string
	rubric string
	only   string
	force  bool
}

// exporters write the whole store, one per format.
var exporters = map[string]func(context.Context, *exportOptions, *data.DB, io.Writer) error{
	"json":     exportJSON,
	"csv":      exportCSV,
	"snapshot": exportSnapshot,
	"warc":     exportWARC,

	"cyclonedx": billExporter(exchange.CycloneDX),
	"spdx":      billExporter(exchange.SPDX),
}

func newExportCommand(g *globalOptions) *cobra.Command {
	opts := &exportOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "export --format FORMAT",
		Short: "Write the store for other tools",
		Long: `Export writes what is stored:
  json      every model's assessment with its evidence
  csv       the ranking, a row per model
  sqlite    a copy of the database (needs --out, a file that is not there yet)
  snapshot  observations without third-party text, as the program ships them
  parquet   models, scores, judgements, observations and documents as Apache Parquet files
            in a folder (needs --out DIR), by all built-in rubrics or --rubric
  warc      every request and answer as a WARC/1.1 web archive, gzipped
  cyclonedx a bill of materials: CycloneDX 1.6 with models, cards, datasets and licences
  spdx      a bill of materials: SPDX 3.0.1 JSON-LD, AI and Dataset profiles`,
		Example: `  openness export --format warc --out crawl.warc.gz
  openness export --format csv > ranking.csv
  openness export --format parquet --out openness-parquet
  openness export --format cyclonedx --only allenai/OLMo-7B > bom.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runExport(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	chooseFormat(cmd, &opts.format, "json", "csv", "sqlite", "snapshot", "parquet", "warc", "cyclonedx", "spdx")
	flags.StringVar(&opts.out, "out", "-", "`FILE` to write (- for standard output); for parquet a folder")
	flags.StringVar(&opts.rubric, "rubric", "", "judge by this rubric `ID` or file (json, csv and parquet; default "+
		defaultRubric+", for parquet all)")
	flags.StringVar(&opts.only, "only", "",
		"only these models: a `LIST` of names with commas between, or a file (json, csv, cyclonedx and spdx)")
	flags.BoolVar(&opts.force, "force", false, "let a copy of the database replace the file that is there (sqlite)")
	return cmd
}

func runExport(ctx context.Context, opts *exportOptions) error {
	switch {
	case opts.format == "sqlite" && opts.out == "-":
		return usagef("a copy of the database needs --out FILE")
	case opts.format == "parquet" && opts.out == "-":
		return usagef("Parquet files go into a folder: name it with --out DIR")
	case opts.force && opts.format != "sqlite":
		return usagef("--force goes with --format sqlite only: leave it out")
	case opts.only != "" && slices.Contains([]string{"sqlite", "snapshot", "parquet", "warc"}, opts.format):
		return usagef("--format %s writes the whole store: leave out --only", opts.format)
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	switch opts.format {
	case "sqlite":
		return exportSQLite(ctx, opts, db)
	case "parquet":
		return exportParquet(ctx, opts, db)
	}
	export := exporters[opts.format]
	if opts.out == "-" {
		return export(ctx, opts, db, opts.env.stdout)
	}
	return writeWhole(opts.out, func(w io.Writer) error { return export(ctx, opts, db, w) })
}

// exportSQLite copies the database into a file that is not there yet or empty: another store holds
// what somebody else fetched and reviewed, and what is gone is not fetched again.
func exportSQLite(ctx context.Context, opts *exportOptions, db *data.DB) error {
	there, err := os.Stat(opts.out)
	if err != nil { // none, as it should be, or none that could be made
		return db.CopyTo(ctx, opts.out)
	}
	own, err := os.Stat(opts.db)
	switch {
	case err == nil && os.SameFile(there, own):
		return usagef("--out %q is the database itself: name another file", opts.out)
	case there.IsDir():
		return usagef("--out %q is a folder: name a file", opts.out)
	case !opts.force && there.Size() > 0:
		return usagef("--out %q is there already: name another file, or replace it with --force", opts.out)
	}
	if !data.IsDatabase(opts.out) { // a log of another store, perhaps: what that holds is nowhere else
		if err := noDatabase(opts.out); err != nil {
			return err
		}
	}
	return db.CopyTo(ctx, opts.out)
}

func exportJSON(ctx context.Context, opts *exportOptions, db *data.DB, w io.Writer) error {
	r, err := oneRubric(opts.rubric)
	if err != nil {
		return err
	}
	books := &library{db: db, rubrics: []*rubric.Rubric{r}}
	models := books.all(ctx)
	if opts.only != "" {
		subjects, err := opts.chosen(ctx, db)
		if err != nil {
			return err
		}
		models = only(models, subjects)
	}
	return reports.StreamAssessmentsJSON(w, books.completed(ctx, models), version)
}

func exportCSV(ctx context.Context, opts *exportOptions, db *data.DB, w io.Writer) error {
	r, err := oneRubric(opts.rubric)
	if err != nil {
		return err
	}
	reviews, err := reviewsByModel(ctx, db)
	if err != nil {
		return err
	}
	rows, err := judgedRows(ctx, db, r, false, patience{}, reviews)
	if err != nil {
		return err
	}
	c := choice{only: opts.only}
	rows, missing, err := c.pick(rows)
	if err == nil {
		err = unknownModels(missing)
	}
	if err != nil {
		return err
	}
	report := ranking.Report{Rubric: r, Tool: version, At: opts.env.now().UTC()}
	return ranking.WriteRows(w, report, ranking.Rank(rows, report.Ranking), reports.CSV, reports.Options{})
}

func exportSnapshot(ctx context.Context, opts *exportOptions, db *data.DB, w io.Writer) error {
	n, err := db.WriteSnapshot(ctx, w)
	if err == nil && !opts.quiet {
		opts.say("a snapshot of %d models", n)
	}
	return err
}

func exportWARC(ctx context.Context, opts *exportOptions, db *data.DB, w io.Writer) error {
	return exchange.WriteWARC(w, exchange.Archive{
		Software: "openness/" + version, At: opts.env.now().UTC(), Gzip: true,
		Records: func(yield func(audit.Record) error) error { return db.EachFullRecord(ctx, yield) },
		Fetches: func(yield func(audit.Document) error) error { return db.EachFetch(ctx, yield) },
		Body:    func(sha256 string) ([]byte, error) { return db.Body(ctx, sha256) },
		Missing: func(err error) bool { return errors.Is(err, data.ErrNoBody) },
	})
}

// chosen are the subjects of --only, all where it is not given. A name that is
// not stored ends the command: who asks for a model wants no file without it.
func (o *exportOptions) chosen(ctx context.Context, db *data.DB) ([]audit.Subject, error) {
	subjects, err := db.Subjects(ctx)
	if err != nil {
		return nil, err
	}
	c := choice{only: o.only}
	subjects, missing, err := c.pickSubjects(subjects)
	if err == nil {
		err = unknownModels(missing)
	}
	return subjects, err
}

// billExporter writes a bill of materials of the chosen models.
func billExporter(write func(io.Writer, exchange.Bill) error) func(context.Context, *exportOptions, *data.DB,
	io.Writer) error {
	return func(ctx context.Context, opts *exportOptions, db *data.DB, w io.Writer) error {
		r, err := oneRubric(opts.rubric)
		if err != nil {
			return err
		}
		subjects, err := opts.chosen(ctx, db)
		if err != nil {
			return err
		}
		books := &library{db: db, rubrics: []*rubric.Rubric{r}, frameworks: true}
		bill := exchange.Bill{Tool: version, At: opts.env.now().UTC()}
		for m, err := range only(books.all(ctx), subjects) {
			if err != nil {
				return err
			}
			bill.Models = append(bill.Models, m)
		}
		for i := range bill.Models {
			if err := books.complete(ctx, &bill.Models[i]); err != nil {
				return err
			}
		}
		return write(w, bill)
	}
}
