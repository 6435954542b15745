package gold

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"openness/audit"
)

// drawnTable holds where each passage of the set stands.
const drawnTable = "testdata/passages.tsv"

// A place is one row of the table: a passage without its text.
type place struct {
	n                  int
	file, hash         string
	span               audit.Span
	model, half, theme string
	chinese            bool
}

// readPlaces reads the stored set.
func readPlaces(t testing.TB) []place {
	t.Helper()
	body, err := os.ReadFile(drawnTable)
	if err != nil {
		t.Fatal(err)
	}
	var all []place
	for i, line := range strings.Split(strings.TrimSuffix(string(body), "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 9 {
			t.Fatalf("%s:%d: %d fields", drawnTable, i+2, len(f))
		}
		var number [3]int
		for k, s := range []string{f[0], f[3], f[4]} {
			if number[k], err = strconv.Atoi(s); err != nil {
				t.Fatalf("%s:%d: %v", drawnTable, i+2, err)
			}
		}
		all = append(all, place{
			n: number[0], file: f[1], hash: f[2], span: audit.Span{Start: number[1], End: number[2]},
			model: f[5], chinese: f[6] == "zh", half: f[7], theme: f[8],
		})
	}
	return all
}

// TestSetIsWhatItClaims counts what the set promises of itself.
func TestSetIsWhatItClaims(t *testing.T) {
	perHalf, perTheme := make(map[string]int), make(map[string]int)
	ofModel, at := make(map[string]int), make(map[string]int)
	zh, datasets := 0, 0
	for i, p := range readPlaces(t) {
		if p.n != i+1 {
			t.Errorf("row %d bears number %d", i+1, p.n)
		}
		perHalf[p.half]++
		perTheme[p.theme]++
		ofModel[p.model]++
		at[p.hash+":"+strconv.Itoa(p.span.Start)]++
		if p.chinese {
			zh++
			perHalf[p.half+" zh"]++
		}
		if strings.HasPrefix(p.model, "dataset:") {
			datasets++
			ofModel[p.model] = 0 // a dataset is no model
		}
	}
	models := 0
	for m, n := range ofModel {
		if n > 0 {
			models++
		}
		if n > perModel {
			t.Errorf("%d passages of %s", n, m)
		}
	}
	for at, n := range at {
		if n > 1 {
			t.Errorf("%s was drawn %d times", at, n)
		}
	}
	for half, want := range map[string]int{"random": 420, "candidate": 420, "random zh": 130, "candidate zh": 130} {
		if perHalf[half] < want {
			t.Errorf("%s: %d, want at least %d", half, perHalf[half], want)
		}
	}
	for _, th := range themes {
		if perTheme[th.name] < 20 {
			t.Errorf("%d candidates for %s", perTheme[th.name], th.name)
		}
	}
	if models < 160 || datasets > fromDatasets {
		t.Errorf("%d models and repositories, %d passages of datasets", models, datasets)
	}
	t.Logf("%d models and repositories, %d Chinese, %d of datasets, %v, %v", models, zh, datasets, perHalf, perTheme)
}

// TestPlacesHold checks that each passage still stands where the set says,
// and that no list names its model.
func TestPlacesHold(t *testing.T) {
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no shared corpus: ", err)
	}
	known := readListed(t)
	for _, p := range readPlaces(t) {
		if known.has(p.model) {
			t.Errorf("%d: %s is listed", p.n, p.model)
		}
		body, err := os.ReadFile(filepath.Join(corpus, filepath.FromSlash(p.file)))
		if err != nil {
			t.Errorf("%d: %v", p.n, err)
			continue
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != p.hash {
			t.Errorf("%d: %s is another version", p.n, p.file)
			continue
		}
		if p.span.End > len(body) || p.span.End-p.span.Start <= minPassage {
			t.Errorf("%d: %s has no passage at %v", p.n, p.file, p.span)
		}
	}
}
