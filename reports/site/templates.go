package site

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"openness/audit"
	"openness/reports"
	"openness/reports/dossier"
	"openness/reports/internal/page"
	"openness/reports/makers"
	"openness/reports/ranking"
	"openness/rubric"
)

//go:embed templates assets
var siteFiles embed.FS

// sitePages parses the embedded templates once.
var sitePages = sync.OnceValue(func() *template.Template {
	return page.New(ranking.PageParts(), dossier.PageParts(), page.Parts{Files: siteFiles, Funcs: template.FuncMap{
		"groups":       reports.GroupsOf,
		"facts":        factsOf,
		"fourNumbers":  func() []int { return []int{1, 2, 3, 4} },
		"linked":       linked,
		"pageTitle":    page.PageTitle,
		"cells":        cells,
		"item":         navigationItem,
		"trust":        trust,
		"newestOf":     makers.NewestOf,
		"largestOf":    makers.LargestOf,
		"sharePointer": func(f *float64) string { return reports.Share(*f) },
	}})
})

func writeAsset(w io.Writer, name string) error {
	if name == "site.css" {
		_, err := w.Write(page.Sheet())
		return err
	}
	data, err := siteFiles.ReadFile("assets/" + name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// A navigation item is a link of the site's head.
type navigation struct {
	Root, Path, Name string
	Current          bool
}

func navigationItem(v view, path, name string) navigation {
	return navigation{Root: v.Root, Path: path, Name: name, Current: v.Page == path}
}

// addresses finds web addresses and DOIs within a citation.
var addresses = regexp.MustCompile(`https?://[^\s<>"]+[^\s<>".,;)]|doi:10\.[^\s<>"]+[^\s<>".,;)]`)

// linked is a citation with its addresses as links.
func linked(s string) template.HTML {
	var b strings.Builder
	at := 0
	for _, m := range addresses.FindAllStringIndex(s, -1) {
		address := s[m[0]:m[1]]
		url := strings.Replace(address, "doi:", "https://doi.org/", 1)
		b.WriteString(template.HTMLEscapeString(s[at:m[0]]))
		fmt.Fprintf(&b, `<a href="%s" rel="noopener noreferrer">%s</a>`, template.HTMLEscapeString(url),
			template.HTMLEscapeString(address))
		at = m[1]
	}
	return template.HTML(b.String() + template.HTMLEscapeString(s[at:])) //nolint:gosec // every part is escaped above
}

// factsOf lists the facts that the rules of a dimension read, as first met.
func factsOf(d rubric.Dimension) []audit.Fact {
	facts := []audit.Fact{}
	for _, rule := range d.Rules {
		for _, name := range rule.Facts {
			f, known := audit.FactNamed(name)
			if known && !slices.ContainsFunc(facts, func(met audit.Fact) bool { return met.Name == name }) {
				facts = append(facts, f)
			}
		}
	}
	return facts
}
