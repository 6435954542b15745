package claims

import (
	"strings"
	"testing"
)

// TestRead: which claims are read out of a sentence, and with which polarity.
func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"Quokka-7B is open source":                         "open-source",
		"Quokka-7B is not an open-source model":            "!open-source",
		"Quokka-7B is an open-weight model":                "open-weights=open-weights",
		"the training data of Quokka-7B is public":         "open-data",
		"Quokka-7B's training data is public":              "open-data",
		"Quokka-7B has a permissive licence":               "license=open",
		"Quokka-7B is proprietary":                         "other=closed",
		"Quokka-7B was described in a peer-reviewed paper": "published=peer-reviewed",
		"Quokka-7B is nice":                                "",

		// negations, feigned ones, and what is meant in part only
		"Quokka-7B doesn't have open weights":                 "!open-weights=open-weights",
		"Quokka-7B cannot be called open source":              "!open-source",
		"Quokka-7B isn’t fully open":                          "!fully-open",
		"Quokka-7B is far from open source":                   "!open-source",
		"Quokka-7B is not only open source but free":          "open-source",
		"There is no doubt Quokka-7B is open source":          "open-source",
		"Quokka-7B's weights are not public":                  "!open-weights",
		"Quokka-7B's weights are publicly available":          "open-weights",
		"Quokka-7B's training data is no longer public":       "!open-data",
		"Quokka-7B has no open licence":                       "!license=open",
		"Quokka-7B comes with an open-source licence":         "license=open",
		"Quokka-7B's training code is open source":            "open-code=training",
		"Quokka-7B's weights aren't open source":              "!open-weights=open-source",
		"Quokka-7B is not gated":                              "!gated",
		"Quokka-7B's weights are gated":                       "gated",
		"Quokka-7B is not a gated model":                      "!gated",
		"Quokka-7B's weights can be downloaded freely":        "downloadable=free",
		"Quokka-7B's weights can't be downloaded":             "!open-weights",
		"Quokka-7B's licence is not open":                     "!license=open",
		"open source licence aside, Quokka-7B is open source": "license=open open-source",

		// compounds
		"Quokka-7B and its data is public":                                         "open-data downloadable",
		"Quokka-7B's weights, code and data are open":                              "open-weights open-code open-data",
		"Quokka-7B is open source under the MIT licence":                           "open-source license=MIT",
		"The code is under Apache 2.0, Quokka-7B's weights are under CC BY-NC 4.0": "license=Apache-2.0(open-code) license=CC-BY-NC-4.0(open-weights)",
		"Quokka-7B is neither open source nor gated":                               "!open-source !gated",
		"Quokka-7B is not gated but open source":                                   "!gated open-source",
		"Quokka-7B does not publish its code and data":                             "!open-code !open-data",
		"Quokka-7B is the only truly open model":                                   "only=fully-open fully-open",
		"Quokka-7B is not the first open-source model":                             "!first=open-source",
		"Quokka-7B is more open than Wombat-7B":                                    "more-open-than=rival/Wombat-7B",
	} {
		var got []string
		for _, c := range Read(text, namesIn(text), "").Claims {
			s := c.Predicate
			if c.Value != "" {
				s += "=" + c.Value
			}
			if c.Component != "" {
				s += "(" + c.Component + ")"
			}
			if c.Denied {
				s = "!" + s
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}

// TestWordings: every example of the book holds the wording that it is of, and
// every example to the contrary does not.
func TestWordings(t *testing.T) {
	holds := func(text string, w *wording) bool {
		for _, it := range items(tokens(text, xNames(text))) {
			if it.w != nil && it.w.Tag == w.Tag && it.w.Predicate == w.Predicate && it.w.Value == w.Value &&
				it.w.Denied == w.Denied {
				return true
			}
		}
		return false
	}
	for i := range book() {
		w := &book()[i]
		for _, text := range w.Yes {
			if !holds(text, w) {
				t.Errorf("%s: %q does not hold %s %q", w.file, text, w.Tag, w.Say[0])
			}
		}
		for _, text := range w.No {
			if holds(text, w) {
				t.Errorf("%s: %q holds %s %q", w.file, text, w.Tag, w.Say[0])
			}
		}
		if w.Yes == nil && w.file != "licences.yaml" {
			t.Errorf("%s: %s %q has no example", w.file, w.Tag, w.Say[0])
		}
	}
}

// xNames takes the letters X and Y of an example as models.
func xNames(text string) []Name {
	var names []Name
	for i := range len(text) {
		alone := (i == 0 || !letter(text[i-1])) && (i+1 == len(text) || !letter(text[i+1]))
		if (text[i] == 'X' || text[i] == 'Y') && alone {
			names = append(names, Name{Start: i, End: i + 1, ID: text[i : i+1]})
		}
	}
	return names
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// FuzzRead: no text makes the reader fall over, and every claim lies within it.
func FuzzRead(f *testing.F) {
	f.Add("Quokka-7B's weights aren't open, is it?")
	f.Add("“Wombat-7B” n'est pas «open source»'s' 开源吗")
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range Read(text, namesIn(text), "m").Claims {
			if c.Start < 0 || c.Start > c.End || c.End > len(text) {
				t.Fatalf("a claim from %d to %d in %d bytes", c.Start, c.End, len(text))
			}
		}
	})
}
