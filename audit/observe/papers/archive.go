package papers

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
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
// names the model and it was not looked for as that of others' base, whose name the model may
// bear; otherwise it tells of the base or of what the model builds on.
func (r *paperReader) scopeByTitle(d *audit.Document, title string) string {
	switch ofBase := d.Role == audit.RoleBase; {
	case r.Family.MatchString(title) && (!ofBase || !r.BaseOfOthers() || r.IsCopy()):
		return r.scopeOf(d, title, "own")
	case ofBase:
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

// recorded reads the records that venues keep of the subject's papers: that one
// was published where papers are reviewed, and where. A record of what was
// submitted, withdrawn or shown at a workshop says nothing here.
func (r *paperReader) recorded() {
	for _, d := range r.Of(audit.DocVenue) {
		if !document.Readable(d) {
			continue
		}
		record, err := arxiv.ParseRecord(d.URL, d.Body)
		if err != nil || !record.Reviewed || record.Workshop {
			continue
		}
		scope := r.scopeByTitle(d, record.Title.Text)
		note := fmt.Sprintf("The record (%s) names %q.", record.Kind, record.Venue.Text)
		r.add(d, record.Venue.Span, "paper.reviewed", "true", scope, note)
		r.found = append(r.found, audit.Observe(d, "paper.venue", record.Venue.Text, record.Venue.Span, note))
	}
}

// ReadInstead reports whether a document on papers that could not be looked at
// is made up for: the abstract pages of all papers that arXiv's interface was
// asked for were read.
func (in *Reader) ReadInstead(d *audit.Document) bool {
	if d.Kind != audit.DocPaper {
		return false
	}
	read := make(map[string]bool)
	for _, other := range in.Of(audit.DocPaper) {
		if document.Readable(other) && sources.UnreadRecord(other) == nil {
			for _, id := range arxiv.Asked(other.URL) {
				read[id] = true
			}
		}
	}
	asked := arxiv.Asked(d.URL)
	return len(asked) > 0 && !slices.ContainsFunc(asked, func(id string) bool { return !read[id] })
}

// OnOther reports whether all that pages and archives tell of a paper is that it is on
// something else: on the base, or on a method or another version that the model follows.
func (in *Reader) OnOther(id string) bool {
	other := false
	for _, o := range in.Papers() {
		if o.Fact != "paper.preprint.scope" && o.Fact != "paper.reviewed.scope" || o.Finding != audit.Present ||
			!strings.Contains(o.Quote, id) && !strings.Contains(o.URL, id) {
			continue
		}
		if o.Value == "own" {
			return false
		}
		other = true
	}
	return other
}
