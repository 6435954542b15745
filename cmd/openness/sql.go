package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/reports/exchange"
	"openness/rubric"
)

type sqlOptions struct {
	*globalOptions
	format   reports.Format
	timeout  time.Duration
	rows     int
	datasets bool
}

func newSQLCommand(g *globalOptions) *cobra.Command {
	opts := &sqlOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "sql [QUERY]",
		Short: "Ask the store in SQL, reading only",
		Long: `Sql runs one SQLite query over the store, which is opened for reading only: over the
views models, scores, judgements, evidence, licences, sources and census, and over
the tables of the file (as main.NAME). Without a QUERY it lists the views and their
columns; - reads it from standard input.

Without a store it asks the built-in snapshot, judged by the default rubric.

Exit status: 0 done; 1 the query failed, or took longer than --timeout; 2 it would
write, or the usage is wrong.`,
		Example: `  openness sql "SELECT class, count(*) FROM judgements WHERE dimension = 'datasheet' GROUP BY class"
  openness sql "SELECT model, licence FROM licences WHERE component = 'weights'" --format csv
  openness sql --datasette > metadata.json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runSQL(cmd.Context(), opts, args) },
	}
	flags := cmd.Flags()
	chooseFormat(cmd, &opts.format, reports.Table, reports.JSON, reports.CSV)
	flags.DurationVar(&opts.timeout, "timeout", time.Minute, "longest time that a query may take; 0 for any")
	flags.IntVar(&opts.rows, "max-rows", 10000,
		"most rows to give, and a note on stderr where there are more; 0 for all")
	flags.BoolVar(&opts.datasets, "datasette", false,
		"print metadata for Datasette, with the views as queries of its own")
	return cmd
}

func runSQL(ctx context.Context, opts *sqlOptions, args []string) error {
	if opts.rows < 0 || opts.timeout < 0 {
		return usagef("--max-rows and --timeout are not below 0")
	}
	if opts.datasets {
		return exchange.WriteDatasette(opts.env.stdout, views())
	}
	if len(args) == 0 {
		return exchange.WriteViews(opts.env.stdout, views(), opts.format, reports.Options{Width: opts.width()})
	}
	query := args[0]
	if query == "-" {
		text, err := io.ReadAll(io.LimitReader(opts.env.stdin, longestQuery))
		if err != nil {
			return fmt.Errorf("the query on standard input: %w", err)
		}
		query = string(text)
	}
	if data.EmptyQuery(query) {
		return usagef("%w (openness sql lists what can be asked)", data.ErrNoQuery)
	}
	db, err := opts.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	limited := ctx
	if opts.timeout > 0 {
		var stop context.CancelFunc
		limited, stop = context.WithTimeout(ctx, opts.timeout)
		defer stop()
	}
	err = opts.ask(limited, db, query)
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("stopped: %w", context.Cause(ctx))
	case limited.Err() != nil:
		return fmt.Errorf("the query took longer than %s (--timeout)", opts.timeout)
	case errors.Is(err, data.ErrWrites), errors.Is(err, data.ErrQueries):
		return &exitError{exitUsage, err}
	}
	return err
}

// longestQuery is the most of standard input that is taken for a query, in bytes.
const longestQuery = 1 << 20

// errEnough ends a query that has given as many rows as are wanted.
var errEnough = errors.New("enough rows")

func (o *sqlOptions) ask(ctx context.Context, db *data.DB, query string) error {
	out := exchange.NewRows(o.env.stdout, o.format, reports.Options{Width: o.width()})
	n := 0
	err := db.Query(ctx, query, out.Head, func(row []any) error {
		if n++; o.rows > 0 && n > o.rows {
			return errEnough
		}
		return out.Row(row)
	})
	cut := errors.Is(err, errEnough)
	if err != nil && !cut {
		return err
	}
	if err := out.End(cut); err != nil {
		return err
	}
	if cut && !o.quiet {
		o.say("there are more than %d rows: --max-rows 0 gives all", o.rows)
	}
	return nil
}

// open opens the store for reading, or a copy of the built-in snapshot in memory.
func (o *sqlOptions) open(ctx context.Context) (*data.DB, error) {
	db, err := data.OpenToQuery(ctx, o.db)
	if !errors.Is(err, fs.ErrNotExist) {
		return db, err
	}
	if o.dbNamed {
		return nil, fmt.Errorf("no database %q: audit a model first, or name another with --db", o.db)
	}
	if !o.quiet {
		o.say("no database %q: these are the built-in snapshot's models (their quotes are not shipped)", o.db)
	}
	if db, err = data.OpenSnapshotStore(ctx); err != nil {
		return nil, err
	}
	if err := judgeAll(ctx, db, o.env.now()); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// judgeAll stores an assessment of every model by the default rubric.
func judgeAll(ctx context.Context, db *data.DB, at time.Time) error {
	r, err := oneRubric("")
	if err != nil {
		return err
	}
	var subjects []audit.Subject
	var assessments []rubric.Assessment
	err = db.EachRecord(ctx, func(s audit.Subject, observations []audit.Observation) error {
		subjects, assessments = append(subjects, s), append(assessments, r.Judge(observations))
		return nil
	})
	for i := range subjects {
		if err == nil {
			err = db.SaveAssessments(ctx, subjects[i], assessments[i:i+1], version, at)
		}
	}
	return err
}

// views are the store's views as reports show them.
func views() []exchange.View {
	var list []exchange.View
	for _, v := range data.Views() {
		columns := make([]exchange.Column, len(v.Columns))
		for i, c := range v.Columns {
			columns[i] = exchange.Column(c)
		}
		list = append(list, exchange.View{Name: v.Name, About: v.About, Columns: columns, SQL: v.SQL})
	}
	return list
}
