package claims

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/rubric"
)

// licenceVerdict holds a claim on a licence against the ids that were read.
func licenceVerdict(r *Reading, c *Claim, model Model, p *Part) (rubric.Verdict, string) {
	fact := "license.weights.id"
	switch c.Component {
	case "open-code":
		fact = "license.code.id"
	case "open-data":
		fact = "license.data.id"
	}
	var ids []string
	absent, unseen := false, false
	for _, o := range model.Observations {
		if o.Fact != fact {
			continue
		}
		p.Observations = append(p.Observations, o)
		switch {
		case o.Finding == audit.Present && !slices.Contains(ids, o.Value):
			ids = append(ids, o.Value)
		case o.Finding == audit.NotThere:
			absent = true
		case !o.Finding.Known():
			unseen = true
		}
	}
	if len(ids) == 0 && c.Component == "open-data" && (c.Stage == "disclosed" || named(model.Observations)) {
		return rubric.Unverifiable, "Which licences the data have that it was made from was not looked at."
	}
	if c.Stage != "" || c.Component != "" && len(ids) == 0 {
		if v, reason := verdictOf(c.Component, c.Stage, false, model.Observations, p); v == rubric.Refuted ||
			v == rubric.Unverifiable {
			return flip(v, c.Denied), reason
		}
	}
	if len(ids) == 0 {
		if absent && !unseen {
			return flip(rubric.Refuted, c.Denied), "No licence was found where one would stand."
		}
		return rubric.Unverifiable, fmt.Sprintf("Which licence it is was not looked at (%s).", fact)
	}
	same, other := 0, 0
	for _, id := range ids {
		is, known := sameLicence(c.Value, id)
		if c.Value == unnamed {
			is = namedAs(r.text[c.Start:c.End], id)
			known = false
		}
		switch {
		case is:
			same++
		case known:
			other++
		}
	}
	found := strings.Join(ids, ", ")
	switch {
	case same == len(ids) && !conflicting(model.Observations):
		return flip(rubric.Supported, c.Denied), fmt.Sprintf("The licence is %s.", found)
	case other == len(ids):
		return flip(rubric.Refuted, c.Denied), fmt.Sprintf("The licence is %s.", found)
	case same > 0:
		return rubric.Unverifiable, fmt.Sprintf("The pages that were read disagree on the licence: %s.", found)
	}
	return rubric.Unverifiable, fmt.Sprintf("The licence that was read is %s; whether that is meant cannot be told.",
		found)
}

// named reports whether data is told of by name, which has licences of its own.
func named(observations []audit.Observation) bool {
	return slices.ContainsFunc(observations, func(o audit.Observation) bool {
		return strings.HasPrefix(o.Fact, "data.") && o.Finding == audit.Present && o.Value == "listed"
	})
}

// conflicting reports whether tag and text of a licence were found to differ.
func conflicting(observations []audit.Observation) bool {
	return slices.ContainsFunc(observations, func(o audit.Observation) bool {
		return o.Fact == "license.tag_conflict" && o.Finding == audit.Present && o.Value == "true"
	})
}

// otherCode says where the licence of the code is not as open as that of the weights,
// which a claim on "the licence" is held to.
func otherCode(c *Claim, observations []audit.Observation) string {
	if c.Predicate != "license" || c.Value != "open" || c.Denied {
		return ""
	}
	at := func(fact string) int {
		return slices.IndexFunc(observations, func(o audit.Observation) bool {
			return o.Fact == fact && o.Finding == audit.Present
		})
	}
	open, id := at("license.code.openness"), at("license.code.id")
	if open < 0 || id < 0 || observations[open].Value == "open" {
		return ""
	}
	return fmt.Sprintf(" It is that of the weights; the code is under %s, which is not open.", observations[id].Value)
}
