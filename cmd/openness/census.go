package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/hub"
	"openness/audit/observe"
	"openness/data"
	"openness/reports"
	"openness/reports/census"
)

type censusOptions struct {
	*globalOptions
	resume  bool
	restart bool
	maxWait time.Duration
	rubric  string
	top     int
	at      string
	format  reports.Format
}

func newCensusCommand(g *globalOptions) *cobra.Command {
	opts := &censusOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "census",
		Short: "Read the hub's whole list of models, and count how open they are",
		Long: `Census reads Hugging Face's list of all models, a thousand at a time, stores one
compact row of each, and counts: weights, gates, licence tags, organisations,
families of base models, downloads. What the list tells is judged under the rubric;
what it does not (cards, papers, texts of licences, data, code) stays undetermined.

A census that was stopped or killed goes on with --resume where it was; no page is
stored twice. Each finished census is kept: "census show" counts one again, "census
diff" tells what changed between two.

A list of 2.5 million models takes 2,500 requests: at the hub's quotas at least 20
minutes without a token and 10 with one in HF_TOKEN.

Exit status: 0 done; 1 failed; 2 bad usage; 3 the hub could not be reached to the
end, and --resume goes on.`,
		Example: `  openness census
  openness census --resume --format json > census.json
  openness census diff`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runCensus(cmd.Context(), opts) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&opts.resume, "resume", false, "go on with the census that was not finished, if there is one")
	flags.BoolVar(&opts.restart, "restart", false, "drop the census that was not finished and begin anew")
	flags.DurationVar(&opts.maxWait, "max-wait", 10*time.Minute,
		"longest wait for the hub's quota, which is counted by five minutes")
	opts.counting(cmd)
	cmd.AddCommand(newCensusShowCommand(g), newCensusListCommand(g), newCensusDiffCommand(g))
	return cmd
}

// censusTop is how many rows a table of a census has unless told.
const censusTop = 20

// counting declares the flags of what prints a count.
func (o *censusOptions) counting(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.rubric, "rubric", "", "judge by this rubric `ID` or file (default "+defaultRubric+")")
	cmd.Flags().IntVar(&o.top, "top", censusTop, "rows of each table")
	chooseFormat(cmd, &o.format, census.Formats()...)
}

func (o *censusOptions) check() error {
	if o.top < 1 {
		return usagef("--top %d: a table has at least one row", o.top)
	}
	return nil
}

func runCensus(ctx context.Context, opts *censusOptions) error {
	if err := opts.check(); err != nil {
		return err
	}
	if err := checkWait(opts.maxWait); err != nil {
		return err
	}
	if opts.resume && opts.restart {
		return usagef("--resume goes on and --restart begins anew: give one of them")
	}
	r, err := oneRubric(opts.rubric)
	if err != nil {
		return err
	}
	db, err := data.Open(ctx, opts.db)
	if err != nil {
		return err
	}
	defer db.Close()
	c, err := opts.begin(ctx, db)
	if err != nil {
		return err
	}
	if err := opts.read(ctx, db, c); err != nil {
		return err
	}
	return opts.print(ctx, db, c, r)
}

// begin gives the census to go on with, or a new one.
func (o *censusOptions) begin(ctx context.Context, db *data.DB) (*data.Census, error) {
	all, err := db.Censuses(ctx)
	if err != nil {
		return nil, err
	}
	if n := len(all); n > 0 && !all[n-1].Complete() {
		last := &all[n-1]
		switch {
		case o.resume:
			if !o.quiet {
				o.say("going on with the census of %s behind %d pages, %d models", last.Started.Format(time.DateOnly),
					last.Pages, last.Models)
			}
			return last, nil
		case !o.restart:
			return nil, usagef("the census of %s was not finished (%d models): --resume goes on with it, --restart "+
				"drops it and begins anew",
				last.Started.Format(time.DateOnly), last.Models)
		}
		if err := db.DropCensus(ctx, last.ID); err != nil {
			return nil, err
		}
	}
	query, err := json.Marshal(hub.WholeQuery())
	if err != nil {
		return nil, err
	}
	c, err := db.BeginCensus(ctx, string(query), version, o.env.now().UTC())
	return &c, err
}

// read takes the list to its end, page by page.
func (o *censusOptions) read(ctx context.Context, db *data.DB, c *data.Census) error {
	var query hub.Query
	if err := json.Unmarshal([]byte(c.Query), &query); err != nil {
		return fmt.Errorf("census of %s: what it asks for cannot be read: %w", c.Started.Format(time.DateOnly), err)
	}
	a := &auditor{opts: &auditOptions{globalOptions: o.globalOptions, maxWait: o.maxWait, jobs: 1}}
	// of lines: a list does not tell its length
	show := newProgress(&globalOptions{env: &environment{stderr: o.env.stderr}, quiet: o.quiet, verbose: o.verbose}, 0)
	settings, err := a.crawlOptions(show.event)
	settings.Cache = nil
	var crawler *crawl.Crawler
	if err == nil {
		crawler, err = crawl.New(settings)
	}
	if err != nil {
		return &exitError{exitUsage, err}
	}
	defer crawler.Close()
	pager := crawler.List(query, func(format string, a ...any) {
		if !o.quiet {
			show.line("census: "+format, a...)
		}
	})
	reader := observe.NewListReader()
	told := o.env.now()
	for list := newListReading(pager, c.Cursor); !c.Complete(); {
		asked := pager.Asked
		page, err := pager.Page(ctx, list.at)
		if err != nil {
			return o.stopped(ctx, c, err)
		}
		models, entries, odd, err := readPage(reader, page.Body)
		if err != nil {
			return o.stopped(ctx, c, fmt.Errorf("%w: what came as page %d is none: %w", hub.ErrListUnreached,
				c.Pages+1, err))
		}
		believed, fault := list.believe(&page, entries)
		if fault != "" {
			return o.stopped(ctx, c, fmt.Errorf("%w: page %d %s", hub.ErrListUnreached, c.Pages+1, fault))
		}
		if !believed {
			continue
		}
		if odd > 0 && !o.quiet {
			show.line("census: page %d: %s left out, whose ids are no names of models", c.Pages+1,
				reports.Plural(odd, "entry", "entries"))
		}
		asks, err := json.Marshal(pager.Query)
		if err != nil {
			return err
		}
		err = db.SavePage(ctx, c, &data.CensusPage{Models: models, Next: page.Next, Query: string(asks),
			Requests: pager.Asked - asked, At: page.At.UTC()})
		if err != nil {
			return o.stopped(ctx, c, err)
		}
		if now := o.env.now(); !o.quiet && now.Sub(told) >= tellEvery {
			told = now
			show.line("census: %d pages, %d models", c.Pages, c.Models)
		}
	}
	return nil
}

// tellEvery is how often a census says how far it is.
const tellEvery = 15 * time.Second

// readPage reads a page's entries. What is private is seen with a token alone and is
// no part of the public hub. odd counts entries whose ids name no model.
func readPage(reader *observe.ListReader, body []byte) (models []audit.Listed, entries, odd int, err error) {
	models = make([]audit.Listed, 0, hub.MaxPage)
	err = hub.ParseList(body, func(m *hub.Model) error {
		entries++
		switch {
		case !hub.ValidID(m.ID):
			odd++
		case m.Private == nil || !*m.Private:
			models = append(models, reader.Read(m))
		}
		return nil
	})
	return models, entries, odd, err
}

// stopped says why a census is not complete and how it goes on.
func (o *censusOptions) stopped(ctx context.Context, c *data.Census, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("stopped: %w; %d models are stored, and openness census --resume goes on", context.Cause(ctx),
			c.Models)
	}
	if errors.Is(err, hub.ErrCursorRefused) {
		return fmt.Errorf("%w; openness census --restart begins anew", err)
	}
	if errors.Is(err, hub.ErrListUnreached) {
		return &exitError{exitUnreached, fmt.Errorf("%w; %d models are stored, and openness census --resume goes on",
			err, c.Models)}
	}
	return fmt.Errorf("census behind page %d: %w; openness census --resume goes on", c.Pages, err)
}
