package weights

import (
	"bytes"
	"path"
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

// Which text of a page gives out a model's files is read in prose.go; here
// stands how plainly. A sentence that says that the files are out, with the address
// of this very model, is proof. A call that loads it, a bare link, a badge or the name
// of its licence lead to the files, and say nothing of them.

var (
	// GivesOut matches words by which somebody gives something out, or tells where to
	// get it.
	GivesOut = phrases.ExpressionOf("weights.gives-out")
	// otherGiven matches what else is said to be out: open data says nothing of what was made
	// from it, and a post on the release nothing of files.
	otherGiven = phrases.ExpressionOf("weights.other-given")
	// namesFiles matches words for the files of a model.
	namesFiles = phrases.ExpressionOf("weights.names-files")
	// UnderLicence matches a statement on the licence of something, which is no offer.
	UnderLicence = pattern.MustCompile(`(?i)\blicen[sc]e[sd]?\b|许可|协议`)
	// downloads matches the head of a column with addresses of files.
	downloads = phrases.ExpressionOf("weights.downloads")
	// thisModel matches words for the model that a page is on.
	thisModel = phrases.ExpressionOf("weights.this-model")
)

// SaysGiven reports whether a text says that something other than data is given out.
func SaysGiven(text string) bool { return GivesOut.MatchString(otherGiven.ReplaceAllString(text, " ")) }

// formerOne matches words for a model that came before the one that is spoken of.
var formerOne = pattern.MustCompile(`(?i)\b(?:prior|previous|earlier|predecessor|former|successor|follow-?up)\b`)

// The worth of a text as an offer of a model's files, from what leads to them without
// a word to what says that they are given out.
const (
	noOffer     = 0
	bareLink    = 2
	loadingCall = 5
	plainOffer  = 8
	StatedOffer = 10
	SecondHand  = 3
)

// OfferWorth says how plainly a text offers the files of a model, by its hub id or
// name. It is about what stands there; whose text it is was decided before.
func OfferWorth(quote, id string) int {
	words := textFile.ReplaceAllString(document.ImageMark.ReplaceAllString(quote, ""), "")
	plain := WithoutLinks(quote)
	exact := linksModel(words, id)
	named := exact || len(document.Mentions([]byte(quote), id)) > 0 || NamesWhole(plain, id)
	states, files := SaysGiven(plain), namesFiles.MatchString(plain)
	switch {
	case formerOne.MatchString(plain):
		return noOffer
	case document.Barely(quote), document.Assigns.MatchString(quote),
		!strings.ContainsAny(plain, "abcdefghijklmnopqrstuvwxyz") && !exact:
		return bareLink - Weight(!exact)
	case document.CallsModel.MatchString(quote):
		return loadingCall
	case strings.HasPrefix(strings.TrimSpace(quote), "|"):
		return rowWorth(plain, exact)
	case UnderLicence.MatchString(plain) && !exact && (!files || !states):
		return SecondHand - Weight(!named)
	case tellsOrigin(plain):
		return SecondHand
	case states && exact, states && files && named:
		return StatedOffer + Weight(files)
	case files && exact:
		return plainOffer
	case states && named, states && files && thisModel.MatchString(plain):
		return plainOffer - Weight(UnderLicence.MatchString(plain))
	case states && files: // of which model it does not say
		return loadingCall + Weight(!UnderLicence.MatchString(plain)) - 2*Weight(OnTheWay.MatchString(plain))
	case exact:
		return loadingCall - Weight(len(strings.Fields(plain)) < document.TitleWords)
	}
	return SecondHand
}

// quantised matches words for files of fewer bits, which are another form of the model.
var quantised = pattern.MustCompile(`(?i)\b(?:fp8|int[48]|[48]-?bits?|awq|gptq|gguf|quanti[sz]ed)\b`)

// textFile matches the address of what is no file of weights in a model's repository: its
// licence, its card or a part of that, settings, a program, a picture.
var textFile = phrases.ExpressionOf("weights.text-file")

// rowWorth is the worth of a row of a table: with the head of a column of downloads
// above it, it says what its link is.
func rowWorth(plain string, exact bool) int {
	head, _, many := strings.Cut(plain, "\n")
	switch {
	case !exact:
		return bareLink
	case many && downloads.MatchString(head):
		return plainOffer
	case namesFiles.MatchString(plain), SaysGiven(plain):
		return loadingCall + 1
	}
	return SecondHand
}

// Weight is 1 for what holds.
func Weight(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// linksModel reports whether a text links a model by its hub id.
func linksModel(text, id string) bool {
	for _, m := range document.Mentions([]byte(text), id) {
		if m.Start > 0 && text[m.Start-1] == '/' {
			return true
		}
	}
	return false
}

// NamesWhole reports whether a text gives all the parts of a model's name.
func NamesWhole(text, id string) bool {
	parts, squashed := identity.Parts(path.Base(id)), identity.Squash(text)
	for _, part := range parts {
		if !strings.Contains(squashed, identity.Squash(part)) {
			return false
		}
	}
	return len(parts) > 0
}

// betterOffer looks on pages for a text that offers a model's files more plainly than
// the one that showed that they are out: a judgement is quoted by it. It decides
// nothing, for what the pages ask for first was read already: of the page that it is on
// it is then the quote for what was found there, a bar of links for one.
func (in *Reader) betterOffer(known []audit.Observation, pages []*audit.Document, s Slot, id,
	name string) []audit.Observation {
	first := firstOf(known, s.Published)
	if first == nil || in.hubHoldsNone(known, s) || !in.saidOnPage(first) {
		return known
	}
	var best *audit.Document
	var quote audit.Span
	on := in.Document(first)
	most := OfferWorth(string(document.Bytes(on, in.withHead(on, audit.Span{Start: first.Start, End: first.End}))), id)
	consider := func(d *audit.Document, span audit.Span, id string) {
		text := string(d.Body[span.Start:span.End])
		worth := OfferWorth(text, id) - Weight(quantised.MatchString(text) && !quantised.MatchString(id))
		if worth > most && whose.ModeOf(text) == audit.Done && !in.OtherNumber(text) &&
			!(s.Role == audit.RoleEnd && in.BeforeTuning(text)) {
			best, quote, most = d, span, worth
		}
	}
	for _, d := range pages {
		for _, m := range document.Mentions(d.Body, id) {
			if span, plain := in.OfferAt(d, m); plain > 0 && !(s.Role == audit.RoleEnd &&
				baseFiles.Match(d.Body[span.Start:span.End])) {
				consider(d, in.withHead(d, span), id)
			}
		}
		if !document.Background(d) {
			continue
		}
		for _, span := range in.releaseLines(d, name, identity.Family(path.Base(name))) {
			consider(d, span, name)
		}
	}
	if best == nil {
		return known
	}
	better := audit.Observe(best, s.Published, "true", quote, offerNote(string(document.Bytes(best, quote)), id))
	return withBetter(known, s, document.PlaceOf(first), better)
}

// withBetter puts a better quote in the place of the weak one, or beside it where that is on another page. That the page
// asks for nothing first is quoted by it too.
func withBetter(known []audit.Observation, s Slot, weak document.Place, better audit.Observation) []audit.Observation {
	replaced := false
	for i := range known {
		o := &known[i]
		if o.Finding != audit.Present || o.URL != better.URL {
			continue
		}
		switch {
		case document.PlaceOf(o) == weak:
			*o, replaced = better, true
		case o.Fact == s.Gate && o.Value == "none":
			*o = better
			o.Fact, o.Value, o.Note = s.Gate, "none", better.Note+"; it asks for nothing first"
		}
	}
	if !replaced {
		known = append(known, better)
	}
	return known
}

// withHead is a row of a table with the head of the table, and with the line above that
// says what is to be had there, where all are read at a glance.
func (in *Reader) withHead(d *audit.Document, row audit.Span) audit.Span {
	if !bytes.HasPrefix(bytes.TrimSpace(d.Body[row.Start:row.End]), []byte("|")) {
		return row
	}
	from := page.HeadOfTable(d.Body, row.Start)
	above := page.Above(d.Body, from)
	if lead := d.Body[above:from]; downloads.Match(lead) && page.Introduces(bytes.TrimSpace(lead)) &&
		row.End-above <= page.LongestSentence {
		from = above
	}
	if row.End-from <= page.LongestPassage || from == above {
		row.Start = from
	}
	return row
}

// firstOf is the first observation of a fact that was found, or nil.
func firstOf(list []audit.Observation, fact string) *audit.Observation {
	for i := range list {
		if list[i].Fact == fact && list[i].Finding == audit.Present {
			return &list[i]
		}
	}
	return nil
}

// saidOnPage reports whether an observation was read from a page of prose.
func (in *Reader) saidOnPage(o *audit.Observation) bool {
	d := in.Document(o)
	return d != nil && document.ProsePage(d)
}

// offerNote says for people what a text of a page is that offers a model's files.
func offerNote(quote, id string) string {
	switch {
	case document.CallsModel.MatchString(quote):
		return "who runs the page's own example gets the model's files from the hub by this id"
	case strings.HasPrefix(strings.TrimSpace(quote), "|") && linksModel(quote, id):
		return "the page's table of models links this model's files on the hub"
	case SaysGiven(quote) && linksModel(quote, id):
		return "the page says that the model is given out, and links its files on the hub"
	case linksModel(quote, id):
		return "the page links the model's files on the hub"
	case SaysGiven(quote):
		return "the page says that the model's files are given out"
	case UnderLicence.MatchString(quote):
		return "the page names the licence under which the model is given out"
	}
	return "the page names the model's files"
}

// asksNothing adds to the notes of what shows that files are out what the same page
// asks for first, where that is nothing: the class rests on both.
func asksNothing(list []audit.Observation, s Slot) []audit.Observation {
	free := make(map[string]bool)
	for i := range list {
		if list[i].Fact == s.Gate && list[i].Finding == audit.Present && list[i].Value == "none" {
			free[list[i].URL] = true
		}
	}
	for i := range list {
		if o := &list[i]; o.Fact == s.Published && o.Finding == audit.Present && free[o.URL] &&
			!strings.Contains(o.Note, `"gated"`) {
			o.Note += "; no request, agreement or log-in is asked for on it"
		}
	}
	return list
}

// originalModel matches a label of the model that something was made from.
var originalModel = pattern.MustCompile(`(?im)^[^\w\n]*(?:original|base|source|parent|teacher)(?: model)?s?[^\w\n|]*:`)

// tellsOrigin reports whether a text, without its links, tells what something was made from.
func tellsOrigin(plain string) bool {
	return originalModel.MatchString(plain) ||
		kin.Derivation.MatchString(plain) && !strings.Contains(strings.ToLower(plain), "releas")
}

// WithoutLinks is a text without pictures and addresses.
func WithoutLinks(quote string) string {
	return sources.Address.ReplaceAllString(document.ImageMark.ReplaceAllString(quote, ""), "")
}

// WithoutTags is a text without the marks of HTML.
func WithoutTags(text string) string { return document.HTMLTag.ReplaceAllString(text, " ") }

// OnlyLeads reports whether a text leads to a model without a word on its files: what it
// was made from, a row of results, a label.
func OnlyLeads(quote string) bool {
	plain := WithoutLinks(quote)
	switch {
	case strings.HasPrefix(strings.TrimSpace(quote), "|"):
		return !namesFiles.MatchString(plain) && !downloads.MatchString(plain) && !SaysGiven(plain)
	case tellsOrigin(plain):
		return true
	}
	return len(strings.Fields(plain)) < document.TitleWords && !namesFiles.MatchString(plain) && !SaysGiven(plain)
}

// OnlyLicensed reports whether a text names the licence of a model, and not its files.
func OnlyLicensed(quote string) bool {
	return UnderLicence.MatchString(quote) && !namesFiles.MatchString(quote) &&
		!strings.Contains(strings.ToLower(quote), "download")
}

// OnlyAccount reports whether a text leads to the page of an account on a hub, and neither
// names the model there nor says that its family is given out.
func OnlyAccount(quote, id string) bool {
	plain := WithoutLinks(quote)
	return hubAddress.MatchString(quote) && len(document.ModelLinks([]byte(quote))) == 0 &&
		len(document.Mentions([]byte(quote), id)) == 0 && !NamesWhole(plain, id) &&
		!(SaysGiven(plain) && strings.Contains(identity.Squash(plain), identity.Family(path.Base(id))))
}

// BeforeTuning reports whether a text gives out what was there before the tuning, and the
// audited model is a tuned one: its own name in the text, or a word for both, says more.
func (in *Reader) BeforeTuning(text string) bool {
	id := sources.HubID(in.Set, audit.RoleEnd)
	return identity.Tuned(id) && baseFiles.MatchString(text) && !tunedToo.MatchString(text) && !linksModel(text, id) &&
		!NamesWhole(text, id)
}

// tunedToo matches words for tuned models.
var tunedToo = pattern.MustCompile(`(?i)\b(?:instruct\w*|chat|(?:fine-?)?tuned|aligned|sft|dpo|rlhf)\b|微调|对齐`)

// OnTheWay matches names of what data was made from on the way to what was trained on.
var OnTheWay = pattern.MustCompile(`(?i)\b(?:un-?filtered|intermediate|raw)\b`)
