package kin

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
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
	known := make(map[string]bool)
	for _, d := range in.OwnPages() {
		if !document.MainPage(d) {
			continue
		}
		for _, at := range in.introduced(d) {
			named = in.named(named, known, d, at, in.ServedText(d, at))
		}
		for _, p := range in.Prose(d) {
			if len(named) >= maxBases {
				return named
			}
			if p.Kind != page.Row && in.OfSubject(d, p.Span) {
				named = in.named(named, known, d, p.Span, p.Raw())
			}
		}
	}
	return named
}

// introduced are the titles at the top of a page, and the first sentences and labels of bases of a card, which are
// read as they were served: "**Falco 7B** fine-tuned on songs" begins with what is another's.
func (in *Pages) introduced(d *audit.Document) (parts []audit.Span) {
	c := in.Card(d)
	for i, s := range c.Sections[:min(len(c.Sections), titleSections)] {
		if i > 0 && s.Title.Start < s.Title.End {
			parts = append(parts, s.Title)
		}
	}
	if d.Kind != audit.DocModelCard {
		return parts
	}
	body := in.ServedBody(d)
	for _, at := range labelled.FindAllIndex(body, maxBases) { // the name of another ends what the view keeps
		parts = append(parts, in.SeenSpan(d, audit.Span{Start: at[0], End: at[1]}))
	}
	for _, p := range in.servedIntro(d) {
		if p.Kind != page.Row {
			parts = append(parts, in.SeenSpan(d, p.Span))
		}
	}
	return parts
}

// labelled matches a line that a label of bases begins.
var labelled = phrases.ExpressionOf("kin.base-label")

// servedIntro are the first sentences of a page as it was served. As many of the form that themes read hardly ever end
// before them, so the rest of the page is cut off before it is parsed once more.
func (in *Pages) servedIntro(d *audit.Document) []page.Passage {
	body, seen := in.ServedBody(d), in.Prose(d)
	if len(seen) >= document.IntroSentences {
		last := in.ServedSpan(d, seen[document.IntroSentences-1].Span).End
		if gap := emptyLine.FindIndex(body[last:]); gap != nil {
			body = body[:last+gap[1]]
		}
	}
	top := audit.Document{Body: body}
	prose := page.Passages(&top, page.Parse(body))
	if whole := in.ServedBody(d); len(prose) < document.IntroSentences && len(body) < len(whole) {
		top.Body = whole // what was taken off had parted a sentence
		prose = page.Passages(&top, page.Parse(whole))
	}
	return prose[:min(len(prose), document.IntroSentences)]
}

// emptyLine matches what ends a paragraph.
var emptyLine = pattern.MustCompile(`\n[ \t\r]*\n`)

// titleSections is how many headings at the top of a page may go on with its title.
const titleSections = 4

// maxBases bounds the bases that are taken from pages: no model is made from more.
const maxBases = 20

// named adds what a statement of a page names and is not known yet.
func (in *Pages) named(named []NamedBase, known map[string]bool, d *audit.Document, at audit.Span,
	said []byte) []NamedBase {
	for _, m := range in.origins(d, string(said), in.ID()) {
		if name := identity.Squash(m.Name); !known[name] && len(named) < maxBases {
			known[name] = true
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
// from: none of its own, nor of its siblings, nor of what its makers made from it, nor of what the page calls data.
func (in *Pages) origins(d *audit.Document, said, id string) []identity.Mention {
	linked := linksIn(said)
	all := slices.DeleteFunc(in.Speaker.OriginMentions(said), func(m identity.Mention) bool {
		return slices.ContainsFunc(linked, func(l identity.Mention) bool {
			return l.Start <= m.Start && m.End <= l.End
		})
	})
	all = append(all, linked...)
	slices.SortFunc(all, func(a, b identity.Mention) int { return a.Start - b.Start })
	merged := identity.MergedNames(said)
	return slices.DeleteFunc(identity.Origins(identity.AsIt(said, id), all), func(m identity.Mention) bool {
		if slices.Contains(merged, m) && identity.Squash(m.Name) != identity.Squash(path.Base(id)) {
			return in.CalledData(d, m.Name) // and may be the makers' own, who merge what they made before
		}
		if strings.Contains(m.Name, "/") {
			return in.laterRelease(m.Name) || in.Sibling(m.Name) || identity.SameMaker(identity.Owner(m.Name),
				identity.Owner(id)) && (id != in.ID() || identity.ContinuesInWords(path.Base(m.Name), path.Base(id)))
		}
		return !in.foreign(d, m.Name, id) && !in.outOf(said[:m.Start], m.Name, id) || in.CalledData(d, m.Name)
	})
}

// outOf reports whether words before a name tell how the very model of an id, of other makers as far as is known, was
// made from what bears the shorter name: "Falco-2-mini was distilled from Falco-2", whose mini is no size of theirs.
func (in *Pages) outOf(before, name, id string) bool {
	return id == in.ID() && !in.accountBearsName() && identity.Continues(path.Base(id), name) &&
		strings.Contains(identity.Squash(before), identity.Squash(path.Base(id)))
}

// linksIn are the models that a statement links on a hub, each with its link.
func linksIn(said string) (linked []identity.Mention) {
	for _, r := range document.ModelLinks([]byte(said)) {
		linked = append(linked, identity.WithLink(said, identity.Mention{Name: r.Value, Start: r.Span.Start,
			End: r.Span.End, Sized: true}))
	}
	return linked
}

// CalledData reports whether a page calls what bears a name data somewhere.
func (in *Pages) CalledData(d *audit.Document, name string) bool {
	return in.dataNames.Of(d, func(d *audit.Document) map[string]bool {
		body := in.ServedBody(d)
		return identity.NamesBefore(body, dataWord.FindAllIndex(body, -1))
	})[strings.ToLower(name)]
}

// dataWord matches what makes the name before it one of data, from the marks at its end on: its last word or more.
var dataWord = phrases.ExpressionOf("kin.data-word")

// foreign reports whether a name in a statement on a model's making is another model's: not
// its own, nor a sibling's. A name that the model's goes on from, or holds further back, is the
// model's own only where its makers bear it.
func (in *Pages) foreign(d *audit.Document, name, id string) bool {
	if id != in.ID() {
		return !identity.SameFamily(name, id) && !strings.Contains(identity.Squash(id), identity.Family(name))
	}
	if in.without(in.borrowed(), name) || !in.accountBearsName() && identity.ContinuesInWords(path.Base(id), name) &&
		!in.claims(in.ServedBody(d), identity.Name{Account: identity.Owner(id), Model: path.Base(id),
			Family: identity.Family(name)}) {
		return true
	}
	return identity.Related(name, id) == identity.Unrelated && in.Speaker.Class(name) != audit.AboutSibling &&
		!identity.NamedAfter(id, name) && !identity.SameMaker(identity.Family(name), identity.Owner(id))
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
