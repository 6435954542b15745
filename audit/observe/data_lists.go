package observe

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
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
	lists, linked := make(map[string][]passage), make(map[string]bool)
	var headings []string
	for _, p := range r.prose(d) {
		if p.kind == page.Paragraph || evalStage.MatchString(p.heading) || othersModels.MatchString(p.heading) || inParts(r.baseParts(d), p.span.Start) || r.forUsers(p) || r.ofOther(p, role) {
			continue
		}
		linked[p.heading] = linked[p.heading] || r.linksData(string(bytesOf(d, p.span)))
		if !dataList.MatchString(p.heading) && !r.belowTraining(p) || !r.entryNames(p) {
			continue
		}
		if lists[p.heading] == nil {
			headings = append(headings, p.heading)
		}
		lists[p.heading] = append(lists[p.heading], p)
	}
	for _, heading := range headings {
		named := lists[heading]
		if len(named) < minListed || linked[heading] {
			continue
		}
		context := heading
		if intro, ok := r.introOf(named[0]); ok {
			context += " " + intro.text
		}
		stages, part := r.stagesOf(named[0], role, context, dataSaid{})
		for _, fact := range stages {
			r.found = append(r.found, audit.Observe(d, fact, "listed", r.withLead(named[0]), "A list of what the model was trained on names it."))
		}
		if part {
			r.part(stages, named[0])
		}
	}
}

// withLead widens an entry to the sentence that leads to it, else to its heading: by
// itself a name and an amount say nothing of a training.
func (r *dataReader) withLead(p passage) audit.Span {
	span := p.span
	from := span.Start
	if intro, ok := r.introOf(p); ok && usedToTrain.MatchString(intro.text) {
		from = intro.span.Start
	} else {
		sections := r.card(p.doc).Sections
		at, _ := slices.BinarySearchFunc(sections, span.Start, func(s page.Section, at int) int { return cmp.Compare(s.Title.Start, at) })
		if at > 0 && sections[at-1].Title.End > sections[at-1].Title.Start {
			from = sections[at-1].Title.Start
		}
	}
	if span.End-from <= longQuote {
		span.Start = from
	}
	return span
}

// belowTraining reports whether an entry stands below a sentence that says that what
// follows is what the model was trained on.
func (r *dataReader) belowTraining(p passage) bool {
	intro, ok := r.introOf(p)
	if !ok || !leadsIn.MatchString(intro.text) {
		return false
	}
	said := readSaid(string(bytesOf(intro.doc, intro.span)))
	return !said.aside && (said.trained || trainedOnThese.MatchString(intro.text)) && !promised.MatchString(intro.text) && !denial.MatchString(intro.text)
}

var (
	// leadsIn matches the end of a sentence that a list follows.
	leadsIn = pattern.MustCompile(`[:：]\W*$|\b(?:following|these|below)\b`)
	// trainedOnThese matches a sentence that ends where the list of data begins.
	trainedOnThese = pattern.MustCompile(`\b(?:trained|tuned) (?:on|with|using|over)\W*$|\b(?:trained|tuned) (?:on|with|using|over) (?:[\w-]+ ){0,5}(?:following|these|below)\b|\b(?:composed|union|consists?|made up) of (?:[\w-]+ ){0,4}following\b`)
)

// entryNames reports whether an entry begins with the name of a source and says of
// it what one says of data: a link, an amount, or what kind it is of.
func (r *dataReader) entryNames(p passage) bool {
	raw := string(bytesOf(p.doc, p.span))
	if entryLabel.MatchString(p.text) || len(modelLinks([]byte(raw))) > 0 || machine.MatchString(raw) || promised.MatchString(p.text) || denial.MatchString(p.text) || evalStage.MatchString(p.text) {
		return false
	}
	if !bareEntry.MatchString(raw) && !linkedEntry.MatchString(raw) || builtOf.MatchString(p.text) || r.familyWord.MatchString(p.text[:min(len(p.text), nameLength)]) {
		return false
	}
	return strings.Contains(raw, "](http") || dataEntry.MatchString(p.text) || amountOfData.MatchString(p.text) || len(phrases.Default().Of("data.kind").Find([]byte(raw))) > 0
}

var (
	// linkedEntry matches an entry that begins with a linked name.
	linkedEntry = pattern.MustCompile("^\\s*(?:[-*+•|]|\\d+[.)])?\\s*[*_`]*\\[[^\\]\\n]*[A-Z][^\\]\\n]*\\]\\(https?://")
	// builtOf matches what is said of a model and of no data.
	builtOf = pattern.MustCompile(`\b\d+[- ](?:layers?|heads?|hidden)\b|\bparameters\b`)
	// amountOfData is how much of something there is in a source.
	amountOfData = pattern.MustCompile(`\b\d[\d.,]*\s?(?:k|m|b|t|gb|tb|gib|tib|million|billion|trillion|hours|tokens|words|documents|sentences|examples|samples|images|pairs|rows)\b`)
)
