package crawl

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/papers"
)

// nameRecords chooses the publications whose records are read: those that cards
// and READMEs call their own paper, by the rules that hold for preprints.
func (g *gathering) nameRecords() {
	for _, s := range g.speakings() {
		named := recordsIn(s.page)
		beside := besideOwn(s, named)
		for _, p := range rankPapers(s.page, s.name, named) {
			switch {
			case p.score >= ownPaper:
				g.chooseRecord(p.id, s.role, fmt.Sprintf("The %s %s.", s.what, p.why))
			case p.id == beside:
				g.chooseRecord(p.id, s.role, fmt.Sprintf("The %s calls it the paper, beside its preprint.", s.what))
			}
		}
	}
}

// besideOwn is the one publication that the head of a page calls the paper, in the row
// of links that has the page's own preprint too, or "".
func besideOwn(s speaking, named []mention) string {
	if len(s.page.Sections) < 2 {
		return ""
	}
	end := len(s.page.Source) // of the head: where the second heading stands
	if len(s.page.Sections) > 2 {
		end = s.page.Sections[2].Title.Start
	}
	found := ""
	for _, m := range named {
		if m.start >= end || !paperText.MatchString(m.text) {
			continue
		}
		if found != "" && found != m.id {
			return "" // several works
		}
		found = m.id
	}
	preprints := papersIn(s.page)
	own := rankPapers(s.page, s.name, preprints)
	for _, m := range named {
		if m.id == found && slices.ContainsFunc(preprints, func(a mention) bool {
			return a.start < end && max(a.start-m.start, m.start-a.start) < rowOfLinks &&
				slices.ContainsFunc(own, func(c candidate) bool { return c.id == a.id && c.score >= ownPaper })
		}) {
			return found
		}
	}
	return ""
}

// rowOfLinks is how far apart the links of one row stand, in bytes.
const rowOfLinks = 600

// chooseRecord records the page of a publication as a place, within the bound.
func (g *gathering) chooseRecord(page string, role audit.Role, reason string) {
	n := 0
	for _, p := range g.subject.Places {
		if p.Kind == audit.PaperPage {
			n++
		}
	}
	if n < g.budget(BudgetRecords) {
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
	asked := false
	for _, p := range g.subject.Places {
		if p.Kind != audit.PaperPage || p.Role == audit.RoleRelated {
			continue
		}
		if err := g.readRecord(ctx, p); err != nil {
			return err
		}
		asked = asked || p.Role == audit.RolePaper
	}
	if asked {
		return nil
	}
	return g.searchVenue(ctx)
}

// searchVenue asks DBLP, where nobody names a venue, who printed the model's own paper.
// A search is no source of the subject's: one that fails leaves no mark.
func (g *gathering) searchVenue(ctx context.Context) error {
	title := g.unprintedTitle()
	if title == "" || g.budget(BudgetSearch) == 0 || g.past() {
		return nil
	}
	address := papers.TitleURL(title)
	r := g.pageRequest(audit.Document{URL: address, Kind: audit.DocVenue, Place: audit.PaperPage, PlaceID: address,
		Role: audit.RolePaper})
	r.Robots, r.JSON, r.Accept, r.MaxAge = false, true, "application/json", paperAge
	r.Check = isRecord
	d, err := g.ask(ctx, r)
	if err != nil || d.SHA256 == "" {
		return err
	}
	g.docs = append(g.docs, d)
	return nil
}

// unprintedTitle is the title of the model's own paper, as arXiv gives it, if arXiv
// names no venue of it.
func (g *gathering) unprintedTitle() string {
	own := make(map[string]bool)
	for _, p := range g.subject.Places {
		own[p.ID] = own[p.ID] || p.Kind == audit.ArXivPaper && p.Role == audit.RolePaper
	}
	for _, p := range g.archived() {
		printed := papers.VenueOf(p.JournalRef.Text).Reviewed || papers.VenueInComment(p.Comment.Text).Reviewed ||
			p.DOI.Text != ""
		if own[p.ID] && !printed && strings.Contains(p.Title.Text, " ") { // of one word there are many
			return p.Title.Text
		}
	}
	return ""
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
		request := g.recordRequest(r, audit.Document{URL: source, Kind: audit.DocVenue, Place: p.Kind, PlaceID: p.ID,
			Role: p.Role})
		request.Check = isRecord
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
