package license_test

import (
	"strings"
	"testing"

	"openness/audit/license"
)

// TestRiders: a word within a grant and a sentence beside it leave a text no approved licence, in
// whatever language and words; what says whose it is or where more stands takes nothing from it.
func TestRiders(t *testing.T) {
	for _, rider := range []string{"Billable work is left out.", "Firms ask first.", "Ends with the year 2029.",
		"Bakeries owe us a cake.", "Nur für Imker.", "Réservé aux jardiniers.", "养蜂人须付费。", "養蜂家は有料です。",
		"양봉가는 유료입니다.", "Solo para apicultores.", "Только для пчеловодов.", "Testfassung.",
		"License for non-commercial research use of this code.", "License for trial use of this code.",
		"LICENSE FOR OUR RESEARCH code",
		"Terms { use: non-commercial only", "Terms { use: research"} {
		for _, text := range []string{mit + "\n" + rider + "\n", rider + "\n\n" + mit} {
			if res := license.Identify([]byte(text)); !res.Modified || approved(res) || res.Expression != "" {
				t.Errorf("%q passes: %s", rider, verdict(res))
			}
		}
	}
	for _, word := range []string{"unpaid", "beekeeping", "European", "\u200bho\u200bbby", "during term"} {
		for _, at := range []string{"any person", "rights\nto use", "free of charge"} {
			text := strings.Replace(mit, at, strings.Replace(at, " ", " "+word+" ", 1), 1)
			if res := license.Identify([]byte(text)); text == mit || approved(res) {
				t.Errorf("%q put into %q passes: %s", word, at, verdict(res))
			}
		}
	}
	for _, holder := range []string{"for non-commercial use only, Acme University", "Non-Commercial, Acme Ltd",
		"Non-Commercial Research Use Only, Acme Ltd", "without commercial purposes Acme Inc.",
		"Commercial Use Prohibited Acme GmbH", "NO MILITARY ACME LTD",
		"Non-Commercial Purposes Acme Ltd"} {
		line := "Copyright (c) 2024 " + holder
		for _, text := range []string{mit + "\n" + line + "\n", line + "\n\n" + mit,
			strings.Replace(mit, "\n\nPermission", "\n"+line+"\n\nPermission", 1),
			strings.Replace(mit, "\n\nPermission", " "+holder+"\n\nPermission", 1)} {
			if res := license.Identify([]byte(text)); approved(res) {
				t.Errorf("%q passes: %s\n%.150s", holder, verdict(res), text)
			}
		}
	}
	for _, harmless := range []string{"Copyright (c) 2029 Non-Commercial Imkerei GmbH",
		"Copyright (c) 2029 No Honey Press, Inc.", "Thanks to all who helped.",
		"Quillfeather is a language model.", "Questions: mail to post@quillfeather.example", "QUILLFEATHER PARSER",
		"LICENSE FOR Brambletide and Quill Research code",
		"日本語訳は LICENSE.ja を参照。", "This product includes Brambletide."} {
		for _, text := range []string{mit + "\n" + harmless + "\n", harmless + "\n\n" + mit} {
			if res := license.Identify([]byte(text)); !approved(res) {
				t.Errorf("%q: %s", harmless, verdict(res))
			}
		}
	}
}
