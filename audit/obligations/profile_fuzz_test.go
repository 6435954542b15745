package obligations

import "testing"

// FuzzParseProfile: what is accepted names a use, and countries by two letters.
func FuzzParseProfile(f *testing.F) {
	f.Add([]byte("name: Acme\ncountry: de\nmarkets: [us, EU]\nuse: [product]\nmonthly_active_users: 10\n"))
	f.Add([]byte("use: [service]\nuse: [service]\nunknown: 1"))
	f.Add([]byte("a: &a [*a, *a]\nuse: *a"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ParseProfile(text)
		if err == nil && (len(p.Use) == 0 || p.Country != "" && !isPlace(p.Country)) {
			t.Fatalf("%+v", p)
		}
	})
}
