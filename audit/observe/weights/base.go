package weights

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// baseWeights says where the base model is and whether its weights can be had.
//
// A base that the publisher or the user names is looked at as the end model is.
// Where none is named, the pages of the model decide: a sibling published as
// the base; a model that was not tuned from anything and so is its own base; or
// a tuned model whose pages, read in full, offer no base.
func baseWeights(in *Reader, end []audit.Observation) []audit.Observation {
	id := in.Subject.Base
	if p, ok := in.Subject.Place(audit.HubModel, audit.RoleBase); ok && id == "" {
		id = p.ID
	}
	endID := sources.HubID(in.Set, audit.RoleEnd)
	if id != "" && !strings.EqualFold(id, endID) {
		root := in.RootBase(id)
		if d := in.MadeFromOthers(root); d != nil {
			return unknownBase(d, "the base was itself made from another model, of which no page was read")
		}
		return namedBase(in, root)
	}
	if id != "" {
		return append(ownBase(in, end, true), kin.FromScratch(in.Pages)...)
	}
	if out := derivedBase(in, endID); len(out) > 0 {
		return out
	}
	return append(ownBase(in, end, false), kin.FromScratch(in.Pages)...)
}

// namedBase looks for the weights of a base that is named by its id.
func namedBase(in *Reader, id string) []audit.Observation {
	out := hubWeights(in, BaseSlot, id)
	out = append(out, in.saidWeights(out, append(in.BasePages(), in.OwnPages()...), in.BasePages(), BaseSlot, id,
		id)...)
	if !sources.Found(out, BaseSlot.Published) && !in.hubHoldsNone(out, BaseSlot) {
		out = append(out, in.releasedByName(in.OwnPages(), BaseSlot, id)...)
		if !sources.Found(out, BaseSlot.Published) {
			out = append(out, in.paperWeights(in.BaseTexts(), BaseSlot, id)...)
		}
	}
	out = asksNothing(in.betterOffer(out, in.BasePages(), BaseSlot, id, id), BaseSlot)
	if !sources.Found(out, BaseSlot.Gate) || !sources.Found(out, BaseSlot.Published) {
		out = append(out, in.gateInProse(in.BasePages(), BaseSlot, out)...)
	}
	for _, d := range in.OwnPages() {
		if m := document.Mentions(d.Body, id); len(m) > 0 {
			return append(out, audit.Observe(d, "weights.base.id", id, m[0], "the base as its publisher names it"))
		}
	}
	return out
}

// derivedBase reads a base that the pages name in words: a link in the sentence
// that says what the model was made from, or a given repository that is the
// base's own. A base that is named but of which no page was read is unknown.
func derivedBase(in *Reader, endID string) []audit.Observation {
	if pages := in.BasePages(); len(pages) > 0 {
		if out := in.gateInProse(pages, BaseSlot, nil); len(out) > 0 {
			return out
		}
	}
	named := in.NamedBases()
	if len(named) > 0 && named[0].Linked() {
		n, note := named[0], "the page links the base that the model was made from"
		return append(in.ungated(n.Doc, BaseSlot, n.Span, note),
			audit.Observe(n.Doc, "weights.base.id", n.Name, n.Span, note))
	}
	if out := siblingBase(in, endID); len(out) > 0 {
		return out
	}
	if len(named) > 0 {
		return unknownBase(named[0].Doc, kin.OfNamed(named))
	}
	for _, d := range in.OwnPages() {
		if !document.MainPage(d) {
			continue
		}
		// What siblings were made from is not what this one was, but it was hardly
		// made from nothing.
		for _, from := range kin.Derivations(in.Kin[d]) {
			if len(bytes.TrimSpace(d.Body[from.Span.Start:from.Span.End])) > 0 {
				continue
			}
			linked := document.ModelLinks([]byte(from.Value))
			if in.Derives(d, string(in.Kin[d][from.Span.Start:from.Span.End]), in.ID()) || len(linked) > 0 &&
				!in.Related(linked[0].Value) {
				return unknownBase(d, "siblings of it were made from another model")
			}
		}
	}
	return nil
}

// unknownBase says of a base that nobody could look at it, and why.
func unknownBase(d *audit.Document, why string) []audit.Observation {
	return []audit.Observation{audit.From(d, BaseSlot.Published, audit.NotFetched, why), audit.From(d, BaseSlot.Gate,
		audit.NotFetched, why)}
}

// siblingBase looks on the model's own pages for a model of the same makers
// that is named as the base: its id ends in a word for base, or it is the
// audited id without the words that mark a tuned variant.
func siblingBase(in *Reader, endID string) []audit.Observation {
	if endID == "" {
		return nil
	}
	for _, d := range in.OwnPages() {
		for _, m := range document.Mentions(in.OfFamily(d), endID) {
			span := in.saidOfFamily(d, m.Start)
			said := withoutLabel(in.OfFamily(d), span, m.Start)
			if baseFiles.Match(said) && !document.CallsModel.Match(said) {
				return in.ungated(d, BaseSlot, span, "the page links the base model's files beside the tuned ones")
			}
		}
		for _, linked := range document.ModelLinks(in.OfFamily(d)) {
			if !strings.EqualFold(linked.Value, endID) && identity.BaseOf(linked.Value, endID) {
				out := in.ungated(d, BaseSlot, in.saidOfFamily(d, linked.Span.Start),
					"the page links the base model's files")
				return append(out, audit.Observe(d, "weights.base.id", linked.Value, linked.Span,
					"a sibling named as the base"))
			}
		}
	}
	return nil
}

// saidOfFamily is the sentence or row around an offset of a page with what it says of
// siblings: that is not in the form in which themes read it, and the base is one.
func (in *Reader) saidOfFamily(d *audit.Document, at int) audit.Span {
	if span := in.Said(d, at); span.Start < span.End {
		return span
	}
	return page.Line(in.OfFamily(d), at)
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

// ownBase decides for a model of which no base is named.
func ownBase(in *Reader, end []audit.Observation, same bool) []audit.Observation {
	var pages []*audit.Document
	for _, d := range in.OwnPages() {
		if d.Kind == audit.DocModelCard || document.MainPage(d) && (identity.SameFamily(in.ID(), d.PlaceID) ||
			in.NamesFamily(d)) || offers(end, d) {
			pages = append(pages, d)
		}
	}
	tunedFromIt := in.hasTunedSibling(pages)
	if d := in.UnnamedBase(); d != nil && !same && !tunedFromIt {
		return unknownBase(d, "the card was read, and no base could be told from it")
	}
	if len(pages) == 0 || !sources.Found(end, EndSlot.Published) {
		return mirror(end, !same) // pages that do not offer the model itself tell of no base
	}
	if !same && !tunedFromIt {
		for _, d := range cardsFirst(pages) {
			if identity.Tuned(in.ID()) || len(kin.Tuning.FindAllIndex(d.Body, kin.MinTuning)) >= kin.MinTuning {
				if out := in.bothWays(pages, end); len(out) > 0 {
					return out
				}
				if d.Kind == audit.DocModelCard && !kin.ShowsMaking(in.Affirmed(d)) {
					return unknownBase(d, "the model was tuned, and its card does not say from what")
				}
				if slices.ContainsFunc(kin.Derivations(in.Affirmed(d)), in.namesOther) {
					return unknownBase(d, "the page says that it was made from another model, and none of that was read")
				}
				return []audit.Observation{audit.From(d, BaseSlot.Published, audit.NotThere,
					"the model was tuned after pre-training, and no page offers a base")}
			}
		}
	}
	if !same {
		if u := in.UnreadOrigin(pages); u != nil {
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
		return o.Fact == EndSlot.Published && o.Finding == audit.Present && o.URL == d.URL
	})
}

// bothForms matches a statement that a model is out both as it was pre-trained
// and tuned.
var bothForms = phrases.ExpressionOf("weights.both-forms")

// bothWays reads such a statement; what stands before the tuned model's files
// stands before the base's.
func (in *Reader) bothWays(pages []*audit.Document, end []audit.Observation) []audit.Observation {
	for _, d := range pages {
		body := in.OfFamily(d)
		var at []int
		given := false
		for _, m := range bothForms.FindAllIndex(body, MaxTitles) {
			switch said := in.saidOfFamily(d, m[0]); {
			case kin.InParts(in.BaseParts(d), m[0]):
			case !given && SaysGiven(string(body[said.Start:said.End])):
				at, given = m, true
			case at == nil:
				at = m
			}
		}
		if at == nil {
			continue
		}
		out := []audit.Observation{audit.Observe(d, BaseSlot.Published, "true", in.saidOfFamily(d, at[0]),
			"the page says that the model is out both ways")}
		for _, o := range mirror(end, false) {
			if o.Fact == BaseSlot.Gate && o.Value == "none" {
				if _, asks := in.gateSentence(d); !asks {
					out = append(out, audit.Observe(d, BaseSlot.Gate, "none", in.saidOfFamily(d, at[0]),
						"the page says that the model is out both ways; it asks for nothing first"))
				}
			} else if o.Fact == BaseSlot.Gate {
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
func (in *Reader) hasTunedSibling(pages []*audit.Document) bool {
	for _, d := range pages {
		for _, linked := range document.ModelLinks(in.OfFamily(d)) {
			if identity.TunedFrom(linked.Value, in.ID()) {
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
		case EndSlot.Published:
			o.Fact = BaseSlot.Published
		case EndSlot.Gate:
			o.Fact = BaseSlot.Gate
		default:
			continue
		}
		if lost && o.Finding == audit.Present {
			continue
		}
		if lost {
			o.Note = "no page that was read names another base: " + o.Note
		} else {
			o.Note = ownNote + o.Note
		}
		out = append(out, o)
	}
	return out
}

// namesOther reports whether what a model is said to be made from bears a name or a link of another model: a
// plan or an amount of text is none.
func (in *Reader) namesOther(from document.Reading) bool {
	return len(document.ModelLinks([]byte(from.Value))) > 0 ||
		slices.ContainsFunc(in.Speaker.Mentions(from.Value), func(m identity.Mention) bool {
			return !identity.SameName(m.Name, in.ID())
		})
}
