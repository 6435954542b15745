package crawl

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// tunedFrom matches words that say of the link behind them: this is what the
// model came from.
var tunedFrom = pattern.MustCompile(`\b((fine|instruction|instruct|chat)[- ]?tun(ed|e|ing)|(continu(ed|ally|ously|al)` +
	`|further) (pre-?)?train(ed|ing)|(pre-?)?trained|initiali[sz]ed|built|based|derived|distilled|quanti[sz]ed` +
	`|adapted|aligned|made|merge|lora|adapter|version|variant|conversion|delta|weights)\b[^.;:!?]{0,50}\b(from|of|on` +
	`|upon|over|for|starting point|on top of|to)( the| an?| our)?( original| base| pre-?trained` +
	`| foundation(al)?)?( model| llm| checkpoints?| weights)?[^\w.;!?]{0,4}$`)

// notBase matches words that make such a link something else.
var notBase = pattern.MustCompile(`\b(not|compar\w*|unlike|evaluat\w*|benchmark\w*|datasets?|tokenizer|demo|space` +
	`|teacher|reward|generated|licen[cs]e|quanti[sz]ed versions|gguf|available|see|try|better|outperform\w*|similar` +
	`|inspired|here|optimizer|released?|written|tasks?|mixture|blend|model card)\b[^.;]{0,40}$`)

// notModel matches texts of links to a model's page that mean something on it.
var notModel = pattern.MustCompile(`\b(model card|card|license|paper|report|code|space|demo|dataset|collection|blog)\b`)

// besideFiles matches the rest of an address that leads to a text beside a
// model's files: makers link a licence where the model itself is none.
var besideFiles = pattern.MustCompile(
	`(?i)^/(?:discussions|commits?|(?:resolve|blob|raw)/[\w.-]+/[^\s]*(?:licen[cs]e|readme|notice|policy))`,
)

// baseLabel matches a label in front of a link, as in "Base model: ...".
var baseLabel = pattern.MustCompile(`(^|[|,;(])\W*(base|foundation|parent|backbone)( model| llm| checkpoint)?\W*$`)

// saidToBeBase reports whether the words before a mention say that this is what
// the model came from.
func (m *mention) saidToBeBase() bool {
	return baseLabel.MatchString(m.before) || tunedFrom.MatchString(m.before) && !notBase.MatchString(m.before)
}

// comparedWith reports whether the line before a link on a page, on the model of an id, compares with what it leads to.
func comparedWith(c *page.Page, at int, id string) bool {
	line := c.Source[page.LineStart(c.Source, at):at]
	said := page.Plain(string(line[max(0, len(line)-page.LongestSentence):]))
	return identity.ComparesTo(strings.ToLower(identity.AsIt(said, id)))
}

// baseOf names the model that m was tuned from, and where that is said.
func (g *gathering) baseOf(m *model) (id, reason string, ok bool) {
	if declared := declaredParents(m); len(declared) > 0 {
		return declared[0].id, declared[0].reason, true
	}
	links := modelsIn(m.card)
	for _, link := range links {
		if usableBase(link.id, m.id) && link.saidToBeBase() && !comparedWith(m.card, link.start, m.id) &&
			!notModel.MatchString(link.text) && (link.rest == "" || strings.HasPrefix(link.rest, "/tree/main")) &&
			!underSibling(m.card, link.start, m.id) {
			return inSize(m, link.id), fmt.Sprintf("The card of %q says it was made from this model (at byte %d).",
				m.id, link.start), true
		}
	}
	if said := saidParents(m); len(said) > 0 {
		return inSize(m, said[0].id), said[0].reason, true
	}
	for _, name := range siblingsNamed(m.card, path.Dir(m.id)) {
		if untunedTwin(name.id, m.id) && name.saidToBeBase() {
			return name.id, fmt.Sprintf("The card of %q says it was made from a model of this name (at byte %d).", m.id,
				name.start), true
		}
	}
	for _, r := range g.repos {
		links = append(links, modelsIn(r.readme)...)
	}
	for _, link := range links {
		if usableBase(link.id, m.id) && untunedTwin(link.id, m.id) && !besideFiles.MatchString(link.rest) {
			return link.id, fmt.Sprintf("It is linked beside %q and %s.", m.id, audit.AlikeByName), true
		}
	}
	return "", "", false
}

func usableBase(base, self string) bool { return hub.ValidID(base) && !strings.EqualFold(base, self) }

func relation(r string) string {
	if r == "" {
		return ""
	}
	return " (" + r + ")"
}

// untunedTwin reports whether base is the model that end was tuned from by
// their names alone: same owner, same name and size, no word for tuning.
func untunedTwin(base, end string) bool {
	return strings.EqualFold(path.Dir(base), path.Dir(end)) && identity.TunedFrom(end, base)
}

// A candidate is a repository that may be the model's own.
type candidate struct {
	id     string
	score  int
	order  int
	why    string
	trains bool // it is said to hold code that trains, or data
	tunes  bool // it is said to hold code that tunes
}

// foreign is 1 for a repository that is said only to tune and is not named after
// the model: to a model that was not tuned it is a tool beside it.
func (c *candidate) foreign(m *model) int {
	if c.tunes && !c.trains && identity.Likeness(path.Base(c.id), path.Base(m.id)) == 0 {
		return 1
	}
	return 0
}

// ownRepository is the least score of a repository that counts as the model's
// own: an owner or a name that fits, or a label that says so.
const ownRepository = 4

// nameRepositories chooses the repositories of the models that were read: the
// likeliest of each model, and of the audited one also a repository that is
// said to hold its training code or data. What only tunes had no part in making
// a model that was not tuned. The rest are recorded as related.
func (g *gathering) nameRepositories() {
	chosen, related := 0, 0
	wasTuned := len(g.models) > 1 || len(g.models) == 1 && identity.Tuned(path.Base(g.models[0].id))
	for _, m := range g.models {
		ranked := rankRepositories(m)
		if !wasTuned {
			slices.SortStableFunc(ranked, func(a, b candidate) int { return cmp.Compare(a.foreign(m), b.foreign(m)) })
		}
		for i, c := range ranked {
			p := repositoryPlace(c.id, c.why, false)
			switch {
			case chosen < g.budget(BudgetRepos) && (i == 0 || m.role == audit.RoleEnd && (c.trains ||
				c.tunes && wasTuned)):
				if m.role == audit.RoleBase {
					p.Role = audit.RoleBase
				}
				if g.choose(p) {
					chosen++
				}
			case related < maxRelated:
				p.Role = audit.RoleRelated
				if g.choose(p) {
					related++
				}
			}
		}
	}
}

// rankRepositories gives the repositories that a model's card links to and
// that are its own, the likeliest first.
func rankRepositories(m *model) []candidate {
	byID := make(map[string]*candidate)
	var all []*candidate
	for i, link := range repositoriesIn(m.card) {
		score, why := scoreRepository(link, m.id)
		key := strings.ToLower(link.id)
		c, ok := byID[key]
		if !ok {
			c = &candidate{id: link.id, score: score, order: i, why: why}
			byID[key] = c
			all = append(all, c)
		} else if score > c.score {
			c.score, c.why = score, why
		}
		about := link.before + " " + link.text + " " + strings.ToLower(link.id)
		byID[key].trains = byID[key].trains || trainingRepository.MatchString(about)
		byID[key].tunes = byID[key].tunes || tuningRepository.MatchString(about)
	}
	slices.SortStableFunc(all, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.order, b.order))
	})
	var own []candidate
	for _, c := range all {
		if c.score >= ownRepository && (len(own) == 0 || c.score >= own[0].score-2) {
			own = append(own, *c)
		}
	}
	return own
}

var (
	ownLabel = pattern.MustCompile(`\b(repository|repo|github|source code|our code|training code|official (code` +
		`|implementation)|code|project|codebase)\b`)
	strictOwn = pattern.MustCompile(`(^|\W)(repository|repo|source|code|github( repo(sitory)?)?|codebase` +
		`|training code|model repository)\s*:?\s*[\[(<:|]*\s*(https?://)?(www\.)?$`)
	ourWords   = pattern.MustCompile(`\b(our|official)\b.{0,30}$`)
	usageWords = pattern.MustCompile(`\b(using|use|uses|used|via|with|evaluat\w*|benchmark\w*|deploy\w*` +
		`|serv(e|ed|ing)|supported|support|run|running|issue)\b`)
	// fromOthers matches words before what others made.
	fromOthers = phrases.ExpressionOf("crawl.from-others")
	// madeHere matches a link to what the model was trained with.
	madeHere = pattern.MustCompile(`\b(?:notebooks?|scripts?|code|project|repo(?:sitory)?)\b[^.]{0,40}\b(?:to|for) ` +
		`(?:pre-?|fine-?)?(?:train|tun)\w*[^.]{0,60}$|\b(?:pre-?|fine-?)?(?:trained|tuned|training)\b[^.]{0,60}\b(?:in|with` +
		`|using|by) (?:this|the following|our|these) ?(?:project|repo\w*|code|scripts?|notebooks?|codebase)$`)
	// sendsTo matches words that send a reader to a link, ourOwn those that make what they send to the makers' own: a
	// repository of another account that is merely called like the model is anybody's work on it.
	sendsTo = phrases.ExpressionOf("crawl.sends-to")
	ourOwn  = pattern.MustCompile(`\bour\b[^.;!?]*$`)
	// toCome matches words for what is not out yet.
	toCome = pattern.MustCompile(`\b(?:will|soon|later|plan(?:s|ned)?)\b`)
	// modelFolder matches a folder of models in a repository.
	modelFolder = pattern.MustCompile(`(?i)^/(?:tree|blob)/[^/]+/(?:.*/)?(?:models?|model_cards?)/`)
	usageHeads  = pattern.MustCompile(`\b(usage|use|install\w*|quick ?start|deploy\w*|inference|serving|quanti[sz]\w*` +
		`|acknowledge?ments?|thanks|evaluation|benchmarks?|requirements|software|hardware|frameworks?|librar(y|ies)` +
		`|dependencies|how to|third)\b`)
)

var (
	// sideRepository names what a maker publishes beside the model's own code.
	sideRepository = pattern.MustCompile(`(^|[-_.])(evals?|evaluat\w*|benchmarks?|bench|leaderboard|harness|demos?` +
		`|awesome|course|docs|webui|plugins?|examples)([-_.]|$)|cookbook`)
	// oneThread matches a link to one thread of a repository, which many cards link to for a fault of a tool. All its
	// issues are where makers ask for comments on their model.
	oneThread = pattern.MustCompile(`^/(?:issues|discussions)/\d`)
	// trainingRepository speaks of code that trained the model or made its data.
	trainingRepository = pattern.MustCompile(`\b(pre-?train\w*|train\w*|data|dataset|corpus|recipes?)\b`)
	// tuningRepository speaks of code that trains models on.
	tuningRepository = pattern.MustCompile(`\b(fine-?tun\w*|sft|rlhf|dpo|instruct|align\w*)\b`)
)

// A repositoryLink is a link on a card to a repository, and how like its names are to the model's.
type repositoryLink struct {
	mention
	model           string // its name
	ofOwner, ofName int    // likeness of the accounts and of the names
	asks            bool   // it leads to where its makers are asked
	trained         bool   // its sentence says that the model was trained with it
}

// scoreRepository says how likely a linked repository is the model's own:
// likeness of owner and name, what the link is called, and where it stands.
func scoreRepository(link mention, modelID string) (int, string) {
	owner, name := path.Dir(link.id), path.Base(link.id)
	organisation, model := path.Dir(modelID), path.Base(modelID)
	l := repositoryLink{mention: link, model: model, ofOwner: identity.OwnerLikeness(owner, organisation),
		ofName: identity.Likeness(name, model)}
	if family := identity.Family(model); l.ofOwner == 0 && len(family) >= identity.MinShared &&
		strings.HasPrefix(identity.Squash(owner), family) {
		l.ofOwner = 2 // accounts are named after the model too
	}
	about := link.before + " " + link.text
	l.asks = l.ofOwner > 1 && l.ofName > 0 && strings.HasPrefix(link.rest, "/issues") &&
		!oneThread.MatchString(link.rest)
	l.trained = madeHere.MatchString(about) && !toCome.MatchString(about)
	var reasons []string
	if l.ofOwner > 0 {
		reasons = append(reasons, fmt.Sprintf("its owner %q fits %q", owner, organisation))
	}
	if l.ofName > 0 {
		reasons = append(reasons, fmt.Sprintf("its name fits %q", model))
	}
	said, reason := l.says(about)
	if reason != "" {
		reasons = append(reasons, reason)
	}
	return l.ofOwner + l.ofName + said - l.doubt(name), fmt.Sprintf("The card of %q links to it: %s.", modelID,
		strings.Join(reasons, ", "))
}

// says is what the words around a link are worth for the repository as the model's own, and why.
func (l repositoryLink) says(about string) (worth int, reason string) {
	switch {
	case strictOwn.MatchString(l.before) || strictOwn.MatchString(l.before+l.text):
		worth = 4
		if ourWords.MatchString(l.before) {
			worth += 2
		}
		return worth, "the link is labelled as the repository"
	case l.trained:
		return ownRepository, "the sentence says that it was trained with this"
	case l.ofName > 0 && (l.ofOwner > 0 || ourOwn.MatchString(l.before)) && sendsTo.MatchString(l.before) &&
		!identity.Reformatted(l.model):
		return ownRepository, "the sentence sends its reader there"
	case l.ofOwner > 1 && (calledAfter(l.text, l.model) || calledAfter(l.rest, l.model)):
		return 2, "the link is called after the model"
	case ownLabel.MatchString(about):
		return 1, "the link speaks of code"
	case l.ofOwner > 1 && (l.asks || modelFolder.MatchString(l.rest) ||
		l.heading == "" && strings.TrimSpace(about) == ""):
		return 1, "" // where its makers answer, keep their models, or begin the card
	case l.ofName == 0 && !trainingRepository.MatchString(about) && !tuningRepository.MatchString(about):
		return -1, "" // anything else that its makers publish
	}
	return 0, ""
}

// doubt is how much less likely a repository is the model's own by how it is used, called or told of.
func (l repositoryLink) doubt(name string) (less int) {
	others := fromOthers.MatchString(l.before)
	if others || !l.asks && !l.trained && usageWords.MatchString(l.before) {
		less += 3
		if !others && (l.ofName > sameName || l.ofName == sameName && l.ofOwner > 1) {
			less -= 2 // a repository that is called as the model is more than what it is used with
		}
	}
	if usageHeads.MatchString(l.heading) && l.ofName < sameName {
		less++
	}
	if sideRepository.MatchString(strings.ToLower(name)) || oneThread.MatchString(l.rest) {
		less += 3
	}
	if l.ofOwner == 0 && l.ofName < 3 && !l.trained {
		less += 2 // a tool that many cards link to
	}
	return less
}

// sameName is the likeness of names from which a repository is called as the model is.
const sameName = 4

// calledAfter reports whether a text holds the name of a model's family.
func calledAfter(text, model string) bool {
	family := identity.Family(model)
	called := func(word string) bool { return identity.Family(word) == family }
	return len(family) > 1 && !identity.CommonWord(family) &&
		slices.ContainsFunc(strings.FieldsFunc(text, notOfName), called)
}

func notOfName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '.'
}

// sideModel names what is published on the hub beside a model: parts of it,
// helpers and records of its making.
var sideModel = pattern.MustCompile(`(^|[-_.])(logs?|notebooks?|temp|tmp|test|tokenizers?|lora|upscaler|control(net)?` +
	`|reward|rm|prm|embeddings?|demo|checkpoints?|optimizer|adapters?|vae|draft|eagle|mtp|intermediate|data` +
	`|dataset)([-_.]|$)`)

// namePublished chooses the model that a repository publishes, and records the
// others it links to as related.
func (g *gathering) namePublished(r *repository) (id, reason string, ok bool) {
	type published struct {
		id           string
		score, order int
		size         float64
	}
	var all []published
	for i, link := range append(modelsIn(r.readme), modelsLoaded(r.readme, r.id)...) {
		score := identity.Likeness(path.Base(r.id), path.Base(link.id)) + identity.OwnerLikeness(path.Dir(r.id),
			path.Dir(link.id))
		if at := slices.IndexFunc(all, func(p published) bool {
			return strings.EqualFold(p.id, link.id)
		}); at >= 0 || score < ownRepository {
			continue
		}
		if identity.Tuned(path.Base(link.id)) {
			score++
		}
		if identity.Reformatted(path.Base(link.id)) {
			score -= 2
		}
		if sideModel.MatchString(strings.ToLower(path.Base(link.id))) {
			score -= 3
		}
		all = append(all, published{link.id, score, i, identity.Parameters(path.Base(link.id))})
	}
	if len(all) == 0 {
		return "", "", false
	}
	slices.SortStableFunc(all, func(a, b published) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.size, a.size), cmp.Compare(a.order, b.order))
	})
	for _, other := range all[1:min(len(all), maxRelated+1)] {
		g.choose(audit.Place{Kind: audit.HubModel, Role: audit.RoleRelated, ID: other.id, URL: hub.ModelPage(other.id),
			Reason: fmt.Sprintf("The README of %q links to it too.", r.id)})
	}
	return all[0].id, fmt.Sprintf("The README of %q links to it, and among the models linked there it is the largest of those whose owner and name fit best.", r.id), true
}

// datasetID checks a dataset's id; "" is none.
func datasetID(id string) string {
	if !hub.ValidID(id) {
		return ""
	}
	return id
}

// ownPaper is the least score of a paper that describes the model itself.
const ownPaper = 3

var (
	citationHead = pattern.MustCompile(`\b(citation|citing|cite|bibtex|reference us|paper)\b`)
	ownReport    = pattern.MustCompile(`\b(our|this|the (model|accompanying|original|associated)|model` +
		`|technical) ?(paper|report|tech report|technical report|preprint|arxiv)\b`)
	paperText = pattern.MustCompile(
		`^\W*(the |our )?(paper|arxiv|arxiv paper|preprint|tech(nical)? report|report|pdf)( link)?\W*$`,
	)
	labelledPaper = pattern.MustCompile(
		`^\W*(\w+\W+){0,3}(paper|papers|report|preprint|arxiv|research paper)\W*(https?\W*)?$`,
	)
	// barePaper is a label in a paragraph that has no word for another's work: "Paper: [Falco 2](...)".
	barePaper = pattern.MustCompile(`^\W*(our )?paper: ?\W{0,3}$`)
	// definedPaper is the definition that links called "paper" refer to, as in "[paper]: https://...".
	definedPaper = pattern.MustCompile(`^\s*\[(?:the |our )?(?:paper|arxiv|report|technical report)\]:\s`)
	otherPaper   = pattern.MustCompile(`\b(based on|following|proposed (in|by)|introduced (in|by)|we (use|adopt` +
		`|follow)|using|see|similar to|method|architecture|attention|see also|dataset|benchmark\w*|evaluat\w*` +
		`|inspired)\b`)
)

// A speaking is a page that may name papers of the subject.
type speaking struct {
	page  *page.Page
	name  string // of the model or repository that it speaks of
	role  audit.Role
	what  string
	place string // of the model or repository whose page it is
}

// speakings are the cards, READMEs and makers' own pages that were read, in reading order.
func (g *gathering) speakings() []speaking {
	var sources []speaking
	for _, m := range g.models {
		role := audit.RolePaper
		if m.role == audit.RoleBase {
			role = audit.RoleBase
		}
		sources = append(sources, speaking{m.card, m.id, role, fmt.Sprintf("card of %q", m.id), m.id})
	}
	for _, r := range g.repos {
		name, role := g.servedBy(r), audit.RolePaper
		if r.role == audit.RoleBase {
			role = audit.RoleBase
		}
		sources = append(sources, speaking{r.readme, name, role, fmt.Sprintf("README of %q", r.id), r.id})
		if role == audit.RolePaper {
			sources = append(sources, g.furtherPages(r, name)...)
		}
	}
	return append(sources, g.siteTexts()...)
}

// servedBy is the model that a repository's code serves, or the repository itself.
func (g *gathering) servedBy(r *repository) string {
	if r.role != audit.RoleBase && len(g.models) > 0 {
		return g.models[0].id // its code may serve several models
	}
	return r.id
}

// furtherPages are the pages of a repository below its front page that are named after
// the model: they speak for it as its card would.
func (g *gathering) furtherPages(r *repository, name string) []speaking {
	var pages []speaking
	for i := range g.docs {
		d := &g.docs[i]
		if d.Place != audit.GitHubRepo || d.PlaceID != r.id || d.SHA256 == "" ||
			d.Kind != audit.DocProse && d.Kind != audit.DocReadme ||
			!strings.Contains(d.Path, "/") && d.Kind == audit.DocReadme || !namedAfter(d.Path, name) {
			continue
		}
		pages = append(pages, speaking{g.page(d), name, audit.RolePaper, fmt.Sprintf("page %q of %q", d.Path, r.id),
			r.id})
	}
	return pages
}

// page is a page of a repository, parsed once: each step of a gathering looks through
// the pages again for what it follows.
func (g *gathering) page(d *audit.Document) *page.Page {
	if p := g.pages[d.SHA256]; p != nil {
		return p
	}
	if g.pages == nil {
		g.pages = make(map[string]*page.Page)
	}
	p := page.Parse(d.Body)
	g.pages[d.SHA256] = p
	return p
}

// badgeOfPaper matches the picture of a link that stands for the page's paper.
var badgeOfPaper = pattern.MustCompile(`^[^\]]*\b(paper|arxiv|report|preprint|pdf)\b[^\]]*\]\(`)

// minTitle is the number of words from which a link's text is a title.
const minTitle = 4

// clause is what a line says after its last link or sentence.
func clause(before string) string {
	for _, end := range []string{"](", ". "} {
		if at := strings.LastIndex(before, end); at >= 0 {
			before = before[at+len(end):]
		}
	}
	return before
}
