// Package kin tells from the pages of a model what it was made from: whether it was
// trained from the beginning or from another, which parts of its page repeat the base's,
// and whether the name that it bears is its makers' own.
//
// Themes ask it; it knows none of them.
package kin

import (
	"sync"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/pattern"
)

// Pages are the sources of one subject, and what they tell of what it was made from,
// each worked out once.
type Pages struct {
	*sources.Set
	repeats     document.Memory[*audit.Document, []audit.Span]    // what a page repeats of its base's
	dataNames   document.Memory[*audit.Document, map[string]bool] // what a page calls data, in small letters
	UnnamedBase func() *audit.Document
	NamedBases  func() []NamedBase
	borrowed    func() []string        // the model's own words of a name that is another's
	presents    func() *pattern.Regexp // how a page says that its makers made the family
}

// New makes the pages from which a model's kin is read.
func New(in *sources.Set) *Pages {
	k := &Pages{Set: in}
	k.UnnamedBase, k.NamedBases = sync.OnceValue(k.readUnnamedBase), sync.OnceValue(k.readNamedBases)
	k.borrowed, k.presents = sync.OnceValue(k.readBorrowed), sync.OnceValue(k.readPresents)
	return k
}
