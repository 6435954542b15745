package claims

import (
	"slices"
	"strings"
)

// A frame is what a topic says together with the small words around it: "no",
// "approval" and "needed" are one claim, in whatever order and language they
// stand. The book holds the words, not the ways to join them. What a topic
// says depends on four things alone: which topics stand together, whether
// something is forbidden, whether there are terms to it, and how often it is
// denied.

// topics by rank: where two stand together, the first is what is spoken of,
// and the others say how it is ("commercial use requires approval").
var topics = []string{"osi-approved", "commercial-use", "published", "gated"}

// A cluster is the items around a topic that belong to it.
type cluster struct {
	p       *parser
	topic   int   // item
	items   []int // without the topic
	denied  int   // how often it is denied
	terms   bool  // something is required
	licence bool  // a component is spoken of
	freed   bool  // a denial stands before what would be required: "no conditions"
}

// frames turns each topic, with what belongs to it, into a claim.
func (p *parser) frames() {
	for _, kind := range topics {
		for i := range p.items {
			if p.tag(i) == tagTopic && p.items[i].w.Predicate == kind {
				p.frame(i)
			}
		}
	}
}

// frame reads the cluster around a topic and puts a claim in its place.
func (p *parser) frame(topic int) {
	c := &cluster{p: p, topic: topic}
	if !c.gather() {
		return
	}
	w := *p.items[topic].w
	w.Tag = tagClaim
	c.count()
	if !c.says(&w) {
		return
	}
	for _, i := range c.items {
		switch p.tag(i) {
		case tagModel, tagMaker, tagSubject, tagLink, tagUnknown, tagMark:
			continue
		case tagNeutral:
			// it says more than is known of a paper or datasheet
			if p.whole(i) && !strings.HasPrefix(w.Value, "model-card") {
				p.items[i].tag = tagUnknown
				continue
			}
		case tagNot:
			if w.Predicate == "osi-approved" { // "is not OSI-approved open source" denies both
				continue
			}
			if i > topic && p.joinsDenied(i) && p.tag(p.next(i+1, tagNeutral)) == tagPart { // "no paper nor code"
				continue
			}
		}
		c.licence = c.licence || p.part(i) != ""
		p.take(i)
	}
	p.items[topic].tag, p.items[topic].w = tagClaim, &w
	p.framed[topic] = w.Predicate != "osi-approved"
	p.ofPart[topic] = c.licence
}

// gather collects what stands around the topic. It fails where the topic is of
// a component that has no such property ("access to the training data").
func (c *cluster) gather() bool {
	for _, step := range []int{-1, 1} {
		for i := c.topic + step; i >= 0 && i < len(c.p.items); i += step {
			if step > 0 && c.tellsContent(i) {
				break
			}
			if !c.belongs(i) {
				if part := c.p.part(i); (part == "open-data" || part == "open-code") && c.kind() != "published" &&
					c.kind() != "osi-approved" {
					return false
				}
				break
			}
			c.items = append(c.items, i)
		}
	}
	slices.Sort(c.items)
	return true
}

// tellsContent reports whether an item is the verb of what a document tells, which is
// more than that there is one: "the model card names the hardware".
func (c *cluster) tellsContent(i int) bool {
	p := c.p
	if c.kind() != "published" || c.p.items[c.topic].w.Value == "hardware" || p.items[c.topic].w.Value == "architecture" {
		return false
	}
	n := p.next(i+1, tagOf, tagSubject)
	for p.tag(n) == tagNeutral && !p.aside(n) {
		n++
	}
	if p.tag(i) == tagLink && among("covering", p.words(i)) && !p.aside(n-1) && p.tag(n) != tagPart {
		p.items[i].tag = tagUnknown
		return true
	}
	if p.tag(i) != tagState || p.items[i].w.Value != "disclosed" && p.items[i].w.Value != "described" ||
		p.tag(p.prev(i-1, tagNeutral, tagNot)) == tagLink {
		return false
	}
	return p.tag(n) == tagPart || p.tag(n) == tagTopic || p.tag(n) == tagUnknown || p.aside(n)
}

func (c *cluster) kind() string { return c.p.items[c.topic].w.Predicate }

// part is the component that an item names, or empty.
func (p *parser) part(i int) string {
	if p.tag(i) != tagPart {
		return ""
	}
	return p.items[i].w.Predicate
}

// belongs reports whether an item may be part of the cluster.
func (c *cluster) belongs(i int) bool {
	it := c.p.items[i]
	switch it.tag {
	case tagNeutral, tagNot, tagNeed, tagTerms, tagLink, tagOf, tagModel, tagMaker, tagSubject, tagUnknown, tagFirst,
		tagTopic:
		return !c.p.framed[i] && !(it.tag == tagTopic && c.kind() == "published" && it.w.Predicate != "published")
	case tagSaid: // "a paper describing X"
		return c.kind() == "published" && slices.Contains(describes, c.p.list[it.first].text) &&
			!c.p.describedAs(i)
	case tagAnd: // "may both be used"
		if it.w.Value == "or" && c.kind() == "gated" {
			return c.goesOn(i)
		}
		return slices.Contains([]string{"both", "also", "auch", "aussi", "también"}, strings.ToLower(c.p.words(i)))
	case tagAway:
		return it.w.Value != "unlike" && !c.contrasts(i)
	case tagHedge, tagOrder:
		return it.w.Value == "modal" || it.w.Value == "only"
	case tagFuture: // "darf genutzt werden"
		return strings.EqualFold(c.p.words(i), "werden") || c.p.words(i) == "将"
	case tagMark:
		word := c.p.words(i)
		if word == "," && c.kind() == "gated" {
			return c.goesOn(i)
		}
		if n := c.p.next(i+1, tagNeutral); word == "," && c.kind() == "commercial-use" && i > c.topic &&
			c.p.tag(n) == tagState && c.p.items[n].w.Value == "unconditional" {
			return true // "for any product, no strings attached"
		}
		if word == "," && c.kind() == "commercial-use" && i > c.topic && c.leaveBehind(i) {
			return true
		}
		return word == `"` || c.kind() == "published" && (word == "(" || word == ")")
	case tagPart:
		return it.w.Predicate == "license" || it.w.Predicate == "open-weights" && c.kind() != "published"
	case tagState:
		return slices.Contains([]string{"allowed", "forbidden", "published", "free", "get", "use", "closed",
			"unconditional", "described", "disclosed", "permissive"}, it.w.Value) &&
			(it.w.Predicate == "" ||
				it.w.Predicate == "downloadable") && !(c.kind() == "osi-approved" && it.w.Value == "published")
	}
	return false
}

// goesOn reports whether a list of what is asked for goes on behind an item:
// "no account, form or approval".
func (c *cluster) goesOn(i int) bool {
	p := c.p
	before, after := p.prev(i-1, tagNeutral), p.next(i+1, tagNeutral, tagAnd)
	is := func(k int) bool { return p.tag(k) == tagTopic && p.items[k].w.Predicate == "gated" }
	return is(after) && (is(before) || before >= 0 && p.framed[before])
}

// leaveBehind reports whether what stands behind a comma only tells whether leave is
// needed, and nothing of what for: "may be sold, no permission needed".
func (c *cluster) leaveBehind(i int) bool {
	p := c.p
	leave := false
	for k := i + 1; k < p.segmentOf(i).end; k++ {
		leave = leave || amongTokens("permission", p.tokensOf(k))
		switch it := p.items[k]; it.tag {
		case tagNot, tagNeed, tagNeutral, tagLink, tagOf:
		case tagTopic, tagState:
			if it.w.Predicate != "gated" && !amongTokens("permission", p.tokensOf(k)) {
				return false
			}
		default:
			return false
		}
	}
	return leave
}

// contrasts reports whether a word puts another model beside the one spoken of.
func (c *cluster) contrasts(i int) bool {
	return slices.Contains([]string{"than", "like", "wie", "als", "comme", "como", "比", "像"},
		strings.ToLower(c.p.words(i)))
}

// count tells how often the topic is denied, and what is required for it.
func (c *cluster) count() {
	both := false // languages in which two denials make one
	for at, i := range c.items {
		switch it := c.p.items[i]; it.tag {
		case tagNot:
			if c.p.withoutOther(i) && i > c.topic && c.p.tag(c.p.next(i+1, tagNeutral, tagUnknown)) != tagTerms {
				continue // "may be sold without a thank-you"
			}
			pair := c.p.pairs(i) && it.w.Value != "without"
			// "without forms nor approvals" denies once
			if joined := c.denied > 0 && (c.p.joinsDenied(i) || pair && c.p.behindWithout(i)); !joined && (!pair ||
				!both) {
				c.denied++
			}
			both = both || pair
		case tagNeed, tagTerms:
			c.terms = true
			c.freed = c.freed || c.deniedBefore(at)
		case tagTopic:
			if it.w.Predicate == "gated" && c.kind() != "gated" {
				c.terms = true
				c.freed = c.freed || c.deniedBefore(at)
			}
		case tagState:
			if it.w.Value == "forbidden" && c.kind() != "published" || it.w.Value == "closed" && !c.ofLicence() ||
				it.w.Denied && (it.w.Value == "published" || it.w.Value == "disclosed" || it.w.Value == "described") {
				pair := it.w.Denied && c.p.pairs(i)
				if !pair || !both {
					c.denied++
				}
				both = both || pair // "no se conoce ningún artículo"
			}
		}
	}
}

// ofLicence reports whether the topic is a licence that denies commercial use: a
// "restrictive non-commercial licence" denies it once.
func (c *cluster) ofLicence() bool {
	return c.kind() == "commercial-use" && c.p.items[c.topic].w.Denied
}

// behindWithout reports whether a negation stands right behind "without",
// which it only stresses: "sin ningún requisito", "sans aucune demande".
func (p *parser) behindWithout(i int) bool {
	k := p.prev(i-1, tagNeutral)
	return p.tag(k) == tagNot && p.items[k].w.Value == "without"
}

// deniedBefore reports whether a denial stands next to what is required: "no
// conditions", "needs no approval".
func (c *cluster) deniedBefore(at int) bool {
	for _, step := range []int{-1, 1} {
		for k := at + step; k >= 0 && k < len(c.items); k += step {
			switch it := c.p.items[c.items[k]]; it.tag {
			case tagNot:
				return true
			case tagNeutral, tagNeed, tagAway, tagOf:
				continue
			}
			break
		}
	}
	return false
}

// has reports whether some item of the cluster is such.
func (c *cluster) has(is func(it item) bool) bool {
	return slices.ContainsFunc(c.items, func(i int) bool { return is(c.p.items[i]) })
}

// says tells what the cluster claims; it fails where it says nothing.
func (c *cluster) says(w *wording) bool {
	own := w.Denied
	if c.kind() != "osi-approved" {
		w.Denied = w.Denied != (c.denied%2 == 1)
	}
	switch c.kind() {
	case "gated":
		return c.saysGated(w)
	case "commercial-use":
		return c.saysCommercial(w, own)
	case "published":
		return c.saysPublished(w)
	}
	return true
}

// stated reports whether the cluster has a state of one of these values.
func (c *cluster) stated(values ...string) bool {
	return c.has(func(it item) bool { return it.tag == tagState && slices.Contains(values, it.w.Value) })
}

// possesses reports whether the cluster says that something has something.
func (c *cluster) possesses() bool {
	return c.has(func(it item) bool { return it.tag == tagLink && it.w.Value == "has" })
}

// needs reports whether the cluster says that something is needed.
func (c *cluster) needs() bool {
	return c.has(func(it item) bool { return it.tag == tagNeed || it.tag == tagOrder })
}

// saysGated tells what a cluster about access claims.
func (c *cluster) saysGated(w *wording) bool {
	for _, i := range c.items {
		if it := c.p.items[i]; it.tag == tagTopic && it.w.Predicate == "gated" && w.Value == "" {
			w.Value = it.w.Value
		}
	}
	behind := c.has(func(it item) bool { return it.tag == tagAway })
	if w.Denied {
		w.Value = ""
	}
	again := c.has(func(it item) bool { // "reviews each request"
		return it.tag == tagTopic && it.w.Predicate == "gated"
	})
	return c.needs() || c.possesses() || behind || again || c.p.headed(c.topic) || c.denied > 0 || w.Value != "" ||
		c.stated("get", "published", "free")
}

// saysCommercial tells what a cluster about commercial use claims, whose own
// words deny it or not.
func (c *cluster) saysCommercial(w *wording, own bool) bool {
	if own && c.denied > 0 && c.has(func(it item) bool {
		return it.tag == tagTopic && it.w.Predicate == "commercial-use"
	}) {
		// "research-only, which rules out commercial use" says one thing twice and undoes nothing
		w.Denied = true
		return !c.has(func(it item) bool { return it.tag == tagNot })
	}
	if w.Value == "academic" { // "for academic purposes" denies it where it is said of nothing else
		only := c.has(func(it item) bool { return it.tag == tagHedge && it.w.Value == "only" })
		w.Value, w.Denied = "", w.Denied != only
		return only
	}
	if w.Value == "" && !w.Denied && !c.terms && c.has(func(it item) bool { // "commercially, for any purpose"
		return it.tag == tagTopic && it.w.Value == "any" && !it.w.Denied
	}) {
		w.Value = anyUse
	}
	modal := c.has(func(it item) bool { return (it.tag == tagHedge || it.tag == tagOrder) && it.w.Value == "modal" })
	told := modal || c.possesses() || c.denied > 0 ||
		c.stated("allowed", "forbidden", "free", "published", "permissive")
	if w.Value == "" && !own && !c.terms && (told || c.stated("use")) {
		w.Value = c.scope(w.Denied)
	}
	if w.Value == anyUse || w.Value == anyUser {
		return true
	}
	c.condition(w)
	return own || told || c.terms || w.Value != ""
}

// condition tells on what condition commercial use is allowed.
func (c *cluster) condition(w *wording) {
	switch {
	case c.freed && (c.denied+1)%2 == 0: // "without conditions"
		w.Value, w.Denied = "unconditional", false
		if c.has(func(it item) bool { return it.tag == tagTerms }) {
			w.Value = "any"
		}
	case c.terms && !c.freed:
		w.Value = "conditional"
		if c.stated("forbidden") { // "forbidden without permission"
			w.Denied = false
		}
	case c.has(func(it item) bool { return it.w != nil && it.w.Value == "unconditional" }):
		w.Value = "any"
	}
}

// saysPublished tells what a cluster about publication claims.
func (c *cluster) saysPublished(w *wording) bool {
	c.wholly(w)
	if w.Value == "api" && c.onlyService() {
		w.Predicate, w.Value, w.Denied = "other", "closed", c.denials()%2 == 1
		return true
	}
	if listed, denied := c.listed(); listed && !c.possesses() && c.denied == 0 {
		w.Denied = denied
		return true
	}
	if w.Value == "api" && c.stated("get", "use") {
		return true
	}
	return c.possesses() || c.denied > 0 || c.needs() || c.inOne() || c.presupposed() || c.p.headed(c.topic) ||
		c.stated("published", "closed", "free", "described", "disclosed")
}

// inOne reports whether something is told "in a paper", or of a paper that more
// is told of: one is then there.
func (c *cluster) inOne() bool {
	p := c.p
	k := p.prev(c.topic-1, tagNeutral)
	if k >= 0 && p.tag(k) == tagAway && slices.Contains([]string{"in", "dans", "en"}, strings.ToLower(p.words(k))) &&
		k < c.topic-1 {
		return true
	}
	n := c.topic + 1
	return p.words(n) == "," && p.tag(n+1) == tagState && p.items[n+1].w.Value == "published"
}

// presupposed reports whether a document of the model is named as one that there
// is: "X's datasheet", "a paper on X". What is said of it need not be understood.
func (c *cluster) presupposed() bool {
	p := c.p
	w := p.items[c.topic].w
	if slices.Contains([]string{"api", "hardware", "architecture"}, w.Value) || c.denied > 0 ||
		w.Value == "paper" && !beginsWith("paper", p.tokensOf(c.topic)) {
		return false
	}
	s := p.segmentOf(c.topic)
	if slices.ContainsFunc(p.items[s.start:s.end], func(it item) bool { // "the paper on X is open source"
		return it.w != nil && slices.Contains([]string{"open-source", "fully-open", "other"}, it.w.Predicate)
	}) {
		return false
	}
	before := p.prev(c.topic-1, tagNeutral, tagOf)
	after := p.next(c.topic+1, tagNeutral)
	word := strings.ToLower(p.words(after))
	joins := p.tag(after) == tagOf || p.tag(after) == tagAway && (slices.Contains(about, word) ||
		slices.Contains(light, word))
	return p.tag(before) == tagModel || p.ownMaker(before) && p.tag(before+1) == tagOf ||
		joins && p.tag(p.next(after+1, tagNeutral, tagMaker, tagOf)) == tagModel
}

// onlyService reports whether a service is all that is offered: "only through
// an API", "hides it behind an API".
func (c *cluster) onlyService() bool {
	return c.has(func(it item) bool {
		return it.tag == tagHedge && it.w.Value == "only" ||
			it.tag == tagState && it.w.Value == "closed" && it.w.Predicate == ""
	})
}

// denials counts the negations of the cluster alone.
func (c *cluster) denials() int {
	n := 0
	for _, i := range c.items {
		if c.p.tag(i) == tagNot {
			n++
		}
	}
	return n
}

// listed reports whether the cluster goes on with a list that began with what
// is given out: "comes with code, a datasheet and a paper"; and whether that
// was denied.
func (c *cluster) listed() (listed, denied bool) {
	for i := c.topic - 1; i >= 0; i-- {
		switch it := c.p.items[i]; it.tag {
		case tagClaim:
			if c.p.framed[i] && it.w.Predicate == "published" && it.w.Value != "api" { // the verb was read with it
				return true, it.w.Denied
			}
			continue
		case tagNeutral, tagAnd, tagPart, tagTopic, tagLicence, tagOf, tagModel:
			continue
		case tagMark:
			if c.p.words(i) == "," {
				continue
			}
		case tagNot:
			denied = true
			continue
		case tagState:
			return it.w.Value == "published" || it.w.Value == "described", denied
		case tagLink:
			return it.w.Value == "has", denied
		}
		break
	}
	return false, false
}
