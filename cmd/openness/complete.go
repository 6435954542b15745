package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"openness/data/catalogue"
	"openness/reports/exchange"
	"openness/rubric"
)

// offerCompletions tells a shell what may follow: the values of flags that take
// few, rubrics, policies, stored models, dimensions and the catalogue's names.
// What a command takes is read from its usage line, so that a new command needs
// nothing here.
func offerCompletions(command *cobra.Command, g *globalOptions) {
	command.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if complete := flagCompletion(f, g); complete != nil {
			// It fails only where the flag has completions already.
			_ = command.RegisterFlagCompletionFunc(f.Name, complete)
		}
	})
	if _, takes, ok := strings.Cut(command.Use, " "); ok && command.ValidArgsFunction == nil {
		command.ValidArgsFunction = func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if ofTheirOwn := idsOf(cmd); ofTheirOwn != nil {
				return ofTheirOwn, cobra.ShellCompDirectiveDefault
			}
			return argumentsFor(cmd.Context(), g, strings.Fields(takes), len(args))
		}
	}
	for _, sub := range command.Commands() {
		offerCompletions(sub, g)
	}
}

// idsOf are the ids that a command takes where ID is none of a rubric; nil for others.
func idsOf(cmd *cobra.Command) []string {
	switch cmd.Name() {
	case "schema":
		return exchange.SchemaIDs()
	case "policy":
		return rubric.PolicyIDs()
	}
	return nil
}

func flagCompletion(f *pflag.Flag, g *globalOptions) cobra.CompletionFunc {
	if few, ok := f.Value.(interface{ choices() []string }); ok {
		return cobra.FixedCompletions(few.choices(), cobra.ShellCompDirectiveNoFileComp)
	}
	switch f.Name {
	case "rubric":
		return cobra.FixedCompletions(rubric.IDs(), cobra.ShellCompDirectiveDefault)
	case "policy":
		return cobra.FixedCompletions(rubric.PolicyIDs(), cobra.ShellCompDirectiveDefault)
	case "model":
		return storedCompletion(g, cobra.ShellCompDirectiveNoFileComp)
	case "only": // or a file
		return storedCompletion(g, cobra.ShellCompDirectiveDefault)
	}
	return nil
}

func storedCompletion(g *globalOptions, more cobra.ShellCompDirective) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return storedNames(cmd.Context(), g), more
	}
}

// argumentsFor lists what the argument at position n of a usage line may be.
// Where that is a file, or the line says nothing, the shell completes files.
func argumentsFor(ctx context.Context, g *globalOptions, usage []string, n int) ([]string, cobra.ShellCompDirective) {
	usage = slices.DeleteFunc(slices.Clone(usage), func(word string) bool { return strings.HasPrefix(word, "-") })
	if len(usage) == 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	switch word := strings.Trim(usage[min(n, len(usage)-1)], "[]."); word {
	case "MODEL":
		return storedNames(ctx, g), cobra.ShellCompDirectiveNoFileComp
	case "TARGET":
		return append(catalogueNames(), storedNames(ctx, g)...), cobra.ShellCompDirectiveNoFileComp
	case "MAKER":
		return releasedMakers(), cobra.ShellCompDirectiveNoFileComp
	case "NAME":
		return catalogueNames(), cobra.ShellCompDirectiveNoFileComp
	case "DIMENSION":
		return dimensionIDs(), cobra.ShellCompDirectiveNoFileComp
	case "ID", "ID|FILE", "A", "B":
		return rubric.IDs(), cobra.ShellCompDirectiveDefault
	}
	return nil, cobra.ShellCompDirectiveDefault
}

// storedNames are the models of the database or, without one, of the snapshot.
// Where neither can be read there is nothing to offer: completion says no errors.
func storedNames(ctx context.Context, g *globalOptions) []string {
	db, err := openStored(ctx, g)
	if err != nil {
		return nil
	}
	defer db.Close()
	subjects, err := db.Subjects(ctx)
	if err != nil {
		return nil
	}
	names := make([]string, len(subjects))
	for i, s := range subjects {
		names[i] = s.ID
	}
	return names
}

func catalogueNames() []string {
	var names []string
	for _, e := range catalogue.Entries() {
		names = append(names, e.Name)
	}
	return names
}

// dimensionIDs are the dimensions of all built-in rubrics.
func dimensionIDs() []string {
	var ids []string
	for _, r := range rubric.Builtin() {
		for _, d := range r.Dimensions {
			if !slices.Contains(ids, d.ID) {
				ids = append(ids, d.ID)
			}
		}
	}
	return ids
}
