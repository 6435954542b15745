package license_test

import (
	"strings"
	"testing"

	"openness/audit/license"
)

// TestPageThatLimits: what stands alone on a page, or limits at the head of each, is no
// furniture of the pages.
func TestPageThatLimits(t *testing.T) {
	half := strings.Index(mit, "The above copyright notice")
	const foot = "Not for commercial use\n"
	for name, text := range map[string]string{
		"a page of one line":           mit + "\n\f\nNon-commercial use only.\n",
		"a page of one line, no break": mit + "\n\fNon-commercial use only.",
		"a foot that limits":           mit[:half] + foot + "\f" + mit[half:] + foot,
	} {
		if r := license.Identify([]byte(text)); !r.Modified {
			t.Errorf("%s: %q %q, want a modified licence", name, r.License, r.Expression)
		}
	}
	const head = "Acme Corporation\n"
	plain := head + mit[:half] + "1\n\f" + head + mit[half:] + "2\n"
	if r := license.Identify([]byte(plain)); r.Modified || r.Expression != "MIT" {
		t.Errorf("heads and numbers of pages: %+v, want MIT", r)
	}
}
