package license

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A Mention is a place where the input names a licence without giving its text.
type Mention struct {
	Span
	License string `json:"license"`
	// Kind is tag (an SPDX-License-Identifier line), notice (the paragraph that
	// a licence asks files to carry), name or url.
	Kind string `json:"kind"`

	changed bool // a notice that asks or allows other than the licence's
}

const (
	maxMentions = 1000 // mentions kept of one input
	nearby      = 6    // words between a name and the word license
	maxName     = 12   // words in a name
)

// A namePattern is a licence's name as words.
type namePattern struct {
	words []uint16
	id    string
	first string // the letters and figures of the first word, since two words may have one hash
}

// namePatterns holds the names to look for by their first word, longest first.
// Names of one word that are common words by themselves need no place here:
// they are found only next to "license".
var namePatterns = sync.OnceValue(func() map[uint16][]namePattern {
	patterns := make(map[uint16][]namePattern)
	var w words
	add := func(name, id string) {
		w.reset()
		w.split([]byte(name))
		if n := len(w.ids); n == 0 || n > maxName {
			return
		}
		p := namePattern{slices.Clone(w.ids), id, lettersOf(name[w.start[0]:w.end[0]])}
		patterns[p.words[0]] = append(patterns[p.words[0]], p)
	}
	for tag, id := range hubTags {
		add(tag, id)
	}
	for _, t := range base().order {
		if t.Deprecated {
			continue
		}
		add(strings.NewReplacer(`"`, "", "v1", "1", "v2", "2", "v3", "3").Replace(t.Name), t.ID)
		if !strings.HasPrefix(t.ID, "LicenseRef-") {
			add(t.ID, t.ID)
		}
		for _, alias := range t.Aliases { // the names of models are no names of licences by themselves
			add(alias+" license", t.ID)
			if strings.Contains(alias, "rail") || strings.Contains(alias, "community") {
				add(alias, t.ID)
			}
		}
	}
	for _, extra := range [][2]string{{"Apache License Version 2.0", "Apache-2.0"},
		{"Apache License 2.0", "Apache-2.0"}, {"Apache 2.0", "Apache-2.0"}, {"Apache 2", "Apache-2.0"},
		{"GNU General Public License version 3", "GPL-3.0-only"}, {"GNU General Public License version 2",
			"GPL-2.0-only"}, {"GPL v3", "GPL-3.0-only"}, {"GPL v2", "GPL-2.0-only"},
		{"Creative Commons Attribution 4.0", "CC-BY-4.0"}, {"Creative Commons Attribution NonCommercial 4.0",
			"CC-BY-NC-4.0"}, {"3 clause BSD", "BSD-3-Clause"}, {"2 clause BSD", "BSD-2-Clause"}} {
		add(extra[0], extra[1])
	}
	for first := range patterns {
		slices.SortFunc(patterns[first], func(a, b namePattern) int {
			if len(a.words) != len(b.words) {
				return len(b.words) - len(a.words)
			}
			return strings.Compare(a.id, b.id)
		})
	}
	return patterns
})

// licenseWords are the words that make a name a mention.
var licenseWords = sync.OnceValue(func() *wordBits {
	return bitsOf(wordSet("license licenses licence licences licensed licensing copyright terms spdx"))
})

// mentions finds the licences that the input names outside of the texts and
// notices found in it.
// Steps are counted as in a scan.
func mentions(text []byte, w *words, found []match) (out []Mention, steps int) {
	m := mentioner{text: text, w: w, found: found}
	m.links()
	m.names()
	slices.SortFunc(m.out, func(a, b Mention) int { return a.Start - b.Start })
	return m.out, m.steps
}

type mentioner struct {
	text  []byte
	w     *words
	found []match
	out   []Mention
	steps int
}

// add keeps a mention unless it is inside a text that was found.
func (m *mentioner) add(start, end int, id, kind string) {
	next, _ := slices.BinarySearchFunc(m.found, start, func(f match, at int) int { return cmp.Compare(f.End, at+1) })
	if next < len(m.found) && m.found[next].Start < end {
		return
	}
	if len(m.out) < maxMentions {
		m.out = append(m.out, Mention{Span: Span{start, end}, License: id, Kind: kind})
	}
}

func (m *mentioner) links() {
	for _, u := range m.w.urls {
		if len(m.out) >= maxMentions {
			return
		}
		address := m.text[u.Start:u.End]
		m.steps++
		if len(address) > 300 || !bytes.ContainsAny(address, "lLtT") {
			continue
		}
		if id, ok := fromURL(string(address)); ok {
			m.add(u.Start, u.End, id, "url")
		}
	}
}

// names looks around each word such as "license" for a name that is known.
func (m *mentioner) names() {
	ids, known := m.w.ids, licenseWords()
	done := 0 // words before this one were looked at
	next := 0 // the text found that comes next
	for i := 0; i < len(ids) && len(m.out) < maxMentions; i++ {
		m.steps++
		if next < len(m.found) && i >= m.found[next].from {
			i = max(i, m.found[next].to-1)
			done = i + 1
			next++
			continue
		}
		if !known.has(ids[i]) {
			continue
		}
		if m.spdxLine(i) {
			continue
		}
		m.steps += 2*nearby + maxName
		for j := max(done, i-nearby-maxName); j <= min(i+nearby, len(ids)-1); j++ {
			if p, ok := m.nameAt(j); ok && m.close(j, j+len(p.words)-1, i) &&
				!(len(p.words) == 1 && m.partOfName(j, i)) {
				m.add(int(m.w.start[j]), int(m.w.end[j+len(p.words)-1]), p.id, "name")
				j += len(p.words) - 1
				done = j + 1
			}
		}
	}
}

// nameAt finds the longest name that starts with word j.
func (m *mentioner) nameAt(j int) (namePattern, bool) {
	for _, p := range namePatterns()[m.w.ids[j]] {
		m.steps++
		if j+len(p.words) > len(m.w.ids) || !slices.Equal(m.w.ids[j:j+len(p.words)], p.words) ||
			!m.written(j, j+len(p.words)-1) {
			continue
		}
		if p.first != lettersOf(string(m.text[m.w.start[j]:m.w.end[j]])) {
			continue
		}
		return p, true
	}
	return namePattern{}, false
}

// lettersOf gives the letters and figures of a name, the letters small.
func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// partOfName reports whether the word at i is the beginning of a longer name that
// ends in the word at end: "Fair Source License" is no mention of the Fair licence.
func (m *mentioner) partOfName(i, end int) bool {
	if end <= i+1 || end > i+nearby {
		return false
	}
	between := m.text[m.w.end[i]:m.w.start[end]]
	if bytes.ContainsAny(between, ".,;:()[]/|\"\n") {
		return false
	}
	for j := i + 1; j < end; j++ {
		if c := m.text[m.w.start[j]]; c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// written reports whether words from to to stand close together, and, for a
// name of one word, whether it is written as a name: not in small letters
// unless it holds a digit or sign ("mit" in a word list is no licence).
func (m *mentioner) written(from, to int) bool {
	if int(m.w.end[to])-int(m.w.start[from]) > 120 {
		return false
	}
	if from < to {
		return true
	}
	word := m.text[m.w.start[from]:m.w.end[from]]
	return bytes.IndexFunc(word, func(r rune) bool { return r >= 'A' && r <= 'Z' }) >= 0 && len(word) > 1
}

// close reports whether the word i stands near words from to to, in the same
// paragraph and with no sentence between them.
func (m *mentioner) close(from, to, i int) bool {
	if i >= from && i <= to {
		return true
	}
	a, b := to, i
	if i < from {
		a, b = i, from
	}
	if b-a > nearby {
		return false
	}
	between := m.text[m.w.end[a]:m.w.start[b]]
	return !bytes.Contains(between, []byte("\n\n")) && !bytes.Contains(between, []byte(". ")) && len(between) < 100
}

// spdxLine reads an SPDX-License-Identifier at word i.
func (m *mentioner) spdxLine(i int) bool {
	if i+2 >= len(m.w.ids) || !bytes.EqualFold(m.text[m.w.start[i]:m.w.end[i]], []byte("SPDX")) {
		return false
	}
	start, tail := int(m.w.start[i]), int(m.w.end[i+2])
	if !bytes.EqualFold(m.text[start:tail], []byte("SPDX-License-Identifier")) {
		return false
	}
	rest := m.text[tail:]
	if n := bytes.IndexAny(rest, "\r\n"); n >= 0 {
		rest = rest[:n]
	}
	rest = rest[:min(len(rest), 200)]
	value := strings.Trim(string(rest), " :\t*/#->\"'")
	if id, ok := Normalize(value); ok {
		at := tail + bytes.Index(rest, []byte(value))
		m.add(start, at+len(value), id, "tag")
	}
	return true
}
