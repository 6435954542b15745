package obligations

import (
	"strings"

	"openness/audit"
	"openness/audit/license"
)

// deciding are the kinds of clause that say a term of the weights' licence, by the term
// and its value; a term that the text does not say has none.
var deciding = map[string]map[string]string{
	"commercial_use":      {"yes": "grant", "no": "commercial_use", "conditional": "commercial_use"},
	"modification":        {"yes": "grant", "no": "modification", "conditional": "modification"},
	"redistribution":      {"yes": "grant", "no": "redistribution", "conditional": "redistribution"},
	"use_restrictions":    {"true": "use_policy"},
	"output_restriction":  {"true": "output"},
	"naming_requirement":  {"true": "naming"},
	"attribution":         {"true": "attribution"},
	"acceptance_required": {"true": "acceptance"},
	"territory_limited":   {"true": "geographic_limit"},
}

// SaysTerm reports whether a clause of a licence's text may say what an observation gives: only
// then is the text worth reading for Exact.
func SaysTerm(o audit.Observation) bool { return o.Finding == audit.Present && decidingKind(o) != "" }

// decidingKind is the kind of clause that says an observed term, "" for what is no such term.
func decidingKind(o audit.Observation) string {
	term, ok := strings.CutPrefix(o.Fact, "license.weights.")
	switch {
	case !ok:
		return ""
	case term == "user_threshold" && o.Value != "0":
		return "user_threshold"
	}
	return deciding[term][o.Value]
}

// Exact gives an observation of a term that was read off a licence's text, and quotes
// the head of it, the sentence of the text that says the term. One whose sentence is not
// certain stays as it is: the head names the licence, and the note the section.
func Exact(o audit.Observation, body []byte) audit.Observation {
	kind := decidingKind(o)
	id, section, _ := strings.Cut(o.Note, ", ")
	if !SaysTerm(o) || o.End > len(body) || o.Start > o.End ||
		string(body[o.Start:o.End]) != o.Quote || !isText(id, body) {
		return o
	}
	section, _, _ = strings.Cut(section, ": ")
	if kind == "commercial_use" && o.Value == "conditional" {
		if t, _ := license.Read(id); t.UserThreshold != nil {
			kind, section = "user_threshold", t.Source["user_threshold"]
		}
	}
	l := Licence{ID: id, text: &textOf{doc: audit.Document{URL: o.URL, SHA256: o.SHA256}, body: body}}
	if c := l.clause(kind, section); c.Certainty == Quoted {
		o.Start, o.End, o.Quote = c.Start, c.End, c.Quote
	}
	return o
}

// isText reports whether bytes are the text of a licence.
func isText(id string, body []byte) bool {
	original, _ := license.Original(id)
	for _, m := range license.Identify(body).Matches {
		if m.License == original {
			return true
		}
	}
	return false
}
