package observe

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/licences"
)

// TestDeeds: terms that the model is put under are doubted whatever they are called, and the
// licence that the page is under anyway is not.
func TestDeeds(t *testing.T) {
	for text, want := range map[string]bool{
		"The checkpoints ship with the Acme Model Agreement.":                             false,
		"Falco is governed by the Acme Terms of Use.":                                     false,
		"Weights are handed out once you have signed our transfer agreement.":             false,
		"By using Falco you agree to our usage policy.":                                   false,
		"The code is under Apache-2.0; the weights fall under the Acme Licence.":          false,
		"Only the code in this repository is licensed under Apache-2.0.":                  false,
		"Your right to use the model can be withdrawn at any time.":                       false,
		"El código es Apache-2.0; los pesos se rigen por la licencia de Acme.":            false,
		"Der Code steht unter Apache-2.0, für die Gewichte gilt die Acme-Modelllizenz.":   false,
		"モデルの重みには独自のライセンスが適用されます。":                                                        false,
		"Because the corpus is licensed for research, the same goes for the model.":       false,
		"## Commercial use\n\nNot at this time.":                                          false,
		"| Deployment | internal only |\n|---|---|":                                       false,
		"The code and the weights are released under the Apache 2.0 license.":             true,
		"You accept the terms and conditions of the Apache License 2.0 by using it.":      true,
		"Use of the model is subject to the license, see the license file for details.":   true,
		"It is released under a permissive license.":                                      true,
		"The model supports only hourly series, see the open-source code.":                true,
		"It was developed by three groups under a research collaboration agreement.":      true,
		"## Are there restrictions on commercial use?\n\nNo, not at all.":                 true,
		"Nothing in this card should be construed as a restriction of the license it has": true,
	} {
		docs := []audit.Document{front(audit.RoleEnd, tuned, "license: apache-2.0", "\n"+text+"\n"),
			answer(tuned, "", []string{"README.md", "model.safetensors"})}
		found := All(model(tuned, ""), docs)
		if got := values(found, "license.weights.openness") == licences.Open; got != want {
			t.Errorf("%q: open is %v, want %v", text, got, want)
		}
	}
}

// TestCommentsOnTheTag: a comment in the front matter may take the tag back.
func TestCommentsOnTheTag(t *testing.T) {
	for lines, want := range map[string]bool{
		"license: apache-2.0 # for the code, the weights are cc-by-nc-4.0":  false,
		"# weights are under a research licence\nlicense: apache-2.0":       false,
		"license: apache-2.0 # code only":                                   false,
		"license: apache-2.0 # as the base\ntags: [text]  # all of them":    true,
		"# built from a template\nlicense: apache-2.0\nlanguage: en # only": true,
	} {
		docs := []audit.Document{front(audit.RoleEnd, tuned, lines, "It answers."),
			answer(tuned, "", []string{"README.md", "model.safetensors"})}
		found := All(model(tuned, ""), docs)
		if got := values(found, "license.weights.openness") == licences.Open; got != want {
			t.Errorf("%q: open is %v, want %v", strings.ReplaceAll(lines, "\n", " / "), got, want)
		}
	}
}
