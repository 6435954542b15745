package licences

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// A deed is what terms are written down in: a licence, an agreement, a policy. A page
// that puts its model under one, asks to sign one or ends one, and names no licence that
// is known to permit everything, may limit the model, whatever the deed is called.

// opens reports whether the readings of the weights begin with an open licence.
func opens(of []licence) bool { return len(of) > 0 && of[0].class() == Open }

// sharesAlike reports whether the licence that the readings of the weights begin with asks for
// itself on what is derived.
func sharesAlike(of []licence) bool {
	if len(of) == 0 {
		return false
	}
	duties, _ := license.DutiesOf(of[0].id)
	return duties.SameLicense != nil
}

// isTitle reports whether a passage is a heading: at the beginning of a line that is marked as one.
func isTitle(p page.Passage) bool {
	line := bytes.TrimLeft(p.Doc.Body[page.LineStart(p.Doc.Body, p.Span.Start):p.Span.Start], " ")
	return bytes.HasPrefix(line, []byte("#"))
}

// deedOfWeights reports whether the first deed among some words of a text stands behind a word
// for the weights, or the model's name, as the last thing that is named, or else before one.
func deedOfWeights(text string, marks []markedWord) bool {
	i := slices.IndexFunc(marks, func(m markedWord) bool { return m.class == ofDeed })
	if i < 0 {
		return false
	}
	deed, kind, last := marks[i], 0, -1
	for _, o := range objectsIn(text) {
		if o.end <= deed.start || kind == 0 && o.start >= deed.end {
			kind, last = o.kind, o.start
		}
	}
	named := slices.ContainsFunc(marks, func(m markedWord) bool {
		return m.class == ofModel && m.lang == "" && (m.start > last || last > deed.start)
	})
	return kind == objectWeights || named
}

// deedReach is how many bytes may lie between a deed and the name that makes it known.
const deedReach = 60

// withoutKnown leaves out the deeds that are no more than the licence that the page is
// under anyway: one that permits everything, by name, or "the licence" without more.
func withoutKnown(text string, marks []markedWord) []markedWord {
	bare := bareDeed.FindAllStringSubmatchIndex(text, 20)
	known := func(deed markedWord) bool {
		if slices.ContainsFunc(bare, func(b []int) bool {
			return b[0] < deed.end && deed.start < b[1] && (b[2] < 0 || !ofWhom.MatchString(text[b[2]:b[3]]))
		}) {
			return true
		}
		if noDeed.MatchString(text[max(0, deed.start-deedReach/2):deed.start]) {
			return true // there is none
		}
		return slices.ContainsFunc(marks, func(name markedWord) bool {
			if name.class != openName || germanWith.MatchString(text[name.start:]) ||
				ousted.MatchString(text[max(0, name.start-deedReach):name.start]) {
				return false
			}
			from, to := min(name.end, deed.end), max(name.start, deed.start)
			return from >= to || to-from <= deedReach && !otherPart.MatchString(text[from:to])
		})
	}
	return slices.DeleteFunc(marks, func(m markedWord) bool {
		return m.class == ofDeed && known(m) ||
			m.class == signs && noDeed.MatchString(text[max(0, m.start-deedReach/2):m.start])
	})
}

var (
	// noDeed matches words before a deed that say that there is none.
	noDeed = phrases.ExpressionOf("licence.no-deed")
	// germanWith matches the word "mit" where it is no licence.
	germanWith = phrases.ExpressionOf("licence.german-with")
	// ousted matches words before the name of a licence by which it is not, or no longer, the one.
	ousted = phrases.ExpressionOf("licence.ousted")
	// otherPart matches where one part of a sentence ends and another begins.
	otherPart = phrases.ExpressionOf("licence.other-part")
	// bareDeed matches a licence that is spoken of without any more of a name, and the word behind it.
	bareDeed = phrases.ExpressionOf("licence.bare-deed")
	// ofWhom matches a word behind a licence that begins to say whose it is.
	ofWhom = pattern.MustCompile(`^(?:of|for|from|agreement|that|to|with|on|at)$`)
)

// codeReach is how many bytes may lie between a word that confines and the code that a
// licence is confined to.
const codeReach = 45

// codeAlone reports whether a text in small letters says of a licence that it is for the
// code and for nothing else: then what the weights are under is not said.
func codeAlone(text string) bool {
	if !codeWord.MatchString(text) {
		return false // as nearly every passage
	}
	marks := marksIn(text)
	if !holdsAny(marks, openName|ofDeed|ofTerms) || !holdsAny(marks, ofCode) {
		return false
	}
	for _, c := range marks {
		if c.class != ofCode {
			continue
		}
		rest := text[c.end:]
		if n := strings.IndexAny(rest, ".;,。；，、"); n >= 0 {
			rest = rest[:n]
		}
		if modelIn(rest) || dataIn(text) || gathered.MatchString(text) {
			continue
		}
		if grantForCode.MatchString(text) {
			return true
		}
		if slices.ContainsFunc(marks, func(m markedWord) bool {
			from, to := min(m.end, c.end), max(m.start, c.start)
			return m.class == confines && to-from <= codeReach &&
				(from >= to || !otherPart.MatchString(text[from:to]) && !modelIn(text[from:to]))
		}) {
			return true
		}
	}
	return false
}

// gathered matches words by which code is what a model was trained on.
var gathered = pattern.MustCompile(`\b(?:github|crawl\w*|scrap\w*|collect\w*|gather\w*|tokens|trained on|filter\w*)\b`)

// grantForCode matches a licence of which a sentence says what it is for: the code.
var grantForCode = phrases.ExpressionOf("licence.grant-for-code")

// dataIn reports whether a text has a word for data.
func dataIn(text string) bool {
	return slices.ContainsFunc(objectsIn(text), func(o object) bool { return o.kind == objectData })
}

// tagComment matches a comment in the front matter of a card.
var tagComment = pattern.MustCompile(`(?m)^(?:[^#\n"']*[\s])?#+ *([^\n]{3,300})$`)

// cautionedComment looks at the comments in the front matter, beside the tag that they
// may take back: what they say of terms, they say of the licence.
func (in *Reader) cautionedComment(d *audit.Document, of []licence) *caution {
	body := in.ServedBody(d)
	front := in.Card(d).Front.Span
	if front.End > len(body) {
		return nil
	}
	for _, m := range tagComment.FindAllSubmatchIndex(body[front.Start:front.End], 50) {
		at := audit.Span{Start: front.Start + m[2], End: front.Start + m[3]}
		text := strings.ToLower(string(body[at.Start:at.End]))
		classes := headingClasses(text)
		if !speaksOfLicence.Match(body[front.Start+m[0]:at.End]) && classes&(ofTerms|ofDeed) == 0 {
			continue
		}
		_, _, uses, ok := suspectedIn(text, attention{terms: true, open: opens(of)}, in.ownNames(text)...)
		_, _, barred := barredName(body[at.Start:at.End])
		ownDeed := opens(of) && classes&ofDeed != 0 && modelIn(text)
		forCode := codeAlone(text) || classes&ofCode != 0 && (modelIn(text) || classes&confines != 0)
		if ok || barred || ownDeed || forCode {
			return &caution{doc: d, span: page.Clip(d.Body, at, at.Start), uses: uses && !barred,
				said: string(body[at.Start:at.End])}
		}
	}
	return nil
}
