package data

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a paper says of data in its sections on data. There a sentence need not say
// that a model was trained on it: the section says so, and the sentence tells where
// the data came from and how it was made.

// citation is how a sentence names a work that it cites in passing. What is left
// tells whose doing the sentence is about.
var citation = phrases.ExpressionOf("data.citation")

var (
	// makesData is a sentence on how data came together: the two stand near to each other.
	makesData = phrases.ExpressionOf("data.makes-data")
	// byAuthors is a sentence on what the authors did or what their data is.
	byAuthors = phrases.ExpressionOf("data.by-authors")
	// othersData are sentences on what others did, on trials, and on other ends of data.
	othersData = phrases.ExpressionOf("data.others-data")
	// trainedOnTokens is the amount that a model learnt from, as a thing that was done.
	trainedOnTokens = phrases.ExpressionOf("data.trained-on-tokens")
)

var (
	// openSource is a source that anybody knows behind words that lead to what data was taken from.
	openSource = phrases.ExpressionOf("data.open-source")
	// citedSource is a name behind such words that is cited: "a subset of PeatText (Moss et al., 2030)".
	citedSource = phrases.ExpressionOf("data.cited-source")
	// VersionOf is a source of which the data has a part: "the PeatText version of the corpus".
	versionOf = phrases.ExpressionOf("data.version-of")
)

// tokensRow is a row of a table of settings with the number of tokens of a training.
var tokensRow = phrases.ExpressionOf("data.tokens-row")

// onMeasuring reports whether a part of a paper is on measuring.
func onMeasuring(p page.HeadingPath) bool {
	return slices.ContainsFunc(p, func(h string) bool {
		return measuringPart.MatchString(h) || stagelessPart.MatchString(h)
	})
}

// onDataOf reports whether the sections around a passage are on the data of a training.
func onDataOf(p page.HeadingPath) bool {
	on := false
	for _, h := range p {
		if measuringPart.MatchString(h) || stagelessPart.MatchString(h) || builtPart.MatchString(h) ||
			mixedEnds.MatchString(h) {
			return false
		}
		on = on || onData.MatchString(noData.ReplaceAllString(h, ""))
	}
	return on
}

var (
	// onData are headings on data, or on a stage that is told by its data.
	onData = phrases.ExpressionOf("data.on-data")
	// mixedEnds are headings on data that trained nothing, or no model of the paper.
	mixedEnds = phrases.ExpressionOf("data.mixed-ends")
)

// paperSections reads what a paper says of data in its sections on it. A citation in
// passing does not make a sentence one on others, and neither does a word for a part
// of the making.
func (r *dataReader) paperSections(d *audit.Document, role audit.Role) {
	if !document.IsText(d) {
		return
	}
	for _, p := range r.Prose(d) {
		r.ofPaperData(p, r.PathOf(d, p), role)
	}
	r.givenData(d, role)
}

// trainingWord is a word by which a dataset that is given out is one for training.
var trainingWord = phrases.ExpressionOf("data.training-word")

// givenData reads where the authors of a paper say that their training data is, in the
// sentence or in a footnote of it. What nobody looked at is named, and no more.
func (r *dataReader) givenData(d *audit.Document, role audit.Role) {
	for _, t := range r.Announcements(d) {
		if !trainingWord.MatchString(t.Text) || evalTold.MatchString(t.Text) {
			continue
		}
		var finds []find
		for _, link := range t.Links {
			for _, m := range document.HubDataset.FindAllStringSubmatch(link, -1) {
				if !benchName.MatchString(m[1]) {
					finds = append(finds, r.dataAt(m[1]))
				}
			}
			for _, m := range zenodoLink.FindAllStringSubmatch(link, -1) {
				finds = append(finds, r.archiveAt(m[1]+m[2]))
			}
		}
		if len(finds) == 0 {
			continue
		}
		value, note := "listed", "The paper says where the training data is; that it can be downloaded was not seen."
		switch best := bestFind(finds); best.what {
		case holdsAll:
			value, note = "downloadable", "The paper says where the training data is, and it was seen to be there."
		case keptClosed, holdsNone:
			continue
		}
		for _, fact := range r.paperStages(role, t.Text, r.PathOf(d, t.Passage)) {
			r.found = append(r.found, audit.Observe(r.WholeText(d), fact, value, t.Span, note))
		}
	}
}

// evalTold is a word by which a dataset that is given out is one for measuring.
var evalTold = pattern.MustCompile(`\b(?:benchmarks?|evaluation (?:data ?)?sets?|test (?:data ?)?sets?|leaderboard)\b`)

// ofPaperData reads a sentence of a section on data: the sources that it names, or of
// what kind or amount the data is.
func (r *dataReader) ofPaperData(p page.Passage, path page.HeadingPath, role audit.Role) {
	text := citation.ReplaceAllString(p.Text, "")
	if p.Kind == page.Row && tokensRow.MatchString(text) && !onMeasuring(path) {
		note := "A table tells how much the model was trained on; no source is named."
		if group := rowGroup(p.Doc.Body, p.Span.Start); group != "" {
			path = append(path[:len(path):len(path)], group)
		}
		for _, fact := range r.paperStages(role, text, path) {
			r.found = append(r.found, audit.Observe(p.Doc, fact, "described", p.Span, note))
		}
		return
	}
	if p.Kind == page.Row || document.Listing(p) || anyCaption.MatchString(text) ||
		sources.Footnote.MatchString(p.Text) ||
		othersData.MatchString(text) {
		return
	}
	raw := string(p.Raw())
	if whose.ModeOf(raw) != audit.Done || promised.MatchString(text) {
		return
	}
	amount := trainedOnTokens.MatchString(text) && (SelfTold.MatchString(text) || r.FamilyWord.MatchString(text) ||
		onDataOf(path))
	made := onDataOf(path) && makesData.MatchString(text) && byAuthors.MatchString(text)
	value, note := "", ""
	switch {
	case made && r.namesOrigin(raw):
		value, note = "listed", "In its part on data the paper names a source of the training data."
	case made && len(phrases.Default().Of("data.kind").Find([]byte(raw))) > 0:
		value, note = "described", "In its part on data the paper tells of what kind it is; no source is named."
	case amount:
		value, note = "described", "The paper tells how much the model was trained on; no source is named."
	default:
		return
	}
	for _, fact := range r.paperStages(role, text, path) {
		r.found = append(r.found, audit.Observe(p.Doc, fact, value, p.Span, note))
	}
}

// namesOrigin reports whether a sentence names where data was taken from.
func (r *dataReader) namesOrigin(raw string) bool {
	if openSource.MatchString(raw) && !outOn.MatchString(raw) || versionOf.MatchString(raw) {
		return true
	}
	for _, m := range citedSource.FindAllStringSubmatch(raw, -1) {
		if !machine.MatchString(m[1]) && !strings.Contains(m[1], "et al") && !modelSize.MatchString(m[1]) {
			return true
		}
	}
	return false
}

var (
	// outOn is what is said of code that is given out, whose place is no source.
	outOn = pattern.MustCompile(`\b(?:available|released?|published|hosted|open-?sourced) (?:on|at|via|through)\b`)
	// modelSize marks the name of a model.
	modelSize = pattern.MustCompile(`(?i)\b\d+(?:\.\d+)?b\b|\bgpt|-(?:instruct|chat)\b`)
)

// paperStages says of which training a section's sentence on data is.
func (r *dataReader) paperStages(role audit.Role, text string, path page.HeadingPath) []string {
	tuned := stageOfPath(path) == stageTuning || stageOfPath(path) == stagePrefer ||
		fineStage.MatchString(text) && !preStage.MatchString(text)
	switch {
	case tuned && role == audit.RoleBase:
		return nil
	case tuned:
		return []string{FineData}
	case role == audit.RoleBase:
		return []string{PreData}
	}
	if r.lineage == ForeignBase {
		return r.stages(role, text)
	}
	return r.stages(role, text+" pre-training")
}

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
