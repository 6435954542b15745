package crawl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/page"
	"openness/audit/papers/text"
)

// Bounds of one subject. They hold for what the resolver finds; places that
// the user names come on top.
const (
	maxLineage      = 4 // models from the audited one down to the root
	maxRepositories = 2
	maxDatasets     = 6
	maxPapers       = 5
	maxRecords      = 3
	maxPages        = 6
	maxRelated      = 8
)

// A gathering is the work on one target.
type gathering struct {
	c       *Crawler
	target  Target
	subject audit.Subject
	docs    []audit.Document
	models  []*model // in reading order; the first is the audited one
	repos   []*repository
	steps   []step                // what was asked, in order
	pages   map[string]*page.Page // of repositories and the web, as page parsed them, by the hash of their bytes
	sites   map[string]audit.Role // the pages of the makers' that were asked for, and of which side they are
}

// Gather resolves a target and fetches what its places serve. A source that
// fails is a Document with its Outcome; the error is for the end of ctx and
// for targets that name nothing.
func (c *Crawler) Gather(ctx context.Context, t Target) (audit.Record, error) {
	g := &gathering{c: c, target: t}
	g.subject = audit.Subject{Target: t.Text, Label: t.Label}
	if g.subject.Target == "" {
		g.subject.Target = t.ID
	}
	err := g.start(ctx)
	if err == nil {
		err = g.found()
	}
	if asked := t.asked(); asked != g.subject.ID {
		g.subject.Asked = asked
	}
	switch {
	case errors.Is(err, ErrTarget):
		return audit.Record{}, err // it names the target already
	case err != nil:
		return audit.Record{}, fmt.Errorf("gathering %q: %w", g.subject.Target, err)
	}
	for _, step := range []func(context.Context) error{g.followBases, g.readHeaders, g.readRepositories,
		g.readLinkedTerms, g.readSites,
		g.followNamed, g.askMentioned, g.searchPaper, g.readPapers, g.readRecords, g.readTexts, g.readReports,
		g.readPaperCode, g.readPaperSites, g.readPaperData, g.readSummaries} {
		if err := step(ctx); err != nil {
			return audit.Record{}, fmt.Errorf("gathering %q: %w", g.subject.Target, err)
		}
	}
	return audit.Record{Subject: g.subject, Documents: g.docs, Course: audit.Course{Key: c.CourseKey(t),
		Steps: g.course()}}, nil
}

// asked is the id of the model that a target names. A name that the catalogue does not
// know is one of the hub.
func (t Target) asked() string {
	if t.Kind == Catalogue && len(t.Places) == 0 {
		return t.ID
	}
	return t.SubjectID()
}

// start reads the target itself and settles the subject's identity.
func (g *gathering) start(ctx context.Context) error {
	t := g.target
	for _, p := range t.Places {
		g.choose(p)
	}
	switch {
	case t.Kind == Hub, t.Kind == Catalogue && len(t.Places) == 0:
		if !hub.ValidID(t.ID) {
			return fmt.Errorf("%w: %q is neither in the catalogue nor a hub id%s", ErrTarget, t.ID, t.hint())
		}
		if err := g.startModel(ctx, t.ID, fmt.Sprintf("The target names it: %q.", g.subject.Target), true); err != nil {
			return err
		}
		if !strings.Contains(t.ID, "/") && unnamed(g.docs[0]) && g.docs[0].LastSeen.IsZero() {
			return fmt.Errorf("%w: %q is neither in the catalogue nor a public model of Hugging Face%s", ErrTarget,
				t.ID, t.hint())
		}
		if err := g.startPlaces(ctx); err != nil {
			return err
		}
		return g.readTwins(ctx)
	case t.Kind == GitHub:
		g.identify("github:"+t.ID, t.ID)
		return g.startRepository(ctx, t.ID)
	case t.Kind == ModelScope:
		g.choose(audit.Place{Kind: audit.ModelScopeModel, Role: audit.RoleEnd, ID: t.ID, URL: hub.ScopePage(t.ID),
			Reason: fmt.Sprintf("The target names it: %q.", g.subject.Target), Given: true})
		return g.startScope(ctx, t.ID)
	case t.Kind == ArXiv:
		return g.startPaper(ctx, t.ID)
	case t.Kind == Catalogue:
		g.subject.ID, g.subject.Name = "catalogue:"+t.ID, cmp.Or(t.Name, t.ID)
		g.subject.Organisation, g.subject.Released = t.Organisation, t.Released
		if err := g.startPlaces(ctx); err != nil {
			return err
		}
		return g.readTwins(ctx)
	}
	return fmt.Errorf("%w: %q is of no kind that is known", ErrTarget, t.Text)
}

// found is an error where the place that the target names is not there and nobody has
// seen it before: silence about a name that nobody has seen closes nothing.
func (g *gathering) found() error {
	t := g.target
	if len(g.docs) == 0 || len(t.Places)+len(t.Bases)+len(t.Repositories) > 0 || g.past() ||
		slices.ContainsFunc(g.docs, func(d audit.Document) bool { return d.SHA256 != "" }) { // a twin is there
		return nil
	}
	if first := &g.docs[0]; first.Outcome != audit.Absent || !first.LastSeen.IsZero() ||
		first.Status == http.StatusConflict { // a repository that is there, but empty
		return nil
	}
	hint := ": check how it is spelt"
	if t.Hint != "" {
		hint = t.hint()
	}
	return fmt.Errorf("%w: %q is not found (%d at %s), and no earlier look found it%s", ErrTarget, t.Text,
		g.docs[0].Status, g.docs[0].URL, hint)
}

// identify sets the subject's id and splits its name from its organisation.
func (g *gathering) identify(id, full string) {
	g.subject.ID, g.subject.Organisation, g.subject.Name = id, path.Dir(full), path.Base(full)
	if g.subject.Organisation == "." {
		g.subject.Organisation = ""
	}
}

// startModel reads the audited model from the hub.
func (g *gathering) startModel(ctx context.Context, id, reason string, given bool) error {
	m, err := g.readModel(ctx, id, audit.RoleEnd)
	if err != nil {
		return err
	}
	if m.id != id {
		renamed := fmt.Sprintf(" The hub has renamed %q to %q.", id, m.id)
		reason += renamed
		g.rename(id, m.id, renamed)
	}
	g.choose(audit.Place{Kind: audit.HubModel, Role: audit.RoleEnd, ID: m.id, URL: hub.ModelPage(m.id), Reason: reason,
		Given: given})
	if g.subject.ID == "" {
		g.identify(m.id, m.id)
	}
	g.subject.Released = m.released()
	return nil
}

// rename gives a place that was known beforehand the id that the hub uses now.
func (g *gathering) rename(id, now, reason string) {
	for i, p := range g.subject.Places {
		if p.Kind == audit.HubModel && strings.EqualFold(p.ID, id) {
			g.subject.Places[i].ID, g.subject.Places[i].URL = now, hub.ModelPage(now)
			g.subject.Places[i].Reason += reason
		}
	}
}

// startPlaces reads the models that a catalogue entry names.
func (g *gathering) startPlaces(ctx context.Context) error {
	for _, role := range []audit.Role{audit.RoleEnd, audit.RoleBase} {
		for _, p := range g.subject.Places {
			if p.Kind != audit.HubModel || p.Role != role || len(g.models) == maxLineage || g.hasModel(p.ID) {
				continue
			}
			m, err := g.readModel(ctx, p.ID, role)
			if err != nil {
				return err
			}
			if role == audit.RoleBase && g.subject.Base == "" {
				g.subject.Base = m.id
			}
		}
	}
	return nil
}

// choose records a place once and reports whether it is a new one. A place
// that is known already keeps its first reason, unless it was only related.
func (g *gathering) choose(p audit.Place) bool {
	for i, known := range g.subject.Places {
		if known.Kind != p.Kind || !strings.EqualFold(known.ID, p.ID) {
			continue
		}
		promoted := known.Role == audit.RoleRelated && p.Role != audit.RoleRelated
		if promoted {
			g.subject.Places[i] = p
		}
		return promoted
	}
	g.subject.Places = append(g.subject.Places, p)
	g.c.opts.Progress(Event{Kind: fetch.Place, Target: g.subject.Target, URL: p.URL, Message: p.Reason})
	return true
}

// get fetches one document for this subject and keeps it.
func (g *gathering) get(ctx context.Context, r fetch.Request) (audit.Document, error) {
	d, err := g.ask(ctx, r)
	if err != nil {
		return d, err
	}
	g.docs = append(g.docs, d)
	return d, nil
}

// ask fetches one document for this subject. Whoever asks says what becomes of it.
func (g *gathering) ask(ctx context.Context, r fetch.Request) (audit.Document, error) {
	r.Target = g.subject.Target
	if g.past() && (!r.Pinned || r.Head) {
		return g.ofThatTime(ctx, r.Document), ctx.Err()
	}
	d, err := g.c.fetch.Get(ctx, r)
	if err == nil {
		g.tookStep(r, d, false)
	}
	return d, err
}

// followNamed reads the places that are left: those of kinds with a reader
// that are neither models nor repositories.
func (g *gathering) followNamed(ctx context.Context) error {
	g.nameDatasets()
	g.namePapers()
	g.nameRecords()
	return g.readNamed(ctx, 0)
}

// readNamed reads the places from one on that have a reader.
func (g *gathering) readNamed(ctx context.Context, from int) error {
	for i := from; i < len(g.subject.Places); i++ { // a place may name further ones
		p := g.subject.Places[i]
		read := g.reader(p)
		if read == nil || p.Role == audit.RoleRelated {
			continue
		}
		if err := read(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// reader gives what reads a kind of place. Kinds without a reader stay in the
// subject for people and are not read.
func (g *gathering) reader(p audit.Place) func(context.Context, audit.Place) error {
	switch {
	case p.Kind == audit.HubDataset:
		return g.readDataset
	case p.Kind == audit.WebPage && p.Role == audit.RoleData:
		return g.readData
	case p.Kind == audit.WebPage && g.sites[p.ID] == "":
		return g.readPage
	}
	return nil
}

// readPage fetches a page of the web, if its robots.txt allows it, and the text
// of a report that is a PDF.
func (g *gathering) readPage(ctx context.Context, p audit.Place) error {
	r := g.pageRequest(audit.Document{URL: p.URL, Kind: audit.DocWeb, Place: p.Kind, PlaceID: p.ID, Role: p.Role})
	if text.Hint("", p.URL) == text.KindPDF {
		r.Limit = reportLimit
	}
	d, err := g.get(ctx, r)
	if err != nil {
		return err
	}
	return g.readText(ctx, d)
}

// pageRequest asks for a document of the web.
func (g *gathering) pageRequest(d audit.Document) fetch.Request {
	r := fetch.Request{Bucket: "web", Robots: true, Accept: "text/html,text/plain;q=0.9", Document: d}
	if g.c.web.Base != "" {
		r.Endpoint = &g.c.web
	}
	if u, err := url.Parse(d.URL); err == nil && u.Host != "" {
		r.Control = u.Scheme + "://" + u.Host + "/"
	}
	return r
}

func paperPlace(id string, role audit.Role, reason string, given bool) audit.Place {
	return audit.Place{Kind: audit.ArXivPaper, Role: role, ID: id, URL: "https://arxiv.org/abs/" + id, Reason: reason,
		Given: given}
}

func repositoryPlace(id, reason string, given bool) audit.Place {
	return audit.Place{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: id, URL: github.RepoURL(id), Reason: reason,
		Given: given}
}
