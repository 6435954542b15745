package rubric

import (
	"errors"
	"testing"
	"time"

	"openness/audit"
)

// someObservations say something, nothing and that they were refused.
func someObservations() []audit.Observation {
	d := audit.Document{URL: "https://hub.example/m", Body: []byte("weights gate licence"), Outcome: audit.Fetched}
	return []audit.Observation{
		audit.Observe(&d, "weights.end.published", "true", audit.Span{Start: 0, End: 7}, ""),
		audit.Observe(&d, "weights.end.gate", "manual", audit.Span{Start: 8, End: 12}, ""),
		audit.From(&d, "license.weights.openness", audit.Denied, "401"),
	}
}

// FuzzParsePolicy: a file is a policy or has faults, and what is accepted can be
// checked, in bounded time.
func FuzzParsePolicy(f *testing.F) {
	f.Add([]byte(shipping))
	for _, id := range PolicyIDs() {
		text, err := PolicyFile(id)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("id: p\nversion: 1\nrequirements: [{id: a, require: '1/0==1', message: m}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ParsePolicy("p.yaml", text)
		if (p == nil) == (err == nil) {
			t.Fatal("neither policy nor error, or both")
		}
		if err != nil {
			var faults Faults
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("error without a fault: %v", err)
			}
			return
		}
		checked(t, p)
	})
}

// FuzzExpression: whatever stands in a condition is refused, or ends: met, violated
// or unknown, with a reason.
func FuzzExpression(f *testing.F) {
	for _, text := range []string{`weights.end.published && weights.end.gate == "none"`, `1/0 == 1`,
		`[1,2,3].all(x, x > 0)`,
		`"a".matches("(a+)+$")`, `["a","b"].exists(x, ["c"].exists(y, x == y))`, `weights.end.gate in ["none"]`, `!(`,
		`{1: 2}[3] == 4`, `"x" + 1`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, condition string) {
		quoted := ""
		for _, r := range condition {
			if r == '\'' {
				quoted += "'"
			}
			quoted += string(r)
		}
		p, err := ParsePolicy("p.yaml", []byte("id: p\nversion: \"1\"\nname: P\nrequirements:\n  - {id: a, require: '"+
			quoted+"', message: m}\n"))
		if err == nil {
			checked(t, p)
		}
	})
}

func checked(t *testing.T, p *Policy) {
	t.Helper()
	for _, observations := range [][]audit.Observation{nil, someObservations()} {
		started := time.Now()
		for _, found := range p.Check(observations) {
			if found.Standing != Met && found.Standing != Violated && found.Standing != Unknown {
				t.Fatalf("standing %q", found.Standing)
			}
		}
		if took := time.Since(started); took > 10*time.Second {
			t.Fatalf("checking took %s", took)
		}
	}
}

// FuzzParseWaivers: a file of waivers is read whole or not at all.
func FuzzParseWaivers(f *testing.F) {
	f.Add([]byte("- {model: a/b, requirement: open, reason: tried, by: me, until: 2027-01-01}"))
	f.Add([]byte("- &a [*a]\n"))
	f.Add([]byte("waivers: []"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if list, err := ParseWaivers("w.yaml", text); err != nil && len(list) > 0 {
			t.Fatalf("%d waivers beside %v", len(list), err)
		}
	})
}
