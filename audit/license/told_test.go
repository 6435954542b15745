package license

import (
	"reflect"
	"strings"
	"testing"
)

// TestToldIn: what is told is found as by the whole expression, however long words are.
func TestToldIn(t *testing.T) {
	sentences := []string{"", "Kestrel is made by Plover.", "A copy can be found at docs/terms.txt at your option",
		"weights_v2/part of you@example.org", "applies to the big and code", "title { name: any words here }",
		"licenses for the small code", "Übersetzung siehe lizenz.de, 許諾 a_b/c"}
	for n := longToken - 2; n <= longToken+2; n++ {
		token := strings.Repeat("k", n)
		sentences = append(sentences, token, "see "+token+" at your option", token+"@x", "may 3 "+token+"\u00e9 may 4",
			"\u00e9"+token+".txt "+token+"_/", strings.Repeat("\u00e9", n))
	}
	for _, s := range sentences {
		got, want := toldIn([]byte(s)), toldPhrases.FindAllSubmatchIndex([]byte(s), -1)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}
