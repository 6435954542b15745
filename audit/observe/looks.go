package observe

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	arxiv "openness/audit/papers"
)

// A look is what came of looking in the places where a fact would be said: the
// pages that were read, whose silence says something, and what could not be
// looked at.
type look struct {
	read []*audit.Document
	lost []unread
}

// and is both of two looks.
func (l look) and(m look) look {
	return look{append(l.read[:len(l.read):len(l.read)], m.read...), append(l.lost[:len(l.lost):len(l.lost)],
		m.lost...)}
}

// looks are the looks that the table of facts names. Where the fact was found,
// only what could raise it counts as lost.
var looks = map[string]func(in *input, found bool) look{
	"pages":        (*input).lookAtPages,
	"base pages":   (*input).lookAtBasePages,
	"own pages":    (*input).lookAtOwnPages,
	"origin":       (*input).lookAtOrigin,
	"front matter": (*input).lookAtFrontMatter,
	"front page":   (*input).lookAtFrontPage,
	"instructions": (*input).lookAtInstructions,
	"card":         (*input).lookAtCard,
	"hub page":     (*input).lookAtHubPage,
	"origin page":  (*input).lookAtOriginPage,
	"named pages":  (*input).lookAtNamedPages,
	"named code":   (*input).lookAtNamedCode,
	"hub":          lookAtHub(audit.RoleEnd),
	"base hub":     lookAtHub(audit.RoleBase),
	"trees":        (*input).lookAtTrees,
	"datasheets":   (*input).lookAtDatasheets,
	"paper":        (*input).lookAtPaper,
	"paper text":   (*input).lookAtPaperText,
	"records":      (*input).lookAtRecords,
	"archive":      (*input).lookAtArchive,
	"site":         (*input).lookAtSite,
	"service":      (*input).lookAtService,
	"service base": (*input).lookAtServiceBase,
	"report":       (*input).lookAtReport,

	"licence of weights": lookForLicence("weights"),
	"licence of code":    lookForLicence("code"),
	"licence of data":    lookForLicence("data"),
	"licence of docs":    lookForLicence("docs"),
	"licence of base":    lookForLicence("base"),
}

// lookForLicence looks where a component's licence would be stated.
func lookForLicence(component string) func(*input, bool) look {
	return func(in *input, found bool) look { return licenceLook(in, component, found) }
}

// lookAt makes a look once for all facts that name it.
func (in *input) lookAt(seen map[string]look, name string, found bool) look {
	key := name
	if found {
		key += " again"
	}
	l, made := seen[key]
	if !made {
		l = looks[name](in, found)
		seen[key] = l
	}
	return l
}

// lost gives the documents of some kinds that were not, or not wholly, looked at.
func (in *input) lost(which func(*audit.Document) bool) []unread {
	var lost []unread
	for i := range in.docs {
		d := &in.docs[i]
		if !which(d) {
			continue
		}
		if u, missing := unlooked(in, d); missing {
			lost = append(lost, u)
		}
	}
	return lost
}

// ofOwn and ofBase report whose a document is, as far as can be told of one
// that was not read.
func (in *input) ofOwn(d *audit.Document) bool {
	return d.Role == audit.RoleEnd || d.Place == audit.GitHubRepo && in.mayBeOwn(d.PlaceID)
}

func (in *input) ofBase(d *audit.Document) bool {
	return d.Role == audit.RoleBase || d.Place == audit.GitHubRepo && in.baseRepository(d.PlaceID)
}

// mayBeOwn reports whether a repository is the model's own, or could turn out
// to be if its front page could be read.
func (in *input) mayBeOwn(id string) bool {
	if in.ownRepository(id) {
		return true
	}
	if in.baseRepository(id) {
		return false
	}
	return slices.ContainsFunc(in.of(audit.DocReadme), func(d *audit.Document) bool {
		_, missing := unseen(d)
		return missing && d.PlaceID == id && mainPage(d)
	})
}

// speaks reports whether a document is a page that speaks for the whole project.
// Pages further down speak of parts, and a crawl takes only some of them anyway;
// but a page on training, a data sheet and a model card count wherever they lie.
func speaks(d *audit.Document) bool {
	switch d.Kind {
	case audit.DocModelCard, audit.DocReadme, audit.DocProse:
		return background(d) && (strings.Count(d.Path, "/") <= maxPageDepth || trainFolder.MatchString(d.Path)) ||
			sheetFile.MatchString(d.Path) || cardFile.MatchString(d.Path)
	}
	return false
}

// minSubstance is the length, in bytes, of the prose from which a page's silence
// says something: a sentence. A title, a row of links and a word of greeting
// keep silent on everything.
const minSubstance = 40

// worded drops the pages that have no prose of substance.
func (in *input) worded(pages []*audit.Document) []*audit.Document {
	return slices.DeleteFunc(slices.Clone(pages), in.wordless)
}

// wordless reports whether a page has no prose of substance.
func (in *input) wordless(d *audit.Document) bool {
	n := 0
	for _, p := range in.prose(d) {
		n += len(p.Text)
	}
	return n < minSubstance && !in.card(d).Front.Broken()
}

// lookAtPages looks at the pages that say how the model was made.
func (in *input) lookAtPages(found bool) look {
	l := look{in.worded(in.makers()), in.lost(func(d *audit.Document) bool { return speaks(d) && in.ofOwn(d) })}
	if len(l.lost) == 0 && !found {
		l.lost = in.unreadPrincipal()
	}
	return l
}

// lookAtHubPage looks for the model's page on a hub, where its card would be:
// where the hub's answer could not be looked at, nobody asked for the card, which
// may say what no other page does.
func (in *input) lookAtHubPage(bool) look { return look{lost: in.lostHubPage(audit.RoleEnd)} }

// lookAtOriginPage looks for the page on a hub of the model's base, and for the
// model's own, which tells of the base too unless that is another maker's.
func (in *input) lookAtOriginPage(bool) look {
	l := look{lost: in.lostHubPage(audit.RoleBase)}
	if in.subject.Base == "" || in.lineage() != foreignBase {
		l.lost = append(l.lost, in.lostHubPage(audit.RoleEnd)...)
	}
	return l
}

// lostHubPage lists the answers of hubs on a model that were not had, where no hub
// told what its card says or that it has none.
func (in *input) lostHubPage(of audit.Role) []unread {
	for _, d := range in.of(audit.DocModelCard) {
		if _, missing := unseen(d); d.Role == of && !missing {
			return nil
		}
	}
	return in.lost(func(d *audit.Document) bool { return d.Kind == audit.DocModelAPI && d.Role == of })
}

// unreadPrincipal lists the model's own documents that could not be looked at,
// when no page that speaks for the model could be read instead.
func (in *input) unreadPrincipal() []unread {
	if slices.ContainsFunc(in.makers(), in.speaksFor) {
		return nil
	}
	return in.lost(func(d *audit.Document) bool {
		_, missing := unseen(d)
		return missing && (d.Role == audit.RoleEnd || d.Role == audit.RoleCode)
	})
}

// lookAtBasePages looks at the pages that say how the base was made.
func (in *input) lookAtBasePages(bool) look {
	pages := slices.DeleteFunc(in.basePages(), func(d *audit.Document) bool { return !background(d) })
	return look{in.worded(pages), in.lost(func(d *audit.Document) bool { return speaks(d) && in.ofBase(d) })}
}

// lookAtOwnPages looks at all pages of the model's own.
func (in *input) lookAtOwnPages(bool) look {
	l := look{in.ownPages(), in.lost(func(d *audit.Document) bool { return speaks(d) && in.ofOwn(d) })}
	if len(l.read) == 0 {
		l.lost = append(l.lost, in.lost(func(d *audit.Document) bool {
			return (d.Kind == audit.DocModelAPI || d.Kind == audit.DocRepoAPI) && d.Role != audit.RoleBase
		})...)
	}
	return l
}

// lookAtOrigin looks at the pages that would say what the base was trained on:
// the base's, and the model's own unless it was made from another maker's.
func (in *input) lookAtOrigin(found bool) look {
	base, own := in.lookAtBasePages(found), in.lookAtPages(true)
	l := look{base.read, append(base.lost, own.lost...)}
	if in.lineage() != foreignBase {
		l.read = append(l.read, own.read...)
	}
	if !found && (len(l.read) == 0 || in.baseApart()) {
		l.lost = append(l.lost, in.unreadBase()...)
	}
	return l
}

// unreadOrigin is a front page of the model's own that was not looked at and may
// name what it was made from, where none of the pages that were read tells how it
// was made from the beginning.
func (in *input) unreadOrigin(read []*audit.Document) *unread {
	if slices.ContainsFunc(read, func(d *audit.Document) bool { return wasMade.Match(in.affirmed(d)) }) {
		return nil
	}
	lost := in.lost(func(d *audit.Document) bool {
		return d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd ||
			d.Kind == audit.DocReadme && mainPage(d) && in.mayBeOwn(d.PlaceID)
	})
	if len(lost) == 0 {
		lost = in.lookAtHubPage(false).lost
	}
	if len(lost) == 0 {
		return nil
	}
	return &lost[0]
}

// lookAtFrontMatter looks at the front matter of cards.
func (in *input) lookAtFrontMatter(bool) look {
	var l look
	for _, d := range in.of(audit.DocModelCard, audit.DocDataCard) {
		if readable(d) && (in.ofOwn(d) || in.ofBase(d)) {
			l.lost = append(l.lost, in.brokenFront(d)...)
		}
	}
	return l
}

// brokenFront gives a card whose front matter could not be read.
func (in *input) brokenFront(d *audit.Document) []unread {
	if front := &in.card(d).Front; front.Broken() {
		return []unread{{d, audit.Unreadable, "its front matter could not be read: " + front.Errors[0] + "."}}
	}
	return nil
}

// lookAtFrontPage looks at the first page that speaks for the model, where a
// release is announced. The page of a trainer or a runtime, which serves many
// models, would not tell of this one's.
func (in *input) lookAtFrontPage(bool) look {
	l := look{lost: in.lost(func(d *audit.Document) bool {
		return in.ofOwn(d) && (mainPage(d) || d.Kind == audit.DocTree)
	})}
	for _, d := range in.ownPages() {
		if mainPage(d) && in.speaksFor(d) {
			l.read = append(l.read, d)
			return l
		}
	}
	if len(l.lost) == 0 {
		l.lost = in.lost(func(d *audit.Document) bool {
			return d.Role != audit.RoleBase && slices.Contains([]audit.DocKind{audit.DocModelAPI, audit.DocModelCard,
				audit.DocReadme, audit.DocRepoAPI}, d.Kind)
		})
	}
	return l
}

// lookAtInstructions looks at the pages that would tell how to train.
func (in *input) lookAtInstructions(bool) look {
	var l look
	pages := in.instructing()
	for _, d := range pages {
		if readable(d) {
			l.read = append(l.read, d)
		}
	}
	l.read = in.worded(l.read)
	l.lost = in.lost(func(d *audit.Document) bool {
		return slices.Contains(pages, d) || speaks(d) && in.ofOwn(d)
	})
	if len(l.lost) == 0 && len(l.read) == 0 {
		l.lost = in.unreadPrincipal()
	}
	return l
}

// lookAtCard looks at the model's cards: on its hub, and files of that name in
// its repositories. A hub that serves none answers the question.
func (in *input) lookAtCard(found bool) look {
	l := look{lost: in.lost(func(d *audit.Document) bool {
		return in.ofOwn(d) && cardLike(d) || !found && d.Kind == audit.DocModelAPI && d.Role == audit.RoleEnd
	})}
	l.read = slices.Clone(in.ownCards())
	for _, d := range in.of(audit.DocModelCard) {
		if d.Role == audit.RoleEnd && d.Outcome == audit.Absent {
			l.read = append(l.read, d)
		}
	}
	return l
}

// lookAtHub looks at the hub's answer on the model, or on its base. What it
// lists is said by the theme of weights.
func lookAtHub(of audit.Role) func(*input, bool) look {
	return func(in *input, _ bool) look {
		its := in.ofOwn
		if of == audit.RoleBase {
			its = in.ofBase
		}
		return look{lost: in.lost(func(d *audit.Document) bool { return d.Kind == audit.DocModelAPI && its(d) })}
	}
}

// lookAtTrees looks at the files of the model's own repositories, or, where it
// has none, at the card that would name one.
func (in *input) lookAtTrees(bool) look {
	l := look{lost: in.lost(func(d *audit.Document) bool {
		return in.ofOwn(d) && (d.Kind == audit.DocTree || d.Kind == audit.DocRepoAPI || speaks(d))
	})}
	for _, d := range in.of(audit.DocTree) {
		if !readable(d) || !in.tree(d).listed {
			continue
		}
		own := in.ownRepository(d.PlaceID)
		switch note := in.elsewhereMade(d, own); {
		case note != "":
			l.lost = append(l.lost, unread{d, audit.NotFetched, note})
		case own:
			l.read = append(l.read, d)
		}
	}
	if len(l.read)+len(l.lost) > 0 {
		return l
	}
	for _, d := range in.of(audit.DocModelCard) {
		if d.Role == audit.RoleEnd && readable(d) {
			l.read = append(l.read, d)
		}
	}
	if len(l.read) == 0 {
		return in.lookAtHubPage(false)
	}
	l.read = in.worded(l.read)
	return l
}

// lookAtDatasheets looks at the cards of the datasets, which are where a
// datasheet is expected, and at those that a page names and nobody asked for.
func (in *input) lookAtDatasheets(found bool) look {
	l := look{lost: in.lost(func(d *audit.Document) bool { return d.Kind == audit.DocDataCard })}
	if !found && len(l.lost) == 0 {
		l.lost = in.unreadDatasets()
	}
	return l
}

// lookAtPaper looks for the text of the model's own paper, where a page names
// one: what it was trained with and on is what papers report.
func (in *input) lookAtPaper(found bool) look {
	if d := in.unreadPaper(); d != nil && !found {
		return look{lost: []unread{{d, audit.NotFetched, "the paper that this page names was not read."}}}
	}
	return look{}
}

// lookAtPaperText looks at the texts of the model's own papers that the crawl
// asked for.
func (in *input) lookAtPaperText(bool) look {
	l := look{read: in.ownTexts(), lost: in.lost(func(d *audit.Document) bool { return isText(d) && in.ofOwnPaper(d) })}
	for _, d := range l.read {
		if d.Partial {
			l.lost = append(l.lost, unread{d, audit.NotFetched, "a part of its text was not read: " + d.Detail})
		}
	}
	return l
}

// ofOwnPaper reports whether the text of a paper was asked for as the model's own.
func (in *input) ofOwnPaper(d *audit.Document) bool {
	return hasHubModel(in.subject) && d.Role != audit.RoleBase && d.Role != audit.RoleRelated &&
		d.Role != audit.RoleData
}

// lookAtRecords looks at what archives and venues say of the papers.
func (in *input) lookAtRecords(bool) look {
	return look{lost: in.lost(func(d *audit.Document) bool {
		return (d.Kind == audit.DocPaper || d.Kind == audit.DocVenue) && !in.readInstead(d)
	})}
}

// lookAtArchive looks for papers that no page names, which the catalogue or the
// user does: that a paper is archived is known from the page that names it, and
// of these from the archive alone.
func (in *input) lookAtArchive(bool) look {
	return look{lost: in.lost(func(d *audit.Document) bool {
		return d.Kind == audit.DocPaper && !in.readInstead(d) && in.unnamedPaper(d)
	})}
}

// unnamedPaper reports whether an archive was asked for a paper that no page
// that was read names.
func (in *input) unnamedPaper(d *audit.Document) bool {
	pages := slices.Concat(in.ownPages(), in.basePages())
	return slices.ContainsFunc(arxiv.Asked(d.URL), func(text string) bool {
		id, _ := arxiv.SplitID(text)
		return !slices.ContainsFunc(pages, func(p *audit.Document) bool { return bytes.Contains(p.Body, []byte(id)) })
	})
}
