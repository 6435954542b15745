package kin

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/pattern"
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
	return false
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
			if in.Derives(string(d.Body[p.Span.Start:p.Span.End]), base) {
				return d
			}
		}
	}
	return nil
}

var (
	// madeFrom is a statement of what this model was made from.
	madeFrom = pattern.MustCompile(`(?i)\b(?:this model|it|we|our (?:\w+ )?models?|(?:is|are) an? [\w\s/(),.+-]{0,60}` +
		`|(?:is|are|was|were)|that is)\b[^.]{0,80}?\b(?:fine-?tuned?|built|based|initiali[sz]ed|derived|adapted` +
		`|tuned)\b(?: version)?\s?(?:on top of|upon|from|of|on|based on)\s(?:the |a |an )?((?s:.{3,200}))` +
		`|\bis an? ((?s:.{3,160}?))\s(?:model |LLM )?(?:that was |which was )?(?:fine-?tuned|adapted` +
		`|further (?:pre-?)?trained)`)
	// madeFromEast is the same in Japanese, Korean and Chinese.
	madeFromEast = pattern.MustCompile(`([A-Z][A-Za-z]+[- ]?[A-Za-z]*[- ]?v?\d[\w.-]*)\]?(?:\([^)\s]*\))?\s?(?:を(?:ベース|基|もと|元)|에서 파인|(?:을|를)? ?(?:기반|토대)으?로)|(?:基于|以)\s?\[?([A-Z][A-Za-z]+[- ]?[A-Za-z]*[- ]?v?\d[\w.-]*)\]?(?:\([^)\s]*\))?\s?(?:模型|为基座|为基础|进行|继续|微调|训练)`)
)

// Derives reports whether a sentence says that a model was made from somebody
// else's: a link to a model of other makers, or a name with a version.
func (in *Pages) Derives(sentence, id string) bool {
	for _, m := range madeFromEast.FindAllStringSubmatch(sentence, -1) {
		// A model may bear its base's name behind its own.
		if name := m[1] + m[2]; !NotModel.MatchString(name) && !strings.HasPrefix(identity.Squash(path.Base(id)),
			identity.Family(name)) {
			return true
		}
	}
	for _, m := range madeFrom.FindAllStringSubmatch(sentence, -1) {
		from := m[1] + m[2]
		if linked := document.ModelLinks([]byte(from)); len(linked) > 0 {
			return !identity.SameMaker(identity.Owner(linked[0].Value), identity.Owner(id))
		}
		if name := sources.ForeignModel.FindString(from); name != "" &&
			!NotModel.MatchString(from[:min(len(from), 60)]) &&
			!identity.SameFamily(name, id) {
			return true
		}
	}
	return false
}
