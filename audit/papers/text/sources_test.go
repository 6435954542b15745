package text

import (
	"slices"
	"testing"
)

func TestCandidates(t *testing.T) {
	want := []Source{
		{KindHTML, "https://arxiv.org/html/2501.00001v2"}, {KindLaTeX, "https://arxiv.org/e-print/2501.00001v2"},
		{KindPDF, "https://arxiv.org/pdf/2501.00001v2"},
	}
	if got := Candidates("", "2501.00001v2"); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if got := Candidates("http://127.0.0.1:1234/", "arXiv:cs.CL/0701001"); len(got) != 3 ||
		got[2].URL != "http://127.0.0.1:1234/pdf/cs.CL/0701001" {
		t.Errorf("%v", got)
	}
	for _, id := range []string{"", "no id", "10.1000/182"} {
		if got := Candidates("", id); len(got) != 0 {
			t.Errorf("%q gives %v", id, got)
		}
	}
	for _, s := range want {
		if Hint("", s.URL) != s.Kind {
			t.Errorf("Hint(%q) = %q", s.URL, Hint("", s.URL))
		}
	}
}

func TestLocate(t *testing.T) {
	for address, want := range map[string]struct {
		place Place
		url   string
	}{
		"https://arxiv.org/abs/2501.00001v3": {PlaceArXiv,
			"https://arxiv.org/pdf/2501.00001v3"},
		"http://www.arxiv.org/pdf/2501.00001.pdf": {PlaceArXiv,
			"https://arxiv.org/pdf/2501.00001"},
		"https://arxiv.org/list/cs.CL/recent": {PlaceNone, ""},
		"https://aclanthology.org/2023.acl-long.123/": {PlaceACL,
			"https://aclanthology.org/2023.acl-long.123.pdf"},
		"https://aclanthology.org/2022.findings-emnlp.7.pdf": {PlaceACL,
			"https://aclanthology.org/2022.findings-emnlp.7.pdf"},
		"https://www.aclweb.org/anthology/P19-1001": {PlaceACL,
			"https://aclanthology.org/P19-1001.pdf"},
		"https://aclanthology.org/venues/acl/": {PlaceNone, ""},
		"https://openreview.net/forum?id=AbCdEf123_": {PlaceOpenReview,
			"https://openreview.net/pdf?id=AbCdEf123_"},
		"https://openreview.net/forum?id=../../x": {PlaceNone, ""},
		"https://proceedings.mlr.press/v202/example23a.html": {PlaceProceedings,
			"https://proceedings.mlr.press/v202/example23a/example23a.pdf"},
		"https://proceedings.mlr.press/v202/example23a/example23a.pdf": {PlaceProceedings,
			"https://proceedings.mlr.press/v202/example23a/example23a.pdf"},
		"https://openaccess.thecvf.com/content/X2023/html/Example_A_Paper_X2023_paper.html": {PlaceProceedings,
			"https://openaccess.thecvf.com/content/X2023/papers/Example_A_Paper_X2023_paper.pdf"},
		"https://proceedings.neurips.cc/paper_files/paper/2023/hash/0123456789abcdef0123456789abcdef-Abstract-Conference.html": {
			PlaceProceedings,
			"https://proceedings.neurips.cc/paper_files/paper/2023/file/0123456789abcdef0123456789abcdef-Paper-Conference.pdf",
		},
		"https://maker.example/reports/Tech%20Report.PDF#page=3": {PlaceReport,
			"https://maker.example/reports/Tech%20Report.PDF"},
		"https://github.com/maker/model/blob/main/docs/report.pdf": {PlaceReport,
			"https://raw.githubusercontent.com/maker/model/main/docs/report.pdf"},
		"http://www.jmlr.org/papers/v31/30-0123.html": {PlaceProceedings,
			"https://jmlr.org/papers/volume31/30-0123/30-0123.pdf"},
		"https://jmlr.org/papers/volume3/wren03a/wren03a.pdf": {PlaceProceedings,
			"https://jmlr.org/papers/volume3/wren03a/wren03a.pdf"},
		"https://jmlr.org/papers/v31/": {PlaceNone, ""},
		"https://www.isca-archive.org/speech_2030/wren30_speech.html": {PlaceProceedings,
			"https://www.isca-archive.org/speech_2030/wren30_speech.pdf"},
		"https://www.isca-archive.org/speech_2030/index.html": {PlaceNone, ""},
		"https://huggingface.co/maker/model/blob/main/report.pdf": {PlaceReport,
			"https://huggingface.co/maker/model/resolve/main/report.pdf"},
		"https://maker.example/page?file=report.pdf":            {PlaceNone, ""},
		"ftp://maker.example/report.pdf":                        {PlaceNone, ""},
		"https://user:secret@maker.example/report.pdf":          {PlaceNone, ""},
		"https://maker.example/report.pdf.html":                 {PlaceNone, ""},
		"https://arxiv.org.maker.example/abs/2501.00001":        {PlaceNone, ""},
		"https://proceedings.mlr.press/v202/":                   {PlaceNone, ""},
		"https://proceedings.neurips.cc/paper_files/paper/2023": {PlaceNone, ""},
		"https://huggingface.co/maker/model/resolve/main/report.pdf?x=1": {PlaceReport,
			"https://huggingface.co/maker/model/resolve/main/report.pdf?x=1"},
	} {
		place, source := Locate(address)
		if place != want.place || source.URL != want.url {
			t.Errorf("Locate(%q) = %q, %q, want %q, %q", address, place, source.URL, want.place, want.url)
		}
	}
}

func TestHint(t *testing.T) {
	for _, c := range []struct {
		media, address string
		want           Kind
	}{
		{"application/pdf", "https://a.example/x", KindPDF}, {"application/x-eprint-tar; charset=x",
			"https://a.example/x", KindLaTeX},
		{"text/html", "https://arxiv.org/html/2501.00001", KindHTML}, {"", "https://a.example/r.pdf", KindPDF},
		{"text/html", "https://a.example/", KindUnknown},
	} {
		if got := Hint(c.media, c.address); got != c.want {
			t.Errorf("Hint(%q, %q) = %q", c.media, c.address, got)
		}
	}
}
