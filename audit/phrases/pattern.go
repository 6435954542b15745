package phrases

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Bounds of one pattern. They keep the automaton of a phrase in a few machine
// words and the stretch of text that a match can cover short.
const (
	maxPlaces = 256  // words and gaps of a pattern, alternatives counted apart unless they are single words
	maxGap    = 20   // words of one gap
	maxSay    = 4000 // bytes of a pattern, groups put in
	maxDepth  = 12   // parentheses within one another
	maxAffix  = 24   // bytes of a prefix or suffix
)

// A node is a part of a pattern.
type node struct {
	op   op
	subs []node
	word atom // opWord
	n    int  // opGap: up to so many words
}

type op uint8

const (
	opSeq   op = iota // subs one after the other
	opAlt             // one of subs
	opMaybe           // subs[0] or nothing
	opWord
	opGap
)

// An atom is what one place of a pattern asks of one word of the text.
type atom struct {
	text  string // normalised
	kind  affix
	comma bool // and a comma stands before it
}

type affix uint8

const (
	exact  affix = iota
	prefix       // "releas*"
	suffix       // "*daten"
)

// A pattern is a parsed wording.
type pattern struct {
	root       node
	start, end bool // anchored with ^ and $
}

// A parser reads one pattern.
type parser struct {
	say    string
	at     int
	depth  int
	comma  bool
	groups func(name string) (string, bool)
}

var (
	errUnended = errors.New("a parenthesis is not closed")
	errComma   = errors.New("a comma stands before a word that may not be left out")
)

// parsePattern reads a wording. Groups are looked up by name.
func parsePattern(say string, groups func(string) (string, bool)) (pattern, error) {
	if len(say) > maxSay {
		return pattern{}, fmt.Errorf("longer than %d bytes", maxSay)
	}
	say = strings.TrimSpace(say)
	var p pattern
	if rest, ok := strings.CutPrefix(say, "^"); ok {
		p.start, say = true, rest
	}
	if rest, ok := strings.CutSuffix(say, "$"); ok {
		p.end, say = true, rest
	}
	ps := parser{say: say, groups: groups}
	root, err := ps.alternatives()
	if err != nil {
		return pattern{}, err
	}
	if ps.at < len(ps.say) {
		return pattern{}, fmt.Errorf("%q closes nothing", ps.say[ps.at:])
	}
	if ps.comma {
		return pattern{}, errComma
	}
	if least, _ := width(root); least == 0 {
		return pattern{}, errors.New("it may match nothing at all")
	}
	p.root = root
	return p, nil
}

// alternatives reads "a b|c" up to ")" or the end.
func (p *parser) alternatives() (node, error) {
	if p.depth++; p.depth > maxDepth {
		return node{}, errors.New("parentheses are nested too deep")
	}
	defer func() { p.depth-- }()
	alt := node{op: opAlt}
	for {
		seq, err := p.sequence()
		if err != nil {
			return node{}, err
		}
		alt.subs = append(alt.subs, seq)
		if p.at >= len(p.say) || p.say[p.at] != '|' {
			break
		}
		p.at++
	}
	if len(alt.subs) == 1 {
		return alt.subs[0], nil
	}
	for _, sub := range alt.subs {
		if least, _ := width(sub); least == 0 {
			return node{}, errors.New("an alternative may be empty: put ? after the parenthesis instead")
		}
	}
	return alt, nil
}

// sequence reads parts up to "|", ")" or the end.
func (p *parser) sequence() (node, error) {
	seq := node{op: opSeq}
	for {
		p.space()
		if p.at >= len(p.say) || p.say[p.at] == '|' || p.say[p.at] == ')' {
			return seq, nil
		}
		comma := p.comma
		p.comma = false
		part, err := p.part()
		if err == nil && comma {
			err = markComma(&part)
		}
		if err != nil {
			return node{}, err
		}
		if p.at < len(p.say) && p.say[p.at] == '?' {
			if comma {
				return node{}, errComma
			}
			p.at++
			part = node{op: opMaybe, subs: []node{part}}
		}
		seq.subs = append(seq.subs, part)
	}
}

func (p *parser) space() {
	for p.at < len(p.say) {
		switch p.say[p.at] {
		case ' ', '\n', '\t':
			p.at++
		case ',':
			p.at++
			p.comma = true
		default:
			return
		}
	}
}

// part reads a group in parentheses, a named group, a gap or a word.
func (p *parser) part() (node, error) {
	rest := p.say[p.at:]
	switch {
	case rest[0] == '(':
		p.at++
		in, err := p.alternatives()
		if err != nil {
			return node{}, err
		}
		if p.at >= len(p.say) || p.say[p.at] != ')' {
			return node{}, errUnended
		}
		p.at++
		return in, nil
	case rest[0] == '{':
		return p.group()
	case strings.HasPrefix(rest, "__"):
		return p.gap()
	case strings.HasPrefix(rest, "[ ]"), strings.HasPrefix(rest, "[x]"):
		p.at += 3
		return node{op: opWord, word: atom{text: rest[:3]}}, nil
	case strings.IndexByte("?^$[]", rest[0]) >= 0:
		return node{}, fmt.Errorf("%q has no meaning here", rest[:1])
	}
	end := strings.IndexAny(rest, " \n\t,()|?{}[]^$")
	if end < 0 {
		end = len(rest)
	}
	if gap := strings.Index(rest[:end], "__"); gap > 0 {
		end = gap
	}
	if end == 0 {
		return node{}, fmt.Errorf("%q has no meaning here", rest[:1])
	}
	p.at += end
	return words(rest[:end])
}

// group reads "{name}", which stands for a wording that is said once.
func (p *parser) group() (node, error) {
	name, _, ok := strings.Cut(p.say[p.at+1:], "}")
	if !ok {
		return node{}, errors.New("a brace is not closed")
	}
	p.at += len(name) + 2
	say, ok := "", false
	if p.groups != nil {
		say, ok = p.groups(name)
	}
	if !ok {
		return node{}, fmt.Errorf("no group is named %q in the language of this entry (each language writes its own)", name)
	}
	in := parser{say: say, groups: p.groups, depth: p.depth}
	n, err := in.alternatives()
	if err == nil && in.at < len(in.say) {
		err = fmt.Errorf("%q closes nothing", in.say[in.at:])
	}
	if err != nil {
		return node{}, fmt.Errorf("group %q: %w", name, err)
	}
	return n, nil
}

// gap reads "__4__".
func (p *parser) gap() (node, error) {
	digits, _, ok := strings.Cut(p.say[p.at+2:], "__")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 || n > maxGap {
		return node{}, fmt.Errorf("a gap is written __4__, with a number from 1 to %d", maxGap)
	}
	p.at += len(digits) + 4
	return node{op: opGap, n: n}, nil
}

// words reads a run without spaces: one word, several joined by hyphens, which
// may be written apart or together, or characters of a script without spaces.
func words(run string) (node, error) {
	kind := exact
	body := run
	if s, ok := strings.CutSuffix(body, "*"); ok {
		kind, body = prefix, s
	}
	if s, ok := strings.CutPrefix(body, "*"); ok {
		if kind == prefix {
			return node{}, fmt.Errorf("%q: a star stands at one end of a word only", run)
		}
		kind, body = suffix, s
	}
	if strings.HasSuffix(body, "'s") {
		return node{}, fmt.Errorf("%q: \"'s\" is dropped from every word of a text: leave it out", run)
	}
	parts := normalise(body)
	if len(parts) == 0 || strings.Contains(body, "*") {
		return node{}, fmt.Errorf("%q is no word", run)
	}
	if kind != exact {
		affixed := parts[len(parts)-1]
		if kind == suffix {
			affixed = parts[0]
		}
		if len(affixed) < 2 || len(affixed) > maxAffix || len(affixed) > 0 && apart([]rune(affixed)[0]) {
			return node{}, fmt.Errorf("%q: a star stands beside 2 to %d letters", run, maxAffix)
		}
	}
	if !strings.Contains(body, "-") || len(parts) == 1 {
		return joined(parts, kind), nil
	}
	alt := node{op: opAlt}
	for glue := range 1 << (len(parts) - 1) { // a set bit joins two parts
		var list []string
		for i, part := range parts {
			if i > 0 && glue&(1<<(i-1)) != 0 {
				list[len(list)-1] += part
			} else {
				list = append(list, part)
			}
		}
		alt.subs = append(alt.subs, joined(list, kind))
	}
	if len(parts) > 4 {
		return node{}, fmt.Errorf("%q has too many hyphens", run)
	}
	return alt, nil
}

// joined is the sequence of words whose last is a prefix or whose first is a
// suffix, if kind says so.
func joined(parts []string, kind affix) node {
	seq := node{op: opSeq}
	for i, part := range parts {
		a := atom{text: part}
		if kind == prefix && i == len(parts)-1 || kind == suffix && i == 0 {
			a.kind = kind
		}
		seq.subs = append(seq.subs, node{op: opWord, word: a})
	}
	if len(seq.subs) == 1 {
		return seq.subs[0]
	}
	return seq
}

// markComma asks for a comma before the first word of a part.
func markComma(n *node) error {
	switch n.op {
	case opWord:
		n.word.comma = true
	case opSeq:
		return markComma(&n.subs[0])
	case opAlt:
		for i := range n.subs {
			if err := markComma(&n.subs[i]); err != nil {
				return err
			}
		}
	default:
		return errComma
	}
	return nil
}

// normalise gives the words of a text as the matcher sees them.
func normalise(text string) []string {
	var list []string
	l := lexer{text: []byte(text)}
	for l.next() {
		list = append(list, string(l.word))
	}
	return list
}

// width is how few and how many words a part covers.
func width(n node) (least, most int) {
	switch n.op {
	case opWord:
		return 1, 1
	case opGap:
		return 0, n.n
	case opMaybe:
		_, most = width(n.subs[0])
		return 0, most
	case opSeq:
		for _, sub := range n.subs {
			l, m := width(sub)
			least, most = least+l, most+m
		}
		return least, most
	}
	least = -1
	for _, sub := range n.subs {
		l, m := width(sub)
		if least < 0 || l < least {
			least = l
		}
		most = max(most, m)
	}
	return least, most
}
