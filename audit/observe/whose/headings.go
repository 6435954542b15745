package whose

import (
	"math"
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

// Whose a page and its sections are.

// othersHeading matches headings below which pages speak of others.
var othersHeading = phrases.ExpressionOf("whose.others-heading")

// partsHeading matches headings below which a page lists what the model was made of.
var partsHeading = phrases.ExpressionOf("whose.parts-heading")

// comparesWith leads in a heading to a name that the section only sets the model
// beside: "Improvements over Falco-1".
var comparesWith = phrases.ExpressionOf("whose.compares-with")

// heading says whose section stands below a heading: the heading names another
// model and not this one, or announces others. It is strict where it names one:
// then nothing in the section, code included, is this model's.
func (sp *Speaker) heading(text string) (whose audit.About, strict bool) {
	found := audit.About("")
	named := sp.Mentions(text)
	for i, m := range named {
		switch c := sp.Class(m.Name); {
		case !Others(c):
			return c, false
		case c == audit.AboutSibling && sp.namesOwn(text, named[i:]):
			return audit.AboutOwn, false
		case sp.namedAfter(text[m.Start:], identity.Parse(m.Name).Family):
			return audit.AboutOwn, false
		case comparesWith.MatchString(text[:m.Start]):
		case c == audit.AboutSibling && partOf.MatchString(text[m.End:]):
		case c == audit.AboutSibling, m.Sized && found == "":
			found = c
		}
	}
	if found != "" && (len(text) > longestTitle || headingSays.MatchString(text)) {
		return "", false // a sentence: it tells of another, and what follows need not
	}
	if found == "" {
		found = sp.bareMark(text)
	}
	if found == audit.AboutSibling || found != "" && !partsHeading.MatchString(text) {
		return found, !othersHeading.MatchString(text)
	}
	if othersHeading.MatchString(text) {
		return audit.AboutOther, false
	}
	return "", false
}

// namedAfter reports whether another model's name in a heading, and what follows it, have a word of
// this model's own beside the family's: "Falco-7B RLHF Model" on the page of falco-rlhf tells what was
// made of that one. A model whose name has a size may have siblings that are called the same but for it.
func (sp *Speaker) namedAfter(rest, family string) bool {
	words := headingWord.FindAllString(strings.ToLower(rest), 8)
	return slices.ContainsFunc(sp.models, func(id string) bool {
		own := identity.Parse(path.Base(id))
		name := headingWord.FindAllString(strings.ToLower(own.Model), 8)
		return len(own.Sizes) == 0 && slices.ContainsFunc(words, func(w string) bool {
			return w != "model" && !strings.Contains(family, w) && slices.Contains(name, w)
		})
	})
}

// headingWord matches a word that may tell one model from another.
var headingWord = pattern.MustCompile(`[a-z]{4,}`)

var (
	// onlyMark matches a heading or cell that is a size or a version and nothing else.
	onlyMark = phrases.ExpressionOf("whose.only-mark")
	// sharedByAll matches what is said of all models of a family.
	sharedByAll = phrases.ExpressionOf("whose.shared-by-all")
)

// longestTitle is how long a heading that names what stands below it may be.
const longestTitle = 80

// headingSays matches a heading that is a sentence.
var headingSays = phrases.ExpressionOf("whose.heading-says")

// bareMark says whose a size or a version is that stands alone.
func (sp *Speaker) bareMark(text string) audit.About {
	m := onlyMark.FindStringSubmatch(page.Plain(text))
	if m == nil {
		return ""
	}
	mark, found := strings.ToLower(m[1]), audit.About("")
	for _, id := range slices.Concat(sp.models, sp.bases) {
		n := identity.Parse(id)
		all, version := n.Sizes, strings.HasPrefix(mark, "v")
		if version {
			all, mark = n.Version, strings.TrimPrefix(mark, "v")
		}
		switch {
		case slices.Contains(all, mark), version && len(all) == 0, !version && countOf(mark, all):
			return audit.AboutOwn
		case len(all) > 0:
			found = audit.AboutSibling
		}
	}
	return found
}

// countOf reports whether a mark is the count of parameters that a name gives in round figures: "7.24B" of a 7B model.
func countOf(mark string, sizes []string) bool {
	size := func(s string) float64 { return identity.Parameters("x-" + s) }
	return strings.Contains(mark, ".") && slices.ContainsFunc(sizes, func(s string) bool {
		return math.Abs(size(mark)-size(s)) < size(s)/roundedBy
	})
}

// roundedBy is the part of a size by which makers round it in a name at the most.
const roundedBy = 8

// sectionsOf says for each section of a page whose it is, from its heading and
// those above; a page's title speaks for the whole.
func (sp *Speaker) sectionsOf(c *page.Page) (whose []audit.About, strict []bool) {
	whose, strict = make([]audit.About, len(c.Sections)), make([]bool, len(c.Sections))
	for i, s := range c.Sections {
		if s.Parent >= 0 {
			whose[i], strict[i] = whose[s.Parent], strict[s.Parent]
		} else if Others(sp.self) {
			whose[i], strict[i] = sp.self, true
		}
		if i <= 1 && (s.Level <= 1 || sp.titleBelow) {
			continue
		}
		if w, only := sp.heading(s.Heading); w != "" {
			whose[i], strict[i] = w, only
		}
	}
	return whose, strict
}

// Of is the speaker of one page. On a model's own card the name in the title is
// its own. A page of a repository that is titled after a sibling, or lies in a
// folder that is named after one, speaks of that one but where it says otherwise.
func (sp *Speaker) Of(d *audit.Document, c *page.Page) *Speaker {
	page := *sp
	page.listed, page.data = listedNames(c.Source), linkedData(c.Source)
	if d.Kind != audit.DocModelCard && d.Role != audit.RoleBase &&
		sp.SiblingsPath(document.BelowPackage(d.Path, d.PlaceID)) {
		page.self = audit.AboutSibling
	}
	if page.otherGeneration = page.beforeRelease(d, c); page.otherGeneration || page.onOtherVersions(d, c) {
		page.self = audit.AboutSibling
	}
	card := d.Kind == audit.DocModelCard
	own := card || d.Role == audit.RoleBase
	at := titleOf(c, card)
	title, _, tells := strings.Cut(c.Sections[at].Heading, ":")
	if at == 0 || c.Sections[at].Level > 1 && (!own && !tells || strings.TrimSpace(c.Text(c.Sections[0].Body)) != "") {
		return &page
	}
	named := page.Mentions(title)
	if len(named) == 0 || !Others(page.Class(named[0].Name)) || othersHeading.MatchString(title) {
		return &page
	}
	namesModel := slices.ContainsFunc(page.Mentions(c.Sections[at].Heading), func(m identity.Mention) bool {
		return !Others(page.Class(m.Name))
	})
	switch sibling := page.Class(named[0].Name) == audit.AboutSibling; {
	case Others(page.self):
		page.otherGeneration = page.otherGeneration || sibling && sp.otherVersion(named[0])
	case namesModel, headingSays.MatchString(title):
	case sibling && (!own || !card && sp.otherVersion(named[0])) && !slices.ContainsFunc(sp.models, func(id string) bool {
		return identity.Generation(named[0].Name, id) && identity.Generation(path.Base(d.PlaceID), id)
	}):
		page.self, page.otherGeneration = audit.AboutSibling, sp.otherVersion(named[0])
	default:
		page.titles = append(page.titles, named[0].Name)
		page.titleBelow = true
	}
	return &page
}

// titleOf is the section whose heading is the title of a page, 0 where there is none: the first or, of a page that is
// no card, the only one of the highest level, above which a notice may stand.
func titleOf(c *page.Page, card bool) int {
	highest := 0
	for i, s := range c.Sections {
		if s.Level != 1 || card {
			continue
		}
		if highest > 0 {
			return 1
		}
		highest = i
	}
	return max(highest, min(1, len(c.Sections)-1))
}

// fewNames is how often a page names other versions or sizes from which it is on
// those, where it never names this one.
const fewNames = 3

// manyTimes is how much more often a page names other versions than this one from which it
// is on those although it names this one: an older release among the news.
const manyTimes = 8

// onOtherVersions reports whether the front page or card of a repository is on other
// versions of the family: it names them, by number, and neither the model nor its base that way. What
// it says without a name ("pre-training took so many hours") is then theirs. Of a
// repository that the user named for the model that is not asked.
func (sp *Speaker) onOtherVersions(d *audit.Document, c *page.Page) bool {
	if !sp.frontPage(d) || slices.Contains(sp.given, d.PlaceID) {
		return false
	}
	siblings, later, own := 0, 0, 0
	for _, m := range sp.Mentions(string(c.Source)) {
		switch who := sp.Class(m.Name); {
		case !strings.ContainsAny(m.Name, "0123456789"), sp.data[strings.ToLower(m.Name)]:
		case who == audit.AboutSibling:
			siblings++
			if sp.otherVersion(m) {
				later++
			}
		case !Others(who):
			own++
		}
	}
	return own == 0 && siblings >= fewNames || own > 0 && later >= manyTimes*own
}

// frontPage reports whether a page is the front page or a card of a repository, where there is a model to ask for.
func (sp *Speaker) frontPage(d *audit.Document) bool {
	return d.Place == audit.GitHubRepo && len(sp.models) > 0 && (document.MainPage(d) || document.CardLike(d))
}

// beforeRelease reports whether the page of a repository that is named after a generation
// does not know the later release of it that is audited: "Falco-3" for Falco-3.1-8B.
func (sp *Speaker) beforeRelease(d *audit.Document, c *page.Page) bool {
	return sp.frontPage(d) && !slices.ContainsFunc(sp.models, func(id string) bool {
		return !identity.Generation(path.Base(d.PlaceID), id) ||
			identity.HasMarks(c.Source, identity.VersionMarks(path.Base(id)))
	})
}

// SiblingsPath reports whether a path leads through a folder, or to a file, that
// is named after a sibling.
func (sp *Speaker) SiblingsPath(file string) bool {
	if file == "" || len(sp.models) == 0 {
		return false
	}
	file = strings.TrimSuffix(file, path.Ext(file))
	for _, part := range strings.Split(file, "/") {
		if len(part) >= identity.MinFamily && sp.ofSibling(part) {
			return true
		}
	}
	return false
}

// ForeignPath reports whether a file lies in a folder that is named after another
// model, or is a sibling's.
func (sp *Speaker) ForeignPath(file string) bool {
	if sp.SiblingsPath(file) {
		return true
	}
	if len(sp.models) == 0 {
		return false
	}
	for _, folder := range strings.Split(path.Dir(file), "/") {
		for _, m := range identity.Mentions(folder) {
			if m.Sized && m.Name == folder && Others(sp.Class(m.Name)) {
				return true
			}
		}
	}
	return false
}

// ofSibling reports whether a folder's or file's name is a sibling's: of the
// family, and neither the model's nor that of something that goes with it.
func (sp *Speaker) ofSibling(name string) bool {
	return sp.siblings.Of(name, sp.isSibling)
}

func (sp *Speaker) isSibling(name string) bool {
	found := false
	for _, id := range slices.Concat(sp.models, sp.bases) {
		switch identity.Related(name, id) {
		case identity.Same, identity.Thing:
			return false
		case identity.Sibling:
			found = true
		}
	}
	return found
}
