package observe

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/weights"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a quote is worth. Of several that show one fact the first is the one
// that a sceptic would accept: a whole sentence on this model that says the
// thing itself. A file's name, a row of links or half a sentence comes later.

// indirectNotes begin the notes of observations that show a fact only by way of
// something else.
var indirectNotes = phrases.ExpressionOf("observe.indirect-notes")

// describe says of each quote how it was read, and whether it shows its fact
// only indirectly.
func (in *input) describe(found []audit.Observation) {
	for i := range found {
		o := &found[i]
		if o.Finding != audit.Present {
			continue
		}
		o.About, o.Mode = audit.AboutOwn, audit.Done
		if o.Role == audit.RoleBase {
			o.About = audit.AboutBase
		}
		switch {
		case strings.HasSuffix(o.Fact, ".denied"), o.Fact == "model.closed":
			o.Mode = audit.DeniedMode
		case strings.HasSuffix(o.Fact, ".gate") && o.Value != "none":
			o.Mode = audit.Conditional
		}
		d := in.Document(o)
		prose := d == nil || document.ProsePage(d)
		if d != nil && prose {
			o.Stage = in.stageOfQuote(d, o)
			if mode := whose.ModeOf(o.Quote); o.Mode == audit.Done && (mode == audit.Advice || mode == audit.Quoted) {
				o.Mode = mode
			}
			if who := in.Speaker.SubjectOf(strings.TrimLeft(o.Quote, data.QuoteMarks), ""); who == audit.AboutBase {
				o.About = who
			}
		}
		o.Indirect = indirectNotes.MatchString(o.Note) || prose && in.onlyUses(o) ||
			strings.HasSuffix(o.Fact, ".gate") && o.Value == "none" && strings.Contains(o.Note, "asks")
	}
}

// stageOfQuote says of which stage a quote speaks: in a paper its place tells most.
func (in *input) stageOfQuote(d *audit.Document, o *audit.Observation) audit.Stage {
	if document.IsText(d) && sources.HasHubModel(in.Subject) {
		return data.StageAt(in.data.PaperOutline(d), in.ServedBody(d), audit.Span{Start: o.Start, End: o.End},
			in.FamilyWord)
	}
	return whose.StageOf(o.Quote)
}

// declaresData matches front matter that lists data sets: what for, it does not say.
var declaresData = pattern.MustCompile(`^\s*datasets\s*:`)

// onlyUses reports whether a quote shows how a reader uses what it is about, or
// declares it for the hub's search: that the makers gave it out follows from that,
// and they do not say it there.
func (in *input) onlyUses(o *audit.Observation) bool {
	switch {
	case strings.HasSuffix(o.Fact, ".published") && strings.HasPrefix(o.Fact, "weights."):
		return document.CallsModel.MatchString(o.Quote) || document.Barely(o.Quote) ||
			weights.OnlyLicensed(o.Quote) || weights.OnlyLeads(o.Quote) ||
			weights.OnlyAccount(o.Quote, in.weights.OfferedID(o.Fact)) ||
			o.Fact == weights.EndSlot.Published && in.weights.BeforeTuning(o.Quote)
	case strings.HasPrefix(o.Fact, "weights."):
		return document.CallsModel.MatchString(o.Quote) || document.Barely(o.Quote)
	case strings.HasPrefix(o.Fact, "paper."):
		return o.Value != "related" && !in.saysWhosePaper(o)
	case strings.HasPrefix(o.Fact, "data."):
		return declaresData.MatchString(o.Quote) || strings.HasPrefix(o.Note, data.FrontNote)
	case strings.HasPrefix(o.Fact, "code."):
		return document.Barely(o.Quote) && !strings.Contains(o.Note, "called so")
	}
	return false
}

// shortQuote is the least length of a quote that reads well, in bytes.
const shortQuote = 25

// tellingWords are, by the beginning of a fact's name, what a sentence says that
// shows the fact by itself.
var tellingWords = phrases.TableOf("observe.telling", "docs.hardware", "docs.architecture", "data.", "code.",
	"weights.", "datasheet.", "license.", "card.")

var (
	finiteVerb = phrases.ExpressionOf("observe.finite-verb")
	halfBegin  = pattern.MustCompile(`^(?:[a-z]\w* |[,;:.)]|and\b|which\b|that\b)`)
	firstToSay = pattern.MustCompile(`(?i)\b(?:we|our|this model|this repository)\b|我们|本模型|本项目`)
	endsAWhole = pattern.MustCompile("[.!?。！？:|)\"'`\\]>*]\\s*$")
)

// convinces says how well a quote shows its fact by itself: the higher, the
// better.
func (in *input) convinces(o *audit.Observation) int {
	if o.Finding != audit.Present {
		return -1
	}
	d := in.Document(o)
	if strings.HasPrefix(o.Fact, "paper.") {
		return in.showsPaper(o, strings.TrimSpace(o.Quote))
	}
	switch official := d == nil || !document.ProsePage(d); {
	case official && strings.HasPrefix(o.Fact, "weights."):
		return 3 * weights.StatedOffer // the hub's own list
	case official && o.Indirect:
		return 3 // a file's name, which any word on the file says more than
	case official:
		return 6 // a hub's or forge's answer, an archive's record: short, but official
	}
	quote := strings.TrimSpace(o.Quote)
	if strings.HasSuffix(o.Fact, ".published") && strings.HasPrefix(o.Fact, "weights.") {
		return in.offered(o, quote)
	}
	worth := 5 + in.saysItself(o, quote) + in.closeness(o, quote) - doubtfulCode(o, quote) - badlyRead(o, quote)
	if o.Fact == "card.sections" {
		worth += in.tellsOfCard(o, quote)
	}
	if strings.HasPrefix(o.Fact, "data.") && weights.OnTheWay.MatchString(quote) {
		worth -= 4
	}
	if o.Note == data.PartNote {
		worth += 4 // it shows why this is not all
	}
	if o.Indirect {
		worth -= 3
	}
	return worth
}

// saysItself says how much of the fact a quote says in so many words, as a sentence on this model or its base.
func (in *input) saysItself(o *audit.Observation, quote string) int {
	worth := 0
	for _, t := range tellingWords {
		if strings.HasPrefix(o.Fact, t.Label) {
			worth += min(3, len(t.FindAllString(quote, 4)))
		}
	}
	if finiteVerb.MatchString(quote) {
		worth += 2
	}
	switch {
	case firstToSay.MatchString(quote), whose.Bears(quote, in.Speaker.Own):
		worth += 3
	case o.About == audit.AboutBase:
		worth++
	}
	return worth
}

// badlyRead says how much less a quote shows by its form: links alone, a row, half a sentence, too short, too long.
func badlyRead(o *audit.Observation, quote string) int {
	less := 0
	switch {
	case document.Barely(quote):
		less += 5
	case strings.HasPrefix(quote, "|"), strings.HasPrefix(quote, "<t"):
		less += 2
	}
	ofCode := strings.HasPrefix(o.Fact, "code.")
	if !ofCode && (halfBegin.MatchString(quote) || strings.HasSuffix(strings.TrimRight(quote, "*_ "), ":")) {
		less += 3
	}
	if !endsAWhole.MatchString(quote) {
		less++
	}
	if len(quote) < shortQuote || len(quote) > page.LongQuote {
		less += 2
	}
	if links := strings.Count(quote, "](http"); links > 4 || links > 2 && ofCode {
		less += 2
	}
	return less
}

// ofParts matches a command that trains a part of a model.
var ofParts = pattern.MustCompile(`(?i)\b(?:train|run)[\w/]*_?(?:vae|vq_?gan|vocoder|tokeni[sz]er|autoencoder)\b`)

// doubtfulCode says how much less a quote shows of code: a command that must be filled
// in, a training of a part.
func doubtfulCode(o *audit.Observation, quote string) int {
	less := 0
	if !strings.HasPrefix(o.Fact, "code.") {
		return 0
	}
	if document.Gap.MatchString(quote) {
		less += 2
	}
	if ofParts.MatchString(quote) {
		less += 4
	}
	return less
}

var (
	// tellsMuch are words of a statement that tells a reader what a model is.
	tellsMuch = phrases.ExpressionOf("observe.tells-much")
	// ofAnyModel matches words for a model and what is told of one.
	ofAnyModel = phrases.ExpressionOf("observe.of-any-model")
	// leadsOn matches a statement that leads its reader elsewhere.
	leadsOn = phrases.ExpressionOf("observe.leads-on")
	// asksReader matches what a reader is asked to do, and what a page says of itself.
	asksReader = phrases.ExpressionOf("observe.asks-reader")
)

// littleTold is the length up to which a statement tells little of a model.
const littleTold = 80

// tellsOfCard says how much a statement shows that a card tells of its model: what it
// is and how it was made more than how to cite it, news and advice.
func (in *input) tellsOfCard(o *audit.Observation, quote string) int {
	worth := min(3, len(tellsMuch.FindAllString(quote, 3)))
	if partSubject.MatchString(quote) {
		worth -= 3
	}
	if plain := weights.WithoutLinks(quote); !ofAnyModel.MatchString(plain) && !whose.Bears(plain, in.Speaker.Own) {
		worth -= 6 // what its makers did besides, for whom and in which mood
	}
	switch {
	case o.Value == "citation", o.Value == "contact":
		worth -= 20 // whatever else the card says goes first
	case bareField.MatchString(weights.WithoutLinks(quote)),
		strings.HasPrefix(quote, "http"):
		worth -= 8
	case document.NewsItem.MatchString(quote), o.Mode == audit.Advice, o.Mode == audit.Quoted,
		leadsOn.MatchString(quote), asksReader.MatchString(quote), strings.HasPrefix(quote, "|"),
		strings.HasPrefix(quote, "<t"):
		worth -= 8
	case strings.HasSuffix(strings.TrimRight(quote, "*_ "), ":"), len(quote) < littleTold && worth < 2:
		worth -= 3
	case o.About == audit.AboutBase && !whose.Bears(quote, in.Speaker.Own):
		worth -= 4 // what the base is shows little of this model's card
	case defines.MatchString(quote):
		worth += 4
	}
	return worth
}

// ofNoModel reports whether a passage of a card tells of no model: it says how to cite
// or install, or what the makers, their initiative or a script are, or is an image and no text.
func ofNoModel(quote string) bool {
	return citesAs.MatchString(quote) || installs.MatchString(quote) || tellsElse.MatchString(quote) ||
		onlyImage(quote)
}

// onlyImage reports whether a passage is an image with its caption, or several.
func onlyImage(text string) bool {
	return document.ImageMark.MatchString(text) && !document.Letter.MatchString(document.ImageMark.ReplaceAllString(text, ""))
}

var (
	installs = pattern.MustCompile(`^\W*(?:pip3?|conda|git|apt(?:-get)?|npm|python3?|docker|curl|wget) `)
	citesAs  = phrases.ExpressionOf("observe.cites-as")
	// tellsElse matches a statement that says what is no model: "Nest is an initiative for",
	// "The training script is a version of".
	tellsElse = phrases.ExpressionOf("observe.tells-else")
)

// bareField matches a field of a form with a short value: who made a model, in which
// language, of what type.
var bareField = phrases.ExpressionOf("observe.bare-field")

// defines matches a statement that says what something is, from its first words on.
var defines = phrases.ExpressionOf("observe.defines")

// closeness says how closely a quote names the very model that is judged, by the
// parts of its name: more for each that it gives; less where it names another
// version of the family, or links models and not this one.
func (in *input) closeness(o *audit.Observation, quote string) int {
	id := in.weights.OfferedID(o.Fact)
	named, squashed := 0, identity.Squash(quote)
	for _, part := range identity.Parts(path.Base(id)) {
		if part = identity.Squash(part); len(part) > 1 && strings.Contains(squashed, part) {
			named++
		}
	}
	worth := min(named, maxNamed)
	if in.OtherNumber(quote) {
		worth -= 4
	}
	if linked := document.ModelLinks([]byte(quote)); strings.HasPrefix(o.Fact, "weights.") && len(linked) > 0 {
		exact := slices.ContainsFunc(linked, func(r document.Reading) bool { return identity.SameName(r.Value, id) })
		switch {
		case exact:
			worth += 4
		case !slices.ContainsFunc(linked, func(r document.Reading) bool { return inSeriesEither(r.Value, id) }):
			worth -= 3
		}
	}
	return worth
}

// maxNamed bounds what the parts of a name are worth.
const maxNamed = 4

// inSeriesEither reports whether one of two ids names the series of the other.
func inSeriesEither(a, b string) bool { return identity.InSeries(a, b) || identity.InSeries(b, a) }

// bestFirst orders observations by fact and, of each fact, the quotes that
// convince most before others.
func (in *input) bestFirst(found []audit.Observation) {
	type ranked struct {
		audit.Observation
		worth int
	}
	list := make([]ranked, len(found))
	others := ofOtherPapers(found)
	for i := range found {
		list[i] = ranked{Observation: found[i], worth: in.convinces(&found[i])}
		list[i].worth -= others[document.PlaceOf(&found[i])]
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.Fact, b.Fact), cmp.Compare(b.worth, a.worth), byFactAndPlace(a.Observation,
			b.Observation))
	})
	for i := range list {
		found[i] = list[i].Observation
	}
}

// How much less a quote on a paper shows that is not the model's own.
const (
	ofBasePaper  = 8
	ofOtherPaper = 12
)

// ofOtherPapers lists where papers are named that are not the model's own, and how much
// less that shows.
func ofOtherPapers(found []audit.Observation) map[document.Place]int {
	others := make(map[document.Place]int)
	for i := range found {
		if fact, scope := strings.CutSuffix(found[i].Fact, ".scope"); scope && strings.HasPrefix(fact, "paper.") &&
			found[i].Finding == audit.Present {
			at := document.PlaceOf(&found[i])
			less := map[string]int{"base": ofBasePaper, "related": ofOtherPaper}[found[i].Value]
			others[at] = less // the scope's own quote
			at.Fact = fact
			others[at] = less
		}
	}
	return others
}

// offered says how well a quote shows by itself that the weights of the audited model,
// or of its base, are given out.
func (in *input) offered(o *audit.Observation, quote string) int {
	worth := 2*weights.OfferWorth(quote, in.weights.OfferedID(o.Fact)) + min(2, in.closeness(o, quote))
	if o.Fact == weights.EndSlot.Published && in.weights.BeforeTuning(quote) {
		worth = weights.SecondHand
	}
	if len(quote) > page.LongQuote || document.NewsItem.MatchString(weights.WithoutTags(quote)) {
		worth--
	}
	return worth
}
