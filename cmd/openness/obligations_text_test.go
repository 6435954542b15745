package main

import (
	"os"
	"path/filepath"
	"testing"

	"openness/audit/obligations"
)

// TestOthersNotices: files with a likely head of anybody's are left alone, and what this command
// wrote is written anew.
func TestOthersNotices(t *testing.T) {
	for name, text := range map[string]string{
		"NOTICE.txt":     "NOTICE\n\nThis product includes software developed at a university.\n",
		"ATTRIBUTION.md": "# Attributions\n\n- a photograph\n",
		"LICENSES.md":    "# Licences to pass on\n\n- MIT\n",
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := writeNotices(dir, obligationsJSON{Model: "acme/a"}); err == nil {
			t.Errorf("%s was written over", name)
		}
		if kept, err := os.ReadFile(file); err != nil || string(kept) != text {
			t.Errorf("%s: %q, %v", name, kept, err)
		}
	}
	dir := t.TempDir()
	for _, model := range []string{"acme/a", "acme/b"} {
		if err := writeNotices(dir, obligationsJSON{Model: model}); err != nil {
			t.Errorf("%s: %v", model, err)
		}
	}
}

// TestSectionSaidOnce: an entry of a licence may say "section 2" or "2" of where a term stands.
func TestSectionSaidOnce(t *testing.T) {
	for _, said := range []string{"2", "section 2"} {
		got := section("LicenseRef-plover", obligations.Clause{Section: said}, "section ")
		if want := "LicenseRef-plover, section 2"; got != want {
			t.Errorf("of %q: %q, want %q", said, got, want)
		}
	}
}
