// Package pattern matches regular expressions over prose faster than the
// standard library does, with the same results.
//
// The observers ask some three hundred questions of every sentence, and nearly
// all answers are no. Most of these patterns cannot match without one of a few
// words. So a Regexp works out, from the syntax tree of its expression, which
// words it needs; it looks for them in one pass over the bytes, and tries the
// expression only where one stands. In a long text it tries only the lines on
// which one stands, if no match can reach over the end of a line. Short texts, of
// which much is asked, have an index that says what cannot stand there (index.go). What
// is asked often is asked of an automaton first, which tells in one step a character
// that nothing matches (automaton.go).
//
// The idea is that of the required literals of RE2's filtered matching
// (github.com/google/re2, prefilter.h). What is found never differs from what
// regexp finds; patterns that need no word are handed to it as they are.
package pattern

import (
	"bytes"
	"iter"
	"regexp"
	"sync"
	"sync/atomic"
	"unicode/utf8"
	"unsafe"
)

// A Regexp is a regular expression that is compiled when it is first asked: a
// program has hundreds of patterns, and most runs ask few of them.
type Regexp struct {
	expr      func() string
	compiled  func() *regexp.Regexp
	planned   atomic.Pointer[plan]
	automaton func() *automaton
	read      atomic.Int64 // bytes that an expression or its automaton read
	number    int          // by which answers are remembered, 0 where they are not
}

// numbers counts the expressions.
var numbers atomic.Int64

// A plan is how to look for a pattern.
type plan struct {
	begins *byteSet       // what a text begins with in which it matches, nil where that may be anything
	needs  *need          // what stands in such a text
	words  func() *finder // nil where no word is needed
	lines  bool           // no match holds a line feed or hangs on the text's ends
}

// MustCompile is as in regexp, but that an expression at fault panics when it is
// first asked. TestExpressions compiles all that stand in the program's source.
func MustCompile(expr string) *Regexp { return Later(func() string { return expr }) }

// Later is MustCompile of an expression that is not known before it is first asked.
func Later(expr func() string) *Regexp {
	expr = sync.OnceValue(expr)
	number := int(numbers.Add(1))
	if number >= mostNumbers {
		number = 0
	}
	return &Regexp{
		number:    number,
		expr:      expr,
		compiled:  sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr()) }),
		automaton: sync.OnceValue(func() *automaton { return newAutomaton(expr()) }),
	}
}

// plan is how to look for the expression, worked out when it is first asked.
func (r *Regexp) plan() *plan {
	if p := r.planned.Load(); p != nil {
		return p
	}
	words, oneLine, needs, begins := analyse(r.expr())
	p := &plan{begins: begins, needs: needs, lines: oneLine}
	if len(words) > 0 {
		p.words = sync.OnceValue(func() *finder { return newFinder(words) })
	}
	r.planned.CompareAndSwap(nil, p)
	return r.planned.Load()
}

// Match is as in regexp.
func (r *Regexp) Match(b []byte) bool {
	q := r.ask(b)
	if q.answer == unknown {
		q.tell(r.match(b))
	}
	return q.answer == yes
}

func (r *Regexp) match(b []byte) bool {
	for p := range r.pieces(b) {
		if p.sure || p.from == 0 && r.compiled().Match(p.text) ||
			p.from > 0 && r.within(p, (*regexp.Regexp).FindIndex) != nil {
			return true
		}
	}
	return false
}

// MatchString is as in regexp.
func (r *Regexp) MatchString(s string) bool { return r.Match(view(s)) }

// FindIndex is as in regexp.
func (r *Regexp) FindIndex(b []byte) []int { return r.first(b, (*regexp.Regexp).FindIndex) }

// FindStringIndex is as in regexp.
func (r *Regexp) FindStringIndex(s string) []int { return r.FindIndex(view(s)) }

// FindSubmatchIndex is as in regexp.
func (r *Regexp) FindSubmatchIndex(b []byte) []int {
	return r.first(b, (*regexp.Regexp).FindSubmatchIndex)
}

// FindStringSubmatchIndex is as in regexp.
func (r *Regexp) FindStringSubmatchIndex(s string) []int { return r.FindSubmatchIndex(view(s)) }

// FindAllIndex is as in regexp.
func (r *Regexp) FindAllIndex(b []byte, n int) [][]int {
	return r.all(b, n, (*regexp.Regexp).FindAllIndex)
}

// FindAllStringIndex is as in regexp.
func (r *Regexp) FindAllStringIndex(s string, n int) [][]int { return r.FindAllIndex(view(s), n) }

// FindAllSubmatchIndex is as in regexp.
func (r *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return r.all(b, n, (*regexp.Regexp).FindAllSubmatchIndex)
}

// FindAllStringSubmatchIndex is as in regexp.
func (r *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return r.FindAllSubmatchIndex(view(s), n)
}

// FindString is as in regexp.
func (r *Regexp) FindString(s string) string {
	if m := r.FindStringIndex(s); m != nil {
		return s[m[0]:m[1]]
	}
	return ""
}

// FindSubmatch is as in regexp.
func (r *Regexp) FindSubmatch(b []byte) [][]byte {
	return parts(b, r.FindSubmatchIndex(b))
}

// FindStringSubmatch is as in regexp.
func (r *Regexp) FindStringSubmatch(s string) []string {
	return texts(s, r.FindStringSubmatchIndex(s))
}

// FindAllString is as in regexp.
func (r *Regexp) FindAllString(s string, n int) []string {
	var all []string
	for _, m := range r.FindAllStringIndex(s, n) {
		all = append(all, s[m[0]:m[1]])
	}
	return all
}

// FindAllStringSubmatch is as in regexp.
func (r *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	var all [][]string
	for _, m := range r.FindAllStringSubmatchIndex(s, n) {
		all = append(all, texts(s, m))
	}
	return all
}

// ReplaceAllString is as in regexp.
func (r *Regexp) ReplaceAllString(s, with string) string {
	if !r.MatchString(s) {
		return s
	}
	return r.compiled().ReplaceAllString(s, with)
}

// ReplaceAllStringFunc is as in regexp.
func (r *Regexp) ReplaceAllStringFunc(s string, with func(string) string) string {
	if !r.MatchString(s) {
		return s
	}
	return r.compiled().ReplaceAllStringFunc(s, with)
}

// ReplaceAll is as in regexp.
func (r *Regexp) ReplaceAll(b, with []byte) []byte { return r.compiled().ReplaceAll(b, with) }

// Find is as in regexp.
func (r *Regexp) Find(b []byte) []byte {
	if m := r.FindIndex(b); m != nil {
		return b[m[0]:m[1]:m[1]]
	}
	return nil
}

// FindAll is as in regexp.
func (r *Regexp) FindAll(b []byte, n int) [][]byte {
	var all [][]byte
	for _, m := range r.FindAllIndex(b, n) {
		all = append(all, b[m[0]:m[1]:m[1]])
	}
	return all
}

// FindAllSubmatch is as in regexp.
func (r *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	var all [][][]byte
	for _, m := range r.FindAllSubmatchIndex(b, n) {
		all = append(all, parts(b, m))
	}
	return all
}

// Split is as in regexp.
func (r *Regexp) Split(s string, n int) []string { return r.compiled().Split(s, n) }

// String is as in regexp.
func (r *Regexp) String() string { return r.expr() }

// first is the first match, nil if there is none.
func (r *Regexp) first(b []byte, find func(*regexp.Regexp, []byte) []int) []int {
	q := r.ask(b)
	if q.answer == no {
		return nil
	}
	for p := range r.pieces(b) {
		if m := r.within(p, find); m != nil {
			return shift(m, p.start)
		}
	}
	q.tell(false)
	return nil
}

// all gathers at most n matches, or all if n is negative.
func (r *Regexp) all(b []byte, n int, find func(*regexp.Regexp, []byte, int) [][]int) [][]int {
	q := r.ask(b)
	if q.answer == no {
		return nil
	}
	var all [][]int
	for p := range r.pieces(b) {
		cut := p.context()
		list := find(r.compiled(), p.text[cut:], n-len(all))
		if len(list) > 0 && cut+list[0][0] < p.from {
			cut, list = 0, p.later(find(r.compiled(), p.text, -1), n-len(all))
		}
		for _, m := range list {
			all = append(all, shift(m, p.start+cut))
		}
		if len(all) == n {
			return all
		}
	}
	if all == nil {
		q.tell(false)
	}
	return all
}

// within is the first match in a piece.
func (r *Regexp) within(p piece, find func(*regexp.Regexp, []byte) []int) []int {
	cut := p.context()
	m := find(r.compiled(), p.text[cut:])
	if m == nil || cut+m[0] >= p.from {
		return shift(m, cut)
	}
	for _, later := range p.later(r.compiled().FindAllSubmatchIndex(p.text, -1), 1) {
		return later[:len(m)]
	}
	return nil
}

// A piece is a part of a text that may hold a match.
type piece struct {
	start int // where it begins in the text
	text  []byte
	from  int  // no match begins before
	sure  bool // there is a match
}

// context is where the character before a piece's matches begins, which the expression
// may look back at. A match of that character itself shows nothing, as there is more
// before it.
func (p piece) context() int {
	_, size := utf8.DecodeLastRune(p.text[:p.from])
	return p.from - size
}

// later are at most n of the matches in a piece's whole text that are the piece's own,
// or all of these if n is negative.
func (p piece) later(list [][]int, n int) [][]int {
	i := 0
	for i < len(list) && list[i][0] < p.from {
		i++
	}
	if list = list[i:]; n >= 0 && len(list) > n {
		list = list[:n]
	}
	return list
}

// coldBytes is how much an expression reads before its automaton is built: for less, it
// costs more than it spares.
const coldBytes = 4 << 10

// watched is told what is read, nil where nobody watches.
var watched atomic.Pointer[func(expr string, bytes int)]

// Watch has a function told, from now on, how many bytes are read for which expression;
// nil ends it. Tests see by it how the work on a page grows with the page.
func Watch(told func(expr string, bytes int)) {
	if watched.Store(nil); told != nil {
		watched.Store(&told)
	}
}

func told(expr func() string, bytes int) {
	if w := watched.Load(); w != nil {
		(*w)(expr(), bytes)
	}
}

// pieces yields the parts of a text that may hold a match, where ask does not tell that there is none.
func (r *Regexp) pieces(b []byte) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		for start, text := range r.lines(b) {
			a := (*automaton)(nil)
			if r.read.Add(int64(len(text))) > coldBytes {
				a = r.automaton()
			}
			if a == nil {
				told(r.expr, len(text))
				if !yield(piece{start: start, text: text}) {
					return
				}
				continue
			}
			s := a.begin
			for at := 0; at < len(text); {
				from, end, found, behind := a.find(text, at, s)
				if !found {
					break
				}
				if !yield(piece{start, text[:end:end], from, behind != nil && !a.loose}) {
					return
				}
				at, s = end, behind
			}
		}
	}
}

// lines yields the parts of a text in which a word stands that is needed, each with
// where it begins: lines, the whole text, or nothing.
func (r *Regexp) lines(b []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		plan := r.plan()
		if plan.words == nil {
			yield(0, b)
			return
		}
		words := plan.words()
		at := words.next(b, 0)
		told(r.expr, passed(b, 0, at))
		if at >= 0 && !plan.lines {
			yield(0, b)
			return
		}
		for at >= 0 {
			start, end := bytes.LastIndexByte(b[:at], '\n')+1, len(b)
			if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
				end = at + i
			}
			if !yield(start, b[start:end:end]) || end == len(b) {
				return
			}
			at = words.next(b, end+1)
			told(r.expr, passed(b, end+1, at))
		}
	}
}

// passed is how much of a text was looked through for a word that stands at an offset,
// or nowhere if that is negative.
func passed(b []byte, from, at int) int {
	if at < 0 {
		at = len(b)
	}
	return max(0, at-from)
}

// shift moves the ends of a match on; -1 stands for a group without a match.
func shift(m []int, by int) []int {
	for i := range m {
		if m[i] >= 0 {
			m[i] += by
		}
	}
	return m
}

func parts(b []byte, m []int) [][]byte {
	if m == nil {
		return nil
	}
	list := make([][]byte, len(m)/2)
	for i := range list {
		if m[2*i] >= 0 {
			list[i] = b[m[2*i]:m[2*i+1]:m[2*i+1]]
		}
	}
	return list
}

func texts(s string, m []int) []string {
	if m == nil {
		return nil
	}
	list := make([]string, len(m)/2)
	for i := range list {
		if m[2*i] >= 0 {
			list[i] = s[m[2*i]:m[2*i+1]]
		}
	}
	return list
}

// view is a text's bytes, which are only read.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// Text is bytes as a text, which must not be changed while it is in use.
func Text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
