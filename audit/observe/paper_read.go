package observe

import (
	"cmp"
	"slices"

	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
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
	note := "Training hardware, with amounts."
	return []audit.Observation{audit.Observe(p.Doc, "docs.hardware", "detailed", document.WithRows(p), note),
		audit.Observe(p.Doc, "docs.hardware.scope", scope, document.WithRows(p), note)}
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
