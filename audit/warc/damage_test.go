package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// letters are archives of ten records, each with its letter as body.
func letters(zip bool, digests bool) (archive []byte, starts []int) {
	var b bytes.Buffer
	for i := range 10 {
		starts = append(starts, b.Len())
		block := "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat(string(rune('a'+i)), 100+i)
		more := []string{}
		if digests {
			more = append(more, "WARC-Block-Digest: "+digest([]byte(block))+"\r\n")
		}
		text := record("response", fmt.Sprintf("https://example.org/%c", 'a'+i), block, more...)
		if !zip {
			b.WriteString(text)
			continue
		}
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(text))
		z.Close()
	}
	return b.Bytes(), starts
}

// readLetters gives what was read, a letter for each good record, and the
// damage.
func readLetters(t *testing.T, in io.Reader) (good string, damage []*RecordError) {
	t.Helper()
	r, err := NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	for item, err := range Documents(r) {
		var damaged *RecordError
		switch {
		case errors.As(err, &damaged):
			damage = append(damage, damaged)
		case err != nil:
			t.Fatalf("error without a place: %v", err)
		default:
			good += string(item.Document.Body[:1])
		}
		if len(damage) > 20 {
			t.Fatalf("no end of damage: %v", damage[len(damage)-1])
		}
	}
	return good, damage
}

// onlyReader hides that a file can seek.
type onlyReader struct{ io.Reader }

// TestDamage: whatever happens to one record, it is named with its offset, and
// the others are read.
func TestDamage(t *testing.T) {
	flip := func(at int) func([]byte) []byte {
		return func(b []byte) []byte { b[at] ^= 0x20; return b }
	}
	drop := func(from, n int) func([]byte) []byte {
		return func(b []byte) []byte { return append(b[:from:from], b[from+n:]...) }
	}
	insert := func(at int, text string) func([]byte) []byte {
		return func(b []byte) []byte { return append(append(b[:at:at], text...), b[at:]...) }
	}
	for _, zip := range []bool{false, true} {
		whole, starts := letters(zip, true)
		middle := (starts[5] + starts[6]) / 2
		for _, c := range []struct {
			name   string
			damage func([]byte) []byte
			good   string
			record int // that the damage names
		}{
			{"none", func(b []byte) []byte { return b }, "abcdefghij", -1},
			{"a changed body", flip(starts[6] - 30), "abcdeghij", 5},
			{"bytes missing within", drop(starts[6]-60, 20), "abcdeghij", 5},
			{"a lost start", drop(starts[5], 10), "abcdeghij", 5},
			{"garbage between", insert(starts[5], "\x00\xff<html>\r\n<p>what</p>\r\n"), "abcdefghij", 5},
			{"cut off", func(b []byte) []byte { return b[:middle] }, "abcde", 5},
			{"garbage behind", insert(len(whole), "garbage"), "abcdefghij", 10},
			{"garbage first", insert(0, "\x1fgarbage\r\n"), "abcdefghij", 0},
		} {
			t.Run(fmt.Sprintf("zip=%v/%s", zip, c.name), func(t *testing.T) {
				archive := c.damage(bytes.Clone(whole))
				good, damage := readLetters(t, bytes.NewReader(archive))
				if good != c.good {
					t.Errorf("read %q, want %q; damage %v", good, c.good, damage)
				}
				if (len(damage) > 0) != (c.record >= 0) {
					t.Fatalf("damage %v", damage)
				}
				if c.record >= 0 && c.record < len(starts) && damage[0].Offset != int64(starts[c.record]) {
					t.Errorf("%v: want byte %d", damage[0], starts[c.record])
				}
				streamed, _ := readLetters(t, onlyReader{bytes.NewReader(archive)})
				if len(streamed) < len(c.good)-1 || !strings.HasPrefix(streamed, c.good[:min(5, len(c.good))]) {
					t.Errorf("read from a stream %q, want nearly %q", streamed, c.good)
				}
			})
		}
	}
}

// TestWrongLength: a length that swallows the records behind it does not hide
// them from a file; a record within a page stays text where nothing is damaged.
func TestWrongLength(t *testing.T) {
	for _, digests := range []bool{true, false} {
		archive, starts := letters(false, digests)
		head := bytes.Index(archive[starts[5]:], []byte("Content-Length: 124"))
		if head < 0 {
			t.Fatal("the sixth record is not as expected")
		}
		wrong := bytes.Replace(archive, []byte("Content-Length: 124"), []byte("Content-Length: 999"), 1)
		if good, damage := readLetters(t, bytes.NewReader(wrong)); !strings.HasPrefix(good, "abcde") ||
			!strings.HasSuffix(good, "ghij") || len(damage) == 0 {
			t.Errorf("digests %v: read %q, %v", digests, good, damage)
		}
		huge := bytes.Replace(archive, []byte("Content-Length: 124"), []byte("Content-Length: 99999999999"), 1)
		if good, damage := readLetters(t, bytes.NewReader(huge)); good != "abcdeghij" || len(damage) != 1 ||
			damage[0].Offset != int64(starts[5]) {
			t.Errorf("digests %v: read %q, %v", digests, good, damage)
		}
	}
	page := "HTTP/1.1 200 OK\r\n\r\nx\r\n\r\n" + record("response", "https://example.org/forged",
		"HTTP/1.1 200 OK\r\n\r\nz")
	archive := record("response", "https://example.org/a", page, "WARC-Block-Digest: "+digest([]byte(page))+"\r\n") +
		"garbage\r\n"
	if good, damage := readLetters(t, strings.NewReader(archive)); good != "x" || len(damage) != 1 {
		t.Errorf("a page with a record in it: read %q, %v", good, damage)
	}
}

// TestNested: records that each claim the rest of the file are read in time.
func TestNested(t *testing.T) {
	var b strings.Builder
	for range 20_000 {
		b.WriteString("WARC/1.1\r\nContent-Length: 60000000\r\n\r\n")
	}
	r, err := NewReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range Documents(r) {
		n++
	}
	if n == 0 || n > 2*maxBacks {
		t.Errorf("%d faults, want at most %d", n, 2*maxBacks)
	}
}

// TestOneMember: a whole archive in one gzip member is read too.
func TestOneMember(t *testing.T) {
	plain, _ := letters(false, true)
	if good, damage := readLetters(t, strings.NewReader(zipped(string(plain)))); good != "abcdefghij" ||
		len(damage) > 0 {
		t.Errorf("read %q, %v", good, damage)
	}
}
