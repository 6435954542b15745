package license

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A family is what licences of one name have in common. Prose often says "the
// Llama licence" without the version; then the family is all that is known,
// and its id, LicenseRef- and the family's name, says no more than that. The
// terms of a family are those on which all its licences agree.

// noFamilies are groupings of the knowledge base that are no name of a licence.
var noFamilies = map[string]bool{"": true, "open": true, "research": true, "proprietary": true,
	"source-available": true, "dataset": true, "creative-commons": true, "meta-research": true}

type families struct {
	members map[string][]*Terms
	heads   map[string]string // first word of ids and names of families -> family
}

var familyTable = sync.OnceValue(func() *families {
	f := &families{members: make(map[string][]*Terms), heads: make(map[string]string)}
	shared := make(map[string]bool)
	for _, t := range base().order {
		if noFamilies[t.Family] || t.Policy || !strings.HasPrefix(t.ID, "LicenseRef-") {
			continue
		}
		if t.CommercialUse != Unsaid && t.ID != "LicenseRef-"+t.Family {
			f.members[t.Family] = append(f.members[t.Family], t)
		}
		for _, head := range []string{t.Family, stem(t.ID)[0]} {
			if other := f.heads[head]; other != "" && other != t.Family {
				shared[head] = true
			}
			f.heads[head] = t.Family
		}
	}
	for head := range f.heads {
		if shared[head] || len(head) < 2 || len(f.members[f.heads[head]]) == 0 {
			delete(f.heads, head)
		}
	}
	return f
})

// stem is the words of an id that are no version.
func stem(id string) []string {
	words := strings.Split(strings.ToLower(strings.TrimPrefix(id, "LicenseRef-")), "-")
	kept := slices.DeleteFunc(words, func(w string) bool { return w == "" || unicode.IsDigit(rune(w[0])) })
	if len(kept) == 0 {
		return []string{""}
	}
	return kept
}

// FamilyOf returns the family of an id or of a family's own id, "" for none.
func FamilyOf(id string) string {
	if t, ok := TermsOf(id); ok && !noFamilies[t.Family] {
		return t.Family
	}
	name := strings.ToLower(strings.TrimPrefix(id, "LicenseRef-"))
	if _, ok := familyTable().members[name]; ok && strings.HasPrefix(id, "LicenseRef-") {
		return name
	}
	return ""
}

// FamilyTerms returns the terms on which all licences of a family agree. It
// reports false for a family of which no terms are known.
func FamilyTerms(family string) (Terms, bool) {
	members := familyTable().members[family]
	if len(members) == 0 {
		return Terms{}, false
	}
	t := *members[0]
	t.ID, t.Name, t.Aliases, t.URLs, t.ThresholdUnit = "LicenseRef-"+family, family+" licence of unknown version", nil,
		nil, ""
	t.Source = nil // sections differ from version to version
	for _, m := range members[1:] {
		t.meet(m)
	}
	return t, true
}

// meet keeps the terms that another licence has too.
func (t *Terms) meet(m *Terms) {
	for _, p := range [][2]*Permission{{&t.CommercialUse, &m.CommercialUse}, {&t.Modification, &m.Modification},
		{&t.Redistribution, &m.Redistribution}} {
		if *p[0] != *p[1] {
			*p[0] = Unsaid
		}
	}
	t.OSIApproved = t.OSIApproved && m.OSIApproved
	t.UseRestrictions, t.OutputRestriction = agreed(t.UseRestrictions, m.UseRestrictions),
		agreed(t.OutputRestriction, m.OutputRestriction)
	t.NamingRequirement, t.Attribution = agreed(t.NamingRequirement, m.NamingRequirement),
		agreed(t.Attribution, m.Attribution)
	t.AcceptanceRequired, t.RegistrationRequired = agreed(t.AcceptanceRequired, m.AcceptanceRequired),
		agreed(t.RegistrationRequired, m.RegistrationRequired)
	t.UserThreshold, t.GeographicLimit, t.FSFLibre = agreed(t.UserThreshold, m.UserThreshold),
		agreed(t.GeographicLimit, m.GeographicLimit), agreed(t.FSFLibre, m.FSFLibre)
}

// agreed is a where both say the same, else nil.
func agreed[T comparable](a, b *T) *T {
	if a == nil || b == nil || *a != *b {
		return nil
	}
	return a
}

// modifiedPrefix marks the id of a text that differs from a known licence in
// what it grants or asks.
const modifiedPrefix = "LicenseRef-modified-"

// ModifiedID is the id of a changed text of a licence: no id of the original
// stands for what it says.
func ModifiedID(id string) string { return modifiedPrefix + strings.TrimPrefix(id, "LicenseRef-") }

// Original returns the licence that a changed text was made from, and false
// for an id that is of no changed text.
func Original(id string) (string, bool) {
	name, ok := strings.CutPrefix(id, modifiedPrefix)
	if !ok {
		return id, false
	}
	for _, candidate := range []string{name, "LicenseRef-" + name} {
		if _, known := TermsOf(candidate); known {
			return candidate, true
		}
	}
	return id, false
}

// Read returns the terms of whatever id the project gives out: of a licence,
// of a family, or of a changed text, of which only what limits is taken for
// granted. It reports false where nothing is known.
func Read(id string) (Terms, bool) {
	if original, changed := Original(id); changed {
		t, ok := Read(original)
		t.ID = id
		t.doubt(nil)
		return t, ok
	}
	if IsExpression(id) {
		return expressionTerms(id)
	}
	if common, known := FamilyTerms(FamilyOf(id)); known && strings.EqualFold(id, common.ID) {
		return common, true
	}
	return TermsOf(id)
}

// Precise returns the id for a name that was found to mean id, or the family's
// id where the id has a version that the name does not say and the family has
// other versions.
func Precise(name, id string) string {
	if of, ok := strings.CutPrefix(strings.Join(strings.Fields(strings.NewReplacer("-", " ", "_",
		" ").Replace(strings.ToLower(name))), " "), "modified "); ok && strings.HasPrefix(id, "LicenseRef-") {
		if original, known := Normalize(of); known {
			return ModifiedID(original) // many have changed it, each in their own way
		}
	}
	family := FamilyOf(id)
	if family == "" || saysVersion(name, id) {
		return id
	}
	own := stem(id)
	for _, m := range familyTable().members[family] {
		other := stem(m.ID)
		if m.ID != id && (within(own, other) || within(other, own)) {
			return "LicenseRef-" + family
		}
	}
	return id
}

// saysVersion reports whether the name has one of the figures of the id, or
// the id has none.
func saysVersion(name, id string) bool {
	versions := 0
	for _, part := range strings.Split(strings.TrimPrefix(id, "LicenseRef-"), "-") {
		if !unicode.IsDigit(rune((part + " ")[0])) {
			continue
		}
		versions++
		if strings.Contains(strings.ReplaceAll(name, "_", "."), strings.TrimSuffix(part, ".0")) {
			return true
		}
	}
	return versions == 0
}

// within reports whether all words of a are among those of b.
func within(a, b []string) bool {
	return !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
}
