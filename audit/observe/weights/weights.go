package weights

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
)

// Read says whether the weights of the audited model and of its base can be
// downloaded, and what stands before the download.
//
// Evidence is taken from the strongest source that speaks: the hub's list of
// files and its gate, then the model's own card, then the pages of its own
// repository that name the model by its hub id. A page that shows how to
// download and asks for nothing is evidence that nothing is asked; a page that
// asks for a form, a licence click or an approval is evidence of a gate.
func Read(in *Reader) []audit.Observation {
	end := endWeights(in)
	out := append([]audit.Observation(nil), end...)
	out = append(out, baseWeights(in, end)...)
	out = append(out, ofHeaders(in)...)
	out = append(out, in.headerBases()...)
	out = append(out, in.twinsDiffer()...)
	return append(out, sources.ReleaseDate(in.Set)...)
}

// A Slot names the facts of one of the two models, base or end.
type Slot struct {
	Role                   audit.Role
	Published, Gate, Delta string
}

// The slots of the model itself and of what it was made from.
var (
	EndSlot  = Slot{audit.RoleEnd, "weights.end.published", "weights.end.gate", "weights.end.delta"}
	BaseSlot = Slot{Role: audit.RoleBase, Published: "weights.base.published", Gate: "weights.base.gate"}
)

func endWeights(in *Reader) []audit.Observation {
	id := sources.HubID(in.Set, audit.RoleEnd)
	out := hubWeights(in, EndSlot, id)
	pages := in.givingPages()
	out = append(out, in.saidWeights(out, pages, pages, EndSlot, id, in.ID())...)
	if !sources.Found(out, EndSlot.Published) && !in.hubHoldsNone(out, EndSlot) {
		out = append(out, in.paperWeights(in.OwnTexts(), EndSlot, id)...)
	}
	out = in.betterOffer(out, pages, EndSlot, cmp.Or(id, in.ID()), in.ID())
	for _, o := range out {
		if o.Fact == EndSlot.Published && o.Finding == audit.Present && delta.MatchString(o.Quote) {
			o.Fact, o.Note = EndSlot.Delta, "the page says that the files are a difference to other weights"
			out = append(out, o)
		}
	}
	return append(asksNothing(out, EndSlot), in.gateInProse(pages, EndSlot, out)...)
}

// givingPages are the pages that would give out the model's own files. What the makers
// of the original give out, and what they ask for first, is not a copy's in another
// format, though what they say of the model is true of it.
func (in *Reader) givingPages() []*audit.Document {
	pages := in.OwnPages()
	if !in.IsCopy() || strings.EqualFold(in.Subject.Base, in.ID()) {
		return pages
	}
	return slices.DeleteFunc(pages, func(d *audit.Document) bool {
		return d.Place == audit.GitHubRepo && !in.OfMakers(d.PlaceID)
	})
}

// saidWeights looks for the weights in prose where the hub did not show them:
// first by the model's hub id, then in a statement on the model of that name. A
// hub that said that it has none leaves only what lies elsewhere.
func (in *Reader) saidWeights(known []audit.Observation, linking, stating []*audit.Document, s Slot, id,
	name string) []audit.Observation {
	if sources.Found(known, s.Published) {
		return nil
	}
	none := in.hubHoldsNone(known, s)
	if !none {
		if out := in.namedWeights(linking, s, id); sources.Found(out, s.Published) {
			return out
		}
	}
	out := in.releasedWeights(stating, s, name)
	if none && len(out) > 0 && (len(document.HubLink.FindString(out[0].Quote)) > 0 ||
		!releaseLink.MatchString(out[0].Quote)) {
		return nil
	}
	return out
}
