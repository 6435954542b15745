package license_test

import (
	"regexp"
	"strings"
	"testing"

	"openness/audit/license"
)

// cited is a section as the knowledge base cites it: 2, 3.1, 1.b.iv, II.
var cited = regexp.MustCompile(`\b(\d{1,2}|[IVX]{1,4})((?:\.(?:\d{1,2}|[a-z]{1,4}))*)\b`)

// Every section that the knowledge base cites is a section of one of the
// licence's texts: its first part opens a line or stands behind "Section", and
// of two numbers both stand together ("3.1").
func TestCitedSectionsExist(t *testing.T) {
	texts := make(map[string][]string)
	for _, row := range labelled(t) {
		if strings.HasPrefix(row.ID(), "LicenseRef-") {
			texts[row.ID()] = append(texts[row.ID()], string(readText(t, row)))
		}
	}
	found, all := 0, 0
	for id, copies := range texts {
		terms, ok := license.TermsOf(id)
		if !ok {
			t.Errorf("no terms of %s", id)
			continue
		}
		for term, source := range terms.Source {
			source = regexp.MustCompile(`\([^)]*\)`).ReplaceAllString(source, "")
			for _, m := range cited.FindAllStringSubmatch(source, -1) {
				all++
				if sectionIn(copies, m[1], m[2]) {
					found++
				} else {
					t.Errorf("%s: %s is said to be in %q, which has no section %s", id, term, source, m[0])
				}
			}
		}
	}
	t.Logf("%d of %d cited sections are there", found, all)
}

var chinese = map[string]string{"1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八",
	"9": "九", "10": "十", "I": "一", "II": "二", "III": "三", "IV": "四", "V": "五"}

// sectionIn reports whether a text has the section top.rest. Copies lose the
// numbers of nested lists, so the inner ones are asked for only where a text
// writes them out; the outer one opens a line or is referred to.
func sectionIn(copies []string, top, rest string) bool {
	outer := `(?im)(^|\\n)[\s#*>\-]*(<[^>]*>)*\s*(section |article |paragraph |§ ?)?\(?` + top +
		`\s*[.)):、\s\\*]|(section|paragraph)s? ` + top + `\b`
	if han, ok := chinese[top]; ok {
		outer += `|第?` + han + `[、条章.]`
	}
	there, nested := regexp.MustCompile(outer), regexp.MustCompile(`(?m)^[\s#*]*`+top+`\.\d`)
	sub := strings.Split(strings.TrimPrefix(rest, "."), ".")[0]
	exact := regexp.MustCompile(`\b` + top + `\.` + regexp.QuoteMeta(sub) + `\b`)
	for _, text := range copies {
		if !there.MatchString(text) {
			continue
		}
		if sub == "" || sub[0] > '9' || !nested.MatchString(text) || exact.MatchString(text) {
			return true
		}
	}
	return false
}
