package site

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"openness/reports"
	"openness/reports/internal/fixture"
	"openness/reports/ranking"
)

func bookOf(t *testing.T, r ranking.Report) *Book {
	t.Helper()
	b := NewBook(Options{Rubric: r.Rubric, At: r.At, Tool: r.Tool}, subjectsOf(r.Models))
	rows := []ranking.Row{}
	for i := range r.Models {
		rows = append(rows, ranking.RowOf(&r.Models[i], r.Rubric))
	}
	b.Fill(rows)
	return b
}

func pageOf(t *testing.T, b *Book, page string) string {
	t.Helper()
	var w bytes.Buffer
	if ok, err := b.WritePage(&w, page); !ok || err != nil {
		t.Fatalf("%s: %v, error %v", page, ok, err)
	}
	return w.String()
}

// TestFeed: the latest change is first, each entry has a name of its own that
// stays, and leads to a page of the site.
func TestFeed(t *testing.T) {
	r := testReport()
	later := fixture.Day.Add(48 * time.Hour)
	r.Models[3].History = []reports.HistoryEntry{{At: later, Rubric: r.Rubric.Ref,
		Change: []reports.ClassChanged{{Dimension: "code", From: "closed", To: "open"}}}}
	b := bookOf(t, r)
	text := pageOf(t, b, "feed.xml")
	var feed struct {
		Entries []struct {
			Title   string `xml:"title"`
			ID      string `xml:"id"`
			Updated string `xml:"updated"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(text), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Entries) != len(r.Models) || !strings.Contains(feed.Entries[0].Title, "Base 7B: code") ||
		feed.Entries[0].Updated != reports.TimeText(later) {
		t.Errorf("feed %+v", feed.Entries)
	}
	seen := make(map[string]bool)
	for _, e := range feed.Entries {
		if seen[e.ID] || !strings.HasPrefix(e.ID, "urn:uuid:") || !strings.HasPrefix(e.Link.Href, "models/") {
			t.Errorf("entry %+v", e)
		}
		seen[e.ID] = true
	}
	if again := pageOf(t, bookOf(t, r), "feed.xml"); again != text {
		t.Error("two runs differ")
	}
}

// TestBadges: every model has a badge with its figure, and one that is not
// ranked has none to show.
func TestBadges(t *testing.T) {
	r := testReport()
	r.Models = append(r.Models, fixture.Model("acme/shy", "Shy", "oouuuuuuuuuu"))
	b := bookOf(t, r)
	for path, want := range map[string]string{"badges/acme--base-7b": "100 %, rank 1",
		"badges/acme--shy": "not ranked"} {
		if svg := pageOf(t, b, path+".svg"); !strings.Contains(svg, want) ||
			xml.Unmarshal([]byte(svg), new(struct{})) != nil {
			t.Errorf("%s: %s", path, svg)
		}
		var shield struct {
			SchemaVersion         int
			Label, Message, Color string
		}
		if err := json.Unmarshal([]byte(pageOf(t, b, path+".json")), &shield); err != nil ||
			shield.SchemaVersion != 1 || shield.Message != want || len(shield.Color) != 6 {
			t.Errorf("%s: %+v, error %v", path, shield, err)
		}
	}
}

// TestHeads: each page says in its title by which rubric, and has an icon, a feed
// and what is shown where it is shared.
func TestHeads(t *testing.T) {
	r := testReport()
	b := bookOf(t, r)
	for _, page := range []string{"index.html", "rubric.html", "organisations/index.html", "about.html"} {
		text := pageOf(t, b, page)
		for _, want := range []string{"Test rubric, version 1.2.0 · Openness of AI models</title>", `rel="icon"`,
			`type="application/atom+xml"`, `property="og:title"`, `property="og:description"`} {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %s", page, want)
			}
		}
	}
}

// TestTrust: what was measured stands beside each dimension of its rubric, and
// nothing beside others.
func TestTrust(t *testing.T) {
	known := trusts()
	if len(known) == 0 {
		t.Fatal("nothing measured")
	}
	for key, m := range known {
		if m.Determined > m.Judged || m.Agree > m.Determined || m.Judged == 0 || m.Kappa < -1 || m.Kappa > 1 {
			t.Errorf("%v: %+v", key, m)
		}
	}
	r := testReport()
	if strings.Contains(pageOf(t, bookOf(t, r), "rubric.html"), "class here, it is that of") {
		t.Error("a rubric that was never measured claims agreement")
	}
	other := *r.Rubric
	other.ID = "osai-2026"
	r.Rubric = &other
	want := 0
	for _, d := range other.Dimensions {
		if trust("osai-2026", d.ID) != nil {
			want++
		}
	}
	for i := range r.Models {
		r.Models[i].Assessments[0].Rubric.ID = other.ID
	}
	if n := strings.Count(pageOf(t, bookOf(t, r), "rubric.html"), "Where the tool comes to a class here"); n != want ||
		want < 3 {
		t.Errorf("the rubric page says of %d dimensions how often it agrees, want %d", n, want)
	}
}
