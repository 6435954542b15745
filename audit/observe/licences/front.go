package licences

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/page"
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
	for _, f := range front.All("license") {
		tag := tagLicence(f.Value)
		l := licence{component: component, id: tag.id, source: fromTag, doc: d, span: fieldLine(d, f), limit: tag.limit,
			vague: tag.vague}
		if !l.understood() && l.id != "" {
			l.id, l.span, l.vague = in.namedLicence(d, f, name, link, tag.vague, follow)
			l.limit = namedLimit(l.id)
		}
		if len(tag.parts) > 0 {
			out = append(out, tagParts(l, tag.parts)...)
		} else if l.id != "" {
			listed = append(listed, l)
		}
	}
	return append(out, together(listed)...)
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
