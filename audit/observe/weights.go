package observe

import (
	"cmp"

	"openness/audit"
)

// weights says whether the weights of the audited model and of its base can be
// downloaded, and what stands before the download.
//
// Evidence is taken from the strongest source that speaks: the hub's list of
// files and its gate, then the model's own card, then the pages of its own
// repository that name the model by its hub id. A page that shows how to
// download and asks for nothing is evidence that nothing is asked; a page that
// asks for a form, a licence click or an approval is evidence of a gate.
func weights(in *input) []audit.Observation {
	end := endWeights(in)
	out := append([]audit.Observation(nil), end...)
	out = append(out, baseWeights(in, end)...)
	out = append(out, ofHeaders(in)...)
	out = append(out, in.headerBases()...)
	out = append(out, in.twinsDiffer()...)
	return append(out, releaseDate(in)...)
}

// A slot names the facts of one of the two models, base or end.
type slot struct {
	role                   audit.Role
	published, gate, delta string
}

var (
	endSlot  = slot{audit.RoleEnd, "weights.end.published", "weights.end.gate", "weights.end.delta"}
	baseSlot = slot{role: audit.RoleBase, published: "weights.base.published", gate: "weights.base.gate"}
)

func endWeights(in *input) []audit.Observation {
	id := hubID(in, audit.RoleEnd)
	out := hubWeights(in, endSlot, id)
	out = append(out, in.saidWeights(out, in.ownPages(), in.ownPages(), endSlot, id, in.id())...)
	if !present(out, endSlot.published) && !hubHoldsNone(out, endSlot) {
		out = append(out, in.paperWeights(in.ownTexts(), endSlot, id)...)
	}
	out = append(out, in.betterOffer(out, in.ownPages(), endSlot, cmp.Or(id, in.id()), in.id())...)
	return append(asksNothing(out, endSlot), in.gateInProse(in.ownPages(), endSlot, out)...)
}

// saidWeights looks for the weights in prose where the hub did not show them:
// first by the model's hub id, then in a statement on the model of that name. A
// hub that said that it has none leaves only what lies elsewhere.
func (in *input) saidWeights(known []audit.Observation, linking, stating []*audit.Document, s slot, id,
	name string) []audit.Observation {
	if present(known, s.published) {
		return nil
	}
	none := hubHoldsNone(known, s)
	if !none {
		if out := in.namedWeights(linking, s, id); present(out, s.published) {
			return out
		}
	}
	out := in.releasedWeights(stating, s, name)
	if none && len(out) > 0 && (len(hubLink.FindString(out[0].Quote)) > 0 || !releaseLink.MatchString(out[0].Quote)) {
		return nil
	}
	return out
}

// hubID is the hub id of the model in a role, or "".
func hubID(in *input, role audit.Role) string {
	for _, kind := range []audit.PlaceKind{audit.HubModel, audit.ModelScopeModel} {
		if p, ok := in.subject.Place(kind, role); ok {
			return p.ID
		}
	}
	return ""
}

// present reports whether the fact was found, whatever its value.
func present(list []audit.Observation, fact string) bool {
	for _, o := range list {
		if o.Fact == fact && o.Finding == audit.Present {
			return true
		}
	}
	return false
}

// releaseDate reads the day of first publication from the hub's answer.
func releaseDate(in *input) []audit.Observation {
	for _, d := range in.of(audit.DocModelAPI) {
		if d.Role != audit.RoleEnd || !readable(d) {
			continue
		}
		created, ok := jsonFields(d.Body)["createdAt"]
		if ok && created.End-created.Start >= len(`"2006-01-02`) {
			day := string(d.Body[created.Start+1 : created.Start+11])
			return []audit.Observation{audit.Observe(d, "model.release_date", day, created,
				"the hub's date of creation")}
		}
	}
	return nil
}
