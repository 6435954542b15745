package code

import (
	"openness/audit"
	"openness/audit/observe/sources"
)

// newInput reads the code of pages in which no clause binds the reader.
func newInput(s audit.Subject, docs []audit.Document) *Reader {
	return NewReader(sources.New(s, docs, nil))
}
