package papers

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	arxiv "openness/audit/papers"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Whose paper it is. A page that asks to cite one work may mean its tools, its data or
// what the model was tuned from. The title tells: a work that bears a name is on what
// is called so.

// ofAnother reports whether a title begins with the name of something that is neither
// the model nor its makers nor a repository of theirs.
func (r *paperReader) ofAnother(title string) bool {
	name := arxiv.TitleName(title)
	if name == "" {
		return false
	}
	squashed := identity.Squash(name)
	if strings.HasPrefix(r.Subject.ID, "github:") {
		return false // a repository may hold more models than its name tells
	}
	if identity.Related(name, r.ID()) == identity.Sibling {
		return true
	}
	if r.Family.MatchString(name) || slices.Contains(identity.Parts(path.Base(r.ID())), squashed) ||
		len(squashed) >= identity.MinShared && strings.Contains(identity.Squash(r.Subject.ID+r.Subject.Name),
			squashed) {
		return r.Borrows(name) || r.inStyleOf(name) || r.onlyOfBase(name)
	}
	return !r.ofOwnProject(squashed) && !r.madeFor(name)
}

// onlyOfBase reports whether a name is that of what others made and the model was made from, and is no word of the
// model's own name, which may hold it: "Falco" where "songfalco-base" was tuned from it.
func (r *paperReader) onlyOfBase(name string) bool {
	base, squashed := r.Subject.Base, identity.Squash(name)
	return base != "" && !r.IsCopy() && !identity.SameMaker(identity.Owner(base), identity.Owner(r.ID())) &&
		!r.Family.MatchString(name) && strings.HasPrefix(identity.Squash(path.Base(base)), squashed) &&
		!slices.Contains(identity.Parts(path.Base(r.ID())), squashed)
}

// ofOwnProject reports whether a name is that of a repository of the model's own, or of
// one that its makers have and its card links.
func (r *paperReader) ofOwnProject(squashed string) bool {
	if slices.ContainsFunc(r.Repositories(), func(id string) bool {
		project := identity.Squash(path.Base(id))
		return len(project) >= identity.MinFamily && r.OwnRepository(id) &&
			(strings.Contains(project, squashed) || strings.HasPrefix(squashed, project))
	}) {
		return true
	}
	stem := strings.TrimRight(squashed, "0123456789")
	maker := identity.Owner(r.ID())
	return len(stem) >= identity.MinFamily && slices.ContainsFunc(r.Makers(), func(d *audit.Document) bool {
		return slices.ContainsFunc(document.RepositoriesIn(d.Body, whose.MaxLinked), func(id string) bool {
			return identity.OwnerLikeness(path.Dir(id), maker) > 1 &&
				strings.HasPrefix(identity.Squash(path.Base(id)), stem)
		})
	})
}

// styled matches, behind a name, words that make it that of somebody's work which others follow.
var styled = phrases.ExpressionOf("papers.styled")

// inStyleOf reports whether the model's pages, as they were served, follow a work of a name: "trained on Nest-style data".
func (r *paperReader) inStyleOf(name string) bool {
	return slices.ContainsFunc(r.Makers(), func(d *audit.Document) bool {
		parts := strings.Split(strings.ToLower(string(r.ServedBody(d))), strings.ToLower(name))
		return slices.ContainsFunc(parts[1:], styled.MatchString)
	})
}

// made matches how a page says for which work its model was made.
var made = phrases.ExpressionOf("papers.made")

// madeFor reports whether the model's pages say that it was made for the work of a name:
// "the model was developed for Nest".
func (r *paperReader) madeFor(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(r.Makers(), func(d *audit.Document) bool {
		return slices.ContainsFunc(r.Prose(d), func(p page.Passage) bool {
			at := strings.Index(p.Text, name)
			return at > 0 && whose.TheModel.MatchString(p.Text) && made.MatchString(p.Text[:at]) &&
				!usedWork.MatchString(p.Text[:at])
		})
	})
}

// titleLinked is the title of the paper that a link leads to, as far as a link of the
// model's pages gives it: this one or another to the same paper.
func (r *paperReader) titleLinked(l page.Link) string {
	if arxiv.TitleName(l.Text) != "" {
		return l.Text
	}
	return r.linkTitles[ArXivNumber(l.URL)]
}

// titlesLinked gathers the titles that links of pages give to papers of an archive.
func (r *paperReader) titlesLinked(pages []*audit.Document) {
	for _, d := range pages {
		for _, l := range r.Card(d).Links() {
			if id := ArXivNumber(l.URL); id != "" && arxiv.TitleName(l.Text) != "" && r.linkTitles[id] == "" {
				r.linkTitles[id] = l.Text
			}
		}
	}
}

// calledSo reads links to an archive on pages below a repository's front page whose
// text is the whole name of the model.
func (r *paperReader) calledSo(d *audit.Document) {
	name := identity.Parse(r.ID())
	if !strings.Contains(d.Path, "/") || len(name.Version)+len(name.Sizes) == 0 {
		return
	}
	for _, l := range r.Card(d).Links() {
		if !l.InCode && arxivID.MatchString(l.URL) && identity.Squash(l.Text) == identity.Squash(name.Model) {
			r.add(d, r.shown(d, r.Card(d), l), "paper.preprint", "archived", "own",
				"The page links to it by the model's name.")
		}
	}
}

// scopeOfWork says whose a cited work is that a page calls its own or the base's.
func (r *paperReader) scopeOfWork(d *audit.Document, title, scope string) string {
	switch {
	case scope != "own":
		return scope
	case r.Borrows(title):
		return r.scopeOfBase()
	case r.ofAnother(title) && whose.Bears(arxiv.TitleName(title), r.Speaker.Base):
		return "base"
	case r.ofAnother(title), dataOfFamily.MatchString(title) && r.Family.MatchString(title):
		return "related"
	}
	return r.scopeOf(d, title, scope)
}

// dataOfFamily matches the title of a work on the data that a model was trained on,
// which names the model for that: "The Nest Dataset for Falco".
var dataOfFamily = pattern.MustCompile(`(?i)\b(?:data ?sets?|corpus|benchmark) (?:for|of|behind) `)

// scopeOfBase is the scope of a work on what the model was made from: where nobody
// named that, it is of kin.
func (r *paperReader) scopeOfBase() string {
	if r.Subject.Base != "" {
		return "base"
	}
	return "related"
}

// underOther reports whether a passage or link stands in a part of a page that repeats
// the base's page or tells of it.
func (r *paperReader) underOther(d *audit.Document, at int) bool {
	return kin.InParts(r.BaseParts(d), at)
}

// whichIs matches how a sentence goes on to tell of what it links right before: "[Nest](...),
// which is introduced in", "[Nest](...) described in".
var whichIs = phrases.ExpressionOf("papers.which-is")

// ofAntecedent reports whether the words before a link tell that it leads to the paper
// of what is linked right before.
func (r *paperReader) ofAntecedent(before string) bool {
	m := whichIs.FindStringSubmatch(before)
	return m != nil && !r.Family.MatchString(m[1])
}

// ofTool is ofAntecedent for the words before a bare address, within a link's brackets.
func (r *paperReader) ofTool(before string) bool {
	if open := strings.LastIndexByte(before, '['); open >= 0 {
		before = before[:open]
	}
	return r.ofAntecedent(before)
}

// underlying matches a sentence on what a model was made from.
var underlying = phrases.ExpressionOf("papers.underlying")

// builtWith matches how a sentence goes on to the link of what was taken up: "is based on the [Nest](...) model".
var builtWith = phrases.ExpressionOf("papers.built-with")

// behindModel matches the end of what stands before a bracket where that is a link to a
// model on a hub.
var behindModel = phrases.ExpressionOf("papers.behind-model")

// ofLinkedModel reports whether a link stands in a bracket behind a link to another model.
func (r *paperReader) ofLinkedModel(before string) bool {
	m := behindModel.FindStringSubmatch(before)
	return m != nil && !strings.EqualFold(m[1], r.ID())
}

// ofLine reports whether the text of a link is the family's name and nothing else where
// the model is a later generation: it names the first of the line.
func (r *paperReader) ofLine(text string) bool {
	name := identity.Parse(r.ID())
	return identity.Squash(text) == name.Family && r.VersionOf(name.Model) >= 2
}

// laterMarks are the marks of the model's version where that is not the first.
func (r *paperReader) laterMarks() []string {
	marks := identity.VersionMarks(path.Base(r.ID()))
	if slices.ContainsFunc(marks, func(mark string) bool {
		version, err := strconv.ParseFloat(strings.TrimLeft(mark, "abcdefghijklmnopqrstuvwxyz"), 64)
		return err == nil && version > 1 && version < sources.MaxVersion
	}) {
		return marks
	}
	return nil
}

// ofEarlierPage reports whether a page is that of a repository of another version, behind the point too, than the
// model's, which it does not name: the page of Falco 3 where the model is Falco 3.2.
func (r *paperReader) ofEarlierPage(d *audit.Document) bool {
	name, marks := path.Base(d.PlaceID), r.laterMarks()
	theirs := r.VersionOf(name)
	return d.Place == audit.GitHubRepo && len(marks) > 0 && theirs > 0 && theirs != r.VersionOf(path.Base(r.ID())) &&
		!identity.HasMarks([]byte(name), marks) && !identity.HasMarks(r.ServedBody(d), marks)
}

// firstOfLine reports whether a citation is of the first of a line of models, of which
// the model is a later one: its title gives the family's name alone, and an archive had
// it in a month before the model was there; or, where that is not known, a page calls the
// one before by that name.
func (r *paperReader) firstOfLine(e page.Entry) bool {
	number := NumberOf(e)
	if len(r.laterMarks()) == 0 || number == "" ||
		identity.Squash(arxiv.TitleName(e.Fields["title"])) != identity.Parse(r.ID()).Family {
		return false
	}
	released := sources.ReleaseDate(r.Reader.Set)
	if len(released) == 0 {
		return r.callsEarlier()
	}
	return "20"+number[:2]+"-"+number[2:4] < released[0].Value[:len("2006-01")]
}

// earlierModel matches how a page calls the model before its own: "the previously released Falco".
var earlierModel = phrases.ExpressionOf("papers.earlier-model")

// callsEarlier reports whether a page of the makers calls an earlier model by the family's name alone.
func (r *paperReader) callsEarlier() bool {
	return slices.ContainsFunc(r.Makers(), func(d *audit.Document) bool {
		return slices.ContainsFunc(earlierModel.FindAllSubmatch(r.ServedBody(d), sources.MaxNumbers),
			func(m [][]byte) bool { return identity.Squash(string(m[1])) == identity.Parse(r.ID()).Family })
	})
}

// originalPaper matches a statement that leads to the first paper of a line of models.
var originalPaper = phrases.ExpressionOf("papers.original-paper")

// ofFirst reports whether a statement leads to the original paper of the family where
// the model is not the first of it: it was tuned from others', or is a later version. An original
// that is not named is that of what the model was made from, whoever made that.
func (r *paperReader) ofFirst(said string) bool {
	m := originalPaper.FindStringSubmatch(said)
	if m == nil {
		return false
	}
	base := r.Subject.Base
	tuned := (base != "" || len(r.NamedBases()) > 0) && !r.IsCopy()
	if tuned && (m[1] == "" || !r.OfMakers(base)) {
		return true
	}
	return r.Family.MatchString(m[1]) && len(identity.VersionMarks(path.Base(r.ID()))) > 0
}

// baseCitation gives the entry among works that a page asks to cite which is on what the
// page says that the model was made from.
func (r *paperReader) baseCitation(d *audit.Document, entries []page.Entry) (page.Entry, bool) {
	from := ""
	for _, said := range kin.Derivations(r.ServedBody(d)) {
		from += " " + identity.Squash(said.Value)
	}
	for _, e := range entries {
		name := arxiv.TitleName(e.Fields["title"])
		where := e.Fields["journal"] + e.Fields["eprint"] + e.Fields["archiveprefix"] + e.Fields["url"]
		if name == "" || !archives.MatchString(where) {
			continue
		}
		squashed := identity.Squash(name)
		if len(squashed) >= identity.MinShared && strings.Contains(from, squashed) ||
			whose.Bears(name, r.Speaker.Base) && !whose.Bears(name, r.Speaker.Own) {
			return e, true
		}
	}
	return page.Entry{}, false
}

// ofBase reports whether a link in the head of a page leads to the paper of what the
// model was made from: it stands in a part on that, its sentence is about that, or it
// gives the name that the model took over and none of the model's own.
func (r *paperReader) ofBase(d *audit.Document, l page.Link) bool {
	if r.underOther(d, l.Span.Start) {
		return true
	}
	p, ok := r.PassageAt(d, l.Span.Start)
	if !ok || LinkList(p) {
		return r.Borrows(l.Text) || r.ofLine(l.Text)
	}
	said := string(p.Raw())
	takenUp := builtWith.Match(d.Body[p.Span.Start:l.Span.Start]) && !reportText.MatchString(l.Text)
	return takenUp && r.titleLinked(l) == "" || underlying.MatchString(said) || r.ofLine(l.Text) ||
		r.ofFirst(said) || r.Borrows(l.Text) || r.Borrows(said)
}
