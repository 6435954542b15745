package pdf

import (
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"openness/audit/papers/text/markdown"
)

// TestMutations damages a real PDF in many places. The fuzzer measures coverage
// of the WebAssembly runtime and is too slow for PDFium, so this does without.
// OPENNESS_MUTATIONS asks for more rounds than a usual run has.
func TestMutations(t *testing.T) {
	plainRunOnly(t)
	rounds := 40
	if n, err := strconv.Atoi(os.Getenv("OPENNESS_MUTATIONS")); err == nil {
		rounds = n
	}
	seeds := [][]byte{paged(3, stream("", []byte(sentences)), ""), paged(2, stream("/Filter /FlateDecode",
		deflated([]byte(sentences))), ""), file(t, "owner-password.pdf")}
	if whole, err := os.ReadFile("../testdata/papers/heron/paper.pdf"); err == nil {
		seeds = append(seeds, whole)
	}
	random := rand.New(rand.NewPCG(11, 29))
	read, failed := 0, 0
	began := time.Now()
	for i := range rounds {
		body := append([]byte(nil), seeds[i%len(seeds)]...)
		for range 1 + random.IntN(30) {
			at := random.IntN(len(body))
			switch random.IntN(4) {
			case 0:
				body[at] = byte(random.IntN(256))
			case 1:
				body = append(body[:at], body[min(len(body), at+random.IntN(64)):]...)
			case 2:
				from := random.IntN(len(body))
				copy(body[at:], body[from:min(len(body), from+random.IntN(200))])
			case 3:
				copy(body[at:], strconv.Itoa(random.Int()))
			}
			if len(body) == 0 {
				break
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		text, info, err := Read(ctx, body)
		cancel()
		if err != nil {
			failed++
			if text != nil {
				t.Errorf("round %d: text beside %v", i, err)
			}
			continue
		}
		read++
		for p := range markdown.Passages(text) {
			if p.Start >= p.End || p.End > len(text) || p.Page > info.Pages {
				t.Fatalf("round %d: passage %+v of %d bytes, %d pages", i, p, len(text), info.Pages)
			}
		}
	}
	took := time.Since(began)
	t.Logf("%d read, %d refused, %.1f a second", read, failed, float64(rounds)/took.Seconds())
	if read == 0 || failed == 0 {
		t.Errorf("%d read and %d refused: the damage is too small or too great to test anything", read, failed)
	}
}
