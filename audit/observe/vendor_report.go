package observe

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/page/web"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// A report is a PDF that a vendor serves, and the text that the crawl made of
// it: a document of its own, nil where the crawl made none.
type report struct {
	pdf, text *audit.Document
}

// textOf finds the text that was made of a PDF: it has the PDF's address and a
// fragment.
func (in *input) textOf(pdf *audit.Document) *audit.Document {
	address, _, _ := strings.Cut(pdf.URL, "#")
	for _, d := range in.Of(audit.DocProse) {
		if d.Place == pdf.Place && d.PlaceID == pdf.PlaceID && strings.HasPrefix(d.URL, address+"#") {
			return d
		}
	}
	return nil
}

// read reports whether there is text; whole, whether it is all of the report's.
func (r report) read() bool { return r.text != nil && document.Readable(r.text) }

func (r report) whole() bool { return r.read() && !r.text.Partial && len(r.text.Body) <= page.MaxRead }

// readReport observes a report: that it is served, and what its text says.
func (in *input) readReport(r report) []audit.Observation {
	d := r.pdf
	end := bytes.IndexAny(d.Body, "\r\n")
	if end < 0 || end > 16 {
		end = min(len(d.Body), 8)
	}
	state := "its text was not read."
	if r.read() {
		state = "its text was read."
	}
	note := fmt.Sprintf("A PDF of %d bytes is served at the address that the catalogue gives for the vendor's report; %s",
		len(d.Body), state)
	of, shown := d, audit.Span{End: end}
	scope := "related"
	var said []audit.Observation
	if r.read() {
		said = in.reportText(r.text)
		if c := in.Card(r.text); len(c.Sections) > 1 && c.Sections[1].Level == 1 {
			of, shown = r.text, c.Sections[1].Title
		}
		if in.TellsOfModel(r.text) {
			scope = "own"
		}
	}
	found := []audit.Observation{audit.Observe(of, "paper.preprint", "report", shown, note)}
	if r.read() {
		found = append(found, audit.Observe(of, "paper.preprint.scope", scope, shown, note))
	}
	if strings.Contains(strings.ToLower(d.URL), "card") && !sources.Found(said, "card.published") {
		found = append(found, audit.Observe(d, "card.published", "true", audit.Span{End: end}, note),
			audit.Observe(d, "card.substance", "minimal", audit.Span{End: end},
				"A card is published as a PDF; how much it says is not known."))
	}
	return append(found, said...)
}

var (

	// reporter is by what a report's sentence is about its own model.
	reporter = phrases.ExpressionOf("observe.reporter")
	// corpusOf is a training corpus that is told by what it holds.
	corpusOf = phrases.ExpressionOf("observe.corpus-of")
)

// reportText reads the text of a report as docs reads the pages of makers.
func (in *input) reportText(d *audit.Document) []audit.Observation {
	var said []audit.Observation
	counted := false
	for _, p := range in.Prose(d) {
		if sources.OthersPart.MatchString(p.Heading) || sources.Besides.MatchString(p.Text) ||
			sources.Besides.MatchString(p.Heading) {
			continue
		}
		counted = counted || countsParameters(p)
		said = append(said, hardware(p, "own")...)
		said = append(said, architecture(p)...)
		said = append(said, in.reportData(p)...)
	}
	said = scant(said, counted)
	var headings []web.Block
	for _, s := range in.Card(d).Sections {
		if s.Level > 1 && cardTitle.MatchString(s.Heading) {
			continue // a section on the card: the report itself is none
		}
		headings = append(headings, web.Block{Text: s.Heading, Span: s.Title, Heading: s.Level > 0})
	}
	said = append(said, documentCard(d, headings)...)
	return append(said, in.withheldBy(d, in.TitleOf(d), in.reportStatements(d))...)
}

// reportData reads a statement on what kinds of data the model was pre-trained
// on. A report has many sentences on the training of other things and on later
// stages; those are not it.
func (in *input) reportData(p page.Passage) []audit.Observation {
	const fact = "data.pretraining.disclosure"
	if document.Listing(p) || needs.MatchString(p.Text) || sources.UserTitle.MatchString(p.Heading) ||
		negated.MatchString(p.Text) {
		return nil
	}
	if !reporter.MatchString(p.Text) && !in.FamilyWord.MatchString(p.Text) && !pretrainingPart.MatchString(p.Heading) {
		return nil
	}
	if stages := phrases.Stages(p.Text); len(stages) > 0 && !slices.Contains(stages, "pre-training") {
		return nil
	}
	for _, c := range vendorClaims {
		if c.fact == fact && (c.pattern.MatchString(p.Text) ||
			corpusOf.MatchString(p.Text)) && !c.not.MatchString(p.Text) {
			return []audit.Observation{audit.Observe(p.Doc, fact, c.value, p.Span, c.note)}
		}
	}
	return nil
}

// pretrainingPart are headings below which a report tells of its model's data.
var pretrainingPart = pattern.MustCompile(`(?i)\b(pre-?)?training (data|corpus|dataset)\b`)

// lookAtReport looks at the texts of a vendor's reports, for what reports tell.
func (in *input) lookAtReport(bool) sources.Look {
	var l sources.Look
	for _, p := range in.site() {
		r := p.report
		switch {
		case r == nil:
		case r.whole():
			l.Read = append(l.Read, r.text)
		case r.read():
			l.Lost = append(l.Lost, sources.Unread{Document: r.text, Finding: audit.Unreadable,
				Why: "a part of its text was not read: " +
					document.Answer(r.text)})
		case r.text != nil:
			l.Lost = append(l.Lost, sources.Unread{Document: r.pdf, Finding: audit.Unreadable,
				Why: "its text was not read: " + document.Answer(r.text)})
		default:
			l.Lost = append(l.Lost, sources.Unread{Document: r.pdf, Finding: audit.Unreadable,
				Why: "its text was not read: it is a PDF."})
		}
	}
	return l
}
