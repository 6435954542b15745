package kin

import (
	"slices"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// scratch matches a statement that a model was trained from nothing, noScratch how a sentence compares
// with that or does without.
var (
	scratch   = phrases.ExpressionOf("kin.scratch")
	noScratch = phrases.ExpressionOf("kin.no-scratch")
)

// FromScratch looks for the publisher's word that the model has no base.
func FromScratch(in *Pages) []audit.Observation {
	for _, d := range in.OwnPages() {
		for _, at := range scratch.FindAllIndex(d.Body, 10) {
			span := in.Said(d, at[0])
			said := document.Bytes(d, span)
			mode, _ := phrases.ModeAt(string(said), at[0]-span.Start)
			if mode == string(audit.Done) && !noScratch.Match(said) && in.OfSubject(d, span) {
				return []audit.Observation{audit.Observe(d, "weights.base.own", "true", span, "the page says so")}
			}
		}
	}
	return nil
}

// Derivation matches a statement of what a model was made from.
var Derivation = phrases.ExpressionOf("kin.derivation")

// newItem matches where a sentence ends without a full stop: at an empty line, an
// item of a list, a row of a table, a heading.
var newItem = pattern.MustCompile(`\n\s*(?:\n|[-*+|#>]|\d+\.)`)

// saysOther matches where a phrase that names a base ends and says something of
// what was made from it: "a fine-tuned version of Falco is [Condor]".
var saysOther = pattern.MustCompile(`\s(?:is|are|was|were|has been|have been)\s`)

// otherMade matches a line in which something other than a model was made from
// something: its card, its code, its data, a part of it.
var otherMade = phrases.ExpressionOf("kin.other-made")

// Derivations lists what a text says a model was made from. A statement may stand
// within the reach of the one before it.
func Derivations(body []byte) []document.Reading {
	var found []document.Reading
	for at, n := 0, 0; n < maxDerivations; n++ {
		m := Derivation.FindSubmatchIndex(body[at:])
		if m == nil {
			break
		}
		from, next := derivedFrom(body, at, m)
		if from.Value != "" {
			found = append(found, from)
		}
		at = next
	}
	return found
}

// maxDerivations bounds the statements that are read of one text.
const maxDerivations = 60

// derivedFrom reads one match of a derivation in body[at:], and says where to go on.
func derivedFrom(body []byte, at int, m []int) (document.Reading, int) {
	start, end := at+m[0], at+m[1]
	for i := 2; i < len(m); i += 2 { // each wording has a group for what something was made from
		if m[i] >= 0 {
			start, end = at+m[i], at+m[i+1]
		}
	}
	said := page.Line(body, at+m[0])
	if otherMade.Match(body[said.Start:said.End]) {
		return document.Reading{}, start
	}
	from := body[start:end]
	for _, stop := range []*pattern.Regexp{newItem, saysOther} {
		if end := stop.FindIndex(from); end != nil {
			from = from[:end[0]]
		}
	}
	return document.Reading{Value: string(from), Span: said}, start
}

// SpeaksOfSelf matches words in which a page speaks of the model it is about.
var SpeaksOfSelf = pattern.MustCompile(`(?i)\b(we|our|this model|the model|is an?|are)\b`)

// OfSubject reports whether a line speaks of the audited model rather than of
// related work.
func (in *Pages) OfSubject(d *audit.Document, s audit.Span) bool {
	text := d.Body[s.Start:s.End]
	if identity.Holds(string(text), in.FamilyName()) {
		return true
	}
	return d.Kind == audit.DocModelCard || SpeaksOfSelf.Match(text) && !in.Elsewhere(d, text)
}

// Tuning matches a statement that the model was trained further after its
// pre-training: then the published files are not the base's.
var Tuning = phrases.ExpressionOf("kin.tuning")

// MinTuning is how often a page must speak of tuning before a model whose name
// does not say so counts as tuned: once may be about something else.
const MinTuning = 3

// UnreadOrigin is a front page of the model's own that was not looked at and may
// name what it was made from, where none of the pages that were read tells how it
// was made from the beginning.
func (in *Pages) UnreadOrigin(read []*audit.Document) *sources.Unread {
	if slices.ContainsFunc(read, func(d *audit.Document) bool { return WasMade.Match(in.Affirmed(d)) }) {
		return nil
	}
	lost := in.Lost(func(d *audit.Document) bool {
		return d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd ||
			d.Kind == audit.DocReadme && document.MainPage(d) && in.MayBeOwn(d.PlaceID)
	})
	if len(lost) == 0 {
		lost = in.LostHubPage(audit.RoleEnd)
	}
	if len(lost) == 0 {
		return nil
	}
	return &lost[0]
}

// LostOrigin is UnreadOrigin of a model of which no base is known at all: what that page names may be one.
func (in *Pages) LostOrigin() *sources.Unread {
	if in.Subject.Base != "" || len(in.NamedBases()) > 0 {
		return nil
	}
	return in.UnreadOrigin(in.OwnPages())
}
