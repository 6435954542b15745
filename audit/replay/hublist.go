package replay

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The sizes of a page of /api/models, as the hub documents them.
const (
	defaultPage = 1000
	maxPage     = 1000
)

// listFields are what a list entry holds unless more is asked for.
var listFields = []string{"_id", "id", "modelId", "private", "gated", "tags", "pipeline_tag", "library_name",
	"downloads", "likes", "createdAt"}

// fullFields are added by full=true.
var fullFields = []string{"author", "sha", "lastModified", "siblings", "disabled", "config"}

// hubList answers GET /api/models and /api/datasets: filters author, search,
// filter, fields by full, cardData and expand, pages by limit and cursor. Order
// is by id, whatever sort says: the captures are of different days.
func (s *Server) hubList(rt route, r *http.Request) answer {
	q := r.URL.Query()
	limit, after, err := pageOf(q)
	if err != nil {
		return hubFailure(http.StatusBadRequest, "", err.Error())
	}
	repos := s.corpus.models
	if rt.dataset {
		repos = s.corpus.datasets
	}
	entries, last, more := []map[string]json.RawMessage{}, "", false
	for _, id := range slices.Sorted(maps.Keys(repos)) {
		if id <= after || s.corpus.moved[id] != "" || !named(id, q) {
			continue
		}
		state, err := s.corpus.state(repos[id])
		if err != nil || !tagged(state, q["filter"]) {
			continue // nothing captured but a name, or filtered out
		}
		if more = len(entries) == limit; more {
			break
		}
		entries, last = append(entries, listEntry(state, q)), id
	}
	a := jsonAnswer(entries)
	if more {
		a.header.Set("Link", nextLink(r, last))
	}
	return a
}

func pageOf(q url.Values) (limit int, after string, err error) {
	limit = defaultPage
	if text := q.Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 {
			return 0, "", fmt.Errorf("limit %q is no positive number", text)
		}
	}
	cursor, err := base64.RawURLEncoding.DecodeString(q.Get("cursor"))
	if err != nil {
		return 0, "", fmt.Errorf("cursor %q was not given out here", q.Get("cursor"))
	}
	return min(limit, maxPage), string(cursor), nil
}

// nextLink points to the page after the entry last, as an absolute URL.
func nextLink(r *http.Request, last string) string {
	q := r.URL.Query()
	q.Set("cursor", base64.RawURLEncoding.EncodeToString([]byte(last)))
	next := url.URL{Scheme: "http", Host: r.Host, Path: r.URL.Path, RawQuery: q.Encode()}
	return fmt.Sprintf(`<%s>; rel="next"`, next.String())
}

// named applies author and search, which look at the id.
func named(id string, q url.Values) bool {
	author, _, _ := strings.Cut(id, "/")
	if want := q.Get("author"); want != "" && (author != want || !strings.Contains(id, "/")) {
		return false
	}
	return strings.Contains(strings.ToLower(id), strings.ToLower(q.Get("search")))
}

// tagged demands every filter among the tags.
func tagged(state *hubState, filters []string) bool {
	var tags []string
	_ = json.Unmarshal(state.fields["tags"], &tags) // left out: no tag matches
	for _, list := range filters {
		for want := range strings.SplitSeq(list, ",") {
			if want != "" && !slices.Contains(tags, want) {
				return false
			}
		}
	}
	return true
}

func listEntry(state *hubState, q url.Values) map[string]json.RawMessage {
	wanted := listFields
	if expand := expandList(q); len(expand) > 0 {
		wanted = append([]string{"_id", "id"}, expand...)
	}
	if q.Get("full") == "true" || q.Get("full") == "1" {
		wanted = slices.Concat(wanted, fullFields)
	}
	if q.Get("cardData") == "true" || q.Get("cardData") == "1" {
		wanted = append(slices.Clone(wanted), "cardData")
	}
	entry := map[string]json.RawMessage{}
	for _, name := range wanted {
		if value, ok := state.fields[name]; ok {
			entry[name] = value
		}
	}
	return entry
}
