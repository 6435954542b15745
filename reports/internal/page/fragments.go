package page

import (
	"html/template"
	"strings"
	"time"

	"openness/reports"
	"openness/rubric"
)

// Small pieces that pages of every kind have.

// PageTitle is what a page is called in the browser's list.
func PageTitle(title string, r *rubric.Rubric) template.HTML {
	name := title + " · " + reports.RubricTitle(r) + ", version " + r.Version
	return NewMarkup().Raw(`<title>`).Text(name).Raw(` · Openness of AI models</title>`).Raw("\n").
		Raw(`<meta property="og:title" content="`).Text(name).Raw(`">`).Raw("\n").
		Raw(`<meta property="og:description" content="Which parts of AI models are public, with the quoted evidence for each class: `).Text(title).Raw(`.">`).HTML()
}

// badge is a class as symbol and word.
func badge(c rubric.Class) template.HTML { return NewMarkup().Badge(c).HTML() }

// Badge writes a class as symbol and word.
func (m *Markup) Badge(c rubric.Class) *Markup {
	return m.Raw(`<span class="badge `).Text(Letter(c)).Raw(`"><span aria-hidden="true">`).Text(reports.Symbol(c)).Raw(`</span> `).Text(string(c)).Raw(`</span>`)
}

// URLSpaces encodes what would end an address.
var URLSpaces = strings.NewReplacer(" ", "%20", "\n", "%0A", "\r", "%0D", "\t", "%09")

// Address writes a URL as a link named after its file, or as text where a browser
// may not follow it.
func (m *Markup) Address(url string) *Markup {
	link := reports.WebLink(url)
	if link == "" {
		return m.Text(reports.Shorten(url, reports.LongestQuote))
	}
	return m.Link(link, FileOf(url))
}

// Link is an address of elsewhere under a name.
func (m *Markup) Link(address, name string) *Markup {
	safe := URLSpaces.Replace(address)
	return m.Raw(`<a href="`).Text(safe).Raw(`" rel="noopener noreferrer nofollow" title="`).Text(safe).Raw(`">`).Text(name).Raw(`</a>`)
}

// Letter is the class's style: o, p, c or u. What is no class looks
// undetermined.
func Letter(c rubric.Class) string {
	switch c {
	case rubric.Open, rubric.Partial, rubric.Closed:
		return string(c[:1])
	}
	return "u"
}

// Date writes a comma and the day of a time, where there is one.
func (m *Markup) Date(at time.Time) *Markup {
	if date := dateOf(at); date != "" {
		m.Raw(`, `).Text(date)
	}
	return m
}

// Time is a moment to the second, for people and for programs.
func (m *Markup) Time(at time.Time) *Markup {
	if at.IsZero() {
		return m
	}
	at = at.UTC()
	return m.Raw(`<time datetime="`).Text(reports.TimeText(at)).Raw(`">`).Text(at.Format("2006-01-02 15:04:05")).Raw(
		` UTC</time>`,
	)
}

// moment is time for a template.
func moment(at time.Time) template.HTML { return NewMarkup().Time(at).HTML() }

// Space writes a space where one is asked for.
func (m *Markup) Space(apart bool) *Markup {
	if apart {
		m.Raw(` `)
	}
	return m
}

// Ellipsis writes the mark of what was left out, where something was.
func (m *Markup) Ellipsis(shown bool) *Markup {
	if shown {
		m.Raw(`…`)
	}
	return m
}

// Comma stands before all but the first of a list.
func (m *Markup) Comma(i int) *Markup {
	if i > 0 {
		m.Raw(`, `)
	}
	return m
}
