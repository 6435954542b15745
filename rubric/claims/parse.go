package claims

import (
	"slices"
	"strings"
)

// Read takes a sentence apart. model is the one meant by "it" where the
// sentence names none; it may be empty.
func Read(text string, names []Name, model string) Reading {
	if model == "" {
		if only := onlyModel(names); only != "" {
			return read(text, names, setting{model: only}) // "Y kept its code under wraps"
		}
	}
	return read(text, makersAsModels(names), setting{model: model, alone: true})
}

// makersAsModels takes the makers of a sentence that names no model for the one
// model that each of them has: "neither X's maker nor Y's has shared any code".
func makersAsModels(names []Name) []Name {
	var list []Name
	var makers []string
	for _, n := range names {
		if !n.Maker || len(n.Of) != 1 {
			return names
		}
		if !slices.Contains(makers, n.ID) {
			makers = append(makers, n.ID)
		}
		list = append(list, Name{Start: n.Start, End: n.End, ID: n.Of[0]})
	}
	if len(makers) < 2 {
		return names
	}
	return list
}

// onlyModel is the one model of the one maker that a sentence names, where it
// names no model; else it is empty.
func onlyModel(names []Name) string {
	model := ""
	for _, n := range names {
		if !n.Maker || len(n.Of) != 1 || model != "" && model != n.Of[0] {
			return ""
		}
		model = n.Of[0]
	}
	return model
}

// A setting is what stands around a sentence.
type setting struct {
	model string // that "it" and the names of components mean where the sentence names none
	alone bool   // the sentence is about that model, and about nothing else
	after bool   // sentences stand before it, which "that" may mean
}

func read(text string, names []Name, around setting) Reading {
	list := tokens(text, names)
	p := &parser{Reading: Reading{text: text, items: items(list), list: list, names: names}, fallback: around.model,
		alone: around.alone, after: around.after}
	p.used = make([]bool, len(p.items))
	p.subject, p.framed = -1, make(map[int]bool)
	p.ofPart = make(map[int]bool)
	p.deniedBehind()
	p.severalBehind()
	p.asides()
	p.appositions()
	p.plainAnswers()
	p.findRoster()
	p.onlyModels()
	p.wishes()
	p.removals()
	p.behindGates()
	p.barred()
	p.denials()
	p.sources()
	p.licenceTerms()
	p.attributes()
	p.lackVerbs()
	p.notOnlySaid()
	p.cut = nil // what an item is changes yet
	p.reporting()
	p.general()
	p.figures()
	p.namings()
	p.speakers()
	p.background()
	p.withdrawals()
	p.dates()
	p.restrictive()
	p.describing()
	p.pronouns()
	p.makersNot()
	p.osi()
	p.venues()
	p.ranges()
	p.tuning()
	p.wholes()
	p.contrasts()
	p.saidWhole()
	p.versions()
	p.namedByModel()
	p.frames()
	p.licenceAnswers()
	p.run()
	p.claimAttributes()
	p.exceptLeft()
	p.denyApart()
	p.lineage()
	p.dateKinds()
	p.hang()
	p.residual()
	p.described()
	p.onlyAnswers()
	p.moods()
	p.resolve()
	p.limitedDenials()
	p.unchecked()
	return p.Reading
}

// A parser walks over the items of a sentence once.
type parser struct {
	Reading
	fallback string
	alone    bool   // the sentence is about the fallback
	after    bool   // sentences stand before it
	used     []bool // items that a claim covers

	subject      int // item of the model spoken of, or -1
	clause       int
	clauseStarts []int // the first item of every clause
	parts        []int // components that wait for what is said of them
	said         bool  // something was said of them
	joint        bool  // the model itself is spoken of together with its components
	property     int   // a property that waits for its components, or -1
	denied       bool  // how that property was denied
	not          bool
	nothing      int  // "nothing", "none": item, or -1
	lastPart     int  // the component that was named last, or -1
	notUsed      bool // a claim was denied by it
	twice        bool // by two negations
	last         int  // the last property that was said, or -1
	lastDenied   bool
	byNot        bool  // a negation of its own denied the claim that was made last
	component    int   // of several parts, the one that a licence is claimed of; or -1
	nots         []int // negations that no claim was denied by yet
	unsure       bool  // it is not clear whether the negation reaches this far
	denial       bool
	backward     string // the denial that may be of what went before or of what follows
	tense        Tense
	super        int          // "the only", "the first": item, or -1
	superNots    []int        // the negations before it, which deny it and not what follows
	framed       map[int]bool // topics that became claims whose denials are counted
	asked        int          // the mark of a question that is answered by a word, or -1
	yes          bool         // and by which
	behind       []int        // items of background
	cut          []segment    // the clauses, once they were asked for
	roster       []string     // the models of which one is picked
	paired       bool         // two models are compared, of which the sentence is about both
	ofPart       map[int]bool // and those that name a component with them
	apartParts   []setApart   // components that others are set against
	called       []attribute  // what models are called in passing
	hung         []int        // what is denied only without something that was not understood
	several      []int        // what is said in a clause that says more, and denies some of it
	byOffice     map[int]bool // verbs of saying whose speaker is somebody of the maker's
	outer        *outside     // what was spoken of before an open bracket
}

func (p *parser) run() {
	p.nothing, p.lastPart = -1, -1
	p.property, p.super, p.last, p.component, p.tense, p.clauseStarts = -1, -1, -1, -1, Present, []int{0}
	denial, reasons, beyond := p.denial, p.reasons(), p.beyondDenial()
	defer func() { p.denial = denial }()
	for i := range p.items {
		p.denial = denial && !reasons[i] && !beyond[i]
		switch it := &p.items[i]; it.tag {
		case tagModel, tagSubject:
			p.atSubject(i)
		case tagPart:
			p.atPart(i)
		case tagState:
			p.atState(i)
		case tagClaim:
			if it.w.Value == "definition" && p.besideOpenSource(i) {
				it.tag = tagNeutral // "open source under the OSAID"
				continue
			}
			if p.notOnly(i) || p.ofParts(i) {
				p.atState(i)
				continue
			}
			denied := p.framedOr(i, it.w.Denied)
			if it.w.Predicate == "fully-open" {
				p.last, p.lastDenied = i, denied
			}
			p.emit(i, i, it.w.Predicate, strings.TrimPrefix(it.w.Value, "definition"), denied)
		case tagLicence:
			if n := len(p.parts); n > 0 && p.items[p.parts[n-1]].w.Predicate == "license" || p.nameOfLicence(i) {
				p.emit(i, i, "license", it.w.Value, p.reversed(false))
			}
		case tagMost, tagMore, tagLess, tagAs:
			p.compare(i)
		case tagOnly, tagFirst:
			if it.tag == tagFirst && among("time", p.words(i+1)) {
				continue // "in its first year"
			}
			p.super, p.superNots = i, p.nots
			p.nots, p.not = nil, false
		case tagNot:
			if p.withoutOther(i) {
				continue
			}
			p.not, p.notUsed = true, false
			if slices.Contains(nothing, firstWord(p.words(i))) {
				p.nothing = i
				p.elidedObject(i)
			}
			p.nots = append(p.nots, i)
		case tagBut:
			p.elidedModel(i)
			p.boundary(i)
		case tagAnd:
			p.atAnd(i)
		case tagNeutral:
			p.atHub(i)
		case tagLink:
			p.atLink(i)
		case tagAgain:
			if p.againOf(i) {
				continue
			}
			if p.last >= 0 {
				p.property, p.denied, p.not = p.last, p.lastDenied, false
			}
		case tagMark:
			p.endClause(i)
			p.atMark(i)
		}
	}
	p.endClause(len(p.items))
}

// endClause reads what only the end of a clause tells, at item i.
func (p *parser) endClause(i int) {
	p.atEnd(i)
	p.listedWithout(i)
	p.alongWith(i)
	p.alsoSaid(i)
	p.elided()
	p.elidedModel(i)
	p.soIsModel(i)
}

// boundary ends what was said before item i.
func (p *parser) boundary(i int) {
	p.nots, p.twice = nil, false
	p.not, p.unsure, p.super = false, false, -1
	p.newClause(i)
}

func (p *parser) newClause(i int) {
	p.clause++
	p.clauseStarts = append(p.clauseStarts, i)
}

// atSubject takes a model, or what stands for one, as what is spoken of.
func (p *parser) atSubject(i int) {
	owns := p.ownsUnsaid(i)
	if owns && p.lastPart >= 0 && !p.saidOf(p.lastPart) || !owns && p.away(i) {
		return // "the data of X and those of Y" is one owner, who is spoken of, and another
	}
	if p.items[i].tag == tagModel && !p.hasPart(i) ||
		p.items[i].tag == tagSubject && p.said && p.tag(p.next(i+1, tagNeutral)) != tagPart {
		p.parts, p.said, p.joint = nil, false, false
	}
	if p.notUsed {
		p.not = false
	}
	if k := p.subject; k >= p.clauseStarts[p.clause] && p.tag(k) == tagSubject && p.items[k].w.Value != "" &&
		p.tag(i) == tagSubject && p.items[i].w.Value == "" {
		return // "the former publishes its data"
	}
	p.subject = i
	if owns && p.lastPart >= 0 {
		p.parts, p.said = []int{p.lastPart}, false
	}
}

// saidOf reports whether something was said of a component already, so that a model behind it
// does not own it together with the one before. In brackets stands a sentence of its own.
func (p *parser) saidOf(part int) bool {
	return p.said || p.last > part || p.outer != nil && part < p.outer.open
}

// ownsUnsaid reports whether a model owns what is not named anew: "X's data is public, Y's is
// not", "die von Y ist es nicht".
func (p *parser) ownsUnsaid(i int) bool {
	if p.tag(i+1) == tagOf && p.tag(i+2) == tagLink && p.text[p.at(i+1)] == '\'' {
		return true
	}
	those := i - 2
	if i > 0 && p.items[i-1].end > p.items[i-1].first+1 && beginsWith("those", p.tokensOf(i-1)) {
		those = i - 1 // "celui de" is one item
	} else if p.tag(i-1) != tagOf {
		return false
	}
	if those < 1 || !beginsWith("those", p.tokensOf(those)) {
		return false
	}
	before := p.tag(those - 1)
	return before == tagMark || before == tagAnd || before == tagBut
}

// hasPart reports whether a component stands before a model as that model's: "the code
// that trained X", "the data of its small model X".
func (p *parser) hasPart(i int) bool {
	k := i - 1
	for p.aside(k) {
		k--
	}
	if k >= 0 && (p.tag(k) == tagOf || p.tag(k) == tagPart) {
		return true
	}
	return p.partBefore(i) >= 0
}

// away reports whether the words before a model put it aside: "unlike X".
func (p *parser) away(i int) bool {
	relative := false // "the code that X"
	for k := i - 1; k >= 0; k-- {
		switch p.items[k].tag {
		case tagNeutral, tagMaker:
			relative = relative || slices.Contains([]string{"that", "which", "who", "que", "qui", "que"},
				strings.ToLower(p.words(k)))
			continue
		case tagAway, tagMore, tagLess:
			return true
		case tagUnknown: // "the code that trained X"
			return relative || p.nearest(k-1) == tagPart
		case tagPart:
			return relative
		case tagOf:
			if p.words(k) == "的" { // what stands before it tells which X
				return false
			}
			return k > 0 && !slices.Contains([]string{tagPart, tagMaker}, p.nearest(k-1)) && p.text[p.at(k)] != '\''
		}
		return false
	}
	return false
}

// nearest is the tag of the last item up to k that says something.
func (p *parser) nearest(k int) string {
	for ; k >= 0; k-- {
		if p.items[k].tag != tagNeutral {
			return p.items[k].tag
		}
	}
	return tagMark
}

// next is the position of the next item from i that is none of the tags to skip.
func (p *parser) next(i int, skip ...string) int {
	for i < len(p.items) && slices.Contains(skip, p.items[i].tag) {
		i++
	}
	return i
}

// prev is the position of the nearest item up to i that is none of the tags to skip, or -1.
func (p *parser) prev(i int, skip ...string) int {
	for i >= 0 && slices.Contains(skip, p.items[i].tag) {
		i--
	}
	return i
}

func (p *parser) tag(i int) string {
	if i < 0 || i >= len(p.items) {
		return tagMark
	}
	return p.items[i].tag
}

// atAnd tells whether a negation reaches beyond an "and".
func (p *parser) atAnd(i int) {
	or := p.items[i].w != nil && p.items[i].w.Value == "or"
	n := p.next(i+1, tagNeutral)
	switch tag := p.tag(n); {
	case tag == tagLink, tag == tagSubject, tag == tagModel, tag == tagFuture, tag == tagNot && !or,
		tag == tagPart && p.tag(p.next(n+1, tagNeutral, tagOf, tagModel)) == tagLink:
		if p.notUsed {
			p.not = false
		}
		if p.spoken() {
			p.newClause(i)
		}
	case or && !p.not && p.spoken() && !p.Claims[len(p.Claims)-1].Denied && slices.Contains([]string{tagState, tagClaim,
		tagPart, tagTopic, tagLicence}, tag):
		p.unsure = true
		p.Claims[len(p.Claims)-1].Vague = unsureOr
	case p.not && p.notUsed && !or && (tag == tagState || tag == tagClaim && !p.framed[n]) && p.property < 0:
		p.unsure = true
	}
}

// spoken reports whether this clause has made a claim.
func (p *parser) spoken() bool {
	return len(p.Claims) > 0 && p.Claims[len(p.Claims)-1].clause == p.clause
}

func (p *parser) atLink(i int) {
	if p.notUsed {
		p.not = false
	}
	p.property = -1
	p.tense = Present
	if p.items[i].w.Value == "past" {
		p.tense = Past
	}
}

func (p *parser) atMark(i int) {
	switch p.list[p.items[i].first].text {
	case ";", ":", ".", "–":
		listed := p.text[p.at(i)] == ':' && p.last >= 0 && p.tag(p.next(i+1, tagNeutral)) == tagPart && p.onlyParts(i)
		p.boundary(i)
		p.parts, p.said, p.property = nil, false, -1
		if listed {
			p.property, p.denied = p.last, p.lastDenied
		}
	case "(":
		p.outer = &outside{open: i, subject: p.subject, parts: slices.Clone(p.parts), said: p.said}
	case ")":
		p.closeBracket(i)
	case ",":
		if p.closesRelative(i) { // "X, whose data is public, is not open source"
			p.boundary(i)
			p.parts, p.said, p.property, p.last, p.lastPart = nil, false, -1, -1, -1
			return
		}
		if p.notUsed {
			p.not = false
		}
		p.property = p.keptOver(i)
		n := p.next(i+1, tagNeutral, tagAnd)
		if t := p.tag(n); p.spoken() && (t == tagLink || t == tagSubject || t == tagModel || t == tagFuture) {
			p.newClause(i)
		}
	}
}

// An outside is what a sentence speaks of where a bracket opens.
type outside struct {
	open    int // item
	subject int
	parts   []int
	said    bool // something was said of them
}

// closeBracket leaves what brackets said behind: "X (whose data is public) can be downloaded". What
// they only name is spoken of on: "the weights (and the code) are public".
func (p *parser) closeBracket(i int) {
	outer := p.outer
	p.outer = nil
	if outer == nil || !p.said {
		return
	}
	p.subject, p.parts, p.said, p.property = outer.subject, outer.parts, outer.said, -1
	p.boundary(i)
}

// keptOver is the property that goes on over a comma: "open weights, code", and not "lacks its
// code, the weights are public".
func (p *parser) keptOver(i int) int {
	part := p.next(i+1, tagNeutral, tagAnd)
	if p.tag(part) == tagPart && p.tag(p.next(part+1, tagNeutral, tagOf, tagModel)) != tagLink {
		return p.property
	}
	return -1
}

// words is the text of an item, and empty beyond the last.
func (r *Reading) words(i int) string {
	if i < 0 || i >= len(r.items) {
		return ""
	}
	return r.text[r.list[r.items[i].first].start:r.list[r.items[i].end-1].end]
}
