// Package formula makes short plain text of TeX formulas, so that figures which
// papers set as formulas can be read: "10^{-4}", "1.5\\times 10^{12}".
//
// In: TeX as it stands in a source or in a page's alttext. Out: text without
// commands. What a formula means is not understood.
package formula

import (
	"strings"

	"openness/audit/pattern"
)

// maxFormula bounds a formula; a longer one is a proof, not a figure.
const maxFormula = 4_000

var (
	looks = pattern.MustCompile(`\\(?:mathrm|mathbf|mathit|mathsf|mathtt|mathcal|mathbb|text|textbf|textit|textrm` +
		`|operatorname|displaystyle|textstyle|boldsymbol|rm|bf|left|right|big|Big|bigl|bigr|hbox|mbox)\b\*?`)
	commands = pattern.MustCompile(`\\([a-zA-Z]+)\s?`)
	braces   = pattern.MustCompile(`\^\{([^{}]*)\}`)
	lowered  = pattern.MustCompile(`_\{([^{}]*)\}`)
	signs    = map[string]string{
		"times": "×", "cdot": "·", "approx": "≈", "sim": "~", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "pm": "±",
		"rightarrow": "→", "to": "→",
		"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "lambda": "λ",
		"mu": "μ", "sigma": "σ", "tau": "τ",
		"theta": "θ", "eta": "η", "pi": "π", "rho": "ρ", "phi": "φ", "infty": "∞", "ldots": "…", "dots": "…",
		"cdots": "…", "neq": "≠", "ne": "≠",
		"quad": " ", "qquad": " ", "in": "∈", "sum": "∑", "log": "log ", "exp": "exp ", "max": "max ", "min": "min ",
		"circ": "°", "ast": "*", "dagger": "†",
		"ddagger": "‡", "star": "*", "checkmark": "✓", "uparrow": "↑", "downarrow": "↓", "bullet": "•", "langle": "⟨",
		"rangle": "⟩", "ll": "≪", "gg": "≫", "percent": "%",
	}
	escapes = strings.NewReplacer(`\%`, "%", `\$`, "$", `\&`, "&", `\#`, "#", `\_`, "_", `\,`, " ", `\;`, " ", `\:`,
		" ", `\!`, "", `\ `, " ", `~`, " ", `\{`, "(", `\}`, ")", `\\`, " ")
)

// Plain makes short text of a formula in TeX.
func Plain(tex string) string {
	if len(tex) > maxFormula {
		return " … "
	}
	tex = escapes.Replace(looks.ReplaceAllString(tex, ""))
	tex = commands.ReplaceAllStringFunc(tex, func(c string) string {
		name := strings.TrimSpace(c[1:])
		if s, ok := signs[name]; ok {
			return s
		}
		return name + " "
	})
	tex = braces.ReplaceAllString(tex, "^$1")
	tex = lowered.ReplaceAllString(tex, "_$1")
	tex = strings.NewReplacer("{", "", "}", "").Replace(tex)
	return strings.Join(strings.Fields(tex), " ")
}
