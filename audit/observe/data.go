package observe

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/card"
	"openness/audit/identity"
	"openness/audit/pattern"
)

// data says how far the training data is disclosed: of the base model and of
// later training. The two are kept apart by whose page speaks and by what the
// sentence and its headings speak of.
//
// A linked dataset counts as available, a named one as listed; a statement of
// amounts or kinds only describes. Links to benchmarks, to demonstration data
// and to what users might tune on count for nothing.
func data(in *input) []audit.Observation { return in.data() }

// data observes once; other themes ask for it too.
func (in *input) data() []audit.Observation {
	if in.dataObs == nil {
		in.dataObs = append([]audit.Observation{}, in.readData()...)
	}
	return in.dataObs
}

func (in *input) readData() []audit.Observation {
	r := dataReader{input: in, lineage: in.lineage(), guides: make(map[*audit.Document][]string)}
	for _, d := range in.makers() {
		r.read(d, audit.RoleEnd)
	}
	for _, d := range in.basePages() {
		if background(d) && !in.tunedItself(d) {
			r.read(d, audit.RoleBase)
		}
	}
	for _, d := range in.ownTexts() {
		r.readPaper(d, audit.RoleEnd)
	}
	for _, d := range in.baseTexts() {
		r.readPaper(d, audit.RoleBase)
	}
	out := in.confirmData(r.found)
	out = append(out, in.heard(fineData, out, in.makers(), in.unreadPrincipal(), "The page was read and names no training data.")...)
	return append(append(out, r.baseSilence()...), r.openDoubts(out)...)
}

const (
	preData  = "data.pretraining.disclosure"
	fineData = "data.finetuning.disclosure"
)

// A dataReader gathers what documents say on training data.
type dataReader struct {
	*input
	lineage lineage
	found   []audit.Observation
	doubts  []audit.Observation          // what a page says to be elsewhere
	guides  map[*audit.Document][]string // headings of guides for users
}

// baseSilence says why nothing is known of the base model's data.
func (r *dataReader) baseSilence() []audit.Observation {
	pages := r.basePages()
	if r.lineage != foreignBase {
		pages = append(pages, r.makers()...)
	}
	var lost []*audit.Document
	if len(pages) == 0 || r.baseApart() {
		lost = r.unreadBase()
	}
	if d := r.unnamedBase(); d != nil && len(pages) == 0 && len(lost) == 0 && !present(r.found, preData) {
		return []audit.Observation{audit.From(d, preData, audit.NotFetched, "The card does not say what the model was made from.")}
	}
	if i := slices.IndexFunc(pages, r.tunedItself); i >= 0 && len(pages) == 1 && len(lost) == 0 && !present(r.found, preData) {
		return []audit.Observation{audit.From(pages[i], preData, audit.NotFetched, "The base was itself tuned from another model, of which no page was read.")}
	}
	if d := r.silentOnBase(); d != nil && len(lost) == 0 && !present(r.found, preData) {
		return []audit.Observation{audit.From(d, preData, audit.NotFetched, "The model is a tuned one, and no page that was read says from what or speaks of its pre-training.")}
	}
	return r.heard(preData, r.found, pages, lost, "The page was read and names no pre-training data.")
}

// baseApart reports whether the base is a model with a page of its own that
// could not be read, and no other page that was read is the base's. What other
// pages leave unsaid may stand there.
func (r *dataReader) baseApart() bool {
	if r.subject.Base == "" || r.subject.Base == r.subject.ID {
		return false
	}
	apart := false
	for _, d := range r.of(audit.DocModelAPI, audit.DocModelCard) {
		if d.Role != audit.RoleBase {
			continue
		}
		if d.Kind == audit.DocModelCard && readable(d) {
			return false
		}
		_, lost := unseen(d)
		apart = apart || lost
	}
	return apart
}

// unreadBase lists the documents of the base model that could not be looked
// at; for a base of which no document is known, the page that should name it.
func (in *input) unreadBase() []*audit.Document {
	var base, all []*audit.Document
	for i := range in.docs {
		if _, missing := unseen(&in.docs[i]); missing {
			all = append(all, &in.docs[i])
			if in.docs[i].Role == audit.RoleBase {
				base = append(base, &in.docs[i])
			}
		}
	}
	if len(base) > 0 {
		return base
	}
	return all
}

func (r *dataReader) read(d *audit.Document, role audit.Role) {
	if d.Kind == audit.DocModelCard {
		r.front(d, role)
	}
	if aboutEvaluation(r.prose(d)) || evalRepository.MatchString(d.PlaceID) || r.siblingFolder(role, d.Path) {
		return
	}
	if !strings.Contains(d.Path, "/") {
		r.ownLinks(d, role)
	}
	for _, p := range r.prose(d) {
		r.sentence(p, role)
	}
}

// benchName are names of datasets that measure instead of teach.
var benchName = pattern.MustCompile(`(?i)bench|eval|test|leaderboard|arena|results|asset|image|logo|toy|example|demo|annot`)

// evalRepository matches the name of a repository that measures models.
var evalRepository = pattern.MustCompile(`(?i)/(?:[^/]*[-_])?(?:eval|evals|evaluation|benchmarks?|leaderboard)$`)

// ownLinks reads the links to the makers' own datasets, wherever they stand:
// makers link what they release beside the model in the head of the page.
func (r *dataReader) ownLinks(d *audit.Document, role audit.Role) {
	c := r.card(d)
	for _, l := range c.Links() {
		m := hubDataset.FindStringSubmatch(l.URL)
		if m == nil {
			m = dataCollection.FindStringSubmatch(l.URL)
		}
		if m == nil || l.InCode || strings.Contains(l.URL, "/resolve/") || benchName.MatchString(m[1]+l.Text) {
			continue
		}
		if p, ok := r.passageAt(d, l.Span.Start); ok && asideData.MatchString(p.text) || r.promisedAt(d, l.Span.Start) {
			continue
		}
		maker := identity.SameMaker(identity.Owner(m[1]), identity.Owner(r.subject.ID)) || identity.SameMaker(identity.Owner(m[1]), identity.Owner(d.PlaceID))
		heading := strings.ToLower(below(c, l.Section))
		if !maker || evalStage.MatchString(heading) || l.Section > headSections && !trainData.MatchString(heading) {
			continue
		}
		said := r.said(d, l.Span.Start)
		words := strings.ToLower(l.Text) + " " + strings.ReplaceAll(strings.ToLower(m[1]), "-", " ") + " " + heading
		if text := string(d.Body[said.Start:said.End]); len(hubDataset.FindAllString(text, 2)) == 1 {
			words += " " + strings.ToLower(text) // a line on this dataset alone
		}
		stages := r.stages(role, words)
		if role == audit.RoleEnd && r.subject.Base == "" && !preStage.MatchString(words) {
			stages = []string{fineData} // that the makers publish data does not tell that the base was trained on it
		}
		for _, fact := range stages {
			r.found = append(r.found, audit.Observe(d, fact, "downloadable", said, "The page links a dataset that the makers publish."))
		}
		at := l.Span.End - len(l.URL) + strings.Index(l.URL, m[1])
		r.found = append(r.found, audit.Observe(d, "data.datasets", m[1], audit.Span{Start: at, End: at + len(m[1])}, "Linked by its makers."))
	}
}

// front reads the datasets that a card's front matter names.
func (r *dataReader) front(d *audit.Document, role audit.Role) {
	front := r.card(d).Front
	value, note := "downloadable", "The card lists it as training data, by hub id."
	if r.keptIn(d) {
		value, note = "listed", "The card lists it, by hub id, and says that the data that was used is the makers' own."
	}
	stages, listed := r.frontStages(d, role), false
	for _, f := range front.All("datasets") {
		if strings.TrimSpace(f.Value) == "" || evalStage.MatchString(strings.ToLower(path.Base(f.Value))) {
			continue // what measures a model did not train it
		}
		listed = true
		for _, fact := range stages {
			r.found = append(r.found, audit.Observe(d, fact, value, f.Span, note))
		}
		r.found = append(r.found, audit.Observe(d, "data.datasets", f.Value, f.Span, "The card lists it as training data."))
	}
	if listed && len(stages) < len(r.stages(role, "")) {
		r.found = append(r.found, audit.From(d, preData, audit.NotFetched, "The card lists data and does not say for which training."))
	}
}

// frontStages says which training the datasets of a card's front matter were for.
// They are data of a pre-training only where the card tells of one, or at least
// of a training: most cards that tell of none were made by tuning.
func (r *dataReader) frontStages(d *audit.Document, role audit.Role) []string {
	stages := r.stages(role, "")
	if role != audit.RoleEnd || preTold.Match(r.affirmed(d)) || r.subject.Base != "" && r.subject.Base == r.subject.ID {
		return stages
	}
	return slices.DeleteFunc(stages, func(fact string) bool { return fact == preData })
}

// preTold matches a word on how a model was trained.
var preTold = pattern.MustCompile(`(?i)\bpre-?train|\btrained (?:on|from|with|using|for|in|by|over)\b|\btraining (?:data|set|corpus|procedure|details)\b`)

// keptIn reports whether a card says that the model was trained on data that its
// makers keep: what the front matter then lists is where that came from.
func (r *dataReader) keptIn(d *audit.Document) bool {
	return slices.ContainsFunc(r.prose(d), func(p passage) bool { return keptData.MatchString(p.text) })
}

var keptData = pattern.MustCompile(`\b(?:trained|tuned) (?:on|with|using) (?:our|an?|the)?\s?(?:\w+ ){0,2}(?:internal|proprietary|in-house)\b[^.]{0,40}\b(?:data ?sets?|data|corpus)\b`)

// introSentences are read to tell what a page is about.
const introSentences = 4

// aboutEvaluation reports whether a page's first sentences speak of evaluation
// and not of training.
func aboutEvaluation(prose []passage) bool {
	eval := false
	for _, p := range prose[:min(len(prose), introSentences)] {
		text := p.text + " " + p.heading
		if trainWord.MatchString(text) {
			return false
		}
		eval = eval || strings.Contains(text, "evaluat") || strings.Contains(text, "benchmark")
	}
	return eval
}

var (
	preStage  = pattern.MustCompile(`\b(pre-?train\w*|(?:train\w*|data) (?:of|for) (?:the |our )?(?:base|foundation) model|(?:base|foundation) model'?s? (?:was|were|is|data|train\w*)|from scratch|stage[- ]?1|annealing|mid-?train\w*|corpus|corpora)\b|预训练|从头训练|从零训练`)
	fineStage = pattern.MustCompile(`\b(fine-?tun\w*|sft|instruct\w*|dpo|rlhf|ppo|grpo|orpo|preferences?|alignment|aligned|post-?train\w*|chat|rl|rlvr|reinforcement|reward|distill\w*|feedback|dialogues?|conversation\w*)\b|微调|精调|指令|对齐|强化学习|偏好|人类反馈`)
	evalStage = pattern.MustCompile(`\b(eval\w*|benchmark\w*|test ?(set|data)s?|testing|leaderboard|humaneval\w*|mmlu|mbpp\w*|gsm8k|accuracy|scored?|results?|validation|decontaminat\w*|arena|performance)\b|评测|测试`)
	asideData = pattern.MustCompile(`\b(toy|demo|example|sample[sd]?|your own|custom|assets?|format|tutorial|quick ?start|small dataset|by default|simple|you can (find|use|try)|anno\w*ions?|tokenizer|vae|logo|badge of)\b|样例|示例`)
	trainData = pattern.MustCompile(`\b(train\w*|pre-?train\w*|fine-?tun\w*|sft|dpo|rl|rlhf|corpus|corpora|instruct\w*|data ?sets?|data|mix(ture)?|preference)\b|训练|语料|数据|微调`)
	howTo     = pattern.MustCompile(`^(to |please|download|run|use |you |see |follow|for training|for (the )?fine-?tuning|here|in this (tutorial|example)|this will)|\bfollowing (command|script)`)
)

// stages says which training a statement is about: from its words, or, when
// they do not tell, from whose page it is on.
func (r *dataReader) stages(role audit.Role, words string) []string {
	pre, fine := preStage.MatchString(words), fineStage.MatchString(words)
	if role == audit.RoleBase {
		if fine && !pre {
			return nil // what the base's page says of tuning is not its own data
		}
		return []string{preData}
	}
	switch {
	case r.lineage == foreignBase:
		return []string{fineData} // even continued pre-training comes after the base's
	case pre && fine, r.lineage == selfBase && !fine:
		return []string{preData, fineData}
	case pre:
		return []string{preData}
	}
	return []string{fineData}
}

// entryName matches the name at the start of an entry of a list: "1. **falco-song**:".
var entryName = pattern.MustCompile("^\\s*(?:[-*+•]|\\d+[.)])\\s*(?:\\*\\*|`)([\\w.-]+)(?:\\*\\*|`)")

// otherEntry reports whether a passage is a list's entry on a checkpoint whose
// name goes on after the model's: "falco-song" where "falco" is audited.
func (r *dataReader) otherEntry(p passage) bool {
	m := entryName.FindSubmatch(p.doc.Body[p.span.Start:p.span.End])
	if m == nil {
		return false
	}
	rest, ok := strings.CutPrefix(strings.ToLower(string(m[1])), strings.ToLower(path.Base(r.id())))
	return ok && rest != "" && strings.ContainsRune("-_", rune(rest[0]))
}

// othersModels are headings under which pages tell what others made.
var othersModels = pattern.MustCompile(`\b(?:community|acknowledg\w*|related|credits|ecosystem|awesome|thanks|baselines?)\b`)

// aboutPretraining reports whether a page below the top is about pre-training or
// its data as a whole, as its first sentences say: what it says of dialogues or
// instructions is then a kind of text, not a later training.
func (r *dataReader) aboutPretraining(d *audit.Document) bool {
	if d.Kind == audit.DocModelCard || mainPage(d) {
		return false
	}
	var text strings.Builder
	prose := r.prose(d)
	for _, p := range prose[:min(len(prose), introSentences)] {
		text.WriteString(p.text + " ")
	}
	return preStage.MatchString(text.String()) && !fineStage.MatchString(text.String())
}

// sentence reads one passage.
func (r *dataReader) sentence(p passage, role audit.Role) {
	p.text = withoutAdjective(p.text)
	context := p.text + " " + p.heading
	if evalStage.MatchString(context) || asideData.MatchString(p.text) || othersModels.MatchString(p.heading) {
		return
	}
	stages := r.stages(role, context)
	if r.lineage != foreignBase && r.aboutPretraining(p.doc) {
		stages = []string{preData}
	}
	if role == audit.RoleBase && fineStage.MatchString(p.heading) && !preStage.MatchString(context) {
		return // what the base's page says of tuning is not its own data
	}
	if howTo.MatchString(p.text) && !preStage.MatchString(context) {
		return
	}
	if promised.MatchString(p.text) || r.forUsers(p) {
		return // data that is to come, or that users may tune on, is none of the model's
	}
	value, note := r.disclosure(p, context)
	if value == "downloadable" && role == audit.RoleEnd && r.subject.Base == "" && !preStage.MatchString(context) && !trainWord.MatchString(context) {
		stages = []string{fineData} // that the makers publish data does not tell that the base was trained on it
	}
	doubt := r.unsettled(p, role, value)
	if doubt == otherData && value == "described" {
		return
	}
	if doubt != "" {
		for _, fact := range stages {
			r.doubts = append(r.doubts, audit.From(p.doc, fact, audit.NotFetched, doubt))
		}
		return
	}
	if value == "described" && denial.MatchString(p.text) && !trainedOn.MatchString(p.text) {
		value = "" // to withhold data is not to describe it
	}
	if value != "" && r.otherEntry(p) {
		for _, fact := range stages {
			r.found = append(r.found, audit.From(p.doc, fact, audit.NotFetched, "The page says this of another checkpoint, and of this one it says nothing."))
		}
		return
	}
	for _, fact := range stages {
		if denial.MatchString(p.text) {
			denied := strings.TrimSuffix(fact, ".disclosure") + ".denied"
			r.found = append(r.found, audit.Observe(p.doc, denied, "true", p.span, "The page says that data is not open."))
		}
		if value != "" {
			r.found = append(r.found, audit.Observe(p.doc, fact, value, p.span, note))
		}
	}
}

// usersTune matches a statement that others may tune the model.
var usersTune = pattern.MustCompile(`\b(?:can|may|could) (?:also |easily |then )?be (?:further )?fine-?tuned\b|\bfine-?tun\w* (?:it |the model |this model )?(?:on|with) your\b`)

// forUsers reports whether a passage stands in a section that shows users how to
// tune the model and does not itself tell what the makers did.
func (r *dataReader) forUsers(p passage) bool {
	guides, known := r.guides[p.doc]
	if !known {
		for _, q := range r.prose(p.doc) {
			if q.heading != "" && usersTune.MatchString(q.text) {
				guides = append(guides, q.heading)
			}
		}
		r.guides[p.doc] = guides
	}
	return !selfTold.MatchString(p.text) && slices.ContainsFunc(guides, func(h string) bool {
		return p.heading == h || strings.HasPrefix(p.heading, h+" / ")
	})
}

// promised matches a statement that data will be there some day.
var promised = pattern.MustCompile(`\b(coming soon|stay tuned|(will|to) be (\w+ )?(released|shared|published|available|open-?sourced|made (\w+ )?(available|public))|(will|plan(ning|s)? to|hope to|intend to) (\w+ )?(release|share|publish|open-?source))\b`)

// promisedAt reports whether the sentence at an offset promises what it links.
func (r *dataReader) promisedAt(d *audit.Document, at int) bool {
	p, ok := r.passageAt(d, at)
	return ok && promised.MatchString(p.text)
}

// A lineage says where a model's base comes from.
type lineage int

const (
	selfBase    lineage = iota // the model is its own base
	kinBase                    // tuned from a base of the same makers
	foreignBase                // tuned from a base of other makers
)

// lineage decides from the base that is given, else from what the model's own
// pages say that it was made from.
func (in *input) lineage() lineage {
	s := in.subject
	switch {
	case s.Base == s.ID && s.Base != "":
		return selfBase
	case s.Base != "" && identity.SameMaker(identity.Owner(s.Base), identity.Owner(s.ID)):
		return kinBase
	case s.Base != "" || in.derived() || in.unnamedBase() != nil:
		return foreignBase
	case identity.Tuned(s.ID):
		return kinBase
	}
	return selfBase
}

var (
	// madeFrom is a statement of what this model was made from.
	madeFrom = pattern.MustCompile(`(?i)\b(?:this model|it|we|our (?:\w+ )?models?|(?:is|are) an? [\w\s/(),.+-]{0,60}|(?:is|are|was|were)|that is)\b[^.]{0,80}?\b(?:fine-?tuned?|built|based|initiali[sz]ed|derived|adapted|tuned)\b(?: version)?\s?(?:on top of|upon|from|of|on|based on)\s(?:the |a |an )?((?s:.{3,200}))|\bis an? ((?s:.{3,160}?))\s(?:model |LLM )?(?:that was |which was )?(?:fine-?tuned|adapted|further (?:pre-?)?trained)`)
	// versioned matches a model's name with a version or size at the start of a phrase.
	versioned = pattern.MustCompile("^[\\[`*\"']*[A-Z][A-Za-z]+[- ]?[A-Za-z]*[- ]?v?\\d[\\w.-]*")
)

// derived reports whether the model was made from somebody else's: its own
// card or front page says so, or pages of another maker's base were found.
func (in *input) derived() bool {
	for _, d := range in.basePages() {
		if !identity.SameMaker(identity.Owner(d.PlaceID), identity.Owner(in.subject.ID)) {
			return true
		}
	}
	for _, d := range in.makers() {
		if d.Kind != audit.DocModelCard && (d.Kind != audit.DocReadme || strings.Contains(d.Path, "/")) {
			continue
		}
		for _, p := range in.prose(d) {
			if p.kind != card.Row && !othersTitle.MatchString(p.heading) && !strings.Contains(p.text, "model card") && in.derives(string(d.Body[p.span.Start:p.span.End])) {
				return true
			}
		}
	}
	return false
}

// derives reports whether a sentence says that this model was made from
// somebody else's: a link to a model of other makers, or a name with a version.
func (in *input) derives(sentence string) bool {
	for _, m := range madeFrom.FindAllStringSubmatch(sentence, -1) {
		from := m[1] + m[2]
		if linked := modelLinks([]byte(from)); len(linked) > 0 {
			return !identity.SameMaker(identity.Owner(linked[0].value), identity.Owner(in.subject.ID))
		}
		if name := versioned.FindString(from); name != "" && !notModel.MatchString(from[:min(len(from), 60)]) && !identity.SameFamily(name, in.subject.ID) {
			return true
		}
	}
	return false
}
