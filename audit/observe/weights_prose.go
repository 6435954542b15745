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

// namedWeights looks in prose for the model by its hub id: a download link, a
// table of checkpoints, a snippet. Of several mentions the plainest offer of the
// files is quoted; a bare name in a table of results offers none.
func (in *input) namedWeights(pages []*audit.Document, s slot, id string) []audit.Observation {
	var best *audit.Document
	var quote audit.Span
	most := -1
	for _, d := range pages {
		for _, m := range mentions(d.Body, id) {
			span, plain := in.offerAt(d, m)
			if plain > 1 && s.role == audit.RoleEnd && baseFiles.Match(d.Body[span.Start:span.End]) {
				plain = 1 // the files before tuning, beside those that are used
			}
			if plain > most {
				best, quote, most = d, span, plain
			}
		}
	}
	if best != nil {
		return in.ungated(best, s, quote, offerNote(string(bytesOf(best, quote)), id))
	}
	for _, d := range pages {
		for _, linked := range modelLinks(d.Body) {
			if identity.InSeries(linked.value, id) || identity.SameName(linked.value, id) {
				// among others' works it is cited, not offered
				if span := in.said(d, linked.span.Start); !in.elsewhere(d, bytesOf(d, span)) {
					return in.ungated(d, s, span, "the page links the files of the model's series")
				}
			}
		}
	}
	return nil
}

// offerWords are words of a line that offers a model's files.
var offerWords = pattern.MustCompile(
	`(?i)weights?\b|checkpoints?\b|\bckpt|download|\bmodels?\b|hugging ?face|\bhf\b|🤗|权重|模型|下载`,
)

// givesFiles are words of a line that says that files are given out.
var givesFiles = pattern.MustCompile(`(?i)weights?\b|checkpoints?\b|\bckpt|download|\breleas|\bavailable\b` +
	`|open-?sourc|hugging ?face|\bhf\b|🤗|权重|下载|发布|开源`)

// asideOffer are words of a line that leads to a model and not for its files: to try
// it, or to say that something is the same as with it.
var asideOffer = pattern.MustCompile(
	`(?i)\btest(?:ed)? out\b|\binference api\b|\bsame as\b|\bwidget\b|\bdemo\b|\btry (?:it|this)\b`,
)

// offerAt says how plainly the mention of a hub id offers the model's files, and
// gives the text to quote: 4 for a call that loads them or a link in a line that says
// that they are given out, 3 for a link in one that speaks of them, less for less,
// -1 for something else.
func (in *input) offerAt(d *audit.Document, m audit.Span) (audit.Span, int) {
	body := d.Body
	if besideWeights.Match(body[m.End:min(len(body), m.End+besideLength)]) {
		return audit.Span{}, -1
	}
	span := in.said(d, m.Start)
	if span.Start == span.End {
		return span, -1
	}
	text := body[span.Start:span.End]
	if datasetOf(text, body[m.Start:m.End]) {
		return span, -1 // a data set of that name
	}
	if namesBase.Match(text) {
		return span, -1 // front matter says what a model was made from, not where that lies
	}
	if call, ok := loadsAt(body, m); ok {
		if quoted := body[call.Start:call.End]; loadsOther.Match(quoted) || quoted[0] == '#' {
			return call, 1 // something beside the weights, or a line that is commented out
		} else if whole, ok := withCall(body, call); ok {
			return whole, 4
		} else if assigns.Match(quoted) {
			return call, 2 // a name for it, and no call that loads by that name
		}
		return call, 4
	}
	words := withoutID(text, body[m.Start:m.End])
	switch plain := offerWords.Match(words); {
	case m.Start > 0 && body[m.Start-1] == '/' && plain && givesFiles.Match(words) && !asideOffer.Match(words):
		return span, 4
	case m.Start > 0 && body[m.Start-1] == '/' && plain:
		return span, 3
	case m.Start > 0 && body[m.Start-1] == '/':
		return span, 2
	case plain && text[0] != '|' && text[0] != '#':
		return span, 1
	}
	return span, -1 // a bare name, in a title, a table of results or elsewhere
}

// datasetOf reports whether a text links a data set of an id on the hub.
func datasetOf(text, id []byte) bool {
	return bytes.Contains(page.ASCIILower(text), append([]byte("/datasets/"), page.ASCIILower(id)...))
}

// namesBase matches the line of front matter that names a model's base, or an address
// of something else than its files.
var namesBase = pattern.MustCompile(`^\s*(?:base_model(?:_relation)?|license_link|license_name|thumbnail)\s*:`)

// withoutID is a text without the id itself and the hub's address, whose parts
// say nothing.
func withoutID(text, id []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, id, nil), []byte("huggingface.co"), nil)
}

// loadsAt reports whether a mention is what a call or an option loads, and gives
// the span of it: the whole call, from the line above where it begins there.
func loadsAt(body []byte, m audit.Span) (audit.Span, bool) {
	before := body[max(0, m.Start-200):m.Start]
	if loading.Match(before) {
		return callAt(body, m.Start), true
	}
	at := callAbove.FindIndex(before)
	if at == nil {
		return audit.Span{}, false
	}
	call := callAt(body, m.Start-len(before)+at[0])
	if call.End < m.End {
		return page.Line(body, m.Start), true
	}
	return call, true
}

// callAt is the line around an offset and, where it opens a call, what follows
// to the end of the call, if that is within a quote's length.
func callAt(body []byte, at int) audit.Span {
	span := page.Line(body, at)
	end, open := span.End, opened(body[span.Start:span.End])
	for open > 0 {
		next := bytes.IndexByte(body[end:], '\n') + end + 1
		if next == end {
			return span
		}
		stop := len(body)
		if n := bytes.IndexByte(body[next:], '\n'); n >= 0 {
			stop = next + n
		}
		text := bytes.TrimSpace(body[next:stop])
		if len(text) == 0 || stop-span.Start > page.LongestQuote {
			return span
		}
		open += opened(text)
		end = next + len(bytes.TrimRight(body[next:stop], " \t\r"))
	}
	span.End = end
	return span
}

// opened is how many more parentheses a text opens than it closes.
func opened(text []byte) int { return bytes.Count(text, []byte("(")) - bytes.Count(text, []byte(")")) }

// callAbove matches a call whose first argument follows on the next line.
var callAbove = pattern.MustCompile(
	`(?:from_pretrained|snapshot_download|hf_hub_download|pipeline|LLM)\(\s*\n\s*(?:\w+\s*=\s*)?["']$`,
)

// besideWeights matches what follows an id in the address of something other
// than its files: a discussion, a licence.
var besideWeights = pattern.MustCompile(`(?i)^/(?:discussions|commits?|community|tensorboard|(?:resolve|blob` +
	`|raw)/[\w.-]+/[^\s)"']*(?:licen[cs]e|readme|notice|policy|\.(?:png|jpe?g|svg|gif|webp|mp4|webm|mov|mp3|wav|flac` +
	`|ogg|m4a|pdf|md|txt|py)\b))`)

// besideLength is how much of an address is looked at.
const besideLength = 160

// releasedWeights looks in prose for a statement that weights are released, for
// models that are named in other words than their hub id.
// Of several pages the one speaks that names the model most closely.
func (in *input) releasedWeights(pages []*audit.Document, s slot, id string) []audit.Observation {
	var best *audit.Document
	var quote audit.Span
	most := -1
	for _, d := range pages {
		if !background(d) {
			continue // a demonstration's page speaks of the demonstration
		}
		if span, parts := in.releaseSentence(d, id, identity.Family(path.Base(id))); parts > most {
			best, quote, most = d, span, parts
		}
	}
	if best == nil {
		return nil
	}
	return in.ungated(best, s, quote, offerNote(string(bytesOf(best, quote)), id))
}

// ungated says that weights are published and, unless the page asks for
// something first, that nothing stands before them.
func (in *input) ungated(d *audit.Document, s slot, span audit.Span, note string) []audit.Observation {
	out := []audit.Observation{audit.Observe(d, s.published, "true", span, note)}
	if modeOf(string(d.Body[span.Start:span.End])) == audit.Conditional {
		return append(out, audit.Observe(d, s.gate, "manual", span, note+"; it gives them on request"))
	}
	_, gated := in.gateSentence(d)
	switch {
	case gated:
	case logsIn.Match(d.Body):
		out = append(out, audit.From(d, s.gate, audit.NotFetched, afterLogIn))
	case s.role == audit.RoleBase && in.othersFiles(d, span):
		out = append(out, audit.From(d, s.gate, audit.NotFetched,
			note+"; what its makers ask for first, this page does not tell"))
	default:
		out = append(out, audit.Observe(d, s.gate, "none", span, note+"; it asks for nothing first"))
	}
	return out
}

// logsIn matches a program that logs its reader in before it downloads: an account is
// needed, which is neither a gate nor the lack of one.
var logsIn = pattern.MustCompile(`\bkagglehub\.login\(`)

// afterLogIn is the note of a gate that is not known for that.
const afterLogIn = "the page's example logs in first, and what its reader agrees to there it does not tell"

// othersFiles reports whether a page of the model's own points to files of a base of
// other makers: that it asks for nothing says nothing of them, unless the base's own
// card was read and asks for nothing either.
func (in *input) othersFiles(d *audit.Document, span audit.Span) bool {
	base := in.rootBase(in.subject.Base)
	if linked := modelLinks(bytesOf(d, span)); base == "" && len(linked) > 0 {
		base = linked[0].value
	}
	if card := in.baseCard(base); card != nil && !gateForm(card) {
		if _, asks := in.gateSentence(card); !asks {
			return false
		}
	}
	return (d.Role != audit.RoleBase || d.Kind == audit.DocModelCard) && base != "" &&
		!identity.SameMaker(identity.Owner(base), identity.Owner(d.PlaceID)) &&
		!identity.SameMaker(identity.Owner(base), identity.Owner(in.id()))
}

// release matches a statement that weights are out: in words alone where the
// makers say so of their own work, otherwise beside an address to get them.
var (
	releaseWords = pattern.MustCompile(`(?i)(?:` +
		`\b(?:we|our|team|release|project)\b[^\n]{0,60}\b(?:releas\w+|open[- ]?sourc\w+|provid\w+|publish\w*` +
		`|includes?|made available)\b[^\n]{0,80}\b(?:weights|checkpoints|models)\b|` +
		`\b(?:code|codebase)[^\n]{0,20}\b(?:and|&)[^\n]{0,20}\b(?:model )?(?:weights` +
		`|checkpoints)[^\n]{0,40}\b(?:released|available|licensed)|` +
		`\b(?:model |models )?(?:weights|checkpoints)[^\n]{0,60}\b(?:are|is|were) (?:now |publicly |freely ` +
		`|also )?(?:released|licensed|available|open[- ]?sourced)|` +
		`\bmodels?\b[^\n]{0,40}\b(?:are|is|were|have been) (?:now |all |publicly |freely |also |been )*(?:released` +
		`|available|open[- ]?sourced)\b)`)
	releaseLink = pattern.MustCompile(`(?i)(?:weights?|checkpoints?|models?|ckpts?|权重|模型` +
		`|下载)\b?[^\n]{0,200}(?:https?://(?:huggingface\.co|hf\.co|(?:www\.)?modelscope\.(?:cn|ai)|drive\.google\.com` +
		`|(?:www\.)?kaggle\.com/models|zenodo\.org|[\w.-]*(?:blob|storage|s3)[\w.-]*)/[^\s)"'>]+` +
		`|https?://[^\s)"'>]+\.(?:zip|tar|tar\.gz|ckpt|pth?|safetensors|gguf|bin)\b)`)
	collectionLink = pattern.MustCompile(`(?i)(?:huggingface\.co|hf\.co)/collections/([\w.-]+)/`)
)

// notYet matches a line that takes a release back.
var notYet = pattern.MustCompile(`(?i)(coming soon|will be (?:released|available|open)|not (?:be )?(?:released` +
	`|available|open)|plan(?:s|ning)? to (?:release|open)|cannot (?:release|share)|to be released|stay tuned` +
	`|\bon (?:the|its|their) way\b|\[ \])`)

// releaseLines lists a page's statements that weights are out. A line that links
// models is one only if a model of the audited one's family is among them. On a
// page that is not named after the family the line must name it.
func (in *input) releaseLines(d *audit.Document, id, family string) []audit.Span {
	named := len(family) < identity.MinFamily || strings.Contains(identity.Squash(d.PlaceID), family) ||
		identity.NamedAfter(in.id(), d.PlaceID)
	var found []audit.Span
	for _, pattern := range []*pattern.Regexp{collectionLink, releaseLink, releaseWords} {
		for _, at := range pattern.FindAllIndex(d.Body, 40) {
			whole := in.said(d, at[0])
			text := d.Body[whole.Start:whole.End]
			if at[1] > whole.End || pattern == releaseLink && !offersFiles(text) {
				continue // the words and the address stand in two sentences, or the address is no model's
			}
			switch {
			case onlyImages(text), pattern == collectionLink && barely(string(text)):
				continue // a picture, or a badge of a collection: neither names the model's files
			case pattern == releaseWords && (servesOther.Match(d.Body[at[0]:at[1]]) || in.titleOrCode(d, whole)):
				continue
			}
			if pattern != collectionLink && inURL(d.Body, at[0]) || notYet.Match(text) ||
				notYet.Match(bytesOf(d, page.Line(d.Body, at[0]))) || in.elsewhere(d, text) || notWeights.Match(text) ||
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
var servesOther = pattern.MustCompile(`(?i)\b(?:apis?|tools?|scripts?|code|utilities|functions?|examples?|notebooks?` +
	`|support|instructions?)\b[^\n]{0,60}[ ,]\b(?:to|for|that|which) (?:\w+ )?(?:apply|train|optimi[sz]e|convert|load` +
	`|run|use|evaluat|fine-?tun|quanti[sz]|export|merge|serve|infer)`)

// titleOrCode reports whether words of a release stand in a heading or in a program:
// the one announces what follows, in the other a remark speaks of what the program does.
func (in *input) titleOrCode(d *audit.Document, s audit.Span) bool {
	return d.Body[s.Start] == '#' || slices.ContainsFunc(in.card(d).Code, func(c page.CodeBlock) bool {
		return c.Body.Start <= s.Start && s.Start < c.Body.End
	})
}

// onlyImages reports whether a text shows pictures, and has no word or link beside them.
func onlyImages(text []byte) bool {
	return imageMark.Match(text) && len(bytes.TrimSpace(imageMark.ReplaceAll(text, nil))) == 0
}

// offersFiles reports whether a text with an address gives the address of files:
// a model on a hub, an archive, or an organisation's page in words of an offer.
func offersFiles(text []byte) bool {
	return len(modelLinks(text)) > 0 || !hubAddress.Match(text) || offeringWords.Match(text)
}

var (
	hubAddress    = pattern.MustCompile(`(?i)(?:huggingface\.co|hf\.co|modelscope\.(?:cn|ai))/`)
	offeringWords = pattern.MustCompile(
		`(?i)\bweights\b|\bcheckpoints?\b|\bdownload\w*|\breleas\w+|\bavailable\b|\bopen-?sourc\w+|权重|下载|开源|发布`,
	)
)

// linksOthersOnly reports whether a text links models, but none of the family
// that its makers offer: the base that it was made from and others' conversions
// of it are not the model.
func (in *input) linksOthersOnly(d *audit.Document, text []byte, id string) bool {
	linked := modelLinks(text)
	if len(linked) == 0 {
		return false
	}
	var origins []string
	if !strings.EqualFold(id, in.subject.Base) {
		origins = append(origins, in.subject.Base)
		for _, from := range derivations(text) {
			for _, r := range modelLinks([]byte(from.value)) {
				origins = append(origins, r.value)
			}
		}
	}
	return !slices.ContainsFunc(linked, func(r reading) bool {
		origin := slices.ContainsFunc(origins, func(o string) bool { return strings.EqualFold(o, r.value) })
		return in.related(r.value) && !origin && in.offeredBy(d, r.value, id)
	})
}

// offeredBy reports whether a linked model may be the one that a page offers: on
// a model's own card that model, elsewhere one of the same makers or name.
func (in *input) offeredBy(d *audit.Document, linked, id string) bool {
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
	tokenizerWord = pattern.MustCompile(`(?i)\btokenizers?\b|\bvocabular(?:y|ies)\b`)
	weightsWord   = pattern.MustCompile(`(?i)\bweights\b|\bcheckpoints?\b`)
)

// releaseSentence finds the statement that names the model most closely, and by
// how many parts of its name; of equal ones the first. No statement gives -1.
func (in *input) releaseSentence(d *audit.Document, id, family string) (best audit.Span, most int) {
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
func (in *input) releasedByName(pages []*audit.Document, s slot, id string) []audit.Observation {
	for _, d := range pages {
		for _, span := range in.releaseLines(d, id, "") {
			if len(mentions(d.Body[span.Start:span.End], path.Base(id))) > 0 {
				return in.ungated(d, s, span, "the page says that this model's weights are out")
			}
		}
	}
	return nil
}

// notWeights matches a line on data, pages to read or licences only: an address
// that is called a dataset, terms that whoever uses the weights must follow.
var notWeights = pattern.MustCompile(`(?i)(wandb|\bthank(?:s|ful)?\b|[?&](?:search|other)=|newer models?` +
	`|community checkpoints?|model evaluation|released codes?\b|/pull/|/issues/|weights ?& ?biases|wikitext|/studios/` +
	`|demo\b|\bfor (?:\w+ )?(?:test(?:ing)?|trial|chat(?:ting)?)\b|\bplayground\b|\barena\b` +
	`|\bat (?:the )?(?:time of )?(?:its )?release\b|\btools? for\b|reward model|vocab(?:ulary)? files?|/papers/` +
	`|/blog/|/docs/|/spaces/` +
	`|https?://[^\s)]*[/_-]datasets?\b|optimizer[- ]states?|models are licensed to|must (?:follow|comply with)\b` +
	`|--[\w-]+[= ]["']?https?:)`)

// inURL reports whether an offset lies within a web address.
func inURL(body []byte, at int) bool {
	start := at
	for start > 0 && at-start < 200 && !bytes.ContainsRune([]byte(" \t\n<>()[]|"), rune(body[start-1])) {
		start--
	}
	return bytes.Contains(body[start:at], []byte("://"))
}

// elsewhere reports whether a line links a repository or model of other makers
// than the document's or the model's: then it speaks of theirs.
func (in *input) elsewhere(d *audit.Document, text []byte) bool {
	for _, m := range repositoryLink.FindAllSubmatch(text, 10) {
		owner, name := path.Dir(string(m[1])), path.Base(string(m[1]))
		switch owner {
		case "collections":
			owner = name // the address goes on with the owner
		case "datasets", "spaces", "docs", "papers", "blog", "join", "settings":
			continue
		}
		if !identity.SameMaker(owner, path.Dir(d.PlaceID)) && !identity.SameMaker(owner, path.Dir(in.id())) &&
			!identity.SameFamily(owner+"/"+name, d.PlaceID) {
			return true
		}
	}
	return false
}

// repositoryLink matches a link to a repository on a forge or hub.
var repositoryLink = pattern.MustCompile(
	`(?:github\.com|huggingface\.co|hf\.co)/([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)`,
)
