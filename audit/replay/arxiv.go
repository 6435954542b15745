package replay

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
)

// arxivEntry is one paper within a recorded answer of arXiv's API.
var arxivEntry = regexp.MustCompile(`(?s)<entry[ >].*?</entry>`)

// arxivVersion is what an id ends in that names a version.
var arxivVersion = regexp.MustCompile(`v\d+$`)

const (
	atomHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">` + "\n"
	atomEnd  = "</feed>\n"
)

// arxivQuery answers a question for several papers with the entries recorded
// for each in arxiv/ID.xml. A list in which one was not captured is 501 as a
// whole: leaving it out would say that arXiv does not know it.
func (s *Server) arxivQuery(r *http.Request) answer {
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
