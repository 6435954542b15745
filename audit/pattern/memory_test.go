package pattern

import "testing"

// TestMemory: what was found in a text is found again without looking, under its mark alone.
func TestMemory(t *testing.T) {
	var m Memory[string]
	looked := 0
	find := func(text string, words map[string]bool) string {
		return m.Of(text, Mark(words), func() string { looked++; return text + "!" })
	}
	owl, tern := map[string]bool{"owl": true, "tern": true}, map[string]bool{"tern": true, "owl": true}
	for _, words := range []map[string]bool{nil, owl, tern} {
		if got := find("A red owl", words); got != "A red owl!" {
			t.Errorf("found %q", got)
		}
	}
	if looked != 2 && looked != 3 { // a table may be let go at any time
		t.Errorf("looked %d times", looked)
	}
	Watch(func(string, int) {})
	defer Watch(nil)
	before := looked
	if find("A red owl", nil); looked != before+1 {
		t.Error("remembered while somebody counts")
	}
}
