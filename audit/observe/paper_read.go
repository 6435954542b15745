package observe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/papers/text"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a paper says of the making of its model. Cards state it in a line under a
// heading; a paper tells it in sentences, and names machines in more ways.

var (
	// machines are a number of things that compute: "64 Marsh M100 accelerators".
	machines = phrases.ExpressionOf("observe.machines")
	// ran are the words that tell that a training ran on them.
	ran = phrases.ExpressionOf("observe.ran")
	// machinesPart are headings below which a paper tells of the machines.
	machinesPart = phrases.ExpressionOf("observe.machines-part")
	// stood are the words by which a paper sets machines out under such a heading.
	stood = phrases.ExpressionOf("observe.stood")
)

// paperHardware reads what a paper says of the machines of the training.
func paperHardware(p page.Passage, scope string) []audit.Observation {
	if sources.ThanksPart.MatchString(p.Heading) {
		p.Heading = "" // of what stands there nothing was kept but such sentences
	}
	if found := hardware(p, scope); len(found) > 0 {
		for i := range found {
			o := &found[i]
			switch {
			case o.Value == "mentioned" && machines.MatchString(p.Text) && !perMachine.MatchString(p.Text):
				o.Value = "detailed"
			case o.Value == "detailed" && perMachine.MatchString(p.Text) &&
				!machines.MatchString(perMachine.ReplaceAllString(p.Text, " ")):
				o.Value = "mentioned"
			}
		}
		return found
	}
	if document.Listing(p) || !machines.MatchString(tablePointer.ReplaceAllString(p.Text, "$1")) ||
		data.NotTraining.MatchString(p.Text) {
		return nil
	}
	if !ran.MatchString(p.Text) && (!machinesPart.MatchString(p.Heading) || p.Kind == page.Row ||
		!stood.MatchString(p.Text)) {
		return nil
	}
	return hardwareFound(p.Doc, "detailed", scope, document.WithRows(p), "Training hardware, with amounts.")
}

// perMachine matches a price or rate of one machine, which is no amount of them.
var perMachine = phrases.ExpressionOf("observe.per-machine")

// tablePointer matches the number of a table that a sentence points to, which is no amount.
var tablePointer = pattern.MustCompile(`\b(tables?|figures?|fig\.|sections?|appendix|equations?|eq\.) ?[a-z]?[\d.]+`)

// maxOfFact bounds how many passages of one paper are kept for one fact: a paper
// says most things many times.
const maxOfFact = 5

var (
	// structurePart are headings below which a paper sets its model out.
	structurePart = phrases.ExpressionOf("observe.structure-part")
	// formula is what a definition in a paper looks like.
	formula = pattern.MustCompile(`[∈ℝ𝑛𝑑∑]|\\[a-z]+|\bdenotes?\b|\bwhere\b|\blet\b`)
)

// A told is what one passage of a paper says of a fact, and how much it is worth.
type told struct {
	worth int
	found []audit.Observation
}

// paperDocs reads what a paper says of the machines and the structure of its model:
// of each the passages that say most, those first that stand where it belongs.
func (in *input) paperDocs(d *audit.Document, scope string, withMachines bool) []audit.Observation {
	hard, made := in.paperTold(d, scope, withMachines)
	var found []audit.Observation
	for _, list := range [][]told{hard, made} {
		slices.SortStableFunc(list, func(a, b told) int { return cmp.Compare(b.worth, a.worth) })
		for _, r := range list[:min(len(list), maxOfFact)] {
			found = append(found, r.found...)
		}
	}
	return found
}

// paperTold lists all that a paper says of the machines and of the structure of its model.
func (in *input) paperTold(d *audit.Document, scope string, withMachines bool) (hard, made []told) {
	rank := func(found []audit.Observation, inPlace, plain bool) told {
		return told{document.Weigh(plain, inPlace, found[0].Value == "detailed"), found}
	}
	prose := in.PaperPassages(d)
	tables := page.TablesOf(prose)
	settings := make(map[int]bool) // rows of tables of sizes and settings, by where they begin
	for _, t := range tables {
		if sources.TellsSettings(t.Caption) {
			settings[t.Head.Span.Start] = true
			for _, row := range t.Rows {
				settings[row.Span.Start] = true
			}
		}
	}
	if withMachines {
		for _, t := range tables {
			if found := in.tableOfMachines(t, scope); len(found) > 0 {
				hard = append(hard, rank(found, true, true))
			}
		}
	}
	for _, p := range prose {
		if withMachines {
			if found := paperHardware(p, scope); len(found) > 0 {
				hard = append(hard, rank(found, machinesPart.MatchString(p.Heading), p.Kind != page.Row &&
					trained.MatchString(p.Text)))
			}
		}
		if settings[p.Span.Start] {
			p.Heading = "training hyper-parameters" // a table floats: its caption says what it is about
		}
		if found := architecture(p); len(found) > 0 && !formula.MatchString(p.Text) {
			made = append(made, rank(found, structurePart.MatchString(p.Heading), p.Kind == page.Row ||
				data.SelfTold.MatchString(p.Text) || archSize.MatchString(p.Text)))
		}
	}
	return hard, made
}

var (
	// chips are what a table of machines names, by any name.
	chips = phrases.ExpressionOf("observe.chips")
	// counted is a cell with an amount.
	counted = pattern.MustCompile(`\|\s*[~≈]?\d[\d,. ]*(?:k|m|million|thousand|hours?|days?|h|d)?\s*(?:\||$)`)
	// machineCell is what a row or column of machines is called.
	machineCell = phrases.ExpressionOf("observe.machine-cell")
	// neededMachines matches a table of what a user needs.
	neededMachines = phrases.ExpressionOf("observe.needed-machines")
)

// tableOfMachines reads a table that gives the machines of the training with their amounts: its head, and its
// caption or the heading above it, speak of a training, or the name of the row does. A row counts that is called
// machines or one of them, and that of the audited model in a table with a column of machines or of the hours on one.
func (in *input) tableOfMachines(t page.Table, scope string) []audit.Observation {
	about := t.Head.Text + " " + cmp.Or(t.Caption, t.Head.Heading)
	others := func(text string) bool {
		return data.NotTraining.MatchString(text) || needs.MatchString(text) || neededMachines.MatchString(text)
	}
	if others(about) || data.Measured.MatchString(t.Caption) || sources.UserTitle.MatchString(t.Head.Heading) {
		return nil
	}
	ofTraining := tellsOfTraining(about)
	head, paper := page.CellTexts(t.Head.Text), document.IsText(t.Head.Doc)
	column := slices.IndexFunc(head, machineCell.MatchString)
	ofOne := chips.MatchString(t.Head.Text)
	var mentioned []audit.Observation
	for _, row := range t.Rows {
		cells := page.CellTexts(row.Text)
		if len(cells) < 2 || others(row.Text) ||
			!ofTraining && !(machineCell.MatchString(cells[0]) && tellsOfTraining(cells[0])) {
			continue
		}
		own := in.Speaker.Class(cells[0]) == audit.AboutOwn
		at, counts := column, false
		switch {
		case machineCell.MatchString(cells[0]):
			at = 1
		case chips.MatchString(cells[0]), own && ofOne && (paper || countsMachines(head, cells)):
			counts = counted.MatchString(row.Text)
		case !own:
			continue
		}
		named := at > 0 && at < len(cells) && chip.MatchString(cells[at])
		switch {
		case counts && (paper || chip.MatchString(row.Text+" "+t.Head.Text)),
			named && sources.Amount.MatchString(cells[at]):
			return machinesOf(t, row, "detailed", scope)
		case !paper && (counts || named) && mentioned == nil:
			mentioned = machinesOf(t, row, "mentioned", scope) // how many or which, and not both
		}
	}
	return mentioned
}

// countsMachines reports whether a row has an amount in a column of machines or of the hours on them.
func countsMachines(head, cells []string) bool {
	for i, cell := range cells[:min(len(head), len(cells))] {
		if chips.MatchString(head[i]) && counted.MatchString("|"+cell+"|") {
			return true
		}
	}
	return false
}

// machinesOf is what a table of the machines of the training tells.
func machinesOf(t page.Table, row page.Passage, value, scope string) []audit.Observation {
	span := document.WithRows(t.Head)
	if row.Span.End > span.End {
		span = row.Span // it stands so far down that the head would be quoted without it
	}
	return hardwareFound(t.Head.Doc, value, scope, span, "A table of the machines of the training.")
}

// resultPart are headings below which a paper gives results.
var resultPart = pattern.MustCompile(`\b(?:evaluations?|results?|benchmarks?|experiments?|performance)\b`)

// paperEvaluation reads whether a paper gives results of its model: a sentence that
// names it, or a row that does, with a number, below a heading on results.
func (in *input) paperEvaluation(d *audit.Document) []audit.Observation {
	w := in.WholeText(d)
	for _, p := range in.Prose(w) {
		if resultPart.MatchString(p.Heading) && !machinesPart.MatchString(p.Heading) &&
			in.FamilyWord.MatchString(p.Text) && result.MatchString(p.Text) && whose.ModeOf(p.Text) == audit.Done {
			return []audit.Observation{audit.Observe(w, "docs.evaluation", "true", p.Span,
				"The paper gives a result of the model.")}
		}
	}
	return nil
}

// minPaperCard is the number of sections from which an appendix is a model card.
const minPaperCard = 3

// paperCard reads a model card that is an appendix of the model's paper.
func (in *input) paperCard(d *audit.Document) []audit.Observation {
	w := in.WholeText(d)
	below := in.appendixOf(w, modelCardPart, modelCardParts)
	r := readCard(in.Card(w), below)
	if len(r.sections) < minPaperCard {
		return nil
	}
	quote := telling(r.sections).span
	note := "The paper has a model card in an appendix."
	return []audit.Observation{audit.Observe(w, "card.published", "true", quote, note),
		audit.Observe(w, "card.substance", r.substance(), quote, note)}
}

// modelCardPart is the heading of an appendix that is a model card.
var modelCardPart = pattern.MustCompile(`\bmodel ?cards?\b`)

// paperSheet reads a datasheet that is an appendix of the model's paper.
func (in *input) paperSheet(d *audit.Document) []audit.Observation {
	w := in.WholeText(d)
	return sheetFound(w, sheetIn(in.appendixOf(w, sheetTitle, datasheetParts)), 1)
}

// locate adds to what was read of papers where in them it stands.
func (in *input) locate(found []audit.Observation) {
	for i := range found {
		o := &found[i]
		if o.Finding != audit.Present || !strings.HasSuffix(o.URL, document.TextMark) {
			continue
		}
		d := in.Document(o)
		if d == nil {
			continue
		}
		body, what := in.ServedBody(d), "paper"
		switch {
		case d.Kind == audit.DocLicense:
			what = "document"
		case d.Place == audit.WebPage && strings.Contains(d.Detail, "text of the page"):
			what = "page"
		case d.Place == audit.WebPage:
			what = "report"
		}
		number, title := text.SectionOf(body, o.Start)
		page := text.PageOf(body, o.Start)
		var at []string
		switch {
		case number != "" && title != "":
			at = append(at, fmt.Sprintf("Section %s (%s)", number, title))
		case title != "":
			at = append(at, fmt.Sprintf("Section %q", title))
		}
		if page > 0 {
			at = append(at, fmt.Sprintf("page %d", page))
		}
		if len(at) == 0 {
			continue
		}
		where := strings.Join(at, ", ")
		if o.Note != "" && !strings.HasSuffix(o.Note, ".") {
			o.Note += "."
		}
		o.Note = fmt.Sprintf("%s %s of the %s.", o.Note, strings.ToUpper(where[:1])+where[1:], what)
	}
}
