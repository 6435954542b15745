package weights

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// namedWeights looks in prose for the model by its hub id: a download link, a
// table of checkpoints, a snippet. Of several mentions the plainest offer of the
// files is quoted; a bare name in a table of results offers none.
func (in *Reader) namedWeights(pages []*audit.Document, s Slot, id string) []audit.Observation {
	var best *audit.Document
	var quote audit.Span
	most := -1
	for _, d := range pages {
		for _, m := range document.Mentions(d.Body, id) {
			span, plain := in.OfferAt(d, m)
			if plain > 1 && s.Role == audit.RoleEnd && baseFiles.Match(d.Body[span.Start:span.End]) {
				plain = 1 // the files before tuning, beside those that are used
			}
			if plain > most {
				best, quote, most = d, span, plain
			}
		}
	}
	if best != nil {
		return in.ungated(best, s, quote, offerNote(string(document.Bytes(best, quote)), id))
	}
	for _, d := range pages {
		for _, linked := range document.ModelLinks(d.Body) {
			if identity.InSeries(linked.Value, id) || identity.SameName(linked.Value, id) {
				// among others' works it is cited, not offered
				if span := in.Said(d, linked.Span.Start); !in.Elsewhere(d, document.Bytes(d, span)) {
					return in.ungated(d, s, span, "the page links the files of the model's series")
				}
			}
		}
	}
	return nil
}

// releasedWeights looks in prose for a statement that weights are released, for
// models that are named in other words than their hub id.
// Of several pages the one speaks that names the model most closely.
func (in *Reader) releasedWeights(pages []*audit.Document, s Slot, id string) []audit.Observation {
	var best *audit.Document
	var quote audit.Span
	most := -1
	for _, d := range pages {
		if !document.Background(d) {
			continue // a demonstration's page speaks of the demonstration
		}
		if span, parts := in.releaseSentence(d, id, identity.Family(path.Base(id))); parts > most {
			best, quote, most = d, span, parts
		}
	}
	if best == nil {
		return nil
	}
	return in.ungated(best, s, quote, offerNote(string(document.Bytes(best, quote)), id))
}

// ungated says that weights are published and, unless the page asks for
// something first, that nothing stands before them.
func (in *Reader) ungated(d *audit.Document, s Slot, span audit.Span, note string) []audit.Observation {
	out := []audit.Observation{audit.Observe(d, s.Published, "true", span, note)}
	if whose.ModeOf(string(d.Body[span.Start:span.End])) == audit.Conditional {
		return append(out, audit.Observe(d, s.Gate, "manual", span, note+"; it gives them on request"))
	}
	_, gated := in.gateSentence(d)
	switch {
	case gated:
	case logsIn.Match(d.Body):
		out = append(out, audit.From(d, s.Gate, audit.NotFetched, afterLogIn))
	case in.onlyClaims(d, span, s.Role):
		out = append(out, audit.From(d, s.Gate, audit.NotFetched, unshown))
	case s.Role == audit.RoleBase && in.othersFiles(d, span), in.repeatsTwin(d):
		out = append(out, audit.From(d, s.Gate, audit.NotFetched,
			note+"; what its makers ask for first, this page does not tell"))
	default:
		out = append(out, audit.Observe(d, s.Gate, "none", span, note+"; it asks for nothing first"))
	}
	return out
}

// onlyClaims reports whether a passage says that weights are there and shows no way to them,
// while the hub's answer, which would tell what it asks for first, was not had.
func (in *Reader) onlyClaims(d *audit.Document, span audit.Span, role audit.Role) bool {
	text := document.Bytes(d, span)
	if sources.Address.Match(text) || fromPretrained.Match(text) || shownInCode.Match(text) {
		return false
	}
	return slices.ContainsFunc(in.Of(audit.DocModelAPI), func(answer *audit.Document) bool {
		_, lost := document.Unseen(answer)
		return answer.Role == role && (lost || answer.Outcome != audit.Absent && document.JSONFields(answer.Body) == nil)
	})
}

// shownInCode matches marks of code and of links, a call, and a place's id as code writes it: no apostrophe or
// quotation mark of prose.
var shownInCode = pattern.MustCompile("[`\\[]" + `|\w\(\s*["']|["'][\w.-]+/[\w.-]+["']`)

// unshown is the note of a gate that is not known for that.
const unshown = "the page says that the weights are there and shows no way to them; " +
	"what the hub asks for first, its answer would tell, which was not had"

// logsIn matches a program that logs its reader in before it downloads: an account is
// needed, which is neither a gate nor the lack of one.
var logsIn = pattern.MustCompile(`\bkagglehub\.login\(`)

// afterLogIn is the note of a gate that is not known for that.
const afterLogIn = "the page's example logs in first, and what its reader agrees to there it does not tell"

// othersFiles reports whether a page of the model's own points to files of a base of
// other makers: that it asks for nothing says nothing of them, unless it gives them out
// or loads them, and the base's own card was read and asks for nothing either. A link in
// a sentence on what something was made from leads to a page that may ask.
func (in *Reader) othersFiles(d *audit.Document, span audit.Span) bool {
	base := in.RootBase(in.Subject.Base)
	text := document.Bytes(d, span)
	if linked := document.ModelLinks(text); base == "" && len(linked) > 0 {
		base = linked[0].Value
	}
	if card := in.BaseCard(base); card != nil && !gateForm(card) && givesOrLoads(string(text)) {
		if _, asks := in.gateSentence(card); !asks {
			return false
		}
	}
	return (d.Role != audit.RoleBase || d.Kind == audit.DocModelCard) && base != "" &&
		!identity.SameMaker(identity.Owner(base), identity.Owner(d.PlaceID)) &&
		!in.OfMakers(base)
}

// givesOrLoads reports whether a text says that a model is given out, or is a program that loads it.
func givesOrLoads(text string) bool {
	plain := WithoutLinks(text)
	return document.CallsModel.MatchString(text) || SaysGiven(plain) && !tellsOrigin(plain)
}

// release matches a statement that weights are out: in words alone where the
// makers say so of their own work, otherwise beside an address to get them.
var (
	releaseWords   = phrases.ExpressionOf("weights.release-words")
	releaseLink    = phrases.ExpressionOf("weights.release-link")
	collectionLink = pattern.MustCompile(`(?i)(?:huggingface\.co|hf\.co)/collections/([\w.-]+)/`)
)

// notYet matches a line that takes a release back.
var notYet = phrases.ExpressionOf("weights.not-yet")

// releaseLines lists a page's statements that weights are out. A line that links
// models is one only if a model of the audited one's family is among them. On a
// page that is not named after the family the line must name it.
func (in *Reader) releaseLines(d *audit.Document, id, family string) []audit.Span {
	if in.loadsOriginal(d) {
		return nil
	}
	named := len(family) < identity.MinFamily || strings.Contains(identity.Squash(d.PlaceID), family) ||
		identity.NamedAfter(in.ID(), d.PlaceID)
	var found []audit.Span
	for _, pattern := range []*pattern.Regexp{collectionLink, releaseLink, releaseWords} {
		for _, at := range in.Card(d).Answer(pattern, func() [][]int { return pattern.FindAllIndex(d.Body, 40) }) {
			whole := in.Said(d, at[0])
			text := d.Body[whole.Start:whole.End]
			if at[1] > whole.End || pattern == releaseLink && !offersFiles(text) {
				continue // the words and the address stand in two sentences, or the address is no model's
			}
			switch {
			case onlyImages(text), pattern == collectionLink && document.Barely(string(text)):
				continue // a picture, or a badge of a collection: neither names the model's files
			case delta.Match(text) && !NamesWhole(string(text), id):
				continue // a difference of another model
			case pattern == releaseWords && (servesOther.Match(d.Body[at[0]:at[1]]) || in.titleOrCode(d, whole)):
				continue
			case pattern == releaseWords && GivesOut.Match(text) && !SaysGiven(string(text)):
				continue // what is given out, or told, is something else than files
			}
			if pattern != collectionLink && document.InURL(d.Body, at[0]) || notYet.Match(text) ||
				notYet.Match(document.Bytes(d, page.Line(d.Body, at[0]))) || in.Elsewhere(d, text) ||
				notWeights.Match(text) ||
				!named && !strings.Contains(identity.Squash(string(text)), family) || in.linksOthersOnly(d, text, id) ||
				tokenizerOnly(text) || in.otherRelease(d, text, id) {
				continue
			}
			found = append(found, whole)
		}
	}
	return found
}

// servesOther matches a statement that something else is given out, which does something
// with weights: "two APIs, one to train checkpoints".
var servesOther = phrases.ExpressionOf("weights.serves-other")

// titleOrCode reports whether words of a release stand in a heading or in a program:
// the one announces what follows, in the other a remark speaks of what the program does.
func (in *Reader) titleOrCode(d *audit.Document, s audit.Span) bool {
	return d.Body[s.Start] == '#' || slices.ContainsFunc(in.Card(d).Code, func(c page.CodeBlock) bool {
		return c.Body.Start <= s.Start && s.Start < c.Body.End
	})
}

// onlyImages reports whether a text shows pictures, and has no word or link beside them.
func onlyImages(text []byte) bool {
	return document.ImageMark.Match(text) && len(bytes.TrimSpace(document.ImageMark.ReplaceAll(text, nil))) == 0
}

// offersFiles reports whether a text with an address gives the address of files:
// a model on a hub, an archive, or an organisation's page in words of an offer.
func offersFiles(text []byte) bool {
	return len(document.ModelLinks(text)) > 0 || !hubAddress.Match(text) || offeringWords.Match(text)
}

var (
	hubAddress    = pattern.MustCompile(`(?i)(?:huggingface\.co|hf\.co|modelscope\.(?:cn|ai))/`)
	offeringWords = phrases.ExpressionOf("weights.offering-words")
)

// linksOthersOnly reports whether a text links models, but none of the family
// that its makers offer: the base that it was made from and others' conversions
// of it are not the model.
func (in *Reader) linksOthersOnly(d *audit.Document, text []byte, id string) bool {
	linked := document.ModelLinks(text)
	if len(linked) == 0 {
		return false
	}
	var origins []string
	if !strings.EqualFold(id, in.Subject.Base) {
		origins = append(origins, in.Subject.Base)
		for _, from := range kin.Derivations(text) {
			for _, r := range document.ModelLinks([]byte(from.Value)) {
				origins = append(origins, r.Value)
			}
		}
	}
	return !slices.ContainsFunc(linked, func(r document.Reading) bool {
		origin := slices.ContainsFunc(origins, func(o string) bool { return strings.EqualFold(o, r.Value) })
		return in.Related(r.Value) && !origin && in.offeredBy(d, r.Value, id)
	})
}

// offeredBy reports whether a linked model may be the one that a page offers: on
// a model's own card that model, elsewhere one of the same makers or name.
func (in *Reader) offeredBy(d *audit.Document, linked, id string) bool {
	if identity.SameName(linked, id) || d.Kind == audit.DocModelCard && (identity.InSeries(linked, id) ||
		identity.InSeries(id, linked)) {
		return true
	}
	return d.Kind != audit.DocModelCard && (identity.SameMaker(path.Dir(linked), path.Dir(id)) ||
		identity.SameMaker(path.Dir(linked), path.Dir(d.PlaceID)))
}

// tokenizerOnly reports whether a line offers a tokenizer and no weights.
func tokenizerOnly(text []byte) bool { return tokenizerWord.Match(text) && !weightsWord.Match(text) }

var (
	tokenizerWord = pattern.MustCompile(`(?i)\btokenizers?\b|\bsentencepiece\b|\bvocabular(?:y|ies)\b`)
	weightsWord   = pattern.MustCompile(`(?i)\bweights\b|\bcheckpoints?\b`)
)

// releaseSentence finds the statement that names the model most closely, and by
// how many parts of its name; of equal ones the first. No statement gives -1.
func (in *Reader) releaseSentence(d *audit.Document, id, family string) (best audit.Span, most int) {
	most = -1
	for _, span := range in.releaseLines(d, id, family) {
		text, parts := identity.Squash(string(d.Body[span.Start:span.End])), 0
		for _, part := range identity.Parts(path.Base(id)) {
			if strings.Contains(text, identity.Squash(part)) {
				parts++
			}
		}
		if parts > most {
			best, most = span, parts
		}
	}
	return best, most
}

// releasedByName looks for a statement that weights are out which gives the
// last part of a model's id in full.
func (in *Reader) releasedByName(pages []*audit.Document, s Slot, id string) []audit.Observation {
	for _, d := range pages {
		for _, span := range in.releaseLines(d, id, "") {
			if len(document.Mentions(d.Body[span.Start:span.End], path.Base(id))) > 0 {
				return in.ungated(d, s, span, "the page says that this model's weights are out")
			}
		}
	}
	return nil
}

// notWeights matches a line on data, pages to read or licences only: an address
// that is called a dataset, terms that whoever uses the weights must follow.
var notWeights = phrases.ExpressionOf("weights.not-weights")

// paperWeights reads a paper's sentence that gives the address of a model's files:
// of that very model, or of its series on a hub.
func (in *Reader) paperWeights(texts []*audit.Document, s Slot, id string) []audit.Observation {
	if id == "" {
		return nil
	}
	for _, d := range texts {
		for _, t := range in.Announcements(d) {
			linked := document.ModelLinks([]byte(strings.Join(t.Links, " ")))
			for _, l := range linked {
				if identity.SameName(l.Value, id) ||
					identity.InSeries(l.Value, id) && identity.SameMaker(path.Dir(l.Value), path.Dir(id)) {
					return in.ungated(in.WholeText(d), s, t.Span, "The paper says where the weights are")
				}
			}
		}
	}
	return nil
}

// A page on a family speaks of several of its models. A statement that the
// weights of one version are out says nothing of a later one, and the page of a
// 13B model nothing of a model in other sizes.

// otherRelease reports whether a statement on released weights is about another
// version or size than the model's: it links one, or the page that makes it
// never speaks of the model's version.
func (in *Reader) otherRelease(d *audit.Document, text []byte, id string) bool {
	if d.Kind == audit.DocModelCard {
		return false
	}
	if identity.SizeApart(d.PlaceID, id) {
		return true
	}
	marks := identity.VersionMarks(path.Base(id))
	if len(marks) == 0 || identity.HasMarks(text, marks) {
		return false
	}
	return slices.ContainsFunc(document.ModelLinks(text), func(r document.Reading) bool {
		return in.Related(r.Value)
	}) || !identity.HasMarks(d.Body, marks)
}
