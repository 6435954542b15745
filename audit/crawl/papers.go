package crawl

import (
	"context"
	"slices"
	"time"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/papers"
)

// paperAge is how long an answer of arXiv is used unasked: its API announces
// changes once a day and asks to be cached that long
// (info.arxiv.org/help/api/user-manual.html, section 3.1.1.2).
const paperAge = 24 * time.Hour

// maxAbstracts bounds how many abstract pages stand in for arXiv's API: its
// robots.txt wants long pauses between pages.
const maxAbstracts = 2

// readPapers asks arXiv for all papers that the subject calls its own, in one
// request. Papers that are only mentioned are not asked for. Where the API does
// not answer, the abstract pages of the first papers are read instead.
func (g *gathering) readPapers(ctx context.Context) error {
	var ids []string
	role := audit.RoleBase
	for _, p := range g.subject.Places {
		if p.Kind != audit.ArXivPaper || p.Role == audit.RoleRelated || g.asked(audit.DocPaper, p.ID) {
			continue
		}
		ids = append(ids, p.ID)
		if p.Role == audit.RolePaper {
			role = audit.RolePaper
		}
	}
	if len(ids) == 0 {
		return nil
	}
	d, err := g.get(ctx, fetch.Request{Endpoint: &g.c.papers, Bucket: "arxiv", Accept: "application/atom+xml",
		MaxAge: paperAge,
		Check:  isPapers,
		Document: audit.Document{URL: papers.QueryURL(g.c.papers.Public, ids), Kind: audit.DocPaper,
			Place: audit.ArXivPaper, PlaceID: ids[0], Role: role}})
	if err != nil {
		return err
	}
	g.readable(d, parsedBy(papers.Parse))
	if g.docs[len(g.docs)-1].SHA256 != "" {
		return nil
	}
	for _, id := range ids[:min(len(ids), maxAbstracts)] {
		if err := g.readAbstract(ctx, id, role); err != nil {
			return err
		}
	}
	return nil
}

// asked reports whether a paper was asked for as a kind of document.
func (g *gathering) asked(kind audit.DocKind, id string) bool {
	return slices.ContainsFunc(g.docs, func(d audit.Document) bool {
		return d.Kind == kind && d.Place == audit.ArXivPaper && d.Role != audit.RoleRelated && d.PlaceID == id
	})
}

// readAbstract reads a paper's abstract page.
func (g *gathering) readAbstract(ctx context.Context, id string, role audit.Role) error {
	r := g.pageRequest(audit.Document{URL: papers.AbstractURL(id), Kind: audit.DocPaper, Place: audit.ArXivPaper,
		PlaceID: id, Role: role})
	r.MaxAge, r.Check = paperAge, isAbstract
	d, err := g.get(ctx, r)
	if err != nil {
		return err
	}
	g.readable(d, parsedBy(papers.ParseAbstract))
	return nil
}

// parsedBy drops what a parser read: only whether it could is asked.
func parsedBy[T any](parse func([]byte) (T, error)) func([]byte) error {
	return func(body []byte) error {
		_, err := parse(body)
		return err
	}
}
