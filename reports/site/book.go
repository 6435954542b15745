// Package site writes the static site about all stored models, and the same pages one by one
// for a server: the ranking, a dossier per model, makers, figures, downloads, a feed, badges.
//
// A Book knows every page's address and writes the pages about more than one model.
package site

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"openness/audit"
	"openness/reports"
	"openness/reports/figures"
	"openness/reports/internal/page"
	"openness/reports/makers"
	"openness/reports/ranking"
	"openness/rubric"
)

// Options say what a site is about.
type Options struct {
	Rubric *rubric.Rubric
	Tool   string          // version of the tool
	At     time.Time       // when the site was made
	Source string          // where the judgements come from, a phrase; may be empty
	Scores []figures.Score // benchmark values for the figures; may be empty
	// Ranking says how rows become ranks; its zero value is how this tool does it.
	Ranking ranking.Ranking
	// Aliases gives further names of a model by one of its names, to join scores;
	// nil for none.
	Aliases func(name string) []string
	// Releases are the facts from which the strategy of makers is told; there is
	// no page of it without.
	Releases []reports.Release
	// MakerOf gives the maker behind a name of its own, of a laboratory or of an
	// account, so that they share a page; nil for none.
	MakerOf func(organisation string) string
	// Figures are further figures for the site, for instance of a census.
	Figures []figures.Figure
	// Database writes a copy of the SQLite database to a path, to be offered for
	// download; nil for none.
	Database func(path string) error
	// Prepare completes a model before it is written: judges it, adds history
	// and reviews. It is called by several goroutines at once; it may be nil.
	Prepare func(*reports.Model) error
	// Live is set by the server: pages offer search and the JSON API, and leave
	// out downloads that only a written site has.
	Live bool
}

// A Book is a site's table of contents: it knows every model's page and can
// write every page that is about more than one model. It is read-only after
// NewBook and safe for concurrent use.
type Book struct {
	Options
	rows       []ranking.Row // ranked
	slugs      map[string]string
	children   map[string][]audit.Subject // by id of the base
	subjects   map[string]audit.Subject   // by id
	orgs       []organisation
	orgSlugs   map[string]string
	figures    []figures.Figure
	strategies makers.Report
	joined     figures.Join
	pages      map[string]func(io.Writer) error
	frame      func() (frame, error) // of dossiers
}

// NewBook plans a site about subjects. Rows may be set later with Fill.
func NewBook(o Options, subjects []audit.Subject) *Book {
	b := &Book{Options: o, slugs: make(map[string]string), children: make(map[string][]audit.Subject),
		subjects: make(map[string]audit.Subject), orgSlugs: make(map[string]string)}
	b.frame = sync.OnceValues(b.dossierFrame)
	taken, takenOrgs := slugs{"index": true}, slugs{"index": true}
	for _, s := range sortedSubjects(subjects) {
		if _, again := b.slugs[reports.SubjectKey(s.ID, s.Label)]; again {
			continue
		}
		b.slugs[reports.SubjectKey(s.ID, s.Label)] = taken.add(s.ID, s.Label)
		if _, seen := b.subjects[s.ID]; !seen {
			b.subjects[s.ID] = s
			if s.Base != "" && s.Base != s.ID {
				b.children[s.Base] = append(b.children[s.Base], s)
			}
		}
		if maker := b.maker(s.Organisation); b.orgSlugs[maker] == "" {
			b.orgSlugs[maker] = takenOrgs.add(cmp.Or(maker, unnamed), "")
		}
	}
	return b
}

// unnamed is shown for a model whose organisation is not known.
const unnamed = "organisation not stated"

func sortedSubjects(subjects []audit.Subject) []audit.Subject {
	order := make([]int, len(subjects)) // moved once each: subjects are large
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int {
		a, b := &subjects[x], &subjects[y]
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Label, b.Label), cmp.Compare(x, y))
	})
	sorted := make([]audit.Subject, len(subjects))
	for i, at := range order {
		sorted[i] = subjects[at]
	}
	return sorted
}

// Fill gives the book its rows and draws the figures.
func (b *Book) Fill(rows []ranking.Row) {
	b.rows = ranking.Rank(rows, b.Ranking)
	b.orgs = organisations(b.rows, b.maker)
	b.joined = figures.JoinScores(b.Scores, b.rows, b.Aliases)
	b.figures = figures.All(b.Rubric, b.rows, b.joined.Scores, figures.DateScores(b.Scores, b.rows, b.Releases,
		b.Aliases))
	if len(b.Releases) > 0 {
		b.strategies = makers.Report{At: b.At, Months: makers.Months, Tool: b.Tool,
			Makers: makers.Strategies(b.Releases, b.rows, b.At, makers.Months)}
		b.figures = append(b.figures, makers.Figure(b.strategies))
	}
	b.figures = append(b.figures, b.Figures...)
	b.pages = b.contents()
}

// Rows are the rows of the book, ranked.
func (b *Book) Rows() []ranking.Row { return b.rows }

// ModelPage is the path of a model's dossier within the site.
func (b *Book) ModelPage(id, label string) string {
	if s, ok := b.slugs[reports.SubjectKey(id, label)]; ok {
		return "models/" + s + ".html"
	}
	return ""
}

// ComparePage is the comparison with this model chosen as the first.
func (b *Book) ComparePage(s audit.Subject) string {
	return "compare.html#m=" + url.QueryEscape(b.slugs[reports.SubjectKey(s.ID, s.Label)])
}

// pageOfID is the dossier of a model known by id only, "" when there is none.
func (b *Book) pageOfID(id string) string {
	s, ok := b.subjects[id]
	if !ok {
		return ""
	}
	return b.ModelPage(s.ID, s.Label)
}

// PageOfHub is the dossier of a model known by id, "" where there is none.
func (b *Book) PageOfHub(id string) string { return b.pageOfID(id) }

// OrganisationPage is the path of an organisation's page.
func (b *Book) OrganisationPage(name string) string {
	return "organisations/" + b.orgSlugs[b.maker(name)] + ".html"
}

// maker is who stands behind the name of an organisation.
func (b *Book) maker(name string) string {
	if b.MakerOf == nil {
		return name
	}
	return b.MakerOf(name)
}

// Unjoined are the names in the file of scores that no stored model could be
// joined to.
func (b *Book) Unjoined() []string { return b.joined.Unmatched }

// OrganisationName is an organisation's name as shown.
func (b *Book) OrganisationName(name string) string { return cmp.Or(reports.Label(name), unnamed) }

// Maximum is the greatest score that the rubric allows.
func (b *Book) Maximum() float64 { return ranking.Maximum(b.rows) }

// contents maps every shared page's path to what writes it.
func (b *Book) contents() map[string]func(io.Writer) error {
	pages := map[string]func(io.Writer) error{
		"index.html":   b.page("ranking", "index.html", "Ranking", b.rankingPage),
		"compare.html": b.page("compare", "compare.html", "Compare models", func() any { return nil }),
		"organisations/index.html": b.page("organisations", "organisations/index.html", "Organisations",
			b.organisationsPage),
		"figures/index.html":   b.page("figures", "figures/index.html", "Figures", func() any { return b.figures }),
		"rubric.html":          b.page("rubric", "rubric.html", "Rubric", b.rubricPage),
		"downloads/index.html": b.page("downloads", "downloads/index.html", "Downloads", b.downloadsPage),
		"about.html":           b.page("about", "about.html", "About", func() any { return nil }),
		"data/ranking.js":      b.writeData,
		"feed.xml":             b.writeFeed,
		"assets/favicon.svg":   writeFavicon,
	}
	if len(b.Releases) > 0 {
		pages["makers.html"] = b.page("makers", "makers.html", "Strategy of makers", func() any { return b.strategies })
	}
	for _, part := range rankingParts(len(b.rows)) {
		if part.Number == 1 {
			continue // the ranking itself
		}
		pages[part.Page] = b.page("ranking-part", part.Page, fmt.Sprintf("Ranking, %d to %d", part.First, part.Last),
			func() any { return b.rankingPartPage(part) })
	}
	for _, org := range b.orgs {
		name := b.OrganisationPage(org.Name)
		pages[name] = b.page("organisation", name, cmp.Or(reports.Label(org.Name), unnamed), func() any { return org })
	}
	for _, f := range b.figures {
		pages["figures/"+f.File] = func(w io.Writer) error { _, err := w.Write(f.SVG); return err }
	}
	maps.Copy(pages, b.downloads())
	maps.Copy(pages, b.badges())
	for _, name := range []string{"site.css", "ranking.js", "compare.js"} {
		pages["assets/"+name] = func(w io.Writer) error { return writeAsset(w, name) }
	}
	return pages
}

// Pages lists the paths of the shared pages in order.
func (b *Book) Pages() []string { return slices.Sorted(maps.Keys(b.pages)) }

// WritePage writes one shared page; ok is false when there is no such page.
func (b *Book) WritePage(w io.Writer, page string) (ok bool, err error) {
	write, ok := b.pages[page]
	if !ok {
		return false, nil
	}
	if err := write(w); err != nil {
		return true, fmt.Errorf("page %q: %w", page, err)
	}
	return true, nil
}

// WriteModel writes a model's dossier.
func (b *Book) WriteModel(w io.Writer, m *reports.Model) error {
	lines, err := reports.AssessmentLines(m, b.Tool)
	if err == nil {
		err = b.writeDossier(w, m, lines)
	}
	return dossierError(m, err)
}

// dossierError says of which model's dossier an error is; nil stays nil.
func dossierError(m *reports.Model, err error) error {
	if err != nil {
		return fmt.Errorf("dossier of %q: %w", reports.Label(m.Subject.ID), err)
	}
	return nil
}

// A frame is what surrounds the content of pages that differ in their titles
// only. It is made once for all dossiers.
type frame struct{ begin, end, foot string }

func (b *Book) dossierFrame() (frame, error) {
	var parts [3]string
	for i, name := range []string{"head-begin", "head-end", "foot"} {
		var part strings.Builder
		if err := sitePages().ExecuteTemplate(&part, name, b.view("models/", "", nil)); err != nil {
			return frame{}, err
		}
		parts[i] = part.String()
	}
	return frame{parts[0], parts[1], parts[2]}, nil
}

func (b *Book) writeDossier(w io.Writer, m *reports.Model, assessments [][]byte) error {
	frame, err := b.frame()
	if err != nil {
		return err
	}
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	buffer.WriteString(frame.begin)
	buffer.WriteString(string(page.PageTitle(reports.Label(m.Name()), b.Rubric)))
	buffer.WriteString(frame.end)
	v := b.view(b.ModelPage(m.Subject.ID, m.Subject.Label), reports.Label(m.Name()), b.dossierPage(m, assessments))
	if err := sitePages().ExecuteTemplate(buffer, "model", v); err != nil {
		return err
	}
	buffer.WriteString(frame.foot)
	return page.WriteVisible(w, buffer.Bytes())
}

func (b *Book) page(template, path, title string, data func() any) func(io.Writer) error {
	return func(w io.Writer) error { return b.render(w, template, path, title, data()) }
}

// A view is what every template is given.
type view struct {
	*Book
	Page  string // path of this page within the site
	Root  string // the way back to the site's root: "" or "../"
	Title string
	Data  any
}

// view is what the template of a page is given.
func (b *Book) view(page, title string, data any) view {
	return view{b, page, strings.Repeat("../", strings.Count(page, "/")), title, data}
}

// buffers are pages in the making: a site has as many pages as models, and each
// would grow its own.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render runs a template and shows what is left of hidden characters as text:
// a template cannot forget to.
func (b *Book) render(w io.Writer, template, path, title string, data any) error {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := sitePages().ExecuteTemplate(buffer, template, b.view(path, title, data)); err != nil {
		return err
	}
	return page.WriteVisible(w, buffer.Bytes())
}
