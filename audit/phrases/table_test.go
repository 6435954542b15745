package phrases

import "testing"

// TestFilter: a word of a book is never said not to be one, and most others are.
func TestFilter(t *testing.T) {
	b := Default().Of("mode")
	for w := range b.exact {
		if !b.words.may([]byte(w)) {
			t.Errorf("%q is a word of the book", w)
		}
	}
	told := 0
	others := []string{"kestrel", "plumage", "migratory", "ornithology", "nestling", "wader", "sandpiper", "feathered"}
	for _, w := range others {
		if !b.words.may([]byte(w)) {
			told++
		}
	}
	if told < len(others)/2 {
		t.Errorf("%d of %d other words are told to be none", told, len(others))
	}
}
