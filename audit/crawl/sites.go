package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page/web"
	"openness/audit/papers/text"
	"openness/audit/pattern"
)

// The makers' own pages: a project page, a blog post, documentation, a model page, a
// summary of the training content, which front pages link on the makers' own domain.

// Bounds of the makers' pages of one subject: of the model, and of its base.
const (
	maxOwnSites  = 2
	maxBaseSites = 2
)

var (
	// sitePage is what makers call such pages.
	sitePage = pattern.MustCompile(`\b(project ?page|home ?page|web ?site|official (?:site|page|blog)|blog(?: ?post)?` +
		`|announcement|release (?:post|blog|notes)|documentation|docs|model page|model card|system card|data ?sheet` +
		`|data card|data (?:summary|documentation)|(?:public )?summary of (?:the )?training|training (?:data` +
		`|content) summary|technical (?:details|blog|post)|release|read more|learn more|research (?:paper|page)` +
		`|publication|technical overview|介绍|博客|官网)\b`)
	// noPage is what links are called, or lead to, that tell nothing of the making.
	noPage = pattern.MustCompile(`(?i)\b(demo|chat|play|playground|try|api|console|login|sign ?(?:in|up)|pricing` +
		`|discord|slack|wechat|twitter|forum|support|contact|careers|privacy|cookie|terms|leaderboard|arena|download` +
		`|badge)\b`)
	// sharedHosts serve pages of anybody, or none that tell of a model.
	sharedHosts = pattern.MustCompile(`(?i)(^|\.)(huggingface\.co|hf\.co|github\.com|githubusercontent\.com` +
		`|gitlab\.com|arxiv\.org|doi\.org|openreview\.net|aclanthology\.org|zenodo\.org|kaggle\.com|modelscope\.(?:cn` +
		`|ai)|google\.com|goo\.gl|youtube\.com|youtu\.be|twitter\.com|x\.com|linkedin\.com|discord\.(?:gg|com)` +
		`|reddit\.com|wikipedia\.org|shields\.io|colab\.research\.google\.com|replicate\.com|docker\.com|pypi\.org` +
		`|medium\.com|t\.co|bit\.ly|wandb\.(?:ai|me)|ollama\.com|creativecommons\.org|opensource\.org|apache\.org` +
		`|spdx\.org)$`)
	notPage = pattern.MustCompile(`(?i)\.(png|jpe?g|gif|svg|webp|mp4|mov|zip|gz|bz2|xz|tar|jsonl|safetensors|gguf` +
		`|bin|json|ya?ml|py|sh|css|js|pdf)$`)
)

// hubPost is the path of a post or article on a hub: whoever publishes models there may
// publish one.
var hubPost = pattern.MustCompile(`^/blog/[\w.-]+(?:/[\w.-]+)?/?$`)

// A site is a page of the makers', and how likely it tells of the model.
type site struct {
	place audit.Place
	score int
}

// readSites reads the pages of the makers' that their front pages link.
func (g *gathering) readSites(ctx context.Context) error {
	for _, role := range []audit.Role{audit.RolePaper, audit.RoleBase} {
		if err := g.readSitesOf(ctx, role, g.speakings()); err != nil {
			return err
		}
	}
	return nil
}

// readPaperSites reads the pages of the makers' that the head of the model's own paper
// gives the address of, as far as the front pages left room.
func (g *gathering) readPaperSites(ctx context.Context) error {
	return g.readSitesOf(ctx, audit.RolePaper, g.paperHeads())
}

// readSitesOf reads the pages of the makers' that some pages of one side link.
func (g *gathering) readSitesOf(ctx context.Context, role audit.Role, pages []speaking) error {
	most := g.budget(BudgetSites)
	if role == audit.RoleBase {
		most = maxBaseSites * min(g.budget(BudgetBase), 1)
	}
	for _, side := range g.sites {
		if side == role {
			most--
		}
	}
	for _, p := range sitesIn(pages, role, most) {
		if !g.choose(p) {
			continue
		}
		if g.sites == nil {
			g.sites = make(map[string]audit.Role)
		}
		g.sites[p.ID] = role
		request := g.pageRequest(audit.Document{URL: p.URL, Kind: audit.DocWeb, Place: p.Kind, PlaceID: p.ID,
			Role: p.Role})
		request.Check = isPage
		d, err := g.get(ctx, request)
		if err != nil {
			return err
		}
		if d.SHA256 != "" {
			g.docs = append(g.docs, g.pageText(d))
		}
	}
	return nil
}

// siteTexts are the texts of the makers' own pages that were read: they name papers
// and data as a card does.
func (g *gathering) siteTexts() []speaking {
	if len(g.models) == 0 {
		return nil
	}
	var all []speaking
	for i := range g.docs {
		d := &g.docs[i]
		if d.Place != audit.WebPage || d.Kind != audit.DocProse || d.SHA256 == "" ||
			!strings.Contains(d.Detail, textOfPage) {
			continue
		}
		s := speaking{page: g.page(d), name: g.models[0].id, place: g.models[0].id, role: audit.RolePaper,
			what: fmt.Sprintf("page %s", d.PlaceID)}
		if d.Role == audit.RoleBase {
			s.role, s.name, s.place = audit.RoleBase, g.baseName(), g.baseName()
		}
		all = append(all, s)
	}
	return all
}

// baseName is the model that the audited one was made from, by what was read of it.
func (g *gathering) baseName() string {
	for _, m := range g.models {
		if m.role == audit.RoleBase {
			return m.id
		}
	}
	return g.subject.Base
}

// sitesIn lists the makers' pages that the pages of one side link, the likeliest first.
func sitesIn(pages []speaking, role audit.Role, most int) []audit.Place {
	var all []site
	for _, s := range pages {
		if s.role != role {
			continue
		}
		placed := audit.RoleVendor
		if role == audit.RoleBase {
			placed = audit.RoleBase
		}
		for _, m := range mentions(s.page, webLink, func(groups []string) (string, string) {
			return siteAddress(groups[0]), ""
		}) {
			score := scoreSite(m, s)
			p := audit.Place{Kind: audit.WebPage, Role: placed, ID: m.id, URL: m.id,
				Reason: fmt.Sprintf("The %s links to this page of its makers (at byte %d).", s.what, m.start)}
			if at := slices.IndexFunc(all, func(o site) bool { return o.place.ID == m.id }); at < 0 {
				all = append(all, site{p, score})
			} else {
				all[at].score = max(all[at].score, score)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b site) int { return b.score - a.score })
	var kept []audit.Place
	for _, s := range all {
		if s.score >= ownSite && len(kept) < most {
			kept = append(kept, s.place)
		}
	}
	return kept
}

// siteAddress is the address of a page that may be one of the makers', or "".
func siteAddress(link string) string {
	u, err := url.Parse(strings.TrimRight(link, ".,;:!*_"))
	if err != nil || u.Host == "" || u.User != nil ||
		sharedHosts.MatchString(u.Hostname()) && !hubPost.MatchString(u.Path) || notPage.MatchString(u.Path) ||
		strings.Contains(u.Hostname(), "img.") {
		return ""
	}
	if kind, _ := text.Locate(u.String()); kind != text.PlaceNone {
		return "" // a paper
	}
	u.Fragment, u.RawQuery, u.Scheme = "", "", "https"
	return u.String()
}

// ownSite is the least score of a page that is the makers' own and tells of the model.
const ownSite = 3

// weightsGiven is what stands before a link to where the weights are given out, mostly
// against a form.
var weightsGiven = pattern.MustCompile(`\b(?:download|obtain|request|get)\b[^.]{0,40}\b(?:weights|checkpoints?` +
	`|access)\b|\b(?:weights|checkpoints?)\b[^.]{0,40}\b(?:download\w*|obtain\w*|request\w*)\b`)

// pathWords makes each step of a path a word, so that titles in it stay whole.
var pathWords = strings.NewReplacer("/", " ", "-", "_", ".", "_")

var (
	// tellsOfWork is the path of a page on one piece of work.
	tellsOfWork = pattern.MustCompile(`(?i)/(?:blog|publications?|research|news|index|posts?|articles?)/[^/]+`)
	// indexPage is the path of a page that lists or leads on.
	indexPage = pattern.MustCompile(`(?i)^/?(?:[a-z]{2}(?:-[a-z]{2})?/)?(?:blog|research|publications?|news|docs` +
		`|about|products?|home|index\.html)?/?$`)
)

// scoreSite says how likely a linked page is the makers' own and tells of the model:
// by its domain, by its address, and by what the link is called.
func scoreSite(m mention, s speaking) int {
	u, err := url.Parse(m.id)
	if err != nil {
		return 0
	}
	askedFor := weightsGiven.MatchString(m.before)
	if !askedFor && (noPage.MatchString(m.text) || noPage.MatchString(pathWords.Replace(u.Path)) ||
		noPage.MatchString(u.Hostname())) {
		return 0
	}
	score := 0
	if identity.OwnDomain(u.Hostname(), s.name) || identity.OwnDomain(u.Hostname(), s.place) {
		score += 2
	}
	if namedAfter(u.Host+u.Path, s.name) || namedAfter(u.Host+u.Path, s.place) {
		score++
	}
	if askedFor || tellsOfWork.MatchString(u.Path) {
		score++
	}
	if indexPage.MatchString(u.Path) {
		score-- // it leads to all that its makers do
	}
	if sitePage.MatchString(m.text) || m.text == "" && sitePage.MatchString(m.before) {
		score++
	}
	if usageHeads.MatchString(m.heading) || usageWords.MatchString(clause(m.before)) {
		score--
	}
	return score
}

// pageText is the readable text of a page, as a document of its own: quotes of the
// page are bytes of this text. A page without one leaves a document that says why.
func (g *gathering) pageText(d audit.Document) audit.Document {
	made := audit.Document{Outcome: audit.Fetched}
	made.Detail = fmt.Sprintf("%s with SHA-256 %s (reader version %s)", textOfPage, d.SHA256, web.MarkdownVersion)
	body, err := textOnPage(d.URL, d.Body)
	if err != nil {
		made.Outcome, made.Detail = audit.Failed, made.Detail+": "+err.Error()
	} else {
		made.ContentType, made.Body, made.SHA256 = "text/markdown; charset=utf-8", body, audit.Hash(body)
	}
	return dressText(made, d)
}

// textOnPage is what can be read on a page of the web, or why nothing can. Nobody changes
// the text: whether a page holds any is checked when it comes, and then it is read.
func textOnPage(url string, page []byte) ([]byte, error) {
	read := pagesRead.Of(pattern.Text(page), pattern.Key(url), func() pageRead {
		body, err := web.Markdown(page, url)
		if err == nil && len(body) < minPageText {
			err = errors.New("it holds next to no text: it may be put together by scripts")
		}
		return pageRead{body, err}
	})
	return read.text, read.err
}

// A pageRead is the text of a page, or why there is none.
type pageRead struct {
	text []byte
	err  error
}

// pagesRead are the few pages that were read last, of up to a megabyte each.
var pagesRead = pattern.Memory[pageRead]{Places: 8, Longest: 1 << 20}

// textOfPage is how the detail of such a text begins.
const textOfPage = "the text of the page"

// minPageText is the least text of a page that says anything, in bytes.
const minPageText = 200
