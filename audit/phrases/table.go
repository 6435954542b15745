package phrases

// What each word of a text is looked up in. Most words are in no phrase of a book, which
// shows in a few bytes of theirs.

// affixed is a prefix or a suffix and its atom.
type affixed struct {
	text string
	atom int32
}

// affixes are prefixes or suffixes by two of their bytes. Pairs of one slot share a list.
type affixes struct {
	slots [1 << affixBits]uint16 // of two bytes: the number of the list, 0 where there is none
	lists [][]affixed
}

const affixBits = 10

func affixSlot(a, b byte) int { return (int(a)<<5 ^ int(b)) & (1<<affixBits - 1) }

func (x *affixes) add(a, b byte, one affixed) {
	slot := &x.slots[affixSlot(a, b)]
	if *slot == 0 {
		x.lists = append(x.lists, nil)
		*slot = uint16(len(x.lists))
	}
	list := &x.lists[*slot-1]
	*list = append(*list, one)
}

// of lists what may begin, or end, with two bytes.
func (x *affixes) of(a, b byte) []affixed {
	if slot := x.slots[affixSlot(a, b)]; slot > 0 {
		return x.lists[slot-1]
	}
	return nil
}

// A filter tells of most words that they are not among some.
type filter [1 << (filterBits - 6)]uint64

const filterBits = 14

// filterBit tells words apart by their first, middle and last bytes and their length.
func filterBit[T string | []byte](w T) uint {
	n := len(w)
	if n == 0 {
		return 0
	}
	h := uint32(w[0]) | uint32(w[n/2])<<8 | uint32(w[n-1])<<16 | uint32(n)<<24
	return uint(h * 0x9e3779b1 >> (32 - filterBits))
}

func (f *filter) add(w string) { f[filterBit(w)>>6] |= 1 << (filterBit(w) & 63) }

// may reports whether a word may be among them.
func (f *filter) may(w []byte) bool {
	bit := filterBit(w)
	return f[bit>>6]>>(bit&63)&1 != 0
}
