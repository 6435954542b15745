package sources

import "openness/audit"

// newInput makes the sources of a subject in which no clause binds the reader.
func newInput(s audit.Subject, docs []audit.Document) *Set { return New(s, docs, nil) }
