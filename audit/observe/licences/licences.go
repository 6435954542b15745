package licences

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Read says under which licence each component is released: weights, code,
// data, documentation and the base model's weights.
//
// A licence is read from three kinds of source that may disagree: its text, a
// tag (front matter, the hub's or forge's answer) and prose. The text decides
// over the tag and the tag over prose, and the strictest statement over all of
// them; what disagrees is reported from both sides, never smoothed over.
func Read(in *Reader) []audit.Observation {
	all := readLicences(in)
	in.licences = all
	lineage := in.inherited(all)
	var out []audit.Observation
	for _, c := range components {
		out = append(out, in.verdict(c, all)...)
	}
	out = append(out, in.lineageFacts()...)
	return append(out, in.conflicts(all, lineage)...)
}

// components are what a licence can cover.
var components = []string{"weights", "code", "data", "docs", "base"}

// A licence is one reading of one component's licence.
type licence struct {
	component string
	id        string // SPDX id or LicenseRef-
	source    licenceSource
	doc       *audit.Document
	span      audit.Span
	general   bool       // said of the whole project, not of this component by name
	changed   audit.Span // of a changed text: the first change in what it grants
	beside    []string   // ids of all texts in the same file
	limit     *limit     // what a text that is none of the known ones, or a sentence that names none, excludes
	badge     bool       // said by a picture in the head of the page
	vague     bool       // a tag that names no licence: "other", "cc", "see LICENSE"
	unread    bool       // terms of the model's own that are spoken of without a name
	unspoken  bool       // the sentence neither says what it covers nor states a licence as such
	address   bool       // read off the address of a link
	ofCode    bool       // a sentence that grants it for the code by that word, and for no more
}

// class says whether a reading's licence is open.
func (l licence) class() string {
	switch {
	case l.limit != nil && l.source == fromText:
		return Restricted // a whole text that nobody knows may say more
	case l.limit != nil:
		return l.limit.class()
	}
	return licenceClass(l.id)
}

// terms are the terms of a reading, as far as they are known.
func (l licence) terms() (license.Terms, bool) {
	if l.limit != nil {
		return l.limit.terms(), true
	}
	return license.Read(l.id)
}

// clause names what keeps a reading's licence from being open.
func (l licence) clause() string {
	if l.limit != nil {
		return l.limit.clause()
	}
	return cmp.Or(restriction(l.id), "its terms are not among the known ones")
}

// names reports whether a reading tells of a licence, rather than of a limit on one.
func (l licence) names() bool {
	return !(l.limit != nil && l.source == fromProse) && !l.vague && !l.unread
}

// A licenceSource ranks where a licence was read: the later, the stronger.
type licenceSource int

// The sources of a licence, from the weakest to the strongest.
const (
	fromProse licenceSource = iota
	fromForge               // a forge's guess at the text
	fromTag
	fromText
)

func (s licenceSource) String() string {
	return [...]string{"prose", "the forge's tag", "the tag", "the text"}[s]
}

func (l licence) note() string {
	note := "read from " + l.source.String()
	if l.general {
		note += ", said of the whole project"
	}
	if clause := restriction(l.id); clause != "" {
		note += "; " + clause
	}
	return note
}

// ofComponent lists the readings of one component, the strongest first. What is
// said of the component by name goes before what is said of the whole project;
// of two licences from one kind of source the narrower goes first, since a user
// must keep to both.
func ofComponent(all []licence, component string) []licence {
	var of []licence
	for _, l := range all {
		if l.component == component && l.names() {
			of = append(of, l)
		}
	}
	slices.SortStableFunc(of, func(a, b licence) int {
		if a.general != b.general {
			if a.general {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.source, a.source), cmp.Compare(a.grade(), b.grade()))
	})
	return choiceFirst(preciseFirst(textFirst(of)))
}

// preciseFirst lets prose that names a licence speak for a tag that names only its family.
func preciseFirst(of []licence) []licence {
	for i, l := range of {
		if i > 0 && l.source == fromProse && l.limit == nil && !l.general && l.doc == of[0].doc &&
			of[0].source == fromTag && embraces(of[0].id, l.id) && !embraces(l.id, of[0].id) {
			return append([]licence{l}, slices.Delete(slices.Clone(of), i, i+1)...)
		}
	}
	return of
}

// choiceFirst lets a page that offers a choice speak for the text of one of the
// licences that it offers.
func choiceFirst(of []licence) []licence {
	for i, l := range of {
		if i > 0 && l.source == fromProse && slices.Contains(strings.Split(l.id, " OR "), of[0].id) &&
			l.id != of[0].id {
			l.general = of[0].general
			return append([]licence{l}, slices.Delete(slices.Clone(of), i, i+1)...)
		}
	}
	return of
}

// textFirst lets a licence's text speak for the name by which prose calls it.
func textFirst(of []licence) []licence {
	if len(of) == 0 || of[0].source != fromProse {
		return of
	}
	for i, l := range of {
		if l.source == fromText && sameLicence(l.id, of[0].id) && l.class() == of[0].class() {
			l.general = false
			return append([]licence{l}, slices.Delete(slices.Clone(of), i, i+1)...)
		}
	}
	return of
}

// Look looks where a component's licence would be stated, and for legal files
// beside it.
func Look(in *Reader, component string, found bool) sources.Look {
	stated := licenceSources(in, component)
	var l sources.Look
	for i := range in.Docs {
		d := &in.Docs[i]
		asked := slices.Contains(stated, d)
		if asked && !found || in.states(component, d, asked) {
			if u, missing := sources.Unlooked(in.Set, d); missing {
				l.Lost = append(l.Lost, u)
			} else if document.Readable(d) && (d.Kind == audit.DocModelCard || d.Kind == audit.DocDataCard) {
				l.Lost = append(l.Lost, in.BrokenFront(d)...)
			}
		}
		if _, missing := document.Unseen(d); asked && !missing { // a page that is not there states none either
			l.Read = append(l.Read, d)
			if u, beside := licenceUnseen(in, d); beside && !found {
				l.Lost = append(l.Lost, u)
			}
		}
	}
	return l
}

// states reports whether a document that could not be read may state the licence
// of a component; asked tells that it is among the sources of that.
func (in *Reader) states(component string, d *audit.Document, asked bool) bool {
	if d.Kind == audit.DocModelAPI {
		return false // a hub's tag repeats the card or a text, and decides over neither
	}
	if asked {
		return true
	}
	of := d.Role == audit.RoleEnd || in.OwnRepository(d.PlaceID)
	if component == "base" {
		of = d.Role == audit.RoleBase
	}
	if component == "code" && d.Kind == audit.DocRepoAPI {
		return of
	}
	if component == "code" && d.Place != audit.GitHubRepo && len(in.OwnRepositories()) > 0 {
		return false
	}
	return of && component != "data" && component != "docs" && d.Kind == audit.DocLicense &&
		(d.Place != audit.GitHubRepo || !strings.Contains(d.Path, "/"))
}

// licenceUnseen says what stands beside a page that was read and may hold a
// licence that nobody saw: a legal file, or files that were not listed.
func licenceUnseen(in *Reader, page *audit.Document) (sources.Unread, bool) {
	for _, d := range in.Of(audit.DocTree, audit.DocLicense) {
		if d.Place != page.Place || d.PlaceID != page.PlaceID {
			continue
		}
		if f, lost := document.Unseen(d); lost {
			return sources.Unread{Document: d, Finding: f, Why: "a licence may stand beside the page: " + document.Answer(d)},
				true
		}
		if d.Kind == audit.DocTree && document.Readable(d) && in.Tree(d).Cut {
			return sources.NotFetched(d, "a licence may stand beside the page: the tree of files is cut"), true
		}
	}
	return sources.Unread{}, false
}

// licenceSources are the documents that would state a component's licence.
func licenceSources(in *Reader, component string) []*audit.Document {
	var docs []*audit.Document
	own := in.OwnRepositories()
	for _, d := range in.Of(audit.DocModelAPI, audit.DocModelCard, audit.DocReadme, audit.DocDataCard) {
		if _, lost := document.Unseen(d); d.Kind == audit.DocModelAPI && !lost {
			continue // the card speaks for it
		}
		if d.Kind == audit.DocReadme && !document.MainPage(d) {
			continue
		}
		var says bool
		switch component {
		case "base":
			says = d.Role == audit.RoleBase
		case "data":
			says = d.Kind == audit.DocDataCard || d.Role == audit.RoleEnd || own[d.PlaceID]
		case "code":
			says = own[d.PlaceID] || d.Role == audit.RoleEnd && len(own) == 0
		default:
			says = d.Kind != audit.DocDataCard && (d.Role == audit.RoleEnd || own[d.PlaceID])
		}
		if says {
			docs = append(docs, d)
		}
	}
	return docs
}

// readLicences gathers every reading.
func readLicences(in *Reader) []licence {
	var all []licence
	own := in.OwnRepositories()
	for i := range in.Docs {
		d := &in.Docs[i]
		if !document.Readable(d) {
			continue
		}
		ours := d.Role == audit.RoleEnd || own[d.PlaceID]
		switch d.Kind {
		case audit.DocModelCard:
			all = append(all, cardLicences(in, d)...)
		case audit.DocModelAPI:
			all = append(all, in.apiLicence(d)...)
		case audit.DocDataCard, audit.DocDatasetAPI:
			all = append(all, dataLicences(in, d)...)
		case audit.DocLicense:
			if ours || d.Role == audit.RoleBase {
				all = append(all, in.textLicences(d)...)
			}
		case audit.DocRepoAPI:
			if ours {
				all = append(all, forgeLicence(d)...)
			}
		case audit.DocReadme:
			if ours && document.FrontPage(d) {
				all = append(all, proseLicences(in, d)...)
			}
		}
	}
	for _, d := range append(in.OwnTexts(), in.BaseTexts()...) {
		all = append(all, in.paperLicences(d)...)
	}
	for _, l := range in.headerLicences() {
		if len(ofComponent(all, l.component)) == 0 {
			all = append(all, l)
		}
	}
	return codeOnly(in.siblingsApart(all))
}

// componentFor says which component a model page's licence covers: the audited
// weights, or the base's.
func componentFor(d *audit.Document) string {
	if d.Role == audit.RoleBase {
		return "base"
	}
	return "weights"
}

// textLicences reads a licence file: what it is, and by its name what it covers.
func (in *Reader) textLicences(d *audit.Document) []licence {
	text := identifyText(d.Body)
	if inReuse(d) && text.id != "" {
		return in.reuseLicences(d, text.id, text.begin)
	}
	if strings.Contains(d.Path, "/") && d.Place == audit.GitHubRepo && !document.IsMade(d) && termsPlace(d) != ofWeights {
		return in.noticeLimits(d) // no licence of the project's; a document there was read because the front page links it
	}
	var out []licence
	var bars *limit
	if len(in.covers(d, text.id)) == 0 {
		return in.noticeLimits(d)
	}
	if text.stated {
		if l, at := in.limitOf(d); l != nil && !l.implied(known(licence{id: text.id})) {
			bars, text.id = l, Unknown // it names a licence, and says more
			if at.End > 0 {
				text.begin = at
			}
		}
	} else if text.id == Unknown || text.id == "" {
		var at audit.Span
		if bars, at = in.limitOf(d); bars != nil && (text.id == "" || at.End > 0) {
			text.id, text.begin = Unknown, at // however short, it is the licence
		} else if text.id == "" && contractName.MatchString(d.Path) {
			text.id, text.begin = Unknown, page.Line(d.Body, firstText(d.Body))
		}
	}
	if text.id == "" || bars == nil && licenceClass(text.id) == Open && !grantsWhole(d) {
		return in.noticeLimits(d)
	}
	for _, c := range in.covers(d, text.id) {
		out = append(out, licence{component: c.name, id: text.id, source: fromText, doc: d, span: text.begin,
			general: c.general, changed: text.changed, beside: text.all, limit: bars})
	}
	return out
}

// A cover is a component and whether it is covered only by way of the whole.
type cover struct {
	name    string
	general bool
}

// covers says what a licence file covers by where it lies and how it is named. A
// licence for models that lies with a sibling is that one's, code and all.
func (in *Reader) covers(d *audit.Document, id string) []cover {
	if !in.siblingRepository(d) {
		return in.coversByName(d, id)
	}
	if licenceClass(id) != Open && modelLicence(d.Body) {
		return nil
	}
	return slices.DeleteFunc(in.coversByName(d, id), func(c cover) bool { return c.name == "weights" })
}

// contractName matches the name of terms that somebody agrees to, however short they are, formerText the
// name of a text that was the licence once, and ofData the path of a text for data or beside them.
var (
	contractName = phrases.ExpressionOf("licence.contract-name")
	formerText   = phrases.ExpressionOf("licence.former-text")
	ofData       = phrases.ExpressionOf("licence.of-data")
)

func (in *Reader) coversByName(d *audit.Document, id string) []cover {
	name := strings.ToLower(path.Base(d.Path))
	// A file of a word processor, .doc or .docx, is no documentation. No word that is looked for ends in x.
	name = strings.TrimSuffix(strings.TrimSuffix(name, "x"), ".doc")
	switch {
	case strings.Contains(name, "policy"), strings.Contains(name, "notice"), strings.Contains(name, "third"),
		strings.Contains(name, "header"), formerText.MatchString(name):
		return nil
	case d.Role == audit.RoleBase && d.Place == audit.GitHubRepo:
		if strings.Contains(name, "code") || ofData.MatchString(d.Path) {
			return nil
		}
		return []cover{{"base", !strings.Contains(name, "model") && !strings.Contains(name, "weight")}}
	case strings.Contains(name, "model"), strings.Contains(name, "weight"), termsPlace(d) == ofWeights:
		return []cover{{componentFor(d), false}}
	case d.Role != audit.RoleBase && ofData.MatchString(d.Path):
		return []cover{{"data", false}}
	case d.Place != audit.GitHubRepo:
		return []cover{{componentFor(d), false}}
	case strings.Contains(name, "doc"):
		return []cover{{"docs", false}}
	case strings.Contains(name, "code"):
		return []cover{{"code", false}}
	}
	if d.PlaceID == in.ID() || in.releasePage(d.PlaceID) || licenceClass(id) != Open && modelLicence(d.Body) {
		return []cover{{"code", false}, {"weights", true}}
	}
	return []cover{{"code", false}} // weights lie elsewhere, under a licence of their own
}

// minModelWords is how often a licence text must speak of models or weights to
// be one for models: software licences never do.
const minModelWords = 5

var modelWords = pattern.MustCompile(`(?i)\b(?:models?|weights|checkpoints?)\b`)

// modelLicence reports whether a licence text is written for models, so that in
// a model's own repository it covers the weights too.
func modelLicence(text []byte) bool {
	return len(modelWords.FindAllIndex(text, minModelWords)) == minModelWords
}
