package license_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"openness/audit/license"
)

// TestLettersAndListings: letters in any writing, files of a search tool and manual
// pages leave a text what it is.
func TestLettersAndListings(t *testing.T) {
	text, err := os.ReadFile("../../LICENSE") // the project's own
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	listing, page := "", ".TH FOO 1\n.SH COPYRIGHT\n"
	for i, l := range lines {
		listing += "doc/LICENSE:" + strconv.Itoa(i+1) + ":" + l + "\n"
		page += ".IP \\(bu 2\n\\fB" + strings.ReplaceAll(l, "-", `\-`) + "\\fR\n"
	}
	plain := license.Identify(text)
	for name, in := range map[string]string{"listing": listing, "manual page": page,
		"comments of a manual page": ".\\\" " + strings.Join(lines, "\n.\\\" ") + "\n.TH FOO 1\n"} {
		if got := license.Identify([]byte(in)); got.License != plain.License || got.Modified {
			t.Errorf("%s: %q, modified %v, want %q", name, got.License, got.Modified, plain.License)
		}
	}
	if got := license.Identify([]byte(strings.Replace(listing, "worldwide, non-exclusive",
		"worldwide, non-commercial, non-exclusive", 1))); !got.Modified {
		t.Errorf("a word put into a listing of %s is not seen", got.License)
	}
}
