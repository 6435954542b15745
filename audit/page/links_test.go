package page

import "testing"

// TestBadgeText: of a linked badge a reader sees the words in the image.
func TestBadgeText(t *testing.T) {
	for body, want := range map[string]string{
		`<a href="https://example.org/p"><img src="https://img.shields.io/badge/Paper-NeurIPS'24-blue.svg?style=flat" alt="Paper" class="x"/></a>`: "Paper NeurIPS'24 blue",
		`<a href='https://example.org/p'><img src='https://img.shields.io/badge/Paper-ICML%202024-blue'></a>`:                                      "Paper ICML 2024 blue",
		`[the *report*](https://example.org/p)`: "the report",
		`https://example.org/p`:                 "",
	} {
		links := Parse([]byte(body)).Links()
		if len(links) == 0 || links[0].Text != want {
			t.Errorf("%s: links %+v, want the text %q", body, links, want)
		}
	}
}

// TestSchemeless: a link may leave the scheme of its address out; a path of the page's own is no address.
func TestSchemeless(t *testing.T) {
	for body, want := range map[string]string{
		`[the report](example.org/p/1)`:          "https://example.org/p/1",
		`<a href="www.example.com/p">report</a>`: "https://www.example.com/p",
		`[the report](docs/example.org.md)`:      "",
		`[the report](v1.2/notes.md)`:            "",
		`see example.org/p`:                      "",
	} {
		got := ""
		for _, l := range Parse([]byte(body)).Links() {
			got = l.URL
			if l.Text == "" {
				t.Errorf("%s: the link has no text", body)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}
