package page

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"openness/audit"
)

// FrontMatter is the YAML block on top of a card.
type FrontMatter struct {
	Span   audit.Span // of the YAML between the marks; empty when there is none
	Fields []Field
	Errors []string // what is wrong with it, one sentence each
}

// A Field is one scalar of the front matter. Lists and maps give one Field for
// each scalar in them.
type Field struct {
	Key   string     // the path of keys, joined by dots: "model-index.name"
	Value string     // the scalar as written: never turned into a float or date
	Span  audit.Span // of the value
}

// All returns the fields with the key, in order.
func (f *FrontMatter) All(key string) []Field {
	var found []Field
	for _, field := range f.Fields {
		if field.Key == key {
			found = append(found, field)
		}
	}
	return found
}

// First returns the first field with the key.
func (f *FrontMatter) First(key string) (Field, bool) {
	for _, field := range f.Fields {
		if field.Key == key {
			return field, true
		}
	}
	return Field{}, false
}

// Limits on foreign YAML. A card's front matter is a few kilobytes; a model
// index may reach some hundred.
const (
	maxFrontBytes  = 2 << 20
	maxFrontDepth  = 50
	maxFrontFields = 50_000
)

// parseFront reads the front matter and returns the offset behind it.
func parseFront(body []byte) (FrontMatter, int) {
	span, rest, closed := splitFront(body)
	if rest == 0 {
		return FrontMatter{}, bom(body)
	}
	f := FrontMatter{Span: span}
	if !closed {
		f.Errors = append(f.Errors, "front matter is never closed by ---")
	}
	if span.End-span.Start > maxFrontBytes {
		f.Errors = append(f.Errors, fmt.Sprintf("front matter is larger than %d bytes", maxFrontBytes))
		return f, rest
	}
	if empty(body[span.Start:span.End]) {
		return f, rest
	}
	var root yaml.Node
	limits := loaderlimits.New(loaderlimits.DepthValue(maxFrontDepth), loaderlimits.AliasValue(0))
	if err := yaml.Load(body[span.Start:span.End], &root, yaml.WithPlugin(limits)); err != nil {
		f.Errors = append(f.Errors, fmt.Sprintf("front matter is no YAML: %v", err))
		return f, rest
	}
	w := walker{front: &f, body: body, lines: lineStarts(body[:span.End], span.Start)}
	w.root(&root)
	return f, rest
}

// Broken reports whether there is front matter of which nothing could be read:
// then it may say anything.
func (f *FrontMatter) Broken() bool { return len(f.Errors) > 0 && len(f.Fields) == 0 }

// empty reports whether YAML holds nothing but blank lines and comments.
func empty(text []byte) bool {
	for line := range bytes.Lines(text) {
		if t := bytes.TrimSpace(line); len(t) > 0 && t[0] != '#' {
			return false
		}
	}
	return true
}

func bom(body []byte) int {
	if bytes.HasPrefix(body, []byte("\ufeff")) {
		return len("\ufeff")
	}
	return 0
}

// splitFront finds the block between two lines of three dashes on top of the
// page. rest is 0 when there is none. A block that is never closed counts only
// as far as its lines look like YAML.
func splitFront(body []byte) (span audit.Span, rest int, closed bool) {
	start := bom(body)
	for start < len(body) && isSpace(body[start]) {
		start++
	}
	if !bytes.HasPrefix(body[start:], []byte("---")) {
		return audit.Span{}, 0, false
	}
	first := lineEnd(body, start)
	if len(bytes.TrimSpace(body[start:first])) != 3 {
		return audit.Span{}, 0, false
	}
	for pos := first; pos < len(body); {
		end := lineEnd(body, pos)
		line := bytes.TrimRight(body[pos:end], " \t\r\n")
		if string(line) == "---" || string(line) == "..." {
			return audit.Span{Start: first, End: pos}, end, true
		}
		pos = end
	}
	end := unclosed(body, first)
	return audit.Span{Start: first, End: end}, end, false
}

// unclosed returns where an unclosed block stops to look like YAML: at a blank
// line or a heading.
func unclosed(body []byte, pos int) int {
	for pos < len(body) {
		end := lineEnd(body, pos)
		line := bytes.TrimSpace(body[pos:end])
		if len(line) == 0 || line[0] == '#' {
			break
		}
		pos = end
	}
	return pos
}

// lineEnd returns the offset behind the line that holds pos.
func lineEnd(body []byte, pos int) int {
	if i := bytes.IndexByte(body[pos:], '\n'); i >= 0 {
		return pos + i + 1
	}
	return len(body)
}

func lineStarts(body []byte, from int) []int {
	starts := []int{from}
	for i := from; i < len(body); i++ {
		if body[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// A walker turns the YAML tree into fields.
type walker struct {
	front *FrontMatter
	body  []byte
	lines []int // offset of each line of the YAML

	// Scalars come in the order of the page, many of them on one line: where the
	// last one began is where the next is looked for.
	line, column, at int
	named            map[*yaml.Node]audit.Span // of scalars that are repeated by alias
}

func (w *walker) root(n *yaml.Node) {
	if n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	if n.Kind != yaml.MappingNode {
		w.fail("front matter is not a map of keys")
		return
	}
	w.walk("", n, 0)
}

func (w *walker) walk(key string, n *yaml.Node, depth int) {
	if depth > maxFrontDepth || len(w.front.Fields) >= maxFrontFields {
		return
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag != "!!null" {
			w.front.Fields = append(w.front.Fields, Field{key, n.Value, w.spanOf(n)})
		}
	case yaml.AliasNode:
		// A scalar is repeated where it is named; what could unfold is not.
		if n.Alias != nil && n.Alias.Kind == yaml.ScalarNode {
			w.walk(key, n.Alias, depth+1)
			return
		}
		w.fail(fmt.Sprintf("key %q on line %d repeats a list or map by alias, which is not read", key, n.Line))
	case yaml.SequenceNode:
		for _, c := range n.Content {
			w.walk(key, c, depth+1)
		}
	case yaml.MappingNode:
		w.walkMap(key, n, depth)
	}
}

func (w *walker) walkMap(key string, n *yaml.Node, depth int) {
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if first, twice := seen[k.Value]; twice {
			w.fail(fmt.Sprintf("key %q stands on line %d and again on line %d", k.Value, first, k.Line))
		}
		seen[k.Value] = k.Line
		path := k.Value
		if key != "" {
			path = key + "." + path
		}
		w.walk(path, n.Content[i+1], depth+1)
	}
}

// maxFrontErrors keeps a hostile card from filling the report.
const maxFrontErrors = 20

func (w *walker) fail(sentence string) {
	if len(w.front.Errors) < maxFrontErrors {
		w.front.Errors = append(w.front.Errors, sentence)
	}
}

// spanOf locates a scalar's text, once for one that has a name: it may be repeated
// all over the page.
func (w *walker) spanOf(n *yaml.Node) audit.Span {
	if n.Anchor == "" {
		return w.span(n)
	}
	at, known := w.named[n]
	if !known {
		if w.named == nil {
			w.named = make(map[*yaml.Node]audit.Span)
		}
		at = w.span(n)
		w.named[n] = at
	}
	return at
}

// longestMark bounds what stands on a line between where YAML says that a scalar
// begins and its text: an anchor, a tag, a quote.
const longestMark = 1000

// span locates a scalar's text. YAML gives line and column of its first
// character; the rest is found by reading the source again.
func (w *walker) span(n *yaml.Node) audit.Span {
	start := w.offset(n.Line, n.Column)
	end := w.lineEndOf(start)
	text, value := w.body[start:end], []byte(n.Value)
	switch {
	case bytes.HasPrefix(text, value):
		return audit.Span{Start: start, End: start + len(n.Value)}
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return w.indented(start)
	}
	if i := bytes.Index(text[:min(len(text), len(value)+longestMark)], value); i >= 0 && n.Value != "" {
		return audit.Span{Start: start + i, End: start + i + len(n.Value)}
	}
	if folded, ok := w.folded(start, n.Value); ok {
		return folded
	}
	if end := closingQuote(text); end > 0 {
		return audit.Span{Start: start, End: start + end}
	}
	text = text[:min(len(text), len(value)+longestMark)]
	return audit.Span{Start: start, End: start + len(bytes.TrimRight(text, " \t\r\n"))}
}

// closingQuote is where a text ends that begins with a double quote, behind the quote
// that closes it; 0 where none does.
func closingQuote(text []byte) int {
	if len(text) == 0 || text[0] != '"' {
		return 0
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// folded locates a scalar that runs over several lines: its words in order,
// with white space between them, and its quotes.
func (w *walker) folded(start int, value string) (audit.Span, bool) {
	text := w.body[:w.front.Span.End]
	pos, quote := start, byte(0)
	if pos < len(text) && (text[pos] == '"' || text[pos] == '\'') {
		quote = text[pos]
		pos++
	}
	for _, word := range strings.Fields(value) {
		for pos < len(text) && isSpace(text[pos]) {
			pos++
		}
		if !bytes.HasPrefix(text[pos:], []byte(word)) {
			return audit.Span{}, false // written with escapes
		}
		pos += len(word)
	}
	if quote != 0 && pos < len(text) && text[pos] == quote {
		pos++
	}
	return audit.Span{Start: start, End: pos}, true
}

// indented returns the lines of a block scalar: those behind its mark that are
// blank or indented.
func (w *walker) indented(mark int) audit.Span {
	start := min(w.lineEndOf(mark), w.front.Span.End)
	end := start
	for end < w.front.Span.End {
		line := w.body[end:min(lineEnd(w.body, end), w.front.Span.End)]
		if t := bytes.TrimSpace(line); len(t) > 0 && line[0] != ' ' && line[0] != '\t' {
			break
		}
		end += len(line)
	}
	return audit.Span{Start: start, End: end}
}

func (w *walker) lineEndOf(pos int) int {
	i, _ := slices.BinarySearch(w.lines, pos+1)
	if i < len(w.lines) {
		return w.lines[i]
	}
	return w.front.Span.End
}

// offset turns a line and column of YAML, both from 1 and columns in
// characters, into an offset of the page.
func (w *walker) offset(line, column int) int {
	if line < 1 || line > len(w.lines) {
		return w.front.Span.Start
	}
	if line != w.line || column < w.column {
		w.line, w.column, w.at = line, 1, w.lines[line-1]
	}
	for ; w.column < column && w.at < w.front.Span.End; w.column++ {
		_, size := utf8.DecodeRune(w.body[w.at:])
		w.at += size
	}
	return min(w.at, w.front.Span.End)
}

// String names a field for people: "license = mit".
func (f Field) String() string { return f.Key + " = " + strconv.Quote(f.Value) }

// FrontLine finds a key of a card's front matter and gives the line it is on.
func FrontLine(body []byte, key string) (audit.Span, bool) {
	text := bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	skipped := len(body) - len(text)
	if !bytes.HasPrefix(text, []byte("---")) {
		return audit.Span{}, false
	}
	end := bytes.Index(text[3:], []byte("\n---"))
	if end < 0 {
		return audit.Span{}, false
	}
	for at := 3; at < end+3; {
		next := len(text)
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			next = at + n + 1
		}
		if rest, ok := bytes.CutPrefix(text[at:next], []byte(key)); ok && bytes.HasPrefix(bytes.TrimLeft(rest, " "),
			[]byte(":")) {
			return Line(body, skipped+at), true
		}
		at = next
	}
	return audit.Span{}, false
}
