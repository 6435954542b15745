package web

import (
	"strings"
	"testing"
)

const page = `<!doctype html><html lang="en"><head><title>Example  Model</title>
<meta name="description" content="About it"><script>var p = "not text";</script></head>
<body><h1>Example&nbsp;Model</h1><p>Weights are <b>not</b> released &amp; the API needs a key.</p>
<ul><li>One<li>Two</ul><style>p{}</style><a href="/card">Model card</a><a href="javascript:x()">bad</a></body></html>`

func TestParse(t *testing.T) {
	p, err := Parse([]byte(page), "https://vendor.example/models/")
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "Example Model" || p.Description != "About it" || p.Language != "en" || p.SignIn {
		t.Errorf("read %+v", p)
	}
	if len(p.Links) != 1 || p.Links[0].URL != "https://vendor.example/card" {
		t.Errorf("links %+v", p.Links)
	}
	var texts []string
	for _, b := range p.Blocks {
		texts = append(texts, b.Text)
	}
	want := "Example Model|Weights are not released & the API needs a key.|One|Two|Model cardbad"
	if got := strings.Join(texts, "|"); got != want {
		t.Errorf("blocks %q, want %q", got, want)
	}
	if b := p.Blocks[1]; page[b.Span.Start:b.Span.End] != "Weights are <b>not</b> released &amp; the API needs a key." {
		t.Errorf("span holds %q", page[b.Span.Start:b.Span.End])
	}
	if !p.Blocks[0].Heading || p.Blocks[1].Heading {
		t.Error("headings are told apart from paragraphs")
	}
}

func TestParseRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"JSON":    `{"a": 1}`,
		"PDF":     "%PDF-1.7\n",
		"nothing": "",
		"deep":    "<html>" + strings.Repeat("<div>", 5000),
	} {
		if _, err := Parse([]byte(body), ""); err == nil {
			t.Errorf("%s was taken for a page", name)
		}
	}
}

func TestSignIn(t *testing.T) {
	p, err := Parse([]byte(`<html><body><p>Log in</p><input type="password"></body></html>`), "")
	if err != nil || !p.SignIn {
		t.Errorf("a log-in form was taken for content: %+v, %v", p, err)
	}
}

// FuzzParse: no page makes it panic, and every span lies in the page.
func FuzzParse(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("<p>x<script>y</p>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := Parse(body, "https://vendor.example/")
		if err != nil {
			return
		}
		for _, b := range p.Blocks {
			if !b.Span.Within(len(body)) {
				t.Fatalf("span %+v outside %d bytes", b.Span, len(body))
			}
		}
	})
}
