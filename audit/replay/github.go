package replay

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strings"

	"openness/audit/pattern"
)

// gitState is a repository at its captured commit.
type gitState struct {
	facts  map[string]any // repo.json as it stands
	name   string         // full_name
	branch string         // default_branch
	head   string         // head_sha; empty: the repository has no commit
	at     string         // committed_at
	tree   *tree
}

// gitState reads repo.json and tree.tsv of a repository, once.
func (c *corpus) gitState(g *gitCopy) (*gitState, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g.parsed != nil {
		return g.parsed, nil
	}
	body, err := c.readFile(g.dir + "/repo.json")
	if err != nil {
		return nil, err
	}
	s := &gitState{}
	if err := json.Unmarshal(body, &s.facts); err != nil {
		return nil, fmt.Errorf("%s/repo.json: %w", g.dir, err)
	}
	s.name, s.branch = text(s.facts["full_name"]), text(s.facts["default_branch"])
	s.head, s.at = text(s.facts["head_sha"]), text(s.facts["committed_at"])
	if s.name == "" {
		s.name = strings.TrimPrefix(g.dir, "github/")
	}
	s.tree = readTree(c, g.dir)
	g.parsed = s
	return s, nil
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// isHead reports whether rev names the captured commit.
func (g *gitState) isHead(rev string) bool {
	rev = strings.TrimPrefix(strings.TrimPrefix(rev, "refs/"), "heads/")
	return rev == "HEAD" || rev == g.branch || len(rev) >= 7 && strings.HasPrefix(g.head, rev)
}

// repository finds a repository as GitHub does, whatever the case of its name.
func (s *Server) repository(id string) (*gitCopy, *gitState, *answer) {
	g := s.corpus.repos[strings.ToLower(id)]
	if g == nil {
		a := notCaptured("repository " + id)
		return nil, nil, &a
	}
	state, err := s.corpus.gitState(g)
	if err != nil {
		a := failure(http.StatusInternalServerError, "replay: "+err.Error())
		return nil, nil, &a
	}
	return g, state, nil
}

// gitRepo answers /repos/OWNER/NAME and what is below it. A repository that was
// not captured is 501 unless an exchange with it was recorded: GitHub's 404
// would claim that it is not there.
func (s *Server) gitRepo(rt route, r *http.Request) answer {
	g, state, failed := s.repository(rt.id)
	if failed != nil {
		if a, ok := s.exchange(r); ok {
			return a
		}
		return *failed
	}
	verb, rest, _ := strings.Cut(rt.path, "/")
	switch verb {
	case "":
		return gitETag(jsonAnswer(state.describe()))
	case "commits", "branches":
		return state.commit(verb, rest, r)
	case "license":
		return s.gitLicense(g, state)
	case "contents", "readme":
		return s.gitContents(g, state, verb, rest, r)
	case "git":
		return s.gitObject(state, rest, r)
	}
	return notCaptured(rt.path + " of " + rt.id)
}

// describe is the repository's answer: what the capture tells and what follows
// from the name. Counts, licence, dates of pushes and flags are left out.
func (g *gitState) describe() map[string]any {
	owner, name, _ := strings.Cut(g.name, "/")
	out := map[string]any{
		"name": name, "full_name": g.name, "owner": map[string]any{"login": owner}, "private": false,
		"html_url": "https://github.com/" + g.name, "url": "https://api.github.com/repos/" + g.name,
		"default_branch": g.branch,
	}
	for key, value := range g.facts {
		if key != "head_sha" && key != "committed_at" && key != "truncated" {
			out[key] = value
		}
	}
	return out
}

// commit answers commits/REF and branches/NAME for the captured head.
func (g *gitState) commit(verb, ref string, r *http.Request) answer {
	switch {
	case g.head == "":
		return gitFailure(http.StatusConflict, "Git Repository is empty.")
	case ref == "" || !g.isHead(ref):
		return notCaptured(verb + "/" + ref + " of " + g.name)
	case strings.HasSuffix(r.Header.Get("Accept"), ".sha"):
		a := respond(http.StatusOK, "application/vnd.github.sha; charset=utf-8", []byte(g.head))
		a.header.Set("ETag", `"`+g.head+`"`)
		return a
	}
	commit := map[string]any{"sha": g.head, "html_url": "https://github.com/" + g.name + "/commit/" + g.head,
		"commit": map[string]any{"committer": map[string]any{"date": g.at}}}
	if verb == "branches" {
		return gitETag(jsonAnswer(map[string]any{"name": g.branch, "commit": commit}))
	}
	return gitETag(jsonAnswer(commit))
}

// gitObject answers git/trees/REV and git/ref/heads/BRANCH.
func (s *Server) gitObject(g *gitState, rest string, r *http.Request) answer {
	verb, rev, _ := strings.Cut(rest, "/")
	switch {
	case g.head == "":
		return gitFailure(http.StatusConflict, "Git Repository is empty.")
	case !g.isHead(rev):
		return notCaptured("git/" + rest + " of " + g.name)
	case verb == "ref" || verb == "refs":
		return gitETag(jsonAnswer(map[string]any{"ref": "refs/heads/" + g.branch,
			"object": map[string]any{"sha": g.head, "type": "commit"}}))
	case verb == "trees" && !g.tree.known:
		return notCaptured("the tree of " + g.name)
	case verb == "trees":
		return gitETag(jsonAnswer(g.tree.list(g, r.URL.Query().Has("recursive"))))
	}
	return notCaptured("git/" + rest + " of " + g.name)
}

// licenceFile names the files that GitHub takes for a repository's licence.
var licenceFile = pattern.MustCompile(`(?i)^(un)?licen[cs]e|^copying|^ofl`)

// gitLicense answers /license with the file at the top of the tree. GitHub's
// guess of which licence it is was not captured, so "license" is left out.
func (s *Server) gitLicense(g *gitCopy, state *gitState) answer {
	for _, e := range state.tree.entries {
		if e.kind == "blob" && !strings.Contains(e.path, "/") && licenceFile.MatchString(e.path) {
			return s.gitContent(g, state, e)
		}
	}
	if !state.tree.complete() {
		return notCaptured("the licence of " + state.name)
	}
	return gitFailure(http.StatusNotFound, "Not Found")
}

// readmeFile names the files that GitHub shows as a repository's readme.
var readmeFile = pattern.MustCompile(`(?i)^readme(\.|$)`)

// gitContents answers contents/PATH for files, and readme.
func (s *Server) gitContents(g *gitCopy, state *gitState, verb, name string, r *http.Request) answer {
	if ref := r.URL.Query().Get("ref"); ref != "" && !state.isHead(ref) {
		return notCaptured(name + " of " + state.name + " at " + ref)
	}
	for _, e := range state.tree.entries {
		if verb == "readme" && !strings.Contains(e.path, "/") && readmeFile.MatchString(e.path) ||
			verb == "contents" && e.path == name {
			return s.gitContent(g, state, e)
		}
	}
	if !state.tree.complete() {
		return notCaptured(name + " of " + state.name)
	}
	return gitFailure(http.StatusNotFound, "Not Found")
}

func (s *Server) gitContent(g *gitCopy, state *gitState, e entry) answer {
	body, err := s.corpus.readFile(g.dir + "/files/" + e.path)
	if err != nil {
		return notCaptured(e.path + " of " + state.name)
	}
	return gitETag(jsonAnswer(map[string]any{
		"name": path.Base(e.path), "path": e.path, "sha": e.sha, "size": len(body), "type": "file",
		"encoding": "base64", "content": base64.StdEncoding.EncodeToString(body),
		"html_url": "https://github.com/" + state.name + "/blob/" + state.branch + "/" + e.path,
	}))
}

// gitQuota answers /rate_limit, which costs nothing; the numbers are stamped
// into the headers as for every answer.
func (s *Server) gitQuota(r *http.Request) answer {
	s.quotas.mu.Lock()
	defer s.quotas.mu.Unlock()
	b, w, _ := s.quotas.current(GitHubAPI, r)
	core := map[string]any{"limit": b.limit, "used": w.used, "remaining": max(0, b.limit-w.used),
		"reset": w.ends.Unix() + 1}
	a := jsonAnswer(map[string]any{"resources": map[string]any{"core": core}, "rate": core})
	a.header.Del("ETag")
	a.free = true
	return a
}

// gitRaw answers raw files: captured ones with their bytes, 404 where the whole
// tree is known and lacks the path, 501 where the folder cannot tell.
func (s *Server) gitRaw(rt route) answer {
	g, state, failed := s.repository(rt.id)
	if failed != nil {
		return *failed
	}
	if !state.isHead(rt.rev) {
		return notCaptured(rt.id + " at " + rt.rev)
	}
	if body, err := s.corpus.readFile(g.dir + "/files/" + rt.path); err == nil {
		a := respond(http.StatusOK, textType, body)
		a.header.Set("ETag", `W/"`+gitBlob(body)+`"`)
		a.header.Set("X-Content-Type-Options", "nosniff")
		return a
	}
	if e, there := state.tree.find(rt.path); there && e.kind == "blob" || !there && !state.tree.complete() {
		return notCaptured(rt.path + " of " + rt.id)
	}
	return respond(http.StatusNotFound, textType, []byte("404: Not Found"))
}

// gitFailure is an error as GitHub's API words it.
func gitFailure(status int, message string) answer {
	body, _ := json.Marshal(map[string]string{"message": message, "documentation_url": "https://docs.github.com/rest",
		"status": fmt.Sprint(status)})
	return respond(status, jsonType, body)
}

// gitETag gives an answer of GitHub's API its headers.
func gitETag(a answer) answer {
	a.header.Set("X-GitHub-Media-Type", "github.v3; format=json")
	a.header.Set("Cache-Control", "public, max-age=60, s-maxage=60")
	return a
}
