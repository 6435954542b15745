package licences

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// cardLicences reads a model card: its tag and its prose.
func cardLicences(in *Reader, d *audit.Document) []licence {
	out := frontLicences(in, d, componentFor(d))
	out = append(out, in.formLimits(d)...)
	return append(out, proseLicences(in, d)...)
}

// apiLicence reads the licence of the hub's answer: the tag, and for a tag of
// "other" the name and link in cardData. An answer derived from the card, or
// one beside a card that was read, gives nothing new for these.
func (in *Reader) apiLicence(d *audit.Document) []licence {
	carded := in.carded(d)
	if d.Partial && carded {
		return nil
	}
	if d.Place == audit.ModelScopeModel {
		return scopeLicence(d, carded)
	}
	fields := document.JSONFields(d.Body)
	var vague, listed, unsaid []licence
	if tags, ok := fields["tags"]; ok {
		for _, m := range licenceTag.FindAllSubmatchIndex(d.Body[tags.Start:tags.End], 4) {
			tag := tagLicence(string(d.Body[tags.Start+m[2] : tags.Start+m[3]]))
			l := licence{component: componentFor(d), id: tag.id, source: fromTag, doc: d,
				span: audit.Span{Start: tags.Start + m[0], End: tags.Start + m[1]}, limit: tag.limit, vague: tag.vague}
			switch {
			case len(tag.parts) > 0:
				return tagParts(l, tag.parts)
			case l.id == "":
				unsaid = append(unsaid, l)
			case l.vague:
				vague = append(vague, l)
			case l.understood():
				listed = append(listed, l)
			}
		}
	}
	if len(listed) > 0 {
		for i := range unsaid {
			unsaid[i].id, unsaid[i].vague = Unknown, true
		}
		return together(slices.Concat(listed, vague, unsaid))
	}
	data, ok := fields["cardData"]
	if !ok || carded {
		return vague
	}
	for _, key := range []string{"license", "license_name", "license_link"} {
		for _, f := range document.JSONStrings(d.Body, data, key) {
			id := normalizeTag(f.Value)
			if key == "license_link" && !understood(id) || id == "" || id == Unknown {
				continue
			}
			return []licence{{component: componentFor(d), id: id, source: fromTag, doc: d, span: f.Span,
				vague: vagueID(id)}}
		}
	}
	return vague
}

// carded reports whether the card that an answer is about was read.
func (in *Reader) carded(answer *audit.Document) bool {
	return slices.ContainsFunc(in.Of(audit.DocModelCard, audit.DocDataCard), func(d *audit.Document) bool {
		return d.Place == answer.Place && d.PlaceID == answer.PlaceID && document.Readable(d)
	})
}

var licenceTag = pattern.MustCompile(`"license:([^"]+)"`)

// dataLicences reads a data set's card or answer.
func dataLicences(in *Reader, d *audit.Document) []licence {
	if d.Kind == audit.DocDatasetAPI {
		out := in.apiLicence(d)
		for i := range out {
			out[i].component = "data"
		}
		return out
	}
	var out []licence
	for _, l := range frontLicences(in, d, "data") {
		if l.id != Unknown {
			out = append(out, l)
		}
	}
	return out
}

// forgeLicence reads what the forge takes the repository's licence for.
func forgeLicence(d *audit.Document) []licence {
	within, ok := document.JSONFields(d.Body)["license"]
	if !ok {
		return nil
	}
	for _, f := range document.JSONStrings(d.Body, within, "spdx_id") {
		if id := normalizeTag(f.Value); id != "" && id != Unknown && f.Value != "NOASSERTION" {
			return []licence{{component: "code", id: id, source: fromForge, doc: d, span: f.Span}}
		}
	}
	return nil
}

var (
	speaksOfLicence = phrases.ExpressionOf("licence.speaks-of-licence")
	// prescribedNotice matches the line that a licence asks those to show who pass
	// its work on: it names the licensor's work, and is the page's licence.
	prescribedNotice = phrases.ExpressionOf("licence.prescribed-notice")
	// contributorLicence and others' licences say nothing of this model.
	contributorLicence = phrases.ExpressionOf("licence.contributor-licence")
	// ofPart matches statements on the base's weights, and on some of many
	// models or components only.
	ofPart = phrases.ExpressionOf("licence.of-part")
)

// proseLicences reads the sentences of a page that state a licence, and which
// component each licence is for.
func proseLicences(in *Reader, d *audit.Document) []licence {
	c := in.Card(d)
	out := append(in.pageLimits(d), in.titleLicences(d)...)
	listedTo := 0
	for s := range c.Sentences() {
		text := d.Body[s.Span.Start:s.Span.End]
		heading := ""
		if s.Section >= 0 && s.Section < len(c.Sections) {
			heading = c.Sections[s.Section].Heading
		}
		under := speaksOfLicence.MatchString(heading)
		ofThis := len(document.Mentions(text, in.ID())) > 0 || under && prescribedNotice.Match(text)
		if len(text) > maxStatement || !under && !speaksOfLicence.Match(text) && !unnamedLicence.Match(text) &&
			!appliesTo.Match(text) || contributorLicence.Match(text) || ofPart.Match(text) ||
			!ofThis && (in.Elsewhere(d, text) || in.speaksOfOther(d, text)) {
			continue
		}
		if s.Span.Start < listedTo {
			continue // one of the licences of a choice
		}
		if !ofThis && in.belowOther(d, page.Passage{Doc: d, Span: s.Span, Heading: strings.ToLower(heading)}) {
			continue
		}
		if columns := in.columnLicences(d, s); len(columns) > 0 {
			out = append(out, columns...)
			continue
		}
		if choice, to := in.choice(d, s); len(choice) > 0 {
			out, listedTo = append(out, choice...), to
			continue
		}
		ofIts := s.Kind != page.Row || namesIt(in, text) || licenceRow.MatchString(strings.ToLower(string(text)))
		stated := in.statedLicences(d, s.Span, under && ofIts)
		if selectedBy.Match(text) {
			stated = slices.DeleteFunc(stated, func(l licence) bool { return l.component == "data" })
		}
		out = append(out, stated...)
	}
	for _, l := range in.badgeLicences(d) {
		l.badge = true
		if l.general && l.component == "weights" && !in.releasePage(d.PlaceID) {
			continue // a bare badge is of the repository, as its text is
		}
		if !slices.ContainsFunc(out, func(o licence) bool { return o.component == l.component && o.id == l.id }) {
			out = append(out, l)
		}
	}
	return out
}

// selectedBy matches words for data that was chosen by the licences of its parts: the names of those are
// no licence of the whole.
var selectedBy = phrases.ExpressionOf("licence.selected-by")

// appliesTo matches a sentence that says what a licence is for without calling it one.
var appliesTo = phrases.ExpressionOf("licence.applies-to")

// badgeLicences reads the badges in the head of a page one by one: they stand in
// rows with others, or in mark-up that holds no sentence. They speak of the
// page's own project, whoever's copy of the licence they link.
func (in *Reader) badgeLicences(d *audit.Document) []licence {
	c := in.Card(d)
	var out []licence
	for _, l := range c.Links() {
		span := sources.Labelled(c, l)
		if l.Section <= sources.HeadSections && len(badges(d.Body[span.Start:span.End])) > 0 {
			stated := in.statedLicences(d, span, true)
			if m := badgeLabel.FindSubmatch(d.Body[span.Start:span.End]); m != nil &&
				codeWord.MatchString(strings.ToLower(badgeSigns.Replace(string(m[1])))) {
				if d.Role == audit.RoleBase {
					continue // the base's code
				}
				for i := range stated {
					stated[i].component = "code" // "Code_License-MIT" says nothing of the weights
				}
			}
			out = append(out, stated...)
		}
	}
	return out
}

// badgeLabel matches what a badge says that its licence is of.
var badgeLabel = pattern.MustCompile(`(?i)img\.shields\.io/badge/([\w%]*)licen[cs]e`)

// maxStatement bounds a sentence that states a licence; longer ones are texts.
const maxStatement = 1200

// componentWord finds the component that a statement speaks of.
var componentWord = phrases.ExpressionOf("licence.component-word")

// ofNextLicence matches the words between two licences that are for the second alone: a clause on what that is for.
var ofNextLicence = phrases.ExpressionOf("licence.of-next")

// A statement is a sentence on licences: the licences that it names, and its words for components.
type statement struct {
	doc   *audit.Document
	text  []byte
	names []document.Reading
	words [][]int
}

// statedLicences assigns each licence named in a statement to the components
// named since the last licence, or else to those named after it.
func (in *Reader) statedLicences(d *audit.Document, span audit.Span, under bool) []licence {
	s, text := in.statementIn(d, span), d.Body[span.Start:span.End]
	var out []licence
	var before []cover
	last, behind := 0, false // whether a name stands before what it is for
	for i, n := range s.names {
		if in.otherClause(text[last:n.Span.Start]) && !(under && prescribedNotice.Match(text)) {
			last = n.Span.End
			continue
		}
		next := len(text)
		if i+1 < len(s.names) {
			next = s.names[i+1].Span.Start
		}
		found := in.componentsIn(s, last, n.Span.Start)
		to := next
		if ofNextLicence.Match(text[n.Span.End:next]) {
			to = n.Span.End
		}
		if after := in.componentsIn(s, n.Span.End, to); behind && len(after) > 0 {
			found = after
		}
		if len(found) == 0 && i > 0 && joined.Match(text[last:n.Span.Start]) {
			found = before // a second licence for the same thing
		}
		if len(found) == 0 && i == 0 {
			found = in.componentsIn(s, n.Span.End, to)
			behind = len(found) > 0
		}
		if len(found) == 0 && len(document.Mentions(text, in.ID())) > 0 {
			found = []cover{{"weights", false}} // a table's row on this model
		}
		spoken := len(found) > 0
		if !spoken && !under && !selfStatement.Match(text) {
			last = n.Span.End
			continue
		}
		if !spoken {
			found = in.unspokenWhole(d)
		}
		if len(found) == 2 && slices.Equal(found, in.wholeOf(d)) && in.sizedSubject(text) {
			found = []cover{{"weights", false}} // "Falco-7B is licensed under ..." is said of the model
		}
		for _, l := range s.readings(n, found) {
			l.span, l.unspoken = page.Clip(d.Body, span, span.Start+n.Span.Start), !spoken && !selfStatement.Match(text)
			out = append(out, l)
		}
		last, before = n.Span.End, found
	}
	return out
}

// statementIn reads what a part of a page names, but for licences of what is not the model.
func (in *Reader) statementIn(d *audit.Document, span audit.Span) statement {
	text := d.Body[span.Start:span.End]
	s := statement{doc: d, text: text, names: licenceNames(text)}
	if len(s.names) == 0 {
		return s // as most: what else it says is not read in vain
	}
	s.words = componentWord.FindAllIndex(text, -1)
	for _, c := range in.subjectClauses(strings.ToLower(string(text))) {
		s.names = slices.DeleteFunc(s.names, func(n document.Reading) bool {
			return c[0] <= n.Span.Start && n.Span.End <= c[1]
		})
	}
	return s
}

// unspokenWhole is what a statement covers of which no word says what "it" is.
func (in *Reader) unspokenWhole(d *audit.Document) []cover {
	covers := in.wholeOf(d)
	for i := range covers {
		covers[i].general = covers[i].general || covers[i].name == "code"
	}
	return covers
}

// readings are those of one licence that a statement names, for what it covers.
func (s statement) readings(n document.Reading, covers []cover) (out []licence) {
	unread := n.Value == unreadTerms
	if unread {
		n.Value = Unknown
	}
	ofCode := len(covers) == 1 && covers[0] == cover{"code", false} && codeWord.Match(s.text)
	for _, c := range covers {
		out = append(out, licence{component: c.name, id: n.Value, source: fromProse, doc: s.doc, general: c.general,
			ofCode: ofCode, vague: vagueID(n.Value), unread: unread,
			address: bytes.HasPrefix(s.text[n.Span.Start:], []byte("http"))})
	}
	return out
}

// beforeSubject matches the words that may stand before the name of a sentence's subject, other names with figures
// among them, and behindSubject those behind it up to its verb.
var (
	beforeSubject = phrases.ExpressionOf("licence.before-subject")
	behindSubject = phrases.ExpressionOf("licence.behind-subject")
)

// sizedSubject reports whether the page's model, named with its size, is what a sentence is about: no repository bears a
// size, but one may be named beside it.
func (in *Reader) sizedSubject(text []byte) bool {
	return slices.ContainsFunc(in.Speaker.Mentions(string(text)), func(m identity.Mention) bool {
		return len(identity.Sizes(m.Name)) > 0 && identity.Related(m.Name, in.ID()) == identity.Same &&
			beforeSubject.Match(text[:m.Start]) && behindSubject.Match(text[m.End:])
	})
}

// clauseSubject matches a later clause on something with a name: "while Foo2 is licensed".
var clauseSubject = phrases.ExpressionOf("licence.clause-subject")

// otherClause reports whether the words before a licence's name begin a clause on another model.
func (in *Reader) otherClause(before []byte) bool {
	m := clauseSubject.FindSubmatch(before)
	if m == nil {
		return false
	}
	name := string(m[1])
	return !plainSubject.MatchString(name) && !in.Family.MatchString(name) &&
		!strings.Contains(identity.Squash(path.Base(in.ID())), identity.Squash(name))
}

// joined matches what stands between two licences that both apply.
var joined = phrases.ExpressionOf("licence.joined")

// selfStatement matches a sentence whose subject is the model or project by name.
var selfStatement = phrases.ExpressionOf("licence.self-statement")

// wholeOf is what a statement without a component covers: the weights on a
// model's page, everything on a repository's.
func (in *Reader) wholeOf(d *audit.Document) []cover {
	if d.Kind == audit.DocModelCard {
		return []cover{{componentFor(d), false}}
	}
	if !identity.SameFamily(in.ID(), d.PlaceID) {
		return []cover{{"code", false}} // the makers' tool, not this model's page
	}
	return []cover{{"code", false}, {"weights", true}}
}

// componentsIn names the components that the words of a statement between two offsets speak of.
// Words inside a licence's name or an address do not count.
func (in *Reader) componentsIn(s statement, from, to int) []cover {
	var found []cover
	whole := false
	for _, w := range s.words {
		if w[0] < from || w[1] > to || document.InURL(s.text, w[0]) || insideName(s.names, w[0]) {
			continue
		}
		word := strings.ToLower(string(s.text[w[0]:w[1]]))
		if wholeWords[word] {
			whole = true
			continue
		}
		c := componentOf(s.doc, word)
		if c.name == "data" && usedFor.MatchString(strings.ToLower(string(s.text[from:w[0]]))) {
			continue // what something was made with is not what the licence is for
		}
		if !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	if whole && len(found) == 0 { // "the code in this repository" is code
		return in.wholeOf(s.doc)
	}
	return found
}

// wholeWords stand for all that a page is about, where no part is named.
var wholeWords = map[string]bool{"repository": true, "repo": true, "project": true, "仓库": true, "リポジトリ": true,
	"저장소": true}

// codeWord matches the words for code alone.
var codeWord = phrases.ExpressionOf("licence.code-word")

// dataWord matches the words for data.
var dataWord = phrases.ExpressionOf("licence.data-word")

func insideName(names []document.Reading, at int) bool {
	for _, n := range names {
		if n.Span.Start <= at && at < n.Span.End {
			return true
		}
	}
	return false
}

// componentOf is the component that a word stands for on a page.
func componentOf(d *audit.Document, w string) cover {
	switch {
	case d.Role == audit.RoleBase:
		return cover{"base", false} // a base's page says nothing of the tuned model
	case codeWord.MatchString(w):
		return cover{"code", false}
	case dataWord.MatchString(w):
		return cover{"data", false}
	case strings.HasPrefix(w, "doc"):
		return cover{"docs", false}
	}
	return cover{"weights", false}
}

// speaksOfOther reports whether a statement on a model's page is about another
// model: it names one as its subject, or links one.
func (in *Reader) speaksOfOther(d *audit.Document, text []byte) bool {
	if d.Kind != audit.DocModelCard {
		return false
	}
	for _, m := range document.HubLink.FindAllSubmatch(text, 5) {
		if id := string(m[1]); !strings.EqualFold(id, d.PlaceID) && !notModelPage[path.Dir(id)] {
			return true
		}
	}
	return false
}

// notModelPage are the first parts of a hub's addresses that name no maker.
var notModelPage = map[string]bool{"datasets": true, "spaces": true, "docs": true, "papers": true, "blog": true,
	"collections": true}
