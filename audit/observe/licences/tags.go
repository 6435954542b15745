package licences

import (
	"slices"
	"strings"
	"unicode"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/page"
	"openness/audit/phrases"
)

// A tag is a field that a person filled in: an id, an expression, a list with
// commas, a pointer to a file, or words.

// A tagged licence is what a tag says.
type tagged struct {
	id    string    // "" where the tag says nothing at all
	limit *limit    // of a tag in words: "non-commercial"
	vague bool      // it names no licence: a family without its kind, a pointer, "other"
	parts []tagPart // of a tag that gives several licences
}

// A tagPart is one licence of several, and the component that it is for, if the tag says so.
type tagPart struct{ id, component string }

// pointer matches a tag that says where the licence is, not which.
var pointer = phrases.ExpressionOf("licence.pointer")

// tagLicence reads the value of a licence tag.
func tagLicence(value string) tagged {
	t := strings.TrimSpace(value)
	if pointer.MatchString(t) || t != "" && !strings.ContainsFunc(t, unicode.IsLetter) || vagueID(normalizeTag(t)) {
		return tagged{id: Unknown, vague: true}
	}
	if id, ok := license.Normalize(t); ok && license.IsExpression(id) || normalizeTag(t) == "" ||
		understood(normalizeTag(t)) {
		if ok {
			return tagged{id: license.Precise(t, id)}
		}
		return tagged{id: normalizeTag(t)}
	}
	if parts := listedTag(t); len(parts) > 1 {
		return tagged{parts: parts}
	}
	if l, _, _, ok := limitIn(strings.ToLower(t)); ok {
		return tagged{id: Unknown, limit: &l}
	}
	return tagged{id: normalizeTag(t)}
}

// vagueID reports whether an id says a family whose licences have nothing in
// common but the name: Creative Commons grants everything, or next to nothing.
func vagueID(id string) bool { return id == "LicenseRef-creative-commons" }

// tagComponent matches the words in brackets, or before a colon, that say what
// one licence of a tag is for.
var tagComponent = phrases.ExpressionOf("licence.tag-component")

// listedTag splits a tag with commas, semicolons or "and" between licences;
// nil where a part is no known licence.
func listedTag(tag string) []tagPart {
	var parts []tagPart
	for _, one := range strings.FieldsFunc(strings.NewReplacer(" and ", ",", " & ", ",", " + ", ",").Replace(tag),
		func(r rune) bool { return r == ',' || r == ';' || r == '/' || r == '|' }) {
		component := ""
		if m := tagComponent.FindStringSubmatch(one); m != nil {
			component = componentOf(&audit.Document{}, strings.ToLower(m[1])).name
			one = strings.Replace(one, m[0], " ", 1)
		}
		id, ok := license.Normalize(strings.Trim(one, " ()[]:-"))
		if !ok {
			return nil
		}
		parts = append(parts, tagPart{id, component})
	}
	return parts
}

// eitherOf matches a sentence that lets the user choose among licences.
var eitherOf = phrases.ExpressionOf("licence.either-of")

// choiceReach is how far behind such a sentence the licences may be listed, in bytes.
const choiceReach = 600

// choice reads a choice among licences, which may be listed behind the
// sentence that offers it, as an expression of them. It returns where the
// last of them ends.
func (in *Reader) choice(d *audit.Document, s page.Sentence) (out []licence, to int) {
	text := d.Body[s.Span.Start:s.Span.End]
	if !eitherOf.Match(text) {
		return nil, 0
	}
	c := in.Card(d)
	end := min(len(d.Body), s.Span.Start+choiceReach)
	if s.Section >= 0 && s.Section+1 < len(c.Sections) {
		end = min(end, max(s.Span.End, c.Sections[s.Section+1].Title.Start))
	}
	var ids []string
	for _, n := range licenceNames(d.Body[s.Span.Start:end]) {
		if known := understood(n.Value); known && !strings.Contains(strings.Join(ids, " OR ")+" OR ", n.Value+" OR ") {
			ids = append(ids, n.Value)
			to = s.Span.Start + n.Span.End
		}
	}
	if len(ids) < 2 {
		return nil, 0
	}
	stated := statement{doc: d, text: text, words: componentWord.FindAllIndex(text, -1)}
	found := in.componentsIn(stated, 0, len(text))
	if len(found) == 0 {
		found = in.wholeOf(d)
	}
	ofCode := len(found) == 1 && found[0] == cover{"code", false} && codeWord.Match(text)
	for _, f := range found {
		out = append(out, licence{component: f.name, id: strings.Join(ids, " OR "), source: fromProse, doc: d,
			span: page.Clip(d.Body, s.Span, s.Span.Start), general: f.general, ofCode: ofCode})
	}
	return out, to
}

// OfTag is what a tag says by itself, with no page or text beside it: a licence
// whose terms are known, and its class.
func OfTag(text string) (id string, class audit.ListedLicence) {
	switch said := tagLicence(text); {
	case said.id == "" && said.parts == nil:
		return "", audit.LicenceNone
	case said.vague || said.parts != nil || said.limit != nil || said.id == Unknown || !understoodWhole(said.id):
		return Unknown, audit.LicenceUnclear
	default:
		return said.id, audit.ListedLicence(licenceClass(said.id))
	}
}

// understoodWhole reports whether the terms of a licence are known, or of all parts
// of an expression.
func understoodWhole(id string) bool {
	return !slices.ContainsFunc(strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(id)),
		func(part string) bool {
			return part != "AND" && part != "OR" && part != "WITH" && !understood(part) &&
				!strings.Contains(id, "WITH "+part)
		})
}
