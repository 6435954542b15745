package license

import (
	"bytes"
	"sync"
)

// Shares of an input that its licences must make up for the rest to be read as
// part of them: what a model card says around a licence is its own affair.
const (
	shareLong  = 0.55
	shareShort = 0.25 // for licences of up to shortWords words in an input without front matter
	shortWords = 600
)

// outside returns the sentences before, between and behind the matched
// licences that limit or extend them.
func (s *scan) outside(text []byte) []Diff {
	matched := 0
	for _, m := range s.found {
		matched += m.to - m.from
	}
	share := shareLong
	if matched <= shortWords && !bytes.HasPrefix(text, []byte("---\n")) {
		share = shareShort
	}
	if float64(matched) < share*float64(len(s.words.ids)) {
		return nil
	}
	var out []Diff
	at := 0
	for _, m := range s.found {
		out = s.clauses(text, out, at, m.from)
		at = m.to
	}
	return s.clauses(text, out, at, len(s.words.ids))
}

// clauses appends the limiting sentences among the words [from, to).
func (s *scan) clauses(text []byte, out []Diff, from, to int) []Diff {
	document := from < to && s.document(text, from, to)
	for from < to {
		end := s.sentence(text, from, to)
		span := Span{int(s.words.start[from]), int(s.words.end[end-1])}
		if takes := document && s.limiting(from, end) || !document && !s.told(text, from, end); takes &&
			!s.disclaimer(text, hunk{w0: from, w1: end}) {
			out = append(out, Diff{Span: span, Kind: "added", Text: string(text[span.Start:span.End]), Material: true})
		}
		from = end
	}
	return out
}

// sentence returns the end of the sentence that starts with word from: the
// first full stop or empty line behind it.
func (s *scan) sentence(text []byte, from, to int) int {
	for i := from; i+1 < to; i++ {
		newlines := 0
		for j := int(s.words.end[i]); j < int(s.words.start[i+1]); j++ {
			switch c := text[j]; {
			case c == '\n':
				newlines++
			case (c == '.' || c == ';') && text[j+1] <= ' ':
				return i + 1
			}
		}
		if newlines >= 2 {
			return i + 1
		}
	}
	return to
}

// Words of limiting sentences: one of limitWords together with one of
// subjectWords, or any of strongWords. Who counts users by the month or revenue by the year
// limits by size, in whatever clause.
const (
	limitWords = "no non never must shall may not cannot only solely prohibited forbidden restricted required " +
		"requires restrictions unless without except monthly annual annually"
	subjectWords = "commercial commercially research academic educational sell sold selling distribute " +
		"redistribute redistribution license licensed licensee software model models use used weights " +
		"derivative derivatives " +
		"company companies organization organizations revenue users military country countries territory " +
		"european union persons individuals granted domiciled residents"
	strongWords = "noncommercial nonprofit"
)

func wordSet(list string) map[uint16]bool {
	set := make(map[uint16]bool)
	var w words
	w.split([]byte(list))
	for _, id := range w.ids {
		set[id] = true
	}
	return set
}

var (
	limitSet   = sync.OnceValue(func() *wordBits { return bitsOf(wordSet(limitWords)) })
	subjectSet = sync.OnceValue(func() *wordBits { return bitsOf(wordSet(subjectWords)) })
	limits     = sync.OnceValue(func() *wordBits { return bitsOf(wordSet(limitWords + " " + strongWords)) })
	strongSet  = sync.OnceValue(func() *wordBits { return bitsOf(wordSet(strongWords)) })
)

func (s *scan) limiting(from, to int) bool { return limiting(s.words.ids[from:to]) }

// limitingLine reports whether a line by itself is such a sentence.
func limitingLine(line string) bool {
	var w words
	w.split([]byte(line))
	return limiting(w.ids)
}

func limiting(ids []uint16) bool {
	limit, subject := false, false
	strongSet, limitSet, subjectSet := strongSet(), limitSet(), subjectSet()
	for _, id := range ids {
		if strongSet.has(id) {
			return true
		}
		limit = limit || limitSet.has(id)
		subject = subject || subjectSet.has(id)
	}
	return limit && subject
}
