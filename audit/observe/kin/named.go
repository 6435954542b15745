package kin

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
)

// Many pages name what a model was made from in words alone: "a merge of Falco 13B and
// Condor 13B". No place is known of such a base. It is named all the same, and was not
// looked at: every theme that asks for the base gets this one answer.

// A NamedBase is a model that a page of the audited model's own says it was made from.
type NamedBase struct {
	Name string // or, where the statement links it, its id
	Doc  *audit.Document
	Span audit.Span // the statement
}

// readNamedBases lists them where no place of a base is known, cards first.
func (in *Pages) readNamedBases() (named []NamedBase) {
	if in.Subject.Base != "" {
		return nil
	}
	for _, d := range in.OwnPages() {
		if !document.MainPage(d) {
			continue
		}
		c := in.Card(d)
		for i, s := range c.Sections[:min(len(c.Sections), titleSections)] {
			if i > 0 && s.Title.Start < s.Title.End {
				named = in.named(named, d, s.Title, in.ServedBody(d))
			}
		}
		for i, p := range in.Prose(d) {
			body := d.Body
			if i < document.IntroSentences && d.Kind == audit.DocModelCard {
				body = in.ServedBody(d) // "**Falco 7B** fine-tuned on songs" begins with what is another's
			}
			if p.Kind != page.Row && in.OfSubject(d, p.Span) {
				named = in.named(named, d, p.Span, body)
			}
		}
	}
	return named
}

// titleSections is how many headings at the top of a page may go on with its title.
const titleSections = 4

// named adds what a statement of a page names.
func (in *Pages) named(named []NamedBase, d *audit.Document, at audit.Span, body []byte) []NamedBase {
	for _, m := range in.origins(d, string(body[at.Start:at.End]), in.ID()) {
		if !slices.ContainsFunc(named, func(n NamedBase) bool {
			return identity.Squash(n.Name) == identity.Squash(m.Name)
		}) {
			named = append(named, NamedBase{m.Name, d, at})
		}
	}
	return named
}

// laterRelease reports whether a model of the same makers and family gives a later
// version than the audited one: that was made from no such.
func (in *Pages) laterRelease(linked string) bool {
	name := path.Base(in.ID())
	mine, theirs := in.VersionOf(name), in.VersionOf(path.Base(linked))
	return theirs > max(mine, 1) && mine > 0 && identity.SameMaker(path.Dir(linked), path.Dir(in.ID()))
}

// origins are the names and linked ids in a statement of what the model of an id was made
// from: none of its own, nor of its siblings, nor of what the page calls data.
func (in *Pages) origins(d *audit.Document, said, id string) []identity.Mention {
	linked := linksIn(said)
	all := slices.DeleteFunc(in.Speaker.OriginMentions(said), func(m identity.Mention) bool {
		return slices.ContainsFunc(linked, func(l identity.Mention) bool {
			return l.Start <= m.Start && m.End <= l.End
		})
	})
	all = append(all, linked...)
	slices.SortFunc(all, func(a, b identity.Mention) int { return a.Start - b.Start })
	return slices.DeleteFunc(identity.Origins(said, all), func(m identity.Mention) bool {
		if strings.Contains(m.Name, "/") {
			return in.laterRelease(m.Name) || in.Sibling(m.Name) ||
				id != in.ID() && identity.SameMaker(identity.Owner(m.Name), identity.Owner(id))
		}
		return !in.foreign(m.Name, id) || in.calledData(d, m.Name)
	})
}

// linksIn are the models that a statement links on a hub, each with its link.
func linksIn(said string) (linked []identity.Mention) {
	for _, r := range document.ModelLinks([]byte(said)) {
		linked = append(linked, identity.WithLink(said, identity.Mention{Name: r.Value, Start: r.Span.Start,
			End: r.Span.End, Sized: true}))
	}
	return linked
}

// calledData reports whether a page calls what bears a name data somewhere. So many names
// are asked for and no more: the whole page is read for each.
func (in *Pages) calledData(d *audit.Document, name string) bool {
	if _, known := in.dataNames[name]; !known && len(in.dataNames) >= maxDerivations {
		return false
	}
	return document.Remembered(in.dataNames, name, func(string) bool {
		return pattern.MustCompile(`(?i)` + regexp.QuoteMeta(name) + `[\])*_"\x60]*(?:\([^)\s]*/datasets/` +
			`|(?:\([^)\s]*\))? (?:data ?sets?|corpus)\b)`).Match(in.ServedBody(d))
	})
}

// foreign reports whether a name in a statement on a model's making is another model's: not
// its own, nor a sibling's. A name that the model's goes on from is the model's own only
// where its makers bear it.
func (in *Pages) foreign(name, id string) bool {
	if id != in.ID() {
		return !identity.SameFamily(name, id) && !strings.Contains(identity.Squash(id), identity.Family(name))
	}
	if in.Borrows(name) || !in.accountBearsName() && identity.ContinuesInWords(path.Base(id), name) {
		return true
	}
	return identity.Related(name, id) == identity.Unrelated && in.Speaker.Class(name) != audit.AboutSibling &&
		!identity.SameFamily(name, id)
}

// Linked reports whether the base is named by its id on a hub.
func (n NamedBase) Linked() bool { return strings.Contains(n.Name, "/") }

// OfNamed says of bases that are named that they were not looked at.
func OfNamed(named []NamedBase) string {
	var names []string
	for _, n := range named[:min(len(named), maxNamed)] {
		names = append(names, n.Name)
	}
	return "it was made from " + strings.Join(names, " and ") + ", of which no page was read"
}

// maxNamed is how many names a note gives.
const maxNamed = 3
