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

// A page says what may be done in more shapes than sentences: as a heading, as a
// question and its answer, as a row of a table of uses or of licences. What follows
// makes of each of them one passage that caution.go can read.

// cautionPassages are the passages of a page that may limit use: its headings of any
// length, its sentences, and each question joined with its answer.
func (in *Reader) cautionPassages(d *audit.Document) []page.Passage {
	var all []page.Passage
	prose := in.Prose(d)
	next := 0 // the first passage behind the heading at hand
	for _, s := range in.Card(d).Sections {
		if s.Title.End <= s.Title.Start {
			continue
		}
		for next < len(prose) && prose[next].Span.Start < s.Title.End {
			next++
		}
		p := page.Passage{Doc: d, Span: s.Title, Text: strings.ToLower(s.Heading)}
		if !isQuestion(p.Text) {
			all = append(all, p)
			continue
		}
		if next < len(prose) {
			p.Heading = prose[next].Heading
			if joined, ok := in.answered(p, prose[next:]); ok {
				all = append(all, joined)
			}
		}
	}
	for i, p := range prose {
		if inBibliography(p) || in.tellsOfOther(d, p) || i > 0 && asksForHelp(prose[i-1].Text) {
			continue
		}
		p.Text = in.onModelAlone(p)
		switch {
		case !isQuestion(p.Text):
			// A question in bold print and its answer are one sentence to a parser.
			if m := boldQuestion.FindStringIndex(p.Text); m == nil || !grantsAsked(p.Text[:m[1]], p.Text[m[1]:]) {
				all = append(all, p)
			}
		case p.Kind != page.Row:
			if joined, ok := in.answered(p, prose[i+1:]); ok {
				all = append(all, joined)
			}
		}
	}
	return append(all, in.fencedTerms(d)...)
}

// plainFences are what fences say of text that is no code; most say nothing.
var plainFences = []string{"", "text", "txt", "plain", "plaintext", "none", "md", "markdown", "license", "licence"}

// fencedTerms are the lines of fenced text on the terms of use: a licence's own words are set off like
// that. What is set off without a word on terms is a prompt, an answer or a command.
func (in *Reader) fencedTerms(d *audit.Document) []page.Passage {
	var all []page.Passage
	c := in.Card(d)
	for _, code := range c.Code {
		if !slices.Contains(plainFences, code.Language) {
			continue
		}
		text := d.Body[code.Body.Start:code.Body.End]
		if bytes.HasPrefix(bytes.TrimSpace(text), []byte("@")) || // a bibliography
			len(text) > longestFence || !speaksOfTerms(text) {
			continue
		}
		at, heading := code.Body.Start, strings.ToLower(c.Below(code.Section))
		for line := range bytes.Lines(text) {
			said := bytes.TrimRight(line, " \r\n")
			if len(said) <= maxLimitText {
				all = append(all, page.Passage{Doc: d, Span: audit.Span{Start: at, End: at + len(said)},
					Text: strings.ToLower(string(said)), Heading: heading})
			}
			at += len(line)
		}
	}
	return all
}

// longestFence is the size in bytes up to which fenced text is looked at: a longer one is a log or a sample.
const longestFence = 32 << 10

// speaksOfTerms reports whether a line of a text has a word on terms.
func speaksOfTerms(text []byte) bool {
	for line := range bytes.Lines(text) {
		if len(line) <= maxLimitText && headingClasses(strings.ToLower(string(line)))&ofTerms != 0 {
			return true
		}
	}
	return false
}

// inBibliography reports whether a passage is an entry of a bibliography: a title limits nothing.
func inBibliography(p page.Passage) bool {
	return bytes.HasPrefix(bytes.TrimSpace(p.Raw()), []byte("@"))
}

// helpAsked matches the beginning of a question on what the makers do for others.
var helpAsked = phrases.ExpressionOf("licence.help-asked")

// asksForHelp reports whether a text is a question on what the makers do for others: its answer is
// about that.
func asksForHelp(text string) bool { return isQuestion(text) && helpAsked.MatchString(text) }

// boldQuestion matches a question in bold print at the beginning of a text.
var boldQuestion = pattern.MustCompile(`^\W{0,6}[^?？]{5,120}[?？]\W?(?:\*\*|__)`)

// isQuestion reports whether a passage asks.
func isQuestion(text string) bool {
	text = strings.TrimRight(text, " *_`\n")
	return strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？")
}

// answerParts is of how many sentences an answer is looked at.
const answerParts = 2

// maxQuestion is the longest question that is read with its answer: a longer one asks
// for no permission.
const maxQuestion = 120

// answered joins a question with its answer; ok is false where none follows, or one
// that only agrees.
func (in *Reader) answered(q page.Passage, behind []page.Passage) (page.Passage, bool) {
	joined := q
	if len(q.Text) > maxQuestion || !asksOfUse(q.Text) {
		return q, false
	}
	for i, p := range behind {
		if i == answerParts || isQuestion(p.Text) || p.Heading != q.Heading || p.Span.Start < joined.Span.End {
			break
		}
		if bytes.Count(q.Doc.Body[joined.Span.End:p.Span.Start], []byte("\n")) > 2 {
			break
		}
		if i == 0 && grantsAsked(q.Text, p.Text) {
			return q, false
		}
		joined.Text += " " + in.onModelAlone(p)
		joined.Span.End = p.Span.End
	}
	return joined, joined.Span.End > q.Span.End
}

// grantsAsked reports whether an answer grants what was asked, and not a part of it only.
func grantsAsked(question, answer string) bool {
	grants := agrees.MatchString(answer) || refuses.MatchString(answer) && asksOfLimit(question)
	return grants && !agreesPartly.MatchString(refuses.ReplaceAllString(answer, ""))
}

// asksOfUse reports whether a question is about what may be done, for whom or for what
// pay: one that only offers help or asks for an opinion is not.
func asksOfUse(text string) bool {
	const ofPermission = ofTrade | ofMarket | ofStudy | ofTerms | ofPaper
	var seen wordClass // a grant that is asked for is none: what it covers counts
	for _, m := range cautionBook().FindString(text) {
		if m.Phrase.Fact == "licence.caution" {
			seen |= wordClasses[m.Phrase.Value]
		}
	}
	return seen&ofPermission != 0 || seen&ofUse != 0 && seen&ofModel != 0
}

// asksOfLimit reports whether a question asks for a limit, in the language in which it
// names a use or trade.
func asksOfLimit(text string) bool {
	if limitNamed.MatchString(text) {
		return true
	}
	seen := make(map[string]wordClass)
	for _, m := range marksIn(text) {
		seen[m.lang] |= m.class
	}
	for _, classes := range seen {
		if classes&limiting != 0 && classes&(ofUse|ofTrade|ofTerms) != 0 {
			return true
		}
	}
	return false
}

// limiting are the classes of words in a question to which a plain no is a grant: is it
// prohibited, do I need a licence?
const limiting = confines | forbids | prevents | addresses | ofPaper | excepts | ofRefusal | demands

// agrees matches the first word of an answer that grants what was asked, refuses that of one which does not, and
// agreesPartly the words by which such an answer grants a part of it only.
var (
	agrees       = phrases.ExpressionOf("licence.agrees")
	refuses      = phrases.ExpressionOf("licence.refuses")
	agreesPartly = phrases.ExpressionOf("licence.agrees-partly")
)

// barredName finds the name of a licence that forbids commercial use in a passage, and
// where it stands: "weights: CC-BY-NC" without a word on licences.
func barredName(text []byte) (at, end int, ok bool) {
	for _, n := range licenceNames(text) {
		if t, read := license.Read(n.Value); read && t.CommercialUse == license.Forbidden {
			return n.Span.Start, n.Span.End, true
		}
	}
	return 0, 0, false
}

// barredWeights reports whether a passage says of the weights, in so many words, that
// they are under a licence which forbids commerce: in a row, a list or a sentence that
// names the licences of several components.
func barredWeights(d *audit.Document, p page.Passage) bool {
	raw := d.Body[p.Span.Start:p.Span.End]
	at, end, ok := barredName(raw)
	if !ok || len(raw) > maxLimitText {
		return false
	}
	if next := licenceNames(raw[end:]); len(next) > 0 && ofNextLicence.Match(raw[end:end+next[0].Span.Start]) {
		raw = raw[:end]
	}
	small := func(part []byte) string { return strings.ToLower(string(part)) } // which may be of another length
	text := small(raw)
	kinds := about(text, len(small(raw[:at])), len(small(raw[:end])))
	whole := kinds[objectWhole] && modelIn(text) // "the encoder, whose weights are in this repository, is Owl-L (CC BY-NC)"
	return (kinds[objectWeights] || whole) && !kinds[objectData]
}

// ownNames marks where the model's own name, or its family's, stands in a text: there it
// is a word for the model, in every language.
func (in *Reader) ownNames(text string) []markedWord {
	var marks []markedWord
	for _, at := range in.Family.FindAllStringIndex(text, 8) {
		marks = append(marks, markedWord{class: ofModel, start: at[0], end: at[1]})
	}
	return marks
}

// withNames puts the places of the model's name among the other words, in order.
func withNames(marks, names []markedWord) []markedWord {
	if len(names) == 0 {
		return marks
	}
	all := slices.Concat(marks, names)
	slices.SortStableFunc(all, func(a, b markedWord) int { return a.end - b.end })
	return all
}
