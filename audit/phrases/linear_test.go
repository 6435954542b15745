package phrases

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostile texts repeat one thing: what a page would to be read slowly.
var hostile = map[string]string{
	"one promise":         "We intend to publish the training code. ",
	"one word":            "release ",
	"words without end":   "we will not be able to release the training data soon on request ",
	"not not not":         "not be be been the our ",
	"you you you":         "you can not share ",
	"dots":                ".",
	"open brackets":       "[a](",
	"open tags":           "<a ",
	"addresses":           "https://example.org/a.",
	"quotes":              "> ",
	"boxes":               "- [ ] ",
	"one long word":       "a",
	"long prefix":         "releas",
	"Chinese promise":     "我们计划在论文录用之后开源训练代码",
	"Chinese without end": "不公开将申请",
	"commas":              "but, and the data is, while ",
	"entities":            "&amp;",
	"accents":             "e\u0301",
	"bytes":               "\xff\xc3",
}

// TestLinear: the work on a hostile text grows with its length and no faster.
func TestLinear(t *testing.T) {
	const small = 64 << 10
	for name, piece := range hostile {
		var perByte []float64
		for size := small; len(perByte) < 2; {
			text := []byte(strings.Repeat(piece, size/len(piece)+1)[:size])
			s := Default().scanners.New().(*scanner)
			matches := len(s.scan(text))
			perByte = append(perByte, float64(s.steps)/float64(size))
			t.Logf("%-20s %8d bytes, %5.2f steps a byte, %d matches", name, size, perByte[len(perByte)-1], matches)
			// The words of a sentence and what belongs to them are all that is kept.
			if cap(s.words) > 2*maxSentence || cap(s.atoms) > 40*maxSentence {
				t.Errorf("%s: %d words and %d atoms are kept", name, cap(s.words), cap(s.atoms))
			}
			if size = 1 << 20; perByte[0] > 3 && os.Getenv("OPENNESS_SLOW") != "" {
				size = 8 << 20 // where most is tried
			}
		}
		if perByte[1] > perByte[0]*1.05+0.01 {
			t.Errorf("%s: %.2f steps a byte of a small text, %.2f of a large one", name, perByte[0], perByte[1])
		}
		// The bound that the book gives: each word may begin each phrase once.
		if perByte[1] > 400 {
			t.Errorf("%s: %.0f steps a byte", name, perByte[1])
		}
	}
}

// TestReadLong: a text of many clauses is read at each of them.
func TestReadLong(t *testing.T) {
	const piece = "We released the weights, but the data will not be released, and the code is on our roadmap. "
	text := strings.Repeat(piece, 2000)
	r := Read(text)
	for _, c := range []struct{ at, mode string }{{"weights", "done"}, {"data", "denied"}, {"code", "promised"}} {
		for i := 0; i < len(text); i += 97 * len(piece) {
			if mode, m := r.At(i + strings.Index(piece, c.at)); mode != c.mode {
				t.Fatalf("the clause of %q at %d is %s (%v)", c.at, i, mode, m.Phrase)
			}
		}
	}
}

// pages gives some megabytes of real cards, or else made ones.
func pages(b *testing.B) []byte {
	names, _ := filepath.Glob("../../../shared/corpus/huggingface/cards/*/*.md")
	var text []byte
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		if text = append(text, data...); len(text) > 8<<20 {
			break
		}
	}
	if len(text) == 0 {
		b.Skip("the shared corpus is not here")
	}
	return text
}

// synthetic makes a book of n phrases from the words of cards.
func synthetic(n int) *Book {
	words := strings.Fields(commonLatin)
	r := rand.New(rand.NewPCG(3, 3))
	word := func() string { return words[r.IntN(len(words))] }
	var list []*Phrase
	for len(list) < n {
		say := fmt.Sprintf("(%s|%s) %s? __3__ %s %s%c*", word(), word(), word(), word(), word(), 'a'+rune(r.IntN(26)))
		p, err := parsePattern(say, nil)
		if err != nil {
			continue
		}
		list = append(list, &Phrase{Fact: "test.p", Say: say, pattern: p})
	}
	return newBook(list, func(*Phrase, error) {})
}

func BenchmarkFind(b *testing.B) {
	text := pages(b)
	for _, c := range []struct {
		name string
		book *Book
	}{
		{"Book", Default()}, {"Mode", Default().Of("mode")}, {"Stage", Default().Of("stage")},
		{"Synthetic150", synthetic(150)}, {"Synthetic1500", synthetic(1500)}, {"Synthetic6000", synthetic(6000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			matches := 0
			for b.Loop() {
				matches = len(c.book.Find(text))
			}
			b.ReportMetric(float64(matches), "matches")
		})
	}
}

// BenchmarkSentence reads one sentence, as themes do.
func BenchmarkSentence(b *testing.B) {
	const s = "We released the weights, but the training data will not be released for legal reasons."
	b.ReportAllocs()
	for b.Loop() {
		ModeAt(s, 40)
	}
}

// BenchmarkCompile compiles the built-in book.
func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := load(Builtin(), nil); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
