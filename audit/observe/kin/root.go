package kin

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
)

// A model that was tuned from a tuned one has its base further up: the base is
// the model that came out of the pre-training, whose weights all later ones go
// back to.

// maxDescent bounds how many models are gone up; a line of descent that is longer
// goes in circles.
const maxDescent = 8

// RootBase is the last model of the line of descent that begins with the named
// base, as far as its pages were read. A base that the user named is the last.
func (in *Pages) RootBase(base string) string {
	if base == "" {
		return ""
	}
	seen := map[string]bool{strings.ToLower(base): true, strings.ToLower(in.ID()): true}
	for range maxDescent {
		if in.Given(base) {
			return base
		}
		next := in.parentOf(base, seen)
		if next == "" {
			return base
		}
		base = next
		seen[strings.ToLower(base)] = true
	}
	return base
}

// parentOf is the model that a base's own pages say it was made from, where that
// is among the models that were looked at; else "".
func (in *Pages) parentOf(base string, seen map[string]bool) string {
	for _, p := range in.Subject.Places {
		if p.Kind != audit.HubModel || p.Role != audit.RoleBase || seen[strings.ToLower(p.ID)] {
			continue
		}
		for _, d := range in.Of(audit.DocModelAPI, audit.DocModelCard) {
			if strings.EqualFold(d.PlaceID, base) && document.Readable(d) && in.saysParent(d, p.ID) {
				return p.ID
			}
		}
	}
	return ""
}

// saysParent reports whether a model's page says that it was made from another: the
// hub's answer, the front matter, or a sentence. One that it is compared with, or that
// taught it, is named as well and is none.
func (in *Pages) saysParent(d *audit.Document, id string) bool {
	if d.Kind == audit.DocModelAPI {
		return len(document.Mentions(d.Body, id)) > 0
	}
	for _, field := range in.Card(d).Front.All("base_model") {
		if strings.EqualFold(strings.TrimSpace(field.Value), id) {
			return true
		}
	}
	for _, from := range Derivations(d.Body) {
		if len(document.Mentions([]byte(from.Value), id)) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(in.Prose(d), func(p page.Passage) bool {
		said := string(p.Raw())
		return p.Kind != page.Row && strings.Contains(strings.ToLower(said), strings.ToLower(id)) &&
			slices.ContainsFunc(in.origins(d, said, d.PlaceID), func(m identity.Mention) bool {
				return strings.EqualFold(m.Name, id)
			})
	})
}

// MadeFromOthers gives the card of a base when it says that this base was itself
// made from a model of other makers: then it is not the last of its line.
func (in *Pages) MadeFromOthers(base string) *audit.Document {
	if in.Given(base) {
		return nil
	}
	for _, d := range in.Of(audit.DocModelCard) {
		if !strings.EqualFold(d.PlaceID, base) || !document.Readable(d) || WasMade.Match(in.Affirmed(d)) {
			continue
		}
		for _, field := range in.Card(d).Front.All("base_model") {
			if from := strings.TrimSpace(field.Value); strings.Contains(from, "/") &&
				!identity.SameMaker(identity.Owner(from), identity.Owner(base)) {
				return d
			}
		}
		for _, p := range in.Prose(d) {
			if p.Kind != page.Row && in.Derives(d, string(p.Raw()), base) {
				return d
			}
		}
	}
	return nil
}

// Derives reports whether a sentence says that a model was made from somebody
// else's: a link to a model of other makers, or a name of another family.
func (in *Pages) Derives(d *audit.Document, sentence, id string) bool {
	return len(in.origins(d, sentence, id)) > 0
}
