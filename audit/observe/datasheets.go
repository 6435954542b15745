package observe

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"openness/audit"
)

// datasheets says whether a datasheet for training data is published and how
// many of the seven sections of Gebru et al. (2021) it covers.
func datasheets(in *input) []audit.Observation {
	var out []audit.Observation
	var lost []*audit.Document
	pages := in.makers()
	for _, d := range in.of(audit.DocDataCard) {
		if readable(d) {
			out = append(out, in.sheetOf(d)...)
		} else if _, missing := unseen(d); missing {
			lost = append(lost, d)
		}
	}
	for _, d := range pages {
		out = append(out, in.sheetWithin(d)...)
		if d.Kind != audit.DocModelCard && sheetFile.MatchString(d.Path) && !aboutEvaluation(in.prose(d)) {
			out = append(out, in.sheetOf(d)...)
		}
	}
	lost = append(lost, in.unreadPrincipal()...)
	if len(lost) == 0 && len(out) == 0 {
		out = append(out, in.unreadDatasets()...)
	}
	for _, fact := range []string{"datasheet.published", "datasheet.coverage"} {
		if slices.ContainsFunc(out, func(o audit.Observation) bool { return o.Fact == fact }) {
			continue
		}
		out = append(out, in.heard(fact, out, pages, lost, "The page was read and names no datasheet.")...)
	}
	return out
}

// unreadDatasets reports datasets that are named as training data but of which
// no card was looked at: there a datasheet would be.
func (in *input) unreadDatasets() []audit.Observation {
	for _, o := range in.data() {
		if o.Fact != "data.datasets" || o.Finding != audit.Present {
			continue
		}
		var silent []audit.Observation
		for _, fact := range []string{"datasheet.published", "datasheet.coverage"} {
			lost := o
			lost.Fact, lost.Finding, lost.Value, lost.Quote, lost.Start, lost.End = fact, audit.NotFetched, "", "", 0, 0
			lost.Note = "The page names the dataset " + o.Value + ", whose card was not looked at."
			silent = append(silent, lost)
		}
		return silent
	}
	return nil
}

var sheetFile = regexp.MustCompile(`(?i)data[-_ ]?sheet|data[-_ ]?card|dataset[-_ ]?card|data[-_ ]statement|(^|/)(data|datasets?)/(\w+/)?readme|readme_dataset|(^|/)datasets?\.md$`)

// minSheet is the number of sections from which a page counts as a datasheet:
// more than half, as any page on data speaks of two or three.
const minSheet = 4

// minSheetText is the length from which a passage says something: a title, a
// name of a file or an unfilled answer does not.
const minSheetText = 16

// gebru are the seven sections of a datasheet and words that show their content.
var gebru = []*regexp.Regexp{
	regexp.MustCompile(`\b(motivation|purpose|created (for|to)|funded|for what purpose)\b`),
	regexp.MustCompile(`\b(composition|instances|data fields|splits?|languages|number of|tokens|examples)\b`),
	regexp.MustCompile(`\b(collect(ed|ion)|source data|crawl(ed)?|scraped|gathered|curat\w+|annotat\w+)\b`),
	regexp.MustCompile(`\b(pre-?process\w*|clean\w*|filter\w*|dedup\w*|label(l?ing|led)|tokeniz\w*)\b`),
	regexp.MustCompile(`\b(uses|intended use|used for|use cases|should not be used|considerations)\b`),
	regexp.MustCompile(`\b(distribut\w*|licen[cs]e|licensed|download|released under)\b`),
	regexp.MustCompile(`\b(maintain\w*|contact|updates?|versions?|erratum|changelog)\b`),
}

// sheetTitle is a heading below which a card or README holds a datasheet.
var sheetTitle = regexp.MustCompile(`\b(data ?sheets?|data statement|data(set)? card)\b`)

// sheetWithin reads a datasheet that is a section of a model's card or README.
func (in *input) sheetWithin(d *audit.Document) []audit.Observation {
	if !mainPage(d) {
		return nil
	}
	var sheet []passage
	for _, p := range in.prose(d) {
		if sheetTitle.MatchString(p.heading) {
			sheet = append(sheet, p)
		}
	}
	return sheetIn(d, sheet)
}

// sheetOf reads one datasheet or dataset card.
func (in *input) sheetOf(d *audit.Document) []audit.Observation { return sheetIn(d, in.prose(d)) }

// sheetIn reads the passages of a datasheet.
func sheetIn(d *audit.Document, sheet []passage) []audit.Observation {
	covered := 0
	var first audit.Span
	for _, section := range gebru {
		for _, p := range sheet {
			if len(p.text) < minSheetText || unfilled.MatchString(p.text) || inContents(p) {
				continue
			}
			if section.MatchString(p.text) || section.MatchString(p.heading) {
				if covered++; covered == 1 {
					first = p.span
				}
				break
			}
		}
	}
	if covered < minSheet {
		return nil
	}
	value := strconv.FormatFloat(float64(covered)/float64(len(gebru)), 'f', 2, 64)
	return []audit.Observation{
		audit.Observe(d, "datasheet.published", "true", first, "The page documents a dataset."),
		audit.Observe(d, "datasheet.coverage", value, first, fmt.Sprintf("It covers %d of %d sections of a datasheet.", covered, len(gebru))),
	}
}
