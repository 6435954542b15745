package claims

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkCheck checks the sentences of one set, and tells what one costs.
func BenchmarkCheck(b *testing.B) {
	data, err := os.ReadFile("testdata/fourteenth.tsv")
	if err != nil {
		b.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(data)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 4 {
			list = append(list, f[3])
		}
	}
	for _, s := range list { // the book is compiled as it is needed
		checker.Check(s, namesIn(s), "")
	}
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		s := list[n%len(list)]
		checker.Check(s, namesIn(s), "")
	}
}
