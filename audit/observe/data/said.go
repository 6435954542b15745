package data

import (
	"slices"
	"strings"
	"sync"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What the phrase book reads of training data. The wordings are in
// audit/phrases/data.*.yaml; here they are put together.

// A dataSaid is what a passage says of training data.
type dataSaid struct {
	trained   bool       // what a model was trained on, as a thing that was done
	span      audit.Span // of the first such statement, within the passage
	kind      bool       // of what kind the data is
	aside     bool       // data is spoken of in passing: nothing is said of what this model's was
	offered   bool       // data is said to be public
	rest      bool       // not all of the data is out
	restApart bool       // that is said of what a sentence before it told of: "the latter cannot be shared"
	continued bool       // a pre-training went on from another model
}

// dataFacts are the vocabularies of the phrase book on data.
var dataFacts = []string{"data.trained", "data.kind", "data.aside", "data.offered", "data.rest", "data.private",
	"data.continued"}

// How far from a statement words still tell of what kind its data is, in bytes:
// before it, after it, and after one on what the data is made up of.
const (
	kindBefore   = 40
	kindAfter    = 20
	kindComposed = 160
)

// readSaid reads a passage. Words in passing count where they come first or
// reach into the statement: in "trained on chats, which you can find here" the
// model's data is told all the same.
func readSaid(raw string) dataSaid {
	var said dataSaid
	aside, purpose := -1, false
	modes := sync.OnceValue(func() *phrases.Reading { return phrases.Read(raw) })
	found := phrases.Default().Of(dataFacts...).Find([]byte(raw))
	private := slices.ContainsFunc(found, func(m phrases.Match) bool { return m.Phrase.Fact == "data.private" })
	for _, m := range found {
		switch m.Phrase.Fact {
		case "data.aside":
			if aside < 0 {
				aside = m.Start
			}
		case "data.continued":
			said.continued = true
		case "data.rest", "data.private":
			if m.Phrase.Value != "apart" {
				named := m.Phrase.Value == "unnamed" && strings.HasSuffix(strings.TrimSpace(raw), ":") // in a list below
				said.rest = said.rest || !named
				continue
			}
			mode, _ := modes().At(m.Start)
			said.restApart = said.restApart || mode == string(audit.Done) || mode == string(audit.DeniedMode)
		case "data.trained", "data.offered":
			if mode, _ := modes().At(m.Start); mode != string(audit.Done) && (mode != string(audit.DeniedMode) ||
				!private) {
				continue // to keep data is not to leave it undescribed
			}
			if m.Phrase.Fact == "data.offered" {
				said.offered = true
				continue
			}
			if !said.trained {
				said.trained, said.span = true, audit.Span{Start: m.Start, End: m.End}
				purpose = m.Phrase.Value == "purpose" // it begins with what the data was prepared for
			}
			said.kind = said.kind || slices.ContainsFunc(found, func(k phrases.Match) bool {
				return k.Phrase.Fact == "data.kind" && tellsKind(m, k)
			})
		}
	}
	said.aside = aside >= 0 && (!said.trained || aside < said.span.End && !(purpose && aside >= said.span.Start))
	return said
}

// tellsKind reports whether a word for a kind of data stands so near to a statement
// on data that it tells of what kind that is.
func tellsKind(statement, kind phrases.Match) bool {
	after := kindAfter
	switch {
	case statement.Phrase.Value == "composed":
		after = kindComposed
	case statement.Phrase.Lang == "zh", statement.Phrase.Lang == "ja", statement.Phrase.Lang == "ko":
		after = 0 // there what is told of a thing stands before it
	}
	return kind.Start >= statement.Start-kindBefore && kind.Start < statement.End+after
}

// onTraining reports whether a passage that links a dataset speaks of training
// data: by its own words, by its heading, or as an entry of a list or table that
// such a sentence introduces.
func (r *dataReader) onTraining(p page.Passage) bool {
	return ownStage.MatchString(p.Text) || usedToTrain.MatchString(p.Text) || trainData.MatchString(p.Heading) ||
		r.introduced(p)
}

// afterTraining reports whether a passage follows, in its paragraph, a sentence on what the model was trained on.
func (r *dataReader) afterTraining(p page.Passage) bool {
	before, ok := r.SentenceBefore(p)
	said := readSaid(string(before.Raw()))
	return ok && !said.aside && (said.trained || trainedOn.MatchString(before.Text))
}

// usedToTrain matches words for a training, and the label of an entry on data.
var usedToTrain = phrases.ExpressionOf("data.used-to-train")

// introduced reports whether an entry of a list or row of a table stands below a
// sentence on training.
func (r *dataReader) introduced(p page.Passage) bool {
	q, ok := r.introOf(p)
	return ok && usedToTrain.MatchString(q.Text) && !evalStage.MatchString(q.Text) &&
		(strings.HasSuffix(strings.TrimRight(q.Text, " *_"), ":") || trainData.MatchString(q.Text))
}

// introOf is the sentence below which an entry of a list or row of a table stands,
// under the same heading.
func (r *dataReader) introOf(p page.Passage) (page.Passage, bool) {
	if at := r.introAt(p); at >= 0 {
		return r.Prose(p.Doc)[at], true
	}
	return page.Passage{}, false
}

// introAt is where that sentence stands among the passages of the page, or -1.
func (r *dataReader) introAt(p page.Passage) int {
	if p.Kind == page.Paragraph {
		return -1
	}
	prose := r.Prose(p.Doc)
	leads := r.leads.Of(p.Doc, func(*audit.Document) []int { return page.Leads(prose) })
	at, _ := page.IndexAt(prose, p.Span.Start)
	if at = min(at, len(prose)-1); at < 0 || prose[at].Heading != p.Heading {
		return -1
	}
	return leads[at]
}

// maxLabel is how far into an entry of a list its label reaches, in bytes.
const maxLabel = 40

// listsData matches words by which a sentence introduces a list of what data is made up of.
var listsData = phrases.ExpressionOf("data.lists-data")

// components is where a page begins to say, without any kind, what the model was trained on, of which the first
// entry of a list right below gives one: "trained on 6T tokens. The key components: * Web pages"; or -1.
func (r *dataReader) components(p page.Passage, raw string) int {
	at := r.introAt(p)
	label := raw[:min(len(raw), maxLabel)]
	prose, c := r.Prose(p.Doc), r.Card(p.Doc)
	if at < 0 || prose[at+1].Span != p.Span || !listsData.MatchString(prose[at].Text) ||
		len(phrases.Default().Of("data.kind").Find([]byte(label))) == 0 {
		return -1
	}
	for ; at >= 0 && prose[at].Heading == p.Heading; at-- {
		if said := readSaid(string(prose[at].Raw())); said.trained && !said.kind && !said.aside {
			return prose[at].Span.Start
		}
		if at == 0 || c.BlockAt(prose[at-1].Span) != c.BlockAt(prose[at].Span) {
			break // only what stands in the paragraph of the words that introduce the list
		}
	}
	return -1
}

// part keeps the first passage that says of a training that not all of its data
// is out.
func (r *dataReader) part(stages []string, p page.Passage) {
	for _, fact := range stages {
		if _, known := r.parted[fact]; !known {
			r.parted[fact] = p
		}
	}
}

// PartNote is the note of such a passage.
const PartNote = "Other data is linked; of this none is."

// inPart lowers what can be downloaded to what is named where a page says that
// not all of that training's data is out: then only a part can be inspected. What
// says so is quoted.
func (r *dataReader) inPart(found []audit.Observation) []audit.Observation {
	for _, fact := range []string{PreData, FineData} {
		p, part := r.parted[fact]
		if part && onlyListed(found, fact,
			"Data is linked, and a page says that not all of what the model learnt from is out.") {
			found = append(found, audit.Observe(p.Doc, fact, "listed", p.Span, PartNote))
		}
	}
	return found
}

// onlyListed lowers what can be downloaded to what is named, with a note that says
// why, and reports whether anything was.
func onlyListed(found []audit.Observation, fact, note string) bool {
	lowered := false
	for i := range found {
		if o := &found[i]; o.Fact == fact && o.Value == "downloadable" && o.Finding == audit.Present {
			o.Value, o.Note = "listed", note
			lowered = true
		}
	}
	return lowered
}

// gone reports whether a dataset of the hub is known not to be there: its page
// begins by saying that it was withdrawn or is to come. A page that was refused
// tells nothing, and one that is missing only that the dataset has none.
func (r *dataReader) gone(id string) bool {
	for _, d := range r.Of(audit.DocDataCard) {
		if !strings.EqualFold(d.PlaceID, id) || !document.Readable(d) {
			continue
		}
		prose := r.Prose(d)
		for _, p := range prose[:min(len(prose), document.IntroSentences)] {
			said := p.Raw()
			if len(phrases.Default().Of("data.gone").Find(said)) > 0 ||
				len(phrases.Default().Of("data.removed").Find(said)) > 0 && r.dataAt(id).what != holdsAll {
				return true
			}
		}
	}
	return false
}

// allGone reports whether none of the hub's datasets that a text links is there.
func (r *dataReader) allGone(raw string) bool {
	linked := document.HubDataset.FindAllStringSubmatch(raw, -1)
	return len(linked) > 0 && !slices.ContainsFunc(linked, func(m []string) bool { return !r.gone(m[1]) })
}

// A sourceList is a list or table of what a model was trained on.
type sourceList struct {
	heading      string
	entries      []page.Passage
	linked, bare int
	ids          []string     // what it links, in lower case
	link         page.Passage // the first entry with a link
	other        page.Passage // the first that only names or describes
}

// mixedLists notes where a list or table of what a model was trained on links some
// entries and only names or describes others: then a part of the data can be
// inspected.
func (r *dataReader) mixedLists(d *audit.Document, role audit.Role) {
	for _, list := range r.sourceLists(d) {
		if list.linked == 0 {
			continue
		}
		r.countBare(list)
		if list.bare >= minBare && list.bare*2 >= list.linked {
			stages, _ := r.stagesOf(list.link, role, list.heading, dataSaid{})
			r.part(stages, list.other)
		}
	}
}

// sourceLists gives the lists of a page in order, with what they link.
func (r *dataReader) sourceLists(d *audit.Document) []*sourceList {
	var lists []*sourceList
	byHeading := make(map[string]*sourceList)
	for _, p := range r.Prose(d) {
		if p.Kind == page.Paragraph || !dataList.MatchString(p.Heading) || evalStage.MatchString(p.Heading) ||
			sources.OthersModels.MatchString(p.Heading) || kin.InParts(r.BaseParts(d), p.Span.Start) {
			continue
		}
		heading := listOf(p.Heading)
		list := byHeading[heading]
		if list == nil {
			list = &sourceList{heading: heading}
			byHeading[heading] = list
			lists = append(lists, list)
		}
		list.entries = append(list.entries, p)
		if raw := string(document.Bytes(d, p.Span)); r.linksData(raw) {
			for _, m := range document.HubDataset.FindAllStringSubmatch(raw, -1) {
				list.ids = append(list.ids, strings.ToLower(m[1]))
			}
			if list.linked++; list.linked == 1 {
				list.link = p
			}
		}
	}
	return lists
}

// linksData reports whether an entry links data.
func (r *dataReader) linksData(raw string) bool {
	return document.HubDataset.MatchString(raw) || r.hosted(raw)
}

// countBare counts the entries of a list that only name or describe data.
func (r *dataReader) countBare(list *sourceList) {
	for _, p := range list.entries {
		raw := string(p.Raw())
		if slices.ContainsFunc(list.ids, func(id string) bool { return strings.Contains(strings.ToLower(raw), id) }) {
			continue // it names what another entry links
		}
		entry := p.Kind == page.Row && !p.HeadsTable() || p.Kind == page.Item && p.Indent() == list.link.Indent()
		if !r.linksData(raw) && (bareEntry.MatchString(raw) || entry && r.tellsData(p, raw)) {
			if list.bare++; list.bare == 1 {
				list.other = p
			}
		}
	}
}

// listOf is the heading below which a list of data stands, without those that
// divide the list.
func listOf(heading string) string {
	at := dataList.FindStringIndex(heading)
	if at == nil {
		return heading
	}
	if n := strings.Index(heading[at[1]:], " / "); n >= 0 {
		return heading[:at[1]+n]
	}
	return heading
}

// tellsData reports whether an entry without a link tells of data: in words for a
// kind of it, and not by the hub id of a dataset that the front matter lists.
func (r *dataReader) tellsData(p page.Passage, raw string) bool {
	if strings.Contains(raw, "](") || strings.Contains(raw, "://") || hubName.MatchString(raw) ||
		entryLabel.MatchString(p.Text) {
		return false
	}
	for _, f := range r.Card(p.Doc).Front.All("datasets") {
		if strings.Contains(p.Text, strings.ToLower(strings.TrimSpace(f.Value))) {
			return false
		}
	}
	return dataEntry.MatchString(p.Text) || len(phrases.Default().Of("data.kind").Find([]byte(raw))) > 0
}

var (
	// hubName matches an entry that begins with a hub id.
	hubName = pattern.MustCompile("^\\s*(?:[-*+•|]|\\d+[.)])?\\s*[*_`\"]*[A-Za-z0-9][\\w.-]*/[\\w.-]+")
	// entryLabel matches an entry that says something of the training or the data
	// other than where it is from.
	entryLabel = phrases.ExpressionOf("data.entry-label")
	// dataEntry matches words for data in an entry.
	dataEntry = phrases.ExpressionOf("data.data-entry")
)

// minBare is the least number of entries without a link that count: one may be a
// heading of the list.
const minBare = 2

var (
	// dataList matches a heading below which the sources of training data are listed.
	dataList = phrases.ExpressionOf("data.data-list")
	// bareEntry matches an entry that begins with a name and says no more than a few
	// words of it, its size or the paper that it is from.
	bareEntry = pattern.MustCompile("^\\s*(?:[-*+•|]|\\d+[.)])\\s*[*_`\\[]*[A-Z][\\w.&-]*[A-Z0-9][\\w.-]*\\b")
)
