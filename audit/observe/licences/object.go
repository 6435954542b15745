package licences

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a statement on a licence is about decides what it covers: a grant for
// the code is none for the weights, and a limit on the data none on the model.

// objectWord finds the words by which a statement says what it is about, in
// small letters, with the group that tells which: weights, code, data, docs,
// output, the whole, or something that is none of the model's parts.
var objectWord = phrases.ExpressionOf("licence.object-word")

// The groups of objectWord.
const (
	objectCode = iota + 1
	objectData
	objectDocs
	objectOutput
	objectOther
	objectWeights
	objectWhole
)

// An object is one word of a statement that says what it is about.
type object struct{ kind, start, end int }

func objectsIn(text string) []object {
	var all []object
	for _, m := range objectWord.FindAllStringSubmatchIndex(text, 40) {
		for kind := objectCode; kind <= objectWhole; kind++ {
			if m[2*kind] >= 0 {
				all = append(all, object{kind, m[0], m[1]})
			}
		}
	}
	return all
}

// listed matches what stands between two members of a list of objects.
var listed = phrases.ExpressionOf("licence.listed")

// about says which kinds of object the part [at, end) of a statement is about:
// those named last before it, as far as they make a list, or else the first
// behind its beginning. It is empty where no word says it.
func about(text string, at, end int) map[int]bool {
	objects := objectsIn(text)
	found := make(map[int]bool)
	last := -1
	for i, o := range objects {
		if o.end > at {
			break
		}
		// What something was made with is not what the sentence is about.
		if i > 0 && o.kind == objectData && usedFor.MatchString(text[objects[i-1].end:o.start]) {
			continue
		}
		last = i
	}
	for i := last; i >= 0; i-- {
		if i < last && !listed.MatchString(text[objects[i].end:objects[i+1].start]) {
			break
		}
		found[objects[i].kind] = true
	}
	if last >= 0 {
		if clauseEnd.MatchString(text[objects[last].end:at]) {
			// Another clause has begun; what it names itself goes first.
			if behind := within(objects, at, len(text)); len(behind) > 0 {
				return behind
			}
		}
		return found
	}
	if inside := within(objects, at, end); len(inside) > 0 && !inside[objectOther] {
		return inside
	}
	return within(objects, end, len(text))
}

// usedFor matches the words before the data that something was made with.
var usedFor = phrases.ExpressionOf("licence.used-for")

// clauseEnd matches where one clause of a statement ends and another begins.
var clauseEnd = phrases.ExpressionOf("licence.clause-end")

// within are the kinds of the first objects that start in a part, as far as
// they make a list: of "commercial use of the model" the model.
func within(objects []object, from, to int) map[int]bool {
	found := make(map[int]bool)
	for _, o := range objects {
		if o.start < from || o.start >= to {
			continue
		}
		found[o.kind] = true
		break
	}
	return found
}

// coversOf turns kinds of object into components, on one page.
func (in *Reader) coversOf(d *audit.Document, kinds map[int]bool) []cover {
	if d.Role == audit.RoleBase {
		if kinds[objectWeights] || kinds[objectWhole] || len(kinds) == 0 {
			return []cover{{"base", false}}
		}
		return nil
	}
	var covers []cover
	for _, k := range []struct {
		kind      int
		component string
	}{{objectWeights, "weights"}, {objectCode, "code"}, {objectData, "data"}, {objectDocs, "docs"}} {
		if kinds[k.kind] {
			covers = append(covers, cover{k.component, false})
		}
	}
	if len(covers) > 0 || kinds[objectOutput] || kinds[objectOther] && !kinds[objectWhole] {
		return covers
	}
	return in.wholeOf(d)
}

// objectOfHeading is what a heading says its section is about, in small letters.
func objectOfHeading(heading string) map[int]bool {
	if n := strings.LastIndex(heading, " / "); n >= 0 {
		heading = heading[n+3:]
	}
	if utf8.RuneCountInString(heading) > maxHeading {
		return nil
	}
	found := make(map[int]bool)
	for _, o := range objectsIn(heading) {
		if o.kind != objectOther && o.kind != objectWhole {
			found[o.kind] = true
		}
	}
	return found
}

// maxHeading is the length up to which a heading names what its section is about.
const maxHeading = 60

// pageLimits reads the limits that a page states in prose, as readings of the
// licence of whatever component each is about.
func (in *Reader) pageLimits(d *audit.Document) []licence {
	var out []licence
	for _, p := range append(in.titles(d), in.Prose(d)...) {
		if asideSection.MatchString(p.Heading) && !speaksOfLicence.MatchString(p.Heading) {
			continue
		}
		asks := strings.HasSuffix(strings.TrimSpace(p.Text), "?") // what answers it is a sentence of its own
		if asks || inBibliography(p) || in.tellsOfOther(d, p) {
			continue
		}
		p.Text = in.onModelAlone(p)
		all := limitBook().FindString(p.Text)
		out = append(out, uncovered(d, p, all)...)
		l, at, end, ok := limitWith(p.Text, all)
		if !ok || ofPart.Match(p.Raw()) || in.ofOtherSize(p.Raw()) || in.notOnModel(d, p) || exceptWeights(p.Text, end) {
			continue
		}
		kinds := in.limited(p, &l, about(p.Text, at, end), says(all, "carried"))
		apart := kinds[objectData] || kinds[objectCode] || kinds[objectDocs]
		_, open := in.onOtherVersions(p)
		for _, c := range in.coversOf(d, kinds) {
			if open && (c.name == "weights" || !apart) {
				continue // which version the model is of is asked in caution.go
			}
			found := l
			out = append(out, licence{component: c.name, id: Unknown, source: fromProse, doc: d,
				span: page.Clip(d.Body, p.Span, p.Span.Start), general: c.general, limit: &found})
		}
	}
	return out
}

// limited says what a limit that a passage states is on, where its words are about some kinds of object. carried tells
// whether the passage says that terms of data pass on to what is trained on it.
func (in *Reader) limited(p page.Passage, l *limit, kinds map[int]bool, carried bool) map[int]bool {
	made := kinds[objectOutput] || kinds[objectData] && len(kinds) == 1
	licensees := (l.size || l.territory) && kinds[objectOther] && len(kinds) == 1
	if l.outputs && made || licensees {
		kinds = map[int]bool{objectWeights: true} // who may use the model in what way
	}
	if kinds[objectData] && carried {
		kinds[objectWeights] = true
	}
	if len(kinds) == 0 || len(kinds) == 1 && kinds[objectWhole] {
		if of := objectOfHeading(p.Heading); len(of) > 0 {
			kinds = of
		} else if len(kinds) == 0 && in.onSized(p) {
			kinds = map[int]bool{objectWeights: true}
		}
	}
	if ofService(p.Doc, p.Text, kinds) {
		kinds, l.soft = map[int]bool{objectWeights: true}, true
	}
	return kinds
}

// onSized reports whether a passage is on the page's model of one size alone: it is its subject, or that of the
// licence that the line states before.
func (in *Reader) onSized(p page.Passage) bool {
	before := p.Doc.Body[page.LineStart(p.Doc.Body, p.Span.Start):p.Span.Start]
	return in.sizedSubject(p.Raw()) || speaksOfLicence.Match(before) && in.sizedSubject(before)
}

// titleLimit is the number of words from which a heading may be a statement: a
// sentence in bold print that stands alone is one to a parser.
const titleLimit = 5

// titles are the headings of a page that may be statements.
func (in *Reader) titles(d *audit.Document) []page.Passage {
	var found []page.Passage
	for _, s := range in.Card(d).Sections {
		heading := strings.ToLower(s.Heading)
		if (len(strings.Fields(heading)) >= titleLimit || boundName.MatchString(heading)) && s.Title.End > s.Title.Start {
			found = append(found, page.Passage{Doc: d, Span: s.Title, Text: heading})
		}
	}
	return found
}

// inHeader reports whether a passage stands in the head of a table, on its columns or rows.
func (in *Reader) inHeader(d *audit.Document, p page.Passage) bool {
	entry := d.Body[entryStart(d.Body, p.Span.Start):p.Span.End]
	return entryMark.Match(entry) && headerCell.Match(entry) && !namesIt(in, entry)
}

// licenceRow matches a row of a table, or an entry of a list, that gives the licence of the page's model.
var licenceRow = phrases.ExpressionOf("licence.licence-row")

// entryOnOther reports whether a passage is an entry of a list that links to another's work: whose
// terms it says that the page's model is subject to is no matter.
func (in *Reader) entryOnOther(d *audit.Document, p page.Passage, text []byte) bool {
	named := text
	if at := obliges.FindIndex(text); at != nil {
		named = text[:at[0]]
	}
	return entryMark.Match(text) && !namesIt(in, text) && in.Elsewhere(d, named) && !licenceRow.MatchString(p.Text)
}

func namesIt(in *Reader, text []byte) bool { return len(document.Mentions(text, in.ID())) > 0 }

// ofSize matches a sentence on the model of one size of several.
var ofSize = phrases.ExpressionOf("licence.of-size")

// ofOtherSize reports whether a sentence is on the model of another size than the page's.
func (in *Reader) ofOtherSize(text []byte) bool {
	m := ofSize.FindSubmatch(text)
	return m != nil && !strings.Contains(strings.ToLower(in.ID()), strings.ToLower(string(m[1])))
}

// entryMark matches the beginning of an entry of a list or table.
var entryMark = pattern.MustCompile(`^\s*(?:[-*+•]\s|\d+[.)]\s|\||<(?:tr|td|th|li)\b)`)

// headerCell matches the head of a table in HTML, which speaks of its columns or rows.
var headerCell = pattern.MustCompile(`(?i)<th\b`)

// maxEntryLines is how many lines an entry of a list may have before a statement in it.
const maxEntryLines = 4

// entryStart is where the entry of a list around an offset begins, or else the line.
func entryStart(body []byte, at int) int {
	first := page.LineStart(body, at)
	start := first
	for range maxEntryLines {
		if entryMark.Match(body[start:at]) {
			return start
		}
		if start == 0 {
			break
		}
		before := page.LineStart(body, start-1)
		if len(bytes.TrimSpace(body[before:start])) == 0 {
			break
		}
		start = before
	}
	return first
}

// subject matches the name that a sentence or an entry of a list begins with: a
// word in capitals before a verb, or a name as code, as a link or in bold print.
var subject = pattern.MustCompile("^[\\s>]*(?:[-*+•]\\s+|\\d+[.)]\\s+|\\[\\^\\w+\\]:\\s*|<sup>\\w+</sup>\\s*)?" +
	"(?:[*_]*[\\[`]+([\\w./-]{3,60})[\\]`]+|([A-Z][\\w.-]{2,40})(?:[ -][\\w.]+){0,2}? (?:is|are|was|were|has|have)\\b)")

// plainSubject are words that begin sentences without naming a model.
var plainSubject = phrases.ExpressionOf("licence.plain-subject")

// otherSubject reports whether a passage begins with the name of something that
// is not the page's model: another model of a list, a tool, a file.
func (in *Reader) otherSubject(d *audit.Document, text []byte) bool {
	m := subject.FindSubmatch(text)
	if m == nil {
		return false
	}
	name := string(m[1]) + string(m[2])
	ofModel := !strings.HasPrefix(in.Subject.ID, "github:") // a repository speaks of all its models
	if ofModel && identity.Related(path.Base(string(m[1])), in.ID()) == identity.Sibling {
		return true // a file or model of the family that is set as code or as a link
	}
	own := identity.Squash(path.Base(in.ID()) + " " + path.Base(d.PlaceID))
	if plainSubject.MatchString(name) && !strings.ContainsAny(name, "0123456789") ||
		len(identity.Squash(name)) < identity.MinFamily {
		return false
	}
	return !strings.Contains(own, identity.Squash(name)) && !in.Family.MatchString(name)
}
