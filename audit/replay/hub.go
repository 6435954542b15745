package replay

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// hubState is a Hugging Face repository as its API answers for it.
type hubState struct {
	body     []byte                     // the answer
	fields   map[string]json.RawMessage // the answer's top level
	sha      string
	gated    bool
	files    map[string]bool // nil: the file list is unknown
	recorded bool            // false: derived from the card
}

// state parses or derives the answer of a repository, once.
func (c *corpus) state(m *hubRepo) (*hubState, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m.parsed != nil {
		return m.parsed, nil
	}
	body, recorded, err := c.hubBody(m)
	if err != nil {
		return nil, err
	}
	state, err := readState(body)
	if err != nil {
		return nil, err
	}
	state.recorded = recorded
	m.parsed = state
	return state, nil
}

// hubBody is the recorded answer, or one derived from the card.
func (c *corpus) hubBody(m *hubRepo) (body []byte, recorded bool, err error) {
	switch {
	case m.answer != "":
		body, err = c.readFile(m.answer)
		return body, true, err
	case m.body != nil:
		return m.body, true, nil
	}
	card, err := c.readFile(m.card)
	if err != nil {
		return nil, false, err
	}
	body, err = deriveAnswer(m, card)
	return body, false, err
}

func readState(body []byte) (*hubState, error) {
	s := &hubState{body: body}
	if err := json.Unmarshal(body, &s.fields); err != nil {
		return nil, err
	}
	_ = json.Unmarshal(s.fields["sha"], &s.sha) // left out: stays empty
	gate := strings.TrimSpace(string(s.fields["gated"]))
	s.gated = gate != "" && gate != "false" && gate != "null"
	var siblings []struct {
		Name string `json:"rfilename"`
	}
	if raw, ok := s.fields["siblings"]; ok && json.Unmarshal(raw, &siblings) == nil && siblings != nil {
		s.files = make(map[string]bool, len(siblings))
		for _, f := range siblings {
			s.files[f.Name] = true
		}
	}
	return s, nil
}

// find looks up a repository of either kind.
func (c *corpus) find(rt route) *hubRepo {
	if rt.dataset {
		return c.datasets[rt.id]
	}
	return c.models[rt.id]
}

// lookup finds the repository of a route, or the answer for one that was
// renamed or is not in the folder.
func (s *Server) lookup(rt route, moved func(id string) string) (*hubRepo, *hubState, *answer) {
	if to, ok := s.corpus.moved[rt.id]; ok && !rt.dataset {
		a := movedTo(moved(to))
		return nil, nil, &a
	}
	m := s.corpus.find(rt)
	if m == nil || (m.card == "" && m.answer == "" && m.body == nil) {
		a := s.unknownRepository(rt)
		return nil, nil, &a
	}
	state, err := s.corpus.state(m)
	if err != nil {
		a := failure(http.StatusInternalServerError, "replay: "+err.Error())
		return nil, nil, &a
	}
	return m, state, nil
}

// unknownRepository answers like the hub to an anonymous caller: 401 for what
// is private and for what does not exist, so that neither can be told.
func (s *Server) unknownRepository(rt route) answer {
	if s.corpus.listed[rt.id] && !rt.dataset {
		return notCaptured("of " + rt.id + " only an old list entry")
	}
	return hubFailure(http.StatusUnauthorized, "", "Invalid username or password.")
}

// movedTo is the hub's redirect for a renamed repository: 307, and relative.
func movedTo(location string) answer {
	a := respond(http.StatusTemporaryRedirect, textType, []byte("Temporary Redirect. Redirecting to "+location))
	a.header.Set("Location", location)
	return a
}

// hubInfo answers GET /api/models/ID and /api/datasets/ID, with ?expand=.
func (s *Server) hubInfo(rt route, r *http.Request) answer {
	if rt.id == "" {
		return hubFailure(http.StatusBadRequest, "", "invalid repository name")
	}
	m, state, failed := s.lookup(rt, func(to string) string {
		return withQuery(strings.Replace(r.URL.Path, "/models/"+rt.id, "/models/"+to, 1), r.URL)
	})
	if failed != nil {
		return *failed
	}
	if rt.rev != "" && !state.hasRevision(rt.rev) {
		return notCaptured(rt.id + " at revision " + rt.rev)
	}
	wanted := expandList(r.URL.Query())
	if len(wanted) == 0 {
		return state.whole()
	}
	return s.expand(m, state, wanted)
}

func withQuery(path string, u *url.URL) string {
	if u.RawQuery == "" {
		return path
	}
	return path + "?" + u.RawQuery
}

func (state *hubState) whole() answer {
	a := jsonBytes(state.body)
	if state.recorded {
		a.header.Set("X-Replay", "recorded")
	} else {
		a.header.Set("X-Replay", "derived from the card; what is left out is unknown")
	}
	return a
}

// hasRevision reports whether the folder holds that revision: the head, by its
// branch or by its commit (or enough of it).
func (state *hubState) hasRevision(rev string) bool {
	return rev == "main" || rev == "refs/heads/main" || len(rev) >= 7 && strings.HasPrefix(state.sha, rev)
}

// expandList reads ?expand=a&expand=b, ?expand[]=a and ?expand=a,b.
func expandList(q url.Values) (wanted []string) {
	for _, list := range slices.Concat(q["expand"], q["expand[]"]) {
		wanted = append(wanted, strings.Split(list, ",")...)
	}
	return wanted
}

// expand answers with the id and the properties asked for. A property that the
// folder does not know is left out.
func (s *Server) expand(m *hubRepo, state *hubState, wanted []string) answer {
	if file, ok := s.corpus.expanded[m.id+"?"+wanted[0]]; ok && len(wanted) == 1 && !m.dataset {
		body, err := s.corpus.readFile(file)
		if err != nil {
			return failure(http.StatusInternalServerError, "replay: "+err.Error())
		}
		return jsonBytes(body)
	}
	out := map[string]json.RawMessage{}
	for _, name := range append([]string{"_id", "id"}, wanted...) {
		if value, ok := state.fields[name]; ok {
			out[name] = value
		}
	}
	return jsonAnswer(out)
}

// hubTree answers /tree/REV. No capture has whole trees, so it says so.
func (s *Server) hubTree(rt route) answer {
	_, _, failed := s.lookup(rt, func(to string) string {
		return rt.prefix + "/api/models/" + to + "/tree/" + url.PathEscape(rt.rev)
	})
	if failed != nil {
		return *failed
	}
	return notCaptured("the tree of " + rt.id)
}
