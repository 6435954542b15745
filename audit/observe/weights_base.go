package observe

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// baseWeights says where the base model is and whether its weights can be had.
//
// A base that the publisher or the user names is looked at as the end model is.
// Where none is named, the pages of the model decide: a sibling published as
// the base; a model that was not tuned from anything and so is its own base; or
// a tuned model whose pages, read in full, offer no base.
func baseWeights(in *input, end []audit.Observation) []audit.Observation {
	id := in.subject.Base
	if p, ok := in.subject.Place(audit.HubModel, audit.RoleBase); ok && id == "" {
		id = p.ID
	}
	endID := hubID(in, audit.RoleEnd)
	if id != "" && !strings.EqualFold(id, endID) {
		root := in.rootBase(id)
		if d := in.madeFromOthers(root); d != nil {
			return unknownBase(d, "the base was itself made from another model, of which no page was read")
		}
		return namedBase(in, root)
	}
	if id != "" {
		return append(ownBase(in, end, true), fromScratch(in)...)
	}
	if out := derivedBase(in); len(out) > 0 {
		return out
	}
	if out := siblingBase(in, endID); len(out) > 0 {
		return out
	}
	return append(ownBase(in, end, false), fromScratch(in)...)
}

// scratch matches a statement that a model was trained from nothing.
var scratch = pattern.MustCompile(
	`(?i)\b(?:pre-?)?train(?:ed|ing)?\b[^.\n]{0,40}\b(?:from scratch|from the ground up)\b`,
)

// fromScratch looks for the publisher's word that the model has no base.
func fromScratch(in *input) []audit.Observation {
	for _, d := range in.ownPages() {
		for _, at := range scratch.FindAllIndex(d.Body, 10) {
			if span := in.said(d, at[0]); in.ofSubject(d, span) {
				return []audit.Observation{audit.Observe(d, "weights.base.own", "true", span, "the page says so")}
			}
		}
	}
	return nil
}

// namedBase looks for the weights of a base that is named by its id.
func namedBase(in *input, id string) []audit.Observation {
	out := hubWeights(in, baseSlot, id)
	out = append(out, in.saidWeights(out, append(in.basePages(), in.ownPages()...), in.basePages(), baseSlot, id,
		id)...)
	if !present(out, baseSlot.published) && !hubHoldsNone(out, baseSlot) {
		out = append(out, in.releasedByName(in.ownPages(), baseSlot, id)...)
		if !present(out, baseSlot.published) {
			out = append(out, in.paperWeights(in.baseTexts(), baseSlot, id)...)
		}
	}
	out = asksNothing(append(out, in.betterOffer(out, in.basePages(), baseSlot, id, id)...), baseSlot)
	if !present(out, baseSlot.gate) || !present(out, baseSlot.published) {
		out = append(out, in.gateInProse(in.basePages(), baseSlot, out)...)
	}
	for _, d := range in.ownPages() {
		if m := mentions(d.Body, id); len(m) > 0 {
			return append(out, audit.Observe(d, "weights.base.id", id, m[0], "the base as its publisher names it"))
		}
	}
	return out
}

// derivation matches a statement of what a model was made from.
var derivation = pattern.MustCompile(`(?i)(?:fine-?tun(?:ed?|ing)|trained|built|based|initiali[sz]ed|derived` +
	`|continued? pre-?train\w*)(?: version)?\s(?:on top of|upon|from|of|on|with)\s(?:the |a |an )?((?s:.{3,130}))` +
	`|\bis an? ([A-Za-z0-9 .-]{3,40}) model (?:fine-?tuned|adapted|further trained)`)

// newItem matches where a sentence ends without a full stop: at an empty line, an
// item of a list, a row of a table, a heading.
var newItem = pattern.MustCompile(`\n\s*(?:\n|[-*+|#>]|\d+\.)`)

// saysOther matches where a phrase that names a base ends and says something of
// what was made from it: "a fine-tuned version of Falco is [Condor]".
var saysOther = pattern.MustCompile(`\s(?:is|are|was|were|has been|have been)\s`)

// otherMade matches a line in which something other than a model was made from
// something: its card, its code, its data, a part of it.
var otherMade = pattern.MustCompile(`(?i)\b(?:model card|codebase|repository|code|dataset|tokenizer|encoder|decoder` +
	`|embedder|vae)\b[^.\n]{0,60}\b(?:based|built|derived|initiali[sz]ed)\b`)

// derivations lists what a text says a model was made from. A statement may stand
// within the reach of the one before it.
func derivations(body []byte) []reading {
	var found []reading
	for at, n := 0, 0; n < maxDerivations; n++ {
		m := derivation.FindSubmatchIndex(body[at:])
		if m == nil {
			break
		}
		from, next := derivedFrom(body, at, m)
		if from.value != "" {
			found = append(found, from)
		}
		at = next
	}
	return found
}

// maxDerivations bounds the statements that are read of one text.
const maxDerivations = 60

// derivedFrom reads one match of a derivation in body[at:], and says where to go on.
func derivedFrom(body []byte, at int, m []int) (reading, int) {
	start, end := at+m[2], at+m[3]
	if m[2] < 0 {
		start, end = at+m[4], at+m[5]
	}
	said := page.Line(body, at+m[0])
	if otherMade.Match(body[said.Start:said.End]) {
		return reading{}, start
	}
	from := body[start:end]
	for _, stop := range []*pattern.Regexp{newItem, saysOther} {
		if end := stop.FindIndex(from); end != nil {
			from = from[:end[0]]
		}
	}
	return reading{string(from), said}, start
}

// derivedBase reads a base that the pages name in words: a link in the sentence
// that says what the model was made from, or a given repository that is the
// base's own. A base that is named but of which no page was read is unknown.
func derivedBase(in *input) []audit.Observation {
	if pages := in.basePages(); len(pages) > 0 {
		if out := in.gateInProse(pages, baseSlot, nil); len(out) > 0 {
			return out
		}
	}
	for _, d := range in.ownPages() {
		if !mainPage(d) {
			continue
		}
		for _, from := range derivations(d.Body) {
			if !in.ofSubject(d, from.span) {
				continue
			}
			linked := modelLinks([]byte(from.value))
			if len(linked) > 0 && in.laterRelease(linked[0].value) {
				continue
			}
			if len(linked) > 0 && !in.sibling(linked[0].value) {
				note := "the page links the base that the model was made from"
				said := withLink(d.Body, from.span, linked[0].value)
				return append(in.ungated(d, baseSlot, said, note), audit.Observe(d, "weights.base.id", linked[0].value,
					said, note))
			}
			if m := in.foreignName(from.value); m != "" && !identity.SameFamily(m, in.id()) {
				return unknownBase(d, "made from or trained on "+m+", of which no page was read")
			}
		}
		// What siblings were made from is not what this one was, but it was hardly
		// made from nothing.
		for _, from := range derivations(in.kin[d]) {
			if len(bytes.TrimSpace(d.Body[from.span.Start:from.span.End])) > 0 {
				continue
			}
			m := in.foreignName(from.value)
			linked := modelLinks([]byte(from.value))
			if m != "" && !identity.SameFamily(m, in.id()) ||
				len(linked) > 0 && !in.related(linked[0].value) {
				return unknownBase(d, "siblings of it were made from another model")
			}
		}
	}
	return nil
}

// laterRelease reports whether a model of the same makers and family gives a later
// version than the audited one: that was made from no such.
func (in *input) laterRelease(linked string) bool {
	name := path.Base(in.id())
	mine, theirs := in.versionOf(name), in.versionOf(path.Base(linked))
	return theirs > max(mine, 1) && mine > 0 && identity.SameMaker(path.Dir(linked), path.Dir(in.id()))
}

// withLink extends a quoted line to the next ones, as far as a quote goes, where
// the model that it speaks of is linked there: many pages are wrapped by hand.
func withLink(body []byte, said audit.Span, id string) audit.Span {
	end := min(len(body), said.Start+page.LongestQuote)
	at := strings.Index(string(body[said.Start:end]), id)
	if at < 0 || said.Start+at < said.End {
		return said
	}
	if last := page.Line(body, said.Start+at).End; last <= end {
		said.End = last
	}
	return said
}

// unknownBase says of a base that nobody could look at it, and why.
func unknownBase(d *audit.Document, why string) []audit.Observation {
	return []audit.Observation{audit.From(d, baseSlot.published, audit.NotFetched, why), audit.From(d, baseSlot.gate,
		audit.NotFetched, why)}
}

// speaksOfSelf matches words in which a page speaks of the model it is about.
var speaksOfSelf = pattern.MustCompile(`(?i)\b(we|our|this model|the model|is an?|are)\b`)

// ofSubject reports whether a line speaks of the audited model rather than of
// related work.
func (in *input) ofSubject(d *audit.Document, s audit.Span) bool {
	text := d.Body[s.Start:s.End]
	family := identity.Family(path.Base(in.id()))
	if len(family) >= identity.MinFamily && strings.Contains(identity.Squash(string(text)), family) {
		return true
	}
	return d.Kind == audit.DocModelCard || speaksOfSelf.Match(text) && !in.elsewhere(d, text)
}

// foreignModel matches a model's name with a version or size at the start of a
// phrase: "Llama 2", "Mistral-7B-v0.1".
var foreignModel = pattern.MustCompile("^[\\[`*\"']*[A-Z][A-Za-z]+[- ]?[A-Za-z]*[- ]?v?\\d[\\w.-]*")

// foreignName is the name of the model that a phrase on what something was made from
// begins with: "Llama 2", "a 7B LLaMA model"; or "". What a model gave, as its outputs or
// its architecture, is not the model.
func (in *input) foreignName(from string) string {
	if m := foreignModel.FindString(from); m != "" && !notModel.MatchString(from) &&
		!givenByModel.MatchString(from[len(m):]) {
		return m
	}
	if named := in.speaker.mentions(from); len(named) > 0 {
		m := named[0]
		if m.Sized && onlyQualifies.MatchString(from[:m.Start]) && !givenByModel.MatchString(from[m.End:]) {
			return m.Name
		}
	}
	return ""
}

var (
	// onlyQualifies matches words before a name that say which of its models is meant.
	onlyQualifies = pattern.MustCompile(`(?i)^(?:\W|\b(?:the|an?|our|their|its|meta|original|pre-?trained|base|vanilla` +
		`|large|small|open|weights|of|checkpoints?|language|models?|\d+(?:\.\d+)?[bm]?)\b|\w+['’]s\b)*$`)
	// givenByModel matches words behind a name for what a model gave and what is not the model.
	givenByModel = pattern.MustCompile(`(?i)^(?:['’]s)?[\s-]*(?:\w+[\s-]){0,2}?(?:architecture|outputs?|responses|data` +
		`|datasets?|conversations|tokeni[sz]er|vocabulary|code(?:base)?|framework|library|format|style|like|generated` +
		`|prompts?|paper|recipe|vision|encoder)\b`)
)

// notModel matches a phrase that speaks of data, machines or time.
var notModel = pattern.MustCompile(`(?i)(dataset|data set|tokens|gpus?\b|tpus?\b|corpus|samples|examples|images|hours` +
	`|h100|a100|v100|pytorch|cuda|python|license)`)

// siblingBase looks on the model's own pages for a model of the same makers
// that is named as the base: its id ends in a word for base, or it is the
// audited id without the words that mark a tuned variant.
func siblingBase(in *input, endID string) []audit.Observation {
	if endID == "" {
		return nil
	}
	for _, d := range in.ownPages() {
		for _, m := range mentions(in.ofFamily(d), endID) {
			if span := in.saidOfFamily(d, m.Start); baseFiles.Match(withoutLabel(in.ofFamily(d), span, m.Start)) {
				return in.ungated(d, baseSlot, span, "the page links the base model's files beside the tuned ones")
			}
		}
		for _, linked := range modelLinks(in.ofFamily(d)) {
			if !strings.EqualFold(linked.value, endID) && identity.BaseOf(linked.value, endID) {
				out := in.ungated(d, baseSlot, in.saidOfFamily(d, linked.span.Start),
					"the page links the base model's files")
				return append(out, audit.Observe(d, "weights.base.id", linked.value, linked.span,
					"a sibling named as the base"))
			}
		}
	}
	return nil
}

// saidOfFamily is the sentence or row around an offset of a page with what it says of
// siblings: that is not in the form in which themes read it, and the base is one.
func (in *input) saidOfFamily(d *audit.Document, at int) audit.Span {
	if span := in.said(d, at); span.Start < span.End {
		return span
	}
	return page.Line(in.ofFamily(d), at)
}

// withoutLabel is a sentence without the words of the link that leads to an
// offset: a tuned model's own files may be called the base of what else was made.
func withoutLabel(body []byte, said audit.Span, at int) []byte {
	before := body[said.Start:max(said.Start, min(at, said.End))]
	open, middle := bytes.LastIndexByte(before, '['), bytes.LastIndex(before, []byte("]("))
	if open < 0 || middle < open {
		return body[said.Start:said.End]
	}
	return slices.Concat(body[said.Start:said.Start+open], body[said.Start+middle:said.End])
}

// baseFiles matches a line that offers the files before tuning.
var baseFiles = pattern.MustCompile(`(?i)\b(?:base|pre-?trained)\b[^\n]{0,30}\b(?:checkpoints?|models?|weights)\b`)

// tuning matches a statement that the model was trained further after its
// pre-training: then the published files are not the base's.
var tuning = pattern.MustCompile(`(?i)\b(post-?train\w*|instruction[- ](?:tun|follow)\w*|RLHF|supervised fine-?tun\w*` +
	`|reinforcement learning|preference (?:optimi[sz]ation|alignment)|chat (?:model|template|version)|thinking mode` +
	`|reasoning model|agentic|SFT|DPO)\b|后训练|指令微调|强化学习|人类反馈`)

// minTuning is how often a page must speak of tuning before a model whose name
// does not say so counts as tuned: once may be about something else.
const minTuning = 3

// ownBase decides for a model of which no base is named.
func ownBase(in *input, end []audit.Observation, same bool) []audit.Observation {
	var pages []*audit.Document
	for _, d := range in.ownPages() {
		if d.Kind == audit.DocModelCard || mainPage(d) && (identity.SameFamily(in.id(), d.PlaceID) ||
			in.namesFamily(d)) || offers(end, d) {
			pages = append(pages, d)
		}
	}
	if len(pages) == 0 || !present(end, endSlot.published) {
		return mirror(end, !same) // pages that do not offer the model itself tell of no base
	}
	if !same && !in.hasTunedSibling(pages) {
		if d := in.unnamedBase(); d != nil {
			return unknownBase(d, "the card does not say what the model was made from")
		}
		for _, d := range cardsFirst(pages) {
			if identity.Tuned(in.id()) || len(tuning.FindAllIndex(d.Body, minTuning)) >= minTuning {
				if out := in.bothWays(pages, end); len(out) > 0 {
					return out
				}
				if d.Kind == audit.DocModelCard && !showsMaking(in.affirmed(d)) {
					return unknownBase(d, "the model was tuned, and its card does not say from what")
				}
				return []audit.Observation{audit.From(d, baseSlot.published, audit.NotThere,
					"the model was tuned after pre-training, and no page offers a base")}
			}
		}
	}
	if !same {
		if u := in.unreadOrigin(pages); u != nil {
			return unknownBase(u.Document,
				"a page of the model's own that may say what it was made from was not looked at")
		}
	}
	return mirror(end, false)
}

// cardsFirst keeps the cards among pages where there are any: a repository may
// tell of more models than this one, or of a trainer that can do more than was
// done to it.
func cardsFirst(pages []*audit.Document) []*audit.Document {
	var cards []*audit.Document
	for _, d := range pages {
		if d.Kind == audit.DocModelCard {
			cards = append(cards, d)
		}
	}
	if len(cards) > 0 {
		return cards
	}
	return pages
}

// offers reports whether a page is where the end model's weights were found.
func offers(end []audit.Observation, d *audit.Document) bool {
	return slices.ContainsFunc(end, func(o audit.Observation) bool {
		return o.Fact == endSlot.published && o.Finding == audit.Present && o.URL == d.URL
	})
}

// bothForms matches a statement that a model is out both as it was pre-trained
// and tuned.
var bothForms = pattern.MustCompile(`(?i)\bpre-?trained,? (?:and|&|or) (?:instruction[- ]?|instruct[- ]?|fine-?` +
	`|chat[- ]?)(?:fine-?)?tuned\b[^.\n]{0,80}\b(?:models|variants|versions|weights)|\bbase (?:and|&) (?:chat` +
	`|instruct\w*|tuned)\b[^.\n]{0,40}\b(?:models|variants|versions|weights)`)

// bothWays reads such a statement; what stands before the tuned model's files
// stands before the base's.
func (in *input) bothWays(pages []*audit.Document, end []audit.Observation) []audit.Observation {
	for _, d := range pages {
		at := bothForms.FindIndex(in.ofFamily(d))
		if at == nil || inParts(in.baseParts(d), at[0]) {
			continue
		}
		out := []audit.Observation{audit.Observe(d, baseSlot.published, "true", in.saidOfFamily(d, at[0]),
			"the page says that the model is out both ways")}
		for _, o := range mirror(end, false) {
			if o.Fact == baseSlot.gate {
				o.Note = "before the tuned model's files: " + strings.TrimPrefix(o.Note, ownNote)
				out = append(out, o)
			}
		}
		return out
	}
	return nil
}

// ownNote opens the note of what is repeated for a model that is its own base.
const ownNote = "the model is its own base: "

// hasTunedSibling reports whether the pages link a model with this model's name
// and a word for tuning behind it: then this one is the base.
func (in *input) hasTunedSibling(pages []*audit.Document) bool {
	for _, d := range pages {
		for _, linked := range modelLinks(in.ofFamily(d)) {
			if identity.TunedFrom(linked.value, in.id()) {
				return true
			}
		}
	}
	return false
}

// mirror repeats what is known of the end model for the base: they are the same
// files. With lost set only what could not be looked at is repeated.
func mirror(end []audit.Observation, lost bool) []audit.Observation {
	var out []audit.Observation
	for _, o := range end {
		switch o.Fact {
		case endSlot.published:
			o.Fact = baseSlot.published
		case endSlot.gate:
			o.Fact = baseSlot.gate
		default:
			continue
		}
		if lost && o.Finding == audit.Present {
			continue
		}
		o.Note = ownNote + o.Note
		out = append(out, o)
	}
	return out
}
