package licences

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/phrases"
)

// What a sentence that may limit use is about: the weights, or something else that it
// names beside them.

// onWeights reports whether a part of a passage is about the weights, by its words
// or by what the page is about. What a repository says in general is about its code,
// where a licence is stated of the weights: only a limit that is understood goes on.
func (in *Reader) onWeights(d *audit.Document, p page.Passage, at, end int, of []licence, named bool) bool {
	if exceptWeights(p.Text, end) {
		return false
	}
	text := withoutReason(p.Text)
	kinds := about(text, at, end)
	if q := strings.IndexAny(p.Text, "?？"); q > at {
		kinds = about(p.Text[:q], at, min(q, end)) // an answer is about what was asked
	}
	if kinds[objectOther] && len(kinds) == 1 && (named || modelIn(p.Text) || saysIt(p.Text[at:])) {
		kinds = map[int]bool{objectWeights: true} // a product is what is made of the model
	}
	if kinds[objectOther] && len(kinds) == 1 && headingClasses(p.Text[at:end])&passesOn != 0 {
		kinds = map[int]bool{objectWeights: true} // a service is what is done with the model
	}
	const makesModels = ofOutput | ofTraining
	if kinds[objectOutput] && len(kinds) == 1 || headingClasses(p.Text[at:end])&makesModels == makesModels {
		return true // who may use the model in what way
	}
	if len(kinds) == 0 || len(kinds) == 1 && kinds[objectWhole] {
		if named := objectOfHeading(p.Heading); len(named) > 0 {
			kinds = named
		}
	}
	for _, c := range in.coversOf(d, kinds) {
		if c.name == "weights" && !(c.general && len(of) > 0 && !of[0].general && d.Kind == audit.DocReadme &&
			!in.surelyOwn(d.PlaceID)) {
			return true
		}
	}
	return false
}

// saysIt reports whether the clause that a text begins with has a word that may stand
// for the model: "don't sell this, or put it in an app".
func saysIt(text string) bool {
	if n := strings.IndexAny(text, ",.;"); n >= 0 {
		text = text[:n]
	}
	return headingClasses(text)&ofModel != 0
}

// modelIn reports whether a text has a word for the weights.
func modelIn(text string) bool {
	return slices.ContainsFunc(objectsIn(text), func(o object) bool { return o.kind == objectWeights })
}

// reasonClause matches a clause that gives the reason for what the rest of a sentence says:
// "because the data is for research, ...". What it names the sentence is not about.
var reasonClause = phrases.ExpressionOf("licence.reason-clause")

// dataCompound matches what is called after data or code and is neither.
var dataCompound = phrases.ExpressionOf("licence.data-compound")

// withoutReason is a text, of the same length, without what only gives its reason.
func withoutReason(text string) string {
	if at := dataCompound.FindStringIndex(text); at != nil {
		text = text[:at[0]] + "deed" + text[at[0]+len("deed"):] // of the same length
	}
	all := reasonClause.FindAllStringIndex(text, 8)
	if len(all) == 0 {
		return text
	}
	body := []byte(text)
	for _, m := range all {
		page.Blank(body[m[0]:m[1]])
	}
	if rest := string(body); !modelIn(rest) && !saysIt(strings.TrimSpace(rest)) && len(objectsIn(rest)) > 0 {
		return text // the rest is on something else
	}
	return string(body)
}

// ownRow reports whether a row of a table begins with the model's own name and nothing more.
func (in *Reader) ownRow(text string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "| "), "|")
	return identity.Squash(first) == identity.Squash(path.Base(in.ID())) ||
		len(first) > identity.MinFamily && identity.Related(strings.TrimSpace(first), in.ID()) == identity.Same
}
