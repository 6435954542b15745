package replay

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"openness/audit/pattern"
)

// ungatedFile names the files that stay public in a gated repository. The hub
// shows the card of a gated model to everyone, and its staff state that licence
// files stay public too; the recorded refusal is of config.json. So README and
// licence, policy and notice files at the top are served, all else is refused.
var ungatedFile = pattern.MustCompile(`(?i)^(README\.md|\.gitattributes|(LICEN[CS]E|USE_POLICY|NOTICE|TERMS)[^/]*)$`)

// hubFile answers /ID/resolve/REV/PATH for models and datasets.
func (s *Server) hubFile(rt route) answer {
	m, state, failed := s.lookup(rt, func(to string) string {
		return fmt.Sprintf("%s/%s/resolve/%s/%s", rt.prefix, to, url.PathEscape(rt.rev),
			(&url.URL{Path: rt.path}).EscapedPath())
	})
	switch {
	case failed != nil:
		return *failed
	case state.gated && !ungatedFile.MatchString(rt.path):
		return gatedRefusal(rt)
	case !state.hasRevision(rt.rev):
		return notCaptured(rt.id + " at revision " + rt.rev)
	case rt.path == "README.md" && m.card != "":
		return s.cardFile(m, state)
	}
	if a, ok := s.capturedFile(m, rt.path); ok {
		return a
	}
	if state.files != nil && !state.files[rt.path] {
		return hubFailure(http.StatusNotFound, "EntryNotFound", "Entry not found")
	}
	return notCaptured(rt.path + " of " + rt.id)
}

// gatedRefusal is the hub's 401 for a file behind a gate, in its own words.
func gatedRefusal(rt route) answer {
	what := "model"
	if rt.dataset {
		what = "dataset"
	}
	text := fmt.Sprintf("Access to %s %s is restricted. You must have access to it and be authenticated to access it. Please log in.", what, rt.id)
	a := respond(http.StatusUnauthorized, textType, []byte(text))
	a.header.Set("X-Error-Code", "GatedRepo")
	a.header.Set("X-Error-Message", text)
	return a
}

// cardFile serves a captured card. A card says nothing about the revision that
// it was taken at, so it is served as that of the known head.
func (s *Server) cardFile(m *hubRepo, state *hubState) answer {
	body, err := s.corpus.readFile(m.card)
	if err != nil {
		return failure(http.StatusInternalServerError, "replay: "+err.Error())
	}
	a := fileAnswer(textType, body)
	a.header.Set("Accept-Ranges", "bytes")
	a.header.Set("Content-Disposition", fmt.Sprintf("inline; filename=%q", path.Base("README.md")))
	if strings.TrimSpace(state.sha) != "" {
		a.header.Set("X-Repo-Commit", state.sha)
	}
	return a
}
