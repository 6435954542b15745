package pattern

import (
	"cmp"
	"hash/maphash"
	"math/bits"
	"sync"
)

// A Memory keeps what was found in the short texts that were asked about last. Themes ask
// the same of one sentence, and so do models with one base: what is found must hang on the
// text and the mark alone, and nobody changes it. Each goroutine that asks takes a table for
// itself, as of indexes. The zero Memory is ready for use.
type Memory[T any] struct {
	Places  int // how many texts are kept, 4096 where it is 0
	Longest int // of them, in bytes, as of an index where it is 0

	tables sync.Pool
}

// A table has a place for each remainder of a key, where the last text of that is found.
type table[T any] []struct {
	key   uint64
	size  int
	found T
}

// Of is what find gives for a text. Texts of which find answers differently have other marks.
func (m *Memory[T]) Of(text string, mark uint64, find func() T) T {
	if len(text) > cmp.Or(m.Longest, mostIndexed) || watched.Load() != nil {
		return find()
	}
	key := mixed(Key(text), mark)
	t := m.take()
	x := &(*t)[key%uint64(len(*t))]
	found, known := x.found, x.key == key && x.size == len(text)
	m.tables.Put(t) // while find runs, which may ask this memory too
	if known {
		return found
	}
	found = find()
	t = m.take()
	x = &(*t)[key%uint64(len(*t))]
	x.key, x.size, x.found = key, len(text), found
	m.tables.Put(t)
	return found
}

func (m *Memory[T]) take() *table[T] {
	if t, ok := m.tables.Get().(*table[T]); ok {
		return t
	}
	t := make(table[T], cmp.Or(m.Places, 1<<12))
	return &t
}

// Key tells texts apart, while the program runs.
func Key(text string) uint64 { return maphash.String(seed, text) }

// mixed is a key of a text under a mark, which may be the key of another text.
func mixed(key, mark uint64) uint64 { return key ^ bits.RotateLeft64(mark*0x9e3779b97f4a7c15, 32) }

// Mark is a mark for a set of words, in whatever order.
func Mark(words map[string]bool) uint64 {
	mark := uint64(len(words))
	for w := range words {
		mark ^= maphash.String(seed, w)
	}
	return mark
}
