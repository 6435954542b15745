package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/crawl/fetch"
	"openness/data"
	"openness/reports"
	"openness/reports/dossier"
	"openness/rubric"
)

// defaultRubric is the current edition of the index whose rubric the tool is
// built around; the 2023 original is radboud-2023.
const defaultRubric = "osai-2026"

// auditOptions are the flags of audit.
type auditOptions struct {
	*globalOptions
	from    string
	warc    string
	rubrics []string
	offline bool
	refresh bool
	jobs    int
	format  reports.Format
	maxWait time.Duration
	maxAge  age
	budget  string
	spend   crawl.Budget // what budget says
	at      string
	date    time.Time // at, read
	shard   shard
	queue   queueOptions
}

func newAuditCommand(g *globalOptions) *cobra.Command {
	opts := &auditOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "audit TARGET...",
		Short: "Look at models, judge how open they are and store the evidence",
		Long: `Audit looks at a model's hub page, base model, repository, papers and
licences, reads observations from them, judges these under one or more rubrics
and stores everything in the database.

A TARGET is a Hugging Face id (org/name) or URL, a GitHub repository
(github:owner/repo or URL), a ModelScope model (modelscope:ns/name or URL), a
paper (arxiv:ID) or a name from the catalogue such as llama-3 (openness catalogue
lists them).

From the environment: HF_TOKEN and GITHUB_TOKEN raise the limits of the hubs
(several, with commas between, are used in turn; each goes to its own host only).
HF_ENDPOINT, GITHUB_API_URL, OPENNESS_GITHUB_RAW_URL, MODELSCOPE_ENDPOINT,
OPENNESS_ARXIV_URL and OPENNESS_WEB_URL name other servers; HTTP_PROXY,
HTTPS_PROXY, NO_PROXY and OPENNESS_CA_FILE say how they are reached.

With --from-warc a web archive stands in for the network, which is not used.
What openness export --format warc wrote names its subjects and is observed and
judged anew. In an archive of another tool, name the targets; what it does not
hold counts as never looked at.

A run that is interrupted (Ctrl-C), killed or out of disk space loses nothing
that was stored: the same command goes on from there. What it had finished more
than a day ago, or longer than --max-age, is looked at again.

Exit status: 0 done; 1 failed or interrupted; 2 bad usage; 3 finished, but some
subject or source could not be reached (results are stored and printed all the
same).`,
		Example: `  openness audit allenai/OLMo-7B
  openness audit llama-3 github:EleutherAI/pythia --rubric radboud-2023
  openness audit --from models.csv --format json > assessments.json
  openness audit --from models.csv --shard 2/8 --db part2.db
  openness audit --from-warc crawl.warc.gz`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runAudit(cmd.Context(), opts, args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.from, "from", "",
		"read targets from `FILE`: lines, or CSV with a target column (- for standard input)")
	flags.StringVar(&opts.warc, "from-warc", "",
		"look at what the web archive `FILE` holds, without network (- for standard input)")
	flags.StringArrayVar(&opts.rubrics, "rubric", nil,
		"judge by this rubric `ID` or file; may be given several times (default "+defaultRubric+")")
	flags.BoolVar(&opts.offline, "offline", false, "use stored documents only")
	flags.BoolVar(&opts.refresh, "refresh", false, "fetch again, without conditional requests")
	flags.IntVar(&opts.jobs, "jobs", 4, "subjects to look at side by side")
	chooseFormat(cmd, &opts.format, dossier.AssessmentFormats()...)
	flags.DurationVar(&opts.maxWait, "max-wait", 2*time.Minute,
		"longest single wait for a hub's quota; a source that asks for more is given up")
	flags.StringVar(&opts.budget, "budget", "",
		"how much to read by kind, as `KIND=N,...`: lineage, repos, papers, base, records, datasets, archives, sites, "+
			"summaries, headers, twins, search (default lineage=4,repos=2,papers=2,base=1,records=3,datasets=6,"+
			"archives=2,sites=2,summaries=1,headers=0,twins=0,search=1)")
	flags.StringVar(&opts.at, "at", "",
		"look at what hub and git keep of this `DATE` (2024-07-01); nothing is stored as the model's audit")
	opts.queue.add(flags, "hand the targets out to openness work by way of the NATS servers at `URL`, several separated by commas")
	flags.Var(&opts.shard, "shard",
		"audit part `K/N` of the targets, such as 2/8; openness merge joins the stores of the parts")
	flags.Var(&opts.maxAge, "max-age",
		"how old an earlier look may be (30d, 12h) that stands in for a source that fails (default any)")
	return cmd
}

// runAudit is the flow of the design: resolve, crawl, observe, judge, save,
// report. A subject that fails is a row of the result, not the end.
func runAudit(ctx context.Context, opts *auditOptions, args []string) error {
	if opts.jobs < 1 {
		return usagef("--jobs %d: at least one subject is looked at at a time", opts.jobs)
	}
	if opts.offline && opts.refresh {
		return usagef("--offline asks nobody and --refresh asks anew: leave one of them out")
	}
	err := checkWait(opts.maxWait)
	if err != nil {
		return err
	}
	if opts.spend, err = crawl.ParseBudget(opts.budget); err != nil {
		return usagef("--budget: %w", err)
	}
	if opts.queue.url != "" {
		if err := opts.refuseWithQueue(); err != nil {
			return err
		}
	}
	rubrics, err := loadRubrics(opts.rubrics)
	if err != nil {
		return err
	}
	if err := opts.readDate(); err != nil {
		return err
	}
	targets, err := readTargets(opts, args)
	if err != nil {
		return err
	}
	archive, targets, err := openArchive(ctx, opts, targets)
	if err != nil {
		return err
	}
	defer archive.Close()
	db, err := data.Open(ctx, opts.db)
	if err != nil {
		return err
	}
	defer db.Close()
	defer allowGarbage(opts.env)()
	a := &auditor{opts: opts, db: db, archive: archive, rubrics: rubrics}
	results, err := a.auditAll(ctx, targets)
	if err != nil {
		return err
	}
	if err := a.write(ctx, results); err != nil {
		return err
	}
	return archive.sumUp(sumUp(opts, results))
}

// checkWait refuses what is no wait.
func checkWait(most time.Duration) error {
	if most < 0 {
		return usagef("--max-wait %s: a wait is not negative", most)
	}
	return nil
}

// write prints what was audited, one model at a time, so that the memory of a
// run does not grow with its list. A table ranks: it needs all models, but of
// each the classes alone.
func (a *auditor) write(ctx context.Context, results []result) error {
	if a.opts.format == reports.JSON {
		return reports.StreamAssessmentsJSON(a.opts.env.stdout, a.models(ctx, results), version)
	}
	look := reports.Options{Width: a.opts.width(), Color: a.opts.colored()}
	out := func(models []reports.Model) error {
		return dossier.WriteAssessments(a.opts.env.stdout, models, a.rubrics, version, a.opts.format, look)
	}
	var ranked []reports.Model
	written := 0
	for m, err := range a.models(ctx, results) {
		if err != nil {
			return err
		}
		if written++; a.opts.format == reports.Table {
			ranked = append(ranked, classesOnly(m))
			continue
		}
		if err := out([]reports.Model{m}); err != nil {
			return err
		}
	}
	if a.opts.format == reports.Table || written == 0 {
		if err := out(ranked); err != nil {
			return err
		}
		return a.writeSince(ranked)
	}
	return nil
}

// classesOnly is a model without its evidence, which a ranking does not show.
func classesOnly(m reports.Model) reports.Model {
	m.Stale = m.StaleSince()
	m.Observations, m.Documents = nil, nil
	for _, a := range m.Assessments {
		for i := range a.Judgements {
			a.Judgements[i].Observations = nil
		}
	}
	return m
}

// models reads back from the store what the run finished.
func (a *auditor) models(ctx context.Context, results []result) iter.Seq2[reports.Model, error] {
	return func(yield func(reports.Model, error) bool) {
		for _, r := range results {
			if r.err != nil {
				continue
			}
			if r.then != nil {
				if !yield(*r.then, nil) {
					return
				}
				continue
			}
			m, _, err := a.finished(ctx, r.target)
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// finished judges a target from the store, if the run has finished it.
func (a *auditor) finished(ctx context.Context, target crawl.Target) (m reports.Model, done bool, err error) {
	record, at, done, err := a.db.Finished(ctx, a.run.ID, targetKey(target))
	if err != nil || !done {
		return m, done, err
	}
	reviews, err := a.db.Reviews(ctx, data.Key(record.Subject))
	return judged(record, reviews, a.rubrics, at), true, err
}

// A result is what became of one target.
type result struct {
	target    crawl.Target
	documents int
	lost      []audit.Document
	stale     []audit.Document // for these an earlier look stands in
	resumed   bool             // finished by the run that this one goes on with
	before    time.Time        // when it was
	outlived  []string         // reviews of what is no more
	then      *reports.Model   // what it was at an earlier date, which is not stored
	err       error
}

// auditAll audits the targets side by side; results[i] belongs to targets[i].
// The error is non-nil only when the run itself was stopped.
func (a *auditor) auditAll(ctx context.Context, targets []crawl.Target) (_ []result, err error) {
	opts, db := a.opts, a.db
	if a.run, err = db.BeginRun(ctx, a.archive.listKey(targets)+opts.at+opts.anew(), opts.env.now()); err != nil {
		return nil, err
	}
	a.since = opts.since(a.run, opts.env.now())
	show := newProgress(opts.globalOptions, len(targets))
	defer show.close()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	a.stop = stop
	results := make([]result, len(targets))
	if opts.queue.url != "" {
		err := a.handOut(ctx, targets, results, show)
		if ctx.Err() != nil {
			return nil, stopped(ctx)
		}
		if err != nil {
			return nil, err
		}
		return results, db.EndRun(ctx, a.run.ID, opts.env.now())
	}
	settings, err := a.crawlOptions(show.event)
	if err == nil {
		a.crawler, err = crawl.New(a.archive.instead(settings))
	}
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	defer a.crawler.Close()
	var group errgroup.Group
	group.SetLimit(max(opts.jobs, 1))
	for i, target := range targets {
		group.Go(func() error {
			if ctx.Err() == nil {
				results[i] = a.audit(ctx, target)
			}
			if ctx.Err() == nil {
				show.done(results[i])
			}
			return nil
		})
	}
	_ = group.Wait() // every failure is in its result
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	return results, db.EndRun(ctx, a.run.ID, opts.env.now())
}

// stopped says why a run ended early.
func stopped(ctx context.Context) error {
	return fmt.Errorf("stopped: %w; what was finished is stored, and the same command goes on from there",
		context.Cause(ctx))
}

// listKey names a list of targets: the same list, in any order of flags, goes
// on with a run of it that was killed.
func listKey(targets []crawl.Target) string {
	var all strings.Builder
	for _, t := range targets {
		fmt.Fprintf(&all, "%q\n", targetKey(t))
	}
	return audit.Hash([]byte(all.String()))
}

func targetKey(t crawl.Target) string {
	return strings.Join([]string{t.Text, t.Label, strings.Join(t.Bases, " "), strings.Join(t.Repositories, " ")},
		"\x1f")
}

// An auditor takes targets through the flow, one call each.
type auditor struct {
	opts    *auditOptions
	db      *data.DB
	run     data.Run
	since   time.Time // what the run stored before is not today's any more
	crawler *crawl.Crawler
	archive *archive // stands in for the network; nil for none
	rubrics []*rubric.Rubric
	stop    context.CancelCauseFunc // ends the run, with the reason
}

func (a *auditor) crawlOptions(watch func(crawl.Event)) (crawl.Options, error) {
	get := a.opts.env.getenv
	network, err := fetch.NetworkFrom(get)
	o := crawl.Options{
		HFEndpoint: get("HF_ENDPOINT"), HFToken: get("HF_TOKEN"),
		GitHubAPI: get("GITHUB_API_URL"), GitHubToken: get("GITHUB_TOKEN"), GitHubRaw: get("OPENNESS_GITHUB_RAW_URL"),
		ModelScope: get("MODELSCOPE_ENDPOINT"), ArXiv: get("OPENNESS_ARXIV_URL"), Web: get("OPENNESS_WEB_URL"),
		Cache: &keeper{a.db, a.stop}, Offline: a.opts.offline, Refresh: a.opts.refresh, MaxWait: a.opts.maxWait,
		Network: network, At: a.opts.date, MaxAge: time.Duration(a.opts.maxAge),
		Now: a.opts.env.now, Progress: watch, UserAgent: "openness/" + version + " (audits of AI model openness)",
		Jobs:   a.opts.jobs,
		Budget: a.opts.spend,
		Fresh:  a.since, // what this run, or another process at its side, stored is not asked for again
	}
	return o, err
}

// audit takes one target from its name to stored assessments. A target that
// the interrupted run had finished is judged from the store.
func (a *auditor) audit(ctx context.Context, target crawl.Target) result {
	r := result{target: target}
	if !a.opts.date.IsZero() {
		return a.auditThen(ctx, target)
	}
	record, at, done, err := a.finishedBefore(ctx, targetKey(target))
	r.resumed, err = done, a.give(err)
	if r.resumed {
		r.before = at
	}
	if err == nil && !done {
		at = a.opts.env.now()
		record, err = a.gather(ctx, target, at)
	}
	if err != nil {
		r.err = fmt.Errorf("%s: %w", target.Text, err)
		return r
	}
	reviews, err := a.db.Reviews(ctx, data.Key(record.Subject))
	if err != nil {
		r.err = a.give(err)
		return r
	}
	r.documents, r.lost = len(record.Documents), record.Lost()
	r.stale = record.Stale()
	m := judged(record, reviews, a.rubrics, at)
	r.outlived = outlived(m.Assessments)
	if done {
		err = a.db.SaveAssessments(ctx, record.Subject, m.Assessments, version, at)
	} else {
		err = a.db.FinishAssessed(ctx, a.run.ID, targetKey(target), record.Subject, m.Assessments, version, at)
	}
	r.err = a.give(err)
	return r
}

// outlived names the reviews whose model has changed in what they are about.
func outlived(assessments []rubric.Assessment) []string {
	var names []string
	for _, a := range assessments {
		for _, j := range a.Judgements {
			name := fmt.Sprintf("the review of %s", j.Dimension)
			if j.Outlived && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// give passes on an error of the store, if any, and stops the run for it: what
// cannot be stored would be asked for in vain. A record that the store refuses
// for a false quote is that target's failure alone; the others go on.
func (a *auditor) give(err error) error {
	if err != nil && !errors.Is(err, data.ErrObserver) {
		a.stop(err)
	}
	return err
}

// A keeper is the store as the crawler sees it. An answer that cannot be stored
// ends the run, so that nothing further is asked for in vain.
type keeper struct {
	*data.DB
	stop context.CancelCauseFunc
}

func (k *keeper) Keep(ctx context.Context, d audit.Document) error {
	err := k.DB.Keep(ctx, d)
	if err != nil {
		k.stop(err)
	}
	return err
}

// judged judges a record under each rubric and lays people's reviews on top.
func judged(record audit.Record, reviews []rubric.Review, rubrics []*rubric.Rubric, at time.Time) reports.Model {
	m := reports.Model{Subject: record.Subject, Observations: record.Observations, Documents: record.Documents,
		Reviews:    reviews,
		AssessedAt: at}
	for _, r := range rubrics {
		m.Assessments = append(m.Assessments, rubric.Apply(r.Judge(record.Observations), reviews))
	}
	return m
}

// sumUp says on stderr what was lost and chooses the exit code.
func sumUp(opts *auditOptions, results []result) error {
	var failed int
	var missed unreached
	for _, r := range results {
		if r.err != nil {
			failed++
			opts.say("%v", r.err)
		}
		for _, review := range r.outlived {
			opts.say("%s: %s is of what the model said before: see show, and review it again", r.target.Text, review)
		}
		for i := range r.lost {
			missed.add(r.target.Text, &r.lost[i])
		}
		for i := range r.stale {
			missed.add(r.target.Text, &r.stale[i])
		}
	}
	missed.tell(opts.globalOptions)
	lost, stale := missed.lost, missed.stale
	if failed+lost+stale == 0 {
		return nil
	}
	err := fmt.Errorf("finished %d of %d subjects", len(results)-failed, len(results))
	if lost > 0 {
		err = fmt.Errorf("%w; %d sources could not be looked at (judgements that need them are undetermined)", err,
			lost)
	}
	if stale > 0 {
		err = fmt.Errorf("%w; %d sources fail now, and what was read of them before stands in (marked stale)", err,
			stale)
	}
	return &exitError{code: exitUnreached, err: err}
}

func loadRubrics(ids []string) ([]*rubric.Rubric, error) {
	if len(ids) == 0 {
		ids = []string{defaultRubric}
	}
	var list []*rubric.Rubric
	for _, id := range ids {
		r, err := loadRubric(id)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}
