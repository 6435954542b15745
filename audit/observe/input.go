package observe

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// An input is what every theme reads: the subject, its documents, and the
// documents' parsed cards, each parsed once.
type input struct {
	subject      audit.Subject
	family       *pattern.Regexp // names of the family, also within longer ones
	familyWord   *pattern.Regexp // the family's name as a word of its own
	familyNumber *pattern.Regexp // such a name and the number behind it
	speaker      speaker         // whose names the pages speak of
	docs         []audit.Document
	kin          map[*audit.Document][]byte          // pages with what they say of siblings
	affirms      map[*audit.Document][]byte          // pages without what they withhold
	announced    map[*audit.Document][]announcement  // what the authors of a paper say that they gave out
	wholes       map[*audit.Document]*audit.Document // papers with the sections that tell nothing of the making
	byURL        map[servedKey]*audit.Document
	views        map[servedKey]*view // of pages in prose
	cards        map[*audit.Document]*page.Page
	cut          map[*audit.Document][]page.Passage   // prose by document
	fenced       map[*audit.Document][]page.CodeBlock // code of pages as they were served
	trees        map[*audit.Document]*fileTree
	named        map[string]bool // repositories that name the model
	owned        map[string]bool // repositories, and whether they are the model's own
	// repositories, and whether they are of another generation than the base
	generations map[string]bool
	copies      map[string][]string // folders of a repository that hold another project
	made        []*audit.Document   // the pages of makers
	headers     func() []fileHeader // of weights files, read on first use

	themeState
	kinState
	codeState
	weightState
	dataState
	paperState
	licenceState
}

// newInput makes what the themes read, with room for what they find out.
func newInput(s audit.Subject, docs []audit.Document) *input {
	in := newPages(s, docs, statesTerms)
	in.startKin()
	in.startCode()
	in.asks = make(map[*audit.Document]reading)
	in.startData(func() []audit.Observation { return derivedBase(in) })
	in.startThemes()
	in.releasePage = in.presentsModel
	return in
}

// newPages makes what is read of documents before any theme looks. terms tells the
// clauses that bind whoever takes the model, whomever they name.
func newPages(s audit.Subject, docs []audit.Document, terms binding) *input {
	in := &input{
		family: familyOf(s), familyWord: familyWord(s), familyNumber: familyNumber(s),
		subject: s, speaker: newSpeaker(s, terms), docs: ordered(s, spareCopies(s, docs)),
		cards: make(map[*audit.Document]*page.Page),
		cut:   make(map[*audit.Document][]page.Passage), fenced: make(map[*audit.Document][]page.CodeBlock),
		trees: make(map[*audit.Document]*fileTree), named: make(map[string]bool), owned: make(map[string]bool),
		generations: make(map[string]bool),
		copies:      make(map[string][]string),
		affirms:     make(map[*audit.Document][]byte),
		announced:   make(map[*audit.Document][]announcement),
	}
	in.headers = sync.OnceValue(in.readHeaders)
	return in
}

// look gives each page the form in which the themes read it: without what it says
// of others. The pages as they were served are kept for the quotes.
func (in *input) look() {
	in.views, in.kin = make(map[servedKey]*view), make(map[*audit.Document][]byte)
	in.wholes = make(map[*audit.Document]*audit.Document)
	for i := range in.docs {
		d := &in.docs[i]
		if !readable(d) {
			continue
		}
		v := in.speaker.viewOf(d)
		if v == nil {
			continue
		}
		if isText(d) && hasHubModel(in.subject) {
			whole := *d
			whole.Body = blankOthers(bytes.Clone(v.Body))
			in.wholes[d] = &whole
			blankAsides(v.Body, page.Parse(v.Body))
		}
		in.views[servedKey{d.URL, d.SHA256}] = v
		in.kin[d] = v.kin
		d.Body = v.Body
	}
}

// ofFamily is a page with what it says of siblings: what it tells of how the
// models of a family were made from each other.
func (in *input) ofFamily(d *audit.Document) []byte {
	if kin := in.kin[d]; kin != nil {
		return kin
	}
	return d.Body
}

// A servedKey names a document that was served.
type servedKey struct{ url, sha256 string }

// requote cuts the quotes anew from the pages as they were served.
func (in *input) requote(found []audit.Observation) {
	for i := range found {
		o := &found[i]
		if v, ok := in.views[servedKey{o.URL, o.SHA256}]; ok && o.Quote != "" {
			from, to := v.Span(o.Start, o.End)
			o.Start, o.End = page.Whole(v.Served, from, to)
			o.Quote = string(v.Served[o.Start:o.End])
		}
	}
}

// kindOrder is the order in which a place's documents are read: what a hub or
// forge says first, then the page that speaks for the whole, then the rest.
var kindOrder = []audit.DocKind{audit.DocModelAPI, audit.DocModelCard, audit.DocRepoAPI, audit.DocTree, audit.DocReadme,
	audit.DocLicense,
	audit.DocProse, audit.DocConfig, audit.DocCitation, audit.DocWeights, audit.DocDatasetAPI, audit.DocDataCard,
	audit.DocPaper, audit.DocVenue, audit.DocWeb, audit.DocOther}

// ordered sorts a copy of the documents by place, as the subject lists them,
// then by kind and path, so that what is read first does not depend on what
// came first over the network.
func ordered(s audit.Subject, docs []audit.Document) []audit.Document {
	type key struct {
		kind audit.PlaceKind
		id   string
	}
	place := make(map[key]int)
	for i, p := range s.Places {
		if _, twice := place[key{p.Kind, p.ID}]; !twice {
			place[key{p.Kind, p.ID}] = i - len(s.Places)
		}
	}
	sorted := slices.Clone(docs)
	slices.SortStableFunc(sorted, func(a, b audit.Document) int {
		return cmp.Or(cmp.Compare(place[key{a.Place, a.PlaceID}], place[key{b.Place, b.PlaceID}]),
			cmp.Compare(a.PlaceID, b.PlaceID),
			cmp.Compare(slices.Index(kindOrder, a.Kind), slices.Index(kindOrder, b.Kind)),
			cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/")), cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.URL, b.URL))
	})
	return sorted
}

// card returns the parsed form of a prose document: a card, README, data sheet
// or page. It is parsed on first use. Headings in other languages are given as
// the English ones that mean the same, so that themes know one set of headings.
func (in *input) card(d *audit.Document) *page.Page {
	in.speaker.ends.check()
	c, ok := in.cards[d]
	if !ok {
		c = page.Parse(d.Body)
		inEnglish(c)
		in.cards[d] = c
	}
	return c
}

// inEnglish turns the headings that the phrase book knows into English ones; where
// they stand on the page stays as it is.
func inEnglish(c *page.Page) {
	for i := range c.Sections {
		if english := phrases.Heading(c.Sections[i].Heading); english != "" {
			c.Sections[i].Heading = english
		}
	}
}

// of returns the documents of the given kinds, in crawl order, whatever their
// outcome. The pointers are into the input and identify the document.
func (in *input) of(kinds ...audit.DocKind) []*audit.Document {
	var found []*audit.Document
	for i := range in.docs {
		if slices.Contains(kinds, in.docs[i].Kind) {
			found = append(found, &in.docs[i])
		}
	}
	return found
}

// readable reports whether the document gave bytes that can be read.
func readable(d *audit.Document) bool {
	return (d.Outcome == audit.Fetched || d.Outcome == audit.NotModified) && len(d.Body) > 0 && !errorText(d)
}

// refusal matches the words in which hubs say that there is no such file.
var refusal = pattern.MustCompile(`(?i)^\s*(?:entry not found|repository not found|404: not found` +
	`|error: the path '[^'\n]*' does not exist|invalid username or password)`)

// longestRefusal is more than such words take: a page that is longer is a page.
const longestRefusal = 200

// errorText reports whether a card's bytes are a hub's word that there is none,
// kept as if it were one: it says nothing of the model.
func errorText(d *audit.Document) bool {
	return (d.Kind == audit.DocModelCard || d.Kind == audit.DocDataCard) && len(d.Body) < longestRefusal &&
		refusal.Match(d.Body)
}

// unseen returns the finding for a document that gave nothing to read, and
// false when it was read or is known not to exist.
func unseen(d *audit.Document) (audit.Finding, bool) {
	switch d.Outcome {
	case audit.Refused:
		return audit.Denied, true
	case audit.Failed, audit.Skipped:
		return audit.NotFetched, true
	}
	return "", false
}
