package observe

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/papers"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a page of the model names and nobody looked at may say what the page
// does not. Of all that a front page links, these count: pages of the same
// repository, pages elsewhere that bear the model's name, and the makers'
// repositories that bear it or are linked as the code or data of the training.

// frontPages are the pages on which the makers present the model.
func (in *input) frontPages() []*audit.Document {
	return slices.DeleteFunc(in.OwnPages(), func(d *audit.Document) bool { return !document.MainPage(d) })
}

// lookAtNamedPages looks for pages that the front pages name as the model's own.
// Where the fact was found, the link that told of it may be the very one.
func (in *input) lookAtNamedPages(found bool) sources.Look {
	var l sources.Look
	if found {
		return l
	}
	for _, d := range in.frontPages() {
		for _, link := range in.Card(d).Links() {
			if !link.InCode && in.namesPage(link) && !in.wasServed(link.URL) {
				l.Lost = append(l.Lost, sources.NotFetched(d,
					"it names a page of the model's own that was not looked at: "+link.URL))
				break
			}
		}
	}
	return l
}

var (
	// aPage matches addresses that serve a page to read: a post, a report, a
	// project's page. What runs, shows or sells the model is none.
	aPage = phrases.ExpressionOf("observe.a-page")
	// noPage matches addresses of hubs, forges, chats, shops and pictures.
	noPage = phrases.ExpressionOf("observe.no-page")
	// runsModel matches addresses at which its makers run, sell or give out a model.
	runsModel = phrases.ExpressionOf("observe.runs-model")
)

// namesPage reports whether a link leads to a page that bears the model's name.
func (in *input) namesPage(l page.Link) bool {
	u, err := url.Parse(l.URL)
	family := in.FamilyName()
	if err != nil || len(family) < identity.MinFamily || noPage.MatchString(l.URL) ||
		!aPage.MatchString(l.URL) && !in.onOwnDomain(u) {
		return false
	}
	address := identity.Squash(u.Path)
	numbered := strings.ContainsAny(u.Path, "0123456789") // words of a headline tell no sibling
	return strings.Contains(address, family) && !in.OtherNumber(u.Path) &&
		(strings.Contains(address, identity.Squash(path.Base(in.ID()))) ||
			!numbered || !in.Speaker.SiblingsPath(u.Path+"/"))
}

// onOwnDomain reports whether an address of the makers' ends with the model's name: whatever the folder is called,
// that is the page on it.
func (in *input) onOwnDomain(u *url.URL) bool {
	name := identity.Squash(strings.TrimSuffix(path.Base(u.Path), path.Ext(u.Path)))
	return len(name) >= identity.MinFamily && strings.HasPrefix(identity.Squash(path.Base(in.ID())), name) &&
		identity.OwnDomain(u.Hostname(), in.ID()) && !runsModel.MatchString(u.Host+u.Path)
}

// wasServed reports whether an address gave something to read.
func (in *input) wasServed(address string) bool {
	address, _, _ = strings.Cut(address, "#")
	return slices.ContainsFunc(in.Docs, func(d audit.Document) bool {
		return strings.HasPrefix(d.URL, address) && document.Readable(&d)
	})
}

// lookAtDetails looks for pages that a front page sends its reader to for how the model was made and that nobody read.
func (in *input) lookAtDetails(found bool) sources.Look { return in.sentAway(found, false) }

// lookAtDetailsCode looks for repositories among them, whose front pages would name a paper.
func (in *input) lookAtDetailsCode(found bool) sources.Look { return in.sentAway(found, true) }

// sentAway looks for the first such page of each front page; code asks for repositories alone.
func (in *input) sentAway(found, code bool) sources.Look {
	var l sources.Look
	if found {
		return l
	}
	for _, d := range in.frontPages() {
		for _, link := range in.Card(d).Links() {
			p, ok := in.PassageAt(d, link.Span.Start)
			if ok && !link.InCode && strings.HasPrefix(link.URL, "http") && sendsForMaking(p) &&
				in.unreadPage(p, link.URL) && (!code || document.RepositoryAt(link.URL) != "") {
				l.Lost = append(l.Lost, sources.NotFetched(d,
					"it sends to a page for details that was not looked at: "+link.URL))
				break
			}
		}
	}
	return l
}

// unreadPage reports whether a sentence sends its reader to a page that nobody read: no hub's, and of a forge a
// repository whose own pages are no other look's and whose name is not that of a tool for use.
func (in *input) unreadPage(p page.Passage, address string) bool {
	if id := document.RepositoryAt(address); id != "" {
		return (sendsOn.MatchString(p.Text) || seeFor.MatchString(p.Text)) && !aThread.MatchString(address) &&
			!forUse.MatchString(path.Base(id)) && !in.code.RepositoryRead(id) && !in.MayBeOwn(id)
	}
	return sendsOn.MatchString(p.Text) && !noPage.MatchString(address) && !in.wasServed(address)
}

// sendsForMaking reports whether a sentence that sends its reader elsewhere does so for what may be how the model was
// made.
func sendsForMaking(p page.Passage) bool {
	return !ofResults.MatchString(p.Text) && (!forUse.MatchString(p.Text) || makes.MatchString(p.Text)) &&
		!sources.UserTitle.MatchString(p.Heading) && !sources.OthersTitle.MatchString(p.Heading)
}

// ofResults matches words for how the model was measured.
var ofResults = phrases.ExpressionOf("observe.of-results")

// makes matches words for how a model was made.
var makes = phrases.ExpressionOf("observe.makes")

// lookAtOriginDetails is that for a base which is no other maker's.
func (in *input) lookAtOriginDetails(found bool) sources.Look {
	if in.BaseOfOthers() {
		return sources.Look{}
	}
	return in.lookAtDetails(found)
}

// forUse matches what else a page sends its reader away for: use and terms.
var forUse = phrases.ExpressionOf("observe.for-use")

var (
	// makingName matches names of repositories with the code or data of a training.
	makingName = phrases.ExpressionOf("observe.making-name")
	// makingText matches a sentence that leads to the code of the training.
	makingText = phrases.ExpressionOf("observe.making-text")
)

// lookAtNamedCode looks for repositories and notebooks that the front pages name as the code
// of the model and that nobody read.
func (in *input) lookAtNamedCode(bool) sources.Look { return in.unreadCode(false) }

// lookAtNamedWhole looks for those of them that are not named as the code of a tuning.
func (in *input) lookAtNamedWhole(bool) sources.Look { return in.unreadCode(true) }

func (in *input) unreadCode(whole bool) sources.Look {
	told := make(map[string]bool)
	for _, id := range in.Repositories() {
		if in.code.RepositoryRead(id) || in.MayBeOwn(id) { // of its own the look at trees tells
			told[strings.ToLower(id)] = true
		}
	}
	var l sources.Look
	lost := func(d *audit.Document, what, name string) {
		if key := strings.ToLower(name); !told[key] {
			told[key] = true
			l.Lost = append(l.Lost, sources.NotFetched(d, "it names "+what+" that was not read: "+name))
		}
	}
	pages := append(in.frontPages(), in.WholeTexts()...)
	if whole {
		in.tunedWith(pages, told)
	}
	for _, d := range pages {
		if p, ok := in.ownScript(d); ok {
			lost(d, "a script", p.Text)
		}
		for _, id := range in.sentForCode(d) {
			lost(d, "a repository", id)
		}
		for _, link := range in.Card(d).Links() {
			id := document.RepositoryAt(link.URL)
			switch {
			case link.InCode, aThread.MatchString(link.URL):
			case aNotebook.MatchString(link.URL):
				if d.Role == audit.RoleEnd && len(document.ModelLinks([]byte(link.URL))) == 0 &&
					(in.ofTraining(d, link) || in.leadsOn(d, link, whole) && !in.showsUse(d, link)) {
					lost(d, "a notebook", link.URL)
				}
			case id != "" && in.namesCode(d, link, id, whole):
				lost(d, "a repository", id)
			}
		}
	}
	return l
}

// tunedWith adds the repositories with which the pages say that the model was tuned: what else they say of these is on
// that too, unless one says that the model was trained with it.
func (in *input) tunedWith(pages []*audit.Document, told map[string]bool) {
	trained := make(map[string]bool)
	tuned := make(map[string]bool)
	for _, d := range pages {
		for _, link := range in.Card(d).Links() {
			p, ok := in.PassageAt(d, link.Span.Start)
			id := strings.ToLower(document.RepositoryAt(link.URL))
			if !ok || id == "" {
				continue
			}
			fact, _ := in.code.MadeWith(p, link)
			tuned[id] = tuned[id] || fact == "code.training.finetuning"
			trained[id] = trained[id] || fact == "code.training.entry" && wasTrained.MatchString(p.Text)
		}
	}
	for id, only := range tuned {
		told[id] = told[id] || only && !trained[id]
	}
}

// wasTrained matches words for a training that was done, as code "of the training" has none.
var wasTrained = phrases.ExpressionOf("observe.was-trained")

// aThread matches the address of what was written on a repository, not of what lies there.
var aThread = pattern.MustCompile(`/(?:issues|discussions|pulls?)(?:[/?#]|$)`)

var (
	// aNotebook matches the address of a notebook.
	aNotebook = phrases.ExpressionOf("observe.a-notebook")
	// trainingPart matches a heading below which a card tells how its model was trained, training a sentence on that.
	trainingPart = phrases.ExpressionOf("observe.training-part")
	training     = phrases.ExpressionOf("observe.training")
)

// showsUse reports whether a page links a notebook for what its reader can do: by the words, the heading or the code
// that stands above.
func (in *input) showsUse(d *audit.Document, l page.Link) bool {
	p, ok := in.PassageAt(d, l.Span.Start)
	return !ok || forReaders.MatchString(p.Text) || sources.UserTitle.MatchString(p.Heading) ||
		slices.ContainsFunc(in.Card(d).Code, func(c page.CodeBlock) bool {
			return c.Section == l.Section && c.Body.End <= l.Span.Start
		})
}

// ofTraining reports whether a page links a notebook as the one in which its model was trained.
func (in *input) ofTraining(d *audit.Document, l page.Link) bool {
	p, ok := in.PassageAt(d, l.Span.Start)
	return ok && p.Kind != page.Row && whose.ModeOf(p.Text) == audit.Done && !forReaders.MatchString(p.Text) &&
		(trainingPart.MatchString(p.Heading) || training.MatchString(p.Text))
}

// sentForCode lists the repositories that a card sends its reader to for its training, in lines that the view takes
// off because they name another project.
func (in *input) sentForCode(d *audit.Document) (ids []string) {
	if d.Role != audit.RoleEnd {
		return nil
	}
	for line := range bytes.Lines(in.ServedBody(d)) {
		text := strings.ToLower(string(line[:min(len(line), page.LongestSentence)]))
		if sendsOn.MatchString(text) && makes.MatchString(text) && !ofResults.MatchString(text) &&
			whose.ModeOf(text) == audit.Done {
			ids = append(ids, document.RepositoriesIn(line, maxSent)...)
		}
	}
	return ids
}

// maxSent bounds how many repositories of one line are taken.
const maxSent = 3

// ownScript is where a card tells of its makers' own script of training, and no repository's files were read.
func (in *input) ownScript(d *audit.Document) (page.Passage, bool) {
	if d.Role != audit.RoleEnd || slices.ContainsFunc(in.Of(audit.DocTree), document.Readable) {
		return page.Passage{}, false
	}
	for _, p := range in.Prose(d) {
		if !ourScript.MatchString(p.Text) {
			continue // how a sentence speaks is asked of the few that matter: the phrase book is long
		}
		if mode := whose.ModeOf(p.Text); mode != audit.Promised && mode != audit.DeniedMode {
			return p, true
		}
	}
	return page.Passage{}, false
}

// ourScript matches how makers tell of their own script of training.
var ourScript = phrases.ExpressionOf("observe.our-script")

// forReaders matches what a reader can do.
var forReaders = phrases.ExpressionOf("observe.for-readers")

var (
	// sendsOn matches how a sentence sends its reader elsewhere for all that the page leaves out.
	sendsOn = phrases.ExpressionOf("observe.sends-on")
	// seeFor matches how it does so with the place first, "see the blog for more details", and where it was released.
	seeFor = phrases.ExpressionOf("observe.see-for")
)

// leadsOn reports whether a page says that the code of the training, or of a whole one, is at a link, or a card sends
// its reader there for all that it leaves out.
func (in *input) leadsOn(d *audit.Document, l page.Link, whole bool) bool {
	p, ok := in.PassageAt(d, l.Span.Start)
	if !ok {
		return false
	}
	if fact := in.code.LeadsToCode(p, l); fact != "" {
		return !whole || fact != "code.training.finetuning"
	}
	return d.Role == audit.RoleEnd && (sendsOn.MatchString(p.Text) || seeFor.MatchString(p.Text)) &&
		!ofResults.MatchString(p.Text)
}

// canBeTuned matches what readers may make of a model.
var canBeTuned = phrases.ExpressionOf("observe.can-be-tuned")

// namesCode reports whether a page names a repository as that of the code or data of the model's training: of its
// makers' by its name, or in so many words.
func (in *input) namesCode(d *audit.Document, l page.Link, id string, whole bool) bool {
	makers := in.OfMakers(id) || identity.SameMaker(path.Dir(id), path.Dir(d.PlaceID))
	p, ok := in.PassageAt(d, l.Span.Start)
	if in.leadsOn(d, l, whole) {
		return true
	}
	if !makers || in.OtherNumber(path.Base(id)) || ok && canBeTuned.MatchString(p.Text) {
		return false
	}
	return makingName.MatchString(path.Base(id)) || makingText.MatchString(l.Text) ||
		ok && !papers.LinkList(p) && makingText.MatchString(p.Text)
}

// paperLabel matches the text of a link that says of the paper only that it is the one.
var paperLabel = phrases.ExpressionOf("observe.paper-label")

// lookAtNamedPaper looks for a paper that the model's card calls the paper and does not name, and whose record was
// not had, and for one in an archive that nobody looked at where none is the model's by its pages: whether it is the
// model's own is not told by the page.
func (in *input) lookAtNamedPaper(found bool) sources.Look {
	var l sources.Look
	if found {
		return l
	}
	if !slices.ContainsFunc(in.papers.Papers(), namesOwnPaper) {
		l.Lost = slices.Clone(in.papers.Unread)
	}
	for _, d := range in.frontPages() {
		if d.Role != audit.RoleEnd {
			continue
		}
		links := in.Card(d).Links()
		if at := slices.IndexFunc(links, func(link page.Link) bool { return in.callsThePaper(d, link) }); at >= 0 {
			l.Lost = append(l.Lost, sources.NotFetched(d,
				"it names a paper whose record was not had: arXiv:"+papers.ArXivNumber(links[at].URL)))
		} else if in.tellsOfPaper(d) {
			l.Lost = append(l.Lost, sources.NotFetched(d, "it tells of its paper and gives no way there"))
		}
	}
	return l
}

// tellsOfPaper reports whether a page refers to the model's paper, or cites one with archive and year, without a link.
func (in *input) tellsOfPaper(d *audit.Document) bool {
	return slices.ContainsFunc(in.Prose(d), func(p page.Passage) bool {
		return unlinkedPaper.MatchString(p.Text) && papers.ArXivNumber(string(p.Raw())) == "" &&
			!sources.OthersTitle.MatchString(p.Heading) && whose.ModeOf(p.Text) == audit.Done
	})
}

// unlinkedPaper matches a part of "the paper", and a work cited by archive and year behind a label for papers.
var unlinkedPaper = phrases.ExpressionOf("observe.unlinked-paper")

// callsThePaper reports whether a page calls what a link leads to the paper, and no more is known of it: neither
// the archive's record nor a citation on the page gives its title.
func (in *input) callsThePaper(d *audit.Document, link page.Link) bool {
	c, id := in.Card(d), papers.ArXivNumber(link.URL)
	if id == "" || link.InCode {
		return false
	}
	section, listed := link.Section, papers.Listed(d, link)
	if listed { // its bold line may be the heading
		section = max(c.Sections[section].Parent, 0)
	}
	if sources.OthersTitle.MatchString(strings.ToLower(c.Below(section))) {
		return false
	}
	line := page.Line(d.Body, link.Span.Start)
	before, behind := d.Body[line.Start:link.Span.Start], d.Body[min(link.Span.End, line.End):line.End]
	p, ok := in.PassageAt(d, link.Span.Start)
	called := listed || papers.BeforePaper.Match(before) ||
		paperLabel.MatchString(link.Text) && !document.Letter.Match(before) && !document.Letter.Match(behind)
	if ok && p.Kind == page.Row { // of the model's facts: the paper of a row on something else is that one's
		called = papers.BeforePaper.MatchString(page.FirstCell(string(p.Raw())))
	}
	if !called || ok && papers.LinkList(p) {
		return false
	}
	return !in.recordRead(id) && !slices.ContainsFunc(c.BibTeX(), func(e page.Entry) bool {
		return e.Fields["title"] != "" && papers.NumberOf(e) == id
	})
}

// recordRead reports whether the archive's record of a paper, or its text, was read.
func (in *input) recordRead(id string) bool {
	return slices.ContainsFunc(in.Docs, func(d audit.Document) bool {
		return d.Role != audit.RoleEnd && document.Readable(&d) && strings.Contains(d.URL, id)
	})
}
