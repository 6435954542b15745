package licences

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/page"
	"openness/audit/phrases"
)

// Pages limit in prose what the licence that they name allows: "for research
// use only" below a tag of Apache-2.0. Such a sentence is a statement on a
// licence of its own kind, since it names none. It is read here in the
// languages of the phrase book, with the component that it is about.

// A limit is what a statement or an unknown text keeps its readers from,
// without being one of the known licences.
type limit struct {
	commercial license.Permission // no, conditional, or unsaid where it does not speak of it
	research   bool               // not even every use without commerce is granted
	uses       bool               // fields of use or behaviours are forbidden
	outputs    bool               // what the model makes must not make other models
	size       bool               // licensees of some size need a licence of their own
	territory  bool               // nothing is granted in some countries
	soft       bool               // what the makers meant it for, not what they allow: it is in doubt what that forbids
}

func (l *limit) class() string {
	if *l == (limit{commercial: license.Forbidden, soft: l.soft}) {
		return noncommercial
	}
	return Restricted
}

// limitClauses are the words for the parts of a limit, the weightiest first.
var limitClauses = []limitClause{
	{"it is limited to research or study", limit{commercial: license.Forbidden, research: true}},
	{"it excludes commercial use", limit{commercial: license.Forbidden}},
	{"large licensees need a licence of their own", limit{commercial: license.Conditional, size: true}},
	{"it is limited to a territory", limit{commercial: license.Conditional, territory: true}},
	{"commercial use needs a permission", limit{commercial: license.Conditional}},
	{"it forbids fields of use", limit{uses: true}},
	{"it limits what outputs may be used for", limit{outputs: true}},
}

type limitClause struct {
	clause string
	limit  limit
}

// limitJoint stands between the words for two parts of a limit.
const limitJoint = ", and "

// clause says in words what the limit is; limitOfClause reads it back.
func (l *limit) clause() string {
	var told limit
	var clauses []string
	for _, c := range limitClauses {
		if l.has(c.limit) && !told.has(c.limit) {
			told.add(c.limit)
			clauses = append(clauses, c.clause)
		}
	}
	return strings.Join(clauses, limitJoint)
}

// has reports whether a limit is as strict as a part of one. What excludes
// commerce also asks for a permission.
func (l *limit) has(part limit) bool {
	both := *l
	both.soft, part.soft = false, false
	before := both
	both.add(part)
	return both == before
}

// limitOfClause is the limit that a clause tells of, for what is derived from
// observations alone.
func limitOfClause(clause string) (l limit, ok bool) {
	for one := range strings.SplitSeq(clause, limitJoint) {
		i := slices.IndexFunc(limitClauses, func(c limitClause) bool { return c.clause == one })
		if i < 0 {
			return limit{}, false
		}
		l.add(limitClauses[i].limit)
	}
	return l, true
}

// terms are the limit as terms of a licence.
func (l *limit) terms() license.Terms {
	t := license.Terms{ID: Unknown, Derived: true, CommercialUse: l.commercial}
	yes := true
	if l.uses {
		t.UseRestrictions = &yes
	}
	if l.outputs {
		t.OutputRestriction = &yes
	}
	return t
}

// implied reports whether a licence has the limit anyway.
func (l *limit) implied(t license.Terms) bool {
	switch {
	case l.commercial == license.Forbidden && t.CommercialUse != license.Forbidden,
		l.commercial == license.Conditional && t.CommercialUse != license.Forbidden &&
			t.CommercialUse != license.Conditional,
		l.uses && !holds(t.UseRestrictions), l.outputs && !holds(t.OutputRestriction),
		l.size && t.UserThreshold == nil, l.territory && t.GeographicLimit == nil:
		return false
	}
	return true
}

// The wording of limits is the phrase book's (audit/phrases/licence.limit.*.yaml).
var (
	// asideSection: what stands there is about others' work.
	asideSection = phrases.ExpressionOf("licence.aside-section")
)

// maxLimitText is the longest passage that is read as one statement.
const maxLimitText = 1000

// limitIn reads the limit that a text states, and where in the text it begins
// and ends; ok is false where it states none.
func limitIn(text string) (l limit, at, end int, ok bool) {
	return limitWith(text, limitBook().FindString(text))
}

// limitWith reads the limit of a text in which the book found all this.
func limitWith(text string, all []phrases.Match) (l limit, at, end int, ok bool) {
	if len(all) == 0 || len(text) > maxLimitText {
		return l, 0, 0, false
	}
	freely := has(all, "freely")
	said, all := withoutTaken(text, all)
	granted := grantsTrade(said, all)
	if has(all, "aside") || granted && freely {
		return l, 0, 0, false
	}
	for _, value := range limitValues {
		for _, m := range all {
			if m.Phrase.Value != value || !l.addBook(value, granted) {
				continue
			}
			if !ok || m.Start < at {
				at, end = m.Start, m.End
			}
			ok = true
		}
	}
	if l.research && !has(all, "forbidden") && !l.uses && has(all, "meant") && !binds.MatchString(text) {
		l.soft = true
	}
	return l, at, end, ok
}

// binds matches the words that make a sentence on use one of terms.
var binds = phrases.ExpressionOf("licence.binds")

// ungranted matches the words before a grant that make it none.
var ungranted = phrases.ExpressionOf("licence.ungranted")

// grantsTrade reports whether a text grants commerce beside research: in words
// that nothing before them takes back, and that are no part of a denial.
func grantsTrade(text string, all []phrases.Match) bool {
	return slices.ContainsFunc(all, func(m phrases.Match) bool {
		if m.Phrase.Value != "granted" {
			return false
		}
		denied := slices.ContainsFunc(all, func(n phrases.Match) bool {
			return n.Phrase.Value == "forbidden" && n.Start <= m.Start && m.End <= n.End
		})
		return !denied && !ungranted.MatchString(text[max(0, m.Start-24):m.Start]) ||
			strings.HasPrefix(text[m.Start:], "not ")
	})
}

// limitOf reads the limit that a whole text states, sentence by sentence: of a
// licence file that is none of the known ones. Where the wording is a licence's,
// what the licence package derives from it counts as well.
func (in *Reader) limitOf(d *audit.Document) (*limit, audit.Span) {
	var sum limit
	var at audit.Span
	for _, p := range in.Prose(d) {
		l, _, _, ok := limitIn(p.Text)
		if !ok {
			continue
		}
		if at.End == 0 {
			at = page.Clip(d.Body, p.Span, p.Span.Start)
		}
		sum.add(l)
	}
	if t, signals, ok := license.Derive(d.Body); ok {
		if t.CommercialUse == license.Forbidden || t.CommercialUse == license.Conditional {
			sum.add(limit{commercial: t.CommercialUse})
		}
		sum.uses = sum.uses || holds(t.UseRestrictions)
		for _, s := range signals {
			if at.End == 0 && s.Term == "commercial_use" && s.Value != "yes" && !bytes.Contains(d.Body, []byte{0}) {
				at = page.Clip(d.Body, audit.Span(s.Span), s.Start)
			}
		}
	}
	if sum == (limit{}) {
		return nil, audit.Span{}
	}
	return &sum, at
}

// add makes a limit as strict as both.
func (l *limit) add(other limit) {
	if other.commercial == license.Forbidden || l.commercial == license.Unsaid {
		l.commercial = other.commercial
	}
	l.soft = l.soft && other.soft
	l.research, l.uses = l.research || other.research, l.uses || other.uses
	l.outputs, l.size, l.territory = l.outputs || other.outputs, l.size || other.size, l.territory || other.territory
}
