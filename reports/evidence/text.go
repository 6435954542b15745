package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
)

// Text is a page of text in the making, wrapped to a width.
type Text struct {
	strings.Builder
	Width int
	Color bool
	Cited citations
}

// quotesPerFact bounds what a terminal shows of one fact: pages repeat themselves.
const quotesPerFact = 3

// citations numbers documents as they are first cited, so that a long address
// and its hash stand once in a text and not beside every quote.
type citations []audit.Observation

// Number is the citation number of the document that o was read from.
func (c *citations) Number(o audit.Observation) int {
	i := slices.IndexFunc(*c, func(known audit.Observation) bool {
		return known.URL == o.URL && known.SHA256 == o.SHA256
	})
	if i < 0 {
		*c = append(*c, o)
		return len(*c)
	}
	return i + 1
}

// Documents lists what the text cites by number.
func (p *Text) Documents() {
	if len(p.Cited) == 0 {
		return
	}
	p.Line("", "\nCited documents")
	for i, o := range p.Cited {
		p.Item("  ", fmt.Sprintf("[%d] ", i+1), reports.Visible(o.URL))
		if page := DocumentPage(o.URL, o.Revision); page != "" && page != o.URL {
			p.Line(strings.Repeat(" ", 6), "to be seen at "+reports.Visible(page))
		}
		p.Line(strings.Repeat(" ", 6), printOf(o))
	}
}

// printOf is what identifies the bytes of a cited document.
func printOf(o audit.Observation) string {
	parts := []string{}
	if o.Revision != "" {
		parts = append(parts, "revision "+reports.Visible(o.Revision))
	}
	if o.SHA256 == "" {
		return strings.Join(append(parts, "never read"), ", ")
	}
	return strings.Join(append(parts, "read "+reports.TimeText(o.RetrievedAt), "SHA-256 "+reports.Visible(o.SHA256)),
		", ") + staleWords(o)
}

// staleWords says of a quote that its source fails now.
func staleWords(o audit.Observation) string {
	if o.StaleSince.IsZero() {
		return ""
	}
	return ", stale: its source fails since " + reports.TimeText(o.StaleSince)
}

// Line writes s wrapped, each line behind the indent.
func (p *Text) Line(indent, s string) {
	for _, part := range strings.Split(text.WrapSoft(s, p.Width-len(indent)), "\n") {
		p.WriteString(strings.TrimRight(indent+part, " ") + "\n")
	}
}

// List writes lines below a title.
func (p *Text) List(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.Line("", "\n"+title)
	for _, l := range lines {
		p.Item("  ", "- ", reports.Shorten(reports.Visible(l), reports.LongestQuote))
	}
}

// Conflicts shows each disagreement with the words of both sides.
func (p *Text) Conflicts(list []Conflict) {
	if len(list) == 0 {
		return
	}
	p.Line("", "\nLicence conflicts")
	for _, c := range list {
		p.Item("  ", "- ", reports.Shorten(reports.Visible(c.Detail), reports.LongestQuote)+" ["+c.Kind+"]")
		for _, e := range c.Sides {
			p.words(&e, nil, fmt.Sprintf("%s [%d]", reports.Shorten(reports.Visible(e.Note), reports.LongestQuote),
				p.Cited.Number(e.Observation)))
		}
	}
}

// Item writes s behind a mark, its further lines under its first.
func (p *Text) Item(indent, mark, s string) {
	hang := indent + strings.Repeat(" ", text.StringWidth(mark))
	for i, part := range strings.Split(text.WrapSoft(s, p.Width-len(hang)), "\n") {
		if i == 0 {
			p.WriteString(strings.TrimRight(indent+mark+part, " ") + "\n")
			continue
		}
		p.WriteString(strings.TrimRight(hang+part, " ") + "\n")
	}
}

// Judgement writes a judgement with its evidence.
func (p *Text) Judgement(j Judged) {
	mark := "[" + reports.Symbol(j.Class) + "] "
	by := ""
	if j.Origin == rubric.FromReview && j.Review != nil {
		by = " (review by " + reports.Label(j.Review.By) + ")"
	}
	p.WriteByte('\n')
	p.Item("", mark, fmt.Sprintf("%s: %s%s", reports.Visible(reports.Heading(j.Dimension)), j.Class, by))
	p.Line("    ", reports.Shorten(reports.Visible(j.Reason), reports.LongestQuote))
	p.quotes(j.Quotes)
	for _, same := range SamePlaces(j.Places()) {
		p.Item("    ", "- ", p.placeNames(same)+" "+sentence(reports.Visible(same[0].Said())))
	}
}

// placesNamed bounds how many of the places of which the same is to be said are named; all are cited.
const placesNamed = 2

// placeNames names places as people know them, with the numbers of their citations, up to a full stop.
func (p *Text) placeNames(same []Place) string {
	names, more := "", ""
	for i, l := range same {
		cited := fmt.Sprintf(" [%d]", p.Cited.Number(l.First))
		switch {
		case i >= placesNamed:
			more += cited
			continue
		case i > 0:
			names += ", "
		}
		names += placeName(l.URL) + cited
	}
	if more != "" {
		more = fmt.Sprintf(" and %d more%s", len(same)-placesNamed, more)
	}
	return names + more + "."
}

// placeName is the page where a person sees what an address gives, without its scheme, and of a file without its
// revision, which stands where the document is cited.
func placeName(url string) string {
	page := cmp.Or(DocumentPage(url, ""), url)
	if _, name, found := strings.Cut(page, "://"); found {
		page = name
	}
	if home, file, found := strings.Cut(page, "/blob/"); found {
		if _, file, found = strings.Cut(file, "/"); found {
			page = home + " " + file
		}
	}
	return reports.Shorten(reports.Visible(page), reports.LongestQuote)
}

// sentence is s with its first letter a capital and without its full stop, which no line of a list has.
func sentence(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + strings.TrimSuffix(s[size:], ".")
}

// quotes shows the first quotes for each fact, and says how many more there are.
// Several facts read from the same words share one quote. Where the words are not
// shipped, two quotes that say the same of the same document are one.
func (p *Text) quotes(quotes []Wording) {
	shown := map[string]int{}
	wordless := map[string]bool{}
	left := 0
	for i := range quotes {
		w := &quotes[i]
		fact := w.Facts[0].Fact
		if shown[fact] == quotesPerFact {
			left++
			continue
		}
		source := p.source(w)
		if w.Facts[0].Shown == "" && wordless[source] {
			continue
		}
		wordless[source] = true
		shown[fact]++
		p.words(&w.Facts[0], w.Under, source)
	}
	if left > 0 {
		p.Line("    ", fmt.Sprintf("and %s; --format json and the site show all", reports.Plural(left, "more quote",
			"more quotes")))
	}
}

// Quote writes a quote with what it is evidence of and where it stands.
func (p *Text) Quote(w *Wording) { p.words(&w.Facts[0], w.Under, p.source(w)) }

// source says which facts a quote tells, and in which documents it stands.
func (p *Text) source(w *Wording) string {
	said := []string{}
	for _, f := range w.Facts {
		if words := f.Fact + " = " + reports.Shorten(reports.Visible(f.Value),
			reports.LongestName); !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	e := w.Facts[0]
	source := fmt.Sprintf("%s [%d]", strings.Join(said, ", "), p.Cited.Number(e.Observation))
	for i := range w.Also {
		source += fmt.Sprintf(" [%d]", p.Cited.Number(w.Also[i].Observation))
	}
	return source
}

// words are a quote as people read it, above what it says and where it stands.
func (p *Text) words(e *Evidence, under *seenAt, source string) {
	switch {
	case e.Shown == "": // the built-in snapshot carries no quotes
		p.Item("    ", "> ", source)
		return
	case under != nil:
		p.Item("    ", "> ", "“"+reports.Visible(reports.ShortWords(e.Read, fewWords))+"”, as quoted under "+
			reports.Visible(under.Name))
	default:
		p.Item("    ", "> ", "“"+reports.Visible(e.Read)+"”")
	}
	p.Line("      ", fmt.Sprintf("%s %s", source, placeOf(e)))
}

// placeOf tells where in its document a quote stands.
func placeOf(e *Evidence) string {
	bytes := fmt.Sprintf("bytes %d to %d", e.Start, e.End)
	switch e.Lines[0] {
	case 0:
		return bytes
	case e.Lines[1]:
		return fmt.Sprintf("line %d, %s", e.Lines[0], bytes)
	}
	return fmt.Sprintf("lines %d to %d, %s", e.Lines[0], e.Lines[1], bytes)
}

// provenance says where and when a quote was read.
func provenance(e Evidence) string {
	s := fmt.Sprintf("%s = %s, bytes %d to %d of %s", e.Fact, reports.Shorten(reports.Visible(e.Value),
		reports.LongestName), e.Start, e.End, reports.Visible(e.URL))
	if e.Revision != "" {
		s += " at " + reports.Visible(e.Revision)
	}
	return s + ", read " + reports.TimeText(e.RetrievedAt) + ", SHA-256 " + reports.Visible(e.SHA256) +
		staleWords(e.Observation)
}
