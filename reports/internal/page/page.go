// Package page holds what HTML pages of every kind share: markup that cannot
// forget to escape, the style sheet, small pieces as links and badges, and the
// frame of a page that is a file of its own, to be mailed or filed.
//
// A room that writes pages hands over its Parts; New makes one set of templates
// of them and of those here.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"sync"
	"time"

	"openness/reports"
	"openness/rubric"
)

//go:embed templates assets
var pageFiles embed.FS

// Parts are the templates of a room and the functions that they call.
type Parts struct {
	Files fs.FS // with a folder "templates"
	Funcs template.FuncMap
}

// New parses the templates of rooms, and those that all share.
func New(rooms ...Parts) *template.Template {
	set := template.New("")
	for _, p := range append([]Parts{shared()}, rooms...) {
		set = template.Must(set.Funcs(p.Funcs).ParseFS(p.Files, "templates/*.html"))
	}
	return set
}

func shared() Parts {
	return Parts{pageFiles, template.FuncMap{
		"label":      reports.Label,
		"number":     reports.Number,
		"share":      reports.Share,
		"add":        func(a, b int) int { return a + b },
		"symbol":     reports.Symbol,
		"meaning":    reports.Meaning,
		"heading":    reports.Heading,
		"classes":    reports.Classes,
		"short":      ShortHash,
		"date":       dateOf,
		"when":       moment,
		"link":       reports.WebLink,
		"cut":        Cut,
		"fileOf":     FileOf,
		"joined":     func(parts []string) string { return strings.Join(parts, ", ") },
		"plural":     reports.Plural,
		"rubricName": reports.RubricTitle,
		"title":      capitalised,
		"badge":      badge,
		"letter":     Letter,
		"slug":       reports.Slug,
	}}
}

// Alone is what the templates of single HTML files are given: pages that can be
// mailed or filed, with their style sheet inside, allowed by its hash. A room
// adds its own fields.
type Alone struct {
	Title     string
	Tool      string
	At        time.Time
	Style     template.CSS
	StyleHash string
	Rubrics   []*rubric.Rubric
}

// sheet is the style sheet and its hash for a Content-Security-Policy.
var sheet = sync.OnceValues(func() (template.CSS, string) {
	css := Sheet()
	sum := sha256.Sum256(css)
	return template.CSS(css), "sha256-" + base64.StdEncoding.EncodeToString(sum[:]) //nolint:gosec // our own file
})

// Sheet is the style sheet of all pages.
func Sheet() []byte {
	css, err := pageFiles.ReadFile("assets/site.css")
	if err != nil {
		panic(err) // embedded
	}
	return css
}

// NewAlone begins a page that is a file of its own.
func NewAlone(title, tool string, at time.Time, rubrics ...*rubric.Rubric) Alone {
	css, hash := sheet()
	return Alone{Title: title, Tool: tool, At: at, Style: css, StyleHash: hash, Rubrics: rubrics}
}

// WriteAlone runs a template of a set and writes its page.
func WriteAlone(w io.Writer, set *template.Template, name string, v any) error {
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, name, v); err != nil {
		return err
	}
	return WriteVisible(w, b.Bytes())
}

// WriteVisible writes a page with its hidden characters spelled out: a template
// cannot forget to.
func WriteVisible(w io.Writer, page []byte) error {
	if reports.VisibleAlready(page) {
		_, err := w.Write(page)
		return err
	}
	_, err := io.WriteString(w, reports.VisibleText(string(page)))
	return err
}
