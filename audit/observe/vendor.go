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

// vendor reads the pages of an organisation that publishes no weights. Subjects
// with a hub model are left to the other themes.
func vendor(in *input) []audit.Observation {
	var found []audit.Observation
	for _, p := range in.site() {
		found = append(found, p.said...)
	}
	return append(found, baseWithheld(found)...)
}

// A sitePage is a page of a vendor without a hub model: a report, a page that
// was read, or neither.
type sitePage struct {
	*audit.Document
	report *report
	read   bool
	said   []audit.Observation
}

// readSite reads the pages of a vendor that publishes no weights.
func (in *input) readSite() []sitePage {
	if sources.HasHubModel(in.Subject) {
		return nil
	}
	var pages []sitePage
	for _, d := range in.Of(audit.DocWeb) {
		p := sitePage{Document: d}
		switch {
		case !document.Readable(d): // also a 404: a page that is gone tells nothing of what it said
		case isPDF(d):
			p.report = &report{d, in.textOf(d)}
			p.said = in.readReport(*p.report)
		default:
			p.said, p.read = in.readVendorPage(d)
		}
		pages = append(pages, p)
	}
	for _, d := range in.archivedReports() {
		p := sitePage{Document: d, report: &report{d, d}}
		if document.Readable(d) {
			p.said = in.reportText(d)
		}
		pages = append(pages, p)
	}
	return pages
}

// lookAtSite looks at a vendor's pages, which would tell what it offers. Their
// reports say nothing of that either way.
func (in *input) lookAtSite(found bool) sources.Look {
	var l sources.Look
	pages := in.site()
	anyRead := slices.ContainsFunc(pages, func(p sitePage) bool { return p.read })
	for _, p := range pages {
		if u, missing := sources.Unlooked(in.Set, p.Document); missing {
			l.Lost = append(l.Lost, u)
			continue
		}
		switch {
		case p.read:
			l.Read = append(l.Read, p.Document)
		case found || anyRead:
		case p.report != nil:
			l.Lost = append(l.Lost, sources.NotFetched(p.Document,
				"it is a report; no page of the vendor's that would say it was read."))
		default:
			l.Lost = append(l.Lost, sources.Unreadable(p.Document, "it could not be read: a form to sign in, or no page."))
		}
	}
	return l
}

func isPDF(d *audit.Document) bool { return bytes.HasPrefix(d.Body, []byte("%PDF-")) }

// A claim is a sentence pattern on a vendor's page and the fact it supports.
type claim struct {
	fact, value, note string
	pattern           *pattern.Regexp
	not               *pattern.Regexp
}

var negated = pattern.MustCompile(`(?i)\b(not|no|never|without|cannot|don't|won't)\b`)

// vendorClaims are read block by block; the first block that matches is quoted.
var vendorClaims = []claim{
	{fact: "access.api", value: "restricted", note: "The vendor sells or gates an API.",
		pattern: phrases.ExpressionOf("observe.vendor-api"), not: negated},
	{fact: "model.closed", value: "true", note: "The vendor offers the model through its own service.",
		pattern: phrases.ExpressionOf("observe.vendor-service"), not: negated},
	{fact: "data.pretraining.disclosure", value: "described",
		note:    "Kinds of training data are described, no source is named.",
		pattern: phrases.ExpressionOf("observe.vendor-data"),
		not:     pattern.MustCompile(`(?i)\b(do not|does not|don't|never|not) (train|use)|opt[- ]out|your data`)},
	{fact: "docs.hardware", value: "mentioned", note: "Training hardware is named.",
		pattern: phrases.ExpressionOf("observe.vendor-hardware"), not: negated},
	{fact: "docs.architecture", value: "mentioned", note: "The architecture is named.",
		pattern: pattern.MustCompile(`(?i)\b(transformer|mixture[- ]of[- ]experts|MoE)\b`), not: negated},
}

// readVendorPage observes one page. It is not ok when the page is no content:
// a log-in form, a portal, something that is not HTML.
func (in *input) readVendorPage(d *audit.Document) (found []audit.Observation, ok bool) {
	page, err := web.Parse(d.Body, d.URL)
	if err != nil || page.SignIn {
		return nil, false
	}
	for _, c := range vendorClaims {
		if b, ok := firstBlock(page, c); ok {
			found = append(found, audit.Observe(d, c.fact, c.value, b.Span, c.note))
		}
	}
	found = append(found, in.withheldBy(d, pageTitle(page), statementsOf(page))...)
	return append(found, documentCard(d, page.Blocks)...), true
}

// pageTitle is the title of a page and its first heading.
func pageTitle(page *web.Page) string {
	for _, b := range page.Blocks {
		if b.Heading {
			return page.Title + " / " + b.Text
		}
	}
	return page.Title
}

func firstBlock(p *web.Page, c claim) (web.Block, bool) {
	for _, b := range p.Blocks {
		if b.Span.End-b.Span.Start <= page.LongestSentence && c.pattern.MatchString(b.Text) && (c.not == nil ||
			!c.not.MatchString(b.Text)) {
			return b, true
		}
	}
	return web.Block{}, false
}

var cardTitle = pattern.MustCompile(`(?i)\b(system|model) card\b`)

// cardTopics are what a model card says (Mitchell et al. 2019, section 4).
var cardTopics = []*pattern.Regexp{
	pattern.MustCompile(`(?i)\b(intended use|use cases?|out[- ]of[- ]scope)\b`),
	pattern.MustCompile(`(?i)\b(evaluation|benchmarks?|metrics|performance)\b`),
	pattern.MustCompile(`(?i)\b(training data|data sources|pre-?training data)\b`),
	pattern.MustCompile(`(?i)\b(limitations?|risks?|bias(es)?|safety|ethical)\b`),
	pattern.MustCompile(`(?i)\b(model details|architecture|parameters|model description|model data)\b`),
}

// documentCard observes a page that calls itself a model or system card.
func documentCard(d *audit.Document, blocks []web.Block) []audit.Observation {
	for _, b := range blocks {
		if !b.Heading || !cardTitle.MatchString(b.Text) || b.Span.End-b.Span.Start > page.LongestSentence {
			continue
		}
		covered := 0
		for _, topic := range cardTopics {
			for _, other := range blocks {
				if other.Heading && topic.MatchString(other.Text) {
					covered++
					break
				}
			}
		}
		substance := "minimal"
		if covered >= 3 {
			substance = "partial"
		}
		note := fmt.Sprintf("The page calls itself a card; its headings cover %d of %d topics of a model card.",
			covered, len(cardTopics))
		return []audit.Observation{audit.Observe(d, "card.published", "true", b.Span, note),
			audit.Observe(d, "card.substance", substance, b.Span, note)}
	}
	return nil
}

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
	said = withSizes(said, counted)
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
			l.Lost = append(l.Lost, sources.Unreadable(r.text, "a part of its text was not read: "+document.Answer(r.text)))
		case r.text != nil:
			l.Lost = append(l.Lost, sources.Unreadable(r.pdf, "its text was not read: "+document.Answer(r.text)))
		default:
			l.Lost = append(l.Lost, sources.Unreadable(r.pdf, "its text was not read: it is a PDF."))
		}
	}
	return l
}
