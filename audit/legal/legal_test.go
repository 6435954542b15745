package legal

import "testing"

// TestInOtherWords: names of terms, and names of other things that hold their words.
func TestInOtherWords(t *testing.T) {
	for name, want := range map[string]bool{
		"Falco社区许可协议": true, "用户协议": true, "协议": true, "利用契約": true, "契約書": true,
		"conditions_d'utilisation": true, "Conditions-d-utilisation": true, "conditions de l'utilisation": true,
		"contrat_d_utilisation": true, "conditions_generales": true, "LIZENZ": true,
		"boundary_conditions_data": false, "initial-conditions-dataset": false, "通信协议": false, "契約理論": false,
		"contraterm": false, "contrat_social": false,
	} {
		if got := InOtherWords(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
