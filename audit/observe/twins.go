package observe

import (
	"slices"

	"openness/audit"
	"openness/audit/jsonspan"
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
	values, err := jsonspan.Values(d.Body)
	if err != nil || carded {
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
