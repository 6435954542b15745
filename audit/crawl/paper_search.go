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
	"openness/audit/papers"
	"openness/audit/pattern"
)

// The paper that no page names. arXiv is asked for titles with the model's name, and
// what it gives is the model's own only where the authors fit: a name is often in the
// titles of others, who tune the model or measure it.

// sizeWord is a part of a name that gives a size.
var sizeWord = pattern.MustCompile(`(?i)^(?:\d+x)?\d+(?:\.\d+)?[bmkt]$|^a\d+(?:\.\d+)?b$|^v?\d{4,}$`)

// searchName is the name of a model's family and version as a title would write it, or
// "" where it would say nothing: too short, or made of common words.
func searchName(model string) string {
	var kept []string
	telling := false
	for _, part := range strings.FieldsFunc(path.Base(model), func(r rune) bool {
		return r == '-' || r == '_' || r == ' '
	}) {
		if word := strings.ToLower(part); identity.VariantWord(word) || sizeWord.MatchString(word) {
			continue
		}
		telling = telling || !identity.CommonWord(strings.ToLower(part))
		kept = append(kept, part)
	}
	if name := strings.Join(kept, " "); telling && len(identity.Squash(name)) >= minSearched {
		return name
	}
	return ""
}

// minSearched is the length of the shortest name that is searched for.
const minSearched = 4

// searchPaper looks for the audited model's paper where no page names one.
func (g *gathering) searchPaper(ctx context.Context) error {
	if g.budget(BudgetSearch) == 0 || g.past() || len(g.models) == 0 ||
		g.models[0].api == nil && len(g.models[0].card.Source) == 0 {
		return nil // nothing is known of the model to hold a paper against
	}
	if g.namesOwnPaper() {
		return nil
	}
	id := g.models[0].id
	name := searchName(id)
	if name == "" || identity.Reformatted(path.Base(id)) {
		return nil // a copy in another format has no paper of its own
	}
	// A search is no source of the subject's: one that fails leaves no mark.
	d, err := g.ask(ctx, fetch.Request{Endpoint: &g.c.papers, Bucket: "arxiv", Accept: "application/atom+xml",
		MaxAge: paperAge, Check: isPapers,
		Document: audit.Document{URL: papers.SearchURL(g.c.papers.Public, name, maxFound), Kind: audit.DocOther,
			Place: audit.ArXivPaper, PlaceID: "search:" + name, Role: audit.RoleRelated}})
	if err != nil || d.SHA256 == "" {
		return err
	}
	list, err := papers.Parse(d.Body)
	if err != nil {
		return nil //nolint:nilerr // it was checked where it came in
	}
	g.docs = append(g.docs, d)
	for _, p := range list {
		if !titled(p.Title.Text, name) {
			continue
		}
		if why := g.authorsFit(p, id); why != "" {
			g.choose(paperPlace(p.ID, audit.RolePaper,
				fmt.Sprintf("No page names a paper; arXiv has one whose title names %q, and %s.", name, why), false))
			return nil
		}
		g.choose(paperPlace(p.ID, audit.RoleRelated,
			fmt.Sprintf("arXiv has it under a title that names %q; its authors are not known to be the makers.", name),
			false))
	}
	return nil
}

// maxFound is how many titles are asked for.
const maxFound = 5

// titled reports whether a title begins with a model's name, or with a phrase that
// ends in it: "Introducing Falco 2: ...". A name further in is what a paper uses.
func titled(title, name string) bool {
	head, _, _ := strings.Cut(title, ":")
	squashed, want := identity.Squash(head), identity.Squash(name)
	at := strings.Index(squashed, want)
	if at < 0 || len(head) == len(title) && at > 0 && !reportTitle.MatchString(title) {
		return false
	}
	rest := strings.TrimPrefix(squashed[at:], want)
	return rest == "" || rest[0] < '0' || rest[0] > '9' // "Falco 25" is not "Falco 2"
}

// reportTitle is what reports on a model are called.
var reportTitle = pattern.MustCompile(`(?i)\b(technical report|tech report|model card|system card|introducing)\b`)

// authorsFit says why the authors of a paper are the makers of a model, or "".
func (g *gathering) authorsFit(p papers.Paper, model string) string {
	owner := identity.Squash(path.Dir(model))
	family := identity.Family(path.Base(model))
	for _, author := range p.Authors {
		squashed := identity.Squash(author)
		for _, group := range []string{owner, family} {
			if len(group) >= minSearched && strings.Contains(squashed, group) {
				return fmt.Sprintf("%q is among its authors", author)
			}
		}
	}
	var named []string
	for _, s := range g.speakings() {
		if s.role != audit.RolePaper {
			continue
		}
		page := strings.ToLower(string(s.page.Source))
		for _, author := range p.Authors {
			if strings.Contains(author, " ") && strings.Contains(page, strings.ToLower(author)) &&
				!slices.Contains(named, author) {
				named = append(named, author)
			}
		}
	}
	if len(named) >= minAuthors {
		return fmt.Sprintf("the makers' pages name its authors %q and %q", named[0], named[1])
	}
	return ""
}

// minAuthors is the number of a paper's authors that the makers' pages must name.
const minAuthors = 2
