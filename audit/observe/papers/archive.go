package papers

import (
	"fmt"
	"slices"

	"openness/audit"
	"openness/audit/observe/document"
	arxiv "openness/audit/papers"
)

// fetched reads what arXiv answered on the papers that the subject calls its
// own: that they are archived, and whether authors or journal name a reviewed
// venue. An answer that is not there or cannot be read says nothing here; that
// it might have named a venue is said in doubts.
func (r *paperReader) fetched() {
	for _, d := range r.Of(audit.DocPaper) {
		if !document.Readable(d) {
			continue
		}
		list, err := arxiv.Read(d.Body)
		if err != nil {
			continue
		}
		for _, p := range list {
			if wasAsked(d, p) {
				r.archived(d, p)
			}
		}
	}
}

// wasAsked reports whether a paper is one that its document was asked for: an
// answer about another is no evidence.
func wasAsked(d *audit.Document, p arxiv.Paper) bool {
	asked := arxiv.Asked(d.URL)
	return len(asked) == 0 || slices.ContainsFunc(asked, func(text string) bool {
		id, _ := arxiv.SplitID(text)
		return id == p.ID
	})
}

// scopeByTitle says whose paper a record is of: the model's own when its title
// names the model; otherwise it tells of the base or of what the model builds on.
func (r *paperReader) scopeByTitle(d *audit.Document, title string) string {
	switch {
	case r.Family.MatchString(title):
		return r.scopeOf(d, title, "own")
	case d.Role == audit.RoleBase:
		return "base"
	}
	return "related"
}

// archived observes one paper.
func (r *paperReader) archived(d *audit.Document, p arxiv.Paper) {
	scope := r.scopeByTitle(d, p.Title.Text)
	r.add(d, p.Title.Span, "paper.preprint", "archived", scope, fmt.Sprintf("arXiv serves it as %s.", p.ID))
	for _, said := range []struct {
		field arxiv.Field
		venue arxiv.Venue
		who   string
	}{
		{p.JournalRef, arxiv.VenueOf(p.JournalRef.Text), "The journal reference on arXiv"},
		{p.Comment, arxiv.VenueInComment(p.Comment.Text), "The authors' comment on arXiv"},
	} {
		if !said.venue.Reviewed || said.venue.Workshop {
			continue
		}
		note := fmt.Sprintf("%s names %q.", said.who, said.venue.Name)
		r.add(d, said.field.Span, "paper.reviewed", "true", scope, note)
		r.found = append(r.found, audit.Observe(d, "paper.venue", said.venue.Name, said.field.Span, note))
		return
	}
	if arxiv.ReviewedDOI(p.DOI.Text) {
		r.add(d, p.DOI.Span, "paper.reviewed", "true", scope, "arXiv gives the DOI of a published version.")
	}
}
