package licences

import (
	"testing"

	"openness/audit"
)

// TestLimitsOfVersions: a limit on some versions is one on the model where its own version is
// among them, and an open question where nobody knows it.
func TestLimitsOfVersions(t *testing.T) {
	until := []string{
		"Version 0.9 could not be used commercially; from 1.0 on it can.",
		"The weights of version 0.9 could not be used commercially. From version 1.0 on, they can.",
		"Version 0.9 war nicht kommerziell nutzbar; ab 1.0 ist sie es.",
		"La version 0.9 interdisait l'usage commercial ; depuis la 1.0 il est permis.",
		"La versión 0.9 no permitía el uso comercial; desde la 1.0 sí.",
		"A versão 0.9 não permitia uso comercial; a partir da 1.0 permite.",
		"0.9 版不可商用,1.0 起可以商用。", "0.9版は商用不可でしたが、1.0以降は商用可能です。",
		"0.9 버전은 상업적 이용이 불가했지만 1.0부터는 가능합니다.",
	}
	since := []string{
		"Version 0.9 is free for all; from 1.0 on commercial use is forbidden.",
		"Version 0.9 is under Apache-2.0. From version 1.0 on the weights are for research only.",
		"0.9 版可以商用,1.0 起不可商用。",
	}
	for id, c := range map[string]struct{ until, since string }{
		"acme/falco-0.9": {"limited", "open"}, "acme/falco-1.0": {"open", "limited"}, "acme/falco-2.1": {"open", "limited"},
		"acme/falco": {"limited", "limited"},
	} {
		for _, said := range []struct {
			want  string
			texts []string
		}{{c.until, until}, {c.since, since}} {
			for _, text := range said.texts {
				in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
					"---\nlicense: mit\n---\n# Falco\n\nA model that answers questions.\n\n"+text+"\n")})
				in.Look()
				got := values(Read(in), "license.weights.openness")
				if (got == "open") != (said.want == "open") || id == "acme/falco" && text[:4] != "Vers" && got == "restricted" {
					t.Errorf("%s: %s: %s, want %s", id, text, got, said.want)
				}
			}
		}
	}
}

// TestNumbersOfNoVersion: a number that is an amount, a date or the version of something else, and a limit on a
// version that is named alone, leave no licence open.
func TestNumbersOfNoVersion(t *testing.T) {
	for id, limited := range map[string][]string{
		"acme/falco-1.0": {"Companies with revenue from 1.5 million euros on need a licence.",
			"Commercial use is allowed up to 0.5 million euros of revenue.",
			"Ab 1.1.2026 ist die kommerzielle Nutzung untersagt.", "Version 2.0 of our licence forbids commercial use.",
			"根据 2.0 版许可协议，不得商用", "Version 0.9 could not be used commercially.",
			"It needs the CUDA toolkit version 12.1 and must not be used commercially."},
		"acme/falco-2.0": {"Versions 1.0 and 2.0 are for research only.",
			"Falco v1.5 and v2 are not for commercial use."},
		"acme/falco-2": {"Falco is fine-tuned from Condor-7B-v0.1 and is for research use only."},
		"acme/falco":   {"From version 2 on the weights are for research only. Version 1 was Apache 2.0."},
	} {
		for _, text := range limited {
			in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
				"---\nlicense: mit\n---\n# Falco\n\nA model that answers questions.\n\n"+text+"\n")})
			in.Look()
			if got := values(Read(in), "license.weights.openness"); got == "open" {
				t.Errorf("%s: %s: %s, want limited", id, text, got)
			}
		}
	}
}

// TestNoOtherVersion: a number that tells no version, or one that the model's may be, takes no limit away.
func TestNoOtherVersion(t *testing.T) {
	for _, c := range [][2]string{
		{"acme/falco-2", "Falco is fine-tuned from Condor-7B-v0.1 and is for research use only."},
		{"acme/falco-2.0", "Companies with revenue from 1.5 million euros on need a licence."},
		{"acme/falco-1.0", "Commercial use is allowed up to 0.5 million euros of revenue."},
		{"acme/falco-1.0", "Ab 1.1.2026 ist die kommerzielle Nutzung untersagt."},
		{"acme/falco-1.0", "Commercial use is forbidden from 1.1.2026 on."},
		{"acme/falco-1.0", "Version 2.0 of our licence forbids commercial use."},
		{"acme/falco-1.0", "根据2.0版许可协议，不得商用。"},
		{"acme/falco-1.0", "It needs the CUDA toolkit version 12.1 and must not be used commercially."},
		{"acme/falco-2.0", "Versions 1.0 and 2.0 are for research only."},
		{"acme/falco-2.0", "Falco v1.5 and v2 are not for commercial use."},
		{"acme/falco-2", "Version 2.1 may not be sold."},
		{"acme/falco-2", "Version 2 is a small update. As with version 1, commercial use is forbidden."},
		{"acme/falco-2", "Version 2 is built on version 1, which remains non-commercial, and inherits its licence."},
		{"acme/falco-2", "Version 2 unterstützt Lieder. Wie schon Version 1 ist es nicht kommerziell nutzbar."},
		{"acme/falco-2", "2.0 版更好。与 1.0 版一样,不可商用。"},
	} {
		in := newInput(model(c[0], ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, c[0],
			"---\nlicense: mit\n---\n# Falco\n\nA model that answers questions.\n\n"+c[1]+"\n")})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got == "open" {
			t.Errorf("%s: %s: %s", c[0], c[1], got)
		}
	}
}
