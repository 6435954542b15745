// Package latex turns the LaTeX source of a paper into Markdown.
//
// In: what arXiv keeps as source: a gzipped tar of files, or one gzipped file.
// Out: the text of the paper in order (package markdown): numbered headings, a
// paragraph a line, rows of tables, captions, footnotes behind their paragraph,
// references with the labels of their bibliography.
//
// It is no TeX. It reads the commands that papers are written with, follows
// \input within the archive, and expands the authors' own macros, all of it
// bounded; what it does not know it passes over and keeps the words within. It
// opens no file and runs nothing.
package latex

import (
	"bytes"
	"fmt"
	"strings"

	"openness/audit/papers/text/markdown"
)

// Bounds on what a source may ask for.
const (
	maxNest       = 60        // arguments within arguments
	maxFrames     = 200       // macros within macros
	maxExpansions = 200_000   // uses of the authors' macros
	maxExpanded   = 32 << 20  // bytes of text read, macros and files expanded
	maxIncludes   = 500       // uses of \input
	maxMacros     = 5_000     // that authors define
	maxArgument   = 1 << 20   // bytes
	maxSteps      = 8_000_000 // commands and pieces of text
)

// Info is what is known of the source beside its text.
type Info struct {
	Title  string
	Main   string // the file that the paper begins with
	Links  []string
	Unread []string
}

// Read gives the text of a source.
func Read(body []byte) ([]byte, Info, error) {
	files, unread, err := unpack(body)
	if err != nil {
		return nil, Info{}, err
	}
	main, ok := mainFile(files)
	if !ok {
		return nil, Info{}, fmt.Errorf("%w: no document begins in any of %d files", ErrNotSource, len(files))
	}
	// The first pass learns the numbers that labels stand for.
	labels := map[string]string{}
	first := newReader(files, main, labels)
	first.run(files[main], main)
	r := newReader(files, main, labels)
	r.run(files[main], main)
	r.flush()
	r.info.Unread = append(unread, r.info.Unread...)
	if r.w.Full() {
		r.unread("the text beyond its greatest length")
	}
	text := r.w.Bytes()
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, r.info, fmt.Errorf("%w: %q has no text", ErrNotSource, main)
	}
	return text, r.info, nil
}

// A reader walks a source once.
type reader struct {
	files  map[string]string
	w      *markdown.Writer
	info   Info
	labels map[string]string
	seen   map[string]bool // what was noted as unread or linked

	macros  map[string]macro
	environ map[string]environment
	flags   map[string]bool // of \newif

	in    *input
	level int // calls of run within run
	body  bool
	ended bool

	para   *strings.Builder // where text goes
	tables []*table
	notes  []note
	lists  []string
	float  string // "Table" or "Figure" within one

	sections  [4]int
	appendix  bool
	counts    map[string]int // tables, figures, equations, notes
	reference string         // what a label would name now

	expansions, expanded, includes, steps int
}

type macro struct {
	args     int
	optional *string // default of the first argument
	body     string
	delims   string // text that a \def wants between its arguments: then it is passed over
}

type environment struct {
	args       int
	optional   *string
	begin, end string
}

type note struct{ mark, text string }

// A table is a tabular being read.
type table struct {
	rows  [][]string
	row   []string
	outer *strings.Builder
	depth int
}

func newReader(files map[string]string, main string, labels map[string]string) *reader {
	return &reader{files: files, w: &markdown.Writer{}, info: Info{Main: main}, labels: labels, seen: map[string]bool{},
		macros: map[string]macro{}, environ: map[string]environment{}, flags: map[string]bool{},
		para: &strings.Builder{}, counts: map[string]int{}}
}

func (r *reader) unread(what string) {
	if !r.seen["\x00"+what] {
		r.seen["\x00"+what] = true
		r.info.Unread = append(r.info.Unread, what)
	}
}

// run reads a text, and what it includes and expands to, to its end.
func (r *reader) run(text, file string) {
	if r.level >= maxNest {
		r.unread(fmt.Sprintf("what is nested more than %d deep", maxNest))
		return
	}
	outer := r.in
	r.level++
	r.in = &input{}
	r.push(text, file)
	for !r.ended && r.step() {
	}
	r.level--
	r.in = outer
}

// inline reads an argument and gives its text.
func (r *reader) inline(text string) string {
	if text == "" {
		return ""
	}
	outer, tables, float := r.para, r.tables, r.float
	r.para, r.tables = &strings.Builder{}, nil
	r.run(text, "")
	out := r.para.String()
	r.para, r.tables, r.float = outer, tables, float
	return strings.Join(strings.Fields(out), " ")
}

// say adds words to the paragraph; before \begin{document} nothing is said.
func (r *reader) say(text string) {
	if r.body {
		r.para.WriteString(text)
	}
}

// flush ends the paragraph. Within an argument or a cell it is a space.
func (r *reader) flush() {
	if r.level > 1 || len(r.tables) > 0 {
		r.say(" ")
		return
	}
	text := r.para.String()
	r.para.Reset()
	if strings.TrimSpace(text) == "" {
		return
	}
	switch {
	case len(r.lists) > 0 && r.lists[len(r.lists)-1] == "item":
		r.w.Item(text)
		r.lists[len(r.lists)-1] = "said"
	default:
		r.w.Paragraph(text)
	}
	r.writeNotes()
}

func (r *reader) writeNotes() {
	notes := r.notes
	r.notes = nil
	for _, n := range notes {
		r.w.Footnote(n.mark, n.text)
	}
}

func (r *reader) heading(level int, title string) {
	r.flush()
	if r.body && r.level == 1 {
		r.w.Heading(level, title)
		r.writeNotes()
	}
}

// section counts and writes a heading: depth 0 for \section.
func (r *reader) section(depth int, starred bool, title string) {
	title = strings.TrimRight(r.inline(title), ".")
	if depth > 2 || starred {
		r.heading(2+depth, title)
		return
	}
	r.sections[depth]++
	clear(r.sections[depth+1:])
	number := fmt.Sprint(r.sections[0])
	if r.appendix {
		number = string(rune('A' + (r.sections[0]+25)%26))
	}
	for _, n := range r.sections[1 : depth+1] {
		number += fmt.Sprintf(".%d", n)
	}
	r.reference = number
	r.heading(2+depth, number+" "+title)
}
