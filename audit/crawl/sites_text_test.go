package crawl

import (
	"bytes"
	"strings"
	"testing"
)

// TestPageIsReadOnce: the text that a page is checked for is the one that is read
// afterwards, and one page at two addresses has two texts, as links lead on from there.
func TestPageIsReadOnce(t *testing.T) {
	served := []byte("<html><body><h1>Plover</h1>" + strings.Repeat(
		`<p>How we trained Plover is told in <a href="report">the report</a>.</p>`, 20) + "</body></html>")
	once := false
	for range 50 { // what is remembered may be let go at any time
		checked, err := textOnPage("https://acme.example/plover/", served)
		if err != nil {
			t.Fatal(err)
		}
		read, err := textOnPage("https://acme.example/plover/", served)
		if err != nil || !bytes.Equal(checked, read) {
			t.Fatalf("read again: %v\n%s\nand\n%s", err, checked, read)
		}
		once = once || &checked[0] == &read[0]
		other, err := textOnPage("https://acme.example/kestrel/", served)
		if err != nil || !bytes.Contains(other, []byte("https://acme.example/kestrel/report")) {
			t.Fatalf("at another address: %v\n%s", err, other)
		}
	}
	if !once {
		t.Error("a page is read for its check, and then again")
	}
	for range 2 {
		if _, err := textOnPage("https://acme.example/", []byte("<html><body>Soon.</body></html>")); err == nil {
			t.Error("a page without text is read without an error")
		}
	}
}
