package licences

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Unknown stands for a licence that is there and cannot be told: a text
// that is none of the known ones, a tag of "other" without a name.
const Unknown = "LicenseRef-unknown"

// unnamedLicence matches a licence that is spoken of without a name of its own.
var unnamedLicence = phrases.ExpressionOf("licence.unnamed-licence")

// entry matches a label for the licence, in any language, and the one word that is its value.
var entry = phrases.ExpressionOf("licence.entry")

// unreadTerms stands for such terms until their text is read.
const unreadTerms = "LicenseRef-unread"

// ownTerms matches terms of the model's own that are spoken of without a name:
// "subject to the Model License". They are somewhere, and are not what the rest
// of the page is under.
var ownTerms = phrases.ExpressionOf("licence.own-terms")

// What stands right before a name may turn it into something else, within so
// many bytes: a changed copy of the licence, or one that another goes before.
const nameReach = 60

var (
	changedCopy = phrases.ExpressionOf("licence.changed-copy")
	outranked   = phrases.ExpressionOf("licence.outranked")
	// changedFrom and changedTo match the two halves of what says that a licence was given up for another.
	changedFrom = phrases.ExpressionOf("licence.changed-from")
	changedTo   = phrases.ExpressionOf("licence.changed-to")
)

// rider matches what stands behind a name and takes back a part of what the licence grants.
var rider = phrases.ExpressionOf("licence.rider")

// takesBack reports whether a rider is one, and not "with no" of them.
func takesBack(rider []byte) bool { return len(rider) > 0 && !bytes.HasSuffix(rider, []byte("no ")) }

// licenceNames finds the licences that a statement names, in order, without
// overlap.
func licenceNames(text []byte) []document.Reading {
	found := badges(text)
	add := func(id string, start, end int) {
		if !slices.ContainsFunc(found, func(r document.Reading) bool {
			return r.Span.Start < end &&
				start < r.Span.End
		}) {
			found = append(found, document.Reading{Value: id, Span: audit.Span{Start: start, End: end}})
		}
	}
	for _, m := range license.Named(text) {
		before := text[max(0, m.Start-nameReach):m.Start]
		switch {
		case outranked.Match(before), changedFrom.Match(text[:m.Start]) && changedTo.Match(text[m.End:]):
		case takesBack(rider.Find(text[m.End:])):
			add(license.ModifiedID(m.License), m.Start, m.End)
		case changedCopy.Match(before):
			add(license.ModifiedID(m.License), m.Start, m.End)
		default:
			add(m.License, m.Start, m.End)
		}
	}
	for _, m := range entry.FindAllSubmatchIndex(text, 20) { // "mit" is a word elsewhere
		if id, ok := license.Normalize(string(text[m[2]:m[3]])); ok && understood(id) {
			add(id, m[2], m[3])
		}
	}
	for _, at := range unnamedLicence.FindAllIndex(text, 20) {
		add(Unknown, at[0], at[1])
	}
	for _, m := range ownTerms.FindAllSubmatchIndex(text, 20) {
		add(unreadTerms, m[2], m[3])
	}
	slices.SortFunc(found, func(a, b document.Reading) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	exact := slices.ContainsFunc(found, func(r document.Reading) bool { return strings.HasPrefix(r.Value, "CC") })
	return slices.DeleteFunc(found, func(r document.Reading) bool { return exact && vagueID(r.Value) })
}

// badge is the address of a picture that says "licence-name-colour", with a
// blank as %20 or _ and a hyphen as --.
var badge = pattern.MustCompile(
	`(?i)img\.shields\.io/badge/[\w%]*licen[cs]e(?:%20|[\w])*-([^\s"'<>()?]+?)-[0-9a-z]+(?:\.svg)?[?\s"'<>)]`,
)

var badgeSigns = strings.NewReplacer("%20", " ", "_", " ", "--", "-")

// maxBadges bounds how many badges of one statement are read.
const maxBadges = 50

// badges finds the licences that badges name.
func badges(text []byte) []document.Reading {
	var found []document.Reading
	for _, m := range badge.FindAllSubmatchIndex(text, maxBadges) {
		name := badgeSigns.Replace(string(text[m[2]:m[3]]))
		if id, ok := license.Normalize(name); ok {
			found = append(found, document.Reading{Value: license.Precise(name, id),
				Span: audit.Span{Start: m[2], End: m[3]}})
		}
	}
	return found
}

// normalizeTag maps a tag to an id; "" when it says nothing.
func normalizeTag(tag string) string {
	t := strings.TrimSpace(tag)
	if id, ok := license.Normalize(t); ok {
		return license.Precise(t, id)
	}
	switch strings.ToLower(t) {
	case "", "unknown", "none", "null", "noassertion", "unlicensed":
		return ""
	}
	return cmp.Or(license.CustomID(t), Unknown)
}

// minLicenceText is the size in bytes from which a file named as a licence is
// taken for one even where its text is not known.
const minLicenceText = 400

// An identified text is what a licence file was found to be.
type identified struct {
	id      string     // of the first text; "" where there is none
	begin   audit.Span // its first line
	changed audit.Span // of a changed text, the first change in what it grants
	all     []string   // ids of all texts in the file
	stated  bool       // no text is there: the file names the licence
}

// identifyText names the licence whose text a file is, and where it begins. Of
// several texts in one file the first is the project's own; those behind it
// are of parts taken over. A text that was changed in what it grants is none of
// the known licences.
func identifyText(body []byte) (t identified) {
	result := license.Identify(body)
	if len(result.Matches) == 0 {
		if id := license.Stated(body, result); id != "" {
			at := result.Mentions[0]
			t.id, t.begin, t.stated = id, page.Clip(body, audit.Span(at.Span), at.Start), true
			return t
		}
		if len(body) >= minLicenceText {
			t.id, t.begin = Unknown, page.Line(body, firstText(body))
		}
		return t
	}
	for _, m := range result.Matches {
		t.all = append(t.all, m.License)
	}
	if result.Within != "" { // a part of terms that nobody here knows
		t.id, t.begin = Unknown, page.Line(body, firstText(body))
		return t
	}
	first := slices.MinFunc(result.Matches, func(a, b license.Match) int { return cmp.Compare(a.Start, b.Start) })
	t.id, t.begin = first.License, page.Line(body, min(first.Start, len(body)))
	if t.begin.Start == t.begin.End {
		t.begin = page.Line(body, firstText(body))
	}
	t.begin = withVersion(body, t.begin)
	limited := slices.ContainsFunc(result.Diffs, func(d license.Diff) bool {
		return d.Material && outsideAll(d, result.Matches)
	})
	if first.Modified || limited {
		t.id, t.changed = license.ModifiedID(first.License), firstChange(body, first, result.Diffs)
	}
	return t
}

// Bounds of a licence's title.
const (
	titleWords = 6
	titleBytes = 200
)

// withVersion is the title that a licence's text begins with and the lines directly below, which tell its version:
// without it a title can be that of several licences.
func withVersion(body []byte, title audit.Span) audit.Span {
	if len(bytes.Fields(body[title.Start:title.End])) > titleWords {
		return title
	}
	end := title.End
	for at := end; at < min(len(body), title.Start+titleBytes); {
		next := bytes.IndexByte(body[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
		line, _, _ := bytes.Cut(body[at:], []byte("\n"))
		line = bytes.TrimRight(line, " \t\r")
		if len(line) == 0 || at+len(line) > title.Start+titleBytes {
			break
		}
		at += len(line)
		end = at
	}
	return audit.Span{Start: title.Start, End: end}
}

// outsideAll reports whether a difference stands around the texts of a file: a
// clause before or behind them that limits what they say.
func outsideAll(d license.Diff, matches []license.Match) bool {
	return !slices.ContainsFunc(matches, func(m license.Match) bool {
		return d.Start < m.End && m.Start < d.End || d.Start >= m.Start && d.End <= m.End
	})
}

// firstChange is the first place within a match where words that matter were
// added, or else the place where some are missing.
func firstChange(body []byte, m license.Match, diffs []license.Diff) audit.Span {
	var at audit.Span
	for _, d := range diffs {
		if !d.Material || (d.Start < m.Start || d.End > m.End) && !outsideAll(d, []license.Match{m}) ||
			d.Start >= len(body) {
			continue
		}
		if d.End > d.Start {
			return page.Clip(body, audit.Span{Start: d.Start, End: d.End}, d.Start)
		}
		if at.End == 0 {
			at = page.Line(body, d.Start)
		}
	}
	return at
}

// firstText is the offset of the first byte of a text: behind white space and marks of pages.
func firstText(body []byte) int { return len(leading.Find(body)) }

var leading = pattern.MustCompile(`^(?:\s+|<!-- page \d+ -->)*`)
