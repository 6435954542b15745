package obligations

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/pattern"
)

// Some licences prescribe the sentence that a notice must have. It is read off the text at
// hand: with the names and years of that text.

// prescribedNotice matches the words that prescribe a notice, and the sentence between
// quotation marks. The marks may be escaped, as in the front matter of a card.
var prescribedNotice = pattern.MustCompile(`(?is)\b(?:notices?|attribution|statement|legend)\b\\?["”]?` +
	`[^"“”]{0,240}[:,]\s*(?:“((?:[^“”]|“[^“”]*”)+)”|(?:\\?["“]|‘‘|'')([^"“”]{16,420}?)(?:\\?["”]|’’|''))`)

// noticeWords are what such a sentence says: under what a thing is, or whose it is.
var noticeWords = pattern.MustCompile(`(?i)\b(?:licen[cs]ed|provided|made available|distributed|governed|subject)\b` +
	`.{0,80}\b(?:under|to|by)\b|copyright|©|\(c\)`)

// prescribed is the sentence that a licence's text prescribes as notice, none where it
// prescribes no words.
func (l Licence) prescribed() []string {
	if l.text == nil {
		return nil
	}
	all := l.text.read(l.part())
	if len(all) == 0 {
		return nil
	}
	body := l.text.body[all[0].at[0]:all[len(all)-1].at[1]]
	for _, m := range prescribedNotice.FindAllSubmatch(body, 20) {
		said := strings.Join(strings.Fields(marks.Replace(string(m[1])+string(m[2]))), " ")
		if len(said) <= longestNotice && noticeWords.MatchString(said) && !definitionOf.Match(m[0]) {
			return []string{said}
		}
	}
	return nil
}

// A Notice is a text that has to go along word by word.
type Notice struct {
	Text string // empty where it is too long to be held here
	URL  string // where it was read
}

// longestKept bounds the NOTICE of a model that is written out, in bytes.
const longestKept = 16 << 10

// ownNotice reports whether a file is the NOTICE of who made the model.
func ownNotice(d audit.Document) bool {
	name, _, _ := strings.Cut(strings.ToLower(d.Path), ".")
	return name == "notice" || name == "notices"
}

func noticeOf(t textOf) Notice {
	if len(t.body) > longestKept {
		return Notice{URL: t.doc.URL}
	}
	return Notice{Text: strings.TrimSpace(string(bytes.ToValidUTF8(t.body, []byte("\ufffd")))), URL: t.doc.URL}
}

// copyrightLine matches a line that says whose a work is; one with a gap to fill in is none.
var copyrightLine = pattern.MustCompile(`(?im)^[ \t*#/>-]*` +
	`((?:copyright (?:\(c\)|©|\d{4})|\(c\) \d{4}|© ?\S)[^\n<>\[\]{}]{3,200})$`)

// copyrights are the copyright lines of a licence's text that are those of the work: of a text that
// may not be passed on freely they may be those of who wrote the licence.
func (l Licence) copyrights() []Notice {
	if l.Terms.Redistribution != license.Allowed {
		return nil
	}
	var all []Notice
	for _, m := range copyrightLine.FindAllSubmatch(l.text.body, 20) {
		all = append(all, Notice{strings.TrimSpace(string(bytes.ToValidUTF8(m[1], []byte("\ufffd")))), l.text.doc.URL})
	}
	return all
}

// marks are what stands in such a sentence and is none of it.
var marks = strings.NewReplacer("\n>", " ", "**", "", `\n`, " ")

// longestNotice bounds such a sentence, in bytes.
const longestNotice = 500

// definitionOf matches where quotation marks stand around a word that is defined.
var definitionOf = pattern.MustCompile(`(?i)["”]\s*(?:means|shall mean|refers to)\b`)

// heldIn is the part of a page that is a licence's text: cards hold whole agreements, in
// the form before the download or below a heading.
func heldIn(d audit.Document, body []byte, original string) bool {
	if d.Kind != audit.DocModelCard || !bytes.Contains(bytes.ToLower(body), []byte("agreement")) &&
		!bytes.Contains(bytes.ToLower(body), []byte("licen")) {
		return false
	}
	return slices.ContainsFunc(license.Identify(body).Matches, func(m license.Match) bool {
		return m.License == original && m.Percent >= wholeText
	})
}

// wholeText is how much of a licence's words, in per cent, a page must hold to be its text.
const wholeText = 90

// shareTexts gives a licence whose text was not read where it binds the text of the same
// licence that was read elsewhere for this model.
func (b *Bound) shareTexts() {
	for i := range b.Licences {
		l := &b.Licences[i]
		if l.text != nil || strings.HasPrefix(l.ID, "LicenseRef-unknown") || license.IsExpression(l.ID) {
			continue
		}
		at := slices.IndexFunc(b.Licences, func(o Licence) bool { return o.text != nil && o.ID == l.ID })
		if at >= 0 {
			l.text, l.URL, l.Terms, l.known = b.Licences[at].text, b.Licences[at].URL, b.Licences[at].Terms, true
		}
	}
}

// once lists what is said of the weights and of what they were made from, under the same
// licence, one time: with the clause that is best known, and whose it is too.
func once[T any](all []T, same func(a, b *T) bool, joined func(first *T, other T)) []T {
	var out []T
	for i := range all {
		if at := slices.IndexFunc(out, func(o T) bool { return same(&o, &all[i]) }); at >= 0 {
			joined(&out[at], all[i])
			continue
		}
		out = append(out, all[i])
	}
	return out
}

// together reports whether two components are spoken of as one: weights, and those that
// they were made from.
func together(a, b string) bool {
	return (a == Weights || a == Base) && (b == Weights || b == Base)
}

// surer are the certainties, the surest first.
var surer = []Certainty{Quoted, Doubtful, NoClause, NotFound, NotRead}

func dutiesOnce(all []Duty) []Duty {
	return once(all, func(a, b *Duty) bool {
		return a.Kind == b.Kind && a.What == b.What && a.When == b.When && a.Licence == b.Licence &&
			slices.Equal(a.Words, b.Words) && together(a.Component, b.Component)
	}, func(first *Duty, other Duty) {
		if slices.Index(surer, other.Clause.Certainty) < slices.Index(surer, first.Clause.Certainty) {
			first.Clause = other.Clause
		}
		if other.Of != first.Of && !slices.Contains(first.AlsoOf, other.Of) {
			first.AlsoOf = append(first.AlsoOf, other.Of)
		}
	})
}

func questionsOnce(all []Question) []Question {
	return once(all, func(a, b *Question) bool {
		return a.Licence != "" && a.Question == b.Question && a.Answer == b.Answer && a.Reason == b.Reason &&
			a.Licence == b.Licence && a.LookUp == b.LookUp && together(a.Component, b.Component)
	}, func(first *Question, other Question) {
		if slices.Index(surer, other.Clause.Certainty) < slices.Index(surer, first.Clause.Certainty) {
			first.Clause = other.Clause
		}
		if other.Of != first.Of && !slices.Contains(first.AlsoOf, other.Of) {
			first.AlsoOf = append(first.AlsoOf, other.Of)
		}
	})
}
