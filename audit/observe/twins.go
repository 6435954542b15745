package observe

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/jsonspan"
	"openness/audit/pattern"
)

// A model may live on two hubs. What either shows counts; but where the first
// hub answered in full, a copy elsewhere that could not be looked at, or is not
// there, takes nothing away: its page would have been the same page again. Nor
// does one that nobody named and the crawl tried for want of the first.

// spareCopies returns the documents without those of the second hub that gave
// nothing and are not missed.
func spareCopies(s audit.Subject, docs []audit.Document) []audit.Document {
	had := make(map[audit.DocKind]bool)
	for i := range docs {
		if d := &docs[i]; d.Place == audit.HubModel && d.Role == audit.RoleEnd && readable(d) {
			had[d.Kind] = true
		}
	}
	p, _ := s.Place(audit.ModelScopeModel, audit.RoleEnd)
	if p.Given && (!had[audit.DocModelAPI] || !had[audit.DocModelCard]) {
		return docs
	}
	return slices.DeleteFunc(slices.Clone(docs), func(d audit.Document) bool {
		return d.Place == audit.ModelScopeModel && d.Role == audit.RoleEnd && !readable(&d)
	})
}

// told reports whether Hugging Face answered about the model in a role. What
// stands before its weights is then known from there.
func (in *input) told(role audit.Role) bool {
	return slices.ContainsFunc(in.of(audit.DocModelAPI), func(d *audit.Document) bool {
		return d.Place == audit.HubModel && d.Role == role && readable(d)
	})
}

// published keeps of what a second hub shows that the weights are there.
func published(found []audit.Observation, s slot) []audit.Observation {
	return slices.DeleteFunc(found, func(o audit.Observation) bool { return o.Fact != s.published || o.Finding != audit.Present })
}

// scopeLicence reads the licence that ModelScope states of a model. A card that
// was read speaks for itself.
func scopeLicence(d *audit.Document, carded bool) []licence {
	if carded {
		return nil
	}
	return scopeTag(d)
}

// scopeTag is the licence that ModelScope's answer on a model names, in its own words
// ("Apache License 2.0").
func scopeTag(d *audit.Document) []licence {
	values, err := jsonspan.Values(d.Body)
	if err != nil {
		return nil
	}
	for _, v := range values {
		if v.Path != "Data.License" || v.Kind != 's' {
			continue
		}
		if id := normalizeTag(v.Text); understood(id) {
			return []licence{{component: whose(d), id: id, source: fromTag, doc: d, span: v.Span}}
		}
	}
	return nil
}

// twinLicences lists where the pages of one model on two hubs name different
// licences, both sides quoted.
func (in *input) twinLicences(all []licence) []conflict {
	sides := make(map[audit.PlaceKind][]licence)
	for _, d := range in.of(audit.DocModelAPI) {
		if d.Place == audit.ModelScopeModel && d.Role == audit.RoleEnd && readable(d) {
			all = append(all, scopeTag(d)...)
		}
	}
	for _, l := range all {
		if l.component == "weights" && l.source == fromTag && l.doc.Role == audit.RoleEnd && l.understood() && !l.vague && l.limit == nil {
			sides[l.doc.Place] = append(sides[l.doc.Place], l)
		}
	}
	for _, one := range sides[audit.HubModel] {
		for _, other := range sides[audit.ModelScopeModel] {
			if one.id != other.id && !slices.ContainsFunc(sides[audit.HubModel], func(l licence) bool { return l.id == other.id }) {
				return []conflict{{"twin", fmt.Sprintf("weights: Hugging Face says %s, ModelScope says %s", one.id, other.id), one.side(), other.side()}}
			}
		}
	}
	return nil
}

// twinsDiffer lists where one model's two hubs differ in the files of weights that they
// hold or in what stands before them, both sides quoted.
func (in *input) twinsDiffer() []audit.Observation {
	var out []audit.Observation
	differ := func(said string, a *audit.Document, at audit.Span, b *audit.Document, bt audit.Span) {
		out = append(out, audit.Observe(a, "weights.conflicts", said, at, "what Hugging Face says"), audit.Observe(b, "weights.conflicts", said, bt, "what ModelScope says"))
	}
	for _, hf := range in.of(audit.DocModelAPI) {
		if hf.Place != audit.HubModel || hf.Role != audit.RoleEnd || !readable(hf) || hf.Partial {
			continue
		}
		fields := jsonFields(hf.Body)
		gate, gated := gateOf(hf, fields)
		for _, d := range in.of(audit.DocModelAPI, audit.DocModelCard) {
			if d.Place != audit.ModelScopeModel || d.Role != audit.RoleEnd || !readable(d) || d.Partial {
				continue
			}
			if d.Kind == audit.DocModelCard {
				if f, asked := in.scopeGate(d); asked && gated && gate.value == "none" {
					differ("gate: none on Hugging Face, ModelScope asks for an application", hf, gate.span, d, f)
				}
				continue
			}
			siblings, listed := fields["siblings"]
			data, ok := jsonFields(d.Body)["Data"]
			if !listed || !ok || !strings.Contains(d.URL, "/repo/files") {
				continue
			}
			ours, theirs := heavy(jsonStrings(hf.Body, siblings, "rfilename")), heavy(jsonStrings(d.Body, data, "Path"))
			if len(ours) == 0 || len(theirs) == 0 {
				continue // where neither side has any, the theme of weights says so
			}
			if f, only := missingIn(ours, theirs); only {
				differ("files: "+f.value+" is on Hugging Face and not on ModelScope", hf, f.span, d, theirs[0].span)
			} else if f, only := missingIn(theirs, ours); only {
				differ("files: "+f.value+" is on ModelScope and not on Hugging Face", hf, ours[0].span, d, f.span)
			}
		}
	}
	return out
}

// heavy keeps the files that hold weights.
func heavy(files []reading) []reading {
	return slices.DeleteFunc(slices.Clone(files), func(f reading) bool { return !weightsFile(f.value) })
}

// missingIn gives the first file of one list that another lacks.
func missingIn(list, other []reading) (reading, bool) {
	for _, f := range list {
		if !slices.ContainsFunc(other, func(o reading) bool { return o.value == f.value }) {
			return f, true
		}
	}
	return reading{}, false
}

// scopeGate finds in a card's front matter on ModelScope the form that is to be filled
// in before the download (modelscope.cn's pages on gated models: "extra_gated_fields").
func (in *input) scopeGate(d *audit.Document) (audit.Span, bool) {
	c := in.card(d)
	front := d.Body[:c.Body.Start]
	at := scopeGated.FindIndex(front)
	if at == nil {
		return audit.Span{}, false
	}
	return line(d.Body, at[0]), true
}

// scopeGated matches the entries of such a form.
var scopeGated = pattern.MustCompile(`(?m)^\s*extra[-_]gated(?:[-_](?:fields|prompt|licen[cs]e))?:`)
