// Package serve shows stored audits over HTTP: the pages of package reports,
// made one by one as they are asked for, a JSON API, and a search over stored
// documents. A page shows what is stored when it is asked for, so an audit that
// runs beside the server appears without a restart.
//
// It is made for one person's machine. It answers GET and HEAD only and changes
// nothing that is stored (but for the full-text index, a cache that a search
// brings up to date). It refuses requests that name a host which is not its own,
// the way a hostile page would reach it through DNS rebinding, and requests
// that other sites' pages make. Stored documents are hostile: they are shown as
// text or given as plain-text files, and policies forbid browsers to run them.
//
// It knows no users and no passwords: whoever can reach the address can read
// everything that is stored.
package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"openness/data"
	"openness/reports"
	"openness/reports/figures"
	"openness/reports/site"
	"openness/rubric"
)

// Options say what is served and to whom.
type Options struct {
	DB      *data.DB
	Rubric  *rubric.Rubric   // of the pages, and of the API where none is named
	Rubrics []*rubric.Rubric // that the API can judge by besides
	Scores  []figures.Score  // benchmark values for the figures; may be empty
	// Releases and MakerOf are for the pages of makers: see site.Options.
	Releases []reports.Release
	MakerOf  func(organisation string) string
	Aliases  func(name string) []string // to join scores
	Tool     string                     // version
	Now      func() time.Time
	// Model makes one model with its evidence, judged under the rubrics. Its
	// error wraps data.ErrNotFound or data.ErrAmbiguous for a name that is not
	// one model's.
	Model func(ctx context.Context, name string, rubrics []*rubric.Rubric) (reports.Model, error)
	// Hosts are the names, besides localhost, that requests may be sent to.
	Hosts []string
	// Remote lets requests be sent to any IP address, not only to loopback.
	Remote bool
	// Fault is told of errors that are the server's own; nil ignores them.
	Fault func(error)
}

// A Server answers requests. It is safe for concurrent use.
type Server struct {
	Options
	shelves   map[string]*shelf // by rubric id
	routes    *http.ServeMux
	searching chan struct{} // bounds how many searches run at once
}

// searchesAtOnce bounds the searches that run side by side: each may read every
// stored document.
const searchesAtOnce = 2

// New makes a server; it reads nothing until it is asked.
func New(o Options) *Server {
	s := &Server{Options: o, shelves: make(map[string]*shelf), searching: make(chan struct{}, searchesAtOnce)}
	if !slices.ContainsFunc(s.Rubrics, func(r *rubric.Rubric) bool { return r.ID == o.Rubric.ID }) {
		s.Rubrics = append([]*rubric.Rubric{o.Rubric}, s.Rubrics...)
	}
	for i, r := range s.Rubrics {
		if r.ID == o.Rubric.ID {
			s.Rubrics[i], r = o.Rubric, o.Rubric // a file may stand in for a built-in rubric
		}
		s.shelves[r.ID] = newShelf(&s.Options, r)
	}
	s.routes = s.routed()
	return s
}

func (s *Server) routed() *http.ServeMux {
	m := http.NewServeMux()
	m.HandleFunc("/{$}", s.page)
	m.HandleFunc("/{page...}", s.page)
	m.HandleFunc("/models/{page}", s.dossier)
	m.HandleFunc("/documents/{sha256}", s.document)
	m.HandleFunc("/search", s.search)
	m.HandleFunc("/api", s.describe)
	m.HandleFunc("/api/", s.unknownAPI)
	m.HandleFunc("/api/openapi.json", s.apiDescription)
	m.HandleFunc("/api/models", s.apiModels)
	m.HandleFunc("/api/models/{id...}", s.apiModel)
	m.HandleFunc("/api/rank", s.apiRank)
	m.HandleFunc("/api/rubrics", s.apiRubrics)
	m.HandleFunc("/api/search", s.apiSearch)
	m.HandleFunc("/api/documents/{sha256}", s.apiDocument)
	m.HandleFunc("/api/documents/{sha256}/about", s.apiAbout)
	return m
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header(), r.URL.Path)
	if err := s.refusal(r); err != nil {
		s.fail(w, r, err)
		return
	}
	s.routes.ServeHTTP(w, r)
}

// main is the edition of the pages as the store is now.
func (s *Server) main(ctx context.Context) (*edition, error) {
	return s.shelves[s.Rubric.ID].current(ctx)
}

// page gives one of the pages that are about more than one model.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	e, err := s.main(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	text, ok, err := e.shared(name)
	switch {
	case err != nil:
		s.fail(w, r, err)
	case !ok:
		s.fail(w, r, notFound("There is no page %q.", r.URL.Path))
	default:
		s.send(w, r, typeOf(name), e.tag, text)
	}
}

// dossier gives one model's page.
func (s *Server) dossier(w http.ResponseWriter, r *http.Request) {
	e, err := s.main(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	key, ok := e.models["models/"+r.PathValue("page")]
	if !ok {
		s.fail(w, r, notFound("There is no model with a page %q here. Audit it first, or look for it in the ranking.",
			r.URL.Path))
		return
	}
	model, err := s.Model(r.Context(), key, []*rubric.Rubric{s.Rubric})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var page bytes.Buffer
	if err := e.book.WriteModel(&page, &model); err != nil {
		s.fail(w, r, err)
		return
	}
	s.send(w, r, htmlType, e.tag, page.Bytes())
}

const (
	htmlType = "text/html; charset=utf-8"
	jsonType = "application/json; charset=utf-8"
)

func typeOf(name string) string {
	_, extension, _ := strings.Cut(name[strings.LastIndexByte(name, '/')+1:], ".")
	return map[string]string{"html": htmlType, "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
		"svg": "image/svg+xml; charset=utf-8", "json": jsonType, "csv": "text/csv; charset=utf-8",
		"yaml": "application/yaml; charset=utf-8"}[extension]
}

// send gives an answer, or 304 to a client that has it already. An empty tag
// stands for an answer that must be asked for each time.
func (s *Server) send(w http.ResponseWriter, r *http.Request, contentType, tag string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache") // may be kept, but must be asked about
	}
	if tag != "" {
		h.Set("ETag", `"`+tag+`"`)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// A refused request has a status and a sentence for its sender.
type refused struct {
	status int
	says   string
}

func (e *refused) Error() string { return e.says }

func notFound(format string, args ...any) error {
	return &refused{http.StatusNotFound, fmt.Sprintf(format, args...)}
}

func badRequest(format string, args ...any) error {
	return &refused{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

// statusOf is the status and the sentence for an error. What is wrong with the
// server itself is told to its owner, not to the one who asks.
func (s *Server) statusOf(err error) (int, string) {
	var said *refused
	switch {
	case errors.As(err, &said):
		return said.status, said.says
	case errors.Is(err, data.ErrNotFound), errors.Is(err, data.ErrNoBody):
		return http.StatusNotFound, err.Error()
	case errors.Is(err, data.ErrAmbiguous):
		return http.StatusConflict, err.Error()
	case errors.Is(err, data.ErrQuery):
		return http.StatusBadRequest, err.Error()
	case errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable, "The request was given up."
	}
	if s.Fault != nil {
		s.Fault(err)
	}
	return http.StatusInternalServerError, "Something is wrong with the server; its log says what."
}

// fail answers with what is wrong: as JSON below /api/, as a page elsewhere.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, says := s.statusOf(err)
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD")
	}
	h := w.Header()
	h.Del("Content-Disposition")
	h.Set("Cache-Control", "no-store")
	var body bytes.Buffer
	contentType := jsonType
	if strings.HasPrefix(r.URL.Path, "/api/") {
		err = reports.WriteJSON(&body, map[string]string{"error": says})
	} else {
		contentType = htmlType
		book := site.NewBook(s.siteOptions(s.Rubric), nil)
		err = book.WriteFault(&body, fmt.Sprintf("%d %s", status, http.StatusText(status)), says)
	}
	if err != nil {
		contentType = "text/plain; charset=utf-8"
		body.Reset()
		body.WriteString(http.StatusText(status) + "\n")
	}
	h.Set("Content-Type", contentType)
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body.Bytes()) // a client that left needs no answer
	}
}
