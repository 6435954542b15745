package license_test

import (
	"os"
	"strings"
	"testing"

	"openness/audit/license"
)

// TestWholeCopies: a text that stands word for word is told without a vote, and
// what stands beside it is found as before: a second copy, a changed one, a clause.
func TestWholeCopies(t *testing.T) {
	file, err := os.ReadFile("../../LICENSE") // the project's own, Apache-2.0
	if err != nil {
		t.Fatal(err)
	}
	text := string(file)
	words := strings.Fields(text)
	for i := 40; i < len(words); i += 90 {
		words[i] = "wombat"
	}
	changed := strings.Join(words, " ")
	for name, c := range map[string]struct {
		text     string
		matches  int
		modified bool
	}{
		"alone":            {text, 1, false},
		"twice":            {text + "\n\n" + text, 2, false},
		"a changed one":    {changed, 1, true},
		"and a changed":    {text + "\n\n" + changed, 2, true},
		"a changed before": {changed + "\n\n" + text, 2, true},
		"with a clause":    {text + "\n\nYou must not use the software for commercial purposes.\n", 1, true},
		"without its end":  {text[:len(text)*9/10], 1, false},
	} {
		res := license.Identify([]byte(c.text))
		if res.License != "Apache-2.0" || len(res.Matches) != c.matches || res.Modified != c.modified {
			t.Errorf("%s: %s, %d matches, modified %v; want %d, %v", name, res.License, len(res.Matches), res.Modified,
				c.matches, c.modified)
		}
	}
}
