package crawl

import (
	"context"
	"net/http"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/papers"
	"openness/audit/papers/text"
)

// Bounds of the papers that are read in full: those of the model itself, then
// those of what it was made from.
const (
	maxOwnTexts  = 2
	maxBaseTexts = 1
)

// paperAccept is what is asked for where any form of a paper will do.
const paperAccept = "text/html,application/pdf,application/gzip,*/*;q=0.5"

// readTexts reads the subject's own papers and its base's in full, each in the
// best form that there is of it.
func (g *gathering) readTexts(ctx context.Context) error {
	versions := g.paperVersions()
	for _, side := range []struct {
		role audit.Role
		most int
	}{{audit.RolePaper, g.budget(BudgetPapers)}, {audit.RoleBase, g.budget(BudgetBase)}} {
		read := 0
		for _, p := range g.subject.Places {
			if p.Kind != audit.ArXivPaper || p.Role != side.role || read == side.most {
				continue
			}
			if read++; g.asked(audit.DocOther, p.ID) {
				continue // it is the target
			}
			if err := g.readArXiv(ctx, p, versions[p.ID]); err != nil {
				return err
			}
		}
	}
	return nil
}

// paperVersions gives the newest version of each paper, as far as arXiv told it: a
// version never changes, so what was read of it once need not be asked for again.
func (g *gathering) paperVersions() map[string]string {
	versions := make(map[string]string)
	for _, p := range g.archived() {
		versions[p.ID] = p.Version
	}
	return versions
}

// archived are the papers that arXiv told of.
func (g *gathering) archived() (all []papers.Paper) {
	for _, d := range g.docs {
		if d.Kind != audit.DocPaper || d.SHA256 == "" {
			continue
		}
		if list, err := papers.Read(d.Body); err == nil { // it was checked where it came in
			all = append(all, list...)
		}
	}
	return all
}

// readArXiv reads one paper of arXiv: its HTML edition, else its source, else its
// PDF. The attempts that gave nothing are kept only where none gave a text.
func (g *gathering) readArXiv(ctx context.Context, p audit.Place, version string) error {
	var lost []audit.Document
	var down *audit.Document // what was said by the host that will not answer: it has the other forms too
	for _, source := range text.Candidates(g.c.papers.Public, p.ID+version) {
		request := fetch.Request{Endpoint: &g.c.papers, Bucket: "arxiv", Accept: paperAccept, Limit: reportLimit,
			Pinned: version != "", MaxAge: paperAge, Check: isForm,
			Document: audit.Document{URL: source.URL, Kind: audit.DocOther, Place: p.Kind, PlaceID: p.ID, Role: p.Role,
				Revision: version}}
		if down != nil { // what was read before stands in, in whichever form it was
			d := request.Document
			d.Outcome, d.Detail, d.RetrievedAt = down.Outcome, "not asked for: "+down.Detail, down.RetrievedAt
			if d = g.unasked(ctx, request, d); d.SHA256 == "" {
				continue
			}
			if read, err := g.keepText(ctx, d, &lost); read || err != nil {
				return err
			}
			continue
		}
		d, err := g.ask(ctx, request)
		if err != nil {
			return err
		}
		if d.SHA256 == "" {
			lost = append(lost, d)
			if d.Status == 0 || d.Status == http.StatusTooManyRequests {
				down = &d
			}
			continue
		}
		if read, err := g.keepText(ctx, d, &lost); read || err != nil {
			return err
		}
	}
	g.docs = append(g.docs, lost...)
	return nil
}

// keepText keeps a paper and its text, and reports whether it has one. What has none
// is added to what was lost.
func (g *gathering) keepText(ctx context.Context, d audit.Document, lost *[]audit.Document) (bool, error) {
	made, err := g.c.textOf(ctx, d)
	if err != nil {
		return false, err
	}
	if made.SHA256 != "" {
		g.docs = append(g.docs, d, made)
		return true, nil
	}
	*lost = append(*lost, d, made)
	return false, nil
}
