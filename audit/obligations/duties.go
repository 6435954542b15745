package obligations

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit/license"
)

// A Duty is one thing that a licence asks of whoever uses the model.
type Duty struct {
	Kind      string   `json:"kind"` // see Kinds
	What      string   `json:"what"` // a sentence
	When      string   `json:"when"` // when it is due
	Words     []string `json:"words"`
	Licence   string   `json:"licence"`
	Component string   `json:"component"`
	Of        string   `json:"of"`
	AlsoOf    []string `json:"also_of,omitempty"` // whose it is too, under the same licence
	Clause    Clause   `json:"clause"`
	Evidence  Evidence `json:"evidence"`
}

// Kinds are the kinds of duty, in the order in which they are listed.
var Kinds = []string{"license_copy", "attribution", "notice", "display", "naming", "state_changes", "share_alike",
	"unchanged", "trained", "source_code",
	"use_policy", "policy_passed_on", "acceptance", "reporting", "separate_licence", "output"}

// When a duty is due.
const (
	passing  = "when you pass the model, or one made from it, on"
	deriving = "when you pass on what you made from it"
	always   = "whenever you use it"
	before   = "before you use it"
	offering = "when you offer what uses it to others"
)

// Duties lists what all licences that bind ask, down the lineage.
func (b *Bound) Duties() []Duty {
	var all []Duty
	for _, l := range b.Licences {
		all = append(all, l.duties()...)
	}
	for i := range all {
		if c := all[i].Component; (c == Code || c == Data) && all[i].When == passing {
			all[i].When = "when you pass the " + c + " on"
		}
	}
	slices.SortStableFunc(all, func(a, c Duty) int { return slices.Index(Kinds, a.Kind) - slices.Index(Kinds, c.Kind) })
	return dutiesOnce(all)
}

// duties lists what one licence asks.
func (l Licence) duties() []Duty {
	var all []Duty
	ids := parts(l.ID)
	for _, id := range ids {
		l := l
		if len(ids) > 1 {
			l.one = id
			if own, ok := license.Read(id); ok {
				l.Terms = own
			}
		}
		d, _ := license.DutiesOf(id)
		for _, w := range worded(id, l.Name, d) {
			if w.duty != nil {
				all = append(all, l.duty(w))
			}
		}
		all = append(all, l.termDuties(d)...)
		all = append(all, l.readDuties(all)...)
	}
	return all
}

// A wordedDuty is a duty that the list of licences knows, or nil, with the
// words that tell it.
type wordedDuty struct {
	kind, what, when string
	duty             *license.Duty
}

// worded are the duties under a licence, in the order they are told in.
func worded(id, name string, d license.Duties) []wordedDuty {
	shown, begun := "", ""
	if d.Display != nil {
		shown = fmt.Sprintf("Show %q where users see it.", d.Display.Words[0])
	}
	if d.Name != nil {
		begun = fmt.Sprintf("Begin the name of what you make from it with %q.", d.Name.Words[0])
		if d.Name.Anywhere {
			begun = fmt.Sprintf("Include %q in the name of what you make from it.", d.Name.Words[0])
		}
	}
	source := passing
	if strings.HasPrefix(id, "AGPL") {
		source = offering // use over a network counts
	}
	return []wordedDuty{
		{"license_copy", fmt.Sprintf("Pass a copy of %s on, with its copyright notices.", name), passing, d.Copy},
		{"notice", fmt.Sprintf("Keep the notices that come with it, and the notice that %s prescribes.", name),
			passing, d.Notice},
		{"display", shown, offering, d.Display},
		{"naming", begun, deriving, d.Name},
		{"state_changes", "Say what you changed.", deriving, d.Changes},
		{"share_alike", fmt.Sprintf("Put what you make from it under %s.", name), deriving, d.SameLicense},
		{"source_code", "Pass the source code on, or offer it.", source, d.Source},
		{"policy_passed_on", "Put its use restrictions into the terms under which you pass it on.", passing, d.PassOn},
		{"reporting", "Register, or tell the licensor.", before, d.Report},
		{"unchanged", "Keep what you change to yourself: it is passed on unchanged or not at all.", deriving,
			d.Unchanged},
		{"trained", "Put a model that its outputs train to perform like it under these terms too.", deriving, d.Trained},
	}
}

// duty is a duty under this licence.
func (l Licence) duty(w wordedDuty) Duty {
	duty := Duty{Kind: w.kind, What: w.what, When: w.when, Words: []string{}, Licence: l.ID, Component: l.Component,
		Of: l.Of, Evidence: l.Evidence}
	duty.Words = append(duty.Words, w.duty.Words...)
	duty.Clause = l.clause(w.kind, w.duty.Section)
	if w.kind == "notice" {
		duty.Words = append(duty.Words, l.prescribed()...)
	}
	return duty
}

// readable are the duties that are read off a text where our tables do not list them.
var readable = []struct{ kind, what, when string }{
	{"license_copy", "Pass a copy of %s on, or what it takes for one.", passing},
	{"notice", "Keep the notices that %s names.", passing},
	{"display", "Show what %s asks to be shown.", offering},
	{"naming", "Keep to what %s says of the name of what is made from it.", deriving},
	{"state_changes", "Say what you changed, as %s asks.", deriving},
	{"policy_passed_on", "See to it that those you pass it on to are bound, as %s asks.", passing},
}

// readDuties are those that a text asks in so many words and our tables do not list.
// Nobody looked at them, so that they are doubtful.
func (l Licence) readDuties(known []Duty) []Duty {
	var all []Duty
	for _, r := range readable {
		if l.text == nil || slices.ContainsFunc(known, func(d Duty) bool { return d.Kind == r.kind }) {
			continue
		}
		c := l.clause(r.kind, "")
		if c.Certainty != Quoted || !clauses().demands(c.Quote) || slices.ContainsFunc(known, func(d Duty) bool {
			return d.Clause.Certainty == Quoted && d.Clause.Start == c.Start && d.Kind != "use_policy" && r.kind == "notice"
		}) {
			continue
		}
		c.Certainty = Doubtful
		words := []string{}
		if r.kind == "notice" {
			words = append(words, l.prescribed()...)
		}
		all = append(all, Duty{Kind: r.kind, What: fmt.Sprintf(r.what, l.Name), When: r.when, Words: words,
			Licence: l.ID, Component: l.Component, Of: l.Of, Clause: c, Evidence: l.Evidence})
	}
	return all
}

// termDuties are those that follow from the terms, where no duty of the list says more.
func (l Licence) termDuties(d license.Duties) []Duty {
	var all []Duty
	t := l.Terms
	add := func(kind, what, when, term string) {
		all = append(all, Duty{Kind: kind, What: what, When: when, Words: []string{}, Licence: l.ID,
			Component: l.Component, Of: l.Of, Clause: l.clause(kind, t.Source[term]), Evidence: l.Evidence})
	}
	if asks(t.Attribution) {
		add("attribution", fmt.Sprintf("Name %s and its makers, as %s asks.", l.Of, l.Name), passing, "attribution")
	}
	if asks(t.NamingRequirement) && d.Name == nil {
		add("naming", "Keep to what it says of the name of what is made from it.", deriving, "naming_requirement")
	}
	if asks(t.UseRestrictions) {
		add("use_policy", "Keep to its restrictions of use, or the policy that it takes in.", always,
			"use_restrictions")
		if d.PassOn == nil && t.Redistribution == license.Conditional {
			add("policy_passed_on", "See to it that those you pass it on to are bound by its restrictions of use.",
				passing, "") // our table says where the restrictions stand, not where they are passed on
		}
	}
	if asks(t.AcceptanceRequired) {
		add("acceptance", "Accept its terms.", before, "acceptance_required")
	}
	if asks(t.RegistrationRequired) && d.Report == nil {
		add("reporting", "Register with the licensor.", before, "registration_required")
	}
	if t.UserThreshold != nil && displayOnly(t.ThresholdUnit) {
		if d.Display == nil {
			add("display", fmt.Sprintf("Show its name from %s %s on.", grouped(*t.UserThreshold), t.ThresholdUnit), offering,
				"user_threshold")
		}
	} else if t.UserThreshold != nil {
		add("separate_licence", fmt.Sprintf("Ask for a licence of your own from %s %s on.", grouped(*t.UserThreshold),
			t.ThresholdUnit), always, "user_threshold")
	}
	if asks(t.OutputRestriction) {
		add("output", "Do not train or improve other models with its outputs.", always, "output_restriction")
	}
	return all
}

// asks reports whether terms say yes.
func asks(term *bool) bool { return term != nil && *term }

// parts are the ids that a licence's id stands for: all of a conjunction bind; of
// a choice one, and which is the user's to say, so that all are listed.
func parts(id string) []string {
	if license.IsExpression(id) {
		return license.Parts(id)
	}
	original, _ := license.Original(id)
	return []string{original}
}

// Unknown are the licences whose duties are not known beyond what the text says.
func (b *Bound) Unknown() []Licence {
	var all []Licence
	for _, l := range b.Licences {
		if d, noted := license.DutiesOf(parts(l.ID)[0]); (!noted || d.Partial) && (!l.known ||
			strings.HasPrefix(l.ID, "LicenseRef-modified-") || l.Terms.Attribution == nil) {
			all = append(all, l)
		}
	}
	return all
}
