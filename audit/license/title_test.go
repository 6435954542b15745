package license_test

import (
	"os"
	"strings"
	"testing"

	"openness/audit/license"
)

// TestTitleOfAnother: a text that is all of an approved licence, below the title of
// one that is not approved, is that one with a clause left out, and not approved.
func TestTitleOfAnother(t *testing.T) {
	const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`
	apache, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for text, approved := range map[string]bool{
		"JSON License\n\nCopyright (c) 2026 Acme\n\n" + mit:                                false,
		strings.Join(strings.Fields("The JSON License Copyright (c) 2026 Acme "+mit), " "): false,
		"# JSON License\n\n" + mit:                                                         false,
		"MIT License\n\nCopyright (c) 2026 Acme\n\n" + mit:                                 true,
		"Copyright (c) 2026 Acme\n\n" + mit:                                                true,
		"CC-BY-NC-4.0 License\n\n" + string(apache):                                        false,
		string(apache): true,
	} {
		terms, _ := license.Identify([]byte(text)).Terms()
		if terms.OSIApproved != approved {
			t.Errorf("%.80q: approved %v, want %v", text, terms.OSIApproved, approved)
		}
	}
}
