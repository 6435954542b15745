package data

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a passage discloses: a dataset that is linked, sources that are named, or
// words on amounts and kinds only.

var (

	// dataCollection is a hub's collection that is named after data.
	dataCollection = phrases.ExpressionOf("data.data-collection")
	dataHost       = phrases.ExpressionOf("data.data-host")
	picture        = pattern.MustCompile(`(?i)\.(?:png|jpe?g|gif|svg|webp|pdf)\b`)
	// ownStage are words for the data of a training itself.
	ownStage  = phrases.ExpressionOf("data.own-stage")
	denial    = phrases.ExpressionOf("data.denial")
	trainedOn = phrases.ExpressionOf("data.trained-on")
	// named matches a proper name beside a word for a collection of data.
	named = phrases.ExpressionOf("data.named")
	// tools are sentences on what a script, a function or a task does, not on
	// what the model was made from.
	tools = phrases.ExpressionOf("data.tools")
	// SelfTold is a sentence in which makers tell what they did.
	SelfTold = phrases.ExpressionOf("data.self-told")
)

var (
	// inspects matches a link to a place where data can be looked through.
	inspects = phrases.ExpressionOf("data.inspects")
	// describesSets matches a link to pages on the data, which are not the data.
	describesSets = pattern.MustCompile(`(?i)\[[^\]\n]*\bdata ?(?:cards?|sheets?)\b[^\]\n]*\]\(https?://`)
	// asExamples matches a row of names that are examples of a whole that is not told.
	asExamples = pattern.MustCompile(`(?i)\b(?:such as|for example|e\.g\.)[^\n]*\b(?:and so on|etc\b)`)
	// dataTitle matches a heading on what a model was trained on.
	dataTitle = pattern.MustCompile(`\b(training data|training data ?sets?|pre-?training data|fine-?tuning data)\b`)
)

// adjective matches "pretrained" as it stands before a model: there it tells of
// no training, and of no data of one.
var adjective = phrases.ExpressionOf("data.adjective")

// afterVerb matches what follows "pretrained" where it is a verb.
var afterVerb = pattern.MustCompile(`^(?:on|with|using|from|for|by|in|to|and|over|via|at)\b`)

// withoutAdjective is a text in small letters without that word.
func withoutAdjective(text string) string {
	return adjective.ReplaceAllStringFunc(text, func(found string) string {
		_, rest, _ := strings.Cut(found, " ")
		if afterVerb.MatchString(rest) {
			return found
		}
		return rest
	})
}

// paperTitle matches a sentence that is a link to a paper and nothing else: its
// title tells what the paper is called.
var paperTitle = phrases.ExpressionOf("data.paper-title")

// userTuning matches the folder of code with which users tune the model on data
// of their own: its pages show data that the model was not made from.
var userTuning = pattern.MustCompile(`(?i)(^|/)(p-?tuning|fine-?tun(e|ing)|lora|dreambooth|textual[-_]inversion)[^/]*/`)

// goneNote is the note of data that is linked and is not there.
const goneNote = "A dataset is linked as training data, and its page is not there or says that it is not out."

// disclosure grades what a passage discloses.
func (r *dataReader) disclosure(p page.Passage, said dataSaid) (value, note string) {
	raw := string(p.Raw())
	trains, tie := said.trained || trainedOn.MatchString(p.Text), bondOf(raw)
	switch {
	case tie == apart:
		return "", ""
	case tie == partly && (trains || r.onTraining(p)):
		return "listed", "What the model was trained on was made from the data that is linked, and more."
	case said.aside, paperTitle.MatchString(raw), tools.MatchString(p.Text) && !SelfTold.MatchString(p.Text),
		userTuning.MatchString(p.Doc.Path) && !SelfTold.MatchString(p.Text):
		return "", ""
	case document.HubDataset.MatchString(raw) && !strings.Contains(raw, "/resolve/") &&
		(said.trained || r.onTraining(p)):
		r.nameDatasets(p, raw)
		if r.allGone(raw) {
			return "listed", goneNote
		}
		return "downloadable", "A dataset is linked where the page speaks of training data."
	case (trains || ownStage.MatchString(p.Text)) && r.hosted(raw):
		return "downloadable", "The sentence links the training data."
	case inspects.MatchString(raw) && dataTitle.MatchString(p.Heading):
		return "downloadable", "Under its heading on training data the page links where that data can be inspected."
	case describesSets.MatchString(raw) && dataTitle.MatchString(p.Heading):
		return "listed", "Under its heading on training data the page links descriptions of that data, set by set."
	case trains && (r.namesSource(raw) || calledSource(raw) || said.trained && r.plainSource(raw)), linkedSource(raw),
		r.naming(p, said) == namesSource,
		(gathers.MatchString(p.Text) || r.goesOn(p)) && namesRow(raw):
		return "listed", "The sentence names the training data."
	case said.trained && said.kind && !machinery.MatchString(p.Text):
		return "described", "Training data is described; no source is named."
	}
	return "", ""
}

// gathers matches a statement on how the data of a training came together.
var gathers = phrases.ExpressionOf("data.gathers")

// machinery matches a word on what training runs with, or how well.
var machinery = pattern.MustCompile(`\b(?:infrastructure|frameworks?|efficiency|throughput)\b`)

// hosted reports whether a text links data on a host of data; a picture that
// lies in a folder for data is none.
func (r *dataReader) hosted(raw string) bool {
	at := dataHost.FindStringIndex(raw)
	if at == nil {
		return false
	}
	address, _, _ := strings.Cut(raw[at[0]:], " ")
	return !picture.MatchString(address)
}

// namesSource reports whether a text names a dataset. One that bears the model's
// own name, or that of the library that reads it, names no source.
func (r *dataReader) namesSource(raw string) bool {
	for _, m := range named.FindAllStringSubmatch(raw, -1) {
		name := identity.Squash(strings.TrimPrefix(m[1], "The ") + m[2] + m[3])
		if len(name) >= minName && !strings.HasPrefix(identity.Squash(path.Base(r.ID())), name) &&
			!libraryName.MatchString(name) {
			return true
		}
	}
	return false
}

// sourceLinks match a linked name after a statement of what a model was trained
// on: "pre-trained on [the Nest](...), a corpus of songs", "trained using
// [Nest-2](...) and [Eggs](...) datasets". What follows "using" may be a tool, so
// there the word for data must follow the links at once.
var (
	sourceLink = phrases.ExpressionOf("data.source-link")
	// sourceShare is the same with the word for data before the link: "tuned on a subset
	// of [Nest](...)", "trained on 60,000 hours of [Eggs](...)".
	sourceShare = phrases.ExpressionOf("data.source-share")
	// sourceServed has the link first: "[Nest](...) is used as training data".
	sourceServed = phrases.ExpressionOf("data.source-served")
	// sourceTitled has the word for data in the link: "trained on the [Nest song dataset](...)".
	sourceTitled = phrases.ExpressionOf("data.source-titled")
	// sourceBracket has the links in brackets behind it: "trained on public corpora ([Nest](...), [Eggs](...))".
	sourceBracket = phrases.ExpressionOf("data.source-bracket")
	sourceLinks   = phrases.ExpressionOf("data.source-links")
)

// namedSources matches sources that a sentence names in a row behind words for
// them: "public datasets (e.g., Code Nest, Falco data)", "corpora such as A and B".
var namedSources = phrases.ExpressionOf("data.named-sources")

// namesRow reports whether a text names sources in such a row. A row of languages,
// natural or of programs, tells of what kind the data is.
func namesRow(raw string) bool {
	row := namedSources.FindString(linkTarget.ReplaceAllString(raw, "]"))
	return row != "" && !languages.MatchString(row) && !machine.MatchString(raw)
}

// languages matches words for what a row of languages lists.
var languages = pattern.MustCompile(`(?i)\blanguages?\b`)

// furtherData matches a sentence that goes on with the data of the one before it: "This
// includes data from sources such as ...".
var furtherData = phrases.ExpressionOf("data.further-data")

// goesOn reports whether a sentence goes on with what the one before it says that
// the model was trained on, or the one before that and a sentence on that data.
func (r *dataReader) goesOn(p page.Passage) bool {
	if !furtherData.MatchString(p.Text) {
		return false
	}
	prose := r.Prose(p.Doc)
	at, found := page.IndexAt(prose, p.Span.Start)
	for back := 1; found && back <= min(2, at); back++ {
		before := prose[at-back]
		if before.Heading != p.Heading {
			return false
		}
		if readSaid(string(before.Raw())).trained {
			return true
		}
		if !dataEntry.MatchString(before.Text) {
			return false // it goes on with something else
		}
	}
	return false
}

// machine matches the name of what a model is trained on that is no data.
var machine = phrases.ExpressionOf("data.machine")

// linkedSource reports whether a text links a dataset by its name as what the
// model was trained on.
func linkedSource(raw string) bool {
	for _, pattern := range []*pattern.Regexp{sourceLink, sourceTitled, sourceBracket, sourceLinks, sourceShare,
		sourceServed} {
		m := pattern.FindStringSubmatch(raw)
		if m != nil && strings.ToLower(m[1]) != m[1] && len(document.ModelLinks([]byte(m[2]))) == 0 &&
			!account.MatchString(m[2]) && !paperHost.MatchString(m[2]) && !machine.MatchString(m[1]) {
			return true
		}
	}
	return false
}

// plainSource reports whether a text names what the model was trained on as the
// dataset of a name of one word. A language or the model's own name is none.
func (r *dataReader) plainSource(raw string) bool {
	m := plainlyNamed.FindStringSubmatch(linkTarget.ReplaceAllString(raw, "]"))
	return m != nil && !adjectival.MatchString(m[1]) && !machine.MatchString(m[1]) &&
		!libraryName.MatchString(identity.Squash(m[1])) &&
		!strings.HasPrefix(identity.Squash(path.Base(r.ID())), identity.Squash(m[1]))
}

// sourceCalled matches a name after a statement of what a model was trained on
// that the sentence then calls data: "trained on RAW-Nest, a large corpus".
var sourceCalled = phrases.ExpressionOf("data.source-called")

// calledSource reports whether a text names a dataset in that way.
func calledSource(raw string) bool {
	m := sourceCalled.FindStringSubmatch(raw)
	return m != nil && !machine.MatchString(m[1])
}

// account matches the address of somebody's account on a hub or forge: "on [Acme](...)'s data".
var account = pattern.MustCompile(`(?i)//(?:www\.)?(?:huggingface\.co|github\.com)/[\w.-]+/?$`)

// paperHost matches the address of a paper.
var paperHost = pattern.MustCompile(`(?i)//(?:www\.)?(?:arxiv\.org|doi\.org|aclanthology\.org|openreview\.net)`)

// minName is the least length of a dataset's name: shorter ones are units ("GB").
const minName = 3

// plainlyNamed matches a name of one word that a model was trained on the dataset of.
var plainlyNamed = phrases.ExpressionOf("data.plainly-named")

// linkTarget is the address of a link.
var linkTarget = pattern.MustCompile(`\]\([^)\s]*\)`)

// adjectival matches words in capitals that are no names of data: languages, months.
var adjectival = phrases.ExpressionOf("data.adjectival")

// libraryName matches, squashed, what stands before "datasets" as the name of a
// tool or a language rather than of data.
var libraryName = phrases.ExpressionOf("data.library-name")

// nameDatasets adds each hub dataset that the passage links.
func (r *dataReader) nameDatasets(p page.Passage, raw string) {
	for _, m := range document.HubDataset.FindAllStringSubmatchIndex(raw, -1) {
		span := audit.Span{Start: p.Span.Start + m[2], End: p.Span.Start + m[3]}
		r.found = append(r.found, audit.Observe(p.Doc, "data.datasets", raw[m[2]:m[3]], span,
			"Linked as training data."))
	}
}
