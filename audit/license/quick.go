package license

import (
	"encoding/binary"
	"math"
)

// Most files that hold a licence hold it as it is known, to the last word. Such a
// text is told without counting votes: the hit that fewest known texts share names
// those that it can be, and one comparison of all words decides. What is found is
// what the vote and the alignment would find, which is why they look so closely
// whether anything else may stand beside it.

const (
	fewShare = 8  // known texts that share the hit which is tried
	tried    = 24 // hits of which the rarest is taken
)

// wholeCopy finds the reference that stands word for word in the input words
// [from, to) where all hits there are its own; ok is false where there is none, or
// where another may be as near.
func (s *scan) wholeCopy(hits []hit, from, to int) (ref, at int, ok bool) {
	rare, least := -1, math.MaxInt
	step := max(1, len(hits)/tried)
	for i := 0; i < len(hits); i += step {
		if n := len(s.ix.inList(hits[i].list)); n < least {
			rare, least = i, n
		}
	}
	if rare < 0 || least > 2*fewShare {
		return 0, 0, false
	}
	ref = -1
	for members := s.ix.inList(hits[rare].list); len(members) >= 2; members = members[2:] {
		id := int(binary.LittleEndian.Uint16(members))
		if s.skip != nil && s.skip(id) {
			return 0, 0, false
		}
		r := &s.ix.refs[id]
		if ref >= 0 && (r.samples < s.ix.refs[ref].samples || r.samples == s.ix.refs[ref].samples && id > ref) {
			continue
		}
		if start, whole := s.standsAt(r, hits, rare, from, to); whole {
			ref, at = id, start
		}
	}
	return ref, at, ref >= 0
}

// standsAt tells where a reference stands as a whole around a hit, if every hit is
// within it.
func (s *scan) standsAt(r *reference, hits []hit, rare, from, to int) (at int, ok bool) {
	if n := len(r.seq); n > to-from || hits[0].at < int32(from) || int(hits[len(hits)-1].at-hits[0].at)+shingle > n {
		return 0, false
	}
	s.align.load(r)
	a, h := &s.align, hits[rare]
	mask := uint32(len(a.keys) - 1)
	key, repeats := uint32(h.hash>>16), 0
	for slot := uint32(h.hash) & mask; a.at[slot] != 0 && repeats < maxRepeats; slot = (slot + 1) & mask {
		if a.keys[slot] != key {
			continue
		}
		repeats++
		at = int(h.at) - int(a.at[slot]-1)
		if at < from || at+len(r.seq) > to || int(hits[0].at) < at ||
			int(hits[len(hits)-1].at)+shingle > at+len(r.seq) {
			continue
		}
		if equalWords(s.words.ids[at:at+len(r.seq)], r.seq) {
			s.steps += len(r.seq) / 4
			return at, true
		}
	}
	return 0, false
}

func equalWords(a, b []uint16) bool {
	for i, id := range b {
		if a[i] != id {
			return false
		}
	}
	return true
}

// copied gives the match of a text that stands word for word in [from, to), nil
// where none does.
func (s *scan) copied(text []byte, hits []hit, from, to int) []match {
	ref, at, ok := s.wholeCopy(hits, from, to)
	if !ok {
		return nil
	}
	d := draft{ref: ref, chains: [][]run{{{at, 0, len(s.ix.refs[ref].seq)}}}}
	m := s.refineAll(text, d, from, to)
	if len(m) == 0 || !perfect(m) {
		return nil
	}
	return claims(s, text, m)
}
