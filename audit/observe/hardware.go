package observe

import (
	"path"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// On which machines a model was trained: a sentence, an item of a list, a row or a column of a table.

var (
	accelerator = phrases.ExpressionOf("observe.accelerator")

	// trainAbroad matches a word for training in another language.
	trainAbroad = phrases.ExpressionOf("observe.train-abroad")
	// trained are statements that training happened, as opposed to that one may train.
	trained = phrases.ExpressionOf("observe.trained")
	// needs are statements on what a user needs, or may do.
	needs         = phrases.ExpressionOf("observe.needs")
	hardwareTitle = phrases.ExpressionOf("observe.hardware-title")
	// trainingHardware are headings below which a list of machines is one of training, on any page.
	trainingHardware = phrases.ExpressionOf("observe.training-hardware")
)

// onTraining reports whether a sentence, or its heading, speaks of training: how long
// machines ran tells by itself not for what.
func (in *input) onTraining(p page.Passage) bool {
	previous, _ := in.SentenceBefore(p)
	before := previous.Text
	if whose.ModeOf(before) == audit.Advice && (tellsOfTraining(before) || !tellsOfTraining(p.Text)) {
		return false // it goes on with what a reader may do
	}
	return tellsOfTraining(p.Text+" "+p.Heading) || hardwareTitle.MatchString(p.Heading) || stepsTaken.MatchString(p.Text) ||
		tellsOfTraining(before) && bareRun.MatchString(p.Text) && !otherRun.MatchString(p.Text)
}

// tellsOfTraining reports whether a text in small letters has a word for training, in any language.
func tellsOfTraining(text string) bool {
	return document.TrainWord.MatchString(text) || trainAbroad.MatchString(text)
}

// bareRun matches a sentence that begins with machines or with how long they ran, and not with another deed; otherRun
// one that goes on to such a deed.
var (
	bareRun  = phrases.ExpressionOf("observe.bare-run")
	otherRun = phrases.ExpressionOf("observe.other-run")
)

// stepsTaken matches what a run of training is counted in, or its method.
var stepsTaken = pattern.MustCompile(`\b(?:q?lora|sft|distill\w*|epochs?|steps|updates|tokens)\b`)

// trainedOn reports whether a sentence says of a training that happened on which machines: whatever else
// it names (support, a method, memory), and whatever title it stands under, it is no advice to a user.
// The machines stand in the clause of the verb: a further one may be on what runs the model.
func trainedOn(sentence string) bool {
	at := ranOn.FindStringIndex(sentence)
	if at == nil || supposed.MatchString(sentence[:at[1]]) {
		return false
	}
	clause := sentence[at[1]:]
	if end := nextClause.FindStringIndex(clause); end != nil {
		clause = clause[:end[0]]
	}
	return accelerator.MatchString(clause)
}

var (
	// ranOn matches the verb of a finished training with its machines' preposition, and an entry of a list of facts.
	ranOn = phrases.ExpressionOf("observe.ran-on")
	// nextClause matches where a clause ends, but for the commas of numbers.
	nextClause = pattern.MustCompile(`[,;:] |\.\s| (?:and|but|while|which) `)
	// supposed matches what turns such a sentence into a possibility, a wish or what others did.
	supposed = pattern.MustCompile(`\b(?:can|could|will|would|may|might|should|must|if|you|your|they|to be)\b`)
)

// ofMachines matches a clause that tells what machines are or can do, whoever has them.
var ofMachines = phrases.ExpressionOf("observe.of-machines")

// hardware reads a statement on what the model was trained with.
func hardware(p page.Passage, scope string) []audit.Observation {
	if document.Listing(p) || !accelerator.MatchString(p.Text) {
		return nil
	}
	if !trainedOn(p.Text) && (needs.MatchString(p.Text) || sources.UserTitle.MatchString(p.Heading)) ||
		len(phrases.Default().Of("docs.hardware.needs").Find(p.Raw())) > 0 {
		return nil // what one needs to run or tune it, or what served something else than its training
	}
	announced := hardwareTitle.MatchString(p.Heading) && document.CardLike(p.Doc) ||
		trainingHardware.MatchString(p.Heading) && sources.Amount.MatchString(p.Text)
	if !announced && !trained.MatchString(p.Text) || ofMachines.MatchString(p.Text) || runsBelow(p.Doc.Body, p.Span) {
		return nil
	}
	value, note := "mentioned", "Training hardware is named."
	switch {
	case sources.Amount.MatchString(p.Text) && (chip.MatchString(p.Text) || chip.MatchString(p.Heading)):
		value, note = "detailed", "Training hardware, with amounts."
	case sources.Amount.MatchString(p.Text):
		note = "Amounts of training hardware are given, and not of which."
	}
	said := document.WithRows(p)
	if !trained.MatchString(p.Text) { // "1024 x H100" below "Training hardware" tells more than alone
		said.Start = page.HeadOfList(p.Doc.Body, said.Start)
	}
	return hardwareFound(p.Doc, value, scope, said, note)
}

// hardwareFound is what a page tells of the machines of a training, and whose training that is.
func hardwareFound(d *audit.Document, value, scope string, said audit.Span, note string) []audit.Observation {
	return []audit.Observation{audit.Observe(d, "docs.hardware", value, said, note),
		audit.Observe(d, "docs.hardware.scope", scope, said, note)}
}

// trainingOf says whose training a statement of the model's own pages is on: of a model
// that was tuned from another maker's or line's, one on pre-training repeats the base's,
// if it names that alone or nobody. So does all that stands in a part which repeats the base's page, where the page says
// that the model has a base; what "we" did there was done by its makers where no place of that base is known.
func (in *input) trainingOf(p page.Passage) string {
	switch base := in.Subject.Base; {
	case base != "" && in.onSameMachines(base):
		return "own"
	case kin.InParts(in.BaseParts(p.Doc), p.Span.Start) && (base != "" ||
		len(in.NamedBases()) > 0 && !goesOnTraining.MatchString(p.Text)):
		return "base"
	case base == "" || in.IsCopy() || whose.StageOf(p.Text) != data.StagePre || document.TuneTalk.MatchString(p.Text):
		return "own"
	}
	named, own := false, goesOnTraining.MatchString(p.Text) || in.FamilyWord.MatchString(p.Text)
	for _, m := range in.Speaker.Mentions(string(p.Raw())) {
		switch in.Speaker.Class(m.Name) {
		case audit.AboutBase:
			named = true
		case audit.AboutOwn:
			return "own"
		}
	}
	if named || !own {
		return "base"
	}
	return "own"
}

// goesOnTraining matches words for a pre-training that the model's own makers did.
var goesOnTraining = pattern.MustCompile(`\b(?:we|our|us|continu\w+|further|this model)\b`)

// onSameMachines reports whether a base is of the audited model's makers, and of no other version or line but that
// model before its tuning: makers train the two on the same machines.
func (in *input) onSameMachines(base string) bool {
	id := in.ID()
	return in.OfMakers(base) && (identity.BaseOf(base, id) ||
		identity.TunedFrom(id, base) || identity.Related(path.Base(base), id) != identity.Sibling)
}

// chip matches the name of an accelerator, or of a machine that tells which it has:
// "8 GPUs" are no hardware that anybody could look up.
var chip = phrases.ExpressionOf("observe.chip")

// trainingHardware is hardware for a page that themes read in a view: the line that
// introduces a list may be taken off there as advice, so it is read as it was served.
func (in *input) trainingHardware(p page.Passage, scope string) []audit.Observation {
	found := hardware(p, scope)
	if v, ok := in.Views[document.Key{URL: p.Doc.URL, SHA256: p.Doc.SHA256}]; ok && len(found) > 0 {
		from, to := v.Span(p.Span.Start, p.Span.End)
		if runsBelow(v.Served, audit.Span{Start: from, End: to}) {
			return nil
		}
	}
	if end := in.countedBelow(p); len(found) > 0 && found[0].Value == "mentioned" && end > 0 &&
		chip.MatchString(p.Text) {
		said := audit.Span{Start: found[0].Start, End: end}
		found = hardwareFound(p.Doc, "detailed", scope, said,
			"Training hardware is named, and how much of it or how long it ran is the next item.")
	}
	return found
}

// nearItems is how many items behind one on machines may give their number.
const nearItems = 3

// countedBelow is where an item ends that gives, a few items behind one on machines in the same list, their number or
// how long they ran; or 0.
func (in *input) countedBelow(p page.Passage) int {
	if p.Kind != page.Item {
		return 0
	}
	prose := in.Prose(p.Doc)
	at, _ := page.IndexAt(prose, p.Span.Start)
	for _, q := range prose[min(at+1, len(prose)):min(at+1+nearItems, len(prose))] {
		switch {
		case q.Kind != page.Item || q.Heading != p.Heading:
			return 0
		case machinesCounted.MatchString(q.Text):
			return q.Span.End
		}
	}
	return 0
}

// machinesCounted matches an item that gives a number of machines or the time of a training.
var machinesCounted = phrases.ExpressionOf("observe.machines-counted")

// runsBelow reports whether a span of a page is an item of a list that a line introduces
// which speaks of running the model: "Inference: 8 x A100".
func runsBelow(body []byte, item audit.Span) bool {
	return inferenceOnly.Match(page.LeadOfList(body, page.BeginOfLine(body, item.Start), item.End))
}

// inferenceOnly matches words for running a model.
var inferenceOnly = pattern.MustCompile(`(?i)\b(?:inference|deploy\w*|serving|to run|tested on)\b|推理|部署`)
