package main

import (
	"context"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/observe"
	"openness/data"
	"openness/reports"
	"openness/reports/census"
	"openness/reports/figures"
	"openness/rubric"
)

func newCensusShowCommand(g *globalOptions) *cobra.Command {
	opts := &censusOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Count a stored census again",
		Long: `Show counts the latest census, or the one of a date (--at), without asking the
hub: by another rubric, with other tables, in another format. One that was not
finished is counted as far as it goes, and says so.`,
		Example: `  openness census show --format csv > census.csv
  openness census show --at 2026-11-27 --rubric mof-1.0 --format markdown`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runCensusShow(cmd.Context(), opts) },
	}
	cmd.Flags().StringVar(&opts.at, "at", "", "the latest census that began up to the end of this `DATE` (2026-11-27)")
	opts.counting(cmd)
	return cmd
}

func runCensusShow(ctx context.Context, opts *censusOptions) error {
	if err := opts.check(); err != nil {
		return err
	}
	r, err := oneRubric(opts.rubric)
	if err != nil {
		return err
	}
	db, err := data.OpenToRead(ctx, opts.db)
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Censuses(ctx)
	if err != nil {
		return err
	}
	c, err := censusAt(all, opts.at)
	if err != nil {
		return err
	}
	return opts.print(ctx, db, c, r)
}

// censusAt picks the latest census that began up to the end of a day.
func censusAt(all []data.Census, day string) (*data.Census, error) {
	end := time.Time{}
	if day != "" {
		t, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return nil, usagef("%q is no date: write it as 2026-11-27", day)
		}
		end = t.AddDate(0, 0, 1)
	}
	for i := len(all) - 1; i >= 0; i-- {
		if end.IsZero() || all[i].Started.Before(end) {
			return &all[i], nil
		}
	}
	if len(all) == 0 {
		return nil, usagef("no census is stored: openness census makes one")
	}
	return nil, usagef("no census is as old as %s: the first began on %s", day, all[0].Started.Format(time.DateOnly))
}

// censusFigure draws the latest stored census.
func censusFigure(ctx context.Context, db *data.DB, r *rubric.Rubric) (figures.Figure, error) {
	all, err := db.Censuses(ctx)
	if err != nil {
		return figures.Figure{}, err
	}
	c, err := censusAt(all, "")
	if err != nil {
		return figures.Figure{}, err
	}
	report, err := counted(ctx, db, c, r, censusTop)
	return census.Figure(report), err
}

// print counts a census and writes what came out.
func (o *censusOptions) print(ctx context.Context, db *data.DB, c *data.Census, r *rubric.Rubric) error {
	report, err := counted(ctx, db, c, r, o.top)
	if err != nil {
		return err
	}
	report.Tool.Version = version
	return census.Write(o.env.stdout, report, o.format, reports.Options{Width: o.width(), Color: o.colored()})
}

// counted reads the rows of a census twice: what a model was made from may stand
// before or behind it.
func counted(ctx context.Context, db *data.DB, c *data.Census, r *rubric.Rubric, top int) (census.Report, error) {
	lines := newLineage(c.Models)
	if err := db.EachListed(ctx, c.ID, func(l *audit.Listed) error { lines.add(l); return nil }); err != nil {
		return census.Report{}, err
	}
	tally, judge := census.NewTally(r, top), &listJudge{rubric: r, known: make(map[string]*rubric.Assessment)}
	err := db.EachListed(ctx, c.ID, func(l *audit.Listed) error {
		entry := census.Listing{Listed: l}
		var base *observe.ListedBase
		entry.Root, base = lines.trace(l)
		if len(l.Bases) == 1 {
			if n, ok := lines.of(l.Bases[0]); ok {
				entry.BaseLicence = lines.licences.texts[n.licence]
				entry.Beyond = lines.beyond(n.licence, l.Licence)
			}
		}
		entry.Judged = judge.judge(l, base)
		tally.Add(&entry)
		return nil
	})
	report := tally.Report()
	report.Rubric, report.Quota = r.Ref, census.QuotaOf(c.Requests)
	report.Census = census.Census{Started: c.Started, Complete: c.Complete(), Pages: c.Pages, Requests: c.Requests}
	if c.Complete() {
		report.Census.Ended = &c.Ended
	}
	return report, err
}

// A listJudge judges entries. What an entry can tell is one of few hundred states.
type listJudge struct {
	rubric *rubric.Rubric
	known  map[string]*rubric.Assessment
	key    []byte
}

// judge gives the classes of an entry. The names that it tells (licence, base,
// datasets) change no class, and the judgements are shared by all of a state.
func (j *listJudge) judge(l *audit.Listed, base *observe.ListedBase) *rubric.Assessment {
	k := append(append(append(j.key[:0], l.Weights...), '/'), l.Gate...)
	k = append(append(append(k, '/'), l.Class...), '/')
	if l.Class != audit.LicenceNone && l.Class != audit.LicenceUnlisted {
		k = append(k, l.Licence...) // some rubrics ask for it by name
	}
	if base != nil {
		k = append(append(append(append(k, '/'), base.Weights...), '/'), base.Gate...)
	}
	j.key = k
	if a := j.known[string(k)]; a != nil {
		return a
	}
	state := audit.Listed{Model: "state", Weights: l.Weights, Gate: l.Gate, Class: l.Class,
		Licence: strings.Clone(l.Licence)}
	a := j.rubric.JudgeReadings(observe.ListedReadings(&state, base))
	j.known[string(k)] = &a
	return &a
}

// A lineage knows of every model of a census what those that were made from it ask.
type lineage struct {
	seed     maphash.Seed
	at       map[uint64]int32 // the node of a model, by the hash of its name
	nodes    []lineNode
	licences numbering
	bases    numbering            // names of models that others were made from
	states   []observe.ListedBase // by number: some twenty
	exceeds  map[[2]string]bool
}

// A lineNode is one model.
type lineNode struct {
	base, licence int32 // by number, 0 for none
	state         uint8 // number of its weights and gate
	several       bool  // it was made from several
}

// numbering gives texts numbers, each once; 0 is the empty text.
type numbering struct {
	texts []string
	by    map[string]int32
}

func (n *numbering) number(text string) int32 {
	if n.by == nil {
		n.texts, n.by = []string{""}, map[string]int32{"": 0}
	}
	i, ok := n.by[text]
	if !ok {
		i, text = int32(len(n.texts)), strings.Clone(text)
		n.texts, n.by[text] = append(n.texts, text), i
	}
	return i
}

func newLineage(models int64) *lineage {
	return &lineage{seed: maphash.MakeSeed(), at: make(map[uint64]int32, models), nodes: make([]lineNode, 0, models),
		exceeds: map[[2]string]bool{}}
}

func (g *lineage) add(l *audit.Listed) {
	state := observe.ListedBase{Weights: l.Weights, Gate: l.Gate}
	at := slices.Index(g.states, state)
	if at < 0 {
		at, g.states = len(g.states), append(g.states, state)
	}
	n := lineNode{state: uint8(at), several: len(l.Bases) > 1, licence: g.licences.number(l.Licence)}
	if len(l.Bases) > 0 {
		n.base = g.bases.number(l.Bases[0])
	}
	g.at[maphash.String(g.seed, l.Model)] = int32(len(g.nodes))
	g.nodes = append(g.nodes, n)
}

func (g *lineage) of(model string) (lineNode, bool) {
	i, ok := g.at[maphash.String(g.seed, model)]
	if !ok {
		return lineNode{}, false
	}
	return g.nodes[i], true
}

// longestLine bounds the models that one is made from, one after the other.
const longestLine = 16

// trace follows a model to the one at the beginning of its line, as far as tags name
// it. Of several bases, where the line goes round or leads to a model that is listed
// no more, nothing is told of its weights.
func (g *lineage) trace(l *audit.Listed) (root string, base *observe.ListedBase) {
	if len(l.Bases) == 0 {
		return "", nil
	}
	root = l.Bases[0]
	certain := len(l.Bases) == 1
	for range longestLine {
		n, ok := g.of(root)
		if !ok {
			return root, nil
		}
		if n.base == 0 {
			if !certain {
				return root, nil
			}
			return root, &g.states[n.state]
		}
		root, certain = g.bases.texts[n.base], certain && !n.several
	}
	return root, nil
}

// beyond reports whether a licence grants what that of the base does not.
func (g *lineage) beyond(base int32, own string) bool {
	if base == 0 || own == "" || g.licences.texts[base] == own {
		return false
	}
	pair := [2]string{g.licences.texts[base], own}
	answer, ok := g.exceeds[pair]
	if !ok {
		answer = len(license.Exceeds(pair[0], pair[1])) > 0
		g.exceeds[[2]string{pair[0], strings.Clone(own)}] = answer
	}
	return answer
}

func newCensusListCommand(g *globalOptions) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the stored censuses",
		Example: "  openness census list",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return listCensuses(cmd.Context(), g, format) },
	}
	chooseFormat(cmd, &format, "table", "json")
	return cmd
}

// A listedCensus is an entry of census list in JSON.
type listedCensus struct {
	StartedAt time.Time `json:"started_at"`
	Models    int64     `json:"models"`
	Pages     int64     `json:"pages"`
	Complete  bool      `json:"complete"`
}

func listCensuses(ctx context.Context, g *globalOptions, format string) error {
	db, err := data.OpenToRead(ctx, g.db)
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Censuses(ctx)
	if err != nil {
		return err
	}
	if format == "json" {
		var list []listedCensus
		for i := range all {
			c := &all[i]
			list = append(list, listedCensus{c.Started.UTC(), int64(c.Models), int64(c.Pages), c.Complete()})
		}
		return writeList(g.env.stdout, "openness.census-list/1", list)
	}
	if len(all) == 0 && !g.quiet {
		g.say("no census is stored in %q: openness census makes one", g.db)
	}
	for i := range all {
		c := &all[i]
		state := "complete"
		if !c.Complete() {
			state = "not finished"
		}
		fmt.Fprintf(g.env.stdout, "%s  %9d models  %5d pages  %s\n", c.Started.Format(time.DateOnly), c.Models, c.Pages,
			state)
	}
	return nil
}
