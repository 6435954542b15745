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
	for _, s := range g.speakings() {
		if s.role == audit.RolePaper {
			all = append(all, g.linkedSummaries(s)...)
		}
	}
	for _, m := range g.models {
		if m.role == audit.RoleEnd {
			all = append(all, g.listedSummaries(m)...)
		}
	}
	for _, repo := range g.repos {
		if repo.role != audit.RoleBase {
			all = append(all, g.keptSummaries(repo)...)
		}
	}
	return all
}

// summaryPlace is where a summary lies, and why it is looked for there.
func summaryPlace(address, why string) audit.Place {
	return audit.Place{Kind: audit.WebPage, Role: audit.RoleVendor, ID: address, URL: address, Reason: why}
}

// linkedSummaries are those that a page links.
func (g *gathering) linkedSummaries(s speaking) (all []report) {
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
		p := summaryPlace(address, fmt.Sprintf(
			"The %s links to it as the summary of the training content (at byte %d).", s.what, m.start))
		r := g.pdfRequest(address, p)
		r.Accept = "text/html,application/pdf;q=0.9,text/plain;q=0.8"
		r.Document.Kind = audit.DocWeb
		all = append(all, report{place: p, request: r})
	}
	return all
}

// listedSummaries are those that lie beside the weights.
func (g *gathering) listedSummaries(m *model) (all []report) {
	for _, file := range m.listing() {
		if !summaryPDF(file) || !hub.Safe(file) {
			continue
		}
		p := summaryPlace(hub.ModelFile(m.id, "main", file), fmt.Sprintf("It lies among the files of %q.", m.id))
		r := g.modelFile(m, "main", file, audit.DocOther, reportLimit)
		r.Document.Place, r.Document.PlaceID, r.Document.Role = p.Kind, p.ID, p.Role
		all = append(all, report{place: p, request: r})
	}
	return all
}

// keptSummaries are those that lie in a repository.
func (g *gathering) keptSummaries(repo *repository) (all []report) {
	for _, e := range repo.tree.Entries {
		if !e.File() || e.Size > reportLimit || !summaryPDF(e.Path) {
			continue
		}
		p := summaryPlace(github.RawURL(repo.id, repo.revision, e.Path), fmt.Sprintf("It lies in the repository %q.",
			repo.id))
		all = append(all, report{place: p, request: g.repositoryPDF(repo, p, e.Path)})
	}
	return all
}

// summaryPDF reports whether a file is a PDF that is called a summary.
func summaryPDF(file string) bool {
	return summaryFile.MatchString(file) && strings.EqualFold(path.Ext(file), ".pdf")
}
