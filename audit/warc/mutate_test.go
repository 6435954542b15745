package warc

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestMutations: archives with a few bytes changed are read to their end, and
// damage of some records leaves most of the others.
func TestMutations(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, zip := range []bool{false, true} {
		whole, _ := letters(zip, true)
		read := 0
		const rounds = 300
		for range rounds {
			archive := bytes.Clone(whole)
			for range 1 + random.IntN(3) {
				archive[random.IntN(len(archive))] = byte(random.IntN(256))
			}
			good, damage := readLetters(t, bytes.NewReader(archive))
			if len(good)+len(damage) == 0 {
				t.Errorf("nothing read and no damage named")
			}
			read += len(good)
		}
		if share := float64(read) / (10 * rounds); share < 0.75 {
			t.Errorf("zip=%v: %.0f %% of the records were read; at most three of ten were hit", zip, 100*share)
		}
	}
}
