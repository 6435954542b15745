package data

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"
)

// FuzzReadExperts: a table is read whole or refused with a reason, and each
// judgement stands once.
func FuzzReadExperts(f *testing.F) {
	f.Add([]byte("system,dimension,class,links\na,code,open,https://x\na,paper,,\n"),
		[]byte("system,name,organisation\na,A,Acme\n"))
	f.Add([]byte("\xef\xbb\xbfsystem;dimension;class\n"), []byte(""))
	f.Add([]byte("system,dimension,class\na,code,open\na,code,closed\n"), []byte("x"))
	f.Add([]byte("system,system,dimension,class\n\"a\n\",b,c,open\n"), []byte("system\n"))
	f.Fuzz(func(t *testing.T, judgements, systems []byte) {
		dir := t.TempDir()
		file := filepath.Join(dir, "x-judgements.csv")
		for name, text := range map[string][]byte{file: judgements, filepath.Join(dir, "x-systems.csv"): systems} {
			if err := os.WriteFile(name, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		e, err := ReadExperts(file)
		if (err == nil) != (len(e.Systems) > 0) && err == nil {
			t.Fatal("no systems and no error")
		}
		seen := map[[2]string]bool{}
		for _, s := range e.Systems {
			for _, j := range s.Judgements {
				if key := [2]string{s.ID, j.Dimension}; seen[key] {
					t.Fatalf("%v is judged twice", key)
				} else {
					seen[key] = true
				}
			}
		}
		_, _ = ReadCaptured(file)
	})
}

// FuzzReadSnapshot: bytes are a whole snapshot or refused.
func FuzzReadSnapshot(f *testing.F) {
	var small bytes.Buffer
	lines, err := readSnapshot(bytes.NewReader(snapshotFile))
	if err != nil {
		f.Fatal(err)
	}
	if err := writeSnapshot(&small, lines[:1]); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes())
	f.Add(small.Bytes()[:small.Len()/2])
	f.Add([]byte{0x50, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte("\x28\xb5\x2f\xfd\x00\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if lines, err := readSnapshot(bytes.NewReader(text)); err != nil && lines != nil {
			t.Fatalf("%d records beside %v", len(lines), err)
		}
		_, _ = readFrame(text)
	})
}

// FuzzSearchWords: any text is words to look for, and what is found of them in a
// document lies in it, at borders of characters.
func FuzzSearchWords(f *testing.F) {
	f.Add("training data", []byte("The Training-Data is here."))
	f.Add(`"a" OR b*) NEAR/2 -c`, []byte("a b c"))
	f.Add("İstanbul ẞ ſ", []byte("istanbul ss \xff S"))
	f.Add("模型", []byte("这个模型"))
	f.Fuzz(func(t *testing.T, query string, body []byte) {
		words := searchWords(query)
		if len(words) > maxWords {
			words = words[:maxWords]
		}
		if slices.Contains(words, "") {
			t.Fatal("an empty word")
		}
		s := excerpt(body, words)
		if s.Start < 0 || s.End < s.Start || s.End > len(body) || utf8.Valid(body) && !utf8.Valid(body[s.Start:s.End]) {
			t.Fatalf("%+v of %d bytes", s, len(body))
		}
		for _, m := range matches(body, s, words) {
			if m.Start < s.Start || m.End > s.End || m.End < m.Start {
				t.Fatalf("%+v is outside of %+v", m, s)
			}
		}
	})
}
