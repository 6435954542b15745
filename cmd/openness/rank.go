package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/reports/ranking"
	"openness/rubric"
)

// The sources of the classes that rank orders by.
const (
	sourceAuto     = "auto"
	sourceExperts  = "experts"
	sourceReviewed = "reviewed"
)

type rankOptions struct {
	*globalOptions
	rubric  string
	source  string
	experts string
	format  reports.Format
	maxAge  age
	choice
	sensitivity bool
	anyName     bool // a changed rubric may carry the name of a built-in one: it is only compared
}

func newRankCommand(global *globalOptions) *cobra.Command {
	opts := &rankOptions{globalOptions: global}
	cmd := &cobra.Command{
		Use:   "rank",
		Short: "Rank the audited models, or the systems that experts judged",
		Long: `Rank judges the stored observations anew under a rubric, without any network,
and ranks the models, the most open first. A rank is a band, such as 3 to 7: what
is undetermined may turn out open or closed, and models whose ranges overlap
share places. Rows stand in the order of their bands, by the best place and then
the worst; those of one band by their share of what was determined. Models of which less
than --min-coverage of the weight could be determined have no rank and stand
below. The strict total, which counts undetermined as closed as the published
indexes do, is a column of its own; experts' judgements are ordered by it.

Where the classes come from (--source):
  auto      the rules of the rubric
  reviewed  the rules, and people's reviews on top of them
  experts   the classes of a file of published judgements (--experts)`,
		Example: `  openness rank --rubric osai-2026
  openness rank --only shortlist.txt --min-coverage 0.9
  openness rank --source experts --experts published-judgements.csv --format csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runRank(cmd.Context(), opts, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.rubric, "rubric", "", "rubric `ID|FILE` (default "+defaultRubric+
		"; with experts, the one with their dimensions)")
	choose(flags, &opts.source, "source", "which judgements: ", sourceAuto, sourceExperts, sourceReviewed)
	flags.StringVar(&opts.experts, "experts", "", "`FILE` of published judgements (system,dimension,class,links)")
	chooseFormat(cmd, &opts.format, ranking.Formats()...)
	flags.BoolVar(&opts.sensitivity, "sensitivity", false, "how places move under other weights and rubrics ("+
		reports.Listed(ranking.SensitivityFormats(), "or")+")")
	flags.Var(&opts.maxAge, "max-age", "take what was last looked at longer ago than this (30d, 12h) as not known")
	opts.addTo(flags)
	return cmd
}

func runRank(ctx context.Context, opts *rankOptions, w io.Writer) error {
	if err := opts.check(); err != nil {
		return err
	}
	if few := ranking.SensitivityFormats(); opts.sensitivity && !slices.Contains(few, opts.format) {
		return usagef("--sensitivity has no format %q: use %s", opts.format, reports.Listed(few, "or"))
	}
	var report ranking.Report
	var rows []ranking.Row
	var err error
	switch opts.source {
	case sourceExperts:
		report.Ranking = asPublished
		report.Rubric, rows, err = expertsRows(opts)
	case sourceAuto, sourceReviewed:
		if opts.experts != "" {
			return usagef("--experts is read with --source experts only")
		}
		report.Rubric, rows, err = storedRows(ctx, opts)
	}
	if err != nil {
		return err
	}
	report.Tool, report.At, report.Source = version, opts.env.now().UTC(), opts.source
	if opts.source != sourceExperts {
		report.Ranking = opts.ranking()
	}
	rows, missing, err := opts.pick(rows)
	if err != nil {
		return err
	}
	if opts.sensitivity {
		err = writeSensitivity(ctx, opts, w, report, rows)
	} else {
		err = ranking.WriteRows(w, report, ranking.Rank(rows, report.Ranking), opts.format,
			reports.Options{Width: opts.width(), Color: opts.colored()})
	}
	if err != nil {
		return err
	}
	return unknownModels(missing)
}

// asPublished is how the indexes rank: their classes, our arithmetic.
var asPublished = ranking.Ranking{Published: true}

// expertsRows ranks what experts judged. Only rows are kept of the systems, as of
// models: a list may have a hundred thousand.
func expertsRows(opts *rankOptions) (*rubric.Rubric, []ranking.Row, error) {
	if opts.experts == "" {
		return nil, nil, usagef("--source experts needs --experts FILE")
	}
	experts, err := readExperts(opts.experts)
	if err != nil {
		return nil, nil, err
	}
	r, err := expertsRubric(opts.rubric, &experts)
	if err != nil {
		return nil, nil, err
	}
	if left := leftOut(r, &experts); left != "" && !opts.quiet {
		opts.say("%s", left)
	}
	rows := make([]ranking.Row, 0, len(experts.Systems))
	a := rubric.Assessment{Rubric: r.Ref}
	for i := range experts.Systems {
		s := &experts.Systems[i]
		subject := audit.Subject{ID: s.ID, Target: s.ID, Name: s.Name, Organisation: s.Organisation,
			Released: s.Released}
		assessAs(&a, s, r)
		rows = append(rows, ranking.RowOf(&reports.Model{Subject: subject, Assessments: []rubric.Assessment{a}}, r))
	}
	return r, ranking.Rank(rows, asPublished), nil
}

// readExperts reads a file named on the command line; a name that is none is
// bad usage.
func readExperts(file string) (data.Experts, error) {
	experts, err := data.ReadExperts(file)
	if errors.Is(err, os.ErrNotExist) {
		err = usagef("--experts: %w", err)
	}
	return experts, err
}

// assessAs writes the experts' classes into an assessment that is not needed any
// more. What they left out is undetermined.
func assessAs(a *rubric.Assessment, s *data.ExpertSystem, r *rubric.Rubric) {
	classes := s.Classes()
	a.Judgements = a.Judgements[:0]
	for _, d := range r.Dimensions {
		j := rubric.Judgement{Dimension: d.ID, Class: rubric.Undetermined, Reason: "Not applicable, or not judged.",
			Origin: rubric.FromReview, Weight: d.Weight}
		if class, ok := classes[d.ID]; ok {
			j.Class, j.Reason = class, "As published by the experts."
		}
		a.Judgements = append(a.Judgements, j)
	}
	a.Score = rubric.ScoreOf(a.Judgements)
}

// expertsRubric loads the named rubric, or finds the built-in one that has
// just the dimensions of the experts.
func expertsRubric(name string, experts *data.Experts) (*rubric.Rubric, error) {
	if name != "" {
		return loadRubric(name)
	}
	theirs := experts.Dimensions()
	for _, r := range rubric.Builtin() {
		if len(r.Dimensions) == len(theirs) && len(lacking(r, theirs)) == 0 {
			return r, nil
		}
	}
	return nil, usagef("no built-in rubric has the dimensions of %s (%s): name one with --rubric",
		experts.Name, strings.Join(theirs, ", "))
}

// leftOut says which of the experts' dimensions a rubric does not have, or nothing.
func leftOut(r *rubric.Rubric, experts *data.Experts) string {
	const most = 3 // that are named
	unknown := lacking(r, experts.Dimensions())
	if len(unknown) == 0 {
		return ""
	}
	var ids, left []string
	for _, d := range r.Dimensions {
		ids = append(ids, d.ID)
	}
	for _, d := range unknown[:min(len(unknown), most)] {
		left = append(left, fmt.Sprintf("%q%s", reports.Label(d), rubric.DidYouMean(d, ids)))
	}
	if n := len(unknown); n > most {
		left = append(left, fmt.Sprintf("and %d more", n-most))
	}
	return fmt.Sprintf("the rubric %s has no dimension %s: what the experts say there is left out", r.ID,
		strings.Join(left, ", "))
}

// lacking lists those of some dimensions that a rubric does not have.
func lacking(r *rubric.Rubric, dimensions []string) []string {
	known := make(map[string]bool)
	for _, d := range r.Dimensions {
		known[d.ID] = true
	}
	var unknown []string
	for _, d := range dimensions {
		if !known[d] {
			unknown = append(unknown, d)
		}
	}
	return unknown
}

// storedRows judges every stored model. Only rows of the ranking are kept, not
// the evidence, so memory grows by a kilobyte a model.
func storedRows(ctx context.Context, opts *rankOptions) (*rubric.Rubric, []ranking.Row, error) {
	name := opts.rubric
	if name == "" {
		name = defaultRubric
	}
	load := loadRubric
	if opts.anyName {
		load = loadAnyRubric
	}
	r, err := load(name)
	if err != nil {
		return nil, nil, err
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return nil, nil, err
	}
	defer db.Close()
	reviews, err := reviewsByModel(ctx, db)
	if err != nil {
		return nil, nil, err
	}
	if opts.source == sourceAuto {
		opts.sayUncounted(r, reviews)
		reviews = nil
	}
	young, err := newPatience(ctx, db, opts.maxAge, opts.env.now())
	if err != nil {
		return nil, nil, err
	}
	defer allowGarbage(opts.env)()
	rows, err := judgedRows(ctx, db, r, opts.linked(), young, reviews)
	if err == nil {
		opts.sayIfEmpty(len(rows))
	}
	return r, rows, err
}

// sayUncounted says that people's reviews are left out, which other commands lay on top of the rules.
func (opts *rankOptions) sayUncounted(r *rubric.Rubric, reviews map[string][]rubric.Review) {
	n := 0
	for _, list := range reviews {
		for _, v := range list {
			if slices.ContainsFunc(r.Dimensions, func(d rubric.Dimension) bool { return d.ID == v.Dimension }) {
				n++
			}
		}
	}
	if n > 0 && !opts.quiet {
		opts.say("%s by people left out; --source reviewed counts them, as show, report and export do",
			reports.Plural(n, "review", "reviews"))
	}
}

// judgedRows judges every stored model by what was kept of its observations for
// that. linked says whether the rows tell where it was read.
func judgedRows(ctx context.Context, db *data.DB, r *rubric.Rubric, linked bool, young patience,
	reviews map[string][]rubric.Review) ([]ranking.Row, error) {
	return data.DigestsInto(ctx, db, linked, func(d *audit.Digest) ranking.Row {
		key := data.Key(d.Subject)
		young.limitReadings(key, d.Readings)
		return ranking.RowOfDigest(d, r, reviews[key])
	})
}

// linked reports whether the ranking shows where things were read.
func (opts *rankOptions) linked() bool {
	switch opts.format {
	case reports.JSON, reports.YAML, reports.HTML:
		return true
	}
	return false
}

// openStored opens the database for a command that only reads. Without one the
// built-in snapshot stands in, and stderr says so; no file is made. A database
// that was asked for by name must be there.
func openStored(ctx context.Context, g *globalOptions) (*data.DB, error) {
	if _, err := os.Stat(g.db); errors.Is(err, os.ErrNotExist) && g.dbNamed {
		return nil, fmt.Errorf("no database %q: audit a model first, or name another with --db", g.db)
	}
	db, err := data.OpenOrSnapshot(ctx, g.db)
	if err == nil && db.BuiltIn() && !g.quiet {
		g.say("no database %q: these are the built-in snapshot's models (their quotes are not shipped)", g.db)
	}
	return db, err
}

// sayIfEmpty says why a list has no models, where the store has none.
func (g *globalOptions) sayIfEmpty(models int) {
	if models == 0 && !g.quiet {
		g.say("no model is stored in %q: audit one first (openness audit MODEL)", g.db)
	}
}

func reviewsByModel(ctx context.Context, db *data.DB) (map[string][]rubric.Review, error) {
	all, err := db.AllReviews(ctx)
	byModel := make(map[string][]rubric.Review)
	for _, r := range all {
		byModel[r.Model] = append(byModel[r.Model], r)
	}
	return byModel, err
}
