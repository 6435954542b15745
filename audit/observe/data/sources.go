package data

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
)

// What a passage discloses: a dataset that is linked, sources that are named, or
// words on amounts and kinds only.

var (

	// dataCollection is a hub's collection that is named after data.
	dataCollection = pattern.MustCompile(
		`(?i)(?:huggingface\.co|hf\.co)/collections/([\w.-]+/[\w.-]*(?:data|corpus|corpora)[\w.-]*)`,
	)
	dataHost = pattern.MustCompile(`(?i)//(?:www\.)?(zenodo\.org/record|kaggle\.com/datasets` +
		`|github\.com/[\w.-]+/[\w.-]+/(?:tree|blob)/[\w.-]+/(?:[\w./-]*/)?(?:data|datasets?)\b|data\.[\w-]+\.\w+` +
		`|github\.com/[\w.-]+/[\w.-]+/(?:blob|raw)/[\w./-]*data[\w-]*\.(?:jsonl?|csv|tsv|parquet|zip|txt)\b` +
		`|pile\.eleuther\.ai)`)
	picture = pattern.MustCompile(`(?i)\.(?:png|jpe?g|gif|svg|webp|pdf)\b`)
	// ownStage are words for the data of a training itself.
	ownStage = pattern.MustCompile(`\b(training|pre-?training|fine-?tuning|instruction(?:[- ]tuning)?|sft` +
		`|preference) (?:data ?sets?|data|corpus|corpora)\b|(?:训练|微调|指令)(?:数据|语料)`)
	denial = pattern.MustCompile(`\b(not|never|unable to|cannot|can't|won't|no plans? to)\b.{0,40}\b(releas\w*` +
		`|shar\w*|disclos\w*|publish\w*|open-?sourc\w*)\b.{0,60}\b(data|datasets?|corpus)\b` +
		`|\bdata\w*\b.{0,40}\b(will not|is not|are not|cannot|not be)\b.{0,20}\b(releas\w*|shar\w*|disclos\w*` +
		`|public\w*|open-?sourc\w*)\b|\b(proprietary|internal|in-house|undisclosed)\b.{0,30}\b(data|datasets?|corpus` +
		`|corpora)\b`)
	trainedOn = pattern.MustCompile(`\b(train(ed)?|pre-?trained|fine-?tuned|based|built|tuned)\b.{0,60}\b(on|with` +
		`|using)\b|(?:使用|采用|基于|利用|用|在).{0,120}(?:训练|微调|精调)`)
	// named matches a proper name beside a word for a collection of data.
	named = pattern.MustCompile(`([A-Z][A-Za-z]*(?:[-_ ]?(?:v\d` +
		`|[A-Z0-9])[\w.+]*)+)\s*(?:\([^)]*\))?\s*(?:[Dd]ata ?[Ss]ets?|[Cc]orpus|[Cc]orpora)\b|(?:[Dd]ata ?[Ss]ets?` +
		`|[Cc]orpus|数据集|语料库?)\s*\[?([A-Z][\w-]*\d?[A-Z0-9][\w-]*)|([A-Z][\w.-]{2,})\]?(?:\([^)]*\))?\s?(?:数据集|语料库|语料)`)
	// tools are sentences on what a script, a function or a task does, not on
	// what the model was made from.
	tools = pattern.MustCompile(`\b(scripts?|notebooks?|colab|functions?|decorators?|pipelines?|recipes?|configs?` +
		`|classes|library|codebase) (?:to|that|for|which|in|can|use[sd]?|is|are)\b|\bthe task of\b|\byour\b` +
		`|\b(?:added|adds|supports|supported|supporting|support for)\b.{0,40}\b(?:data ?sets?|data|corpora)\b` +
		`|\b(?:argument|option|flag|parameter)s? (?:to|is|which|that)\b`)
	// SelfTold is a sentence in which makers tell what they did.
	SelfTold = pattern.MustCompile(
		`\b(we|our|is trained|was trained|is fine-?tuned|was fine-?tuned|were trained|were fine-?tuned)\b`,
	)
)

var (
	// inspects matches a link to a place where data can be looked through.
	inspects = pattern.MustCompile(`(?i)\[[^\]\n]*\b(?:corpus|data) (?:map|explorer|viewer|browser|catalog(?:ue)?` +
		`|search)\b[^\]\n]*\]\(https?://`)
	// describesSets matches a link to pages on the data, which are not the data.
	describesSets = pattern.MustCompile(`(?i)\[[^\]\n]*\bdata ?(?:cards?|sheets?)\b[^\]\n]*\]\(https?://`)
	// asExamples matches a row of names that are examples of a whole that is not told.
	asExamples = pattern.MustCompile(`(?i)\b(?:such as|for example|e\.g\.)[^\n]*\b(?:and so on|etc\b)`)
	// dataTitle matches a heading on what a model was trained on.
	dataTitle = pattern.MustCompile(`\b(training data|training data ?sets?|pre-?training data|fine-?tuning data)\b`)
)

// adjective matches "pretrained" as it stands before a model: there it tells of
// no training, and of no data of one.
var adjective = pattern.MustCompile(`\bpre-?trained ((?:[\w-]+ ){0,4}?)(models?|checkpoints?|weights|llms?|networks?` +
	`|transformers?|lms?|encoders?|decoders?|backbones?|vaes?|unets?)\b`)

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
var paperTitle = pattern.MustCompile(
	`(?s)^\W*\[[^\]]+\]\(https?://(?:www\.)?(?:arxiv\.org|doi\.org|aclanthology\.org|openreview\.net)[^)]*\)\W*$`,
)

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
		!r.FamilyWord.MatchString(rowOfSources.FindString(raw)) && namesInRow(raw),
		(gathers.MatchString(p.Text) || r.goesOn(p)) && namesRow(raw):
		return "listed", "The sentence names the training data."
	case said.trained && said.kind && !machinery.MatchString(p.Text):
		return "described", "Training data is described; no source is named."
	}
	return "", ""
}

// gathers matches a statement on how the data of a training came together.
var gathers = pattern.MustCompile(`\b(?:train\w*|pre-?train\w*|fine-?tun\w*)\b.{0,100}\b(?:data|data ?sets?|corpus` +
	`|corpora)\b.{0,60}\b(?:collect\w*|gather\w*|curat\w*|use[sd]?|compos\w*|compil\w*|combin\w*|includ\w*|consist\w*` +
	`|compris\w*|draw\w*|sourc\w*)\b|\b(?:collect\w*|gather\w*|curat\w*|compil\w*|combin\w*|trained` +
	`|tuned)\b.{0,100}\b(?:data|data ?sets?|corpus|corpora|sources)\b`)

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

// learning is how a statement of what a model was trained on begins, dataWord what that is called.
const (
	learning = `(?i)\b(?:train|tun)(?:ed|ing)\b(?: [^.\[\n]{0,80})? on `
	dataWord = `\b(?:data ?sets?|corpus|corpora)\b`
)

// sourceLinks match a linked name after a statement of what a model was trained
// on: "pre-trained on [the Nest](...), a corpus of songs", "trained using
// [Nest-2](...) and [Eggs](...) datasets". What follows "using" may be a tool, so
// there the word for data must follow the links at once.
var (
	sourceLink = pattern.MustCompile(learning +
		`[^.\[\n]{0,40}\[([^\]\n]{3,60})\]\((https?://[^)\s]+)\)[^\n]{0,200}` + dataWord)
	// sourceShare is the same with the word for data before the link: "tuned on a subset
	// of [Nest](...)", "trained on 60,000 hours of [Eggs](...)".
	sourceShare = pattern.MustCompile(`(?i)\b(?:trained` +
		`|tuned) (?:from [^\n]{0,160} )?on (?:[^.\[\n]{0,60} )?(?:subset|portion|part|hours|images|pairs|samples` +
		`|sentences|documents|tokens|ratio|mix|mixture|combination|split|recordings|clips|texts?` +
		`|articles) (?:[\w,-]+ ){0,4}(?:of|from|in) (?:the )?\[([^\]\n]{3,60})\]\((https?://[^)\s]+)\)`)
	// sourceServed has the link first: "[Nest](...) is used as training data".
	sourceServed = pattern.MustCompile(`(?i)\[([^\]\n]{3,60})\]\((https?://[^)\s]+)\)(?: (?:data ?sets?|corpus` +
		`|corpora) (?:is|are|was|were) used (?:as|for|in|to) (?:[\w-]+ ){0,3}(?:pre-?|fine-?)?(?:train|tun)| (?:is` +
		`|are|was|were) used as (?:[\w-]+ ){0,3}(?:training|tuning) (?:data|set|corpus))`)
	// sourceTitled has the word for data in the link: "trained on the [Nest song dataset](...)".
	sourceTitled = pattern.MustCompile(learning + `[^.\[\n]{0,40}\[([^\]\n]{3,60} (?:data ?sets?|corpus` +
		`|corpora))\]\((https?://[^)\s]+)\)`)
	// sourceBracket has the links in brackets behind it: "trained on public corpora ([Nest](...), [Eggs](...))".
	sourceBracket = pattern.MustCompile(`(?i)\b(?:train|tun)(?:ed|ing)\b[^.\n]{0,120}` + dataWord +
		`[^.\[\n]{0,60}\(\s*\[([^\]\n]{3,60})\]\((https?://[^)\s]+)\)`)
	sourceLinks = pattern.MustCompile(`(?i)\btrained (?:using|with)(?: using)? (?:the |a ` +
		`|an )?\[([^\]\n]{3,60})\]\((https?://[^)\s]+)\)(?:,? (?:and ` +
		`|& )?(?:the )?\[[^\]\n]{3,60}\]\([^)\s]+\)){0,5} (?:data ?sets?|corpus|corpora)\b`)
)

// namedSources matches sources that a sentence names in a row behind words for
// them: "public datasets (e.g., Code Nest, Falco data)", "corpora such as A and B".
var namedSources = pattern.MustCompile(`(?:[Dd]ata ?sets?|[Cc]orp(?:ora|us)|[Ss]ources` +
	`|[Dd]ata)\b[^.(]{0,40}?[(:]?\s?(?:e\.g\.|such as|including|i\.e\.|like|namely|comprising|consisting of` +
	`|:),?\s+(?:the )?(?:\[|\*\*|` + "`" + `)?[A-Z][\w.-]+[^.;]{0,60}(?:,| and | & )\s?(?:the |and )?(?:\[|\*\*|` +
	"`" + `)?[A-Z][\w.-]+`)

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
var furtherData = pattern.MustCompile(`^\W*(?:this|these|it|they|the (?:data ?sets?|data|mix|mixture` +
	`|corpus)) (?:also )?(?:includes?|included|comprises?|contains?|combines?|consists? of)\b.{0,40}\b(?:data ?sets?` +
	`|data|sources|corpora)\b`)

// goesOn reports whether a sentence goes on with what the one before it says that
// the model was trained on, or the one before that and a sentence on that data.
func (r *dataReader) goesOn(p page.Passage) bool {
	if !furtherData.MatchString(p.Text) {
		return false
	}
	prose := r.Prose(p.Doc)
	at, found := slices.BinarySearchFunc(prose, p.Span.Start, func(q page.Passage, at int) int {
		return cmp.Compare(q.Span.Start, at)
	})
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
var machine = pattern.MustCompile(
	`(?i)\b(?:gpus?|[tnh]pus?|tpuv\d\w*|a100|h100|h800|v100|gaudi|cluster|supercomputer|aws|cloud|sagemaker)\b`,
)

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
var sourceCalled = pattern.MustCompile(`\b(?:[Tt]rained` +
	`|tuned) on (?:the )?([A-Z][\w-]+(?: [A-Z0-9][\w.-]*){0,3}), an? [^.,\n]{0,60}\b(?:data ?set|corpus)\b`)

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
var plainlyNamed = pattern.MustCompile(`\b(?:[Ff]ine-?|[Pp]re-?)?(?:[Tt]rain|[Tt]un)(?:ed` +
	`|ing)\b[^.\n]{0,200}?\b(?:on|with|using|from) (?:the ` +
	`|an? )?(?:[a-z][\w-]* ){0,3}(?:of (?:the )?)?["*\[` + "`" + `]*([A-Z][a-z][\w-]+)["*\]` + "`" +
	`]*(?: [a-z]+)? (?:data ?set|corpus)\b`)

// linkTarget is the address of a link.
var linkTarget = pattern.MustCompile(`\]\([^)\s]*\)`)

// adjectival matches words in capitals that are no names of data: languages, months.
var adjectival = pattern.MustCompile(`(?:ish|ese|ian|ean|can|man|utch|rench|reek|indi|rdu|hai|amil|abic|brew|ngali` +
	`|elugu|ench|ovak|zech|wiss|lemish|icelandic|nordic|uary|ber|April|May|June|July|August|March|-?[Ss]tyle|-like` +
	`|-type|-based)$|^(?i:none|unknown|undisclosed|the|this|our|their|all|each|both|open|public|custom|private` +
	`|internal|training|large|web|new|full)$`)

// libraryName matches, squashed, what stands before "datasets" as the name of a
// tool or a language rather than of data.
var libraryName = pattern.MustCompile(`^(huggingface|hf|pytorch|tensorflow|webdataset|mosaicml?|(english|chinese` +
	`|french|german|spanish|italian|dutch|portuguese|russian|arabic|hindi|japanese|korean)+|llm|ai|gpt\d*)$`)

// nameDatasets adds each hub dataset that the passage links.
func (r *dataReader) nameDatasets(p page.Passage, raw string) {
	for _, m := range document.HubDataset.FindAllStringSubmatchIndex(raw, -1) {
		span := audit.Span{Start: p.Span.Start + m[2], End: p.Span.Start + m[3]}
		r.found = append(r.found, audit.Observe(p.Doc, "data.datasets", raw[m[2]:m[3]], span,
			"Linked as training data."))
	}
}
