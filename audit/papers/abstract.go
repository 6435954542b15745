package papers

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"net/url"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// What arXiv's API says of a paper stands on the paper's abstract page too,
// which may be read when the API will not answer.

// AbstractURL is the abstract page of a paper.
func AbstractURL(id string) string { return "https://arxiv.org/abs/" + strings.TrimPrefix(id, "/") }

var (
	citedTitle = pattern.MustCompile(`(?is)<meta\s+name="citation_title"\s+content="([^"]*)"`)
	citedID    = pattern.MustCompile(`(?is)<meta\s+name="citation_arxiv_id"\s+content="([^"]*)"`)
	pageCell   = pattern.MustCompile(`(?is)<td class="tablecell (comments|jref|doi)[^"]*">(.*?)</td>`)
	versionTag = pattern.MustCompile(`(?is)<strong>\s*(?:<a[^>]*>)?\s*\[(v\d{1,3})\]`)
	htmlTag    = pattern.MustCompile(`(?s)<[^>]*>`)
	doiIn      = pattern.MustCompile(`10\.\d{4,9}/[^\s"'<>]+`)
)

// ErrNotAbstract means that the bytes are no abstract page of arXiv.
var ErrNotAbstract = errors.New("not an abstract page of arXiv")

// ParseAbstract reads an abstract page: title, the last of the versions that it
// lists, the authors' comment, the journal reference and the DOI.
func ParseAbstract(body []byte) (Paper, error) {
	id, title := citedID.FindSubmatch(body), citedTitle.FindSubmatchIndex(body)
	if id == nil || title == nil {
		return Paper{}, ErrNotAbstract
	}
	p := Paper{Title: cell(body, title[2], title[3])}
	p.ID, _ = SplitID(string(id[1]))
	if p.ID == "" {
		return p, fmt.Errorf("%w: it names no paper", ErrNotAbstract)
	}
	for _, v := range versionTag.FindAllSubmatch(body, 999) {
		p.Version = string(v[1])
	}
	for _, at := range pageCell.FindAllSubmatchIndex(body, 10) {
		f := cell(body, at[4], at[5])
		switch strings.ToLower(string(body[at[2]:at[3]])) {
		case "comments":
			p.Comment = f
		case "jref":
			p.JournalRef = f
		case "doi":
			if doi := doiIn.FindIndex(body[at[4]:at[5]]); doi != nil {
				p.DOI = cell(body, at[4]+doi[0], at[4]+doi[1])
			}
		}
	}
	return p, nil
}

// cell is a text between two places of a page, without its mark-up.
func cell(body []byte, start, end int) Field {
	span := trim(body, audit.Span{Start: start, End: end})
	return Field{Text: fold(html.UnescapeString(htmlTag.ReplaceAllString(string(body[span.Start:span.End]), " "))),
		Span: span}
}

// Read reads what arXiv said of papers: an answer of its API, or an abstract page.
func Read(body []byte) ([]Paper, error) {
	if start := bytes.ToLower(body[:min(len(body), 1024)]); bytes.Contains(start, []byte("<html")) ||
		bytes.Contains(start, []byte("<!doctype html")) {
		p, err := ParseAbstract(body)
		if err != nil {
			return nil, err
		}
		return []Paper{p}, nil
	}
	return Parse(body)
}

// Asked lists the papers that a query of the API or an abstract page is about.
func Asked(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	if list := u.Query().Get("id_list"); list != "" {
		return strings.Split(list, ",")
	}
	if id, ok := strings.CutPrefix(u.Path, "/abs/"); ok {
		return []string{id}
	}
	return nil
}
