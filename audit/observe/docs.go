package observe

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// docs says how well training hardware and architecture are documented.
//
// Only statements on how this model was trained count. What one needs to run
// or to tune it, what a script supports, and how fast it answers are other
// matters, though they name the same machines.
func docs(in *input) []audit.Observation {
	out := in.code.CodeDocumentation()
	pages := in.Makers()
	counted := false // the parameters are, which is a size beside others
	for _, p := range in.Passages(pages) {
		counted = counted || countsParameters(p)
		out = append(out, in.trainingHardware(p, in.trainingOf(p))...)
		out = append(out, architecture(p)...)
	}
	for _, d := range pages {
		for _, t := range page.TablesOf(in.Passages([]*audit.Document{d})) {
			out = append(out, in.tableOfMachines(t, in.trainingOf(t.Head))...)
		}
	}
	for _, d := range in.OwnTexts() {
		pages = append(pages, d)
		out = append(out, in.paperDocs(d, "own", true)...)
		out = append(out, in.paperEvaluation(d)...)
	}
	out = append(out, in.bookHardware(pages)...)
	ownHardware := sources.Found(out, "docs.hardware")
	for _, d := range append(in.BasePages(), in.BaseTexts()...) {
		if !document.Background(d) {
			continue
		}
		scope := in.machinesOfBase(d)
		withMachines := scope == "own" || !ownHardware // the base's say nothing of those that are named
		if document.IsText(d) {
			out = append(out, in.paperDocs(d, scope, withMachines)...)
			continue
		}
		for _, p := range in.Prose(d) {
			if withMachines {
				out = append(out, in.trainingHardware(p, scope)...)
			}
			counted = counted || countsParameters(p)
			out = append(out, architecture(p)...)
		}
	}
	return withSizes(out, counted)
}

// bookHardware is what the phrase book reads of the machines of the training.
func (in *input) bookHardware(pages []*audit.Document) (out []audit.Observation) {
	for _, o := range in.FromBook(pages, "docs.hardware", "docs.hardware.run", "docs.hardware.needs") {
		p, _ := in.PassageAt(in.Document(&o), o.Start)
		if o.Fact == "docs.hardware.run" {
			if !in.onTraining(p) {
				continue
			}
			o.Fact = "docs.hardware"
		}
		if o.Fact == "docs.hardware" {
			switch said := strings.ToLower(o.Quote); {
			case !chip.MatchString(said):
				o.Value = "mentioned" // how many, and not of which
			case sources.Amount.MatchString(said):
				o.Value = "detailed"
			}
		}
		scope := o
		scope.Fact, scope.Value = "docs.hardware.scope", in.trainingOf(p)
		out = append(out, o, scope)
	}
	return out
}

// machinesOfBase says whose the machines are of which a page of the base tells: makers train a model and what it is
// tuned from on the same.
func (in *input) machinesOfBase(d *audit.Document) (scope string) {
	of := d.PlaceID
	if document.IsText(d) {
		of = in.Subject.Base
	}
	if in.onSameMachines(of) {
		return "own"
	}
	return "base"
}

// minSizes is the number of sizes, that of parameters among them,
// from which an architecture is described: one alone is an advertisement.
const minSizes = 2

// parameterCount matches a number of parameters, which is a size and tells by
// itself of no architecture.
var parameterCount = pattern.MustCompile(`\d.{0,25}\bparameters\b|\bparameters\b.{0,20}\d|亿(?:个)?参数`)

// countsParameters reports whether a passage says how many parameters a model has.
func countsParameters(p page.Passage) bool {
	return parameterCount.MatchString(p.Text) && tellsOfBuild(p)
}

// tellsOfBuild reports whether a passage may tell how the model is built: it
// states something, and is not on its use, on programs or on files.
func tellsOfBuild(p page.Passage) bool {
	return !document.Listing(p) && !sources.UserTitle.MatchString(p.Heading) && !needs.MatchString(p.Text) &&
		!otherArchitecture.MatchString(p.Text) && !codeLine.MatchString(p.Text)
}

// withSizes lowers an architecture of which the pages give too few sizes.
func withSizes(found []audit.Observation, counted bool) []audit.Observation {
	named := make(map[string]bool)
	if counted {
		named["parameters"] = true
	}
	for _, o := range found {
		if o.Fact == "docs.architecture" {
			text := strings.ToLower(o.Quote)
			for _, word := range append(sizeColumn.FindAllString(text, -1), sizesAbroad(text)...) {
				named[word] = true
			}
		}
	}
	if len(named) >= minSizes {
		return found
	}
	for i, o := range found {
		if o.Fact == "docs.architecture" && o.Value == "detailed" {
			found[i].Value, found[i].Note = "mentioned", "One size is given."
		}
	}
	return found
}

// minPaperText is the size from which an archive's answer holds the paper
// itself and not only its abstract.
const minPaperText = 30_000

// unreadPaper returns the page that names the model's own paper, when the
// paper's text was not read: hardware and set-up are what papers report.
func (in *input) unreadPaper() *audit.Document {
	if slices.ContainsFunc(in.OwnTexts(), func(d *audit.Document) bool {
		return d.Place != audit.WebPage && !d.Partial
	}) {
		return nil
	}
	if slices.ContainsFunc(in.archivedReports(), func(d *audit.Document) bool {
		return document.Readable(d) && !d.Partial
	}) {
		return nil // a vendor's paper, which is read as its reports are
	}
	for _, d := range in.Of(audit.DocPaper) {
		if document.Readable(d) && len(d.Body) >= minPaperText {
			return nil
		}
	}
	for _, o := range in.papers.Papers() {
		if namesOwnPaper(o) {
			if d := in.Document(&o); d != nil {
				return d
			}
		}
	}
	return nil
}

// namesOwnPaper reports whether an observation is that a page names a paper on the model itself.
func namesOwnPaper(o audit.Observation) bool {
	return o.Fact == "paper.preprint.scope" && o.Value == "own"
}

var (
	archSize = pattern.MustCompile(`\b(` + sizeWords + `)\b.{0,40}\d|\d[^%]{0,25}\b(` + sizeWords +
		`)\b|\b(\d+|routed|shared|activated) experts\b.{0,60}\b(layers?|tokens?|activat\w*|routed|shared|moe|each)\b` +
		`|\bmo(e|del)\b.{0,60}\b\d+ experts\b`)
	// setUp matches a setting of a training.
	setUp = pattern.MustCompile(`\b(` + setWords + `)\b.{0,40}\d|\d ?(?:个 ?)?(?:training )?(?:epochs?\b|轮)|\badamw?\b`)
	// otherArchitecture are matters that share the words: programs and libraries,
	// files that hold a state, and lists of what there is to download.
	otherArchitecture = phrases.ExpressionOf("observe.other-architecture")
)

const (
	sizeWords = `num(ber)?[ _]?(of )?(hidden )?layers|n_?layers?|(transformer )?(layers|blocks)|layers?` +
		`|hidden[ _](size|dim\w*)|d_model|model dim\w*|n_?heads|(attention|query|kv) heads` +
		`|num(ber)?[ _](of )?(attention )?heads|intermediate[ _]size|ffn|head dim\w*|embedding dim\w*` +
		`|number of experts|context (length|window)|[kv]ocab\w* size`
	setWords = `learning[ _]rate|(global |train(ing)? )?batch[ _]size|optimi[sz]er|weight[ _]decay|warm-?up` +
		`|sequence length|epochs?|(pre-?)?training (steps|tokens)`
)

// architecture reads a statement on the model's structure or training set-up: only sizes
// describe a structure, and not how it was trained.
func architecture(p page.Passage) []audit.Observation {
	var found audit.Observation
	switch { // most passages are none of these, which costs less to see than what they are on
	case tableOf(p, tableColumn):
		rows := document.WithRows(p)
		text := document.Bytes(p.Doc, rows)
		if bytes.HasPrefix(text, []byte("|")) && bytes.Count(text, []byte("\n")) < headLines {
			return nil // its rows are of others, and the head says nothing
		}
		found = audit.Observe(p.Doc, "docs.architecture", "mentioned", rows, "A table of training settings.")
		if tableOf(p, sizeColumn) {
			found.Value, found.Note = "detailed", "A table of sizes."
		}
	case archSize.MatchString(p.Text), len(sizesAbroad(p.Text)) >= minSizes,
		p.Kind == page.Row && sizeAbroad.MatchString(p.Text):
		found = audit.Observe(p.Doc, "docs.architecture", "detailed", p.Span, "Sizes are given.")
	case setsUp(p):
		found = audit.Observe(p.Doc, "docs.architecture", "mentioned", p.Span, "Settings of the training are given.")
	case namesArchitecture(p):
		found = audit.Observe(p.Doc, "docs.architecture", "mentioned", p.Span, "The architecture is named.")
	default:
		return nil
	}
	if !tellsOfBuild(p) {
		return nil
	}
	return []audit.Observation{found}
}

// setsUp reports whether a passage gives a setting of the model's training.
func setsUp(p page.Passage) bool {
	return setUp.MatchString(p.Text) && tellsOfTraining(p.Text+" "+p.Heading)
}

// sizeAbroad matches a size with its number in a language other than English.
var sizeAbroad = phrases.ExpressionOf("observe.size-abroad")

// sizesAbroad are the different sizes that a text in another language gives with
// their numbers: one alone may count layers of anything.
func sizesAbroad(text string) []string {
	var kinds []string
	for _, size := range sizeAbroad.FindAllString(text, maxSizes) {
		if size = strings.Trim(size, "0123456789.,:：| "); !slices.Contains(kinds, size) {
			kinds = append(kinds, size)
		}
	}
	return kinds
}

// maxSizes bounds how many sizes of one text are looked at.
const maxSizes = 40

// namesArchitecture reports whether a passage says what kind of network the model
// is, in words of the phrase book: not a word of an architecture in passing.
func namesArchitecture(p page.Passage) bool {
	text := p.Raw()
	matches := phrases.Default().Of("docs.architecture").Find(text)
	if len(matches) == 0 {
		return false
	}
	mode, _ := phrases.ModeAt(string(text), matches[0].Start)
	return mode == string(audit.Done)
}

// codeLine matches a line of a program.
var codeLine = pattern.MustCompile(`\b(?:nn|self|torch|np|args|config)\.\w|\w\([^)]*\w=[^)]*\)|^\s*--\w|\x60--\w`)

// sizeColumn is the title of a column that gives a size.
var sizeColumn = pattern.MustCompile(`\b(` + sizeWords +
	`|params?|parameters|heads|gqa|experts|d_?ff|d_?head)\b`)

// tableColumn is the title of a column that gives a size or a setting of a training.
var tableColumn = pattern.MustCompile(sizeColumn.String() + `|\b(` + setWords + `|lr|adamw?)\b`)

// sizeColumns is the number of such columns from which a table is one of an
// architecture: a table of results may have one, the number of parameters.
const sizeColumns = 3

// headLines is how many lines the head of a table takes.
const headLines = 2

// tableOf reports whether a table's row names several columns of a kind: its head,
// whose numbers stand below it.
func tableOf(p page.Passage, column *pattern.Regexp) bool {
	if p.Kind != page.Row {
		return false
	}
	named := make(map[string]bool)
	for _, word := range column.FindAllString(p.Text, -1) {
		named[word] = true
	}
	return len(named) >= sizeColumns
}
