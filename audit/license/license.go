// Package license identifies licence texts of AI models and of what comes with
// them, and knows what those licences allow.
//
// Identify takes any bytes: a licence file, a model card with a licence in it,
// a web page. It cuts them into words (dropping case, punctuation, mark-up and
// URLs but keeping offsets), looks up every sampled run of five words in an
// index of fingerprints, lines the text up word by word with the few licences
// that share most runs, and reports the nearest: what matched where, how much
// of it, and every difference. A difference that touches rights or duties (a
// "non-commercial", a changed threshold, a missing condition) makes the text a
// modified one, which is never passed off as the original.
//
// The package says which text is there, what the text's terms are in the
// reading of its authors, and where two statements disagree. It does not say
// what a lawyer would conclude. A mention ("released under the MIT license", a
// link) is reported as a mention, never as a text.
package license

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// A Result is what Identify found in one input.
type Result struct {
	// License is the id of the licence whose text is there (an SPDX id or
	// LicenseRef-); empty if there is none. Of several it is the first: those
	// behind it are of parts taken over. A use policy gives way to a licence.
	License string
	// Expression joins all licences found by AND. It is empty when there is
	// none, and when a text is modified: then no id stands for what it says.
	Expression string
	// Within is the id of a licence whose text is there, but only as a part of a
	// longer text that reads like a licence and is none of the known ones. Then
	// License is empty.
	Within string
	// Coverage is the share of the input's words that are words of the matched
	// licences, 0 to 1.
	Coverage float64
	// Modified reports whether a known text was changed in what it grants or
	// asks, beyond names, years, layout and spelling.
	Modified bool
	Matches  []Match
	Mentions []Mention
	// Diffs are the differences of all matches, and sentences outside them that
	// limit or extend what they say.
	Diffs []Diff

	own []byte // the licence's text, where it says sizes and places itself
}

// A Match is one licence text within the input.
type Match struct {
	License  string  `json:"license"`
	Start    int     `json:"start"`
	End      int     `json:"end"`
	Percent  float64 `json:"percent"` // of the licence's words that are there
	Modified bool    `json:"modified"`
}

// Identify reports the licences whose texts are in text.
func Identify(text []byte) Result { return builtin().Identify(text) }

// Identify reports the licences whose texts are in text.
func (ix *Index) Identify(text []byte) Result { return ix.identify(text, nil) }

// match is a Match with its differences.
type match struct {
	Match
	from, to int // words
	equal    int
	notice   bool
	diffs    []Diff
}

func (ix *Index) identify(text []byte, skip func(ref int) bool) Result {
	res, _ := ix.counted(text, skip)
	return res
}

// counted identifies text and counts the steps that this takes.
func (ix *Index) counted(text []byte, skip func(ref int) bool) (res Result, steps int) {
	if plain, at := unwrapped(text); plain != nil {
		res, steps = ix.counted(plain, skip)
		res.relocate(at)
		return res, steps + len(text)
	}
	s := ix.newScan()
	defer ix.scratch.Put(s)
	s.skip = skip
	s.words.split(text)
	s.align.in = s.words.ids
	s.collect()
	s.budget = 64 * (len(s.hits) + 1024)
	s.region(text, 0, len(s.words.ids))
	s.drop()
	slices.SortFunc(s.found, func(a, b match) int { return cmp.Compare(a.from, b.from) })
	res = s.result(text)
	s.misnamed(text, &res)
	named, looked := mentions(text, &s.words, s.found)
	res.Mentions = append(res.Mentions, named...)
	return res, len(text) + s.steps + s.align.steps + looked
}

// region finds the best licence among the input words [from, to), claims every
// place where it stands, and goes on with what is left between them.
func (s *scan) region(text []byte, from, to int) {
	lo, _ := slices.BinarySearchFunc(s.hits, from, func(h hit, w int) int { return cmp.Compare(int(h.at), w) })
	hi, _ := slices.BinarySearchFunc(s.hits, to-shingle+1, func(h hit, w int) int { return cmp.Compare(int(h.at), w) })
	if hi-lo < 2 || s.budget < hi-lo {
		return
	}
	s.budget -= hi - lo
	s.steps += hi - lo
	claimed := s.copied(text, s.hits[lo:hi], from, to)
	if claimed == nil {
		claimed = s.best(text, s.vote(lo, hi), s.hits[lo:hi], from, to)
	}
	cuts := s.cuts
	s.cuts = nil
	slices.SortFunc(claimed, func(a, b match) int { return cmp.Compare(a.from, b.from) })
	s.found = append(s.found, claimed...)
	if len(claimed) == 0 && len(cuts) == 0 {
		return
	}
	at := from
	for _, m := range claimed {
		s.pieces(text, at, m.from, cuts)
		at = m.to
	}
	s.pieces(text, at, to, cuts)
}

// pieces looks at each of the parts that cuts make of the input words [from, to).
func (s *scan) pieces(text []byte, from, to int, cuts []int) {
	for _, c := range cuts {
		if from < c && c < to {
			s.region(text, from, c)
			from = c
		}
	}
	s.region(text, from, to)
}

// maxRefined is how many references are compared with the input word by word,
// half of them chosen by the shingles they share and half by the length of
// their runs, and maxCopies how many of one licence.
const maxRefined, maxCopies = 8, 3

// A draft is a reference with its chains, before they are compared in detail.
type draft struct {
	ref    int
	chains [][]run
	score  int
	near   []alignment // how it lines up word by word, once that is known
	looked bool
}

// best aligns the candidates and returns the matches of the best one.
func (s *scan) best(text []byte, cands []candidate, hits []hit, from, to int) []match {
	var drafts []draft
	first := make(map[string]int) // of which licences the first drafts are, which are compared in any case
	for i, c := range cands {
		if i > 0 && c.rank < cands[0].rank-cands[0].votes/2-8 && len(drafts) >= 3 {
			break
		}
		id := s.ix.refs[c.ref].id
		if len(drafts) >= maxRefined/2 && first[id] >= maxCopies {
			continue
		}
		s.align.load(&s.ix.refs[c.ref])
		s.budget -= len(hits)
		chains := s.align.chains(hits, from, to)
		if len(chains) == 0 {
			continue
		}
		d := draft{ref: c.ref, chains: chains, score: roughScore(chains[0], &s.ix.refs[c.ref])}
		if i == 0 || len(drafts) == 0 {
			d.near, d.looked = s.refineAll(text, d, from, to), true
			if len(d.near) > 0 && perfect(d.near) {
				return claims(s, text, d.near)
			}
			if s.cuts = s.between(text, d.near, from, to); len(s.cuts) > 0 {
				return nil
			}
		}
		if drafts = append(drafts, d); len(drafts) <= maxRefined/2 {
			first[id]++
		}
	}
	slices.SortStableFunc(drafts[min(len(drafts), maxRefined/2):], func(a, b draft) int {
		return cmp.Compare(b.score, a.score)
	})
	var top, whole []alignment
	refined, ofID := 0, make(map[string]int)
	for _, d := range drafts {
		if id := s.ix.refs[d.ref].id; refined >= maxRefined || ofID[id] >= maxCopies {
			continue
		} else {
			ofID[id]++
		}
		refined++
		m := d.near
		if !d.looked {
			m = s.refineAll(text, d, from, to)
		}
		if len(m) == 0 {
			continue
		}
		if top == nil || m[0].score > top[0].score {
			top = m
		}
		if m[0].missing == 0 && s.titled(m[0].ref, from) && (whole == nil || m[0].score > whole[0].score) {
			whole = m
		}
	}
	if whole != nil && top[0].missing > 0 && !s.titled(top[0].ref, from) {
		top = whole
	}
	return claims(s, text, top)
}

// titleWords is how many words of a text its title is looked for in.
const titleWords = 8

// titled reports whether a text begins with the name of a licence. A text that
// has all of the licence that it is titled after, and more, is that licence
// changed, however many words of the addition another licence has.
func (s *scan) titled(ref, from int) bool {
	names := s.ix.refs[ref].names
	own := idWord(s.ix.refs[ref].id)
	for _, id := range s.words.ids[from:min(from+titleWords, len(s.words.ids))] {
		if id == own || slices.Contains(names, id) {
			return true
		}
	}
	return false
}

// idWord is the word by which people call a licence of the SPDX list: the first part
// of its id. Those of model makers have their names in the index.
func idWord(id string) uint16 {
	head, _, _ := strings.Cut(id, "-")
	if head == "LicenseRef" {
		return 0
	}
	return wordID(strings.ToLower(head))
}

// headed reports whether a licence's name stands in the words before its text, or
// at the beginning of the input: a title, with holders and years behind it.
func (s *scan) headed(ref, from int) bool {
	return s.titled(ref, max(0, from-titleWords)) || s.titled(ref, max(0, from-2*titleWords)) || s.titled(ref, 0)
}

// roughScore estimates the score of a chain from its runs alone.
func roughScore(chain []run, r *reference) int {
	equal, core := 0, 0
	for _, x := range chain {
		equal += x.n
		core += max(0, min(x.r+x.n, r.tail)-max(x.r, r.core))
	}
	last := chain[len(chain)-1]
	missing, added := r.tail-r.core-core, last.w+last.n-chain[0].w-equal
	return core - missing - added
}

// perfect reports whether a reference stands in the input without a
// difference, so that no other can be nearer.
func perfect(all []alignment) bool {
	return len(all) == 1 && len(all[0].hunks) == 0 && all[0].missing == 0
}

// refineAll compares each chain word by word and keeps what is near enough to
// count as the licence's text, best first.
func (s *scan) refineAll(text []byte, d draft, from, to int) []alignment {
	r := &s.ix.refs[d.ref]
	s.align.ref = r
	var kept []alignment
	for _, chain := range d.chains {
		al := alignment{ref: d.ref, runs: s.align.refine(chain, from, to)}
		if len(al.runs) == 0 {
			continue
		}
		s.measure(text, &al)
		if s.enough(&al) {
			kept = append(kept, al)
		}
	}
	slices.SortStableFunc(kept, func(a, b alignment) int { return cmp.Compare(b.score, a.score) })
	return kept
}

const (
	// minCore is the share of a licence's words that must be there. Licences
	// of one family share more than half of their words; texts below this are
	// relatives rather than copies.
	minCore = 0.75
	// minExcerpt is the share that suffices where the input is nothing but an
	// excerpt of at least excerptWords words.
	minExcerpt, excerptWords = 0.2, 150
	// maxAdded is how many foreign words may stand between its words, in
	// shares of its own.
	maxAdded = 0.5
)

func (s *scan) enough(al *alignment) bool {
	r := &s.ix.refs[al.ref]
	from, to := al.span()
	core := r.tail - r.core
	excerpt := al.equal >= excerptWords && al.equal*10 >= len(s.words.ids)*9 &&
		float64(al.core) >= minExcerpt*float64(core)
	added := float64(to - from - al.equal)
	if al.missing == 0 && added <= float64(al.equal) && s.headed(al.ref, from) {
		return true // all of it, under its own name, with clauses put between
	}
	return (excerpt || float64(al.core) >= minCore*float64(core)) && added <= maxAdded*float64(al.equal)+8
}

// claims turns alignments into matches that do not overlap.
func claims(s *scan, text []byte, all []alignment) []match {
	var out []match
	for i := range all {
		al := &all[i]
		from, to := al.span()
		if slices.ContainsFunc(out, func(m match) bool { return m.from < to && from < m.to }) {
			continue
		}
		// Another place where the best licence stands changed may be where a
		// relative stands unchanged: it is looked at again by itself.
		if i > 0 && (al.missing > 0 || slices.ContainsFunc(al.hunks, func(h hunk) bool {
			return h.material
		})) {
			continue
		}
		r := &s.ix.refs[al.ref]
		m := match{from: from, to: to, equal: al.equal, diffs: s.diffs(text, al)}
		m.License = r.id
		m.Start, m.End = int(s.words.start[from]), int(s.words.end[to-1])
		m.Percent = 100 * float64(al.core) / float64(max(1, r.tail-r.core))
		m.notice = r.notice
		m.Modified = slices.ContainsFunc(m.diffs, func(d Diff) bool {
			return d.Material
		}) || al.missing >= omission && al.missing*10 > r.tail-r.core
		out = append(out, m)
	}
	return out
}

// fragment is the share of its words below which a changed text within a much
// longer input is taken for shared language rather than for the licence.
const fragment = 90.0

// drop removes matches that are shared language: families of licences copy
// each other's lists of forbidden uses and disclaimers.
func (s *scan) drop() {
	s.found = slices.DeleteFunc(s.found, func(m match) bool {
		return m.Modified && m.Percent < fragment && m.equal*5 < len(s.words.ids)*2
	})
}

// result sums the matches up.
func (s *scan) result(text []byte) Result {
	var res Result
	equal, own := 0, -1
	words := make(map[string]int)
	var ids []string
	for i, m := range s.found {
		if m.notice {
			res.Mentions = append(res.Mentions, Mention{Span{m.Start, m.End}, orLater(text, m), "notice",
				m.Modified})
			continue
		}
		res.Matches = append(res.Matches, m.Match)
		res.Diffs = append(res.Diffs, m.diffs...)
		res.Modified = res.Modified || m.Modified
		equal += m.equal
		if words[m.License] == 0 {
			ids = append(ids, m.License)
		}
		words[m.License] += m.equal
		if own < 0 || isPolicy(s.found[own].License) && !isPolicy(m.License) {
			own = i
		}
	}
	if own < 0 {
		return res
	}
	res.License = s.found[own].License
	if t, ok := TermsOf(res.License); ok && (t.UserThreshold != nil || t.GeographicLimit != nil) {
		m := s.found[own]
		res.own = text[m.Start:m.End]
	}
	res.Coverage = float64(equal) / float64(len(s.words.ids))
	blocks, share := s.around(text)
	for _, b := range blocks {
		span := Span{int(s.words.start[b[0]]), int(s.words.end[b[1]-1])}
		res.Modified = true
		res.Diffs = append(res.Diffs, Diff{Span: span, Kind: "added",
			Text: string(bytes.ToValidUTF8(text[span.Start:span.End], []byte("\ufffd"))), Material: true, Around: true})
	}
	if share >= surroundingShare {
		res.Within, res.License = res.License, ""
	}
	if limits := s.outside(text); len(limits) > 0 {
		res.Modified = true
		res.Diffs = append(res.Diffs, limits...)
	}
	slices.SortStableFunc(res.Diffs, func(a, b Diff) int { return cmp.Compare(a.Start, b.Start) })
	if !res.Modified {
		res.Expression = strings.Join(ids, " AND ")
	}
	return res
}

// orLater is the id that a notice names: the notice, not the text of a GNU
// licence, says whether later versions are allowed.
func orLater(text []byte, m match) string {
	id, only := strings.CutSuffix(m.License, "-only")
	later := bytes.Contains(bytes.Join(bytes.Fields(text[m.Start:m.End]), []byte(" ")), []byte("any later version"))
	if !only || !later {
		return m.License
	}
	if _, ok := TermsOf(id + "-or-later"); !ok {
		return m.License
	}
	return id + "-or-later"
}

// isPolicy reports whether an id is a use policy, which forbids and grants nothing.
func isPolicy(id string) bool { return strings.HasSuffix(id, "-use-policy") }
