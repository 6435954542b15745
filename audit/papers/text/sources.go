package text

import (
	"net/url"
	"path"
	"strings"

	"openness/audit/papers"
	"openness/audit/pattern"
)

// A Source is an address at which a form of a paper may be had.
type Source struct {
	Kind Kind
	URL  string
}

// arXivSite is the public base; another one (a mirror, a test) may be given.
const arXivSite = "https://arxiv.org"

// Candidates lists where to ask for an arXiv paper, the best form first: the
// HTML edition keeps what a thing is, the source keeps it too but must be
// interpreted, the PDF always exists. A version in the id is kept; without one
// arXiv gives the newest. For what is no arXiv id the list is empty.
func Candidates(base, id string) []Source {
	number, version := papers.SplitID(id)
	if number == "" {
		return nil
	}
	if base == "" {
		base = arXivSite
	}
	base = strings.TrimSuffix(base, "/")
	name := number + version
	return []Source{
		{KindHTML, base + "/html/" + name},
		{KindLaTeX, base + "/e-print/" + name},
		{KindPDF, base + "/pdf/" + name},
	}
}

// Place says what kind of place an address of a paper is.
type Place string

// The places that are known. A PDF elsewhere is a report: what makers link from
// their cards, sites and repositories.
const (
	PlaceNone        Place = ""
	PlaceArXiv       Place = "arxiv"
	PlaceACL         Place = "acl-anthology"
	PlaceOpenReview  Place = "openreview"
	PlaceProceedings Place = "proceedings"
	PlaceReport      Place = "report"
)

var (
	aclID = pattern.MustCompile(`^/(?:anthology/)?([A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9-]+\.\d+` +
		`|\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+)(?:v\d+)?(?:\.pdf|\.bib|/)?$`)
	openReviewID = pattern.MustCompile(`^[A-Za-z0-9_-]{5,40}$`)
	nipsPaper    = pattern.MustCompile(
		`^/paper(?:_files/paper)?/(\d{4})/(?:hash|file)/([0-9a-f]{32}-)(?:Abstract|Paper)(-[A-Za-z_]+)?\.(?:html|pdf)$`,
	)
	pmlrPaper = pattern.MustCompile(`^/(v\d+|r\d+)/([a-z0-9_-]+?)(?:\.html|/[a-z0-9_-]+\.pdf|\.pdf)?$`)
	jmlrPaper = pattern.MustCompile(`^/papers/(?:v|volume)(\d+)/(\d{2}-\d{3,4}|[a-z]+\d{2}[a-z])` +
		`(?:\.html|/[a-z0-9-]+\.pdf)?$`)
	iscaPaper = pattern.MustCompile(`^/([a-z0-9_]+)/([a-z0-9_-]+)\.(?:html|pdf)$`)
	cvfPaper  = pattern.MustCompile(`^/content/([^/]+)/(?:html|papers)/([^/]+?)\.(?:html|pdf)$`)
)

// Locate tells from an address where the PDF of a paper lies, and what kind of
// place that is. Pages about a paper are led to its PDF. It looks at nothing but
// the address, so what it names need not exist.
func Locate(address string) (Place, Source) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return PlaceNone, Source{}
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	pdf := func(at string) Source { return Source{KindPDF, at} }
	switch host {
	case "arxiv.org", "export.arxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "alphaxiv.org":
		if number, version := papers.SplitID(u.Path); number != "" {
			return PlaceArXiv, pdf(arXivSite + "/pdf/" + number + version)
		}
		return PlaceNone, Source{}
	case "aclanthology.org", "aclweb.org":
		if m := aclID.FindStringSubmatch(u.Path); m != nil {
			return PlaceACL, pdf("https://aclanthology.org/" + m[1] + ".pdf")
		}
	case "openreview.net":
		if id := u.Query().Get("id"); (u.Path == "/forum" || u.Path == "/pdf" || u.Path == "/attachment") &&
			openReviewID.MatchString(id) {
			return PlaceOpenReview, pdf("https://openreview.net/pdf?id=" + id)
		}
	case "proceedings.neurips.cc", "papers.nips.cc", "papers.neurips.cc":
		if m := nipsPaper.FindStringSubmatch(u.Path); m != nil {
			return PlaceProceedings,
				pdf("https://proceedings.neurips.cc/paper_files/paper/" + m[1] + "/file/" + m[2] + "Paper" + m[3] +
					".pdf")
		}
	case "proceedings.mlr.press":
		if m := pmlrPaper.FindStringSubmatch(u.Path); m != nil {
			return PlaceProceedings, pdf("https://proceedings.mlr.press/" + m[1] + "/" + m[2] + "/" + m[2] + ".pdf")
		}
	case "jmlr.org", "jmlr.csail.mit.edu":
		if m := jmlrPaper.FindStringSubmatch(u.Path); m != nil {
			return PlaceProceedings, pdf("https://jmlr.org/papers/volume" + m[1] + "/" + m[2] + "/" + m[2] + ".pdf")
		}
	case "isca-archive.org":
		if m := iscaPaper.FindStringSubmatch(u.Path); m != nil && m[2] != "index" {
			return PlaceProceedings, pdf("https://www.isca-archive.org/" + m[1] + "/" + m[2] + ".pdf")
		}
	case "openaccess.thecvf.com":
		if m := cvfPaper.FindStringSubmatch(u.Path); m != nil {
			return PlaceProceedings, pdf("https://openaccess.thecvf.com/content/" + m[1] + "/papers/" + m[2] + ".pdf")
		}
	}
	if strings.EqualFold(path.Ext(u.Path), ".pdf") {
		return PlaceReport, pdf(inRaw(u))
	}
	return PlaceNone, Source{}
}

// inRaw leads a file's page in a repository to the file.
func inRaw(u *url.URL) string {
	raw := *u
	raw.Fragment = ""
	parts := strings.SplitN(strings.TrimPrefix(u.Path, "/"), "/", 4)
	switch host := strings.ToLower(u.Hostname()); {
	case host == "github.com" && len(parts) == 4 && parts[2] == "blob":
		raw.Host, raw.Path, raw.RawQuery = "raw.githubusercontent.com", "/"+parts[0]+"/"+parts[1]+"/"+parts[3], ""
	case host == "huggingface.co" && strings.Contains(u.Path, "/blob/"):
		raw.Path, raw.RawQuery = strings.Replace(u.Path, "/blob/", "/resolve/", 1), ""
	}
	raw.RawPath = ""
	return raw.String()
}
