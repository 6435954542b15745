package crawl

import (
	"context"
	"fmt"
	"strings"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/hub"
	"openness/audit/page"
)

// A model may live on both hubs; it is one subject then, known by its id on
// Hugging Face, and ModelScope's pages are pages of the same model. Which ids
// belong together is known from the catalogue, or taken from ids that are the
// same on both.

// startScope reads a model of ModelScope that nobody pairs with one of Hugging
// Face, and looks for a twin of the same id there.
func (g *gathering) startScope(ctx context.Context, id string) error {
	m, err := g.readScope(ctx, id, true)
	if err != nil {
		return err
	}
	had := len(g.docs)
	twin, err := g.readModel(ctx, id, audit.RoleEnd)
	if err != nil {
		return err
	}
	if twin.api == nil {
		// Nobody said that there is one, so its absence is no loss.
		g.docs, g.models = g.docs[:had], []*model{m}
		g.identify("modelscope:"+id, id)
		return nil
	}
	g.choose(audit.Place{Kind: audit.HubModel, Role: audit.RoleEnd, ID: twin.id, URL: hub.ModelPage(twin.id),
		Reason: fmt.Sprintf("Hugging Face has a model of the same id as ModelScope's %q.", id)})
	g.models = []*model{twin}
	g.identify(twin.id, twin.id)
	twin.complete(m)
	g.subject.Released = twin.released()
	return nil
}

// readTwins reads the audited model on ModelScope too: where the target or the
// catalogue names the place always, and where a twin is merely known only if
// Hugging Face did not tell or show all, which spares most models five requests.
func (g *gathering) readTwins(ctx context.Context) error {
	if len(g.models) == 0 {
		return nil
	}
	first := g.models[0]
	if id := g.target.Twin; id != "" && (!first.told || g.budget(BudgetTwins) > 0) {
		reason := fmt.Sprintf("The catalogue knows it as the same model as %q, which Hugging Face did not tell all of.",
			first.id)
		if first.told {
			reason = fmt.Sprintf("The catalogue knows it as the same model as %q, and twins are to be compared.",
				first.id)
		}
		g.choose(audit.Place{Kind: audit.ModelScopeModel, Role: audit.RoleEnd, ID: id, URL: hub.ScopePage(id),
			Reason: reason})
	}
	for _, p := range g.subject.Places {
		if p.Kind != audit.ModelScopeModel || p.Role != audit.RoleEnd {
			continue
		}
		twin, err := g.readScope(ctx, p.ID, first.api == nil || first.api.Gated == "")
		if err != nil {
			return err
		}
		first.complete(twin)
		if len(twin.card.Source) > 0 {
			g.missCard(first)
		}
	}
	return nil
}

// missCard records that the card on Hugging Face was not looked at, where the
// hub would not tell of the model. It is known to be there, so that another
// hub's card does not speak for all that it may say.
func (g *gathering) missCard(m *model) {
	for _, d := range g.docs {
		own := d.Place == audit.HubModel && strings.EqualFold(d.PlaceID, m.id) && d.Role == m.role
		if own && (d.Kind == audit.DocModelCard || d.Outcome == audit.Absent) {
			return
		}
	}
	d := g.modelFile(m, "main", "README.md", audit.DocModelCard, 0).Document
	d.Outcome, d.Detail, d.RetrievedAt = audit.Refused, "not asked for, because the hub would not tell of the model",
		g.c.opts.Now()
	g.docs = append(g.docs, d)
}

// complete gives a model without a card its twin's, to find the way by.
func (m *model) complete(twin *model) {
	if len(m.card.Source) == 0 {
		m.card = twin.card
	}
}

// readScope fetches one model of ModelScope: what the API says of it, the list
// of its files, card and legal files, each at the commit that the list names,
// and where the gate is not known the headers of one weights file.
func (g *gathering) readScope(ctx context.Context, id string, probe bool) (*model, error) {
	m := &model{id: id, role: audit.RoleEnd, card: page.Parse(nil)}
	request := g.scopeRequest(id, hub.ScopeAPI(id), audit.DocModelAPI)
	request.Check = isScope
	info, err := g.get(ctx, request)
	if err != nil || unnamed(info) {
		return m, err
	}
	g.readable(info, parsedBy(hub.ParseScope))
	if told, err := hub.ParseScope(info.Body); err == nil {
		m.tagged = told.ArXiv
	}
	revision := hub.ScopeRevision
	if g.past() {
		commit, lost, err := g.scopeCommit(ctx, id)
		if err != nil || commit == "" {
			if lost != nil {
				g.docs = append(g.docs, *lost)
			}
			return m, err
		}
		revision = commit
	}
	request = g.scopeRequest(id, hub.ScopeFiles(id, revision), audit.DocModelAPI)
	request.Check, request.Pinned = isScopeFiles, revision != hub.ScopeRevision
	list, err := g.get(ctx, request)
	if err != nil {
		return m, err
	}
	var entries []hub.ScopeEntry
	g.readable(list, func(body []byte) (err error) {
		entries, err = hub.ParseScopeFiles(body)
		return err
	})
	if revision != hub.ScopeRevision { // what a file was then, not what changed it last
		for i := range entries {
			entries[i].Revision = revision
		}
	}
	return m, g.readScopeFiles(ctx, m, entries, probe && !g.past())
}

// scopeCommit finds the last commit of a ModelScope model before the date that is
// asked for. Where there is none, lost says why.
func (g *gathering) scopeCommit(ctx context.Context, id string) (commit string, lost *audit.Document, err error) {
	for n := 1; n <= maxCommitPages; n++ {
		r := g.scopeRequest(id, hub.ScopeCommits(id, n), audit.DocModelAPI)
		r.Check, r.Target = isScopeCommits, g.subject.Target
		d, err := g.c.fetch.Get(ctx, r)
		if err != nil || d.SHA256 == "" {
			return "", &d, err
		}
		list, err := hub.ParseScopeCommits(d.Body)
		if err != nil {
			unreadable(&d, err)
			return "", &d, nil
		}
		for _, c := range list {
			if !c.Date.After(g.c.opts.At) && commitID.MatchString(c.ID) {
				return c.ID, nil, nil
			}
		}
		if len(list) < hub.ScopeCommitsPage {
			d.Outcome, d.Status, d.SHA256, d.Body = audit.Absent, 404, "", nil
			d.Detail = fmt.Sprintf("nothing was there on %s: ModelScope lists no commit before", g.day())
			return "", &d, nil
		}
	}
	return "", nil, nil
}

// readable marks the document that came last as not had if its body is not what
// was due: ModelScope reports failures in answers with status 200 too.
func (g *gathering) readable(d audit.Document, parse func([]byte) error) {
	if d.SHA256 == "" {
		return
	}
	if err := parse(d.Body); err != nil {
		unreadable(&g.docs[len(g.docs)-1], err)
	}
}

// readScopeFiles fetches the files of a ModelScope model that are read.
func (g *gathering) readScopeFiles(ctx context.Context, m *model, entries []hub.ScopeEntry, probe bool) error {
	var files []string
	commit := make(map[string]string)
	for _, e := range entries {
		files = append(files, e.Path)
		commit[e.Path] = e.Revision
	}
	readme, err := g.get(ctx, g.scopeFile(m.id, "README.md", commit["README.md"], audit.DocModelCard))
	if err != nil {
		return err
	}
	if readme.SHA256 != "" {
		m.card = page.Parse(readme.Body)
	}
	for _, file := range hub.LegalFiles(files) {
		if _, err := g.getTerms(ctx, g.scopeFile(m.id, file, commit[file], audit.DocLicense)); err != nil {
			return err
		}
	}
	file := weightsFile(files)
	if file == "" || !probe {
		return nil
	}
	r := g.scopeFile(m.id, file, commit[file], audit.DocWeights)
	r.Head = true
	_, err = g.get(ctx, r)
	return err
}

// scopeRequest asks ModelScope's API.
func (g *gathering) scopeRequest(id, url string, kind audit.DocKind) fetch.Request {
	return fetch.Request{Endpoint: &g.c.scope, Bucket: "scope", JSON: true, Limit: cardLimit,
		Document: audit.Document{URL: url, Kind: kind, Place: audit.ModelScopeModel, PlaceID: id, Role: audit.RoleEnd}}
}

// scopeFile asks for one file, at a commit or, where none is known, the branch.
func (g *gathering) scopeFile(id, file, commit string, kind audit.DocKind) fetch.Request {
	revision, pinned := hub.ScopeRevision, commitID.MatchString(commit)
	if pinned {
		revision = commit
	}
	r := g.scopeRequest(id, hub.ScopeFile(id, revision, file), kind)
	r.Bucket, r.JSON, r.Pinned, r.Listed = "scope-files", false, pinned, pinned
	r.Document.Path, r.Document.Revision = file, revision
	return r
}
