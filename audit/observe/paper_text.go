package observe

import (
	"fmt"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/papers/text"
	"openness/audit/pattern"
)

// The text of a paper, which the crawl made of a PDF, of arXiv's HTML edition or of
// a LaTeX source. It is long, it speaks of many models, and what it says of its own
// stands in it once: which sections are read is told here, and where a quote stands.

// textMark is what the address of such a text ends in: no server gave it.
const textMark = "#text"

// isText reports whether a document is the text of a paper or report.
func isText(d *audit.Document) bool {
	return d.Kind == audit.DocProse && strings.HasSuffix(d.URL, textMark)
}

// headBytes is how far into a paper its title and abstract reach.
const headBytes = 5000

// ownTexts are the papers that are about the audited model: the pages call them
// its own, and title or abstract name its family, in this version.
func (in *input) ownTexts() []*audit.Document {
	return in.texts(func(d *audit.Document) bool {
		return d.Role != audit.RoleBase && d.Role != audit.RoleRelated && d.Role != audit.RoleData && in.tellsOfModel(d)
	})
}

// tellsOfModel reports whether the head of a paper names the family of the audited
// model, and its title no other version of it.
func (in *input) tellsOfModel(d *audit.Document) bool {
	return in.familyWord.Match(in.headOf(d)) && !in.otherNumber(in.titleOf(d))
}

// baseTexts are the papers that are about what the model was made from.
func (in *input) baseTexts() []*audit.Document {
	family := identity.Family(path.Base(in.subject.Base))
	return in.texts(func(d *audit.Document) bool {
		return d.Role == audit.RoleBase && len(family) >= identity.MinFamily &&
			strings.Contains(identity.Squash(string(in.headOf(d))), family)
	})
}

// texts lists the papers that were read and fit.
func (in *input) texts(fits func(*audit.Document) bool) []*audit.Document {
	if !hasHubModel(in.subject) {
		return nil // vendors' reports are read by the theme that reads vendors' pages
	}
	var found []*audit.Document
	for _, d := range in.of(audit.DocProse) {
		if isText(d) && readable(d) && fits(d) {
			found = append(found, d)
		}
	}
	return found
}

// headOf is the beginning of a paper, as it was served.
func (in *input) headOf(d *audit.Document) []byte {
	body := in.servedBody(d)
	return body[:min(len(body), headBytes)]
}

// servedBody is a document's bytes as they were served, without what a view takes off.
func (in *input) servedBody(d *audit.Document) []byte {
	if v, ok := in.views[servedKey{d.URL, d.SHA256}]; ok {
		return v.Served
	}
	return d.Body
}

// titleOf is the title of a paper.
func (in *input) titleOf(d *audit.Document) string {
	if c := in.card(d); len(c.Sections) > 1 && c.Sections[1].Level == 1 {
		return c.Sections[1].Heading
	}
	return ""
}

// asidePart are headings of a paper below which it tells nothing of how its model
// was made: others' work, measurements, and thanks.
var asidePart = pattern.MustCompile(`(?i)\b(references|bibliography|(works|literature) cited|(related|prior` +
	`|previous) works?|background|acknowledge?ments?|contributions|contributors|author (list|contributions)` +
	`|evaluations?|results|benchmark\w*|baselines?|comparisons?|ablat\w*|case stud(y|ies)|qualitative|limitations?` +
	`|(broader|social|societal) impact|ethic\w*|future work|conclusions?|red[- ]?team\w*|examples?|prompts?` +
	`|decontaminat\w*|contaminat\w*|inference|deployment|serving|quanti[sz]ation|(unsuccessful|failed) attempts?` +
	`|negative results|what did(n't|n’t| not) work)\b|参考文献|相关工作|致谢`)

// ownPart are headings that tell of the making all the same.
var ownPart = pattern.MustCompile(`(?i)\b((pre-?|post-?)?training|hardware|compute|infrastructure|data( ?sets?)?` +
	`|corpus|corpora|carbon|environmental|hyper-?parameters?)\b`)

// blankAsides takes the sections off a paper that tell nothing of its model. The
// heading decides that stands nearest to the passage.
func blankAsides(body []byte, c *page.Page) {
	o := page.OutlineOf(c)
	for i, s := range c.Sections {
		if i <= 1 && s.Level <= 1 || !isAside(o.At(s.Title.Start)) {
			continue // the paper's title, or a part that tells
		}
		at := s.Body.Start
		for _, float := range settingsIn(body, s.Body) {
			page.Blank(body[at:float.Start])
			at = float.End
		}
		if thanksPart.MatchString(s.Heading) {
			at = blankButMachines(body, audit.Span{Start: at, End: s.Body.End})
		}
		page.Blank(body[at:s.Body.End])
	}
}

// isAside reports whether a part of a paper tells nothing of how its model was made.
func isAside(p page.HeadingPath) bool {
	aside := false
	for _, h := range p {
		switch {
		case othersPart.MatchString(h):
			aside = true
		case ownPart.MatchString(h) && !evalHeading.MatchString(h):
			aside = false
		case asidePart.MatchString(h):
			aside = true
		}
	}
	return aside
}

var (
	// thanksPart are headings below which authors name whose machines they trained on.
	thanksPart = pattern.MustCompile(`(?i)\backnowledge?ments?\b|致谢`)
	// thankedMachines is such a sentence.
	thankedMachines = pattern.MustCompile(`(?i)\b(?:(?:model |the |our |all )?(?:pre-?)?training (?:was|were|ran` +
		`|has been|took place)|(?:models?|runs?) (?:was|were) (?:pre-?)?trained)\b[^.\n]{0,120}\b(?:supercomputers?` +
		`|[gt]pus?|accelerators?|clusters?|nodes|hpc)\b[^.,\n]*`)
)

// blankButMachines blanks a part up to behind the last sentence that tells on what a
// training ran, and leaves such sentences. It gives where the rest begins.
func blankButMachines(body []byte, part audit.Span) int {
	at := part.Start
	for _, m := range thankedMachines.FindAllIndex(body[part.Start:part.End], -1) {
		page.Blank(body[at : part.Start+m[0]])
		at = part.Start + m[1]
	}
	return at
}

// evalHeading are headings on measurements, whatever they are of.
var evalHeading = pattern.MustCompile(
	`(?i)\b(evaluat\w*|benchmark\w*|test (set|data)|ablat\w*|baselines?|contaminat\w*|decontaminat\w*)\b`,
)

// paperPassages are the passages of a page that may tell of its model; a paper tells
// of much that was trained beside it.
func (in *input) paperPassages(d *audit.Document) []page.Passage {
	all := in.prose(d)
	if !isText(d) {
		return all
	}
	var told []page.Passage
	for _, p := range all {
		if !besides.MatchString(p.Text) && !besides.MatchString(p.Heading) {
			told = append(told, p)
		}
	}
	return told
}

// locate adds to what was read of papers where in them it stands.
func (in *input) locate(found []audit.Observation) {
	for i := range found {
		o := &found[i]
		if o.Finding != audit.Present || !strings.HasSuffix(o.URL, textMark) {
			continue
		}
		d := in.document(o)
		if d == nil {
			continue
		}
		body, what := in.servedBody(d), "paper"
		switch {
		case d.Place == audit.WebPage && strings.Contains(d.Detail, "text of the page"):
			what = "page"
		case d.Place == audit.WebPage:
			what = "report"
		}
		number, title := text.SectionOf(body, o.Start)
		page := text.PageOf(body, o.Start)
		var at []string
		switch {
		case number != "" && title != "":
			at = append(at, fmt.Sprintf("Section %s (%s)", number, title))
		case title != "":
			at = append(at, fmt.Sprintf("Section %q", title))
		}
		if page > 0 {
			at = append(at, fmt.Sprintf("page %d", page))
		}
		if len(at) == 0 {
			continue
		}
		where := strings.Join(at, ", ")
		o.Note = fmt.Sprintf("%s %s of the %s.", o.Note, strings.ToUpper(where[:1])+where[1:], what)
	}
}
