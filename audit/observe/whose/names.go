package whose

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
)

// Whose a name is.

// A Speaker tells whose names stand on the pages of one subject.
type Speaker struct {
	Own, Base []string // parts of names, squashed
	whole     []string // whole names of the model in small letters, however they are written
	models    []string // ids of the model
	bases     []string // ids of what it was made from
	given     []string // repositories that the user named

	// Of one page.
	titles     []string        // names in the title of the page that is read
	titleBelow bool            // the title is a heading of any level
	listed     identity.Names  // of models that the page links
	data       map[string]bool // names of data that the page links, likewise
	self       audit.About     // whose the page is: of whom it says "we" and "this model"
	// the page is a sibling's by its title or its repository's name, which give another version
	otherGeneration bool

	// Of names on any page.
	known    *document.Memory[string, audit.About]
	siblings *document.Memory[string, bool] // folders and files, and whether they are named after a sibling

	terms Binding    // clauses that are kept whomever they name, nil where there are none
	Ends  *Interrupt // of the reading, nil where nothing ends it
}

// A Binding reports whether a clause of a section states terms that bind whoever takes
// the page's model, whosever name it carries. before: the words of its block before it. unnamed: it names nobody.
type Binding func(sp *Speaker, c *page.Page, section int, before, clause string, unnamed bool) bool

// NewSpeaker makes the speaker of a subject's pages.
func NewSpeaker(s audit.Subject, terms Binding) Speaker {
	sp := Speaker{terms: terms, self: audit.AboutOwn, known: new(document.Memory[string, audit.About]),
		siblings: new(document.Memory[string, bool])}
	sp.Own = appendParts(sp.Own, s.ID, s.Name)
	for _, name := range []string{path.Base(s.ID), s.Name} {
		if len(name) > minWhole {
			sp.whole = append(sp.whole, strings.ToLower(name))
		}
	}
	if !strings.Contains(s.ID, ":") {
		sp.models = append(sp.models, s.ID)
	}
	for _, p := range s.Places {
		if p.Kind == audit.GitHubRepo && p.Given {
			sp.given = append(sp.given, p.ID)
		}
		hub := p.Kind == audit.HubModel || p.Kind == audit.ModelScopeModel
		switch {
		case p.Role == audit.RoleEnd, p.Kind == audit.GitHubRepo && p.Role == audit.RoleCode:
			sp.Own = appendParts(sp.Own, p.ID)
			if hub && p.Given {
				sp.models = append(sp.models, p.ID)
			}
		case p.Role == audit.RoleBase:
			sp.Base = appendParts(sp.Base, p.ID)
			if hub {
				sp.bases = append(sp.bases, p.ID)
			}
		}
	}
	if s.Base != "" {
		sp.Base = appendParts(sp.Base, s.Base)
		sp.bases = append(sp.bases, s.Base)
	}
	return sp
}

// minWhole is the length from which a name in small letters can be nothing else.
const minWhole = 4

// appendParts adds what tells the names of a model, its makers and its project
// from others': each part that is no size, variant or common word.
func appendParts(list []string, names ...string) []string {
	for _, name := range names {
		_, name, _ = strings.Cut(":"+name, ":")
		had := len(list)
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("/-_ .:", r) }) {
			word := strings.ToLower(part)
			if identity.VariantWord(word) || identity.CommonWord(word) || plainParts[word] ||
				strings.Trim(word, "0123456789bmkx") == "" {
				continue
			}
			if part = identity.Squash(part); len(part) > 1 {
				list = append(list, part)
			}
			if bare := strings.TrimRight(part, "0123456789"); len(bare) > 2 && bare != part {
				list = append(list, bare)
			}
		}
		whole := identity.Squash(path.Base(name))
		told := slices.ContainsFunc(list[had:], func(part string) bool { return strings.Contains(whole, part) })
		if !told && len(whole) > 1 {
			list = append(list, whole) // a name of common words alone is still a name
		}
	}
	return list
}

// plainParts are parts of names that tell what a model is or who may use it.
var plainParts = identity.WordSet(`ai lm llm llms vl github hub labs lab research team project commercial official` +
	` distill data models language foundation`)

// Class says whose a name is. Of a repository that is audited as such all models
// of the family are its own.
func (sp *Speaker) Class(name string) audit.About {
	if slices.Contains(sp.titles, name) || sp.data[strings.ToLower(name)] {
		return audit.AboutOwn
	}
	return sp.known.Of(name, sp.classOf)
}

func (sp *Speaker) classOf(name string) audit.About {
	exact := func(id string) bool { return identity.Squash(path.Base(id)) == identity.Squash(name) }
	switch {
	case slices.ContainsFunc(sp.models, exact), slices.ContainsFunc(sp.models, func(id string) bool {
		return exact(path.Dir(id))
	}):
		return audit.AboutOwn // by its own name, or its makers'
	case slices.ContainsFunc(sp.bases, exact), slices.ContainsFunc(sp.bases, func(id string) bool {
		return exact(path.Dir(id))
	}):
		return audit.AboutBase
	}
	found := audit.About("")
	for _, side := range []struct {
		ids []string
		who audit.About
	}{{sp.models, audit.AboutOwn}, {sp.bases, audit.AboutBase}} {
		for _, id := range side.ids {
			switch identity.Related(name, id) {
			case identity.Same, identity.Thing:
				return side.who
			case identity.Sibling:
				if identity.Continues(path.Base(id), name) {
					return audit.AboutBase
				}
				found = audit.AboutSibling
			}
		}
	}
	switch {
	case found != "":
		return found
	case Bears(name, sp.Own):
		return audit.AboutOwn
	case Bears(name, sp.Base):
		return audit.AboutBase
	}
	return audit.AboutOther
}

// Others reports whether a passage supports nothing for the model: it is about a
// sibling or about another.
func Others(who audit.About) bool { return who == audit.AboutOther || who == audit.AboutSibling }

// Mentions finds the names of models in a text of the page; the list is not to be changed.
func (sp *Speaker) Mentions(text string) []identity.Mention { return sp.listed.Mentions(text) }

// OriginMentions finds them where a text is read for what something was made from.
func (sp *Speaker) OriginMentions(text string) []identity.Mention {
	return sp.listed.Origins(text)
}

// listedNames are the names, in small letters, of the models that a page links
// on a hub and that cannot be mistaken for words.
func listedNames(body []byte) identity.Names {
	names := make(map[string]bool)
	for _, r := range document.ModelLinks(body) {
		name := path.Base(r.Value)
		if len(name) > minWhole && (strings.ContainsAny(name, "-_0123456789") ||
			strings.ToLower(name[1:]) != name[1:]) {
			names[strings.ToLower(name)] = true
		}
	}
	return identity.NamesOf(names)
}

// Bears reports whether a name holds one of some parts: a short part must stand
// at the beginning of a word of the name.
func Bears(name string, parts []string) bool {
	squashed := identity.Squash(name)
	for _, part := range parts {
		if len(part) >= identity.MinFamily && strings.Contains(squashed, part) {
			return true
		}
		for _, word := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("/-_ .", r) }) {
			if strings.HasPrefix(identity.Squash(word), part) {
				return true
			}
		}
	}
	return false
}

// linkedData are the names, in small letters, of the data that a page links on a hub.
func linkedData(body []byte) map[string]bool {
	names := make(map[string]bool)
	for _, m := range document.HubDataset.FindAllSubmatch(body, MaxLinked) {
		name := strings.ToLower(path.Base(string(m[1])))
		names[name] = true
		if at := strings.LastIndex(name, "-v"); at > 0 {
			names[name[:at]] = true
		}
	}
	return names
}

// MaxLinked bounds how many links of a page are looked at.
const MaxLinked = 400
