package crawl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
)

// What the papers that were read in full give the address of: data that no page names,
// and the page of the work.

// othersHead is a heading of a paper below which data is others', or serves to measure.
var othersHead = pattern.MustCompile(`(?i)\b(?:related|prior|previous) works?\b|\bbackground\b|\backnowledge?ments?\b` +
	`|\b(?:evaluations?|benchmark\w*|results|baselines?|comparisons?|ablat\w*|limitations?|(?:de)?contamination)\b` +
	`|相关工作|致谢`)

// readPaperData reads the datasets that the papers of the model and of its base give the
// address of where they speak of training, as far as the pages left room.
func (g *gathering) readPaperData(ctx context.Context) error {
	from := len(g.subject.Places)
	for _, s := range g.paperTexts() {
		g.linkedData(s)
	}
	return g.readNamed(ctx, from)
}

// paperTexts are the papers that were read in full, without what they say of others.
func (g *gathering) paperTexts() []speaking {
	var all []speaking
	for i := range g.docs {
		d := &g.docs[i]
		if d.Role != audit.RolePaper && d.Role != audit.RoleBase || d.SHA256 == "" || d.Kind != audit.DocProse ||
			!strings.HasSuffix(d.URL, TextFragment) || strings.Contains(d.Detail, textOfPage) {
			continue
		}
		s := speaking{page: ownParts(d.Body), role: d.Role, name: g.baseName(),
			what: fmt.Sprintf("paper that was read at %s", d.URL)}
		if d.Role == audit.RolePaper && len(g.models) > 0 {
			s.name = g.models[0].id
		}
		s.place = s.name
		all = append(all, s)
	}
	return all
}

// paperHeads are the titles and abstracts of the model's own papers, where authors give
// the address of the page of their work.
func (g *gathering) paperHeads() []speaking {
	var all []speaking
	for _, s := range g.paperTexts() {
		if s.role == audit.RolePaper && len(g.models) > 0 {
			s.page = page.Parse(s.page.Source[:min(len(s.page.Source), headOfPaper)])
			all = append(all, s)
		}
	}
	return all
}

// headOfPaper is how far into a paper its title and abstract reach, in bytes.
const headOfPaper = 5000

// ownParts is a paper up to its references, in which the parts on others are blank.
func ownParts(body []byte) *page.Page {
	if at := referencesHead.FindIndex(body); at != nil {
		body = body[:at[0]]
	}
	doc := page.Parse(slices.Clone(body))
	outline := page.OutlineOf(doc)
	for _, s := range doc.Sections {
		if slices.ContainsFunc(outline.At(s.Title.Start), othersHead.MatchString) {
			page.Blank(doc.Source[s.Body.Start:s.Body.End])
		}
	}
	return doc
}
