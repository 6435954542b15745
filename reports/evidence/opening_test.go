package evidence

import (
	"testing"

	"openness/audit"
)

func TestPageOfEvidence(t *testing.T) {
	const rev = "0123456789abcdef0123456789abcdef01234567"
	for _, c := range []struct {
		url, quote string
		lines      [2]int
		want       string
	}{
		{"https://huggingface.co/acme/m/resolve/" + rev + "/README.md", "We release it.", [2]int{10, 12},
			"https://huggingface.co/acme/m/blob/" + rev + "/README.md?code=true#L10-L12"},
		{"https://huggingface.co/datasets/acme/d/raw/main/LICENSE", "x", [2]int{3, 3},
			"https://huggingface.co/datasets/acme/d/blob/main/LICENSE#L3"},
		{"https://huggingface.co/acme/m/resolve/main/README.md", "x", [2]int{},
			"https://huggingface.co/acme/m/blob/main/README.md"},
		{"https://huggingface.co/api/models/acme/m", `"model-00001-of-00002.safetensors"`, [2]int{1, 1},
			"https://huggingface.co/acme/m/blob/" + rev + "/model-00001-of-00002.safetensors"},
		{"https://huggingface.co/api/models/acme/m", "false", [2]int{1, 1}, "https://huggingface.co/acme/m"},
		{"https://huggingface.co/api/datasets/acme/d", `"gated": false`, [2]int{},
			"https://huggingface.co/datasets/acme/d"},
		{"https://raw.githubusercontent.com/acme/r/" + rev + "/src/train.py", "def train():", [2]int{7, 9},
			"https://github.com/acme/r/blob/" + rev + "/src/train.py#L7-L9"},
		{"https://raw.githubusercontent.com/acme/r/" + rev + "/README.md", "x", [2]int{7, 7},
			"https://github.com/acme/r/blob/" + rev + "/README.md?plain=1#L7"},
		{"https://api.github.com/repos/acme/r/git/trees/main?recursive=1", `"src/train.py"`, [2]int{1, 1},
			"https://github.com/acme/r/blob/" + rev + "/src/train.py"},
		{"https://api.github.com/repos/acme/r/git/trees/main?recursive=1", `"src"`, [2]int{1, 1},
			"https://github.com/acme/r/tree/" + rev},
		{"https://api.github.com/repos/acme/r", "x", [2]int{}, "https://github.com/acme/r"},
		{"https://export.arxiv.org/pdf/2401.00001#text", "x", [2]int{4, 4}, "https://arxiv.org/pdf/2401.00001"},
		{"https://export.arxiv.org/e-print/2401.00001", "x", [2]int{4, 4}, "https://arxiv.org/abs/2401.00001"},
		{"https://arxiv.org/html/2401.00001", "We trained it.", [2]int{4, 4},
			"https://arxiv.org/html/2401.00001#:~:text=We%20trained%20it."},
		{"https://example.org/terms?a=b#top", "one two-three, four", [2]int{1, 1},
			"https://example.org/terms?a=b#:~:text=one%20two%2Dthree%2C%20four"},
		{"https://example.org/terms", "a b c d e f g h **i** j", [2]int{1, 1},
			"https://example.org/terms#:~:text=a%20b%20c%20d,g%20h%20i%20j"},
		{"https://example.org/report.pdf#text", "a b", [2]int{1, 1}, "https://example.org/report.pdf"},
		{"https://api.github.com/repos/acme/r/git/trees/main", `"../../x.py"`, [2]int{},
			"https://github.com/acme/r/tree/" + rev},
		{"javascript:alert(1)", "x", [2]int{}, ""},
		{"https://user:word@example.org/", "x", [2]int{}, "https://user:word@example.org/"},
	} {
		e := Evidence{Observation: audit.Observation{URL: c.url, Quote: c.quote, Revision: rev}, Lines: c.lines}
		if got := e.Page(); got != c.want {
			t.Errorf("%s %q\n got %s\nwant %s", c.url, c.quote, got, c.want)
		}
	}
}
