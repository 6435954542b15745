package claims

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit"
	"openness/rubric"
)

// Article checks every claim of a text. The names are those of the whole text.
// "It" stands for the model that the sentence before named, if it named one.
// Sentences that claim nothing on openness are left out.
func (k *Checker) Article(text string, names []Name) []Checked {
	list, _ := k.Passages(text, names)
	return list
}

// Passages is Article, and gives beside the claims the sentences that speak of a
// model's openness and were not understood: what nobody checked must not look as
// if it had been.
func (k *Checker) Passages(text string, names []Name) (list, unread []Checked) {
	list = []Checked{}
	topic, named := "", false // the model that "it" means, and whether any was named
	for n, s := range Sentences(text, names) {
		var here []Name
		for _, name := range names {
			if s.Start <= name.Start && name.End <= s.End {
				name.Start, name.End = name.Start-s.Start, name.End-s.Start
				here = append(here, name)
			}
		}
		body := text[s.Start:s.End]
		named = named || len(here) > 0
		r := read(body, here, setting{model: topic, after: n > 0})
		c := k.checked(&r, "")
		start, end := s.Start, s.End
		c.Start, c.End = &start, &end
		if len(c.Parts) > 0 && worthListing(&r, named) {
			list = append(list, c)
		} else if id := r.speaksOf(topic); id != "" {
			c.Verdict, c.Parts, c.Unchecked, c.Model = rubric.NotRecognised, []Part{}, []string{body}, &id
			unread = append(unread, c)
		}
		topic = nextTopic(here, topic)
	}
	return list, unread
}

// speaksOf is the known model that a sentence names together with an object of
// openness (a licence, weights, data, code, a gate, a paper, users, uses), or means
// by "it" or "the licence"; else it is empty.
func (r *Reading) speaksOf(topic string) string {
	id, object := "", amongTokens("speaking", r.list)
	meant := amongTokens("itself", r.list) && len(r.names) == 0
	for i := range r.items {
		switch it := &r.items[i]; it.tag {
		case tagModel:
			id = cmp.Or(id, r.names[it.name].ID)
		case tagPart, tagTopic, tagLicence, tagTerms, tagState, tagClaim:
			object = true
		case tagSubject:
			meant = true
		}
		if it := &r.items[i]; it.tag == tagPart && i > 0 && among("definite", r.words(i-1)) {
			meant = true
		}
	}
	switch {
	case !object:
		return ""
	case meant:
		return cmp.Or(id, topic)
	}
	return id
}

// nextTopic is the model that "it" means in the next sentence.
func nextTopic(names []Name, before string) string {
	var ids []string
	for _, n := range names {
		if !n.Maker && !slices.Contains(ids, n.ID) {
			ids = append(ids, n.ID)
		}
	}
	switch len(ids) {
	case 0:
		return before
	case 1:
		return ids[0]
	}
	return ""
}

// worthListing reports whether a sentence claims something of somebody, and
// does not only speak of openness as such.
func worthListing(r *Reading, named bool) bool {
	if slices.ContainsFunc(r.Claims, func(c Claim) bool { return c.residual && c.Mood == Asserted }) {
		return false
	}
	if slices.ContainsFunc(r.Claims, func(c Claim) bool { return c.Model != "" && c.Vague == "" }) {
		return true
	}
	nouns := slices.ContainsFunc(r.items, func(it item) bool {
		return it.w != nil && it.w.file == "de.yaml" && small(it.tag)
	})
	for i, it := range r.items {
		if it.tag == tagMaker || it.tag == tagSubject && named || it.tag == tagModel ||
			it.tag == tagUnknown && looksNamed(r.words(i), nouns) {
			return true
		}
	}
	return false
}

// looksNamed reports whether a word that the book does not hold may be a name.
// Where all nouns have capitals, one at its head tells nothing.
func looksNamed(word string, nouns bool) bool {
	head, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(head) && !nouns || strings.ContainsFunc(word[size:], func(r rune) bool {
		return unicode.IsUpper(r) || unicode.IsDigit(r)
	})
}

// Sentences cuts a text into sentences. An empty line, or one that begins an
// entry of a list or a heading, ends a sentence too. The names of models may
// begin one in small letters.
func Sentences(text string, names []Name) []audit.Span {
	var list []audit.Span
	start := 0
	add := func(end int) {
		from, to := start, end
		for from < to && space(text[from]) {
			from++
		}
		for to > from && space(text[to-1]) {
			to--
		}
		if to > from {
			list = append(list, audit.Span{Start: from, End: to})
		}
		start = end
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		next := i + size
		switch {
		case strings.ContainsRune("。！？", r), strings.ContainsRune(".!?", r) && endsHere(text, start, i, names):
			for next < len(text) { // closing marks belong to the sentence
				q, n := utf8.DecodeRuneInString(text[next:])
				if !strings.ContainsRune("\"'”’»)]」.!?", q) {
					break
				}
				next += n
			}
			add(next)
		case r == '\n' && newBlock(text[next:]):
			add(next)
		}
		i = next
	}
	add(len(text))
	return list
}

func space(b byte) bool { return b == ' ' || b == '\n' || b == '\r' || b == '\t' }

// newBlock reports whether a line starts something new.
func newBlock(rest string) bool {
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.TrimLeft(line, " \t\r")
	begins := func(mark string) bool { return strings.HasPrefix(line, mark) }
	return line == "" || slices.ContainsFunc([]string{"- ", "* ", "#", "• "}, begins)
}

// abbreviations do not end a sentence.
var abbreviations = []string{"e.g", "i.e", "cf", "etc", "mr", "mrs", "ms", "dr", "prof", "inc", "ltd", "corp", "vs",
	"no", "st",
	"z.b", "d.h", "bzw", "ca", "u.a", "vgl", "nr", "m", "mme", "p.ej", "sr", "sra", "dra", "u.s", "fig", "approx",
	"jan", "feb", "aug", "sept", "oct", "nov", "dec"}

// endsHere reports whether a mark ends a sentence: white space or a closing
// mark follows, and no abbreviation or number goes before.
func endsHere(text string, start, at int, names []Name) bool {
	if at+1 < len(text) && !space(text[at+1]) && !strings.ContainsAny(text[at+1:at+2], "\"')]”’»") &&
		text[at+1] < utf8.RuneSelf {
		return false
	}
	if text[at] != '.' {
		return true
	}
	before := text[start:at]
	word := strings.ToLower(before[strings.LastIndexAny(before, " \n\t(")+1:])
	if slices.Contains(abbreviations, word) || len(word) == 1 && unicode.IsLetter(rune(word[0])) {
		return false
	}
	rest := strings.TrimLeft(text[at+1:], " ")
	next, _ := utf8.DecodeRuneInString(rest)
	return !unicode.IsLower(next) || slices.ContainsFunc(names, func(n Name) bool {
		return n.Start == len(text)-len(rest)
	})
}
