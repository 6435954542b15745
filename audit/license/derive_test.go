package license_test

import (
	"strings"
	"testing"

	"openness/audit/license"
)

// Terms derived from the wording alone, without the knowledge base, are
// compared with the labels of the licences that models come with. What is
// unsaid is no claim; what is wrong is counted apart.
func TestDerivedTerms(t *testing.T) {
	plainRunOnly(t)
	rows := labelled(t)
	seen := make(map[string]bool)
	right, unsaid, all := make(map[string]int), make(map[string]int), make(map[string]int)
	read, texts := 0, 0
	for _, row := range rows {
		if row.ID() == "" || row["commercial_use"] == "-" || !strings.HasPrefix(row.ID(), "LicenseRef-") ||
			seen[row.ID()] {
			continue
		}
		seen[row.ID()] = true
		texts++
		terms, signals, ok := license.Derive(readText(t, row))
		if !ok {
			t.Logf("%s does not read like a licence", row["path"])
			continue
		}
		read++
		if terms.OSIApproved || !terms.Derived {
			t.Errorf("%s: derived terms pass for approved", row["path"])
		}
		checkSignals(t, readText(t, row), signals)
		for _, column := range termColumns[2:] {
			want, _, _ := strings.Cut(row[column], " ")
			got := cell(terms, column)
			if column == "geographic_limit" {
				want, got = present(want), present(got)
			}
			all[column]++
			switch {
			case got == want || got == "-" && want == "no" || got == "no" && want == "-":
				right[column]++
			case got == "-":
				unsaid[column]++
			default:
				t.Logf("    %-40s %-22s derived %s, label %s", row["label"], column, got, want)
			}
		}
	}
	t.Logf("%d of %d texts read like a licence", read, texts)
	total, hits, silent := 0, 0, 0
	for _, column := range termColumns[2:] {
		t.Logf("%-22s right %d, unsaid %d, wrong %d", column, right[column], unsaid[column],
			all[column]-right[column]-unsaid[column])
		total, hits, silent = total+all[column], hits+right[column], silent+unsaid[column]
	}
	t.Logf("all: right %d, unsaid %d, wrong %d of %d", hits, silent, total-hits-silent, total)
	if hits*100 < 80*total || (total-hits-silent)*100 > 8*total || read*100 < 95*texts {
		t.Errorf("too many are wrong or unsaid")
	}
}

func present(s string) string {
	if s == "-" {
		return "no"
	}
	return "yes"
}

func checkSignals(t *testing.T, text []byte, signals []license.Signal) {
	for _, s := range signals {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
			t.Fatalf("signal at %d-%d of %d", s.Start, s.End, len(text))
		}
	}
}

// Documents that are no licence yield no terms, and near-misses are not open.
func TestNothingIsDerivedFromProse(t *testing.T) {
	plainRunOnly(t)
	o := newOracle(t)
	all, found := 0, 0
	documents(t, func(path string, text []byte) {
		all++
		if _, _, ok := license.Derive(text); ok {
			found++
			best := 0.0
			for _, share := range o.shares(text) {
				best = max(best, share)
			}
			t.Logf("%s (%d bytes, at most %.0f %% of a known text)", path, len(text), 100*best)
		}
	})
	t.Logf("%d of %d documents yield terms", found, all)
	if found*1000 > all { // a card may hold a licence that nobody else has
		t.Errorf("%d of %d documents yield terms", found, all)
	}
}
