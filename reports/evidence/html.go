package evidence

import (
	"html/template"
	"strings"

	"openness/reports"
	"openness/reports/internal/page"
)

// HTML are the articles of a group of dimensions.
func HTML(list []Judged) template.HTML {
	m := page.NewMarkup()
	for i := range list {
		writeJudgement(m, &list[i])
	}
	return m.HTML()
}

func writeJudgement(m *page.Markup, j *Judged) {
	m.Raw(`<article class="judgement" id="`).Text(j.Anchor).Raw("\">\n<h3>").Text(reports.Heading(j.Dimension)).Raw(` `).Badge(j.Class).Raw("</h3>\n")
	m.Raw(`<p class="question muted">`).Text(j.Dimension.Question).Raw("</p>\n")
	m.Raw(`<p class="reason">`).Text(page.Cut(j.Reason)).Raw("</p>\n")
	writeReview(m, j)
	WriteQuotes(m, j.Quotes)
	writeVain(m, j.NotFound, j, " looked at without finding it")
	writeVain(m, j.Unsettled, j, map[bool]page.Literal{true: " read that leaves it open",
		false: " read that leave it open"}[len(j.Unsettled) == 1])
	writeVain(m, j.Unseen, j, " that could not be looked at")
	writeRule(m, j)
	m.Raw("</article>\n")
}

// writeReview says that people set the class.
func writeReview(m *page.Markup, j *Judged) {
	r := j.Review
	if r == nil {
		return
	}
	m.Raw(`<p class="note">Set by a review of `).Text(reports.Label(r.By)).Date(r.At).Raw(`: `).Text(page.Cut(r.Reason))
	if link := reports.WebLink(r.Link); link != "" {
		m.Raw(` <a href="`).Text(page.URLSpaces.Replace(link)).Raw(`" rel="noopener noreferrer nofollow">`).Text(page.FileOf(link)).Raw(`</a>`)
	}
	m.Raw("</p>\n")
}

// fewQuotes are shown at once; a judgement may rest on dozens.
const fewQuotes = 3

// WriteQuotes writes quotes with their sources as HTML.
func WriteQuotes(m *page.Markup, quotes []Wording) {
	for i := range quotes {
		if i == fewQuotes {
			m.Raw(`<details class="more"><summary>`).Text(reports.Plural(len(quotes)-fewQuotes, "more quote",
				"more quotes")).Raw("</summary>\n")
		}
		writeQuote(m, &quotes[i])
	}
	if len(quotes) > fewQuotes {
		m.Raw("</details>\n")
	}
}

// writeQuote is what observations of the same words say, in context, and where it
// was read. Words that stand further up on the page are not shown again.
func writeQuote(m *page.Markup, w *Wording) {
	m.Raw("<figure class=\"quote\">\n")
	if w.Under != nil && w.Facts[0].Shown != "" {
		m.Raw(`<p class="again"><a href="#`).Text(w.Under.Anchor).Raw(`">The words quoted under `).Text(w.Under.Name).Raw(`</a>: “`).
			Text(reports.ShortWords(w.Facts[0].Read, fewWords)).Raw("”</p>\n")
	} else {
		writeQuoted(m, &w.Facts[0])
	}
	m.Raw(`<figcaption>`)
	for i := range w.Facts {
		e := &w.Facts[i]
		if e.Note != "" {
			m.Raw(`<span class="note-of">`).Text(page.Cut(e.Note)).Raw(`</span> `)
		}
		m.Raw(`<span class="says">`).Text(e.Fact).Raw(` = `).Text(page.Cut(e.Value)).Raw(`</span>`)
		if i < len(w.Facts)-1 {
			m.Raw("<br>\n")
		}
	}
	writeProvenance(m, &w.Facts[0])
	for i := range w.Also {
		m.Raw("<br>\nThe same words: ")
		WriteSource(m, &w.Also[i])
	}
	m.Raw("</figcaption>\n</figure>\n")
}

// writeSide is one side of a conflict: a quote under what it stands for.
func writeSide(m *page.Markup, e *Evidence) {
	m.Raw("<figure class=\"quote\">\n")
	writeQuoted(m, e)
	m.Raw(`<figcaption><span class="note-of">`).Text(page.Cut(e.Note)).Raw(`</span>`)
	writeProvenance(m, e).Raw("</figcaption>\n</figure>\n")
}

// SidesHTML are the sides of a conflict.
func SidesHTML(list []Evidence) template.HTML {
	m := page.NewMarkup()
	for i := range list {
		writeSide(m, &list[i])
	}
	return m.HTML()
}

// writeQuoted shows a quote in its context as people read it, and its exact bytes a
// click away where they are something else.
func writeQuoted(m *page.Markup, e *Evidence) *page.Markup {
	if e.Shown == "" {
		return m
	}
	m.Raw(`<blockquote`)
	if link := e.Page(); link != "" {
		m.Raw(` cite="`).Text(page.URLSpaces.Replace(link)).Raw(`"`)
	}
	before, after := Readable(e.Before), Readable(e.After)
	m.Raw(`><p>`).Ellipsis(e.CutBefore).Text(before)
	m.Space(before != "" && endsApart(e.Before)).Raw(`<mark>`).Text(e.Read).Raw(`</mark>`)
	m.Space(after != "" && startsApart(e.After)).Text(after).Ellipsis(e.CutAfter).Raw("</p></blockquote>\n")
	if e.Before+e.Shown+e.After != before+e.Read+after {
		m.Raw(`<details class="exact"><summary>Exact bytes</summary><pre>`).Text(e.Before).Raw(`<mark>`).Text(e.Shown).Raw(`</mark>`).Text(e.After).Raw("</pre></details>\n")
	}
	return m
}

// endsApart and startsApart tell whether white space parts a text from what
// stands beside it.
func endsApart(s string) bool { return strings.TrimRight(s, " \t\r\n#>-*|") != s }

func startsApart(s string) bool { return strings.TrimLeft(s, " \t\r\n|") != s }

// writeProvenance says of a quote: document, revision, time, bytes and hash.
func writeProvenance(m *page.Markup, e *Evidence) *page.Markup {
	m.Raw("<br>\n")
	WriteSource(m, e).Raw(`, read `).Time(e.RetrievedAt)
	if e.SHA256 != "" {
		m.Raw(`, bytes `).Number(e.Start).Raw(`–`).Number(e.End).Raw(`, SHA-256 <code class="hash">`).Text(e.SHA256).Raw(`</code>`)
	}
	return m
}

// WriteSource leads to the page on which a person sees a quote, and to the bytes.
func WriteSource(m *page.Markup, e *Evidence) *page.Markup {
	link := e.Page()
	if link == "" {
		return m.Address(e.URL)
	}
	m.Link(link, page.FileOf(link))
	if e.Lines[0] > 0 {
		m.Raw(`, line`)
		if e.Lines[1] > e.Lines[0] {
			m.Raw(`s `).Number(e.Lines[0]).Raw(`–`).Number(e.Lines[1])
		} else {
			m.Raw(` `).Number(e.Lines[0])
		}
	}
	if e.Revision != "" {
		m.Raw(` at <code title="`).Text(page.Cut(e.Revision)).Raw(`">`).Text(page.ShortHash(e.Revision)).Raw(`</code>`)
	}
	if link != e.URL {
		m.Raw(` (`).Link(e.URL, "raw bytes").Raw(`)`)
	}
	if e.Stored != "" {
		m.Raw(` · <a href="`).Text(e.Stored).Raw(`">in the stored document</a>`)
	}
	return m
}

// writeVain lists places that were looked at in vain, open where nothing was found
// at all.
func writeVain(m *page.Markup, places []Place, j *Judged, how page.Literal) {
	if len(places) == 0 {
		return
	}
	m.Raw(`<details class="vain"`)
	if len(j.Evidence) == 0 {
		m.Raw(` open`)
	}
	m.Raw(`><summary>`).Text(reports.Plural(len(places), "place",
		"places")).Raw(how).Raw(`</summary><ul class="looks">`)
	for _, same := range SamePlaces(places) {
		m.Raw(`<li>`)
		for i := range same {
			m.Comma(i).Address(same[i].URL)
		}
		m.Raw(` <span class="muted">`).Text(page.Cut(same[0].Said())).Raw(`</span> <span class="facts-sought">`).Text(same[0].For()).Raw(`</span></li>`)
	}
	m.Raw("</ul></details>\n")
}

// writeRule is the predicate that gave the class, and what it wanted to know in vain.
func writeRule(m *page.Markup, j *Judged) {
	if j.Rule == "" {
		return
	}
	m.Raw(`<details class="rule"><summary>Rule</summary><p><code>`).Text(j.Rule).Raw(`</code></p>`)
	for i, fact := range j.Unknown {
		if i == 0 {
			m.Raw(`<p class="muted">Not known: `)
		} else {
			m.Raw(`, `)
		}
		m.Text(fact)
	}
	if len(j.Unknown) > 0 {
		m.Raw(`</p>`)
	}
	m.Raw("</details>\n")
}
