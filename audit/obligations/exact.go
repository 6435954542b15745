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

// Exact gives an observation of a term that was read off a licence's text, and quotes
// the head of it, the sentence of the text that says the term. One whose sentence is not
// certain stays as it is: the head names the licence, and the note the section.
func Exact(o audit.Observation, body []byte) audit.Observation {
	term, ok := strings.CutPrefix(o.Fact, "license.weights.")
	kind := deciding[term][o.Value]
	if term == "user_threshold" && o.Value != "0" {
		kind = "user_threshold"
	}
	id, section, _ := strings.Cut(o.Note, ", ")
	if !ok || kind == "" || o.Finding != audit.Present || o.End > len(body) || o.Start > o.End ||
		string(body[o.Start:o.End]) != o.Quote || !isText(id, body) {
		return o
	}
	section, _, _ = strings.Cut(section, ": ")
	if term == "commercial_use" && o.Value == "conditional" {
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
