package page

import (
	"bytes"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// An Entry is one BibTeX entry of a page.
type Entry struct {
	Type   string            // lower case: "article", "inproceedings"
	Key    string            // citation key
	Fields map[string]string // lower-case names; braces and quotes stripped, white space collapsed
	Span   audit.Span        // from the @ to behind the closing brace
}

// Limits on BibTeX: an entry longer than this is no citation.
const (
	maxEntryBytes = 32 << 10
	maxEntries    = 500
	maxTries      = 2000 // places that look like an entry and are none
)

// BibTeX returns the entries of the page, in order, wherever they stand: in a
// code block, in running text or in an HTML comment: the paper that a citation
// names is there whether or not the page shows the citation. An entry that does
// not close ends behind its last field.
func (c *Page) BibTeX() []Entry { return ParseBibTeX(c.Source) }

// ParseBibTeX finds BibTeX entries in text. It never panics; what does not
// parse is skipped.
func ParseBibTeX(text []byte) []Entry {
	var entries []Entry
	tries := 0
	for pos := 0; pos < len(text) && len(entries) < maxEntries && tries < maxTries; {
		at := bytes.IndexByte(text[pos:], '@')
		if at < 0 {
			break
		}
		pos += at
		if behind, ok := bibComment(text, pos); ok {
			pos = behind
			tries++
			continue
		}
		e, end, ok := parseEntry(text, pos)
		if !ok {
			if word := wordAt(text, pos+1); entryTypes[word] || word == "comment" {
				tries++ // an @ of an address or a decorator costs nothing
			}
			pos++
			continue
		}
		entries = append(entries, e)
		pos = end
	}
	return entries
}

// bibComment returns the offset behind a "@comment{...}" at pos.
func bibComment(text []byte, pos int) (int, bool) {
	if wordAt(text, pos+1) != "comment" {
		return 0, false
	}
	r := bibReader{text: text[:min(len(text), pos+maxEntryBytes)], pos: pos + 1 + len("comment")}
	r.space()
	if r.peek() != '{' {
		return 0, false
	}
	_, closed := r.braced()
	return r.pos, closed
}

// maxWord is longer than any type of entry.
const maxWord = 20

// wordAt returns the name at an offset, in lower case.
func wordAt(text []byte, pos int) string {
	r := bibReader{text: text[:min(len(text), pos+maxWord)], pos: pos}
	return strings.ToLower(r.word())
}

var entryTypes = map[string]bool{
	"article": true, "inproceedings": true, "conference": true, "incollection": true, "proceedings": true,
	"misc": true, "techreport": true, "report": true, "online": true, "software": true, "unpublished": true,
	"book": true, "inbook": true, "phdthesis": true, "mastersthesis": true, "manual": true, "dataset": true,
	"preprint": true, "electronic": true, "webpage": true, "blog": true,
}

// parseEntry reads an entry whose @ stands at pos.
func parseEntry(text []byte, pos int) (e Entry, end int, ok bool) {
	r := bibReader{text: text[:min(len(text), pos+maxEntryBytes)], pos: pos + 1}
	kind := strings.ToLower(r.word())
	r.space()
	if !entryTypes[kind] || !r.open() {
		return Entry{}, 0, false
	}
	e = Entry{Type: kind, Fields: make(map[string]string)}
	r.space()
	e.Key = strings.TrimSpace(string(r.until(r.ends)))
	end = r.pos
	for r.take(',') {
		r.space()
		if r.peek() == r.closer || !r.field(e.Fields) {
			break
		}
		end = r.pos
	}
	if r.take(r.closer) {
		end = r.pos
	} else if e.Fields["title"] == "" {
		return Entry{}, 0, false // never closed, and too little to be a citation
	}
	e.Span = audit.Span{Start: pos, End: len(bytes.TrimRight(text[:end], " \t\r\n"))}
	return e, end, true
}

// A bibReader reads BibTeX tokens.
type bibReader struct {
	text   []byte
	pos    int
	closer byte   // what ends the entry
	ends   string // what ends its key
}

// open takes the bracket that opens an entry.
func (r *bibReader) open() bool {
	switch {
	case r.take('{'):
		r.closer, r.ends = '}', ",}"
	case r.take('('):
		r.closer, r.ends = ')', ",)"
	default:
		return false
	}
	return true
}

func (r *bibReader) peek() byte {
	if r.pos < len(r.text) {
		return r.text[r.pos]
	}
	return 0
}

func (r *bibReader) take(b byte) bool {
	if r.pos < len(r.text) && r.text[r.pos] == b {
		r.pos++
		return true
	}
	return false
}

func (r *bibReader) space() {
	for r.pos < len(r.text) && isSpace(r.text[r.pos]) {
		r.pos++
	}
}

// until reads up to the first byte of the set.
func (r *bibReader) until(set string) []byte {
	start := r.pos
	for r.pos < len(r.text) && strings.IndexByte(set, r.text[r.pos]) < 0 {
		r.pos++
	}
	return r.text[start:r.pos]
}

// word reads a name: letters, digits, dashes and underscores.
func (r *bibReader) word() string {
	start := r.pos
	for r.pos < len(r.text) && isNameByte(r.text[r.pos]) {
		r.pos++
	}
	return string(r.text[start:r.pos])
}

func isNameByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_'
}

// field reads one "name = value # value" and the white space behind it.
func (r *bibReader) field(fields map[string]string) bool {
	name := strings.ToLower(r.word())
	r.space()
	if name == "" || !r.take('=') {
		return false
	}
	var value strings.Builder
	for {
		r.space()
		part, ok := r.value()
		if !ok {
			return false
		}
		value.WriteString(part)
		r.space()
		if !r.take('#') {
			break
		}
	}
	if _, twice := fields[name]; !twice {
		fields[name] = cleanValue(value.String())
	}
	return true
}

// value reads a braced, quoted or bare value.
func (r *bibReader) value() (string, bool) {
	switch r.peek() {
	case '{':
		return r.braced()
	case '"':
		return r.quoted()
	}
	bare := strings.TrimSpace(string(r.until(r.ends + "#\n")))
	return bare, bare != ""
}

func (r *bibReader) braced() (string, bool) {
	depth, start := 0, r.pos+1
	for ; r.pos < len(r.text); r.pos++ {
		switch r.text[r.pos] {
		case '\\':
			r.pos++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				r.pos++
				return string(r.text[start : r.pos-1]), true
			}
		}
	}
	r.pos = len(r.text)
	return "", false
}

func (r *bibReader) quoted() (string, bool) {
	start := r.pos + 1
	depth := 0
	for r.pos++; r.pos < len(r.text); r.pos++ {
		switch r.text[r.pos] {
		case '\\':
			r.pos++
		case '{':
			depth++
		case '}':
			depth--
		case '"':
			if depth <= 0 {
				r.pos++
				return string(r.text[start : r.pos-1]), true
			}
		}
	}
	r.pos = len(r.text)
	return "", false
}

var (
	bibMarks = strings.NewReplacer("{", "", "}", "", "\\&", "&", "\\_", "_", "\\url", "", "\\", "")
	spaces   = pattern.MustCompile(`\s+`)
)

func cleanValue(v string) string {
	v = bibMarks.Replace(v)
	return strings.TrimSpace(spaces.ReplaceAllString(v, " "))
}
