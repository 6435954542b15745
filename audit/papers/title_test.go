package papers

import "testing"

func TestTitleName(t *testing.T) {
	for title, want := range map[string]string{
		"Falco: A Small Model":          "Falco",
		"{WomBAT}: Open Models":         "WomBAT",
		"Falco2 Technical Report":       "Falco2",
		"Paper: Falco: A Small Model":   "Falco",
		"Our Technical Report":          "",
		"How Marsupials Learn to Speak": "",
		"Small talk: what birds say":    "",
	} {
		if got := TitleName(title); got != want {
			t.Errorf("%q begins with the name %q, want %q", title, got, want)
		}
	}
}
