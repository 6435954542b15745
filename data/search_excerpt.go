package data

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"openness/audit"
)

// excerptMargin is how many bytes of context an excerpt has on either side.
const excerptMargin = 80

// mostPlaces bounds how many places of each word are looked at for an excerpt.
const mostPlaces = 200

// excerpt chooses the piece of body that has the most of the words near each
// other, the first such piece, with context, cut at character borders. Words
// that stand nowhere as they are written (an index may fold accents) are passed
// over.
func excerpt(body []byte, words []string) audit.Span {
	type place struct {
		audit.Span
		word int
	}
	var places []place
	for i, w := range words {
		for _, s := range placesOf(body, w, mostPlaces) {
			places = append(places, place{s, i})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.Start - b.Start })
	var best audit.Span
	most := 0
	for i, first := range places {
		seen, end := map[int]bool{}, first.End
		for _, p := range places[i:] {
			if p.End > first.Start+2*excerptMargin {
				break
			}
			seen[p.word], end = true, max(end, p.End)
		}
		if len(seen) > most {
			most, best = len(seen), audit.Span{Start: first.Start, End: end}
		}
		if most == len(words) {
			break
		}
	}
	start, end := max(0, best.Start-excerptMargin), min(len(body), best.End+excerptMargin)
	for start > 0 && !utf8.RuneStart(body[start]) {
		start--
	}
	for end < len(body) && !utf8.RuneStart(body[end]) {
		end++
	}
	return audit.Span{Start: start, End: end}
}

// placesOf locates a lower-case word in text, at most so many times.
func placesOf(text []byte, word string, most int) (places []audit.Span) {
	for at := 0; len(places) < most; {
		start, end := indexFold(text[at:], word)
		if start < 0 {
			break
		}
		places = append(places, audit.Span{Start: at + start, End: at + end})
		at += end
	}
	return places
}

// indexFold finds a lower-case word in text whatever its case there, by bytes
// of the text itself: lower-casing all of it could move offsets.
func indexFold(text []byte, word string) (start, end int) {
	for i := 0; i < len(text); {
		rest, k := word, i
		for rest != "" && k < len(text) {
			want, n := utf8.DecodeRuneInString(rest)
			got, m := utf8.DecodeRune(text[k:])
			if unicode.ToLower(got) != want {
				break
			}
			rest, k = rest[n:], k+m
		}
		if rest == "" {
			return i, k
		}
		_, m := utf8.DecodeRune(text[i:])
		i += m
	}
	return -1, -1
}

// matches locates all of the words within a span of body, in order and apart.
func matches(body []byte, within audit.Span, words []string) []audit.Span {
	spans := []audit.Span{}
	for _, w := range words {
		for _, s := range placesOf(body[within.Start:within.End], w, mostPlaces) {
			spans = append(spans, audit.Span{Start: within.Start + s.Start, End: within.Start + s.End})
		}
	}
	slices.SortFunc(spans, func(a, b audit.Span) int { return a.Start - b.Start })
	apart := spans[:0]
	for _, s := range spans {
		if n := len(apart); n > 0 && s.Start < apart[n-1].End {
			apart[n-1].End = max(apart[n-1].End, s.End)
			continue
		}
		apart = append(apart, s)
	}
	return apart
}
