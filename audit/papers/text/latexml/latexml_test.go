package latexml

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"openness/audit/papers/text/markdown"
)

func article(body string) []byte {
	return []byte(`<!DOCTYPE html><html><head><title>x</title></head><body><nav class="ltx_page_navbar">Menu</nav><div class="ltx_page_main"><article class="ltx_document">` +
		body + `</article></div><footer class="ltx_page_footer">Foot</footer></body></html>`)
}

func TestText(t *testing.T) {
	for _, c := range [][2]string{
		{`<p class="ltx_p">Some <b>bold</b> words&nbsp;&amp; <a href="#bib.1">1</a>.</p>`, "Some bold words & 1."},
		{`<h2 class="ltx_title ltx_title_section"><span class="ltx_tag">3 </span>Training</h2>`, "## 3 Training"},
		{`<h5 class="ltx_title ltx_title_paragraph">Hardware.</h5>`, "##### Hardware"},
		{`<p class="ltx_p">Code <a href="https://example.org/c">here</a>.</p>`, "Code [here](https://example.org/c)."},
		{`<p class="ltx_p">lr <math alttext="3\times 10^{-4}"><semantics><mn>3</mn><annotation>junk</annotation></semantics></math></p>`,
			"lr 3×10^-4"},
		{`<p class="ltx_p">Said<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">2</sup><span class="ltx_note_outer"><span class="ltx_note_content">` +
			`<sup class="ltx_note_mark">2</sup><span class="ltx_tag ltx_tag_note">2</span>The note.</span></span></span> more.</p>`,
			"Said more.\n\n[^2]: The note."},
		{`<table class="ltx_tabular"><tbody><tr class="ltx_tr"><td class="ltx_td">a</td><td class="ltx_td" colspan="2">b</td></tr><tr class="ltx_tr"><td>c</td><td>d</td><td>e</td></tr></tbody></table>`,
			"| a | b |  |\n|---|---|---|\n| c | d | e |"},
		{`<figure class="ltx_table"><span class="ltx_tabular"><span class="ltx_tr"><span class="ltx_td">a</span><span class="ltx_td">b</span></span></span><figcaption class="ltx_caption"><span class="ltx_tag">Table 1: </span>Cap.</figcaption></figure>`,
			"| a | b |\n|---|---|\n\nTable 1: Cap."},
		{`<ul class="ltx_itemize"><li class="ltx_item"><span class="ltx_tag ltx_tag_item">•</span><div class="ltx_para"><p class="ltx_p">one</p></div></li></ul>`,
			"- one"},
		{`<figure class="ltx_figure"><svg><text>axis</text></svg><img alt="x"><figcaption class="ltx_caption">Figure 1: Plot.</figcaption></figure>`,
			"Figure 1: Plot."},
		{`<section class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul><li class="ltx_bibitem"><span class="ltx_bibblock">A. Writer.</span><span class="ltx_bibblock">A paper.</span></li></ul></section>`,
			"## References\n\nA. Writer. A paper."},
		{`<p class="ltx_p">a &lt;pad&gt; token</p><script>alert(1)</script><nav>no</nav>`, "a < pad> token"},
	} {
		text, info, err := Read(article(c[0]))
		if got := strings.TrimSpace(string(text)); err != nil || got != c[1] || len(info.Unread) > 0 {
			t.Errorf("%s\n gives %q, %v\n want  %q", c[0], got, err, c[1])
		}
	}
}

func TestOtherPages(t *testing.T) {
	for _, page := range []string{"", "<html><body>Sign in</body></html>", `<article class="ltx_document"></article>`,
		`<p>the class ltx_document is of LaTeXML</p>`} {
		if _, _, err := Read([]byte(page)); !errors.Is(err, ErrNotPaper) {
			t.Errorf("%q: %v", page, err)
		}
	}
}

func TestHostile(t *testing.T) {
	for name, body := range map[string]string{
		"deep":       strings.Repeat("<div>", 100_000) + "x",
		"deep words": strings.Repeat("<span>", 100_000) + "x",
		"deep notes": strings.Repeat(`<span class="ltx_note ltx_role_footnote"><span class="ltx_note_content">`,
			5_000) + "x",
		"deep tables":   strings.Repeat(`<table class="ltx_tabular"><tr><td>`, 3_000) + "x",
		"deep lists":    strings.Repeat(`<ul class="ltx_itemize"><li class="ltx_item">`, 5_000) + "x",
		"deep quarters": strings.Repeat(strings.Repeat("<b>", 250)+"x"+strings.Repeat("</b>", 250), 400),
		"wide span":     `<table class="ltx_tabular"><tr><td colspan="999999999">x</td></tr></table>`,
		"formula":       `<p class="ltx_p"><math alttext="` + strings.Repeat(`\frac{`, 100_000) + `"></math></p>`,
	} {
		began := time.Now()
		text, info, err := Read(article(`<p class="ltx_p">Begins.</p>` + body))
		took := time.Since(began)
		// A page that the parser itself refuses is an error, not a crash.
		if err == nil && !strings.HasPrefix(string(text), "Begins.") || err != nil && !errors.Is(err, ErrNotPaper) ||
			took > 15*time.Second {
			t.Errorf("%s: %d bytes, %v, %v", name, len(text), took, err)
		}
		if strings.HasPrefix(name, "deep ") && name != "deep quarters" && err == nil && len(info.Unread) == 0 &&
			!strings.Contains(string(text), "x") {
			t.Errorf("%s: words are gone, nothing is said to be left out", name)
		}
		t.Logf("%s: %v, %d bytes, %q, %v", name, took.Round(time.Millisecond), len(text), info.Unread, err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`<p class="ltx_p">x<math alttext="a^{b}"></math></p>`,
		`<table class="ltx_tabular"><tr><td colspan=3>x`,
		`<span class="ltx_note ltx_role_footnote"><span class="ltx_note_content">n`,
		`<li class="ltx_item"><ul class="ltx_itemize"><li class="ltx_item">y`,
		`<h3 class="ltx_title ltx_title_subsection">t</h3><a href="https://e.org">l</a>`,
		"<!-- c --><svg><p class=ltx_p>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		page := article(body)
		one, _, err := Read(page)
		if err != nil {
			return
		}
		if two, _, _ := Read(page); !bytes.Equal(one, two) {
			t.Error("two readings differ")
		}
		for p := range markdown.Passages(one) {
			if p.Start >= p.End || p.End > len(one) {
				t.Fatalf("passage %+v of %d bytes", p, len(one))
			}
		}
	})
}
