package phrases

import (
	"fmt"
	"slices"
)

// A set of places of a program, one bit each.
type set [maxPlaces / 64]uint64

func only(place int) (s set) {
	s[place/64] = 1 << (place % 64)
	return s
}

func (s set) or(o set) set {
	for i := range s {
		s[i] |= o[i]
	}
	return s
}

// A program is the automaton of a phrase (Glushkov's): one place for each word
// and each word of a gap. The places that may follow a set of places are
// united, and those that the next word does not fit are struck out.
type program struct {
	size        int      // machine words of a set that are in use
	first, last set      // places that a match may begin and end with
	any         set      // places of gaps, which fit every word
	comma       set      // places whose word has a comma before it
	follow      []set    // by place: the places that may come next
	atoms       []placed // sorted by atom
	start, end  bool     // only at a sentence's start, its end

	// How many words before the anchor a match begins.
	least, most int
}

// placed says which places one atom fits.
type placed struct {
	atom   int32
	places set
}

// A compiler numbers the atoms of a book and makes programs.
type compiler struct {
	ids map[atomKey]int32
}

type atomKey struct {
	text string
	kind affix
}

func (c *compiler) id(a atom) int32 {
	key := atomKey{a.text, a.kind}
	id, ok := c.ids[key]
	if !ok {
		id = int32(len(c.ids))
		c.ids[key] = id
	}
	return id
}

// ends are the places that a part may begin and end with, and whether it may be
// left out.
type ends struct {
	first, last set
	empty       bool
}

// compile makes the program of a pattern, and names its anchor: atoms of which
// every match has one.
func (c *compiler) compile(p pattern) (*program, []int32, error) {
	g := &program{start: p.start, end: p.end}
	e, err := c.build(g, p.root)
	if err != nil {
		return nil, nil, err
	}
	g.first, g.last = e.first, e.last
	slices.SortFunc(g.atoms, func(a, b placed) int { return int(a.atom - b.atom) })
	anchor, ok := findAnchor(p.root, 0, 0)
	if !ok {
		return nil, nil, fmt.Errorf("it has no word that every match must have")
	}
	g.least, g.most = anchor.least, anchor.most
	var ids []int32
	for _, a := range anchor.atoms {
		ids = append(ids, c.id(a))
	}
	slices.Sort(ids)
	return g, slices.Compact(ids), nil
}

// place adds one place.
func (g *program) place() (set, error) {
	if len(g.follow) == maxPlaces {
		return set{}, fmt.Errorf("it has more than %d words", maxPlaces)
	}
	g.follow = append(g.follow, set{})
	g.size = (len(g.follow) + 63) / 64
	return only(len(g.follow) - 1), nil
}

func (g *program) fits(atom int32, places set) {
	for i := range g.atoms {
		if g.atoms[i].atom == atom {
			g.atoms[i].places = g.atoms[i].places.or(places)
			return
		}
	}
	g.atoms = append(g.atoms, placed{atom, places})
}

// link lets the places of b follow those of a.
func (g *program) link(a, b set) {
	for i := range g.follow {
		if a[i/64]&(1<<(i%64)) != 0 {
			g.follow[i] = g.follow[i].or(b)
		}
	}
}

func (c *compiler) build(g *program, n node) (ends, error) {
	switch n.op {
	case opWord:
		return c.buildWords(g, []node{n})
	case opGap:
		return g.buildGap(n.n)
	case opMaybe:
		e, err := c.build(g, n.subs[0])
		e.empty = true
		return e, err
	case opAlt:
		return c.buildAlt(g, n)
	}
	e := ends{empty: true}
	for _, sub := range n.subs {
		next, err := c.build(g, sub)
		if err != nil {
			return ends{}, err
		}
		g.link(e.last, next.first)
		if e.empty {
			e.first = e.first.or(next.first)
		}
		if next.empty {
			e.last = e.last.or(next.last)
		} else {
			e.last = next.last
		}
		e.empty = e.empty && next.empty
	}
	return e, nil
}

// buildGap makes up to n places that fit any word, each of which may be the last.
func (g *program) buildGap(n int) (ends, error) {
	e := ends{empty: true}
	var before set
	for i := range n {
		p, err := g.place()
		if err != nil {
			return ends{}, err
		}
		g.any = g.any.or(p)
		g.link(before, p)
		if i == 0 {
			e.first = p
		}
		before = p
		e.last = e.last.or(p)
	}
	return e, nil
}

// buildAlt gives the alternatives that are single words one place together.
func (c *compiler) buildAlt(g *program, n node) (ends, error) {
	var single []node
	var e ends
	for _, sub := range n.subs {
		for sub.op == opSeq && len(sub.subs) == 1 {
			sub = sub.subs[0]
		}
		if sub.op == opWord {
			single = append(single, sub)
			continue
		}
		next, err := c.build(g, sub)
		if err != nil {
			return ends{}, err
		}
		e = ends{e.first.or(next.first), e.last.or(next.last), e.empty || next.empty}
	}
	for _, comma := range []bool{false, true} {
		var words []node
		for _, w := range single {
			if w.word.comma == comma {
				words = append(words, w)
			}
		}
		if len(words) == 0 {
			continue
		}
		next, err := c.buildWords(g, words)
		if err != nil {
			return ends{}, err
		}
		e = ends{e.first.or(next.first), e.last.or(next.last), e.empty}
	}
	return e, nil
}

// buildWords makes one place that fits each of the words.
func (c *compiler) buildWords(g *program, words []node) (ends, error) {
	p, err := g.place()
	if err != nil {
		return ends{}, err
	}
	for _, w := range words {
		g.fits(c.id(w.word), p)
		if w.word.comma {
			g.comma = g.comma.or(p)
		}
	}
	return ends{first: p, last: p}, nil
}

// An anchor is a set of words of which every match has one, with the number of
// words that come before it in the match.
type anchor struct {
	atoms       []atom
	least, most int
	cost        float64
}

// findAnchor finds the anchor of a part that is rarest in plain text. Least and
// most say how many words come before the part.
func findAnchor(n node, least, most int) (anchor, bool) {
	switch n.op {
	case opWord:
		return anchor{[]atom{n.word}, least, most, n.word.cost()}, true
	case opSeq:
		var best anchor
		found := false
		for _, sub := range n.subs {
			if a, ok := findAnchor(sub, least, most); ok && (!found || a.cost < best.cost) {
				best, found = a, true
			}
			l, m := width(sub)
			least, most = least+l, most+m
		}
		return best, found
	case opAlt:
		all := anchor{least: least, most: most}
		for i, sub := range n.subs {
			a, ok := findAnchor(sub, least, most)
			if !ok {
				return anchor{}, false
			}
			if i == 0 {
				a.atoms = slices.Clone(a.atoms) // the others are appended to these
				all = a
				continue
			}
			all.atoms = append(all.atoms, a.atoms...)
			all.least, all.most = min(all.least, a.least), max(all.most, a.most)
			all.cost += a.cost
		}
		return all, len(n.subs) > 0
	}
	return anchor{}, false // a gap or what may be left out
}
