package obligations

import (
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// A clause is found in a licence's text by what it is about: the first sentence
// with the words for it. A text that was not read gives none; the section is named
// all the same.

// A Clause is the part of a licence that decides.
type Clause struct {
	Section string `json:"section"` // as the licence numbers it; empty where it is not known
	Quote   string `json:"quote"`   // the sentence; empty where the text was not read
	URL     string `json:"url"`     // where the text stands
	SHA256  string `json:"sha256"`  // of the document that the quote is from
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

// quoted is the clause that an observation quotes.
func quoted(o audit.Observation) Clause {
	return Clause{Quote: o.Quote, URL: o.URL, SHA256: o.SHA256, Start: o.Start, End: o.End}
}

// about are the words by which the sentence on a question is found.
var about = map[string]*pattern.Regexp{
	"license_copy": pattern.MustCompile(`(?is)\b(?:provide|give|include|accompan\w*|retain|reproduce` +
		`|distribut\w*|included)\b.{0,160}\b(?:copy of (?:this|the)|above copyright notice|permission notice` +
		`|this (?:license|agreement)|text of)`),
	"notice": pattern.MustCompile(`(?is)"?notice"? (?:text )?file|retain.{0,120}notices?` +
		`|attribution notice|identification of the creator`),
	"display": pattern.MustCompile(`(?is)["“]?(?:built|powered|improved|created) (?:with|by|using)\b` +
		`|prominently display`),
	"naming": pattern.MustCompile(`(?is)\b(?:beginning of|begin with|include|prefix)\b.{0,120}\bname\b` +
		`|\bname\b.{0,120}\b(?:begin|start|include|contain)`),
	"policy_passed_on": pattern.MustCompile(`(?is)(?:use restrictions?|use-based restrictions?|acceptable use` +
		`|prohibited use|restrictions? referenced).{0,300}(?:enforceable|provision|agreement|adhere|incorporat\w*` +
		`|pass|include|comply)|enforceable provision`),
	"share_alike": pattern.MustCompile(`(?is)\b(?:same|this) licen[cs]e\b.{0,120}(?:elements|as a whole` +
		`|derivative|adapt|work)|licensed as a whole|share ?alike`),
	"state_changes": pattern.MustCompile(`(?is)prominent notices?.{0,120}(?:chang|modif)` +
		`|modified files.{0,160}notice|indicate if .{0,80}modified|(?:indicate|state).{0,60}changes`),
	"source_code": pattern.MustCompile(`(?is)corresponding source|source code.{0,120}(?:accompan|offer|convey` +
		`|distribut|available)`),
	"attribution": pattern.MustCompile(`(?is)\b(?:copyright notice|attribution|credit|acknowledg\w+)\b`),
	"reporting": pattern.MustCompile(`(?is)\b(?:register|registration|notify|inform|report to|questionnaire` +
		`|apply)\b`),
	"acceptance": pattern.MustCompile(`(?is)\bby (?:clicking|using|downloading|accessing|installing)\b` +
		`|\bagree to be bound\b|accept(?:ance)? of\b`),
	"use_policy": pattern.MustCompile(`(?is)\b(?:acceptable use policy|prohibited uses?|use restrictions?` +
		`|you (?:agree|shall|will|may|must) not (?:to )?use|attachment a|shall not be used)\b`),
	"grant": pattern.MustCompile(`(?is)\bhereby grants?\b|permission is (?:hereby )?granted` +
		`|redistribution and use|\bgrants? (?:to )?you\b|\byou (?:may|can|are free to|are granted)\b` +
		`|the licensed rights`),
	"commercial_use":   pattern.MustCompile(`(?is)\b(?:non-?)?commercial`),
	"user_threshold":   pattern.MustCompile(`(?is)monthly active users|daily active users|\brevenue\b|active users`),
	"geographic_limit": pattern.MustCompile(`(?is)european union|\bterritory\b|domiciled`),
	"output": pattern.MustCompile(`(?is)\b(?:outputs?|results|generated)\b.{0,160}\b(?:train|improve` +
		`|develop|distil)|\b(?:improve|train)\b.{0,120}\b(?:other|another|any).{0,40}\bmodel`),
	"modification": pattern.MustCompile(`(?is)\b(?:modify|derivative works?|adapt(?:ed)? material` +
		`|create derivative|derivatives?\b)`),
	"redistribution": pattern.MustCompile(`(?is)\b(?:distribute|redistribute|reproduce|share|copies)\b`),
	"separate_licence": pattern.MustCompile(`(?is)\b(?:request|obtain|apply for|separate` +
		`|additional)\b.{0,80}\blicen[cs]e`),
	"research_only":     pattern.MustCompile(`(?is)\b(?:research|academic)\b.{0,60}\b(?:only|purposes?)\b`),
	"field_restriction": pattern.MustCompile(`(?is)\b(?:not|prohibit|forbid)`),
}

// liability matches the sentences on warranty and damages, which use every word and
// decide nothing here.
var liability = pattern.MustCompile(`(?i)\b(?:liable|liability|damages|warrant(?:y|ies)|merchantability|indemnif\w*)\b`)

// longestClause bounds a quoted sentence, in bytes.
const longestClause = 700

// clause finds the sentence on a question in a licence, and names the section.
func (l Licence) clause(question, section string) Clause {
	c := Clause{Section: section, URL: l.URL}
	if l.text == nil {
		return c
	}
	c.URL, c.SHA256 = l.text.doc.URL, l.text.doc.SHA256
	if re := about[question]; re != nil {
		c.quote(l.text.body, re)
	}
	return c
}

// quote cuts the first sentence that matches out of a text.
func (c *Clause) quote(body []byte, re *pattern.Regexp) {
	for _, at := range sentences(body) {
		sentence := body[at[0]:at[1]]
		if found := re.FindIndex(sentence); found != nil && !liability.Match(sentence) {
			c.cut(body, at, found[0])
			return
		}
	}
}

// cut quotes a sentence of a text; of a long one the part around an offset in it.
func (c *Clause) cut(body []byte, sentence [2]int, offset int) {
	c.Start, c.End = sentence[0], sentence[1]
	if c.End-c.Start > longestClause {
		c.Start = max(sentence[0], sentence[0]+offset-longestClause/3)
		c.End = min(sentence[1], c.Start+longestClause)
		for c.Start < c.End && body[c.Start]&0xc0 == 0x80 {
			c.Start++
		}
		for c.End > c.Start && c.End < len(body) && body[c.End]&0xc0 == 0x80 {
			c.End--
		}
	}
	c.Quote = string(body[c.Start:c.End])
}

// sentenceEnd matches where a sentence of a licence ends: a full stop, a
// semicolon, an empty line.
var sentenceEnd = pattern.MustCompile(
	`[.;]["”)]?(?:[ \t]+|\r?\n)|\r?\n[ \t]*\r?\n|\r?\n[ \t]*(?:[-*•]|\(?[a-z0-9]{1,3}[.)])[ \t]`,
)

// shortPart is the length up to which a part is a number or an abbreviation, and
// belongs to what follows.
const shortPart = 12

// sentences cuts a text, each without white space around it.
func sentences(body []byte) [][2]int {
	var all [][2]int
	start := 0
	add := func(end int) {
		from, to := start, end
		for from < to && strings.IndexByte(" \t\r\n", body[from]) >= 0 {
			from++
		}
		for to > from && strings.IndexByte(" \t\r\n", body[to-1]) >= 0 {
			to--
		}
		if to-from <= shortPart {
			return // goes with the next
		}
		all = append(all, [2]int{from, to})
		start = end
	}
	for _, at := range sentenceEnd.FindAllIndex(body, -1) {
		add(at[0] + 1)
	}
	add(len(body))
	return all
}
