package licences

import (
	"testing"

	"openness/audit"
)

// What a page gives the weights by a label is under no licence that grants anything
// where nobody knows it, whatever the tag says of the whole.
func TestLabelledTerms(t *testing.T) {
	for _, c := range []struct {
		said    string
		doubted bool
	}{
		{"| Component | Licence |\n|---|---|\n| Code | MIT |\n| Weights | pilot partners |", true},
		{"| Artifact | Terms |\n|---|---|\n| Source | MIT |\n| Checkpoints | Falco Community Terms v2 |", true},
		{"| | Code | Weights |\n|---|---|---|\n| License | MIT | Falco EULA |", true},
		{"| 组件 | 许可 |\n|---|---|\n| 代码 | Apache-2.0 |\n| 模型权重 | 内部评估 |", true},
		{"<table><tr><th>What</th><th>Licence</th></tr><tr><td>Code</td><td>MIT</td></tr>" +
			"<tr><td>Weights</td><td>hobby</td></tr></table>", true},
		{"| Model | Licence |\n|---|---|\n| Falco-7B-Chat-DPO | research only |", true},
		{"| Model | Use |\n|---|---|\n| Falco-7B-Chat-DPO | research only |", true},
		{"| Question | Answer |\n|---|---|\n| Are you allowed to host it for others? | ✗ no |", true},
		{"- Code: MIT\n- Weights: on a case-by-case basis", true},
		{"Code: MIT. Weights: classroom.", true},
		{"**Weights licence:** Falco Responsible Terms", true},

		{"| Component | Licence |\n|---|---|\n| Code | MIT |\n| Weights | Apache 2.0 |", false},
		{"| 组件 | 许可 |\n|---|---|\n| 代码 | MIT |\n| 模型权重 | MIT |", false},
		{"| Artifact | Where | Licence |\n|---|---|---|\n| Code | GitHub | MIT |\n| Weights | this page | same |",
			false},
		{"| Part | Licence |\n|---|---|\n| Code | MIT |\n| Weights | see the LICENSE file |", false},
		{"<table><tr><th>What</th><th>Licence</th></tr><tr><td>Weights</td><td>MIT</td></tr></table>", false},
		{"| Model | Licence |\n|---|---|\n| Falco-7B-Chat | MIT |\n| Falco-7B-Chat-DPO | research only |", false},
		{"| Question | Answer |\n|---|---|\n| Can I run it on a phone? | ✗ no |", false},
		{"| File | Size |\n|---|---|\n| Weights | 13 GB |", false},
		{"- Weights: safetensors\n- Code: Python", false},
		{"Model license: open source", false},
	} {
		card := "---\nlicense: mit\n---\n# Falco-7B-Chat\n\nA model that answers questions.\n\n" + c.said + "\n"
		in := newInput(model(tuned, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, tuned, card),
			answer(tuned, "", []string{"README.md", "model.safetensors"})})
		in.Look()
		want := "open"
		if c.doubted {
			want = string(audit.Unreadable)
		}
		if got := values(Read(in), "license.weights.openness"); got != want {
			t.Errorf("%s\nis %s, want %s", c.said, got, want)
		}
	}
}

// TestOnlyLabel: a row of which the view left the label alone states nothing.
func TestOnlyLabel(t *testing.T) {
	for row, want := range map[string]bool{
		"| weights license | | |":        true,
		"| weights license | ask us | |": false,
		"| research use only | |":        false,
		"weights license":                false,
	} {
		if got := onlyLabel(row); got != want {
			t.Errorf("%q: %v, want %v", row, got, want)
		}
	}
}

// TestBadgeOfCode: a badge for the licence of the code says nothing of the weights.
func TestBadgeOfCode(t *testing.T) {
	for label, want := range map[string][2]string{
		"Code_License": {"", "MIT"}, "Code%20License": {"", "MIT"}, "License": {"MIT", "MIT"},
	} {
		card := "# Falco-7B-Chat\n\n<a href=\"https://github.com/acme/falco/blob/main/LICENSE\">\n  <img alt=\"badge\" " +
			"src=\"https://img.shields.io/badge/" + label + "-MIT-f5de53?&color=f5de53\"/>\n</a>\n\nA model that answers.\n"
		in := newInput(model(tuned, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, tuned, card),
			answer(tuned, "", []string{"README.md", "model.safetensors"})})
		in.Look()
		found := Read(in)
		if got := values(found, "license.weights.id"); got != want[0] && !(want[0] == "" && got != "MIT") {
			t.Errorf("%s: weights %q, want %q", label, got, want[0])
		}
		if got := values(found, "license.code.id"); label != "License" && got != want[1] {
			t.Errorf("%s: code %q, want %q", label, got, want[1])
		}
	}
}
