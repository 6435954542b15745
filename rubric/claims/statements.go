package claims

import (
	"slices"
	"strings"

	"openness/audit"
)

// statements cuts a text into what is judged by itself: its sentences, and in
// them what stands between semicolons, and what is given as reason or
// consequence. Neither changes what is claimed beside it, as a contrast or the
// words of somebody else do, which are therefore never cut off.
func statements(text string, names []Name) []audit.Span {
	var list []audit.Span
	for _, s := range Sentences(text, names) {
		list = append(list, cut(text, s)...)
	}
	return list
}

func cut(text string, s audit.Span) []audit.Span {
	list := tokens(text[s.Start:s.End], nil)
	all := items(list)
	if slices.ContainsFunc(all, func(it item) bool {
		return it.tag == tagQuestion && it.first == 0 || it.tag == tagDenial
	}) {
		return []audit.Span{s}
	}
	var spans []audit.Span
	start := s.Start
	for i := range all {
		mark := list[all[i].first].text
		if all[i].tag != tagMark || mark != ";" && mark != "," || slices.ContainsFunc(all[:i], spoken) {
			continue
		}
		rest := all[i+1:]
		if mark == "," && (!reason(rest, list) || slices.ContainsFunc(rest, spoken)) || saysSo(rest) ||
			pointsBack(rest, list) {
			continue
		}
		at := s.Start + list[all[i].first].start
		spans = append(spans, audit.Span{Start: start, End: at})
		start = s.Start + list[all[i].first].end
	}
	for start < s.End && text[start] == ' ' {
		start++
	}
	return append(spans, audit.Span{Start: start, End: s.End})
}

// spoken reports whether a word makes what stands behind it somebody's words or
// a case that is only supposed.
func spoken(it item) bool {
	return slices.Contains([]string{tagSaid, tagDoubt, tagConditional, tagQuestion}, it.tag)
}

// reasons begin a reason or a consequence.
var reasons = []string{"because", "since", "so", "therefore", "weil", "denn", "sodass", "weshalb", "car", "parce",
	"donc", "porque", "así", "因", "所", "由"}

// reason reports whether a reason or a consequence follows that claims nothing
// on openness itself.
func reason(rest []item, list []token) bool {
	return len(rest) > 0 && slices.Contains(reasons, strings.ToLower(list[rest[0].first].text))
}

// back are words that begin what is said of something before.
var back = []string{"at", "that", "this", "or", "but", "which", "das", "dies", "oder", "aber", "cela", "ce", "ou",
	"mais", "esto", "eso", "o", "pero", "这", "那", "但"}

// pointsBack reports whether what follows a semicolon speaks of what stands before it.
func pointsBack(rest []item, list []token) bool {
	return len(rest) > 0 && !reason(rest, list) && slices.Contains(back, list[rest[0].first].text)
}

// minOwn is how many words of its own a statement has that says more than who said it.
const minOwn = 3

// saysSo reports whether what follows may be about what was said before: who
// says it, that it holds only in part.
func saysSo(rest []item) bool {
	own := 0
	for _, it := range rest {
		if it.tag == tagUnknown || it.tag == tagPart || it.tag == tagState || it.tag == tagClaim {
			own++
		}
	}
	return own < minOwn && slices.ContainsFunc(rest, func(it item) bool {
		return it.tag != tagUnknown && it.tag != tagNeutral && it.tag != tagMark && it.tag != tagLink &&
			it.tag != tagState && it.tag != tagPart && it.tag != tagClaim
	})
}
