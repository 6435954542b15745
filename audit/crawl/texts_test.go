package crawl_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/observe"
	"openness/audit/papers/text"
)

// reported gathers a service whose only page is a PDF, and observes it.
func reported(t *testing.T, name string, pdf []byte) (audit.Record, []audit.Observation) {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/report.pdf") {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write(pdf)
	}))
	t.Cleanup(web.Close)
	const address = "https://vendor.example/report.pdf"
	target := crawl.Target{Kind: crawl.Catalogue, ID: name, Text: name, Name: name,
		Places: []audit.Place{{Kind: audit.WebPage, Role: audit.RoleVendor, ID: address, URL: address}}}
	r, err := crawler(t, web.URL, nil).Gather(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	return r, observe.All(r.Subject, r.Documents)
}

// textDocument is the text that was made of the report.
func textDocument(t *testing.T, r audit.Record) audit.Document {
	t.Helper()
	for _, d := range r.Documents {
		if strings.HasSuffix(d.URL, crawl.TextFragment) {
			return d
		}
	}
	t.Fatal("the PDF left no document for its text")
	return audit.Document{}
}

func madeReport(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("../papers/text/testdata/papers", name, "paper.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestReportIsRead: what a vendor's PDF says is quoted from its text, with the page.
func TestReportIsRead(t *testing.T) {
	r, found := reported(t, "Heron 2B", madeReport(t, "heron"))
	d := textDocument(t, r)
	if d.Outcome != audit.Fetched || d.SHA256 != audit.Hash(d.Body) || d.Status != 0 ||
		!strings.Contains(d.Detail, r.Documents[0].SHA256) {
		t.Errorf("text: %s, status %d, %q", d.Outcome, d.Status, d.Detail)
	}
	seen := map[string]bool{}
	for _, o := range found {
		if o.Finding != audit.Present || o.URL != d.URL {
			continue
		}
		seen[o.Fact] = true
		if o.Quote != string(d.Body[o.Start:o.End]) || o.SHA256 != d.SHA256 {
			t.Errorf("%s: the quote %q is not what is stored", o.Fact, o.Quote)
		}
		if !strings.Contains(o.Note, "of the report.") {
			t.Errorf("%s: the note names no page: %q", o.Fact, o.Note)
		}
		if o.Fact == "docs.hardware" && !strings.Contains(o.Quote, "64 Marsh M100 accelerators") {
			t.Errorf("hardware: %q", o.Quote)
		}
	}
	for _, fact := range []string{"docs.hardware", "docs.architecture", "data.pretraining.disclosure"} {
		if !seen[fact] {
			t.Errorf("the report shows no %s", fact)
		}
	}
	for _, o := range found {
		if o.Fact == "weights.end.published" && o.Finding == audit.NotThere {
			t.Error("a report alone shows that there are no weights")
		}
		if o.Finding == audit.Unreadable {
			t.Errorf("%s: unread, though all was read: %s", o.Fact, o.Note)
		}
	}
}

// TestReportOfAnotherModel: a report on another model shows nothing of this one.
func TestReportOfAnotherModel(t *testing.T) {
	_, found := reported(t, "Sandgrouse 9", madeReport(t, "heron"))
	for _, o := range found {
		if o.Finding == audit.Present && o.Fact == "docs.hardware" {
			t.Errorf("%q", o.Quote)
		}
	}
}

// TestReportIsUnread: a PDF without a text that can be read is not silent.
func TestReportIsUnread(t *testing.T) {
	whole := madeReport(t, "heron")
	for name, body := range map[string][]byte{"broken": []byte("%PDF-1.7\nnothing"), "cut off": whole[:len(whole)/3]} {
		r, found := reported(t, "Heron 2B", body)
		d := textDocument(t, r)
		if d.Outcome != audit.Failed && !d.Partial || d.Detail == "" {
			t.Errorf("%s: %s, partial %v, %q", name, d.Outcome, d.Partial, d.Detail)
		}
		for _, o := range found {
			if o.Finding == audit.NotThere {
				t.Errorf("%s: %s is said to be absent: %s", name, o.Fact, o.Note)
			}
		}
		if len(r.Lost()) == 0 && !d.Partial {
			t.Errorf("%s: nobody is told", name)
		}
	}
}

// TestRealReport reads a report of 73 pages.
func TestRealReport(t *testing.T) {
	body, err := os.ReadFile(corpus + "/papers/2211.05100.pdf")
	if err != nil {
		t.Skip("no real papers here: ", err)
	}
	r, found := reported(t, "BLOOM", body)
	d := textDocument(t, r)
	ok := false
	facts := map[string]int{}
	for _, o := range found {
		if o.Finding != audit.Present {
			continue
		}
		facts[o.Fact]++
		if o.Fact == "docs.hardware" || o.Fact == "data.pretraining.disclosure" {
			t.Logf("%s %s: %q: %s", o.Fact, o.Value, o.Quote, o.Note)
		}
		if o.Fact == "docs.hardware" && strings.Contains(o.Quote, "48 nodes") &&
			strings.Contains(o.Note, "page 18 of the report") {
			ok = text.PageOf(d.Body, o.Start) == 18
		}
	}
	t.Log(facts)
	if !ok {
		t.Error("the sentence on hardware is not quoted with its page")
	}
}
