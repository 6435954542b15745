package makers

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"openness/reports"
	"openness/reports/internal/fixture"
	"openness/reports/ranking"
)

// testReleases are of three invented makers.
func testReleases() []reports.Release {
	return []reports.Release{
		{Maker: "Acme", Model: "Acme 1", Released: "2023-01-10", Open: true, Parameters: 7, Hub: "acme/base-7b",
			Source: "https://example.org/1"},
		{Maker: "Acme", Model: "Acme Pro", Released: "2024-01-10", Parameters: 100, Source: "https://example.org/2"},
		{Maker: "Acme", Model: "Acme 2", Released: "2024-03", Open: true, Parameters: 13, Hub: "acme/tuned-7b",
			Source: "https://example.org/3"},
		{Maker: "Acme", Model: "Acme Ultra", Released: "2024-06-20", Source: "https://example.org/4"},
		{Maker: "Bolt", Model: "Bolt", Released: "2024-02-01", Source: "https://example.org/5"},
		{Maker: "Bolt", Model: "Bolt Free", Released: "2025-02-01", Open: true, Source: "https://example.org/6"},
		{Maker: "Gift", Model: "Gift", Released: "2024-02-01", Open: true, Parameters: 3,
			Source: "https://example.org/7"},
	}
}

func strategiesAt(t *testing.T, date string, months int) map[string]Strategy {
	t.Helper()
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	r := testReport()
	byName := make(map[string]Strategy)
	for _, s := range Strategies(testReleases(), r.Rows(), at, months) {
		byName[s.Maker] = s
	}
	return byName
}

// TestStrategies: as of a day only what was released by then counts, and only
// what its window holds.
func TestStrategies(t *testing.T) {
	for _, c := range []struct {
		at     string
		months int
		want   string
	}{
		{"2024-07-01", 24, "both closed only open only"},
		{"2024-01-09", 24, "open only no release no release"},
		{"2025-02-01", 24, "both both open only"},
		{"2025-02-01", 6, "no release open only no release"},
		{"2024-03-02", 1, "open only no release no release"}, // of a month alone the beginning counts
	} {
		got := strategiesAt(t, c.at, c.months)
		if kinds := got["Acme"].Kind + " " + got["Bolt"].Kind + " " + got["Gift"].Kind; kinds != c.want {
			t.Errorf("at %s over %d months: %s, want %s", c.at, c.months, kinds, c.want)
		}
	}
	s := strategiesAt(t, "2024-07-01", 24)["Acme"]
	if s.MonthsOlder == nil || *s.MonthsOlder < 3 || *s.MonthsOlder > 3.3 ||
		s.Older != "Acme 2 (2024-03) is 3.1 months older than Acme Ultra (2024-06-20)." {
		t.Errorf("older: %q", s.Older)
	}
	// The first open model came before any closed one: there is nothing to compare it with.
	if s.Smaller != "Of 1 open model whose size can be compared, 1 smaller than the largest closed one of its day." {
		t.Errorf("smaller: %q", s.Smaller)
	}
	if s.Open[0].Share == nil || *s.Open[0].Share != 1 || s.Open[0].Band != "1" || s.Closed[0].Share != nil {
		t.Errorf("scores: %+v", s.Open[0])
	}
	if b := strategiesAt(t, "2025-02-01",
		24)["Bolt"]; b.Smaller != "Not known: no size of a closed model of their day is published." ||
		b.Before != noRelease {
		t.Errorf("Bolt: %+v", b)
	}
}

// TestStrategyFormats: every format names every maker and every release.
func TestStrategyFormats(t *testing.T) {
	at := time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC)
	r := Report{At: at, Months: 24, Tool: "test", Makers: Strategies(testReleases(), nil, at, 24)}
	for _, f := range Formats() {
		var b bytes.Buffer
		if err := Write(&b, r, f, reports.Options{Width: 120}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Acme", "Bolt", "Gift", "both", "open only"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s has no %q", f, want)
			}
		}
		if f == reports.JSON {
			var got struct {
				Schema, At string
				Makers     []struct {
					Strategy string
					Open     []struct{ Model, Source string }
				}
			}
			if err := json.Unmarshal(b.Bytes(), &got); err != nil || got.Schema != Schema || got.At != "2025-02-01" ||
				got.Makers[0].Open[0].Model != "Acme 2" {
				t.Errorf("JSON: %+v, error %v", got, err)
			}
		}
	}
}

// testReport is of the models that all tests share.
func testReport() ranking.Report {
	return ranking.Report{Rubric: fixture.Rubric(), Tool: "0.0.0-test", At: fixture.Day, Models: fixture.Models()}
}
