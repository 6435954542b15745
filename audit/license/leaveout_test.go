package license_test

import (
	"os"
	"slices"
	"testing"

	"openness/audit/license"
	"openness/audit/license/sources"
)

// A source left out of the index is identified from the other copies of its
// licence: the nearest thing to texts that the index has never seen.
//
// With the labelled texts alone the limit is minRight; with the SPDX texts
// (OPENNESS_SPDX_TEXTS) more licences have a second copy and the same limit holds.
func TestLeaveOneOut(t *testing.T) {
	plainRunOnly(t)
	const minRight = 0.96
	rows := labelled(t)
	ix, names, copies := measuring(t)
	right, changed, alone, all := 0, 0, 0, 0
	for _, row := range rows {
		if row.ID() == "" {
			continue
		}
		own := row["path"]
		others := slices.ContainsFunc(copies[row.ID()], func(name string) bool { return name != own })
		res := license.IdentifyWithout(ix, readText(t, row), func(ref int) bool { return names[ref] == own })
		if row["osi_approved"] != "yes" && approved(res) {
			t.Errorf("%s is not OSI-approved and passes for %s", own, verdict(res))
		}
		switch {
		case !others:
			alone++
			if res.License != "" && !res.Modified { // one text under two names
				t.Logf("%s passes for %s", own, verdict(res))
			}
			continue
		case res.License == row.ID():
			right++
			if res.Modified {
				changed++
				t.Logf("%s is taken for a changed copy: %s", own, verdict(res))
				logMaterial(t, res)
			}
		default:
			t.Logf("%s: want %s, got %s", own, row.ID(), verdict(res))
		}
		all++
	}
	t.Logf("%d of %d right (%d as changed copies); %d without another copy", right, all, changed, alone)
	if float64(right) < minRight*float64(all) {
		t.Errorf("%d of %d right", right, all)
	}
}

// measuring builds an index of all texts at hand in which each can be left
// out; names are the sources of its references, copies those of each licence.
func measuring(t testing.TB) (ix *license.Index, names []string, copies map[string][]string) {
	t.Helper()
	all, err := sources.Read(corpusDir, os.Getenv("OPENNESS_SPDX_TEXTS"))
	if err != nil {
		t.Skipf("the shared corpus is not here: %v", err)
	}
	ix, names, err = license.BuildForMeasuring(all)
	if err != nil {
		t.Fatal(err)
	}
	copies = make(map[string][]string)
	for _, s := range all {
		if !s.Notice && !slices.Contains(copies[s.ID], s.Name) {
			copies[s.ID] = append(copies[s.ID], s.Name)
		}
	}
	return ix, names, copies
}

func logMaterial(t testing.TB, res license.Result) {
	for _, d := range res.Diffs {
		if d.Material {
			t.Logf("    %s %d-%d %.120q missing %d %.80q", d.Kind, d.Start, d.End, d.Text, d.Missing, d.MissingOf)
		}
	}
}
