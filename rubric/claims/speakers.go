package claims

// Who says something, by name and office: "said A. B., head of research at Y". The name
// is no part of what is said of a model; the office tells whether its maker speaks.

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
