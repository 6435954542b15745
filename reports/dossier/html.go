package dossier

import (
	"html/template"

	"openness/audit"
	"openness/reports"
	"openness/reports/evidence"
	"openness/reports/internal/page"
)

// strip is the classes of all dimensions in a line, each leading to its
// writeJudgement below.
func strip(groups []Group) template.HTML {
	m := page.NewMarkup()
	for n, g := range groups {
		for i := range g.Judged {
			j := &g.Judged[i]
			name := reports.Heading(j.Dimension)
			m.Raw(map[bool]page.Literal{true: `<li class="first">`, false: `<li>`}[i == 0 && n > 0])
			m.Raw(`<a class="`).Text(page.Letter(j.Class)).Raw(`" href="#`).Text(j.Anchor).Raw(`"><b aria-hidden="true">`).Text(reports.Symbol(j.Class)).
				Raw(`</b><i>`).Text(reports.Shorten(name,
				portraitName)).Raw(`</i><span class="hidden">: `).Text(string(j.Class)).Raw(`</span></a></li>`)
		}
	}
	return m.HTML()
}

// strongestQuotes are the quotes of a portrait, each with where a person opens it.
func strongestQuotes(list []evidence.Evidence) template.HTML {
	m := page.NewMarkup()
	for i := range list {
		e := &list[i]
		m.Raw(`<blockquote><p>“`).Text(reports.ShortWords(e.Read,
			portraitQuote)).Raw(`”</p><footer>`).Text(e.Note).Raw(` · `)
		evidence.WriteSource(m, e).Raw("</footer></blockquote>\n")
	}
	return m.HTML()
}

// onPage leads to what follows the judgements of a long page.
func onPage(d View) template.HTML {
	m := page.NewMarkup().Raw(`<nav class="onpage" aria-label="On this page">Further down:`)
	none := m.Size()
	for _, part := range []struct {
		there    bool
		id, name page.Literal
	}{{len(d.Verdicts) > 0, "verdicts", "Verdicts in full"}, {len(d.Licenses) > 0, "licences", "Licences"},
		{d.Lineage != "", "lineage", "Lineage"}, {len(d.Reviews) > 0, "reviews", "Reviews"},
		{len(d.Withdrawn) > 0, "withdrawn", "Withdrawn"}, {len(d.Stale) > 0, "stale", "Sources that fail now"},
		{len(d.NotThere) > 0, "not-there", "Not there"}, {len(d.Unseen) > 0, "unseen", "Could not be looked at"},
		{len(d.Sources) > 0, "sources", "Sources"}, {len(d.History) > 0, "history", "History"}} {
		if part.there {
			m.Raw(` <a href="#`).Raw(part.id).Raw(`">`).Raw(part.name).Raw(`</a>`)
		}
	}
	if m.Size() == none {
		return ""
	}
	return m.Raw(`</nav>`).HTML()
}

// looks lists addresses with what came of them.
func looks(list []evidence.Look) template.HTML {
	m := page.NewMarkup()
	for _, same := range evidence.SameOutcome(list) {
		m.Raw(`<li>`)
		for i := range same {
			m.Comma(i).Address(same[i].URL)
		}
		m.Raw(` <span class="muted">`).Text(page.Cut(same[0].Said())).Raw(`</span></li>`)
	}
	return m.HTML()
}

// sources are the rows of the documents that were read. Stored is the way to
// their bytes, "" where the pages have none.
func sources(list []audit.Document, stored string) template.HTML {
	m := page.NewMarkup()
	for i := range list {
		d := &list[i]
		m.Raw(`<tr><td>`).Address(d.URL).Raw(`</td><td class="whole"><code>`).Text(page.ShortHash(d.Revision)).Raw(`</code></td><td class="whole">`).Time(d.RetrievedAt).
			Raw(`</td><td class="num">`).Number(d.Bytes()).Raw(`</td><td>`)
		linked := stored != "" && d.SHA256 != ""
		if linked {
			m.Raw(`<a href="`).Text(stored).Text(d.SHA256).Raw(`">`)
		}
		m.Raw(`<code class="hash">`).Text(d.SHA256).Raw(`</code>`)
		if linked {
			m.Raw(`</a>`)
		}
		m.Raw("</td></tr>\n")
	}
	return m.HTML()
}

// licences are the rows of the table of licences and their terms.
func licences(list []licenseLine) template.HTML {
	m := page.NewMarkup()
	for i := range list {
		l := &list[i]
		m.Raw(`<tr><th scope="row">`).Text(l.Component).Raw(`</th><td>`).Text(reports.Label(l.Evidence.Value)).Raw(
			`</td><td>`,
		)
		writeTerms(m, l.Terms).Raw(`</td><td>`).Address(l.Evidence.URL).Raw("</td></tr>\n")
	}
	return m.HTML()
}

func writeTerms(m *page.Markup, list []reports.LicenseTerm) *page.Markup {
	if len(list) == 0 {
		return m.Raw(`<span class="muted">not in the knowledge base</span>`)
	}
	m.Raw(`<dl class="terms">`)
	for _, t := range list {
		m.Raw(`<div><dt>`).Text(t.Name).Raw(`</dt><dd>`).Text(t.Value).Raw(`</dd></div>`)
	}
	return m.Raw(`</dl>`)
}
