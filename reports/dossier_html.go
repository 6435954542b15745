package reports

import (
	"html/template"
	"strings"
	"time"

	"openness/audit"
)

// cut is a text as pages show it: an address leads to the rest of a long one.
func cut(s string) string { return Shorten(s, longestQuote) }

// strip is the classes of all dimensions in a line, each leading to its
// judgement below.
func strip(groups []judgedGroup) template.HTML {
	m := newMarkup()
	for n, g := range groups {
		for i := range g.Judged {
			j := &g.Judged[i]
			name := heading(j.Dimension)
			m.raw(map[bool]literal{true: `<li class="first">`, false: `<li>`}[i == 0 && n > 0])
			m.raw(`<a class="`).text(classLetter(j.Class)).raw(`" href="#`).text(j.Anchor).raw(`"><b aria-hidden="true">`).text(Symbol(j.Class)).
				raw(`</b><i>`).text(Shorten(name, portraitName)).raw(`</i><span class="hidden">: `).text(string(j.Class)).raw(`</span></a></li>`)
		}
	}
	return m.html()
}

// strongestQuotes are the quotes of a portrait, each with where a person opens it.
func strongestQuotes(list []Evidence) template.HTML {
	m := newMarkup()
	for i := range list {
		e := &list[i]
		m.raw(`<blockquote><p>“`).text(shortWords(e.Read, portraitQuote)).raw(`”</p><footer>`).text(e.Note).raw(` · `).source(e).raw("</footer></blockquote>\n")
	}
	return m.html()
}

// onPage leads to what follows the judgements of a long page.
func onPage(d dossierData) template.HTML {
	m := newMarkup().raw(`<nav class="onpage" aria-label="On this page">Further down:`)
	none := len(m.b)
	for _, part := range []struct {
		there    bool
		id, name literal
	}{{len(d.Verdicts) > 0, "verdicts", "Verdicts in full"}, {len(d.Licenses) > 0, "licences", "Licences"}, {d.Lineage != "", "lineage", "Lineage"}, {len(d.Reviews) > 0, "reviews", "Reviews"},
		{len(d.Withdrawn) > 0, "withdrawn", "Withdrawn"}, {len(d.Stale) > 0, "stale", "Sources that fail now"},
		{len(d.NotThere) > 0, "not-there", "Not there"}, {len(d.Unseen) > 0, "unseen", "Could not be looked at"},
		{len(d.Sources) > 0, "sources", "Sources"}, {len(d.History) > 0, "history", "History"}} {
		if part.there {
			m.raw(` <a href="#`).raw(part.id).raw(`">`).raw(part.name).raw(`</a>`)
		}
	}
	if len(m.b) == none {
		return ""
	}
	return m.raw(`</nav>`).html()
}

// judgements are the articles of a group of dimensions.
func judgements(list []judged) template.HTML {
	m := newMarkup()
	for i := range list {
		m.judgement(&list[i])
	}
	return m.html()
}

func (m *markup) judgement(j *judged) {
	m.raw(`<article class="judgement" id="`).text(j.Anchor).raw("\">\n<h3>").text(heading(j.Dimension)).raw(` `).badge(j.Class).raw("</h3>\n")
	m.raw(`<p class="question muted">`).text(j.Dimension.Question).raw("</p>\n")
	m.raw(`<p class="reason">`).text(cut(j.Reason)).raw("</p>\n")
	m.review(j)
	m.quotes(j.Quotes)
	m.vain(j.NotFound, j, " looked at without finding it")
	m.vain(j.Unsettled, j, map[bool]literal{true: " read that leaves it open", false: " read that leave it open"}[len(j.Unsettled) == 1])
	m.vain(j.Unseen, j, " that could not be looked at")
	m.rule(j)
	m.raw("</article>\n")
}

// review says that people set the class.
func (m *markup) review(j *judged) {
	r := j.Review
	if r == nil {
		return
	}
	m.raw(`<p class="note">Set by a review of `).text(label(r.By)).date(r.At).raw(`: `).text(cut(r.Reason))
	if link := webLink(r.Link); link != "" {
		m.raw(` <a href="`).text(urlSpaces.Replace(link)).raw(`" rel="noopener noreferrer nofollow">`).text(fileOf(link)).raw(`</a>`)
	}
	m.raw("</p>\n")
}

func (m *markup) date(at time.Time) *markup {
	if date := dateOf(at); date != "" {
		m.raw(`, `).text(date)
	}
	return m
}

// time is a moment to the second, for people and for programs.
func (m *markup) time(at time.Time) *markup {
	if at.IsZero() {
		return m
	}
	at = at.UTC()
	return m.raw(`<time datetime="`).text(rfc3339(at)).raw(`">`).text(at.Format("2006-01-02 15:04:05")).raw(` UTC</time>`)
}

// moment is time for a template.
func moment(at time.Time) template.HTML { return newMarkup().time(at).html() }

// fewQuotes are shown at once; a judgement may rest on dozens.
const fewQuotes = 3

func (m *markup) quotes(quotes []wording) {
	for i := range quotes {
		if i == fewQuotes {
			m.raw(`<details class="more"><summary>`).text(plural(len(quotes)-fewQuotes, "more quote", "more quotes")).raw("</summary>\n")
		}
		m.quote(&quotes[i])
	}
	if len(quotes) > fewQuotes {
		m.raw("</details>\n")
	}
}

// quote is what observations of the same words say, in context, and where it
// was read. Words that stand further up on the page are not shown again.
func (m *markup) quote(w *wording) {
	m.raw("<figure class=\"quote\">\n")
	if w.Under != nil && w.Facts[0].Shown != "" {
		m.raw(`<p class="again"><a href="#`).text(w.Under.Anchor).raw(`">The words quoted under `).text(w.Under.Name).raw(`</a>: “`).
			text(shortWords(w.Facts[0].Read, fewWords)).raw("”</p>\n")
	} else {
		m.quoted(&w.Facts[0])
	}
	m.raw(`<figcaption>`)
	for i := range w.Facts {
		e := &w.Facts[i]
		if e.Note != "" {
			m.raw(`<span class="note-of">`).text(cut(e.Note)).raw(`</span> `)
		}
		m.raw(`<span class="says">`).text(e.Fact).raw(` = `).text(cut(e.Value)).raw(`</span>`)
		if i < len(w.Facts)-1 {
			m.raw("<br>\n")
		}
	}
	m.provenance(&w.Facts[0])
	for i := range w.Also {
		m.raw("<br>\nThe same words: ").source(&w.Also[i])
	}
	m.raw("</figcaption>\n</figure>\n")
}

// fewWords of a quote remind of one that stands elsewhere, in characters.
const fewWords = 70

// side is one side of a conflict: a quote under what it stands for.
func (m *markup) side(e *Evidence) {
	m.raw("<figure class=\"quote\">\n").quoted(e)
	m.raw(`<figcaption><span class="note-of">`).text(cut(e.Note)).raw(`</span>`).provenance(e).raw("</figcaption>\n</figure>\n")
}

// sides are the sides of a conflict.
func sides(list []Evidence) template.HTML {
	m := newMarkup()
	for i := range list {
		m.side(&list[i])
	}
	return m.html()
}

// quoted shows a quote in its context as people read it, and its exact bytes a
// click away where they are something else.
func (m *markup) quoted(e *Evidence) *markup {
	if e.Shown == "" {
		return m
	}
	m.raw(`<blockquote`)
	if page := e.Page(); page != "" {
		m.raw(` cite="`).text(urlSpaces.Replace(page)).raw(`"`)
	}
	before, after := Readable(e.Before), Readable(e.After)
	m.raw(`><p>`).ellipsis(e.CutBefore).text(before)
	m.space(before != "" && endsApart(e.Before)).raw(`<mark>`).text(e.Read).raw(`</mark>`)
	m.space(after != "" && startsApart(e.After)).text(after).ellipsis(e.CutAfter).raw("</p></blockquote>\n")
	if e.Before+e.Shown+e.After != before+e.Read+after {
		m.raw(`<details class="exact"><summary>Exact bytes</summary><pre>`).text(e.Before).raw(`<mark>`).text(e.Shown).raw(`</mark>`).text(e.After).raw("</pre></details>\n")
	}
	return m
}

func (m *markup) space(apart bool) *markup {
	if apart {
		m.raw(` `)
	}
	return m
}

// endsApart and startsApart tell whether white space parts a text from what
// stands beside it.
func endsApart(s string) bool   { return strings.TrimRight(s, " \t\r\n#>-*|") != s }
func startsApart(s string) bool { return strings.TrimLeft(s, " \t\r\n|") != s }

func (m *markup) ellipsis(shown bool) *markup {
	if shown {
		m.raw(`…`)
	}
	return m
}

// provenance says of a quote: document, revision, time, bytes and hash.
func (m *markup) provenance(e *Evidence) *markup {
	m.raw("<br>\n").source(e).raw(`, read `).time(e.RetrievedAt)
	if e.SHA256 != "" {
		m.raw(`, bytes `).number(e.Start).raw(`–`).number(e.End).raw(`, SHA-256 <code class="hash">`).text(e.SHA256).raw(`</code>`)
	}
	return m
}

// source leads to the page on which a person sees a quote, and to the bytes.
func (m *markup) source(e *Evidence) *markup {
	page := e.Page()
	if page == "" {
		return m.address(e.URL)
	}
	m.link(page, fileOf(page))
	if e.Lines[0] > 0 {
		m.raw(`, line`)
		if e.Lines[1] > e.Lines[0] {
			m.raw(`s `).number(e.Lines[0]).raw(`–`).number(e.Lines[1])
		} else {
			m.raw(` `).number(e.Lines[0])
		}
	}
	if e.Revision != "" {
		m.raw(` at <code title="`).text(cut(e.Revision)).raw(`">`).text(shortHash(e.Revision)).raw(`</code>`)
	}
	if page != e.URL {
		m.raw(` (`).link(e.URL, "raw bytes").raw(`)`)
	}
	if e.Stored != "" {
		m.raw(` · <a href="`).text(e.Stored).raw(`">in the stored document</a>`)
	}
	return m
}

// vain lists places that were looked at in vain, open where nothing was found
// at all.
func (m *markup) vain(places []place, j *judged, how literal) {
	if len(places) == 0 {
		return
	}
	m.raw(`<details class="vain"`)
	if len(j.Evidence) == 0 {
		m.raw(` open`)
	}
	m.raw(`><summary>`).text(plural(len(places), "place", "places")).raw(how).raw(`</summary><ul class="looks">`)
	for _, same := range samePlaces(places) {
		m.raw(`<li>`)
		for i := range same {
			m.comma(i).address(same[i].URL)
		}
		m.raw(` <span class="muted">`).text(cut(same[0].Said())).raw(`</span> <span class="facts-sought">`).text(same[0].For()).raw(`</span></li>`)
	}
	m.raw("</ul></details>\n")
}

// rule is the predicate that gave the class, and what it wanted to know in vain.
func (m *markup) rule(j *judged) {
	if j.Rule == "" {
		return
	}
	m.raw(`<details class="rule"><summary>Rule</summary><p><code>`).text(j.Rule).raw(`</code></p>`)
	for i, fact := range j.Unknown {
		if i == 0 {
			m.raw(`<p class="muted">Not known: `)
		} else {
			m.raw(`, `)
		}
		m.text(fact)
	}
	if len(j.Unknown) > 0 {
		m.raw(`</p>`)
	}
	m.raw("</details>\n")
}

// looks lists addresses with what came of them.
func looks(list []Look) template.HTML {
	m := newMarkup()
	for _, same := range sameOutcome(list) {
		m.raw(`<li>`)
		for i := range same {
			m.comma(i).address(same[i].URL)
		}
		m.raw(` <span class="muted">`).text(cut(same[0].Said())).raw(`</span></li>`)
	}
	return m.html()
}

// comma stands before all but the first of a list.
func (m *markup) comma(i int) *markup {
	if i > 0 {
		m.raw(`, `)
	}
	return m
}

// sources are the rows of the documents that were read. Stored is the way to
// their bytes, "" where the pages have none.
func sources(list []audit.Document, stored string) template.HTML {
	m := newMarkup()
	for i := range list {
		d := &list[i]
		m.raw(`<tr><td>`).address(d.URL).raw(`</td><td class="whole"><code>`).text(shortHash(d.Revision)).raw(`</code></td><td class="whole">`).time(d.RetrievedAt).
			raw(`</td><td class="num">`).number(d.Bytes()).raw(`</td><td>`)
		linked := stored != "" && d.SHA256 != ""
		if linked {
			m.raw(`<a href="`).text(stored).text(d.SHA256).raw(`">`)
		}
		m.raw(`<code class="hash">`).text(d.SHA256).raw(`</code>`)
		if linked {
			m.raw(`</a>`)
		}
		m.raw("</td></tr>\n")
	}
	return m.html()
}

// licences are the rows of the table of licences and their terms.
func licences(list []licenseLine) template.HTML {
	m := newMarkup()
	for i := range list {
		l := &list[i]
		m.raw(`<tr><th scope="row">`).text(l.Component).raw(`</th><td>`).text(label(l.Evidence.Value)).raw(`</td><td>`).terms(l.Terms).
			raw(`</td><td>`).address(l.Evidence.URL).raw("</td></tr>\n")
	}
	return m.html()
}

func (m *markup) terms(list []LicenseTerm) *markup {
	if len(list) == 0 {
		return m.raw(`<span class="muted">not in the knowledge base</span>`)
	}
	m.raw(`<dl class="terms">`)
	for _, t := range list {
		m.raw(`<div><dt>`).text(t.Name).raw(`</dt><dd>`).text(t.Value).raw(`</dd></div>`)
	}
	return m.raw(`</dl>`)
}
