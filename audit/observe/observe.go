// Package observe reads documents and says what they show.
//
// What comes in is a subject and the documents that a crawl gathered for it;
// what comes out is a list of observations, each a fact of the table of facts
// with the bytes it was read from. Reading is pure: no clock, network or
// randomness, so the same documents always give the same observations.
//
// Each theme of the table of facts has its own file or room, and its own function.
// A theme says Present only with a span that supports the value, and NotFetched
// or Unreadable where what it read shows that more is to be known elsewhere.
// That something is not there, and what was not looked at, is decided for all
// facts at once, in silence.go, from the table of facts.
//
// Nothing here knows the name of a model, an organisation or a repository.
package observe

import (
	"cmp"
	"context"
	"slices"

	"openness/audit"
	"openness/audit/observe/licences"
	"openness/audit/observe/whose"
)

// All returns every observation that the documents support, in a stable order:
// by fact, then the
// quotes that convince most, then by document and position.
func All(s audit.Subject, docs []audit.Document) []audit.Observation {
	all, _ := Read(context.Background(), s, docs) // which never ends
	return all
}

// observe reads the documents: each quote is the passage itself that was read.
func (in *input) observe() []audit.Observation {
	in.Look()
	var all []audit.Observation
	for _, theme := range themes {
		all = append(all, theme(in)...)
	}
	all = append(all, in.code.ShownWithCode(all)...)
	in.data.RefusedLinks(all)
	all = append(all, in.silence(all)...)
	in.qualify(all)
	all = append(all, licences.Terms(all)...)
	in.Requote(all)
	all = in.weights.Unproven(in.code.WithoutOthersRuns(all))
	slices.SortStableFunc(all, byFactAndPlace)
	all = slices.CompactFunc(all, same)
	in.describe(all)
	in.locate(all)
	in.bestFirst(all)
	return all
}

// themes are the observers, one for each value of the observer column in the
// table of facts.
var themes = [...]func(*input) []audit.Observation{
	weightsTheme, dataTheme, codeTheme, docs, papersTheme, cards, datasheets, access, licencesTheme, vendor, summaries,
}

func byFactAndPlace(a, b audit.Observation) int {
	return cmp.Or(cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.URL, b.URL),
		cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Value, b.Value))
}

func same(a, b audit.Observation) bool {
	return a.Fact == b.Fact && a.Finding == b.Finding && a.Value == b.Value &&
		a.URL == b.URL && a.SHA256 == b.SHA256 && a.Start == b.Start && a.End == b.End
}

// Read is All that ends early, with the context's error, when the context does: what
// was read until then is dropped, as a part of the pages would show another model.
func Read(ctx context.Context, s audit.Subject, docs []audit.Document) (found []audit.Observation, err error) {
	return read(s, docs, &whose.Interrupt{Ctx: ctx})
}

func read(s audit.Subject, docs []audit.Document, ends *whose.Interrupt) (found []audit.Observation, err error) {
	defer func() {
		if r := recover(); r != nil {
			if r != any(ends) {
				panic(r)
			}
			found, err = nil, ends.Ctx.Err()
		}
	}()
	ends.Check()
	in := newInput(s, docs)
	in.Speaker.Ends = ends
	found = in.observe()
	in.inContext(found)
	return withoutParts(found), nil
}
