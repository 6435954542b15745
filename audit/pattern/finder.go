package pattern

import "slices"

// A finder finds the first of many words in a text, whatever the case of ASCII
// letters, in one pass: an automaton after Aho and Corasick (1975), "Efficient
// string matching: an aid to bibliographic search", CACM 18 (6).
type finder struct {
	class [256]uint8 // bytes that no word holds are all of class 0
	width int        // number of classes
	step  []uint32   // state*width + class -> next state*width, or found: a word ends there
}

// found stands in a finder's steps for every state in which a word ends.
const found = ^uint32(0)

// newFinder builds the finder of some words. With them it finds the two characters
// outside ASCII whose case folds to an ASCII letter (Unicode, CaseFolding.txt), s and k:
// a word may stand there in a form that it does not know.
func newFinder(words []string) *finder {
	f := &finder{width: 1}
	words = append(slices.Clip(words), "\u017f", "\u212a")
	for _, w := range words {
		for i := range len(w) {
			f.classify(w[i])
		}
	}
	f.grow(words)
	f.link()
	return f
}

// classify gives a byte a class of its own, and its capital the same.
func (f *finder) classify(c byte) {
	if f.class[c] != 0 {
		return
	}
	f.class[c] = uint8(f.width)
	if 'a' <= c && c <= 'z' {
		f.class[c-'a'+'A'] = uint8(f.width)
	}
	f.width++
}

// grow builds the tree of the words. State 0 is its root. Words that begin with
// another one need no states of their own: the other is found first.
func (f *finder) grow(words []string) {
	f.addState()
	for _, w := range words {
		at := uint32(0)
		for i := range len(w) {
			edge := at + uint32(f.class[w[i]])
			switch {
			case f.step[edge] == found:
			case i == len(w)-1:
				f.step[edge] = found
			case f.step[edge] == 0:
				f.step[edge] = uint32(len(f.step))
				f.addState()
			}
			if at = f.step[edge]; at == found {
				break
			}
		}
	}
}

func (f *finder) addState() { f.step = append(f.step, make([]uint32, f.width)...) }

// link fills in, breadth first, where to go on when a word breaks off: the
// longest end of what was read that begins a word.
func (f *finder) link() {
	back := make(map[uint32]uint32)
	for queue := []uint32{0}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for c := range uint32(f.width) {
			edge, longest := &f.step[at+c], f.step[back[at]+c]
			switch {
			case at != 0 && (*edge == 0 || longest == found):
				*edge = longest
			case *edge != 0 && *edge != found:
				if at != 0 {
					back[*edge] = longest
				}
				queue = append(queue, *edge)
			}
		}
	}
}

// next is the position of the last byte of the first word that ends at or
// after from and begins there or later, or -1.
func (f *finder) next(b []byte, from int) int {
	at := uint32(0)
	for i := from; i < len(b); i++ {
		if at = f.step[at+uint32(f.class[b[i]])]; at == found {
			return i
		}
	}
	return -1
}
