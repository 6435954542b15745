package data

import (
	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/phrases"
)

// NotTraining are sentences on machines that served another end.
var NotTraining = phrases.ExpressionOf("data.not-training")

// corpusWords are what the data of a first training is told by.
var corpusWords = phrases.ExpressionOf("data.corpus-words")

// readPaper reads what a paper says of the training data. A paper on a model tells
// of its first training where it does not say otherwise.
func (r *dataReader) readPaper(d *audit.Document, role audit.Role) {
	prose := r.PaperPassages(d)
	r.paperSections(d, role)
	heads := make(map[int]page.Table)
	for _, t := range page.TablesOf(prose) {
		heads[t.Head.Span.Start] = t
	}
	for _, p := range prose {
		t, isHead := heads[p.Span.Start]
		context := p.Text + " " + p.Heading + " " + t.Caption
		if r.lineage != ForeignBase && (corpusWords.MatchString(p.Text) ||
			p.Kind == page.Row && sourceHead.MatchString(p.Text)) && !fineStage.MatchString(context) {
			p.Heading += " / pre-training"
		}
		if isHead && listsSources(t) {
			for _, fact := range r.stages(role, p.Text+" "+p.Heading+" "+t.Caption) {
				r.found = append(r.found, audit.Observe(p.Doc, fact, "listed", document.WithRows(p),
					"A table of the sources that the training data was taken from."))
			}
			continue
		}
		r.sentence(p, role)
	}
}

var (
	// sourceHead is the head of a table of what data was put together from.
	sourceHead = phrases.ExpressionOf("data.source-head")
	// sourceName is a name of a source at the beginning of a row.
	sourceName = phrases.ExpressionOf("data.source-name")
	// Measured are tables of other data.
	Measured = phrases.ExpressionOf("data.measured")
)

// minSources is the number of named rows from which a table lists sources.
const minSources = 2

// listsSources reports whether a table names the sources of the training data one by one.
func listsSources(t page.Table) bool {
	about := t.Head.Text + " " + t.Head.Heading + " " + t.Caption
	if t.Caption != "" && trainData.MatchString(t.Caption) {
		about = t.Head.Text + " " + t.Caption // it may have floated away from its section
	}
	if !sourceHead.MatchString(t.Head.Text) || Measured.MatchString(about) || !trainData.MatchString(about) {
		return false
	}
	named := 0
	for _, row := range t.Rows {
		if sourceName.Match(row.Raw()) {
			named++
		}
	}
	return named >= minSources
}
