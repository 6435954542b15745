package observe

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
)

// The classes of a licence, as the facts license.*.openness name them.
const (
	restricted    = "restricted"
	noncommercial = "noncommercial" // a public licence whose only limit is commercial use
	open          = "open"
)

// otherLicence stands for a licence that is none of the known ones.
const otherLicence = "LicenseRef-other"

// A licenceWord recognises one way to name a licence in prose or a tag.
type licenceWord struct {
	id      string
	pattern *regexp.Regexp
}

// licenceWords go from the more special to the more general, so that the first
// match at a place is the right one.
var licenceWords = []licenceWord{
	{"Apache-2.0", regexp.MustCompile(`(?i)apache(?:[- ]software)?[- ]?(?:license|licence)?[,]?[-_ ]*(?:version|v)?[-_ ]*2(?:\.0)?(?:[- ]license)?|apache[- ]licen[cs]e|License-Apache`)},
	{"LicenseRef-modified-mit", regexp.MustCompile(`(?i)modified[-_ ]mit`)},
	{"MIT", regexp.MustCompile(`\bMIT\b|(?i:^mit$|licenses/mit|license/mit|license-mit)`)},
	{"BSD-3-Clause", regexp.MustCompile(`(?i)bsd[- ]?3(?:[- ]clause)?|3-clause bsd`)},
	{"BSD-2-Clause", regexp.MustCompile(`(?i)bsd[- ]?2(?:[- ]clause)?`)},
	{"AGPL-3.0-only", regexp.MustCompile(`(?i)\bagpl[- ]?(?:v?3(?:\.0)?)?|affero general public`)},
	{"LGPL-3.0-only", regexp.MustCompile(`(?i)\blgpl[- ]?(?:v?3(?:\.0)?)?`)},
	{"GPL-3.0-only", regexp.MustCompile(`(?i)\bgpl[- ]?v?3(?:\.0)?|gnu general public`)},
	{"CC-BY-NC-SA-4.0", regexp.MustCompile(`(?i)cc[- ]by[- ]nc[- ]sa(?:[- ]?[34]\.0)?|attribution-?non-?commercial-?share-?alike(?: 4\.0)?`)},
	{"CC-BY-NC-ND-4.0", regexp.MustCompile(`(?i)cc[- ]by[- ]nc[- ]nd(?:[- ]?4\.0)?`)},
	{"CC-BY-NC-4.0", regexp.MustCompile(`(?i)cc[- ]by[- ]nc(?:[- ]?4\.0)?|attribution-?non-?commercial(?: 4\.0)?|by-nc/4\.0`)},
	{"CC-BY-ND-4.0", regexp.MustCompile(`(?i)cc[- ]by[- ]nd(?:[- ]?4\.0)?`)},
	{"CC-BY-SA-4.0", regexp.MustCompile(`(?i)cc[- ]by[- ]sa(?:[- ]?[34]\.0)?`)},
	{"CC-BY-4.0", regexp.MustCompile(`(?i)cc[- ]by(?:[- ]?4\.0)?\b|creative commons attribution(?: 4\.0)?`)},
	{"CC0-1.0", regexp.MustCompile(`(?i)\bcc0\b`)},
	{"ODC-By-1.0", regexp.MustCompile(`(?i)\bodc[- ]?by|open data commons attribution`)},
	{"MPL-2.0", regexp.MustCompile(`(?i)\bmpl[- ]?2\.0|mozilla public`)},
	{"Unlicense", regexp.MustCompile(`(?i)\bunlicense\b`)},
	{"LicenseRef-openrail", regexp.MustCompile(`(?i)\b(?:creativeml|bigscience|bigcode|bigcode-|open)?[- ]?(?:open)?[- ]?rail(?:\+\+)?(?:[- ]?m[s]?)?\b`)},
	{"LicenseRef-llama-community", regexp.MustCompile(`(?i)llama[- ]?[234]?(?:\.[0-9])?[- ]?(?:community )?licen[cs]e|^llama[234](?:\.[0-9])?$|ai\.meta\.com/(?:llama/license|resources/models-and-libraries)|\[llama ?2?\]\(`)},
	{"LicenseRef-gemma", regexp.MustCompile(`(?i)gemma (?:terms|licen[cs]e)|^gemma$`)},
	{otherLicence, regexp.MustCompile(`\b(?:[A-Z][\w.-]*[ -]){1,4}(?i:community|model|research|open model|non-?commercial|community model|research-only|fair noncommercial research|NC) (?i:license|licence)(?i: agreement)?|(?i:non-?commercial (?:use )?licen[cs]e|\bmodel agreement|模型(?:社区)?许可协议|custom licen[cs]e|bespoke licen[cs]e)`)},
}

// licenceNames finds the licences that a text names, in order, without overlap.
func licenceNames(text []byte) []reading {
	taken := make([]bool, len(text))
	var found []reading
	for _, w := range licenceWords {
		for _, m := range w.pattern.FindAllIndex(text, 20) {
			if m[1] <= m[0] || taken[m[0]] || taken[m[1]-1] {
				continue
			}
			for i := m[0]; i < m[1]; i++ {
				taken[i] = true
			}
			found = append(found, reading{knownAs(string(text[m[0]:m[1]]), w.id), audit.Span{Start: m[0], End: m[1]}})
		}
	}
	sortReadings(found)
	return merged(found)
}

// knownAs is the id of a licence that goes by a name, or the one that the way
// of naming it stands for.
func knownAs(name, otherwise string) string {
	if id, ok := license.Normalize(strings.Trim(name, " []()\"'*_")); ok {
		return id
	}
	return otherwise
}

func sortReadings(r []reading) {
	for i := 1; i < len(r); i++ {
		for j := i; j > 0 && r[j].span.Start < r[j-1].span.Start; j-- {
			r[j], r[j-1] = r[j-1], r[j]
		}
	}
}

// merged joins neighbours that name the same licence: a link's text and target.
func merged(r []reading) []reading {
	var out []reading
	for _, n := range r {
		if len(out) > 0 && out[len(out)-1].value == n.value {
			out[len(out)-1].span.End = n.span.End
			continue
		}
		out = append(out, n)
	}
	return out
}

// normalizeTag maps a tag or free-form name to an id; "" when it says nothing.
func normalizeTag(tag string) string {
	t := strings.TrimSpace(tag)
	if id, ok := license.Normalize(t); ok {
		return id
	}
	switch strings.ToLower(t) {
	case "", "unknown", "none", "null", "noassertion", "unlicensed":
		return ""
	case "other", "proprietary":
		return otherLicence
	}
	if names := licenceNames([]byte(t)); len(names) > 0 {
		return names[0].value
	}
	return otherLicence
}

// licenceClass says whether a licence, or an expression of several, is open. Of
// alternatives the widest counts, of joint licences the narrowest.
func licenceClass(id string) string {
	if either := strings.Split(id, " OR "); len(either) > 1 {
		return slices.MaxFunc(classes(either), byGrade)
	}
	if all := strings.Split(id, " AND "); len(all) > 1 {
		return slices.MinFunc(classes(all), byGrade)
	}
	terms, known := license.TermsOf(id)
	switch {
	case license.Open(id):
		return open
	case known && !strings.HasPrefix(id, "LicenseRef-") && terms.CommercialUse == license.Forbidden && terms.Modification != license.Forbidden:
		return noncommercial
	}
	return restricted
}

func classes(ids []string) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = licenceClass(strings.Trim(id, " ()"))
	}
	return list
}

var gradesOfClass = []string{restricted, noncommercial, open}

func byGrade(a, b string) int {
	return cmp.Compare(slices.Index(gradesOfClass, a), slices.Index(gradesOfClass, b))
}

// restriction names the clause that keeps a licence from being open, and the
// section of the licence where it stands.
func restriction(id string) string {
	terms, ok := license.TermsOf(id)
	if !ok || license.Open(id) {
		return ""
	}
	yes := func(b *bool) bool { return b != nil && *b }
	for _, c := range []struct {
		holds        bool
		clause, term string
	}{
		{terms.CommercialUse == license.Forbidden, "it excludes commercial use", "commercial_use"},
		{terms.UserThreshold != nil, "large licensees need a licence of their own", "user_threshold"},
		{terms.GeographicLimit != nil, "it is limited to a territory", "geographic_limit"},
		{terms.Modification == license.Forbidden, "it excludes adapted versions", "modification"},
		{yes(terms.UseRestrictions), "it forbids fields of use", "use_restrictions"},
		{yes(terms.OutputRestriction), "it limits what outputs may be used for", "output_restriction"},
		{terms.CommercialUse == license.Conditional, "commercial use is subject to conditions", "commercial_use"},
		{terms.Modification == license.Conditional, "adapted versions are subject to conditions", "modification"},
	} {
		if !c.holds {
			continue
		}
		if section := terms.Source[c.term]; section != "" {
			return c.clause + " (section " + section + ")"
		}
		return c.clause
	}
	return ""
}

// sameLicence reports whether two ids may stand for one licence: versions of one
// name, a name that leaves the variant open, or a licence known by no name.
func sameLicence(a, b string) bool {
	if a == otherLicence || b == otherLicence {
		return true
	}
	rail := func(id string) bool { return strings.Contains(strings.ToLower(id), "rail") }
	return unversioned(a) == unversioned(b) || rail(a) && rail(b)
}

// unversioned is an id without figures and marks.
func unversioned(id string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, id)
}

// minLicenceText is the size in bytes from which a file named as a licence is
// taken for one even where its text is not known.
const minLicenceText = 400

// identifyText names the licence whose text a file is, and where it begins. Of
// several texts in one file the first is the project's own; those behind it
// are of parts taken over. A text that was changed in what it grants is none of
// the known licences.
func identifyText(body []byte) (string, audit.Span) {
	found := license.Identify(body).Matches
	if len(found) == 0 {
		if len(body) < minLicenceText {
			return "", audit.Span{}
		}
		return otherLicence, line(body, firstText(body))
	}
	first := slices.MinFunc(found, func(a, b license.Match) int { return cmp.Compare(a.Start, b.Start) })
	span := line(body, min(first.Start, len(body)))
	if span.Start == span.End {
		span = line(body, firstText(body))
	}
	if first.Modified && !strings.HasPrefix(first.License, "LicenseRef-") {
		return "LicenseRef-modified-" + first.License, span
	}
	return first.License, span
}

// firstText is the offset of the first byte that is not white space.
func firstText(body []byte) int { return len(body) - len(bytes.TrimLeft(body, " \t\r\n")) }
