package identity

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Whether a sentence says that a model was made from another is asked by the crawler, which
// looks for pages, and by every theme that reads them. It is answered here, from the words
// around a name.

var (
	// leads and trails match words around a name that say it outright, in the languages of the phrases.
	leads  = phrases.ExpressionOf("origin.leads")
	trails = phrases.ExpressionOf("origin.trails")
	// leadsToBase matches words right before a name that make it what the model was made from.
	leadsToBase = pattern.MustCompile(`(?:^|[^\w-])(?:backbone|base(?: model| llm| checkpoint)?|starting (?:point` +
		`|checkpoint|weights)|initial (?:checkpoint|weights|model)|foundation(?: model)?|parent(?: model)?` +
		`|underlying (?:model|llm)|pre-?trained model|initiali[sz]ation)\b[^.;!?]{0,30}?(?:\b(?:is|was|are|were|being` +
		`|be|namely|called|used)\b|[:=])[^.,;!?]{0,12}$` +
		`|\b(?:(?:pre-?)?train(?:ed|ing)\b[^.;:!?]{0,60}?\b(?:from|upon|over|on top of|starting (?:from|with))` +
		`|(?:fine-?tun(?:ed?|es|ing)|(?:further|continu\w+) (?:pre-?)?train(?:ed|ing)|tuned|adapted` +
		`|initiali[sz]ed|built|based|derived|distilled|quanti[sz]ed|converted|merged?|abliterated|uncensored|made` +
		`|created|obtained|starting|started|starts?|continued|lora|adapters?|deltas?|quants?|quanti[sz]ations?` +
		`|conversions?|ggufs?|fork|cop(?:y|ies)|\w*merge)\b[^.;:!?]{0,60}?\b(?:from|of|on` +
		`|upon|over|for|on top of|to|with|using|between))\b[^\w.;!?]{0,4}$` +
		`|(?:\bis|\bwas|,) an? (?:\w+ )?(?:mixture|blend) of(?: (?:the|our|both))?[^\w.;!?]{0,4}$` +
		`|(?:基于|基座(?:模型)?(?:为|是|采用|：|:)|在|以|从|由)[^。；]{0,6}$`)
	// versionOf matches the same of a name with figures: a "multilingual version of RoBERTa" was not made from it.
	versionOf = pattern.MustCompile(`\b(?:versions?|variants?) (?:of|from|for)[^\w.;!?]{0,4}$`)
	// trailsBase matches words right behind a name that do the same.
	trailsBase = pattern.MustCompile(`^[^\w.;!?]{0,4}(?:(?:model|checkpoint|weights|transformer|backbone|decoder|llm` +
		`|network) )?(?:(?:is|was|are|were) (?:used |chosen |taken )?(?:as )?|serves? as |served as |acts as ` +
		`|as )(?:the |our |a |its )?(?:\w+ )?(?:backbone|base|starting|initial|foundation|parent)\b` +
		`|^[^\w.;!?]{0,4}(?:(?:model|checkpoint|weights|transformer|backbone|decoder|llm|network|\w+ model) )?(?:that` +
		`|which) (?:we|was|has been|is) (?:\w+ )?(?:trained|fine-?tuned|tuned|adapted|continued)\b` +
		`|^[^\w.;!?]{0,4}(?:model |weights |checkpoint )?(?:was|were|is|has been|have been) (?:then |further ` +
		`|subsequently )?(?:fine-?tuned|further trained|trained further|continu\w+ (?:pre-?)?train\w+|adapted|tuned` +
		`|quanti[sz]ed|converted|merged)\b` +
		`|^[\s\])"'*]{0,4}(?:模型|权重)?(?:上?(?:进行|做)?了?[^，。；]{0,10}(?:微调|量化|训练|蒸馏|开发|构建)` +
		`|上?继续|为基座|作为基座|为基础|作为基础)|^[^\w。]{0,4}(?:モデル)?(?:を(?:ベース|基|もと|元` +
		`|初期|ファインチューニング|微調整|追加学習|量子化)|から(?:ファイン|初期|学習)|をファイン)|^[^\w.]{0,4}(?:모델)?(?:을|를)? ?(?:기반|파인튜닝|미세|바탕)`)
	// loads and applies match the two halves of "load X, then apply these weights".
	loads = pattern.MustCompile(`\b(?:load|download|get|obtain|take|start (?:from|with)|took|started (?:from|with)` +
		`|need|requires?|used?)\b(?: [\w'-]+){0,4}[^\w.;!?]{0,3}$`)
	applies = pattern.MustCompile(`^[^.;!?]{0,60}\b(?:and|then|before|to)\b[^.;!?]{0,40}\b(?:appl(?:y|ies|ying)|merge` +
		`|add|attach|combine|fine-?tuned?|trained?|continued)\b`)
	applied = pattern.MustCompile(`\bappl(?:y|ied)\b[^.;!?]{0,60}\b(?:to|on|over|on top of)\b(?: (?:the|an?|original` +
		`|base|weights|of|model))*[^\w.;!?]{0,3}$`)
	// adds matches the words that tell a reader to add something to what a name is of, and addsWeights those that tell
	// that it is weights; toWeights matches the words behind the name that tell the same.
	adds = pattern.MustCompile(`(?:^|\b(?:then|and|please|must|(?:need|have) to|[.:;!?,]) ?)add (?:them|it|these|this|the)\b` +
		`[^.;!?]{0,30}\b(?:to|on top of) (?:(?:the|an?|original|base|weights|of|model) )*[^\w.;!?]{0,3}$`)
	addsWeights = pattern.MustCompile(`\b(?:deltas?|diffs?|weights?|adapters?|loras?)\b[^.;!?]*\badd\b` +
		`|\badd (?:these |this |the )?(?:[\w-]+ )?(?:deltas?|diffs?|weights?|adapters?|loras?)\b`)
	toWeights = pattern.MustCompile(`^[^\w.;!?]{0,4}(?:[\w-]+ )?(?:weights|checkpoint)\b`)

	// sureLead matches the end of words that what is no model cannot follow so well: data is trained on.
	sureLead = pattern.MustCompile(`\b(?:based on|from|of|upon|on top of|base(?: model)?\W{1,3})[^\w.;!?]{0,4}$` +
		`|基于[^。；]{0,6}$`)
	// tunedName matches words right before a name that call the page's model its tuned or changed
	// form, and trailsTuned the same behind it: "an instruction-tuned Falco", "Falco 7B fine-tuned on songs".
	tunedName = pattern.MustCompile(`^\W{0,6}(?:fine[- ]?tuned|quanti[sz]ed)[^\w.;!?]{1,3}$` +
		`|\b(?:is|are|was|were|this|it's|here)\b[^.;:!?]{0,40}\b(?:fine[- ]?tuned` +
		`|(?:instruction|chat|preference)[- ]tuned|quanti[sz]ed|distilled|merged|abliterated|uncensored` +
		`|retrained)[^\w.;!?]{0,3}(?:version of )?$|\b(?:by|via|after|through` +
		`|based on) (?:[\w-]+ ){0,4}?(?:fine-?tuning|tuning` +
		`|quanti[sz]ing|merging|distilling|pruning|training|converting)(?: the [\w-]+)?` +
		`(?: (?:the|an?|our|original|base|model` +
		`|weights|of))*[^\w.;!?]{0,4}$`)
	// isOne and calledModel match the two halves of "is a Falco-7B model trained on songs".
	isOne       = pattern.MustCompile(`(?:^\W{0,4}|\b(?:is|are|was) )an?(?: [\w-]+){0,4}[^\w.;!?]{1,4}$`)
	calledModel = pattern.MustCompile(`^[^\w.;!?]{0,4}(?:model|llm)\b,? (?:\w+ly )?trained (?:on|with|using)\b` +
		`|^[^\w.;!?]{0,4}-based\b`)
	// isThis and goesOnTrained match the two halves of "is [Falco](...) trained with fewer answers", of a link.
	isThis        = pattern.MustCompile(`\b(?:this|it|here) (?:is|was)(?: (?:the|an?|our))?[^\w.;!?]{0,4}$`)
	goesOnTrained = pattern.MustCompile(`^[^\w.;!?]{0,4}(?:model )?(?:re)?trained (?:with|on|using|for) `)
	// compares matches the words of a sentence that goes on to compare to its end, and makesAnew where it turns to what
	// was made: its groups are who or what did, and the verb before the participle. ownTurn matches such a clause that
	// tells of the page's model, and bareTurn one that leaves its subject to what stands before a relative.
	compares  = pattern.MustCompile(`\b(?:we|is|are|was|were|be)(?: \w+)? compared?\b(?:[^.;!?]|\.\d)*$`)
	makesAnew = pattern.MustCompile(`(?:,|\b(?:and|but|then|before|after|until))` +
		`((?: [\w.'’-]+){0,4}?)` +
		`((?: (?:is|was|were|has been))?)(?: \w+ly)? (?:fine-?tuned|tuned|trained|built|made|derived|initiali[sz]ed|created` +
		`|obtained|based|distilled|adapted|merged|started) `)
	ownTurn  = phrases.ExpressionOf("origin.own-turn")
	bareTurn = phrases.ExpressionOf("origin.bare-turn")
	relative = phrases.ExpressionOf("origin.relative")
	// comparison matches the words of deniesBase that set what follows them against the page's model.
	comparison = pattern.MustCompile(
		`\b(?:unlike|better than|instead of|rather than|compar\w*|versus|vs|than|outperform\w*)\b`)
	// tunesIt matches the words before what the page's makers say they trained on, and uses and asBase the two halves of
	// "using Falco and Condor models as base models".
	tunesIt = pattern.MustCompile(`\b(?:we|i)(?: (?:\w+ly|then|also|first|further))? (?:fine-?tuned?|tuned|adapt(?:ed)?` +
		`|quanti[sz]ed?|further (?:pre-?)?train(?:ed)?)(?: (?:the|an?|our|original|base|pre-?trained|both|model))*` +
		`[^\w.;!?]{0,4}$`)
	uses = pattern.MustCompile(`\b(?:us(?:e|es|ed|ing)|with|take|took|taking|chose|adopt(?:s|ed|ing)?)` +
		`(?: (?:the|both|original|official|pre-?trained|open))*[^\w.;!?]{0,4}$`)
	asBase = pattern.MustCompile(`^[^.;:!?]{0,80}?\bas (?:the |our |an? |its |their )?(?:\w+ )?(?:base|backbone|foundation` +
		`|starting|initial|parent)\b`)
	takenBack = pattern.MustCompile(`\b(?:not|never|instead of|rather than|unlike)\b[^.;!?]{0,60}$`)
	// ownerBefore matches what is left of an id before the name in it.
	ownerBefore = pattern.MustCompile(`[\w.-]+/$`)
	// aside matches what stands in parentheses right behind a name.
	aside = pattern.MustCompile(`^\s?\([^()]{0,80}\)`)
	// trainedOn and calledBase match the two halves of "trained on the Falco-7B base".
	trainedOn  = pattern.MustCompile(`\btrain(?:ed|ing) (?:on|with|using)\b[^.;:!?]{0,30}$`)
	calledBase = pattern.MustCompile(`^[^\w.;!?]{0,2}(?:base|foundation|backbone)\b(?: model)?[^\w-]` +
		`|^[^\w.;!?]{0,2} model (?:for|on|using|and)\b`)
	trailsTuned = pattern.MustCompile(`^[^\w.;!?]{0,4}(?:(?:(?:base|based|chat|instruct|hf|large|small|un?cased|language)` +
		`[ -]){0,2}(?:model|checkpoint|llm|transformer|architecture)s?` +
		`[^\w.;!?]{0,2})?(?:fully |further |then |later |[\w-]+ly )?(?:fine[- ]?tuned|finetune|(?:instruction` +
		`|chat)[- ]tuned|further (?:pre-?)?trained|aligned|distilled) (?:on|with|using|for|to|via|by)\b`)

	// deniesBase matches words before a name that take it back, or say what else was had from it.
	deniesBase = pattern.MustCompile(`\b(?:not|never|no longer|unlike|instead of|rather than|compar\w*|versus|vs|than` +
		`|outperform\w*|evaluat\w*|benchmark\w*|tokeni[sz]er|vocabular\w+` +
		`|(?:quanti[sz]ed|converted) (?:this|our) model|tokeni[sz]ed|judge\w*|generated|annotat\w*|teacher` +
		`|reward|embedding model|supervision|used to|together with|along with|alongside` +
		`|architectures?|(?:encoder|decoder|embedder|vae)\b[^.;!?]{0,40}\b(?:based|built|derived` +
		`|initiali[sz]ed)|inspired|similar|same` +
		`|datasets?|data (?:from|of|by|with)|(?:training|tuning|preference|instruction|test|dev|validation)[ -]sets?` +
		`|corpus|conversations` +
		`|dialogues|responses|outputs|prompts?|instructions (?:from|of|by|with)|research|technolog\w+|recipes?` +
		`|methods?|ideas?|codebase|code (?:(?:is|was|are|were) )?(?:based|built|from|of|derived|adapted)|licen[cs]e|draft` +
		`|assistant model|demos?|spaces?|available|see|try|better|optimizer` +
		`|projects|(?:two|three|four|several|different|both) (?:versions|variants)` +
		`|quanti[sz]ed versions of this)\b[^.;!?]{0,40}$|\b(?:model card|readme)\b[^.;!?]*$` +
		`|(?:不是|并非|不同于|相比|生成)[^。；]{0,10}$` +
		`|\bexcept(?:ion of|ions? for|ing| for)?(?: the)?[^\w.;!?]{0,4}$` +
		`|(?:아키텍[처쳐]|アーキテクチャ|架构)(?:는|은|は|为|是|采用|基于|：|:)?[\s\["]{0,2}$`)
	// besideModel matches the text of a link to a model's page that means something on it.
	besideModel = pattern.MustCompile(`\b(?:card|licen[cs]e|paper|report|code|space|demo|data ?sets?|collection` +
		`|blog|tokeni[sz]er|codebase)\b`)
	// wasTrained matches what tells how a name's own model came about, and calledIt what no such words take back.
	wasTrained = pattern.MustCompile(`^[^\w.;!?]{0,3}(?:that|which) (?:was|is|has been) pre-?trained\b`)
	calledIt   = pattern.MustCompile(`\b(?:base|backbone|parent|foundation) (?:model|checkpoint|llm) (?:is|was)[^\w.;!?]{0,4}$`)
	// deniesAfter matches words behind a name that make it something else.
	deniesAfter = pattern.MustCompile(`^[^\w.;!?]{0,3}(?:['’]s )?(?:(?:synthetic|generated|augmented|labell?ed` +
		`|chat|model` +
		`|original|own|vision|text|image|training|\w+ed) )?(?:tokeni[sz]er|datasets?|data|corpus|architech?ture|vocabulary` +
		`|licen[cs]e|paper|code|codebase|repository|responses|outputs|generated|generations|conversations|dialogues` +
		`|prompts?|style|format|framework|library|branch|recipe|research|technolog\w+|ideas|insights|work|approach` +
		`|methods?|as (?:a |the )?(?:judge|teacher|reward)|[\w-]+ (?:data ?sets?|corpus)|(?:\w+ ){0,2}architech?ture)\b` +
		`|^ ?(?:모델)?[을를] (?:미세 ?조정|파인 ?튜닝|추가 ?학습)하지 ?않았` +
		`|^[\s\])"'*]{0,2}(?:(?:의|の)? ?)?(?:架构|结构|框架|论文|数据|分词|아키텍[처쳐]|구조|アーキテクチャ)`)
)

// OriginMentions is MentionsOf where a text is read for what something was made from: it
// finds the names of networks, and known families in small letters.
func OriginMentions(text string, names map[string]bool) []Mention {
	all := maps.Clone(names)
	for _, f := range fields(text) {
		name := text[f.start:f.end]
		if head := strings.ToLower(headOf(name)); (networks()[head] || knownInSmall()[head]) && furtherWords(name) {
			if all == nil {
				all = make(map[string]bool)
			}
			all[strings.ToLower(name)] = true
		}
	}
	found := MentionsOf(text, all)
	for _, m := range slices.Concat(twoWordNames(text), MergedNames(text), labelledNames(text)) {
		found = slices.DeleteFunc(found, func(n Mention) bool { return m.Start <= n.Start && n.Start < m.End })
		found = append(found, m)
	}
	slices.SortStableFunc(found, func(a, b Mention) int { return a.Start - b.Start })
	return found
}

// twoWords matches the known families whose names are two words, in any case, with the figures behind them.
var twoWords = sync.OnceValue(func() *pattern.Regexp {
	var names []string
	for name := range known() {
		if strings.Contains(name, " ") {
			names = append(names, strings.ReplaceAll(regexp.QuoteMeta(name), " ", "[ -]"))
		}
	}
	slices.Sort(names)
	return pattern.MustCompile(`(?i)\b(?:` + strings.Join(names, "|") + `)(?:[ -](?:xl|v?\d+(?:[.-]\d+)*[bm]?))*\b`)
})

// twoWordNames are the names of such families in a text.
func twoWordNames(text string) (named []Mention) {
	for _, at := range twoWords().FindAllStringIndex(text, maxMentions) {
		named = append(named, Mention{Start: at[0], End: at[1], Name: text[at[0]:at[1]], Sized: true})
	}
	return named
}

// mergeOf matches what the names follow of which something was merged, and nameInList one of
// them and what parts it from the next: they are names whatever their shape.
var (
	mergeOf    = pattern.MustCompile(`\b[Mm]erge,? (?:of|between) (?:the )?`)
	nameInList = pattern.MustCompile(`^([A-Z][\w'’.-]*(?: (?:[A-Z\d][\w'’.-]*|v\d[\w.]*)){0,3})` +
		`(,? (?:and|&) |, ?| ?[&+] ?|\b)(?:the )?`)
)

var (
	// baseIs matches the name that a sentence gives as that of the base model, and an article behind it.
	baseIs = pattern.MustCompile(`\b[Bb]ase model (?:is|was) (?:the )?` +
		`([A-Z][\w-]*(?:\.\d+)*(?: (?:[A-Z\d][\w-]*|v\d+)(?:\.\d+)*){0,3})(?:(, an? )|[,.;)\n]|$)`)
	// noModel matches what a base model may be called that is no name: its licence, the format of its numbers.
	noModel = phrases.ExpressionOf("origin.no-model")
)

// labelledNames are the names that a text gives as that of the base model: with figures, or said to be "a" something.
func labelledNames(text string) (named []Mention) {
	for _, at := range baseIs.FindAllStringSubmatchIndex(text, maxMentions) {
		name := text[at[2]:at[3]]
		if (at[4] >= 0 || strings.ContainsAny(name, "0123456789")) && !noModel.MatchString(name) {
			named = append(named, Mention{Start: at[2], End: at[3], Name: name, Sized: true})
		}
	}
	return named
}

// MergedNames are the names in a list of what something is a merge of.
func MergedNames(text string) (named []Mention) {
	for _, at := range mergeOf.FindAllStringIndex(text, maxMentions) {
		last := false // an "and" comes before the last
		for next := at[1]; next < len(text) && len(named) < maxMentions; {
			m := nameInList.FindStringSubmatchIndex(text[next:])
			if m == nil {
				break
			}
			start, name := next+m[2], strings.TrimRight(text[next+m[2]:next+m[3]], ".")
			if owner := strings.LastIndex(name, "'s "); owner >= 0 {
				start, name = start+owner+len("'s "), name[owner+len("'s "):]
			}
			named = append(named, Mention{Start: start, End: start + len(name), Name: name, Sized: true})
			between := strings.Trim(text[next+m[4]:next+m[5]], " +")
			if m[4] == m[5] || last && between == "," {
				break
			}
			last = last || between != "," && between != ""
			next += m[1]
		}
	}
	return named
}

// WithLink widens an id in the address of a link to the link: the words around that tell what it is.
func WithLink(text string, m Mention) Mention {
	if open := strings.LastIndex(text[:m.Start], "]("); open >= 0 && !strings.ContainsAny(text[open+2:m.Start], " )") {
		if start := strings.LastIndexByte(text[:open], '['); start >= 0 {
			m.Start = start
		}
		m.End += strings.IndexByte(text[m.End:], ')') + 1
	} else if open := strings.LastIndex(text[:m.Start], "<a "); open >= 0 && !strings.Contains(text[open:m.Start], ">") {
		m.Start = open
		if end := strings.Index(text[m.End:], "</a>"); end >= 0 {
			m.End += end + len("</a>")
		}
	}
	return m
}

// Origins picks, of the names in a sentence, those of what it says that something was made
// from. They must stand in the order of the text.
func Origins(sentence string, named []Mention) []Mention {
	var origins []Mention
	said := false
	for i, m := range named {
		goesOn := said && i > 0 && named[i-1].End <= m.Start && (m.Sized || strings.ContainsAny(m.Name, "/0123456789")) &&
			listGoesOn.MatchString(wordsAfter(sentence[named[i-1].End:m.Start]))
		if said = goesOn || MadeFrom(sentence, m); said {
			origins = append(origins, m)
		}
	}
	return origins
}

// MadeFrom reports whether the words around a name in a sentence say that something was made
// from what it names.
func MadeFrom(sentence string, m Mention) bool {
	before, after := ownerBefore.ReplaceAllString(wordsBefore(sentence[:m.Start]), ""), wordsAfter(sentence[m.End:])
	if m.Sized && uses.MatchString(before) && asBase.MatchString(after) && !takenBack.MatchString(before) {
		return true
	}
	if deniedBase(before) || deniesAfter.MatchString(after) || ComparesTo(before) ||
		wasTrained.MatchString(after) && !calledIt.MatchString(before) ||
		besideModel.MatchString(linkText(sentence, m)) || linksElse(sentence[m.End:]) ||
		tunedOn.MatchString(before) && !hasSize(m.Name) && listOfThree.MatchString(after) {
		return false
	}
	head := headOfPhrase(before, m.Sized && !namesOther(after))
	switch {
	case trailsBase.MatchString(after), trailsTuned.MatchString(aside.ReplaceAllString(after, "")),
		m.Sized && tunesIt.MatchString(before) && !deniesBase.MatchString(before), tunedName.MatchString(before),
		applied.MatchString(before),
		adds.MatchString(before) && (addsWeights.MatchString(before) || toWeights.MatchString(after)),
		trainedOn.MatchString(before) && calledBase.MatchString(after),
		hasSize(m.Name) && isOne.MatchString(before) && calledModel.MatchString(after),
		strings.Contains(m.Name, "/") && isThis.MatchString(before) && goesOnTrained.MatchString(after),
		loads.MatchString(before) && applies.MatchString(after):
		return true
	case !m.Sized && (!sureLead.MatchString(head) || !strings.ContainsAny(m.Name, "0123456789")):
		return false // "tuned on SQuAD2", "based on FlyingBlocks"
	case outright(before, after):
		return true
	case chinese.MatchString(before):
		return strings.Contains(before, "基座") || strings.Contains(before, "基于")
	}
	return leadsToBase.MatchString(before) || leadsToBase.MatchString(head) ||
		strings.ContainsAny(m.Name, "0123456789/") && versionOf.MatchString(head)
}

// MadeFromOutright is MadeFrom by a label, or by words that nothing but a model's name follows.
func MadeFromOutright(sentence string, m Mention) bool {
	return MadeFrom(sentence, m) && outright(wordsBefore(sentence[:m.Start]), wordsAfter(sentence[m.End:]))
}

func outright(before, after string) bool {
	return leads.MatchString(before) || trails.MatchString(after)
}

// A name has words of its own before it: "the powerful open" of "based on the powerful open Falco". Of what can be
// nothing but a model's name they may be any but joints of the sentence and names of other things.
var (
	plainWords = phrases.ExpressionOf("origin.plain-words")
	joints     = phrases.ExpressionOf("origin.joints")
)

// longestPhrase is how many words of its own a name has at the most.
const longestPhrase = 6

// behindName matches a word right behind a name, and ofModel one that leaves it a model's.
var (
	behindName = pattern.MustCompile(`^[ -]([a-z][\w-]*)`)
	ofModel    = phrases.ExpressionOf("origin.of-model")
)

// namesOther reports whether a name tells of which thing the noun behind it is: "Falco chats", "Falco instructions".
func namesOther(after string) bool {
	m := behindName.FindStringSubmatch(after)
	return m != nil && !ofModel.MatchString(m[1]) && !joints.MatchString(m[1])
}

// headOfPhrase is the words before a name without those of its own, its owners' names among them.
func headOfPhrase(before string, sure bool) string {
	head, owned := strings.TrimRight(before, " `\"'([:|="), false
	for range longestPhrase {
		start := strings.LastIndexByte(head, ' ') + 1
		word := strings.Trim(head[start:], "`\"'")
		joint := joints.MatchString(word) && (!owned || word != "and") || strings.ContainsAny(word, ",;:!?()|<>")
		if start == 0 || joint || !sure && !plainWords.MatchString(word) {
			break
		}
		head, owned = head[:start-1], strings.HasSuffix(word, "'s") || owned && word != "and"
	}
	return head + " "
}

// linkText is the text of the link that a name is given with, in small letters, or "".
func linkText(sentence string, m Mention) string {
	text, _, linked := strings.Cut(sentence[m.Start:m.End], "](")
	if !linked {
		return ""
	}
	return strings.ToLower(text)
}

// linksElse reports whether the link in whose text a name stands goes on behind it to be one of data or of a design:
// "[Falco songs](.../datasets/...)", "[Falco architecture](...)".
func linksElse(after string) bool {
	m := linkRest.FindStringSubmatch(strings.ToLower(after[:min(len(after), withAddresses)]))
	return m != nil && (strings.Contains(m[2], "/datasets/") || deniesAfter.MatchString(m[1]))
}

// linkRest matches the rest of a link's text, and its address; tunedOn and listOfThree the two halves of "tuned on
// Falco, Condor, Gull and more", which are data: a model is tuned from one other.
var (
	linkRest    = pattern.MustCompile(`^([\w.\s-]*)\]\(([^)\s]*)\)`)
	tunedOn     = pattern.MustCompile(`(?:tuned|trained) on(?: the)? ?$`)
	listOfThree = pattern.MustCompile(`^, [\w.-]+(?:, (?:and )?| and )[\w.-]+`)
)

// ComparesTo reports whether the words before a name, in small letters, compare with it.
func ComparesTo(before string) bool {
	said := compares.FindString(before)
	return said != "" && turnsAt(said) < 0
}

// turnsAt is where words that compare turn to what the page's model was made from; negative where the last clause that
// tells of a making is not the page's model's.
func turnsAt(said string) int {
	all := makesAnew.FindAllStringSubmatchIndex(said, -1)
	if len(all) == 0 {
		return -1
	}
	at := all[len(all)-1]
	who, verb, governs := strings.TrimSpace(said[at[2]:at[3]]), said[at[4]:at[5]], said[at[1]:]
	clause := who + verb + " > " + governs // the participle is the mark, as those who read it expect
	if ownTurn.MatchString(clause) || bareTurn.MatchString(clause) && !relative.MatchString(said[:at[0]]) {
		return at[0]
	}
	return -1
}

// AsIt is a sentence with "it" for the names of the model of an id, each as long as it was, where the sentence compares:
// who reads what a clause tells of has to know the model's own.
func AsIt(sentence, id string) string {
	if !comparison.MatchString(strings.ToLower(sentence)) {
		return sentence
	}
	text, words := []byte(sentence), fields(sentence)
	for i, f := range words {
		end := f.end
		if i+1 < len(words) && words[i+1].start == end+1 && digit(sentence[end+1]) {
			end = words[i+1].end // "Falco 7B"
		}
		name := strings.TrimRight(sentence[f.start:end], "./_-")
		if len(name) > len("it") && Related(name, id) == Same {
			copy(text[f.start:], "it"+strings.Repeat(" ", len(name)-len("it")))
		}
	}
	return string(text)
}

// deniedBase reports whether the words before a name, in small letters, take it back: "unlike Falco" does, and "unlike
// Falco, ours was tuned from" not.
func deniedBase(before string) bool {
	for {
		at := deniesBase.FindStringIndex(before)
		if at == nil {
			return false
		}
		turn := turnsAt(before[at[0]:])
		if set := comparison.FindStringIndex(before[at[0]:]); turn < 0 || set == nil || set[0] > 0 {
			return true
		}
		before = before[at[0]+turn+1:]
	}
}

// NotMadeFrom reports whether the words before a name make it anything but what something
// was made from.
func NotMadeFrom(sentence string, m Mention) bool {
	return deniedBase(wordsBefore(sentence[:m.Start]))
}

// listGoesOn matches what stands between two members of a list of bases.
var listGoesOn = pattern.MustCompile(
	`^[^\w.;]{0,4}(?:\(0?\.\d{1,3}\)[ ,]{0,2})?(?:by [\w-]+(?: [\w-]+)? )?` +
		`(?:and|with|plus|und|et|y|和|与|及|、)?[^\w.;]{0,4}(?:\[?[^\]]{0,60}\]\()?$`,
)

// chinese matches the words before a name that say little without those behind it.
var chinese = pattern.MustCompile(`(?:在|以|从|由|基于|基座[^。；]{0,6})[^。；]{0,6}$`)

// How many bytes before and behind a name are read: of words alone, and with the addresses of links.
const (
	aroundName    = 200
	withAddresses = 600
)

// textMarks are marks of a text that say nothing.
var textMarks = strings.NewReplacer("*", "", "_", " ", "`", "", "<b>", "", "</b>", "", "<strong>", "", "</strong>", "",
	"[optional]", "") // as the hub's form has it

var linkTail = pattern.MustCompile(`^[\w.\s-]*\]\([^)\s]*\)|^\)|^\]\([^)\s]*\)`)

// wordsBefore is the text before a name in small letters, without the marks and
// the address of the link that the name is in.
func wordsBefore(text string) string {
	text = text[max(0, len(text)-withAddresses):]
	text = plainLink.ReplaceAllString(strings.ToLower(textMarks.Replace(text)), "$1")
	text = text[max(0, len(text)-aroundName):]
	if open := strings.LastIndexByte(text, '['); open >= 0 && !strings.ContainsRune(text[open:], ']') {
		text = text[:open] + text[open+1:]
	}
	return strings.Join(strings.Fields(text), " ") + trailing(text)
}

// trailing keeps one blank where a text ends in white space.
func trailing(text string) string {
	if strings.TrimRight(text, " \n\t") != text {
		return " "
	}
	return ""
}

// plainLink matches a Markdown link, of which the text stays.
var plainLink = pattern.MustCompile(`\[([^\]]*)\]\([^)\s]*\)`)

// wordsAfter is the text behind a name, in small letters and without marks.
func wordsAfter(text string) string {
	text = text[:min(len(text), aroundName)]
	text = linkTail.ReplaceAllString(text, "")
	return strings.ToLower(plainLink.ReplaceAllString(textMarks.Replace(text), "$1"))
}
