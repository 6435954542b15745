package claims

import "slices"

// What a licence is said to do of a use that was named before: "you want to sell
// it? The licence allows that".

// licenceAnswers makes a claim of such words, unless it only says again what was
// claimed.
func (p *parser) licenceAnswers() {
	for _, s := range p.segments() {
		part, state, nots, silent, named := -1, -1, 0, true, false
		for i := s.start; i < s.end; i++ {
			switch p.tag(i) {
			case tagPart:
				if p.part(i) == "license" {
					part = i
				} else {
					silent = false
				}
			case tagState:
				if v := p.items[i].w.Value; v == "allowed" || v == "forbidden" {
					state = i
					if licenceWord().MatchString(p.words(i)) { // "breaches the licence"
						part = i
					}
				}
			case tagNot:
				if nots == 0 || !p.pairs(i) {
					nots++
				}
			case tagTopic, tagClaim:
				if p.tag(i) == tagClaim && p.items[i].w.Predicate == "license" && p.items[i].w.Value != "open" {
					named = true // "the MIT licence allows it"
					continue
				}
				silent = false
			}
		}
		use := p.useBefore(s.start)
		if part < 0 && !named || state < 0 || !silent || use < 0 {
			continue
		}
		denied := (p.items[state].w.Value == "forbidden") != (nots%2 == 1)
		w := &wording{Tag: tagClaim, Predicate: "commercial-use", Denied: denied, file: p.items[state].w.file}
		between := p.list[p.items[use].first:p.items[s.start].first]
		asked := slices.ContainsFunc(between, func(t token) bool { return t.text == "?" })
		again := !asked && p.tag(use) == tagClaim && p.items[use].w.Denied == denied && p.items[use].w.Value == ""
		for i := s.start; i < s.end; i++ {
			switch p.tag(i) {
			case tagNot, tagPart, tagState, tagAway:
				p.take(i)
			}
		}
		if p.tag(use) == tagTopic || asked {
			p.setAside(use)
		}
		if !again {
			p.items[state].tag, p.items[state].w, p.framed[state] = tagClaim, w, true
		}
	}
}

// licenceWord matches a word for a licence.
var licenceWord = lazily(`(?i)licen|lizenz|许可|协议`)

// pairs reports whether a negation is of a language whose negations come in
// twos: "rien ne s'y oppose".
func (p *parser) pairs(i int) bool {
	return trait(p.items[i].w.file, twoDenials)
}

// useBefore is the last item before another that names commercial use, or -1.
func (p *parser) useBefore(i int) int {
	for k := i - 1; k >= 0; k-- {
		if t := p.tag(k); (t == tagTopic || t == tagClaim) && p.items[k].w.Predicate == "commercial-use" {
			return k
		}
	}
	return -1
}
