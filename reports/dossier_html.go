package reports

import (
	"html/template"
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
			m.raw(`<a class="`).text(classLetter(j.Class)).raw(`" href="#`).text(j.Anchor).raw(`" title="`).text(name).raw(`: `).text(string(j.Class)).
				raw(`"><b aria-hidden="true">`).text(Symbol(j.Class)).raw(`</b><span class="hidden">`).text(name).raw(`: `).text(string(j.Class)).raw(`</span></a></li>`)
		}
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
	}{{len(d.Licenses) > 0, "licences", "Licences"}, {d.Lineage != "", "lineage", "Lineage"}, {len(d.Reviews) > 0, "reviews", "Reviews"},
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
	m.quotes(j.Evidence)
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

func (m *markup) quotes(list []Evidence) {
	quotes := byWords(list)
	for i, facts := range quotes {
		if i == fewQuotes {
			m.raw(`<details class="more"><summary>`).text(plural(len(quotes)-fewQuotes, "more quote", "more quotes")).raw("</summary>\n")
		}
		m.quote(facts)
	}
	if len(quotes) > fewQuotes {
		m.raw("</details>\n")
	}
}

// byWords puts observations together that rest on the same words and follow
// each other: the words are shown once, above all that they say.
func byWords(list []Evidence) [][]Evidence {
	var quotes [][]Evidence
	for i := 0; i < len(list); {
		from := i
		for i++; i < len(list) && sameWords(&list[from], &list[i]); i++ {
		}
		quotes = append(quotes, list[from:i])
	}
	return quotes
}

// quote is what observations of the same words say, in context, and where it
// was read.
func (m *markup) quote(facts []Evidence) {
	m.raw("<figure class=\"quote\">\n").quoted(&facts[0]).raw(`<figcaption>`)
	for i := range facts {
		e := &facts[i]
		if e.Note != "" {
			m.raw(`<span class="note-of">`).text(cut(e.Note)).raw(`</span> `)
		}
		m.raw(`<span class="says">`).text(e.Fact).raw(` = `).text(cut(e.Value)).raw(`</span>`)
		if i < len(facts)-1 {
			m.raw("<br>\n")
		}
	}
	m.provenance(&facts[0])
}

// side is one side of a conflict: a quote under what it stands for.
func (m *markup) side(e *Evidence) {
	m.raw("<figure class=\"quote\">\n").quoted(e)
	m.raw(`<figcaption><span class="note-of">`).text(cut(e.Note)).raw(`</span>`).provenance(e)
}

// sides are the sides of a conflict.
func sides(list []Evidence) template.HTML {
	m := newMarkup()
	for i := range list {
		m.side(&list[i])
	}
	return m.html()
}

func (m *markup) quoted(e *Evidence) *markup {
	if e.Shown == "" {
		return m
	}
	m.raw(`<blockquote`)
	if link := e.Link(); link != "" {
		m.raw(` cite="`).text(urlSpaces.Replace(link)).raw(`"`)
	}
	m.raw(`><p>`).ellipsis(e.CutBefore).text(e.Before).raw(`<mark>`).text(e.Shown).raw(`</mark>`).text(e.After).ellipsis(e.CutAfter)
	return m.raw("</p></blockquote>\n")
}

func (m *markup) ellipsis(shown bool) *markup {
	if shown {
		m.raw(`…`)
	}
	return m
}

// provenance ends a quote: document, revision, time, bytes and hash.
func (m *markup) provenance(e *Evidence) {
	m.raw("<br>\n").address(e.URL)
	if e.Revision != "" {
		m.raw(` at <code title="`).text(cut(e.Revision)).raw(`">`).text(shortHash(e.Revision)).raw(`</code>`)
	}
	m.raw(`, read `).time(e.RetrievedAt)
	if e.SHA256 != "" {
		m.raw(`, bytes `).number(e.Start).raw(`–`).number(e.End).raw(`, SHA-256 <code class="hash">`).text(e.SHA256).raw(`</code>`)
	}
	if e.Stored != "" {
		m.raw(` · <a href="`).text(e.Stored).raw(`">in the stored document</a>`)
	}
	m.raw("</figcaption>\n</figure>\n")
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
	for i := range places {
		p := &places[i]
		m.raw(`<li>`).address(p.URL).raw(` <span class="muted">`).text(cut(p.Said())).raw(`</span> <span class="facts-sought">`).text(p.For()).raw(`</span></li>`)
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
	for _, l := range list {
		m.raw(`<li>`).address(l.URL).raw(` <span class="muted">`).text(cut(l.Said())).raw(`</span></li>`)
	}
	return m.html()
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
