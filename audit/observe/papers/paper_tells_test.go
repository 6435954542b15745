package papers

import "testing"

// TestReviewedOnFirstPage: the marks of reviewed venues on a first page are read, and
// those of submissions and workshops are not.
func TestReviewedOnFirstPage(t *testing.T) {
	for text, want := range map[string]string{
		"# Wading\n\nPublished as a conference paper at ICLR 2031\n\nWe wade.":                                 "ICLR 2031",
		"# Wading\n\n44th Conference on Neural Wading Systems (NEURW 2030).\n":                                 "44th Conference on Neural Wading Systems (NEURW 2030)",
		"Proceedings of the 3rd Meeting of the Association for Wading, pages 11-20\n\n# Wading\n":              "Proceedings of the 3rd Meeting of the Association for Wading",
		"# Wading\n\nSubmitted to 44th Conference on Neural Wading Systems (NEURW 2030). Do not distribute.\n": "",
		"# Wading\n\nUnder review as a conference paper at ICLR 2031\n":                                        "",
		"# Wading\n\nPublished as a conference paper at ICLR 2031 Workshop on Birds\n":                         "",
		"# Wading\n\nPreprint. 44th Conference on Neural Wading Systems (NEURW 2030).\n":                       "",
		"# Wading\n\nWe follow the proceedings of the court.\n":                                                "",
	} {
		if _, got := reviewedAt([]byte(text)); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
