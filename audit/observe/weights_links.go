package observe

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// hubLink matches an address on a hub that may be a model's; modelID tells.
var hubLink = pattern.MustCompile(`(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.cn/models|modelscope\.ai/models|wisemodel\.cn/models)/([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)`)

// modelID is the model that a matched address on a hub leads to; false for what
// else the hubs serve under two names: data sets, demonstrations, papers,
// collections, organisations, documentation.
func modelID(matched string) (string, bool) {
	id := strings.TrimRight(matched, ".")
	switch strings.ToLower(path.Dir(id)) {
	case "datasets", "spaces", "papers", "docs", "blog", "collections", "organizations", "join", "settings", "learn", "posts", "models":
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
	return strings.EqualFold(linked, in.id()) || inSeries(linked, in.id()) ||
		sameMaker(path.Dir(linked), path.Dir(in.id())) && unsized(linked) == unsized(in.id())
}

// modelSize matches the part of a name that tells a size: "7b", "1.5B", "8x22b".
var modelSize = pattern.MustCompile(`(?i)^(\d+x)?\d+(\.\d+)?[bmk]$`)

// unsized is a model's name without its size.
func unsized(id string) string {
	var kept []string
	for _, part := range nameParts(path.Base(id)) {
		if !modelSize.MatchString(part) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "-")
}

// nameParts are the parts of a model's name in small letters.
func nameParts(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
}

// related reports whether a linked model is of the audited one's family, so
// that what a page says of it may be said of the family.
func (in *input) related(linked string) bool {
	return sameFamily(linked, in.id()) ||
		sameMaker(path.Dir(linked), path.Dir(in.id())) && familyName(path.Base(linked)) == familyName(path.Base(in.id()))
}

// minSeries is the share of an id that the id of an earlier release of the same
// series must cover: "X-V2-Instruct" of "X-V2-Instruct-0724".
const minSeries = 0.7

// inSeries reports whether one id names the series of another: the same but for
// a mark of the release at the end. Words that tell tuned and base models apart
// are no such mark, and neither is the rest of a version's number.
func inSeries(named, id string) bool {
	n, full := strings.ToLower(named), strings.ToLower(id)
	if len(n) >= len(full) || float64(len(n)) < minSeries*float64(len(full)) || !strings.HasPrefix(full, n) || !strings.ContainsRune("-_", rune(full[len(n)])) {
		return false
	}
	for _, part := range nameParts(full[len(n):]) {
		if variantWord(part) {
			return false
		}
	}
	return true
}

// sameName reports whether two ids name one model under two organisations, as
// on two hubs.
func sameName(a, b string) bool { return strings.EqualFold(path.Base(a), path.Base(b)) }
