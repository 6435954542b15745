package papers

import (
	"strings"

	"openness/audit/pattern"
)

// preprintServers are places that publish without peer review. A journal field
// that names one of them is a preprint, whatever the entry's type says.
var preprintServers = pattern.MustCompile(`(?i)\b(arxiv|biorxiv|medrxiv|chemrxiv|ssrn|corr|preprint|technical report` +
	`|tech report|white ?paper|blog|github|hugging ?face|zenodo|research ?square|osf)\b`)

// unreviewed are phrases with which authors say that review is not over.
var unreviewed = pattern.MustCompile(
	`(?i)\b(submitted to|under review|in submission|work in progress|to be submitted|draft|rejected)\b`,
)

// venues are series and journals of the field that review what they print.
// The list is of venues, not of papers; general words below catch the rest.
var venues = pattern.MustCompile(`\b(NeurIPS|NIPS|Neural Information Processing Systems|ICML` +
	`|International Conference on Machine Learning|ICLR|International Conference on Learning Representations|` +
	`ACL|EMNLP|NAACL|EACL|AACL|TACL|COLING|CoNLL|LREC|Findings of the Association` +
	`|Association for Computational Linguistics|Computational Linguistics|` +
	`CVPR|ICCV|ECCV|WACV|BMVC|SIGGRAPH|Interspeech|INTERSPEECH|ICASSP|ISMIR|AAAI|IJCAI|KDD|SIGIR|WWW|CHI|FAccT|AIES` +
	`|COLM|Conference on Language Modeling|MLSys|ICSE|FSE|` +
	`JMLR|TMLR|Journal of Machine Learning Research|Transactions on Machine Learning Research|Nature|Science|PNAS` +
	`|Cell|Bioinformatics|NeurIPS Datasets and Benchmarks)\b`)

// generalVenue are words that only reviewed series use of themselves.
var generalVenue = pattern.MustCompile(
	`(?i)\b(proceedings of|transactions (on|of)|journal of|annals of|conference on|letters|IEEE|ACM)\b`,
)

var accepted = pattern.MustCompile(
	`(?i)\b(accepted|to appear|published|appear(s|ed|ing)?|camera[- ]ready|oral|spotlight|poster|presented)\b`,
)

// Workshop papers are reviewed lightly or not at all; they count as a venue
// only when nothing else does, and the caller is told.
var workshop = pattern.MustCompile(`(?i)\bworkshops?\b`)

// A Venue is what a reference says of where a paper was published.
type Venue struct {
	Name     string // as the reference gives it
	Reviewed bool
	Workshop bool
}

// VenueOf reads a journal reference, booktitle or journal field: a text whose
// whole meaning is where a paper was published.
func VenueOf(reference string) Venue {
	name := strings.Join(strings.Fields(reference), " ")
	v := Venue{Name: name, Workshop: workshop.MatchString(name)}
	switch {
	case name == "", preprintServers.MatchString(name), unreviewed.MatchString(name):
	default:
		v.Reviewed = venues.MatchString(name) || generalVenue.MatchString(name)
	}
	return v
}

// VenueInComment reads an author's comment, which says many things ("24 pages,
// code at ...", "Accepted at NeurIPS 2023"). A venue counts only beside a word
// that says the paper is in, or where the comment begins with it.
func VenueInComment(comment string) Venue {
	for _, part := range strings.FieldsFunc(comment, func(r rune) bool { return r == ';' || r == ',' || r == '.' }) {
		at := venues.FindStringIndex(part)
		if at == nil || unreviewed.MatchString(part) {
			continue
		}
		if accepted.MatchString(part) || strings.TrimSpace(part[:at[0]]) == "" {
			return Venue{Name: strings.TrimSpace(part), Reviewed: true, Workshop: workshop.MatchString(part)}
		}
	}
	return Venue{}
}

// ReviewedDOI reports whether a DOI can lead to a reviewed version: arXiv
// (10.48550), Zenodo (10.5281), OSF (10.31219) and bioRxiv (10.1101) register
// DOIs for what nobody reviewed.
func ReviewedDOI(doi string) bool {
	prefix, _, ok := strings.Cut(strings.TrimSpace(doi), "/")
	if !ok {
		return false
	}
	switch prefix {
	case "10.48550", "10.5281", "10.31219", "10.1101", "10.57967", "10.2139", "10.21203":
		return false
	}
	return strings.HasPrefix(prefix, "10.")
}

// venueHosts are hosts whose pages are records of reviewed papers.
var venueHosts = map[string]bool{"aclanthology.org": true, "proceedings.neurips.cc": true, "papers.nips.cc": true,
	"proceedings.mlr.press": true,
	"jmlr.org":              true, "www.jmlr.org": true, "openaccess.thecvf.com": true, "dl.acm.org": true,
	"ieeexplore.ieee.org": true,
	"www.nature.com":      true, "link.springer.com": true, "www.isca-speech.org": true, "isca-archive.org": true,
	"www.isca-archive.org": true}

// VenueHost reports whether a host publishes reviewed papers only. OpenReview
// is not among them: it hosts submissions too, and its record must be read.
func VenueHost(host string) bool { return venueHosts[strings.ToLower(host)] }
