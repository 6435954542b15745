package papers

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	arxiv "openness/audit/papers"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Read says whether a paper about the model is archived as a preprint and
// whether one was reviewed. Citation blocks are read first, since they say
// which paper the makers hold to be theirs, then links and sentences in the
// head of their pages. A paper that the pages cite for other work is no paper
// about the model.
func Read(in *Reader) []audit.Observation { return in.Papers() }

// Papers observes once; other themes ask for it too.
func (in *Reader) Papers() []audit.Observation {
	if in.paperObs == nil {
		in.paperObs = append([]audit.Observation{}, in.readPapers()...)
	}
	return in.paperObs
}

func (in *Reader) readPapers() []audit.Observation {
	family := in.Family.String()
	r := paperReader{
		Reader:     in,
		exact:      pattern.MustCompile(family + `([^a-zA-Z]|$)`),
		linkTitles: make(map[string]string),
		called:     pattern.MustCompile(family + `[-\w.]{0,12} (?:preprint|paper|technical report)\b`),
	}
	own := in.Makers()
	for _, d := range own {
		r.entries = append(r.entries, in.Card(d).BibTeX()...)
	}
	r.titlesLinked(own)
	r.read(own, "own")
	for _, d := range own {
		r.calledSo(d)
	}
	r.citationFiles()
	r.underSameTitle(in.BasePages())
	lost := in.UnreadPrincipal()
	if len(r.found) == 0 {
		r.read(slices.DeleteFunc(in.BasePages(), func(d *audit.Document) bool { return !document.Background(d) }),
			"base")
		r.found = unscoped(r.found, lost)
	}
	if len(r.found) == 0 {
		r.related(own)
	}
	r.shownAt()
	r.fetched()
	r.recorded()
	r.inText()
	return ofOnePaper(r.found)
}

// ofOnePaper leaves out archived papers on other works where the model's own is a
// report that no archive holds: the kind of the one and the subject of the other
// would together tell of a paper that is not there.
func ofOnePaper(found []audit.Observation) []audit.Observation {
	var own []string // the kinds of the model's own papers
	alien := make(map[int]bool)
	for i := range found { // add appends the two facts of a paper side by side
		if found[i].Fact != "paper.preprint" || i+1 == len(found) || found[i+1].Fact != "paper.preprint.scope" {
			continue
		}
		if found[i+1].Value == "own" {
			own = append(own, found[i].Value)
		} else if found[i].Value == "archived" {
			alien[i], alien[i+1] = true, true
		}
	}
	if slices.Contains(own, "archived") || !slices.Contains(own, "report") {
		return found
	}
	var out []audit.Observation
	for i, o := range found {
		if !alien[i] {
			out = append(out, o)
		}
	}
	return out
}

// unscoped takes back what the base's papers are about where the model's own
// pages could not be looked at: they may name a paper of its own.
func unscoped(found []audit.Observation, lost []sources.Unread) []audit.Observation {
	if len(lost) == 0 {
		return found
	}
	var out []audit.Observation
	for _, o := range found {
		if !strings.HasSuffix(o.Fact, ".scope") {
			out = append(out, o)
			continue
		}
		for _, d := range lost {
			out = append(out, audit.From(d.Document, o.Fact, d.Finding, "The base's pages name a paper; "+
				"whether the model has its own could not be looked at: "+document.Answer(d.Document)))
		}
	}
	return out
}

var (
	arxivID   = phrases.ExpressionOf("papers.arxiv-id")
	archives  = phrases.ExpressionOf("papers.archives")
	venueName = pattern.MustCompile(`(?i)\b(proceedings|conference|transactions|journal|symposium|findings` +
		`|association for computational linguistics|advances in neural information|` + venueShort +
		`|nature|science|acm|ieee)\b`)
	// accepted are statements that a paper was accepted somewhere.
	accepted = pattern.MustCompile(`\b(accepted|published|to appear|appears|appeared|presented|oral|spotlight` +
		`|poster)\b.{0,60}\b(` + venueShort + `)\b|\b(` + venueShort +
		`)('|’)?,? ?(20)?\d\d\b.{0,20}\b(oral|spotlight|poster|paper|accepted)\b`)
	atVenue = pattern.MustCompile(`\b(` + venueShort + `)\)?('|’)?,? ?(20)?\d\d\b`)
)

// venueShort are the short names of venues that review what they publish.
const venueShort = `neurips|nips|icml|iclr|cvpr|iccv|eccv|aaai|ijcai|acl|emnlp|naacl|eacl|coling|lrec` +
	`|interspeech|icassp|ismir|taslp|tmlr|jmlr|tacl|siggraph|kdd|sigir|www|vldb|icra|iros|corl|wacv|bmvc|colm` +
	`|mlsys|tpami|aistats|uai`

// A paperReader gathers what pages say on papers.
type paperReader struct {
	*Reader
	exact      *pattern.Regexp   // the family's name and no longer one
	called     *pattern.Regexp   // a paper by that name
	entries    []page.Entry      // every citation of the subject's pages
	linkTitles map[string]string // of papers of an archive, as links give them
	found      []audit.Observation
}

// read reads the pages that speak for one model. Pages named after the model
// go before the page of a repository that holds several.
func (r *paperReader) read(pages []*audit.Document, scope string) {
	for _, d := range pages {
		if d.Path != "" && (r.Family.MatchString(path.Base(d.Path)) ||
			r.exact.MatchString(path.Base(path.Dir(d.Path))+"/")) {
			r.cited(d, scope)
			r.linked(d, scope)
		}
	}
	if len(r.found) > 0 {
		for _, d := range pages {
			if document.MainPage(d) && !strings.Contains(d.Path, "/") {
				r.citedByName(d, scope)
			}
		}
		return
	}
	for _, d := range pages {
		if strings.Count(d.Path, "/") == 0 || d.Kind == audit.DocReadme {
			r.cited(d, scope)
			if strings.Contains(d.Path, "/") {
				continue
			}
			r.linked(d, scope)
			r.beside(d, scope)
			r.named(d, scope)
			r.said(d, scope)
		}
	}
}

// cited reads the BibTeX entries of a page.
func (r *paperReader) cited(d *audit.Document, scope string) {
	entries := r.Card(d).BibTeX()
	for _, e := range entries {
		switch {
		case scope == "own" && r.firstOfLine(e):
			r.entry(d, e, "related")
		case r.ownEntry(d, e):
			r.entry(d, e, r.scopeOfWork(d, e.Fields["title"], r.scopeBeside(e, scope)))
		case len(entries) == 1 && (!strings.Contains(d.Path, "/") || r.Family.MatchString(path.Base(d.Path))):
			// other pages below the top tell of a part, and of that part's paper
			scope := r.scopeOfWork(d, e.Fields["title"], scope)
			if scope == "own" && r.onNoModel(e.Fields["title"]) {
				scope = "related"
			}
			r.entry(d, e, scope)
		}
	}
}

// citedByName reads the entries of a front page whose title begins with the model's name or is that of a paper found,
// where pages called after it told of papers: it may cite what became of the preprint, and works of others that name it.
func (r *paperReader) citedByName(d *audit.Document, scope string) {
	for _, e := range r.Card(d).BibTeX() {
		if title := e.Fields["title"]; (r.FamilyWord.MatchString(arxiv.TitleName(title)) || r.foundOwn(title)) &&
			!(scope == "own" && r.firstOfLine(e)) {
			r.entry(d, e, r.scopeOfWork(d, title, scope))
		}
	}
}

// underSameTitle reads the entries of the base's front pages that cite a work by the title under which the model's own
// pages cite theirs: a copy's card repeats the preprint, and its makers' page tells what became of it.
func (r *paperReader) underSameTitle(pages []*audit.Document) {
	for _, d := range pages {
		if !document.MainPage(d) {
			continue
		}
		for _, e := range r.Card(d).BibTeX() {
			if title := e.Fields["title"]; r.citedTitle(title) && r.foundOwn(title) {
				r.entry(d, e, r.scopeOfWork(d, title, "own"))
			}
		}
	}
}

// foundOwn reports whether the model's own pages were read to cite a work by a title as the model's.
func (r *paperReader) foundOwn(title string) bool {
	return slices.ContainsFunc(r.found, func(o audit.Observation) bool {
		return strings.HasSuffix(o.Fact, ".scope") && o.Value == "own" &&
			strings.Contains(identity.Squash(o.Quote), identity.Squash(title))
	})
}

// related reads archived papers that the model's front pages ask to cite or
// say that it builds on, none of which is about the model itself.
func (r *paperReader) related(pages []*audit.Document) {
	for _, d := range pages {
		if strings.Contains(d.Path, "/") || d.Kind != audit.DocReadme && d.Kind != audit.DocModelCard {
			continue
		}
		entries := r.Card(d).BibTeX()
		if e, ok := r.baseCitation(d, entries); ok {
			r.add(d, e.Span, "paper.preprint", "archived", "base",
				"The page asks to cite it; it is on what the model was made from.")
		}
		for _, e := range entries {
			if e.Type != "software" && !otherWork.MatchString(e.Fields["title"]) &&
				archives.MatchString(e.Fields["journal"]+e.Fields["eprint"]+e.Fields["archiveprefix"]+e.Fields["url"]) {
				r.add(d, e.Span, "paper.preprint", "archived", "related",
					"The page asks to cite it; it is not about the model itself.")
				return
			}
		}
		for _, p := range r.Prose(d) {
			raw := r.Card(d).Text(p.Span)
			if at := arxivID.FindStringIndex(raw); at != nil && !r.ofTool(raw[:at[0]]) &&
				buildsOn.MatchString(p.Text) && !compared.MatchString(p.Text) && !component.MatchString(p.Text) &&
				!sources.OthersTitle.MatchString(p.Heading) && !toolsTitle.MatchString(p.Heading) {
				r.add(d, p.Span, "paper.preprint", "archived", "related", "The page says that the model follows it.")
				return
			}
		}
		if r.ofKin(d) {
			return
		}
	}
}

// ofKin reads a link in the head of a page to the paper of another version of the family. The themes' view of the page
// lacks it where it stands among links to that version.
func (r *paperReader) ofKin(d *audit.Document) bool {
	for _, l := range page.Parse(r.ServedBody(d)).Links() {
		if m := namedPaper.FindStringSubmatch(l.Text); m != nil && !l.InCode && l.Section <= sources.HeadSections &&
			arxivID.MatchString(l.URL) && identity.Related(m[1], r.ID()) == identity.Sibling {
			r.add(d, r.SeenSpan(d, l.Span), "paper.preprint", "archived", "related",
				"The head of the page links to the paper of another version of the family.")
			return true
		}
	}
	return false
}

var (
	buildsOn = phrases.ExpressionOf("papers.builds-on")
	// toolsTitle are headings below which a page tells with what programs and machines it was made.
	toolsTitle = pattern.MustCompile(`\b(?:software|hardware|frameworks?|librar(?:y|ies)|infrastructure|environment)\b`)
	// otherWork are titles of papers that are about no model.
	otherWork = phrases.ExpressionOf("papers.other-work")
	// component are parts and tools that any model may have from a paper, which
	// does not tell of the model by that.
	component = phrases.ExpressionOf("papers.component")
)

// ownEntry reports whether a citation is of the model's own paper: its title
// or key names the model or the repository.
func (r *paperReader) ownEntry(d *audit.Document, e page.Entry) bool {
	title := e.Fields["title"] + " " + e.Key
	family := r.FamilyName()
	if !r.FamilyWord.MatchString(e.Fields["title"]) && strings.Contains(identity.Squash(e.Fields["title"]), family) &&
		(r.citesByName() || r.frontLost(d)) {
		return false // "polyfalcos" beside "falco": another work on the family
	}
	if r.Family.MatchString(title) {
		return true
	}
	if strings.Contains(d.Path, "/") && r.frontLost(d) {
		return false // of a part, where the front page would have told what is on the whole
	}
	return identity.Holds(title, identity.Family(path.Base(d.PlaceID)))
}

// citesByName reports whether a citation of the subject's pages is of a paper
// whose title has the family's name as a word of its own.
func (r *paperReader) citesByName() bool {
	return slices.ContainsFunc(r.entries, func(e page.Entry) bool {
		return r.FamilyWord.MatchString(e.Fields["title"])
	})
}

// frontLost reports whether the front page above a page could not be looked at: it may
// cite the paper that has the family's name as a word of its own.
func (r *paperReader) frontLost(d *audit.Document) bool {
	return slices.ContainsFunc(r.Docs, func(front audit.Document) bool {
		_, lost := document.Unseen(&front)
		return lost && front.PlaceID == d.PlaceID && document.MainPage(&front)
	})
}

// scopeBeside lowers the scope of a paper without the model's name in its title: one that bears the repository's, where
// another cited one bears the model's, and one behind another that a key of authors and year names as an architecture.
func (r *paperReader) scopeBeside(e page.Entry, scope string) string {
	if scope != "own" || r.Family.MatchString(e.Fields["title"]) {
		return scope
	}
	ours := func(e page.Entry) bool { return r.Family.MatchString(e.Fields["title"] + " " + e.Key) }
	at := r.Family.FindStringIndex(e.Key)
	if at == nil && slices.ContainsFunc(r.entries, ours) ||
		at != nil && authorsAndYear.MatchString(e.Key[:at[0]]) && r.behindAnother(e) {
		return "related"
	}
	return scope
}

// behindAnother reports whether an entry follows one of a work on a model: makers cite their own first.
func (r *paperReader) behindAnother(e page.Entry) bool {
	first := slices.IndexFunc(r.entries, func(other page.Entry) bool { return !r.onNoModel(other.Fields["title"]) })
	return first >= 0 && r.entries[first].Key != e.Key
}

// authorsAndYear matches what stands before a name in a key of a citation that others gave it.
var authorsAndYear = pattern.MustCompile(`^[a-zA-Z]+[-_]?\d+$`)

// entry says what kind of paper an entry is.
func (r *paperReader) entry(d *audit.Document, e page.Entry, scope string) {
	if version := r.VersionOf(e.Fields["title"]); version == 0 || version != r.VersionOf(path.Base(r.ID())) {
		scope = r.scopeOfEarlier(r.leadTo(d, e), scope)
	}
	where := strings.TrimSpace(e.Fields["journal"] + " " + e.Fields["booktitle"])
	all := where
	for _, name := range []string{"eprint", "archiveprefix", "url", "doi", "note", "howpublished", "volume",
		"publisher"} {
		all += " " + e.Fields[name]
	}
	archived := archives.MatchString(all) && !(venueName.MatchString(where) && onlyReviews(all))
	if archived && (e.Type != "software" || arxivID.MatchString(all)) {
		r.add(d, e.Span, "paper.preprint", "archived", scope, "The citation names an archive of preprints.")
	}
	if where == "" || archives.MatchString(where) || unreviewed.MatchString(where) ||
		e.Fields["booktitle"] == "" && !venueName.MatchString(where) {
		return
	}
	r.add(d, e.Span, "paper.reviewed", "true", scope, fmt.Sprintf("The citation names the venue %q.", where))
	r.found = append(r.found, audit.Observe(d, "paper.venue", where, e.Span, "as the citation names it"))
}

// onNoModel reports whether a title is of a work on data, a measure or a tool, and does
// not begin with a name that the model's gives as well.
func (r *paperReader) onNoModel(title string) bool {
	name, _, named := strings.Cut(title, ":")
	return otherWork.MatchString(title) && !r.Family.MatchString(title) &&
		!(named && strings.Contains(identity.Squash(path.Base(r.ID())), identity.Squash(name)))
}

// onlyReviews reports whether the one archive that a text names is that of a venue's
// reviews, which holds what was accepted, too.
func onlyReviews(text string) bool {
	return !archives.MatchString(strings.ReplaceAll(strings.ToLower(text), "openreview.net", ""))
}

// add observes a paper and what it is about.
func (r *paperReader) add(d *audit.Document, span audit.Span, fact, value, scope, note string) {
	r.found = append(r.found, audit.Observe(d, fact, value, span, note), audit.Observe(d, fact+".scope", scope, span,
		note))
}
