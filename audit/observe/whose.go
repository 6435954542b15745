package observe

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/card"
	"openness/audit/identity"
)

// Whose sentence it is. A page speaks of its model, of what that was made from,
// and of others: it compares, thanks, lists what else there is. What is said of
// others supports nothing, so it is taken off the page before any theme reads
// it: the bytes are blanked, the offsets stay, and quotes are cut from the page
// as it was served.
//
// A clause is another's if its subject is: a model's name that is not of the
// audited family or its base, a word that stands for one, or the page's own
// heading. Where another model is named and the subject cannot be told, the
// clause is not taken for this model's.

// A speaker tells whose names stand on the pages of one subject.
type speaker struct {
	own, base []string // parts of names, squashed
	whole     []string // whole names of the model in small letters, however they are written
	titles    []string // names in the title of the page that is read
}

func newSpeaker(s audit.Subject) speaker {
	var sp speaker
	sp.own = appendParts(sp.own, s.ID, s.Name)
	for _, name := range []string{path.Base(s.ID), s.Name} {
		if len(name) > minWhole {
			sp.whole = append(sp.whole, strings.ToLower(name))
		}
	}
	for _, p := range s.Places {
		switch {
		case p.Role == audit.RoleEnd, p.Kind == audit.GitHubRepo && p.Role == audit.RoleCode:
			sp.own = appendParts(sp.own, p.ID)
		case p.Role == audit.RoleBase:
			sp.base = appendParts(sp.base, p.ID)
		}
	}
	if s.Base != "" {
		sp.base = appendParts(sp.base, s.Base)
	}
	return sp
}

// minWhole is the length from which a name in small letters can be nothing else.
const minWhole = 4

// appendParts adds what tells the names of a model, its makers and its project
// from others': each part that is no size, variant or common word.
func appendParts(list []string, names ...string) []string {
	for _, name := range names {
		_, name, _ = strings.Cut(":"+name, ":")
		had := len(list)
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("/-_ .:", r) }) {
			word := strings.ToLower(part)
			if identity.VariantWord(word) || identity.CommonWord(word) || plainParts[word] || strings.Trim(word, "0123456789bmkx") == "" {
				continue
			}
			if part = identity.Squash(part); len(part) > 1 {
				list = append(list, part)
			}
			if bare := strings.TrimRight(part, "0123456789"); len(bare) > 2 && bare != part {
				list = append(list, bare)
			}
		}
		whole := identity.Squash(path.Base(name))
		told := slices.ContainsFunc(list[had:], func(part string) bool { return strings.Contains(whole, part) })
		if !told && len(whole) > 1 {
			list = append(list, whole) // a name of common words alone is still a name
		}
	}
	return list
}

// plainParts are parts of names that tell what a model is or who may use it.
var plainParts = wordSet(`ai lm llm llms vl github hub labs lab research team project commercial official distill data models language foundation`)

func (sp *speaker) class(name string) audit.About {
	switch {
	case bears(name, sp.own), slices.Contains(sp.titles, name):
		return audit.AboutOwn
	case bears(name, sp.base):
		return audit.AboutBase
	}
	return audit.AboutOther
}

// bears reports whether a name holds one of some parts: a short part must stand
// at the beginning of a word of the name.
func bears(name string, parts []string) bool {
	squashed := identity.Squash(name)
	for _, part := range parts {
		if len(part) >= identity.MinFamily && strings.Contains(squashed, part) {
			return true
		}
		for _, word := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("/-_ .", r) }) {
			if strings.HasPrefix(identity.Squash(word), part) {
				return true
			}
		}
	}
	return false
}

// othersHeading matches headings below which pages speak of others.
var othersHeading = regexp.MustCompile(`(?i)\b(?:comparisons?|compared?|versus|vs|related|other (?:[\w-]+ ){0,3}(?:models?|projects?|works?|llms?)|alternatives|acknowledg\w*|thanks|credits|community|ecosystem|awesome|baselines?|references|bibliography|inspir\w*|vergleich\w*|danksagung\w*|verwandte)\b|致谢|鸣谢|相关(?:工作|项目|模型|链接)|其[他它]模型|参考(?:文献|资料)|模型对比|与其[他它]|谢辞`)

// partsHeading matches headings below which a page lists what the model was made of.
var partsHeading = regexp.MustCompile(`(?i)\b(?:merged?|merges|base models?|components?|models used|ingredients|teachers?|parents?|training|data ?sets?|data|pre-?training|fine-?tun\w*|quick ?start|usage|inference|how to)\b|训练|数据|基座`)

// heading says whose section stands below a heading: the heading names another
// model and not this one, or announces others. It is strict where it names one:
// then nothing in the section, code included, is this model's.
func (sp *speaker) heading(text string) (whose audit.About, strict bool) {
	found := audit.About("")
	for _, m := range identity.Mentions(text) {
		switch c := sp.class(m.Name); {
		case c != audit.AboutOther:
			return c, false
		case m.Sized:
			found = audit.AboutOther
		}
	}
	if found != "" && !partsHeading.MatchString(text) {
		return audit.AboutOther, !othersHeading.MatchString(text)
	}
	if othersHeading.MatchString(text) {
		return audit.AboutOther, false
	}
	return "", false
}

// sectionsOf says for each section of a page whose it is, from its heading and
// those above; a page's title speaks for the whole.
func (sp *speaker) sectionsOf(c *card.Card) (whose []audit.About, strict []bool) {
	whose, strict = make([]audit.About, len(c.Sections)), make([]bool, len(c.Sections))
	for i, s := range c.Sections {
		if s.Parent >= 0 {
			whose[i], strict[i] = whose[s.Parent], strict[s.Parent]
		}
		if title := i <= 1 && s.Level <= 1; title {
			continue
		}
		if w, only := sp.heading(s.Heading); w != "" {
			whose[i], strict[i] = w, only
		}
	}
	return whose, strict
}

var (
	// connective is what a sentence may begin with before its subject.
	connective = regexp.MustCompile(`^(?i:(?:in|by) (?:contrast|comparison)|similarly|likewise|however|for (?:example|instance|reference|comparison)|e\.g\.|meanwhile|recently|also|additionally|moreover|furthermore|note that|notably|previously|besides|and|but|so|yet|then|on the other hand|in addition|at the same time|相比之下|此外|另外|同样|例如|比如|目前|近日|相较之下)[,，:]?\s*`)
	// opener is a phrase before the subject that sets the model beside another.
	opener = regexp.MustCompile(`^(?i:unlike|like|as with|as in|similar(?:ly)? to|compared (?:to|with)|in (?:contrast|comparison) (?:to|with)|relative to|following|instead of|according to|besides|beyond|与|和|跟|相比于?|不同于|正如|anders als|im (?:Gegensatz|Vergleich) zu)\s?[^,，。]{1,160}?(?:[,，]\s*|相比[,，]?|不同[,，]?|一样[,，]?)`)
	// ownSubject is a subject by which makers speak of their own model or project.
	ownSubject = regexp.MustCompile(`^(?i:we|our|ours|us|this (?:[\w-]+ ){0,3}(?:models?|checkpoints?|versions?|variant|release|repo(?:sitory)?|project|work|adapter|merge|card|family|series|page|file|code|paper|report|is|was)|these (?:[\w-]+ ){0,2}(?:models|weights|checkpoints|files)|wir|unsere?|dieses|nous|notre|ce modèle|nosotros|nuestro|este modelo)\b|^(?:我们|本模型|本项目|本仓库|本次|本文|本代码|本系列|当社|我々|本リポジトリ)`)
	// theModel is a subject that stands for the model last spoken of.
	theModel = regexp.MustCompile(`^(?i:it|its|they|their|them|both|the (?:[\w-]+ ){0,2}?(?:models?|authors?|team|makers|developers|checkpoints?|weights|former|latter)|those|all of them)\b|^(?:该模型|它们?|其|他们|作者)`)
	// maker leads to a name: "the authors of".
	makers = regexp.MustCompile(`^(?i:the |its )?(?i:authors|makers|creators|developers|team|researchers|people|company)\b[^.,]{0,20}\b(?i:of|behind)\s(?:the )?([A-Z][\w.-]+)`)
	// possessive is a name that owns the subject: "Pelikan's training code".
	possessive = regexp.MustCompile(`^(?:[Tt]he |[Bb]oth |[Tt]raining |[Ww]ith )?([A-Z][\w.-]*\w)(?:'s|’s|s')\s(?:[\w-]+ ){0,2}(?i:models?|weights|checkpoints?|training|pre-?training|code|data|data ?sets?|corpus|hardware|authors|makers|team|licen[sc]e|paper|creators|developers)\b`)
	// plainName is a capitalised word that something was done to as to a model.
	plainName = regexp.MustCompile(`^(?:[Tt]he )?([A-Z][\w.-]*\w)(?: model)? (?:was|were|is|are|has been|have been|had been|is being)(?: \w+ly| also| both| first| further)? (?:pre-?trained|trained|fine-?tuned|instruction-tuned|tuned|aligned|released|open-?sourced|published|licensed|distributed|built|made available)\b`)
	// verb ends the search for a subject.
	verb = regexp.MustCompile(`(?i)\b(?:is|are|was|were|be|been|has|have|had|use[sd]?|using|trained?|trains|releases?d?|provides?d?|publish\w*|outperform\w*|built|build|based|fine-?tuned|follow\w*|achiev\w+|reach\w*|contain\w*|includ\w*|support\w*|can|will|may|should|must|does|do|did|took|takes|requires?d?|needs?|shows?|see|run|download\w*|load\w*|visit|check|try|add\w*|generat\w+|distill\w+|merg\w+|convert\w*|quanti[sz]\w+|initiali[sz]\w+|train\w*|we|our|you|your|this|i)\b|使用|采用|训练|发布|支持|基于|是|由|在|可以|提供|包含`)
	// instrument follows a name that served in the making of this model.
	instrument = regexp.MustCompile(`^[\w\s"')\]}*` + "`" + `-]{0,40}?\b(?i:(?:was|were|is|are|been|be) (?:also |then |first |further )?(?:used|chosen|selected|adopted|employed|merged|fine-?tuned by us|taken)|serves? as|as (?:the|our|a)|(?:was|is|are|were) (?:the|our) (?:base|backbone|teacher|starting))\b|^\s*(?:作为|被用|用作)`)
	// role leads to a name of something that was used, in the middle of a clause.
	role = regexp.MustCompile(`(?i)\b(?:generat\w+|written|produced|created|synthesi[sz]\w+|annotat\w+|translat\w+|distil\w*|judged|scored|label\w*|filtered|rewritten|(?:answers|responses|outputs?|conversations?|dialogues?|prompts?|data|samples) (?:by|from|with|using|via)|trained|based|built|tun\w+|fine-?tun\w+|initiali[sz]\w*|deriv\w+|merg\w*|adapt\w+|convert\w*|quanti[sz]\w*|quants?|version|copy|start\w*|identical|similar|same|backbone|encoder|decoder|tokenizer|architecture|using|use|uses|used|with|like|than|over|outperform\w*|surpass\w*|beat\w*|compar\w+|versus|vs|modif\w+|including|such as|e\.g\.|from|on top of|as|load\w*|download\w*|merge|apply\w*|combin\w+|between|via|by|per|support\w*)[\s(:,"'*` + "`" + `\[]{1,4}(?:(?:the|a|an|of|on|from|upon|by|with|using|to|as|top|both|original|official|open|large|and|in|for|our|all|other|base|model|models|\[?[A-Z][\w']*)[\s(:,"'*` + "`" + `\[]{1,3}){0,4}$|(?:基于|使用|采用|由|从|与|和|比|如|自|对|用|以)\s?$|[/"'` + "`" + `=]$`)
	// partOf follows a name that tells a kind or part of something.
	partOf = regexp.MustCompile(`^[\s-]{0,2}(?i:tokenizer|tokeniser|architecture|vocab\w*|styles?|like|format|template|codebase|code base|framework|repository|library|blocks?|layers?|licen[sc]e|api|data ?sets?|data|corpus|paper|based|compatible|inspired|generated|scheme|recipe|backbone|encoder|decoder|embeddings?|community|family)\b`)
	// divides is where a clause ends and another with a subject of its own may begin.
	divides = regexp.MustCompile(`;\s|,?\s(?:while|whereas|although|though|but)\s|,\s(?:which|whose|who|where)\s|[;；]|[,，](?:而|但)`)
	// relative begins a clause whose subject is what stands before it.
	relative = regexp.MustCompile(`^,\s(?:which|whose|who|where)\s`)
)

// commonSubjects are capitalised words that begin sentences and name no model.
var commonSubjects = wordSet(`training pre-training pretraining finetuning fine-tuning data dataset datasets model models weights code hardware compute evaluation
 inference everything all both each some most these those this that it they there here checkpoints checkpoint license the tokenizer adapters adapter
 architecture instructions optimization hyperparameters results benchmarks scripts documentation paper papers details images text audio video
 english chinese german french spanish japanese russian arabic multilingual encoder decoder vocabulary embeddings parameters layers`)

func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// A portion is a part of a sentence with one subject.
type portion struct {
	start, end int
	about      audit.About
}

// portions cuts a sentence where its subject may change and says whom each part
// is about; "" where it does not tell. prev is whom the sentence before it in the
// same paragraph was about.
func (sp *speaker) portions(text string, prev audit.About) []portion {
	var all []portion
	start, lead := 0, false
	cut := func(end int) {
		c := portion{start: start, end: end}
		if lead && len(all) > 0 {
			c.about = sp.lastNamed(text[all[len(all)-1].start:start], all[len(all)-1].about)
		} else {
			all = sp.subject(text, start, end, prev, all)
			start = end
			prev = all[len(all)-1].about
			return
		}
		all = append(all, c)
		start = end
	}
	for _, at := range divides.FindAllStringIndex(text, 20) {
		if at[0] <= start {
			continue
		}
		cut(at[0])
		lead = relative.MatchString(text[at[0]:])
	}
	cut(len(text))
	return all
}

// lastNamed is whose the last name in a text is; what a relative clause is about.
func (sp *speaker) lastNamed(text string, otherwise audit.About) audit.About {
	if all := identity.Mentions(text); len(all) > 0 {
		return sp.class(all[len(all)-1].Name)
	}
	return otherwise
}

// subject reads whom the clause text[start:end] is about and adds it, with the
// phrase that sets another model beside it as a clause of its own.
func (sp *speaker) subject(text string, start, end int, prev audit.About, all []portion) []portion {
	at := start + len(text[start:end]) - len(strings.TrimLeft(text[start:end], " \t\r\n,;，；>*_-+#•\"'“([`~0123456789.)"))
	if at > start && strings.ContainsAny(text[start:at], "0123456789") {
		at = start + len(text[start:end]) - len(strings.TrimLeft(text[start:end], " \t\r\n,;，；>*_-+#•\"'“([`~"))
	}
	for {
		n := connective.FindStringIndex(text[at:end])
		if n == nil || n[1] == 0 {
			break
		}
		at += n[1]
	}
	if n := opener.FindStringIndex(text[at:end]); n != nil && at+n[1] < end {
		if sp.lastNamed(text[at:at+n[1]], "") == audit.AboutOther {
			all = append(all, portion{start, at + n[1], audit.AboutOther})
			start = at + n[1]
		}
		at += n[1]
	}
	rest := text[at:end]
	who := sp.subjectOf(rest, prev)
	return append(all, portion{start, end, who})
}

// maxSubject is how far into a clause its subject is looked for, in bytes.
const maxSubject = 80

// subjectOf says whom a clause is about.
func (sp *speaker) subjectOf(rest string, prev audit.About) audit.About {
	switch {
	case ownSubject.MatchString(rest):
		return audit.AboutOwn
	case theModel.MatchString(rest):
		if prev == audit.AboutOther {
			return audit.AboutOther
		}
		if name := makers.FindStringSubmatch(rest); name != nil {
			return sp.class(name[1])
		}
		return ""
	}
	if m := makers.FindStringSubmatch(rest); m != nil {
		return sp.class(m[1])
	}
	named := sp.telling(rest)
	if len(named) > 0 && named[0].Start <= maxSubject && !verb.MatchString(rest[:named[0].Start]) && !role.MatchString(rest[:named[0].Start]) {
		if c := sp.class(named[0].Name); c != audit.AboutOther || !instrument.MatchString(rest[named[0].End:]) && !partOf.MatchString(rest[named[0].End:]) {
			return c
		}
		return ""
	}
	for _, p := range []*regexp.Regexp{possessive, plainName} {
		if m := p.FindStringSubmatch(rest); m != nil && !commonSubjects[strings.ToLower(m[1])] && len(m[1]) > 2 {
			return sp.class(m[1])
		}
	}
	return sp.within(rest, named)
}

// dataAddress is how an address on a hub begins that leads to data.
const dataAddress = "datasets/"

// telling lists the names in a clause that tell whom it is about: those of this
// model and its base, and of others what can be nothing but a model's name.
func (sp *speaker) telling(rest string) []identity.Mention {
	return slices.DeleteFunc(identity.Mentions(rest), func(m identity.Mention) bool {
		before := rest[max(0, m.Start-maxSubject):m.Start]
		address := before[strings.LastIndexAny(before, " \n(|")+1:]
		return sp.class(m.Name) == audit.AboutOther && (!m.Sized || strings.Contains(address, dataAddress))
	})
}

// within says whom a clause without a telling subject is about, from the names
// further in: one of this model decides; one of another that did not serve in
// the making leaves it untold, and so not this model's.
func (sp *speaker) within(rest string, named []identity.Mention) audit.About {
	found := audit.About("")
	for _, name := range sp.whole {
		if strings.Contains(strings.ToLower(rest), name) {
			return audit.AboutOwn
		}
	}
	for _, m := range named {
		switch c := sp.class(m.Name); {
		case c != audit.AboutOther:
			return c
		case !role.MatchString(rest[:m.Start]) && !partOf.MatchString(rest[m.End:]):
			found = audit.AboutOther
		}
	}
	if found != "" && firstPerson.MatchString(rest) {
		return audit.AboutOwn
	}
	return found
}

var firstPerson = regexp.MustCompile(`(?i)\b(?:we|our|us|this model|this repository)\b|我们|本模型`)

// titled is the speaker of one page: the name in the page's title is its own.
func (sp *speaker) titled(c *card.Card) *speaker {
	if len(c.Sections) < 2 || c.Sections[1].Level > 1 {
		return sp
	}
	title, _, _ := strings.Cut(c.Sections[1].Heading, ":")
	named := identity.Mentions(title)
	if len(named) == 0 || sp.class(named[0].Name) != audit.AboutOther || othersHeading.MatchString(title) {
		return sp
	}
	page := *sp
	page.titles = append(page.titles, named[0].Name)
	return &page
}

// foreign lists the spans of a page that are about others.
func (sp *speaker) foreign(c *card.Card) []audit.Span {
	whose, strict := sp.sectionsOf(c)
	var spans []audit.Span
	for i, s := range c.Sections {
		if strict[i] && whose[i] == audit.AboutOther {
			spans = append(spans, audit.Span{Start: s.Title.Start, End: s.Title.End})
		}
	}
	for _, code := range c.Code {
		if strict[code.Section] && whose[code.Section] == audit.AboutOther {
			spans = append(spans, code.Body)
		}
	}
	block, prev := audit.Span{}, audit.About("")
	for s := range c.Sentences() {
		if s.Kind == card.Row {
			continue
		}
		if s.Span.Start >= block.End {
			prev = ""
			block = blockAt(c, s.Span)
		}
		text := c.Text(s.Span)
		spans = append(spans, promises(text, s.Span.Start)...)
		for _, cl := range sp.portions(text, prev) {
			who := cl.about
			if who == "" {
				who = whose[s.Section]
			}
			if strict[s.Section] && whose[s.Section] == audit.AboutOther && who != audit.AboutOwn {
				who = audit.AboutOther
			}
			if who == audit.AboutOther && !bindsUser(c.Sections[s.Section].Heading, text[cl.start:cl.end]) {
				spans = append(spans, audit.Span{Start: s.Span.Start + cl.start, End: s.Span.Start + cl.end})
			}
			prev = who
		}
	}
	return append(spans, sp.foreignRows(c, whose)...)
}

// blockAt is the span of the block that a sentence lies in.
func blockAt(c *card.Card, s audit.Span) audit.Span {
	lo, hi := 0, len(c.Blocks)
	for lo < hi {
		if mid := (lo + hi) / 2; c.Blocks[mid].Span.End <= s.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(c.Blocks) {
		return c.Blocks[lo].Span
	}
	return s
}
