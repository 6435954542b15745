package papers

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"openness/audit/page/jsonspan"
)

// DBLP is an index of computer science that lists, under one title, the preprint and
// what conferences and journals printed. It is asked by title, where no page and no
// preprint names the venue.
const DBLP = "DBLP"

// maxHits is how many entries are asked for: a title has a handful at most.
const maxHits = 10

// TitleURL is the address of DBLP's entries under a title.
func TitleURL(title string) string {
	return "https://dblp.org/search/publ/api?" + url.Values{"format": {"json"}, "h": {fmt.Sprint(maxHits)},
		"q": {strings.Join(titleWords(title), " ")}}.Encode()
}

// titleWords are the words of a title without marks, in small letters.
func titleWords(title string) []string {
	return strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// dblpTypes are DBLP's types of what journals and conferences print.
var dblpTypes = map[string]bool{"Conference and Workshop Papers": true, "Journal Articles": true}

// parseHits reads DBLP's answer to a question for a title: the first entry under just
// this title that a journal or conference printed.
func parseHits(title string, body []byte) (Record, error) {
	values, err := jsonspan.Values(body)
	if err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrNotRecord, err)
	}
	type hit struct {
		title, venue Field
		kind         string
	}
	hits := make(map[int]*hit)
	answered := false
	for _, v := range values {
		rest, inHit := strings.CutPrefix(v.Path, "result.hits.hit.info.")
		answered = answered || strings.HasPrefix(v.Path, "result.hits.")
		if !inHit || v.Kind != 's' || v.Entry < 0 || v.Entry >= maxHits {
			continue
		}
		if hits[v.Entry] == nil {
			hits[v.Entry] = &hit{}
		}
		h := hits[v.Entry]
		switch rest {
		case "title":
			h.title = Field{fold(v.Text), v.Span}
		case "venue":
			if h.venue.Text == "" { // an entry may have several
				h.venue = Field{fold(v.Text), v.Span}
			}
		case "type":
			h.kind = v.Text
		}
	}
	if !answered {
		return Record{}, fmt.Errorf("%w: it lists no hits", ErrNotRecord)
	}
	want := strings.Join(titleWords(title), " ")
	for i := range maxHits {
		h := hits[i]
		if h == nil || h.venue.Text == "" || !dblpTypes[h.kind] || preprintServers.MatchString(h.venue.Text) ||
			strings.Join(titleWords(h.title.Text), " ") != want {
			continue
		}
		return Record{Kind: DBLP, Title: h.title, Venue: h.venue, Reviewed: true,
			// "Birds@ACL" is a workshop
			Workshop: workshop.MatchString(h.venue.Text) || strings.Contains(h.venue.Text, "@")}, nil
	}
	return Record{Kind: DBLP}, ErrNoRecord
}
