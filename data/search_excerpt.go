package data

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"openness/audit"
)

// excerptMargin is how many bytes of context an excerpt has on either side.
const excerptMargin = 80

// excerpt locates the first of the words that stands in body as it is written
// in some case, with context, cut at character borders.
func excerpt(body []byte, words []string) audit.Span {
	at, length := 0, 0
	for _, w := range words {
		if start, end := indexFold(body, w); start >= 0 {
			at, length = start, end-start
			break
		}
	}
	start, end := max(0, at-excerptMargin), min(len(body), at+length+excerptMargin)
	for start > 0 && !utf8.RuneStart(body[start]) {
		start--
	}
	for end < len(body) && !utf8.RuneStart(body[end]) {
		end++
	}
	return audit.Span{Start: start, End: end}
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
		for at := within.Start; at < within.End; {
			start, end := indexFold(body[at:within.End], w)
			if start < 0 {
				break
			}
			spans = append(spans, audit.Span{Start: at + start, End: at + end})
			at += end
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
