package crawl

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// Many cards name what a model was made from in words alone: "the backbone is a
// Falco-1B transformer that we trained further", a column "Base model" of a table,
// a list under "Models merged". A name counts where its own sentence, column or
// list says so; it becomes a place to look at where the page gives the id that it
// stands for, as a link, as code, or as it is.

// A naming is one place at which a page names a model.
type naming struct {
	id            string // of the hub
	start, end    int    // byte offsets in the page
	before, after string // the sentence around it, in small letters and without marks
	between       string // what stands between it and the name before it
}

var (
	// idInText matches a hub id as it stands: as code, within quotes, in an address or bare.
	idInText = pattern.MustCompile(
		`(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co)/)?([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*[A-Za-z0-9])`,
	)
	// notAnID matches what looks like one and is a path, a ratio or a pair of words.
	notAnID = pattern.MustCompile(`^[A-Z]+(?:_[A-Z]+)*_?(?:DIR|PATH|ROOT|HOME)/|(?i)^(?:and|or|w|n|k|c)/|\.(?:py|md` +
		`|sh|json|ya?ml|txt|png|jpe?g|gif|svg|ipynb|bin|pt|pth|safetensors|gguf|com|org|io|net|cn|html|pdf)$` +
		`|^(?:datasets|spaces|docs|papers|blog|collections|src|scripts?|data|models?|examples?|configs?|train\w*` +
		`|outputs?|checkpoints?|ckpts?|experiments|runs?|tmp|home|root|usr|path|your[\w-]*|username|local|assets` +
		`|images?|tests?|tools|weights|pretrained\w*|logs|results|lib|bin|github\.com|arxiv\.org|www\.[\w.]+` +
		`|[\w.-]+\.(?:com|org|io|co|net|cn|ai))/`)
	// bareName matches a name that can stand for an id of the page: with a size or version.
	bareName = pattern.MustCompile(
		`[A-Za-z][A-Za-z]+[\w.]*(?:[- ]v?[\w.]*\d[\w.]*)+(?:-[A-Za-z]+)*|[A-Za-z][A-Za-z]*-?\d[\w.]*(?:-[\w.]+)*`,
	)

	// leadsToBase matches words right before a name that make it what the model was made from.
	leadsToBase = pattern.MustCompile(`(?:^|[^\w-])(?:backbone|base(?: model| llm| checkpoint)?|starting (?:point` +
		`|checkpoint|weights)|initial (?:checkpoint|weights|model)|foundation(?: model)?|parent(?: model)?` +
		`|underlying (?:model|llm)|pre-?trained model)\b[^.;!?]{0,30}?(?:\b(?:is|was|are|were|being|be|namely|called` +
		`|used)\b|[:=])[^.;!?]{0,12}$` +
		`|\b(?:fine-?tun(?:ed?|es|ing)|(?:further |continu\w+ )?(?:pre-?)?train(?:ed|ing)|tuned|adapted` +
		`|initiali[sz]ed|built|based|derived|distilled|quanti[sz]ed|converted|merged?|abliterated|uncensored|made` +
		`|created|obtained|starting|started|starts?|continued|lora|adapters?|deltas?|quants?|quanti[sz]ations?` +
		`|conversions?|ggufs?|versions?|variants?|fork|cop(?:y|ies)|merge)\b[^.;:!?]{0,60}?\b(?:from|of|on|upon|over` +
		`|for|on top of|to|with|using|between)\b(?: (?:the|an?|our|original|base|official|pre-?trained|open|instruct` +
		`|released|publicly|available|weights|model|checkpoints?|both|\w+'s)){0,5}[^\w.;!?]{0,4}$` +
		`|(?:基于|基座(?:模型)?(?:为|是|采用|：|:)|在|以|从|由)[^。；]{0,6}$`)
	// trailsBase matches words right behind a name that do the same.
	trailsBase = pattern.MustCompile(`^[^\w.;!?]{0,4}(?:(?:model|checkpoint|weights|transformer|backbone|decoder|llm` +
		`|network) )?(?:(?:is|was|are|were) (?:used |chosen |taken )?(?:as )?|serves? as |served as |acts as ` +
		`|as )(?:the |our |a |its )?(?:\w+ )?(?:backbone|base|starting|initial|foundation|parent)\b` +
		`|^[^\w.;!?]{0,4}(?:(?:model|checkpoint|weights|transformer|backbone|decoder|llm|network|\w+ model) )?(?:that` +
		`|which) (?:we|was|has been|is) (?:\w+ )?(?:trained|fine-?tuned|tuned|adapted|continued|pre-?trained)\b` +
		`|^[^\w.;!?]{0,4}(?:model |weights |checkpoint )?(?:was|were|is|has been|have been) (?:then |further ` +
		`|subsequently )?(?:fine-?tuned|further trained|trained further|continu\w+ (?:pre-?)?train\w+|adapted|tuned` +
		`|quanti[sz]ed|converted|merged)\b` +
		`|^[^\w。；]{0,4}(?:模型|权重)?(?:进行|上|继续|为基座|作为基座|为基础|作为基础|微调|量化|训练|开发|构建)|^[^\w。]{0,4}(?:モデル)?(?:を(?:ベース|基|もと|元` +
		`|初期|ファインチューニング|微調整|追加学習|量子化)|から(?:ファイン|初期|学習)|をファイン)|^[^\w.]{0,4}(?:모델)?(?:을|를)? ?(?:기반|파인튜닝|미세|바탕)`)
	// loads and applies match the two halves of "load X, then apply these weights".
	loads = pattern.MustCompile(`\b(?:load|download|get|obtain|take|start (?:from|with)|took|started (?:from|with)` +
		`|need|requires?|use)\b(?: [\w'-]+){0,4}[^\w.;!?]{0,3}$`)
	applies = pattern.MustCompile(`^[^.;!?]{0,60}\b(?:and|then|before|to)\b[^.;!?]{0,40}\b(?:appl(?:y|ies|ying)|merge` +
		`|add|attach|combine|fine-?tuned?|trained?|continued)\b`)
	applied = pattern.MustCompile(`\bappl(?:y|ied)\b[^.;!?]{0,60}\b(?:to|on|over|on top of)\b(?: (?:the|an?|original` +
		`|base|weights|of|model))*[^\w.;!?]{0,3}$`)

	// deniesBase matches words before a name that take it back.
	deniesBase = pattern.MustCompile(`\b(?:not|never|no longer|unlike|instead of|rather than|compar\w*|versus|vs|than` +
		`|outperform\w*|evaluat\w*|benchmark\w*|tokeni[sz]er|tokeni[sz]ed|judge\w*|generated|annotat\w*|teacher` +
		`|reward|embedding model|inspired|similar|datasets?|data from|responses|outputs|licen[cs]e|draft` +
		`|assistant model|demos?|spaces?|available|see|try|better|optimizer|model card` +
		`|quanti[sz]ed versions of this)\b[^.;!?]{0,40}$|(?:不是|并非|不同于|相比|生成)[^。；]{0,10}$`)
	// deniesAfter matches words behind a name that make it something else.
	deniesAfter = pattern.MustCompile(`^[^\w.;!?]{0,3}(?:'s )?(?:tokeni[sz]er|dataset|data|(?:\w+ )?architecture` +
		`|vocabulary|licen[cs]e|paper|code|codebase|repository|responses|outputs|generated|style|as (?:a ` +
		`|the )?(?:judge|teacher|reward))\b`)

	// baseColumn matches the head of a column of bases.
	baseColumn = pattern.MustCompile(`^\W*(?:base|backbone|foundation|parent|starting|initial` +
		`|student base)(?:[- ](?:models?|llms?|checkpoints?|weights))?\W*$|^\W*(?:(?:fine-?)?tuned|trained` +
		`|initiali[sz]ed|derived|distilled|built) (?:from|on)\W*$|^\W*(?:基座|基础|底座|初始)(?:模型)?\W*$|^\W*(?:ベース(?:モデル)?` +
		`|基盤モデル)\W*$|^\W*(?:기반|베이스)(?: ?모델)?\W*$`)
	// mergedHeading matches the heading of a list of what was merged.
	mergedHeading = pattern.MustCompile(`\b(?:models? merged|merged models?|merge (?:components|details|candidates` +
		`|ingredients)|source models?|parent models?|parents|base models?|component models?|constituents|models used` +
		`|ingredients)\b|合并(?:的)?模型`)
)

// saidParents lists what a card says in words that its model was made from, in
// the order of the page.
func saidParents(m *model) []parent {
	c := m.card
	ids := idsOf(c, m.id)
	if len(ids) == 0 {
		return nil
	}
	var all []parent
	add := func(id string, at int, how string, merged bool) {
		if usableBase(id, m.id) && (merged ||
			!underSibling(c, at, m.id)) && !slices.ContainsFunc(all, func(p parent) bool {
			return strings.EqualFold(p.id, id)
		}) {
			all = append(all, parent{id, fmt.Sprintf("The card of %q %s (at byte %d).", m.id, how, at), merged})
		}
	}
	head := -1 // the column of bases of the table that is read
	for s := range c.Sentences() {
		if s.Kind == page.Row {
			var id string
			if id, head = ids.row(c, s, head, m.id); id != "" {
				add(id, s.Span.Start, "names it in a table's column of bases", false)
			}
			continue
		}
		head = -1
		if s.Kind == page.Item && s.Section >= 0 &&
			mergedHeading.MatchString(strings.ToLower(c.Sections[s.Section].Heading)) {
			if named := ids.named(c.Text(s.Span), s.Span.Start); len(named) > 0 &&
				!deniesBase.MatchString(named[0].before) {
				add(named[0].id, named[0].start, "lists it among what was merged", true)
				continue
			}
		}
		said := false
		for _, n := range ids.named(c.Text(s.Span), s.Span.Start) {
			if ofSibling(c.Text(audit.Span{Start: s.Span.Start, End: n.start}), m.id) {
				break
			}
			said = n.saysBase() || said && listGoesOn.MatchString(n.between)
			if said {
				add(n.id, n.start, "says that it was made from this model", false)
			}
		}
	}
	return all
}

// ofSibling reports whether the words before a name speak of another model of the
// same makers: what that was made from says nothing of this one.
func ofSibling(before, self string) bool {
	for _, at := range idInText.FindAllStringSubmatch(before, 5) {
		if id := at[1]; hub.ValidID(id) && !strings.EqualFold(id, self) && strings.EqualFold(path.Dir(id),
			path.Dir(self)) {
			return true
		}
	}
	return false
}

// saysBase reports whether the words around a name say that the model was made
// from what it names.
func (n naming) saysBase() bool {
	if deniesBase.MatchString(n.before) || deniesAfter.MatchString(n.after) {
		return false
	}
	switch {
	case trailsBase.MatchString(n.after), applied.MatchString(n.before), loads.MatchString(n.before) &&
		applies.MatchString(n.after):
		return true
	case chinese.MatchString(n.before):
		return trailsBase.MatchString(n.after) || strings.Contains(n.before, "基座") || strings.Contains(n.before, "基于")
	}
	return leadsToBase.MatchString(n.before)
}

// listGoesOn matches what stands between two members of a list of bases.
var listGoesOn = pattern.MustCompile(
	`^[^\w.;]{0,4}(?:and|with|plus|und|et|y|和|与|及|、)?[^\w.;]{0,4}(?:\[?[^\]]{0,60}\]\()?$`,
)

// chinese matches the words before a name that say little without those behind it.
var chinese = pattern.MustCompile(`(?:在|以|从|由|基于|基座[^。；]{0,6})[^。；]{0,6}$`)

// pageIDs are the hub ids that stand on a page, by their last part without the
// marks that writers leave out.
type pageIDs map[string]string

// idsOf gathers the ids of a page but the model's own.
//
// Ids within an address or set as code go before those that stand bare; those of
// data are none; and of the makers' own other models other rules tell.
func idsOf(c *page.Page, self string) pageIDs {
	ids := make(pageIDs)
	source := string(c.Source)
	data := make(map[string]bool)
	for _, d := range datasetsIn(c) {
		data[strings.ToLower(d.id)] = true
	}
	for _, f := range c.Front.All("datasets") {
		data[strings.ToLower(f.Value)] = true
	}
	all := idInText.FindAllStringSubmatchIndex(source, maxMentions)
	for _, bare := range []bool{false, true} {
		for _, at := range all {
			id := source[at[2]:at[3]]
			marked := at[0] < at[2] || at[2] > 0 && strings.ContainsRune("`\"'[(", rune(source[at[2]-1]))
			if marked == bare || at[0] == at[2] && at[2] > 0 && strings.ContainsRune("/@.-", rune(source[at[2]-1])) ||
				notAnID.MatchString(id) || data[strings.ToLower(id)] {
				continue
			}
			if !hub.ValidID(id) || strings.EqualFold(id, self) || identity.SameMaker(path.Dir(id), path.Dir(self)) ||
				!modelLike(id) || !marked && pairOfWords(id) {
				continue
			}
			key := identity.Squash(path.Base(id))
			if _, known := ids[key]; !known {
				ids[key] = id
			}
		}
	}
	return ids
}

// modelLike reports whether what looks like an id can be a model's: its name has
// a figure, or several parts.
func modelLike(id string) bool {
	name := path.Base(id)
	return strings.Trim(name, "0123456789.-_") != "" && (strings.ContainsAny(name, "0123456789") ||
		strings.Contains(name, "-"))
}

// numberFormat matches a format of numbers, "BF16".
var numberFormat = pattern.MustCompile(`(?i)^(?:[bt]?fp?|u?int|q|nf)\d{1,2}$`)

// pairOfWords reports whether what stands bare may be two words or formats, "FP8/BF16",
// rather than an id: its second part is a format, or nothing in it is unlike a word.
func pairOfWords(id string) bool {
	name := path.Base(id)
	return numberFormat.MatchString(name) || strings.ToLower(id) == id && !strings.ContainsAny(id, "0123456789") &&
		strings.Count(name, "-") < 2
}

// underSibling reports whether a place on a page stands below a heading that names a
// sibling of the page's model by its id: what that was made from is said there.
func underSibling(c *page.Page, at int, self string) bool {
	for i := len(c.Sections) - 1; i >= 0; i-- {
		if s := c.Sections[i]; s.Title.Start <= at {
			heading := c.Text(s.Title)
			return s.Level > 1 && !strings.Contains(heading, path.Base(self)) && ofSibling(heading, self)
		}
	}
	return false
}

// inSize is the base that a card names in words, in the size of the model: where it
// names another size and gives the id of the right one too, that one.
func inSize(m *model, id string) string {
	if !identity.SizeApart(id, m.id) {
		return id
	}
	unsized := identity.Unsized(id)
	for _, at := range idInText.FindAllStringSubmatch(string(m.card.Source), maxMentions) {
		if other := at[1]; hub.ValidID(other) && strings.EqualFold(path.Dir(other), path.Dir(id)) &&
			identity.Unsized(other) == unsized && slices.Equal(identity.Sizes(other), identity.Sizes(m.id)) {
			return other
		}
	}
	return id
}

// named finds the ids of a page in a sentence: as they are, or by their names.
func (ids pageIDs) named(text string, offset int) []naming {
	var found []naming
	add := func(id string, start, end int) {
		if slices.ContainsFunc(found, func(n naming) bool {
			return n.start <= offset+start && offset+start < n.start+len(path.Base(n.id))
		}) {
			return
		}
		found = append(found, naming{id: id, start: offset + start, end: offset + end,
			before: wordsBefore(text[:start]), after: wordsAfter(text[end:])})
	}
	for _, at := range idInText.FindAllStringSubmatchIndex(text, 20) {
		id := text[at[2]:at[3]]
		if known, ok := ids[identity.Squash(path.Base(id))]; ok && strings.EqualFold(known, id) {
			add(known, at[0], at[1])
		}
	}
	for _, at := range bareName.FindAllStringIndex(text, 20) {
		if at[0] > 0 && (text[at[0]-1] == '/' || text[at[0]-1] == '-') || at[1] < len(text) && text[at[1]] == '/' {
			continue // within an id or an address
		}
		if id, ok := ids[identity.Squash(strings.TrimRight(text[at[0]:at[1]], ".-"))]; ok {
			add(id, at[0], at[1])
		}
	}
	slices.SortFunc(found, func(a, b naming) int { return a.start - b.start })
	for i := 1; i < len(found); i++ {
		if found[i-1].end < found[i].start {
			found[i].between = wordsAfter(text[found[i-1].end-offset : found[i].start-offset])
		}
	}
	return found
}

var linkTail = pattern.MustCompile(`^[\w.\s-]*\]\([^)\s]*\)|^\)|^\]\([^)\s]*\)`)

// wordsBefore is the text before a name in small letters, without the marks and
// the address of the link that the name is in.
func wordsBefore(text string) string {
	text = text[max(0, len(text)-contextBytes):]
	text = strings.ToLower(markupMarks.Replace(text))
	text = regexpLink.ReplaceAllString(text, "$1")
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

// regexpLink matches a Markdown link, of which the text stays.
var regexpLink = pattern.MustCompile(`\[([^\]]*)\]\([^)\s]*\)`)

// wordsAfter is the text behind a name, in small letters and without marks.
func wordsAfter(text string) string {
	text = text[:min(len(text), contextBytes)]
	text = linkTail.ReplaceAllString(text, "")
	return strings.ToLower(regexpLink.ReplaceAllString(markupMarks.Replace(text), "$1"))
}

// row reads one row of a table: the head tells the column of bases, and the row
// of this model, or the only one, gives the base.
func (ids pageIDs) row(c *page.Page, s page.Sentence, head int, self string) (id string, column int) {
	text := c.Text(s.Span)
	cells := strings.Split(strings.Trim(strings.TrimSpace(text), "|"), "|")
	for i, cell := range cells {
		if baseColumn.MatchString(strings.ToLower(page.Plain(cell))) {
			if i == 0 && len(cells) == 2 { // a label, and what it labels
				if named := ids.named(cells[1], s.Span.Start); len(named) > 0 {
					return named[0].id, -1
				}
			}
			return "", i
		}
	}
	if head < 0 || head >= len(cells) {
		return "", head
	}
	own := slices.ContainsFunc(cells, func(cell string) bool {
		return identity.Squash(page.Plain(cell)) == identity.Squash(path.Base(self)) || strings.Contains(cell, self)
	})
	if !own {
		return "", head
	}
	if named := ids.named(cells[head], s.Span.Start); len(named) > 0 {
		return named[0].id, head
	}
	return "", head
}
