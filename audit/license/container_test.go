package license_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"openness/audit/license"
	"openness/audit/license/sources"
)

// TestOddContainers names the SPDX texts in three containers each, or with OPENNESS_SLOW in all
// of them, and no other licence than the text itself gives.
func TestOddContainers(t *testing.T) {
	plainRunOnly(t)
	texts := spdxByID(t)
	r := rand.New(rand.NewPCG(20261127, 12))
	all, named, same := 0, 0, 0
	byName := make(map[string][2]int)
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		plain := license.Identify([]byte(texts[id]))
		if plain.License == "" || len(texts[id]) < 300 {
			continue
		}
		tried := []container{oddContainers[r.IntN(len(oddContainers))], oddContainers[r.IntN(len(oddContainers))],
			oddContainers[r.IntN(len(oddContainers))]}
		if os.Getenv("OPENNESS_SLOW") != "" {
			tried = oddContainers
		}
		for _, c := range tried {
			got := license.Identify([]byte(c.make(r, texts[id])))
			n := byName[c.name]
			all++
			n[0]++
			if got.License == plain.License {
				named++
				n[1]++
				if got.Modified == plain.Modified {
					same++
				} else {
					t.Logf("%s in %s: modified %v, the text itself %v: %q", id, c.name, got.Modified, plain.Modified,
						materialOf(got))
				}
			} else {
				t.Logf("%s in %s: %q", id, c.name, got.License)
			}
			byName[c.name] = n
		}
	}
	for _, c := range oddContainers {
		t.Logf("%s: %d of %d", c.name, byName[c.name][1], byName[c.name][0])
	}
	t.Logf("named %d of %d (%.2f %%), of these unchanged as the text itself %d", named, all,
		100*float64(named)/float64(all), same)
	if named*100 < all*98 {
		t.Errorf("named %d of %d, fewer than 98 %%", named, all)
	}
}

// materialOf is the first difference of a result that counts.
func materialOf(r license.Result) string {
	for _, d := range r.Diffs {
		if d.Material {
			return d.Kind + " " + d.Text
		}
	}
	return ""
}

// How many restricted texts are made: all of them with OPENNESS_SLOW, else a slice.
const (
	allRestricted  = 20_000
	someRestricted = 500
)

// TestRestrictedStaysRestricted mutates restricted texts, and puts open ones into them and
// them into open ones: none of it is ever approved. Without the SPDX texts it makes them of
// the labelled corpus alone.
func TestRestrictedStaysRestricted(t *testing.T) {
	plainRunOnly(t)
	r := rand.New(rand.NewPCG(20261127, 13))
	var restricted, open []string
	sells := make(map[string]bool) // restricted texts that allow commercial use all the same, or leave it unsaid
	for _, row := range labelled(t) {
		text := string(readText(t, row))
		if terms, ok := license.TermsOf(row.ID()); ok && len(text) > 600 {
			if terms.OSIApproved {
				open = append(open, text)
			} else if !license.Open(row.ID()) {
				restricted = append(restricted, text)
				sells[text] = terms.CommercialUse == license.Allowed || terms.CommercialUse == license.Unsaid
			}
		}
	}
	var listed map[string]string
	if spdxTexts() != "" {
		listed = spdxByID(t)
	}
	for id, text := range listed {
		terms, ok := license.TermsOf(id)
		limited := terms.CommercialUse == license.Forbidden || terms.CommercialUse == license.Conditional ||
			terms.Modification == license.Forbidden || terms.UseRestrictions != nil && *terms.UseRestrictions
		if ok && len(text) > 600 && !license.Open(id) && limited {
			restricted = append(restricted, text)
			sells[text] = terms.CommercialUse == license.Allowed
		}
	}
	slices.Sort(restricted)
	slices.Sort(open)
	approved, total := 0, 0
	count := someRestricted
	if os.Getenv("OPENNESS_SLOW") != "" {
		count = allRestricted
	}
	for total < count {
		text := restricted[r.IntN(len(restricted))]
		mayAllow := sells[text]
		how := r.IntN(6)
		switch how {
		case 0:
			text = dropWords(r, text)
		case 1:
			text = oddContainers[r.IntN(len(oddContainers))].make(r, text)
		case 2:
			text = embed(r, text, open[r.IntN(len(open))])
		case 3:
			text = embed(r, dropWords(r, text), open[r.IntN(len(open))])
		case 4:
			text = embed(r, open[r.IntN(len(open))], text)
		case 5:
			text = shuffle(r, text)
		}
		total++
		res := license.Identify([]byte(text))
		terms, ok := res.Terms()
		if ok && terms.OSIApproved {
			approved++
			if approved < 20 {
				t.Errorf("approved as %s (%d): %.200q", res.License, how, text)
			}
		}
		if ok && terms.CommercialUse == license.Allowed && !mayAllow {
			approved++
			if approved < 20 {
				t.Errorf("commercial use is allowed by %s (%d): %.200q", res.License, how, text)
			}
		}
	}
	t.Logf("%d of %d restricted texts are approved (%d restricted, %d open texts)", approved, total, len(restricted),
		len(open))
}

// dropWords leaves out some runs of words.
func dropWords(r *rand.Rand, text string) string {
	words := strings.Fields(text)
	for range 1 + r.IntN(4) {
		if len(words) < 60 {
			break
		}
		at, n := r.IntN(len(words)-20), 1+r.IntN(20)
		words = append(append([]string{}, words[:at]...), words[at+n:]...)
	}
	return strings.Join(words, " ")
}

// shuffle puts the paragraphs in another order.
func shuffle(r *rand.Rand, text string) string {
	parts := paragraphs.Split(text, -1)
	r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, "\n\n")
}

// embed puts one text into another, between two of its paragraphs or lines.
func embed(r *rand.Rand, outer, inner string) string {
	parts := strings.Split(outer, "\n")
	at := r.IntN(len(parts) + 1)
	head := pick(r, "", "Third-party notices\n", "This product includes software under these terms:\n", "Exhibit A\n")
	return strings.Join(parts[:at], "\n") + "\n\n" + head + "\n" + inner + "\n\n" + strings.Join(parts[at:], "\n")
}

// spdxByID reads the texts of the SPDX list.
func spdxByID(t testing.TB) map[string]string {
	file := spdxTexts()
	if file == "" {
		t.Skip("OPENNESS_SPDX_TEXTS does not name spdx-full.json")
	}
	all, err := sources.SPDX(file)
	if err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]string)
	for _, s := range all {
		if !s.Notice {
			texts[s.ID] = string(s.Text)
		}
	}
	return texts
}
