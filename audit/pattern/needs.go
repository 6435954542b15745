package pattern

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what a pattern may need before it counts as needing nothing: more
// words, or shorter ones, stand in nearly every text.
const (
	mostWords    = 400
	mostTogether = 64 // words that parts side by side may make up
	leastLetters = 2
)

// analyse says which words an expression needs, in lower case: each text that
// it matches holds one of them. It also says whether matches keep to one line
// whatever stands around it, all that is known of what it needs, and with what bytes a
// text begins in which it matches, nil where that may be any.
func analyse(expr string) (words []string, oneLine bool, needs *need, begins *byteSet) {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, false, nil, nil
	}
	tree = tree.Simplify()
	p := partOf(tree)
	if needs = p.needed(); anchored(tree) {
		return nil, false, needs, firstBytes(tree) // where a text begins shows soon enough that nothing matches
	}
	if words = p.required(); len(words) == 0 {
		return nil, false, needs, nil
	}
	return words, keepsToLine(tree), needs, nil
}

// anchored reports whether an expression matches where a text begins or nowhere.
func anchored(t *syntax.Regexp) bool {
	switch t.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpConcat, syntax.OpCapture:
		return anchored(t.Sub[0])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(t.Sub, func(sub *syntax.Regexp) bool { return !anchored(sub) })
	}
	return false
}

// firstBytes are the bytes that the texts which an anchored expression matches may begin
// with, nil where it may match an empty one.
func firstBytes(t *syntax.Regexp) *byteSet {
	prog, err := syntax.Compile(t)
	if err != nil {
		return nil
	}
	var first byteSet
	seen := make([]bool, len(prog.Inst))
	for stack := []uint32{uint32(prog.Start)}; len(stack) > 0; {
		pc := stack[len(stack)-1]
		if stack = stack[:len(stack)-1]; seen[pc] {
			continue
		}
		seen[pc] = true
		switch in := &prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			stack = append(stack, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			stack = append(stack, in.Out)
		case syntax.InstMatch:
			return nil
		case syntax.InstFail:
		default:
			for c := range rune(utf8.RuneSelf) {
				if in.MatchRune(c) {
					first.add(byte(c))
				}
			}
		}
	}
	for c := utf8.RuneSelf; c < 256; c++ {
		first.add(byte(c)) // of any other character, or of none
	}
	return &first
}

// A part is what is known of the texts that a part of an expression matches.
type part struct {
	exact []string // all texts there are, nil where they are too many
	needs []string // each text holds one of these, nil where nothing is known
	known *need    // all that is known where the texts are too many
}

// needed is all that is known of what the part needs.
func (p part) needed() *need {
	if p.exact != nil {
		return oneOf(p.exact)
	}
	return p.known
}

// required are the words that the part needs, known either way.
func (p part) required() []string {
	if usable(p.exact) && better(p.exact, p.needs) {
		return p.exact
	}
	return p.needs
}

func usable(words []string) bool {
	return len(words) > 0 && len(words) <= mostWords && shortest(words) >= leastLetters
}

func shortest(words []string) int {
	least := len(words[0])
	for _, w := range words[1:] {
		least = min(least, len(w))
	}
	return least
}

// enoughLetters is the length from which a longer word tells little more.
const enoughLetters = 4

// better reports whether looking for the words of a rules out more than looking
// for those of b: longer ones do, then fewer.
func better(a, b []string) bool {
	if len(b) == 0 {
		return true
	}
	long, than := min(shortest(a), enoughLetters), min(shortest(b), enoughLetters)
	return long > than || long == than && len(a) < len(b)
}

func partOf(t *syntax.Regexp) part {
	switch t.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return part{exact: []string{""}}
	case syntax.OpLiteral:
		return literal(t)
	case syntax.OpCharClass:
		return class(t)
	case syntax.OpCapture:
		return partOf(t.Sub[0])
	case syntax.OpPlus:
		p := partOf(t.Sub[0])
		return part{needs: p.required(), known: p.needed()}
	case syntax.OpQuest:
		if p := partOf(t.Sub[0]); p.exact != nil && len(p.exact) < mostTogether {
			return part{exact: append([]string{""}, p.exact...)}
		}
	case syntax.OpConcat:
		return concat(t.Sub)
	case syntax.OpAlternate:
		return alternate(t.Sub)
	}
	return part{}
}

// literal folds ASCII letters, as the finder does. Where case is ignored, other
// letters have more forms than can be looked for.
func literal(t *syntax.Regexp) part {
	if slices.Contains(t.Rune, utf8.RuneError) {
		return part{} // matches bytes that are no UTF-8
	}
	if t.Flags&syntax.FoldCase == 0 {
		return part{exact: []string{lower(string(t.Rune))}}
	}
	parts := make([]*syntax.Regexp, 0, len(t.Rune))
	for _, r := range t.Rune {
		one := &syntax.Regexp{Op: syntax.OpLiteral, Rune: []rune{r}}
		if r >= utf8.RuneSelf && unicode.SimpleFold(r) != r {
			one = &syntax.Regexp{Op: syntax.OpAnyChar}
		}
		parts = append(parts, one)
	}
	return concat(parts)
}

// class lists the characters of a small class, and with what bytes those of any begin.
func class(t *syntax.Regexp) part {
	var p part
	var starts byteSet
	for i := 0; i < len(t.Rune); i += 2 {
		from, to := t.Rune[i], t.Rune[i+1]
		if from <= utf8.RuneError && utf8.RuneError <= to {
			return part{} // matches bytes that are no UTF-8
		}
		for c, last := firstByte(from), firstByte(to); c <= last; c++ {
			starts.add(small[byte(c)])
		}
	}
	p.known = &need{bytes: &starts}
	var seen byteSet
	for i := 0; i < len(t.Rune); i += 2 {
		for r := t.Rune[i]; r <= t.Rune[i+1]; r++ {
			if r >= utf8.RuneSelf {
				p.exact = append(p.exact, string(r))
			} else if c := small[byte(r)]; !seen.has(c) {
				seen.add(c)
				p.exact = append(p.exact, letters[c])
			}
			if len(p.exact) > mostTogether {
				p.exact = nil
				return p
			}
		}
	}
	return p
}

// firstByte is the first byte of a character.
func firstByte(r rune) int {
	var b [utf8.UTFMax]byte
	utf8.EncodeRune(b[:], r)
	return int(b[0])
}

// letters are the characters of ASCII, each as a text.
var letters = func() (all [utf8.RuneSelf]string) {
	for c := range all {
		all[c] = string(rune(c))
	}
	return all
}()

// concat joins parts that stand side by side. A run of parts whose texts are
// all known makes longer words; each run, and each part between runs, is
// needed, and the best of them is kept.
func concat(subs []*syntax.Regexp) part {
	var best []string
	var known []*need
	consider := func(words []string) {
		if usable(words) && better(words, best) {
			best = words
		}
	}
	run, all := []string{""}, true
	for _, sub := range subs {
		p := partOf(sub)
		if p.exact != nil && len(run)*len(p.exact) <= mostTogether {
			run = together(run, p.exact)
			continue
		}
		all = false
		consider(run)
		known = append(known, oneOf(run))
		run = []string{""}
		if p.exact != nil {
			run = p.exact
			continue
		}
		consider(p.needs)
		known = append(known, p.known)
	}
	if all {
		return part{exact: run}
	}
	consider(run)
	return part{needs: best, known: bothOf(append(known, oneOf(run)))}
}

func together(heads, tails []string) []string {
	words := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			words = append(words, h+t)
		}
	}
	return words
}

// alternate needs a word of each branch.
func alternate(subs []*syntax.Regexp) part {
	var p part
	exact, needs := true, true
	var known []*need
	for _, sub := range subs {
		branch := partOf(sub)
		known = append(known, branch.needed())
		exact = exact && branch.exact != nil
		p.exact = append(p.exact, branch.exact...)
		words := branch.required()
		needs = needs && len(words) > 0
		p.needs = append(p.needs, words...)
	}
	if !exact || len(p.exact) > mostWords {
		p.exact = nil
	}
	if !needs || len(p.needs) > mostWords {
		p.needs = nil
	}
	p.known = eitherOf(known)
	return p
}

// keepsToLine reports whether no match holds a line feed or hangs on where the
// text begins or ends.
func keepsToLine(t *syntax.Regexp) bool {
	switch t.Op {
	case syntax.OpBeginText, syntax.OpEndText, syntax.OpAnyChar:
		return false
	case syntax.OpLiteral:
		return !strings.ContainsRune(string(t.Rune), '\n')
	case syntax.OpCharClass:
		for i := 0; i < len(t.Rune); i += 2 {
			if t.Rune[i] <= '\n' && '\n' <= t.Rune[i+1] {
				return false
			}
		}
	}
	for _, sub := range t.Sub {
		if !keepsToLine(sub) {
			return false
		}
	}
	return true
}

// lower folds ASCII letters alone.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
