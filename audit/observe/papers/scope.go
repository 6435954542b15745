package papers

import (
	"slices"

	"openness/audit"
	"openness/audit/observe/document"
	arxiv "openness/audit/papers"
	"openness/audit/pattern"
)

// What a paper's own text shows of whose paper it is. Pages call a paper theirs; the
// paper itself tells whether it is about the model, and its first page whether it
// was reviewed.

// inText reads the papers that were read in full: that a title and abstract which
// name the model are of its own paper, and what the first page says of a venue.
func (r *paperReader) inText() {
	for _, d := range r.OwnTexts() {
		r.ofText(d, "own")
	}
	for _, d := range r.BaseTexts() {
		r.ofText(d, "base")
	}
	r.disown()
}

// ofText observes one paper.
func (r *paperReader) ofText(d *audit.Document, scope string) {
	c := r.Card(d)
	if d.Place == audit.WebPage || len(c.Sections) < 2 || c.Sections[1].Level != 1 {
		return
	}
	value := "report"
	if d.Place == audit.ArXivPaper {
		value = "archived"
	}
	r.add(d, c.Sections[1].Title, "paper.preprint", value, scope,
		"The paper was read; its title or abstract names the model that it is about.")
	if span, venue := reviewedAt(r.HeadOf(d)); venue != "" {
		r.add(d, span, "paper.reviewed", "true", scope, "The first page of the paper says where it was published.")
		r.found = append(r.found, audit.Observe(d, "paper.venue", venue, span, "as the paper's first page names it"))
	}
}

// firstPage are the lines by which the styles of reviewed venues mark a paper that
// was accepted. Those of submissions and workshops are others.
var firstPage = []*pattern.Regexp{
	pattern.MustCompile(`(?i)\bpublished as an? (?:conference|journal) paper (?:at` +
		`|in) ([A-Z][\w ]{1,60}?(?: ?20\d\d|\b))`),
	pattern.MustCompile(`(?i)\b(\d+(?:st|nd|rd|th) (?:annual )?conference on [A-Z][\w ]{5,80}(?:\([\w ]+\)))\.?`),
	pattern.MustCompile(`(?i)\b((?:in )?proceedings of (?:the )?[^\n]{10,200}), (?:pages?|pp\.?) ?\d+`),
	pattern.MustCompile(`(?i)\b(transactions on [A-Z][\w ]{5,60}|journal of [A-Z][\w ]{5,60}) \(\d\d/20\d\d\)`),
}

// reviewedAt finds where the first page of a paper says that it was published.
func reviewedAt(head []byte) (audit.Span, string) {
	for _, style := range firstPage {
		m := style.FindSubmatchIndex(head)
		if m == nil {
			continue
		}
		around := head[max(0, m[0]-40):min(len(head), m[1]+40)]
		if unreviewed.Match(around) || archives.Match(around) {
			continue
		}
		return audit.Span{Start: m[0], End: m[1]}, string(head[m[2]:m[3]])
	}
	return audit.Span{}, ""
}

// disown takes it back that a paper is the model's own where its whole text, which
// was read, never names the model: a page may link the paper of what it used.
func (r *paperReader) disown() {
	strangers := make(map[string]bool)
	for _, d := range r.Of(audit.DocProse) {
		if !document.IsText(d) || !document.Readable(d) || d.Partial || d.Place != audit.ArXivPaper ||
			d.Role != audit.RolePaper {
			continue
		}
		strangers[d.PlaceID] = !r.Family.Match(r.ServedBody(d))
	}
	for i := range r.found {
		o := &r.found[i]
		if o.Value != "own" || !slices.Contains([]string{"paper.preprint.scope", "paper.reviewed.scope"}, o.Fact) {
			continue
		}
		id := ArXivNumber(o.Quote)
		if asked := arxiv.Asked(o.URL); id == "" && len(asked) == 1 {
			id, _ = arxiv.SplitID(asked[0])
		}
		if strangers[id] {
			o.Value, o.Note = "related", "The paper was read, and nowhere names the model."
		}
	}
}
