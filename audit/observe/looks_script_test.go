package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestOwnScript: a card that tells of its makers' own script names it, one that promises it does not; of a page that
// tells of none nothing is asked of the phrase book, which would cost for each sentence.
func TestOwnScript(t *testing.T) {
	read := func(text string) (*input, *audit.Document) {
		in := newInput(model("acme/Falco-7B", ""), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "# Falco\n\n"+text)})
		return in, &in.Docs[0]
	}
	for text, want := range map[string]bool{
		"Falco was trained with our train.py on songs.":                               true,
		"We will release our train.py soon.":                                          false,
		"We will release our train.py soon. Falco was trained with our falco_sft.py.": true,
	} {
		in, d := read(text)
		if _, got := in.ownScript(d); got != want {
			t.Errorf("%s: names a script %v, want %v", text, got, want)
		}
	}
	in, d := read(strings.Repeat("Falco sings at dawn and sleeps at noon. ", 50))
	in.Prose(d)
	if n := testing.AllocsPerRun(5, func() { in.ownScript(d) }); n > 5 {
		t.Errorf("%v allocations for a page without a script", n)
	}
}
