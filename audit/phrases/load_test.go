package phrases

import "testing"

// TestBuiltinBook: the built-in book has no fault, and every example of every
// phrase is matched or not as it says.
func TestBuiltinBook(t *testing.T) {
	list, faults := Lint(Builtin())
	for _, f := range faults {
		t.Error(f)
	}
	t.Logf("%d phrases", len(list))
}
