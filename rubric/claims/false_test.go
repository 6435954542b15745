package claims

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"openness/rubric"
)

// TestNothingFalseIsSupported: sentences that were once supported, and are not
// borne out. A supported claim ends in print, so this list only grows.
func TestNothingFalseIsSupported(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"It is not true that Quokka-7B is open source":                              rubric.Refuted,
		"Critics doubt that Quokka-7B is open source":                               rubric.NotCheckable,
		"Will Quokka-7B become open source?":                                        rubric.NotCheckable,
		"Will Quokka-7B become open source":                                         rubric.NotCheckable,
		"If Quokka-7B were open source, more people would use it":                   rubric.NotCheckable,
		"Quokka-7B is open source under the MIT licence":                            rubric.Partly,
		"Quokka-7B is the only truly open model":                                    rubric.NotCheckable,
		"Quokka-7B is open source and all its data is public and free of copyright": rubric.Partly,
		"all the data of Quokka-7B is public and free of copyright":                 rubric.Partly,
		"Numbat-3B and its training data are public":                                rubric.Partly,
		"Numbat-3B is open-weight and its data is public":                           rubric.Partly,
		"Dingo-2B is not gated":                                                     rubric.Unverifiable,
		"Dingo-2B is gated":                                                         rubric.Unverifiable,
		"Numbat-3B is open source":                                                  rubric.Refuted,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

// TestNothingUnsaidIsSupported: sentences with a word too many for what is stored:
// a scope, a date, a denial in unusual words, another model, all models of a maker.
func TestNothingUnsaidIsSupported(t *testing.T) {
	text, err := os.ReadFile("testdata/unsupported.txt")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		tried++
		if c := checker.Check(line, namesIn(line), ""); c.Verdict == rubric.Supported {
			t.Errorf("%q is supported: %s", line, explain(c))
		}
	}
	if tried < 80 {
		t.Errorf("%d sentences were tried, want at least 80", tried)
	}
}

// optionalDenial matches a denial that a way to say something may hold or not.
var optionalDenial = regexp.MustCompile(
	`\((?:[^()]*\|)?(?:not|never|nicht|nie|no|nunca|pas|jamais|没有|不)(?:\|[^()]*)?\)\?\?`,
)

// TestNoWordingHidesADenial: no way to say something means the same with a
// denial in it as without.
func TestNoWordingHidesADenial(t *testing.T) {
	for _, w := range book() {
		if w.Denied || !slices.Contains([]string{tagClaim, tagTopic, tagState, tagPart}, w.Tag) {
			continue
		}
		for _, say := range w.Say {
			if optionalDenial.MatchString(say) {
				t.Errorf("%s: %s %q reads the same with a denial and without", w.file, w.Tag, say)
			}
		}
	}
}
