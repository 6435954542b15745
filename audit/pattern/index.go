package pattern

import (
	"hash/maphash"
	"sync"
)

// An index tells of a short text which bytes and which runs of three bytes stand in it,
// ASCII letters in small form. Of a sentence some hundred questions are asked, and from
// its index nearly all are answered: what an expression needs does not stand there. So a
// text is read once and not once for each expression. Themes, and models with one base,
// ask the same of one sentence again and again: the index keeps what was found.
//
// Runs are told by a bit each of a table that several share (after Bloom (1970),
// "Space/time trade-offs in hash coding with allowable errors"): what the index does not
// hold does not stand in the text, what it holds may.
type index struct {
	key   uint64 // of the text; texts of one key are taken for one
	size  int
	folds bool // holds a character outside ASCII that folds to an ASCII letter
	bytes byteSet
	runs  [1 << (runBits - 6)]uint64

	answers [mostNumbers / perWord]uint64 // of expressions by number, two bits each
}

// A byteSet is a set of bytes.
type byteSet [4]uint64

func (s *byteSet) add(c byte) { s[c>>6] |= 1 << (c & 63) }

func (s *byteSet) has(c byte) bool { return s[c>>6]>>(c&63)&1 != 0 }

// Bounds: shorter texts are read as fast as looked up; longer ones are asked once for
// each expression, or piece by piece, and their index would hold too much to say no.
const (
	leastIndexed = 16
	mostIndexed  = 2 << 10
	runBits      = 11
	indexes      = 1 << 11
	mostNumbers  = 1 << 11 // expressions whose answers are remembered; the program's own come first
	perWord      = 32      // answers in a word of them
)

// A cache keeps the indexes of the texts that were asked about last. Each goroutine that
// asks takes one for itself; those that nobody takes are let go.
type cache [indexes]index

var caches = sync.Pool{New: func() any { return new(cache) }}

var seed = maphash.MakeSeed()

// An answer is what is known of whether an expression matches in a text.
type answer int8

const (
	unknown answer = iota
	no
	yes
)

// A question is an expression that was asked of a text, what is known of the answer,
// and where it is remembered once it is known.
type question struct {
	answer
	number int    // of the expression, 0 where the answer is not remembered
	key    uint64 // of the text
	size   int
}

// ask says of a text what is known before it is read for the expression: from how it
// begins, from what stands in it, or because the same was asked of it lately.
func (r *Regexp) ask(text []byte) question {
	p := r.plan()
	switch {
	case p.begins != nil && (len(text) == 0 || !p.begins.has(text[0])):
		return question{answer: no}
	case len(text) < leastIndexed || len(text) > mostIndexed:
		return question{}
	}
	q := question{number: r.number, key: maphash.Bytes(seed, text), size: len(text)}
	if watched.Load() != nil {
		q.number = 0 // who counts the work wants all of it done
	}
	c := caches.Get().(*cache)
	x := &c[q.key%indexes]
	if x.key != q.key || x.size != q.size {
		x.build(text)
		x.key, x.size = q.key, q.size
	}
	if q.number > 0 {
		q.answer = x.known(q.number)
	}
	if q.answer == unknown && p.needs != nil && !x.folds && !p.needs.met(x) {
		q.answer = no
		x.remember(q.number, no)
	}
	caches.Put(c)
	return q
}

// tell answers a question, for those who ask it again.
func (q *question) tell(matches bool) {
	q.answer = no
	if matches {
		q.answer = yes
	}
	if q.number == 0 {
		return
	}
	c := caches.Get().(*cache)
	if x := &c[q.key%indexes]; x.key == q.key && x.size == q.size {
		x.remember(q.number, q.answer)
	}
	caches.Put(c)
}

// known is the answer of an expression that was asked before of the text of the index.
func (x *index) known(number int) answer {
	return answer(x.answers[number/perWord] >> (number % perWord * 2) & 3)
}

func (x *index) remember(number int, a answer) {
	if number > 0 {
		x.answers[number/perWord] |= uint64(a) << (number % perWord * 2)
	}
}

// build reads the text of an index.
func (x *index) build(text []byte) {
	*x = index{}
	run := uint32(0)
	for i, c := range text {
		c = small[c]
		x.bytes.add(c)
		run = run<<8 | uint32(c)
		if i >= 2 {
			h := hashOf(run)
			x.runs[h>>6] |= 1 << (h & 63)
		}
		if c >= 0x80 {
			x.folds = x.folds || run&0xffff == longSRun || run&0xffffff == kelvinRun
		}
	}
}

func hashOf(run uint32) uint32 { return run << 8 * 0x9e3779b1 >> (32 - runBits) }

// longSRun and kelvinRun are the two characters outside ASCII whose case folds to an
// ASCII letter (Unicode, CaseFolding.txt), s and k, as runs of bytes.
const (
	longSRun  = 0xc5bf
	kelvinRun = 0xe284aa
)

// small gives ASCII letters in small form.
var small = func() (to [256]byte) {
	for c := range to {
		to[c] = byte(c)
		if 'A' <= c && c <= 'Z' {
			to[c] += 'a' - 'A'
		}
	}
	return to
}()

// A need is what a text holds if an expression matches in it: all of some needs, one of
// some, a byte of a set, or one of some words. Nothing is known of what nil stands for.
type need struct {
	all, any []*need
	bytes    *byteSet
	words    []word
}

// A word is told by the runs of three bytes that stand in it, the rarest first.
type word struct {
	first uint32
	rest  []uint32
}

// met reports whether a text may hold what is needed.
func (n *need) met(x *index) bool {
	switch {
	case n.bytes != nil:
		s, b := n.bytes, &x.bytes
		return s[0]&b[0]|s[1]&b[1]|s[2]&b[2]|s[3]&b[3] != 0
	case n.words != nil:
		for i := range n.words {
			if w := &n.words[i]; x.has(w.first) && x.hasAll(w.rest) {
				return true
			}
		}
		return false
	case n.any != nil:
		for _, one := range n.any {
			if one.met(x) {
				return true
			}
		}
		return false
	}
	for _, one := range n.all {
		if !one.met(x) {
			return false
		}
	}
	return true
}

func (x *index) has(run uint32) bool { return x.runs[run>>6]>>(run&63)&1 != 0 }

func (x *index) hasAll(runs []uint32) bool {
	for _, r := range runs {
		if !x.has(r) {
			return false
		}
	}
	return true
}

// bothOf and eitherOf join needs; what nothing is known of takes nothing away from what
// all are needed, and everything from what one is enough of.
func bothOf(needs []*need) *need {
	var known []*need
	for _, n := range needs {
		if n != nil {
			known = append(known, n)
		}
	}
	switch len(known) {
	case 0:
		return nil
	case 1:
		return known[0]
	}
	return &need{all: known}
}

func eitherOf(needs []*need) *need {
	for _, n := range needs {
		if n == nil {
			return nil
		}
	}
	if len(needs) == 1 {
		return needs[0]
	}
	return &need{any: needs}
}

// oneOf is the need of one of some texts, in small letters: words where all are long
// enough for runs, else a byte of each.
func oneOf(texts []string) *need {
	if len(texts) == 0 {
		return nil
	}
	if shortest(texts) < 3 {
		var first byteSet
		for _, t := range texts {
			if t == "" {
				return nil
			}
			first.add(rarest(t))
		}
		return &need{bytes: &first}
	}
	n := new(need)
	for _, t := range texts {
		n.words = append(n.words, wordOf(t))
	}
	return n
}

// wordOf lists the runs in a word.
func wordOf(text string) word {
	var w word
	most := -1
	for i := 0; i+3 <= len(text); i++ {
		run := hashOf(uint32(text[i])<<16 | uint32(text[i+1])<<8 | uint32(text[i+2]))
		w.rest = append(w.rest, run)
		if r := rarity(text[i]) + rarity(text[i+1]) + rarity(text[i+2]); r > most {
			most = r
			w.first = run
		}
	}
	return w
}

// frequent are the letters of English from the most frequent on, and the blank.
const frequent = " etaoinsrhldcumfpgwybvkxjqz"

// rarity is the greater, the rarer a byte is in a text.
func rarity(c byte) int {
	for i := range len(frequent) {
		if frequent[i] == c {
			return i
		}
	}
	return len(frequent)
}

// rarest is the rarest byte of a text.
func rarest(text string) byte {
	best := text[0]
	for i := range len(text) {
		if rarity(text[i]) > rarity(best) {
			best = text[i]
		}
	}
	return best
}
