package observe

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/code"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/licences"
	"openness/audit/observe/sources"
	arxiv "openness/audit/papers"
)

// looks are the looks that the table of facts names. Where the fact was found,
// only what could raise it counts as lost.
var looks = map[string]func(in *input, found bool) sources.Look{
	"pages":          (*input).lookAtPages,
	"base pages":     (*input).lookAtBasePages,
	"own pages":      (*input).lookAtOwnPages,
	"origin":         (*input).lookAtOrigin,
	"front matter":   (*input).lookAtFrontMatter,
	"front page":     (*input).lookAtFrontPage,
	"instructions":   (*input).lookAtInstructions,
	"card":           (*input).lookAtCard,
	"hub page":       (*input).lookAtHubPage,
	"origin page":    (*input).lookAtOriginPage,
	"base page":      (*input).lookAtBasePage,
	"named pages":    (*input).lookAtNamedPages,
	"named paper":    (*input).lookAtNamedPaper,
	"details":        (*input).lookAtDetails,
	"details code":   (*input).lookAtDetailsCode,
	"origin details": (*input).lookAtOriginDetails,
	"named code":     (*input).lookAtNamedCode,
	"named whole":    (*input).lookAtNamedWhole,
	"hub":            lookAtHub(audit.RoleEnd),
	"base hub":       lookAtHub(audit.RoleBase),
	"trees":          (*input).lookAtTrees,
	"datasheets":     (*input).lookAtDatasheets,
	"paper":          (*input).lookAtPaper,
	"origin paper":   (*input).lookAtOriginPaper,
	"records":        (*input).lookAtRecords,
	"archive":        (*input).lookAtArchive,
	"site":           (*input).lookAtSite,
	"service":        (*input).lookAtService,
	"service base":   (*input).lookAtServiceBase,
	"report":         (*input).lookAtReport,

	"licence of weights": lookForLicence("weights"),
	"licence of code":    lookForLicence("code"),
	"licence of data":    lookForLicence("data"),
	"licence of docs":    lookForLicence("docs"),
	"licence of base":    lookForLicence("base"),
}

// lookForLicence looks where a component's licence would be stated.
func lookForLicence(component string) func(*input, bool) sources.Look {
	return func(in *input, found bool) sources.Look { return licences.Look(in.licences, component, found) }
}

// lookAt makes a look once for all facts that name it.
func (in *input) lookAt(seen map[string]sources.Look, name string, found bool) sources.Look {
	key := name
	if found {
		key += " again"
	}
	l, made := seen[key]
	if !made {
		look, known := looks[name]
		if !known { // a build that fails its own tests
			panic(fmt.Sprintf("audit/facts.yaml names the look %q, which looks in audit/observe/looks.go lacks", name))
		}
		l = look(in, found)
		seen[key] = l
	}
	return l
}

// ofOwn and ofBase report whose a document is, as far as can be told of one
// that was not read.
func (in *input) ofOwn(d *audit.Document) bool {
	return d.Role == audit.RoleEnd || d.Place == audit.GitHubRepo && in.MayBeOwn(d.PlaceID)
}

func (in *input) ofBase(d *audit.Document) bool {
	return d.Role == audit.RoleBase || d.Place == audit.GitHubRepo && in.BaseRepository(d.PlaceID)
}

// speaks reports whether a document is a page that speaks for the whole project.
// Pages further down speak of parts, and a crawl takes only some of them anyway;
// but a page on training, a data sheet and a model card count wherever they lie, and
// the page of a folder with data below the first ones.
func speaks(d *audit.Document) bool {
	switch d.Kind {
	case audit.DocModelCard, audit.DocReadme, audit.DocProse:
		depth := strings.Count(d.Path, "/")
		return document.Background(d) && (depth <= code.MaxPageDepth || code.TrainFolder.MatchString(d.Path)) ||
			sheetFile.MatchString(path.Base(d.Path)) || sheetFile.MatchString(d.Path) && depth <= maxDataDepth ||
			document.CardFile.MatchString(d.Path)
	}
	return false
}

// maxDataDepth is how deep the page of a folder with data may lie to speak for the project's.
const maxDataDepth = code.MaxPageDepth + 1

// minSubstance is the length, in bytes, of the prose from which a page's silence
// says something: a sentence. A title, a row of links and a word of greeting
// keep silent on everything.
const minSubstance = 40

// worded drops the pages that have no prose of substance, and those of a sibling: what they keep silent on may be
// told of this model elsewhere.
func (in *input) worded(pages []*audit.Document) []*audit.Document {
	return slices.DeleteFunc(slices.Clone(pages), func(d *audit.Document) bool {
		return in.wordless(d) || in.Page(d).Aside == audit.AboutSibling
	})
}

// wordless reports whether a page has no prose of substance.
func (in *input) wordless(d *audit.Document) bool {
	n := 0
	for _, p := range in.Prose(d) {
		n += len(p.Text)
	}
	return n < minSubstance && !in.Card(d).Front.Broken()
}

// lookAtPages looks at the pages that say how the model was made.
func (in *input) lookAtPages(found bool) sources.Look {
	l := sources.Look{Read: in.worded(in.Makers()),
		Lost: in.Lost(func(d *audit.Document) bool { return speaks(d) && in.ofOwn(d) })}
	if len(l.Lost) == 0 && !found {
		l.Lost = in.UnreadPrincipal()
	}
	return l
}

// lookAtHubPage looks for the model's page on a hub, where its card would be.
func (in *input) lookAtHubPage(bool) sources.Look {
	return sources.Look{Lost: in.LostHubPage(audit.RoleEnd)}
}

// lookAtOriginPage looks for the page on a hub of the model's base, and for the
// model's own, which tells of the base too unless that is another maker's.
func (in *input) lookAtOriginPage(bool) sources.Look {
	l := sources.Look{Lost: in.LostHubPage(audit.RoleBase)}
	if in.Subject.Base == "" || in.data.Lineage() != data.ForeignBase {
		l.Lost = append(l.Lost, in.LostHubPage(audit.RoleEnd)...)
	}
	return l
}

// lookAtBasePage looks for the page on a hub of a base, where nothing of the base was read and the model is a
// copy of it or was tuned by others: its own makers tell of it, those who tuned or converted it need not.
func (in *input) lookAtBasePage(found bool) sources.Look {
	own := !in.IsCopy() && in.OfMakers(in.Subject.Base)
	read := func(d *audit.Document) bool {
		return d.Place != audit.HubModel || strings.EqualFold(d.PlaceID, in.Subject.Base)
	}
	if found || own || slices.ContainsFunc(in.BasePages(), read) {
		return sources.Look{}
	}
	return sources.Look{Lost: in.LostHubPage(audit.RoleBase)}
}

// lookAtBasePages looks at the pages that say how the base was made.
func (in *input) lookAtBasePages(bool) sources.Look {
	pages := slices.DeleteFunc(in.BasePages(), func(d *audit.Document) bool { return !document.Background(d) })
	return sources.Look{Read: in.worded(pages),
		Lost: in.Lost(func(d *audit.Document) bool { return speaks(d) && in.ofBase(d) })}
}

// lookAtOwnPages looks at all pages of the model's own.
func (in *input) lookAtOwnPages(bool) sources.Look {
	l := sources.Look{Read: in.OwnPages(),
		Lost: in.Lost(func(d *audit.Document) bool { return speaks(d) && in.ofOwn(d) })}
	if len(l.Read) == 0 {
		l.Lost = append(l.Lost, in.Lost(func(d *audit.Document) bool {
			return (d.Kind == audit.DocModelAPI || d.Kind == audit.DocRepoAPI) && d.Role != audit.RoleBase
		})...)
	}
	return l
}

// lookAtOrigin looks at the pages that would say what the base was trained on:
// the base's, and the model's own unless it was made from another maker's.
func (in *input) lookAtOrigin(found bool) sources.Look {
	base, own := in.lookAtBasePages(found), in.lookAtPages(true)
	l := sources.Look{Read: base.Read, Lost: append(base.Lost, own.Lost...)}
	if in.data.Lineage() != data.ForeignBase {
		l.Read = append(l.Read, own.Read...)
	}
	if !found && (len(l.Read) == 0 || in.data.BaseApart()) {
		l.Lost = append(l.Lost, in.data.UnreadBase()...)
	}
	return l
}

// lookAtFrontMatter looks at the front matter of cards.
func (in *input) lookAtFrontMatter(bool) sources.Look {
	var l sources.Look
	for _, d := range in.Of(audit.DocModelCard, audit.DocDataCard) {
		if document.Readable(d) && (in.ofOwn(d) || in.ofBase(d)) {
			l.Lost = append(l.Lost, in.BrokenFront(d)...)
		}
	}
	return l
}

// lookAtFrontPage looks at the first page that speaks for the model, where a
// release is announced. The page of a trainer or a runtime, which serves many
// models, would not tell of this one's.
func (in *input) lookAtFrontPage(bool) sources.Look {
	l := sources.Look{Lost: in.Lost(func(d *audit.Document) bool {
		return in.ofOwn(d) && (document.MainPage(d) || d.Kind == audit.DocTree)
	})}
	for _, d := range in.OwnPages() {
		if document.MainPage(d) && in.SpeaksFor(d) {
			l.Read = append(l.Read, d)
			return l
		}
	}
	if len(l.Lost) == 0 {
		l.Lost = in.Lost(func(d *audit.Document) bool {
			return d.Role != audit.RoleBase && slices.Contains([]audit.DocKind{audit.DocModelAPI, audit.DocModelCard,
				audit.DocReadme, audit.DocRepoAPI}, d.Kind)
		})
	}
	return l
}

// lookAtInstructions looks at the pages that would tell how to train.
func (in *input) lookAtInstructions(bool) sources.Look {
	var l sources.Look
	pages := in.code.Instructing()
	for _, d := range pages {
		if document.Readable(d) {
			l.Read = append(l.Read, d)
		}
	}
	l.Read = in.worded(l.Read)
	l.Lost = in.Lost(func(d *audit.Document) bool {
		return slices.Contains(pages, d) || speaks(d) && in.ofOwn(d)
	})
	if len(l.Lost) == 0 && len(l.Read) == 0 {
		l.Lost = in.UnreadPrincipal()
	}
	return l
}

// lookAtCard looks at the model's cards: on its hub, and files of that name in
// its repositories. A hub that serves none answers the question.
func (in *input) lookAtCard(found bool) sources.Look {
	l := sources.Look{Lost: in.Lost(func(d *audit.Document) bool {
		return in.ofOwn(d) && document.CardLike(d) || !found && d.Kind == audit.DocModelAPI && d.Role == audit.RoleEnd
	})}
	l.Read = slices.Clone(in.ownCards())
	for _, d := range in.Of(audit.DocModelCard) {
		if d.Role == audit.RoleEnd && d.Outcome == audit.Absent {
			l.Read = append(l.Read, d)
		}
	}
	return l
}

// lookAtHub looks at the hub's answer on the model, or on its base. What it
// lists is said by the theme of weights.
func lookAtHub(of audit.Role) func(*input, bool) sources.Look {
	return func(in *input, _ bool) sources.Look {
		its := in.ofOwn
		if of == audit.RoleBase {
			its = in.ofBase
		}
		return sources.Look{Lost: in.Lost(func(d *audit.Document) bool {
			return d.Kind == audit.DocModelAPI &&
				its(d)
		})}
	}
}

// lookAtTrees looks at the files of the model's own repositories, or, where it
// has none, at the card and the papers that would name one.
func (in *input) lookAtTrees(bool) sources.Look {
	l := sources.Look{Lost: in.Lost(func(d *audit.Document) bool {
		return in.ofOwn(d) && (d.Kind == audit.DocTree || d.Kind == audit.DocRepoAPI || speaks(d))
	})}
	for _, d := range in.Of(audit.DocTree) {
		if !document.Readable(d) || !in.Tree(d).Listed {
			continue
		}
		own := in.OwnRepository(d.PlaceID)
		switch note := in.code.ElsewhereMade(d, own); {
		case note != "":
			l.Lost = append(l.Lost, sources.NotFetched(d, note))
		case own:
			l.Read = append(l.Read, d)
		}
	}
	if len(l.Read)+len(l.Lost) > 0 {
		return l
	}
	for _, d := range in.Of(audit.DocModelCard) {
		if d.Role == audit.RoleEnd && document.Readable(d) {
			l.Read = append(l.Read, d)
		}
	}
	if len(l.Read) == 0 {
		return in.lookAtHubPage(false)
	}
	l = sources.Look{Read: in.worded(l.Read), Lost: in.lookAtPaper(false).Lost}
	if in.IsCopy() { // the base's page is its own, and would name the code; its repository holds that
		l = l.And(in.lookAtBasePage(false))
		l.Lost = append(l.Lost, in.Lost(func(d *audit.Document) bool {
			return in.ofBase(d) && d.Kind == audit.DocRepoAPI
		})...)
	}
	return l
}

// lookAtDatasheets looks at the cards of the datasets, which are where a
// datasheet is expected, and at those that a page names and nobody asked for.
func (in *input) lookAtDatasheets(found bool) sources.Look {
	l := sources.Look{Lost: in.Lost(func(d *audit.Document) bool { return d.Kind == audit.DocDataCard })}
	if !found && len(l.Lost) == 0 {
		l.Lost = in.unreadDatasets()
	}
	return l
}

// lookAtPaper looks at the texts of the model's own papers: at those that the crawl asked for, and where it
// got none, at the venues that would have led to one and at the page that names one which nobody asked for.
// What a model was trained with and on is what papers report.
func (in *input) lookAtPaper(bool) sources.Look {
	l := in.lookAtTexts(in.OwnTexts(), in.ofOwnPaper)
	if len(l.Read)+len(l.Lost) == 0 && sources.HasHubModel(in.Subject) {
		l.Lost = in.Lost(func(d *audit.Document) bool { return d.Kind == audit.DocVenue && d.Role == audit.RolePaper })
	}
	if d := in.unreadPaper(); d != nil && len(l.Lost) == 0 {
		l.Lost = []sources.Unread{sources.NotFetched(d, "the paper that this page names was not read.")}
	}
	return l
}

// lookAtOriginPaper looks at the papers that would say what the base was trained on: the
// base's, and the model's own unless it was made from another maker's.
func (in *input) lookAtOriginPaper(bool) sources.Look {
	l := in.lookAtTexts(in.BaseTexts(), func(d *audit.Document) bool {
		return d.Role == audit.RoleBase && in.ofPaper(d)
	})
	if in.data.Lineage() != data.ForeignBase {
		l = l.And(in.lookAtPaper(false))
	}
	return l
}

// lookAtTexts looks at some papers. Those of which no form gave a text are lost, each
// once: what the server did not give, or what could not be read.
func (in *input) lookAtTexts(read []*audit.Document, asked func(*audit.Document) bool) sources.Look {
	l := sources.Look{Read: read}
	for _, d := range read {
		if d.Partial {
			l.Lost = append(l.Lost, sources.NotFetched(d, "a part of its text was not read: "+document.Answer(d)))
		}
	}
	had := make(map[string]bool) // papers that were read, or of which it is said already that they were not
	for i := range in.Docs {
		if d := &in.Docs[i]; document.IsText(d) && document.Readable(d) {
			had[d.PlaceID] = true
		}
	}
	for _, u := range in.Lost(asked) {
		if !had[u.PlaceID] {
			had[u.PlaceID] = true
			l.Lost = append(l.Lost, u)
		}
	}
	return l
}

// ofPaper reports whether a document is one form of a paper, or the text that was made of it.
func (in *input) ofPaper(d *audit.Document) bool {
	return sources.HasHubModel(in.Subject) && (document.IsText(d) ||
		d.Kind == audit.DocOther && (d.Place == audit.ArXivPaper || d.Place == audit.PaperPage))
}

// ofOwnPaper reports whether a document is of a paper that was asked for as the model's
// own, and that is not known to be on something else.
func (in *input) ofOwnPaper(d *audit.Document) bool {
	return in.ofPaper(d) && d.Role != audit.RoleBase && d.Role != audit.RoleRelated && d.Role != audit.RoleData &&
		!in.papers.OnOther(d.PlaceID) && !in.OtherNumber(path.Base(d.PlaceID))
}

// lookAtRecords looks at what archives and venues say of the papers: at their records, and where none was asked for
// by itself and a page names a paper of the model's own, at the answer on all papers that the pages cite.
func (in *input) lookAtRecords(found bool) sources.Look {
	record := func(d *audit.Document) bool { return d.Kind == audit.DocPaper || d.Kind == audit.DocVenue }
	l := sources.Look{Lost: in.Lost(func(d *audit.Document) bool { return record(d) && !in.papers.ReadInstead(d) })}
	if found || slices.ContainsFunc(in.Docs, func(d audit.Document) bool { return record(&d) }) {
		return l
	}
	if slices.ContainsFunc(in.papers.Papers(), namesOwnPaper) {
		l.Lost = in.Lost(func(d *audit.Document) bool { return d.Kind == audit.DocOther && len(arxiv.Asked(d.URL)) > 0 })
	}
	return l
}

// lookAtArchive looks for papers that no page names, which the catalogue or the
// user does: that a paper is archived is known from the page that names it, and
// of these from the archive alone.
func (in *input) lookAtArchive(bool) sources.Look {
	return sources.Look{Lost: in.Lost(func(d *audit.Document) bool {
		return d.Kind == audit.DocPaper && !in.papers.ReadInstead(d) && in.unnamedPaper(d)
	})}
}

// unnamedPaper reports whether an archive was asked for a paper that no page
// that was read names.
func (in *input) unnamedPaper(d *audit.Document) bool {
	pages := slices.Concat(in.OwnPages(), in.BasePages())
	return slices.ContainsFunc(arxiv.Asked(d.URL), func(text string) bool {
		id, _ := arxiv.SplitID(text)
		return !slices.ContainsFunc(pages, func(p *audit.Document) bool { return bytes.Contains(p.Body, []byte(id)) })
	})
}
