package licences

import (
	"fmt"
	"slices"
	"strconv"

	"openness/audit"
	"openness/audit/license"
)

// Terms adds what the licence of the weights allows and demands, from the
// knowledge base of terms, to the observations of which licence it is. The
// quote is the place that names the licence; the note names the section of
// the licence that decides.
func Terms(licences []audit.Observation) []audit.Observation {
	var out []audit.Observation
	said := make(map[string]bool) // terms that were read off a page's own words
	for _, o := range licences {
		if o.Fact == "license.weights.clause" {
			out = append(out, limitTerms(o)...)
		}
	}
	for _, o := range out {
		said[o.Fact] = true
	}
	for _, o := range licences { // read off the licence of a base
		said[o.Fact] = said[o.Fact] || o.Fact != "license.weights.id"
	}
	for _, o := range licences {
		if o.Fact == "license.weights.id" {
			out = append(out, slices.DeleteFunc(termsFrom(o), func(t audit.Observation) bool {
				return said[t.Fact]
			})...)
		}
	}
	return out
}

// limitTerms are the terms of a limit that a page states in its own words: no
// known licence stands for them.
func limitTerms(o audit.Observation) []audit.Observation {
	l, ok := limitOfClause(o.Value)
	if !ok {
		return nil
	}
	var out []audit.Observation
	if l.commercial != license.Unsaid {
		out = append(out, restated(o, "license.weights.commercial_use", audit.Present, string(l.commercial), o.Note))
	}
	for _, t := range []struct {
		term  string
		holds bool
	}{{"use_restrictions", l.uses}, {"output_restriction", l.outputs}, {"territory_limited", l.territory}} {
		if t.holds {
			out = append(out, restated(o, "license.weights."+t.term, audit.Present, "true", o.Note))
		}
	}
	if l.size {
		out = append(out, restated(o, "license.weights.user_threshold", audit.Unreadable, "", o.Note))
	}
	return out
}

// termsFrom gives the terms that follow from one observation of the licence.
func termsFrom(o audit.Observation) []audit.Observation {
	if o.Finding != audit.Present {
		return unlicensed(o)
	}
	t, known := license.Read(o.Value)
	if !known {
		var out []audit.Observation
		for _, fact := range permissions {
			out = append(out, restated(o, fact, audit.Unreadable, "",
				fmt.Sprintf("the terms of %s are not in the knowledge base", o.Value)))
		}
		return out
	}
	return termsOf(o, t)
}

// permissions are the facts that a missing licence settles: it permits nothing.
var permissions = []string{"license.weights.osi_approved", "license.weights.commercial_use",
	"license.weights.modification", "license.weights.redistribution"}

func unlicensed(o audit.Observation) []audit.Observation {
	var out []audit.Observation
	for _, fact := range permissions {
		out = append(out, restated(o, fact, o.Finding, "", o.Note))
	}
	return out
}

// restated says another fact of the place that an observation was read from.
func restated(o audit.Observation, fact string, f audit.Finding, value, note string) audit.Observation {
	o.Fact, o.Finding, o.Value, o.Note = fact, f, value, note
	return o
}

func termsOf(o audit.Observation, t license.Terms) []audit.Observation {
	out := []audit.Observation{restated(o, "license.weights.osi_approved", audit.Present,
		strconv.FormatBool(t.OSIApproved),
		fmt.Sprintf("%s, as the SPDX licence list says", o.Value))}
	for _, p := range []struct {
		term  string
		value license.Permission
	}{{"commercial_use", t.CommercialUse}, {"modification", t.Modification}, {"redistribution", t.Redistribution}} {
		if f, ok := audit.FactNamed("license.weights." + p.term); ok && f.Check(string(p.value)) == nil {
			out = append(out, restated(o, f.Name, audit.Present, string(p.value), clause(o.Value, t, p.term)))
		}
	}
	for _, b := range []struct {
		term  string
		value *bool
	}{{"use_restrictions", t.UseRestrictions}, {"output_restriction", t.OutputRestriction},
		{"naming_requirement", t.NamingRequirement},
		{"attribution", t.Attribution}, {"acceptance_required", t.AcceptanceRequired}} {
		if b.value != nil {
			out = append(out, restated(o, "license.weights."+b.term, audit.Present, strconv.FormatBool(*b.value),
				clause(o.Value, t, b.term)))
		}
	}
	if d, _ := license.DutiesOf(o.Value); d.Trained != nil {
		out = append(out, restated(o, "license.weights.output_restriction", audit.Unreadable, "", fmt.Sprintf(
			"%s, %s: a model that outputs train to perform like it comes under its terms; whether that is meant is for "+
				"a person to say", o.Value, d.Trained.Section)))
	}
	if t.CommercialUse != "" {
		threshold := int64(0)
		if t.UserThreshold != nil {
			threshold = *t.UserThreshold
		}
		out = append(out, restated(o, "license.weights.user_threshold", audit.Present, strconv.FormatInt(threshold, 10),
			audit.ThresholdNote(clause(o.Value, t, "user_threshold"), t.ThresholdUnit)))
	}
	switch {
	case t.GeographicLimit != nil:
		out = append(out, restated(o, "license.weights.territory_limited", audit.Present, "true",
			fmt.Sprintf("%s: %s", clause(o.Value, t, "geographic_limit"), *t.GeographicLimit)))
	case t.CommercialUse != "" && !t.Derived: // terms read off unknown words may have missed a limit
		out = append(out, restated(o, "license.weights.territory_limited", audit.Present, "false",
			clause(o.Value, t, "geographic_limit")))
	}
	return out
}

// clause names the licence and the section of it that decides a term.
func clause(id string, t license.Terms, term string) string {
	if section := t.Source[term]; section != "" {
		return fmt.Sprintf("%s, %s", id, section)
	}
	return id
}
