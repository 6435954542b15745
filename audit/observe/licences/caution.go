package licences

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Nobody can list all wordings of a limit. What may be one and is not understood is
// therefore doubted, not passed over: a sentence on the page's model in which words
// that confine, forbid or demand stand near words of trade, study, permission or
// countries, and which no phrase knows for harmless, leaves undetermined what a
// licence that permits commercial use is worth. The classes of words are the phrase
// book's (audit/phrases/licence.caution.*.yaml); which of them together make a sentence
// suspect is said in suspicions.go.

// cautionBook holds the classes of words, and what the limits' part of the book
// knows for harmless: a grant, or what takes a limit back.
var cautionBook = sync.OnceValue(func() *phrases.Book {
	return phrases.Default().Of("licence.caution", "licence.limit")
})

// cautionReach is how many bytes the words of a limit may be apart.
const cautionReach = 110

// A marked word is one of a class, and where it stands.
type markedWord struct {
	class      wordClass
	lang       string
	start, end int
}

// marksIn gives the words of a sentence that have a class, in order, without those
// that are known for harmless; none where the whole sentence is.
func marksIn(text string) []markedWord {
	var marks []markedWord
	var harmless [][2]int
	taken := make(map[string][][2]int)
	all := cautionBook().FindString(text)
	if len(all) == 0 {
		return nil
	}
	speaks := phrases.LanguagesOf(text)
	for _, m := range all {
		value := m.Phrase.Value
		place := [2]int{m.Start, m.End}
		switch {
		case harmlessValues[value]:
			harmless = append(harmless, place)
		case m.Phrase.Fact == "licence.caution" && !speaks(m.Phrase.Lang):
		case takenBackWithout[value] != 0:
			taken[value] = append(taken[value], place)
		case m.Phrase.Fact != "licence.caution":
		case value == "aside":
			return nil
		default:
			marks = append(marks, markedWord{wordClasses[value], m.Phrase.Lang, m.Start, m.End})
		}
	}
	marks = withoutAsking(withoutPlaces(marks, harmless))
	if grantsAll(text, marks) {
		return nil
	}
	for _, value := range []string{"granted", "unasked", "aim"} {
		taken[value] = slices.DeleteFunc(taken[value], func(p [2]int) bool {
			return value == "granted" && slices.ContainsFunc(marks, func(m markedWord) bool {
				return m.class&(excepts|forbids) != 0 && p[0] < m.start && m.end < p[1]
			})
		})
		if left := withoutPlaces(marks, taken[value]); !holdsAny(left, takenBackWithout[value]) {
			marks = left
		}
		if value == "aim" && len(taken[value]) > 0 && !holdsAny(marks, takenBackWithout[value]) {
			return nil
		}
	}
	if grantsAll(text, marks) {
		return nil
	}
	return withoutKnown(text, marks)
}

// withoutAsking leaves out words of demands within words that grant: "please feel free to".
func withoutAsking(marks []markedWord) []markedWord {
	return slices.DeleteFunc(slices.Clone(marks), func(m markedWord) bool {
		return m.class == demands && slices.ContainsFunc(marks, func(may markedWord) bool {
			return may.class == grants && may.start <= m.start && m.end <= may.end
		})
	})
}

// withoutPlaces leaves out the words that overlap one of the places.
func withoutPlaces(marks []markedWord, places [][2]int) []markedWord {
	return slices.DeleteFunc(slices.Clone(marks), func(m markedWord) bool {
		return slices.ContainsFunc(places, m.takenBy)
	})
}

// takenBy reports whether a place takes back a word: it overlaps it, or holds all of what
// is a limit by itself.
func (m markedWord) takenBy(p [2]int) bool {
	if m.class == openName {
		return false // it tells which licence is meant, whatever is said of it
	}
	if m.class == ofRefusal {
		return p[0] <= m.start && m.end <= p[1]
	}
	return m.start < p[1] && p[0] < m.end
}

// firm are the classes beside which a grant is no last word.
const firm = confines | forbids | prevents | addresses | comesFirst | ofPaper | excepts | ofRefusal

// technical matches words of sentences on how a model is run: what they forbid does not work.
var technical = phrases.ExpressionOf("licence.technical")

// attention is what is known of where a sentence stands when it is read.
type attention struct {
	terms bool // below a heading for licences or terms, or in a file of them
	open  bool // beside a licence that is open
	title bool // a heading
	alike bool // beside a licence that asks for itself on what is derived

	below wordClass // what the heading above it speaks of
	known bool      // a passage that may limit uses was found before
	read  bool      // the text of what is called the model's licence
}

// allows reports whether a suspicion counts where a sentence stands.
func (a attention) allows(s suspicion) bool {
	return !(s.terms && !a.terms || s.open && !a.open || s.said && a.title || s.alike && a.alike)
}

// suspectedIn finds the part of a sentence that may limit use. Of several that which
// is about who may use the model goes before that which is about what it is used for.
func suspectedIn(text string, with attention, names ...markedWord) (at, end int, uses, ok bool) {
	if len(text) > maxLimitText {
		return 0, 0, false, false
	}
	marks := withNames(marksIn(text), names)
	for j, last := range marks {
		var seen wordClass
		lang, reach := last.lang, cautionReach // no language where it is the model's name
		if lang == "ru" {
			reach *= 2 // two bytes to a letter
		}
		for i := j; i >= 0 && last.end-marks[i].start <= reach; i-- {
			if lang == "" {
				lang = marks[i].lang
			}
			if marks[i].lang != lang && marks[i].lang != "" {
				continue // words of two languages are alike by chance
			}
			seen |= marks[i].class
			oneClause := !strings.ContainsAny(text[min(marks[i].end, last.start):last.start], ";；。")
			for _, s := range suspicions {
				if ok && s.uses || !with.allows(s) || s.near && !oneClause || !s.in(seen) ||
					s.said && !deedOfWeights(text, marks[i:j+1]) {
					continue
				}
				if !s.ofTakers() && technical.MatchString(text) {
					continue // what the program cannot do
				}
				at, end, uses, ok = marks[i].start, last.end, s.uses, true
				if !uses {
					return at, end, uses, ok
				}
			}
		}
	}
	return at, end, uses, ok
}

// ofTakers reports whether a suspicion asks for a word for who takes the model, for what
// pay or under which deed: a sentence on what the program cannot do has none.
func (s suspicion) ofTakers() bool {
	const takers = ofTrade | ofMarket | ofStudy | ofDeed
	return slices.ContainsFunc(s.of, func(c wordClass) bool { return c&^takers == 0 })
}

// in reports whether one of each class was seen.
func (s suspicion) in(seen wordClass) bool {
	for _, c := range s.of {
		if seen&c == 0 {
			return false
		}
	}
	return true
}

// A caution is a passage of a model's own pages that may limit its use.
type caution struct {
	doc  *audit.Document
	span audit.Span
	uses bool
	said string // its words, where the view has them not
}

// cautioned looks for a passage that may limit the use of the weights, on the pages
// that speak for them: a card, a repository's front page, a notice, a form before the
// download, a short text in place of a licence.
func (in *Reader) cautioned(of []licence) *caution {
	var found *caution
	own := in.OwnRepositories()
	for i := range in.Docs {
		d := &in.Docs[i]
		if !document.Readable(d) || d.Role == audit.RoleBase || d.Role != audit.RoleEnd && !own[d.PlaceID] ||
			in.siblingRepository(d) {
			continue
		}
		var c *caution
		switch d.Kind {
		case audit.DocModelCard:
			if c = cmp.Or(in.cautionedForm(d, of), in.cautionedComment(d, of)); c == nil {
				c = in.cautionedPage(d, of, false)
			}
			if c == nil || c.uses {
				c = cmp.Or(in.cautionedHidden(d, of), c)
			}
		case audit.DocReadme:
			if document.FrontPage(d) {
				c = in.cautionedPage(d, of, false)
			}
		case audit.DocLicense:
			if termsPlace(d) != aPart {
				c = in.cautionedTerms(d, of)
			}
		}
		if c != nil && (found == nil || found.uses && !c.uses) {
			found = c
		}
	}
	return found
}

// cautionedTerms looks at a legal file that is a few words of the makers' own, a notice or a
// short text that is no known licence, and else at what stands around the licences in it.
func (in *Reader) cautionedTerms(d *audit.Document, of []licence) *caution {
	texts := license.Identify(d.Body).Matches
	if len(texts) == 0 && collects(d) {
		return nil
	}
	return in.cautionedOutside(d, of, true, texts)
}

// cautionedForm looks at the form before a download while its gate is up.
func (in *Reader) cautionedForm(d *audit.Document, of []licence) *caution {
	for _, f := range in.Card(d).Front.Fields {
		if !strings.HasPrefix(f.Key, "extra_gated_") {
			continue
		}
		_, asked, _ := strings.Cut(f.Key, ".")
		for line := range strings.Lines(strings.ToLower(asked + "\n" + f.Value)) {
			_, _, uses, ok := suspectedIn(line, attention{open: opens(of), terms: true})
			classes := headingClasses(line)
			asks := classes&demands != 0 && classes&(ofBuyers|ofStudy) != 0 && classes&(ofUse|ofModel) != 0
			if ok = ok || opens(of) && (asks || classes&ofDeed != 0); ok && in.gateUp(d.PlaceID) {
				return &caution{doc: d, span: fieldLine(d, f), uses: uses}
			}
		}
	}
	return nil
}

// readOwnTerms reports whether the text was read of a file that is called the licence of
// the model: a page that puts the model under it then says no more than the text does.
func readOwnTerms(of []licence) bool {
	return slices.ContainsFunc(of, func(l licence) bool {
		return l.source == fromText && calledModels.MatchString(path.Base(l.doc.Path))
	})
}

// calledModels matches the name of a licence as that of the model, of a file or in words.
var calledModels = pattern.MustCompile(
	`(?i)\b(?:model|weights?)[-_ ]licen[sc]e\b|\blicen[sc]e[-_.](?:model|weights?)\b`)

// withoutOwnTerms is a text, of the same length, without the words that put the model
// under a licence that is called so: "subject to the Model License".
func withoutOwnTerms(text string) string {
	return ownTerms.ReplaceAllStringFunc(text, func(said string) string {
		if !calledModels.MatchString(said) {
			return said // other terms, of which no text was read
		}
		return strings.Repeat(" ", len(said))
	})
}

// cautionedPage looks at the sentences of one page; terms tells that all of it is
// about what may be done.
func (in *Reader) cautionedPage(d *audit.Document, of []licence, terms bool) *caution {
	return in.cautionedOutside(d, of, terms, nil)
}

// cautionedOutside is cautionedPage without the texts of known licences.
func (in *Reader) cautionedOutside(d *audit.Document, of []licence, terms bool, texts []license.Match) *caution {
	if c := in.untickedUse(d); c != nil {
		return c
	}
	if c := in.cautionedPairs(d, opens(of)); c != nil {
		return c
	}
	var found *caution
	var headings document.Memory[string, wordClass]
	termsRead := readOwnTerms(of)
	for _, p := range in.cautionPassages(d) {
		if p.Kind == page.Row && onlyLabel(p.Text) || slices.ContainsFunc(texts, func(m license.Match) bool {
			return m.Start < p.Span.End && p.Span.Start < m.End
		}) {
			continue
		}
		below := headings.Of(p.Heading, headingClasses)
		with := attention{terms: terms || below&ofTerms != 0, open: opens(of), title: isTitle(p), alike: sharesAlike(of),
			below: below, known: found != nil, read: termsRead}
		uses, ok := in.mayLimit(p, of, with)
		if !ok || found != nil && uses {
			continue
		}
		found = &caution{doc: d, span: page.Clip(d.Body, p.Span, p.Span.Start), uses: uses}
		if !uses {
			return found
		}
	}
	return found
}

// mayLimit reports whether a passage may limit the use of the weights, and whether what it may limit are uses alone.
func (in *Reader) mayLimit(p page.Passage, of []licence, with attention) (uses, ok bool) {
	names := in.ownNames(p.Text)
	if with.below&forbids != 0 && len(objectOfHeading(p.Heading)) == 0 {
		names = append([]markedWord{{class: forbids}}, names...) // what is listed below it is forbidden
	}
	says := p.Text
	if with.read {
		says = withoutOwnTerms(says)
	}
	at, end, uses, ok := suspectedIn(says, with, names...)
	barred := barredWeights(p.Doc, p) || with.open && (codeAlone(p.Text) || in.limitsSomeVersion(p))
	if barred {
		uses, ok = false, true
	}
	if !ok || with.known && uses || asideSection.MatchString(p.Heading) && with.below&ofTerms == 0 ||
		in.notOnModel(p.Doc, p) {
		return false, false
	}
	// A sentence may limit the data first and the weights next.
	for !barred && ok && !in.onWeights(p.Doc, p, at, end, of, len(names) > 0) {
		from := end
		at, end, uses, ok = suspectedIn(p.Text[from:], with)
		at, end = at+from, end+from
	}
	return uses, ok
}

// headingClasses are the classes of the words of a heading.
func headingClasses(heading string) (seen wordClass) {
	for _, m := range marksIn(heading) {
		seen |= m.class
	}
	return seen
}

// othersTerms matches sentences on the terms of what others made, notOthers what is none of them.
var (
	othersTerms = phrases.ExpressionOf("licence.others-terms")
	notOthers   = phrases.ExpressionOf("licence.not-others")
)

// notOnModel reports whether a passage is about something else than the page's model:
// another model by name or by a link, the work of others, a row of a table on them.
func (in *Reader) notOnModel(d *audit.Document, p page.Passage) bool {
	text := d.Body[p.Span.Start:p.Span.End]
	if othersTerms.Match(notOthers.ReplaceAll(text, nil)) || in.speaksOfOther(d, text) ||
		in.namedSubject(d, text) || in.inHeader(d, p) {
		return true
	}
	if p.Kind == page.Row && !namesIt(in, text) && !licenceRow.MatchString(p.Text) && !in.ownRow(p.Text) {
		return true
	}
	return in.entryOnOther(d, p, text)
}

// namedSubject reports whether a passage begins with a name that looks like another
// model's: with a figure or a capital within, as code or as a link. A plain word that
// begins a sentence is none.
func (in *Reader) namedSubject(d *audit.Document, text []byte) bool {
	m := subject.FindSubmatch(text)
	if m == nil {
		return false
	}
	if plain := string(m[2]); len(m[1]) == 0 &&
		(!strings.ContainsAny(plain[1:], "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") || strings.ToUpper(plain) == plain) {
		return false
	}
	return in.otherSubject(d, text)
}

// doubted leaves open what a licence is worth that permits commercial use, on a page
// with a passage that may limit it.
func doubted(component string, best licence, c *caution) []audit.Observation {
	said := c.said
	if said == "" {
		said = strings.Join(strings.Fields(string(c.doc.Body[c.span.Start:c.span.End])), " ")
	}
	note := fmt.Sprintf("%s says %s, but this may limit the use; read it: %s", best.source, best.id, said)
	if best.class() == Open {
		return openFacts(component, c.doc, c.span, audit.Unreadable, note)
	}
	return []audit.Observation{leftOpen(c.doc, "license."+component+".commercial_use", c.span, audit.Unreadable, note)}
}

// permits reports whether a reading permits commercial use, or is of an open licence.
func permits(l licence) bool {
	return l.class() == Open || known(l).CommercialUse == license.Allowed
}
