package phrases

import "testing"

// FuzzLint: a file of phrases is read and tried, or its faults are named.
func FuzzLint(f *testing.F) {
	f.Add([]byte(`- {fact: test.a, lang: en, say: "(we|they) __3__ ship it?", yes: ["we ship it"], no: ["we hide it"]}`))
	f.Add([]byte("- {group: g, lang: en, say: \"(a|b)\"}\n- {fact: test.a, lang: en, say: \"{g}{g}{h}\", yes: [a], no: [b]}"))
	f.Add([]byte("- &a [*a]"))
	f.Add([]byte(`- {fact: mode, value: done, lang: zh, say: "(不|未)__9__{not}", yes: ["x"], no: ["y"]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, faults := Lint([]File{{"f.yaml", text}})
		if len(list) == 0 && len(faults) == 0 && len(text) > 0 && text[0] == '-' {
			t.Fatal("neither phrases nor faults")
		}
	})
}
