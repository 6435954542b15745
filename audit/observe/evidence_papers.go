package observe

import (
	"cmp"
	"html"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/weights"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// By what a reader knows a paper: its title, where that names the model; words that
// name the model and call what they lead to its paper; a title that does not name it,
// which only who knows the paper can tell; "our paper", which leads there; last a
// badge or a bare address.
const (
	titledSo  = 16
	calledSo  = 13
	titled    = 9
	toldOf    = 6
	onlyBadge = 2

	// plainlyOn is the least worth of a bare link without a title whose words leave no doubt what it leads to.
	plainlyOn = calledSo + 2
)

// showsPaper says how well a quote shows by itself that there is a paper on the model.
func (in *input) showsPaper(o *audit.Observation, quote string) int {
	title, plain := titleIn(quote), html.UnescapeString(weights.WithoutTags(weights.WithoutLinks(quote)))
	worth := onlyBadge
	switch named := in.namesItself(plain); {
	case title != "" && in.namesItself(title):
		worth = titledSo
	case named && callsPaper.MatchString(quote):
		worth = calledSo + 2*weights.Weight(weights.NamesWhole(plain, in.ID()))
	case title != "":
		worth = titled
	case finiteVerb.MatchString(plain), firstToSay.MatchString(plain):
		worth = toldOf
	case named:
		worth = toldOf - 1
	}
	worth += min(maxNamed, in.closeness(o, cmp.Or(title, plain)))
	if marks := identity.VersionMarks(path.Base(in.ID())); len(marks) > 0 && identity.HasMarks([]byte(plain), marks) {
		worth += 2 // a paper on this generation rather than on the line
	}
	if o.Indirect || len(quote) > page.LongestSentence {
		worth--
	}
	return worth
}

// saysWhosePaper reports whether a quote says by itself that a paper is on the model, its
// line or its base: the title of a citation names that, in the model's generation; a bare
// link's label does; or the words of a sentence.
func (in *input) saysWhosePaper(o *audit.Observation) bool {
	said := html.UnescapeString(weights.WithoutTags(weights.WithoutLinks(o.Quote)))
	if entries := page.ParseBibTeX([]byte(o.Quote)); len(entries) > 0 {
		said = entries[0].Fields["title"]
	} else if document.Barely(o.Quote) && titleIn(o.Quote) == "" {
		return in.showsPaper(o, o.Quote) >= plainlyOn
	}
	mine := in.VersionOf(path.Base(in.ID()))
	later := mine > 1 && mine < sources.MaxVersion && in.VersionOf(said) == 0
	return in.namesItself(said) && !later || o.About == audit.AboutBase
}

// callsPaper matches words for a paper, in an address too.
var callsPaper = pattern.MustCompile(`(?i)\b(?:papers?|report|arxiv|preprint)\b|论文|报告|論文|논문`)

// namesItself reports whether a text names the audited model's family, and no other
// version of it.
func (in *input) namesItself(text string) bool {
	return (in.FamilyWord.MatchString(text) || whose.Bears(text, in.Speaker.Own)) && !in.OtherNumber(text)
}

// titleIn is the title of a paper that a quote gives: that of a citation or of an
// archive's record, the text of a link, or what stands in quotation marks; or "".
func titleIn(quote string) string {
	if entries := page.ParseBibTeX([]byte(quote)); len(entries) > 0 {
		return entries[0].Fields["title"]
	}
	for _, m := range quotedTitle.FindAllStringSubmatch(quote, weights.MaxTitles) {
		title := strings.TrimSpace(html.UnescapeString(weights.WithoutTags(strings.Join(m[1:], ""))))
		if len(strings.Fields(title)) >= document.TitleWords {
			return title
		}
	}
	return ""
}

// quotedTitle matches where a title may stand: a field of a record, a link's text,
// quotation marks.
var quotedTitle = phrases.ExpressionOf("observe.quoted-title")
