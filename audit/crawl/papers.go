package crawl

import (
	"context"
	"time"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/papers"
)

// paperAge is how long an answer of arXiv is used unasked: its API announces
// changes once a day and asks to be cached that long
// (info.arxiv.org/help/api/user-manual.html, section 3.1.1.2).
const paperAge = 24 * time.Hour

// readPapers asks arXiv for all papers that the subject calls its own, in one
// request. Papers that are only mentioned are not asked for.
func (g *gathering) readPapers(ctx context.Context) error {
	var ids []string
	role := audit.RoleBase
	for _, p := range g.subject.Places {
		if p.Kind != audit.ArXivPaper || p.Role == audit.RoleRelated {
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
	_, err := g.get(ctx, fetch.Request{Endpoint: &g.c.papers, Bucket: "arxiv", Accept: "application/atom+xml", MaxAge: paperAge,
		Document: audit.Document{URL: papers.QueryURL(g.c.papers.Public, ids), Kind: audit.DocPaper,
			Place: audit.ArXivPaper, PlaceID: ids[0], Role: role}})
	return err
}
