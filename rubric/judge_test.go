package rubric

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// A small table of facts and a rubric over it, so that every case can be tried.
var smallFacts = []audit.Fact{
	{Name: "weights.published", Type: audit.BoolFact, Merge: "any", Observer: "weights"},
	{Name: "weights.gate", Type: audit.EnumFact, Values: []string{"none", "automatic", "manual"}, Merge: "most",
		Observer: "weights"},
	{Name: "paper.venue", Type: audit.StringFact, Merge: "first", Observer: "papers"},
	{Name: "card.sections", Type: audit.ListFact, Merge: "union", Observer: "cards"},
	{Name: "sheet.coverage", Type: audit.FloatFact, Merge: "most", Observer: "sheets"},
	{Name: "code.denied", Type: audit.BoolFact, Merge: "any", Observer: "code"},
}

const head = "id: small\nversion: \"1\"\nname: Small\nsources: [here]\naggregate: sum\ndimensions:\n"

func small(t testing.TB, rules string) *Rubric {
	t.Helper()
	r, err := parse("small.yaml", []byte(head+rules), smallFacts, untrusted)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const weightsDimension = `  - id: weights
    name: Weights
    group: availability
    question: Can anyone download the weights?
    rules:
      - {when: 'weights.published && weights.gate == "none"', class: open, reason: They download freely.}
      - {when: weights.published, class: partial, reason: "Behind a gate: {weights.gate}."}
    default: {class: closed, reason: No weights were found.}
`

func present(fact, value string) audit.Observation {
	return audit.Observation{Fact: fact, Finding: audit.Present, Value: value, Quote: "said " + value,
		URL: "https://example.org/" + fact}
}

func found(fact string, f audit.Finding) audit.Observation {
	return audit.Observation{Fact: fact, Finding: f, URL: "https://example.org/" + fact}
}

func TestJudgeGivesClassReasonAndEvidence(t *testing.T) {
	published, free := present("weights.published", "true"), present("weights.gate", "none")
	manual := present("weights.gate", "manual")
	pointed := published
	pointed.Indirect = true
	noWeights, noGate := found("weights.published", audit.NotThere), found("weights.gate", audit.NotThere)
	refused := found("weights.gate", audit.Denied)
	riddle := found("weights.gate", audit.Unreadable)
	riddle.Quote = "Ask the owl."
	for _, c := range []struct {
		name     string
		given    []audit.Observation
		class    Class
		reason   string
		cause    Cause
		unknown  []string
		evidence []audit.Observation
	}{
		{"free", []audit.Observation{published, free}, Open, "They download freely.", "", nil,
			[]audit.Observation{published, free}},
		{"a gate read in vain is no gate", []audit.Observation{published, noGate}, Open, "They download freely.", "",
			nil,
			[]audit.Observation{published, noGate}},
		{"free, as a place that is no statement shows", []audit.Observation{pointed, noGate}, Open,
			"They download freely. No passage says this itself: it is inferred from what is quoted.", "", nil,
			[]audit.Observation{pointed, noGate}},
		{"gated", []audit.Observation{published, manual}, Partial, "Behind a gate: manual.", "", nil,
			[]audit.Observation{manual, published}},
		{"the strictest gate counts", []audit.Observation{published, free, manual}, Partial, "Behind a gate: manual.",
			"", nil,
			[]audit.Observation{manual, published}},
		{"not there", []audit.Observation{noWeights, noGate}, Closed, "No weights were found.", "", nil,
			[]audit.Observation{noWeights, noGate}},
		{"not there, whatever the gate", []audit.Observation{noWeights, refused}, Closed, "No weights were found.", "",
			nil,
			[]audit.Observation{noWeights, refused}},
		{"gate refused", []audit.Observation{published, refused}, Undetermined,
			"Not settled between open and partial: weights.gate hangs on a source that was refused to us.", CauseRefused,
			[]string{"weights.gate"}, []audit.Observation{refused}},
		{"weights read in vain in one place, refused in another",
			[]audit.Observation{noWeights, found("weights.published", audit.Denied), free}, Undetermined,
			"Not settled between open and closed: weights.published hangs on a source that was refused to us.", CauseRefused,
			[]string{"weights.published"},
			[]audit.Observation{noWeights, found("weights.published", audit.Denied)}},
		{"unreadable value", []audit.Observation{published, present("weights.gate", "wooden")}, Undetermined,
			"Not settled between open and partial: weights.gate hangs on a source that could not be read.", CauseUnreadable,
			[]string{"weights.gate"},
			[]audit.Observation{present("weights.gate", "wooden")}},
		{"words that nobody understood", []audit.Observation{published, riddle}, Undetermined,
			"Not settled between open and partial: weights.gate hangs on words that were read and not understood.",
			CauseUnreadable, []string{"weights.gate"}, []audit.Observation{riddle}},
		{"the observer read its pages and found nothing to say", []audit.Observation{published}, Undetermined,
			"Not settled between open and partial: weights.gate is not spoken of in what was read.", CauseNothingSaid,
			[]string{"weights.gate"}, []audit.Observation{}},
		{"nothing at all", nil, Undetermined,
			"Not settled between open and partial and closed: weights.published and weights.gate hang on sources that were not looked at.",
			CauseNotCaptured, []string{"weights.published", "weights.gate"}, []audit.Observation{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := small(t, weightsDimension).Judge(c.given).Judgements[0]
			if j.Class != c.class || j.Reason != c.reason || j.Cause != c.cause || !slices.Equal(j.Unknown, c.unknown) {
				t.Errorf("got %s %q, cause %q, unknown %v\nwant %s %q, cause %q, unknown %v",
					j.Class, j.Reason, j.Cause, j.Unknown, c.class, c.reason, c.cause, c.unknown)
			}
			if !reflect.DeepEqual(j.Observations, c.evidence) {
				t.Errorf("evidence %+v, want %+v", j.Observations, c.evidence)
			}
		})
	}
}

func TestJudgeGrantsNothingWithoutAQuote(t *testing.T) {
	r := small(t, `  - id: d
    name: D
    group: g
    question: q
    rules:
      - {when: '!code.denied', class: open, reason: Nobody denied it.}
    default: {class: closed, reason: It was denied.}
`)
	j := r.Judge([]audit.Observation{found("code.denied", audit.NotThere)}).Judgements[0]
	if j.Class != Undetermined || j.Cause != CauseNothingSaid {
		t.Errorf("got %s: %s", j.Class, j.Reason)
	}
}

// A snapshot ships places in documents without their words; a claim without a
// place is worth nothing.
func TestJudgeTakesAPlaceForAQuote(t *testing.T) {
	r := small(t, weightsDimension)
	placed := audit.Observation{Fact: "weights.published", Finding: audit.Present, Value: "true", SHA256: "ab",
		Start: 3, End: 9}
	nowhere := audit.Observation{Fact: "weights.published", Finding: audit.Present, Value: "true"}
	free := found("weights.gate", audit.NotThere)
	if j := r.Judge([]audit.Observation{placed, free}).Judgements[0]; j.Class != Open {
		t.Errorf("with a place: %s (%s)", j.Class, j.Reason)
	}
	if j := r.Judge([]audit.Observation{nowhere, free}).Judgements[0]; j.Class != Undetermined {
		t.Errorf("without a place: %s (%s)", j.Class, j.Reason)
	}
}

// What is known of a fact that a reason names is shown where something else leaves the class open.
func TestJudgeShowsWhatIsKnownBesideWhatIsNot(t *testing.T) {
	r := small(t, `  - id: d
    name: D
    group: g
    question: q
    rules:
      - {when: weights.published, class: open, reason: "Out, with {card.sections}."}
    default: {class: closed, reason: Nothing.}
`)
	lost, said := found("weights.published", audit.Denied), present("card.sections", "uses")
	j := r.Judge([]audit.Observation{said, lost}).Judgements[0]
	if want := []audit.Observation{lost, said}; j.Class != Undetermined || !slices.EqualFunc(j.Observations, want,
		func(a, b audit.Observation) bool { return a == b }) {
		t.Errorf("%s (%s) rests on %+v, want %+v", j.Class, j.Reason, j.Observations, want)
	}
}

func TestJudgeRestsOnTheTermThatHolds(t *testing.T) {
	r := small(t, `  - id: d
    name: D
    group: g
    question: q
    rules:
      - {when: 'weights.published || "uses" in card.sections || sheet.coverage > 0.5', class: open, reason: "Found: {card.sections}."}
    default: {class: closed, reason: Nothing.}
`)
	uses := present("card.sections", "uses")
	j := r.Judge([]audit.Observation{found("weights.published", audit.Denied), uses,
		present("sheet.coverage", "0.2")}).Judgements[0]
	if j.Class != Open || j.Reason != "Found: uses." || !reflect.DeepEqual(j.Observations, []audit.Observation{uses}) {
		t.Errorf("got %s %q resting on %+v", j.Class, j.Reason, j.Observations)
	}
}

func TestJudgeShowsAFewQuotesOfOneValueAndAllElementsOfAList(t *testing.T) {
	r := small(t, `  - id: d
    name: D
    group: g
    question: q
    rules:
      - {when: 'weights.published && "s1" in card.sections', class: open, reason: Yes.}
    default: {class: closed, reason: No.}
`)
	var given []audit.Observation
	for i := range 20 {
		given = append(given, present("weights.published", "true"), present("card.sections", fmt.Sprint("s", i)))
	}
	if n := len(r.Judge(given).Judgements[0].Observations); n != maxQuotes+20 {
		t.Errorf("%d observations, want %d and 20", n, maxQuotes)
	}
}

// Each rule alone could go either way; together they cover every case.
func TestJudgeSeesThatRulesCoverEveryCase(t *testing.T) {
	r := small(t, `  - id: d
    name: D
    group: g
    question: q
    rules:
      - {when: 'weights.gate == "none" && weights.published', class: partial, reason: Free.}
      - {when: 'weights.gate != "none" && weights.published', class: partial, reason: Gated.}
    default: {class: closed, reason: Nothing.}
`)
	j := r.Judge([]audit.Observation{present("weights.published", "true"),
		found("weights.gate", audit.NotFetched)}).Judgements[0]
	if j.Class != Partial || j.Reason != "Free." {
		t.Errorf("got %s %q, want partial: every gate gives it", j.Class, j.Reason)
	}
}

func TestJudgeReportsARuleThatCannotBeEvaluated(t *testing.T) {
	r := small(t, `  - id: d
    name: D
    group: g
    question: q
    rules:
      - {when: 'card.sections[7] == "uses"', class: open, reason: Yes.}
    default: {class: closed, reason: No.}
`)
	j := r.Judge([]audit.Observation{found("card.sections", audit.NotThere)}).Judgements[0]
	if j.Class != Undetermined || j.Cause != CauseRuleFailed || !strings.Contains(j.Reason, "card.sections[7]") {
		t.Errorf("got %s (%s): %s", j.Class, j.Cause, j.Reason)
	}
}

func TestJudgeStopsACostlyPredicate(t *testing.T) {
	r := small(t, `  - id: d
    name: D
    group: g
    question: q
    rules:
      - {when: 'card.sections.all(a, card.sections.all(b, card.sections.all(c, card.sections.all(d, a != "" && b != "" && c != "" && d != ""))))', class: open, reason: Yes.}
    default: {class: closed, reason: No.}
`)
	var many []audit.Observation
	for i := range 200 {
		many = append(many, present("card.sections", fmt.Sprint("section ", i)))
	}
	if j := r.Judge(many).Judgements[0]; j.Cause != CauseRuleFailed {
		t.Errorf("got %s (%s): %s", j.Class, j.Cause, j.Reason)
	}
}

// TestJudgeIsExact compares Judge with trying out every value that the facts
// not looked at could have: the class is determined if and only if all agree.
func TestJudgeIsExact(t *testing.T) {
	facts := []audit.Fact{
		{Name: "a", Type: audit.BoolFact, Merge: "any"}, {Name: "b", Type: audit.BoolFact, Merge: "any"},
		{Name: "e", Type: audit.EnumFact, Values: []string{"none", "some", "all"}, Merge: "most"},
		{Name: "f", Type: audit.EnumFact, Values: []string{"no", "yes"}, Merge: "most"},
	}
	terms := []string{"a", "!a", "b", "!b", `e == "none"`, `e.atLeast("some")`, `e == "all"`, `f == "yes"`,
		`(a ? b : f == "no")`, "a == b"}
	random := rand.New(rand.NewPCG(1, 2))
	pick := func() string { return terms[random.IntN(len(terms))] }
	undetermined := 0
	for range 200 {
		var rules strings.Builder
		for range 1 + random.IntN(3) {
			class := []Class{Open, Partial, Closed}[random.IntN(3)]
			fmt.Fprintf(&rules, "      - {when: '%s %s %s', class: %s, reason: r}\n", pick(),
				[]string{"&&", "||"}[random.IntN(2)], pick(), class)
		}
		text := head + "  - id: d\n    name: D\n    group: g\n    question: q\n    rules:\n" + rules.String() +
			"    default: {class: closed, reason: r}\n"
		r, err := parse("random.yaml", []byte(text), facts, untrusted)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			var given []audit.Observation
			for _, f := range facts {
				values := f.Values
				if f.Type == audit.BoolFact {
					values = []string{"false", "true"}
				}
				if i := random.IntN(len(values) + 1); i < len(values) {
					given = append(given, present(f.Name, values[i]))
				}
			}
			want := completionsOf(r, facts, given)
			got := r.Judge(given).Judgements[0]
			if got.Class == Undetermined {
				undetermined++
			}
			switch {
			case len(want) > 1 && got.Class != Undetermined:
				t.Fatalf("%s\n%v\ngot %s, but every one of %v is possible", rules.String(), given, got.Class, want)
			case len(want) == 1 && got.Class != want[0] &&
				got.Reason != fmt.Sprintf("The rule for %s holds, but no quoted text supports it.", want[0]):
				t.Fatalf("%s\n%v\ngot %s (%s), but all cases give %s", rules.String(), given, got.Class, got.Reason,
					want[0])
			}
		}
	}
	if undetermined < 100 {
		t.Errorf("only %d undetermined cases were tried", undetermined)
	}
}

// completionsOf lists the classes that some way of filling in the facts gives.
func completionsOf(r *Rubric, facts []audit.Fact, given []audit.Observation) []Class {
	for _, f := range facts {
		if slices.ContainsFunc(given, func(o audit.Observation) bool { return o.Fact == f.Name }) {
			continue
		}
		values := f.Values
		if f.Type == audit.BoolFact {
			values = []string{"false", "true"}
		}
		var classes []Class
		for _, v := range values {
			for _, c := range completionsOf(r, facts, append(slices.Clone(given), present(f.Name, v))) {
				if !slices.Contains(classes, c) {
					classes = append(classes, c)
				}
			}
		}
		return classes
	}
	return []Class{r.Judge(given).Judgements[0].Class}
}

func TestJudgeChangesNothingAndRepeats(t *testing.T) {
	r := small(t, weightsDimension)
	given := []audit.Observation{present("weights.published", "true"), found("weights.gate", audit.Denied),
		present("of another table", "x")}
	before := slices.Clone(given)
	first, second := r.Judge(given), r.Judge(given)
	if !reflect.DeepEqual(first, second) || !reflect.DeepEqual(given, before) {
		t.Error("judging twice gives two answers, or changed what it was given")
	}
}

func TestBuiltinDimensionsFollowTheContract(t *testing.T) {
	osai := "datasources_basemodel datasources_endmodel weights_basemodel weights_endmodel trainingcode code hardware_architecture preprint paper modelcard datasheet"
	want := map[string]string{
		"osai-2026":    osai + " licenses",
		"osai-2025":    osai + " package api licenses",
		"radboud-2023": "opencode llmdata llmweights rldata rlweights license code architecture preprint paper modelcard datasheet package api",
	}
	for id, dimensions := range want {
		r, err := Load(id)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range r.Dimensions {
			got = append(got, d.ID)
		}
		if strings.Join(got, " ") != dimensions {
			t.Errorf("%s has dimensions %v, want %s", id, got, dimensions)
		}
		for _, j := range r.Judge(nil).Judgements {
			if j.Class != Undetermined || j.Cause != CauseNotCaptured {
				t.Errorf("%s %s without observations is %s (%s), want undetermined", id, j.Dimension, j.Class, j.Reason)
			}
		}
	}
}

// Where every fact was looked for in vain, every dimension of every built-in
// rubric is closed, and says which sources it read.
func TestBuiltinClosedRestsOnSourcesReadInVain(t *testing.T) {
	var given []audit.Observation
	for _, f := range audit.Facts() {
		given = append(given, found(f.Name, audit.NotThere))
	}
	for _, r := range Builtin() {
		for _, j := range r.Judge(given).Judgements {
			if j.Class != Closed || len(j.Observations) == 0 {
				t.Errorf("%s %s is %s with %d observations: %s", r.ID, j.Dimension, j.Class, len(j.Observations),
					j.Reason)
			}
		}
	}
}

// The two editions of the index ask the same on the dimensions they share.
func TestEditionsOfTheIndexShareTheirRules(t *testing.T) {
	newer, _ := Load("osai-2026")
	older, _ := Load("osai-2025")
	for _, d := range newer.Dimensions {
		i := slices.IndexFunc(older.Dimensions, func(o Dimension) bool { return o.ID == d.ID })
		if i < 0 {
			t.Errorf("osai-2025 lacks %q", d.ID)
			continue
		}
		o := older.Dimensions[i]
		same := o.Question == d.Question && o.Default.Reason == d.Default.Reason && len(o.Rules) == len(d.Rules)
		for k := 0; same && k < len(d.Rules); k++ {
			same = o.Rules[k].Predicate == d.Rules[k].Predicate && o.Rules[k].Class == d.Rules[k].Class &&
				o.Rules[k].Reason == d.Rules[k].Reason
		}
		if !same {
			t.Errorf("%q is judged otherwise in osai-2025 than in osai-2026", d.ID)
		}
	}
}
