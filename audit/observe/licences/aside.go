package licences

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What is told on a page need not be about the model: an example of what it writes, the
// title of a post, a demo that runs it, a version that was before it, a list of what
// others made of it. None of that limits the model's use, however it is worded.

// exampleHeading matches a heading below which a page shows what the model is asked and
// answers.
var exampleHeading = phrases.ExpressionOf("licence.example-heading")

// inExample reports whether a passage stands below a heading for examples. One for
// examples of what is forbidden is none.
func inExample(p page.Passage) bool {
	for part := range strings.SplitSeq(p.Heading, " / ") {
		if exampleHeading.MatchString(part) && headingClasses(part)&(firm|denies|ofTerms|ofTrade) == 0 {
			return true
		}
	}
	return false
}

// turn matches the label before what somebody says to a model, or it to them.
var turn = phrases.ExpressionOf("licence.turn")

// maxTurns is how far back the labels of a conversation are looked for.
const maxTurns = 1500

// inDialogue reports whether a passage lies in a conversation: one that is labelled so
// in the paragraph that it stands in.
func inDialogue(p page.Passage) bool {
	body := p.Doc.Body[max(0, p.Span.Start-maxTurns):p.Span.End]
	if n := bytes.LastIndex(body[:len(body)-(p.Span.End-p.Span.Start)], []byte("\n\n")); n >= 0 {
		body = body[n:]
	}
	return turn.Match(body)
}

// otherThing matches the beginning of a clause on what shows or runs the model, or tells
// of it, in small letters.
var otherThing = phrases.ExpressionOf("licence.other-thing")

// formerVersion matches the beginning of a clause on what there was before the model.
var formerVersion = phrases.ExpressionOf("licence.former-version")

// thanksFor matches the beginning of a clause that thanks, or tells where the computing was done.
var thanksFor = phrases.ExpressionOf("licence.thanks-for")

// clauseBreak matches where a clause on one thing may end and one on another begin.
var clauseBreak = phrases.ExpressionOf("licence.clause-break")

// ofHelp is the place of thanksFor among what subjectClauses looks for.
const ofHelp = 2

// firstWeights is where the first word for the weights stands in a text, or -1.
func firstWeights(text string) int {
	for _, o := range objectsIn(text) {
		if o.kind == objectWeights {
			return o.start
		}
	}
	return -1
}

// leftOut matches a clause on what was not taken, and why.
var leftOut = phrases.ExpressionOf("licence.left-out")

// helpingModel matches a clause on models that helped to make the page's, or that it is measured by.
var helpingModel = phrases.ExpressionOf("licence.helping-model")

// formerWord matches words for a version that was before, in small letters.
var formerWord = phrases.ExpressionOf("licence.former-word")

// openNow matches a licence that permits everything, in a clause of its own; by its first group
// a clause on "this one".
var openNow = phrases.ExpressionOf("licence.open-now")

// maxBetween is how many bytes behind a sentence may say that what it tells holds no longer.
const maxBetween = 250

// superseded is where, in a text in small letters, that ends which held of another or a former
// version: it, or what follows it, goes on that this one is under an open licence. 0 for none.
func superseded(text, behind string) int {
	all := text + behind
	m := openNow.FindStringSubmatchIndex(all)
	if m == nil || codeWord.MatchString(all[m[0]:m[1]]) ||
		m[2] < 0 && !formerWord.MatchString(text[:min(m[0], len(text))]) {
		return 0
	}
	return min(m[0], len(text))
}

// subjectClauses are the clauses of a text, in small letters, on something else than the
// model: on what shows it, what was before it, or who helped; the last without a word for
// the model, which a helper's terms may bind.
func (in *Reader) subjectClauses(text string) [][2]int {
	var places [][2]int
	for _, of := range []*pattern.Regexp{leftOut, helpingModel} {
		for _, m := range of.FindAllStringIndex(text, 4) {
			if !in.onOwnToo(text[m[0]:m[1]]) {
				places = append(places, [2]int{m[0], m[1]})
			}
		}
	}
	for i, beginning := range []*pattern.Regexp{otherThing, formerVersion, thanksFor} {
		for _, m := range beginning.FindAllStringIndex(text, 8) {
			end := len(text)
			if n := clauseBreak.FindStringIndex(text[m[1]:]); n != nil {
				end = m[1] + n[0]
			}
			if modelIn(text[m[0]:m[1]]) || i == ofHelp && modelIn(text[m[1]:end]) {
				continue
			}
			if at := firstWeights(text[m[1]:end]); at >= 0 {
				end = m[1] + at // what follows may be on the model
			}
			places = append(places, [2]int{m[0], end})
		}
	}
	return places
}

// ownModel matches words for the page's model, notInOwn those that set something apart from it, and andName
// the name that is joined to another thing by "and" or the like.
var (
	ownModel = phrases.ExpressionOf("licence.own-model")
	notInOwn = phrases.ExpressionOf("licence.not-in-own")
	andName  = phrases.ExpressionOf("licence.and-name")
)

// onOwnToo reports whether a clause on another thing, in small letters, is on the page's model as
// well: by words for it or its name.
func (in *Reader) onOwnToo(clause string) bool {
	apart := notInOwn.FindAllStringIndex(clause, 8)
	for _, at := range ownModel.FindAllStringIndex(clause, 8) {
		if !slices.ContainsFunc(apart, func(a []int) bool { return a[0] <= at[0] && at[1] <= a[1] }) {
			return true
		}
	}
	for _, m := range andName.FindAllStringSubmatch(clause, 8) {
		if identity.Related(strings.TrimRight(m[1], ".-"), in.ID()) == identity.Same {
			return true
		}
	}
	return false
}

// publishedLink matches a link to where papers, posts and talks are published.
var publishedLink = phrases.ExpressionOf("licence.published-link")

// onModelAlone is the text of a passage, of the same length, without the titles of papers
// and posts that it names, without addresses, and without clauses on what is not the model
// or was before it.
func (in *Reader) onModelAlone(p page.Passage) string {
	return in.alone.Of(p, in.readModelAlone)
}

func (in *Reader) readModelAlone(p page.Passage) string {
	text := []byte(p.Text)
	for _, c := range in.subjectClauses(p.Text) {
		page.Blank(text[c[0]:c[1]])
	}
	if own := sizeName.FindString(strings.ToLower(path.Base(in.ID()))); own != "" {
		for _, m := range exceptSizes.FindAllStringIndex(p.Text, 4) {
			if !slices.Contains(sizeName.FindAllString(p.Text[m[0]:m[1]], -1), own) {
				page.Blank(text[m[0]:m[1]])
			}
		}
	}
	for _, c := range mailAddress.FindAllStringIndex(p.Text, 20) {
		page.Blank(text[c[0]:c[1]])
		copy(text[c[0]:c[1]], "us") // whom to write to
	}
	body := p.Doc.Body
	behind, _, _ := strings.Cut(string(body[min(len(body), p.Span.End):min(len(body), p.Span.End+maxBetween)]), "\n\n")
	if n := superseded(p.Text, strings.ToLower(behind)); n > 0 && !in.onOwnVersion(p.Text[:n]) {
		page.Blank(text[:n])
	}
	others, _ := in.onOtherVersions(p)
	for _, c := range others {
		page.Blank(text[c[0]:c[1]])
	}
	raw := body[p.Span.Start:min(p.Span.End, len(body))]
	for _, m := range aboutNamed.FindAllSubmatch(raw, 5) {
		said := strings.ToLower(string(m[2]))
		if n := strings.Index(string(text), said); n >= 0 && identity.Related(string(m[1]),
			in.ID()) == identity.Sibling {
			page.Blank(text[n : n+len(said)])
		}
	}
	for _, m := range publishedLink.FindAllSubmatch(raw, 5) {
		title := strings.ToLower(strings.TrimSpace(string(m[1])))
		if n := strings.Index(string(text), title); n >= 0 && strings.ToLower(string(m[1][:1])) != string(m[1][:1]) {
			page.Blank(text[n : n+len(title)]) // a part of the sentence begins with a small letter
		}
	}
	return string(text)
}

var (
	// sizeName matches the size of a model, in small letters.
	sizeName = pattern.MustCompile(`\b\d+(?:\.\d+)?[bm]\b`)
	// exceptSizes matches what is excepted from a statement on models, by their sizes.
	exceptSizes = phrases.ExpressionOf("licence.except-sizes")
)

// aboutNamed matches what stands in parentheses behind a name and tells of it.
var aboutNamed = pattern.MustCompile(`([\w.-]*\d[\w.-]*) ?\((which [^()<]{0,120})`)

// mailAddress matches an address of mail, whose words say nothing but that one may write there.
var mailAddress = pattern.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)

// tellsOfOther reports whether a passage stands where a page shows examples or lists
// what others made: it limits nothing.
func (in *Reader) tellsOfOther(d *audit.Document, p page.Passage) bool {
	return inExample(p) || inDialogue(p) || otherProduct.MatchString(p.Heading) || inOutline(d, p) ||
		in.belowOther(d, p)
}

// otherProduct matches a heading for what the makers sell beside the model.
var otherProduct = phrases.ExpressionOf("licence.other-product")

// outlined matches an entry of a page's outline, which says what a section is for.
var outlined = pattern.MustCompile(`(?i)^\s*[-*+]\s*\[([^\]]*)\]\(#`)

// inOutline reports whether a passage is an entry of the page's outline, but one on its terms.
func inOutline(d *audit.Document, p page.Passage) bool {
	m := outlined.FindSubmatch(d.Body[page.BeginOfLine(d.Body, p.Span.Start):p.Span.End])
	return m != nil && headingClasses(strings.ToLower(string(m[1])))&ofTerms == 0
}

// madeOf matches a heading below which stands what a model was made of: its terms may
// be the model's.
var madeOf = phrases.ExpressionOf("licence.made-of")

// maxParent is how many lines above an entry of a list the one that it belongs to is
// looked for.
const maxParent = 12

// blankedLine is how many blanks a line has at least that was blanked in the view: nobody
// writes so many.
const blankedLine = 12

// longestEntry is how far into its line what an entry says is looked for: each sentence of
// a page that is one line asks where that begins.
const longestEntry = 4 << 10

// belowOther reports whether a passage is an entry of a list below one on another model
// of the family, or on another's.
func (in *Reader) belowOther(d *audit.Document, p page.Passage) bool {
	if madeOf.MatchString(p.Heading) {
		return false
	}
	from := max(0, p.Span.Start-longestEntry)
	line := from + page.LineStart(d.Body[from:], p.Span.Start-from)
	if line == from && from > 0 {
		return false // so far into its line it is no entry of a list
	}
	indent := indentOf(d.Body[line:p.Span.Start])
	for range maxParent {
		if indent == 0 || line == 0 {
			return false
		}
		end := line - 1
		line = page.LineStart(d.Body, end)
		above := d.Body[line:end]
		if len(above) >= blankedLine && len(bytes.TrimSpace(above)) == 0 {
			return true // the view leaves out what is another's
		}
		if len(bytes.TrimSpace(above)) == 0 || indentOf(above) >= indent || !entryMark.Match(above) {
			continue
		}
		indent = indentOf(above)
		m := subject.FindSubmatch(above)
		if m == nil {
			continue
		}
		name := string(m[1]) + string(m[2])
		sibling := identity.Related(path.Base(name), in.ID()) == identity.Sibling
		if sibling || in.otherSubject(d, above) && !namesIt(in, above) {
			return true
		}
	}
	return false
}

// indentOf is the number of blanks that a line begins with.
func indentOf(line []byte) int {
	return len(line) - len(bytes.TrimLeft(line, " \t"))
}

var (
	unticked = pattern.MustCompile(`(?m)^\s*[-*+]\s*(?:\[ \]|☐|⬜).*$`)
	ticked   = pattern.MustCompile(`(?m)^\s*[-*+]\s*(?:\[[xX✓]\]|☑|✅)`)
)

// untickedUse finds an entry of a list of what may be done that is not ticked, where
// others are: it is not among what is granted. As a thing to do it is not in the view.
func (in *Reader) untickedUse(d *audit.Document) *caution {
	body := in.ServedBody(d)
	for _, m := range unticked.FindAllIndex(body, 50) {
		entry := bytes.TrimSpace(body[m[0]:m[1]])
		if headingClasses(strings.ToLower(string(entry)))&(ofTrade|ofMarket) == 0 {
			continue
		}
		before := body[max(0, m[0]-maxTurns):m[0]]
		first := ticked.FindIndex(before)
		if first == nil {
			continue
		}
		lead := bytes.TrimSpace(before[:first[0]])
		lead = lead[bytes.LastIndexByte(lead, '\n')+1:]
		if headingClasses(strings.ToLower(string(lead)))&(grants|ofTerms) == 0 && !usesAlone(before[first[0]:]) {
			continue // of a list of uses no lead need tell
		}
		at := in.SeenSpan(d, audit.Span{Start: m[1] - len(entry), End: m[1]})
		return &caution{doc: d, span: at, said: string(entry)}
	}
	return nil
}

// usesAlone reports whether the ticked entries of a list tell of study, and none of a thing that is made
// or released.
func usesAlone(list []byte) bool {
	study := false
	for line := range bytes.Lines(list) {
		if !ticked.Match(line) {
			continue
		}
		said := strings.ToLower(string(line))
		if madeThing.MatchString(said) {
			return false
		}
		study = study || headingClasses(said)&ofStudy != 0
	}
	return study
}

// madeThing matches words for what makers make or release, in small letters.
var madeThing = phrases.ExpressionOf("licence.made-thing")

// butNotWeights matches words behind a limit by which it is not one on the model.
var butNotWeights = phrases.ExpressionOf("licence.but-not-weights")

// exceptWeights reports whether a text says, behind a limit that ends at an offset, that it is
// none on the weights.
func exceptWeights(text string, end int) bool { return butNotWeights.MatchString(text[end:]) }
