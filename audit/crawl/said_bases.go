package crawl

import (
	"fmt"
	"path"
	"slices"
	"strings"

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

var (
	// idInText matches a hub id as it stands: as code, within quotes, in an address or bare.
	idInText = pattern.MustCompile(
		`(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co)/)?([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*[A-Za-z0-9])`,
	)
	// ownerless matches a link to one of the models that a hub has under a name alone.
	ownerless = pattern.MustCompile(`\[([A-Za-z][\w.-]*)\]\(https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([A-Za-z][\w.-]*)/?\)`)
	// notAnID matches what looks like one and is a path, a ratio or a pair of words.
	notAnID = pattern.MustCompile(`^[A-Z]+(?:_[A-Z]+)*_?(?:DIR|PATH|ROOT|HOME)/|(?i)^(?:and|or|w|n|k|c|\d+(?:\.\d+)?[bm])/` +
		`|\.(?:py|md|sh|json|ya?ml|txt|png|jpe?g|gif|svg|ipynb|bin|pt|pth|safetensors|gguf|com|org|io|net|cn|html|pdf)$` +
		`|^(?:datasets|spaces|docs|papers|blog|collections|src|scripts?|data|models?|examples?|configs?|train\w*` +
		`|outputs?|checkpoints?|ckpts?|experiments|runs?|tmp|home|root|usr|path|your[\w-]*|username|local|assets` +
		`|images?|tests?|tools|weights|pretrained\w*|logs|results|lib|bin|github\.com|arxiv\.org|www\.[\w.]+` +
		`|[\w.-]+\.(?:com|org|io|co|net|cn|ai))/`)
	// bareName matches a name that can stand for an id of the page: with a size or version.
	bareName = pattern.MustCompile(
		`[A-Za-z][A-Za-z]+[\w.]*(?:[- ]v?[\w.]*\d[\w.]*)+(?:-[A-Za-z]+)*|[A-Za-z][A-Za-z]*-?\d[\w.]*(?:-[\w.]+)*`,
	)

	// baseColumn matches the head of a column of bases.
	baseColumn = pattern.MustCompile(`^\W*(?:base|backbone|foundation|parent|starting|initial` +
		`|student base)(?:[- ](?:models?|llms?|checkpoints?|weights))?\W*$|^\W*(?:(?:fine-?)?tuned|trained` +
		`|initiali[sz]ed|derived|distilled|built) (?:from|on)\W*$|^\W*(?:基座|基础|底座|初始)(?:模型)?\W*$|^\W*(?:ベース(?:モデル)?` +
		`|基盤モデル)\W*$|^\W*(?:기반|베이스)(?: ?모델)?\W*$`)
	// mergedHeading matches the heading of a list of what was merged.
	mergedHeading = pattern.MustCompile(`\b(?:merged models?|merge (?:components|details|candidates|ingredients)` +
		`|source models?|parent models?|parents|base models?|component models?|constituents|ingredients` +
		`|models?(?: ?(?:\+|and|&|,) ?lo?ras?)? merged)\b|合并(?:的)?模型` +
		`|\bmodels?(?: ?(?:\+|and|&|,) ?lo?ras?)? (?:that (?:are|were) )?(?:used|included)` +
		`(?:\W*$| (?:(?:and|for|in|the|this|our) )+(?:merge|recipe|mix)\b)`)
	// listsBases matches the end of a line that introduces a list of what something was made from.
	listsBases = pattern.MustCompile(`\b(?:from|of|between|with|on|upon)(?: (?:the|these|those|following|two|three|four` +
		`|several|models?|checkpoints?))* ?:$`)
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
			all = append(all, parent{id: id, merged: merged,
				reason: fmt.Sprintf("The card of %q %s (at byte %d).", m.id, how, at)})
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
		text := c.Text(s.Span)
		named := ids.named(text)
		text = identity.AsIt(text, m.id)
		if len(named) > 0 && beginsLine(c, s) &&
			(s.Kind == page.Item || named[0].Start == 0 && named[0].End == len(text)) &&
			!identity.NotMadeFrom(text, named[0]) && listedAsBase(c, s, named[0]) {
			add(named[0].Name, s.Span.Start+named[0].Start, "lists it among what it was made from", true)
			continue
		}
		origins := identity.Origins(text, named)
		for _, n := range origins {
			if ofSibling(text[:n.Start], m.id) {
				break
			}
			add(n.Name, s.Span.Start+n.Start, "says that it was made from this model", false)
			if last := len(all) - 1; len(origins) > 1 && last >= 0 && all[last].id == n.Name {
				all[last].several = true
			}
		}
	}
	return all
}

// beginsLine reports whether a sentence is the first of its line or of its item: what follows in an item is no member of
// the list.
func beginsLine(c *page.Page, s page.Sentence) bool {
	before := c.Source[page.LineStart(c.Source, s.Span.Start):s.Span.Start]
	if len(before) > longestMark {
		return false
	}
	return !wordIn.Match(before)
}

// longestMark is how many bytes may stand before an item: blanks, and the marks of quotations, items and boxes.
const longestMark = 60

// wordIn matches a word: a mark of an item has none but its number and the cross of a box.
var wordIn = pattern.MustCompile(`[\p{L}]{2}|\d[^.)\d]|[.!?] +\S`)

// listedAsBase reports whether an item names a model in a list of what was merged: its
// heading says so, or the line that introduces it, which the name could go on from.
func listedAsBase(c *page.Page, s page.Sentence, named identity.Mention) bool {
	if s.Section >= 0 && mergedHeading.MatchString(strings.ToLower(c.Sections[s.Section].Heading)) {
		return true
	}
	line := strings.TrimLeft(page.Plain(string(page.Introduction(c.Source, s.Span.Start))), "-*+ ")
	small := strings.ToLower(line)
	if mergedHeading.MatchString(small) {
		return !identity.NotMadeFrom(line, identity.Mention{Start: len(line), End: len(line)})
	}
	named.Start, named.End = len(line)+1, len(line)+1+len(named.Name)
	return listsBases.MatchString(small) && identity.MadeFrom(line+" "+named.Name, named)
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
	onForge := make(map[string]bool) // and on no hub: code is no model
	for _, r := range repositoriesIn(c) {
		onForge[strings.ToLower(r.id)] = true
	}
	for _, r := range modelsIn(c) {
		delete(onForge, strings.ToLower(r.id))
	}
	for _, m := range ownerless.FindAllStringSubmatch(source, maxMentions) {
		if m[1] == m[2] && modelLike(m[1]) && !strings.EqualFold(m[1], self) {
			ids[identity.Squash(m[1])] = m[1]
		}
	}
	all := idInText.FindAllStringSubmatchIndex(source, maxMentions)
	for _, bare := range []bool{false, true} {
		for _, at := range all {
			id := source[at[2]:at[3]]
			marked := at[0] < at[2] || at[2] > 0 && strings.ContainsRune("`\"'[(", rune(source[at[2]-1]))
			if marked == bare || at[0] == at[2] && at[2] > 0 && strings.ContainsRune("/@.-", rune(source[at[2]-1])) ||
				notAnID.MatchString(id) || data[strings.ToLower(id)] || onForge[strings.ToLower(id)] {
				continue
			}
			if !hub.ValidID(id) || strings.EqualFold(id, self) || identity.SameMaker(path.Dir(id), path.Dir(self)) ||
				(!modelLike(id) || !marked && pairOfWords(id)) && !saidOutright(source, at) {
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

// saidOutright reports whether the words around an id on a page leave no doubt that it is a model's.
func saidOutright(source string, at []int) bool {
	from := strings.LastIndexByte(source[:at[0]], '\n') + 1
	line, _, _ := strings.Cut(source[from:], "\n")
	return identity.MadeFromOutright(line, identity.Mention{Name: source[at[2]:at[3]], Start: at[0] - from,
		End: at[1] - from, Sized: true})
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
func (ids pageIDs) named(text string) []identity.Mention {
	var found []identity.Mention
	add := func(id string, start, end int) {
		if !slices.ContainsFunc(found, func(n identity.Mention) bool { return n.Start <= start && start < n.End }) {
			found = append(found, identity.Mention{Name: id, Start: start, End: end, Sized: true})
		}
	}
	for _, at := range idInText.FindAllStringSubmatchIndex(text, 20) {
		id := text[at[2]:at[3]]
		if known, ok := ids[identity.Squash(path.Base(id))]; ok && strings.EqualFold(known, id) {
			m := identity.WithLink(text, identity.Mention{Start: at[0], End: at[1]})
			add(known, m.Start, m.End)
		}
	}
	for _, at := range ownerless.FindAllStringSubmatchIndex(text, 20) {
		if id, ok := ids[identity.Squash(text[at[2]:at[3]])]; ok {
			add(id, at[0], at[1])
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
	slices.SortFunc(found, func(a, b identity.Mention) int { return a.Start - b.Start })
	return found
}

// row reads one row of a table: the head tells the column of bases, and the row
// of this model, or the only one, gives the base.
func (ids pageIDs) row(c *page.Page, s page.Sentence, head int, self string) (id string, column int) {
	text := c.Text(s.Span)
	cells := strings.Split(strings.Trim(strings.TrimSpace(text), "|"), "|")
	for i, cell := range cells {
		if baseColumn.MatchString(strings.ToLower(page.Plain(cell))) {
			if i == 0 && len(cells) == 2 { // a label, and what it labels
				if named := ids.named(cells[1]); len(named) > 0 {
					return named[0].Name, -1
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
	if named := ids.named(cells[head]); len(named) > 0 {
		return named[0].Name, head
	}
	return "", head
}
