package crawl

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/papers/text"
	"openness/audit/pattern"
)

// Papers that are not on arXiv: in the proceedings of a venue, in a repository, on
// the hub beside the weights, on the makers' site. They are PDFs, and they are read
// where no paper of the same model was read on arXiv.

// A report is a PDF that may be read.
type report struct {
	place   audit.Place
	request fetch.Request
	score   int
}

var (
	// webLink is any address on a page.
	webLink = pattern.MustCompile("https?://[^\\s)\\]\"'<>|`\\\\]+")
	// pdfLink is a link to a PDF beside the page, and what it is called.
	pdfLink = pattern.MustCompile(`(?i)(?:\[([^\]\n]{0,99}))?\]\((?:\./)?([\w][\w./%-]*\.pdf)(?:[?#][^)]*)?\)` +
		`|href=["'](?:\./)?([\w][\w./%-]*\.pdf)["'][^>]*>([^<\n]{0,99})`)
	// reportName is what makers name the file of a report.
	reportName = pattern.MustCompile(`(?i)report|paper|whitepaper|preprint|manuscript|(?:model|system)[-_ ]?card`)
	// notReport is what PDFs are named that tell something else.
	notReport = pattern.MustCompile(`(?i)slides?|poster|figure|fig[-_\d]|plot|chart|presentation|licen[cs]e|logo` +
		`|curve|invoice|syllabus|results?|supplement`)
)

// readReports reads a paper of the model, and of its base, that is not on arXiv.
func (g *gathering) readReports(ctx context.Context) error {
	for _, role := range []audit.Role{audit.RolePaper, audit.RoleBase} {
		kind := BudgetPapers
		if role == audit.RoleBase {
			kind = BudgetBase
		}
		if g.hasText(role) || g.budget(kind) == 0 {
			continue
		}
		for _, r := range g.reportsOf(role) {
			read, err := g.readReport(ctx, r)
			if err != nil {
				return err
			}
			if read {
				break
			}
		}
	}
	return nil
}

// hasText reports whether a paper of one side was read.
func (g *gathering) hasText(role audit.Role) bool {
	return slices.ContainsFunc(g.docs, func(d audit.Document) bool {
		return d.Kind == audit.DocProse && d.Role == role && d.SHA256 != "" && strings.HasSuffix(d.URL, TextFragment)
	})
}

// maxReports bounds how many PDFs of one side are tried.
const maxReports = 2

// reportsOf lists the PDFs that may be one side's own paper, the likeliest first.
func (g *gathering) reportsOf(role audit.Role) []report {
	var all []report
	for _, p := range g.subject.Places { // publications of venues that keep records
		if _, at := text.Locate(p.URL); p.Kind == audit.PaperPage && p.Role == role && at.URL != "" {
			all = append(all, report{p, g.pdfRequest(at.URL, p), ownPaper + 2})
		}
	}
	for _, s := range g.speakings() {
		if s.role == role {
			all = append(all, g.linkedReports(s)...)
		}
	}
	for _, m := range g.models {
		if (m.role == audit.RoleBase) == (role == audit.RoleBase) {
			all = append(all, g.hubReports(m, role)...)
		}
	}
	for _, r := range g.repos {
		if (r.role == audit.RoleBase) == (role == audit.RoleBase) {
			all = append(all, g.repositoryReports(r, role)...)
		}
	}
	slices.SortStableFunc(all, func(a, b report) int { return cmp.Compare(b.score, a.score) })
	var kept []report
	for _, r := range all {
		if len(kept) < maxReports && r.score >= ownPaper &&
			!slices.ContainsFunc(kept, func(k report) bool {
				return k.request.Document.URL == r.request.Document.URL
			}) {
			kept = append(kept, r)
		}
	}
	return kept
}

// linkedReports lists the PDFs that a page links as the model's paper.
func (g *gathering) linkedReports(s speaking) []report {
	entries := s.page.BibTeX()
	var all []report
	for _, m := range mentions(s.page, webLink, func(groups []string) (string, string) {
		link := strings.TrimRight(groups[0], ".,;:!*_")
		kind, at := text.Locate(link)
		if kind == text.PlaceNone || kind == text.PlaceArXiv || notReport.MatchString(path.Base(at.URL)) {
			return "", ""
		}
		return at.URL, link
	}) {
		score, why := scorePaper(s.page, entries, m, s.name)
		if reportName.MatchString(path.Base(m.id)) && namedAfter(path.Base(m.id), s.name) {
			score += 2
		}
		p := audit.Place{Kind: audit.PaperPage, Role: s.role, ID: m.id, URL: m.id, Reason: fmt.Sprintf("The %s %s.",
			s.what, why)}
		all = append(all, report{p, g.pdfRequest(m.id, p), score})
	}
	return all
}

// namedAfter reports whether a file bears the name of a model's family.
func namedAfter(file, model string) bool {
	family := identity.Family(path.Base(model))
	return len(family) >= identity.MinShared && strings.Contains(identity.Squash(file), family)
}

// fileScore says how likely a PDF in a listing is the model's own paper.
func fileScore(file, model string, linked map[string]string) int {
	called, isLinked := linked[file]
	base, score := path.Base(file), 0
	if !strings.EqualFold(path.Ext(base), ".pdf") || notReport.MatchString(base) || strings.Count(file, "/") > 2 {
		return 0
	}
	if reportName.MatchString(base) {
		score += 2
	}
	if namedAfter(base, model) {
		score++
	}
	if isLinked {
		score++
	}
	if reportName.MatchString(called) {
		score++
	}
	return score
}

// linkedPDFs are the PDFs beside a page that it links, with what it calls them.
func linkedPDFs(source []byte) map[string]string {
	linked := make(map[string]string)
	for _, m := range pdfLink.FindAllSubmatch(source, maxLinks) {
		if file, err := url.PathUnescape(string(m[2]) + string(m[3])); err == nil {
			linked[path.Clean(file)] += string(m[1]) + string(m[4])
		}
	}
	return linked
}

// hubReports lists the PDFs that lie beside a model's weights.
func (g *gathering) hubReports(m *model, role audit.Role) []report {
	linked := linkedPDFs(m.card.Source)
	files := slices.Clone(m.listing())
	if files == nil {
		for file := range linked {
			files = append(files, file)
		}
		slices.Sort(files)
	}
	var all []report
	for _, file := range files {
		score := fileScore(file, m.id, linked)
		if score == 0 || !hub.Safe(file) {
			continue
		}
		at := hub.ModelFile(m.id, "main", file)
		p := audit.Place{Kind: audit.PaperPage, Role: role, ID: at, URL: at,
			Reason: fmt.Sprintf("It lies among the files of %q.", m.id)}
		q := g.modelFile(m, cmp.Or(m.revision, "main"), file, audit.DocOther, reportLimit)
		q.Document.Place, q.Document.PlaceID, q.Document.Role = p.Kind, p.ID, role
		all = append(all, report{p, q, score})
	}
	return all
}

// repositoryReports lists the PDFs that lie in a repository.
func (g *gathering) repositoryReports(r *repository, role audit.Role) []report {
	linked := linkedPDFs(r.readme.Source)
	name := r.id
	if len(g.models) > 0 {
		name = g.models[0].id
	}
	var all []report
	for _, e := range r.tree.Entries {
		score := fileScore(e.Path, name, linked)
		if score == 0 || !e.File() || e.Size > reportLimit {
			continue
		}
		at := github.RawURL(r.id, r.revision, e.Path)
		p := audit.Place{Kind: audit.PaperPage, Role: role, ID: at, URL: at,
			Reason: fmt.Sprintf("It lies in the repository %q.", r.id)}
		all = append(all, report{p, g.repositoryPDF(r, p, e.Path), score})
	}
	return all
}

// repositoryPDF asks for a PDF in a repository, which is kept as a place of its own.
func (g *gathering) repositoryPDF(r *repository, p audit.Place, file string) fetch.Request {
	q := g.rawFile(r, p.Role, r.revision, file, audit.DocOther, true)
	q.Limit, q.Document.Place, q.Document.PlaceID = reportLimit, p.Kind, p.ID
	return q
}

// pdfRequest asks for a PDF at an address: of the hub, of a repository, or of the web.
func (g *gathering) pdfRequest(address string, p audit.Place) fetch.Request {
	r := g.pageRequest(audit.Document{URL: address, Kind: audit.DocOther, Place: p.Kind, PlaceID: p.ID, Role: p.Role})
	switch {
	case strings.HasPrefix(address, hub.Public+"/"):
		r.Endpoint, r.Bucket, r.Robots = &g.c.hub, "resolvers", false
	case strings.HasPrefix(address, github.PublicRaw+"/"):
		r.Endpoint, r.Bucket, r.Robots = &g.c.raw, "raw", false
	}
	r.Accept, r.Limit, r.MaxAge = "application/pdf,*/*;q=0.5", reportLimit, paperAge
	return r
}

// readReport reads one PDF and its text, and reports whether there was any.
func (g *gathering) readReport(ctx context.Context, r report) (bool, error) {
	g.choose(r.place)
	r.request.Check = isReport
	d, err := g.get(ctx, r.request)
	if err != nil || d.SHA256 == "" {
		return false, err
	}
	made, err := g.c.textOf(ctx, d)
	if err != nil {
		return false, err
	}
	g.docs = append(g.docs, made)
	return made.SHA256 != "", nil
}
