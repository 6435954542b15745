// Package sources holds what there is to read of one subject: its documents, each
// parsed once, and which of them speak for the model, for its base, or for neither.
//
// It is what all themes stand on, and it knows none of them. What a page says of
// others is already off it (package whose); what could not be looked at is told by
// a Look.
package sources

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"

	"openness/audit"
	"openness/audit/hub/header"
	"openness/audit/observe/document"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
)

// A Set is what every theme reads: the subject, its documents, and the
// documents' parsed cards, each parsed once.
type Set struct {
	Subject      audit.Subject
	Family       *pattern.Regexp // names of the family, also within longer ones
	FamilyWord   *pattern.Regexp // the family's name as a word of its own
	FamilyNumber *pattern.Regexp // such a name and the number behind it
	Speaker      whose.Speaker   // whose names the pages speak of
	Docs         []audit.Document
	Views        map[document.Key]*whose.View // of pages in prose
	Kin          map[*audit.Document][]byte   // pages with what they say of siblings
	Headers      func() []document.Header     // of weights files, read on first use
	byURL        map[document.Key]*audit.Document
	made         []*audit.Document // the pages of makers

	// What a second reading finds that leaves less out than the view.
	wholePapers map[*audit.Document]*audit.Document // papers with the sections that tell nothing of the making
	wholePages  map[*audit.Document]*audit.Document // pages of many models with what they say where they do not name this

	// Of documents.
	cards     document.Memory[*audit.Document, *page.Page]
	prose     document.Memory[*audit.Document, []page.Passage]
	fenced    document.Memory[*audit.Document, []page.CodeBlock] // code of pages as they were served
	affirms   document.Memory[*audit.Document, []byte]           // pages without what they withhold
	announced document.Memory[*audit.Document, []announcement]   // what the authors of a paper say that they gave out
	trees     document.Memory[*audit.Document, *fileTree]
	pages     document.Memory[*audit.Document, Standing] // of whom they speak
	speaks    document.Memory[*audit.Document, bool]     // whether their silence says something of the model

	// Of repositories.
	stands     document.Memory[string, Standing] // of whom they speak
	owned      document.Memory[string, bool]     // whether they are the model's own
	ofBase     document.Memory[string, bool]     // whether they are its base's, where they are not its own
	ofSiblings document.Memory[string, bool]     // whether they are another version's alone
	named      document.Memory[string, bool]     // whether they name the model
	copies     document.Memory[string, []string] // their folders that hold another project
}

// Look gives each page the form in which the themes read it: without what it says
// of others. The pages as they were served are kept for the quotes.
func (in *Set) Look() {
	in.Views, in.Kin = make(map[document.Key]*whose.View), make(map[*audit.Document][]byte)
	in.wholePapers, in.wholePages = make(map[*audit.Document]*audit.Document), make(map[*audit.Document]*audit.Document)
	for i := range in.Docs {
		d := &in.Docs[i]
		if !document.Readable(d) {
			continue
		}
		v := in.Speaker.ViewOf(d, false)
		if v == nil {
			continue
		}
		if document.IsText(d) && HasHubModel(in.Subject) {
			whole := *d
			whole.Body = blankOthers(bytes.Clone(v.Body))
			in.wholePapers[d] = &whole
			blankAsides(v.Body, page.Parse(v.Body))
		}
		in.Views[document.Key{URL: d.URL, SHA256: d.SHA256}] = v
		in.Kin[d] = v.Kin
		d.Body = v.Body
	}
	for _, d := range in.Of(audit.DocReadme, audit.DocProse) {
		if v := in.view(d); v != nil && in.ofMany(d) {
			served, whole := *d, *d
			served.Body, in.wholePages[d] = v.Served, &whole
			*v = *in.Speaker.ViewOf(&served, true)
			in.Kin[d], d.Body = v.Kin, v.Body
			in.cards.Forget(d)
			in.prose.Forget(d)
			in.pages.Forget(d)
		}
	}
}

// OfFamily is a page with what it says of siblings: what it tells of how the
// models of a family were made from each other.
func (in *Set) OfFamily(d *audit.Document) []byte {
	if kin := in.Kin[d]; kin != nil {
		return kin
	}
	return d.Body
}

// Requote cuts the quotes anew from the pages as they were served.
func (in *Set) Requote(found []audit.Observation) {
	for i := range found {
		o := &found[i]
		if v, ok := in.Views[document.Key{URL: o.URL, SHA256: o.SHA256}]; ok && o.Quote != "" {
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
		if _, twice := place[key{kind: p.Kind, id: p.ID}]; !twice {
			place[key{kind: p.Kind, id: p.ID}] = i - len(s.Places)
		}
	}
	sorted := slices.Clone(docs)
	slices.SortStableFunc(sorted, func(a, b audit.Document) int {
		return cmp.Or(cmp.Compare(place[key{kind: a.Place, id: a.PlaceID}], place[key{kind: b.Place, id: b.PlaceID}]),
			cmp.Compare(a.PlaceID, b.PlaceID),
			cmp.Compare(slices.Index(kindOrder, a.Kind), slices.Index(kindOrder, b.Kind)),
			cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/")), cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.URL, b.URL))
	})
	return sorted
}

// Card returns the parsed form of a prose document: a card, README, data sheet
// or page. It is parsed on first use. Headings in other languages are given as
// the English ones that mean the same, so that themes know one set of headings.
func (in *Set) Card(d *audit.Document) *page.Page {
	in.Speaker.Ends.Check()
	return in.cards.Of(d, func(d *audit.Document) *page.Page {
		c := page.Parse(d.Body)
		document.InEnglish(c)
		return c
	})
}

// Of returns the documents of the given kinds, in crawl order, whatever their
// outcome. The pointers are into the input and identify the document.
func (in *Set) Of(kinds ...audit.DocKind) []*audit.Document {
	var found []*audit.Document
	for i := range in.Docs {
		if slices.Contains(kinds, in.Docs[i].Kind) {
			found = append(found, &in.Docs[i])
		}
	}
	return found
}

// ReadIn returns those documents of the given kinds that were read of one place.
func (in *Set) ReadIn(place string, kinds ...audit.DocKind) []*audit.Document {
	return slices.DeleteFunc(in.Of(kinds...), func(d *audit.Document) bool {
		return d.PlaceID != place || !document.Readable(d)
	})
}

// FrontPagesOf returns the READMEs at the root of a repository that were read, but for translations.
func (in *Set) FrontPagesOf(repository string) []*audit.Document {
	return slices.DeleteFunc(in.ReadIn(repository, audit.DocReadme), func(d *audit.Document) bool {
		return !document.MainPage(d)
	})
}

// Document finds the document that an observation was read from.
func (in *Set) Document(o *audit.Observation) *audit.Document {
	if in.byURL == nil {
		in.byURL = make(map[document.Key]*audit.Document)
		for i := range in.Docs {
			in.byURL[document.Key{URL: in.Docs[i].URL, SHA256: in.Docs[i].SHA256}] = &in.Docs[i]
		}
	}
	return in.byURL[document.Key{URL: o.URL, SHA256: o.SHA256}]
}

// New makes what is read of documents before any theme looks. terms tells the
// clauses that bind whoever takes the model, whomever they name.
func New(s audit.Subject, docs []audit.Document, terms whose.Binding) *Set {
	in := &Set{
		Family: familyOf(s), FamilyWord: familyWord(s), FamilyNumber: familyNumber(s),
		Subject: s, Speaker: whose.NewSpeaker(s, terms), Docs: ordered(s, spareCopies(s, docs)),
	}
	in.Headers = sync.OnceValue(in.readHeaders)
	return in
}

// WholePage is a page with what it says where it does not name the model, in a repository of many.
func (in *Set) WholePage(d *audit.Document) *audit.Document {
	if whole, ok := in.wholePages[d]; ok {
		return whole
	}
	return d
}

// ServedBody is a document's bytes as they were served, without what a view takes off.
func (in *Set) ServedBody(d *audit.Document) []byte {
	if v := in.view(d); v != nil {
		return v.Served
	}
	return d.Body
}

// ServedSpan is where a part of the form that themes read stands in a document as it was served.
func (in *Set) ServedSpan(d *audit.Document, part audit.Span) audit.Span {
	if v := in.view(d); v != nil {
		part.Start, part.End = v.Span(part.Start, part.End)
	}
	return part
}

// ServedText is that part as it was served.
func (in *Set) ServedText(d *audit.Document, part audit.Span) []byte {
	at := in.ServedSpan(d, part)
	return in.ServedBody(d)[at.Start:at.End]
}

// SeenSpan is where a part of a document as it was served stands in the form that themes read.
func (in *Set) SeenSpan(d *audit.Document, served audit.Span) audit.Span {
	if v := in.view(d); v != nil {
		return audit.Span{Start: v.Seen(served.Start), End: v.Seen(served.End)}
	}
	return served
}

// spareCopies returns the documents without those of the second hub that gave
// nothing and are not missed.
func spareCopies(s audit.Subject, docs []audit.Document) []audit.Document {
	had := make(map[audit.DocKind]bool)
	for i := range docs {
		if d := &docs[i]; d.Place == audit.HubModel && d.Role == audit.RoleEnd && document.Readable(d) {
			had[d.Kind] = true
		}
	}
	p, _ := s.Place(audit.ModelScopeModel, audit.RoleEnd)
	if p.Given && (!had[audit.DocModelAPI] || !had[audit.DocModelCard]) {
		return docs
	}
	return slices.DeleteFunc(slices.Clone(docs), func(d audit.Document) bool {
		return d.Place == audit.ModelScopeModel && d.Role == audit.RoleEnd && !document.Readable(&d)
	})
}

// namedByPaper reports whether the subject is the model that a paper introduces, of which no page is known.
func namedByPaper(s audit.Subject) bool {
	id, ok := strings.CutPrefix(s.ID, "arxiv:")
	return ok && s.Name != "" && s.Name != id
}

// HasHubModel reports whether the subject is a model on a hub, or one of which its paper alone is known.
func HasHubModel(s audit.Subject) bool {
	if namedByPaper(s) {
		return true
	}
	for _, p := range s.Places {
		if (p.Kind == audit.HubModel || p.Kind == audit.ModelScopeModel ||
			p.Kind == audit.GitHubRepo) && p.Role != audit.RoleRelated {
			return true
		}
	}
	return false
}

// Found reports whether the fact was found, whatever its value.
func Found(list []audit.Observation, fact string) bool {
	for _, o := range list {
		if o.Fact == fact && o.Finding == audit.Present {
			return true
		}
	}
	return false
}

// readHeaders parses the documents that hold the beginning of a weights file.
func (in *Set) readHeaders() []document.Header {
	var all []document.Header
	for _, d := range in.Of(audit.DocOther) {
		if d.Place != audit.HubModel || !strings.HasSuffix(d.URL, document.HeaderMark) || !document.Readable(d) {
			continue
		}
		if h, err := header.Read(d.Body); err == nil {
			all = append(all, document.Header{Document: d, Header: h})
		}
	}
	return all
}
