package markdown

import (
	"strings"
	"testing"

	"openness/audit/page"
)

func sample() *Writer {
	w := &Writer{}
	w.Heading(1, "A Model")
	w.Page(1)
	w.Heading(2, "1 Training")
	w.Paragraph("It was trained on 8 GPUs.\nFor two\tdays.")
	w.Page(2)
	w.Heading(3, "1.1 Data")
	w.Row([]string{"Source", "Tokens"})
	w.Row([]string{"Web", "2|T"})
	w.Paragraph("Table 1: What it was trained on.")
	w.Footnote("3.", "See the web page.")
	w.Item("an entry")
	w.Heading(2, "References")
	w.Paragraph("A. Author. 2020. A paper.")
	w.Heading(2, "A. More")
	w.Paragraph("More.")
	return w
}

func TestPassages(t *testing.T) {
	text := sample().Bytes()
	want := []struct {
		kind Kind
		page int
		path string
		text string
	}{
		{Paragraph, 1, "A Model/1 Training", "It was trained on 8 GPUs. For two days."},
		{Row, 2, "A Model/1 Training/1.1 Data", "| Source | Tokens |"},
		{Row, 2, "A Model/1 Training/1.1 Data", "| Web | 2¦T |"},
		{Caption, 2, "A Model/1 Training/1.1 Data", "Table 1: What it was trained on."},
		{Footnote, 2, "A Model/1 Training/1.1 Data", "[^3]: See the web page."},
		{Item, 2, "A Model/1 Training/1.1 Data", "- an entry"},
		{Reference, 2, "A Model/References", `A. Author. 2020. A paper.`},
		{Paragraph, 2, "A Model/A. More", "More."},
	}
	i := 0
	for p := range Passages(text) {
		if i == len(want) {
			t.Fatalf("more than %d passages: %q", i, text[p.Start:p.End])
		}
		w := want[i]
		if got := string(text[p.Start:p.End]); p.Kind != w.kind || p.Page != w.page || strings.Join(p.Path,
			"/") != w.path || got != w.text {
			t.Errorf("passage %d is %v on page %d in %q: %q, want %+v", i, p.Kind, p.Page, p.Path, got, w)
		}
		if page := PageOf(text, p.Start); page != p.Page {
			t.Errorf("PageOf(%d) = %d, want %d", p.Start, page, p.Page)
		}
		i++
	}
	if i != len(want) {
		t.Errorf("%d passages, want %d", i, len(want))
	}
	at := strings.Index(string(text), "| Web")
	if number, title := SectionOf(text, at); number != "1.1" || title != "Data" {
		t.Errorf("SectionOf = %q, %q", number, title)
	}
}

// What a paper says is never taken for mark-up, by the reader that the other
// pages are read with.
func TestWordsAreNoMarkup(t *testing.T) {
	for _, words := range []string{
		"# no heading", "- no item", "3. no item", "| no | row |", "```no code", "~~~ no code", "** no heading **",
		"<!-- no comment", "the <pad> token", "<pre>no code", "a <script>alert(1)</script> b", "---", "====",
		"> no quote",
		"x --> y", "<h2>no heading</h2>", "+ 1", "* 2", "__no__",
	} {
		w := &Writer{}
		w.Paragraph("Before.")
		w.Paragraph(words)
		w.Paragraph("Behind.")
		c := page.Parse(w.Bytes())
		if len(c.Sections) != 1 || len(c.Code) != 0 {
			t.Errorf("%q became a heading or code: %q", words, w.Bytes())
		}
		var kinds int
		for _, b := range c.Blocks {
			if b.Kind != page.Paragraph {
				kinds++
			}
		}
		if kinds > 0 || len(c.Blocks) != 3 {
			t.Errorf("%q: %d blocks, %d of them no paragraph", words, len(c.Blocks), kinds)
		}
	}
}

func TestWriterIsBounded(t *testing.T) {
	w := &Writer{}
	long := strings.Repeat("word ", 100_000)
	for range 20 {
		w.Paragraph(long)
	}
	if !w.Full() || len(w.Bytes()) > MaxBytes {
		t.Errorf("%d bytes, full %v", len(w.Bytes()), w.Full())
	}
}

func FuzzParagraph(f *testing.F) {
	f.Add("# a\n<!-- b -->\x00\xff")
	f.Fuzz(func(t *testing.T, words string) {
		w := &Writer{}
		w.Paragraph(words)
		if c := page.Parse(w.Bytes()); len(c.Sections) != 1 || len(c.Code) != 0 {
			t.Errorf("%q became %q", words, w.Bytes())
		}
	})
}
