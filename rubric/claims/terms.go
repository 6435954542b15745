package claims

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"openness/audit"
	"openness/rubric"
)

// What people say of the text of a licence beyond commercial use, and of what a
// model was made from: "its licence forbids certain uses", "has a clause for more
// than 700 million users", "is built on Y".

// licenceTerms makes claims of what a licence is said to forbid and of the size of
// those who have to ask.
func (p *parser) licenceTerms() {
	last := -1 // the licence that a clause before spoke of
	for _, s := range p.segments() {
		licence := slices.IndexFunc(p.items[s.start:s.end], func(it item) bool {
			stretch := p.list[it.first:it.end]
			switch {
			case it.w != nil && it.w.Predicate == "license" && it.tag != tagNeutral, amongTokens("licence-text", stretch):
				return true
			case it.tag == tagState, it.tag == tagTopic && it.w.Predicate == "gated":
				return amongTokens("permission", stretch)
			}
			return false
		})
		first := p.next(s.start, tagMark)
		switch {
		case licence >= 0:
			last = s.start + licence
			if !p.certainUses(s, last) {
				p.userThreshold(s, last)
			}
		case last >= 0 && (p.tag(first) == tagBut || p.opensRelativeAt(first)): // "..., but forbids certain uses"
			p.certainUses(s, last)
		}
		if i := s.start + slices.IndexFunc(p.items[s.start:s.end], func(it item) bool {
			return it.tag == tagLicence || it.tag == tagClaim && it.w.Predicate == "license"
		}); i >= s.start {
			last = i
		}
	}
}

// certainUses reads "forbids certain uses".
func (p *parser) certainUses(s segment, licence int) bool {
	for i := max(licence+1, s.start); i < s.end; i++ {
		if p.tag(i) != tagState || p.items[i].w.Value != "forbidden" {
			continue
		}
		k, some, uses := i+1, false, false
		for ; k < s.end && !uses; k++ {
			stretch := p.tokensOf(k)
			switch {
			case amongTokens("use-word", stretch):
				uses = true
			case amongTokens("some-of", stretch):
				some = true
			case p.tag(k) == tagNeutral, p.tag(k) == tagOf, amongTokens("use-part", stretch):
			default:
				return false
			}
		}
		for ; uses && k < s.end && amongTokens("use-word", p.tokensOf(k)); k++ {
		}
		if !some || !uses {
			return false
		}
		p.says(licence, i, k, wording{Tag: tagClaim, Predicate: "use-limits", file: p.items[i].w.file})
		return true
	}
	return false
}

// says puts a claim at an item, and takes the licence and what stands from the item
// to another for its words.
func (p *parser) says(licence, at, end int, w wording) {
	for k := at; k < end; k++ {
		if t := p.tag(k); t != tagModel && t != tagMaker && t != tagMark {
			p.take(k)
		}
	}
	p.used[licence] = true
	p.items[at].tag, p.items[at].w = tagClaim, &w
}

// userThreshold reads "more than 700 million users" of a licence that says nothing
// else of a use.
func (p *parser) userThreshold(s segment, licence int) {
	for k := s.start; k < s.end; k++ {
		switch p.tag(k) {
		case tagNot, tagClaim, tagConditional, tagFuture, tagSaid:
			return
		case tagTopic:
			if p.items[k].w.Predicate != "gated" {
				return
			}
		case tagState: // "allows companies with more than ... users everything"
			if amongTokens("permission", p.tokensOf(k)) || amongTokens("threshold", p.tokensOf(k)) {
				continue // "needs a permission", "excludes companies with"
			}
			if v := p.items[k].w.Value; v == "allowed" || v == "forbidden" || v == "free" {
				return
			}
		}
	}
	if !slices.ContainsFunc(p.items[s.start:s.end], func(it item) bool {
		return it.tag == tagNeed || it.tag == tagOrder || it.tag == tagTopic ||
			amongTokens("threshold-name", p.list[it.first:it.end]) || amongTokens("threshold-asks", p.list[it.first:it.end])
	}) {
		return // "was read by 700 million users"
	}
	for i := s.start; i < s.end; i++ {
		n, end := p.usersAt(i, s.end)
		if n == 0 {
			continue
		}
		from, to := p.fromNumberOn(i, end)
		if from == to {
			continue
		}
		for k := s.start; k < s.end; k++ { // what is asked of them, and the words for a limit
			if from <= k && k < to || p.asksOfMany(k) {
				p.take(k)
			}
			words := lists()["threshold"].length(p.list[p.items[k].first:])
			for m := range p.wholeItems(k, words) { // an entry may be of several items
				p.take(k + m)
			}
		}
		p.says(licence, i, end, wording{Tag: tagClaim, Predicate: "user-threshold", Value: strconv.Itoa(n),
			file: p.mainLanguage()})
		return
	}
}

// asksOfMany reports whether an item tells what is asked of those with many users, or is
// a word for the limit.
func (p *parser) asksOfMany(k int) bool {
	switch p.tag(k) {
	case tagNeed, tagOrder, tagTopic, tagTerms:
		return true
	case tagState:
		if v := p.items[k].w.Value; v == "use" || v == "get" {
			return true
		}
	}
	return amongTokens("threshold", p.tokensOf(k))
}

// fromNumberOn are the items of a number of users with the words that say that a licence asks
// for more from there on: "more than" in front, "or more" behind, or the word for a limit that
// the number is one of. None where nothing does: "less than" turns the limit round.
func (p *parser) fromNumberOn(i, end int) (from, to int) {
	first := p.items[i].first
	for k := i - 1; k >= max(0, i-maxUsers); k-- {
		for at := p.items[k].first; at < p.items[k].end; at++ {
			if at+lists()["above"].takes(p.list[at:]) != first {
				continue
			}
			if p.tag(k-1) == tagNot || at > p.items[k].first && p.tag(k) != tagNeutral { // "no more than"
				return 0, 0
			}
			return k, end
		}
	}
	if behind := p.list[p.items[end-1].end:]; beginsWith("or-above", behind) {
		n := lists()["or-above"].takes(behind)
		return i, p.behindWords(end-1, p.items[end-1].end+n-p.items[end-1].first)
	}
	before, behind := p.prev(i-1, tagOf), p.next(end, tagOf)
	switch {
	case before >= 0 && before >= i-2 && amongTokens("threshold-name", p.tokensOf(before)): // "a threshold of 700"
		return i, end
	case behind < len(p.items) && behind < end+2 && amongTokens("threshold-name", p.tokensOf(behind)):
		return i, end
	case amongTokens("threshold-name", p.list[p.items[i].first:p.items[end-1].end]): // among its own words
		return i, end
	}
	return 0, 0
}

// maxUsers is how many items stand between a number and the word for users.
const maxUsers = 5

// usersAt is the number of users that is told from an item on, with the item behind;
// 0 where none is.
func (p *parser) usersAt(i, limit int) (number, end int) {
	told := p.list[p.items[i].first].text
	n := wholeNumber(told)
	if n == 0 || p.numberBefore(p.items[i].first) {
		return 0, 0
	}
	times, users, before := 1, 0, false
	for k := max(0, i-maxUsers); k < i; k++ { // "users over 700 million", as Chinese puts it
		before = (before || beginsWith("user-word", p.list[p.items[k].first:])) && p.tag(k) != tagMark
	}
	for k := i; k < min(limit, i+maxUsers) && users == 0; k++ {
		said := k == i || p.tag(k) == tagNeutral || p.tag(k) == tagOf && !before
		for _, list := range []string{"million-word", "billion-word", "yi-word", "wan-word", "threshold", "user-word"} {
			said = said || amongTokens(list, p.tokensOf(k))
		}
		if !said && before {
			users = k
			break
		}
		if !said { // "700 million dollars for its users"
			return 0, 0
		}
		for _, t := range p.tokensOf(k) {
			for _, m := range []struct {
				list string
				by   int
			}{{"million-word", 1e6}, {"billion-word", 1e9}, {"yi-word", 1e8}, {"wan-word", 1e4}} {
				if among(m.list, t.text) {
					times = m.by
				}
			}
			if among("user-word", t.text) {
				users = k + 1
			}
		}
		if beginsWith("user-word", p.list[p.items[k].first:]) {
			users = k + 1
		}
	}
	if users == 0 || n > mostUsers/times || times > 1 && strings.Contains(told, ".") { // "1.500 million" is either
		return 0, 0
	}
	return n * times, users
}

// numberBefore reports whether a number goes on at a token: "1,700 million".
func (p *parser) numberBefore(i int) bool {
	if i > 0 && p.list[i-1].text == "," {
		i--
	}
	return i > 0 && strings.Trim(p.list[i-1].text, ".0123456789") != p.list[i-1].text
}

// mostUsers is more than the people there are.
const mostUsers = 1e11

// thousands matches a number with a mark before each three digits, as a word holds it.
var thousands = regexp.MustCompile(`^[0-9]{1,3}(?:\.[0-9]{3})+$`)

// wholeNumber reads a number without a fraction; 0 where it is none, or larger than a number of
// users can be.
func wholeNumber(text string) int {
	if thousands.MatchString(text) {
		text = strings.ReplaceAll(text, ".", "")
	}
	if n, err := strconv.Atoi(text); err == nil && n > 0 && n <= mostUsers {
		return n
	}
	return 0
}

// grouped is a number as people read it: 700,000,000.
func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// thresholdVerdict holds a number of users against the one that the licence has.
func thresholdVerdict(c *Claim, observations []audit.Observation, p *Part) (rubric.Verdict, string) {
	var found []string
	unseen, users := false, true
	for _, o := range observations {
		if o.Fact != "license.weights.user_threshold" {
			continue
		}
		p.Observations = append(p.Observations, o)
		switch {
		case o.Finding == audit.Present:
			if !slices.Contains(found, o.Value) {
				found = append(found, o.Value)
			}
			users = users && (o.Value == "0" || o.OfUsers())
		case !o.Finding.Known():
			unseen = true
		}
	}
	switch {
	case len(found) != 1 || unseen:
		return rubric.Unverifiable, "Whether the licence names a number of users was not settled."
	case !users:
		return rubric.Unverifiable, "Whether the number that the licence names is one of users alone was not settled."
	case found[0] == c.Value:
		return flip(rubric.Supported, c.Denied), "The licence names that number."
	case found[0] == "0":
		return flip(rubric.Refuted, c.Denied), "The licence names no number of users."
	}
	return flip(rubric.Refuted, c.Denied), fmt.Sprintf("The number that the licence names is %s.", found[0])
}

// lineage adds what a model is said to have been made from.
func (p *parser) lineage() {
	clauses := p.clausesOfItems()
	for i := range p.items {
		if p.tag(i) == tagModel || p.tag(i) == tagMark {
			continue
		}
		n := lists()["made-from"].length(p.list[p.items[i].first:])
		if n == 0 {
			continue
		}
		base := p.behindWords(i, n)
		model := p.prev(i-1, tagNeutral, tagLink, tagNot)
		if p.tag(base) != tagModel || p.tag(model) != tagModel && p.tag(model) != tagSubject ||
			p.items[base-1].end > p.items[i].first+n ||
			p.tag(p.prev(model-1, tagNeutral)) == tagOf || p.tag(base+1) == tagOf { // "the data of X", "Y's data"
			continue
		}
		denied := p.denial
		for k := model + 1; k < base; k++ {
			p.used[k] = true
			denied = denied != (p.tag(k) == tagNot)
		}
		id := p.names[p.items[base].name].ID
		p.Claims = append(p.Claims, Claim{Start: p.at(i), End: p.list[p.items[base].end-1].end, Predicate: "made-from",
			Value: id, Than: id, Denied: denied, Tense: p.tense, clause: clauses[i], first: i, last: base, subject: model})
	}
}

// madeFrom holds the model that another is said to be made from against the base
// that was read. It refutes nothing: a base has bases of its own, and many names.
func madeFrom(c *Claim, observations []audit.Observation, p *Part) (rubric.Verdict, string) {
	var named []string
	for _, o := range observations {
		if o.Fact != "weights.base.id" || o.Finding != audit.Present {
			continue
		}
		p.Observations = append(p.Observations, o)
		if strings.EqualFold(o.Value, c.Than) || strings.EqualFold(path.Base(o.Value), path.Base(c.Than)) {
			return flip(rubric.Supported, c.Denied), fmt.Sprintf("It is named as made from %s.", o.Value)
		}
		named = append(named, o.Value)
	}
	if len(named) == 0 {
		return rubric.Unverifiable, "What was read does not name what it was made from."
	}
	return rubric.Unverifiable, fmt.Sprintf("What was read names %s; whether that is meant was not settled.",
		strings.Join(named, ", "))
}
