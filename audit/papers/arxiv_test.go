package papers

import (
	"strings"
	"testing"
)

// answer is hand-made after the API's manual (synthetic: no recording).
const answer = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title type="html">ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2501.00001v3</id>
    <updated>2025-03-01T00:00:00Z</updated>
    <published>2025-01-01T00:00:00Z</published>
    <title>A Model &amp;
      its Data</title>
    <author><name>Ada Example</name></author>
    <author><name>Bo Example</name></author>
    <arxiv:doi>10.1000/xyz</arxiv:doi>
    <arxiv:comment>12 pages, accepted at NeurIPS 2025</arxiv:comment>
    <arxiv:journal_ref>Proceedings of an Example Conference, 2025</arxiv:journal_ref>
    <link href="http://arxiv.org/abs/2501.00001v3" rel="alternate"/>
  </entry>
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title>
  </entry>
</feed>`

func TestParse(t *testing.T) {
	list, err := Parse([]byte(answer))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 {
		t.Fatalf("%d papers, want the one that is no error", len(list))
	}
	p := list[0]
	if p.ID != "2501.00001" || p.Version != "v3" || p.Title.Text != "A Model & its Data" || len(p.Authors) != 2 {
		t.Errorf("read %+v", p)
	}
	for name, f := range map[string]Field{"comment": p.Comment, "journal reference": p.JournalRef, "doi": p.DOI} {
		if got := answer[f.Span.Start:f.Span.End]; got != f.Text {
			t.Errorf("%s: span holds %q, text is %q", name, got, f.Text)
		}
	}
	if !VenueOf(p.JournalRef.Text).Reviewed || !VenueInComment(p.Comment.Text).Reviewed {
		t.Error("reviewed venues were not seen")
	}
}

func TestParseRefusesOtherPages(t *testing.T) {
	for _, body := range []string{"", "<html><body>Log in to the Wi-Fi</body></html>", answer[:len(answer)-20],
		`{"error": "no"}`} {
		if _, err := Parse([]byte(body)); err == nil {
			t.Errorf("accepted %.40q", body)
		}
	}
}

func TestVenues(t *testing.T) {
	for text, want := range map[string]bool{
		"Advances in Neural Information Processing Systems 36": true,
		"Proceedings of the 61st Annual Meeting of the ACL":    true,
		"arXiv preprint arXiv:2501.00001":                      false,
		"CoRR abs/2501.00001":                                  false,
		"Technical Report":                                     false,
		"Submitted to ICLR 2026":                               false,
		"Transactions on Machine Learning Research":            true,
		"":                 false,
		"Example Org blog": false,
		"Nature 600, 1-10": true,
		"International Conference on Learning Representations":  true,
		"https://github.com/example/model":                      false,
		"Journal of Open Humanities Data":                       true,
		"Under review at Transactions of Something Interesting": false,
	} {
		if got := VenueOf(text).Reviewed; got != want {
			t.Errorf("VenueOf(%q).Reviewed = %v", text, got)
		}
	}
	for text, want := range map[string]bool{
		"24 pages, 3 figures":                       false,
		"Accepted at EMNLP 2023 (main)":             true,
		"ICML 2024":                                 true,
		"Submitted to NeurIPS 2025":                 false,
		"Code at github.com/x/y; ACL 2024 findings": true,
		"We compare with the ACL anthology":         false,
	} {
		if got := VenueInComment(text).Reviewed; got != want {
			t.Errorf("VenueInComment(%q).Reviewed = %v", text, got)
		}
	}
	for doi, want := range map[string]bool{"10.1145/3571884.3604316": true, "10.48550/arXiv.2501.1": false,
		"10.5281/zenodo.1": false, "x": false} {
		if ReviewedDOI(doi) != want {
			t.Errorf("ReviewedDOI(%q) is not %v", doi, want)
		}
	}
}

func TestQueryURL(t *testing.T) {
	u := QueryURL("https://export.arxiv.org/", []string{"2501.00001", "2502.00002"})
	if !strings.HasPrefix(u, "https://export.arxiv.org/api/query?") ||
		!strings.Contains(u, "id_list=2501.00001%2C2502.00002") || !strings.Contains(u, "max_results=2") {
		t.Error(u)
	}
}

// FuzzParse: no bytes make it panic, and every span lies in the answer.
func FuzzParse(f *testing.F) {
	f.Add([]byte(answer))
	f.Add([]byte("<feed><entry><id>2501.00001</id><title>x<b>y</b></title></entry></feed>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := Parse(body)
		if err != nil {
			return
		}
		for _, p := range list {
			for _, field := range []Field{p.Title, p.Comment, p.JournalRef, p.DOI} {
				if !field.Span.Within(len(body)) {
					t.Fatalf("span %+v outside %d bytes", field.Span, len(body))
				}
			}
		}
	})
}
