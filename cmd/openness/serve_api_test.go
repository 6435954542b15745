package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"openness/audit"
	"openness/data"
	"openness/rubric"
)

// TestServeHostileDocument: stored bytes are given exactly and never run.
func TestServeHostileDocument(t *testing.T) {
	s := startServe(t, servedRecord("acme/evil", hostileText))
	sha := audit.Hash([]byte(hostileText))
	_, header, body := s.get("/api/documents/" + sha)
	if body != hostileText {
		t.Errorf("stored bytes changed: %q", body)
	}
	if got := header.Get("Content-Type"); got != "text/plain; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	if got := header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
		t.Errorf("Content-Disposition %q", got)
	}
	dossier := s.page("/models/acme--evil.html")
	link := "documents/" + sha + "?start=0&amp;end=" + fmt.Sprint(strings.IndexByte(hostileText, '\n')) + "#span"
	if !strings.Contains(dossier, `href="../`+link+`"`) {
		t.Errorf("the dossier's quote does not lead to the stored bytes %s", link)
	}
	for _, address := range []string{"/documents/" + sha + "?start=0&end=12", "/models/acme--evil.html",
		"/search?q=quagga", "/search?q=" + url.QueryEscape(hostileText[:100])} {
		page := s.page(address)
		for _, bad := range []string{"<script>document", "<img src=x", "\x1b", "\u202e"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q as it is", address, bad)
			}
		}
	}
	if page := s.page("/documents/" + sha + "?start=0&end=12"); !strings.Contains(page,
		`<mark id="span">weights here</mark>`) {
		t.Error("the span is not marked")
	}
	var about data.StoredDocument
	if s.json("/api/documents/"+sha+"/about", &about); len(about.Models) != 1 || about.Models[0] != "acme/evil" ||
		len(about.Fetches) != 1 || !about.Stored {
		t.Errorf("about: %+v", about)
	}
}

// TestServeLongDocument: a page shows a part of a long document, around the
// span, and leads to the rest; wrong spans do no harm.
func TestServeLongDocument(t *testing.T) {
	text := "first line\n" + strings.Repeat("größer werden die Zeilen\n", 40_000) + "the very end"
	s := startServe(t, servedRecord("acme/long", text))
	address := "/documents/" + audit.Hash([]byte(text))
	at := strings.Index(text, "the very end")
	page := s.page(fmt.Sprintf("%s?start=%d&end=%d", address, at, at+12))
	if !strings.Contains(page, `<mark id="span">the very end</mark>`) || strings.Contains(page, "first line") ||
		len(page) > 600_000 {
		t.Errorf("page of %d bytes does not show the end alone", len(page))
	}
	seen, next := 0, address
	for next != "" && seen < 100 {
		page := s.page(next)
		seen++
		_, after, more := strings.Cut(page, `">Later bytes</a>`)
		next = ""
		if more && after != "" {
			before, _, _ := strings.Cut(page, `">Later bytes</a>`)
			next = "/documents/" + before[strings.LastIndex(before, `href="`)+len(`href="`):]
			next, _, _ = strings.Cut(next, "#")
		}
		if next == "" && !strings.Contains(page, "the very end") {
			t.Error("the last part lacks the end")
		}
	}
	if most := len(text)/(200<<10) + 1; seen < 2 || seen > most {
		t.Errorf("%d parts of %d bytes, want 2 to %d", seen, len(text), most)
	}
	for _, query := range []string{"?start=5&end=1", "?start=0&end=99999999", "?from=99999999",
		"?start=99999999&end=999999999", "?start=13&end=14"} {
		s.page(address + query)
	}
	if status, _, _ := s.get(address + "?start=-1"); status != http.StatusBadRequest {
		t.Errorf("a negative span: %d", status)
	}
}

func TestServeAPI(t *testing.T) {
	var records []audit.Record
	for i := range 7 {
		records = append(records, servedRecord(fmt.Sprintf("acme/m%d", i),
			fmt.Sprintf("weights number %d and pangolins", i)))
	}
	s := startServe(t, records...)
	for _, c := range []struct{ address, list string }{
		{"/api/models?limit=2", "models"}, {"/api/rank?limit=3&rubric=radboud-2023", "models"},
		{"/api/search?q=pangolins&limit=2", "hits"},
	} {
		seen := map[string]bool{}
		for next := &c.address; next != nil; {
			var page struct {
				Models []struct{ ID string }
				Hits   []struct{ SHA256 string }
				Next   *string
			}
			s.json(*next, &page)
			for _, m := range page.Models {
				seen[m.ID] = true
			}
			for _, h := range page.Hits {
				seen[h.SHA256] = true
			}
			next = page.Next
		}
		if len(seen) != len(records) {
			t.Errorf("%s and the pages after it hold %d of %d", c.address, len(seen), len(records))
		}
	}
	var found struct {
		Total  int
		Models []struct{ API, Page string }
	}
	if s.json("/api/models?q=M3", &found); found.Total != 1 {
		t.Errorf("%d models match m3", found.Total)
	}
	show, code := commandRun{t: t, db: s.db.Path()}.run("show", "acme/m3", "--format", "json")
	if live := s.page(found.Models[0].API); code != exitDone || live != show {
		t.Errorf("the API's model differs from show --format json:\n%s\n%s", live, show)
	}
	s.page(found.Models[0].Page)
	var both []struct{ Rubric struct{ ID string } }
	if s.json("/api/models/acme/m3?rubric=radboud-2023&rubric=osai-2026", &both); len(both) != 2 ||
		both[0].Rubric.ID != "radboud-2023" {
		t.Errorf("two rubrics: %+v", both)
	}
	var rubrics struct {
		Default string
		Rubrics []struct{ ID string }
	}
	if s.json("/api/rubrics", &rubrics); rubrics.Default != defaultRubric ||
		len(rubrics.Rubrics) != len(rubric.Builtin()) {
		t.Errorf("rubrics: %+v", rubrics)
	}
}

// TestServeSearch: whatever is typed is words or a polite refusal.
func TestServeSearch(t *testing.T) {
	s := startServe(t, servedRecord("acme/plain", "The pangolin's weights: 7B parameters, größe."),
		servedRecord("acme/evil", hostileText))
	for query, want := range map[string]int{
		"pangolin": 200, "PANGOLIN weights": 200, `"pangolin" OR *`: 200, "pangolin) AND (x": 200, "NEAR(pangolin": 200,
		"pangolin*":                200,
		"'; DROP TABLE bodies; --": 200, "<script>alert(1)</script>": 200, "größe": 200, "\x00pangolin": 200,
		"body:pangolin": 200,
		"\"":            400, "* - ^": 400, strings.Repeat("a ", 100): 400, strings.Repeat("x", 401): 400,
		"\u202e": 400,
	} {
		for _, address := range []string{"/search?q=", "/api/search?q="} {
			if status, _, body := s.get(address + url.QueryEscape(query)); status != want {
				t.Errorf("%s%q: %d, want %d: %s", address, query, status, want, body)
			}
		}
	}
	page := s.page("/search?q=pangolin")
	for _, part := range []string{"<mark>pangolin</mark>", "acme--plain.html", "2026-06-01T12:00:00Z", "0123456789ab",
		audit.Hash([]byte("The pangolin's weights: 7B parameters, größe."))} {
		if !strings.Contains(page, part) {
			t.Errorf("the result lacks %q", part)
		}
	}
	var found data.Found
	if s.json("/api/search?q=pangolin", &found); len(found.Hits) != 1 || found.Method == "" {
		t.Fatalf("found %+v", found)
	}
	h := found.Hits[0]
	body := s.page("/api/documents/" + h.SHA256)
	if body[h.Start:h.End] != h.Excerpt || !strings.EqualFold(body[h.Matches[0].Start:h.Matches[0].End], "pangolin") {
		t.Errorf("the offsets of %+v are not those of the bytes", h)
	}
}
