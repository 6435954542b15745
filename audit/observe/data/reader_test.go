package data

import (
	"openness/audit"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
)

// newInput reads the data of pages in which no clause binds the reader.
func newInput(s audit.Subject, docs []audit.Document) *Reader {
	return NewReader(kin.New(sources.New(s, docs, nil)))
}
