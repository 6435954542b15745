package sources

import (
	"bytes"

	"openness/audit"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Address matches the address of a page.
var Address = pattern.MustCompile(`https?://\S+`)

// An announcement is a passage of a paper in which its authors say what they gave out,
// with the addresses that it gives, its footnotes' among them.
type announcement struct {
	page.Passage
	Links []string
}

// WholeText is a paper with all that it says of itself: the sections that tell
// nothing of the making are there, those on others' work are not.
func (in *Set) WholeText(d *audit.Document) *audit.Document {
	if w := in.wholePapers[d]; w != nil {
		return w
	}
	return d
}

// WholeTexts are the model's own papers, with all that they say of themselves.
func (in *Set) WholeTexts() []*audit.Document {
	var all []*audit.Document
	for _, d := range in.OwnTexts() {
		all = append(all, in.WholeText(d))
	}
	return all
}

var (
	// Giver is by what a sentence on a release is the authors' own.
	Giver = pattern.MustCompile(`\b(?:we|our|us|ours|(?:the|these) authors|this (?:work|paper|report|release))\b`)
	// given is what such a sentence says.
	given = phrases.ExpressionOf("sources.given")
	// othersGift are sentences on what others gave out.
	othersGift = phrases.ExpressionOf("sources.others-gift")
	// Footnote is the beginning of a footnote of a paper.
	Footnote = pattern.MustCompile(`^\s*\[\^[\w-]+\]:`)
)

// pageBreak marks a new page in the text of a PDF.
var pageBreak = []byte("<!-- page ")

// footReach is how far behind a sentence a footnote of it may stand, in bytes: the
// rest of a page or of a paragraph.
const footReach = 4000

// Announcements lists what the authors of a paper say that they gave out.
func (in *Set) Announcements(d *audit.Document) []announcement {
	return in.announced.Of(d, in.readAnnouncements)
}

func (in *Set) readAnnouncements(d *audit.Document) []announcement {
	w := in.WholeText(d)
	prose, paged := in.Prose(w), bytes.Contains(w.Body, pageBreak)
	var all []announcement
	for i, p := range prose {
		if !given.MatchString(p.Text) || othersGift.MatchString(p.Text) || Footnote.MatchString(p.Text) ||
			IsReference(p) {
			continue
		}
		raw := string(p.Raw())
		if whose.ModeOf(raw) != audit.Done {
			continue
		}
		links := Address.FindAllString(raw, -1)
		if !Giver.MatchString(p.Text) && !in.FamilyWord.MatchString(p.Text) && len(links) == 0 {
			continue
		}
		for _, q := range prose[i+1:] {
			if q.Span.Start > p.Span.End+footReach {
				break
			}
			if between := w.Body[p.Span.End:max(p.Span.End, q.Span.Start)]; bytes.Contains(between, pageBreak) ||
				!paged && q.Heading != p.Heading {
				break // a footnote stands on the same page, or in the same section
			}
			if note := string(w.Body[page.BeginOfLine(w.Body, q.Span.Start):q.Span.End]); Footnote.MatchString(note) {
				links = append(links, Address.FindAllString(note, -1)...)
			}
		}
		all = append(all, announcement{p, links})
	}
	return all
}

// reference matches the number at the start of an entry of a list of references.
var reference = pattern.MustCompile(`^\s*(?:[-*+]\s*)?\\?\[\^?\w{1,12}\\?\][:.\s]`)

// IsReference reports whether a passage is part of a numbered reference to the work
// of others.
func IsReference(p page.Passage) bool {
	return reference.Match(p.Doc.Body[page.BeginOfLine(p.Doc.Body, p.Span.Start):p.Span.End])
}

// Affirmed is a page without what it says to be withheld or given on request:
// what is left tells how the model was made.
func (in *Set) Affirmed(d *audit.Document) []byte {
	return in.affirms.Of(d, in.readAffirmed)
}

func (in *Set) readAffirmed(d *audit.Document) []byte {
	body := d.Body
	for _, p := range in.Prose(d) {
		text := string(p.Raw())
		clause, until := phrases.Clauses(text), 0
		for _, m := range phrases.Modes([]byte(text)) {
			if mode := audit.Mode(m.Phrase.Value); mode != audit.DeniedMode && mode != audit.Conditional {
				continue
			}
			if &body[0] == &d.Body[0] {
				body = bytes.Clone(body)
			}
			if start, end := clause(m.Start); end > until { // else its clause is blank already
				page.Blank(body[p.Span.Start+start : p.Span.Start+end])
				until = end
			}
		}
	}
	return body
}
