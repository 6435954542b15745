package licences

import (
	"openness/audit"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
)

// newInput reads the licences of pages among which no repository is the release of a model.
func newInput(s audit.Subject, docs []audit.Document) *Reader {
	return NewReader(kin.New(sources.New(s, docs, Binds)), func(string) bool { return false })
}
