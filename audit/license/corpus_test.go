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

// eachText calls f with the path and bytes of each labelled text, and not at
// all where the shared corpus is missing.
func eachText(t testing.TB, f func(row, text []byte)) {
	rows, err := sources.Labels(corpusDir)
	if err != nil {
		return
	}
	for _, row := range rows {
		f([]byte(row["path"]), readText(t, row))
	}
}

func readText(t testing.TB, row sources.Row) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(corpusDir, row["path"]))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// spdxTexts is the file spdx-full.json of the npm package spdx-license-list, as
// OPENNESS_SPDX_TEXTS names it, or empty.
func spdxTexts() string {
	file := os.Getenv("OPENNESS_SPDX_TEXTS")
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	return file
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

// approved reports whether a result says that what is there is OSI-approved.
func approved(r license.Result) bool {
	terms, _ := r.Terms()
	return terms.OSIApproved
}

// Every labelled licence text is named as it is labelled and as unchanged.
func TestCorpus(t *testing.T) {
	all := 0
	for _, row := range labelled(t) {
		if row.ID() == "" {
			continue
		}
		all++
		res := license.Identify(readText(t, row))
		if res.License != row.ID() || res.Modified {
			t.Errorf("%s: want %s, got %s", row["path"], row.ID(), verdict(res))
		}
		if want := row["osi_approved"] == "yes"; approved(res) != want {
			t.Errorf("%s: OSI-approved %v, want %v", row["path"], approved(res), want)
		}
	}
	t.Logf("%d licence texts", all)
}

// What looks like a licence and is not that licence is never named as the
// original, and pointers, notices and headers are not taken for texts.
func TestNearMisses(t *testing.T) {
	near, none := 0, 0
	for _, row := range labelled(t) {
		label := row["label"]
		res := license.Identify(readText(t, row))
		switch {
		case strings.HasPrefix(label, "not-"):
			near++
			if res.License != "" && !res.Modified || approved(res) {
				t.Errorf("%s passes for the original: %s", row["path"], verdict(res))
			}
		case label == "none":
			none++
			if res.License != "" {
				t.Errorf("%s: no text is there, got %s", row["path"], verdict(res))
			}
		}
	}
	t.Logf("%d near-misses, %d without a text", near, none)
}

// plainRunOnly leaves a long measure in one goroutine out of the short run,
// which looks for races: there it takes minutes and can show none.
func plainRunOnly(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long measure in one goroutine: left out of the short run, which looks for races")
	}
}
