package observe

import (
	"bytes"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// Which text of a page gives out a model's files is read in weights_prose.go; here
// stands how plainly. A sentence that says that the files are out, with the address
// of this very model, is proof. A call that loads it, a bare link, a badge or the name
// of its licence lead to the files, and say nothing of them.

var (
	// givesOut matches words by which somebody gives something out, or tells where to
	// get it.
	givesOut = pattern.MustCompile(`(?i)\b(?:releas(?:e[sd]?|ing)|open[- ]?sourc(?:e[sd]?|ing)|publish(?:e[sd])?` +
		`|publicly|freely|available|shar(?:e[sd]?|ing)|download\w*|uploaded|obtain(?:ed)?|can be (?:found|accessed` +
		`|loaded)|hosted|accessible)\b|发布|释放|开源|下载|公開|公开|配布|공개`)
	// namesFiles matches words for the files of a model.
	namesFiles = pattern.MustCompile(
		`(?i)\bweights?\b|\bcheckpoints?\b|\bckpts?\b|safetensors|\.bin\b|\.pth?\b|\.gguf\b|\bmodel files\b|权重|重み|가중치`,
	)
	// underLicence matches a statement on the licence of something, which is no offer.
	underLicence = pattern.MustCompile(`(?i)\blicen[sc]e[sd]?\b|许可|协议`)
	// downloads matches the head of a column with addresses of files.
	downloads = pattern.MustCompile(
		`(?i)\bdownloads?\b|\bweights?\b|\bcheckpoints?\b|\bckpts?\b|hugging ?face|\bhf\b|🤗|\blinks?\b|下载|权重|链接`,
	)
	// thisModel matches words for the model that a page is on.
	thisModel = pattern.MustCompile(`(?i)\b(?:this|the|our) (?:\w+ )?(?:model|checkpoint|weights)\b|\b(?:model` +
		`|pre-?trained) (?:weights|checkpoints?)\b|本模型|该模型|个版本`)
)

// formerOne matches words for a model that came before the one that is spoken of.
var formerOne = pattern.MustCompile(`(?i)\b(?:prior|previous|earlier|predecessor|former|successor|follow-?up)\b`)

// The worth of a text as an offer of a model's files, from what leads to them without
// a word to what says that they are given out.
const (
	noOffer     = 0
	bareLink    = 2
	loadingCall = 5
	plainOffer  = 8
	statedOffer = 10
	secondHand  = 3
)

// offerWorth says how plainly a text offers the files of a model, by its hub id or
// name. It is about what stands there; whose text it is was decided before.
func offerWorth(quote, id string) int {
	words := textFile.ReplaceAllString(imageMark.ReplaceAllString(quote, ""), "")
	plain := withoutLinks(quote)
	exact := linksModel(words, id)
	named := exact || len(mentions([]byte(quote), id)) > 0 || namesWhole(plain, id)
	states, files := givesOut.MatchString(plain), namesFiles.MatchString(plain)
	switch {
	case formerOne.MatchString(plain):
		return noOffer
	case barely(quote), assigns.MatchString(quote), !strings.ContainsAny(plain, "abcdefghijklmnopqrstuvwxyz") && !exact:
		return bareLink - weight(!exact)
	case callsModel.MatchString(quote):
		return loadingCall
	case strings.HasPrefix(strings.TrimSpace(quote), "|"):
		return rowWorth(plain, exact)
	case underLicence.MatchString(plain) && !exact && (!files || !states):
		return secondHand - weight(!named)
	case tellsOrigin(plain):
		return secondHand
	case states && exact, states && files && named:
		return statedOffer + weight(files)
	case files && exact:
		return plainOffer
	case states && named, states && files && thisModel.MatchString(plain):
		return plainOffer - weight(underLicence.MatchString(plain))
	case states && files: // of which model it does not say
		return loadingCall + weight(!underLicence.MatchString(plain)) - 2*weight(onTheWay.MatchString(plain))
	case exact:
		return loadingCall - weight(len(strings.Fields(plain)) < titleWords)
	}
	return secondHand
}

// textFile matches the address of what is no file of weights in a model's repository: its
// licence, its card or a part of that, settings, a program, a picture.
var textFile = pattern.MustCompile(`(?i)https?://[^\s)]+/(?:blob|raw|resolve)/[^\s)]*(?:licen[sc]e|notice|policy` +
	`|readme|terms|\.(?:json|ya?ml|py|ipynb|csv|png|jpe?g|gif|svg|mp4|wav))[^\s)]*|https?://[^\s)]+(?:\.(?:md|txt|pdf)\b|#[\w-]+)`)

// rowWorth is the worth of a row of a table: with the head of a column of downloads
// above it, it says what its link is.
func rowWorth(plain string, exact bool) int {
	head, _, many := strings.Cut(plain, "\n")
	switch {
	case !exact:
		return bareLink
	case many && downloads.MatchString(head):
		return plainOffer
	case namesFiles.MatchString(plain), givesOut.MatchString(plain):
		return loadingCall + 1
	}
	return secondHand
}

// weight is 1 for what holds.
func weight(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// linksModel reports whether a text links a model by its hub id.
func linksModel(text, id string) bool {
	for _, m := range mentions([]byte(text), id) {
		if m.Start > 0 && text[m.Start-1] == '/' {
			return true
		}
	}
	return false
}

// namesWhole reports whether a text gives all the parts of a model's name.
func namesWhole(text, id string) bool {
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
// nothing, for what the pages ask for first was read already.
func (in *input) betterOffer(known []audit.Observation, pages []*audit.Document, s slot, id,
	name string) []audit.Observation {
	first := firstOf(known, s.published)
	if first == nil || hubHoldsNone(known, s) || !in.saidOnPage(first) {
		return nil
	}
	var best *audit.Document
	var quote audit.Span
	most := offerWorth(first.Quote, id)
	consider := func(d *audit.Document, span audit.Span, id string) {
		text := string(d.Body[span.Start:span.End])
		if worth := offerWorth(text, id); worth > most && modeOf(text) == audit.Done && !in.otherNumber(text) &&
			!(s.role == audit.RoleEnd && in.beforeTuning(text)) {
			best, quote, most = d, span, worth
		}
	}
	for _, d := range pages {
		for _, m := range mentions(d.Body, id) {
			if span, plain := in.offerAt(d, m); plain > 0 && !(s.role == audit.RoleEnd &&
				baseFiles.Match(d.Body[span.Start:span.End])) {
				consider(d, in.withHead(d, span), id)
			}
		}
		if !background(d) {
			continue
		}
		for _, span := range in.releaseLines(d, name, identity.Family(path.Base(name))) {
			consider(d, span, name)
		}
	}
	if best == nil {
		return nil
	}
	return []audit.Observation{audit.Observe(best, s.published, "true", quote, offerNote(string(bytesOf(best, quote)),
		id))}
}

// withHead is a row of a table with the head of the table, where both are read at a
// glance.
func (in *input) withHead(d *audit.Document, row audit.Span) audit.Span {
	if !bytes.HasPrefix(bytes.TrimSpace(d.Body[row.Start:row.End]), []byte("|")) {
		return row
	}
	if from := page.HeadOfTable(d.Body, row.Start); row.End-from <= page.LongestPassage {
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
func (in *input) saidOnPage(o *audit.Observation) bool {
	d := in.document(o)
	return d != nil && prosePage(d)
}

// offerNote says for people what a text of a page is that offers a model's files.
func offerNote(quote, id string) string {
	switch {
	case callsModel.MatchString(quote):
		return "who runs the page's own example gets the model's files from the hub by this id"
	case strings.HasPrefix(strings.TrimSpace(quote), "|") && linksModel(quote, id):
		return "the page's table of models links this model's files on the hub"
	case givesOut.MatchString(quote) && linksModel(quote, id):
		return "the page says that the model is given out, and links its files on the hub"
	case linksModel(quote, id):
		return "the page links the model's files on the hub"
	case givesOut.MatchString(quote):
		return "the page says that the model's files are given out"
	case underLicence.MatchString(quote):
		return "the page names the licence under which the model is given out"
	}
	return "the page names the model's files"
}

// asksNothing adds to the notes of what shows that files are out what the same page
// asks for first, where that is nothing: the class rests on both.
func asksNothing(list []audit.Observation, s slot) []audit.Observation {
	free := make(map[string]bool)
	for i := range list {
		if list[i].Fact == s.gate && list[i].Finding == audit.Present && list[i].Value == "none" {
			free[list[i].URL] = true
		}
	}
	for i := range list {
		if o := &list[i]; o.Fact == s.published && o.Finding == audit.Present && free[o.URL] &&
			!strings.Contains(o.Note, `"gated"`) {
			o.Note += "; no request, agreement or log-in is asked for on it"
		}
	}
	return list
}

// originalModel matches a label of the model that something was made from.
var originalModel = pattern.MustCompile(`(?im)^\W*(?:original|base|source|parent|teacher)(?: model)?s?\W*:`)

// tellsOrigin reports whether a text, without its links, tells what something was made from.
func tellsOrigin(plain string) bool {
	return originalModel.MatchString(plain) ||
		derivation.MatchString(plain) && !strings.Contains(strings.ToLower(plain), "releas")
}

// withoutLinks is a text without pictures and addresses.
func withoutLinks(quote string) string {
	return address.ReplaceAllString(imageMark.ReplaceAllString(quote, ""), "")
}

// withoutTags is a text without the marks of HTML.
func withoutTags(text string) string { return htmlTag.ReplaceAllString(text, " ") }

// onlyLeads reports whether a text leads to a model without a word on its files: what it
// was made from, a row of results, a label.
func onlyLeads(quote string) bool {
	plain := withoutLinks(quote)
	switch {
	case strings.HasPrefix(strings.TrimSpace(quote), "|"):
		return !namesFiles.MatchString(plain) && !downloads.MatchString(plain) && !givesOut.MatchString(plain)
	case tellsOrigin(plain):
		return true
	}
	return !givesOut.MatchString(plain) && !namesFiles.MatchString(plain) && len(strings.Fields(plain)) < titleWords
}

// onlyLicensed reports whether a text names the licence of a model, and not its files.
func onlyLicensed(quote string) bool {
	return underLicence.MatchString(quote) && !namesFiles.MatchString(quote) &&
		!strings.Contains(strings.ToLower(quote), "download")
}

// beforeTuning reports whether a text gives out what was there before the tuning, and the
// audited model is a tuned one: its own name in the text, or a word for both, says more.
func (in *input) beforeTuning(text string) bool {
	id := hubID(in, audit.RoleEnd)
	return identity.Tuned(id) && baseFiles.MatchString(text) && !tunedToo.MatchString(text) && !linksModel(text, id) &&
		!namesWhole(text, id)
}

// tunedToo matches words for tuned models.
var tunedToo = pattern.MustCompile(`(?i)\b(?:instruct\w*|chat|(?:fine-?)?tuned|aligned|sft|dpo|rlhf)\b|微调|对齐`)

// offered says how well a quote shows by itself that the weights of the audited model,
// or of its base, are given out.
func (in *input) offered(o *audit.Observation, quote string) int {
	worth := 2*offerWorth(quote, in.offeredID(o.Fact)) + min(2, in.closeness(o, quote))
	if o.Fact == endSlot.published && in.beforeTuning(quote) {
		worth = secondHand
	}
	if len(quote) > page.LongQuote || newsItem.MatchString(withoutTags(quote)) {
		worth--
	}
	return worth
}
