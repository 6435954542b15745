package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// A drawer writes the content of a page.
type drawer struct{ strings.Builder }

func (d *drawer) at(x, y, size float64, words string) {
	fmt.Fprintf(d, "BT /F1 %g Tf %g %g Td (%s) Tj ET\n", size, x, y, words)
}

func readDrawn(t *testing.T, pages ...*drawer) string {
	t.Helper()
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"}
	var kids strings.Builder
	for _, p := range pages {
		objects = append(objects, stream("", []byte(p.String())))
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
				len(objects)))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(pages))
	text, _, err := Read(t.Context(), made(objects...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var leftColumn, rightColumn = []string{
	"The left column of this page begins here and", "goes on with a sentence that is longer than",
	"the line and therefore takes up several of", "them before it comes to its end. After that",
	"another sentence follows which says little", "and is here for the length alone, since a",
	"page needs some lines to be a page at all.", "The last words of the left column stand",
}, []string{
	"at the top of the right one, as the words of", "columns do. They are read only after all of",
	"the left column was read, whatever the file", "does when it draws them. This page was drawn",
	"line by line across both of its columns, as", "some printers of web pages do it, and as no",
	"good program would. A reader must not care", "about that and must not mix up the columns.",
}

func TestColumnsDrawnLineByLine(t *testing.T) {
	for _, crossed := range []bool{false, true} {
		d := &drawer{}
		for i := range leftColumn {
			d.at(72, 700-12*float64(i), 10, leftColumn[i])
			if crossed {
				d.at(320, 700-12*float64(i), 10, rightColumn[i])
			}
		}
		for i := range rightColumn {
			if !crossed {
				d.at(320, 700-12*float64(i), 10, rightColumn[i])
			}
		}
		want := strings.Join(append(append([]string{}, leftColumn...), rightColumn...), " ")
		if got := readDrawn(t, d); !strings.Contains(got, want) {
			t.Errorf("drawn across %v:\n%s", crossed, got)
		}
	}
}

// Two pages: a running head, a number, a stamp in the margin, a footnote and a
// sentence that runs over the page break.
func TestPageFurniture(t *testing.T) {
	var pages []*drawer
	for n := 1; n <= 4; n++ {
		d := &drawer{}
		d.at(200, 760, 9, "Proceedings of the Ninth Workshop")
		for i, l := range []string{
			fmt.Sprintf("Page %d has words of its own, for no two pages of a paper begin with the same line of words.",
				n),
			"The words of this page are about nothing, and they fill the lines of it from left to right side.",
			"All of them are set in one size, so that the page looks like the page of a paper that is long.",
			"The sentence that counts was trained to run over the end of its page and onto the one which",
		} {
			d.at(72, 700-12*float64(i), 10, l)
		}
		d.at(72, 120, 5, "7")
		d.at(76, 117, 8, "This note must not stand within the sentence.")
		d.at(300, 40, 10, fmt.Sprint(n))
		d.WriteString("BT /F1 20 Tf 0 1 -1 0 30 300 Tm (stamp of a server, 1 Jan) Tj ET\n")
		pages = append(pages, d)
	}
	got := readDrawn(t, pages...)
	if !strings.Contains(got, "onto the one which Page 2 has words of its own") {
		t.Errorf("the sentence is not in one piece:\n%s", got)
	}
	if strings.Count(got, "Ninth Workshop") != 1 || strings.Contains(got, "stamp of a server") {
		t.Errorf("running heads or stamps:\n%s", got)
	}
	if strings.Count(got, "[^7]: This note must not stand within the sentence.") != 4 {
		t.Errorf("notes:\n%s", got)
	}
	for n := 1; n <= 4; n++ {
		if strings.Count(got, fmt.Sprintf("\n<!-- page %d -->\n", n)) != 1 && n > 1 || strings.Contains(got,
			fmt.Sprintf("\n%d\n", n)) {
			t.Errorf("page %d is not marked once, or its number is text:\n%s", n, got)
		}
	}
}

func TestJoinHyphens(t *testing.T) {
	s := style{words: map[string]int{"fine-tuning": 3, "pretraining": 2}}
	for _, c := range [][3]string{
		{"we use fine\x02", "tuning here", "we use fine-tuning here"}, {"the pre\x02", "training run",
			"the pretraining run"}, {"four GPU-to\x02", "GPU links", "four GPU-to-GPU links"},
		{"an ex\x02", "ample", "an example"}, {"BERT\x02", "based", "BERT-based"}, {"no hyphen", "here",
			"no hyphen here"}, {"A100\x02", "class", "A100-class"}, {"a dash -", "here", "a dash - here"},
		{"code at https://", "forge.example/a/b.", "code at https://forge.example/a/b."},
		{"(https:", "//forge.example/a", "(https://forge.example/a"},
		{"at https://forge.", "example/a/b and", "at https://forge.example/a/b and"}, {"at https://forge.example/",
			"a-b/c", "at https://forge.example/a-b/c"},
		{"at https://forge.example/a\x02", "tune.", "at https://forge.example/a-tune."},
		{"at https://forge.example/a-3b.", "Heron-3B is", "at https://forge.example/a-3b. Heron-3B is"},
		{"at https://forge.example.", "The code", "at https://forge.example. The code"}, {"at https://forge.example/",
			"for all", "at https://forge.example/ for all"},
	} {
		if got := s.join(c[0], c[1]); got != c[2] {
			t.Errorf("join(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestDepth(t *testing.T) {
	for text, want := range map[string]int{
		"1 Introduction": 2, "3.4.1 Hardware": 4, "A.2 Data": 3, "Appendix B More": 2, "2. Data": 2,
		"12 of the models are better.": 0,
		"A Model of Birds":             0, "2021 was a good year": 0, "5 epochs": 0, "Related Work": 0,
	} {
		if got := depth(text); got != want {
			t.Errorf("depth(%q) = %d, want %d", text, got, want)
		}
	}
}
