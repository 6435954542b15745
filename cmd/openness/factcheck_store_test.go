package main

import "testing"

// TestAnnounced: the catalogue's day of a release goes before the day on which the
// repository of a model of that line was made; another line's does not.
func TestAnnounced(t *testing.T) {
	for _, c := range []struct{ id, made, want string }{
		{"openai/gpt-oss-20b", "2025-08-04", "2025-08-05"},
		{"openai/gpt-oss-120b", "2025-08-04", "2025-08-05"},
		{"openai/gpt-oss-20b", "2026-08-04", "2026-08-04"},
		{"somebody/gpt-oss-20b", "2025-08-04", "2025-08-04"},
		{"openai/whisper-large-v3", "2023-11-07", "2023-11-07"},
		{"openai/gpt-oss-20b", "", ""},
	} {
		if got := announced(c.id, c.made); got != c.want {
			t.Errorf("%s made on %s: %s, want %s", c.id, c.made, got, c.want)
		}
	}
}
