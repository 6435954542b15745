package data

import (
	"path"
	"slices"
	"strings"
	"sync"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Read says how far the training data is disclosed: of the base model and of
// later training. The two are kept apart by whose page speaks and by what the
// sentence and its headings speak of.
//
// A linked dataset counts as available, a named one as listed; a statement of
// amounts or kinds only describes. Links to benchmarks, to demonstration data
// and to what users might tune on count for nothing.
func Read(in *Reader) []audit.Observation { return in.Data() }

// Data observes once; other themes ask for it too.
func (in *Reader) Data() []audit.Observation {
	if in.dataObs == nil {
		in.dataObs = append([]audit.Observation{}, in.readData()...)
	}
	return in.dataObs
}

func (in *Reader) readData() []audit.Observation {
	r := dataReader{Reader: in, lineage: in.Lineage(), parted: make(map[string]page.Passage)}
	r.oneTraining, r.laterTraining = sync.OnceValue(r.readOneTraining), sync.OnceValue(r.tellsOfLater)
	for _, d := range in.Makers() {
		r.read(d, audit.RoleEnd)
	}
	for _, d := range in.BasePages() {
		if document.Background(d) && !in.OfTuned(d) {
			r.read(d, audit.RoleBase)
		}
	}
	for _, d := range in.OwnTexts() {
		r.readPaper(d, audit.RoleEnd)
	}
	for _, d := range in.BaseTexts() {
		r.readPaper(d, audit.RoleBase)
	}
	r.found = r.throughTuned(r.inPart(in.confirmData(r.found)))
	r.ofBoth()
	out := slices.Concat(r.found, r.unknownOrigin(), r.openDoubts(r.found), r.unseenData())
	if d := r.onlyPretrained(r.found); d != nil {
		out = append(out, audit.From(d, FineData, audit.NotFetched,
			"The page tells of a pre-training and not whether the model was tuned later."))
	}
	return out
}

// ofBoth says in the notes on later training that the model is its own base, where what
// is quoted tells of one training: a reader of that note alone would miss the other.
func (r *dataReader) ofBoth() {
	if r.lineage == ForeignBase {
		return
	}
	pre := make(map[document.Place]bool)
	for i := range r.found {
		if o := &r.found[i]; o.Fact == PreData && o.Finding == audit.Present {
			pre[document.PlaceOf(o)] = true
		}
	}
	for i := range r.found {
		o := &r.found[i]
		at := document.PlaceOf(o)
		at.Fact = PreData
		if o.Fact == FineData && o.Finding == audit.Present && pre[at] &&
			!fineStage.MatchString(strings.ToLower(o.Quote)) {
			o.Note += " The model is its own base and no tuning of it is told of: what it was trained on is the data of both."
		}
	}
}

// The facts on the data of what a model was made from, and of its own tuning.
const (
	PreData  = "data.pretraining.disclosure"
	FineData = "data.finetuning.disclosure"
)

// A dataReader gathers what documents say on training data.
type dataReader struct {
	*Reader
	lineage lineage
	found   []audit.Observation
	doubts  []audit.Observation                        // what a page says to be elsewhere
	guides  document.Memory[*audit.Document, []string] // headings of guides for users
	leads   document.Memory[*audit.Document, []int]    // of each passage the paragraph above it; see page.Leads
	tuned   document.Memory[*audit.Document, bool]     // whether a page gives out a tuned model of the family
	parted  map[string]page.Passage                    // by fact: what says that not all of the data is out
	// of datasets that front matter names, the hub's pages that could not be looked at
	unseen  []audit.Observation
	uses    map[string]datasetUse // by dataset: what the pages say that it served for
	namings document.Memory[passageAt, naming]
	// whether the model was trained once, and whether anything tells of a training after the first: see
	// readOneTraining and tellsOfLater
	oneTraining, laterTraining func() bool
}

// unknownOrigin says why nothing is known of the base model's data where the
// pages do not tell what the model was made from.
func (r *dataReader) unknownOrigin() []audit.Observation {
	if sources.Found(r.found, PreData) {
		return nil
	}
	pages := r.BasePages()
	if r.lineage != ForeignBase {
		pages = append(pages, r.Makers()...)
	}
	if named := r.NamedBases(); len(named) > 0 && len(r.BasePages()) == 0 {
		return []audit.Observation{audit.From(named[0].Doc, PreData, audit.NotFetched,
			"The page tells this much: "+kin.OfNamed(named)+".")}
	}
	if u := r.LostOrigin(); u != nil {
		return []audit.Observation{audit.From(u.Document, PreData, u.Finding,
			"A page of the model's own that may say what it was made from was not looked at.")}
	}
	if d := r.UnnamedBase(); d != nil && len(pages) == 0 {
		return []audit.Observation{audit.From(d, PreData, audit.NotFetched,
			"The card was read, and no base could be told from it.")}
	}
	root := r.RootBase(r.Subject.Base)
	if lost := r.lostBase(root); lost != nil && !strings.EqualFold(root, r.Subject.Base) && r.BaseCard(root) == nil {
		finding, _ := document.Unseen(lost)
		return []audit.Observation{audit.From(lost, PreData, finding,
			"The base goes back to "+root+", of which no page was read.")}
	}
	d := r.MadeFromOthers(root)
	if i := slices.IndexFunc(pages, r.TunedItself); d == nil && i >= 0 && len(pages) == 1 {
		d = pages[i]
	}
	if d != nil {
		return []audit.Observation{audit.From(d, PreData, audit.NotFetched,
			"The base was itself tuned from another model, of which no page was read.")}
	}
	if d := r.silentOnBase(); d != nil {
		return []audit.Observation{audit.From(d, PreData, audit.NotFetched,
			"The model is a tuned one, and no page that was read says from what or speaks of its pre-training.")}
	}
	return nil
}

// BaseApart reports whether the base is a model with a page of its own that
// could not be read, and no other page that was read is the base's. What other
// pages leave unsaid may stand there.
func (in *Reader) BaseApart() bool {
	if in.Subject.Base == "" || in.saidOwnBase() {
		return false
	}
	apart := false
	for _, d := range in.Of(audit.DocModelAPI, audit.DocModelCard) {
		if d.Role != audit.RoleBase {
			continue
		}
		if d.Kind == audit.DocModelCard && document.Readable(d) {
			return false
		}
		_, lost := document.Unseen(d)
		apart = apart || lost
	}
	return apart
}

// UnreadBase lists the documents of the base model that could not be looked
// at; for a base of which no document is known, the page that should name it.
func (in *Reader) UnreadBase() []sources.Unread {
	base := in.Lost(func(d *audit.Document) bool {
		_, missing := document.Unseen(d)
		return missing && d.Role == audit.RoleBase
	})
	if len(base) > 0 {
		return base
	}
	return in.Lost(func(d *audit.Document) bool { _, missing := document.Unseen(d); return missing })
}

func (r *dataReader) read(d *audit.Document, role audit.Role) {
	if d.Kind == audit.DocModelCard {
		r.front(d, role)
	}
	if AboutEvaluation(r.Prose(d)) || evalRepository.MatchString(d.PlaceID) || r.Apart(d) {
		return
	}
	others := role == audit.RoleEnd && r.tellsOfOthers(d)
	if !others && !strings.Contains(d.Path, "/") {
		r.ownLinks(d, role)
		r.namedLists(d, role)
	}
	r.mixedLists(d, role)
	repeated := r.BaseParts(d)
	for _, p := range r.Prose(d) {
		switch {
		case kin.InParts(repeated, p.Span.Start):
			r.sentence(p, audit.RoleBase)
		case !others || r.FamilyWord.MatchString(p.Text) || r.FamilyWord.MatchString(p.Heading):
			r.sentence(p, role)
		}
	}
}

// benchName are names of datasets that measure instead of teach.
var benchName = phrases.ExpressionOf("data.bench-name")

// evalRepository matches the name of a repository that measures models.
var evalRepository = pattern.MustCompile(`(?i)/(?:[^/]*[-_])?(?:eval|evals|evaluation|benchmarks?|leaderboard)$`)

// ownLinks reads the links to the makers' own datasets, wherever they stand:
// makers link what they release beside the model in the head of the page.
func (r *dataReader) ownLinks(d *audit.Document, role audit.Role) {
	for _, l := range r.Card(d).Links() {
		id := r.ownDataset(d, l)
		if id == "" {
			continue
		}
		said := r.Said(d, l.Span.Start)
		words := r.wordsOfLink(d, l, id, said)
		stages, value, note := r.linkTells(role, words, id)
		others := r.linkOfOthers(d, l, role, words)
		for _, fact := range stages {
			if others {
				r.doubts = append(r.doubts, audit.From(d, fact, audit.NotFetched, OtherData))
				continue
			}
			r.found = append(r.found, audit.Observe(d, fact, value, said, note))
		}
		at := l.Span.End - len(l.URL) + strings.Index(l.URL, id)
		r.found = append(r.found, audit.Observe(d, "data.datasets", id, audit.Span{Start: at, End: at + len(id)},
			"Linked by its makers."))
	}
}

// ownDataset is the dataset of its makers that a page links and that may have trained the model, or "".
func (r *dataReader) ownDataset(d *audit.Document, l page.Link) string {
	m := document.HubDataset.FindStringSubmatch(l.URL)
	if m == nil {
		m = dataCollection.FindStringSubmatch(l.URL)
	}
	if m == nil || l.InCode || kin.InParts(r.BaseParts(d), l.Span.Start) || strings.Contains(l.URL, "/resolve/") ||
		benchName.MatchString(m[1]+l.Text) {
		return ""
	}
	p, ok := r.PassageAt(d, l.Span.Start)
	if ok && (asideData.MatchString(p.Text) || r.releasedWithOther(p)) || r.promisedAt(d, l.Span.Start) {
		return ""
	}
	maker := r.OfMakers(m[1]) || identity.SameMaker(identity.Owner(m[1]), identity.Owner(d.PlaceID))
	heading := strings.ToLower(r.Card(d).Below(l.Section))
	if !maker || evalStage.MatchString(heading) || l.Section > sources.HeadSections && !trainData.MatchString(heading) {
		return ""
	}
	return m[1]
}

// wordsOfLink are the words, in small letters, that tell of a linked dataset: its label, its name, the headings above
// it, and the line around it where that is on this dataset alone.
func (r *dataReader) wordsOfLink(d *audit.Document, l page.Link, id string, said audit.Span) string {
	words := strings.ToLower(l.Text) + " " + strings.ReplaceAll(strings.ToLower(id), "-", " ") + " " +
		strings.ToLower(r.Card(d).Below(l.Section))
	if text := string(document.Bytes(d, said)); len(document.HubDataset.FindAllString(text, 2)) == 1 {
		words += " " + strings.ToLower(text)
	}
	return words
}

// linkTells says of which trainings a dataset is that its makers link, and how far it can be had.
func (r *dataReader) linkTells(role audit.Role, words, id string) (stages []string, value, note string) {
	stages = r.stages(role, words)
	if role == audit.RoleEnd && r.Subject.Base == "" && !preStage.MatchString(words) {
		stages = []string{FineData} // that the makers publish data does not tell that the base was trained on it
	}
	pre, fine := r.speaksOf(words)
	if !pre && !fine && r.lineage == kinBase && r.servedPretraining(id) {
		stages = []string{PreData}
	}
	switch {
	case r.gone(id):
		return stages, "listed", goneNote
	case r.lineage == ForeignBase && pre && !fine:
		return stages, "listed", wentOnNote
	}
	return stages, "downloadable", "The page links a dataset that the makers publish."
}

// linkOfOthers reports whether a linked dataset may be that of a tuned model which the page gives out beside the
// audited one.
func (r *dataReader) linkOfOthers(d *audit.Document, l page.Link, role audit.Role, words string) bool {
	p, ok := r.PassageAt(d, l.Span.Start)
	if ok && r.ofTunedSibling(p, role) {
		return true
	}
	pre, fine := r.speaksOf(words)
	ofThisOne := ok && !fine && r.beginsWithModel(p)
	return role == audit.RoleEnd && !pre && r.untunedBesideTuned(d) && !ofThisOne
}

// AboutEvaluation reports whether a page's first sentences speak of evaluation
// and not of training.
func AboutEvaluation(prose []page.Passage) bool {
	eval := false
	for _, p := range prose[:min(len(prose), document.IntroSentences)] {
		text := p.Text + " " + p.Heading
		if document.TrainWord.MatchString(text) {
			return false
		}
		eval = eval || strings.Contains(text, "evaluat") || strings.Contains(text, "benchmark")
	}
	return eval
}

var (
	evalStage = phrases.ExpressionOf("data.eval-stage")
	asideData = phrases.ExpressionOf("data.aside-data")
	trainData = phrases.ExpressionOf("data.train-data")
	howTo     = phrases.ExpressionOf("data.how-to")
)

// weMade matches a clause in which makers tell what they did with data.
var weMade = phrases.ExpressionOf("data.we-made")

// entryName matches the name at the start of an entry of a list: "1. **falco-song**:".
var entryName = pattern.MustCompile("^\\s*(?:[-*+•]|\\d+[.)])\\s*(?:\\*\\*|`)([\\w.-]+)(?:\\*\\*|`)")

// otherEntry reports whether a passage is a list's entry on a checkpoint whose
// name goes on after the model's: "falco-song" where "falco" is audited.
func (r *dataReader) otherEntry(p page.Passage) bool {
	m := entryName.FindSubmatch(p.Raw())
	if m == nil {
		return false
	}
	rest, ok := strings.CutPrefix(strings.ToLower(string(m[1])), strings.ToLower(path.Base(r.ID())))
	return ok && rest != "" && strings.ContainsRune("-_", rune(rest[0]))
}

// examples reports whether a passage gives data as examples of more: "songs such as A, B and so on". Examples of
// something else, as of variables of a script that trains, say nothing of data.
func (r *dataReader) examples(p page.Passage, raw string, said dataSaid) bool {
	return asExamples.MatchString(raw) && (said.trained || said.kind || dataEntry.MatchString(p.Text) ||
		r.linksData(raw) || len(phrases.Default().Of("data.kind").Find([]byte(raw))) > 0)
}

// ofOtherData reports whether a passage is on data that the model was not trained on: of others' models, of
// measuring, for readers, or to come.
func (r *dataReader) ofOtherData(p page.Passage, raw, context string, said dataSaid) bool {
	switch {
	case sources.OthersModels.MatchString(p.Heading), measures(p, raw, said):
		return true
	case asideData.MatchString(p.Text) && !said.trained &&
		!(weMade.MatchString(p.Text) && r.naming(p, said) == namesSource):
		return true
	case howTo.MatchString(p.Text) && !preStage.MatchString(context) && !weMade.MatchString(p.Text):
		return true
	}
	return promised.MatchString(p.Text) || r.forUsers(p)
}

// sentence reads one passage.
func (r *dataReader) sentence(p page.Passage, role audit.Role) {
	raw := string(p.Raw())
	said := readSaid(raw)
	if at := r.components(p, raw); !said.trained && at >= 0 {
		p.Span.Start, raw = at, string(p.Doc.Body[at:p.Span.End])
		said.trained, said.kind, said.span = true, true, audit.Span{End: len(raw)}
	}
	p.Text = withoutAdjective(p.Text)
	context := p.Text + " " + p.Heading
	if r.ofOtherData(p, raw, context, said) {
		return
	}
	value, note := r.disclosure(p, said)
	if value == "described" && cautions.MatchString(p.Heading) {
		return // what any model that learns from data is warned of
	}
	stages, part := r.stagesOf(p, role, context, said)
	if value == "downloadable" && role == audit.RoleEnd && r.Subject.Base == "" && !preStage.MatchString(context) &&
		!document.TrainWord.MatchString(context) && !r.aboutPretraining(p.Doc) {
		stages = []string{FineData} // that the makers publish data does not tell that the base was trained on it
	}
	if value == "described" {
		if stages = r.describedStages(stages, role, raw, p.Heading, said); part {
			stages = nil
		}
	}
	if value == "downloadable" && part {
		value, note = "listed", wentOnNote
	}
	denied := denial.MatchString(p.Text)
	kept := said.rest || r.examples(p, raw, said) || value == "downloadable" && halfKept.MatchString(p.Text)
	if denied || kept && !said.aside && (said.trained || r.onTraining(p)) ||
		said.restApart && !said.aside && (said.trained || value != "" || r.afterTraining(p)) {
		r.part(stages, p)
	}
	doubt := r.unsettled(p, role, value, said)
	if doubt == OtherData && value == "described" {
		return
	}
	if doubt != "" {
		for _, fact := range stages {
			r.doubts = append(r.doubts, audit.From(p.Doc, fact, audit.NotFetched, doubt))
		}
		return
	}
	if value == "described" && denied && !trainedOn.MatchString(p.Text) {
		value = "" // to withhold data is not to describe it
	}
	r.keep(p, stages, value, note, denied)
}

// keep notes what a passage tells of the data of some trainings: how far it is disclosed, and that it is kept.
func (r *dataReader) keep(p page.Passage, stages []string, value, note string, denied bool) {
	other := value != "" && r.otherEntry(p)
	for _, fact := range stages {
		if other {
			r.found = append(r.found, audit.From(p.Doc, fact, audit.NotFetched,
				"The page says this of another checkpoint, and of this one it says nothing."))
			continue
		}
		if denied {
			without := strings.TrimSuffix(fact, ".disclosure") + ".denied"
			r.found = append(r.found, audit.Observe(p.Doc, without, "true", p.Span,
				"The page says that data is not open."))
		}
		if value != "" {
			r.found = append(r.found, audit.Observe(p.Doc, fact, value, p.Span, note))
		}
	}
}

// cautions matches a heading below which a page warns of what its model may do.
var cautions = pattern.MustCompile(`\b(?:limitations?|risks?|ethic\w*|biases|bias|safety|disclaimers?)\b|局限|免责`)

// measures reports whether a passage is about measuring the model. What comes
// after the statement of what it was trained on does not count: there pages say
// how good the model has become.
func measures(p page.Passage, raw string, said dataSaid) bool {
	if evalStage.MatchString(p.Heading) {
		return true
	}
	if !said.trained {
		return evalStage.MatchString(p.Text)
	}
	cut := said.span.End
	if at := document.HubDataset.FindStringIndex(raw); at != nil {
		cut = max(cut, at[0])
	}
	return evalStage.MatchString(benchmarkData.ReplaceAllString(strings.ToLower(raw[:cut]), "$1"))
}

// benchmarkData matches what data is called that a model may be trained on as well as measured with.
var benchmarkData = pattern.MustCompile(`\bbenchmark (data ?sets?|corpus)\b`)

// usersTune matches a statement that others may tune the model.
var usersTune = phrases.ExpressionOf("data.users-tune")

// forUsers reports whether a passage stands in a section that shows users how to
// tune the model and does not itself tell what the makers did.
func (r *dataReader) forUsers(p page.Passage) bool {
	guides := r.guides.Of(p.Doc, func(d *audit.Document) (headings []string) {
		for _, q := range r.Prose(d) {
			if q.Heading != "" && usersTune.MatchString(q.Text) {
				headings = append(headings, q.Heading)
			}
		}
		return headings
	})
	return !SelfTold.MatchString(p.Text) && slices.ContainsFunc(guides, func(h string) bool {
		return p.Heading == h || strings.HasPrefix(p.Heading, h+" / ")
	})
}

// promised matches a statement that data will be there some day.
var promised = phrases.ExpressionOf("data.promised")

// promisedAt reports whether the sentence at an offset promises what it links.
func (r *dataReader) promisedAt(d *audit.Document, at int) bool {
	p, ok := r.PassageAt(d, at)
	return ok && promised.MatchString(p.Text)
}
