package rubric

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"openness/audit"
)

const shipping = `id: shipping
version: "1"
name: What we may ship
requirements:
  - id: open-weights
    require: weights.end.published && weights.end.gate == "none"
    message: The weights must download freely; the gate is {weights.end.gate}.
  - id: open-licence
    require: license.weights.openness == "open"
    message: The licence of the weights must be open.
`

func TestPolicy(t *testing.T) {
	p, err := ParsePolicy("shipping.yaml", []byte(shipping))
	if err != nil {
		t.Fatal(err)
	}
	d := audit.Document{URL: "https://hub.example/m", Body: []byte("weights gate licence"), Outcome: audit.Fetched}
	published := audit.Observe(&d, "weights.end.published", "true", audit.Span{Start: 0, End: 7}, "")
	gated := audit.Observe(&d, "weights.end.gate", "manual", audit.Span{Start: 8, End: 12}, "")
	free := audit.Observe(&d, "weights.end.gate", "none", audit.Span{Start: 8, End: 12}, "")
	licence := audit.Observe(&d, "license.weights.openness", "open", audit.Span{Start: 13, End: 20}, "")
	refused := audit.From(&d, "license.weights.openness", audit.Denied, "401")
	unread := audit.From(&d, "license.lineage", audit.NotFetched, "Condor is named, and no page of it was read")
	under := audit.Observe(&d, "license.lineage", "rival/condor MIT", audit.Span{Start: 13, End: 20}, "")
	for name, c := range map[string]struct {
		observations []audit.Observation
		want         [2]Standing
	}{
		"all met": {[]audit.Observation{published, free, licence}, [2]Standing{Met, Met}},
		"made from what nobody read": {[]audit.Observation{published, free, licence, under, unread},
			[2]Standing{Met, Unknown}},
		"made from what was read": {[]audit.Observation{published, free, licence, under}, [2]Standing{Met, Met}},
		"gated":                   {[]audit.Observation{published, gated, licence}, [2]Standing{Violated, Met}},
		"refused":                 {[]audit.Observation{published, free, refused}, [2]Standing{Met, Unknown}},
		"unlooked":                {nil, [2]Standing{Unknown, Unknown}},
		"no gate":                 {[]audit.Observation{published, licence}, [2]Standing{Unknown, Met}},
		"withdrawn": {[]audit.Observation{audit.From(&d, "weights.end.published", audit.NotThere, ""), licence},
			[2]Standing{Violated, Met}},
	} {
		got := p.Check(c.observations)
		if got[0].Standing != c.want[0] || got[1].Standing != c.want[1] {
			t.Errorf("%s: %s and %s, want %v", name, got[0].Standing, got[1].Standing, c.want)
		}
	}
	if got := p.Check([]audit.Observation{published, gated, licence})[0].Reason; !strings.Contains(got, "manual") {
		t.Errorf("the reason %q does not give the gate", got)
	}
}

// TestPolicyOfAbsence: a demand that something is not so is met where the pages
// that would say so were read in vain, and only there.
func TestPolicyOfAbsence(t *testing.T) {
	p, err := ParsePolicy("p.yaml", []byte(`id: p
version: "1"
name: Nothing of the kind
requirements:
  - {id: whole, require: "!weights.end.delta", message: It is a difference.}
  - {id: undisclosed, require: data.pretraining.disclosure != "downloadable", message: It is out.}
`))
	if err != nil {
		t.Fatal(err)
	}
	d := audit.Document{URL: "https://hub.example/m", SHA256: "x", Body: []byte("some data"), Outcome: audit.Fetched}
	described := audit.Observe(&d, "data.pretraining.disclosure", "described", audit.Span{End: 9}, "")
	vain := func(fact string) audit.Observation { return audit.From(&d, fact, audit.NotThere, "") }
	lost := func(fact string) audit.Observation { return audit.From(&d, fact, audit.Denied, "401") }
	for name, c := range map[string]struct {
		observations []audit.Observation
		want         [2]Standing
	}{
		"read in vain": {[]audit.Observation{vain("weights.end.delta"),
			vain("data.pretraining.disclosure")}, [2]Standing{Met, Met}},
		"found, and less than all": {[]audit.Observation{vain("weights.end.delta"), described}, [2]Standing{Met, Met}},
		"a page refused": {[]audit.Observation{lost("weights.end.delta"), described,
			lost("data.pretraining.disclosure")}, [2]Standing{Unknown, Unknown}},
		"read and refused": {[]audit.Observation{vain("weights.end.delta"), lost("weights.end.delta"),
			described}, [2]Standing{Unknown, Met}},
		"nothing looked at": {nil, [2]Standing{Unknown, Unknown}},
	} {
		got := p.Check(c.observations)
		if got[0].Standing != c.want[0] || got[1].Standing != c.want[1] {
			t.Errorf("%s: %s and %s, want %v", name, got[0].Standing, got[1].Standing, c.want)
		}
		for _, f := range got {
			if f.Standing == Unknown && !strings.HasPrefix(f.Reason, "Not settled: ") {
				t.Errorf("%s: the reason %q speaks of classes", name, f.Reason)
			}
		}
	}
}

// TestPolicyThatSettlesNothing: requirements that no evidence could settle are
// faults of the file.
func TestPolicyThatSettlesNothing(t *testing.T) {
	for require, want := range map[string]string{
		"true": "reads no fact",
		"1 / (license.weights.user_threshold * 0) > 1":                           "can never be evaluated",
		`weights.end.gate == "none" && weights.end.gate == "manual"`:             "meets the requirement",
		`weights.end.gate != "none" || !(weights.end.gate == "manual")`:          "violates the requirement",
		`license.weights.id == license.weights.id`:                               "license.weights.id is compared with itself",
		`license.weights.id == "A" && weights.end.gate == "none"`:                "",
		`1 / license.weights.user_threshold == 1`:                                "",
		`license.weights.osi_approved || license.weights.openness == "open"`:     "",
		`license.weights.id.matches("^(MIT|Apache-2.0)$") && card.published`:     "",
		`"uses" in card.sections && datasheet.coverage >= 0.5 && card.published`: "",
	} {
		_, err := ParsePolicy("p.yaml",
			fmt.Appendf(nil, "id: p\nversion: \"1\"\nname: P\nrequirements:\n  - {id: r, require: %q, message: Never.}\n", require))
		if said := fmt.Sprint(err); (err == nil) != (want == "") || !strings.Contains(said, want) {
			t.Errorf("%s: %v, want %q", require, err, want)
		}
	}
}

// TestPolicyOfDifferingStatements: where two texts differ on a term and only one
// of them meets a demand, it is not met; where both do, it is.
func TestPolicyOfDifferingStatements(t *testing.T) {
	p, err := ParsePolicy("p.yaml", []byte(shipping))
	if err != nil {
		t.Fatal(err)
	}
	d := audit.Document{URL: "https://hub.example/m", Body: []byte("license: mit"), Outcome: audit.Fetched}
	at := audit.Span{End: 12}
	say := func(fact, value string) audit.Observation { return audit.Observe(&d, fact, value, at, "") }
	published, free, licence := say("weights.end.published", "true"), say("weights.end.gate", "none"),
		say("license.weights.openness", "open")
	for name, c := range map[string]struct {
		more audit.Observation
		want [2]Standing
	}{
		"nothing more":      {free, [2]Standing{Met, Met}},
		"another licence":   {say("license.weights.openness", "restricted"), [2]Standing{Met, Unknown}},
		"another statement": {say("license.weights.id", "MIT"), [2]Standing{Met, Met}},
		"a gate":            {say("weights.end.gate", "manual"), [2]Standing{Violated, Met}},
	} {
		got := p.Check([]audit.Observation{published, free, licence, c.more})
		if got[0].Standing != c.want[0] || got[1].Standing != c.want[1] {
			t.Errorf("%s: %s (%s) and %s (%s), want %v", name, got[0].Standing, got[0].Reason, got[1].Standing,
				got[1].Reason, c.want)
		}
	}
}

// TestWaivers: a waiver counts to the end of its last day, and nothing in a file
// of them may be left out.
func TestWaivers(t *testing.T) {
	list, err := ParseWaivers("w.yaml",
		[]byte("waivers:\n  - {model: a/b, requirement: r, who: A, why: B, until: 2026-03-05}\n"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	for at, want := range map[string]bool{"2026-03-05T23:59:59Z": false, "2026-03-06T00:00:00Z": true,
		"2026-03-06T01:00:00+02:00": false} {
		now, _ := time.Parse(time.RFC3339, at)
		if got := list[0].Expired(now); got != want {
			t.Errorf("at %s expired: %v", at, got)
		}
	}
	for file, want := range map[string]string{
		"waivers:\n  - {model: a/b, requirement: r, who: A, until: 2026-03-05}\n":              `lacks "why"`,
		"waivers:\n  - {model: a/*, requirement: r, who: A, why: B, until: 2026-03-05}\n":      "one model",
		"waivers:\n  - {model: a, requirement: r, who: A, why: B, until: 2026-02-30}\n":        "must be a day",
		"waivers:\n  - {model: a, requirement: r, who: A, why: B, until: 2026-02-03, by: C}\n": `no field "by"`,
		"wavers: []\n": `no field "wavers"`,
	} {
		if _, err := ParseWaivers("w.yaml", []byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}

// TestBuiltinPolicies: each is documented, and none is met by a model of which
// nothing is known.
func TestBuiltinPolicies(t *testing.T) {
	for _, p := range Policies() {
		if p.About == "" || p.SHA256 == "" {
			t.Errorf("%s does not say what it is for", p.ID)
		}
		for i, f := range p.Check(nil) {
			if f.Standing != Unknown {
				t.Errorf("%s: %s of nothing is %s", p.ID, f.Requirement, f.Standing)
			}
			if p.Requirements[i].Why == "" {
				t.Errorf("%s: %s does not say why", p.ID, f.Requirement)
			}
		}
	}
}

func TestPolicyFaults(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"unknown fact": {strings.Replace(shipping, "weights.end.gate ==", "weights.end.gait ==", 1),
			"weights.end.gait"},
		"twice": {strings.Replace(shipping, "id: open-licence", "id: open-weights", 1), "twice"},
		"no message": {strings.Replace(shipping, "    message: The licence of the weights must be open.\n", "", 1),
			`lacks "message"`},
		"not a boolean": {strings.Replace(shipping, `license.weights.openness == "open"`, "license.weights.openness",
			1), "shipping.yaml:9"},
		"empty":    {"", "empty"},
		"not YAML": {"id: [", "not YAML"},
	} {
		_, err := ParsePolicy("shipping.yaml", []byte(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want it to say %q", name, err, c.want)
		}
	}
}

// TestPolicyOfContradictions: a demand on a licence on which two statements
// disagree is not met, whichever side a rule would take; a duty left undone, or
// a disagreement on another part, leaves it alone.
func TestPolicyOfContradictions(t *testing.T) {
	p, err := ParsePolicy("p.yaml", []byte(`id: p
version: "1"
name: Commercial use
requirements:
  - {id: commercial, require: license.weights.commercial_use == "yes", message: It is not allowed.}
  - {id: code, require: license.code.openness == "open", message: The code is not open.}
`))
	if err != nil {
		t.Fatal(err)
	}
	d := audit.Document{URL: "https://hub.example/m", Body: []byte("license: mit"), Outcome: audit.Fetched}
	at := audit.Span{End: 12}
	allowed := audit.Observe(&d, "license.weights.commercial_use", "yes", at, "")
	denied := audit.Observe(&d, "license.weights.commercial_use", "no", at, "")
	code := audit.Observe(&d, "license.code.openness", "open", at, "")
	conflict := func(kind, sentence string) audit.Observation {
		return audit.Observe(&d, "license.conflict."+kind, sentence, at, "")
	}
	for name, c := range map[string]struct {
		observations []audit.Observation
		want         [2]Standing
	}{
		"none": {[]audit.Observation{allowed, code}, [2]Standing{Met, Met}},
		"prose": {[]audit.Observation{allowed, code, conflict("prose", "weights: one says A, one says B")},
			[2]Standing{Unknown, Met}},
		"the code's": {[]audit.Observation{allowed, code,
			conflict("forge_text", "code: one says A, one says B")}, [2]Standing{Met, Unknown}},
		"lineage": {[]audit.Observation{allowed, code, conflict("claims_more", "lineage: it claims more")},
			[2]Standing{Unknown, Met}},
		"a duty": {[]audit.Observation{allowed, code, conflict("naming", "lineage: the name")},
			[2]Standing{Met, Met}},
		"violated stays so": {[]audit.Observation{denied, code, conflict("prose", "weights: one says A, one says B")},
			[2]Standing{Violated, Met}},
	} {
		got := p.Check(c.observations)
		if got[0].Standing != c.want[0] || got[1].Standing != c.want[1] {
			t.Errorf("%s: %s and %s, want %v", name, got[0].Standing, got[1].Standing, c.want)
		}
		for _, f := range got {
			if f.Standing == Unknown && !strings.Contains(f.Reason, "one says") &&
				!strings.Contains(f.Reason, "claims more") {
				t.Errorf("%s: the reason %q shows no side", name, f.Reason)
			}
		}
	}
}

// TestThresholdUnit: a reason that gives a threshold says what is counted.
func TestThresholdUnit(t *testing.T) {
	d := audit.Document{Kind: audit.DocModelCard, URL: "u", Body: []byte("license: acme")}
	p, err := LoadPolicy("commercial-eu")
	if err != nil {
		t.Fatal(err)
	}
	o := audit.Observe(&d, "license.weights.user_threshold", "1000000", audit.Span{Start: 0, End: 7}, "")
	o.Note = audit.ThresholdNote("section 3", "USD annual revenue")
	for _, f := range p.Check([]audit.Observation{o}) {
		if f.Requirement == "size" && !strings.Contains(f.Reason, "1000000 USD annual revenue on") {
			t.Errorf("%s", f.Reason)
		}
	}
}
