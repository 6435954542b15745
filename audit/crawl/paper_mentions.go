package crawl

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/papers"
	"openness/audit/pattern"
)

// Papers that pages only mention. Most are others' work; where no page calls a paper
// the model's own, the title tells which of them is.

// maxMentioned bounds how many papers of a subject are kept that it only mentions.
const maxMentioned = 8

// taggedPapers are the papers that the hub lists for the audited model. It takes them
// from the card, so they count where the card itself could not be had.
func (g *gathering) taggedPapers() []audit.Place {
	if len(g.models) == 0 {
		return nil
	}
	var all []audit.Place
	for _, id := range g.models[0].tagged {
		if number, _ := papers.SplitID(id); number != "" {
			all = append(all, paperPlace(number, audit.RoleRelated, fmt.Sprintf("The hub lists it for %q.",
				g.models[0].id), false))
		}
	}
	return all
}

// papersBelow are the papers that pages of the model's repositories below the front
// page name. Such pages are about a part of what is there, so a paper that one of them
// asks to be cited is the model's only if its title begins with the model's name.
func (g *gathering) papersBelow() (own, rest []audit.Place) {
	for _, d := range g.repositoryPages() {
		doc := g.page(d)
		entries := doc.BibTeX()
		for _, m := range papersIn(doc) {
			if title := titleOf(entries, m); len(g.models) > 0 && titledAfter(title, g.models[0].id) {
				own = append(own, paperPlace(m.id, audit.RolePaper,
					fmt.Sprintf("The page %q of %q names it by its title, %q.", d.Path, d.PlaceID, title), false))
				continue
			}
			rest = append(rest, paperPlace(m.id, audit.RoleRelated, fmt.Sprintf("The page %q of %q names it.", d.Path,
				d.PlaceID), false))
		}
	}
	return own, rest
}

// titleOf is the title that a page gives for a paper: that of the citation which names
// it, or the text of the link.
func titleOf(entries []page.Entry, m mention) string {
	for _, e := range entries {
		if e.Span.Start <= m.start && m.start < e.Span.End {
			return e.Fields["title"]
		}
	}
	return m.text
}

// titledAfter reports whether a title begins with the name of a model's series. A title
// that gives a version is of that version alone; one that gives none is of the series.
func titledAfter(title, model string) bool {
	if len(strings.Fields(title)) < minTitle {
		return false
	}
	name := searchName(model)
	words := strings.Fields(name)
	series := strings.Join(slices.DeleteFunc(slices.Clone(words), versionWord.MatchString), " ")
	kept := slices.DeleteFunc(strings.FieldsFunc(title, func(r rune) bool { return r == ' ' || r == '-' }),
		sizeWord.MatchString)
	return name != "" && len(identity.Squash(series)) >= minSearched &&
		(titled(strings.Join(kept, " "), name) || titled(strings.Join(kept, " "), series))
}

// versionWord is a part of a name that gives a version.
var versionWord = pattern.MustCompile(`(?i)^v\d+(?:\.\d+)*$`)

// repositoryPages are the pages of prose that were read of the model's own repositories.
func (g *gathering) repositoryPages() []*audit.Document {
	var pages []*audit.Document
	for i := range g.docs {
		d := &g.docs[i]
		own := slices.ContainsFunc(g.repos, func(r *repository) bool {
			return r.id == d.PlaceID && r.role == audit.RoleCode
		})
		switch d.Kind {
		case audit.DocReadme, audit.DocProse, audit.DocCitation:
			if own && d.Place == audit.GitHubRepo && d.SHA256 != "" {
				pages = append(pages, d)
			}
		}
	}
	return pages
}

// namesOwnPaper reports whether a page calls a paper the audited model's own.
func (g *gathering) namesOwnPaper() bool {
	return slices.ContainsFunc(g.subject.Places, func(p audit.Place) bool {
		return (p.Kind == audit.ArXivPaper || p.Kind == audit.PaperPage) && p.Role == audit.RolePaper
	})
}

// askMentioned asks arXiv, where no page calls a paper the model's own, about those
// that are mentioned, in one request: the one whose title begins with the model's name
// is its own.
func (g *gathering) askMentioned(ctx context.Context) error {
	if g.past() || len(g.models) == 0 || g.namesOwnPaper() {
		return nil
	}
	var ids []string
	for _, p := range g.subject.Places {
		if p.Kind == audit.ArXivPaper && p.Role == audit.RoleRelated {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	d, err := g.get(ctx, fetch.Request{Endpoint: &g.c.papers, Bucket: "arxiv", Accept: "application/atom+xml",
		MaxAge: paperAge,
		Check:  isPapers,
		Document: audit.Document{URL: papers.QueryURL(g.c.papers.Public, ids), Kind: audit.DocOther,
			Place: audit.ArXivPaper, PlaceID: ids[0], Role: audit.RoleRelated}})
	if err != nil || d.SHA256 == "" {
		return err
	}
	list, err := papers.Parse(d.Body)
	if err != nil {
		unreadable(&g.docs[len(g.docs)-1], err)
		return nil
	}
	name := searchName(g.models[0].id)
	for _, p := range list {
		if name != "" && slices.Contains(ids, p.ID) && titled(p.Title.Text, name) {
			g.choose(paperPlace(p.ID, audit.RolePaper,
				fmt.Sprintf("The makers' pages mention it, and its title names %q.", path.Base(g.models[0].id)), false))
		}
	}
	return nil
}
