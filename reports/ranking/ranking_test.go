package ranking

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"

	"openness/reports"
	"openness/reports/internal/fixture"
)

// testReport is of the models that all tests share.
func testReport() Report {
	return Report{Rubric: fixture.Rubric(), Tool: "0.0.0-test", At: fixture.Day, Models: fixture.Models()}
}

func TestRankingGolden(t *testing.T) {
	for f, name := range map[reports.Format]string{reports.JSON: "ranking.json", reports.YAML: "ranking.yaml",
		reports.CSV: "ranking.csv", reports.Markdown: "ranking.md", reports.HTML: "ranking.html"} {
		t.Run(string(f), func(t *testing.T) {
			var b bytes.Buffer
			if err := Write(&b, testReport(), f, reports.Options{}); err != nil {
				t.Fatal(err)
			}
			fixture.Golden(t, name, b.Bytes())
		})
	}
	for width, name := range map[int]string{80: "ranking-80.txt", 200: "ranking-200.txt"} {
		var b bytes.Buffer
		if err := Write(&b, testReport(), reports.Table, reports.Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		fixture.Golden(t, name, b.Bytes())
	}
}

// TestTableWidth draws at every width and measures columns, not bytes.
func TestTableWidth(t *testing.T) {
	for width := 70; width <= 240; width++ {
		var b bytes.Buffer
		if err := Write(&b, testReport(), reports.Table, reports.Options{Width: width}); err != nil {
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
	for width, want := range map[int]string{100: "  a  b  c  d", 165: "Data,  Data,  Weights,  Weights,",
		220: "Data, base  Data, end  Weights, base"} {
		var b bytes.Buffer
		if err := Write(&b, testReport(), reports.Table, reports.Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		if keyed := strings.Contains(b.String(), "a Data, base"); !strings.Contains(b.String(), want) ||
			keyed != (width == 100) {
			t.Errorf("at width %d no %q, or a key too many: %v\n%s", width, want, keyed, b.String())
		}
	}
}

// TestTableColour: escapes appear where asked and nowhere else, and never from names.
func TestTableColour(t *testing.T) {
	var plain, colored bytes.Buffer
	if err := Write(&plain, testReport(), reports.Table, reports.Options{Width: 100}); err != nil {
		t.Fatal(err)
	}
	if err := Write(&colored, testReport(), reports.Table, reports.Options{Width: 100, Color: true}); err != nil {
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
	again := fixture.Model("acme/base-7b", "Base 7B", "cccccccccccc")
	again.Subject.Label = "second list"
	other := fixture.Model("other/base-7b", "Base 7B", "cccccccccccc")
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
		if err := WriteComparison(&b, r, reports.Table, reports.Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if n := text.StringWidth(line); n > width {
				t.Fatalf("a line of %d columns at width %d:\n%s", n, width, line)
			}
		}
		if got, want := strings.Contains(b.String(),
			"✓ open: All weights can be downloaded."), width >= 160; got != want {
			t.Errorf("at width %d reasons are shown: %v, want %v\n%s", width, got, want, b.String())
		}
	}
}
