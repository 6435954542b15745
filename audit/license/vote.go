package license

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// A hit is a sampled shingle of the input that the index knows.
type hit struct {
	hash uint64
	at   int32 // the first of its words
	slot uint32
	list uint16
}

// A scan holds the buffers of one identification. It is reused, so that a
// scan of a short text allocates next to nothing.
type scan struct {
	ix     *Index
	words  words
	hits   []hit
	budget int // shingles that may still be voted with; bounds the whole scan
	// work done, in units of about one word looked at; a scan costs no more of them than its text is long, times a
	// constant
	steps int

	epoch    uint32
	slotSeen []uint32 // epoch in which a slot last voted
	lists    []int32  // votes of a list in this epoch
	refs     []int32  // votes of a reference in this epoch
	hitLists []uint16
	hitRefs  []uint16

	skip  func(ref int) bool // references to leave out, for measurements
	align aligner
	cands []candidate
	found []match
	cuts  []int // where copies of what was found last part
}

func (ix *Index) newScan() *scan {
	if s, ok := ix.scratch.Get().(*scan); ok {
		s.words.reset()
		s.hits, s.found, s.skip = s.hits[:0], s.found[:0], nil
		s.steps, s.align.steps = 0, 0
		return s
	}
	return &scan{ix: ix, slotSeen: make([]uint32, len(ix.slots)/4), lists: make([]int32, ix.nlists),
		refs: make([]int32, len(ix.refs))}
}

// collect finds the known shingles of the input.
func (s *scan) collect() {
	ids := s.words.ids
	s.steps += len(ids)
	roll := newRoller()
	for i, id := range ids {
		roll.hash = roll.hash*mulBase + uint64(id) + 1
		if i >= shingle {
			roll.hash -= (uint64(ids[i-shingle]) + 1) * roll.out
		}
		if i < shingle-1 {
			continue
		}
		if h, ok := sampled(roll.hash); ok {
			if slot, list, ok := s.ix.find(h); ok {
				s.hits = append(s.hits, hit{h, int32(i - shingle + 1), slot, list})
			}
		}
	}
}

// A candidate is a reference that shares shingles with a part of the input.
type candidate struct {
	ref   int
	votes int
	rank  int
}

const (
	minVotes      = 3  // distinct shingles below which nothing is looked at
	maxCandidates = 24 // references aligned in one part of the input
)

// vote counts, for each reference, the distinct shingles that it shares with
// hits[lo:hi], and returns the most promising references, best first.
func (s *scan) vote(lo, hi int) []candidate {
	s.steps += hi - lo
	s.epoch++
	if s.epoch == 0 {
		clear(s.slotSeen)
		s.epoch = 1
	}
	for _, h := range s.hits[lo:hi] {
		if s.slotSeen[h.slot] == s.epoch {
			continue
		}
		s.slotSeen[h.slot] = s.epoch
		if s.lists[h.list] == 0 {
			s.hitLists = append(s.hitLists, h.list)
		}
		s.lists[h.list]++
	}
	refs, found := s.refs, s.hitRefs
	for _, list := range s.hitLists {
		n := s.lists[list]
		s.lists[list] = 0
		members := s.ix.inList(list)
		s.steps += len(members) / 2
		for ; len(members) >= 2; members = members[2:] {
			ref := binary.LittleEndian.Uint16(members)
			if refs[ref] == 0 {
				found = append(found, ref)
			}
			refs[ref] += n
		}
	}
	s.hitRefs = found
	s.hitLists = s.hitLists[:0]
	return s.candidates()
}

// candidates turns the votes into candidates and clears them. A reference
// ranks by what it shares less a part of what it lacks.
func (s *scan) candidates() []candidate {
	s.cands = s.cands[:0]
	for _, ref := range s.hitRefs {
		votes := int(s.refs[ref])
		s.refs[ref] = 0
		samples := s.ix.refs[ref].samples
		if votes < min(minVotes, samples) || votes*4 < samples || s.skip != nil && s.skip(int(ref)) {
			continue
		}
		s.cands = append(s.cands, candidate{int(ref), votes, 3*votes - samples})
	}
	s.hitRefs = s.hitRefs[:0]
	slices.SortFunc(s.cands, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.ref, b.ref))
	})
	return s.cands[:min(len(s.cands), maxCandidates)]
}
