package agreement

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"openness/audit"
	"openness/rubric"
)

func near(got Ratio, want, within float64) bool { return math.Abs(float64(got)-want) <= within }

// Published figures: the two-class tables are those of Artstein and Poesio
// (2008) and of the example in Cohen's kappa's usual presentation (two graders,
// 50 applications); the three-class one is the worked example that
// scikit-learn tests against, there 0.9541 with quadratic weights. With two
// classes quadratic kappa is plain kappa.
func TestKappaOfPublishedExamples(t *testing.T) {
	for _, c := range []struct {
		name   string
		counts Counts
		want   float64
		within float64
	}{
		{"Artstein and Poesio", Counts{{20, 20, 0, 0}, {10, 50, 0, 0}}, 0.348, 0.0005},
		{"two graders", Counts{{20, 5, 0, 0}, {10, 15, 0, 0}}, 0.4, 1e-12},
		{"three ordered classes", Counts{{46, 0, 0, 0}, {4, 40, 0, 0}, {0, 0, 10, 0}}, 0.9541, 0.00005},
		{"perfect", Counts{{3, 0, 0, 0}, {0, 3, 0, 0}, {0, 0, 3, 0}}, 1, 1e-12},
		{"chance", Counts{{1, 0, 1, 0}, {0, 0, 0, 0}, {1, 0, 1, 0}}, 0, 1e-12},
		{"opposite", Counts{{0, 0, 5, 0}, {0, 0, 0, 0}, {5, 0, 0, 0}}, -1, 1e-12},
		{"undetermined is left out", Counts{{46, 0, 0, 9}, {4, 40, 0, 9}, {0, 0, 10, 9}}, 0.9541, 0.00005},
	} {
		if got := c.counts.Kappa(); !near(got, c.want, c.within) {
			t.Errorf("%s: kappa %v, want %v", c.name, got, c.want)
		}
	}
	if k := (&Counts{{5, 0, 0, 0}}).Kappa(); k.Defined() {
		t.Errorf("kappa of one class on both sides is %v, want undefined", k)
	}
}

// A quadratic weight makes two small steps less costly than one large one.
func TestKappaWeighsDistance(t *testing.T) {
	small := Counts{{4, 1, 0, 0}, {1, 4, 1, 0}, {0, 1, 4, 0}}
	large := Counts{{3, 0, 2, 0}, {0, 6, 0, 0}, {2, 0, 3, 0}}
	if small.Kappa() <= large.Kappa() {
		t.Errorf("four small slips give %v, four large ones %v", small.Kappa(), large.Kappa())
	}
}

// The pairs of the worked example in the usual presentation of Spearman's
// coefficient: IQ and hours of television of ten people give -29/165.
func TestSpearmanOfPublishedExample(t *testing.T) {
	iq := []float64{106, 100, 86, 101, 99, 103, 97, 113, 112, 110}
	hours := []float64{7, 27, 2, 50, 28, 29, 20, 12, 6, 17}
	if got := Spearman(iq, hours); !near(got, -29.0/165, 1e-12) {
		t.Errorf("got %v", float64(got))
	}
	if got := Spearman([]float64{1, 2, 2, 3}, []float64{10, 20, 20, 30}); !near(got, 1, 1e-12) {
		t.Errorf("ties that agree give %v", got)
	}
	if Spearman([]float64{1}, []float64{1}).Defined() || Spearman([]float64{1, 1}, []float64{1, 2}).Defined() {
		t.Error("too few or constant values give a number")
	}
	if got, want := midRanks([]float64{30, 10, 20, 20, 20}), []float64{5, 1, 3, 3, 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("ranks %v, want %v", got, want)
	}
}

func TestMacroF1AndAgreementCountUndeterminedAsMiss(t *testing.T) {
	c := Counts{{2, 0, 0, 2}, {0, 0, 0, 0}, {1, 0, 3, 0}}
	// closed: precision 2/3, recall 2/4, F1 4/7; open: precision 1, recall 3/4, F1 6/7.
	if got := c.MacroF1(); !near(got, 5.0/7, 1e-12) {
		t.Errorf("macro-F1 %v, want 5/7", float64(got))
	}
	if got := c.Agreement(); !near(got, 5.0/8, 1e-12) {
		t.Errorf("agreement %v, want 5/8", float64(got))
	}
	if c.Commonest() != 4 || c.Total() != 8 || c.Determined() != 6 {
		t.Errorf("commonest %d of %d, %d determined", c.Commonest(), c.Total(), c.Determined())
	}
}

func TestBootstrapIsRepeatableAndHoldsTheEstimate(t *testing.T) {
	var systems []Counts
	var all Counts
	for i := range 60 {
		c := Counts{{2, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 2, 0}}
		if i%5 == 0 {
			c = Counts{{1, 0, 1, 0}, {0, 0, 1, 0}, {1, 0, 1, 0}}
		}
		systems = append(systems, c)
		all.plus(&c)
	}
	first := bootstrap(systems)
	if first != bootstrap(systems) {
		t.Error("two runs give two intervals")
	}
	k := all.Kappa()
	if !(first[0] < k && k < first[1]) || first[1]-first[0] > 0.4 {
		t.Errorf("interval %v around %v", first, k)
	}
	if bootstrap(systems[:1])[0].Defined() {
		t.Error("one system gives an interval")
	}
}

func TestFoldsCoverEverySystemOnce(t *testing.T) {
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}
	counts := make([]Counts, len(names))
	for i := range counts {
		counts[i] = Counts{{1, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 1, 0}}
	}
	f := foldsOf(names, counts, 5)
	n := 0
	for _, s := range f.Systems {
		n += s
	}
	if n != len(names) || len(f.Kappa) != 5 || !near(f.Mean, 1, 1e-12) || !near(f.Deviation, 0, 1e-12) {
		t.Errorf("folds %+v", f)
	}
	// A system stays in its fold, whatever else is in the list.
	if got := foldsOf(names[:1], counts[:1], 5); got.Systems[Fold("a", 5)] != 1 {
		t.Errorf("folds of one system: %+v", got)
	}
}

func TestCompare(t *testing.T) {
	r := &rubric.Rubric{Ref: rubric.Ref{ID: "r"}, Dimensions: []rubric.Dimension{{ID: "good"}, {ID: "bad"},
		{ID: "unrated"}}}
	said := audit.Observation{Fact: "f", Finding: audit.Present, Value: "v", Quote: "words", URL: "https://example.org",
		Start: 3, End: 8}
	judged := func(good, bad rubric.Class) rubric.Assessment {
		return rubric.Assessment{Judgements: []rubric.Judgement{{Dimension: "good", Class: good},
			{Dimension: "bad", Class: bad, Reason: "because", Cause: rubric.CauseRefused,
				Observations: []audit.Observation{said, {Fact: "g", Finding: audit.Denied}}}}}
	}
	report := Compare(r, []System{
		{ID: "two", Experts: map[string]rubric.Class{"good": rubric.Closed, "bad": rubric.Closed,
			"elsewhere": rubric.Open}, Tool: judged(rubric.Closed, rubric.Undetermined)},
		{ID: "one", Experts: map[string]rubric.Class{"good": rubric.Open, "bad": rubric.Open, "unrated": ""},
			Tool: judged(rubric.Open, rubric.Closed)},
	})
	if report.Systems != 2 || report.Judgements != 4 || report.Undetermined != 1 ||
		report.ByCause[rubric.CauseRefused] != 1 {
		t.Errorf("counts are wrong: %+v", report)
	}
	if !near(report.Overall.Agreement, 0.5, 1e-12) || !near(report.Overall.AgreementDetermined, 2.0/3, 1e-12) ||
		!near(report.Overall.Majority, 0.5, 1e-12) || !near(report.Overall.Spearman, 1, 1e-12) {
		t.Errorf("overall %+v", report.Overall)
	}
	if len(report.Dimensions) != 2 || report.Dimensions[0].Dimension != "bad" ||
		report.Dimensions[0].Confusion[rubric.Open][rubric.Closed] != 1 {
		t.Errorf("dimensions %+v, want the worst first and no unrated one", report.Dimensions)
	}
	want := []Disagreement{
		{System: "one", Dimension: "bad", Expert: rubric.Open, Tool: rubric.Closed, Reason: "because",
			Cause:  rubric.CauseRefused,
			Quotes: []Quote{{"f", "v", "https://example.org", 3, 8, "words"}}},
		{System: "two", Dimension: "bad", Expert: rubric.Closed, Tool: rubric.Undetermined, Reason: "because",
			Cause:  rubric.CauseRefused,
			Quotes: []Quote{{"f", "v", "https://example.org", 3, 8, "words"}}},
	}
	if !reflect.DeepEqual(report.Disagreements, want) {
		t.Errorf("disagreements %+v\nwant %+v", report.Disagreements, want)
	}
	if !reflect.DeepEqual(report.Left, []string{"elsewhere"}) {
		t.Errorf("left out %v", report.Left)
	}
}

func TestUndefinedRatiosAreNull(t *testing.T) {
	text, err := json.Marshal([]Ratio{Ratio(math.NaN()), 0.123456, 1})
	if err != nil || string(text) != "[null,0.1235,1]" {
		t.Fatalf("%s, %v", text, err)
	}
	var back []Ratio
	if err := json.Unmarshal(text, &back); err != nil || back[0].Defined() || back[1] != 0.1235 {
		t.Errorf("%v, %v", back, err)
	}
}

// TestKappaIsConcordance: with quadratic weights kappa is the concordance
// coefficient of the two series of places on the scale (Fleiss and Cohen 1973;
// Lin 1989), which is computed here from means and squares of single pairs
// rather than from the table. What must not matter is checked along with it:
// which side is which, which end of the scale is up, and how often all is said.
func TestKappaIsConcordance(t *testing.T) {
	random := rand.New(rand.NewPCG(1973, 1989))
	for range 500 {
		var c, turned, mirrored, doubled Counts
		var pairs [][2]float64
		for range 1 + random.IntN(60) {
			i, j := random.IntN(3), random.IntN(3)
			pairs = append(pairs, [2]float64{float64(i), float64(j)})
			c[i][j]++
			turned[j][i]++
			mirrored[2-i][2-j]++
			doubled[i][j] += 2
		}
		want := concordance(pairs)
		for name, got := range map[string]Ratio{"as it is": c.Kappa(), "turned": turned.Kappa(),
			"mirrored": mirrored.Kappa(), "doubled": doubled.Kappa()} {
			if got.Defined() != !math.IsNaN(want) || got.Defined() && !near(got, want, 1e-9) {
				t.Fatalf("%s: kappa of %v is %v, want %v", name, c, float64(got), want)
			}
			if got.Defined() && (got < -1-1e-9 || got > 1+1e-9) {
				t.Fatalf("%s: kappa of %v is %v, out of bounds", name, c, float64(got))
			}
		}
	}
}

// concordance is 2 cov / (var + var + (difference of means)²), NaN for constants.
func concordance(pairs [][2]float64) float64 {
	var x, y, xx, yy, xy float64
	for _, p := range pairs {
		x, y, xx, yy, xy = x+p[0], y+p[1], xx+p[0]*p[0], yy+p[1]*p[1], xy+p[0]*p[1]
	}
	n := float64(len(pairs))
	x, y = x/n, y/n
	below := xx/n - x*x + yy/n - y*y + (x-y)*(x-y)
	if below < 1e-12 {
		return math.NaN()
	}
	return 2 * (xy/n - x*y) / below
}
