package license_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"openness/audit/license"
	"openness/audit/license/sources"
)

// corpusDir is the labelled part of the shared corpus.
const corpusDir = "../../../shared/corpus/licenses"

func labelled(t testing.TB) []sources.Row {
	t.Helper()
	rows, err := sources.Labels(corpusDir)
	if err != nil {
		t.Skipf("the shared corpus is not here: %v", err)
	}
	return rows
}

func readText(t testing.TB, row sources.Row) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(corpusDir, row["path"]))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// verdict is a result in one line, for the messages of tests.
func verdict(r license.Result) string {
	id := r.License
	if id == "" {
		id = "-"
	}
	s := fmt.Sprintf("%s cov=%.2f", id, r.Coverage)
	for _, m := range r.Matches {
		s += fmt.Sprintf(" [%s %.0f%%]", strings.TrimPrefix(m.License, "LicenseRef-"), m.Percent)
	}
	if r.Modified {
		s += " MODIFIED"
	}
	return s
}

func TestCorpus(t *testing.T) {
	right, wrong := 0, 0
	for _, row := range labelled(t) {
		text := readText(t, row)
		res := license.Identify(text)
		switch {
		case row.ID() == "":
			t.Logf("%-50s %s", row["path"], verdict(res))
		case res.License != row.ID() || res.Modified:
			wrong++
			t.Logf("WRONG %-50s want %s got %s", row["path"], row.ID(), verdict(res))
		default:
			right++
		}
	}
	t.Logf("right %d wrong %d", right, wrong)
}

func TestLeaveOneOut(t *testing.T) {
	rows := labelled(t)
	spdx := os.Getenv("SPDX_FULL")
	all, err := sources.Read(corpusDir, spdx)
	if err != nil {
		t.Skip(err)
	}
	ix, names, err := license.BuildForMeasuring(all)
	if err != nil {
		t.Fatal(err)
	}
	copies := map[string]int{}
	for _, s := range all {
		copies[s.ID]++
	}
	right, wrong, alone := 0, 0, 0
	for _, row := range rows {
		if row.ID() == "" {
			continue
		}
		own := row["path"]
		others := 0
		for _, s := range all {
			if s.ID == row.ID() && s.Name != own {
				others++
			}
		}
		text := readText(t, row)
		res := license.IdentifyWithout(ix, text, func(ref int) bool { return names[ref] == own })
		switch {
		case others == 0:
			alone++
			t.Logf("ALONE %-50s %s", own, verdict(res))
		case res.License != row.ID():
			wrong++
			t.Logf("WRONG %-50s want %s got %s", own, row.ID(), verdict(res))
		default:
			right++
			if res.Modified {
				t.Logf("MODIF %-50s %s", own, verdict(res))
				for _, d := range res.Diffs {
					if d.Material {
						t.Logf("     %s %d-%d %.150q missing %d %.80q", d.Kind, d.Start, d.End, d.Text, d.Missing, d.MissingOf)
					}
				}
			}
		}
	}
	t.Logf("right %d wrong %d alone %d", right, wrong, alone)
}
