package obligations

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/pattern"
)

// A Certainty says what stands behind a clause.
type Certainty string

// The certainties. A duty is listed whatever its clause: one that is shown as doubtful
// is looked at, one that is left out is not.
const (
	Quoted   Certainty = "quoted"   // the text says so in this sentence
	Doubtful Certainty = "doubtful" // this sentence may be the one
	NotFound Certainty = "not_found"
	NotRead  Certainty = "not_read"  // the text was not read
	NoClause Certainty = "no_clause" // the answer rests on what the licence does not say
)

// A Clause is the part of a licence that decides.
type Clause struct {
	Section   string    `json:"section"` // as the licence numbers it; empty where it is not known
	Quote     string    `json:"quote"`   // the sentence; empty where the text was not read or has none
	Certainty Certainty `json:"certainty"`
	URL       string    `json:"url"`    // where the text stands
	SHA256    string    `json:"sha256"` // of the document that the quote is from
	Start     int       `json:"start"`
	End       int       `json:"end"`
}

// quoted is the clause that an observation quotes.
func quoted(o audit.Observation) Clause {
	c := Clause{Quote: o.Quote, URL: o.URL, SHA256: o.SHA256, Start: o.Start, End: o.End, Certainty: Quoted}
	if c.Quote == "" {
		c.Certainty = NotFound
	}
	return c
}

// longestClause bounds a quoted sentence, in bytes.
const longestClause = 700

// clause finds the sentence on a question in the text of a licence; section is where our
// table says that it stands.
func (l Licence) clause(question, section string) Clause {
	c := Clause{Section: section, URL: l.URL, Certainty: NotRead}
	if l.text == nil {
		return c
	}
	c.URL, c.SHA256, c.Certainty = l.text.doc.URL, l.text.doc.SHA256, NotFound
	s := clauses().Kinds[question]
	if s == nil {
		return c
	}
	all := l.text.read(l.part())
	sections := sectionsOf(section)
	best, weight := -1, doubtClause-1
	for i, p := range all {
		w := clauses().weigh(all, i, s, p.in(sections))
		if w >= certainClause && matches(s.act, p.words) {
			w += certainFirst
		}
		if w > weight {
			best, weight = i, w
		}
	}
	if best < 0 {
		return c
	}
	p := all[best]
	c.Certainty = Doubtful
	if weight >= certainFirst {
		c.Certainty = Quoted
	}
	c.Section = cmp.Or(section, p.label)
	c.cut(l.text.body, withLead(all, best, s), offsetOf(p, s))
	return c
}

// withLead is a passage with the words that introduce it, where they give it its force
// and both are short enough to be quoted.
func withLead(all []passage, i int, s *sought) [2]int {
	at := all[i].at
	if at[1]-all[i].sentence <= longestClause {
		at[0] = all[i].sentence // not what follows a semicolon alone
	}
	if clauses().forces(s, all[i].words) {
		return at
	}
	for lead := all[i].lead; lead >= 0; lead = all[lead].lead {
		if from := all[lead].at[0]; at[1]-from <= longestClause {
			at[0] = from
		}
		if clauses().forces(s, all[lead].words) {
			break
		}
	}
	return at
}

// offsetOf is where in a passage the words stand that are sought, roughly: mark-up is
// counted as it is in the text.
func offsetOf(p passage, s *sought) int {
	for _, re := range []*pattern.Regexp{s.act, s.perhaps} {
		if re == nil {
			continue
		}
		if at := re.FindStringIndex(p.words); at != nil {
			return at[0] * (p.at[1] - p.at[0]) / max(1, len(p.words))
		}
	}
	return 0
}

// cut quotes a sentence of a text; of a long one its beginning, or the part around an
// offset in it where that lies further back.
func (c *Clause) cut(body []byte, sentence [2]int, offset int) {
	c.Start, c.End = sentence[0], sentence[1]
	if c.End-c.Start > longestClause {
		if offset > longestClause*2/3 {
			c.Start += offset - longestClause/3
			for c.Start < c.End && !blank(body[c.Start]) && body[c.Start] < utf8.RuneSelf {
				c.Start++
			}
			for c.Start < c.End && (blank(body[c.Start]) || !utf8.RuneStart(body[c.Start])) {
				c.Start++
			}
		}
		c.End = min(sentence[1], c.Start+longestClause)
		for c.End > c.Start && c.End < len(body) && !utf8.RuneStart(body[c.End]) {
			c.End--
		}
	}
	c.Quote = string(body[c.Start:c.End])
}

func blank(b byte) bool { return strings.IndexByte(" \t\r\n", b) >= 0 }

// sectionNumber matches a number of our table of sections: "1.b.iii", "III.4", "5.2.a".
var sectionNumber = pattern.MustCompile(
	`^(?:[0-9]{1,2}|[a-zA-Z]|[ivxIVX]{1,4})(?:\.(?:[0-9]{1,2}|[a-zA-Z]|[ivxIVX]{1,4}))*$`)

// sectionsOf are the sections that our table names, as numbers of parts.
func sectionsOf(section string) [][]int {
	var all [][]int
	for _, word := range strings.FieldsFunc(section, func(r rune) bool { return strings.ContainsRune(" ,;()", r) }) {
		if !sectionNumber.MatchString(word) || len(word) == 1 && strings.Trim(word, "0123456789") != "" {
			continue
		}
		var path []int
		for i, part := range strings.Split(word, ".") {
			style := "a"
			if strings.Trim(part, "ivx") == "" && (i > 1 || len(part) > 1) || strings.Trim(part, "IVX") == "" {
				style = "i"
			}
			path = append(path, ordinal(style, part))
		}
		all = append(all, path)
	}
	return all
}

// in reports whether a passage stands in one of the sections.
func (p passage) in(sections [][]int) bool {
	return slices.ContainsFunc(sections, func(section []int) bool {
		for from := 0; from+len(section) <= len(p.path); from++ {
			if slices.Equal(p.path[from:from+len(section)], section) {
				return true
			}
		}
		return false
	})
}

// A textOf is a licence's text as it was served with a model.
type textOf struct {
	doc      audit.Document
	body     []byte
	passages map[string][]passage // by licence
}

// read cuts what a file holds of one licence into passages: a file may hold several.
func (t *textOf) read(id string) []passage {
	if all, ok := t.passages[id]; ok {
		return all
	}
	from, to := 0, len(t.body)
	if found := license.Identify(t.body); len(found.Matches) > 1 || t.doc.Kind == audit.DocModelCard {
		for _, m := range found.Matches {
			if m.License == id {
				from, to = m.Start, m.End
				break
			}
		}
	}
	for from < to && !utf8.RuneStart(t.body[from]) {
		from++
	}
	all := passagesOf(t.body[from:to])
	for i := range all {
		all[i].at[0] += from
		all[i].at[1] += from
		all[i].sentence += from
	}
	if t.passages == nil {
		t.passages = make(map[string][]passage)
	}
	t.passages[id] = all
	return all
}
