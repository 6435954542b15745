package licences

import (
	"fmt"
	"slices"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page/jsonspan"
)

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
			return []licence{{component: componentFor(d), id: id, source: fromTag, doc: d, span: v.Span}}
		}
	}
	return nil
}

// twinLicences lists where the pages of one model on two hubs name different
// licences, both sides quoted.
func (in *Reader) twinLicences(all []licence) []conflict {
	sides := make(map[audit.PlaceKind][]licence)
	for _, d := range in.Of(audit.DocModelAPI) {
		if d.Place == audit.ModelScopeModel && d.Role == audit.RoleEnd && document.Readable(d) {
			all = append(all, scopeTag(d)...)
		}
	}
	for _, l := range all {
		if l.component == "weights" && l.source == fromTag && l.doc.Role == audit.RoleEnd && l.understood() &&
			!l.vague && l.limit == nil {
			sides[l.doc.Place] = append(sides[l.doc.Place], l)
		}
	}
	for _, one := range sides[audit.HubModel] {
		for _, other := range sides[audit.ModelScopeModel] {
			if one.id != other.id && !slices.ContainsFunc(sides[audit.HubModel], func(l licence) bool {
				return l.id == other.id
			}) {
				return []conflict{{"twin", fmt.Sprintf("weights: Hugging Face says %s, ModelScope says %s", one.id,
					other.id), one.side(), other.side()}}
			}
		}
	}
	return nil
}
