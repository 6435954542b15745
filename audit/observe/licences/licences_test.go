package licences

import (
	"strings"
	"testing"

	"openness/audit"
)

func TestLicenceBadges(t *testing.T) {
	const at = "](https://github.com/acme/quokka/blob/main/LICENSE)"
	for body, want := range map[string]string{
		"[![Data License](https://img.shields.io/badge/Data%20License-CC%20By%20NC%204.0-red.svg)" +
			at: "data CC-BY-NC-4.0",
		"[![Weight License](https://img.shields.io/badge/Weight_License-CC%20BY--NC--SA%204.0-red?style=flat)" +
			at: "weights CC-BY-NC-SA-4.0",
		"<p>\n<a href=\"https://github.com/acme/quokka/blob/main/LICENSE-CODE\"><img alt=\"Code License\" src=\"https://img.shields.io/badge/Code_License-MIT-f5de53\"/></a>\n</p>": "code MIT",
		"<p>\n<a href=\"https://github.com/acme/quokka/blob/main/LICENSE\"><img alt=\"License\" src=\"https://img.shields.io/badge/License-MIT-f5de53\"/></a>\n</p>":                "code MIT",
		"[![Data License](https://img.shields.io/badge/Data%20License-CC_BY_4.0-red)](https://github.com/rival/wombat/blob/main/LICENSE)":                                           "data CC-BY-4.0",
		"[![Build](https://img.shields.io/badge/build-passing-green)" +
			at: "",
	} {
		tool := "[![Python](https://img.shields.io/badge/python-3.9-blue.svg)](https://github.com/others/python)"
		d := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\nA model.\n\n"+body+"\n"+tool+"\n")
		in := newInput(model("acme/Quokka-8B", ""), []audit.Document{d})
		var got []string
		for _, l := range proseLicences(in, &in.Docs[0]) {
			got = append(got, l.component+" "+l.id)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
}
