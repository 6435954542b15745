package crawl

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
)

// Which papers a model's pages lead to.

// namePapers chooses the papers of the subject: those that cards and READMEs
// ask to be cited or call their report are its own, the rest is related.
func (g *gathering) namePapers() {
	chosen := 0
	var rest []audit.Place
	for _, s := range g.speakings() {
		for _, p := range rankPapers(s.page, s.name, papersIn(s.page)) {
			if p.score < ownPaper || chosen == maxPapers {
				rest = append(rest, paperPlace(p.id, audit.RoleRelated, fmt.Sprintf("The %s mentions it.", s.what),
					false))
			} else if g.choose(paperPlace(p.id, s.role, fmt.Sprintf("The %s %s.", s.what, p.why), false)) {
				chosen++
			}
		}
	}
	own, below := g.papersBelow()
	for _, p := range own {
		if chosen < maxPapers && g.choose(p) {
			chosen++
		}
	}
	related := 0
	for _, p := range slices.Concat(g.taggedPapers(), rest, below) {
		if related < maxMentioned && g.choose(p) {
			related++
		}
	}
}

// rankPapers scores papers that a page names, the likeliest first.
func rankPapers(doc *page.Page, name string, named []mention) []candidate {
	var all []candidate
	entries := doc.BibTeX()
	for i, m := range named {
		score, why := scorePaper(doc, entries, m, name)
		at := slices.IndexFunc(all, func(c candidate) bool { return c.id == m.id })
		switch {
		case at < 0:
			all = append(all, candidate{id: m.id, score: score, order: i, why: why})
		case score > all[at].score:
			all[at].score, all[at].why = score, why
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.order, b.order))
	})
	return all
}

// scorePaper says how likely a paper that a page names describes its model.
func scorePaper(doc *page.Page, entries []page.Entry, m mention, name string) (int, string) {
	score, why := 0, "names it"
	said := clause(m.before) + " " + m.text
	near := doc.Source[max(0, m.start-400):min(len(doc.Source), m.start+200)]
	switch entry := entryAt(doc, entries, m.start); {
	case definedPaper.MatchString(m.before):
		return ownPaper, "has it as what its links called \"paper\" lead to"
	case entry != nil:
		score, why = 2, "asks for it to be cited"
		near = entry
		if len(entries) == 1 {
			score++
		}
	case citationHead.MatchString(m.heading):
		score, why = 2, "names it where it speaks of citing"
	case badgeOfPaper.MatchString(m.text), titlesModel(m.text, name), ownReport.MatchString(said) ||
		labelledPaper.MatchString(m.before) || labelledPaper.MatchString(said) || paperText.MatchString(m.text),
		barePaper.MatchString(clause(m.before)) && named(m.text, name):
		score, why = 2, "links to it as its paper or report"
	}
	// A title that names the model stands near the id.
	if family := identity.Family(path.Base(name)); len(family) >= identity.MinShared &&
		strings.Contains(identity.Squash(string(near)), family) {
		score++
	}
	if otherPaper.MatchString(said) && !ownReport.MatchString(said) {
		score -= 2
	}
	return score, why
}

// titlesModel reports whether a link's text is a title that begins with the model's
// name: "Falco: A Model of Many Birds".
func titlesModel(text, name string) bool {
	return named(text, name) && len(strings.Fields(text)) >= minTitle
}

// named reports whether a link's text begins with the name of a model's family.
func named(text, name string) bool {
	family := identity.Family(path.Base(name))
	return len(family) >= identity.MinShared && strings.HasPrefix(identity.Squash(text), family)
}

// entryAt is the text of the citation that an offset stands in, or nil.
func entryAt(doc *page.Page, entries []page.Entry, at int) []byte {
	for _, e := range entries {
		if e.Span.Start <= at && at < e.Span.End {
			return doc.Source[e.Span.Start:e.Span.End]
		}
	}
	return nil
}
