package phrases

import (
	"strings"
	"testing"
)

// TestExpressionsFit: each expression compiles, matches its examples and not the others, and is
// not wider than what it stands for: it does not match nothing.
func TestExpressionsFit(t *testing.T) {
	for name, e := range Expressions() {
		if len(e.Say) == 0 || e.Around != "" && strings.Count(e.Around, "%s") != 1 {
			t.Errorf("%s: no alternatives, or not one place for them", name)
			continue
		}
		re := ExpressionOf(name)
		for _, text := range e.Yes {
			if !re.MatchString(text) {
				t.Errorf("%s does not match %q", name, text)
			}
		}
		for _, text := range e.No {
			if re.MatchString(text) {
				t.Errorf("%s matches %q", name, text)
			}
		}
	}
}
