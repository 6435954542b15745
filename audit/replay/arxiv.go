package replay

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"openness/audit/pattern"
)

// arxivEntry is one paper within a recorded answer of arXiv's API.
var arxivEntry = pattern.MustCompile(`(?s)<entry[ >].*?</entry>`)

// arxivVersion is what an id ends in that names a version.
var arxivVersion = pattern.MustCompile(`v\d+$`)

const (
	atomHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">` + "\n"
	atomEnd = "</feed>\n"
)

// arxivQuery answers a question for several papers with the entries recorded
// for each in arxiv/ID.xml. A list in which one was not captured is 501 as a
// whole: leaving it out would say that arXiv does not know it.
func (s *Server) arxivQuery(r *http.Request) answer {
	if phrase := arxivTitle.FindStringSubmatch(r.URL.Query().Get("search_query")); phrase != nil {
		return s.arxivSearch(phrase[1])
	}
	ids := strings.Split(r.URL.Query().Get("id_list"), ",")
	feed := bytes.NewBufferString(atomHead)
	for _, id := range ids {
		file, ok := s.corpus.papers[arxivVersion.ReplaceAllString(id, "")]
		if !ok {
			return notCaptured("arXiv's answer on " + id)
		}
		body, err := s.corpus.readFile(file)
		if err != nil {
			return failure(http.StatusInternalServerError, "replay: "+err.Error())
		}
		feed.Write(arxivEntry.Find(body))
		feed.WriteByte('\n')
	}
	feed.WriteString(atomEnd)
	return respond(http.StatusOK, "application/atom+xml; charset=utf-8", feed.Bytes())
}

var (
	// arxivTitle is a question for papers with a phrase in their title.
	arxivTitle = pattern.MustCompile(`^ti:"([^"]+)"$`)
	entryTitle = pattern.MustCompile(`(?s)<title[^>]*>(.*?)</title>`)
)

// arxivSearch answers with the captured papers whose title has a phrase. Where none
// has, nothing is known: arXiv may have papers that nobody captured.
func (s *Server) arxivSearch(phrase string) answer {
	feed, found := bytes.NewBufferString(atomHead), 0
	for _, id := range slices.Sorted(maps.Keys(s.corpus.papers)) {
		body, err := s.corpus.readFile(s.corpus.papers[id])
		if err != nil {
			return failure(http.StatusInternalServerError, "replay: "+err.Error())
		}
		entry := arxivEntry.Find(body)
		title := entryTitle.FindSubmatch(entry)
		if title == nil || !strings.Contains(plain(string(title[1])), plain(phrase)) {
			continue
		}
		found++
		feed.Write(entry)
		feed.WriteByte('\n')
	}
	if found == 0 {
		return notCaptured("arXiv's papers titled " + phrase)
	}
	feed.WriteString(atomEnd)
	return respond(http.StatusOK, "application/atom+xml; charset=utf-8", feed.Bytes())
}

// plain is a text as arXiv compares it: words in small letters, without marks.
func plain(text string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ") + " "
}
