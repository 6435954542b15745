package main

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestMentions: which stored models a sentence names.
func TestMentions(t *testing.T) {
	subjects := []audit.Subject{
		{ID: "acme/Quo-4", Label: "Quo"}, {ID: "acme/Quo-Coder", Name: "Quo-Coder"},
		{ID: "rival/Wombat-2", Name: "Wombat-2"}, {ID: "other/Wombat-2", Name: "Wombat-2"},
		{ID: "fenn/Numbat-3B", Name: "Numbat-3B", Released: "2024-01-01"}, {ID: "fenn/Numbat-5B", Name: "Numbat-5B",
			Released: "2025-01-01"}, {ID: "open/Open-2", Released: "2025-01-01"},
		{ID: "acme/Zebu-3-8B-Instruct"}, {ID: "acme/Yapok-7B-v0.2"}, {ID: "acme/Zorilla-7B-chat"},
		{ID: "acme/Tapir-base"}, {ID: "rival/Tapir-chat"},
	}
	for text, want := range map[string]string{
		"Quo is open source":                      "acme/Quo-4",
		"Is it true that QUO's weights are open?": "acme/Quo-4",
		"quo.":                                   "acme/Quo-4",
		"(Quo) is open":                          "acme/Quo-4",
		"The status quorum is open source":       "",
		"Quo-3 is open source":                   "",
		"Quo 3 is open source":                   "",
		"Quo2 is open source":                    "",
		"rival/Quo is open source":               "",
		"Neo-Quo is open source":                 "",
		"Quo Coder is open source":               "acme/Quo-Coder",
		"acme/quo-coder is open source":          "acme/Quo-Coder",
		"Quo is more open source than Quo-Coder": "acme/Quo-Coder acme/Quo-4",
		"Wombat 2 is open source":                "rival/Wombat-2 other/Wombat-2",
		"rival/Wombat-2 is open source":          "rival/Wombat-2",
		"Quo, unlike quo, is nice":               "acme/Quo-4 acme/Quo-4",
		"Quoはオープンソースだ":                           "acme/Quo-4",
		"Quo는 오픈소스이다":                            "acme/Quo-4",

		// families, and names of which nothing is stored
		"Zilch is a family":         "",
		"Numbat's weights are open": "fenn/Numbat-5B",
		"the numbat's weights":      "",
		"Numbat-3B and Numbat":      "fenn/Numbat-3B fenn/Numbat-5B",
		"Numbats are marsupials":    "",
		// what makes the release is left out, what makes the model is not
		"Zebu 3 is open":               "acme/Zebu-3-8B-Instruct",
		"Zebu 3's big, Zebu-3-8B not":  "acme/Zebu-3-8B-Instruct",
		"Zebu 30 is open":              "",
		"Yapok 7B, zorilla and Zorils": "acme/Yapok-7B-v0.2",
		"Tapir and Tapir-Chat":         "",
		"Numbat 7 is not Numbat":       "fenn/Numbat-5B",
		"Kimi is open source":          "catalogue:kimi",
		"GPT-4 is proprietary":         "catalogue:gpt-4",
		"a falcon is open, Falcon not": "",
		"":                             "",
	} {
		var ids []string
		for _, m := range longest(newNamer(subjects).mentions(text)) {
			ids = append(ids, m.id)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}
