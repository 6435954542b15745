package crawl

import (
	"context"
	"fmt"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/papers/text"
	"openness/audit/pattern"
)

// The public summary of the training content that the AI Act asks providers for
// (Art. 53(1)(d)): a page or a PDF that the makers' pages link, or a file beside the
// weights or in the repository. Files of prose are read with the other prose.

// maxSummaries bounds how many summaries of one subject are read.
const maxSummaries = 1

var (
	// summaryName is what such a summary is called, in the text of a link.
	summaryName = pattern.MustCompile(`(?i)\bsummary of (?:the )?(?:content used for )?training|\btraining (?:data` +
		`|content|datasets?) (?:public )?summary\b|\bsummary of (?:the )?(?:data|content) used (?:for|to) train` +
		`|\b53\(1\)\(d\)|\bpublic summary\b.{0,30}\btraining\b`)
	// summaryFile is what its file or address is called.
	summaryFile = pattern.MustCompile(`(?i)(?:^|[-_./])(?:public[-_]?)?(?:summary[-_]?(?:of[-_]?)?(?:the[-_]?)?training[-_]?(?:data|content)|training[-_]?(?:data|content|datasets?)[-_]?(?:public[-_]?)?summary)`)
)

// readSummaries reads the summary of the training content of the audited model.
func (g *gathering) readSummaries(ctx context.Context) error {
	read := 0
	for _, s := range g.summaries() {
		if read == g.budget(BudgetSummaries) {
			return nil
		}
		if !g.choose(s.place) {
			continue
		}
		read++
		s.request.Check = isPage
		d, err := g.get(ctx, s.request)
		if err != nil {
			return err
		}
		if d.SHA256 == "" {
			continue
		}
		if text.Detect(d.Body) == text.KindPDF {
			if err := g.readText(ctx, d); err != nil {
				return err
			}
			continue
		}
		g.docs = append(g.docs, g.pageText(d))
	}
	return nil
}

// summaries lists where the model's pages, its listing and its repositories name one:
// a PDF, or behind a link a page.
func (g *gathering) summaries() []report {
	var all []report
	place := func(address, why string) audit.Place {
		return audit.Place{Kind: audit.WebPage, Role: audit.RoleVendor, ID: address, URL: address, Reason: why}
	}
	for _, s := range g.speakings() {
		if s.role != audit.RolePaper {
			continue
		}
		for _, m := range mentions(s.page, webLink, func(groups []string) (string, string) {
			return strings.TrimRight(groups[0], ".,;:!*_"), ""
		}) {
			if !summaryName.MatchString(m.text) && !summaryFile.MatchString(m.id) &&
				!(m.text == "" && summaryName.MatchString(m.before)) {
				continue
			}
			address := m.id
			if _, at := text.Locate(address); at.URL != "" {
				address = at.URL
			}
			p := place(address, fmt.Sprintf("The %s links to it as the summary of the training content (at byte %d).",
				s.what, m.start))
			r := g.pdfRequest(address, p)
			r.Accept = "text/html,application/pdf;q=0.9,text/plain;q=0.8"
			r.Document.Kind = audit.DocWeb
			all = append(all, report{place: p, request: r})
		}
	}
	for _, m := range g.models {
		for _, file := range m.listing() {
			if m.role != audit.RoleEnd || !summaryFile.MatchString(file) ||
				!strings.EqualFold(path.Ext(file), ".pdf") || !hub.Safe(file) {
				continue
			}
			p := place(hub.ModelFile(m.id, "main", file), fmt.Sprintf("It lies among the files of %q.", m.id))
			r := g.modelFile(m, "main", file, audit.DocOther, reportLimit)
			r.Document.Place, r.Document.PlaceID, r.Document.Role = p.Kind, p.ID, p.Role
			all = append(all, report{place: p, request: r})
		}
	}
	for _, repo := range g.repos {
		for _, e := range repo.tree.Entries {
			if repo.role == audit.RoleBase || !e.File() || e.Size > reportLimit || !summaryFile.MatchString(e.Path) ||
				!strings.EqualFold(path.Ext(e.Path), ".pdf") {
				continue
			}
			p := place(github.RawURL(repo.id, repo.revision, e.Path), fmt.Sprintf("It lies in the repository %q.",
				repo.id))
			all = append(all, report{place: p, request: g.repositoryPDF(repo, p, e.Path)})
		}
	}
	return all
}
