package pattern

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// An automaton says whether an expression can match in a text, in one pass with one
// step a character: a deterministic automaton that is built while it reads, after
// Cox (2010), "Regular Expression Matching in the Wild". Texts in which nothing
// matches are most of what is read, and need no more than this.
//
// A part that repeats up to a number of times counts as one that repeats at will, so
// that the automaton stays small: a text in which it finds nothing holds nothing, and
// one in which it finds something is then asked with the expression itself.
//
// States are shared by all who read; the lock is taken only to add one.
type automaton struct {
	expr   func() string
	prog   *syntax.Prog
	loose  bool // it may find what the expression does not match
	looks  syntax.EmptyOp
	ascii  [utf8.RuneSelf]uint8
	bounds []rune  // where characters of another class begin
	class  []uint8 // the classes of these
	sample []rune  // a character of each class; the last stands for the end of the text
	begin  *state

	lock   sync.Mutex
	states map[string]*state
	cells  int
	full   atomic.Bool
	stack  []uint32 // of add, which notes in which round it saw an instruction
	seen   []uint32
	round  uint32
}

// A state is what may be under way before a character is read.
type state struct {
	threads []uint32 // instructions that read a character or look around, in order
	before  rune     // a character of the kind that was read last, -1 for none
	idle    bool     // nothing is under way but what may begin here
	match   bool     // a match ended here, or before the character that was read last
	stops   bool     // a search for a first match does not pass it by
	next    []atomic.Pointer[state]
}

// Bounds of an automaton: an expression that needs more is asked as it is. Cells are
// reserved as states are reached, 8 bytes each; a few long expressions reach 100,000.
const (
	mostCells     = 1 << 18
	mostClasses   = 250
	longestRepeat = 4
	patience      = 2_000 // bytes behind the first match that it takes to find its part's end
)

// newAutomaton builds the automaton of an expression, nil for one that matches nothing
// at all or tells too many kinds of characters apart.
func newAutomaton(expr string) *automaton {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil
	}
	a := &automaton{expr: func() string { return expr }, states: make(map[string]*state)}
	tree = a.loosen(tree).Simplify()
	if a.prog, err = syntax.Compile(tree); err != nil {
		return nil
	}
	for i := range a.prog.Inst {
		if in := &a.prog.Inst[i]; in.Op == syntax.InstEmptyWidth {
			a.looks |= syntax.EmptyOp(in.Arg)
		}
	}
	a.seen = make([]uint32, len(a.prog.Inst))
	if !a.classify() {
		return nil
	}
	if a.empty() {
		return nil
	}
	threads, _ := a.add(nil, uint32(a.prog.Start), true)
	a.begin = a.stateOf(&state{threads: threads, before: -1, idle: true})
	return a
}

// empty reports whether the expression may match without reading a character.
func (a *automaton) empty() bool {
	threads, found := a.add(nil, uint32(a.prog.Start), true)
	_, behind := a.around(threads, ^syntax.EmptyOp(0))
	return found || behind
}

// loosen lets parts repeat at will that the expression lets repeat a number of times.
func (a *automaton) loosen(t *syntax.Regexp) *syntax.Regexp {
	for i, sub := range t.Sub {
		t.Sub[i] = a.loosen(sub)
	}
	if t.Op == syntax.OpRepeat && max(t.Min, t.Max) > longestRepeat {
		a.loose = true
		t.Min, t.Max = min(t.Min, 1), -1
	}
	return t
}

// classify sorts characters into classes that all instructions treat alike.
func (a *automaton) classify() bool {
	kinds := a.kinds()
	at := []rune{0}
	for _, in := range kinds {
		at = append(at, boundsOf(in)...)
	}
	if a.looks != 0 {
		at = append(at, '\n', '\n'+1, '0', '9'+1, 'A', 'Z'+1, '_', '_'+1, 'a', 'z'+1)
	}
	slices.Sort(at)
	a.bounds = slices.Compact(at)
	a.class = make([]uint8, len(a.bounds))
	known := make(map[string]uint8)
	for i, r := range a.bounds {
		key := make([]byte, 0, len(kinds)+1)
		key = append(key, byte(a.kind(r)))
		for _, in := range kinds {
			key = append(key, bit(in.MatchRune(r)))
		}
		c, seen := known[string(key)]
		if !seen {
			if c = uint8(len(a.sample)); len(a.sample) == mostClasses {
				return false
			}
			known[string(key)] = c
			a.sample = append(a.sample, r)
		}
		a.class[i] = c
	}
	for r := range a.ascii {
		a.ascii[r] = a.classOf(rune(r))
	}
	a.sample = append(a.sample, -1)
	return true
}

// kinds are the instructions that read a character, each that reads others once.
func (a *automaton) kinds() []*syntax.Inst {
	var kinds []*syntax.Inst
	seen := make(map[string]bool)
	for i := range a.prog.Inst {
		in := &a.prog.Inst[i]
		switch in.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			fold := ""
			if len(in.Rune) == 1 {
				fold = string(rune(in.Arg))
			}
			if key := string(rune(in.Op)) + fold + "/" + string(in.Rune); !seen[key] {
				seen[key] = true
				kinds = append(kinds, in)
			}
		}
	}
	return kinds
}

// boundsOf is where the characters that an instruction reads begin and end.
func boundsOf(in *syntax.Inst) []rune {
	switch in.Op {
	case syntax.InstRuneAny:
		return nil
	case syntax.InstRuneAnyNotNL:
		return []rune{'\n', '\n' + 1}
	}
	var at []rune
	if len(in.Rune) == 1 {
		r := in.Rune[0]
		at = append(at, r, r+1)
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			at = append(at, f, f+1)
		}
		return at
	}
	for i := 0; i+1 < len(in.Rune); i += 2 {
		at = append(at, in.Rune[i], in.Rune[i+1]+1)
	}
	return at
}

func (a *automaton) classOf(r rune) uint8 {
	i, found := slices.BinarySearch(a.bounds, r)
	if !found {
		i--
	}
	return a.class[i]
}

// Kinds of characters to what looks around, as one character that stands for all.
const (
	ofWord, ofLine, ofOther = 'a', '\n', ' '
)

// kind is the kind of a character, as far as the expression looks around.
func (a *automaton) kind(r rune) rune {
	switch {
	case a.looks == 0:
	case r < 0, r == '\n':
		return r
	case a.looks&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0 && syntax.IsWordChar(r):
		return ofWord
	}
	return ofOther
}

// add puts an instruction among threads, or what comes behind it where it reads
// nothing. It reports whether the end of the expression is among that. What looks for
// the beginning of the text is let go where that is past.
func (a *automaton) add(threads []uint32, pc uint32, begin bool) (more []uint32, found bool) {
	a.round++
	for stack := append(a.stack[:0], pc); len(stack) > 0; {
		pc := stack[len(stack)-1]
		a.stack, stack = stack, stack[:len(stack)-1]
		if a.seen[pc] == a.round {
			continue
		}
		a.seen[pc] = a.round
		switch in := &a.prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			stack = append(stack, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			stack = append(stack, in.Out)
		case syntax.InstMatch:
			found = true
		case syntax.InstFail:
		default:
			if in.Op == syntax.InstEmptyWidth && syntax.EmptyOp(in.Arg)&syntax.EmptyBeginText != 0 && !begin {
				continue
			}
			if i, found := slices.BinarySearch(threads, pc); !found {
				threads = slices.Insert(threads, i, pc)
			}
		}
	}
	return threads, found
}

// stateOf is the state that is like another: that itself where it is new, nil when
// there are too many.
func (a *automaton) stateOf(s *state) *state {
	key := binary.AppendVarint(nil, int64(s.before)<<2|int64(bit(s.idle)|bit(s.match)<<1))
	for _, pc := range s.threads {
		key = binary.BigEndian.AppendUint32(key, pc)
	}
	if known := a.states[string(key)]; known != nil {
		return known
	}
	if a.cells += len(a.sample); a.cells > mostCells {
		a.full.Store(true)
		return nil
	}
	s.stops = s.match || s.idle && len(s.threads) == 0
	s.next = make([]atomic.Pointer[state], len(a.sample))
	a.states[string(key)] = s
	return s
}

func bit(set bool) byte {
	if set {
		return 1
	}
	return 0
}

// step is the state behind a character of a class, nil when there are too many.
func (a *automaton) step(s *state, class int) *state {
	a.lock.Lock()
	defer a.lock.Unlock()
	r := a.sample[class]
	next := &state{before: a.kind(r)}
	ready, found := a.around(s.threads, syntax.EmptyOpContext(s.before, next.before))
	next.match = found // one that ended here, as the character behind it shows
	for _, pc := range ready {
		if in := &a.prog.Inst[pc]; in.Op != syntax.InstEmptyWidth && r >= 0 && in.MatchRune(r) {
			next.add(a, in.Out)
		}
	}
	next.idle = len(next.threads) == 0
	next.add(a, uint32(a.prog.Start))
	if next = a.stateOf(next); next != nil {
		s.next[class].Store(next)
	}
	return next
}

// add puts an instruction among the threads of a state.
func (s *state) add(a *automaton, pc uint32) {
	threads, found := a.add(s.threads, pc, false)
	s.threads, s.match = threads, s.match || found
}

// around adds to threads what comes behind those that look around, where what they look
// for is there, and reports whether the end of the expression is among that.
func (a *automaton) around(threads []uint32, is syntax.EmptyOp) (ready []uint32, found bool) {
	if a.looks == 0 {
		return threads, false
	}
	ready = slices.Clone(threads)
	for again := true; again; {
		n := len(ready)
		for _, pc := range slices.Clone(ready) {
			if in := &a.prog.Inst[pc]; in.Op == syntax.InstEmptyWidth && syntax.EmptyOp(in.Arg)&^is == 0 {
				more, ends := a.add(ready, in.Out, is&syntax.EmptyBeginText != 0)
				ready, found = more, found || ends
			}
		}
		again = len(ready) > n
	}
	return ready, found
}

// find looks in a text for the first part from an offset on in which the expression can
// match: no match begins before that part or reaches out of it. It begins in a state
// in which nothing is under way, and gives the one behind the part. Where the automaton
// has grown too large there is none, and the part is all the rest; so it is where a
// match may go on for long.
func (a *automaton) find(b []byte, at int, s *state) (from, end int, found bool, behind *state) {
	from = at
	i, longest := at, len(b)
	for {
		for !found && i < len(b) && b[i] < utf8.RuneSelf { // most of what is read: nothing ends here
			next := s.next[a.ascii[b[i]]].Load()
			if next == nil || next.stops {
				break
			}
			i++
			if s = next; s.idle {
				from = i
			}
		}
		class, size := a.read(b[i:])
		next := s.next[class].Load()
		if next == nil && !a.full.Load() {
			next = a.step(s, class)
		}
		if next == nil {
			end, found, behind = len(b), true, nil
			break
		}
		i += size
		if next.match && !found {
			found, longest = true, i+patience
		}
		if i > longest {
			end, behind = len(b), next
			break
		}
		if size == 0 || next.idle && (found || len(next.threads) == 0) {
			end, behind = i, next
			break
		}
		if s = next; s.idle {
			from = i
		}
	}
	told(a.expr, i-at)
	return from, end, found, behind
}

// read is the class of the first character of a text, or of its end, and how long it is.
func (a *automaton) read(b []byte) (class, size int) {
	switch {
	case len(b) == 0:
		return len(a.sample) - 1, 0
	case b[0] < utf8.RuneSelf:
		return int(a.ascii[b[0]]), 1
	}
	r, size := utf8.DecodeRune(b)
	return int(a.classOf(r)), size
}
