package papers

import (
	"bytes"
	"net/url"
	"path"
	"slices"
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

// What the head of a page says of the makers' paper in links, badges and
// sentences, and what the files beside it say.

var (
	paperText  = phrases.ExpressionOf("papers.paper-text")
	reportText = pattern.MustCompile(`(?i)\b(paper|technical[- _]report|tech[- _]report|white ?paper)\b|技术报告`)
)

// linked reads links to papers in the head of a page, where makers put theirs.
func (r *paperReader) linked(d *audit.Document, scope string) {
	c := r.Card(d)
	for _, l := range c.Links() {
		l = used(c, l)
		if l.InCode || l.Section > sources.HeadSections && !r.plainlyOwn(d, l) ||
			sources.OthersTitle.MatchString(strings.ToLower(c.Below(l.Section))) {
			continue
		}
		own := r.exact.MatchString(l.Text) || paperText.MatchString(l.Text) && len(l.Text) < 60 && !r.ofOthers(d, l) ||
			r.citedTitle(l.Text) || r.introduced(d, l)
		if !own || strings.Contains(l.URL, "img.shields.io") {
			continue
		}
		scope := scope
		unnamed := !r.Family.MatchString(l.Text) && arxiv.TitleName(l.Text) == ""
		if scope == "own" && (r.ofRepository(d, l) || unnamed && r.Page(d).Aside == audit.AboutSibling) {
			scope = "related"
		}
		if r.venueLink(l) {
			r.add(d, r.shown(d, c, l), "paper.reviewed", "true", scope,
				"The head of the page links to it where a reviewed venue published it.")
		}
		archived, atReview := archivedAt.MatchString(l.URL), underReview.MatchString(l.URL)
		calledOwn := (archived || atReview) && r.callsOwn(d, l)
		switch {
		case arxivID.MatchString(l.URL), archived && calledOwn:
			r.add(d, r.shown(d, c, l), "paper.preprint", "archived", r.scopeOfLink(d, l, scope),
				"The head of the page links to it.")
		case (archived || atReview) && !calledOwn && !reportText.MatchString(l.Text):
			if scope == "own" {
				r.Unread = append(r.Unread, sources.NotFetched(d, "it links a paper that was not looked at: "+l.URL))
			}
		case reportText.MatchString(l.Text) && !strings.Contains(l.URL, "github.com/") &&
			!licenceText.MatchString(l.Text+l.URL) ||
			strings.HasSuffix(strings.ToLower(l.URL), ".pdf") && !licenceText.MatchString(l.Text+l.URL) ||
			publication.MatchString(l.URL), atReview:
			r.add(d, r.shown(d, c, l), "paper.preprint", "report", scope, "The head of the page links to a report.")
		}
	}
}

// BeforePaper matches what stands before a link to the model's paper: a label, or what model of the paper this is.
var BeforePaper = phrases.ExpressionOf("papers.before-paper")

// Listed reports whether a link stands in a list that its page calls the model's papers.
func Listed(d *audit.Document, l page.Link) bool {
	return BeforePaper.Match(page.Introduction(d.Body, l.Span.Start))
}

// ofRepository reports whether a link leads to the paper of the repository that
// it stands in, which is not named after the model: a framework's, say, or that
// of the makers' other work. The link, its sentence or its citation would name
// the model.
func (r *paperReader) ofRepository(d *audit.Document, l page.Link) bool {
	id := d.PlaceID
	if d.Place != audit.GitHubRepo || r.IsSubject(id) || identity.SameFamily(r.ID(), id) ||
		identity.NamedAfter(r.ID(), id) ||
		r.FamilyWord.MatchString(l.Text) || r.citedTitle(l.Text) || document.CardFile.MatchString(d.Path) ||
		r.Family.MatchString(d.Path) {
		return false
	}
	if c := r.Card(d); len(c.Sections) > 1 && r.Family.MatchString(c.Sections[1].Heading) {
		return false
	}
	number := ArXivNumber(l.URL)
	if number != "" && slices.ContainsFunc(r.entries, func(e page.Entry) bool {
		return number == NumberOf(e) &&
			r.Family.MatchString(e.Key+" "+e.Fields["title"])
	}) {
		return false
	}
	p, ok := r.PassageAt(d, l.Span.Start)
	return !ok || LinkList(p) || !r.FamilyWord.Match(p.Raw())
}

// plainlyOwn reports whether a link says by itself that it leads to the model's
// own paper, wherever on the page it stands.
func (r *paperReader) plainlyOwn(d *audit.Document, l page.Link) bool {
	return paperText.MatchString(l.Text) && (r.exact.MatchString(l.Text) || whose.Bears(l.Text, r.Speaker.Own)) ||
		r.citedTitle(l.Text) || r.introduced(d, l)
}

// namedPaper matches the name before the word for a paper in the text of a link.
var namedPaper = pattern.MustCompile(
	`(?i)(?:^\W*|\b(?:the|of) )((?:[\w.+-]+ ){0,2}[\w.+-]+) (?:paper|report|preprint)\b`)

// licenceText matches a document that is a licence and no paper.
var licenceText = pattern.MustCompile(`(?i)licen[cs]e|agreement|terms|policy|许可|协议`)

// usedWork matches how a sentence leads to the paper of what was used or copied.
var usedWork = phrases.ExpressionOf("papers.used-work")

// tellsOwn matches how a page leads to the paper that it belongs to.
var tellsOwn = phrases.ExpressionOf("papers.tells-own")

var (
	// comesFrom matches a sentence up to where it says from which paper it has what it names at its beginning.
	comesFrom = phrases.ExpressionOf("papers.comes-from")
	// thisModel matches words for the model of a page, goesOn the verb behind the subject of such a sentence, takes words
	// for a use that was made of what is named or for what it is a part of.
	thisModel = phrases.ExpressionOf("papers.this-model")
	goesOn    = phrases.ExpressionOf("papers.goes-on")
	takes     = phrases.ExpressionOf("papers.takes")
	// noWord matches marks alone.
	noWord = pattern.MustCompile(`^[^\pL\pN]*$`)
)

// aroundLink is what a sentence says before a link in it and behind it.
func aroundLink(p page.Passage, l page.Link) (before, after string) {
	b, a := sources.Around(p, l)
	return string(b), string(a)
}

// isFrom reports whether a sentence says, before the link in it, from which paper the model is: "This model comes from
// the paper", or as a sentence of its own "From the paper", which before other words leads to a quotation. What a model
// was made with may be from a paper as well, which is not the model's by that: the model itself must be the subject.
func (r *paperReader) isFrom(before, after string) bool {
	m := comesFrom.FindStringSubmatch(before)
	switch {
	case m == nil:
		return false
	case m[1] == "":
		return noWord.MatchString(after)
	}
	for _, model := range []*pattern.Regexp{thisModel, r.FamilyWord} {
		if at := model.FindStringIndex(m[1]); at != nil && noWord.MatchString(m[1][:at[0]]) {
			return goesOn.MatchString(m[1][at[1]:]) && !takes.MatchString(m[1])
		}
	}
	return false
}

// ofOthers reports whether a link for a paper leads to the paper of something
// else than the model: its text says of what, or it stands in brackets behind
// the name of what was used.
func (r *paperReader) ofOthers(d *audit.Document, l page.Link) bool {
	if m := namedPaper.FindStringSubmatch(l.Text); m != nil && namesWork(m[1]) {
		return !r.Family.MatchString(m[1]) && !whose.Bears(m[1], r.Speaker.Own)
	}
	p, ok := r.PassageAt(d, l.Span.Start)
	if !ok {
		return false
	}
	before, after := aroundLink(p, l)
	if r.ofAntecedent(before) || r.ofLinkedModel(before) {
		return true
	}
	if !LinkList(p) && usedWork.MatchString(before) && !tellsOwn.Match(p.Raw()) &&
		!r.isFrom(before, after) {
		return true
	}
	if strings.EqualFold(l.Text, "this paper") && !r.introduced(d, l) && !thisModel.MatchString(p.Text) &&
		!r.FamilyWord.MatchString(p.Text) && !strings.Contains(p.Text, "cite ") {
		return true // that it is spoken of does not tell that it is the page's own
	}
	used := page.BeforeBracket(before)
	return len(strings.Fields(used)) >= minNamed && !r.Family.MatchString(used) && !kin.SpeaksOfSelf.MatchString(used)
}

// citedTitle reports whether the text of a link is the title of a paper that the
// page cites as its own.
func (r *paperReader) citedTitle(text string) bool {
	title := identity.Squash(text)
	return len(title) >= minTitle && slices.ContainsFunc(r.entries, func(e page.Entry) bool {
		return identity.Squash(e.Fields["title"]) == title && r.Family.MatchString(e.Key+" "+e.Fields["title"])
	})
}

// minTitle is the length from which two titles, squashed, are not alike by chance.
const minTitle = 12

// introduced reports whether the sentence around a link says that the page
// belongs to that paper: that it is what the code reproduces, or introduces the model.
func (r *paperReader) introduced(d *audit.Document, l page.Link) bool {
	p, ok := r.PassageAt(d, l.Span.Start)
	if !ok || LinkList(p) || !arxivID.MatchString(l.URL) {
		return false
	}
	said := string(p.Raw())
	before, after := aroundLink(p, l)
	if strings.EqualFold(l.Text, "this paper") { // which tells nothing of whose it is
		said = before + after
	}
	return (tellsOwn.MatchString(said) && !usedWork.MatchString(said) || r.isFrom(before, after)) &&
		!r.ofAntecedent(before)
}

// besideReport matches a link to a report that lies in the repository itself.
var besideReport = phrases.ExpressionOf("papers.beside-report")

// beside reads links to reports that lie beside the page.
func (r *paperReader) beside(d *audit.Document, scope string) {
	for _, m := range besideReport.FindAllSubmatchIndex(d.Body, maxReports) {
		said := string(d.Body[m[0]:m[1]])
		if strings.Contains(said, "://") ||
			!reportText.MatchString(said) && !strings.Contains(strings.ToLower(said), "report") {
			continue
		}
		at := r.Reader.Said(d, m[0])
		if strings.Contains(string(d.Body[at.Start:at.End]), "http") { // a row of links: the link alone
			at = audit.Span{Start: m[0], End: m[1]}
		}
		r.add(d, at, "paper.preprint", "report", scope, "The page links a report that lies in the repository.")
	}
}

// maxReports bounds how many such links of a page are read.
const maxReports = 10

// minNamed is how many words before a bracket name a thing: a mark of a list and
// a name.
const minNamed = 2

// used is a link that is defined apart from its text, at its text: where a
// reader meets it.
func used(c *page.Page, l page.Link) page.Link {
	if l.Text == "" || !bytes.HasSuffix(bytes.TrimRight(c.Source[c.Body.Start:l.Span.Start], " \t<"), []byte("]:")) {
		return l
	}
	at := bytes.Index(c.Source[c.Body.Start:c.Body.End], []byte("["+l.Text+"]["))
	if at < 0 {
		return l
	}
	l.Span.Start = c.Body.Start + at
	l.Span.End = l.Span.Start + len(l.Text) + 2
	if end := bytes.IndexByte(c.Source[l.Span.End:min(c.Body.End, l.Span.End+sources.MaxLabel)], ']'); end >= 0 {
		l.Span.End += end + 1
	}
	for i, s := range c.Sections {
		if s.Title.Start <= l.Span.Start {
			l.Section = i
		}
	}
	return l
}

// shown is the quote of a link: the sentence that it stands in, where its label
// does not say whose paper it is, and else the link with its label.
func (r *paperReader) shown(d *audit.Document, c *page.Page, l page.Link) audit.Span {
	span := sources.Labelled(c, l)
	if r.Family.MatchString(l.Text) {
		return span
	}
	for _, p := range r.Prose(d) {
		if p.Span.Start > span.Start || span.End > p.Span.End || LinkList(p) {
			continue
		}
		if said := r.Reader.Said(d, span.Start); said.Start <= span.Start && span.End <= said.End {
			return said
		}
	}
	return span
}

// archivedAt matches the address of a paper in another archive than arXiv.
var archivedAt = phrases.ExpressionOf("papers.archived-at")

var (
	// publication matches addresses of a research organisation's list of publications, underReview of papers at review.
	publication = phrases.ExpressionOf("papers.publication")
	underReview = phrases.ExpressionOf("papers.under-review")
	// ownLabel matches the text of a link that calls what is there the paper, of the name in its group if there is one,
	// ourPaper how a sentence calls it the makers'.
	ownLabel = phrases.ExpressionOf("papers.own-label")
	ourPaper = phrases.ExpressionOf("papers.our-paper")
)

// callsOwn reports whether a page calls what a link leads to the model's own paper. Where no record of a paper is had,
// that its title names the model does not tell: others write on a model as well.
func (r *paperReader) callsOwn(d *audit.Document, l page.Link) bool {
	if m := ownLabel.FindStringSubmatch(l.Text); m != nil {
		return strings.HasPrefix(identity.Squash(path.Base(r.ID())), identity.Squash(m[1]))
	}
	p, ok := r.PassageAt(d, l.Span.Start)
	if !ok {
		return false
	}
	before, after := aroundLink(p, l)
	return ourPaper.MatchString(before) && !usedWork.MatchString(before) || r.isFrom(before, after)
}

// unreviewed are words that say that review is not over, or was of another kind.
var unreviewed = phrases.ExpressionOf("papers.unreviewed")

// venueLink reports whether a link is to a record of a reviewed venue, or to
// the paper below a badge that names venue and year. OpenReview and arXiv hold
// unreviewed papers too: there the badge must say it.
func (r *paperReader) venueLink(l page.Link) bool {
	u, err := url.Parse(l.URL)
	if err != nil || unreviewed.MatchString(l.Text) || strings.Contains(strings.ToLower(u.Path), "workshop") {
		return false
	}
	if arxiv.VenueHost(u.Hostname()) {
		return true
	}
	paper := arxivID.MatchString(l.URL) || u.Hostname() == "openreview.net" ||
		strings.HasSuffix(strings.ToLower(u.Path), ".pdf")
	return paper && atVenue.MatchString(strings.ToLower(l.Text))
}

// said reads sentences that a paper was accepted.
func (r *paperReader) said(d *audit.Document, scope string) {
	c := r.Card(d)
	for i, p := range r.Prose(d) {
		head := (i < document.IntroSentences*3 || r.Family.MatchString(p.Heading)) && len(p.Text) < 300
		if sources.OthersTitle.MatchString(p.Heading) || strings.Contains(p.Text, "workshop") {
			continue
		}
		if unreviewed.MatchString(p.Text) || LinkList(p) || sources.IsReference(p) {
			continue
		}
		text := citation.ReplaceAllString(p.Text, "")
		if head && r.atVenue(text) && !othersPaper(text, r) || accepted.MatchString(text) && r.aboutOwn(text) {
			r.reviewed(d, p.Span, r.scopeOfEarlier(string(r.ServedText(d, p.Span)), scope), "The page says that it was accepted.")
			return
		}
	}
	for _, s := range c.Sections[:min(len(c.Sections), 3)] {
		if atVenue.MatchString(strings.ToLower(s.Heading)) {
			r.reviewed(d, s.Title, scope, "The heading names the venue.")
			return
		}
	}
}

// reviewed observes that a page says where a paper was reviewed, and the venue, as far as its short name is there.
func (r *paperReader) reviewed(d *audit.Document, span audit.Span, scope, note string) {
	r.add(d, span, "paper.reviewed", "true", scope, note)
	if m := namedVenue.FindSubmatch(document.Bytes(d, span)); m != nil {
		r.found = append(r.found, audit.Observe(d, "paper.venue", string(m[1]), span, note))
	}
}

// namedVenue matches a venue's short name and year.
var namedVenue = pattern.MustCompile(`(?i)(?:\b|_)((?:` + venueShort + `)\)?[-_ '’,]{0,2}(?:(?:20)?\d\d)?)(?:\b|_)`)

var (
	// citation matches how a text cites a work: authors, venue and year in a bracket, or the last two behind them.
	citation = pattern.MustCompile(`[(\[][^()\[\]]{0,80}?(?:\bet al\b|&|\w,)[^()\[\]]{0,40}?\b(?:` + venueShort +
		`)\b[^()\[\]]{0,12}[)\]]|\bet al\b\.?,? ?[(\[][^()\[\]]{0,40}[)\]]`)
	// tellsPaper matches words by which a sentence with a venue tells of a paper that the page belongs to.
	tellsPaper = phrases.ExpressionOf("papers.tells-paper")
	// beginsAt matches a venue that begins a sentence or stands behind its "at".
	beginsAt = pattern.MustCompile(`^\W*(?:(?:at|@) ?[^.]{0,60})?\b(?:` + venueShort + `)\b`)
)

// atVenue reports whether a line at the head of a page gives the venue of the page's own paper: it names the model
// or speaks of a paper, or is a label; a sentence that names what was used gives the venue of that.
func (r *paperReader) atVenue(text string) bool {
	return atVenue.MatchString(text) && strings.Contains(text, " ") && !usedWork.MatchString(text) &&
		(r.Family.MatchString(text) || tellsPaper.MatchString(text) || beginsAt.MatchString(text))
}

// LinkList reports whether a passage is a row of links, which are read one by
// one: what one of them names says nothing of the next.
func LinkList(p page.Passage) bool {
	raw := p.Raw()
	return bytes.Count(raw, []byte("](http"))+bytes.Count(raw, []byte("href=")) > 2
}

// compared matches words that set a model beside another one.
var compared = phrases.ExpressionOf("papers.compared")

// aboutOwn reports whether a sentence speaks of the makers' own paper.
func (r *paperReader) aboutOwn(text string) bool {
	if othersPaper(text, r) {
		return false
	}
	return r.Family.MatchString(text) || strings.Contains(text, "our ") || strings.Contains(text, "this paper") ||
		strings.Contains(text, "paper is accepted")
}

// ourOther finds whose paper a sentence of the makers is about, when it says so.
var ourOther = pattern.MustCompile(`\bour ([\w.+-]+) (?:paper|work)\b`)

// plainWord matches a word that describes a paper and names none.
var plainWord = phrases.ExpressionOf("papers.plain-word")

// namesWork reports whether the words before that for a paper name one: a single one that is not plain, or among more
// one in capitals.
func namesWork(words string) bool {
	all := strings.Fields(words)
	return slices.ContainsFunc(all, func(w string) bool {
		return !plainWord.MatchString(strings.ToLower(w)) && (len(all) == 1 || strings.ToLower(w) != w)
	})
}

// othersPaper reports whether a sentence names a paper that is not the
// model's: the makers' other work.
func othersPaper(text string, r *paperReader) bool {
	m := ourOther.FindStringSubmatch(text)
	return m != nil && !plainWord.MatchString(m[1]) && !r.Family.MatchString(m[1])
}

// named reads a sentence that names the makers' preprint and gives its address.
func (r *paperReader) named(d *audit.Document, scope string) {
	for _, p := range r.Prose(d) {
		if len(p.Text) > 200 || LinkList(p) || sources.OthersTitle.MatchString(p.Heading) ||
			!r.called.MatchString(p.Text) {
			continue
		}
		if raw := r.Card(d).Text(p.Span); arxivID.MatchString(raw) {
			scope := r.scopeOf(d, p.Text, r.scopeOfID(d, raw, scope))
			if scope == "own" && r.ofSibling(r.called.FindString(raw)) {
				scope = "related"
			}
			if scope == "own" && (r.underOther(d, p.Span.Start) || r.ofFirst(p.Text) || r.Borrows(p.Text)) {
				scope = r.scopeOfBase()
			}
			r.add(d, p.Span, "paper.preprint", "archived", scope, "The page names it.")
		}
	}
}

// shownFile is a poster, talk or final version of a paper by its file's name.
var shownFile = pattern.MustCompile(`(?i)(?:^|[-_ ])(?:` + venueShort +
	`)[-_ ]?(?:20)?\d\d[-_ ](?:poster|pres\w*|slides|talk|camera[-_ ]?ready)[^/]*\.(?:pdf|pptx?|png)$`)

// shownAt reads the trees of the model's own repositories for what was shown at
// a reviewed venue. The file must bear the model's or the repository's name.
func (r *paperReader) shownAt() {
	own := r.OwnRepositories()
	for _, d := range r.Of(audit.DocTree) {
		if !document.Readable(d) || !own[d.PlaceID] {
			continue
		}
		repository := identity.Squash(path.Base(d.PlaceID))
		for _, entry := range r.Tree(d).Files {
			name := path.Base(entry.Value)
			if shownFile.MatchString(name) && (r.Family.MatchString(name) ||
				len(repository) >= identity.MinFamily && strings.HasPrefix(identity.Squash(name), repository)) {
				r.reviewed(d, entry.Span, "own", "The repository keeps what was shown of it at a reviewed venue.")
			}
		}
	}
}

// ArXivNumber returns the number of the first arXiv paper that a text names.
func ArXivNumber(text string) string {
	m := arxivID.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}

// NumberOf is the number of the arXiv paper that an entry of a bibliography cites, "" for none.
func NumberOf(e page.Entry) string {
	return ArXivNumber("arxiv:" + e.Fields["eprint"] + " " + e.Fields["journal"] + " " + e.Fields["url"])
}
