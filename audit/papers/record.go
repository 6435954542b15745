package papers

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"openness/audit"
	"openness/audit/page/jsonspan"
	"openness/audit/pattern"
)

// A preprint says little of where a paper was published afterwards; a venue's
// own record does. Three are read: the citation that the ACL Anthology gives
// out, the note that OpenReview keeps of a submission, and what Crossref knows
// of a DOI.

// The places that keep records of publications.
const (
	Anthology  = "ACL Anthology"
	OpenReview = "OpenReview"
	DOI        = "DOI"
)

// A Reference names one publication at a place that keeps a record of it.
type Reference struct {
	Kind string // Anthology, OpenReview, DOI
	ID   string
}

var (
	// ReferencePattern finds references in a text. Its groups are those that
	// ReferenceOf reads.
	ReferencePattern = pattern.MustCompile(`(?i)(?:aclanthology\.org/` +
		`|aclweb\.org/anthology/)(?:papers/[A-Z]/[A-Z]\d\d/)?(` + anthologyID + `)` +
		`|openreview\.net/(?:forum|pdf|attachment)\?id=([\w-]{6,24})` +
		`|(?:doi\.org/|\bdoi\s*=\s*[{"']?\s*|\bdoi:\s?)(10\.\d{4,9}/[^\s"'<>{}|\\^,;\])]{1,200})`)
	wholeAnthologyID = pattern.MustCompile(`(?i)^` + anthologyID + `$`)
)

// anthologyID is an id of the Anthology, old (P19-1346) or new (2021.acl-long.330).
const anthologyID = `[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d{1,4}`

// anthologyDOI is what the DOIs start with that the Anthology's papers have.
const anthologyDOI = "10.18653/v1/"

// ReferenceOf reads a match of ReferencePattern. DOIs of what nobody reviewed
// lead nowhere: ok is false.
func ReferenceOf(groups []string) (r Reference, ok bool) {
	switch {
	case len(groups) != 4:
		return r, false
	case groups[1] != "":
		return Reference{Anthology, groups[1]}, true
	case groups[2] != "":
		return Reference{OpenReview, groups[2]}, true
	}
	return ofDOI(groups[3])
}

func ofDOI(doi string) (r Reference, ok bool) {
	doi = strings.ToLower(strings.TrimRight(strings.TrimSpace(doi), ".,;:)*_`"))
	if id, found := strings.CutPrefix(doi, anthologyDOI); found && wholeAnthologyID.MatchString(id) {
		if !strings.Contains(id, ".") {
			id = strings.ToUpper(id)
		}
		return Reference{Anthology, id}, true
	}
	return Reference{DOI, doi}, ReviewedDOI(doi) && len(doi) > len("10.1000/") && !strings.Contains(doi, "..")
}

// PageReference reads a reference back from the address of its page.
func PageReference(page string) (Reference, bool) {
	if groups := ReferencePattern.FindStringSubmatch(page); groups != nil {
		return ReferenceOf(groups)
	}
	return Reference{}, false
}

// Page is where people see the publication.
func (r Reference) Page() string {
	switch r.Kind {
	case Anthology:
		return "https://aclanthology.org/" + r.ID
	case OpenReview:
		return "https://openreview.net/forum?id=" + r.ID
	}
	return "https://doi.org/" + r.ID
}

// Sources are the addresses of the record, to be asked in turn until one has it:
// OpenReview keeps older venues behind its first interface.
func (r Reference) Sources() []string {
	switch r.Kind {
	case Anthology:
		return []string{"https://aclanthology.org/" + r.ID + ".bib"}
	case OpenReview:
		query := "/notes?" + url.Values{"id": {r.ID}}.Encode()
		return []string{"https://api2.openreview.net" + query, "https://api.openreview.net" + query}
	}
	return []string{"https://api.crossref.org/works/" + url.PathEscape(r.ID)}
}

// A Record is what such a place says of a publication.
type Record struct {
	Kind     string // whose record it is
	Title    Field
	Venue    Field
	Reviewed bool // the venue reviews, and the paper is in
	Workshop bool
}

// ErrNoRecord means that the answer is sound and has no such publication;
// ErrNotRecord that the bytes are no answer of the place that was asked.
var (
	ErrNoRecord  = errors.New("no such publication is recorded there")
	ErrNotRecord = errors.New("not a record of a publication")
)

// ParseRecord reads the answer that one of a reference's sources gave.
func ParseRecord(source string, body []byte) (Record, error) {
	u, err := url.Parse(source)
	if err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrNotRecord, err)
	}
	switch {
	case strings.HasSuffix(u.Host, "openreview.net"):
		return parseNote(body)
	case u.Host == "api.crossref.org":
		return parseWork(body)
	case u.Host == "dblp.org":
		return parseHits(u.Query().Get("q"), body)
	}
	return parseCitation(body)
}

// parseNote reads OpenReview's note of a submission. Its second interface wraps
// each value ({"value": ...}), the first does not.
func parseNote(body []byte) (Record, error) {
	values, err := jsonspan.Values(body)
	if err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrNotRecord, err)
	}
	r, noted := Record{Kind: OpenReview}, strings.Contains(string(body), `"notes"`)
	for _, v := range values {
		if v.Entry != 0 || v.Kind != 's' {
			continue
		}
		switch strings.TrimSuffix(v.Path, ".value") {
		case "notes.content.title":
			r.Title = Field{fold(v.Text), v.Span}
		case "notes.content.venue":
			r.Venue = Field{fold(v.Text), v.Span}
		}
	}
	switch {
	case !noted:
		return r, fmt.Errorf("%w: it holds no notes", ErrNotRecord)
	case r.Title.Text == "":
		return r, ErrNoRecord
	}
	venue := VenueOf(r.Venue.Text)
	r.Reviewed = venue.Reviewed && !outOfVenue.MatchString(r.Venue.Text) || strings.HasPrefix(r.Venue.Text, "Accepted ")
	r.Workshop = venue.Workshop
	return r, nil
}

// outOfVenue is how OpenReview names the venue of what was not accepted.
var outOfVenue = pattern.MustCompile(`(?i)\b(submitted|submission|withdrawn|rejected|desk)\b`)

// reviewedTypes are Crossref's types of what journals and conferences print.
var reviewedTypes = map[string]bool{"journal-article": true, "proceedings-article": true, "book-chapter": true}

// parseWork reads Crossref's record of a DOI.
func parseWork(body []byte) (Record, error) {
	values, err := jsonspan.Values(body)
	if err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrNotRecord, err)
	}
	r, kind, doi := Record{Kind: DOI}, "", ""
	first := func(f *Field, v jsonspan.Value) {
		if f.Text == "" && v.Kind == 's' {
			*f = Field{fold(v.Text), v.Span}
		}
	}
	for _, v := range values {
		switch v.Path {
		case "message.title":
			first(&r.Title, v)
		case "message.container-title":
			first(&r.Venue, v)
		case "message.type":
			kind = v.Text
		case "message.DOI":
			doi = v.Text
		}
	}
	if doi == "" {
		return r, fmt.Errorf("%w: it is about no DOI", ErrNotRecord)
	}
	venue := VenueOf(r.Venue.Text)
	r.Reviewed = reviewedTypes[kind] && r.Venue.Text != "" && !preprintServers.MatchString(r.Venue.Text)
	r.Workshop = venue.Workshop
	return r, nil
}

var (
	citationStart = pattern.MustCompile(`(?m)^\s*@(inproceedings|article|proceedings|book|incollection)\s*\{`)
	citationField = pattern.MustCompile(`(?ims)^\s*(title|booktitle|journal)\s*=\s*["{](.*?)["}]\s*,?\s*$`)
	texBraces     = strings.NewReplacer("{", "", "}", "")
)

// parseCitation reads the BibTeX that the Anthology gives out for a paper. All
// that stands there was accepted by the venue that it names.
func parseCitation(body []byte) (Record, error) {
	r := Record{Kind: Anthology}
	if !citationStart.Match(body) {
		return r, fmt.Errorf("%w: it holds no citation", ErrNotRecord)
	}
	for _, at := range citationField.FindAllSubmatchIndex(body, 10) {
		f := Field{fold(texBraces.Replace(string(body[at[4]:at[5]]))), audit.Span{Start: at[4], End: at[5]}}
		switch name := strings.ToLower(string(body[at[2]:at[3]])); {
		case name == "title" && r.Title.Text == "":
			r.Title = f
		case name != "title" && r.Venue.Text == "":
			r.Venue = f
		}
	}
	r.Reviewed = r.Venue.Text != "" && r.Title.Text != ""
	r.Workshop = workshop.MatchString(r.Venue.Text)
	return r, nil
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }
