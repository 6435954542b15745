package data

import (
	"openness/audit"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
)

// newInput reads the data of pages in which no clause binds the reader, and which say
// nothing of a base.
func newInput(s audit.Subject, docs []audit.Document) *Reader {
	return NewReader(kin.New(sources.New(s, docs, nil)), func() []audit.Observation { return nil })
}
