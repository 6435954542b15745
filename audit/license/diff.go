package license

import (
	"bytes"
	"slices"
	"strings"
)

// A Diff is one place where the input departs from the text of the licence.
type Diff struct {
	Span           // of the added words; empty, at the place, where words are only missing
	Kind    string `json:"kind"` // added, removed or replaced
	Text    string `json:"text,omitempty"`
	Missing int    `json:"missing_words,omitempty"` // number of the licence's words that are not there
	// the missing words that bear on rights; others are "…" (the index holds no texts)
	MissingOf string `json:"missing,omitempty"`
	Material  bool   `json:"material"`         // it may change rights or duties
	Around    bool   `json:"around,omitempty"` // terms around the text rather than within it
}

// A hunk is a Diff in words: input [w0, w1) stands where the reference has [r0, r1).
type hunk struct {
	w0, w1, r0, r1 int
	cost           int  // words that count against the match
	material       bool // see Diff
	name           bool // the text is about another model or version than the licence
	template       bool // another product, version or date in a maker's own licence
	optional       bool // in a part of the licence that copies leave out
}

// An alignment is one place where a reference stands in the input.
type alignment struct {
	ref     int
	runs    []run
	hunks   []hunk
	equal   int // words of the reference found
	core    int // of these, words of its core
	missing int
	score   int
}

func (a *alignment) span() (from, to int) {
	last := a.runs[len(a.runs)-1]
	return a.runs[0].w, last.w + last.n
}

// materialCost is what a material difference counts, in words, when
// references compete for a text: a version number or a "non" tells more about
// which licence it is than a rephrased sentence.
const materialCost = 4

// nameCost is what a difference counts that tells the licence of another model
// or version. It is high because longer relatives would win otherwise: an
// older licence that includes its use policy shares more words with a newer
// licence and policy than the newer licence alone has.
const nameCost = 40

// measure fills in the hunks, counts and score of an alignment.
func (s *scan) measure(text []byte, al *alignment) {
	r := &s.ix.refs[al.ref]
	coreLen := r.tail - r.core
	w, pos := al.runs[0].w, 0
	al.hunks = make([]hunk, 0, len(al.runs)+1)
	for _, x := range al.runs {
		s.addHunk(text, al, r, hunk{w0: w, w1: x.w, r0: pos, r1: x.r})
		al.equal += x.n
		al.core += max(0, min(x.r+x.n, r.tail)-max(x.r, r.core))
		w, pos = x.w+x.n, x.r+x.n
	}
	s.addHunk(text, al, r, hunk{w0: w, w1: w, r0: pos, r1: len(r.seq)})
	al.missing = coreLen - al.core
	al.score = al.core
	for _, h := range al.hunks {
		al.score -= h.cost
	}
}

// addHunk weighs a difference and keeps it if there is one.
func (s *scan) addHunk(text []byte, al *alignment, r *reference, h hunk) {
	lo, hi := max(h.r0, r.core), min(h.r1, r.tail)
	if hi < lo {
		lo, hi = h.r0, h.r0
	}
	// Words of an optional head or tail are no loss when they are missing.
	optional := h.r1 - h.r0 - (hi - lo)
	// Few words amid an optional part that is there are a change of it.
	amid := h.r1 > h.r0 && al.equal > 0 && h.w1 <= al.runs[len(al.runs)-1].w && h.r1-h.r0 < omission
	if h.w1 == h.w0 && hi == lo && !amid {
		return
	}
	if h.w1-h.w0 == 1 && h.r1-h.r0 == 1 && spelledAlike(s.words.ids[h.w0], r.seq[h.r0]) ||
		s.respelled(text, r, h) {
		al.equal += h.r1 - h.r0
		al.core += hi - lo
		return
	}
	if optional > 0 && !amid {
		h.r0, h.r1, h.optional = lo, hi, true
	}
	h.material = s.material(text, r, h)
	h.name = s.renamed(text, r, h)
	h.cost = h.w1 - h.w0 + h.r1 - h.r0
	switch {
	case h.name:
		h.material = true
		h.cost += nameCost
	case h.material:
		h.cost += materialCost
	case s.nameLike(text, h):
		h.cost = (h.cost + 3) / 4
	}
	// It tells relatives apart, and changes nothing that is granted.
	h.template = h.material && (s.product(text, r, h) && !(h.name && len(r.numbers) > 0) || s.dated(text, h))
	al.hunks = append(al.hunks, h)
}

const (
	prose    = 14 // added words from which a difference counts as a clause, whatever they say
	omission = 10 // missing words from which it does

	placeholder = 16 // words that a form may have where a copy has a name
)

// A tally says how many more of a word were added than are missing; tallies are those of
// a difference, which has few words that bear on rights.
type (
	tally struct {
		id uint16
		n  int
	}
	tallies []tally
)

func (t tallies) add(id uint16, n int) tallies {
	for i := range t {
		if t[i].id == id {
			t[i].n += n
			return t
		}
	}
	return append(t, tally{id, n})
}

func (t tallies) uneven() bool {
	return slices.ContainsFunc(t, func(c tally) bool { return c.n != 0 })
}

// material reports whether a difference may change rights or duties.
func (s *scan) material(text []byte, r *reference, h hunk) bool {
	bits := signalBits()
	var room [16]tally
	balance := tallies(room[:0])
	if s.otherPlace(r, h) {
		return true
	}
	named := s.nameLike(text, h)
	if named && s.inCopyrightLine(text, h) || s.disclaimer(text, h) {
		return false
	}
	for i := h.w0; i < h.w1; i++ {
		if id := s.words.ids[i]; bits.has(id) && !(named && s.properNoun(text, i)) ||
			r.named(s.words.ids, i) && !onlyNumber(text, int(s.words.start[i]), int(s.words.end[i])) {
			balance = balance.add(id, 1)
		} else if !h.optional && s.numeral(text, i) && !s.doubled(text, h) {
			return true
		}
	}
	for i := h.r0; i < h.r1; i++ {
		id := r.seq[i]
		if bits.has(id) || r.named(r.seq, i) {
			balance = balance.add(id, -1)
		}
	}
	if balance.uneven() {
		return true
	}
	// A name stands for a placeholder of several words; around the terms, in
	// what may be left out, words that bear on nothing change nothing.
	filled := named && h.r1-h.r0 <= placeholder
	around := r.tail < len(r.seq) && h.r0 >= r.tail || h.r1 > 0 && h.r1 <= r.core
	return h.r1-h.r0 >= omission && h.w1-h.w0 < (h.r1-h.r0)/2 && !filled || h.w1-h.w0 >= prose && !named && !around
}

// renamed reports whether a difference touches a name of the licence: words of
// it are missing, or a number was added behind them ("Llama 3.1" for "Llama 3").
func (s *scan) renamed(text []byte, r *reference, h hunk) bool {
	if len(r.names) == 0 || h.optional {
		return false
	}
	balance := 0
	for i := h.r0; i < h.r1; i++ {
		if r.named(r.seq, i) {
			balance++
		}
	}
	for i := h.w0; i < h.w1; i++ {
		if r.named(s.words.ids, i) {
			balance--
		}
	}
	behind := h.r0 > 0 && slices.Contains(r.names, r.seq[h.r0-1])
	return balance > 0 && h.w1 > h.w0 || behind && h.w1 > h.w0 && h.w1-h.w0 <= 2 && s.numeral(text, h.w0)
}

// properNoun reports whether word i may be part of a name although it bears on
// rights elsewhere: "Nous Research", "European Union", not "Non-Commercial" and
// not the first word of a sentence.
func (s *scan) properNoun(text []byte, i int) bool {
	word := text[s.words.start[i]:s.words.end[i]]
	if i > 0 && bytes.HasPrefix(text[s.words.end[i-1]:], []byte(". ")) || foldEqual(word, "commercial") {
		return false
	}
	return word[0] >= 'A' && word[0] <= 'Z' && !limits().has(s.words.ids[i])
}

// maxRespelled is how many words a hyphen or a line break may cut or join at
// one place, and maxLetters how many letters they may have.
const maxRespelled, maxLetters = 4, 63

// respelled reports whether the added words of a difference are the missing
// ones, cut or joined elsewhere: "fine-tuning", "fine tuning", "finetuning".
// The reference has hashes only, so each way to cut the letters is tried.
func (s *scan) respelled(text []byte, r *reference, h hunk) bool {
	n, m := h.w1-h.w0, h.r1-h.r0
	if n == 0 || m == 0 || n == m || n > maxRespelled || m > maxRespelled {
		return false
	}
	letters := make([]rune, 0, maxLetters)
	for i := h.w0; i < h.w1; i++ {
		word := text[s.words.start[i]:s.words.end[i]]
		if len(letters)+len(word) > maxLetters {
			return false
		}
		letters = appendLetters(letters, word)
	}
	ends := uint64(1) // offsets where the words so far may end
	for _, id := range r.seq[h.r0:h.r1] {
		next := uint64(0)
		for from := range letters {
			if ends>>from&1 == 0 {
				continue
			}
			s.steps += len(letters) - from
			hash := uint64(hashSeed)
			for to := from; to < len(letters); to++ {
				hash = (hash ^ uint64(letters[to])) * hashPrime
				if fold(hash) == id {
					next |= 1 << (to + 1)
				}
			}
		}
		if ends = next; ends == 0 {
			return false
		}
	}
	return ends>>len(letters)&1 != 0
}

// numeral reports whether word i is a number that can mean something: a
// version, a threshold; not a year or month, a list marker, the number of a page, or
// part of an address.
func (s *scan) numeral(text []byte, i int) bool {
	a, b := int(s.words.start[i]), int(s.words.end[i])
	word := text[a:b]
	for _, c := range word {
		if c < '0' || c > '9' {
			return false
		}
	}
	if word[0] == '0' || len(word) == 4 && (word[0] == '1' && word[1] == '9' || word[0] == '2' && word[1] == '0') {
		return false
	}
	if onlyNumber(text, a, b) {
		return false
	}
	after := b < len(text) && (text[b] == ')' || text[b] == '.' && (b+1 == len(text) || text[b+1] <= ' ' ||
		text[b+1] == '*'))
	opens := a == 0 || text[a-1] <= ' ' || a > 1 && text[a-2] == '\\' && text[a-1] == 'n' || text[a-1] == '(' ||
		text[a-1] == '*' || text[a-1] == '#'
	return !(after && opens) && len(word) <= 12
}

// doubled reports whether the one word added is the number of a section whose
// place in the alignment the number of a page has taken.
func (s *scan) doubled(text []byte, h hunk) bool {
	return h.r0 == h.r1 && h.w1-h.w0 == 1 && h.w0 > 0 && s.words.ids[h.w0-1] == s.words.ids[h.w0] &&
		!s.numeral(text, h.w0-1)
}

// onlyNumber reports whether the number text[a:b] is all that stands on its
// line, next to an empty line or a new page, as the number of a page does.
func onlyNumber(text []byte, a, b int) bool {
	if b-a > 3 {
		return false
	}
	const margin = 96 // numbers of pages are set off from the left
	const dashes = " \t\r-|"
	before, behind := bytes.TrimRight(text[max(0, a-margin):a], dashes), text[b:min(len(text), b+margin)]
	if total, ok := bytes.CutSuffix(before, []byte("of")); ok { // the 12 of "page 3 of 12"
		before = bytes.TrimRight(bytes.TrimRight(bytes.TrimRight(total, dashes), "0123456789"), dashes)
	}
	if n := len(before) - 4; n >= 0 && foldEqual(before[n:], "page") {
		before = bytes.TrimRight(before[:n], dashes)
	}
	behind = bytes.TrimLeft(afterOf(behind), dashes)
	if len(before) == 0 || len(behind) == 0 {
		return a < margin || b+margin > len(text)
	}
	breaks := func(c byte) bool { return c == '\n' || c == '\f' }
	if !breaks(before[len(before)-1]) || !breaks(behind[0]) {
		return false
	}
	empty := func(part []byte) bool {
		part = bytes.ReplaceAll(part, []byte("\r"), nil)
		return bytes.Contains(part, []byte("\n\n")) || bytes.Contains(part, []byte("\f"))
	}
	return empty(before[max(0, len(before)-4):]) || empty(behind[:min(len(behind), 4)])
}

// afterOf returns what stands behind "of 12" or "/12" at the start of text, or
// text where that is not there.
func afterOf(text []byte) []byte {
	rest := bytes.TrimLeft(text, " \t")
	rest, of := bytes.CutPrefix(rest, []byte("of"))
	if !of {
		if rest, of = bytes.CutPrefix(rest, []byte("/")); !of {
			return text
		}
	}
	rest = bytes.TrimLeft(rest, " \t")
	return bytes.TrimLeft(rest, "0123456789")
}

// nameLike reports whether the added words of a difference look like a name, a
// copyright line, a heading or an address: few words in lower case, or a
// copyright sign and a year.
func (s *scan) nameLike(text []byte, h hunk) bool {
	if h.w0 == h.w1 {
		return false
	}
	plain, years, c := 0, 0, false
	for i := h.w0; i < h.w1; i++ {
		word := text[s.words.start[i]:s.words.end[i]]
		switch {
		case word[0] >= 'a' && word[0] <= 'z' && !joiners[string(word)]:
			plain++
		case len(word) == 4 && (word[0] == '1' || word[0] == '2'):
			years++
		}
		c = c || len(word) == 9 && foldEqual(word, "copyright")
	}
	n := h.w1 - h.w0
	return plain*4 <= n || c && n <= 60 && plain*2 <= n || years > 0 && plain*3 <= n
}

// disclaimer reports whether words were added that disclaim warranties in
// capitals, as many licences do and some copies do once more.
func (s *scan) disclaimer(text []byte, h hunk) bool {
	if h.w1-h.w0 < prose || h.r0 != h.r1 {
		return false
	}
	added := text[s.words.start[h.w0]:s.words.end[h.w1-1]]
	if len(added) > 4000 {
		return false
	}
	capitals, small := 0, 0
	for _, c := range added {
		switch {
		case c >= 'A' && c <= 'Z':
			capitals++
		case c >= 'a' && c <= 'z':
			small++
		}
	}
	found := 0
	for _, word := range []string{"AS IS", "WARRANT", "LIABLE", "LIABILITY", "DAMAGES", "MERCHANTABILITY"} {
		if bytes.Contains(added, []byte(word)) {
			found++
		}
	}
	return capitals > 4*small && found >= 3 && !bytes.Contains(added, []byte("COMMERCIAL")) &&
		!bytes.Contains(added, []byte("RESEARCH"))
}

// inCopyrightLine reports whether the added words of a difference stand in a
// line with a copyright sign and a year, and say nothing of what is allowed.
func (s *scan) inCopyrightLine(text []byte, h hunk) bool {
	if h.w1-h.w0 > 16 || h.r1-h.r0 > omission {
		return false
	}
	a, b := int(s.words.start[h.w0]), int(s.words.end[h.w1-1])
	from := max(0, a-80)
	from += bytes.LastIndexByte(text[from:a], '\n') + 1
	line := text[from:b]
	if len(line) > 400 || bytes.IndexByte(line, '\n') >= 0 || !copyrightYear(line) {
		return false
	}
	return !slices.ContainsFunc(s.words.ids[h.w0:h.w1], func(id uint16) bool { return limits().has(id) }) ||
		limitInName(line)
}

// copyrightYear reports whether a line starts with a copyright sign, behind
// the mark of a comment or list, and a year follows soon.
func copyrightYear(line []byte) bool {
	line = bytes.TrimLeft(line, " \t#*/;.-")
	sign := false
	for _, s := range [...]string{"copyright", "(c)", "©"} {
		sign = sign || len(line) >= len(s) && bytes.EqualFold(line[:len(s)], []byte(s))
	}
	if !sign {
		return false
	}
	digits := 0
	for _, c := range line[:min(len(line), 36)] {
		if digits++; c < '0' || c > '9' {
			digits = 0
		}
		if digits == 4 {
			return true
		}
	}
	return false
}

// joiners are words in lower case that stand in names and copyright lines.
var joiners = map[string]bool{"and": true, "of": true, "the": true, "by": true, "de": true, "at": true, "in": true,
	"for": true, "com": true, "org": true,
	"copyright": true, "c": true, "all": true, "rights": true, "reserved": true, "inc": true, "its": true, "http": true,
	"www": true, "github": true, "edu": true, "gmail": true}

// diffs writes the differences of an alignment with offsets into the text.
func (s *scan) diffs(text []byte, al *alignment) []Diff {
	r := &s.ix.refs[al.ref]
	var all []Diff
	for _, h := range al.hunks {
		d := Diff{Kind: "replaced", Missing: h.r1 - h.r0, MissingOf: missingWords(r, h),
			Material: h.material && !h.template || s.putIn(text, r, h)}
		if h.w0 == h.w1 {
			d.Kind = "removed"
			at := s.after(h.w0)
			d.Span = Span{at, at}
		} else {
			if h.r0 == h.r1 {
				d.Kind = "added"
			}
			d.Span = Span{int(s.words.start[h.w0]), int(s.words.end[h.w1-1])}
			d.Text = string(bytes.ToValidUTF8(text[d.Start:d.End], []byte("\ufffd")))
		}
		all = append(all, d)
	}
	return all
}

// after is the byte offset behind the word before word w.
func (s *scan) after(w int) int {
	if w == 0 {
		return 0
	}
	return int(s.words.end[w-1])
}

// missingWords names the signal words of the reference that are missing.
func missingWords(r *reference, h hunk) string {
	var b strings.Builder
	gap := false
	known := signals()
	for i := h.r0; i < h.r1; i++ {
		word, ok := known[r.seq[i]]
		switch {
		case ok:
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(word)
			gap = false
		case !gap:
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString("…")
			gap = true
		}
	}
	return b.String()
}
