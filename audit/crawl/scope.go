package crawl

import (
	"context"
	"fmt"

	"openness/audit"
	"openness/audit/card"
	"openness/audit/crawl/fetch"
	"openness/audit/hub"
)

// startScope reads a model of ModelScope, and its twin: a model of the same id
// on Hugging Face is taken to be the same model, which both hubs then tell of.
func (g *gathering) startScope(ctx context.Context, id string) error {
	m, err := g.readScope(ctx, id, audit.RoleEnd)
	if err != nil {
		return err
	}
	twin, err := g.readModel(ctx, id, audit.RoleEnd)
	if err != nil {
		return err
	}
	if twin.api == nil {
		// Nobody said that there is one, so its absence is no loss.
		g.models = []*model{m}
		g.docs = g.docs[:len(g.docs)-1]
		return nil
	}
	g.choose(audit.Place{Kind: audit.HubModel, Role: audit.RoleEnd, ID: twin.id, URL: hub.ModelPage(twin.id),
		Reason: fmt.Sprintf("Hugging Face has a model of the same id as ModelScope's %q.", id)})
	g.models = []*model{twin, m}
	if len(twin.card.Source) == 0 {
		twin.card = m.card
	}
	g.subject.Released = twin.released()
	return nil
}

// readScope fetches one model of ModelScope: what the API says of it, the list
// of its files, card and legal files.
func (g *gathering) readScope(ctx context.Context, id string, role audit.Role) (*model, error) {
	m := &model{id: id, role: role, card: card.Parse(nil)}
	g.models = append(g.models, m)
	info, err := g.get(ctx, g.scopeRequest(id, role, hub.ScopeAPI(id), "", audit.DocModelAPI))
	if err != nil || info.Outcome == audit.Absent || info.Outcome == audit.Refused {
		return m, err
	}
	list, err := g.get(ctx, g.scopeRequest(id, role, hub.ScopeFiles(id), "", audit.DocModelAPI))
	if err != nil {
		return m, err
	}
	var files []string
	if list.SHA256 != "" {
		entries, err := hub.ParseScopeFiles(list.Body)
		if err != nil {
			unreadable(&g.docs[len(g.docs)-1], err)
		}
		for _, e := range entries {
			files = append(files, e.Path)
		}
	}
	readme, err := g.get(ctx, g.scopeRequest(id, role, hub.ScopeFile(id, "README.md"), "README.md", audit.DocModelCard))
	if err != nil {
		return m, err
	}
	if readme.SHA256 != "" {
		m.card = card.Parse(readme.Body)
	}
	for _, file := range hub.LegalFiles(files) {
		if _, err := g.get(ctx, g.scopeRequest(id, role, hub.ScopeFile(id, file), file, audit.DocLicense)); err != nil {
			return m, err
		}
	}
	if file := weightsFile(files); file != "" {
		probe := g.scopeRequest(id, role, hub.ScopeFile(id, file), file, audit.DocWeights)
		probe.Head = true
		if _, err := g.get(ctx, probe); err != nil {
			return m, err
		}
	}
	return m, nil
}

// scopeRequest asks ModelScope for JSON where file is empty, else for a file.
func (g *gathering) scopeRequest(id string, role audit.Role, url, file string, kind audit.DocKind) fetch.Request {
	r := fetch.Request{Endpoint: &g.c.scope, Bucket: "api", JSON: file == "", Limit: cardLimit,
		Document: audit.Document{URL: url, Kind: kind, Place: audit.ModelScopeModel, PlaceID: id, Role: role, Path: file}}
	if file != "" {
		r.Bucket, r.Document.Revision = "resolvers", hub.ScopeRevision
	}
	return r
}
