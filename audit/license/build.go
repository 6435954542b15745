package license

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// A Source is one text to build an index from.
type Source struct {
	ID   string // SPDX id or LicenseRef-
	Name string // where the text is from, for messages
	Text []byte
	// Optional spans of Text at its start and end may be left out of a copy:
	// [0, Core) and [Tail, len(Text)). A zero Tail means the end.
	Core, Tail int
	// Notice marks a text that refers to a licence, as file headers do: it is
	// reported as a mention.
	Notice bool
}

// Build makes an index of fingerprints. The result depends only on the
// sources and their order.
func Build(sources []Source) ([]byte, error) {
	return newBuilder(false).with(sources)
}

// Add makes an index of what another holds and of further sources. The texts that the
// other was made of are not needed: an index keeps the hashes of their words.
func Add(index []byte, more []Source) ([]byte, error) {
	ix, err := NewIndex(index)
	if err != nil {
		return nil, err
	}
	b := newBuilder(false)
	for i := range ix.refs {
		r := &ix.refs[i]
		b.put(r.id, "", r.seq, builtRef{core: r.core, tail: r.tail, notice: bit(r.notice)})
	}
	return b.with(more)
}

// IDs lists the licences that an index holds texts of, each once, in its order.
func IDs(index []byte) ([]string, error) {
	ix, err := NewIndex(index)
	if err != nil {
		return nil, err
	}
	var ids []string
	seen := make(map[string]bool)
	for i := range ix.refs {
		if id := ix.refs[i].id; !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// with adds sources and gives the index.
func (b *builder) with(sources []Source) ([]byte, error) {
	for _, s := range sources {
		b.add(s)
	}
	if len(b.refs) >= emptyList {
		return nil, fmt.Errorf("%d references: an index holds at most %d", len(b.refs), emptyList-1)
	}
	return b.bytes()
}

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

type builtRef struct{ id, length, first, core, tail, samples, notice int }

type builder struct {
	ids     map[string]int
	names   []string
	refs    []builtRef
	seqs    []uint16
	sources []string // of each reference, for measurements
	posting map[uint64][]uint16
	lists   map[string]uint16
	seen    map[string]bool
	keep    bool
}

// newBuilder makes an empty builder; keep says whether texts are kept that are
// word for word another text of the same id, which only a measurement wants.
func newBuilder(keep bool) *builder {
	return &builder{ids: make(map[string]int), posting: make(map[uint64][]uint16), lists: make(map[string]uint16),
		seen: make(map[string]bool), keep: keep}
}

// add appends the words of s, unless the same words with the same id are there.
func (b *builder) add(s Source) {
	var w words
	w.split(s.Text)
	if len(w.ids) < shingle {
		return
	}
	r := builtRef{core: wordAt(&w, s.Core), tail: len(w.ids), notice: bit(s.Notice)}
	if s.Tail > 0 {
		r.tail = wordAt(&w, s.Tail)
	}
	b.put(s.ID, s.Name, w.ids, r)
}

// put appends a text that was cut into words, with what is optional of it.
func (b *builder) put(name, from string, words []uint16, r builtRef) {
	key := name + "\n" + string(le16(words))
	if b.seen[key] && !b.keep {
		return
	}
	b.seen[key] = true
	id, ok := b.ids[name]
	if !ok {
		id = len(b.names)
		b.ids[name] = id
		b.names = append(b.names, name)
	}
	r.id, r.length, r.first = id, len(words), len(b.seqs)
	b.seqs = append(b.seqs, words...)
	b.post(&r, words)
	b.refs = append(b.refs, r)
	b.sources = append(b.sources, from)
}

// wordAt is the number of the first word at or behind a byte offset.
func wordAt(w *words, offset int) int {
	i, _ := slices.BinarySearch(w.start, uint32(offset))
	return i
}

func (b *builder) post(r *builtRef, ids []uint16) {
	number := uint16(len(b.refs))
	samplesOf(ids, func(_ int, h uint64) {
		r.samples++
		if list := b.posting[h]; len(list) == 0 || list[len(list)-1] != number {
			b.posting[h] = append(list, number)
		}
	})
}

func le16(v []uint16) []byte {
	out := make([]byte, 0, 2*len(v))
	for _, x := range v {
		out = binary.LittleEndian.AppendUint16(out, x)
	}
	return out
}

// table lays the shingles out as an open-addressing table, in the order of
// their hashes so that equal sources give equal bytes. Shingles that share
// slot and fingerprint share the union of their references.
func (b *builder) table() (slots []byte, postings [][]uint16, err error) {
	size := 1024
	for size*7 < len(b.posting)*10 {
		size *= 2
	}
	hashes := make([]uint64, 0, len(b.posting))
	for h := range b.posting {
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	fps, used, at := make([]uint16, size), make([]bool, size), make([][]uint16, size)
	for _, h := range hashes {
		slot, fp := int(uint32(h))&(size-1), uint16(h>>32)
		for used[slot] && fps[slot] != fp {
			slot = (slot + 1) & (size - 1)
		}
		used[slot], fps[slot] = true, fp
		at[slot] = union(at[slot], b.posting[h])
	}
	for i := range size {
		list := uint16(emptyList)
		if used[i] {
			key := string(le16(at[i]))
			n, ok := b.lists[key]
			if !ok {
				if len(postings) >= emptyList {
					return nil, nil, fmt.Errorf("more than %d distinct lists of references", emptyList)
				}
				n = uint16(len(postings))
				b.lists[key] = n
				postings = append(postings, at[i])
			}
			list = n
		}
		slots = binary.LittleEndian.AppendUint16(slots, fps[i])
		slots = binary.LittleEndian.AppendUint16(slots, list)
	}
	return slots, postings, nil
}

func union(a, b []uint16) []uint16 {
	if len(a) == 0 {
		return b
	}
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}

func (b *builder) bytes() ([]byte, error) {
	slots, postings, err := b.table()
	if err != nil {
		return nil, err
	}
	var offsets, members []byte
	n := 0
	for _, p := range postings {
		offsets = binary.LittleEndian.AppendUint32(offsets, uint32(n))
		members = append(members, le16(p)...)
		n += len(p)
	}
	offsets = binary.LittleEndian.AppendUint32(offsets, uint32(n))
	ids := strings.Join(b.names, "\n")
	out := bytes.NewBufferString(magic)
	for _, v := range []int{len(ids), len(b.refs), len(b.seqs), len(slots) / 4, len(postings), n, 0} {
		out.Write(binary.LittleEndian.AppendUint32(nil, uint32(v)))
	}
	out.WriteString(ids)
	for _, r := range b.refs {
		for _, v := range []int{r.id, r.length, r.first, r.core, r.tail, r.samples, r.notice} {
			out.Write(binary.LittleEndian.AppendUint32(nil, uint32(v)))
		}
	}
	for _, part := range [][]byte{le16(b.seqs), slots, offsets, members} {
		out.Write(part)
	}
	return out.Bytes(), nil
}
