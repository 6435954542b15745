package license_test

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"openness/audit/license"
	"openness/audit/license/sources"
)

// A specimen is a licence text that is identified as it should be.
type specimen struct{ name, id, text string }

// specimens are the labelled texts, and those of the SPDX list where
// OPENNESS_SPDX_TEXTS names them. Texts that two ids of SPDX share are left out.
func specimens(t testing.TB) []specimen {
	t.Helper()
	var all []specimen
	for _, row := range labelled(t) {
		if row.ID() != "" {
			all = append(all, specimen{row["path"], row.ID(), string(readText(t, row))})
		}
	}
	if file := spdxTexts(); file != "" {
		texts, err := sources.Texts(file)
		if err != nil {
			t.Fatal(err)
		}
		for id, text := range texts {
			if res := license.Identify([]byte(text)); res.License == id && !res.Modified {
				all = append(all, specimen{"spdx:" + id, id, text})
			}
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].name < all[j].name })
	if testing.Short() {
		all = slices.DeleteFunc(all, func(s specimen) bool { return len(s.text)%5 != 0 })
	}
	return all
}

// A tally counts the outcomes of one mutation.
type tally struct {
	right, all int
	missed     []string
}

func (c *tally) add(ok bool, note string) {
	c.all++
	if ok {
		c.right++
		return
	}
	c.missed = append(c.missed, note)
}

func (c *tally) report(t *testing.T, name string, need float64) {
	t.Logf("%-32s %d of %d", name, c.right, c.all)
	for i, note := range c.missed {
		if i == 12 {
			t.Logf("    and %d more", len(c.missed)-i)
			break
		}
		t.Logf("    %s", note)
	}
	// Two misses of a small sample (-short) tell nothing, unless none is allowed.
	if missed := c.all - c.right; float64(c.right) < need*float64(c.all) && (missed > 2 || need == 1) {
		t.Errorf("%s: %d of %d are right, %.1f %% are needed", name, c.right, c.all, 100*need)
	}
}

// A copy in another layout or among other text is the same licence, unchanged.
func TestCopiesAreRecognised(t *testing.T) {
	plainRunOnly(t)
	all := specimens(t)
	for _, group := range [][]mutation{layouts, surroundings} {
		for _, m := range group {
			var c tally
			for _, s := range all {
				if m.name == "another holder" && strings.HasPrefix(s.id, "LicenseRef-") {
					continue // the licensor of such a text is part of it
				}
				if m.name == "another holder" && len(copyrightLine.FindAllString(s.text, -1)) > severalHolders {
					continue // a collection of others' texts: its holders tell its parts apart
				}
				res := license.Identify([]byte(m.do(s.text)))
				c.add(res.License == s.id && !res.Modified, s.name+": "+verdict(res)+firstMaterial(res))
			}
			c.report(t, m.name, 0.98)
		}
	}
}

// severalHolders is how many lines of holders a text may have before it is a collection.
const severalHolders = 5

// firstMaterial shows why a text counts as modified.
func firstMaterial(res license.Result) string {
	for _, d := range res.Diffs {
		if d.Material {
			return fmt.Sprintf(" (%s %d-%d %.60q, %d missing %.40q)", d.Kind, d.Start, d.End, d.Text, d.Missing,
				d.MissingOf)
		}
	}
	return ""
}

// A text that was changed in what it allows is reported as modified, shows the
// change at its place, and is never approved.
func TestChangesAreSeen(t *testing.T) {
	plainRunOnly(t)
	all := specimens(t)
	for _, m := range tamperings {
		var seen, shown tally
		for _, s := range all {
			changed, start, end := m.do(s.text)
			if changed == "" || changed == s.text {
				continue
			}
			res := license.Identify([]byte(changed))
			if res.License != s.id && entirely(res) {
				t.Logf("%s: %s is %s now", m.name, s.name, verdict(res))
				continue
			}
			if approved(res) {
				t.Errorf("%s: %s passes for approved: %s", m.name, s.name, verdict(res))
			}
			if res.License == "" {
				continue // so far from it that no licence is named
			}
			around := changed[max(0, start-30):min(len(changed), end+30)]
			seen.add(res.Modified, fmt.Sprintf("%s: %s at %d %q", s.name, verdict(res), start, around))
			if res.Modified {
				shown.add(showsChange(res, start, end), fmt.Sprintf("%s: %s not shown at %d-%d %q%s", s.name,
					verdict(res), start, end, around, firstMaterial(res)))
			}
		}
		seen.report(t, m.name, 1)
		shown.report(t, m.name+", shown at its place", 0.97)
	}
}

// entirely reports whether a result names licences whose whole texts are there:
// a clause less makes BSD-2-Clause of BSD-3-Clause, half a text may be another.
func entirely(res license.Result) bool {
	for _, m := range res.Matches {
		if m.Modified || m.Percent < 90 {
			return false
		}
	}
	return !res.Modified && res.License != ""
}

// showsChange reports whether a difference touches the changed span.
func showsChange(res license.Result, start, end int) bool {
	for _, d := range res.Diffs {
		if d.Material && d.Start <= end+40 && start-40 <= d.End {
			return true
		}
	}
	return false
}

// Half a text is named as the licence, as an excerpt, or not at all, never as
// another licence that is complete, and never approved where the whole is not.
func TestHalves(t *testing.T) {
	plainRunOnly(t)
	whole := make(map[string]bool)
	all := specimens(t)
	for _, s := range all {
		terms, _ := license.TermsOf(s.id)
		whole[s.id] = terms.OSIApproved
	}
	for _, half := range []mutation{
		{"first half", func(s string) string { return s[:cutAt(s, len(s)/2)] }},
		{"last half", func(s string) string { return s[cutAt(s, len(s)/2):] }},
		{"without the last tenth", func(s string) string { return s[:cutAt(s, len(s)*9/10)] }},
	} {
		var c tally
		named := 0
		for _, s := range all {
			res := license.Identify([]byte(half.do(s.text)))
			if res.License == s.id {
				named++
			}
			ok := res.License == s.id && approved(res) == (whole[s.id] && !res.Modified) || res.License == "" ||
				res.Modified || entirely(res)
			c.add(ok, s.name+": "+verdict(res))
		}
		t.Logf("%s: %d of %d named", half.name, named, len(all))
		c.report(t, half.name, 0.99)
	}
}

// cutAt is the start of the line behind an offset.
func cutAt(s string, at int) int {
	if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return at
}

// Several licences in one file are all named, in their order.
func TestSeveralInOne(t *testing.T) {
	plainRunOnly(t)
	all := specimens(t)
	first := make(map[string]specimen)
	for _, s := range all {
		if _, ok := first[s.id]; !ok {
			first[s.id] = s
		}
	}
	for _, id := range []string{"MIT", "Apache-2.0", "BSD-3-Clause", "CC-BY-NC-4.0", "LicenseRef-llama-3.1-community"} {
		other, ok := first[id]
		if !ok {
			continue
		}
		var c tally
		for _, s := range first {
			res := license.Identify([]byte(s.text + "\n\n" + strings.Repeat("-", 60) + "\n\n" + other.text))
			has := make(map[string]bool)
			for _, m := range res.Matches {
				has[m.License] = true
			}
			approvedBoth := true
			for _, id := range []string{s.id, id} {
				terms, _ := license.TermsOf(id)
				approvedBoth = approvedBoth && terms.OSIApproved
			}
			if approved(res) && !approvedBoth {
				t.Errorf("%s and %s pass for approved: %s", s.name, id, verdict(res))
			}
			c.add(has[s.id] && has[id] && !res.Modified, s.name+": "+verdict(res)+firstMaterial(res))
		}
		c.report(t, "followed by "+id, 0.98)
	}
}
