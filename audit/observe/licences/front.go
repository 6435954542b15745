package licences

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/phrases"
)

// frontLicences reads the licence fields of a card's front matter. A tag of
// "other" refers to license_name, and failing that says only that the licence
// is none of the known ones.
func frontLicences(in *Reader, d *audit.Document, component string) []licence {
	return tagLicences(in, d, component, true)
}

// tagLicences are frontLicences; follow tells whether a link to another model's page is followed.
func tagLicences(in *Reader, d *audit.Document, component string, follow bool) []licence {
	front := in.Card(d).Front
	name, _ := front.First("license_name")
	link, _ := front.First("license_link")
	var out, listed []licence
	all := front.All("license")
	for _, f := range all {
		tag := tagLicence(f.Value)
		if tag.id == "" && len(tag.parts) == 0 && len(all) > 1 {
			tag.id, tag.vague = Unknown, true // "unknown" in a list is said of something
		}
		l := licence{component: component, id: tag.id, source: fromTag, doc: d, span: fieldLine(d, f), limit: tag.limit,
			vague: tag.vague}
		if !l.understood() && l.id != "" {
			l.id, l.span, l.vague = in.namedLicence(d, f, name, link, tag.vague, follow)
			l.limit = namedLimit(l.id)
		} else if id, at := contradicted(l.id, name, link); id != "" {
			listed = append(listed, licence{component: component, id: id, source: fromTag, doc: d,
				span: fieldLine(d, at)})
		}
		if len(tag.parts) > 0 {
			out = append(out, tagParts(l, tag.parts)...)
		} else if l.id != "" {
			listed = append(listed, l)
		}
	}
	for _, f := range front.Fields {
		if l, ok := besideTag(f); ok && len(listed) > 0 {
			l.component, l.source, l.doc, l.span = component, fromTag, d, fieldLine(d, f)
			listed = append(listed, l)
		}
	}
	return append(out, together(listed)...)
}

// contradicted gives the licence that a name or link beside a tag tells instead of the tag's, ""
// for none: a name that nobody knows is another one's, a link only if it is known.
func contradicted(tag string, name, link page.Field) (string, page.Field) {
	for _, f := range []page.Field{name, link} {
		id, ok := license.Normalize(f.Value)
		switch precise := license.Precise(f.Value, id); {
		case ok && !strings.EqualFold(precise, tag) && !strings.EqualFold(id, tag):
			return precise, f
		case !ok && f == name && license.CustomID(f.Value) != "" && !pointer.MatchString(f.Value):
			return license.CustomID(f.Value), f
		}
	}
	return "", name
}

// otherField matches the name of a field for the licence of something else than the model.
var otherField = phrases.ExpressionOf("licence.other-field")

// besideTag reads a field by another name than the tag's that tells a licence, or that nothing
// may be earned.
func besideTag(f page.Field) (licence, bool) {
	key := strings.ToLower(f.Key)
	switch {
	case otherField.MatchString(key), key == "license", key == "license_name", strings.Contains(key, "."),
		strings.HasPrefix(key, "license_link"):
		return licence{}, false
	case strings.Contains(key, "license") || strings.Contains(key, "licence"):
		tag := tagLicence(f.Value)
		return licence{id: tag.id, limit: tag.limit, vague: tag.vague}, tag.id != "" && len(tag.parts) == 0
	case key == "usage" || strings.HasPrefix(key, "commercial"):
		said := strings.ToLower(f.Value)
		if strings.HasPrefix(key, "commercial") && (said == "false" || said == "no") {
			said = "no commercial use"
		}
		l, _, _, ok := limitIn(said)
		return licence{id: Unknown, limit: &l}, ok
	}
	return licence{}, false
}

// together makes one reading of the licences that a tag lists: all bind, since nothing says that
// the user may choose. A list that holds a word for no licence names none.
func together(of []licence) []licence {
	if i := slices.IndexFunc(of, func(l licence) bool { return l.vague }); i >= 0 && len(of) > 1 {
		return of[i : i+1]
	}
	var ids []string
	for _, l := range of {
		if l.limit != nil || license.IsExpression(l.id) || !understood(l.id) {
			return of
		}
		if !slices.Contains(ids, l.id) {
			ids = append(ids, l.id)
		}
	}
	joint := strings.Join(ids, " AND ")
	if len(ids) < 2 || !understood(joint) {
		return of
	}
	all := of[0]
	all.id, all.span.End = joint, max(all.span.End, of[len(of)-1].span.End)
	return []licence{all}
}

// tagParts are the readings of a tag that gives several licences: one for each
// component that it names, or each for the whole.
func tagParts(l licence, parts []tagPart) []licence {
	var out []licence
	for _, p := range parts {
		l.id, l.limit, l.vague = p.id, nil, false
		if p.component != "" && l.component == "weights" {
			l.component = p.component
		}
		out = append(out, l)
		if p.component != "" {
			l.component = "weights"
		}
	}
	return out
}

// namedLicence reads the name and link that stand beside a tag of "other" or
// one that is no known licence. A name that is not known either gives the id
// that is made of it.
func (in *Reader) namedLicence(d *audit.Document, tag, name, link page.Field, vague, follow bool) (string,
	audit.Span, bool) {
	for _, f := range []page.Field{name, link} {
		if id, ok := license.Normalize(f.Value); ok {
			return license.Precise(f.Value, id), fieldLine(d, f), false
		}
	}
	if follow {
		if id, ok := in.linkedLicence(d, link.Value); ok {
			return id, fieldLine(d, link), false
		}
	}
	if id := license.CustomID(name.Value); id != "" && !pointer.MatchString(name.Value) {
		return id, fieldLine(d, name), false
	}
	if vague {
		return Unknown, fieldLine(d, tag), true
	}
	return cmp.Or(license.CustomID(tag.Value), Unknown), fieldLine(d, tag), false
}

// linkedLicence is the licence that the page of another model names, where a link leads to that one's.
// A link on that page is not followed in turn: it may lead back.
func (in *Reader) linkedLicence(d *audit.Document, link string) (string, bool) {
	m := document.HubLink.FindStringSubmatch(link)
	if m == nil || strings.EqualFold(m[1], d.PlaceID) {
		return "", false
	}
	for _, other := range in.Of(audit.DocModelCard) {
		if strings.EqualFold(other.PlaceID, m[1]) && other.PlaceID != d.PlaceID && document.Readable(other) {
			if of := tagLicences(in, other, "base", false); len(of) > 0 {
				return of[0].id, of[0].understood() && !of[0].vague
			}
			return "", false
		}
	}
	return "", false
}

// fieldLine is the line that a front matter field is on.
func fieldLine(d *audit.Document, f page.Field) audit.Span { return page.Line(d.Body, f.Span.Start) }
