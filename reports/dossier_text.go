package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"openness/audit"
	"openness/rubric"
)

// writeDossierText writes a dossier for terminals and mail.
func writeDossierText(w io.Writer, m *Model, rubrics []*rubric.Rubric, o Options) error {
	p := &textPage{width: o.columns(), color: o.Color}
	p.line("", label(m.Name()))
	p.line("", strings.Repeat("=", min(text.StringWidth(label(m.Name())), p.width)))
	assessments := m.allJudged(rubrics)
	if len(assessments) > 0 {
		p.line("", why(assessments[0].Judged))
	}
	p.identity(m)
	for i := range assessments {
		p.assessment(&assessments[i])
	}
	if len(assessments) == 0 {
		p.line("", "\nNot assessed yet.")
	}
	p.conflicts(m.disputes())
	p.documents()
	p.list("Withdrawn", lookLines(m.withdrawn()))
	p.list("Sources that fail now", lookLines(m.stale()))
	p.list("Not there", p.besides(m.notThere()))
	p.list("Could not be looked at", p.besides(m.unseen()))
	p.list("History", historyLines(m.History))
	_, err := io.WriteString(w, p.String())
	return err
}

// identity is what a text says of the model, and the verdicts of frameworks.
func (p *textPage) identity(m *Model) {
	p.line("", "")
	for _, f := range m.identity() {
		p.line("", f[0]+": "+f[1])
	}
	p.frameworks(m.Frameworks)
}

// besides are looks at what the text has not cited: each is told once. Those
// with the same outcome share its words.
func (p *textPage) besides(looks []Look) []string {
	left := []Look{}
	for _, l := range looks {
		if !slices.ContainsFunc(p.cited, func(o audit.Observation) bool { return o.URL == l.URL }) {
			left = append(left, l)
		}
	}
	return lookLines(left)
}

// identity lists what a dossier's head says, each as name and value.
func (m *Model) identity() [][2]string {
	s := m.Subject
	fields := [][2]string{{"Model", label(s.ID)}, {"Organisation", label(s.Organisation)}, {"Base model", label(s.Base)},
		{"Licence of the weights", label(m.License())}, {"Released", label(m.Released())}, {"Assessed", rfc3339(m.AssessedAt)}}
	known := [][2]string{}
	for _, f := range fields {
		if f[1] != "" {
			known = append(known, f)
		}
	}
	return known
}

// lookLines are looks with what came of them. Addresses of which the same is to
// be said stand together.
func lookLines(looks []Look) []string {
	lines := []string{}
	for _, same := range sameOutcome(looks) {
		addresses := []string{}
		for _, l := range same {
			addresses = append(addresses, l.URL)
		}
		lines = append(lines, strings.Join(addresses, ", ")+" "+same[0].Said())
	}
	return lines
}

// sameOutcome puts looks together of which the same is to be said.
func sameOutcome(looks []Look) [][]Look { return together(looks, Look.Said) }

// together puts entries of one key together, as first met.
func together[T any](list []T, key func(T) string) [][]T {
	groups := [][]T{}
	index := make(map[string]int)
	for _, one := range list {
		k := key(one)
		n, met := index[k]
		if !met {
			n = len(groups)
			index[k] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], one)
	}
	return groups
}

func historyLines(history []HistoryEntry) []string {
	lines := []string{}
	for _, h := range history {
		line := fmt.Sprintf("%s  %s %s  %s  (openness %s)", rfc3339(h.At), h.Rubric.ID, h.Rubric.Version, outOf(h.Score), h.Tool)
		if said := changes(h); said != "" {
			line += "; " + said
		}
		lines = append(lines, line)
	}
	return lines
}

// page is text in the making, wrapped to a width.
type textPage struct {
	strings.Builder
	width int
	color bool
	cited citations
}

// quotesPerFact bounds what a terminal shows of one fact: pages repeat themselves.
const quotesPerFact = 3

// citations numbers documents as they are first cited, so that a long address
// and its hash stand once in a text and not beside every quote.
type citations []audit.Observation

// number is the citation number of the document that o was read from.
func (c *citations) number(o audit.Observation) int {
	i := slices.IndexFunc(*c, func(known audit.Observation) bool { return known.URL == o.URL && known.SHA256 == o.SHA256 })
	if i < 0 {
		*c = append(*c, o)
		return len(*c)
	}
	return i + 1
}

// documents lists what the text cites by number.
func (p *textPage) documents() {
	if len(p.cited) == 0 {
		return
	}
	p.line("", "\nCited documents")
	for i, o := range p.cited {
		p.item("  ", fmt.Sprintf("[%d] ", i+1), Visible(o.URL))
		if page := documentPage(o.URL, o.Revision); page != "" && page != o.URL {
			p.line(strings.Repeat(" ", 6), "to be seen at "+Visible(page))
		}
		p.line(strings.Repeat(" ", 6), printOf(o))
	}
}

// printOf is what identifies the bytes of a cited document.
func printOf(o audit.Observation) string {
	parts := []string{}
	if o.Revision != "" {
		parts = append(parts, "revision "+Visible(o.Revision))
	}
	if o.SHA256 == "" {
		return strings.Join(append(parts, "never read"), ", ")
	}
	return strings.Join(append(parts, "read "+rfc3339(o.RetrievedAt), "SHA-256 "+Visible(o.SHA256)), ", ") + staleWords(o)
}

// staleWords says of a quote that its source fails now.
func staleWords(o audit.Observation) string {
	if o.StaleSince.IsZero() {
		return ""
	}
	return ", stale: its source fails since " + rfc3339(o.StaleSince)
}

// line writes s wrapped, each line behind the indent.
func (p *textPage) line(indent, s string) {
	for _, part := range strings.Split(text.WrapSoft(s, p.width-len(indent)), "\n") {
		p.WriteString(strings.TrimRight(indent+part, " ") + "\n")
	}
}

func (p *textPage) list(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.line("", "\n"+title)
	for _, l := range lines {
		p.item("  ", "- ", Shorten(Visible(l), longestQuote))
	}
}

// conflicts shows each disagreement with the words of both sides.
func (p *textPage) conflicts(list []disputed) {
	if len(list) == 0 {
		return
	}
	p.line("", "\nLicence conflicts")
	for _, c := range list {
		p.item("  ", "- ", Shorten(Visible(c.Detail), longestQuote)+" ["+c.Kind+"]")
		for _, e := range c.Sides {
			p.words(&e, nil, fmt.Sprintf("%s [%d]", Shorten(Visible(e.Note), longestQuote), p.cited.number(e.Observation)))
		}
	}
}

// item writes s behind a mark, its further lines under its first.
func (p *textPage) item(indent, mark, s string) {
	hang := indent + strings.Repeat(" ", text.StringWidth(mark))
	for i, part := range strings.Split(text.WrapSoft(s, p.width-len(hang)), "\n") {
		if i == 0 {
			p.WriteString(strings.TrimRight(indent+mark+part, " ") + "\n")
			continue
		}
		p.WriteString(strings.TrimRight(hang+part, " ") + "\n")
	}
}

func (p *textPage) assessment(a *judgedUnder) {
	p.line("", fmt.Sprintf("\n%s, version %s", Visible(rubricTitle(a.Under)), Visible(a.Rubric.Version)))
	p.ruling(a.Verdict)
	p.line("", scoreSentence(a.Score))
	for _, j := range a.Judged {
		p.judgement(j)
	}
}

// scoreSentence gives the score both ways, and between which totals it lies.
func scoreSentence(s rubric.Score) string {
	switch {
	case s.Coverage >= 1:
		return fmt.Sprintf("Score %s of %s (%s %%); every dimension could be determined.", number(s.Strict), number(s.Max), number(s.Percent))
	case !s.Ranked:
		return fmt.Sprintf("Between %s and %s of %s; only %s of the weight could be determined, too little for a rank.",
			number(s.Range[0]), number(s.Range[1]), number(s.Max), share(s.Coverage))
	}
	return fmt.Sprintf("%s of what could be determined (%s of the weight); between %s and %s of %s, counting what is undetermined as closed or as open.",
		share(s.Share()), share(s.Coverage), number(s.Range[0]), number(s.Range[1]), number(s.Max))
}

// frameworks are the verdicts of further rubrics, a line each.
func (p *textPage) frameworks(list []Framework) {
	for i, f := range list {
		if i == 0 {
			p.line("", "\nVerdicts")
		}
		said := Visible(f.Name) + ": " + Visible(f.Verdict.Name) + ". " + Shorten(Visible(f.Verdict.Reason), longestQuote)
		if f.Verdict.SmallestChange != "" {
			said += " " + Shorten(Visible(f.Verdict.SmallestChange), longestQuote)
		}
		p.item("  ", "- ", said)
	}
}

// ruling is the verdict of a framework, with what is missing.
func (p *textPage) ruling(r *rubric.Ruling) {
	if r == nil {
		return
	}
	p.line("", "Verdict: "+Visible(r.Name)+". "+Shorten(Visible(r.Reason), longestQuote))
	for _, m := range r.Missing {
		p.item("  ", "- ", "missing: "+Shorten(Visible(m), longestQuote))
	}
	if r.SmallestChange != "" {
		p.line("", "Smallest change: "+Shorten(Visible(r.SmallestChange), longestQuote))
	}
}

func (p *textPage) judgement(j judged) {
	mark := "[" + Symbol(j.Class) + "] "
	by := ""
	if j.Origin == rubric.FromReview && j.Review != nil {
		by = " (review by " + label(j.Review.By) + ")"
	}
	p.WriteByte('\n')
	p.item("", mark, fmt.Sprintf("%s: %s%s", Visible(heading(j.Dimension)), j.Class, by))
	p.line("    ", Shorten(Visible(j.Reason), longestQuote))
	p.quotes(j.Quotes)
	for _, same := range samePlaces(j.places()) {
		numbers := ""
		for _, l := range same {
			numbers += fmt.Sprintf(" [%d]", p.cited.number(l.first))
		}
		p.item("    ", "- ", strings.TrimSuffix(Visible(same[0].Said()), ".")+numbers)
	}
}

// samePlaces puts places together of which the same is to be said.
func samePlaces(places []place) [][]place {
	return together(places, func(p place) string { return p.Said() + "\x00" + p.For() })
}

// quotes shows the first quotes for each fact, and says how many more there are.
// Several facts read from the same words share one quote. Where the words are not
// shipped, two quotes that say the same of the same document are one.
func (p *textPage) quotes(quotes []wording) {
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
		p.line("    ", fmt.Sprintf("and %s; --format json and the site show all", plural(left, "more quote", "more quotes")))
	}
}

func (p *textPage) quote(w *wording) { p.words(&w.Facts[0], w.Under, p.source(w)) }

// source says which facts a quote tells, and in which documents it stands.
func (p *textPage) source(w *wording) string {
	said := []string{}
	for _, f := range w.Facts {
		if words := f.Fact + " = " + Shorten(Visible(f.Value), longestName); !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	e := w.Facts[0]
	source := fmt.Sprintf("%s [%d]", strings.Join(said, ", "), p.cited.number(e.Observation))
	for i := range w.Also {
		source += fmt.Sprintf(" [%d]", p.cited.number(w.Also[i].Observation))
	}
	return source
}

// words are a quote as people read it, above what it says and where it stands.
func (p *textPage) words(e *Evidence, under *seenAt, source string) {
	switch {
	case e.Shown == "": // the built-in snapshot carries no quotes
		p.item("    ", "> ", source)
		return
	case under != nil:
		p.item("    ", "> ", "“"+Visible(shortWords(e.Read, fewWords))+"”, as quoted under "+Visible(under.Name))
	default:
		p.item("    ", "> ", "“"+Visible(e.Read)+"”")
	}
	p.line("      ", fmt.Sprintf("%s %s", source, placeOf(e)))
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
	s := fmt.Sprintf("%s = %s, bytes %d to %d of %s", e.Fact, Shorten(Visible(e.Value), longestName), e.Start, e.End, Visible(e.URL))
	if e.Revision != "" {
		s += " at " + Visible(e.Revision)
	}
	return s + ", read " + rfc3339(e.RetrievedAt) + ", SHA-256 " + Visible(e.SHA256) + staleWords(e.Observation)
}
