package license

import (
	"bytes"
	"slices"
)

// A title that names another licence than the text below it is the name of what
// the text was, before it lost a clause: "JSON License" above all of that licence
// but its one sentence, which is MIT word for word. Whatever it is, nobody approved
// it under that name.

const (
	titleAhead  = 60 // words before a text in which its title may stand
	titleWithin = 12 // words of the text itself that its title may be taken for
	titleBefore = 24 // bytes of marks and articles before a title on its line
)

// misnamed marks a text that would count as approved, and whose title names a
// licence that is not, as changed.
func (s *scan) misnamed(text []byte, r *Result) {
	if r.License == "" || r.Modified || len(r.Matches) == 0 {
		return
	}
	if t, ok := TermsOf(r.License); !ok || !t.OSIApproved {
		return
	}
	m := mentioner{text: text, w: &s.words}
	first := slices.IndexFunc(s.found, func(m match) bool { return !m.notice })
	if s.found[first].License != r.License {
		return // what stands above is the title of the text that comes first, which is another
	}
	from := s.found[first].from
	for i := max(0, from-titleAhead); i < min(from+titleWithin, len(s.words.ids)); i++ {
		p, ok := m.nameAt(i)
		s.steps++
		if !ok {
			continue
		}
		title := Span{int(s.words.start[i]), int(s.words.end[i+len(p.words)-1])}
		if t, known := TermsOf(p.id); !known || t.OSIApproved || sameHead(p.id, r.License) || !isTitle(text, title) {
			continue
		}
		r.Modified, r.Expression = true, ""
		r.Matches[0].Modified = true
		r.Diffs = append([]Diff{{Span: title, Kind: "added", Text: string(text[title.Start:title.End]),
			Material: true}}, r.Diffs...)
		return
	}
}

// isTitle reports whether a name stands at the beginning of its line and is all of
// it but the word licence, or is followed by holders and years.
func isTitle(text []byte, m Span) bool {
	line := bytes.LastIndexByte(text[:m.Start], '\n') + 1
	if m.Start-line > titleBefore || bytes.ContainsAny(text[line:m.Start], ".,;:") {
		return false
	}
	rest := text[m.End:]
	if n := bytes.IndexByte(rest, '\n'); n >= 0 {
		rest = rest[:n]
	}
	rest = bytes.TrimLeft(rest, " \t#*=_-")
	rest = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimPrefix(rest, []byte("License")), []byte("license")))
	return len(rest) <= titleBefore || bytes.HasPrefix(bytes.ToLower(rest[:min(len(rest), 9)]), []byte("copyright"))
}

// sameHead reports whether two ids begin with the same word, as those of the
// versions and forms of one licence do.
func sameHead(a, b string) bool { return idWord(a) != 0 && idWord(a) == idWord(b) }
