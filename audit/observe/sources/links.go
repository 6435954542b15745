package sources

import (
	"bytes"
	"path"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/phrases"
)

// HeadSections is how far down a page its head reaches, in sections.
const HeadSections = 6

// MaxLabel is how far around an address its mark-up and label are looked for.
const MaxLabel = 300

// Labelled is the span of a link with the text that a reader clicks: an address
// alone shows nobody whose paper it is.
func Labelled(c *page.Page, l page.Link) audit.Span {
	span := l.Span
	if c.Source[span.Start] == '[' {
		if span.End < c.Body.End && c.Source[span.End] == ')' {
			span.End++
		}
		return span
	}
	open := bytes.LastIndexByte(c.Source[max(c.Body.Start, span.Start-MaxLabel):span.Start], '<')
	end := bytes.Index(c.Source[span.End:min(len(c.Source), span.End+MaxLabel)], []byte("</a>"))
	if l.Text == "" || open < 0 || end < 0 {
		return span
	}
	return audit.Span{Start: max(c.Body.Start, span.Start-MaxLabel) + open, End: span.End + end + len("</a>")}
}

// Around is what a passage says before a link in it and behind it.
func Around(p page.Passage, l page.Link) (before, behind []byte) {
	body := p.Doc.Body
	return body[p.Span.Start:l.Span.Start], body[min(l.Span.End, p.Span.End):p.Span.End]
}

// Elsewhere reports whether a line links a repository or model of other makers
// than the document's or the model's: then it speaks of theirs.
func (in *Set) Elsewhere(d *audit.Document, text []byte) bool {
	for _, m := range repositoryLink.FindAllSubmatch(text, 10) {
		owner, name := path.Dir(string(m[1])), path.Base(string(m[1]))
		switch owner {
		case "collections":
			owner = name // the address goes on with the owner
		case "datasets", "spaces", "docs", "papers", "blog", "join", "settings":
			continue
		}
		if !identity.SameMaker(owner, path.Dir(d.PlaceID)) && !identity.SameMaker(owner, path.Dir(in.ID())) &&
			!identity.SameFamily(owner+"/"+name, d.PlaceID) {
			return true
		}
	}
	return false
}

// repositoryLink matches a link to a repository on a forge or hub.
var repositoryLink = phrases.ExpressionOf("sources.repository-link")

// SentenceBefore is the sentence before another in its paragraph, and whether there is one.
func (in *Set) SentenceBefore(p page.Passage) (page.Passage, bool) {
	prose := in.Prose(p.Doc)
	at, found := page.IndexAt(prose, p.Span.Start)
	if !found || at == 0 || prose[at-1].Span.Start < in.Card(p.Doc).BlockAt(p.Span).Start {
		return page.Passage{Doc: p.Doc}, false
	}
	return prose[at-1], true
}
