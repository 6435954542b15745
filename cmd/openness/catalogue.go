package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/data/catalogue"
)

type catalogueOptions struct {
	*globalOptions
	format string
}

func newCatalogueCommand(g *globalOptions) *cobra.Command {
	opts := &catalogueOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "catalogue [NAME...]",
		Short: "List the models that audit knows by name, and where it looks for them",
		Long: `Catalogue lists the models that audit knows by name, with their vendor, the
date of their first release and the places that are looked at. A service has no
public weights: its vendor's pages are looked at. With names, it lists those and
their aliases only.`,
		Example: `  openness catalogue
  openness catalogue llama-3 gpt-4 --format json`,
		RunE: func(_ *cobra.Command, args []string) error {
			return runCatalogue(opts, args)
		},
	}
	chooseFormat(cmd, &opts.format, "table", "json")
	return cmd
}

func runCatalogue(opts *catalogueOptions, names []string) error {
	entries := catalogue.Entries()
	if len(names) > 0 {
		entries = nil
	}
	for _, name := range names {
		e, ok := catalogue.Lookup(name)
		if !ok {
			return usagef("%q is not in the catalogue%s", name, meant(name))
		}
		entries = append(entries, e)
	}
	if opts.format == "json" {
		return writeCatalogueJSON(opts.env.stdout, entries)
	}
	return writeCatalogueTable(opts.env.stdout, entries)
}

// meant is what a message adds on a name that the catalogue does not know.
func meant(name string) string {
	near := catalogue.Suggest(name)
	if len(near) == 0 {
		return ""
	}
	return ": did you mean " + strings.Join(near, ", ") + "?"
}

func writeCatalogueTable(w io.Writer, entries []catalogue.Entry) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tMODEL\tVENDOR\tRELEASED\tPLACES")
	for _, e := range entries {
		first := cmp.Or(e.Hub, "service")
		more := len(e.Places())
		if e.Hub != "" {
			more--
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s and %d more\n", e.Name, e.Title, e.Vendor, e.Released, first, more)
	}
	return t.Flush()
}

// catalogueJSON is one entry as scripts read it.
type catalogueJSON struct {
	Name     string        `json:"name"`
	Aliases  []string      `json:"aliases"`
	Title    string        `json:"title"`
	Vendor   string        `json:"vendor"`
	Released string        `json:"released"`
	Service  bool          `json:"service"`
	Places   []audit.Place `json:"places"`
	Checked  string        `json:"checked"`
}

func writeCatalogueJSON(w io.Writer, entries []catalogue.Entry) error {
	list := []catalogueJSON{}
	for _, e := range entries {
		list = append(list, catalogueJSON{e.Name, append([]string{}, e.Aliases...), e.Title, e.Vendor, e.Released,
			e.Service, e.Places(), e.Check})
	}
	return writeList(w, "openness.catalogue/1", list)
}
