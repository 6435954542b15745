package license

import (
	_ "embed" // the index of fingerprints
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// The index is read in place but for the words and the table of references,
// so it is ready in a few milliseconds. All numbers are
// little-endian. Layout:
//
//	magic    8 bytes
//	sizes    7 x uint32: ids bytes, references, words, slots, lists, list members, 0
//	ids      text: one id a line, index = line number
//	refs     references x 7 uint32: id, words, first word, core, tail, samples, notice
//	words    words x uint16: the word ids of all references, one after the other
//	slots    slots x (uint16 fingerprint, uint16 list): open addressing; list 0xffff is empty
//	lists    (lists+1) x uint32: list i has the members [lists[i], lists[i+1])
//	members  list members x uint16: reference numbers
//
// Word ids are 16-bit hashes without a dictionary: the texts cannot be read
// back from them, and a word that differs from the expected one is taken for
// it with probability 2^-16.
const magic = "OLICIX02"

const (
	shingle     = 5      // words in a shingle
	emptyList   = 0xffff // marks an empty slot
	refBytes    = 28
	headerBytes = 8 + 7*4
)

//go:embed index.bin
var embedded []byte

// A reference is one known text, as word ids.
type reference struct {
	id         string
	seq        []uint16                   // word ids
	core, tail int                        // words before core and from tail on are optional
	samples    int                        // sampled shingles
	notice     bool                       // refers to the licence only
	places     atomic.Pointer[placeTable] // where its samples stand, made on first use
	names      []uint16                   // words of the id that name whose licence it is
	numbers    []uint16                   // those of them that are numbers, as versions are
}

// An Index identifies texts against a set of references. It is safe for
// concurrent use.
type Index struct {
	refs    []reference
	slots   []byte
	mask    uint32
	lists   []byte
	members []byte
	nlists  int
	scratch sync.Pool
}

// builtin is the embedded index, opened on first use.
var builtin = sync.OnceValue(func() *Index {
	ix, err := NewIndex(embedded)
	if err != nil {
		panic(fmt.Sprintf("license: embedded index: %v", err)) // a build that fails its own tests
	}
	return ix
})

var errIndex = errors.New("not a licence index, or one of another version")

// NewIndex opens an index that Build made. The index keeps data, which must
// not be changed afterwards.
func NewIndex(data []byte) (*Index, error) {
	if len(data) < headerBytes || string(data[:8]) != magic {
		return nil, errIndex
	}
	var n [7]int
	for i := range n {
		n[i] = int(binary.LittleEndian.Uint32(data[8+4*i:]))
	}
	rest := data[headerBytes:]
	ok := true
	cut := func(size int) []byte {
		if !ok || size < 0 || size > len(rest) {
			ok = false
			return nil
		}
		part := rest[:size:size]
		rest = rest[size:]
		return part
	}
	ids, refs, seqs := cut(n[0]), cut(n[1]*refBytes), cut(n[2]*2)
	ix := &Index{slots: cut(n[3] * 4), lists: cut((n[4] + 1) * 4), members: cut(n[5] * 2), nlists: n[4],
		mask: uint32(n[3] - 1)}
	if !ok || len(rest) != 0 || n[3]&(n[3]-1) != 0 {
		return nil, errIndex
	}
	return ix, ix.readRefs(splitLines(string(ids)), refs, seqs)
}

func (ix *Index) readRefs(ids []string, table, seqs []byte) error {
	words := make([]uint16, len(seqs)/2)
	for i := range words {
		words[i] = binary.LittleEndian.Uint16(seqs[2*i:])
	}
	ix.refs = make([]reference, len(table)/refBytes)
	names, numbers := make([][]uint16, len(ids)), make([][]uint16, len(ids))
	for i, id := range ids {
		names[i], numbers[i] = nameWords(id)
	}
	for i := range ix.refs {
		var f [7]int
		for j := range f {
			f[j] = int(binary.LittleEndian.Uint32(table[i*refBytes+4*j:]))
		}
		length, id := f[1], f[0]
		if id >= len(ids) || f[2]+length > len(words) || f[3] > f[4] || f[4] > length {
			return errIndex
		}
		ix.refs[i] = reference{id: ids[id], seq: words[f[2] : f[2]+length], core: f[3], tail: f[4], samples: f[5],
			notice: f[6] != 0, names: names[f[0]], numbers: numbers[f[0]]}
	}
	return nil
}

// generic are the words of ids that do not name whose licence it is.
var generic = strings.Fields("licenseref license community model models use policy research noncommercial non " +
	"commercial nc terms open agreement " +
	"prohibited modified first series low risk foundations health developer")

// nameWords returns the words of the id of a licence without an SPDX id that
// name the model or the licensor. A text without them is not that licence,
// however near the rest is: families copy each other's texts.
func nameWords(id string) (all, numbers []uint16) {
	name, ok := strings.CutPrefix(id, "LicenseRef-")
	if !ok {
		return nil, nil
	}
	var w words
	w.split([]byte(name))
	for i, word := range w.ids {
		part := strings.ToLower(name[w.start[i]:w.end[i]])
		if slices.Contains(generic, part) {
			continue
		}
		all = append(all, word)
		if strings.Trim(part, "0123456789") == "" {
			numbers = append(numbers, word)
		}
	}
	return all, numbers
}

// named reports whether word i of a text is a word of the licence's name. A
// number is one behind another word of the name only: "Llama 3", not "3.".
func (r *reference) named(ids []uint16, i int) bool {
	if !slices.Contains(r.names, ids[i]) {
		return false
	}
	first := i
	for first > 0 && i-first < 4 && slices.Contains(r.numbers, ids[first]) {
		first--
	}
	return first == i || slices.Contains(r.names, ids[first])
}

func splitLines(s string) []string {
	var lines []string
	for len(s) > 0 {
		i := 0
		for i < len(s) && s[i] != '\n' {
			i++
		}
		lines = append(lines, s[:i])
		s = s[min(i+1, len(s)):]
	}
	return lines
}

// find returns the slot and the list of references of a shingle's hash.
func (ix *Index) find(h uint64) (slot uint32, list uint16, ok bool) {
	slot = uint32(h) & ix.mask
	fp := uint16(h >> 32)
	for {
		entry := binary.LittleEndian.Uint32(ix.slots[4*slot:])
		if entry>>16 == emptyList {
			return 0, 0, false
		}
		if uint16(entry) == fp {
			return slot, uint16(entry >> 16), true
		}
		slot = (slot + 1) & ix.mask
	}
}

// inList gives the numbers of the references of a list, two bytes each.
func (ix *Index) inList(list uint16) []byte {
	from := binary.LittleEndian.Uint32(ix.lists[4*int(list):])
	to := binary.LittleEndian.Uint32(ix.lists[4*int(list)+4:])
	return ix.members[2*from : 2*to]
}

const mulBase = 0x9E3779B97F4A7C15

// A roller hashes each run of five words; every fourth hash, chosen by its own
// bits, is a sample, so that text and index sample the same shingles.
type roller struct{ hash, out uint64 }

func newRoller() roller {
	out := uint64(1)
	for range shingle {
		out *= mulBase
	}
	return roller{out: out}
}

// sampled mixes the rolling hash and reports whether it is a sample.
func sampled(h uint64) (uint64, bool) {
	h ^= h >> 31
	h *= 0xD6E8FEB86659FD93
	h ^= h >> 32
	return h, h>>62 == 0
}

// samplesOf calls f for each sampled shingle of words, with the place of its
// first word.
func samplesOf(words []uint16, f func(at int, h uint64)) {
	roll := newRoller()
	for i, id := range words {
		roll.hash = roll.hash*mulBase + uint64(id) + 1
		if i >= shingle {
			roll.hash -= (uint64(words[i-shingle]) + 1) * roll.out
		}
		if i < shingle-1 {
			continue
		}
		if h, ok := sampled(roll.hash); ok {
			f(i-shingle+1, h)
		}
	}
}
