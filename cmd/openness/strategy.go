package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"openness/data/catalogue"
	"openness/reports"
	"openness/reports/makers"
	"openness/reports/ranking"
	"openness/rubric"
)

type strategyOptions struct {
	*globalOptions
	at     string
	months int
	rubric string
	format reports.Format
}

func newStrategyCommand(g *globalOptions) *cobra.Command {
	opts := &strategyOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "strategy [MAKER...]",
		Short: "Tell which makers publish weights, which keep them, and which do both",
		Long: `Strategy groups text models by maker, whatever name, laboratory or account
published them, and tells as of a day what was open, what was closed, when it
came out, how large it is and how it scores: open only, both or closed only, and
whether the open ones are older or smaller than the closed ones of their day.

When and how a model was released comes from a table of facts with sources, which
holds the releases that tell of a strategy and not every model; scores come from
the stored models as they are known now. MAKER is any name of a maker.`,
		Example: `  openness strategy --at 2024-08-14
  openness strategy meta google --format markdown
  openness strategy --format svg > makers.svg`,
		RunE: func(cmd *cobra.Command, args []string) error { return runStrategy(cmd.Context(), opts, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.at, "at", "", "tell it as of this `DATE`, YYYY-MM-DD (default today)")
	flags.IntVar(&opts.months, "months", makers.Months, "count what was released in so many months before")
	flags.StringVar(&opts.rubric, "rubric", "", "score by this rubric `ID` or file (default "+defaultRubric+")")
	chooseFormat(cmd, &opts.format, makers.Formats()...)
	return cmd
}

func runStrategy(ctx context.Context, opts *strategyOptions, names []string) error {
	at := opts.env.now().UTC()
	if opts.at != "" {
		var err error
		if at, err = readDay(opts.at); err == nil {
			err = notAhead(opts.at, at, opts.env.now())
		}
		if err != nil {
			return err
		}
	}
	if opts.months < 1 || opts.months > 600 {
		return usagef("--months %d: want 1 to 600", opts.months)
	}
	releases, err := releasesOf(names)
	if err != nil {
		return err
	}
	_, rows, err := storedRows(ctx, &rankOptions{globalOptions: opts.globalOptions, rubric: opts.rubric,
		source: sourceReviewed})
	if err != nil {
		return err
	}
	r := makers.Report{At: at, Months: opts.months, Tool: version,
		Makers: makers.Strategies(releases, ranking.Rank(rows, ranking.Ranking{}), at, opts.months)}
	return makers.Write(opts.env.stdout, r, opts.format, reports.Options{Width: opts.width(), Color: opts.colored()})
}

// releasesOf are the releases of the makers named, or of all.
func releasesOf(names []string) ([]reports.Release, error) {
	wanted := make(map[string]bool)
	for _, name := range names {
		wanted[catalogue.MakerOf(name)] = true
	}
	list := []reports.Release{}
	for _, r := range allReleases() {
		if len(names) == 0 || wanted[r.Maker] {
			list = append(list, r)
		}
	}
	for _, name := range names {
		known := false
		for _, r := range list {
			known = known || r.Maker == catalogue.MakerOf(name)
		}
		if !known {
			return nil, usagef("%s", noRelease(name))
		}
	}
	return list, nil
}

// releasedMakers are the makers of the table of releases.
func releasedMakers() []string {
	var have []string
	for _, r := range catalogue.Releases() {
		if !slices.Contains(have, r.Maker) {
			have = append(have, r.Maker)
		}
	}
	return have
}

// noRelease says that the table of releases has none of a maker, and which makers it has: of others the
// catalogue may well list models, whose dates alone tell no strategy.
func noRelease(name string) string {
	have := releasedMakers()
	var names []string
	for _, m := range catalogue.Makers() {
		if slices.Contains(have, m.Maker) {
			names = append(append(names, m.Maker), m.Names...)
		}
	}
	hint := rubric.DidYouMean(name, names)
	if hint == "" {
		hint = ", which has those of " + reports.Listed(have, "and")
	}
	return fmt.Sprintf("no release of %q is in the catalogue%s", name, hint)
}

// allReleases are the catalogue's releases, as reports take them.
func allReleases() []reports.Release {
	list := []reports.Release{}
	for _, r := range catalogue.Releases() {
		list = append(list, reports.Release{Maker: r.Maker, Model: r.Model, Released: r.Released, Open: r.Open,
			Parameters: r.Parameters, Hub: r.Hub, Source: r.Source})
	}
	return list
}
