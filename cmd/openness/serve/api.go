package serve

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"openness/data"
	"openness/reports"
	"openness/reports/ranking"
	"openness/reports/site"
	"openness/rubric"
)

// Bounds of paging.
const (
	defaultLimit = 100
	maxLimit     = 1000
	maxOffset    = 1 << 30
)

// describe gives the page about the API.
func (s *Server) describe(w http.ResponseWriter, r *http.Request) {
	e, err := s.main(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	page := site.APIPage{Limit: defaultLimit, MaxLimit: maxLimit, MaxHits: maxHits, Endpoints: []site.Endpoint{
		{Path: "/api/models", Example: "api/models",
			About: "The models, by score, with their id, organisation, licence, base and addresses. q keeps those " +
				"whose id, name or organisation contains it."},
		{Path: "/api/models/ID",
			About: "One model with all its evidence: the array of assessments that openness show --format json " +
				"prints. ID is its id, its key (id#label), its label or its name; rubric may be given several times."},
		{Path: "/api/rank?rubric=ID", Example: "api/rank?rubric=" + url.QueryEscape(s.Rubric.ID),
			About: "The ranking under a rubric, with scores both ways and class and reason per dimension."},
		{Path: "/api/rubrics", Example: "api/rubrics",
			About: "The rubrics that can be asked for, with their questions, rules and sources."},
		{Path: "/api/search?q=WORDS", Example: "api/search?q=license",
			About: "Stored documents that contain all words: address, revision, time, SHA-256, excerpt with byte " +
				"offsets, and the models that cite each. method says full_text, or scan where this build has no index."},
		{Path: "/api/documents/SHA256", About: "The stored bytes, exactly as served then, as a plain-text attachment."},
		{Path: "/api/openapi.json", Example: "api/openapi.json",
			About: "This API in the OpenAPI form, for programs that make clients of it."},
		{Path: "/api/documents/SHA256/about",
			About: "Where and when a document was read, and by which models it is cited."},
	}}
	for _, r := range s.Rubrics {
		page.Rubrics = append(page.Rubrics, r.ID)
	}
	var text bytes.Buffer
	if err := e.book.WriteAPI(&text, page); err != nil {
		s.fail(w, r, err)
		return
	}
	s.send(w, r, htmlType, e.tag, text.Bytes())
}

func (s *Server) unknownAPI(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, notFound("There is nothing at %q; /api describes what there is.", r.URL.Path))
}

// sendJSON gives a value.
func (s *Server) sendJSON(w http.ResponseWriter, r *http.Request, tag string, v any) {
	var text bytes.Buffer
	if err := reports.WriteJSON(&text, v); err != nil {
		s.fail(w, r, err)
		return
	}
	s.send(w, r, jsonType, tag, text.Bytes())
}

// listedModel is one model of /api/models.
type listedModel struct {
	Key          string         `json:"key"` // names this model beyond doubt
	ID           string         `json:"id"`
	Label        string         `json:"label,omitempty"`
	Name         string         `json:"name"`
	Organisation string         `json:"organisation"`
	Base         string         `json:"base,omitempty"`
	License      string         `json:"license,omitempty"`
	Released     string         `json:"released,omitempty"`
	Access       reports.Access `json:"access"`
	Strict       float64        `json:"strict"`
	Max          float64        `json:"max"`
	URL          string         `json:"url,omitempty"` // public
	Page         string         `json:"page"`          // dossier, here
	API          string         `json:"api"`           // with evidence, here
}

type modelList struct {
	Rubric rubric.Ref    `json:"rubric"`
	Total  int           `json:"total"`
	Offset int           `json:"offset"`
	Next   *string       `json:"next"`
	Models []listedModel `json:"models"`
}

func (s *Server) apiModels(w http.ResponseWriter, r *http.Request) {
	e, rubricAsked, offset, limit, err := s.ranked(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	rows := e.rows
	if q := strings.ToLower(r.URL.Query().Get("q")); q != "" {
		rows = nil
		for _, row := range e.rows {
			if strings.Contains(strings.ToLower(row.ID+"\n"+row.Label+"\n"+row.Name+"\n"+row.Organisation), q) {
				rows = append(rows, row)
			}
		}
	}
	list := modelList{Rubric: rubricAsked.Ref, Total: len(rows), Offset: offset, Next: nextPage(r, len(rows), offset,
		limit), Models: []listedModel{}}
	from := min(offset, len(rows))
	for _, row := range rows[from:min(len(rows), from+limit)] {
		list.Models = append(list.Models, listedModel{Key: keyOf(row), ID: row.ID, Label: row.Label, Name: row.Name,
			Organisation: row.Organisation,
			Base:         row.Base, License: row.License, Released: row.Released, Access: row.Access,
			Strict: row.Score.Strict,
			Max:    row.Score.Max,
			URL:    row.Link, Page: "/" + e.book.ModelPage(row.ID, row.Label), API: modelAddress(keyOf(row))})
	}
	s.sendJSON(w, r, e.tag, list)
}

// modelAddress is where the API has a model.
func modelAddress(key string) string {
	parts := strings.Split(key, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return "/api/models/" + strings.Join(parts, "/")
}

func (s *Server) apiModel(w http.ResponseWriter, r *http.Request) {
	rubrics, err := s.rubricsOf(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	model, err := s.Model(r.Context(), r.PathValue("id"), rubrics)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var text bytes.Buffer
	if err := reports.WriteAssessmentsJSON(&text, []reports.Model{model}, s.Tool); err != nil {
		s.fail(w, r, err)
		return
	}
	s.send(w, r, jsonType, "", text.Bytes())
}

func (s *Server) apiRank(w http.ResponseWriter, r *http.Request) {
	e, asked, offset, limit, err := s.ranked(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	report := ranking.Report{Rubric: asked, Tool: s.Tool, At: e.at, Source: e.book.Source}
	page := ranking.PageOf(report, e.rows, offset, limit)
	page.Next = nextPage(r, len(e.rows), offset, limit)
	s.sendJSON(w, r, e.tag, page)
}

func (s *Server) apiRubrics(w http.ResponseWriter, r *http.Request) {
	s.sendJSON(w, r, "", map[string]any{"default": s.Rubric.ID, "rubrics": s.Rubrics})
}

// foundPage is the answer of /api/search.
type foundPage struct {
	Query string `json:"query"`
	data.Found
	Offset int     `json:"offset"`
	Next   *string `json:"next"`
}

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request) {
	offset, limit, err := paging(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	q := r.URL.Query().Get("q")
	if q == "" {
		s.fail(w, r, badRequest("The parameter q says which words to look for: /api/search?q=WORDS."))
		return
	}
	found, err := s.find(r.Context(), data.Query{Words: q, Offset: offset, Limit: min(limit, maxHits)})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	page := foundPage{Query: q, Found: found, Offset: offset}
	if found.More {
		page.Next = nextPage(r, maxOffset, offset, min(limit, maxHits))
	}
	s.sendJSON(w, r, "", page)
}

// maxHits bounds one page of hits: each is read and its models looked up.
const maxHits = 100

// apiDocument gives stored bytes. Whatever they are, they are a file of plain
// text to a browser.
func (s *Server) apiDocument(w http.ResponseWriter, r *http.Request) {
	sha := r.PathValue("sha256")
	if !sha256Form.MatchString(sha) {
		s.fail(w, r, notFound("%q is no SHA-256 in lower-case hexadecimal.", sha))
		return
	}
	body, err := s.DB.Body(r.Context(), sha)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+sha+`.txt"`)
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable") // a hash names these bytes for ever
	s.send(w, r, "text/plain; charset=utf-8", sha, body)
}

func (s *Server) apiAbout(w http.ResponseWriter, r *http.Request) {
	sha := r.PathValue("sha256")
	if !sha256Form.MatchString(sha) {
		s.fail(w, r, notFound("%q is no SHA-256 in lower-case hexadecimal.", sha))
		return
	}
	about, err := s.DB.Document(r.Context(), sha)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.sendJSON(w, r, "", about)
}

// ranked is the edition under the rubric that a request names, and its paging.
func (s *Server) ranked(r *http.Request) (e *edition, asked *rubric.Rubric, offset, limit int, err error) {
	if offset, limit, err = paging(r); err != nil {
		return nil, nil, 0, 0, err
	}
	rubrics, err := s.rubricsOf(r)
	if err != nil {
		return nil, nil, 0, 0, err
	}
	e, err = s.shelves[rubrics[0].ID].current(r.Context())
	return e, rubrics[0], offset, limit, err
}

// rubricsOf are the rubrics that a request names: only those that the server
// was started with, never files.
func (s *Server) rubricsOf(r *http.Request) ([]*rubric.Rubric, error) {
	named := r.URL.Query()["rubric"]
	if len(named) == 0 {
		return []*rubric.Rubric{s.Rubric}, nil
	}
	if len(named) > len(s.Rubrics) {
		return nil, badRequest("%d rubrics are asked for; there are %d.", len(named), len(s.Rubrics))
	}
	var list []*rubric.Rubric
	for _, id := range named {
		shelf, ok := s.shelves[id]
		if !ok {
			return nil, badRequest("There is no rubric %q here; /api/rubrics lists those that there are.", id)
		}
		list = append(list, shelf.rubric)
	}
	return list, nil
}

func paging(r *http.Request) (offset, limit int, err error) {
	if offset, err = numberOf(r, "offset", 0, 0, maxOffset); err != nil {
		return 0, 0, err
	}
	limit, err = numberOf(r, "limit", defaultLimit, 1, maxLimit)
	return offset, limit, err
}

// numberOf reads a parameter that is a whole number within bounds.
func numberOf(r *http.Request, name string, otherwise, least, most int) (int, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, badRequest("The parameter %s is %q; it must be a whole number from %d to %d.", name, text, least,
			most)
	}
	return n, nil
}

// nextPage is the address of the page after this one, nil at the end.
func nextPage(r *http.Request, total, offset, limit int) *string {
	if offset+limit >= total {
		return nil
	}
	q := r.URL.Query()
	q.Set("offset", strconv.Itoa(offset+limit))
	q.Set("limit", strconv.Itoa(limit))
	next := r.URL.Path + "?" + q.Encode()
	return &next
}
