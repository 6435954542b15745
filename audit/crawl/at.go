package crawl

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/github"
	"openness/audit/hub"
)

// Openness at a date: the hub and git keep what a model's card and licence were.
// What has no revisions, such as a gate, a page of the web or the answer on a
// paper, tells of today; there only an answer that was stored at that time counts,
// and where there is none, nothing is known.

// RevisionMark is in the address of a hub's answer on a model at a revision: its
// files are those of then, its gate is that of today.
const RevisionMark = "/revision/"

// recordedFor is how long before the date an answer may have been stored that
// stands for it.
const recordedFor = 31 * 24 * time.Hour

// maxCommitPages bounds how far back a model's commits are looked through.
const maxCommitPages = 20

// past reports whether an earlier date is asked for.
func (g *gathering) past() bool { return !g.c.opts.At.IsZero() }

// ofThatTime gives what was stored of a document at the date, or says that it
// would tell of today.
func (g *gathering) ofThatTime(ctx context.Context, d audit.Document) audit.Document {
	if found, ok := g.recorded(ctx, d); ok {
		return found
	}
	d.Outcome, d.RetrievedAt = audit.Skipped, g.c.opts.Now()
	d.Detail = fmt.Sprintf("not looked: it would tell of today, and no answer of %s is stored", g.day())
	return d
}

func (g *gathering) day() string { return g.c.opts.At.UTC().Format(time.DateOnly) }

// recorded looks for an answer that was stored shortly before the date.
func (g *gathering) recorded(ctx context.Context, d audit.Document) (audit.Document, bool) {
	store, ok := g.c.opts.Cache.(interface {
		AsOf(ctx context.Context, url string, from, to time.Time) (audit.Document, bool, error)
	})
	if !ok {
		return d, false
	}
	at := g.c.opts.At
	found, ok, err := store.AsOf(ctx, d.URL, at.Add(-recordedFor), at)
	if err != nil || !ok {
		return d, false
	}
	found.Kind, found.Place, found.PlaceID, found.Role, found.Path = d.Kind, d.Place, d.PlaceID, d.Role, d.Path
	return found, true
}

// readModelAt reads what the hub keeps of a model at the date.
func (g *gathering) readModelAt(ctx context.Context, m *model, role audit.Role) error {
	own := audit.Document{URL: hub.ModelAPI(m.id), Kind: audit.DocModelAPI, Place: audit.HubModel, PlaceID: m.id,
		Role: role}
	if d, ok := g.recorded(ctx, own); ok {
		g.docs = append(g.docs, d)
		if d.SHA256 == "" {
			return nil
		}
		return g.readModelFiles(ctx, m, m.understand(&g.docs[len(g.docs)-1]))
	}
	sha, first, lost, err := g.hubCommit(ctx, m, role)
	switch {
	case err != nil:
		return err
	case lost != nil:
		g.docs = append(g.docs, *lost)
		return nil
	case sha == "":
		own.Outcome, own.Status, own.RetrievedAt = audit.Absent, 404, g.c.opts.Now()
		own.Detail = fmt.Sprintf("nothing was there on %s: the hub's first commit is of %s", g.day(),
			first.Format(time.DateOnly))
		g.docs = append(g.docs, own)
		return nil
	}
	r := fetch.Request{Endpoint: &g.c.hub, Bucket: "api", JSON: true, Limit: 32 << 20, Pinned: true, Check: isModel,
		Document: own}
	r.Document.URL += RevisionMark + sha
	d, err := g.get(ctx, r)
	if err != nil || d.SHA256 == "" {
		return err
	}
	m.understand(&g.docs[len(g.docs)-1])
	return g.readModelFiles(ctx, m, sha)
}

// A commit is what lists of commits tell of one.
type commit struct {
	ID   string    `json:"id"`
	Date time.Time `json:"date"`
}

// hubCommit finds the last commit of a model before the date, or the date of the
// first one where there is none. lost is why the list could not be had.
func (g *gathering) hubCommit(ctx context.Context, m *model,
	role audit.Role) (sha string, first time.Time, lost *audit.Document, err error) {
	for page := range maxCommitPages {
		var list []commit
		d, err := g.c.fetch.Get(ctx, fetch.Request{Endpoint: &g.c.hub, Bucket: "api", JSON: true,
			Target: g.subject.Target,
			Check:  isCommits,
			Document: audit.Document{URL: fmt.Sprintf("%s/commits/main?limit=100&p=%d", hub.ModelAPI(m.id), page),
				Kind:  audit.DocOther,
				Place: audit.HubModel, PlaceID: m.id, Role: role}})
		if err != nil {
			return "", first, nil, err
		}
		if d.SHA256 == "" { // a list that cannot be read is none: Check saw to that
			d.Kind = audit.DocModelAPI
			return "", first, &d, nil
		}
		if err := json.Unmarshal(d.Body, &list); err != nil {
			return "", first, nil, fmt.Errorf("commits of %q: %w", m.id, err)
		}
		for _, c := range list {
			if !c.Date.After(g.c.opts.At) && commitID.MatchString(c.ID) {
				return c.ID, first, nil, nil
			}
			first = c.Date
		}
		if len(list) == 0 {
			break
		}
	}
	return "", first, nil, nil
}

// readRepositoryAt reads a repository as it was at the date.
func (g *gathering) readRepositoryAt(ctx context.Context, r *repository, role audit.Role) error {
	own := audit.Document{URL: github.PublicAPI + "/repos/" + r.id, Kind: audit.DocRepoAPI, Place: audit.GitHubRepo,
		PlaceID: r.id, Role: role}
	g.docs = append(g.docs, g.ofThatTime(ctx, own))
	var list []struct {
		SHA string `json:"sha"`
	}
	until := url.QueryEscape(g.c.opts.At.UTC().Format(time.RFC3339))
	d, err := g.c.fetch.Get(ctx, fetch.Request{Endpoint: &g.c.api, Bucket: "core", JSON: true,
		Accept: "application/vnd.github+json", Target: g.subject.Target,
		Document: audit.Document{URL: own.URL + "/commits?per_page=1&until=" + until, Kind: audit.DocTree,
			Place: audit.GitHubRepo, PlaceID: r.id, Role: role}})
	if err != nil {
		return err
	}
	if d.SHA256 == "" || json.Unmarshal(d.Body, &list) != nil {
		d.Body, d.SHA256 = nil, ""
		if d.Outcome.Looked() && d.Outcome != audit.Absent {
			d.Outcome, d.Detail = audit.Failed, "the list of commits cannot be read"
		}
		g.docs = append(g.docs, d)
		return nil
	}
	if len(list) == 0 || !commitID.MatchString(list[0].SHA) {
		d.Outcome, d.Body, d.SHA256, d.Detail = audit.Absent, nil, "", "no commit is as old as "+g.day()
		g.docs = append(g.docs, d)
		return nil
	}
	tree, known, err := g.list(ctx, r, role, list[0].SHA)
	if err != nil || !known {
		return err
	}
	tree.SHA = list[0].SHA // files are served at the commit
	return g.readListed(ctx, r, role, list[0].SHA, tree)
}
