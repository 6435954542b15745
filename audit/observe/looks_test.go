package observe

import (
	"testing"

	"openness/audit"
	"openness/audit/page"
)

// TestSpeaks: of pages that were not read those leave a fact open that may speak of the whole project.
func TestSpeaks(t *testing.T) {
	for path, want := range map[string]bool{
		"README.md": true, "docs/model.md": true, "falco/data/README.md": true, "falco/tools/songs/datasheet.md": true,
		"falco/wading/adapter/data/README.md": false, "falco/wading/adapter/README.md": false,
	} {
		if got := speaks(&audit.Document{Kind: audit.DocProse, Path: path}); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

// TestNamesPage: a page that bears a sibling's name says nothing of the model.
func TestNamesPage(t *testing.T) {
	in := newInput(model("acme/Quokka2-7B-Chat", ""), nil)
	for address, want := range map[string]bool{
		"https://acme.example/blog/quokka2": true, "https://acme.example/blog/introducing-quokka": true,
		"https://acme.example/news/quokka-of-songs": true, "https://acme.example/news/quokka2-7b-chat-and-2-songs": true,
		"https://acme.example/blog/quokka2.5": false, "https://acme.example/blog/quokka3/": false,
		"https://acme.example/news/quokka2-large-2407/": false, "https://acme.example/blog/wombat/": false,
	} {
		if got := in.namesPage(page.Link{URL: address}); got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}
