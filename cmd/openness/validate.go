package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/reports/raters"
	"openness/rubric"
	"openness/rubric/agreement"
)

type validateOptions struct {
	*globalOptions
	experts string
	targets string
	rubric  string
	format  reports.Format
	all     bool
	ablate  bool
	sources bool
}

func newValidateCommand(global *globalOptions) *cobra.Command {
	opts := &validateOptions{globalOptions: global}
	cmd := &cobra.Command{
		Use:   "validate",
		Short: "Measure agreement with the published judgements of experts",
		Long: `Validate judges the stored observations anew, without any network and without
people's reviews, and compares the classes with those of experts. Audited models
are joined to the experts' systems by their label (the id column of the list that
audit --from read), their address on the hub or their name.

Kappa is quadratic over closed < partial < open, on what both sides determined;
agreement and macro-F1 count undetermined as a miss. Dimensions are listed with
the lowest agreement first, and every disagreement with the tool's reason and
quotes.`,
		Example: `  openness audit --from targets.csv
  openness validate --experts judgements.csv --rubric osai-2026 --format html > agreement.html`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runValidate(cmd.Context(), opts, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.experts, "experts", "", "`FILE` of published judgements (system,dimension,class,links)")
	flags.StringVar(&opts.targets, "targets", "",
		"`FILE` with columns id and captured: compare only systems whose sources were captured")
	flags.StringVar(&opts.rubric, "rubric", "",
		"rubric `ID|FILE` (default: the built-in one with the experts' dimensions)")
	chooseFormat(cmd, &opts.format, raters.AgreementFormats()...)
	flags.BoolVar(&opts.all, "all", false, "list every disagreement in the table")
	flags.BoolVar(&opts.sources, "sources", false, "also say which of the pages that experts cite were opened")
	flags.BoolVar(&opts.ablate, "ablate", false, "also measure what is left without each observer")
	return cmd
}

func runValidate(ctx context.Context, opts *validateOptions, w io.Writer) error {
	if opts.experts == "" {
		return usagef("validate needs --experts FILE: a CSV of system,dimension,class,links")
	}
	experts, err := readExperts(opts.experts)
	if err != nil {
		return err
	}
	r, err := expertsRubric(opts.rubric, &experts)
	if err != nil {
		return err
	}
	stored, missing, err := storedSystems(ctx, opts, &experts)
	if err != nil {
		return err
	}
	report := agreement.Compare(r, judgedWithout(r, stored, ""))
	report.Experts, report.Missing = experts.Name, missing
	if opts.ablate {
		for _, observer := range observers() {
			left := agreement.Compare(r, judgedWithout(r, stored, observer))
			report.Without = append(report.Without, agreement.Without{Observer: observer,
				Agreement: left.Overall.Agreement,
				Kappa:     left.Overall.Kappa, Determined: left.Overall.Determined, Undetermined: left.Undetermined})
		}
	}
	if opts.sources {
		if report.Sources, err = citedSources(ctx, opts, r, stored); err != nil {
			return err
		}
	}
	return raters.WriteAgreement(w, report, opts.format, raters.AgreementOptions{All: opts.all})
}

// citedSources says which of the pages that experts cite were opened.
func citedSources(ctx context.Context, opts *validateOptions, r *rubric.Rubric,
	stored []storedSystem) (*agreement.Sources, error) {
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return expertSources(ctx, db, r, stored)
}

// A storedSystem is an audited model that experts judged too.
type storedSystem struct {
	experts      *data.ExpertSystem
	observations []audit.Observation
}

// storedSystems pairs experts' systems with stored models as contradictions does, and
// lists the systems that no model is known as.
func storedSystems(ctx context.Context, opts *validateOptions,
	experts *data.Experts) ([]storedSystem, []string, error) {
	wanted, err := wantedSystems(opts, experts)
	if err != nil {
		return nil, nil, err
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return nil, nil, err
	}
	defer db.Close()
	subjects, err := db.Subjects(ctx)
	if err != nil {
		return nil, nil, err
	}
	find, labelled := indexOf(subjects), make(map[string]string)
	for _, s := range subjects {
		if _, taken := labelled[s.Label]; s.Label != "" && !taken {
			labelled[s.Label] = data.Key(s)
		}
	}
	rated := make(map[string]*data.ExpertSystem) // by the key of the stored model
	for _, id := range slices.Sorted(maps.Keys(wanted)) {
		key, known := labelled[id]
		if !known {
			key, known = find.key(wanted[id])
		}
		if known && rated[key] == nil {
			rated[key] = wanted[id]
			delete(wanted, id)
		}
	}
	var stored []storedSystem
	err = db.EachRecord(ctx, func(s audit.Subject, observations []audit.Observation) error {
		if system := rated[data.Key(s)]; system != nil {
			stored = append(stored, storedSystem{system, observations})
		}
		return nil
	})
	if err == nil && len(stored) == 0 {
		err = errNoSystems(opts.db, experts.Name)
	}
	return stored, slices.Sorted(maps.Keys(wanted)), err
}

// wantedSystems gives the experts' systems by id, without those that were not
// captured where a list of targets says so.
func wantedSystems(opts *validateOptions, experts *data.Experts) (map[string]*data.ExpertSystem, error) {
	wanted := make(map[string]*data.ExpertSystem)
	for i := range experts.Systems {
		wanted[experts.Systems[i].ID] = &experts.Systems[i]
	}
	if opts.targets == "" {
		return wanted, nil
	}
	captured, err := data.ReadCaptured(opts.targets)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usagef("--targets: %w", err)
	}
	maps.DeleteFunc(wanted, func(id string, _ *data.ExpertSystem) bool { return !captured[id] })
	return wanted, err
}

// judgedWithout judges the stored systems, as if the facts of the observer left out
// had not been looked at; "" leaves out none.
func judgedWithout(r *rubric.Rubric, stored []storedSystem, leftOut string) []agreement.System {
	systems := make([]agreement.System, len(stored))
	for i, s := range stored {
		kept := s.observations
		if leftOut != "" {
			kept = slices.DeleteFunc(slices.Clone(kept), func(o audit.Observation) bool {
				f, ok := audit.FactNamed(o.Fact)
				return ok && f.Observer == leftOut
			})
		}
		systems[i] = agreement.System{ID: s.experts.ID, Experts: s.experts.Classes(), Tool: r.Judge(kept)}
	}
	return systems
}

// observers lists the observers of the table of facts, in its order.
func observers() []string {
	var names []string
	for _, f := range audit.Facts() {
		if !slices.Contains(names, f.Observer) {
			names = append(names, f.Observer)
		}
	}
	return names
}

// errNoSystems says how stored models are known to be what a list of experts speaks of.
func errNoSystems(db, experts string) error {
	return fmt.Errorf("no model in %q is known as a system of %q, by its label, its address on the hub or its name: "+
		"audit those models (audit --from; a column id gives the labels)", db, experts)
}
