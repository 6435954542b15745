package observe

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/weights"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// cards says whether a model card is published and how much of what a model
// card should say (Mitchell et al. 2019) it says.
func cards(in *input) []audit.Observation {
	var out []audit.Observation
	for _, d := range in.ownCards() {
		out = append(out, in.cardOf(d)...)
	}
	for _, d := range in.OwnTexts() {
		out = append(out, in.paperCard(d)...)
	}
	return in.sectionsInDoubt(out)
}

// sectionsInDoubt leaves open which sections there are where a card was not
// looked at: a list that may be longer tells of nothing that it lacks.
func (in *input) sectionsInDoubt(found []audit.Observation) []audit.Observation {
	lost := in.lookAtCard(true).Lost
	if len(lost) == 0 {
		return found
	}
	found = slices.DeleteFunc(found, func(o audit.Observation) bool { return o.Fact == "card.sections" })
	for _, u := range lost {
		found = append(found, audit.From(u.Document, "card.sections", u.Finding, "It may have more: "+u.Why))
	}
	return found
}

// ownCards are the cards of the model: its page on a hub, and where that tells next to nothing a file of
// its repository that is called so, which may be on another size or version.
func (in *input) ownCards() []*audit.Document {
	var onHub, inRepository []*audit.Document
	worded, told := false, false
	for _, d := range in.Makers() {
		switch {
		case d.Kind == audit.DocModelCard:
			onHub = append(onHub, d)
			worded = worded || document.Readable(d) && !in.wordless(d)
			told = told || readCard(in.Card(d), in.Prose(d)).substance() != "minimal"
		case document.CardLike(d):
			inRepository = append(inRepository, d)
		}
	}
	switch {
	case told:
		return onHub
	case worded: // then the repository's must be on the model by its title
		inRepository = slices.DeleteFunc(inRepository, func(d *audit.Document) bool {
			return in.Page(d).Aside != "" || !in.TellsOfModel(d)
		})
	}
	return append(onHub, inRepository...)
}

// modelCardTopics are the sections of a model card, in the order in which they are
// listed. Their headings and the words of a statement on each are in the phrase
// book (section.yaml, card.yaml).
var modelCardTopics = []string{"details", "uses", "limitations", "training data", "training procedure", "evaluation",
	"environment", "citation", "contact"}

// coreTopics are the sections by which a reader can judge the model: what it is,
// how it was made, how it was evaluated and where it fails.
var coreTopics = []string{"details", "limitations", "training data", "training procedure", "evaluation"}

// belowHeading are words that tell of a topic where a heading announces it, and
// may mean something else where none does.
const belowHeading = "card.sections.below"

// The topics of headings below which nothing is said of the model.
const (
	running        = "running" // how it is called
	either         = "use"     // how it is called, where code stands below it; else what it is for
	cardAside      = "aside"   // licences, news, thanks
	fileFormat     = "format"  // in which format the files are
	minSectionText = 40        // bytes of a short sentence
)

// The measure of a card. Experts call a card partial that is mostly on how to run
// the model, and open one that tells of the model itself, whatever its sections
// are called. So a card is full if it tells a page's worth of the model, most of
// what it tells is that, and core sections have headings of their own; or if it
// fills the form, however briefly. A card of a sentence or two is minimal. The
// numbers are fitted on experts' judgements, in five folds.
const (
	fullProse    = 1200 // bytes of statements on the model
	partialProse = 200
	mostly       = 0.5 // of all statements
	fullHeaded   = 2   // core sections below headings of their own: less is a page, not a form
	fullForm     = 6   // sections that are filled, the form's own among them
)

// formTopics are the sections that a filled form has below headings of their own.
var formTopics = []string{"limitations", "training data", "evaluation"}

// A cardReading is what a card says, passage by passage.
type cardReading struct {
	sections []cardSection
	ofModel  int  // bytes of statements on the model
	ofElse   int  // bytes of statements on running it, licences and the like
	headed   int  // how many core sections have headings of their own
	form     bool // all that the form asks for have

	announced map[string]bool // topics that a heading announces and something below it fills
}

// A cardSection is what a card says on one topic.
type cardSection struct {
	topic  string
	span   audit.Span
	headed bool // a heading announces it
	told   bool // its words are on the topic
	states bool // it says something, and is no advice
}

// firstStatement is the first passage that says what a card's model is, or else that
// tells something of it, and whether it does: advice on what to use instead, a licence,
// a part or the base shows least of a card.
func (in *input) firstStatement(prose []page.Passage) (at int, tells bool) {
	names := func(p page.Passage) bool {
		return in.FamilyWord.MatchString(p.Text) && !document.NewsItem.MatchString(p.Text)
	}
	tellsIt := func(p page.Passage) bool {
		return whose.ModeOf(p.Text) != audit.Advice && !leadsOn.MatchString(p.Text) && !advice.MatchString(p.Text) &&
			(!weights.UnderLicence.MatchString(p.Text) || document.TrainWord.MatchString(p.Text)) && !partSubject.MatchString(p.Text) &&
			!caption(p) && !ofFormat.MatchString(p.Text) && !bareField.MatchString(p.Text) &&
			!ofNoModel(string(p.Raw())) && (names(p) || in.Speaker.SubjectOf(string(p.Raw()), "") != audit.AboutBase)
	}
	defining := func(p page.Passage) bool { return tellsIt(p) && defines.MatchString(p.Text) }
	for n, fits := range []func(page.Passage) bool{
		func(p page.Passage) bool { return names(p) && defining(p) }, defining,
		func(p page.Passage) bool { return names(p) && tellsIt(p) && !weights.SaysGiven(p.Text) },
		tellsIt, names, func(page.Passage) bool { return true }} {
		if i := slices.IndexFunc(prose, func(p page.Passage) bool { return states(p) && fits(p) }); i >= 0 {
			return i, n < 3
		}
	}
	return -1, false
}

// caption reports whether a passage only leads to what stands below it, and does not say what the model is.
func caption(p page.Passage) bool {
	return strings.HasSuffix(strings.TrimRight(p.Text, " *_"), ":") &&
		(!defines.MatchString(p.Text) || below.MatchString(p.Text))
}

// below matches a sentence that begins with the place of what it leads to.
var below = phrases.ExpressionOf("observe.below")

// partSubject matches a statement whose subject is a part of a model or what it was made with.
var partSubject = phrases.ExpressionOf("observe.part-subject")

// advice matches words by which a reader is told what to do.
var advice = pattern.MustCompile(`(?i)\byou (?:probably |can |may |might )?(?:should|must|need)\b|\bplease\b`)

// cardOf reads one card.
func (in *input) cardOf(d *audit.Document) []audit.Observation {
	c := in.Card(d)
	if len(strings.TrimSpace(c.Text(c.Body))) < minSectionText {
		return nil
	}
	head := audit.Span{Start: c.Body.Start, End: min(c.Body.End, c.Body.Start+200)}
	prose := in.Prose(d)
	i, tells := in.firstStatement(prose)
	if i >= 0 {
		head = page.Clip(c.Source, prose[i].Span, prose[i].Span.Start)
	}
	out := []audit.Observation{audit.Observe(d, "card.published", "true", head, "A model card is served.")}
	r := readCard(c, prose)
	if tells && !slices.ContainsFunc(r.sections, func(s cardSection) bool {
		return s.topic == "details" || s.states && slices.Contains(coreTopics, s.topic)
	}) { // else the card would be quoted by a table or by how the model is installed
		r.sections = append(r.sections, cardSection{topic: "details", span: head, states: true})
	}
	for _, s := range r.sections {
		if s.topic == "details" && (tells || !s.told && i >= 0) {
			s.span = head // what the model is, rather than any of its details
		}
		out = append(out, audit.Observe(d, "card.sections", s.topic, s.span, "What the card says on it."))
	}
	quote := head
	if len(r.sections) > 0 {
		quote = telling(r.sections).span
	}
	note := fmt.Sprintf("The card fills %d of %d sections of a model card; %d bytes of its statements are on "+
		"the model, %d on its use and other matters.",
		len(r.sections), len(modelCardTopics), r.ofModel, r.ofElse)
	return append(out, audit.Observe(d, "card.substance", r.substance(), quote, note))
}

// substance grades a card.
func (r *cardReading) substance() string {
	switch most := float64(r.ofModel) >= mostly*float64(r.ofModel+r.ofElse); {
	case r.ofModel >= fullProse && most && r.headed >= fullHeaded && r.judgeable(),
		r.form && len(r.sections) >= fullForm:
		return "full"
	case r.ofModel >= partialProse:
		return "partial"
	}
	return "minimal"
}

// judgeable reports whether a card says what the model is for or where it fails, or else
// all but one of what a reader judges it by.
func (r *cardReading) judgeable() bool {
	core := 0
	for _, s := range r.sections {
		if s.topic == "uses" || s.topic == "limitations" {
			return true
		}
		if slices.Contains(coreTopics, s.topic) {
			core++
		}
	}
	return core >= len(coreTopics)-1
}

// readCard reads the statements of a card in the order of the page.
func readCard(c *page.Page, prose []page.Passage) *cardReading {
	r := &cardReading{announced: make(map[string]bool)}
	found := make(map[string]cardSection)
	filled := make(map[string]int) // bytes below a heading on a topic
	headings := make(map[string]announced)
	code := codeBelow(c)
	for _, p := range prose {
		above, known := headings[p.Heading]
		if !known {
			above = announces(p.Heading, code)
			headings[p.Heading] = above
		}
		topics, use := above.topics, above.runs
		if !fills(p, of(topics, "limitations") || of(topics, "uses")) || document.NewsItem.MatchString(p.Text) {
			continue
		}
		if of(topics, fileFormat) {
			r.ofElse += len(p.Text)
			continue
		}
		aside := of(topics, cardAside)
		if p.Kind != page.Row && longEnough(p) {
			if size := len(sources.Address.ReplaceAllString(p.Text, "")); aside || use || of(topics, "citation") ||
				of(topics, "contact") {
				r.ofElse += size
			} else {
				r.ofModel += size
			}
		}
		r.fill(p, topics, use, found, filled)
	}
	for _, topic := range modelCardTopics {
		if s, ok := found[topic]; ok {
			r.sections = append(r.sections, s)
			if r.announced[topic] && slices.Contains(coreTopics, topic) {
				r.headed++
			}
		}
	}
	if !slices.ContainsFunc(r.sections, func(s cardSection) bool {
		return s.topic != "citation" && s.topic != "contact"
	}) {
		r.sections = nil // whom to cite and to write to tells nothing of a model
	}
	r.form = r.announced["limitations"] && r.announced["evaluation"] && (r.announced["training data"] ||
		r.announced["training procedure"])
	return r
}

// fill notes the topics on which a passage says something: those of its words,
// and those of the heading above it where as much as a sentence stands below it.
func (r *cardReading) fill(p page.Passage, topics []phrases.Match, use bool, found map[string]cardSection,
	filled map[string]int) {
	text := p.Raw()
	said := make(map[string]bool) // topics, and whether only below a heading on them
	for _, m := range phrases.Default().Of("card.sections", belowHeading).Find(text) {
		if m.Phrase.Value == "uses" && bytes.HasSuffix(text[:m.Start], []byte(" as ")) {
			continue // "is not guaranteed to work as intended"
		}
		weak, known := said[m.Phrase.Value]
		said[m.Phrase.Value] = m.Phrase.Fact == belowHeading && (weak || !known)
	}
	if citationKey.Match(text) {
		said["citation"] = false
	}
	aside, denied := ofNoModel(string(text)) || ofFormat.MatchString(p.Text), !affirms(p)
	better := func(topic string, headed, told bool) {
		if aside && topic != "citation" && topic != "contact" || denied && topic != "limitations" && topic != "uses" {
			return
		}
		old, ok := found[topic]
		s := cardSection{topic, p.Span, headed, told, p.Kind != page.Row && whose.ModeOf(string(text)) != audit.Advice}
		if ok && s.worth() <= old.worth() {
			s = old
		}
		found[topic] = s
		r.announced[topic] = r.announced[topic] || headed
	}
	for topic, weak := range said {
		if topic == "evaluation" && !longEnough(p) && !result.MatchString(p.Text) {
			continue // the name of a measure without its value
		}
		headed := of(topics, topic) || making(topic) && (of(topics, "training data") ||
			of(topics, "training procedure"))
		if topic == "training data" && !tellsData(text) || making(topic) && ofConversion.MatchString(p.Text) ||
			!headed && (strays(topic, topics) ||
				topic == "evaluation" && ofSpeed.MatchString(p.Text) && !result.MatchString(p.Text) ||
				topic == "training procedure" && faster.MatchString(p.Text) || topic == "uses" && measured(said)) {
			continue
		}
		if headed || !weak && !use && p.Kind != page.Row && longEnough(p) {
			better(topic, headed, true)
		}
	}
	for _, m := range topics {
		topic := cmp.Or(alike[m.Phrase.Value], m.Phrase.Value)
		if _, words := said[topic]; topic == cardAside || topic == running || words ||
			topic == "uses" && page.Introduces(bytes.TrimSpace(text)) {
			continue // what leads to a program tells how, and not what for
		}
		filled[topic] += len(sources.Address.ReplaceAllString(p.Text, ""))
		needsWords := making(topic) || topic == "evaluation" || topic == "environment" // it may point elsewhere
		if filled[topic] >= minSectionText && (!needsWords || !readWords[m.Phrase.Lang]) {
			better(topic, true, false)
		}
	}
}

// tellsData reports whether a passage that speaks of what a model was trained on says more
// of it than that it is much or good.
func tellsData(text []byte) bool {
	if !vagueData.Match(text) {
		return true
	}
	rest := vagueData.ReplaceAll(text, []byte(" "))
	return slices.ContainsFunc(phrases.Default().Of("card.sections").Find(rest), func(m phrases.Match) bool {
		return m.Phrase.Value == "training data"
	})
}

// ofSpeed matches words for programs, whether and how fast they run a model, which measure no answers of it.
var ofSpeed = phrases.ExpressionOf("observe.of-speed")

// ofConversion matches words for what a conversion to fewer bits used, which trained nothing.
var ofConversion = phrases.ExpressionOf("observe.of-conversion")

// ofFormat matches a statement on a format of files, or on what a conversion into it was made with.
var ofFormat = phrases.ExpressionOf("observe.of-format")

// faster matches words that set the speed of a training beside that of others.
var faster = phrases.ExpressionOf("observe.faster")

// measured reports whether a passage is on how a model was measured, which may serve "for" something itself.
func measured(said map[string]bool) bool { _, ok := said["evaluation"]; return ok }

// vagueData matches words for data that tell neither what it is nor how much of it there is.
var vagueData = phrases.ExpressionOf("observe.vague-data")

// strays reports whether a topic is spoken of below a heading on what the model is for,
// where it fails or how good it is, and so in passing: a demonstration "that it can be tuned
// to achieve much" is a limitation there, and no evaluation.
func strays(topic string, announced []phrases.Match) bool {
	if !making(topic) && topic != "evaluation" {
		return false
	}
	elsewhere := false
	for _, m := range announced {
		switch m.Phrase.Value {
		case "details", "training data", "training procedure":
			return false
		case "limitations", "uses", "evaluation", "environment", "citation", "contact":
			elsewhere = true
		}
	}
	return elsewhere
}

// making reports whether a topic is on how the model was made: its data and its
// procedure stand below each other's headings.
func making(topic string) bool { return topic == "training data" || topic == "training procedure" }

// readWords are the languages in which the phrase book knows what a statement on
// each topic says. In others a heading and text below it must do.
var readWords = map[string]bool{"en": true, "zh": true, "de": true}

// alike are the topics that a heading stands for by another name.
var alike = map[string]string{either: "uses"}

// An announced is what the headings above a passage announce.
type announced struct {
	topics []phrases.Match
	runs   bool // how the model is called
}

// announces gives what the innermost heading that announces anything announces.
// Below one on the use of a model code tells that it is on how to call it.
func announces(heading string, code []string) announced {
	parts := strings.Split(heading, " / ")
	for i := len(parts) - 1; i >= 0; i-- {
		m := phrases.Default().Of("section").FindString(parts[i])
		if len(m) == 0 {
			continue
		}
		if i := slices.IndexFunc(m, func(m phrases.Match) bool { return m.Phrase.Value == fileFormat }); i >= 0 {
			return announced{m[i : i+1], true}
		}
		a := announced{m, of(m, running)}
		if of(m, either) && !of(m, "uses") && !a.runs {
			above := strings.Join(parts[:i+1], " / ")
			a.runs = slices.ContainsFunc(code, func(h string) bool {
				return h == above || strings.HasPrefix(h, above+" / ")
			})
		}
		a.runs = a.runs && !of(m, "training data") && !of(m, "training procedure")
		return a
	}
	return announced{}
}

// codeBelow lists the headings below which code stands.
func codeBelow(c *page.Page) []string {
	var headings []string
	for _, code := range c.Code {
		if h := strings.ToLower(c.Below(code.Section)); !slices.Contains(headings, h) {
			headings = append(headings, h)
		}
	}
	return headings
}

// of reports whether headings announce a topic.
func of(topics []phrases.Match, topic string) bool {
	return slices.ContainsFunc(topics, func(m phrases.Match) bool { return m.Phrase.Value == topic })
}

var (
	// result is a number on its own; "F1" is none.
	result      = pattern.MustCompile(`(^|[\s:=(|])\d[\d.,]*%?($|[\s)|;])`)
	citationKey = pattern.MustCompile(`@\w+\{`)
)

// worth orders what may be quoted for a topic, and the sections of a card: by
// words on the topic, by a topic that the form asks for, by a heading of its own;
// of equal ones a statement goes before advice.
func (s cardSection) worth() int {
	return document.Weigh(s.states, s.headed, slices.Contains(formTopics, s.topic), s.told)
}

// telling is the section that shows best what a card says.
func telling(sections []cardSection) cardSection {
	return slices.MaxFunc(sections, func(a, b cardSection) int { return a.worth() - b.worth() })
}
