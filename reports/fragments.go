package reports

import (
	"html/template"
	"strings"

	"openness/rubric"
)

// Small pieces that pages of every kind have.

// pageTitle is what a page is called in the browser's list.
func pageTitle(title string) template.HTML {
	return newMarkup().raw(`<title>`).text(title).raw(` · Openness of AI models</title>`).html()
}

// badge is a class as symbol and word.
func badge(c rubric.Class) template.HTML { return newMarkup().badge(c).html() }

func (m *markup) badge(c rubric.Class) *markup {
	return m.raw(`<span class="badge `).text(classLetter(c)).raw(`"><span aria-hidden="true">`).text(Symbol(c)).raw(`</span> `).text(string(c)).raw(`</span>`)
}

// urlSpaces encodes what would end an address.
var urlSpaces = strings.NewReplacer(" ", "%20", "\n", "%0A", "\r", "%0D", "\t", "%09")

// address is a URL as a link named after its file, or as text where a browser
// may not follow it.
func address(url string) template.HTML { return newMarkup().address(url).html() }

func (m *markup) address(url string) *markup {
	link := webLink(url)
	if link == "" {
		return m.text(Shorten(url, longestQuote))
	}
	return m.link(link, fileOf(url))
}

// link is an address of elsewhere under a name.
func (m *markup) link(address, name string) *markup {
	safe := urlSpaces.Replace(address)
	return m.raw(`<a href="`).text(safe).raw(`" rel="noopener noreferrer nofollow" title="`).text(safe).raw(`">`).text(name).raw(`</a>`)
}

// cell is a cell of the grid: a class that leads to its evidence in the model's
// dossier, whose page lies under root.
func (m *markup) cell(root, page string, c *Cell) *markup {
	return m.raw(`<td class="cell"><a class="`).text(classLetter(c.Class)).raw(`" href="`).text(root).text(page).raw(`#`).text(c.Dimension).
		raw(`"><b aria-hidden="true">`).text(Symbol(c.Class)).raw(`</b><i>`).text(string(c.Class)).raw(`</i></a></td>`)
}

// cells are the cells of a model's row.
func cells(root, page string, list []Cell) template.HTML {
	m := newMarkup()
	for i := range list {
		m.cell(root, page, &list[i])
	}
	return m.html()
}

// classLetter is the class's style: o, p, c or u. What is no class looks
// undetermined.
func classLetter(c rubric.Class) string {
	switch c {
	case rubric.Open, rubric.Partial, rubric.Closed:
		return string(c[:1])
	}
	return "u"
}
