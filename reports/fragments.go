package reports

import (
	"html/template"
	"strings"

	"openness/rubric"
)

// Small pieces of pages that are written a hundred times per page. As templates
// they took half of the time of a site; every text in them is escaped here.

// badge is a class as symbol and word.
func badge(c rubric.Class) template.HTML {
	return template.HTML(`<span class="badge ` + classLetter(c) + `"><span aria-hidden="true">` + Symbol(c) + `</span> ` + escapedRaw(string(c)) + `</span>`) //nolint:gosec // escaped
}

// urlSpaces encodes what would end an address.
var urlSpaces = strings.NewReplacer(" ", "%20", "\n", "%0A", "\r", "%0D", "\t", "%09")

// address is a URL as a link named after its file, or as text where a browser
// may not follow it.
func address(url string) template.HTML {
	link := webLink(url)
	if link == "" {
		return template.HTML(escapedRaw(Shorten(url, longestQuote))) //nolint:gosec // escaped
	}
	safe := escapedRaw(urlSpaces.Replace(link))
	return template.HTML(`<a href="` + safe + `" rel="noopener noreferrer nofollow" title="` + safe + `">` + escapedRaw(fileOf(url)) + `</a>`) //nolint:gosec // escaped
}

// cellOf is a cell of the grid: a class that leads to its evidence in the
// model's dossier, whose page lies under root.
func cellOf(root, page string, c Cell) template.HTML {
	return template.HTML(`<td class="cell"><a class="` + classLetter(c.Class) + `" href="` + escapedRaw(root+page+"#"+c.Dimension) + //nolint:gosec // escaped
		`"><b aria-hidden="true">` + Symbol(c.Class) + `</b><i>` + escapedRaw(string(c.Class)) + `</i></a></td>`)
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

func escapedRaw(s string) string { return template.HTMLEscapeString(s) }
