package papers

import (
	"errors"
	"strings"
	"testing"
)

// The answers of this test are hand-made (synthetic): in the form that the
// services document, about papers that do not exist.

const (
	noteV2 = `{"notes":[{"id":"aBcDeFgHiJ","content":{"title":{"value":"The Wallaby Model"},"venue":{"value":%q},"venueid":{"value":"ICLR.cc/2024/Conference"}}},{"content":{"title":{"value":"Reply"},"venue":{"value":"ICLR 2099 oral"}}}],"count":1}`
	noteV1 = `{"notes":[{"id":"aBcDeFgHiJ","content":{"title":"The Wallaby Model","venue":%q}}]}`
	work   = `{"status":"ok","message-type":"work","message":{"DOI":"10.1000/wallaby.7","type":%q,"title":["The Wallaby Model"],"container-title":[%q],"reference":[{"title":"Another","DOI":"10.1000/x"}]}}`
	bib    = "@inproceedings{ada-bo-2024-wallaby,\n    title = \"The {W}allaby Model: a {LM}\",\n    author = \"Example, Ada\",\n    booktitle = \"%s\",\n    year = \"2024\",\n    url = \"https://aclanthology.org/2024.acl-long.7/\",\n    abstract = \"We say {\\textquotedblleft}title = {\\textquotedblright} here.\"\n}\n"
)

func TestRecords(t *testing.T) {
	for _, c := range []struct {
		kind, form, venue  string
		reviewed, workshop bool
	}{
		{OpenReview, noteV2, "ICLR 2024 poster", true, false},
		{OpenReview, noteV2, "NeurIPS 2023 Datasets and Benchmarks Poster", true, false},
		{OpenReview, noteV2, "Accepted by TMLR", true, false},
		{OpenReview, noteV2, "Submitted to ICLR 2025", false, false},
		{OpenReview, noteV2, "ICLR 2024 Conference Withdrawn Submission", false, false},
		{OpenReview, noteV2, "ICLR 2024 Conference Desk Rejected Submission", false, false},
		{OpenReview, noteV2, "ICML 2024 Workshop on Marsupials", true, true},
		{OpenReview, noteV1, "ICLR 2021 Poster", true, false},
		{OpenReview, noteV1, "CoRR 2021", false, false},
		{OpenReview, noteV1, "", false, false},
		{DOI, strings.Replace(work, "%q", `"journal-article"`, 1), "Journal of Marsupial Computing", true, false},
		{DOI, strings.Replace(work, "%q", `"proceedings-article"`, 1), "Proceedings of the 9th Conference on Wombats",
			true, false},
		{DOI, strings.Replace(work, "%q", `"proceedings-article"`, 1), "Proceedings of the Workshop on Wombats", true,
			true},
		{DOI, strings.Replace(work, "%q", `"posted-content"`, 1), "Research Square", false, false},
		{DOI, strings.Replace(work, "%q", `"journal-article"`, 1), "SSRN Electronic Journal", false, false},
		{DOI, strings.Replace(work, "%q", `"dataset"`, 1), "", false, false},
		{Anthology, bib, "Proceedings of the 62nd Annual Meeting of the Association for Computational Linguistics",
			true, false},
		{Anthology, bib, "Proceedings of the 3rd Workshop on Wombats", true, true},
	} {
		source := map[string]string{OpenReview: "https://api2.openreview.net/notes?id=aBcDeFgHiJ",
			DOI:       "https://api.crossref.org/works/10.1000%2Fwallaby.7",
			Anthology: "https://aclanthology.org/2024.acl-long.7.bib"}[c.kind]
		body := strings.Replace(strings.Replace(c.form, "%q", `"`+c.venue+`"`, 1), "%s", c.venue, 1)
		r, err := ParseRecord(source, []byte(body))
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		if r.Kind != c.kind || r.Reviewed != c.reviewed || r.Workshop != c.workshop || r.Venue.Text != c.venue ||
			!strings.HasPrefix(r.Title.Text, "The Wallaby Model") {
			t.Errorf("%q: %+v", c.venue, r)
		}
		if quote := body[r.Venue.Span.Start:r.Venue.Span.End]; !strings.Contains(quote, c.venue) {
			t.Errorf("%q: span holds %q", c.venue, quote)
		}
	}
}

func TestNoRecords(t *testing.T) {
	for body, want := range map[string]error{`{"notes":[],"count":0}`: ErrNoRecord,
		`{"name":"NotFoundError"}`: ErrNotRecord, "<html>sign in</html>": ErrNotRecord, "": ErrNotRecord,
		`{"notes":[{"content":{"title":5}}]}`: ErrNoRecord} {
		if _, err := ParseRecord("https://api2.openreview.net/notes?id=x", []byte(body)); !errors.Is(err, want) {
			t.Errorf("note %q: %v, want %v", body, err, want)
		}
	}
	for _, body := range []string{"", "<html></html>", `{"status":"ok"}`, `{"message":{"type":"journal-article"}}`,
		"Resource not found."} {
		if _, err := ParseRecord("https://api.crossref.org/works/x", []byte(body)); !errors.Is(err, ErrNotRecord) {
			t.Errorf("work %q: %v", body, err)
		}
		if _, err := ParseRecord("https://aclanthology.org/x.bib", []byte(body)); !errors.Is(err, ErrNotRecord) {
			t.Errorf("citation %q: %v", body, err)
		}
	}
}

func TestReferences(t *testing.T) {
	for text, want := range map[string]string{
		"see https://aclanthology.org/2021.acl-long.330.pdf":      "https://aclanthology.org/2021.acl-long.330",
		"https://aclanthology.org/D18-1007/":                      "https://aclanthology.org/D18-1007",
		"https://www.aclweb.org/anthology/P19-1346/":              "https://aclanthology.org/P19-1346",
		"doi = {10.18653/v1/P19-1346},":                           "https://aclanthology.org/P19-1346",
		"https://doi.org/10.18653/v1/2020.acl-main.207.":          "https://aclanthology.org/2020.acl-main.207",
		"[paper](https://openreview.net/forum?id=y886UXPEZ0)":     "https://openreview.net/forum?id=y886UXPEZ0",
		"https://openreview.net/pdf?id=r1xMH1BtvB":                "https://openreview.net/forum?id=r1xMH1BtvB",
		"DOI: 10.1000/Wallaby.7":                                  "https://doi.org/10.1000/wallaby.7",
		`doi = "10.1000/coli_a_00559",`:                           "https://doi.org/10.1000/coli_a_00559",
		"https://doi.org/10.5281/zenodo.5297715":                  "",
		"https://doi.org/10.48550/arxiv.2210.11416":               "",
		"https://openreview.net/group?id=ICLR.cc/2024/Conference": "",
		"https://aclanthology.org/events/acl-2024/":               "",
		"version 10.4/5 of it":                                    "",
		"https://doi.org/10.1000/../../etc?x=1":                   "",
	} {
		got := ""
		if groups := ReferencePattern.FindStringSubmatch(text); groups != nil {
			if r, ok := ReferenceOf(groups); ok {
				got = r.Page()
				if again, ok := PageReference(got); !ok || again != r {
					t.Errorf("%q: %+v is read back as %+v", text, r, again)
				}
				for _, source := range r.Sources() {
					if !strings.HasPrefix(source, "https://") || strings.Contains(source, "..") && r.Kind != DOI ||
						strings.Contains(source, "/../") {
						t.Errorf("%q: source %q", text, source)
					}
				}
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// abstractPage is hand-made after the page's mark-up (synthetic).
const abstractPage = `<!DOCTYPE html><html><head><meta name="citation_title" content="Wallaby &amp; its Data"/><meta name="citation_arxiv_id" content="2501.00001"/></head>
<body><table><tr><td class="tablecell label">Comments:</td><td class="tablecell comments mathjax">12 pages, accepted at <a href="#">NeurIPS 2025</a></td></tr>
<tr><td class="tablecell jref">Journal of Marsupial Computing, 7 (2025)</td></tr>
<tr><td class="tablecell doi"><a href="https://doi.org/10.1000/xyz">https://doi.org/10.1000/xyz</a></td></tr></table>
<div class="submission-history"><strong><a href="/abs/2501.00001v1">[v1]</a></strong> Mon<br/><strong>[v2]</strong> Tue</div></body></html>`

func TestParseAbstract(t *testing.T) {
	list, err := Read([]byte(abstractPage))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	p := list[0]
	if p.ID != "2501.00001" || p.Version != "v2" || p.Title.Text != "Wallaby & its Data" ||
		p.Comment.Text != "12 pages, accepted at NeurIPS 2025" ||
		p.JournalRef.Text != "Journal of Marsupial Computing, 7 (2025)" || p.DOI.Text != "10.1000/xyz" {
		t.Errorf("%+v", p)
	}
	if quote := abstractPage[p.JournalRef.Span.Start:p.JournalRef.Span.End]; quote != p.JournalRef.Text {
		t.Errorf("span holds %q", quote)
	}
	for _, body := range []string{"<html><body>Wi-Fi</body></html>", strings.Replace(abstractPage, "2501.00001\"",
		"x\"", 1), "<!doctype html>"} {
		if _, err := Read([]byte(body)); err == nil {
			t.Errorf("accepted %.60q", body)
		}
	}
	if list, err := Read([]byte(answer)); err != nil || len(list) != 1 {
		t.Errorf("an answer of the API: %v, %v", list, err)
	}
}

func TestAsked(t *testing.T) {
	if got := Asked(QueryURL("https://export.arxiv.org", []string{"2501.00001", "2502.00002"})); len(got) != 2 ||
		got[1] != "2502.00002" {
		t.Error(got)
	}
	if got := Asked(AbstractURL("2501.00001")); len(got) != 1 || got[0] != "2501.00001" {
		t.Error(got)
	}
}

// FuzzRecord: no bytes make a reader panic, and every span lies in the answer.
func FuzzRecord(f *testing.F) {
	f.Add([]byte(strings.Replace(noteV2, "%q", `"ICLR 2024 poster"`, 1)))
	f.Add([]byte(strings.Replace(work, "%q", `"journal-article"`, 2)))
	f.Add([]byte(bib))
	f.Add([]byte(abstractPage))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, source := range []string{"https://api2.openreview.net/notes?id=x", "https://api.crossref.org/works/x",
			"https://aclanthology.org/x.bib"} {
			r, _ := ParseRecord(source, body)
			for _, field := range []Field{r.Title, r.Venue} {
				if !field.Span.Within(len(body)) {
					t.Fatalf("%s: span %+v outside %d bytes", source, field.Span, len(body))
				}
			}
		}
		p, _ := ParseAbstract(body)
		for _, field := range []Field{p.Title, p.Comment, p.JournalRef, p.DOI} {
			if !field.Span.Within(len(body)) {
				t.Fatalf("span %+v outside %d bytes", field.Span, len(body))
			}
		}
	})
}

// TestTitleRecords: of DBLP's entries the one counts that has just this title and was
// printed; one at a workshop says so.
func TestTitleRecords(t *testing.T) {
	const hit = `{"result":{"hits":{"@total":"1","hit":[{"info":{"title":"The Wallaby Model: A {LM}.","venue":VENUE,"type":"TYPE"}}]}}}`
	source := TitleURL("The Wallaby model: a {LM}")
	for _, c := range []struct {
		venue, kind        string
		reviewed, workshop bool
		err                error
	}{
		{`"ACL"`, "Conference and Workshop Papers", true, false, nil},
		{`["ICML","PMLR"]`, "Journal Articles", true, false, nil},
		{`"Birds@ACL"`, "Conference and Workshop Papers", true, true, nil},
		{`"CoRR"`, "Journal Articles", false, false, ErrNoRecord},
		{`"CoRR"`, "Informal and Other Publications", false, false, ErrNoRecord},
		{`"ACL"`, "Editorship", false, false, ErrNoRecord},
	} {
		body := strings.NewReplacer("VENUE", c.venue, "TYPE", c.kind).Replace(hit)
		r, err := ParseRecord(source, []byte(body))
		if r.Reviewed != c.reviewed || r.Workshop != c.workshop || !errors.Is(err, c.err) {
			t.Errorf("%s, %s: %+v, %v", c.venue, c.kind, r, err)
		}
		if c.reviewed && body[r.Title.Span.Start:r.Title.Span.End] != `"The Wallaby Model: A {LM}."` {
			t.Errorf("title at %+v", r.Title.Span)
		}
	}
	other := TitleURL("The Wallaby model")
	if _, err := ParseRecord(other,
		[]byte(strings.NewReplacer("VENUE", `"ACL"`, "TYPE", "Journal Articles").Replace(hit))); !errors.Is(err,
		ErrNoRecord) {
		t.Errorf("a longer title is taken for it: %v", err)
	}
	for _, bad := range []string{"", "<html>", "[]", `{"status":"ok"}`} {
		if _, err := ParseRecord(source, []byte(bad)); !errors.Is(err, ErrNotRecord) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if r, err := ParseRecord(source, []byte(`{"result":{"hits":{"@total":"0"}}}`)); !errors.Is(err, ErrNoRecord) ||
		r.Reviewed {
		t.Errorf("no hits: %+v, %v", r, err)
	}
}
