package rubric

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"

	"openness/audit"
)

// everyRubric is each built-in set of rules: rubrics, policies and claims.
func everyRubric() []*Rubric {
	all := Builtin()
	for _, p := range Policies() {
		all = append(all, p.rubric)
	}
	for i := range known().list {
		all = append(all, known().list[i].policy.rubric)
	}
	return all
}

// forgetful is a dimension whose rules are evaluated each time that they are asked.
func forgetful(d Dimension) *Dimension {
	d.Rules = slices.Clone(d.Rules)
	for i := range d.Rules {
		d.Rules[i].answers, d.Rules[i].wordings = nil, nil
	}
	return &d
}

// sameAsWithout fails where a rubric's memo gives another judgement than the
// rules evaluated for these observations alone.
func sameAsWithout(t *testing.T, r *Rubric, observations []audit.Observation) {
	t.Helper()
	a := r.Judge(observations)
	c := newJudging(r.language, r.language.readings(observations))
	defer c.release()
	for i := range r.Dimensions {
		d := forgetful(r.Dimensions[i])
		o := c.judge(d)
		want, got := c.write(d, o), a.Judgements[i]
		if len(got.Observations) != len(got.Rests) {
			t.Fatalf("%s %s: %d observations, rests on %d", r.ID, d.ID, len(got.Observations), len(got.Rests))
		}
		for k, at := range got.Rests {
			if got.Observations[k] != observations[at] {
				t.Fatalf("%s %s: observation %d is not the one that it rests on", r.ID, d.ID, k)
			}
		}
		want.Reason = withUnits(want.Reason, got.Observations) // as Judge does, which has them
		got.Observations = nil
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s %s: the memo gives\n%+v\nthe rules give\n%+v", r.ID, d.ID, got, want)
		}
	}
}

// The memo gives what the rules give, whatever was judged before.
func TestMemo(t *testing.T) {
	random := rand.New(rand.NewPCG(14, 1))
	findings := []audit.Finding{audit.Present, audit.NotThere, audit.Denied, audit.NotFetched, audit.Unreadable}
	for n := range 120 {
		observations := evidence(n % 16)
		for range random.IntN(24) {
			o := observations[random.IntN(len(observations))]
			f, _ := audit.FactNamed(o.Fact)
			o.Finding, o.Indirect = findings[random.IntN(len(findings))], random.IntN(4) == 0
			o.Value = ""
			if o.Finding == audit.Present {
				o.Value = []string{"true", "false", "MIT", "0.5", "0.7", "0.70", "uses", "training data", "no number",
					""}[random.IntN(10)]
				if f.Type == audit.EnumFact && random.IntN(8) > 0 {
					o.Value = f.Values[random.IntN(len(f.Values))]
				}
				if o.Quote = "as the page says"; random.IntN(3) == 0 {
					o.Quote = ""
				}
			}
			if random.IntN(2) == 0 {
				observations[random.IntN(len(observations))] = o
			} else {
				observations = append(observations, o)
			}
		}
		for _, r := range everyRubric() {
			sameAsWithout(t, r, observations)
		}
	}
}

// The same over captured models: those of the file that OPENNESS_DUMP names,
// which TestDump of audit/observe writes.
func TestMemoOfCaptured(t *testing.T) {
	file, err := os.Open(os.Getenv("OPENNESS_DUMP"))
	if err != nil {
		t.Skip("OPENNESS_DUMP names no file of captured models' observations")
	}
	defer file.Close()
	all, models := everyRubric(), 0
	for lines := json.NewDecoder(file); lines.More(); models++ {
		var line struct{ Observations []audit.Observation }
		if err := lines.Decode(&line); err != nil {
			t.Fatal(err)
		}
		for _, r := range all {
			sameAsWithout(t, r, line.Observations)
		}
	}
	t.Logf("%d models under %d sets of rules", models, len(all))
}

// A memo that is full begins anew and goes on giving the same.
func TestMemoBounded(t *testing.T) {
	r := Builtin()[0]
	m := r.Dimensions[0].memo
	m.mutex.Lock()
	for i := range mostRemembered {
		m.known[string(rune(i))+"another"] = &outcome{}
	}
	m.mutex.Unlock()
	sameAsWithout(t, r, evidence(3))
	if n := len(m.known); n > mostRemembered {
		t.Errorf("%d outcomes are kept, more than %d", n, mostRemembered)
	}
}
