package sources

import (
	"strings"
	"unicode"

	"openness/audit/license"
	"openness/audit/pattern"
)

// Where the parts of well-known texts begin and end. Heads and tails are
// optional: copies leave them out, and they grant nothing.
var (
	preface    = pattern.MustCompile(`^\s*\[(For|The original)[^\]]*\]\s*`)
	copyrights = pattern.MustCompile(`(?im)^[ \t#*/]*(portions )?(copyright|©|\(c\))[^\n]*\d{4}[^\n]*$` +
		`|^[ \t]*copyright[^\n]*(<|\[)ye?a?r[^\n]*$|^[ \t]*all rights reserved\.?[ \t]*$`)
	heads = pattern.MustCompile(
		`(?i)By exercising the Licensed Rights|THE WORK \(AS DEFINED BELOW\)|Statement of Purpose`,
	)
	tails = pattern.MustCompile(
		`(?i)END OF TERMS AND CONDITIONS[^\n]*\n|[>*_ ]*Creative Commons is not a party to (its|this)`,
	)
	embedded = pattern.MustCompile(`(?m)^\s*GNU GENERAL PUBLIC LICENSE\s*$`)
	notices  = pattern.MustCompile(`(?s)Licensed under the Apache License, Version 2\.0.{200,700}?limitations under the License|` +
		`This (program|library) is free software[:;].{400,900}?((General|Lesser` +
		`|Affero) Public License\s+along with this (program|library))`)
)

// binding is what makes the part behind the terms one of them: the lists of
// forbidden uses that the licences of models attach.
var binding = pattern.MustCompile(`(?i)attachment|use restrictions|annex|exhibit|schedule|prohibited`)

// A rule or another licence behind the terms begins what is no part of them.
var another = pattern.MustCompile(
	`(?im)^\s*([-=*#_]{10,}|(the )?(mit|bsd|isc|apache)\b[^\n]{0,40} licen[cs]e\b[^\n]{0,20})\s*$`,
)

// standard is the length of the part of a tail that belongs to the licence.
func standard(tail []byte) int {
	if m := another.FindIndex(tail); m != nil {
		return m[0]
	}
	return len(tail)
}

// headWindow is how far into a text its title and copyright lines may reach.
const headWindow = 400

// Variants returns the forms of one text that copies of it come in: the text
// with its optional head and tail marked, each language of a bilingual text,
// a licence without another that it includes, and the notice it asks for.
func Variants(id, name string, text []byte) []license.Source {
	text = text[len(preface.Find(text)):]
	whole := license.Source{ID: id, Name: name, Text: text}
	if m := heads.FindIndex(text); m != nil && strings.HasPrefix(id, "CC") {
		whole.Core = m[0]
	} else if all := copyrights.FindAllIndex(text[:min(len(text), headWindow)], -1); all != nil {
		whole.Core = all[len(all)-1][1]
	}
	if m := tails.FindIndex(text[len(text)/2:]); m != nil && !binding.Match(text[len(text)/2+m[1]:]) {
		text = text[:len(text)/2+m[1]+standard(text[len(text)/2+m[1]:])]
		whole.Text = text
		whole.Tail = len(text)/2 + m[1]
		if strings.HasPrefix(id, "CC") {
			whole.Tail = len(text)/2 + m[0]
		}
	}
	all := []license.Source{whole}
	for _, part := range languages(text) {
		all = append(all, license.Source{ID: id, Name: name, Text: part})
	}
	if strings.HasPrefix(id, "LGPL-3.0") {
		if m := embedded.FindIndex(text); m != nil && m[0] > 1000 {
			all = append(all, license.Source{ID: id, Name: name, Text: text[:m[0]]})
		}
	}
	for _, m := range notices.FindAll(text, 1) {
		all = append(all, license.Source{ID: id, Name: name, Text: m, Notice: true})
	}
	return all
}

// bilingual is the share of letters in each language from which a text counts
// as written in two, and purity the share of its own language that each half
// must have.
const (
	bilingual = 0.12
	purity    = 0.85
)

// languages splits a text that is given in Chinese and in English into the
// two; it returns nil for any other text.
func languages(text []byte) [][]byte {
	type count struct{ han, latin int }
	lines := strings.SplitAfter(string(text), "\n")
	sums := make([]count, len(lines)+1)
	for i, line := range lines {
		c := sums[i]
		for _, r := range line {
			switch {
			case unicode.Is(unicode.Han, r):
				c.han += 3 // a character says about as much as three letters
			case unicode.Is(unicode.Latin, r):
				c.latin++
			}
		}
		sums[i+1] = c
	}
	total := sums[len(lines)]
	if letters := float64(total.han + total.latin); float64(min(total.han, total.latin)) < bilingual*letters {
		return nil
	}
	best, at := 0, 0
	for i, c := range sums {
		score := c.han - c.latin
		if diff := max(2*score-(total.han-total.latin), (total.han-total.latin)-2*score); diff > best {
			best, at = diff, i
		}
	}
	first, offset := sums[at], len(strings.Join(lines[:at], ""))
	rest := count{total.han - first.han, total.latin - first.latin}
	pure := func(c count) bool {
		return float64(max(c.han, c.latin)) >= purity*float64(c.han+c.latin)
	}
	if at == 0 || at == len(lines) || !pure(first) || !pure(rest) {
		return nil
	}
	return [][]byte{text[:offset], text[offset:]}
}
