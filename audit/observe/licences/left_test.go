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

// restrictionWord is a plain look for words that limits are made of, in no way
// connected with how the observer reads them.
var restrictionWord = regexp.MustCompile(`(?i)non[- ]?commercial|\bcommercial|research[- ](?:purposes? |use )?only` +
	`|only for (?:\w+ )?research|\b(?:academic|personal|educational) (?:use|purposes?)|not (?:be )?(?:allowed` +
	`|permitted|licensed)|prohibit|forbid|may not\b|must not\b|licen[cs]e fee|monthly active|annual revenue` +
	`|european union|by[- ]nc\b|reserved|商用|商业|仅供|仅限|严禁|不得|商業|研究目的|研究用途|禁止|상업|연구 목적|금지|commerciale|recherche` +
	`|kommerziell|forschungs|comercial|investigaci|non.?profit`)

// TestLimitsLeft writes to the file that OPENNESS_LIMITS_LEFT names every line of a
// model's own pages that has such a word while its weights count as open, or as
// allowed for commerce: a list for people to read.
func TestLimitsLeft(t *testing.T) {
	file := os.Getenv("OPENNESS_LIMITS_LEFT")
	if file == "" {
		t.Skip("OPENNESS_LIMITS_LEFT names no file: there is nothing to write to")
	}
	if _, err := os.Stat(sharedCorpus); err != nil {
		t.Skip("no shared corpus beside the checkout")
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	models := 0
	for _, each := range []func(testing.TB, func(audit.Subject, []audit.Document)){eachCard, eachRepository} {
		each(t, func(s audit.Subject, docs []audit.Document) {
			in := newInput(s, docs)
			in.Look()
			found := Read(in)
			found = append(found, Terms(found)...)
			openness, commercial := values(found, "license.weights.openness"),
				values(found, "license.weights.commercial_use")
			if openness != "open" && commercial != "yes" {
				return
			}
			var lines []string
			for _, d := range docs {
				ours := d.Role == audit.RoleEnd || d.Role == audit.RoleCode
				if !ours || d.Kind != audit.DocModelCard && d.Kind != audit.DocReadme && d.Kind != audit.DocLicense {
					continue
				}
				if d.Kind == audit.DocLicense && understood(identifyText(d.Body).id) {
					continue // a known text says what it says
				}
				for line := range strings.Lines(string(d.Body)) {
					if restrictionWord.MatchString(line) {
						lines = append(lines, d.Path+": "+strings.TrimSpace(line))
					}
				}
			}
			if len(lines) > 0 {
				models++
				fmt.Fprintf(w, "## %s %s %s\n", s.ID, openness, commercial)
				for _, l := range lines {
					fmt.Fprintf(w, "%.400s\n", l)
				}
			}
		})
	}
	t.Logf("%d models have such lines", models)
}
