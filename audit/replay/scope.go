package replay

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"openness/audit/pattern"
)

// walkScope finds the folders modelscope/models/NS/NAME.
func (c *corpus) walkScope() error {
	dirs, err := fs.Glob(c.root.FS(), "modelscope/models/*/*")
	for _, dir := range dirs {
		c.scoped[strings.ToLower(strings.TrimPrefix(dir, "modelscope/models/"))] = dir
	}
	return err
}

// scopeAPI answers what ModelScope says of a model (model.json), the list of its files
// (files.json, at a commit at/COMMIT/files.json) and of its commits (commits.json), as
// they were recorded.
func (s *Server) scopeAPI(rt route) answer {
	name := map[target]string{scopeInfo: "model.json", scopeList: "files.json", scopeCommits: "commits.json"}[rt.what]
	if rt.what == scopeList && commitName.MatchString(rt.rev) {
		name = path.Join("at", rt.rev, name)
	}
	body, ok := s.scoped(rt.id, name)
	if !ok {
		return notCaptured(name + " of " + rt.id + " on ModelScope")
	}
	return jsonBytes(body)
}

// commitName is the name of a commit.
var commitName = pattern.MustCompile(`^[0-9a-f]{40}$`)

// scopeFile answers a file of a ModelScope model: at a commit that was captured by
// itself as it was then, at any other as it was captured last. One that a recorded list
// leaves out is 404, any other that is not there is 501.
func (s *Server) scopeFile(rt route) answer {
	folder := ""
	if list := path.Join("at", rt.rev, "files.json"); commitName.MatchString(rt.rev) {
		if _, ok := s.scoped(rt.id, list); ok {
			folder = path.Join("at", rt.rev)
		}
	}
	if body, ok := s.scoped(rt.id, path.Join(folder, "files", rt.path)); ok {
		return fileAnswer("application/octet-stream", body)
	}
	if list, ok := s.scoped(rt.id, path.Join(folder, "files.json")); ok && !listed(list, rt.path) {
		return failure(http.StatusNotFound, "the list of "+rt.id+" on ModelScope has no "+rt.path)
	}
	return notCaptured(rt.path + " of " + rt.id + " on ModelScope")
}

// listed reports whether a list of files names one. A list that cannot be read
// may name any.
func listed(list []byte, file string) bool {
	var answer struct {
		Data struct{ Files []struct{ Path string } }
	}
	if json.Unmarshal(list, &answer) != nil {
		return true
	}
	for _, f := range answer.Data.Files {
		if f.Path == file {
			return true
		}
	}
	return false
}

// scoped reads a file of the folder of a ModelScope model.
func (s *Server) scoped(id, name string) ([]byte, bool) {
	dir, ok := s.corpus.scoped[strings.ToLower(id)]
	if !ok {
		return nil, false
	}
	body, err := s.corpus.readFile(path.Join(dir, name))
	return body, err == nil
}
