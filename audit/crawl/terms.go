package crawl

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/legal"
	"openness/audit/page/docx"
	"openness/audit/pattern"
)

// Licences come as PDFs, web pages and files of word processors too. What people read
// there is the licence; the file is kept beside it as the original.

// termsLimit bounds a legal file that is a document, in bytes: it may bring the letters
// of its language with it.
const termsLimit = 8 << 20

// getTerms fetches a legal file, and its text where it is a document.
func (g *gathering) getTerms(ctx context.Context, r fetch.Request) (audit.Document, error) {
	if legal.IsDocument(r.Document.Path) {
		r.Limit = termsLimit
	}
	d, err := g.get(ctx, r)
	if err != nil {
		return d, err
	}
	return d, g.readTerms(ctx)
}

// readTerms puts beside the document that came last, where it is a legal file that is no
// plain text, the text that it holds. The text is what is read as the licence. What gives
// none leaves a text that was not had, so that nothing is concluded from its silence.
func (g *gathering) readTerms(ctx context.Context) error {
	d := &g.docs[len(g.docs)-1]
	if d.Kind != audit.DocLicense || d.SHA256 == "" {
		return nil
	}
	made, ok, err := g.termsOf(ctx, *d)
	if err != nil || !ok {
		return err
	}
	if made.SHA256 == "" {
		made.Detail += "; look at the file itself"
	}
	d.Kind = audit.DocOther
	g.docs = append(g.docs, made)
	return nil
}

// termsOf is the text of a legal file as a document of its own; ok is false where the file
// is a text already.
func (g *gathering) termsOf(ctx context.Context, d audit.Document) (made audit.Document, ok bool, err error) {
	switch {
	case bytes.HasPrefix(d.Body, []byte("%PDF-")):
		made, err = g.c.textOf(ctx, d)
		return made, true, err
	case docx.Is(d.Body):
		return wordText(d), true, nil
	case fetch.StartsAsPage(d.Body):
		return g.pageText(d), true, nil
	case legal.IsDocument(d.Path) && (bytes.IndexByte(d.Body, 0) >= 0 || !utf8.Valid(d.Body)):
		return unreadTerms(d, errors.New("it is in a form that is not read here")), true, nil
	}
	return made, false, nil
}

// wordText is the text of a word processor's file.
func wordText(d audit.Document) audit.Document {
	body, err := docx.Text(d.Body)
	if err == nil && len(bytes.TrimSpace(body)) == 0 {
		err = errors.New("it holds no text: its pages may be pictures")
	}
	if err != nil {
		return unreadTerms(d, err)
	}
	made := audit.Document{Outcome: audit.Fetched, ContentType: "text/markdown; charset=utf-8", Body: body,
		SHA256: audit.Hash(body)}
	made.Detail = fmt.Sprintf("the text of the word processor's file with SHA-256 %s (reader version %s)", d.SHA256,
		docx.Version)
	return dressText(made, d)
}

// unreadTerms is the text that a legal file does not give.
func unreadTerms(d audit.Document, why error) audit.Document {
	detail := fmt.Sprintf("the text of the file with SHA-256 %s: %v", d.SHA256, why)
	return dressText(audit.Document{Outcome: audit.Failed, Detail: strings.TrimSpace(detail)}, d)
}

// documentLink is a link to a document: its words, and its address as it stands.
var documentLink = pattern.MustCompile(
	`(?i)\[([^\]\n]{0,200})\]\(\s*<?([^)\n<>]{1,400}\.(?:pdf|docx?|odt|html?))[^)\n]{0,80}\)` +
		`|<a [^>]{0,200}?href=["']([^"'\n]{1,400}\.(?:pdf|docx?|odt|html?))[?#\w=]{0,40}["'][^>]{0,200}>([^<\n]{0,200})`)

// maxLinkedTerms bounds how many documents with terms are read because pages link them.
const maxLinkedTerms = 2

// readLinkedTerms reads documents that the front pages of models and repositories link as
// their terms, and that no list of files led to: they lie further down, are named after
// something else, or lie in another place of the same makers.
func (g *gathering) readLinkedTerms(ctx context.Context) error {
	for _, r := range g.askedTerms() {
		if _, err := g.getTerms(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// askedTerms are the requests for these, each file once by whichever pages it is linked.
func (g *gathering) askedTerms() []fetch.Request {
	var asked []fetch.Request
	seen := make(map[string]bool)
	ask := func(page, link string, own func(file string) fetch.Request) {
		r, file, ok := g.linkedTerms(page, link, own)
		if ok && !seen[file] && len(asked) < maxLinkedTerms {
			asked, seen[file] = append(asked, r), true
		}
	}
	for _, m := range g.models {
		for _, link := range termsLinks(m.card.Source, m.front("license_link")) {
			ask(hub.ModelPage(m.id)+"/blob/main/", link, func(file string) fetch.Request {
				return g.modelFile(m, cmp.Or(m.revision, "main"), file, audit.DocLicense, termsLimit)
			})
		}
	}
	for _, r := range g.repos {
		for _, link := range termsLinks(r.readme.Source, nil) {
			ask(github.RepoURL(r.id)+"/blob/main/", link, func(file string) fetch.Request {
				return g.rawFile(r, r.role, cmp.Or(r.revision, "HEAD"), file, audit.DocLicense, false)
			})
		}
	}
	return asked
}

// termsLinks are the addresses of documents that a page links as terms.
func termsLinks(source []byte, named []string) []string {
	var links []string
	for _, link := range named {
		if address, _, _ := strings.Cut(link, "?"); legal.IsDocument(address) {
			links = append(links, address)
		}
	}
	for _, m := range documentLink.FindAllSubmatch(source, maxLinks) {
		link, words := string(m[2])+string(m[3]), string(m[1])+string(m[4])
		name, err := url.PathUnescape(path.Base(link))
		if err == nil && (legal.Promises(words) || legal.Promises(name)) && !slices.Contains(links, link) {
			links = append(links, link)
		}
	}
	return links
}

// linkedTerms is the request for a document that a page links, and which file that is; ok is
// false where it was read or is of other makers. own makes the request for a file of the place
// that the page is of.
func (g *gathering) linkedTerms(page, link string, own func(file string) fetch.Request) (r fetch.Request, at string,
	ok bool) {
	base, err := url.Parse(page)
	if err != nil {
		return r, "", false
	}
	address, err := base.Parse(strings.ReplaceAll(link, " ", "%20"))
	if err != nil {
		return r, "", false
	}
	m := fileOf.FindStringSubmatch("https://" + address.Host + address.Path)
	if m == nil || !hub.Safe(m[3]) {
		return r, "", false
	}
	host, id, file := m[1], m[2], m[3]
	r = own(file)
	d := &r.Document
	if !strings.HasPrefix(strings.ToLower(page), strings.ToLower("https://"+host+"/"+id+"/")) {
		if !identity.SameMaker(identity.Owner(id), identity.Owner(d.PlaceID)) {
			return r, "", false
		}
		r.Pinned, d.Revision = false, ""
		// The readers conclude from a repository what its files are terms of, so what a page links
		// in one, or links from one, stays with that page.
		if host == hub.Host && d.Place == audit.HubModel {
			d.PlaceID = id
		}
		if host == hub.Host {
			r.Endpoint, r.Bucket, d.URL = &g.c.hub, "resolvers", hub.ModelFile(id, "main", file)
		} else {
			r.Endpoint, r.Bucket, d.URL = &g.c.raw, "raw", github.RawURL(id, "HEAD", file)
		}
	}
	r.Listed = false
	read := slices.ContainsFunc(g.docs, func(o audit.Document) bool {
		return o.Path == file && (strings.EqualFold(o.PlaceID, id) || o.URL == d.URL)
	})
	if read {
		return r, "", false
	}
	return r, strings.ToLower(host+"/"+id) + "/" + file, true
}

// fileOf matches the address of a file on the hub or in a repository: host, id, file.
var fileOf = pattern.MustCompile(
	`^https://(?:www\.)?(huggingface\.co|github\.com)/([\w.-]+/[\w.-]+)/(?:blob|resolve|raw)/[^/]+/(.+)$`)
