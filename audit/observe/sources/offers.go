package sources

import (
	"bytes"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// offerWords are words of a line that offers a model's files.
var offerWords = phrases.ExpressionOf("sources.offer-words")

// givesFiles are words of a line that says that files are given out.
var givesFiles = phrases.ExpressionOf("sources.gives-files")

// asideOffer are words of a line that leads to a model and not for its files: to try
// it, or to say that something is the same as with it.
var asideOffer = phrases.ExpressionOf("sources.aside-offer")

// OfferAt says how plainly the mention of a hub id offers the model's files, and
// gives the text to quote: 4 for a call that loads them or a link in a line that says
// that they are given out, 3 for a link in one that speaks of them, less for less,
// -1 for something else.
func (in *Set) OfferAt(d *audit.Document, m audit.Span) (audit.Span, int) {
	body := d.Body
	if document.BesideWeights.Match(body[m.End:min(len(body), m.End+document.BesideLength)]) {
		return audit.Span{}, -1
	}
	span := in.Said(d, m.Start)
	if span.Start == span.End {
		return span, -1
	}
	text := body[span.Start:span.End]
	if datasetOf(text, body[m.Start:m.End]) {
		return span, -1 // a data set of that name
	}
	if namesBase.Match(text) {
		return span, -1 // front matter says what a model was made from, not where that lies
	}
	if call, ok := loadsAt(body, m); ok {
		if quoted := body[call.Start:call.End]; document.LoadsOther.Match(quoted) || quoted[0] == '#' {
			return call, 1 // something beside the weights, or a line that is commented out
		} else if whole, ok := document.WithCall(body, call); ok {
			return whole, 4
		} else if document.Assigns.Match(quoted) {
			return call, 2 // a name for it, and no call that loads by that name
		}
		return call, 4
	}
	words := withoutID(text, body[m.Start:m.End])
	switch plain := offerWords.Match(words); {
	case m.Start > 0 && body[m.Start-1] == '/' && plain && givesFiles.Match(words) && !asideOffer.Match(words):
		return span, 4
	case m.Start > 0 && body[m.Start-1] == '/' && plain:
		return span, 3
	case m.Start > 0 && body[m.Start-1] == '/':
		return span, 2
	case plain && text[0] != '|' && text[0] != '#':
		return span, 1
	}
	return span, -1 // a bare name, in a title, a table of results or elsewhere
}

// datasetOf reports whether a text links a data set of an id on the hub.
func datasetOf(text, id []byte) bool {
	return bytes.Contains(page.ASCIILower(text), append([]byte("/datasets/"), page.ASCIILower(id)...))
}

// namesBase matches the line of front matter that names a model's base, or an address
// of something else than its files.
var namesBase = pattern.MustCompile(`^\s*(?:base_model(?:_relation)?|license_link|license_name|thumbnail)\s*:`)

// withoutID is a text without the id itself and the hub's address, whose parts
// say nothing.
func withoutID(text, id []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, id, nil), []byte("huggingface.co"), nil)
}

// loadsAt reports whether a mention is what a call or an option loads, and gives
// the span of it: the whole call, from the line above where it begins there.
func loadsAt(body []byte, m audit.Span) (audit.Span, bool) {
	before := body[max(0, m.Start-200):m.Start]
	if document.Loading.Match(before) {
		return document.CallAt(body, m.Start), true
	}
	at := document.CallAbove.FindIndex(before)
	if at == nil {
		return audit.Span{}, false
	}
	call := document.CallAt(body, m.Start-len(before)+at[0])
	if call.End < m.End {
		return page.Line(body, m.Start), true
	}
	return call, true
}
