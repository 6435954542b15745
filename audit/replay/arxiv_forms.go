package replay

import (
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
)

// arxivForms are the forms in which arXiv gives a paper out, by the first part of
// the path, each with the endings that a file may have that holds it.
var arxivForms = map[string][]string{
	"html":    {".html", ""},
	"e-print": {".tar.gz", ".gz", ".tex", ".tar", ""},
	"src":     {".tar.gz", ".gz", ".tex", ".tar", ""},
	"pdf":     {".pdf", ""},
}

// arxivTypes is what arXiv says of the bytes of a form.
var arxivTypes = map[string]string{"html": "text/html; charset=utf-8", "e-print": "application/gzip",
	"src": "application/gzip", "pdf": "application/pdf"}

// arxivPaper answers /arxiv/FORM/ID with the file arxiv/FORM/ID.EXT, with the
// version in its name or without; with a PDF from papers/; or with what was
// captured of arxiv.org as a site. A paper of which any form was captured with
// an answer on what arXiv lacks (a file ID.404) is absent in that form, and what
// nobody captured is 501.
func (s *Server) arxivPaper(rt route) answer {
	form, id := rt.path, rt.id
	names := []string{id}
	if bare := arxivVersion.ReplaceAllString(id, ""); bare != id {
		names = append(names, bare)
	}
	for _, name := range names {
		var files []string
		for _, dir := range []string{"arxiv/" + form, "web/arxiv.org/" + form, "web/export.arxiv.org/" + form} {
			for _, ext := range arxivForms[form] {
				files = append(files, dir+"/"+name+ext)
			}
		}
		if form == "pdf" {
			files = append(files, "papers/"+name+".pdf")
		}
		if a, ok := s.captured(func([]byte) string { return arxivTypes[form] }, files...); ok {
			return a
		}
		if _, err := s.corpus.root.Stat("arxiv/" + form + "/" + name + ".404"); err == nil {
			return failure(http.StatusNotFound, "arXiv has no "+form+" of "+id)
		}
	}
	return notCaptured("arXiv's " + form + " of " + id)
}

// parsePaper reads /arxiv/FORM/ID; ids of before 2007 have two parts.
func parsePaper(parts []string) (route, bool) {
	if len(parts) < 2 || len(parts) > 3 || arxivForms[parts[0]] == nil {
		return route{}, false
	}
	return route{kind: Other, what: arxivPaper, id: strings.TrimSuffix(path.Join(parts[1:]...), ".pdf"),
		path: parts[0]}, true
}

// walkForms finds whether any form of a paper was captured.
func (c *corpus) walkForms() error {
	for _, pattern := range []string{"arxiv/*/*", "papers/*.pdf"} {
		found, err := fs.Glob(c.root.FS(), pattern)
		if err != nil {
			return err
		}
		c.forms = c.forms || len(found) > 0
	}
	return nil
}

// walkFiles finds the folders huggingface/files/ORG/NAME: a model of which files
// were captured is a public one, and its README.md is its card.
func (c *corpus) walkFiles() error {
	for dir, repo := range map[string]func(string) *hubRepo{"huggingface/files/": c.model,
		"huggingface/dataset-files/": c.dataset} {
		found, err := fs.Glob(c.root.FS(), dir+"*/*")
		if err != nil {
			return err
		}
		for _, folder := range found {
			info, err := c.root.Stat(folder)
			if err != nil || !info.IsDir() {
				continue
			}
			m := repo(strings.TrimPrefix(strings.TrimPrefix(folder, dir), "_root/"))
			m.files = folder
			if _, err := c.root.Stat(folder + "/README.md"); err == nil && m.card == "" {
				m.card = folder + "/README.md"
			}
		}
	}
	return nil
}

// capturedFile answers with a file of a repository on the hub that was captured
// beside its card.
func (s *Server) capturedFile(m *hubRepo, file string) (answer, bool) {
	if m.files == "" {
		return answer{}, false
	}
	a, ok := s.captured(fileType, path.Join(m.files, file))
	if a.status == http.StatusOK {
		a.header.Set("Accept-Ranges", "bytes")
	}
	return a, ok
}

// fileType is what the hub says of a file: what it is where people can read it.
func fileType(body []byte) string {
	if kind := http.DetectContentType(body); slices.Contains([]string{textType, "application/pdf"}, kind) {
		return kind
	}
	return "application/octet-stream"
}
