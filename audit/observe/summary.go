package observe

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/page/web"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// The public summary of the content that a model was trained on, which the AI Act
// asks for (Art. 53(1)(d)). The Commission's template sets its sections; a page is
// such a summary where it is called so or has most of them, in the template's order
// of parts, and each section tells by what was written below it.

// summaryParts are the sections of the template, C(2025) 8311, in its order.
var summaryParts = phrases.TableOf("observe.summary", "provider", "model", "modalities", "public datasets",
	"private datasets", "crawled data", "user data", "synthetic data", "other data", "rights", "illegal content")

const (
	minSummaryNamed   = 3 // sections of a page that is called a summary
	minSummaryUnnamed = 6 // sections by which a page shows that it is one
)

// summaryTitle is what a summary is called.
var summaryTitle = phrases.ExpressionOf("observe.summary-title")

// illegalContent is named in each: without that or the title, a page is not worth a closer look.
var illegalContent = phrases.ExpressionOf("observe.summary.illegal content")

// unanswered is what a form is filled with where nothing was filled in.
var unanswered = phrases.ExpressionOf("observe.unanswered")

// A summaryBlock is a heading or what stands below one.
type summaryBlock struct {
	text    string
	span    audit.Span
	heading bool
}

// summaries reads the summaries of training content among the model's pages.
func summaries(in *input) []audit.Observation {
	var out []audit.Observation
	for _, d := range in.Of(audit.DocProse, audit.DocReadme, audit.DocModelCard, audit.DocWeb) {
		if !document.Readable(d) || d.Role == audit.RoleBase || d.Role == audit.RoleRelated ||
			d.Place == audit.ArXivPaper {
			continue
		}
		body := in.ServedBody(d)
		if !summaryTitle.Match(body) && !illegalContent.Match(body) || !in.FamilyWord.Match(body) ||
			d.Place == audit.GitHubRepo && !in.OwnRepository(d.PlaceID) {
			continue // it names no model, or others
		}
		served := *d
		served.Body = body
		found := in.summaryIn(&served)
		for i := range found { // quotes are cut by where a passage stands in the view
			at := in.SeenSpan(d, audit.Span{Start: found[i].Start, End: found[i].End})
			found[i].Start, found[i].End = at.Start, at.End
		}
		out = append(out, found...)
	}
	return out
}

// summaryBlocks are the blocks of a page of any kind.
func (in *input) summaryBlocks(d *audit.Document) []summaryBlock {
	var all []summaryBlock
	if d.Kind == audit.DocWeb {
		if sources.HasHubModel(in.Subject) {
			return nil // its readable text is a document of its own
		}
		page, err := web.Parse(d.Body, d.URL)
		if err != nil {
			return nil
		}
		for _, b := range page.Blocks {
			all = append(all, summaryBlock{b.Text, b.Span, b.Heading})
		}
		return all
	}
	c := in.Card(d)
	section := -1
	for s := range c.Sentences() {
		for section < s.Section {
			section++
			all = append(all, summaryBlock{c.Sections[section].Heading, c.Sections[section].Title, true})
		}
		all = append(all, summaryBlock{s.Plain, s.Span, false})
	}
	return all
}

// rowLabel is the first cell of a table's row, where templates put a question.
func rowLabel(text string) (label, answer string, ok bool) {
	cells := page.CellTexts(text)
	if !strings.HasPrefix(strings.TrimSpace(text), "|") || len(cells) < 2 {
		return "", "", false
	}
	return strings.TrimSpace(cells[0]), strings.TrimSpace(strings.Join(cells[1:], " ")), true
}

// numberedHead is how a heading begins where the text of a PDF shows it as a line.
var numberedHead = pattern.MustCompile(`^\d(?:\.\d){1,2}\.? \D`)

// maxSummaryHeading is the longest heading of a section, in bytes.
const maxSummaryHeading = 160

// A summaryReading is what a page says on the sections of the template.
type summaryReading struct {
	title    *summaryBlock         // of the page, where it is called a summary
	first    *summaryBlock         // that names a section, by its heading or label
	named    map[string]bool       // sections that are there
	answered map[string]audit.Span // what was written in them: where the first of it stands
	text     map[string]string     // and all of it
}

// readSummary reads the blocks of a page as those of a summary.
func readSummary(blocks []summaryBlock) summaryReading {
	r := summaryReading{named: make(map[string]bool), answered: make(map[string]audit.Span),
		text: make(map[string]string)}
	open := "" // the section of the last heading
	for i, b := range blocks {
		if summaryTitle.MatchString(b.text) && r.title == nil && (b.heading || i < sources.OpeningPassages) {
			r.title = &blocks[i]
		}
		if b.heading || numberedHead.MatchString(b.text) && summaryPart(b.text) != "" {
			if open = summaryPart(b.text); open != "" {
				r.name(open, &blocks[i])
			}
			continue
		}
		if label, said, ok := rowLabel(b.text); ok {
			if part := summaryPart(label); part != "" {
				r.name(part, &blocks[i])
				r.answer(part, said, b.span)
				continue
			}
		}
		r.answer(open, b.text, b.span)
	}
	return r
}

// name notes that a block names a section.
func (r *summaryReading) name(part string, b *summaryBlock) {
	if len(r.named) == 0 {
		r.first = b
	}
	r.named[part] = true
}

// answer notes what was written in a section.
func (r *summaryReading) answer(part, said string, span audit.Span) {
	if part == "" || unanswered.MatchString(said) {
		return
	}
	if _, known := r.answered[part]; !known {
		r.answered[part] = span
	}
	r.text[part] += " " + said
}

// summaryPart is the section of the template that a heading is of, or "".
func summaryPart(heading string) string {
	if len(heading) > maxSummaryHeading {
		return ""
	}
	for _, part := range summaryParts {
		if part.MatchString(heading) {
			return part.Label
		}
	}
	return ""
}

// summaryIn reads one page, if it is a summary.
func (in *input) summaryIn(d *audit.Document) []audit.Observation {
	blocks := in.summaryBlocks(d)
	r := readSummary(blocks)
	if r.title != nil && (len(r.named) < minSummaryNamed || in.OtherNumber(r.title.text)) ||
		r.title == nil && len(r.named) < minSummaryUnnamed || len(r.answered) == 0 {
		return nil
	}
	first := cmp.Or(r.title, r.first)
	calledSo := func(b summaryBlock) bool { return summaryPart(b.text) != "" }
	if i := slices.IndexFunc(blocks, calledSo); r.title == nil && i >= 0 {
		first = &blocks[i]
	}
	note := fmt.Sprintf("A public summary of the training content: %d of %d sections of the template are "+
		"there, %d are filled.", len(r.named), len(summaryParts), len(r.answered))
	out := []audit.Observation{audit.Observe(d, "summary.published", "true", first.span, note)}
	for _, part := range summaryParts {
		if span, ok := r.answered[part.Label]; ok {
			out = append(out, audit.Observe(d, "summary.sections", part.Label, span, "What the summary says on it."))
		}
	}
	return append(out, r.dataTold(d)...)
}

// notUsed is how a form says that a kind of data was not used.
var notUsed = pattern.MustCompile(`(?i)^\W*(?:no\b|none\b|not used|we did not|have you used[^?]*\? ?no\b)`)

// nameOfSource is a name of a data set, or an address of one.
var nameOfSource = phrases.ExpressionOf("observe.name-of-source")

// dataTold gives what a summary tells of the training data: sources by name where
// it names them, kinds where it tells of kinds.
func (r *summaryReading) dataTold(d *audit.Document) []audit.Observation {
	for _, part := range []string{"public datasets", "crawled data", "private datasets", "synthetic data",
		"other data"} {
		span, ok := r.answered[part]
		if !ok || notUsed.MatchString(r.text[part]) {
			continue
		}
		value, note := "described", "The summary tells of this kind of data."
		if part == "public datasets" {
			if at := nameOfSource.FindIndex(d.Body[span.Start:min(len(d.Body),
				span.End+document.MaxRows)]); at != nil &&
				nameOfSource.MatchString(r.text[part]) {
				value, note = "listed", "The summary names public data sets that the model was trained on."
				if end := bytes.IndexByte(d.Body[span.Start+at[1]:], '\n'); span.Start+at[1] > span.End && end >= 0 {
					span.End = span.Start + at[1] + end
				}
			}
		}
		return []audit.Observation{audit.Observe(d, data.PreData, value, span, note)}
	}
	return nil
}
