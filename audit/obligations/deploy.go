package obligations

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
)

// An Answer says whether a use is one that the licences allow.
type Answer string

// The answers, from the best to the worst.
const (
	May           Answer = "may"
	Ask           Answer = "ask"            // somebody's permission is needed first
	NotDetermined Answer = "not_determined" // what was read does not tell
	MayNot        Answer = "may_not"
)

var answerOrder = []Answer{May, Ask, NotDetermined, MayNot}

// Worse reports whether an answer is worse than another: of several the worst counts.
func (a Answer) Worse(than Answer) bool {
	return slices.Index(answerOrder, a) > slices.Index(answerOrder, than)
}

// A Question is one thing that a use asks of one licence, and the answer.
type Question struct {
	Question  string   `json:"question"` // licence, commercial_use, redistribution, ...
	Answer    Answer   `json:"answer"`
	Reason    string   `json:"reason"`
	Licence   string   `json:"licence"`   // empty where none was found
	Component string   `json:"component"` // weights, base, code, data
	Of        string   `json:"of"`
	AlsoOf    []string `json:"also_of,omitempty"` // whose it is too, under the same licence
	Clause    Clause   `json:"clause"`
	Evidence  Evidence `json:"evidence"`
	LookUp    string   `json:"look_up"` // what would settle it; empty where it is settled
}

// A Verdict is the answer on one model, and the questions that it rests on, the
// worst first.
type Verdict struct {
	Model     string     `json:"model"`
	Answer    Answer     `json:"answer"`
	Reason    string     `json:"reason"`
	Questions []Question `json:"questions"`
	Duties    []Duty     `json:"duties"`
}

// Deploy answers whether a profile's use is allowed. It says may only where every
// licence that binds was read or is known, every question that the use asks of it
// has a clause that grants it, and nothing stands against it.
func (b *Bound) Deploy(p Profile) Verdict {
	d := decision{bound: b, profile: p}
	for _, u := range b.Unsettled {
		if p.Looks(u.Component) {
			d.add(Question{Question: "licence", Answer: NotDetermined, Reason: u.Reason, Component: u.Component,
				Of: b.Model, Evidence: u.Evidence, LookUp: u.LookUp})
		}
	}
	d.access()
	d.stated()
	for _, l := range b.Licences {
		if p.Looks(l.Component) {
			d.ask(l)
		}
	}
	for _, c := range p.Components {
		if c != Weights && !slices.ContainsFunc(b.Licences, func(l Licence) bool { return l.Component == c }) {
			d.add(Question{Question: "licence", Answer: NotDetermined, Reason: "no licence of the " + c + " was found",
				Component: c, Of: b.Model, LookUp: "the licence of the " + c})
		}
	}
	v := Verdict{Model: b.Model, Answer: May, Reason: "Every licence that binds grants what the profile asks.",
		Questions: questionsOnce(d.questions), Duties: []Duty{}}
	if len(d.questions) == 0 {
		v.Answer, v.Reason = NotDetermined, "No licence of the model was found."
		v.Questions = []Question{}
	}
	slices.SortStableFunc(v.Questions, func(a, c Question) int {
		return slices.Index(answerOrder, c.Answer) - slices.Index(answerOrder, a.Answer)
	})
	if len(v.Questions) > 0 && v.Questions[0].Answer != May {
		v.Answer, v.Reason = v.Questions[0].Answer, v.Questions[0].Reason
	}
	for _, duty := range b.Duties() {
		if p.Looks(duty.Component) && p.owes(duty) {
			v.Duties = append(v.Duties, duty)
		}
	}
	return v
}

// owes reports whether a duty falls due by the use of a profile.
func (p *Profile) owes(d Duty) bool {
	switch {
	case d.When == always, d.When == before, p.PassesOn():
		return true
	case p.For(Service): // some licences take remote access for passing on
		return d.When == offering || d.Kind == "policy_passed_on"
	case p.For(Training): // a model that outputs train may have to carry the name
		return d.Kind == "naming" || d.Kind == "trained"
	}
	return false
}

// A decision gathers the questions of one model.
type decision struct {
	bound     *Bound
	profile   Profile
	questions []Question
}

func (d *decision) add(q Question) {
	q.Clause.Certainty = cmp.Or(q.Clause.Certainty, NotRead)
	d.questions = append(d.questions, q)
}

// access asks whether the weights can be had.
func (d *decision) access() {
	if !d.bound.present("weights.end.published") {
		d.add(Question{Question: "access", Answer: NotDetermined,
			Reason: "no weights that can be downloaded were found", Component: Weights, Of: d.bound.Model,
			LookUp: "where the weights are"})
	}
	for _, o := range d.bound.facts["weights.end.gate"] {
		if o.Finding == audit.Present && o.Value == "manual" {
			d.add(Question{Question: "access", Answer: Ask, Reason: "the makers approve who gets the weights",
				Component: Weights, Of: d.bound.Model, Evidence: evidence(o), LookUp: o.URL})
			return
		}
	}
}

// stated holds the use against limits that pages state in their own words.
func (d *decision) stated() {
	p := d.profile
	for _, o := range d.bound.facts["license.weights.commercial_use"] {
		if o.Finding != audit.Present || !p.ForTrade() || o.Role == audit.RoleBase && d.askedOfBase(o.Value) {
			continue
		}
		if slices.ContainsFunc(d.bound.Licences, func(l Licence) bool {
			return l.Component == Weights && l.known && strings.HasPrefix(o.Note, l.part()) &&
				l.Terms.CommercialUse == license.Permission(o.Value) && o.Value == string(license.Forbidden)
		}) {
			continue // it follows from the licence, which is asked apart
		}
		q := Question{Question: "commercial_use", Component: Weights, Of: d.bound.Model, Evidence: evidence(o),
			Clause: d.bound.clauseOf(o, "commercial_use")}
		switch license.Permission(o.Value) {
		case license.Forbidden:
			q.Answer, q.Reason = MayNot, "commercial use is excluded: "+o.Note
			d.add(q)
		case license.Conditional:
			if d.settledByThreshold(o) {
				continue
			}
			q.Answer, q.Reason, q.LookUp = Ask, "commercial use is subject to conditions: "+o.Note, o.URL
			d.add(q)
		}
	}
	for _, limit := range []struct {
		fact, question, clause, reason string
		asked                          bool // the use is of that kind, and no licence says as much, which is asked apart
	}{
		{"use_restrictions", "use_policy", "use_policy", "the page forbids fields of use that its licence does not name",
			!d.restrictedByLicence()},
		{"territory_limited", "territory", "geographic_limit", "the page limits the territory in words of its own",
			!d.known(func(t license.Terms) bool { return t.GeographicLimit != nil })},
		{"output_restriction", "output", "output", "the page limits what outputs may be used for in words of its own",
			p.For(Training) && !d.known(func(t license.Terms) bool { return asks(t.OutputRestriction) })},
	} {
		for _, o := range d.bound.facts["license.weights."+limit.fact] {
			if limit.asked && o.Finding == audit.Present && o.Value == "true" && o.Role != audit.RoleBase {
				d.add(Question{Question: limit.question, Answer: NotDetermined, Reason: limit.reason,
					Component: Weights, Of: d.bound.Model, Evidence: evidence(o),
					Clause: d.bound.clauseOf(o, limit.clause), LookUp: o.URL})
			}
		}
	}
	for _, o := range d.bound.facts["license.weights.clause"] {
		if o.Finding == audit.Present && strings.Contains(o.Value, "research or study") && (p.ForTrade() ||
			!p.For(Research)) {
			d.add(Question{Question: "purpose", Answer: MayNot, Reason: o.Value, Component: Weights, Of: d.bound.Model,
				Evidence: evidence(o),
				Clause:   d.bound.clauseOf(o, "commercial_use")})
		}
	}
}

// askedOfBase reports whether a licence of what the model was made from says as much of commerce: then
// it is asked apart, and not where a page of that model limits it in words of its own.
func (d *decision) askedOfBase(commerce string) bool {
	return slices.ContainsFunc(d.bound.Licences, func(l Licence) bool {
		return l.Component == Base && l.known && l.Terms.CommercialUse == license.Permission(commerce)
	})
}

// clauseOf is what says a limit: the sentence that an observation quotes, or where it
// quotes the head of a licence's text the sentence in it.
func (b *Bound) clauseOf(o audit.Observation, question string) Clause {
	for _, l := range b.Licences {
		if l.text != nil && l.text.doc.SHA256 == o.SHA256 {
			if c := l.clause(question, ""); c.Quote != "" {
				return c
			}
		}
	}
	return quoted(o)
}

// settledByThreshold reports whether a condition on commerce is the number of users
// or the revenue that the licence of the weights itself names: it is asked apart.
func (d *decision) settledByThreshold(o audit.Observation) bool {
	return slices.ContainsFunc(d.bound.Licences, func(l Licence) bool {
		return l.Component == Weights && l.known && l.Terms.UserThreshold != nil && strings.HasPrefix(o.Note, l.ID)
	})
}

// known reports whether a licence of the weights whose terms are known has a term.
func (d *decision) known(has func(license.Terms) bool) bool {
	return slices.ContainsFunc(d.bound.Licences, func(l Licence) bool {
		return l.Component == Weights && l.known && has(l.Terms)
	})
}

// restrictedByLicence reports whether a licence of the weights restricts uses itself.
func (d *decision) restrictedByLicence() bool {
	return slices.ContainsFunc(d.bound.Licences, func(l Licence) bool {
		return l.Component == Weights && asks(l.Terms.UseRestrictions)
	})
}
