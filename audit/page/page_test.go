package page

import (
	"bytes"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"openness/audit"
)

// unquoted reads the bytes that a Go string stands for.
func unquoted(t *testing.T, quoted string) string {
	t.Helper()
	text, err := strconv.Unquote(strings.TrimSpace(quoted))
	if err != nil {
		t.Fatalf("%s: %v", quoted, err)
	}
	return text
}

// checkSpans demands of any page what observers rely on: every span lies
// within it, parts stand in order and do not overlap, and what is reported of
// a part is what stands there.
func checkSpans(t testing.TB, body []byte) {
	t.Helper()
	before := bytes.Clone(body)
	c := Parse(body)
	if c.Body.End != len(body) || !c.Body.Within(len(body)) || c.Front.Span.End > c.Body.Start {
		t.Fatalf("body %v, front %v, of %d bytes", c.Body, c.Front.Span, len(body))
	}
	checkFront(t, c)
	checkSections(t, c)
	checkProse(t, c)
	checkLinks(t, c)
	checkEntries(t, c)
	if !bytes.Equal(before, body) {
		t.Fatal("parsing changed the page")
	}
}

func within(t testing.TB, what string, s audit.Span, outer audit.Span) {
	t.Helper()
	if s.Start < outer.Start || s.Start > s.End || s.End > outer.End {
		t.Fatalf("%s at %v lies outside of %v", what, s, outer)
	}
}

func checkFront(t testing.TB, c *Page) {
	t.Helper()
	if len(c.Front.Fields) > maxFrontFields || len(c.Front.Errors) > maxFrontErrors+3 {
		t.Fatalf("%d fields and %d errors", len(c.Front.Fields), len(c.Front.Errors))
	}
	for _, f := range c.Front.Fields {
		within(t, f.String(), f.Span, c.Front.Span)
	}
}

func checkSections(t testing.TB, c *Page) {
	t.Helper()
	if len(c.Sections) == 0 {
		t.Fatal("no section, not even the page itself")
	}
	for i, s := range c.Sections {
		within(t, "title", s.Title, audit.Span{End: len(c.Source)})
		within(t, "section", s.Body, c.Body)
		if s.Parent >= i || s.Parent < -1 || s.Parent >= 0 && c.Sections[s.Parent].Level >= s.Level {
			t.Fatalf("section %d of level %d has the parent %d", i, s.Level, s.Parent)
		}
		if i > 0 && (s.Title.Start < c.Sections[i-1].Body.End || s.Body.Start < s.Title.End) {
			t.Fatalf("section %d begins at %v, the one before ends at %d", i, s.Title, c.Sections[i-1].Body.End)
		}
		c.Heading(i)
	}
}

// checkProse also bounds the work: blocks and code that overlap nowhere can
// hold no more than the page.
func checkProse(t testing.TB, c *Page) {
	t.Helper()
	end := c.Body.Start
	for _, b := range c.Blocks {
		within(t, "block", b.Span, audit.Span{Start: end, End: len(c.Source)})
		within(t, "block in section", b.Span, c.Sections[b.Section].Body)
		end = b.Span.End
	}
	end = c.Body.Start
	for _, b := range c.Code {
		within(t, "code", b.Body, audit.Span{Start: end, End: len(c.Source)})
		within(t, "code in section", b.Body, c.Sections[b.Section].Body)
		end = b.Body.End
	}
	end = c.Body.Start
	for s := range c.Sentences() {
		within(t, "sentence", s.Span, audit.Span{Start: end, End: len(c.Source)})
		if s.Plain != Plain(c.Text(s.Span)) {
			t.Fatalf("sentence %q at %q", s.Plain, c.Text(s.Span))
		}
		end = s.Span.End
	}
}

func checkLinks(t testing.TB, c *Page) {
	t.Helper()
	end := c.Body.Start
	for _, l := range c.Links() {
		within(t, "link "+l.URL, l.Span, c.Body)
		if !strings.HasSuffix(c.Text(l.Span), l.URL) || l.Section >= len(c.Sections) {
			t.Fatalf("link %q at %q in section %d", l.URL, c.Text(l.Span), l.Section)
		}
		if l.Span.End < end {
			t.Fatalf("link %q ends before the link before it", l.URL)
		}
		end = l.Span.End
	}
}

func checkEntries(t testing.TB, c *Page) {
	t.Helper()
	end := 0
	for _, e := range c.BibTeX() {
		within(t, "entry "+e.Key, e.Span, audit.Span{Start: end, End: len(c.Source)})
		if !strings.HasPrefix(strings.ToLower(c.Text(e.Span)), "@"+e.Type) {
			t.Fatalf("entry of type %q at %q", e.Type, c.Text(e.Span))
		}
		end = e.Span.End
	}
}

// scraps are what pages are made of, and what breaks them.
var scraps = []string{"---\n", "---", "\n", "\r\n", "\r", "\ufeff", "\t", " ", "license: mit\n", "key: ", "- item\n",
	"> ", ": ", "&a ", "*a ", "|\n  text\n", ">-\n  long\n  text\n",
	"\"quoted\\n\"", "'it''s'", "# Title\n", "Title\n=====\n", "Under\n---\n", "**Bold**\n", "<h2>HTML</h2>\n",
	"```bibtex\n", "```\n", "~~~\n", "<pre>", "</pre>", "<!--", "-->",
	"| a | b |\n", "|---|---|\n", "A sentence. Another! 中文。", "v2.5 e.g. x\n", "[text](https://example.org/a)",
	"[text][ref]", "[ref]: https://example.org/b\n", "<https://example.org/c>",
	"<a href=\"https://example.org/d\">here</a>", "![badge](https://example.org/e.png)",
	"@article{key,\n  title={A {nested} title},\n year=2024}\n", "@misc{", "title = \"x\" # y,", "}",
	"@string{a=\"b\"}",
	"\xff", "\xe8", "\x00", "é", "\u2028", "[[[", "](", "((", "<div", ">", "http://", "https://example.org/(a_(b))."}

// TestSpansOfAnything puts pages together at random, always the same ones.
func TestSpansOfAnything(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pages := 20_000
	if testing.Short() {
		pages = 2_000
	}
	for range pages {
		var page strings.Builder
		if random.IntN(2) == 0 {
			page.WriteString("---\n")
		}
		for range random.IntN(25) {
			page.WriteString(scraps[random.IntN(len(scraps))])
		}
		checkSpans(t, []byte(page.String()))
		if t.Failed() {
			t.Fatalf("page %q", page.String())
		}
	}
}

// FuzzParse reads any bytes as a page: front matter, sections, prose, links
// and citations. It must neither panic nor report anything from outside.
func FuzzParse(f *testing.F) {
	for _, s := range scraps {
		f.Add([]byte("---\n" + s + "\n---\n" + s + s))
		f.Add([]byte(s))
	}
	f.Add([]byte(strings.Join(scraps, "")))
	f.Fuzz(func(t *testing.T, body []byte) { checkSpans(t, body) })
}

// patience is how long a hostile page of 128 KB may take on a busy machine.
// Work that grows with the square of the page takes minutes.
const patience = 30 * time.Second

// TestHostilePages repeats what makes careless parsers slow.
func TestHostilePages(t *testing.T) {
	hostile := append([]string{"@", "@article{", "@misc{a,title={", "@misc{a,t=\"", "@comment{", "[![a](", "<!--\n",
		"<!-- ", "<pre>", "<a href=\"", "](https://", "https://a/(", "|", "| a ", "`", "**_", "- ",
		"---\n", "x\n===\n", "{", "a: [", "<div>", "<h1>", ". ", "A. ", "*a*b ", "[x][", "[x]:", "[x]: https://a\n",
		"<!-- -->", "```\n~~~\n", "> > ", "\\", "\x00", "\xff", "&nbsp;", "<br><br>"}, scraps...)
	size := 128 << 10
	if testing.Short() {
		size = 16 << 10
	}
	for _, piece := range hostile {
		body := strings.Repeat(piece, size/len(piece))
		for _, head := range []string{"", "---\n"} {
			begin := time.Now()
			c := Parse([]byte(head + body))
			for range c.Sentences() {
			}
			c.Links()
			c.BibTeX()
			took := time.Since(begin)
			if took > patience {
				t.Errorf("%d bytes of %q took %v", size, head+piece, took)
			}
			if took > time.Second {
				t.Logf("%d bytes of %q took %v", size, head+piece, took)
			}
		}
	}
}

// TestLargeCard reads a card of fifty megabytes: it takes time in proportion
// to its length, and keeps no copy of it.
func TestLargeCard(t *testing.T) {
	if testing.Short() {
		t.Skip("reads fifty megabytes")
	}
	const paragraph = "The model was trained on text, which is described in [the report](https://example.org/report). It has 7B parameters.\n\n"
	body := []byte("---\nlicense: mit\n---\n# Large\n\n" + strings.Repeat(paragraph, 50<<20/len(paragraph)))
	begin := time.Now()
	c := Parse(body)
	if took := time.Since(begin); took > patience {
		t.Errorf("%d bytes took %v", len(body), took)
	}
	if want := strings.Count(string(body), "\n\n") - 1; len(c.Blocks) != want {
		t.Errorf("%d blocks, want %d", len(c.Blocks), want)
	}
	if f, _ := c.Front.First("license"); f.Value != "mit" {
		t.Errorf("licence %q", f.Value)
	}
}
