package formula

import "testing"

func TestPlain(t *testing.T) {
	for tex, want := range map[string]string{
		`3\times 10^{-4}`:                  "3×10^-4",
		`\mathrm{lr}=1\text{e}-3`:          "lr=1e-3",
		`90\%`:                             "90%",
		`\beta_{1}=0.9,\;\beta_2=0.95`:     "β_1=0.9, β_2=0.95",
		`\frac{1}{2}`:                      "frac 12",
		`{{}`:                              "",
		`\`:                                `\`,
		`\approx 1.2\,\mathrm{T}~\text{t}`: "≈1.2 T t",
	} {
		if got := Plain(tex); got != want {
			t.Errorf("Plain(%q) = %q, want %q", tex, got, want)
		}
	}
}
