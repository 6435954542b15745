package web

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

const projectPage = `<!doctype html><html><head><title>Heron</title><style>p{}</style></head><body>
<nav><a href="/">Home</a> <a href="/jobs">Jobs</a></nav>
<main><h1>Heron 9B</h1><h2>Training</h2><p>Heron was trained on <b>64 Marsh M100</b>
accelerators. The data is <a href="data.html">here</a>.</p><ul><li>One</li><li>Two</li></ul>
<table><tr><th>Source</th><th>Tokens</th></tr><tr><td>ReedBed</td><td>1T</td></tr></table>
<p># no heading &lt;script&gt;</p></main><footer>All rights reserved</footer></body></html>`

func TestMarkdown(t *testing.T) {
	got, err := Markdown([]byte(projectPage), "https://heron.example/heron/")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# Heron 9B\n", "## Training\n", "Heron was trained on 64 Marsh M100 accelerators.",
		"[here](https://heron.example/heron/data.html)",
		"- One\n", "| Source | Tokens |\n| ReedBed | 1T |\n", `\# no heading &lt;script>`} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, not := range []string{"Jobs", "rights", "p{}"} {
		if strings.Contains(string(got), not) {
			t.Errorf("%q is text:\n%s", not, got)
		}
	}
	again, _ := Markdown([]byte(projectPage), "https://heron.example/heron/")
	if !bytes.Equal(got, again) {
		t.Error("the same page gives another text")
	}
	if _, err := Markdown([]byte(`<html><body><form><input type="password"></form></body></html>`), ""); err == nil {
		t.Error("a form to sign in has a text")
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add([]byte(projectPage))
	f.Add([]byte("<html><p><a href='http://[::1'>x</a><table><tr><td>|"))
	f.Add([]byte("<div>" + strings.Repeat("<b>", 600)))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := Markdown(body, "https://example.org/x")
		if err == nil && len(got) > maxMarkdown+len(body)+1024 {
			t.Errorf("%d bytes of text from %d", len(got), len(body))
		}
		if err == nil && utf8.Valid(body) && !utf8.Valid(got) {
			t.Error("not UTF-8")
		}
	})
}
