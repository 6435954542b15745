package sources

import (
	"bytes"
	"path"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

var (
	// ofSettings is what the caption of a table of a model's sizes and settings says.
	ofSettings = phrases.ExpressionOf("sources.of-settings")
	// ofOtherSettings are words that make such a table one of a trial or of use.
	ofOtherSettings = phrases.ExpressionOf("sources.of-other-settings")
)

// TellsSettings reports whether a caption is one of a table of the model's sizes and settings.
func TellsSettings(caption string) bool {
	return page.IsCaption(caption) && ofSettings.MatchString(caption) && !ofOtherSettings.MatchString(caption)
}

// settingsIn finds the tables of the model's sizes and settings that floated into a
// section: their rows with the caption below or above.
func settingsIn(body []byte, section audit.Span) []audit.Span {
	var lines []audit.Span
	for at := section.Start; at < section.End; {
		end := section.End
		if n := bytes.IndexByte(body[at:section.End], '\n'); n >= 0 {
			end = at + n + 1
		}
		if len(bytes.TrimSpace(body[at:end])) > 0 {
			lines = append(lines, audit.Span{Start: at, End: end})
		}
		at = end
	}
	row := func(i int) bool { return i >= 0 && i < len(lines) && body[lines[i].Start] == '|' }
	var found []audit.Span
	for i, line := range lines {
		if !TellsSettings(string(body[line.Start:line.End])) {
			continue
		}
		first, last := i, i
		for row(first - 1) {
			first--
		}
		for first == i && row(last+1) {
			last++
		}
		float := audit.Span{Start: lines[first].Start, End: lines[last].End}
		if first != last && (len(found) == 0 || found[len(found)-1].End <= float.Start) {
			found = append(found, float)
		}
	}
	return found
}

// blankOthers takes the sections on others' work off a paper.
func blankOthers(body []byte) []byte {
	c := page.Parse(body)
	for i, s := range c.Sections {
		if (i > 1 || s.Level > 1) && OthersPart.MatchString(c.Heading(i)) {
			page.Blank(body[s.Body.Start:s.Body.End])
		}
	}
	return body
}

// headBytes is how far into a paper its title and abstract reach.
const headBytes = 5000

// OwnTexts are the papers that are about the audited model: the pages call them
// its own, and title or abstract name its family, in this version.
func (in *Set) OwnTexts() []*audit.Document {
	return in.texts(func(d *audit.Document) bool {
		return d.Role != audit.RoleBase && d.Role != audit.RoleRelated && d.Role != audit.RoleData && in.TellsOfModel(d)
	})
}

// BaseTexts are the papers that are about what the model was made from.
func (in *Set) BaseTexts() []*audit.Document {
	family := identity.Family(path.Base(in.Subject.Base))
	return in.texts(func(d *audit.Document) bool {
		return d.Role == audit.RoleBase && identity.Holds(string(in.HeadOf(d)), family)
	})
}

// texts lists the papers that were read and fit.
func (in *Set) texts(fits func(*audit.Document) bool) []*audit.Document {
	if !HasHubModel(in.Subject) {
		return nil // vendors' reports are read by the theme that reads vendors' pages
	}
	var found []*audit.Document
	for _, d := range in.Of(audit.DocProse) {
		if document.IsText(d) && document.Readable(d) && fits(d) {
			found = append(found, d)
		}
	}
	return found
}

// HeadOf is the beginning of a paper, as it was served.
func (in *Set) HeadOf(d *audit.Document) []byte {
	body := in.ServedBody(d)
	return body[:min(len(body), headBytes)]
}

// TitleOf is the title of a paper.
func (in *Set) TitleOf(d *audit.Document) string {
	if c := in.Card(d); len(c.Sections) > 1 && c.Sections[1].Level == 1 {
		return c.Sections[1].Heading
	}
	return ""
}

// asidePart are headings of a paper below which it tells nothing of how its model
// was made: others' work, measurements, and thanks.
var asidePart = phrases.ExpressionOf("sources.aside-part")

// ownPart are headings that tell of the making all the same.
var ownPart = phrases.ExpressionOf("sources.own-part")

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
		if ThanksPart.MatchString(s.Heading) {
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
		case OthersPart.MatchString(h):
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
	// ThanksPart are headings below which authors name whose machines they trained on.
	ThanksPart = pattern.MustCompile(`(?i)\backnowledge?ments?\b|致谢`)
	// thankedMachines is such a sentence.
	thankedMachines = phrases.ExpressionOf("sources.thanked-machines")
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
var evalHeading = phrases.ExpressionOf("sources.eval-heading")

// PaperPassages are the passages of a page that may tell of its model; a paper tells
// of much that was trained beside it.
func (in *Set) PaperPassages(d *audit.Document) []page.Passage {
	all := in.Prose(d)
	if !document.IsText(d) {
		return all
	}
	var told []page.Passage
	for _, p := range all {
		if !Besides.MatchString(p.Text) && !Besides.MatchString(p.Heading) {
			told = append(told, p)
		}
	}
	return told
}

// OthersTitle are headings under which pages speak of others' work.
var OthersTitle = phrases.ExpressionOf("sources.others-title")

// OthersPart are headings of a report below which it speaks of others' work.
var OthersPart = phrases.ExpressionOf("sources.others-part")

// Besides are what a report also trains, beside the model that it is about.
var Besides = phrases.ExpressionOf("sources.besides")
