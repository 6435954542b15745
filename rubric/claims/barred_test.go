package claims

import "testing"

// TestNotWithout: a use or a download that is denied without something is had
// with it. It is neither given nor denied outright, and where what lacks is not
// understood it is left open.
func TestNotWithout(t *testing.T) {
	for verdict, texts := range map[string][]string{
		"supported": {
			"Dingo-2B may not be used commercially without a licence from Dune.",
			"Without permission from Dune, Dingo-2B may not be used commercially.",
			"No company may sell products with Dingo-2B without a written agreement.",
			"Ohne Erlaubnis von Dune darf Dingo-2B nicht kommerziell genutzt werden.",
			"Für Dingo-2B gibt es keine kommerzielle Nutzung ohne gesonderte Lizenz.",
			"Sans autorisation de Dune, Dingo-2B ne peut pas être utilisé à des fins commerciales.",
			"Dingo-2B no puede usarse comercialmente sin permiso de Dune.",
			"未经Dune许可，不得将Dingo-2B用于商业用途。", "没有Dune的授权，Dingo-2B不能商用。",
			"Wombat-7B cannot be downloaded without registration.",
			"There is no download of Wombat-7B without an application.",
			"Ohne Registrierung kann man Wombat-7B nicht herunterladen.",
			"Die Gewichte von Wombat-7B gibt es nicht ohne Konto.",
			"Wombat-7B ne peut pas être téléchargé sans inscription.",
			"Los pesos de Wombat-7B no se pueden descargar sin registrarse.", "不注册就不能下载Wombat-7B。",
			"Quokka-7B may be used commercially without permission.",
			"The weights of Quokka-7B can be downloaded without registration."},
		"partly": {"Wombat-7B may not be used commercially without approval."},
		"refuted": {
			"Quokka-7B may not be used commercially without a licence from Acme.",
			"Quokka-7B darf nicht ohne schriftliche Genehmigung von Acme kommerziell genutzt werden.",
			"Quokka-7B ne peut pas être utilisé commercialement sans autorisation.",
			"Quokka-7B no se puede usar comercialmente sin permiso.", "未经许可，Quokka-7B不得用于商业用途。",
			"Quokka-7B cannot be downloaded without registration.", "未注册不能下载Quokka-7B。",
			"Quokka-7B kann nicht ohne Anmeldung heruntergeladen werden.",
			"Dingo-2B may be used commercially without permission.",
			"Wombat-7B se descarga sin trámites ni aprobaciones."},
		"undetermined": {
			"Dingo-2B cannot be downloaded without registration.", "Quokka-7B cannot be downloaded without its code.",
			"Numbat-3B may not be used commercially without blorb."},
	} {
		for _, text := range texts {
			if c := checker.Check(text, namesIn(text), ""); string(c.Verdict) != verdict {
				t.Errorf("%q: %s, want %s: %s", text, c.Verdict, verdict, explain(c))
			}
		}
	}
}
