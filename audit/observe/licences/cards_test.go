package licences

import (
	"testing"

	"openness/audit"
)

// TestVerdictOnCards: what a few lines of a card, as they are read beside a tag, leave of an open licence. An empty
// answer is one that is left open.
func TestVerdictOnCards(t *testing.T) {
	for _, test := range []struct{ name, tag, card, want string }{
		{"a licence to come", "mit", "## License\n\nTBD. A licence for the weights will be announced with the paper.", ""},
		{"a part under a closed licence", "mit",
			"The image encoder, whose weights are in this repository, is taken from Owl-L (CC BY-NC 4.0).", ""},
		{"weights to be added to others", "apache-2.0",
			"These are delta weights. Add them to the original LLaMA weights to obtain the model.", ""},
		{"licensed anew", "apache-2.0",
			"2025-03-02: We have relicensed all Falco 4B weights from CC BY-NC 4.0 to Apache 2.0. You may sell it.", Open},
		{"licensed anew, in Chinese", "apache-2.0", "## 协议\n\n模型许可证已由 CC BY-NC 4.0 变更为 Apache 2.0。", Open},
		{"licensed anew, the other way", "apache-2.0",
			"We have relicensed all Falco 4B weights from Apache 2.0 to CC BY-NC 4.0.", noncommercial},
		{"a grant in French", "cc-by-4.0", "## Licence\n\nLe modèle est distribué sous licence CC BY 4.0 ; l'usage " +
			"commercial est autorisé avec attribution.", Open},
		{"a limit in French", "cc-by-4.0", "## Licence\n\nLe modèle est distribué sous licence CC BY 4.0 ; l'usage " +
			"commercial est soumis à un accord.", Restricted},
		{"a grant in Spanish", "apache-2.0", "## Licencia\n\nLos pesos se publican bajo la licencia Apache 2.0 y pueden " +
			"usarse con fines comerciales y de investigación.", Open},
	} {
		const id = "acme/falco-4b"
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
			"---\nlicense: "+test.tag+"\n---\n# Falco 4B\n\nIt sings.\n\n"+test.card+"\n")})
		in.Look()
		got := ""
		for _, o := range Read(in) {
			if o.Fact == "license.weights.openness" && o.Finding == audit.Present {
				got = o.Value
			}
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
