package obligations

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit/license"
)

// What a use asks of one licence: each question is answered by a term of it.

// ask puts to one licence all questions that the use asks.
func (d *decision) ask(l Licence) {
	if !l.known {
		d.answer(l, "licence", NotDetermined, "the terms of "+l.Name+" are not known here", "",
			"the text of the licence")
		return
	}
	p, t := d.profile, l.Terms
	if t.Derived {
		d.answer(l, "licence", NotDetermined,
			"the text is none of the known licences, and its terms were read off its wording", "",
			"the text of the licence, with a lawyer")
	}
	if original, changed := license.Original(l.ID); changed {
		d.answer(l, "licence", NotDetermined, "the text of "+original+" was changed in what it grants or asks", "",
			"what was changed")
	}
	if p.ForTrade() {
		d.commerce(l)
	} else if t.CommercialUse == license.Unsaid {
		d.answer(l, "use", NotDetermined, l.Name+" does not say what it allows, as far as it is known", "",
			"the grant of the licence")
	} else if t.CommercialUse == license.Forbidden && !p.For(Research) && !strings.HasPrefix(l.ID, "CC-") {
		d.answer(l, "use", NotDetermined,
			l.Name+" excludes commercial use; whether it allows more than research is not known here", "commercial_use",
			"the purposes that the licence names")
	} else {
		d.answer(l, "use", May, l.Name+" allows use that is not commercial", "commercial_use", "")
	}
	d.threshold(l)
	d.territory(l)
	if p.PassesOn() {
		d.permission(l, "redistribution", t.Redistribution, "passing it on")
	}
	if p.Modify && p.PassesOn() && license.KeepsChanges(l.ID) {
		d.answer(l, "modification", MayNot, l.Name+" does not allow passing on what was changed", "modification", "")
	} else if p.Modify {
		d.permission(l, "modification", t.Modification, "changing it")
	}
	d.outputs(l)
	d.fields(l)
	if asks(t.RegistrationRequired) {
		d.answer(l, "registration", Ask, l.Name+" asks users to register first", "registration_required",
			"where to register")
	}
}

// answer adds the answer of one licence to one question.
func (d *decision) answer(l Licence, question string, a Answer, reason, term, lookUp string) {
	q := Question{Question: question, Answer: a, Reason: reason, Licence: l.ID, Component: l.Component, Of: l.Of,
		Evidence: l.Evidence, LookUp: lookUp}
	q.Clause = l.clause(clauseOf(question, a), l.Terms.Source[term])
	if q.Clause.Certainty == NotFound && (a == May && !grants[question] || question == "licence") {
		q.Clause.Certainty = NoClause // nothing that it says stands against it
	}
	d.add(q)
}

// grants are the questions that a grant of the licence answers with yes.
var grants = map[string]bool{"commercial_use": true, "use": true, "modification": true, "redistribution": true}

// clauseOf is the kind of clause that an answer rests on.
func clauseOf(question string, a Answer) string {
	switch {
	case grants[question] && (a == May || a == NotDetermined):
		return "grant"
	case a == May && question == "output":
		return "output_free"
	case question == "use":
		return "commercial_use"
	case question == "registration":
		return "reporting"
	}
	return question
}

// commerce asks for the company's business.
func (d *decision) commerce(l Licence) {
	const q = "commercial_use"
	switch l.Terms.CommercialUse {
	case license.Allowed:
		d.answer(l, q, May, l.Name+" allows commercial use", q, "")
	case license.Forbidden:
		d.answer(l, q, MayNot, l.Name+" excludes commercial use", q, "")
	case license.Conditional:
		if l.Terms.UserThreshold != nil {
			d.answer(l, q, May, l.Name+" allows commercial use below its threshold", q, "")
			return
		}
		d.answer(l, q, Ask, l.Name+" allows commercial use under conditions only", q,
			"the conditions of commercial use")
	default:
		d.answer(l, q, NotDetermined, l.Name+" does not say, as far as it is known, whether commercial use is allowed",
			q, "commercial use in the text of the licence")
	}
}

// threshold compares the company's size with what the licence names.
func (d *decision) threshold(l Licence) {
	t := l.Terms
	if t.UserThreshold == nil {
		return
	}
	const q = "user_threshold"
	unit := t.ThresholdUnit
	var have *int64
	what := ""
	simple := !strings.Contains(unit, " or ") && !strings.Contains(unit, ";") || strings.Contains(unit, "display duty")
	switch {
	case strings.HasPrefix(unit, "monthly active users"):
		have, what = d.profile.MonthlyActiveUsers, "monthly_active_users"
	case strings.Contains(unit, "annual revenue"), strings.Contains(unit, "revenue in 12 months"):
		have, what = d.profile.AnnualRevenue, "annual_revenue"
	default:
		simple = false
	}
	named := grouped(*t.UserThreshold) + " " + unit
	switch {
	case !simple:
		d.answer(l, q, NotDetermined, "it has a threshold that a profile does not tell: "+named, q, named)
	case have == nil:
		d.answer(l, q, NotDetermined, "it has a threshold ("+named+"), and the profile does not say "+what, q,
			what+" of the profile")
	case *have >= *t.UserThreshold && displayOnly(unit):
		d.answer(l, q, May, "from "+named+" on it asks that its name is shown, and for no licence", q, "")
	case *have >= *t.UserThreshold:
		d.answer(l, q, Ask, "from "+named+" on it asks for a licence of one's own", q, "a licence from the licensor")
	default:
		d.answer(l, q, May, "the company is below the threshold of "+named, q, "")
	}
}

// grouped writes a number with its thousands apart.
func grouped(n int64) string {
	digits := fmt.Sprint(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// displayOnly reports whether a threshold asks for a name to be shown and no more.
func displayOnly(unit string) bool {
	return strings.Contains(unit, "display duty") && !strings.Contains(unit, ";")
}

// territory asks whether the company and its customers are where the licence grants.
func (d *decision) territory(l Licence) {
	const q = "geographic_limit"
	limit := ""
	if l.Terms.GeographicLimit != nil {
		limit = *l.Terms.GeographicLimit
	} else if note := l.Terms.Source[q]; strings.Contains(note, "withhold") || strings.Contains(note, "excluded") {
		limit = note
	}
	if limit == "" {
		return
	}
	modal := strings.Contains(limit, "multimodal")
	places := append([]string{d.profile.Country}, d.profile.Markets...)
	switch at, region := standing(limit, places); {
	case at == notNamed && len(d.profile.Markets) == 0 && d.profile.HasCustomers():
		d.answer(l, q, NotDetermined, "it is limited to a territory ("+limit+"), and the profile does not say where the "+
			"customers are", q, "markets of the profile")
	case at == notNamed && !modal:
		d.answer(l, q, May, "the company is not where the licence grants nothing ("+limit+")", q, "")
	case at == notNamed:
		d.answer(l, q, May, "the company is not where multimodal models are withheld", q, "")
	case at == named && modal:
		d.answer(l, q, NotDetermined, "multimodal models are withheld from the "+region, q,
			"whether the model is multimodal")
	case at == named:
		d.answer(l, q, MayNot, "it grants nothing in the "+region+" ("+limit+")", q, "")
	default:
		d.answer(l, q, NotDetermined, "it is limited to a territory ("+limit+")", q,
			"country and markets of the profile, and the territory in the text")
	}
}

// permission asks for what the licence may allow with conditions: these are duties.
func (d *decision) permission(l Licence, q string, p license.Permission, doing string) {
	duties, noted := license.DutiesOf(parts(l.ID)[0])
	noted = noted && !duties.Partial
	switch {
	case p == license.Allowed:
		d.answer(l, q, May, l.Name+" allows "+doing, q, "")
	case p == license.Forbidden:
		d.answer(l, q, MayNot, l.Name+" does not allow "+doing, q, "")
	case p == license.Conditional && noted:
		d.answer(l, q, May, l.Name+" allows "+doing+" under the duties listed", q, "")
	case p == license.Conditional:
		d.answer(l, q, Ask, l.Name+" allows "+doing+" under conditions only", q,
			"the conditions in the text of the licence")
	default:
		d.answer(l, q, NotDetermined, l.Name+" does not say, as far as it is known, whether it allows "+doing, q,
			"the text of the licence")
	}
}

// outputs asks whether outputs may train other models.
func (d *decision) outputs(l Licence) {
	if !d.profile.For(Training) {
		return
	}
	switch r := l.Terms.OutputRestriction; {
	case r == nil && license.Open(l.ID):
		d.answer(l, "output", May, l.Name+" says nothing of outputs and limits no use", "use_restrictions", "")
	case r == nil:
		d.answer(l, "output", NotDetermined,
			l.Name+" does not say, as far as it is known, what outputs may be used for", "output_restriction",
			"outputs in the text of the licence")
	case *r:
		d.answer(l, "output", MayNot, l.Name+" limits what outputs may be used for", "output_restriction", "")
	case slices.ContainsFunc(parts(l.ID), func(id string) bool {
		duties, _ := license.DutiesOf(id)
		return duties.Trained != nil
	}):
		d.answer(l, "output", May, l.Name+" allows it, and binds a model that is trained to perform like it",
			"output_restriction", "")
	default:
		d.answer(l, "output", May, l.Name+" does not forbid training other models with outputs", "output_restriction",
			"")
	}
}
