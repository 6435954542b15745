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

// namedByModel takes the name of another model that a licence is called by for a
// part of its name and no subject: "X is under the Y Community License".
func (p *parser) namedByModel() {
	for i := range p.items {
		n := i + 1
		if p.tag(i) != tagModel || p.tag(p.prevOf(i-1, tagModel)) != tagModel || n >= len(p.items) ||
			p.items[n].w == nil || p.items[n].w.Predicate != "license" ||
			beginsWith("under-word", p.list[p.items[n].first:]) { // "stands Y under the MIT licence"
			continue
		}
		k := p.prev(i-1, tagNeutral, tagMaker, tagOf)
		under := k >= 0 && (among("according", p.words(k)) || among("agent", p.words(k)) || p.tag(k) == tagLink)
		for k++; k < i; k++ {
			under = under || beginsWith("under-word", p.list[p.items[k].first:])
		}
		if before := p.items[i-1]; before.w != nil && before.w.Predicate == "license" { // "under Y's"
			p.take(i - 1)
			under = true
		}
		if !under {
			continue
		}
		if p.tag(n) == tagNeutral && n+1 < len(p.items) && p.tag(n+1) == tagPart {
			n++
		}
		w := wording{Tag: tagClaim, Predicate: "license", Value: unnamed, file: p.mainLanguage()}
		p.items[i].tag, p.items[i].w, p.items[i].end = tagClaim, &w, p.items[n].end
		p.take(n)
		if k := p.prev(i-1, tagOf); p.tag(k) == tagMaker && k < i-1 { // "Y's X licence"
			p.items[k].tag = tagNeutral
		}
	}
}

// versions reads what stands right behind the name of a licence and makes it another:
// a version ("Apache 1.1", "CC BY-NC 3.0", "MIT-0"), or that it is only like it.
func (p *parser) versions() {
	for i := 0; i+1 < len(p.items); i++ {
		it, next := &p.items[i], p.items[i+1]
		if it.tag == tagClaim && it.w.Predicate == "license" && it.w.Value == unnamed && p.words(i+1) == "(" &&
			(p.tag(i+2) == tagLicence || p.tag(i+2) == tagClaim && p.items[i+2].w.Predicate == "license") &&
			p.words(i+3) == ")" { // "a Creative Commons licence (CC BY 4.0)"
			w := *it.w
			w.Value = p.items[i+2].w.Value
			it.w = &w
			for k := i + 1; k <= i+3; k++ {
				p.take(k)
			}
			continue
		}
		if it.tag != tagClaim && it.tag != tagLicence || it.w.Predicate != "license" || it.w.Value == "open" ||
			it.w.Value == unnamed || next.tag != tagUnknown && next.tag != tagAway && next.tag != tagNeutral {
			continue
		}
		word := p.list[next.first].text
		joined := strings.Contains(p.text[p.list[it.end-1].end:p.list[next.first].start], "-")
		w := *it.w
		switch {
		case among("similar", word) && joined:
			w.Value = unnamed
		case numbered().MatchString(word) && (joined || strings.Contains(word, ".")):
			w.Value = version().ReplaceAllString(w.Value, "") + "-" + strings.TrimPrefix(word, "v")
		default:
			continue
		}
		it.w = &w
		p.take(i + 1)
	}
}

var (
	numbered = lazily(`^v?\d+(?:\.\d+)*$`)
	version  = lazily(`-\d[\d.]*$`)
)

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
