package text

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"openness/audit/page"
	"openness/audit/papers/text/markdown"
)

// sharedPapers holds real papers, which are not part of the project.
const sharedPapers = "../../../../shared/corpus/papers/"

func realPaper(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(sharedPapers + name)
	if err != nil {
		t.Skip("no real papers here: ", err)
	}
	return body
}

var wordPattern = regexp.MustCompile(`[a-z0-9]+`)

// fives counts runs of five words.
func fives(text string) map[string]int {
	words := wordPattern.FindAllString(strings.ToLower(text), -1)
	list := map[string]int{}
	for i := 0; i+5 <= len(words); i++ {
		list[strings.Join(words[i:i+5], " ")]++
	}
	return list
}

// TestRealPaper compares a report of 73 pages with the text that another tool
// made of it, with the layout kept: that has the labels of plots and running
// heads too, and orders tables otherwise.
func TestRealPaper(t *testing.T) {
	text, info, err := Extract(t.Context(), realPaper(t, "2211.05100.pdf"), KindPDF)
	if err != nil || info.Pages != 73 {
		t.Fatalf("%d pages, %v", info.Pages, err)
	}
	other := regexp.MustCompile(`(\w)-\s*\n\s*(\w)`).ReplaceAllString(string(realPaper(t, "2211.05100.txt")), "$1$2")
	ours := fives(regexp.MustCompile(`<!-- page \d+ -->|\(https?://[^)]*\)`).ReplaceAllString(string(text), ""))
	found, all := 0, 0
	for run, n := range fives(other) {
		all += n
		if ours[run] > 0 {
			found += n
		}
	}
	t.Logf("%d bytes, %d links, %.1f%% of the other tool's runs of five words", len(text), len(info.Links),
		100*float64(found)/float64(all))
	if found*100 < all*90 {
		t.Errorf("%d of %d runs of five words were found", found, all)
	}
	if strings.Contains(string(text), "[cs.CL]") || strings.ContainsAny(string(text), "\x02\ufffe") {
		t.Error("the stamp or marks of hyphens are in the text")
	}
	at := strings.Index(string(text), "each having 8 NVIDIA A100 80GB GPUs (a total of 384 GPUs)")
	if at < 0 {
		t.Fatal("the sentence on hardware is not in one piece")
	}
	if number, title := SectionOf(text, at); number != "3.4.1" || title != "Hardware" || PageOf(text, at) != 18 {
		t.Errorf("it is in %q %q on page %d", number, title, PageOf(text, at))
	}
	if !hasRow(text, []string{"Learning rate", "3.0e-4", "2.5e-4", "2e-4", "1.6e-4", "1.2e-4", "6e-5"}) {
		t.Error("the row of learning rates is not whole")
	}
	for p := range markdown.Passages(text) {
		if strings.Contains(string(text[p.Start:p.End]), "Training compute-optimal large language models. arXiv") &&
			p.Kind != markdown.Reference {
			t.Errorf("a reference is a %v in %q", p.Kind, p.Path)
		}
	}
}

// The other pages' reader takes the text as it takes a card: same headings, and
// no sentence holds the mark of a page.
func TestCardReaderTakesIt(t *testing.T) {
	for _, m := range madePapers {
		text, _, err := Extract(t.Context(), form(t, m.name, KindPDF), KindPDF)
		if err != nil {
			t.Fatal(err)
		}
		c := page.Parse(text)
		headings := 0
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "#") {
				headings++
			}
		}
		if got := len(c.Sections) - 1; got != headings || len(c.Code) > 0 {
			t.Errorf("%s: %d sections and %d blocks of code, %d headings were written", m.name, got, len(c.Code),
				headings)
		}
		whole := false
		for s := range c.Sentences() {
			quote := c.Text(s.Span)
			if strings.Contains(quote, "<!--") || strings.Contains(quote, "\n") {
				t.Errorf("%s: sentence %q", m.name, quote)
			}
			whole = whole || strings.HasSuffix(quote, m.hardware)
		}
		if !whole {
			t.Errorf("%s: no sentence is %q", m.name, m.hardware)
		}
	}
}
