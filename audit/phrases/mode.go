package phrases

import (
	"slices"
	"sync"
)

// precedence orders the modes: a sentence that denies and promises denies. What
// no phrase speaks of is done.
var precedence = []string{"denied", "promised", "conditional", "advice", "quoted"}

var modes = sync.OnceValue(func() *Book { return Default().Of("mode") })
var stages = sync.OnceValue(func() *Book { return Default().Of("stage") })
var clauses = sync.OnceValue(func() *Book { return Default().Of("clause") })

// Modes gives every match of the vocabulary of modes, without those that a
// phrase of what is done takes back ("as promised, we have released").
func Modes(text []byte) []Match { return effective(modes().Find(text), "done") }

// Mode says how a sentence speaks: denied, promised, conditional, advice,
// quoted or done, in this order of precedence, with the match that says so.
// Without any match it is done.
func Mode(sentence string) (string, Match) { return strongest(Modes([]byte(sentence))) }

// ModeAt is Mode of the clause around an offset of a sentence alone: in "We
// released the weights, but the data will not be released" the weights are done
// and the data is denied. Who asks more than once of a sentence calls Read.
func ModeAt(sentence string, offset int) (string, Match) { return Read(sentence).At(offset) }

// A Reading is a sentence, or a longer text, read clause by clause.
type Reading struct {
	starts []int // where the clauses begin
	modes  []clauseMode
}

// A clauseMode is the mode of a clause and the match that says so.
type clauseMode struct {
	mode    string
	because Match
}

// Read reads a sentence. The time is in step with its length.
func Read(sentence string) *Reading {
	text := []byte(sentence)
	r := &Reading{starts: clauseStarts(text)}
	if len(r.starts) == 0 || r.starts[0] > 0 {
		r.starts = append([]int{0}, r.starts...)
	}
	said := make([][]Match, len(r.starts)) // by clause
	for i, start := range r.starts {
		end := len(text)
		if i+1 < len(r.starts) {
			end = r.starts[i+1]
		}
		said[i] = shifted(Modes(text[start:end]), start)
	}
	if len(r.starts) > 1 {
		r.spanning(text, said)
	}
	for _, list := range said {
		mode, because := strongest(list)
		r.modes = append(r.modes, clauseMode{mode, because})
	}
	return r
}

// spanning adds to each clause the matches that go beyond it, such as "If you
// need the data, please write to us". A match that only begins with words of an
// earlier clause is not added: a match within its last clause says the same.
func (r *Reading) spanning(text []byte, said [][]Match) {
	for _, m := range Modes(text) {
		first, last := r.clause(m.Start), r.clause(m.End-1)
		if first == last || slices.ContainsFunc(said[last], func(o Match) bool {
			return o.Phrase.Value == m.Phrase.Value
		}) {
			continue
		}
		for i := first; i <= last; i++ {
			said[i] = append(said[i], m)
		}
	}
}

// clause gives the number of the clause at an offset.
func (r *Reading) clause(offset int) int {
	i, found := slices.BinarySearch(r.starts, offset)
	if !found {
		i--
	}
	return max(i, 0)
}

// At gives the mode of the clause at an offset and the match that says so.
func (r *Reading) At(offset int) (string, Match) {
	c := r.modes[r.clause(offset)]
	return c.mode, c.because
}

func shifted(list []Match, by int) []Match {
	for i := range list {
		list[i].Start += by
		list[i].End += by
	}
	return list
}

// Stages lists the stages of training that a sentence speaks of, in the order
// in which it names them.
func Stages(sentence string) []string {
	var list []string
	for _, m := range effective(stages().Find([]byte(sentence)), "none") {
		if !slices.Contains(list, m.Phrase.Value) {
			list = append(list, m.Phrase.Value)
		}
	}
	return list
}

// effective leaves out the matches with a value that takes back, and those that
// they take back: all that they overlap. An advice takes back a denial that it
// begins before and overlaps: in "You may not share the weights" the reader is
// told something, nothing is withheld.
func effective(list []Match, takesBack string) []Match {
	var out []Match
	backs, advice := -1, -1 // where those that began so far end
	for i, m := range list {
		switch m.Phrase.Value {
		case takesBack:
			backs = max(backs, m.End)
			continue
		case "advice":
			advice = max(advice, m.End)
		case "denied":
			if m.Start < advice {
				continue
			}
		}
		if m.Start < backs {
			continue
		}
		// Those that begin within the match come right after it.
		later := false
		for _, o := range list[i+1:] {
			if o.Start >= m.End {
				break
			}
			if later = o.Phrase.Value == takesBack; later {
				break
			}
		}
		if !later {
			out = append(out, m)
		}
	}
	return out
}

func strongest(list []Match) (string, Match) {
	for _, mode := range precedence {
		for _, m := range list {
			if m.Phrase.Value == mode {
				return mode, m
			}
		}
	}
	return "done", Match{}
}

// Clauses gives, for an offset of a sentence, the part of it around that offset
// which has a statement of its own: it begins at the sentence's start, at words
// such as "but" and "whereas", at the subject of a further statement, and after
// the comma that ends an opening "While ...,". The sentence is divided once, when
// the first is asked for.
func Clauses(sentence string) func(offset int) (start, end int) {
	starts := sync.OnceValue(func() []int { return clauseStarts([]byte(sentence)) })
	return func(offset int) (start, end int) {
		i, _ := slices.BinarySearch(starts(), offset+1)
		if i > 0 {
			start = starts()[i-1]
		}
		if i == len(starts()) {
			return start, len(sentence)
		}
		return start, starts()[i]
	}
}

// clauseStarts lists where clauses begin, in order.
func clauseStarts(text []byte) []int {
	var starts []int
	verbs := make(map[string]int) // by language: where the last verb begins
	aside, since := -1, -1        // where an open aside ends its first words; the last start
	found := clauses().Find(text)
	l := lexer{text: text}
	for l.next() {
		begins := l.breaks || aside >= 0 && l.comma && l.start >= aside
		for ; len(found) > 0 && found[0].Start <= l.start; found = found[1:] {
			m := found[0]
			switch m.Phrase.Value {
			case "verb":
				verbs[m.Phrase.Lang] = m.Start + 1
			case "aside":
				begins, aside = true, m.End
			case "start":
				begins = true
			case "statement":
				begins = begins || verbs[m.Phrase.Lang] > max(since, 0)
			}
		}
		if begins {
			if aside >= 0 && l.start >= aside {
				aside = -1
			}
			starts = append(starts, l.start)
			since = l.start
		}
	}
	return starts
}
