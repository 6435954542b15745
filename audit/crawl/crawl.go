// Package crawl finds the places that tell about a model and gathers what they
// serve: resolve and crawl in one, because where to look next is written in
// what was just read.
//
// From a target it follows the model, the models it was tuned from, its source
// repository, the datasets and papers it names, within bounds, in an order
// that depends on the pages alone. Every place that is chosen carries the
// reason; every attempt gives a document, so that what could not be looked at
// is told apart from what is not there.
//
// It judges nothing, and believes links only as far as it says in a Reason.
package crawl

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"openness/audit/crawl/fetch"
	"openness/audit/github"
	"openness/audit/hub"
)

// A Cache gives the last stored answer of a public URL, and keeps new ones.
type Cache = fetch.Cache

// A Lender shares what a credential has left with other processes that use it.
type Lender = fetch.Lender

// An Event tells a watcher what is going on.
type Event = fetch.Event

// Options configure a Crawler. Empty base URLs mean the public services.
type Options struct {
	HFEndpoint  string
	HFToken     string // several may be given, separated by commas; they are used in turn
	GitHubAPI   string
	GitHubToken string // several may be given, separated by commas
	GitHubRaw   string
	ModelScope  string
	ArXiv       string
	// Web, when set, is where pages of the web are asked for instead of at their
	// own hosts: https://HOST/PATH at WEB/HOST/PATH. Replays serve them so.
	Web string

	Cache     Cache
	Offline   bool          // look at what the cache has only
	NotStored string        // what to say then of what the cache has not; empty for the advice to go online
	Refresh   bool          // fetch anew even what has not changed
	Fresh     time.Time     // answers stored since then are used unasked: the start of a run that goes on
	MaxWait   time.Duration // longest wait for one document; 0 means two minutes, below 0 none
	Settled   bool          // what a file was at a revision is known for ever: do not ask for it again
	At        time.Time     // look at what was there then; zero means now
	Network   fetch.Network // a proxy and certificates
	MaxAge    time.Duration // how old an earlier look may be that stands in for a source that fails; 0 means any
	Now       func() time.Time
	Progress  func(Event) // may be nil; called from several goroutines
	UserAgent string
	Budget    Budget // nil means DefaultBudget
	Jobs      int    // how many targets are gathered at once; 0 means 1
	Quotas    Lender // shares quotas with other processes; nil for none
	Address   string // of this machine, for Quotas
}

// A Crawler gathers. It remembers what it fetched, so make one for each run;
// it is safe for concurrent use.
type Crawler struct {
	opts                              Options
	fetch                             *fetch.Client
	hub, api, raw, scope, papers, web fetch.Endpoint
	texts                             singleflight.Group // papers that are being read, by the hash of their bytes
}

// PublicArXiv is the base URL under which arXiv's answers are recorded.
const PublicArXiv = "https://export.arxiv.org"

// DefaultUserAgent names the tool to the hosts it asks.
const DefaultUserAgent = "openness (audits of AI model openness)"

// New returns a Crawler, or an error that names the setting that is wrong.
func New(opts Options) (*Crawler, error) {
	if opts.UserAgent == "" {
		opts.UserAgent = DefaultUserAgent
	}
	if opts.Now == nil {
		return nil, fmt.Errorf("crawl: Options.Now is missing")
	}
	if opts.Progress == nil {
		opts.Progress = func(Event) {}
	}
	c := &Crawler{opts: opts}
	hfTokens, githubTokens := Tokens(opts.HFToken), Tokens(opts.GitHubToken)
	for _, e := range []struct {
		into                        *fetch.Endpoint
		name, setting, base, public string
		tokens                      []string
		tokenName                   string
	}{
		{&c.hub, "Hugging Face", "HF_ENDPOINT", opts.HFEndpoint, hub.Public, hfTokens, "HF_TOKEN"},
		{&c.api, "GitHub", "GITHUB_API_URL", opts.GitHubAPI, github.PublicAPI, githubTokens, "GITHUB_TOKEN"},
		{&c.raw, "GitHub's raw files", "OPENNESS_GITHUB_RAW_URL", opts.GitHubRaw, github.PublicRaw, nil, ""},
		{&c.scope, "ModelScope", "MODELSCOPE_ENDPOINT", opts.ModelScope, hub.PublicScope, nil, ""},
		{&c.papers, "arXiv", "OPENNESS_ARXIV_URL", opts.ArXiv, PublicArXiv, nil, ""},
		{&c.web, "the web", "OPENNESS_WEB_URL", opts.Web, "https:/", nil, ""},
	} {
		base, err := baseURL(e.base)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.setting, err)
		}
		for _, token := range e.tokens {
			if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
				return nil, fmt.Errorf("%s: a token of letters, digits and signs is due, and a character in it is none of them: copy it anew",
					e.tokenName)
			}
		}
		*e.into = fetch.Endpoint{Name: e.name, Public: e.public, Base: base, Tokens: e.tokens, TokenName: e.tokenName}
	}
	c.fetch = fetch.New(fetch.Options{UserAgent: opts.UserAgent, Cache: opts.Cache, Offline: opts.Offline,
		NotStored: opts.NotStored, Refresh: opts.Refresh, Fresh: opts.Fresh,
		MaxWait: opts.MaxWait, Network: opts.Network, MaxAge: opts.MaxAge, Settled: opts.Settled,
		Check: check, Quotas: opts.Quotas, Address: opts.Address, Now: opts.Now, Progress: opts.Progress})
	return c, nil
}

// Close releases the connections of the Crawler.
func (c *Crawler) Close() { c.fetch.Close() }

// baseURL checks a configured base URL and drops its last slash.
func baseURL(text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" {
		return "", nil
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return "", fmt.Errorf("%q is no URL: give one such as https://host.example", text)
	case u.User != nil:
		return "", fmt.Errorf("%q holds credentials: give a token in its own setting", u.Redacted())
	case (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "":
		return "", fmt.Errorf("%q is no base URL: give one such as https://host.example", text)
	}
	return strings.TrimRight(text, "/"), nil
}

// Tokens splits a setting that may hold several credentials.
func Tokens(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' })
}
