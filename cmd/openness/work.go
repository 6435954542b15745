package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"openness/audit/crawl"
	"openness/audit/queue"
	"openness/data"
)

type workOptions struct {
	*globalOptions
	queue   queueOptions
	jobs    int
	idle    time.Duration
	address string
}

func newWorkCommand(g *globalOptions) *cobra.Command {
	opts := &workOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "work --queue URL",
		Short: "Look at subjects that an audit on another machine hands out",
		Long: `Work takes subjects that openness audit --queue hands out, looks at them with
the tokens and from the address of this machine, and sends back what it saw: the
audit judges and stores. Any number of workers may run on any number of
machines, and may be stopped or killed at any time: their subjects go to others.

Workers with the same token share its quota in slices; so do those without one
that give the same --address. Unless --db is given, what was fetched is kept
until the worker ends.

Exit status: 0 nothing was to do for --idle; 1 failed or interrupted; 2 bad
usage.`,
		Example: `  openness work --queue nats://queue.example:4222
  openness work --queue nats://a:4222,nats://b:4222,nats://c:4222 --jobs 8 --idle 10m`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runWork(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	opts.queue.add(flags, "`URL` of the NATS servers, several separated by commas (needed)")
	flags.IntVar(&opts.jobs, "jobs", 4, "subjects to look at side by side")
	flags.DurationVar(&opts.idle, "idle", 0, "end when nothing was to do for so long; 0 means never")
	flags.StringVar(&opts.address, "address", "",
		"`NAME` of the address that hosts see; workers behind one address give the same (default the machine's name)")
	return cmd
}

func runWork(ctx context.Context, opts *workOptions) (err error) {
	if opts.queue.url == "" {
		return usagef("work takes its subjects from a queue: give --queue nats://host:port")
	}
	if err := opts.queue.check(); err != nil {
		return err
	}
	if opts.jobs < 1 || opts.idle < 0 {
		return usagef("--jobs %d --idle %v: at least one subject is looked at at a time, and waiting takes no "+
			"less than no time", opts.jobs, opts.idle)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	if opts.address == "" {
		opts.address = host
	}
	w := &fetcher{opts: opts, name: fmt.Sprintf("%s/%d", host, os.Getpid())}
	defer w.close()
	if err := w.open(ctx); err != nil {
		return err
	}
	q, err := opts.queue.connect(ctx, opts.globalOptions, "openness work "+w.name)
	if err != nil {
		return err
	}
	defer q.Close()
	w.quotas = q.Quotas()
	return q.Work(ctx, opts.jobs, opts.idle, w.look)
}

// A fetcher looks at subjects for others.
type fetcher struct {
	opts    *workOptions
	name    string
	db      *data.DB // what was fetched
	quotas  *queue.Lender
	cleanup func()

	mu  sync.Mutex
	run string // the run that auditor is for
	*auditor
}

// open makes room for what is fetched: the store that was named, or a scratch
// one that is removed again.
func (w *fetcher) open(ctx context.Context) (err error) {
	w.cleanup = func() {}
	if w.opts.dbNamed {
		w.db, err = data.Open(ctx, w.opts.db)
		return err
	}
	folder, err := os.MkdirTemp("", "openness-work-")
	if err != nil {
		return fmt.Errorf("room for what is fetched: %w", err)
	}
	removed := unfinished.add(folder)
	w.cleanup = func() {
		_ = os.RemoveAll(folder) // there is nobody to tell
		removed()
	}
	w.db, err = data.OpenScratch(ctx, filepath.Join(folder, "fetched.db"))
	return err
}

func (w *fetcher) close() {
	if w.auditor != nil {
		w.crawler.Close()
	}
	if w.db != nil {
		w.db.Close()
	}
	if w.cleanup != nil {
		w.cleanup()
	}
}

// look is a queue.Handler.
func (w *fetcher) look(ctx context.Context, run string, job *queue.Job) (*queue.Result, error) {
	if job.Tool != version {
		return nil, fmt.Errorf("%w: openness %s hands out, this is %s: use one version everywhere", queue.ErrVersion,
			job.Tool, version)
	}
	var target crawl.Target
	if err := json.Unmarshal(job.Target, &target); err != nil {
		return nil, fmt.Errorf("%w: %w", queue.ErrVersion, err)
	}
	a, err := w.forRun(run, job)
	if err != nil {
		return nil, err
	}
	result := &queue.Result{Tool: version, Worker: w.name, At: w.opts.env.now()}
	result.Record, err = a.crawler.Gather(context.WithValue(ctx, knownKey{}, job.Known), target)
	if err == nil {
		result.Record.Observer = observer()
		result.Record.Observations, err = observed(ctx, result.Record)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		result.Failed = err.Error()
	}
	if w.opts.verbose {
		w.opts.say("%s: %d documents", target.Text, len(result.Record.Documents))
	}
	return result, nil
}

// forRun gives the crawler of a run: it remembers what was fetched in it.
func (w *fetcher) forRun(run string, job *queue.Job) (*auditor, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.run == run {
		return w.auditor, nil
	}
	var settings lookSettings
	if err := json.Unmarshal(job.Settings, &settings); err != nil {
		return nil, fmt.Errorf("%w: %w", queue.ErrVersion, err)
	}
	opts := &auditOptions{globalOptions: w.opts.globalOptions, jobs: w.opts.jobs, budget: settings.Budget,
		refresh: settings.Refresh,
		maxWait: settings.MaxWait, maxAge: age(settings.MaxAge)}
	var err error
	if opts.spend, err = crawl.ParseBudget(settings.Budget); err != nil {
		return nil, fmt.Errorf("%w: %w", queue.ErrVersion, err)
	}
	a := &auditor{opts: opts, db: w.db, stop: func(error) {}}
	a.since = settings.Began
	show := progress{global: w.opts.globalOptions}
	o, err := a.crawlOptions(show.event)
	if err != nil {
		return nil, err
	}
	o.Cache, o.Quotas, o.Address = &lent{&keeper{w.db, a.stop}}, w.quotas, w.opts.address
	if a.crawler, err = crawl.New(o); err != nil {
		return nil, err
	}
	w.run, w.auditor = run, a
	return a, nil
}
