package licences

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"openness/audit"
)

// speaksOfTrade is a search by words, wider than any rule: a line that speaks of
// commerce, research or a prohibition beside use, in the languages of the corpus.
var speaksOfTrade = regexp.MustCompile(`(?i)\b(?:non-?|not (?:for |be )?|no )commercial|commercial(?:ly)? (?:use` +
	`|usage|purpos|licen|applic|exploit|product|service)|for commercial|(?:research|academic|educational|personal` +
	`|evaluation)(?: use| purposes?)?[ -]only|only for (?:research|academic|personal|education)|prohibit|forbidden` +
	`|not permitted|not allowed|may not (?:be )?use|must not|restricted (?:to|from)|商用|商业|非商业|仅(?:供|限)|禁止|상업|연구 ?목적` +
	`|商用利用|研究目的|usage commercial|kommerziell|uso comercial`)

// mostOpenBeside bounds how many open models have such a line. All of them were
// read in groups; docs/licenses.md tells what they say.
const mostOpenBeside = 320

// TestOpenBesideTrade lists every captured model that is called open, or whose
// commercial use is called allowed, although its page has a line that speaks of
// commerce, research or a prohibition. The file that OPENNESS_LIST names gets the
// lines, one a row: model, verdict, line.
func TestOpenBesideTrade(t *testing.T) {
	plainRunOnly(t)
	if _, err := os.Stat(sharedCorpus); err != nil {
		t.Skip("no shared corpus beside the checkout")
	}
	var rows *bufio.Writer
	if file := os.Getenv("OPENNESS_LIST"); file != "" {
		f, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := rows.Flush(); err != nil {
				t.Error(err)
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		}()
		rows = bufio.NewWriter(f)
	}
	subjects, beside := 0, 0
	look := func(s audit.Subject, docs []audit.Document) {
		subjects++
		served := make(map[string]string)
		for _, d := range docs {
			if d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd || d.Kind == audit.DocReadme {
				served[d.URL] = string(d.Body)
			}
		}
		in := newInput(s, docs)
		in.Look()
		found := Read(in)
		if !calledOpen(append(found, Terms(found)...)) {
			return
		}
		has := false
		for _, body := range served {
			for line := range strings.Lines(body) {
				if line = strings.TrimSpace(line); len(line) > 1500 || !speaksOfTrade.MatchString(line) {
					continue
				}
				has = true
				if rows != nil {
					fmt.Fprintf(rows, "%s\t%s\n", s.ID, strings.Join(strings.Fields(line), " "))
				}
			}
		}
		if has {
			beside++
		}
	}
	eachCard(t, look)
	eachRepository(t, look)
	t.Logf("%d of %d subjects are called open and have a line that speaks of commerce, research or a prohibition",
		beside, subjects)
	if beside == 0 || beside > mostOpenBeside {
		t.Errorf("%d open models beside such a line, expected some and at most %d: read the new ones", beside,
			mostOpenBeside)
	}
}

// calledOpen reports whether the weights are called open or their commercial use allowed.
func calledOpen(found []audit.Observation) bool {
	for _, o := range found {
		if o.Finding == audit.Present && (o.Fact == "license.weights.openness" && o.Value == Open ||
			o.Fact == "license.weights.commercial_use" && o.Value == "yes") {
			return true
		}
	}
	return false
}
