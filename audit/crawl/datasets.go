package crawl

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// Data is public where it was seen to be there: a dataset that a page names is asked
// for at its hub, and what is listed there is kept beside its card.

var (
	trainingWords = pattern.MustCompile(`\b(train\w*|pre-?train\w*|fine-?tun\w*|finetun\w*|sft|dpo|rlhf|preference` +
		`|instruction|corpus|mixture|distill\w*)\b`)
	testingWords = pattern.MustCompile(`\b(evaluat\w*|eval|benchmark\w*|test(ed|ing)?|leaderboard|metric\w*)\b`)
	dataWords    = pattern.MustCompile(`\b(data|data ?sets?|corpus|corpora)\b`)
)

var (
	// saidToBeData are words before a link that say it leads to data.
	saidToBeData = pattern.MustCompile(`\b(?:data ?sets?|corpus|corpora)(?: called| named)?[^\w.]*$` +
		`|\btrained\b[^.]{0,40}\b(?:subsets?|parts?|portions?) of(?: the)?[^\w.]*$`)
	// pageOfData is the address of a page of data.
	pageOfData = pattern.MustCompile(`(?i)[/_-](?:data-?sets?|corpus|corpora)(?:[/_-]|$)`)
)

// maxElsewhere bounds how many collections and archives of data are looked at.
const maxElsewhere = 2

// nameDatasets chooses the datasets that the models name as training data: by
// metadata first, then by links in sentences about training, or to what the makers
// themselves publish, on their cards, on the front pages of their repositories and on
// their own pages.
func (g *gathering) nameDatasets() {
	for _, m := range g.models {
		named := m.front("datasets")
		if m.api != nil {
			named = append(slices.Clone(m.api.Datasets), named...)
		}
		for _, id := range named {
			g.addDataset(id, fmt.Sprintf("The metadata of %q names it as training data.", m.id))
		}
		g.linkedData(speaking{page: m.card, name: m.id, place: m.id, what: fmt.Sprintf("card of %q", m.id)})
	}
	for _, r := range g.repos {
		if r.role == audit.RoleCode || r.role == audit.RoleBase {
			g.linkedData(speaking{page: r.readme, name: g.servedBy(r), place: r.id,
				what: fmt.Sprintf("README of %q", r.id)})
		}
	}
	for _, d := range g.repositoryPages() {
		if doc := g.page(d); g.onModel(d, doc) {
			g.linkedData(speaking{page: doc, name: g.models[0].id, place: d.PlaceID,
				what: fmt.Sprintf("page %q of %q", d.Path, d.PlaceID)})
		}
	}
	for _, s := range g.siteTexts() {
		g.linkedData(s)
	}
}

// forReaders are folders of pages that tell a reader what to do, or measure.
var forReaders = pattern.MustCompile(`(?i)(^|/)(docs?|examples?|recipes?|scripts?|tutorials?|cookbooks?` +
	`|[\w-]*eval[\w-]*|benchmarks?|demos?|tools?|third_party)/`)

// onModel reports whether a page of a repository, below its front page, is about the
// audited model: its address or its title is named after it, and it is no guide.
func (g *gathering) onModel(d *audit.Document, doc *page.Page) bool {
	if len(g.models) == 0 || !strings.Contains(d.Path, "/") || forReaders.MatchString(d.Path) {
		return false
	}
	title := ""
	if len(doc.Sections) > 1 { // the first is what stands before any heading
		title = doc.Sections[1].Heading
	}
	return namedAfter(d.Path, g.models[0].id) || namedAfter(title, g.models[0].id)
}

// addDataset chooses a dataset within the bound.
func (g *gathering) addDataset(id, reason string) {
	if id = datasetID(id); id == "" || g.chosen(audit.HubDataset) >= g.budget(BudgetDatasets) {
		return
	}
	g.choose(audit.Place{Kind: audit.HubDataset, Role: audit.RoleData, ID: id, URL: hub.DatasetPage(id),
		Reason: reason})
}

// chosen counts the places of a kind that hold data.
func (g *gathering) chosen(kind audit.PlaceKind) int {
	n := 0
	for _, p := range g.subject.Places {
		if p.Kind == kind && p.Role == audit.RoleData {
			n++
		}
	}
	return n
}

// linkedData chooses the data that a page links.
func (g *gathering) linkedData(s speaking) {
	for _, link := range datasetsIn(s.page) {
		own := identity.SameMaker(path.Dir(link.id), path.Dir(s.place)) ||
			identity.SameMaker(path.Dir(link.id), path.Dir(s.name))
		switch {
		case link.saidOfTraining() || dataWords.MatchString(link.heading) && !testingWords.MatchString(link.words()):
			g.addDataset(link.id, fmt.Sprintf("The %s links to it where it speaks of training (at byte %d).", s.what,
				link.start))
		case own && !testingWords.MatchString(link.words()+" "+strings.ToLower(link.id)):
			g.addDataset(link.id, fmt.Sprintf("The %s links to this dataset of its makers (at byte %d).", s.what,
				link.start))
		}
	}
	for _, name := range dataNamed(s.page) {
		if !testingWords.MatchString(name.words()) {
			g.addDataset(name.id, fmt.Sprintf("The %s names it as a dataset (at byte %d).", s.what, name.start))
		}
	}
	g.linkedElsewhere(s)
}

// linkedElsewhere chooses the data that a page links, and that is no dataset of the hub.
func (g *gathering) linkedElsewhere(s speaking) {
	for _, link := range collectionsIn(s.page) {
		about := link.words() + " " + strings.ReplaceAll(strings.ToLower(link.id), "-", " ")
		if dataWords.MatchString(about) && !testingWords.MatchString(about) {
			g.addElsewhere(hub.Public+"/collections/"+link.id,
				fmt.Sprintf("The %s links to this collection of data (at byte %d).", s.what, link.start))
		}
	}
	for _, link := range archivesIn(s.page) {
		if link.saidOfTraining() || dataWords.MatchString(link.before+" "+link.text) {
			g.addElsewhere(link.id, fmt.Sprintf("The %s links to it as data (at byte %d).", s.what, link.start))
		}
	}
	for _, link := range dataPages(s.page) {
		if link.saidOfTraining() && (saidToBeData.MatchString(link.before) || pageOfData.MatchString(link.id)) {
			g.addElsewhere(link.id, fmt.Sprintf(
				"The %s links to this page of data where it speaks of training (at byte %d).", s.what, link.start))
		}
	}
}

// saidOfTraining reports whether the words around a link speak of training, and not of tests.
func (m *mention) saidOfTraining() bool {
	return trainingWords.MatchString(m.words()) && !testingWords.MatchString(m.words())
}

// addElsewhere chooses a place of data that is no dataset of the hub.
func (g *gathering) addElsewhere(address, reason string) {
	if g.chosen(audit.WebPage) < g.budget(BudgetArchives) {
		g.choose(audit.Place{Kind: audit.WebPage, Role: audit.RoleData, ID: address, URL: address, Reason: reason})
	}
}

// readDataset fetches what the hub says of a dataset, and at the revision that this
// names its card. A dataset that the hub will not speak of has no card to ask for.
func (g *gathering) readDataset(ctx context.Context, p audit.Place) error {
	doc, err := g.get(ctx, fetch.Request{Endpoint: &g.c.hub, Bucket: "api", JSON: true, Renames: true, Limit: 32 << 20,
		Refusal: refusalAge, Control: hubControl, Check: isModel,
		Document: audit.Document{URL: hub.DatasetAPI(p.ID), Kind: audit.DocDatasetAPI, Place: p.Kind, PlaceID: p.ID,
			Role: p.Role}})
	if err != nil {
		return err
	}
	revision, due := "main", ""
	if doc.SHA256 != "" {
		d := &g.docs[len(g.docs)-1]
		switch parsed, err := hub.ParseModel(d.Body); {
		case err != nil:
			unreadable(d, err)
		case said(parsed.Private):
			notPublic(d, ownersAlone)
			doc = *d
		default:
			d.Partial = !parsed.SiblingsKnown
			if parsed.Fronted() {
				due = isFronted
			}
			if commitID.MatchString(parsed.SHA) {
				d.Revision, revision = parsed.SHA, parsed.SHA
			}
		}
	}
	file := audit.Document{URL: hub.DatasetFile(p.ID, revision, "README.md"), Kind: audit.DocDataCard,
		Place: p.Kind, PlaceID: p.ID, Role: p.Role, Path: "README.md"}
	if revision != "main" {
		file.Revision = revision
	}
	if unnamed(doc) {
		file.Outcome, file.RetrievedAt = doc.Outcome, g.c.opts.Now()
		file.Detail = "not asked for: " + doc.Detail
		g.docs = append(g.docs, file)
		return nil
	}
	_, err = g.get(ctx, fetch.Request{Endpoint: &g.c.hub, Bucket: "resolvers", Refusal: refusalAge,
		Pinned: file.Revision != "", Check: due, Document: file})
	return err
}

// readData fetches what is known of data that lies elsewhere: a collection of the
// hub or a record of an archive from its interface, any other as a page.
func (g *gathering) readData(ctx context.Context, p audit.Place) error {
	d := audit.Document{URL: p.URL, Kind: audit.DocOther, Place: p.Kind, PlaceID: p.ID, Role: p.Role}
	if slug, ok := strings.CutPrefix(p.URL, hub.Public+"/collections/"); ok {
		d.URL = hub.Public + "/api/collections/" + slug
		got, err := g.get(ctx, fetch.Request{Endpoint: &g.c.hub, Bucket: "api", JSON: true, Refusal: refusalAge,
			Check: isCollection, Document: d})
		if err == nil {
			g.nameCollected(got, p)
		}
		return err
	}
	if id, ok := strings.CutPrefix(p.URL, "https://zenodo.org/records/"); ok {
		d.URL = "https://zenodo.org/api/records/" + id
		r := g.pageRequest(d)
		r.Robots, r.JSON, r.Accept, r.MaxAge, r.Check = false, true, "application/json", paperAge, isDeposit
		_, err := g.get(ctx, r)
		return err
	}
	d.Kind = audit.DocWeb
	_, err := g.get(ctx, g.pageRequest(d))
	return err
}

// nameCollected chooses the datasets that are in a collection.
func (g *gathering) nameCollected(d audit.Document, p audit.Place) {
	var collection struct {
		Items []struct{ Type, ID string } `json:"items"`
	}
	if d.SHA256 == "" || json.Unmarshal(d.Body, &collection) != nil {
		return
	}
	for _, item := range collection.Items {
		if item.Type == "dataset" {
			g.addDataset(item.ID, fmt.Sprintf("It is in the collection %q.", path.Base(p.URL)))
		}
	}
}
