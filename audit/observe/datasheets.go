package observe

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// datasheets says whether a datasheet for training data is published and how
// many of the seven sections of Gebru et al. (2021) it covers.
func datasheets(in *input) []audit.Observation {
	out := in.dataCards()
	for _, d := range in.Makers() {
		out = append(out, in.sheetLinked(d)...)
		out = append(out, sheetFound(d, in.sheetWithin(d), 1)...)
		if d.Kind != audit.DocModelCard && sheetFile.MatchString(d.Path) && !toolFolder.MatchString(d.Path) &&
			!data.AboutEvaluation(in.Prose(d)) {
			out = append(out, sheetFound(d, sheetIn(in.Prose(d)), 1)...)
		}
	}
	for _, d := range in.OwnTexts() {
		out = append(out, in.paperSheet(d)...)
	}
	return out
}

// dataCards reads the cards of the datasets. Each speaks for its own dataset
// only: of several, the one that has a datasheet documents its share of the data.
func (in *input) dataCards() (out []audit.Observation) {
	var read, lost []*audit.Document
	for _, d := range in.Of(audit.DocDataCard) {
		if document.Readable(d) {
			read = append(read, d)
		} else if _, missing := document.Unseen(d); missing {
			lost = append(lost, d)
		}
	}
	sheets := make([]sheet, len(read))
	sum := 0.0
	for i, d := range read {
		sheets[i] = sheetIn(in.Prose(d))
		sum += sheets[i].covers()
	}
	for i, d := range read {
		if covered := sheets[i].covers(); covered > 0 {
			out = append(out, sheetFound(d, sheets[i], sum/(covered*float64(len(read)+len(lost))))...)
		}
	}
	return out
}

// unreadDatasets gives the page that names training data of which no page was
// looked at: there a datasheet would be.
func (in *input) unreadDatasets() []sources.Unread {
	looked := make(map[string]bool)
	for _, d := range in.Of(audit.DocDataCard) {
		looked[strings.ToLower(d.PlaceID)] = true
	}
	for _, o := range in.data.Data() {
		why := "the page names data whose own page was not looked at."
		switch {
		case o.Note == data.OtherData && len(looked) == 0:
			why = "the page names data whose own page was not looked at, of another model or checkpoint."
		case o.Finding != audit.Present:
			continue
		case o.Fact == "data.datasets" && !looked[strings.ToLower(o.Value)]:
			why = "the page names the dataset " + o.Value + ", whose card was not looked at."
		case strings.HasSuffix(o.Fact, ".disclosure") && (o.Value == "listed" ||
			o.Value == "downloadable") && len(looked) == 0:
		default:
			continue
		}
		if d := in.Document(&o); d != nil {
			return []sources.Unread{sources.NotFetched(d, why)}
		}
	}
	return nil
}

var sheetFile = phrases.ExpressionOf("observe.sheet-file")

// toolFolder is a folder of programs; what lies there on data tells of the programs.
var toolFolder = pattern.MustCompile(`(?i)(^|/)(tools?|src|core|lib|utils?|scripts?|loaders?)/`)

// minSheet is the number of sections from which a page counts as a datasheet:
// more than half, as any page on data speaks of two or three.
const minSheet = 4

// minSheetText is the length from which a passage says something: a title, a
// name of a file or an unfilled answer does not.
const minSheetText = 16

// gebru are the seven sections of a datasheet and words that show their
// content: motivation, composition, collection, processing, uses, distribution
// and maintenance. Sizes of downloads, which the hub adds by itself, are none.
var gebru = phrases.TableOf("observe.gebru", "motivation", "composition", "collection", "processing", "uses",
	"distribution", "maintenance")

// contributes are words to those who may add data, which document none.
var contributes = pattern.MustCompile(`\b(must|(to|please) add|your own|pull requests?|contribut(e|ing)|welcome)\b`)

// sheetTitle is a heading below which a card or README holds a datasheet.
var sheetTitle = pattern.MustCompile(`\b(data ?sheets?|data statement|data(set)? card)\b`)

// sheetWithin reads a datasheet that is a section of a model's card or README.
func (in *input) sheetWithin(d *audit.Document) sheet {
	if !document.MainPage(d) {
		return sheet{}
	}
	var below []page.Passage
	for _, p := range in.Prose(d) {
		if sheetTitle.MatchString(p.Heading) {
			below = append(below, p)
		}
	}
	return sheetIn(below)
}

// sheetLink matches the text of a link to a datasheet. One to a "data card" leads to the page of a dataset, which
// is read as such.
var sheetLink = pattern.MustCompile(`(?i)\b(?:data ?sheets?|data statements?)\W*$`)

// sheetLinked reads a link to a datasheet: it is there, and how much it covers is not known.
func (in *input) sheetLinked(d *audit.Document) []audit.Observation {
	for _, l := range in.Card(d).Links() {
		if l.InCode || !sheetLink.MatchString(l.Text) || in.wasServed(l.URL) {
			continue
		}
		return []audit.Observation{
			audit.Observe(d, "datasheet.published", "true", in.Said(d, l.Span.Start), "The page links a datasheet of its data."),
			audit.From(d, "datasheet.coverage", audit.NotFetched, "It links a datasheet that was not read: "+l.URL),
		}
	}
	return nil
}

// tellingFirst are the sections in the order in which their words show best that
// a page documents how data came to be.
var tellingFirst = []int{2, 0, 3, 1, 4, 6, 5}

// A sheet is what a datasheet says: a passage on each section that it covers, and of how many of these
// it leaves a question open, in so many words.
type sheet struct {
	spans []audit.Span
	gaps  int
}

// covers is how many sections are covered. One that leaves a question open is so by half.
func (s sheet) covers() float64 { return float64(len(s.spans)) - float64(s.gaps)/2 }

// sheetIn reads the passages of a datasheet, and gives nothing where these say too little.
func sheetIn(below []page.Passage) (s sheet) {
	for _, i := range tellingFirst {
		span, ok := sheetSection(gebru[i].Regexp, below, s.spans)
		if !ok {
			continue
		}
		s.spans = append(s.spans, span)
		if slices.ContainsFunc(below, func(p page.Passage) bool {
			return len(p.Text) < minSectionText && unfilled.MatchString(p.Text) && gebru[i].MatchString(p.Heading)
		}) {
			s.gaps++
		}
	}
	if len(s.spans) < minSheet {
		return sheet{}
	}
	return s
}

// sheetFound observes a datasheet; share is how much of the data it and its like document.
func sheetFound(d *audit.Document, s sheet, share float64) []audit.Observation {
	if len(s.spans) == 0 {
		return nil
	}
	value := strconv.FormatFloat(share*s.covers()/float64(len(gebru)), 'f', 2, 64)
	note := fmt.Sprintf("It covers %d of %d sections of a datasheet", len(s.spans), len(gebru))
	if share < 1 {
		note += " for one of several datasets"
	}
	if s.gaps > 0 {
		note += fmt.Sprintf("; in %d of them it leaves questions of its form unanswered", s.gaps)
	}
	return []audit.Observation{
		audit.Observe(d, "datasheet.published", "true", s.spans[0], "The page documents a dataset."),
		audit.Observe(d, "datasheet.coverage", value, s.spans[1], note+"."),
	}
}

// sheetSection finds what a datasheet says on a section, other than what was
// taken for another: a sentence if there is one, else what else is long enough
// to say something. A question stands above its answer as a heading does.
func sheetSection(section *pattern.Regexp, below []page.Passage, taken []audit.Span) (audit.Span, bool) {
	var short audit.Span
	asked := ""
	for _, p := range below {
		heading := p.Heading + " / " + asked
		asked = ""
		if strings.HasSuffix(strings.TrimRight(p.Text, " *_"), "?") {
			asked = p.Text
			continue
		}
		if len(p.Text) < minSheetText || unfilled.MatchString(p.Text) || p.InContents() ||
			contributes.MatchString(p.Text) || slices.Contains(taken, p.Span) {
			continue
		}
		if !section.MatchString(p.Text) && !section.MatchString(heading) {
			continue
		}
		if len(p.Text) >= minSectionText {
			return p.Span, true
		}
		if short == (audit.Span{}) {
			short = p.Span
		}
	}
	return short, short != audit.Span{}
}
