package observe

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/pattern"
)

// hubLink matches an address on a hub that may be a model's; modelID tells.
var hubLink = pattern.MustCompile(`(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.cn/models` +
	`|modelscope\.ai/models|wisemodel\.cn/models)/([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)`)

// modelID is the model that a matched address on a hub leads to; false for what
// else the hubs serve under two names: data sets, demonstrations, papers,
// collections, organisations, documentation.
func modelID(matched string) (string, bool) {
	id := strings.TrimRight(matched, ".")
	switch strings.ToLower(path.Dir(id)) {
	case "datasets", "spaces", "papers", "docs", "blog", "collections", "organizations", "join", "settings", "learn",
		"posts", "models":
		return "", false
	}
	return id, true
}

// modelLinks lists the models that a text links on a hub, with the span of each
// id. Addresses beside the files, such as a licence's, are left out.
func modelLinks(body []byte) []reading {
	var found []reading
	for _, m := range hubLink.FindAllSubmatchIndex(body, 400) {
		id, ok := modelID(string(body[m[2]:m[3]]))
		end := m[2] + len(id)
		if ok && !besideWeights.Match(body[end:min(len(body), end+besideLength)]) {
			found = append(found, reading{id, audit.Span{Start: m[2], End: end}})
		}
	}
	return found
}

// sibling reports whether a linked model is the audited one, an earlier release
// of its series or the same in another size: of none of these it was made.
func (in *input) sibling(linked string) bool {
	return strings.EqualFold(linked, in.id()) || identity.InSeries(linked, in.id()) ||
		identity.SameMaker(path.Dir(linked), path.Dir(in.id())) && identity.Unsized(linked) == identity.Unsized(in.id())
}

// related reports whether a linked model is of the audited one's family, so
// that what a page says of it may be said of the family.
func (in *input) related(linked string) bool {
	return identity.SameFamily(linked, in.id()) ||
		identity.SameMaker(path.Dir(linked), path.Dir(in.id())) &&
			identity.Family(path.Base(linked)) == identity.Family(path.Base(in.id()))
}
