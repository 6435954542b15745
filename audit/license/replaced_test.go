package license_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"openness/audit/license"
)

// replaced is a licence's text, repeated up to a size, with every ninth word
// another: nothing is equal for long, and everything looks alike.
func replaced(t testing.TB, size int) []byte {
	text, err := os.ReadFile("../../LICENSE") // the project's own
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	words := strings.Fields(string(text))
	for i := 0; b.Len() < size; i++ {
		w := words[i%len(words)]
		if i%9 == 8 {
			w = fmt.Sprintf("wombat%d", i%7)
		}
		b.WriteString(w)
		b.WriteByte(' ')
	}
	return []byte(b.String()[:size])
}

// maxReplacedSteps is what a byte of such a text costs at most, in steps: twice what it
// costs in one copy. Several copies in a file are parted, and each costs what one does.
const maxReplacedSteps = 20

// TestCostOfReplacedWords: the cost of each byte stays within bounds at every size.
func TestCostOfReplacedWords(t *testing.T) {
	plainRunOnly(t)
	for _, size := range []int{5_000, 11_000, 25_000, 50_000, 100_000, 400_000, 1_600_000} {
		res, steps := license.IdentifyCounting(replaced(t, size))
		per := float64(steps) / float64(size)
		t.Logf("%8d bytes: %.1f steps per byte, %s", size, per, res.License)
		if per > maxReplacedSteps {
			t.Errorf("%d bytes cost %.1f steps each, more than %d", size, per, maxReplacedSteps)
		}
	}
}

func BenchmarkReplaced(b *testing.B) {
	for _, size := range []int{5_000, 11_000, 25_000, 50_000, 100_000, 400_000, 1_600_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			text := replaced(b, size)
			b.SetBytes(int64(size))
			start := processorTime()
			for b.Loop() {
				license.Identify(text)
			}
			reportSpeed(b, size, start)
		})
	}
}
