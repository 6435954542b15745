package crawl

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/hub"
	"openness/audit/page"
)

// hubControl is a list that the hub gives to everybody: whether it is the hub
// that fails, or one model that is gone.
const hubControl = hub.Public + "/api/models?limit=1"

// cardLimit bounds a model card. The longest real ones have a few hundred KB.
const cardLimit = 8 << 20

// legalLimit bounds a licence file.
const legalLimit = 2 << 20

// A model is what was read of one model on the hub.
type model struct {
	id   string // after renames
	role audit.Role
	told bool       // the API answered, and card and API were looked at
	api  *hub.Model // nil where the API gave no usable answer
	card *page.Page // never nil; empty where there was none
	// revision is the commit that files were read at, empty where none is known.
	revision string
	tagged   []string // papers that the hub lists for it
	recorded []parent // what files of the model record that it was made from
	loaded   string   // the model that its configuration records its weights were loaded from; no base, but a doubt
}

// released is the day the model appeared on the hub, as far as the API tells.
func (m *model) released() string {
	if m.api == nil || len(m.api.CreatedAt) < len(time.DateOnly) || strings.HasPrefix(m.api.CreatedAt, hub.RecordsBegan) {
		return ""
	}
	return m.api.CreatedAt[:len(time.DateOnly)]
}

// hasModel reports whether a model was read already.
func (g *gathering) hasModel(id string) bool {
	for _, m := range g.models {
		if strings.EqualFold(m.id, id) {
			return true
		}
	}
	return false
}

// readModel fetches one model: its API answer, and at the revision that this
// names, the card and the legal files.
func (g *gathering) readModel(ctx context.Context, id string, role audit.Role) (*model, error) {
	m := &model{id: id, role: role, card: page.Parse(nil)}
	g.models = append(g.models, m)
	if g.past() {
		return m, g.readModelAt(ctx, m, role)
	}
	doc, err := g.get(ctx, fetch.Request{Endpoint: &g.c.hub, Bucket: "api", JSON: true, Renames: true, Limit: 32 << 20,
		Control: hubControl, Check: isModel,
		Document: audit.Document{URL: hub.ModelAPI(id), Kind: audit.DocModelAPI, Place: audit.HubModel, PlaceID: id,
			Role: role}})
	if err != nil {
		return nil, err
	}
	revision := "main"
	if doc.SHA256 != "" {
		answer := &g.docs[len(g.docs)-1]
		revision = m.understand(answer)
		if m.api != nil && said(m.api.Private) {
			notPublic(answer, ownersAlone)
			m.api = nil
			return m, nil
		}
	}
	if unnamed(doc) {
		return m, nil // what the API will not name has no files to ask for
	}
	if err := g.readModelFiles(ctx, m, revision); err != nil {
		return nil, err
	}
	return m, g.probeWeights(ctx, m, revision)
}

// probeWeights asks for the headers of one weights file where the API leaves
// the gate out: what is served to everybody is behind none.
func (g *gathering) probeWeights(ctx context.Context, m *model, revision string) error {
	if m.api == nil || m.api.Gated != "" {
		return nil
	}
	file := weightsFile(m.listing())
	if file == "" {
		return nil
	}
	r := g.modelFile(m, revision, file, audit.DocWeights, 0)
	r.Head = true
	_, err := g.get(ctx, r)
	return err
}

// weightsFile is a file at the top of a listing that holds weights, or "".
func weightsFile(files []string) string {
	for _, file := range files {
		if ext := path.Ext(file); (ext == ".safetensors" || ext == ".bin" ||
			ext == ".gguf") && !strings.Contains(file, "/") {
			return file
		}
	}
	return ""
}

// unnamed reports whether the API says that there is no such model, or none
// that it will speak of. A limit is no such answer: files have a quota of
// their own.
func unnamed(d audit.Document) bool {
	return d.Outcome == audit.Absent ||
		d.Outcome == audit.Refused && d.Status != 0 && d.Status != http.StatusTooManyRequests
}

// unreadable marks an answer that is not what was due. Nothing can be quoted
// from it or concluded from what it lacks, so it counts as not had.
func unreadable(d *audit.Document, err error) {
	notHad(d, audit.Failed, err.Error()+"; run again later")
}

// understand parses the API answer, completes its document and returns the
// revision that files are to be read at.
func (m *model) understand(d *audit.Document) string {
	parsed, err := hub.ParseModel(d.Body)
	if err != nil {
		unreadable(d, err)
		return "main"
	}
	m.api, m.tagged = &parsed, parsed.ArXiv
	if hub.ValidID(parsed.ID) {
		m.id = parsed.ID
	}
	d.PlaceID = m.id
	d.Partial = !parsed.SiblingsKnown || parsed.Gated == ""
	if !commitID.MatchString(parsed.SHA) {
		return "main"
	}
	d.Revision, m.revision = parsed.SHA, parsed.SHA
	return parsed.SHA
}

// readModelFiles fetches card and legal files at a revision.
func (g *gathering) readModelFiles(ctx context.Context, m *model, revision string) error {
	request := g.modelFile(m, revision, "README.md", audit.DocModelCard, cardLimit)
	if m.api != nil && m.api.Fronted() {
		request.Check = isFronted
	}
	readme, err := g.get(ctx, request)
	if err != nil {
		return err
	}
	m.told = m.api != nil && readme.Outcome.Looked()
	if readme.SHA256 != "" {
		m.card = page.Parse(readme.Body)
	}
	if err := g.readRecordedBases(ctx, m, revision); err != nil {
		return err
	}
	refused := ""
	for _, file := range m.legalFiles() {
		request := g.modelFile(m, revision, file, audit.DocLicense, legalLimit)
		if refused != "" {
			d := request.Document
			d.Outcome, d.Status, d.Detail, d.RetrievedAt = audit.Refused, 0, "not asked for: the gate that refused "+
				refused+" is before it too", g.c.opts.Now()
			g.docs = append(g.docs, g.unasked(ctx, request, d))
			continue
		}
		d, err := g.getTerms(ctx, request)
		if err != nil {
			return err
		}
		if d.Status == 401 && m.gated() {
			refused = file
		}
		if m.listing() == nil && d.SHA256 != "" {
			break // guessed names: one was right
		}
	}
	return g.readModelPages(ctx, m, revision)
}

// readModelPages fetches the pages that lie beside a model's card. Those behind a
// gate are left alone: what is asked for is what everybody may read.
func (g *gathering) readModelPages(ctx context.Context, m *model, revision string) error {
	if m.gated() {
		return nil
	}
	for _, file := range hub.ProseFiles(m.listing()) {
		if _, err := g.get(ctx, g.modelFile(m, revision, file, audit.DocProse, cardLimit)); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) modelFile(m *model, revision, file string, kind audit.DocKind, limit int64) fetch.Request {
	pinned := revision != "main"
	d := audit.Document{URL: hub.ModelFile(m.id, revision, file), Kind: kind, Place: audit.HubModel, PlaceID: m.id,
		Role: m.role, Path: file}
	if pinned {
		d.Revision = revision
	}
	listed := false
	for _, f := range m.listing() {
		listed = listed || f == file
	}
	return fetch.Request{Endpoint: &g.c.hub, Bucket: "resolvers", Document: d, Limit: limit, Pinned: pinned,
		Listed: listed, Refusal: m.refusal(), Control: hubControl}
}

// Forever, as far as a refusal goes: until the hub's API, which is asked in
// every run, no longer says that there is a gate.
const untilOpened = 100 * 365 * 24 * time.Hour

// refusalAge is how long it is not asked again for a file that was refused and
// of whose gate nothing is known.
const refusalAge = 24 * time.Hour

// refusal is how long a refusal of one of the model's files holds.
func (m *model) refusal() time.Duration {
	switch {
	case m.gated():
		return untilOpened
	case m.api == nil || m.api.Gated == "":
		return refusalAge
	}
	return 0
}

func (m *model) gated() bool { return m.api != nil && m.api.Gated != "" && m.api.Gated != "false" }

// listing is the model's file list, nil where it is not known.
func (m *model) listing() []string {
	if m.api == nil || !m.api.SiblingsKnown {
		return nil
	}
	return m.api.Siblings
}

// guesses are the names under which most licences stand, asked for one by one
// where the file list is not known and the tag does not tell the licence.
var guesses = []string{"LICENSE", "LICENSE.md", "LICENSE.txt"}

// legalFiles lists the legal files to fetch.
func (m *model) legalFiles() []string {
	if files := m.listing(); files != nil {
		return hub.LegalFiles(files)
	}
	if link := m.licenseLink(); link != "" {
		return []string{link}
	}
	for _, tag := range m.licenses() {
		if tag != "other" && tag != "unknown" {
			return nil
		}
	}
	return guesses
}

// licenses are the licence tags, of the API or of the card.
func (m *model) licenses() []string {
	if m.api != nil && len(m.api.Licenses) > 0 {
		return m.api.Licenses
	}
	return m.front("license")
}

// front returns the values of a front-matter key.
func (m *model) front(key string) []string {
	var values []string
	for _, f := range m.card.Front.Fields {
		if f.Key == key && f.Value != "" {
			values = append(values, f.Value)
		}
	}
	return values
}

// licenseLink is the file within the model that license_link names, or "".
func (m *model) licenseLink() string {
	for _, link := range m.front("license_link") {
		for _, view := range []string{"/blob/", "/resolve/", "/raw/"} {
			if rest, ok := strings.CutPrefix(link, hub.ModelPage(m.id)+view); ok {
				_, link, _ = strings.Cut(rest, "/")
			}
		}
		link = strings.TrimPrefix(link, "./")
		inside := path.Clean("/"+link) == "/"+link
		if inside && !strings.Contains(link, ":") && hub.IsLegal(link) && !strings.ContainsAny(link, "?#\\") {
			return link
		}
	}
	return ""
}

// followBases reads the models that the audited one was tuned from, down to
// the one that was trained from scratch, and the other parents of a merge.
func (g *gathering) followBases(ctx context.Context) error {
	if len(g.models) == 0 {
		return nil
	}
	current := g.models[0]
	if len(g.models) > 1 {
		current = g.models[len(g.models)-1] // a catalogue named bases already
	}
	if stop, err := g.readGivenBases(ctx); stop || err != nil {
		return err
	}
	if len(g.target.Bases) > 0 {
		current = g.models[len(g.models)-1]
		if err := g.readBetween(ctx); err != nil {
			return err
		}
	}
	for len(g.models) < g.budget(BudgetLineage) {
		next, reason, ok := g.baseOf(current)
		if !ok || g.hasModel(next) {
			break
		}
		m, err := g.addBase(ctx, next, reason, false)
		if err != nil {
			return err
		}
		current = m
	}
	if err := g.readOtherParents(ctx); err != nil {
		return err
	}
	if len(g.target.Bases) == 0 {
		g.leaveFurther()
	}
	return nil
}

// readBetween reads the model that the audited one declares to be made from, where a
// list names one further down as the base: the terms of both hold.
func (g *gathering) readBetween(ctx context.Context) error {
	for _, p := range declaredParents(g.models[0]) {
		if !g.hasModel(p.id) && usableBase(p.id, g.models[0].id) && len(g.models) < g.budget(BudgetLineage) {
			_, err := g.addBase(ctx, p.id, p.reason, false)
			return err
		}
	}
	return nil
}

// readGivenBases reads the bases that a list names. A model that is named as
// its own base has no other: it is recorded as both, and stop is true.
func (g *gathering) readGivenBases(ctx context.Context) (stop bool, err error) {
	for i, id := range g.target.Bases {
		if strings.EqualFold(id, g.models[0].id) || strings.EqualFold(id, g.target.ID) {
			if i == 0 {
				g.ownBase()
				stop = true
			}
			continue
		}
		if _, err := g.addBase(ctx, id, fmt.Sprintf("The list of targets names it as the base of %q.",
			g.subject.Target), true); err != nil {
			return false, err
		}
	}
	return stop, nil
}

// ownBase records that the audited model is its own base, and who says so.
func (g *gathering) ownBase() {
	g.subject.Base = g.models[0].id
	for i, p := range g.subject.Places {
		if p.Kind == audit.HubModel && strings.EqualFold(p.ID, g.models[0].id) {
			g.subject.Places[i].Reason += fmt.Sprintf(" The list of targets names it as its own base too: for %q, base and end model are one.", g.subject.Target)
		}
	}
}

// addBase reads one more model of the lineage and records it.
func (g *gathering) addBase(ctx context.Context, id, reason string, given bool) (*model, error) {
	if g.hasModel(id) {
		return g.models[len(g.models)-1], nil
	}
	m, err := g.readModel(ctx, id, audit.RoleBase)
	if err != nil {
		return nil, err
	}
	if m.id != id {
		reason += fmt.Sprintf(" The hub has renamed %q to %q.", id, m.id)
	}
	g.choose(audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: m.id, URL: hub.ModelPage(m.id), Reason: reason,
		Given: given})
	if g.subject.Base == "" && !strings.EqualFold(m.id, g.models[0].id) {
		g.subject.Base = m.id
	}
	return m, nil
}
