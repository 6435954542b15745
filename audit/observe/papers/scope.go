package papers

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	arxiv "openness/audit/papers"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a paper's own text shows of whose paper it is. Pages call a paper theirs; the
// paper itself tells whether it is about the model, and its first page whether it
// was reviewed.

// inText reads the papers that were read in full: that a title and abstract which
// name the model are of its own paper, and what the first page says of a venue.
func (r *paperReader) inText() {
	for _, d := range r.OwnTexts() {
		r.ofText(d, "own")
	}
	for _, d := range r.BaseTexts() {
		r.ofText(d, "base")
	}
	r.disown()
}

// ofText observes one paper.
func (r *paperReader) ofText(d *audit.Document, scope string) {
	c := r.Card(d)
	if d.Place == audit.WebPage || len(c.Sections) < 2 || c.Sections[1].Level != 1 {
		return
	}
	value := "report"
	if d.Place == audit.ArXivPaper {
		value = "archived"
	}
	r.add(d, c.Sections[1].Title, "paper.preprint", value, scope,
		"The paper was read; its title or abstract names the model that it is about.")
	if span, venue := reviewedAt(r.HeadOf(d)); venue != "" {
		r.add(d, span, "paper.reviewed", "true", scope, "The first page of the paper says where it was published.")
		r.found = append(r.found, audit.Observe(d, "paper.venue", venue, span, "as the paper's first page names it"))
	}
}

// firstPage are the lines by which the styles of reviewed venues mark a paper that
// was accepted. Those of submissions and workshops are others.
var firstPage = phrases.TableOf("papers.first-page", "published", "conference", "proceedings", "journal")

// reviewedAt finds where the first page of a paper says that it was published.
func reviewedAt(head []byte) (audit.Span, string) {
	for _, style := range firstPage {
		m := style.FindSubmatchIndex(head)
		if m == nil {
			continue
		}
		around := head[max(0, m[0]-40):min(len(head), m[1]+40)]
		if unreviewed.Match(around) || archives.Match(around) {
			continue
		}
		return audit.Span{Start: m[0], End: m[1]}, string(head[m[2]:m[3]])
	}
	return audit.Span{}, ""
}

// disown takes it back that a paper is the model's own where its whole text, which
// was read, never names the model: a page may link the paper of what it used.
func (r *paperReader) disown() {
	strangers := make(map[string]bool)
	for _, d := range r.Of(audit.DocProse) {
		if !document.IsText(d) || !document.Readable(d) || d.Partial || d.Place != audit.ArXivPaper ||
			d.Role != audit.RolePaper {
			continue
		}
		strangers[d.PlaceID] = !r.Family.Match(r.ServedBody(d))
	}
	for i := range r.found {
		o := &r.found[i]
		if o.Value != "own" || !slices.Contains([]string{"paper.preprint.scope", "paper.reviewed.scope"}, o.Fact) {
			continue
		}
		id := ArXivNumber(o.Quote)
		if asked := arxiv.Asked(o.URL); id == "" && len(asked) == 1 {
			id, _ = arxiv.SplitID(asked[0])
		}
		if strangers[id] {
			o.Value, o.Note = "related", "The paper was read, and nowhere names the model."
		}
	}
}

// scopeOf lowers a scope of "own" to "related" where a title names another
// version of the family than the model's: that paper is of another model. So does a
// title with a later number than the first, in an archive or on the page of a
// repository of several versions, where the model's name has none.
func (r *paperReader) scopeOf(d *audit.Document, title, scope string) string {
	if scope == "own" && (r.OtherNumber(title) || r.laterNumber(d, title) || r.ofOtherSize(title) || r.oneBefore(title)) {
		return "related"
	}
	return scope
}

// oneBefore reports whether a title gives a name that another work which the pages cite gives with the number of the
// model's version: "Falco: A Small Model" beside "Falco-2: A Better Model" is on the model before.
func (r *paperReader) oneBefore(title string) bool {
	name := nameIn(title)
	return len(name) >= identity.MinFamily && slices.ContainsFunc(r.laterMarks(), func(mark string) bool {
		return slices.ContainsFunc(r.entries, func(e page.Entry) bool {
			before, after, found := strings.Cut(nameIn(e.Fields["title"]), identity.Squash(mark))
			return found && strings.TrimSuffix(before, "v")+after == name
		})
	})
}

// nameIn is what stands before the colon of a title, or all of it, without marks.
func nameIn(title string) string {
	name, _, _ := strings.Cut(title, ":")
	return identity.Squash(name)
}

// ofOtherSize reports whether what stands before the colon of a title, or makes it that of a report, names the family
// with sizes, and not with the model's.
func (r *paperReader) ofOtherSize(title string) bool {
	name, _, named := strings.Cut(spacedSize.ReplaceAllString(title, "$1$2"), ":")
	return (named || reportText.MatchString(title)) && identity.SizeApart(name, r.ID()) &&
		strings.Contains(identity.Squash(name), r.FamilyName())
}

// spacedSize matches a size of a model that is written as two words: "1.6 B".
var spacedSize = pattern.MustCompile(`\b(\d+(?:\.\d+)?) (B|M)\b`)

// laterNumber reports whether such a title gives the family a number after the first, and the model that is on a
// hub has none.
func (r *paperReader) laterNumber(d *audit.Document, title string) bool {
	return (d.Place == audit.GitHubRepo || d.Kind == audit.DocPaper) && !strings.HasPrefix(r.Subject.ID, "github:") &&
		r.VersionOf(path.Base(r.ID())) == 0 &&
		(d.Kind == audit.DocPaper || r.VersionOf(path.Base(d.PlaceID)) == 0) && r.VersionOf(title) >= 2
}

// scopeOfID is scopeOf for an address whose paper a citation gives the title of.
func (r *paperReader) scopeOfID(d *audit.Document, address, scope string) string {
	id := ArXivNumber(address)
	for _, e := range r.entries {
		if id != "" && id == NumberOf(e) {
			if title := e.Fields["title"]; otherWork.MatchString(title) && !r.Family.MatchString(title) {
				return "related"
			}
			return r.scopeOf(d, e.Fields["title"], scope)
		}
	}
	if scope == "own" && r.ofEarlierPage(d) {
		return "related"
	}
	return scope
}

// scopeOfLink is scopeOf for a link: its text, the heading above it or the
// citation of the same paper may name another version.
func (r *paperReader) scopeOfLink(d *audit.Document, l page.Link, scope string) string {
	scope = r.scopeOf(d, r.Card(d).Sections[l.Section].Heading, r.scopeOfID(d, l.URL, scope))
	if scope == "own" && r.ofBase(d, l) {
		return r.scopeOfBase()
	}
	if title := r.titleLinked(l); title != "" {
		return r.scopeOfWork(d, title, scope)
	}
	if scope == "own" && r.ofSibling(l.Text) {
		return "related"
	}
	return r.scopeOf(d, l.Text, scope)
}

// ofSibling reports whether the text of a link is the name of another model of the family, alone or before the word
// for its paper, and not one that the model's own goes on from.
func (r *paperReader) ofSibling(text string) bool {
	if m := namedPaper.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	return len(strings.Fields(text)) <= arxiv.MaxNameWords && identity.Related(text, r.ID()) == identity.Sibling &&
		!strings.HasPrefix(identity.Squash(path.Base(r.ID())), identity.Squash(text))
}

var (
	// predecessor matches how a sentence leads to the work on the model before the page's.
	predecessor = phrases.ExpressionOf("papers.predecessor")
	// wasShown matches what follows the name of a model that was published where the words go on to say.
	wasShown = phrases.ExpressionOf("papers.was-shown")
	replaces = phrases.ExpressionOf("papers.replaces")
	// ofOurs matches how makers speak of a work of theirs.
	ofOurs = phrases.ExpressionOf("papers.ours")
)

// scopeOfEarlier lowers a scope of "own" where a sentence tells of the work on another model of the family: on the
// predecessor, or on one that it names right before it says where that was published. One that names the model itself
// as well tells of its own, unless it says which model that took the place of.
func (r *paperReader) scopeOfEarlier(raw, scope string) string {
	if scope != "own" {
		return scope
	}
	own, ofEarlier := ofOurs.MatchString(raw), predecessor.MatchString(raw)
	for _, m := range r.Speaker.Mentions(raw) {
		shown, related := wasShown.MatchString(raw[m.End:]), identity.Related(m.Name, r.ID())
		if shown && replaces.MatchString(raw[:m.Start]) {
			return "related"
		}
		own = own || related == identity.Same
		ofEarlier = ofEarlier || shown && related == identity.Sibling
	}
	if ofEarlier && !own {
		return "related"
	}
	return scope
}

// leadTo is the line that leads to a citation, with a colon at its end, as it was served: what it says of another
// model is not in the view.
func (r *paperReader) leadTo(d *audit.Document, e page.Entry) string {
	served, at := r.ServedBody(d), r.ServedSpan(d, e.Span).Start
	if fence := bytes.LastIndex(served[:at], []byte("```")); fence >= 0 {
		at = fence
	}
	return string(page.Introduction(served, at))
}
