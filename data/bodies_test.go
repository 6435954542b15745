package data

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"openness/audit"
)

// TestUnpackIsBounded: a stored body unpacks to the size that was stored with it, and to no more.
func TestUnpackIsBounded(t *testing.T) {
	body := []byte("# Falco\nIt sings.\n")
	large := bytes.Repeat([]byte{'a'}, 64<<20)
	var streamed bytes.Buffer // a frame that does not say how large it is
	w, err := zstd.NewWriter(&streamed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(large); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		size   int
		packed []byte
		fault  string
	}{
		{"as it was stored", len(body), bodyEncoder().EncodeAll(body, nil), ""},
		{"of another size", len(body) - 1, bodyEncoder().EncodeAll(body, nil), "its size is not"},
		{"much larger", len(body), bodyEncoder().EncodeAll(large, nil), "its size is not"},
		{"much larger, and not said", len(body), streamed.Bytes(), "its size is not"},
	} {
		_, err := unpack(audit.Hash(body), c.size, c.packed)
		if (err == nil) != (c.fault == "") || err != nil && !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestOneByteIsNoDatabase: SQLite takes a file of one byte for an empty one and would write over it.
func TestOneByteIsNoDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err := OpenToRead(t.Context(), path); err == nil || !strings.Contains(err.Error(), "no SQLite database") {
		t.Errorf("opened %v: %v", db, err)
	}
	if left, err := os.ReadFile(path); err != nil || string(left) != "x" {
		t.Errorf("the file holds %q now: %v", left, err)
	}
}
