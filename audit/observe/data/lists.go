package data

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Sources are often named one by one, in a list or table below the words that they
// are what the model was trained on, without a word of that in the entries.

// nameLength is how far into an entry the name of what it is about reaches, in bytes.
const nameLength = 30

// minListed is the least number of entries that must name a source: one name may be
// that of anything.
const minListed = 2

// namedLists observes the lists and tables of a page that name what the model was
// trained on, each by its first entry. Lists that link data are read entry by entry.
func (r *dataReader) namedLists(d *audit.Document, role audit.Role) {
	lists, linked := make(map[string][]page.Passage), make(map[string]bool)
	var headings []string
	for _, p := range r.Prose(d) {
		if p.Kind == page.Paragraph || evalStage.MatchString(p.Heading) ||
			sources.OthersModels.MatchString(p.Heading) ||
			kin.InParts(r.BaseParts(d), p.Span.Start) || r.forUsers(p) || r.ofOther(p, role) {
			continue
		}
		linked[p.Heading] = linked[p.Heading] || r.linksData(string(document.Bytes(d, p.Span)))
		if !dataList.MatchString(p.Heading) && !r.belowTraining(p) || !r.entryNames(p) {
			continue
		}
		if lists[p.Heading] == nil {
			headings = append(headings, p.Heading)
		}
		lists[p.Heading] = append(lists[p.Heading], p)
	}
	for _, heading := range headings {
		named := lists[heading]
		if len(named) < minListed || linked[heading] {
			continue
		}
		context := heading
		if intro, ok := r.introOf(named[0]); ok {
			context += " " + intro.Text
		}
		stages, part := r.stagesOf(named[0], role, context, dataSaid{})
		for _, fact := range stages {
			r.found = append(r.found, audit.Observe(d, fact, "listed", r.withLead(named[0]),
				"A list of what the model was trained on names it."))
		}
		if front := len(r.Card(d).Front.All("datasets")); part || front > 0 && len(named) > front {
			r.part(stages, named[0]) // the page lists more than its front matter does
		}
	}
}

// withLead widens an entry to the sentence that leads to it, else to its heading: by
// itself a name and an amount say nothing of a training.
func (r *dataReader) withLead(p page.Passage) audit.Span {
	span := p.Span
	from := span.Start
	if intro, ok := r.introOf(p); ok && usedToTrain.MatchString(intro.Text) {
		from = intro.Span.Start
	} else {
		sections := r.Card(p.Doc).Sections
		at, _ := slices.BinarySearchFunc(sections, span.Start, func(s page.Section, at int) int {
			return cmp.Compare(s.Title.Start, at)
		})
		if at > 0 && sections[at-1].Title.End > sections[at-1].Title.Start {
			from = sections[at-1].Title.Start
		}
	}
	if span.End-from <= page.LongQuote {
		span.Start = from
	}
	return span
}

// belowTraining reports whether an entry stands below a sentence that says that what
// follows is what the model was trained on.
func (r *dataReader) belowTraining(p page.Passage) bool {
	intro, ok := r.introOf(p)
	if !ok || !leadsIn.MatchString(intro.Text) {
		return false
	}
	said := readSaid(string(intro.Raw()))
	return !said.aside && (said.trained || trainedOnThese.MatchString(intro.Text)) &&
		!promised.MatchString(intro.Text) && !denial.MatchString(intro.Text)
}

var (
	// leadsIn matches the end of a sentence that a list follows.
	leadsIn = pattern.MustCompile(`[:：]\W*$|\b(?:following|these|below)\b|以下|如下|下列|次の|다음`)
	// trainedOnThese matches a sentence that ends where the list of data begins.
	trainedOnThese = phrases.ExpressionOf("data.trained-on-these")
)

// entryNames reports whether an entry begins with the name of a source and says of
// it what one says of data: a link, an amount, or what kind it is of.
func (r *dataReader) entryNames(p page.Passage) bool {
	raw := string(p.Raw())
	if entryLabel.MatchString(p.Text) || len(document.ModelLinks([]byte(raw))) > 0 || machine.MatchString(raw) ||
		promised.MatchString(p.Text) || denial.MatchString(p.Text) || evalStage.MatchString(p.Text) {
		return false
	}
	if !bareEntry.MatchString(raw) && !linkedEntry.MatchString(raw) || builtOf.MatchString(p.Text) ||
		r.FamilyWord.MatchString(p.Text[:min(len(p.Text), nameLength)]) {
		return false
	}
	return strings.Contains(raw, "](http") || dataEntry.MatchString(p.Text) || amountOfData.MatchString(p.Text) ||
		len(phrases.Default().Of("data.kind").Find([]byte(raw))) > 0
}

var (
	// linkedEntry matches an entry that begins with a linked name.
	linkedEntry = pattern.MustCompile("^\\s*(?:[-*+•|]|\\d+[.)])?\\s*[*_`]*\\[[^\\]\\n]*[A-Z][^\\]\\n]*\\]\\(https?://")
	// builtOf matches what is said of a model and of no data.
	builtOf = pattern.MustCompile(`\b\d+[- ](?:layers?|heads?|hidden)\b|\bparameters\b`)
	// amountOfData is how much of something there is in a source.
	amountOfData = phrases.ExpressionOf("data.amount-of-data")
)
