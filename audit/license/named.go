package license

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"openness/audit/pattern"
)

// maxHead is how many words of a name may stand before the word license.
const maxHead = 7

// Named finds the licences that a statement names. Other than in Identify, the
// reader knows already that the statement is about licences, so a name counts
// wherever it stands ("the weights are under Apache 2.0"). A family named
// without version gives the family's id (see Precise); a licence that is not
// known gives an id made of its name, LicenseRef-acme-model. The names are in
// order and do not overlap; a link behind the name that it repeats is dropped.
func Named(statement []byte) []Mention {
	var w words
	w.split(statement)
	m := namer{mentioner{text: statement, w: &w}}
	m.addresses()
	m.known()
	m.heads()
	slices.SortStableFunc(m.out, func(a, b Mention) int { return a.Start - b.Start })
	return joined(m.out)
}

// A namer gathers the names of one statement.
type namer struct{ mentioner }

// take keeps a mention unless its place is taken.
func (m *namer) take(start, end int, id, kind string) {
	for _, o := range m.out {
		if start < o.End && o.Start < end {
			return
		}
	}
	if len(m.out) < maxMentions {
		m.out = append(m.out, Mention{Span: Span{start, end}, License: id, Kind: kind})
	}
}

// badge matches the label and message in the address of a static badge.
var badge = pattern.MustCompile(`(?i)licen[cs]es?[-:=]((?:[^-/?&#)\s]|--)+)`)

// addresses reads links to licences and the labels of badges.
func (m *namer) addresses() {
	for _, u := range m.w.urls {
		address := string(m.text[u.Start:u.End])
		if len(address) > 300 {
			continue
		}
		if id, ok := fromURL(address); ok {
			m.take(u.Start, u.End, id, "url")
			continue
		}
		plain, err := url.PathUnescape(address)
		if err != nil {
			continue
		}
		if label := badge.FindStringSubmatch(plain); label != nil {
			name := strings.NewReplacer("--", "-", "__", "_", "_", " ").Replace(label[1])
			if id, ok := Normalize(name); ok {
				m.take(u.Start, u.End, Precise(name, id), "url")
			}
		}
	}
}

// known looks for the names of the knowledge base at every word.
func (m *namer) known() {
	for i := 0; i < len(m.w.ids); i++ {
		p, ok := m.nameAt(i)
		if !ok || len(p.words) == 1 && !m.acronym(i, p.id) && (!m.beside(i) || m.capitals(i)) {
			continue
		}
		last := i + len(p.words) - 1
		start, end := int(m.w.start[i]), int(m.w.end[last])
		if m.taken(start, end) {
			continue
		}
		id, last := m.longest(i, last, p.id)
		m.take(start, int(m.w.end[last]), id, "name")
		i = last
	}
}

// maxVersion is how many words behind a name may tell its version.
const maxVersion = 3

// longest reads on from a name that was found for as long as what follows
// still makes a name, "version 3" behind "General Public License".
func (m *namer) longest(from, to int, id string) (string, int) {
	name := string(m.text[m.w.start[from]:m.w.end[to]])
	if exact, ok := Normalize(name); ok {
		id = exact
	}
	for last := min(to+maxVersion, len(m.w.ids)-1); last > to; last-- {
		longer := string(m.text[m.w.start[from]:m.w.end[last]])
		if strings.ContainsAny(longer, "\n;:()[]|") || !strings.ContainsAny(longer[len(name):], "0123456789") {
			continue
		}
		if exact, ok := Normalize(longer); ok {
			return Precise(longer, exact), last
		}
	}
	return Precise(name, id), to
}

func (m *namer) taken(start, end int) bool {
	return slices.ContainsFunc(m.out, func(o Mention) bool { return start < o.End && o.Start < end })
}

// acronym reports whether a word is written in capitals and figures, as names
// of licences of one word are, and as the id has it or as a common short form.
func (m *namer) acronym(i int, id string) bool {
	word := string(m.word(i))
	return m.capitals(i) && len(word) >= 3 && (strings.Contains(id, word) || hubTags[strings.ToLower(word)] != "")
}

func (m *namer) capitals(i int) bool {
	return !bytes.ContainsFunc(m.word(i), func(r rune) bool { return r >= 'a' && r <= 'z' })
}

// beside reports whether the word license stands right before or behind a word.
func (m *namer) beside(i int) bool {
	known := licenseWords()
	return i > 0 && known.has(m.w.ids[i-1]) || i+1 < len(m.w.ids) && known.has(m.w.ids[i+1])
}

// headWord ends a name: the ... license, the ... terms of use.
var headWord = pattern.MustCompile(`^(?i:licen[cs]ed?|agreement|terms)$`)

// heads reads phrases that end in "license" and start with the name of a
// family, or with capitals and a word that only names of licences have.
func (m *namer) heads() {
	for i := range m.w.ids {
		if !headWord.Match(m.word(i)) {
			continue
		}
		for j := max(0, i-maxHead); j < i; j++ {
			start, end := int(m.w.start[j]), int(m.w.end[i])
			if m.taken(start, end) || !m.phrase(j, i) {
				continue
			}
			if id := idOf(string(m.text[start:end])); id != "" {
				id, last := m.longest(j, i, id)
				m.take(start, int(m.w.end[last]), id, "name")
				break
			}
		}
	}
}

func (m *namer) word(i int) []byte { return m.text[m.w.start[i]:m.w.end[i]] }

// phrase reports whether words from to to are one name: on one line, with
// nothing between them that ends one, each capital, a figure or part of a name.
func (m *namer) phrase(from, to int) bool {
	between := m.text[m.w.start[from]:m.w.end[to]]
	if bytes.ContainsAny(between, "\n,;:()[]|\"") || bytes.Contains(between, []byte(". ")) {
		return false
	}
	for i := from; i <= to; i++ {
		if c := m.word(i)[0]; (c < 'A' || c > 'Z') && (c < '0' ||
			c > '9') && !smallWords[strings.ToLower(string(m.word(i)))] {
			return false
		}
	}
	return true
}

// smallWords may stand in the name of a licence in small letters.
var smallWords = map[string]bool{"license": true, "licensed": true, "licence": true, "agreement": true, "terms": true,
	"of": true, "use": true, "community": true, "model": true, "open": true, "non": true, "commercial": true,
	"noncommercial": true, "research": true, "only": true, "llama": true, "v": true}

// ownWords tell that a phrase with "license" names one of its own.
var ownWords = pattern.MustCompile(`(?i)\b(community|model|research|non-?commercial|open model|nc)\b`)

// limited tells that "X licensed" says how, as in "NC licensed".
var limited = pattern.MustCompile(`(?i)\b(nc|non-?commercial) licen[cs]ed$`)

// idOf is the id of a phrase that ends in "license": of a known licence, of a
// family, or made of the name.
func idOf(phrase string) string {
	if strings.HasSuffix(phrase, "ed") && !limited.MatchString(phrase) {
		return "" // what is licensed, not a licence's name
	}
	if id, ok := Normalize(phrase); ok {
		return Precise(phrase, id)
	}
	if family := headFamily(phrase); family != "" {
		return "LicenseRef-" + family
	}
	if c := phrase[0]; c < 'A' || c > 'Z' || !ownWords.MatchString(phrase) {
		return ""
	}
	return CustomID(phrase)
}

// minHead is the length from which a word without its figures ("llama2") is
// still taken for the head of a name.
const minHead = 4

// headFamily is the family whose name a phrase starts with.
func headFamily(phrase string) string {
	first, _, _ := strings.Cut(strings.ToLower(phrase), " ")
	heads := familyTable().heads
	if family := heads[first]; family != "" {
		return family
	}
	if plain := strings.Trim(first, "-_.0123456789"); len(plain) >= minHead {
		return heads[plain]
	}
	return ""
}

// tellsNothing are words that say that something is a licence, not which.
var tellsNothing = map[string]bool{"": true, "license": true, "licence": true, "agreement": true, "terms": true,
	"of": true, "use": true, "the": true, "this": true, "our": true, "model": true, "research": true, "custom": true,
	"other": true, "non": true, "commercial": true, "noncommercial": true, "proprietary": true, "community": true,
	"open": true, "source": true, "only": true, "v": true, "weight": true, "weights": true, "code": true, "data": true,
	"dataset": true}

// CustomID makes an id of the name of a licence that the knowledge base does
// not have, "" where the name says no more than that it is a licence.
func CustomID(name string) string {
	var parts []string
	telling := false
	for _, part := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.'
	}) {
		part = strings.Trim(part, ".")
		if part == "" || part == "license" || part == "licence" || part == "licensed" || part == "agreement" {
			continue
		}
		telling = telling || !tellsNothing[part]
		parts = append(parts, part)
	}
	if !telling {
		return ""
	}
	return "LicenseRef-" + strings.Join(parts, "-")
}

// joined drops a mention that repeats the one before it: a link's target
// behind its text.
func joined(all []Mention) []Mention {
	var out []Mention
	for _, m := range all {
		if n := len(out); n > 0 && out[n-1].License == m.License {
			out[n-1].End = m.End
			continue
		}
		out = append(out, m)
	}
	return out
}
