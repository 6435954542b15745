package replay

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
)

// walkSites finds the folders web/HOST.
func (c *corpus) walkSites() error {
	hosts, err := fs.Glob(c.root.FS(), "web/*")
	for _, dir := range hosts {
		c.sites[path.Base(dir)] = true
	}
	return err
}

// contentType is what a server would say of a body: the standard library knows
// all kinds but JSON.
func contentType(body []byte) string {
	if json.Valid(body) {
		return jsonType
	}
	return http.DetectContentType(body)
}

// webPage answers /web/HOST/PATH with the file web/HOST/PATH, PATH.html or
// PATH/index.html, and a question to an API with the file PATH?QUERY. A page that was
// not captured is 501 like everything else. A captured host without a robots.txt has
// none: that is how most are recorded, and no evidence of anything but that its pages
// may be read.
func (s *Server) webPage(rt route, query string) answer {
	name := path.Join("web", rt.id, rt.path)
	files := []string{name, name + ".html", name + "/index.html"}
	if query != "" {
		files = []string{name + "?" + query}
	}
	if a, ok := s.captured(contentType, files...); ok {
		return a
	}
	if rt.path == "robots.txt" && s.corpus.sites[rt.id] {
		return failure(http.StatusNotFound, "the captures of "+rt.id+" hold no robots.txt")
	}
	return notCaptured("page " + rt.id + "/" + rt.path)
}
