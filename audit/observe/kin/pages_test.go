package kin

import (
	"openness/audit"
	"openness/audit/observe/sources"
)

// newInput makes pages in which no clause binds the reader.
func newInput(s audit.Subject, docs []audit.Document) *Pages { return New(sources.New(s, docs, nil)) }
