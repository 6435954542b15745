package reports

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/name, or rewrites it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test ./reports -update and look at the change\ngot:\n%s", path, got)
	}
}

func TestRankingGolden(t *testing.T) {
	for f, name := range map[Format]string{JSON: "ranking.json", YAML: "ranking.yaml", CSV: "ranking.csv", Markdown: "ranking.md", HTML: "ranking.html"} {
		t.Run(string(f), func(t *testing.T) {
			var b bytes.Buffer
			if err := WriteRanking(&b, testReport(), f, Options{}); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.Bytes())
		})
	}
	for width, name := range map[int]string{80: "ranking-80.txt", 200: "ranking-200.txt"} {
		var b bytes.Buffer
		if err := WriteRanking(&b, testReport(), Table, Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}

// TestTableWidth draws at every width and measures columns, not bytes.
func TestTableWidth(t *testing.T) {
	for width := 70; width <= 240; width++ {
		var b bytes.Buffer
		if err := WriteRanking(&b, testReport(), Table, Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if n := text.StringWidth(line); n > width {
				t.Fatalf("a line of %d columns at width %d:\n%s", n, width, line)
			}
		}
	}
}

// TestTableHeads: the wider a terminal, the more a column says: a letter, a name
// in several lines, a name.
func TestTableHeads(t *testing.T) {
	for width, want := range map[int]string{100: "  a  b  c  d", 165: "Data,  Data,  Weights,  Weights,", 220: "Data, base  Data, end  Weights, base"} {
		var b bytes.Buffer
		if err := WriteRanking(&b, testReport(), Table, Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		if keyed := strings.Contains(b.String(), "a Data, base"); !strings.Contains(b.String(), want) || keyed != (width == 100) {
			t.Errorf("at width %d no %q, or a key too many: %v\n%s", width, want, keyed, b.String())
		}
	}
}

// TestTableColour: escapes appear where asked and nowhere else, and never from names.
func TestTableColour(t *testing.T) {
	var plain, colored bytes.Buffer
	if err := WriteRanking(&plain, testReport(), Table, Options{Width: 100}); err != nil {
		t.Fatal(err)
	}
	if err := WriteRanking(&colored, testReport(), Table, Options{Width: 100, Color: true}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(plain.String(), "\x1b") {
		t.Error("escape codes without colour")
	}
	if got := text.StripEscape(colored.String()); got != plain.String() {
		t.Errorf("colour changes more than colour:\n%s\n%s", got, plain.String())
	}
}

// TestNamesApart: a model that is listed twice shows as two, and names that
// differ already stay as they are.
func TestNamesApart(t *testing.T) {
	r := testReport()
	again := testModel("acme/base-7b", "Base 7B", "cccccccccccc")
	again.Subject.Label = "second list"
	other := testModel("other/base-7b", "Base 7B", "cccccccccccc")
	other.Subject.Label = "elsewhere"
	r.Models = append(r.Models, again, other)
	names := map[string]int{}
	for _, row := range r.Rows() {
		names[row.Name]++
	}
	if names["Base 7B (second list)"] != 1 || names["Base 7B"] != 2 {
		t.Errorf("names %v", names)
	}
}

// TestComparisonWidth: a wide terminal shows reasons, and no terminal lines
// that are wider than it is.
func TestComparisonWidth(t *testing.T) {
	r := testReport()
	r.Models = r.Models[2:]
	for width := 80; width <= 240; width += 40 {
		var b bytes.Buffer
		if err := WriteComparison(&b, r, Table, Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if n := text.StringWidth(line); n > width {
				t.Fatalf("a line of %d columns at width %d:\n%s", n, width, line)
			}
		}
		if got, want := strings.Contains(b.String(), "✓ open: All weights can be downloaded."), width >= 160; got != want {
			t.Errorf("at width %d reasons are shown: %v, want %v\n%s", width, got, want, b.String())
		}
	}
}
