package reports

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"openness/audit"
	"openness/rubric"
)

//go:embed templates assets
var siteFiles embed.FS

// pageTemplates parses the embedded templates once.
var pageTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"label":         label,
		"number":        number,
		"share":         share,
		"knownShare":    knownShare,
		"spanOf":        spanOf,
		"add":           func(a, b int) int { return a + b },
		"unranked":      func(rows []Row, i int) bool { return !rows[i].Score.Ranked && (i == 0 || rows[i-1].Score.Ranked) },
		"rulingClass":   rulingClass,
		"outcomeClass":  outcomeClass,
		"waiver":        waiverWords,
		"checkQuotes":   checkQuotes,
		"symbol":        Symbol,
		"meaning":       Meaning,
		"heading":       heading,
		"classes":       Classes,
		"short":         shortHash,
		"date":          dateOf,
		"when":          moment,
		"link":          webLink,
		"cut":           cut,
		"fileOf":        fileOf,
		"finding":       FindingWords,
		"joined":        func(parts []string) string { return strings.Join(parts, ", ") },
		"plural":        plural,
		"groups":        groupsOf,
		"facts":         factsOf,
		"rubricName":    rubricTitle,
		"title":         capitalised,
		"scoreSentence": scoreSentence,
		"fourNumbers":   func() []int { return []int{1, 2, 3, 4} },
		"linked":        linked,
		"badge":         badge,
		"address":       address,
		"pageTitle":     pageTitle,
		"cells":         cells,
		"strip":         strip,
		"strongest":     strongestQuotes,
		"firstWords":    firstSentence,
		"onpage":        onPage,
		"judgements":    judgements,
		"sides":         sides,
		"looks":         looks,
		"sources":       sources,
		"licences":      licences,
		"dossierView":   func(d dossierData) view { return view{Data: d} },
		"item":          navigationItem,
		"letter":        classLetter,
		"slug":          slug,
		"trust":         trust,
		"newestOf":      newestOf,
		"largestOf":     largestOf,
		"sharePointer":  func(f *float64) string { return share(*f) },
	}).ParseFS(siteFiles, "templates/*.html"))
})

func writeAsset(w io.Writer, name string) error {
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

// capitalised writes a word of a rubric as a heading.
func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
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
		fmt.Fprintf(&b, `<a href="%s" rel="noopener noreferrer">%s</a>`, template.HTMLEscapeString(url), template.HTMLEscapeString(address))
		at = m[1]
	}
	return template.HTML(b.String() + template.HTMLEscapeString(s[at:])) //nolint:gosec // every part is escaped above
}

// shortHash is the first characters of a hash or revision, enough to compare by eye.
func shortHash(s string) string {
	if len(s) > 12 {
		return Visible(s[:12])
	}
	return Visible(s)
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 January 2006")
}

// fileOf names a document by the end of its URL, with its host.
func fileOf(url string) string {
	rest := url[:min(len(url), longestLink)]
	if _, after, ok := strings.Cut(url, "://"); ok {
		rest = after
	}
	host, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	last := parts[len(parts)-1]
	if last == "" {
		return label(host)
	}
	return label(last + " (" + host + ")")
}

// plural writes "1 model" and "3 models".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
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

// A columnGroup is a run of dimensions with one group.
type columnGroup struct {
	Name       string
	Dimensions []rubric.Dimension
}

// groupsOf splits dimensions into runs of one group.
func groupsOf(dims []rubric.Dimension) []columnGroup {
	groups := []columnGroup{}
	for _, d := range dims {
		last := len(groups) - 1
		if last < 0 || groups[last].Name != d.Group {
			groups = append(groups, columnGroup{Name: d.Group})
			last++
		}
		groups[last].Dimensions = append(groups[last].Dimensions, d)
	}
	return groups
}
