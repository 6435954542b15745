package claims

import (
	"slices"
	"strings"
)

// Words that only tell who or what a name stands for: "the Australian start-up Y",
// "X, Y's small but capable model, ...", "said A. B., head of research at Y". What
// they tell is no part of what is said of a model. Their place shows it (in one
// phrase with the name, or around a verb of saying), and so do the kinds of words
// that make up such a phrase; a word of no such kind stays unchecked.

// maxNaming is how many items stand in such a phrase beside its name.
const maxNaming = 8

// namings takes what tells who a maker or which model is named out of the reading.
func (p *parser) namings() {
	for i := range p.items {
		kind := map[string]string{tagMaker: "firm", tagModel: "model"}[p.tag(i)]
		if kind == "" {
			continue
		}
		for from := max(0, i-maxNaming); from < i; from++ {
			if p.tag(from-1) != tagUnknown && p.tag(from-1) != tagNot && p.tells(kind, from, i) {
				p.offices(from, i)
				break
			}
		}
		if k := p.prev(i-2, tagLink); kind == "model" && p.tag(i-1) == tagAnd && p.tag(k) == tagNeutral &&
			among("model-noun", p.words(k)) {
			p.items[k].tag = tagUnknown // "the new model and X": of the other nothing is known
		}
		p.otherName(i)
		if word := p.words(i + 1); kind == "model" && (word == "," || word == "(") {
			end := i + 2
			for end < len(p.items) && p.tag(end) != tagMark {
				end++
			}
			if p.tells(kind, i+2, end) {
				p.offices(i+2, end)
				for k := i + 2; k < end; k++ {
					if p.tag(k) == tagPart {
						p.setAside(k)
					}
				}
			}
		}
	}
}

// tells reports whether the items from one to another are a phrase around a noun
// for a firm or a model, with words alone that tell where it is from, how large, how
// old or how well known it is.
func (p *parser) tells(kind string, from, to int) bool {
	noun := kind == "model" && p.words(from-1) == "," && among("shaped", p.words(from)) // ", trained by"
	for i := max(0, from-1); i < to; i++ {
		if among("for-whom", p.words(i)) {
			return false // "for small developers Y": they are not Y
		}
	}
	for i := from; i < to; i++ {
		last := p.list[p.items[i].end-1].text
		noun = noun || among(kind+"-noun", last)
		switch p.tag(i) {
		case tagNeutral, tagOf, tagMaker:
			continue
		case tagAnd: // "small and capable", and not "the new assistant and X"
			if i+1 < to && !noun {
				continue
			}
			return false
		case tagAway: // "trained by the collective Y", and not "for researchers"
			if among("agent", p.words(i)) || p.words(i) == "at" {
				continue
			}
		case tagPart: // "a 1.1-billion-parameter model"
			if kind == "model" && p.sizeAt(i) {
				continue
			}
		case tagBut: // "small but capable"
			if p.tag(i-1) != tagUnknown && !p.aside(i-1) {
				return false
			}
			continue
		case tagSubject: // "le modèle"
			if among(kind+"-noun", last) || i == from {
				continue
			}
		case tagUnknown:
			var rest []token
			for k := i; k < to; k++ {
				rest = append(rest, p.list[p.items[k].first:p.items[k].end]...)
			}
			if p.figure(i) || noun && p.person(i) && p.tag(p.prev(i-1, tagNeutral)) != tagPart {
				continue // "built at the University of Y"
			}
			n := 0
			for _, list := range []string{kind + "-telling", kind + "-noun"} {
				if l := lists()[list]; l != nil {
					n = max(n, l.takes(rest))
				}
			}
			if n = p.wholeItems(i, n); n > 0 {
				for k := i; k < i+n; k++ {
					noun = noun || among(kind+"-noun", p.words(k))
				}
				i += n - 1
				continue
			}
		}
		return false
	}
	return noun
}

// sizeAt reports whether an item names the parameters that a size is told of, which is
// not another than that in the model's name.
func (p *parser) sizeAt(i int) bool {
	size := sized().FindString(strings.TrimRight(p.text[:p.at(i)], " -"))
	unit := p.list[max(0, p.items[i].first-2):p.items[i].first]
	if p.part(i) != "open-weights" || size == "" || !amongTokens("billion", unit) {
		return false // sizes in names are in billions
	}
	for k := i - 1; k >= 0 && k > i-maxNaming; k-- {
		if p.figure(k) {
			return !slices.ContainsFunc(p.modelsBefore(len(p.items)), func(id string) bool {
				m := sizeInName().FindStringSubmatch(id)
				return m != nil && m[1] != strings.ToLower(p.words(k))
			})
		}
	}
	return false
}

// otherName takes the name that stands in brackets behind another name of the same
// model out of the reading: "Y's Quokka (Quokka-7B)".
func (p *parser) otherName(i int) {
	if p.tag(i) != tagModel || p.words(i-1) != "(" || p.words(i+1) != ")" || i < 2 {
		return
	}
	before := i - 2
	same := p.tag(before) == tagModel && p.names[p.items[before].name].ID == p.names[p.items[i].name].ID
	if !same && !(p.tag(before) == tagUnknown && p.capital(p.list[p.items[before].first]) && len(p.modelsBefore(before)) == 0) {
		return
	}
	p.items[i-1].tag, p.items[i+1].tag = tagNeutral, tagNeutral
	if same {
		p.items[i].tag = tagNeutral
		return
	}
	p.setAside(before)
}

// speakers takes the names and offices of those who say something out of the
// reading, and notes the verbs whose speaker is in an office of the maker of a model
// that is spoken of: "said A. B., head of research at Y".
func (p *parser) speakers() {
	p.byOffice = make(map[int]bool)
	for i := range p.items {
		if p.tag(i) != tagSaid {
			continue
		}
		from, to := i, i+1
		for p.whoSpeaks(from - 1) {
			from--
		}
		for p.whoSpeaks(to) {
			to++
		}
		before := from == 0 || p.tag(from-1) == tagMark || p.tag(from) == tagMark
		behind := to >= len(p.items) || p.tag(to) == tagMark || p.tag(to-1) == tagMark
		for _, s := range []segment{{start: from, end: i}, {start: i + 1, end: to}} {
			if s.start >= s.end || s.start == from && !before || s.start > i && !behind {
				continue
			}
			p.byOffice[i] = p.byOffice[i] || p.officeOf(s)
			if p.officeOf(s) || p.factive(i) {
				p.offices(s.start, s.end)
			}
		}
	}
}

// whoSpeaks reports whether an item may tell who says something, where or when.
func (p *parser) whoSpeaks(i int) bool {
	switch p.tag(i) {
	case tagMark:
		return p.words(i) == ","
	case tagMaker, tagOf, tagAway, tagAnd:
		return true
	case tagNeutral:
		return !among("that", p.words(i)) && !among("relative", p.words(i))
	case tagUnknown:
		return p.office(i) || p.audience(i) || p.person(i) || p.items[i].w != nil && p.items[i].w.Value == "role"
	}
	return false
}

// person reports whether an item is a word of a name: written with a capital letter
// where nothing else is, else one of two such words.
func (p *parser) person(i int) bool {
	capital := func(k int) bool {
		return p.tag(k) == tagUnknown && p.capital(p.list[p.items[k].first]) && !among("limit", p.words(k))
	}
	return capital(i) && (!p.titled() || p.mainLanguage() == "de.yaml" && (capital(i-1) || capital(i+1)))
}

// officeOf reports whether a stretch names an office, and beside it the maker of a
// model that is spoken of, and nobody who only deals with it.
func (p *parser) officeOf(s segment) bool {
	office := func(k int) bool {
		return k >= s.start && k < s.end && (p.office(k) || p.items[k].w != nil && p.items[k].w.Value == "role")
	}
	found := false
	for k := s.start; k < s.end; k++ {
		if among("outsider", p.list[p.items[k].first].text) {
			return false
		}
		if p.ownMaker(k) {
			found = found || office(p.prev(k-1, tagOf, tagAway, tagNeutral)) || office(p.next(k+1, tagOf, tagNeutral)) ||
				office(p.prev(k-1, tagOf, tagAway)) || office(p.next(k+1, tagOf))
		}
	}
	return found
}
