package rubric

import (
	"fmt"
	"testing"

	"openness/audit"
)

// evidence imitates one audited model: most facts present, some read in vain,
// one in eight not to be had; n varies which.
func evidence(n int) []audit.Observation {
	var list []audit.Observation
	for i, f := range audit.Facts() {
		switch k := (i + n) % 8; {
		case k == 0:
			list = append(list, found(f.Name, audit.Denied))
		case k < 3:
			list = append(list, found(f.Name, audit.NotThere))
		default:
			value := map[audit.FactType]string{audit.BoolFact: "true", audit.StringFact: "MIT", audit.ListFact: "uses",
				audit.IntFact: "3", audit.FloatFact: "0.5"}[f.Type]
			if f.Type == audit.EnumFact {
				value = f.Values[(i+n)%len(f.Values)]
			}
			list = append(list, present(f.Name, value))
		}
	}
	return list
}

// BenchmarkJudge judges models whose evidence differs; an operation is one
// model. The judgements/s are of dimensions.
func BenchmarkJudge(b *testing.B) {
	models := make([][]audit.Observation, 64)
	for i := range models {
		models[i] = evidence(i)
	}
	for _, r := range Builtin() {
		b.Run(r.ID, func(b *testing.B) { judgeAll(b, r, models) })
	}
	text, err := BuiltinFile("osai-2026")
	if err != nil {
		b.Fatal(err)
	}
	own, err := Parse("mine.yaml", text)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("osai-2026 as a stranger's file", func(b *testing.B) { judgeAll(b, own, models) })
}

func judgeAll(b *testing.B, r *Rubric, models [][]audit.Observation) {
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		r.Judge(models[n%len(models)])
		n++
	}
	b.ReportMetric(float64(n*len(r.Dimensions))/b.Elapsed().Seconds(), "judgements/s")
}

// BenchmarkLoad reads and compiles a rubric of 12 dimensions.
func BenchmarkLoad(b *testing.B) {
	text, err := BuiltinFile("osai-2026")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("f.yaml", text); err != nil {
			b.Fatal(fmt.Errorf("built-in rubric: %w", err))
		}
	}
}
