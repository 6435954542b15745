package observe

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
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
	for _, o := range in.FromBook(pages, "docs.hardware", "docs.hardware.run", "docs.hardware.needs") {
		if o.Fact == "docs.hardware.run" {
			if !in.onTraining(&o) {
				continue
			}
			o.Fact = "docs.hardware"
		}
		if o.Fact == "docs.hardware" && !chip.MatchString(strings.ToLower(o.Quote)) {
			o.Value = "mentioned" // how many, and not of which
		}
		scope := o
		scope.Fact, scope.Value = "docs.hardware.scope", "own"
		out = append(out, o, scope)
	}
	ownHardware := sources.Found(out, "docs.hardware")
	for _, d := range append(in.BasePages(), in.BaseTexts()...) {
		if !document.Background(d) {
			continue
		}
		scope := "base"
		of := d.PlaceID
		if document.IsText(d) {
			of = in.Subject.Base
		}
		if identity.SameMaker(identity.Owner(of), identity.Owner(in.Subject.ID)) && !in.otherLine(of) {
			scope = "own" // makers train a model and what it is tuned from on the same machines
		}
		if document.IsText(d) {
			out = append(out, in.paperDocs(d, scope, scope == "own" || !ownHardware)...)
			continue
		}
		for _, p := range in.Prose(d) {
			if scope == "own" || !ownHardware { // the base's machines say nothing of those that are named
				out = append(out, in.trainingHardware(p, scope)...)
			}
			counted = counted || countsParameters(p)
			out = append(out, architecture(p)...)
		}
	}
	return scant(out, counted)
}

// minSizes is the number of sizes and settings, that of parameters among them,
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

// scant lowers an architecture of which the pages give too few sizes and settings.
func scant(found []audit.Observation, counted bool) []audit.Observation {
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
			found[i].Value, found[i].Note = "mentioned", "One size or setting is given."
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
	accelerator = phrases.ExpressionOf("observe.accelerator")

	trainWordHan = pattern.MustCompile(`训练|微调|精调`)
	// trained are statements that training happened, as opposed to that one may train.
	trained = phrases.ExpressionOf("observe.trained")
	// needs are statements on what a user needs, or may do.
	needs         = phrases.ExpressionOf("observe.needs")
	hardwareTitle = phrases.ExpressionOf("observe.hardware-title")
	// trainingHardware are headings below which a list of machines is one of training, on any page.
	trainingHardware = phrases.ExpressionOf("observe.training-hardware")
)

// onTraining reports whether the sentence of an observation, or its heading, speaks of training: how long
// machines ran tells by itself not for what.
func (in *input) onTraining(o *audit.Observation) bool {
	d := in.Document(o)
	if d == nil {
		return false
	}
	p, ok := in.PassageAt(d, o.Start)
	context := p.Text + " " + p.Heading
	return ok && (document.TrainWord.MatchString(context) || hardwareTitle.MatchString(p.Heading) ||
		trainWordHan.MatchString(context) || stepsTaken.MatchString(p.Text))
}

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
	if !trained.MatchString(p.Text) {
		said = withHeading(p.Doc.Body, said)
	}
	return []audit.Observation{audit.Observe(p.Doc, "docs.hardware", value, said, note),
		audit.Observe(p.Doc, "docs.hardware.scope", scope, said, note)}
}

// trainingOf says whose training a statement of the model's own pages is on: of a model
// that was tuned from another maker's or line's, one on pre-training repeats the base's,
// if it names that alone or nobody.
func (in *input) trainingOf(p page.Passage) string {
	base := in.Subject.Base
	if base == "" || in.IsCopy() || whose.StageOf(p.Text) != data.StagePre || document.TuneTalk.MatchString(p.Text) ||
		identity.SameMaker(identity.Owner(base), identity.Owner(in.ID())) && !in.otherLine(base) {
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

// otherLine reports whether a base is of another version or line of the makers' models
// than the audited one, and not that one before its tuning.
func (in *input) otherLine(base string) bool {
	id := in.ID()
	return identity.Related(path.Base(base), id) == identity.Sibling && !identity.BaseOf(base, id) &&
		!identity.TunedFrom(id, base)
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
	return found
}

// runsBelow reports whether a span of a page is an item of a list that a line introduces
// which speaks of running the model: "Inference: 8 x A100".
func runsBelow(body []byte, item audit.Span) bool {
	at := page.BeginOfLine(body, item.Start)
	if !page.IsItem(body[at:item.End]) {
		return false
	}
	head := page.HeadOfList(body, at)
	return head < at && inferenceOnly.Match(body[head:page.LineAround(body, head).End])
}

// inferenceOnly matches words for running a model.
var inferenceOnly = pattern.MustCompile(`(?i)\b(?:inference|deploy\w*|serving|to run|tested on)\b|推理|部署`)

// headingReach is how far above an item its heading is looked for.
const headingReach = 200

// withHeading extends an item to the heading right above it, which says what it is an
// item of: "1024 x H100" below "Training hardware" tells more than alone. Between the
// two stand items alone: of prose the sentences before it would be quoted as well.
func withHeading(body []byte, item audit.Span) audit.Span {
	from := max(0, item.Start-headingReach)
	at := bytes.LastIndex(body[from:item.Start], []byte("\n#"))
	if at < 0 {
		return item
	}
	_, between, _ := bytes.Cut(body[from+at+1:item.Start], []byte("\n"))
	lines := bytes.Split(between, []byte("\n"))
	if len(lines) > headingLines {
		return item
	}
	for _, line := range lines {
		if line = bytes.TrimSpace(line); len(line) > 0 && !bytes.ContainsAny(line[:1], "-*+|") {
			return item
		}
	}
	return audit.Span{Start: from + at + 1, End: item.End}
}

// headingLines is how many lines may lie between the two.
const headingLines = 5

var (
	archSize = pattern.MustCompile(`\b(` + sizeWords + `)\b.{0,40}\d|\d[^%]{0,25}\b(` + sizeWords +
		`)\b|\b(\d+|routed|shared|activated) experts\b.{0,60}\b(layers?|tokens?|activat\w*|routed|shared|moe|each)\b` +
		`|\bmo(e|del)\b.{0,60}\b\d+ experts\b`)
	setUp = pattern.MustCompile(`\b(` + setWords +
		`)\b.{0,40}\d|\d ?(?:个 ?)?(?:training )?(?:epochs?\b|轮)|\badamw?\b`)
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

// architecture reads a statement on the model's structure or training set-up.
func architecture(p page.Passage) []audit.Observation {
	context := p.Text + " " + p.Heading
	var found audit.Observation
	switch { // most passages are none of these, which costs less to see than what they are on
	case tableOfSizes(p):
		rows := document.WithRows(p)
		text := document.Bytes(p.Doc, rows)
		if bytes.HasPrefix(text, []byte("|")) && bytes.Count(text, []byte("\n")) < headLines {
			return nil // its rows are of others, and the head says nothing
		}
		found = audit.Observe(p.Doc, "docs.architecture", "detailed", rows, "A table of sizes or training settings.")
	case archSize.MatchString(p.Text), len(sizesAbroad(p.Text)) >= minSizes, setUp.MatchString(p.Text) &&
		(document.TrainWord.MatchString(context) || trainWordHan.MatchString(context)):
		found = audit.Observe(p.Doc, "docs.architecture", "detailed", p.Span, "Sizes or training settings are given.")
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

// sizeAbroad matches a size with its number in a language other than English.
var sizeAbroad = phrases.ExpressionOf("observe.size-abroad")

// sizesAbroad are the different sizes that a text in another language gives with
// their numbers: one alone may count layers of anything.
func sizesAbroad(text string) []string {
	var kinds []string
	for _, size := range sizeAbroad.FindAllString(text, maxSizes) {
		if size = strings.Trim(size, "0123456789.,:： "); !slices.Contains(kinds, size) {
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

// sizeColumn is the title of a column that gives a size or setting.
var sizeColumn = pattern.MustCompile(`\b(` + sizeWords + `|` + setWords +
	`|params?|parameters|heads|gqa|experts|lr|d_?ff|d_?head|adamw?)\b`)

// sizeColumns is the number of such columns from which a table is one of an
// architecture: a table of results may have one, the number of parameters.
const sizeColumns = 3

// headLines is how many lines the head of a table takes.
const headLines = 2

// tableOfSizes reports whether a table's row names sizes and settings: its
// head, whose numbers stand below it.
func tableOfSizes(p page.Passage) bool {
	if p.Kind != page.Row {
		return false
	}
	named := make(map[string]bool)
	for _, word := range sizeColumn.FindAllString(p.Text, -1) {
		named[word] = true
	}
	return len(named) >= sizeColumns
}
