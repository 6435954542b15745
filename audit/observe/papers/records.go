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
