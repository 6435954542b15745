package crawl

import (
	"context"
	"errors"
	"fmt"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/papers"
)

// nameRecords chooses the publications whose records are read: those that cards
// and READMEs call their own paper, by the rules that hold for preprints.
func (g *gathering) nameRecords() {
	for _, s := range g.speakings() {
		for _, p := range rankPapers(s.page, s.name, recordsIn(s.page)) {
			if p.score >= ownPaper {
				g.chooseRecord(p.id, s.role, fmt.Sprintf("The %s %s.", s.what, p.why))
			}
		}
	}
}

// chooseRecord records the page of a publication as a place, within the bound.
func (g *gathering) chooseRecord(page string, role audit.Role, reason string) {
	n := 0
	for _, p := range g.subject.Places {
		if p.Kind == audit.PaperPage {
			n++
		}
	}
	if n < maxRecords {
		g.choose(audit.Place{Kind: audit.PaperPage, Role: role, ID: page, URL: page, Reason: reason})
	}
}

// readRecords asks the places that keep records of publications for those that
// the makers' pages name, and for those that arXiv gives the DOI of.
func (g *gathering) readRecords(ctx context.Context) error {
	for _, d := range g.docs {
		if d.Kind == audit.DocPaper && d.SHA256 != "" {
			g.nameArchived(d)
		}
	}
	for _, p := range g.subject.Places {
		if p.Kind != audit.PaperPage || p.Role == audit.RoleRelated {
			continue
		}
		if err := g.readRecord(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// nameArchived chooses the published versions that arXiv names.
func (g *gathering) nameArchived(d audit.Document) {
	list, err := papers.Read(d.Body)
	if err != nil {
		return // it was checked where it came in
	}
	for _, paper := range list {
		if r, ok := papers.PageReference("https://doi.org/" + paper.DOI.Text); ok {
			g.chooseRecord(r.Page(), d.Role, fmt.Sprintf("arXiv gives it as the published version of %q.", paper.ID))
		}
	}
}

// readRecord asks for one record, at its sources in turn until one has it.
func (g *gathering) readRecord(ctx context.Context, p audit.Place) error {
	r, ok := papers.PageReference(p.URL)
	if !ok {
		return nil
	}
	for _, source := range r.Sources() {
		request := g.recordRequest(r, audit.Document{URL: source, Kind: audit.DocVenue, Place: p.Kind, PlaceID: p.ID, Role: p.Role})
		request.Check = func(body []byte) error {
			if _, err := papers.ParseRecord(source, body); !errors.Is(err, papers.ErrNoRecord) {
				return err
			}
			return nil
		}
		d, err := g.get(ctx, request)
		if err != nil {
			return err
		}
		if d.SHA256 == "" {
			if d.Outcome != audit.Absent {
				return nil // it may be there: what the next source lacks says nothing
			}
			continue
		}
		_, err = papers.ParseRecord(source, d.Body)
		if err == nil {
			return nil
		}
		if !errors.Is(err, papers.ErrNoRecord) {
			unreadable(&g.docs[len(g.docs)-1], err)
			return nil
		}
	}
	return nil
}

// recordRequest asks for a record: a file of the Anthology's site, or an answer
// of an interface that is meant for programs.
func (g *gathering) recordRequest(r papers.Reference, d audit.Document) fetch.Request {
	q := g.pageRequest(d)
	q.MaxAge = paperAge
	q.Accept = "text/plain,*/*;q=0.5"
	if r.Kind != papers.Anthology {
		q.Robots, q.JSON, q.Accept = false, true, "application/json"
	}
	return q
}
