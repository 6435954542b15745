package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is read from each golden page as what is wanted")

// TestGolden reads each page of testdata/*.txt. An archive holds the page (or
// page.quoted, a page as a Go string for bytes that an editor would mend) and,
// in "want", everything that is read from it, quoted by its own span.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata holds no pages: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			golden(t, file)
		})
	}
}

func golden(t *testing.T, file string) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	body, want := "", ""
	for _, f := range a.Files {
		switch f.Name {
		case "page":
			body = string(f.Data)
		case "page.quoted":
			body = unquoted(t, string(f.Data))
		case "want":
			want = string(f.Data)
		}
	}
	checkSpans(t, []byte(body))
	got := describe(Parse([]byte(body)))
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("%s: read\n%s\nwant\n%s\n(go test -update writes it)", file, got, want)
	}
	for i := range a.Files {
		if a.Files[i].Name == "want" {
			a.Files[i].Data = []byte(got)
		}
	}
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// describe writes down all that is read from a page, a line each. Every text
// is cut out of the page by its span.
func describe(c *Page) string {
	var w strings.Builder
	for _, f := range c.Front.Fields {
		fmt.Fprintf(&w, "field %s = %q at %q\n", f.Key, f.Value, c.Text(f.Span))
	}
	for _, e := range c.Front.Errors {
		fmt.Fprintf(&w, "error %s\n", e)
	}
	for i, s := range c.Sections {
		fmt.Fprintf(&w, "section %d %q\n", s.Level, c.Heading(i))
	}
	for s := range c.Sentences() {
		fmt.Fprintf(&w, "%s in %d %q\n", [...]string{"sentence", "item", "row"}[s.Kind], s.Section, s.Plain)
	}
	for _, b := range c.Code {
		fmt.Fprintf(&w, "code in %d %q %q\n", b.Section, b.Language, c.Text(b.Body))
	}
	for _, l := range c.Links() {
		code := ""
		if l.InCode {
			code = " in code"
		}
		fmt.Fprintf(&w, "link in %d %q %s%s at %q\n", l.Section, l.Text, l.URL, code, c.Text(l.Span))
	}
	for _, e := range c.BibTeX() {
		fmt.Fprintf(&w, "entry %s %s %s\n", e.Type, e.Key, fields(e))
	}
	return w.String()
}

func fields(e Entry) string {
	var all []string
	for name, value := range e.Fields {
		all = append(all, fmt.Sprintf("%s=%q", name, value))
	}
	sort.Strings(all)
	return strings.Join(all, " ")
}
