// Package replay serves a folder of captures over HTTP the way the hubs
// answered: Hugging Face's API and files, GitHub's REST API and raw files. The
// auditor's real clients run against it in tests and demonstrations.
//
// A folder holds huggingface/cards, huggingface/dataset-cards,
// huggingface/api/..., github/OWNER/NAME, github-api, modelscope/models/NS/NAME,
// arxiv and web/HOST/PATH; any of them may be missing. Answers come from recordings
// first. A Hugging Face model with a card and no recorded answer gets one derived from
// the card's front matter, with every field that the card does not tell left out.
// Status codes, validators, quotas, redirects and pagination follow the hubs'
// documentation and the recordings.
//
// What nobody captured answers 501, never 404: a 404 would tell the auditor
// that a thing is not there. The exceptions follow the hubs: a file missing
// from a complete recorded list is 404, and an id unknown to the folder is 401
// on Hugging Face, which never tells an anonymous caller whether a repository
// is private or does not exist.
//
// The server keeps no clock of its own, writes nothing but an optional request
// log, and reads only inside its folder.
package replay

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// Options configure a Server. The zero value serves without enforcing quotas
// and keeps the request log in memory only.
type Options struct {
	// Log, when set, receives one line per request: method, path, status,
	// kind and "counted" or "free", separated by tabs.
	Log io.Writer
	// EnforceQuotas makes exhausted windows answer 429 (Hugging Face) or 403
	// (GitHub). Otherwise the headers are sent but a window starts anew long
	// before it is spent, so that a careful client never waits.
	EnforceQuotas bool
	// Window scales the length of quota windows, so that an enforced hour can
	// pass in a test: 0 means 1, the hubs' own.
	Window float64
	// Share scales how many requests a window holds: 0 means 1, what the hubs allow.
	Share float64
	// Now is the clock of the quota windows and the log; time.Now in commands.
	Now func() time.Time
}

// A Server answers requests from one folder. It is safe for concurrent use.
type Server struct {
	corpus *corpus
	quotas *quotas
	log    *requestLog
}

// New indexes the folder dir and returns its server. The error names the
// folder; a folder in which nothing can be served is an error.
func New(dir string, opts Options) (*Server, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("replay folder %q: %w", dir, err)
	}
	c, err := indexCorpus(root)
	if err == nil && c.empty() {
		err = errors.New("holds no captures: want huggingface/, github/, modelscope/, arxiv/, papers/ or web/ in it")
	}
	if err != nil {
		root.Close()
		return nil, fmt.Errorf("replay folder %q: %w", dir, err)
	}
	now := opts.Now
	if now == nil {
		now = time.Now
	}
	return &Server{corpus: c, quotas: newQuotas(opts, now), log: newRequestLog(opts.Log, now)}, nil
}

// Close releases the folder. Requests after it answer 500.
func (s *Server) Close() error { return s.corpus.root.Close() }

// Systems counts what can be served: Hugging Face models and datasets, and
// GitHub repositories.
func (s *Server) Systems() (models, datasets, repositories int) {
	return len(s.corpus.models), len(s.corpus.datasets), len(s.corpus.repos)
}

// ServeHTTP answers one request and logs it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rt, err := parseRoute(r.URL.EscapedPath())
	var a answer
	switch {
	case err != nil:
		a = failure(http.StatusBadRequest, err.Error())
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		a = failure(http.StatusMethodNotAllowed, "replay serves GET and HEAD only")
		a.header.Set("Allow", "GET, HEAD")
	default:
		a = s.limited(rt, r)
	}
	a.validate(r)
	counted := !a.free && rt.kind.counts(a.status)
	if err == nil {
		s.quotas.stamp(rt.kind, r, a.header, counted)
	}
	a.write(w)
	s.log.add(r, a.status, rt.kind, counted)
}

// limited answers the request unless its quota is spent.
func (s *Server) limited(rt route, r *http.Request) answer {
	if wait, over := s.quotas.exhausted(rt.kind, r); over {
		return overQuota(rt.kind, wait)
	}
	return s.answer(rt, r)
}

// answer dispatches a parsed request.
func (s *Server) answer(rt route, r *http.Request) answer {
	switch rt.what {
	case hubList:
		return s.hubList(rt, r)
	case hubInfo:
		return s.hubInfo(rt, r)
	case hubTree:
		return s.hubTree(rt)
	case hubFile:
		return s.hubFile(rt)
	case gitRepo:
		return s.gitRepo(rt, r)
	case gitByID:
		return s.recordedExchange(r)
	case gitQuota:
		return s.gitQuota(r)
	case gitRaw:
		return s.gitRaw(rt)
	case webPage:
		return s.webPage(rt, r.URL.RawQuery)
	case scopeInfo, scopeList, scopeCommits:
		rt.rev = r.URL.Query().Get("Revision")
		return s.scopeAPI(rt)
	case scopeFile:
		return s.scopeFile(rt)
	case arxivQuery:
		return s.arxivQuery(r)
	case arxivPaper:
		return s.arxivPaper(rt)
	}
	if a, ok := s.exchange(r); ok {
		return a
	}
	return notCaptured(r.URL.Path + " is none of the pages that a replay serves")
}
