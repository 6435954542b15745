package main

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/data/catalogue"
	"openness/reports"
	"openness/reports/raters"
	"openness/rubric"
)

type contradictionOptions struct {
	*globalOptions
	experts []string
	format  reports.Format
	choice
}

func newContradictionsCommand(g *globalOptions) *cobra.Command {
	opts := &contradictionOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "contradictions --experts FILE...",
		Short: "Hold raters against each other and this tool, with the evidence that decides",
		Long: `Contradictions reads lists of published judgements and finds the models and
dimensions on which two raters, or a rater and this tool, give other classes. The
tool answers by the rules of each list's rubric, from stored evidence; what it
could not determine contradicts nobody. Each contradiction comes with the words
that decide it, where they stand, and what the raters cite. As Markdown it is a
correction for each list, ready to be sent.

A system is found among the stored models by the label that it was audited under,
by its address on the hub, or by its name. The dimensions of older indexes are
compared with those that followed them.

Exit status: 0 done; 2 bad usage; 3 no system of the lists is stored, so that
raters could be held against each other alone.`,
		Example: `  openness contradictions --experts index-2025-judgements.csv --experts index-2026-judgements.csv
  openness contradictions --experts index-judgements.csv --format markdown > corrections.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runContradictions(cmd.Context(), opts) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&opts.experts, "experts", nil,
		"`FILE` of published judgements (system,dimension,class,links); may be given several times")
	chooseFormat(cmd, &opts.format, raters.ContradictionFormats()...)
	flags.StringVar(&opts.only, "only", "",
		"only these models: a `LIST` of names with commas between, or a file as audit --from reads it")
	return cmd
}

func runContradictions(ctx context.Context, opts *contradictionOptions) error {
	if len(opts.experts) == 0 {
		return usagef("contradictions needs --experts FILE: a CSV of system,dimension,class,links")
	}
	lists := []ratedList{}
	for _, file := range opts.experts {
		l, err := readRatedList(file)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(lists, func(o ratedList) bool { return o.name == l.name }) {
			return usagef("--experts: two lists are called %q", l.name)
		}
		lists = append(lists, l)
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	r := raters.ContradictionReport{At: opts.env.now().UTC(), Tool: version}
	rubrics := rubricsOfLists(lists)
	for _, l := range lists {
		r.Raters = append(r.Raters, l.name)
		if l.rubric == nil && !opts.quiet {
			opts.say("%s: no built-in rubric has its dimensions, so that openness gives no answer to it (openness rubric list)",
				l.name)
		}
	}
	models, missing, err := opts.ratedModels(ctx, &library{db: db, rubrics: rubrics}, lists)
	if err != nil {
		return err
	}
	stored := 0
	for _, m := range models {
		if m.Model != nil {
			stored++
		} else {
			r.Unknown = append(r.Unknown, m.Name)
		}
	}
	r.Models, r.Found = len(models), raters.FindContradictions(models, rubrics)
	if err := raters.WriteContradictions(opts.env.stdout, r, opts.format, reports.Options{Width: opts.width(),
		Color: opts.colored()}); err != nil {
		return err
	}
	if err := unknownModels(missing); err != nil {
		return err
	}
	if stored == 0 {
		return &exitError{exitUnreached, errNoSystems(opts.db, strings.Join(r.Raters, ", "))}
	}
	return nil
}

// A ratedList is one list of published judgements, and by which rules this tool
// answers it.
type ratedList struct {
	name    string
	experts data.Experts
	rubric  *rubric.Rubric
}

func readRatedList(file string) (ratedList, error) {
	experts, err := readExperts(file)
	if err != nil {
		return ratedList{}, err
	}
	r := rubricOf(experts.Dimensions()) // a list of dimensions of its own is still held against others
	return ratedList{strings.TrimSuffix(strings.TrimSuffix(experts.Name, ".csv"), "-judgements"), experts, r}, nil
}

// rubricOf is the built-in rubric that a list speaks of, be it only of a part of its
// dimensions: the smallest that has them all, the newest of equals. nil for none.
func rubricOf(dimensions []string) *rubric.Rubric {
	var best *rubric.Rubric
	for _, r := range rubric.Builtin() {
		if len(dimensions) == 0 || len(lacking(r, dimensions)) > 0 {
			continue
		}
		if best == nil || len(r.Dimensions) < len(best.Dimensions) ||
			len(r.Dimensions) == len(best.Dimensions) && yearIn(r.ID) > yearIn(best.ID) {
			best = r
		}
	}
	return best
}

// rubricsOfLists are the rubrics of lists, each once, those of newer indexes first.
func rubricsOfLists(lists []ratedList) []*rubric.Rubric {
	rubrics := []*rubric.Rubric{}
	for _, l := range lists {
		if l.rubric != nil && !slices.Contains(rubrics, l.rubric) {
			rubrics = append(rubrics, l.rubric)
		}
	}
	slices.SortStableFunc(rubrics, func(a, b *rubric.Rubric) int { return cmp.Compare(yearIn(b.ID), yearIn(a.ID)) })
	return rubrics
}

// yearIn is what stands behind the last hyphen of an id: "osai-2026".
func yearIn(id string) string { return id[strings.LastIndexByte(id, '-')+1:] }

// ratedModels joins the systems of all lists with each other and with the
// stored models.
func (opts *contradictionOptions) ratedModels(ctx context.Context, books *library,
	lists []ratedList) ([]raters.RatedModel, []string, error) {
	subjects, err := books.db.Subjects(ctx)
	if err != nil {
		return nil, nil, err
	}
	known, missing, err := opts.pickSubjects(subjects)
	if err != nil {
		return nil, nil, err
	}
	find := indexOf(known)
	models := []raters.RatedModel{}
	index := make(map[string]int)
	for _, l := range lists {
		for i := range l.experts.Systems {
			s := &l.experts.Systems[i]
			key, stored := find.key(s)
			if !stored && opts.only != "" {
				continue
			}
			n, met := index[key]
			if !met {
				n = len(models)
				index[key] = n
				models = append(models, raters.RatedModel{Name: s.Name})
				if stored {
					m, err := books.model(ctx, key)
					if err != nil {
						return nil, nil, err
					}
					models[n].Model = &m
				}
			}
			models[n].Ratings = append(models[n].Ratings, l.ratings(s)...)
		}
	}
	return models, missing, nil
}

func (l *ratedList) ratings(s *data.ExpertSystem) []raters.Rating {
	id := ""
	if l.rubric != nil {
		id = l.rubric.ID
	}
	list := []raters.Rating{}
	for _, j := range s.Judgements {
		list = append(list, raters.Rating{Rater: l.name, System: s.ID, Dimension: j.Dimension, Rubric: id,
			Class: j.Class, Links: j.Links})
	}
	return list
}

// A systemIndex finds which system of one list is which of another.
type systemIndex map[string]string

// indexOf is the index of stored models.
func indexOf(subjects []audit.Subject) systemIndex {
	find := make(systemIndex)
	for _, s := range subjects {
		find.add(data.Key(s), s.Label, s.ID, s.Name)
	}
	return find
}

// add remembers the names of a stored model. A name of two models names none.
func (x systemIndex) add(key string, names ...string) {
	seen := make(map[string]bool)
	for _, name := range names {
		name = catalogue.Fold(name)
		if name == "" || seen[name] {
			continue
		}
		seen[name] = true
		if other, taken := x[name]; taken && other != key {
			x[name] = "" // of two: no name
			continue
		}
		x[name] = key
	}
}

// key finds the stored model that a system is, by the label it was audited
// under and its address, and by its name where the list gives no address on the hub
// (another maker's model may have the same name), and otherwise gives the system's own name.
func (x systemIndex) key(s *data.ExpertSystem) (key string, stored bool) {
	names := []string{s.ID}
	if u, err := url.Parse(s.Link); err == nil && u.Host == "huggingface.co" {
		names = append(names, strings.Trim(u.Path, "/"))
	} else {
		names = append(names, s.Name)
	}
	for _, name := range names {
		if key := x[catalogue.Fold(name)]; key != "" {
			return key, true
		}
	}
	return "name:" + catalogue.Fold(s.Name), false
}
