package licences

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
)

// What a model was made from limits it: nobody can grant more than they were granted.
// The pages of a parent are read as they would be if it were the audited model, so that
// whoever asks of the child, by a policy, a profile or for its duties, gets the answer
// that he would get of the parent.

// A parent is a model that this one was made from, and what its own pages come to.
type parent struct {
	id      string
	alike   bool                // no page states it, but names or a path; or none was read of it
	weights []audit.Observation // the facts on the licence of its weights; none where nothing was read
	class   string              // how open that is; empty where it is not settled
	doubt   string              // why it is not
	at      *audit.Document     // where that was read, or looked for
	finding audit.Finding       // of the doubt
	named   []audit.Observation // of what its page says in words alone that it was made from
}

func (in *Reader) readParents() (parents []parent) {
	seen := map[string]bool{strings.ToLower(in.ID()): true}
	for _, p := range in.Subject.Places {
		if id := strings.ToLower(p.ID); !seen[id] && (p.UnreadBase() || p.Role == audit.RoleBase &&
			(p.Kind == audit.HubModel || p.Kind == audit.ModelScopeModel)) {
			seen[id] = true
			parents = append(parents, in.parent(p))
		}
	}
	return parents
}

// parent reads the pages of one.
func (in *Reader) parent(p audit.Place) parent {
	guessed := p.Reason != "" && !p.Stated()
	found := parent{id: p.ID, alike: guessed || p.UnreadBase()}
	own := in.asOwn(p)
	own.licences = readLicences(own)
	found.weights = own.verdict("weights", own.licences)
	for i := range found.weights {
		o := &found.weights[i]
		o.Role = audit.RoleBase
		if d := in.Document(o); d != nil && o.Finding == audit.Present && o.End <= len(d.Body) {
			o.Quote = string(d.Body[o.Start:o.End])
		}
	}
	if own.Subject.Base == "" {
		for _, o := range own.lineageFacts() {
			if o.Finding != audit.Present {
				found.named = append(found.named, o)
			}
		}
	}
	in.settle(&found, own)
	if len(found.weights) == 0 {
		in.notSettled(&found, guessed)
	}
	if found.alike && found.class != Open && found.class != "" {
		found.doubt = byNames + ", which is under " + found.licence()
		found.class, found.finding, found.at = "", audit.Unreadable, in.Document(&found.weights[0])
	}
	return found
}

// byNames is how a parent is told that no page states.
const byNames = "by their names or files it may have been made from it"

// settle says how open the licence of a parent's weights is, or why that is in doubt.
func (in *Reader) settle(found *parent, own *Reader) {
	for _, o := range found.weights {
		switch {
		case o.Fact == "license.weights.openness" && o.Finding == audit.Present && found.class == "":
			found.class = o.Value
		case o.Finding != audit.Present && found.doubt == "":
			found.doubt, found.finding, found.at = o.Note, o.Finding, in.Document(&o)
		}
	}
	if found.class != Open {
		return
	}
	for _, c := range own.conflicts(own.licences, nil) {
		kind, ok := strings.CutPrefix(c.Fact, "license.conflict.")
		if ok && !undone[kind] && strings.HasPrefix(c.Value, "weights:") {
			found.class, found.finding, found.at = "", audit.Unreadable, in.Document(&c)
			found.doubt = "two statements contradict each other: " + c.Value
		}
	}
}

// notSettled says why nothing is known of the licence of a parent of which nothing tells it.
func (in *Reader) notSettled(found *parent, guessed bool) {
	found.doubt, found.finding = "its licence was not looked at", audit.NotFetched
	if guessed {
		found.doubt = byNames + "; " + found.doubt
	}
	docs := in.LooksAtBase(found.id, audit.DocModelCard, audit.DocModelAPI, audit.DocLicense)
	if len(docs) == 0 {
		return
	}
	found.at, found.finding, found.doubt = docs[0], audit.NotThere, "states no licence"
	if f, lost := document.Unseen(docs[0]); lost {
		found.finding, found.doubt = f, "could not be looked at: "+document.Answer(docs[0])
	}
}

// asOwn is a reader of a parent's pages as those of the audited model.
func (in *Reader) asOwn(p audit.Place) *Reader {
	s := audit.Subject{ID: p.ID, Target: p.ID, Name: p.ID}
	var docs []audit.Document
	for i := range in.Docs {
		d := in.Docs[i]
		if d.Role != audit.RoleBase || d.Place != p.Kind || !strings.EqualFold(d.PlaceID, p.ID) {
			continue
		}
		d.Body, d.Role = in.ServedBody(&in.Docs[i]), audit.RoleEnd
		docs = append(docs, d)
		if m, err := hub.ParseModel(d.Body); err == nil && d.Kind == audit.DocModelAPI && len(m.BaseModels) > 0 {
			s.Base = m.BaseModels[0]
		}
	}
	for _, of := range in.Subject.Places {
		if s.Base == "" && of.Role == audit.RoleBase && strings.Contains(of.Reason, strconv.Quote(p.ID)) {
			s.Base = of.ID // a parent of its own, which is looked at by itself
		}
	}
	p.Role = audit.RoleEnd
	s.Places = []audit.Place{p}
	own := NewReader(kin.New(sources.New(s, docs, Binds)), in.releasePage)
	own.Speaker.Ends = in.Speaker.Ends
	own.Look()
	return own
}

// licence is what a parent's weights are under, in words.
func (p *parent) licence() string {
	for _, o := range p.weights {
		if o.Fact == "license.weights.id" && o.Finding == audit.Present {
			return o.Value
		}
	}
	return cmp.Or(p.fact("clause").Value, "terms that are not known")
}

func (p *parent) fact(name string) audit.Observation {
	for _, o := range p.weights {
		if o.Fact == "license.weights."+name && o.Finding == audit.Present {
			return o
		}
	}
	return audit.Observation{}
}

// terms are what a parent's licence, and the words of its page, allow and ask.
func (p *parent) terms() []audit.Observation { return append(Terms(p.weights), p.weights...) }

// limited reports whether a parent's page adds a limit to its licence that the licence does not have.
func (p *parent) limited() bool {
	l, ok := limitOfClause(p.fact("clause").Value)
	t, _ := license.Read(p.fact("id").Value)
	return ok && !l.implied(t)
}

// forbids reports whether a parent permits no commerce at all.
func (p *parent) forbids() bool {
	return slices.ContainsFunc(p.terms(), func(o audit.Observation) bool {
		return o.Fact == "license.weights.commercial_use" && o.Value == string(license.Forbidden)
	})
}

// bounds are the facts that what a model was made from decides for it, each with its
// values, the narrowest first. Thresholds are numbers, of which none is the narrowest.
var bounds = []struct {
	fact   string
	values []string
}{
	{"openness", gradesOfClass}, {"commercial_use", permitted}, {"modification", permitted}, {"redistribution", permitted},
	{"use_restrictions", holding}, {"output_restriction", holding}, {"territory_limited", holding},
	{"user_threshold", []string{"", "0"}},
}

var (
	permitted = []string{string(license.Forbidden), string(license.Conditional), string(license.Allowed)}
	holding   = []string{"true", "false"}
)

// binding are the parents that bind: of those that limit all, and the narrowest, and the first of which it is open.
func (in *Reader) binding() (narrow, open *parent, limiting []*parent) {
	parents, declared := in.parents(), in.declaredBases()
	for i := range parents {
		switch p := &parents[i]; {
		case p.class == Open, !p.alike && !declared[strings.ToLower(p.id)]:
		case identity.SameMaker(path.Dir(p.id), path.Dir(in.ID())): // nothing binds makers to their own terms
		case p.class == "":
			open = cmp.Or(open, p)
		default:
			limiting = append(limiting, p)
			if narrow == nil || !narrow.forbids() && p.forbids() {
				narrow = p
			}
		}
	}
	return narrow, open, limiting
}

// withinParents gives the verdict on weights that were made from what grants less than the
// reading does, or from what nobody knows; nil where every parent grants all.
func (in *Reader) withinParents(best licence) []audit.Observation {
	narrow, open, limiting := in.binding()
	says := fmt.Sprintf("%s says %s, but it was made from ", best.source, best.id)
	doubt := func(fact string) audit.Observation {
		finding := open.finding
		if finding == audit.NotThere {
			finding = audit.Unreadable // what the parent does not state is no denial by the child
		}
		return audit.From(cmp.Or(open.at, best.doc), fact, finding, says+open.id+": "+open.doubt)
	}
	switch {
	case narrow == nil && open == nil:
		return nil
	case narrow == nil:
		return []audit.Observation{doubt("license.weights.id"), doubt("license.weights.openness")}
	}
	out := []audit.Observation{
		audit.From(best.doc, "license.weights.id", audit.Unreadable, says+narrow.id+", which is under "+narrow.licence()),
		restated(narrow.fact("openness"), "license.weights.clause", audit.Present, narrow.held(),
			"what keeps the model within the licence of its base"),
	}
	for _, b := range bounds {
		fact := "license.weights." + b.fact
		var told []audit.Observation
		for _, p := range limiting {
			told = append(told, p.tells(fact)...)
		}
		if open != nil {
			told = append(told, doubt(fact))
		}
		if o := narrowest(told, b.values); o.Fact != "" {
			out = append(out, o)
		}
	}
	return out
}

// barOfParents is what the page of a parent excludes and a licence that is not open itself
// does not; nil where no parent adds to it.
func (in *Reader) barOfParents(best licence) *licence {
	declared := in.declaredBases()
	var found *licence
	for _, p := range in.parents() {
		l, ok := limitOfClause(p.fact("clause").Value)
		l.soft = false // whom the parent's makers mean it for is no advice to those who pass on a child
		switch at := p.fact("clause"); {
		case !ok, l.implied(known(best)), !p.alike && !declared[strings.ToLower(p.id)]:
		case identity.SameMaker(path.Dir(p.id), path.Dir(in.ID())):
		case found != nil:
			found.limit.add(l)
		case in.Document(&at) != nil:
			found = &licence{component: "weights", source: fromProse, doc: in.Document(&at),
				span: audit.Span{Start: at.Start, End: at.End}, limit: &l}
		}
	}
	return found
}

// held says in words what a model is held to by a parent.
func (p *parent) held() string {
	clause := fmt.Sprintf("it was made from %s, which is under %s", p.id, p.licence())
	if stated := p.fact("clause").Value; stated != "" {
		clause += ": " + stated
	}
	return clause
}

// tells gives what a parent says of a fact, for the model that was made from it: an
// observation without a fact where it says nothing.
func (p *parent) tells(fact string) []audit.Observation {
	var out []audit.Observation
	for _, o := range p.terms() {
		if o.Fact != fact {
			continue
		}
		if note := p.held(); fact == "license.weights.user_threshold" && o.Note != "" {
			o.Note = note + "; " + o.Note // which tells what is counted
		} else {
			o.Note = note
		}
		out = append(out, o)
	}
	if len(out) == 0 {
		out = append(out, audit.Observation{})
	}
	return out
}

// narrowest is the narrowest of what several parents say of one fact. Only the narrowest
// of all values stands whatever one of them leaves open, and of two numbers, which may
// count different things, neither.
func narrowest(told []audit.Observation, values []string) audit.Observation {
	rank := func(o audit.Observation) int {
		switch i := slices.Index(values, o.Value); {
		case o.Finding != audit.Present:
			return 1
		case i == 0:
			return 0
		default:
			return 2 + max(i, 0)
		}
	}
	least := slices.MinFunc(told, func(a, b audit.Observation) int { return cmp.Compare(rank(a), rank(b)) })
	for _, o := range told {
		if rank(least) > 1 && rank(o) == rank(least) && o.Value != least.Value {
			return restated(least, least.Fact, audit.Unreadable, "", least.Note)
		}
	}
	return least
}

// lineageFacts gives the licence of every model that this one was made from: all
// of them bind who takes it. One whose licence is not settled is said to be so.
func (in *Reader) lineageFacts() []audit.Observation {
	var out []audit.Observation
	for _, p := range in.parents() {
		out = append(out, p.named...)
		id, clause := p.fact("id"), p.fact("clause")
		switch {
		case p.class == "" && p.at != nil:
			out = append(out, audit.From(p.at, "license.lineage", p.finding, p.id+" "+p.doubt))
		case p.class == "":
		case id.Value != "" && !p.limited():
			out = append(out, restated(id, "license.lineage", audit.Present, p.id+" "+id.Value, id.Note))
		default:
			out = append(out, restated(clause, "license.lineage", audit.Present, p.id+" "+Unknown, clause.Value))
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, n := range in.NamedBases() {
		note := fmt.Sprintf("%s is named as what the model was made from, and no page of it was read", n.Name)
		out = append(out, audit.From(n.Doc, "license.lineage", audit.NotFetched, note))
	}
	if card := in.ownDocument(audit.DocModelCard); card != nil && len(out) == 0 && in.Subject.Base == "" {
		if at, name := in.besideMaking(card); name != "" {
			out = append(out, leftOpen(card, "license.lineage", at, audit.Unreadable,
				name+" may be what the model was made from, and no page of it was read"))
		}
	}
	return out
}
