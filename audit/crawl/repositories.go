package crawl

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/legal"
	"openness/audit/page"
	"openness/audit/pattern"
)

// A repository is what was read of one source repository.
type repository struct {
	id     string // after renames
	role   audit.Role
	readme *page.Page
	// The listing and the revision that files were read at, where they are known.
	tree     github.Tree
	revision string
}

// readRepositories chooses the repositories of the models that were read and
// reads them, those that the user named first.
func (g *gathering) readRepositories(ctx context.Context) error {
	for _, id := range g.target.Repositories {
		reason := fmt.Sprintf("The list of targets names it for %q.", g.subject.Target)
		g.choose(repositoryPlace(id, reason, true))
	}
	g.nameRepositories()
	for _, p := range g.subject.Places {
		if p.Kind != audit.GitHubRepo || p.Role == audit.RoleRelated || g.hasRepository(p.ID) {
			continue
		}
		if _, err := g.readRepository(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) hasRepository(id string) bool {
	for _, r := range g.repos {
		if strings.EqualFold(r.id, id) {
			return true
		}
	}
	return false
}

// startRepository reads a repository that is the target itself, and the model
// that it publishes.
func (g *gathering) startRepository(ctx context.Context, id string) error {
	p := repositoryPlace(id, fmt.Sprintf("The target names it: %q.", g.subject.Target), true)
	g.choose(p)
	r, err := g.readRepository(ctx, p)
	if err != nil {
		return err
	}
	end, reason, ok := g.namePublished(r)
	if !ok {
		return nil
	}
	return g.startModel(ctx, end, reason, false)
}

// readRepository fetches a repository: two API calls, then raw files.
func (g *gathering) readRepository(ctx context.Context, p audit.Place) (*repository, error) {
	r := &repository{id: p.ID, role: p.Role, readme: page.Parse(nil)}
	g.repos = append(g.repos, r)
	if g.past() {
		return r, g.readRepositoryAt(ctx, r, p.Role)
	}
	branch, there, err := g.describe(ctx, r, p.Role)
	if err != nil || !there {
		return r, err
	}
	if branch == "" {
		return r, g.readUnlisted(ctx, r, p.Role, "HEAD")
	}
	tree, known, err := g.list(ctx, r, p.Role, branch)
	if err != nil {
		return r, err
	}
	if !known {
		return r, g.readUnlisted(ctx, r, p.Role, branch)
	}
	return r, g.readListed(ctx, r, p.Role, branch, tree)
}

// describe asks for the repository itself. there is false where the API says
// that there is none; the branch is empty where it would not say.
func (g *gathering) describe(ctx context.Context, r *repository,
	role audit.Role) (branch string, there bool, err error) {
	d, err := g.callAPI(ctx, r, role, audit.DocRepoAPI, func(api *github.Client, owner, name string) error {
		return api.Repo(ctx, owner, name)
	})
	if err != nil {
		return "", false, err
	}
	if d.Outcome == audit.Absent {
		return "", false, nil
	}
	if d.SHA256 == "" {
		g.leaveTree(*d, "not asked for, because the repository's own answer could not be had: "+d.Detail)
		return "", true, nil
	}
	repo, err := github.ParseRepo(d.Body)
	if err != nil {
		unreadable(d, err)
		return "HEAD", true, nil
	}
	if repo.Private || repo.Disabled {
		why := ownersAlone
		if repo.Disabled {
			why = hostDisabledIt
		}
		notPublic(d, why)
		g.leaveTree(*d, why)
		return "", false, nil
	}
	if github.ValidID(repo.FullName) {
		r.id = repo.FullName
		d.PlaceID = r.id
	}
	if !github.ValidBranch(repo.DefaultBranch) {
		return "HEAD", true, nil
	}
	return repo.DefaultBranch, true, nil
}

// leaveTree notes that the tree of a repository was not asked for: the same host would be asked that did not
// give the repository itself, so it stays unknown too.
func (g *gathering) leaveTree(repository audit.Document, why string) {
	tree := repository
	tree.Kind, tree.URL, tree.Status = audit.DocTree, repository.URL+"/git/trees/HEAD?recursive=1", 0
	tree.Detail = why
	g.docs = append(g.docs, tree)
}

// list asks for the recursive tree of the default branch.
func (g *gathering) list(ctx context.Context, r *repository, role audit.Role,
	branch string) (tree github.Tree, known bool, err error) {
	d, err := g.callAPI(ctx, r, role, audit.DocTree, func(api *github.Client, owner, name string) error {
		return api.Tree(ctx, owner, name, branch)
	})
	if err != nil || d.SHA256 == "" {
		// An empty repository (409) has no files: nothing to ask for.
		return tree, err == nil && d.Outcome == audit.Absent, err
	}
	tree, err = github.ParseTree(d.Body)
	if err != nil {
		unreadable(d, err)
		return tree, false, nil
	}
	d.Revision, d.Partial = tree.SHA, tree.Truncated
	if tree.Truncated {
		d.Detail = "GitHub cut this listing: files that are not in it may still be there"
	}
	return tree, true, nil
}

// callAPI makes one call through go-github and keeps the answer as served.
func (g *gathering) callAPI(ctx context.Context, r *repository, role audit.Role, kind audit.DocKind,
	call func(api *github.Client, owner, name string) error) (*audit.Document, error) {
	var got audit.Document
	var asked fetch.Request
	due := isRepository
	if kind == audit.DocTree {
		due = isTree
	}
	transport := &fetch.Transport{
		Client: g.c.fetch,
		Sink: func(d audit.Document) {
			got = d
			g.tookStep(asked, d, false)
		},
		Ask: func(publicURL string) fetch.Request {
			asked = fetch.Request{Endpoint: &g.c.api, Bucket: "core", JSON: true, Accept: "application/vnd.github+json",
				Limit:  32 << 20,
				Target: g.subject.Target, Check: due, Control: github.PublicAPI + "/rate_limit",
				Document: audit.Document{URL: publicURL, Kind: kind, Place: audit.GitHubRepo, PlaceID: r.id,
					Role: role}}
			return asked
		},
	}
	api := github.NewClient(&http.Client{Transport: transport}, g.c.opts.UserAgent)
	owner, name := path.Dir(r.id), path.Base(r.id)
	err := call(api, owner, name)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil && got.SHA256 != "" {
		got.Detail = err.Error() // bytes came, but go-github cannot read them
	}
	g.docs = append(g.docs, got)
	return &g.docs[len(g.docs)-1], nil
}

var commitID = pattern.MustCompile(`^[0-9a-f]{40}$`)

// readListed fetches the files that the tree shows to be worth reading.
func (g *gathering) readListed(ctx context.Context, r *repository, role audit.Role, branch string,
	tree github.Tree) error {
	revision := tree.SHA
	if !commitID.MatchString(revision) {
		revision = branch
	}
	choices := github.Choose(tree)
	r.tree = tree
	if len(choices) > 0 {
		served, err := g.servedAt(ctx, r, role, revision, choices[0])
		if err != nil {
			return err
		}
		if !served {
			revision = branch // the listing's id is not one that files are served at
		}
	}
	r.revision = revision
	linked, err := g.followLinks(ctx, r, role, revision, tree)
	if err != nil {
		return err
	}
	all := linked
	for _, choice := range choices {
		if !slices.ContainsFunc(linked, func(l linkedChoice) bool { return l.Path == choice.Path }) {
			all = append(all, linkedChoice{choice, choice.Path})
		}
	}
	front := ""
	for _, choice := range all {
		request := g.rawFile(r, role, revision, choice.Path, choice.Kind, true)
		request.Document.Path = choice.at
		d, err := g.get(ctx, request)
		if err != nil {
			return err
		}
		g.checkFile(&g.docs[len(g.docs)-1], choice.Choice)
		if err := g.readTerms(ctx); err != nil {
			return err
		}
		if choice.Kind == audit.DocReadme && d.SHA256 != "" && (len(r.readme.Source) == 0 ||
			frontPage(choice.at) && !frontPage(front)) {
			r.readme, front = page.Parse(d.Body), choice.at
		}
	}
	for _, file := range g.linkedPages(r, tree, all) {
		if _, err := g.get(ctx, g.rawFile(r, role, revision, file, audit.DocProse, true)); err != nil {
			return err
		}
	}
	return nil
}

// frontPage reports whether a file is what a repository shows at its front: others at
// the top are named so too ("README-DEV.md").
func frontPage(file string) bool {
	return strings.EqualFold(strings.TrimSuffix(file, path.Ext(file)), "readme")
}

// relativePage is a link to a page of prose in the same repository.
var relativePage = pattern.MustCompile(`\]\((?:\./|/)?([\w./-]+\.(?:md|mdx|rst))(?:#[\w-]*)?\)` +
	`|href=["'](?:\./)?([\w./-]+\.(?:md|mdx|rst))(?:#[\w-]*)?["']` +
	`|https?://github\.com/([\w.-]+/[\w.-]+)/blob/[\w.-]+/([\w./-]+\.(?:md|mdx|rst))`)

// maxLinkedPages bounds how many pages are read because the front page links them.
const maxLinkedPages = 4

// aboutMaking is what pages are named that tell how a model was made.
var aboutMaking = pattern.MustCompile(`(?i)(^|[-_./ ])(train\w*|pre-?train\w*|fine-?tun\w*|data(sets?)?|corpus` +
	`|model[-_]?(card|zoo)?|weights|checkpoints?|hardware|architecture|report|licen[cs]e\w*|reproduc\w*` +
	`|recipes?)([-_./ 0-9]|$)`)

// linkedPages lists the pages of a repository that its front page links, as far as
// they are not read anyway: those that are named after the model or the repository,
// or lie in a folder that is, for what such a page says it says of the model; then
// those that are named after what is asked about.
func (g *gathering) linkedPages(r *repository, tree github.Tree, chosen []linkedChoice) []string {
	names := []string{identity.Family(path.Base(r.id))}
	for _, m := range g.models {
		names = append(names, identity.Family(path.Base(m.id)))
	}
	listed := make(map[string]bool)
	for _, e := range tree.Entries {
		listed[e.Path] = e.File()
	}
	for _, c := range chosen {
		listed[c.Path] = false
	}
	var named, topical []string
	for _, m := range relativePage.FindAllSubmatch(r.readme.Source, maxLinks) {
		if other := string(m[3]); other != "" && !strings.EqualFold(other, r.id) {
			continue
		}
		file := path.Clean(string(m[1]) + string(m[2]) + string(m[4]))
		if !listed[file] {
			continue
		}
		listed[file] = false
		stem := identity.Squash(strings.TrimSuffix(file, path.Ext(file)))
		switch {
		case slices.ContainsFunc(names, func(name string) bool {
			return len(name) >= identity.MinFamily && strings.Contains(stem, name)
		}):
			named = append(named, file)
		case aboutMaking.MatchString(file):
			topical = append(topical, file)
		}
	}
	pages := append(named, topical...)
	return pages[:min(len(pages), maxLinkedPages)]
}

// maxLinks bounds how many links of a front page are looked at.
const maxLinks = 400

// servedAt reports whether files are served at a revision, by the first one
// that will be read. Anything but 404 leaves it to be so.
func (g *gathering) servedAt(ctx context.Context, r *repository, role audit.Role, revision string,
	first github.Choice) (bool, error) {
	request := g.rawFile(r, role, revision, first.Path, first.Kind, true)
	request.Target = g.subject.Target
	d, err := g.c.fetch.Get(ctx, request)
	if err == nil {
		g.tookStep(request, d, false)
	}
	return d.Status != http.StatusNotFound, err
}

// A linkedChoice is a file that a symbolic link leads to. It is read as what lies
// where the link does: that is where its makers want it to be found.
type linkedChoice struct {
	github.Choice
	at string
}

// followLinks reads where the symbolic links near the top lead to.
func (g *gathering) followLinks(ctx context.Context, r *repository, role audit.Role, revision string,
	tree github.Tree) ([]linkedChoice, error) {
	var linked []linkedChoice
	for _, link := range github.ChooseLinks(tree) {
		d, err := g.get(ctx, g.rawFile(r, role, revision, link.Path, audit.DocOther, true))
		if err != nil {
			return nil, err
		}
		if e, ok := tree.Linked(link.Path, string(d.Body)); ok {
			linked = append(linked, linkedChoice{github.Choice{Entry: e, Kind: link.Kind}, link.Path})
		}
	}
	return linked, nil
}

// checkFile compares a file with the listing that named it.
func (g *gathering) checkFile(d *audit.Document, c github.Choice) {
	if d.SHA256 != "" && !c.Matches(d.Body) {
		d.Detail = "the file is not the one that the tree lists: the branch has moved, or the host changes files"
	}
}

// readUnlisted fetches the files that most repositories have, where the tree
// could not be had: raw files cost no API quota.
func (g *gathering) readUnlisted(ctx context.Context, r *repository, role audit.Role, branch string) error {
	for _, f := range []struct {
		name string
		kind audit.DocKind
	}{{"README.md", audit.DocReadme}, {"LICENSE", audit.DocLicense}} {
		d, err := g.get(ctx, g.rawFile(r, role, branch, f.name, f.kind, false))
		if err != nil {
			return err
		}
		if f.kind == audit.DocReadme && d.SHA256 != "" {
			r.readme = page.Parse(d.Body)
		}
	}
	return nil
}

func (g *gathering) rawFile(r *repository, role audit.Role, revision, file string, kind audit.DocKind,
	listed bool) fetch.Request {
	return fetch.Request{Endpoint: &g.c.raw, Bucket: "raw", Limit: rawLimit(file), Pinned: commitID.MatchString(revision),
		Listed: listed, Size: r.sizeOf(revision, file),
		Document: audit.Document{URL: github.RawURL(r.id, revision, file), Kind: kind, Place: audit.GitHubRepo,
			PlaceID: r.id,
			Role:    role, Path: file, Revision: revision}}
}

// sizeOf is how many bytes a file has by the tree that was read, 0 where that tells nothing of the revision.
func (r *repository) sizeOf(revision, file string) int64 {
	if revision == r.tree.SHA {
		for _, e := range r.tree.Entries {
			if e.Path == file && e.Type == "blob" {
				return max(e.Size, 0)
			}
		}
	}
	return 0
}

// rawLimit bounds a file of a repository.
func rawLimit(file string) int64 {
	if legal.IsDocument(file) {
		return termsLimit
	}
	return 4 << 20
}

// hubOf is the model that a link to the hub leads to, or "".
func hubOf(link string) string {
	t, err := ParseTarget(link)
	if err != nil || t.Kind != Hub || !strings.Contains(t.ID, "/") || !strings.Contains(link, "://") ||
		!hub.ValidID(t.ID) {
		return ""
	}
	return t.ID
}
