package claims

import (
	"slices"
	"strings"
	"unicode"
)

// A licenceName is a licence and the names that people give it.
type licenceName struct {
	ID  string   `yaml:"id"`
	Say []string `yaml:"say"`
}

// licences makes two wordings of each licence: its names in every form, and alone.
func (f *wordFile) licences() []wording {
	var list []wording
	for _, l := range f.Licences {
		w := wording{Tag: tagClaim, Predicate: "license", Value: l.ID}
		for _, form := range f.Forms {
			w.Say = append(w.Say, strings.ReplaceAll(form, "LIC", "("+strings.Join(l.Say, "|")+")"))
		}
		list = append(list, w, wording{Tag: tagLicence, Predicate: "license", Value: l.ID, Say: l.Say})
	}
	return list
}

// unnamed is the value of a licence that the book does not know by name.
const unnamed = "?"

// sameLicence reports whether a licence id is the one that a claim names, and
// whether the two can be told apart at all. A name without a version stands
// for every version.
func sameLicence(claimed, id string) (same, known bool) {
	if strings.EqualFold(claimed, id) {
		return true, true
	}
	if claimed == "OpenRAIL" {
		return strings.Contains(strings.ToLower(id), "rail"), true
	}
	if rest, ok := strings.CutPrefix(strings.ToLower(id), strings.ToLower(claimed)+"-"); ok {
		return rest == "only" || rest == "or-later" || unicode.IsDigit(rune(rest[0])) || claimed == "BSD", true
	}
	return false, !strings.ContainsAny(id, " ()")
}

// said are words of a claim on a licence that name none.
var sayNothing = []string{"under", "the", "a", "an", "its", "their", "own", "license", "licence", "lizenz", "licencia",
	"released", "published",
	"available", "distributed", "licensed", "offered", "launched", "unter", "der", "einer", "sous", "la", "une", "bajo",
	"una"}

// namedAs reports whether the words of a claim name a licence that has no
// standard name: all of them stand in its id.
func namedAs(words, id string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(id), "licenseref-")
	if !ok {
		return false
	}
	have := strings.FieldsFunc(rest, func(r rune) bool { return r == '-' || r == '_' })
	named := 0
	for _, t := range tokens(words, nil) {
		if slices.Contains(sayNothing, t.text) {
			continue
		}
		if !slices.Contains(have, t.text) {
			return false
		}
		named++
	}
	return named > 0
}
