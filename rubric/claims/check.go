package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/rubric"
)

// A Model is what is stored of a model.
type Model struct {
	ID       string
	Released string // as the store or the catalogue says; may be empty
	// Uploaded is true where Released is the day on which its repository on the hub was made: it may have
	// been published elsewhere before, so that no earlier date is false by it.
	Uploaded     bool
	Observations []audit.Observation
}

// A Service is the catalogue's word that a maker publishes no weights of a
// model and only offers it as a service.
type Service struct {
	Source string // where that was checked
	Since  string // when the model came out
}

// A Library is the stored models.
type Library interface {
	// Model is a model as it was last looked at up to the end of a day, or
	// first looked at where that was later.
	Model(id string, day time.Time) (Model, bool)
	// Models are all of them, as they were last looked at.
	Models() []Model
}

// Schema names the form of a Checked.
const Schema = "openness.factcheck/2"

// A Checked is a sentence with its verdict, as JSON gives it.
type Checked struct {
	Schema    string         `json:"schema"`
	Claim     string         `json:"claim"`
	At        string         `json:"at"` // the date that the verdict is of
	Model     *string        `json:"model"`
	Verdict   rubric.Verdict `json:"verdict"`
	Heading   string         `json:"heading"`   // the verdict as people read it; Verdict is for programs
	Parts     []Part         `json:"parts"`     // never nil
	Unchecked []string       `json:"unchecked"` // never nil
	Notes     []string       `json:"notes,omitempty"`
	Start     *int           `json:"start,omitempty"` // in an article
	End       *int           `json:"end,omitempty"`

	open []string // what of Unchecked is on openness or on a model, and was not understood
}

// A Part is one atomic claim and its verdict.
type Part struct {
	Text         string              `json:"text"`
	Start        int                 `json:"start"`
	End          int                 `json:"end"`
	Model        *string             `json:"model"`
	Predicate    string              `json:"predicate"`
	Value        *string             `json:"value"`
	Polarity     string              `json:"polarity"`
	Tense        Tense               `json:"tense"`
	Hedged       bool                `json:"hedged"`
	AttributedTo *string             `json:"attributed_to"`
	Conditional  bool                `json:"conditional"`
	Mood         Mood                `json:"mood,omitempty"`
	Verdict      rubric.Verdict      `json:"verdict"`
	Reason       string              `json:"reason"`
	Definition   string              `json:"definition,omitempty"`
	Observations []audit.Observation `json:"observations"` // never nil

	Says string `json:"-"` // what is claimed, in plain words

	background bool // only what another part rests on
}

// A Checker holds what sentences say against stored models.
type Checker struct {
	Library Library
	// At is the day that claims are held against; the zero time is now.
	At time.Time
	// Now is today.
	Now time.Time
	// Service tells what the catalogue knows of a model of which nothing is
	// stored, nil where it says nothing of its weights. It may be nil itself.
	Service func(id string) *Service
}

// Check reads a sentence and judges what it says. model is the one that "it"
// means where the sentence names none; it may be empty.
func (k *Checker) Check(text string, names []Name, model string) Checked {
	r := Read(text, names, model)
	c := k.checked(&r, model)
	if c.Model == nil { // of an article, a claim without a model is still listed
		c.Verdict = rubric.NotRecognised
		c.Heading = c.heading()
	}
	return c
}

// checked judges what was read. model is as for Check.
func (k *Checker) checked(r *Reading, model string) Checked {
	text := r.text
	at := k.date(r)
	c := Checked{Schema: Schema, Claim: text, At: at.Format(time.DateOnly), Parts: []Part{}, Unchecked: []string{}}
	for i := range r.Claims {
		c.Parts = append(c.Parts, k.part(r, &r.Claims[i], at))
	}
	more, looked, wrongDay := k.checkDates(r, at)
	c.Parts = append(c.Parts, more...)
	var echoes []Part
	for _, l := range r.leftovers {
		if parts, ok := k.echoed(r, l, at); ok {
			echoes = append(echoes, parts...)
		} else {
			c.Unchecked = append(c.Unchecked, l.words)
			if l.weighs {
				c.open = append(c.open, fmt.Sprintf("%q", l.words))
			}
		}
	}
	for i := range r.Dates {
		if said := r.Dates[i].said; !slices.Contains(looked, said) && len(r.Claims) > 0 {
			c.Unchecked = append(c.Unchecked, said)
		}
	}
	narrowed(c.Parts, len(c.Unchecked) > 0)
	c.Model = subjectOf(r, model)
	c.Verdict = whole(c.Parts, len(c.Unchecked) > 0)
	c.Unchecked = append(c.Unchecked, r.Asides...)
	c.Parts = append(c.Parts, echoes...)        // they keep a sentence from being left open, and settle nothing
	if wrongDay && c.Verdict == rubric.Partly { // all that is said is said of that day
		c.Verdict = rubric.Refuted
	}
	c.Heading = c.heading()
	return c
}

// echoed are the parts that leftover words make, where all of them are borne out.
func (k *Checker) echoed(r *Reading, l leftover, at time.Time) ([]Part, bool) {
	var parts []Part
	for i := range l.echoes {
		p := k.part(r, &l.echoes[i], at)
		if p.Verdict != rubric.Supported {
			return nil, false
		}
		parts = append(parts, p)
	}
	return parts, l.echoes != nil
}

// subjectOf is the model that a sentence is about, the first of several.
func subjectOf(r *Reading, model string) *string {
	for _, c := range r.Claims {
		if c.Model != "" {
			return &c.Model
		}
	}
	for _, n := range r.names {
		if !n.Maker && n.ID != "" {
			return &n.ID
		}
	}
	if model != "" {
		return &model
	}
	return nil
}

// whole is the verdict on a sentence: supported only if every part is and
// nothing is left that may say something.
func whole(parts []Part, left bool) rubric.Verdict {
	if len(parts) == 0 {
		return rubric.NotRecognised
	}
	count := make(map[rubric.Verdict]int)
	for _, p := range parts {
		// when it was is taken for granted
		if p.Predicate == "released" && p.Verdict == rubric.Supported && refutedBeside(parts) {
			continue
		}
		count[p.Verdict]++
		// what the sentence is about; the rest is taken for granted
		if p.Predicate == tagOnly || p.Predicate == tagFirst {
			if p.Verdict == rubric.NotCheckable {
				return rubric.NotCheckable
			}
			if p.Verdict == rubric.Refuted {
				return rubric.Refuted
			}
		}
	}
	switch n := len(parts); {
	case refutedAbove(parts):
		return rubric.Refuted
	case count[rubric.Supported] == n && !left:
		return rubric.Supported
	case count[rubric.NotCheckable] == n:
		return rubric.NotCheckable
	case count[rubric.Supported] > 0:
		return rubric.Partly
	case count[rubric.Refuted] > 0:
		return rubric.Refuted
	case count[rubric.Partly] > 0:
		return rubric.Partly
	}
	return rubric.Unverifiable
}

// narrowed leaves a superlative open where words are left that may narrow what it
// compares with: "the first in Utrecht".
func narrowed(parts []Part, left bool) {
	for i := range parts {
		p := &parts[i]
		if left && (p.Predicate == tagOnly || p.Predicate == tagFirst) && p.Verdict == rubric.Refuted {
			p.Verdict = rubric.NotCheckable
			p.Reason += " But words beside it may narrow what it is compared with."
		}
	}
}

// refutedAbove reports whether what a sentence says is refuted, and only what it
// rests on is not: a true reason does not make a false claim half true.
func refutedAbove(parts []Part) bool {
	refuted, rests := false, false
	for _, p := range parts {
		switch {
		case p.background:
			rests = true
		case p.Verdict != rubric.Refuted:
			return false
		default:
			refuted = true
		}
	}
	return refuted && rests
}

// refutedBeside reports whether all that is said besides true dates is refuted.
func refutedBeside(parts []Part) bool {
	refuted := false
	for _, p := range parts {
		date := p.Predicate == "released" && p.Verdict == rubric.Supported
		if !date && p.Verdict != rubric.Refuted {
			return false
		}
		refuted = refuted || !date
	}
	return refuted
}

func (k *Checker) part(r *Reading, c *Claim, at time.Time) Part {
	p := Part{Text: r.text[c.Start:c.End], Start: c.Start, End: c.End, Predicate: c.Predicate, Polarity: "asserted",
		Tense: c.Tense,
		Hedged: c.Mood == Hedged ||
			c.Weak != "", Conditional: c.Mood == Supposed, Mood: c.Mood, Observations: []audit.Observation{}}
	if c.Denied {
		p.Polarity = "denied"
	}
	if c.Value != "" && c.Value != unnamed {
		p.Value = &c.Value
	}
	if c.Said != "" {
		p.AttributedTo = &c.Said
	}
	if c.Model != "" {
		p.Model = &c.Model
	}
	p.Says, p.background = says(c), c.background
	p.Verdict, p.Reason = k.judge(r, c, &p, at)
	return p
}

// says tells in plain words what is claimed.
func says(c *Claim) string {
	predicate, value, on := c.Predicate, c.Value, c.Value
	switch {
	case predicate == tagOnly || predicate == tagFirst:
		one := *c
		one.Predicate, one.Value, one.Denied = c.Value, c.Aspect, c.inverse
		on, value = says(&one), ""
	case predicate == "more-open-than" && c.Less:
		predicate = "less-open-than"
	}
	switch on {
	case "all":
		on = "all others"
	case unnamed:
		on = "a licence that is not known by name"
	}
	of := map[string]string{"open-code": "code", "open-data": "data"}[c.Component]
	if predicate == "user-threshold" {
		on = grouped(on)
	}
	return strings.NewReplacer("{value}", on, "{it}", cmp.Or(of, "weights")).Replace(
		rubric.Says(predicate, value, c.Denied))
}

// moodReasons say why what is not asserted is not judged.
var moodReasons = map[Mood]string{
	Asked:      "A question asserts nothing.",
	Supposed:   "It is said under a condition.",
	Foretold:   "It is said of the future.",
	Demanded:   "It says what should be, not what is.",
	Hedged:     "It is hedged, so that nothing definite is asserted.",
	Attributed: "Somebody else is said to say so; whether they do was not checked.",
	Doubted:    "It is said that somebody doubts it.",
}

// judge gives the verdict on one claim and fills in what it rests on.
func (k *Checker) judge(r *Reading, c *Claim, p *Part, at time.Time) (rubric.Verdict, string) {
	model, stored := k.Library.Model(c.Model, at)
	if reason, ok := moodReasons[c.Mood]; ok {
		if c.Mood == Attributed && (c.component() || c.Than != "") && c.Vague == "" && stored &&
			k.tooEarly(model, at) == "" {
			// what somebody reports of a component need not be so, and is false where the component is not so
			if v, why := k.settle(r, c, model, at, p); v == rubric.Refuted || v == rubric.Unverifiable {
				return v, why
			}
		}
		return rubric.NotCheckable, reason
	}
	switch {
	case c.residual && c.Model == "":
		return rubric.NotRecognised, "No model that is stored is named."
	case c.Model != "" && (c.Predicate == tagMost || c.Vague != "" && (c.Predicate == tagFirst ||
		c.Predicate == tagOnly)):
		if c.stray && stored { // words beside it do not make a false one true
			if v, reason := k.settle(r, c, model, at, p); v == rubric.Refuted && k.tooEarly(model, at) == "" {
				return v, reason
			}
		}
		return rubric.NotCheckable, "It compares with all models; " + notStored
	case c.Model == "" && c.Vague == "":
		return rubric.Unverifiable, "No model that is stored is named."
	case c.Vague != "":
		// words beside a claim that were not understood may keep it from being borne out, and seldom make a false
		// one true
		if stored && c.stray && !c.limited && c.Mood == Asserted && k.tooEarly(model, at) == "" {
			if v, reason := k.settle(r, c, model, at, p); v == rubric.Refuted {
				return v, reason
			}
		}
		return rubric.Unverifiable, sentence(c.Vague)
	case c.Mood == FormerState:
		return rubric.Unverifiable, "It is said of an earlier time, which was not looked at."
	case !stored:
		if service := k.service(c.Model); service != nil {
			return catalogued(c, service, at)
		}
		return rubric.Unverifiable, fmt.Sprintf("Nothing is stored of %s.", c.Model)
	}
	if v, reason, ok := k.pastState(r, c, model); ok {
		return v, reason
	}
	if reason := k.tooEarly(model, at); reason != "" {
		return rubric.Unverifiable, reason
	}
	v, reason := k.settle(r, c, model, at, p)
	if v == rubric.Refuted && c.limited { // "in China it may not be sold"
		return rubric.Unverifiable, "What is denied may be denied only of some uses or users, which was not checked."
	}
	if v == rubric.Partly && c.every && !c.Denied { // of all of it, a part is too little
		v = rubric.Refuted
	}
	if c.toAll && v == rubric.Supported && !r.claims("gated") { // the public has to ask first
		if gate, _ := verdictOf("gated", "", false, model.Observations, p); gate == rubric.Supported {
			v, reason = rubric.Partly, "They are published, but a gate stands before the download."
		}
	}
	if c.only && c.Predicate != "partly-open" {
		v, reason = onlyThat(r, c, v, reason, model.Observations, p)
	}
	if c.Weak == hedgePart && v == rubric.Refuted && c.Predicate == "partly-open" && !c.only &&
		levelOf(model.Observations) == len(levels)-1 {
		return rubric.NotCheckable, moodReasons[Hedged] // "partly open" of what is open as a whole says too little
	}
	if c.Weak == hedgeDegree && v != rubric.Refuted && v != rubric.Unverifiable { // "almost open source" of what is
		return rubric.NotCheckable, moodReasons[Hedged]
	}
	return v, reason
}

// claims reports whether some claim is of a predicate.
func (r *Reading) claims(predicate string) bool {
	return slices.ContainsFunc(r.Claims, func(c Claim) bool { return c.Predicate == predicate })
}

// settle holds a claim against what is stored, whatever weakens it.
func (k *Checker) settle(r *Reading, c *Claim, model Model, at time.Time, p *Part) (rubric.Verdict, string) {
	switch c.Predicate {
	case "only", "first":
		return k.unique(c, model, at, p)
	case "more-open-than", "as-open-as":
		return k.compare(c, model, at)
	case "user-threshold":
		return thresholdVerdict(c, model.Observations, p)
	case "venue":
		return venueVerdict(c, model.Observations, p)
	case "made-from":
		return madeFrom(c, model.Observations, p)
	}
	if c.Predicate == "license" && c.Value != "open" {
		return licenceVerdict(r, c, model, p)
	}
	v, reason := verdictOf(c.Predicate, c.Value, c.Denied, model.Observations, p)
	if v == rubric.Supported {
		reason += otherCode(c, model.Observations)
	}
	return v, reason
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// verdictOf judges a claim that a measure or the definition settles.
func verdictOf(predicate, value string, denied bool, observations []audit.Observation,
	p *Part) (rubric.Verdict, string) {
	switch predicate {
	case "open-source":
		return openSource(denied, observations, p)
	case "partly-open":
		return partlyOpen(denied, observations, p)
	case "fully-open":
		return fullyOpen(denied, observations, p)
	case "other":
		if value == "open" {
			return justOpen(denied, observations, p)
		}
	}
	m, ok := rubric.MeasureOf(predicate, value)
	if !ok {
		return rubric.Unverifiable, "There is no measure for this claim."
	}
	v, j := m.Verdict(denied, observations)
	if v == rubric.Partly && denied && predicate == "commercial-use" { // under conditions it is allowed
		v = rubric.Refuted
	}
	p.Observations = append(p.Observations, j.Observations...)
	if v == rubric.Unverifiable {
		if v, reason, ok := asShown(predicate, value, denied, observations); ok {
			return v, reason
		}
	}
	return v, j.Reason
}

func flip(v rubric.Verdict, denied bool) rubric.Verdict {
	switch {
	case denied && v == rubric.Supported:
		return rubric.Refuted
	case denied && v == rubric.Refuted:
		return rubric.Supported
	}
	return v
}
