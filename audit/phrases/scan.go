package phrases

import "math/bits"

// maxSentence is how many words a sentence may have; a longer one is cut, so
// that a text without sentences needs no more memory than one with.
const maxSentence = 2000

// A scanner reads one text at a time for a book, and is used again.
type scanner struct {
	book  *Book
	lexer lexer
	words []word
	atoms []int32 // of all words of the sentence
	from  []start // by phrase
	epoch int     // the number of the sentence
	steps int     // bytes read and looked at, anchors met, words tried: the time is in step with it
	out   []Match
}

// A word of the sentence that is being read.
type word struct {
	start, end  int
	atoms, upTo int32 // scanner.atoms[atoms:upTo] are what it fits
	comma       bool
}

// start is the first word at which a phrase was not tried yet.
type start struct {
	epoch, at int
}

func (s *scanner) scan(text []byte) []Match {
	s.lexer = lexer{text: text, word: s.lexer.word}
	s.steps = len(text)
	s.out = nil
	for more := true; more; {
		more = s.lexer.next()
		if s.lexer.breaks || len(s.words) == maxSentence {
			s.sentence()
		}
		if more {
			s.add()
		}
	}
	s.lexer.text = nil
	s.steps += s.lexer.looks
	out := s.out
	s.out = nil
	return out
}

// add appends the lexer's word to the sentence, with the atoms that it fits.
func (s *scanner) add() {
	w, b := s.lexer.word, s.book
	from := int32(len(s.atoms))
	if b.words.may(w) {
		if id, ok := b.exact[string(w)]; ok {
			s.atoms = append(s.atoms, id)
		}
	}
	if n := len(w); n >= 2 {
		for _, p := range b.prefixes.of(w[0], w[1]) {
			if n >= len(p.text) && string(w[:len(p.text)]) == p.text {
				s.atoms = append(s.atoms, p.atom)
			}
		}
		for _, p := range b.suffixes.of(w[n-2], w[n-1]) {
			if n >= len(p.text) && string(w[n-len(p.text):]) == p.text {
				s.atoms = append(s.atoms, p.atom)
			}
		}
	}
	s.words = append(s.words, word{s.lexer.start, s.lexer.end, from, int32(len(s.atoms)), s.lexer.comma})
}

// sentence looks for the phrases whose anchors it has, and begins a new one.
func (s *scanner) sentence() {
	s.epoch++
	found := len(s.out)
	for i, w := range s.words {
		for _, a := range s.atoms[w.atoms:w.upTo] {
			for _, p := range s.book.anchors[a] {
				s.try(p, i)
			}
		}
	}
	inOrder(s.out[found:])
	s.words, s.atoms = s.words[:0], s.atoms[:0]
}

// try looks for matches of a phrase whose anchor is word i. Starts are tried
// once and in order, so that what is found is leftmost.
func (s *scanner) try(phrase int32, i int) {
	s.steps++
	g := s.book.programs[phrase]
	from := &s.from[phrase]
	if from.epoch != s.epoch {
		*from = start{s.epoch, 0}
	}
	at := max(from.at, i-g.most)
	for at <= i-g.least && (at == 0 || !g.start) {
		end := s.run(g, at)
		if end < 0 {
			at++
			continue
		}
		s.out = append(s.out, Match{s.book.phrases[phrase], s.words[at].start, s.words[end].end})
		at = end + 1
	}
	from.at = max(from.at, at)
}

// run gives the last word of the longest match that begins at a word, or -1.
func (s *scanner) run(g *program, at int) int {
	end := -1
	now := g.first
	for i := at; i < len(s.words); i++ {
		s.steps++
		fits := s.fits(g, &s.words[i])
		var next set
		alive, last := false, false
		for k := range g.size {
			now[k] &= fits[k]
			alive = alive || now[k] != 0
			last = last || now[k]&g.last[k] != 0
			for rest := now[k]; rest != 0; rest &= rest - 1 {
				follow := &g.follow[k*64+bits.TrailingZeros64(rest)]
				for j := range g.size {
					next[j] |= follow[j]
				}
			}
		}
		if !alive {
			break
		}
		if last && (!g.end || i == len(s.words)-1) {
			end = i
		}
		now = next
	}
	return end
}

// fits gives the places of a program that a word fits.
func (s *scanner) fits(g *program, w *word) set {
	places := g.any
	for _, a := range s.atoms[w.atoms:w.upTo] {
		for i := range g.atoms {
			if g.atoms[i].atom >= a {
				if g.atoms[i].atom == a {
					places = places.or(g.atoms[i].places)
				}
				break
			}
		}
	}
	if !w.comma {
		for k := range g.size {
			places[k] &^= g.comma[k]
		}
	}
	return places
}
