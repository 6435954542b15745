package page

import (
	"bytes"

	"openness/audit"
)

// headingReach is how far above an item its heading is looked for.
const headingReach = 200

// WithHeading extends an item to the heading right above it, which says what it is an
// item of: "1024 x H100" below "Training hardware" tells more than alone. Between the
// two stand items alone: of prose the sentences before it would be quoted as well.
func WithHeading(body []byte, item audit.Span) audit.Span {
	from := max(0, item.Start-headingReach)
	at := bytes.LastIndex(body[from:item.Start], []byte("\n#"))
	if at < 0 {
		return item
	}
	_, between, _ := bytes.Cut(body[from+at+1:item.Start], []byte("\n"))
	lines := bytes.Split(between, []byte("\n"))
	if len(lines) > headingLines {
		return item
	}
	for _, line := range lines {
		if line = bytes.TrimSpace(line); len(line) > 0 && !bytes.ContainsAny(line[:1], "-*+|") {
			return item
		}
	}
	return audit.Span{Start: from + at + 1, End: item.End}
}

// headingLines is how many lines may lie between the two.
const headingLines = 5

// HeadsTable reports whether a row of a table is its head.
func (p Passage) HeadsTable() bool {
	at := BeginOfLine(p.Doc.Body, p.Span.Start)
	return HeadOfTable(p.Doc.Body, at) == at
}
