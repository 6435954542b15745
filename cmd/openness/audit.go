package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"openness/audit/crawl"
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
