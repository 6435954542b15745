// Package identity reads the names of makers, models and repositories.
//
// A place can belong to the audited model, to its base, or to neither: a
// repository named among a model's links may be the base's, or a general tool.
// Names decide where nothing else is given. Parse tells what each part of a name
// says, once; every comparison here is made of that. Crawling and observing ask
// here, so that what one takes for the model's own the other does too.
//
// Names are read by their shape and by the general words of words.yaml; nothing
// here knows the name of a model, an organisation or a repository. What a name
// does not say is not guessed: a model without a word for tuning may be tuned.
package identity

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A Name is what the name of a model or repository tells of it. Its lists are
// shared by all who ask for the name, and nobody changes them.
type Name struct {
	Account string // as written before the slash, if anything is
	Model   string // as written behind it
	Maker   string // the account without what accounts add: "acme" of "Acme-AI"

	Words   []string // the words that make the family's name, as written
	Family  string   // the same in small letters and digits: "falco" of "Falco2-13B-Chat"
	Series  []string // further words, which tell lines of the family apart
	Version []string // its numbers, with the letters of a series: "2", "r1.5"
	Sizes   []string // "7b", "8x22b", and active ones: "a22b"
	Dates   []string // "0724", "2024"
	Tuned   bool     // the name says that it was trained on from another model
	Base    bool     // the name calls it one that was not tuned
	Format  string   // of a copy for some runtime: "gguf"

	parts []part
	told  int // how many of the words are enough to know the family by
}

// Parse reads a name with or without an account: "acme/Falco2-13B-Chat",
// "github:acme/falco", "Falco 2". Names that were read lately are remembered: all
// that compares the names of a page with a model's asks for the same few again.
func Parse(id string) Name {
	n, known := lately.get(id)
	if !known {
		id = strings.Clone(id) // it may be a piece of a page, which is not kept for it
		n = parse(id)
		lately.put(id, n)
	}
	return n
}

func parse(id string) Name {
	n := Name{Model: path.Base(id), parts: partsOf(path.Base(id))}
	if strings.Contains(id, "/") {
		n.Account = Owner(id)
	}
	n.Maker = Maker(n.Account)
	n.read(n.readFamily())
	return n
}

// shortWord is the length from which a word can tell a family alone; what is
// shorter is the code of a series.
const shortWord = 3

// readFamily takes the family from the first parts of a name and tells how many
// they are: the words up to the first number, mark of a variant or short code.
// Where the words so far tell no family ("open", "t5") codes belong to the name.
func (n *Name) readFamily() int {
	for i, p := range n.parts {
		if i > 0 && !n.continues(p) {
			return i
		}
		name, split := p.written, p.splits(i)
		if split {
			name = name[:len(p.letters)]
		}
		if i > 0 && (p.kind == tuned || p.kind == content) {
			n.parts[i].kind = word // "open-chat": a name, whatever else it says
			n.Tuned = n.Tuned || p.kind == tuned
		}
		n.Words = append(n.Words, name)
		n.Family += Squash(name)
		if n.told == 0 && len(Squash(name)) >= shortWord && !CommonWord(Squash(name)) && !VariantWord(name) &&
			p.kind <= lettered {
			n.told = len(n.Words)
		}
		if split || i > 0 && p.kind == lettered {
			return i + 1
		}
	}
	return len(n.parts)
}

// splits reports whether the number of a part of the family is its version: not
// that of a single letter in front, "t5", nor of a code behind, "open-r1".
func (p part) splits(i int) bool {
	return p.kind == lettered && (i == 0 && len(p.letters) > 1 || len(p.letters) >= shortWord)
}

// continues reports whether a part belongs to the family's name behind the words
// so far.
func (n *Name) continues(p part) bool {
	switch p.kind {
	case word:
		return n.told == 0 || len(p.text) >= shortWord && !digit(p.text[0]) || slices.Contains(theWords().Kinds, p.text)
	case lettered:
		return n.told == 0 || len(p.letters) >= shortWord
	case tuned, content: // "open-chat", but not "yi-chat"
		return n.told == 0 && !slices.ContainsFunc(n.Words, func(w string) bool { return !CommonWord(Squash(w)) })
	}
	return false
}

// read tells what the parts say; those before from make the family's name.
func (n *Name) read(from int) {
	for i, p := range n.parts {
		if i < from && !(p.splits(i) || from == 1) {
			continue
		}
		switch p.kind {
		case word:
			if i >= from {
				n.Series = append(n.Series, p.written)
			}
		case lettered, version:
			n.Version = append(n.Version, p.mark(i)+p.behind)
		case size:
			n.Sizes = append(n.Sizes, p.text)
		case date:
			n.Dates = append(n.Dates, p.text)
		case format:
			n.Format = cmp.Or(n.Format, p.text)
		}
	}
	n.Tuned = n.Tuned || n.says(tuned) || n.tunedInFront() || slices.ContainsFunc(n.of(variant), isAdapter)
	n.Base = !n.Tuned && n.calledBase()
}

// OwnWords are the words of a model's name that are more than its family's, its size,
// its number and what tells variants apart: what its makers called it besides, in words
// of a least length.
func (n Name) OwnWords(least int) (words []string) {
	for _, part := range Parts(n.Model) {
		squashed := Squash(part)
		if len(squashed) < least || strings.Contains(n.Family, squashed) || VariantWord(part) || CommonWord(part) ||
			slices.Contains(n.Sizes, part) || strings.Trim(part, "v0123456789.") == "" {
			continue
		}
		words = append(words, squashed)
	}
	return words
}

// tunedInFront reports whether a name begins with a word for tuning that says so
// even there: "chat-falco-6b".
func (n *Name) tunedInFront() bool {
	return len(n.parts) > 1 && slices.Contains(theWords().TunedInFront, n.parts[0].text)
}

// calledBase reports whether a word for base says that the model was not tuned:
// at the end, or where the size is told in figures. Elsewhere "base" is itself a
// size, between small and large.
func (n *Name) calledBase() bool {
	last := len(n.parts) - 1
	return n.says(base) && (n.parts[last].kind == base || len(n.Sizes) > 0)
}

// says reports whether a part of a name is of a kind.
func (n *Name) says(k kind) bool {
	return slices.ContainsFunc(n.parts, func(p part) bool { return p.kind == k })
}

// mark is a number with the letters of its series in front ("r1.5"): a family's
// own letters may stand apart from it.
func (p part) mark(i int) string {
	if i > 0 && len(p.letters) < shortWord {
		return p.letters + p.number
	}
	return p.number
}

// without joins the parts of a name that are of none of the given kinds.
func (n Name) without(kinds ...kind) string {
	var kept []string
	for _, p := range n.parts {
		if !slices.Contains(kinds, p.kind) {
			kept = append(kept, p.text)
		}
	}
	return strings.Join(kept, "-")
}

// Parameters is the size that a name states, in billions; 0 if it states none.
func (n Name) Parameters() float64 {
	for _, s := range n.Sizes {
		m := totalSize.FindStringSubmatch(s)
		if m == nil {
			continue // only the active ones
		}
		number := m[2]
		if m[4] != "" {
			number += "." + m[4] // "7b1"
		}
		size, _ := strconv.ParseFloat(number, 64) // digits, by the pattern
		if times, err := strconv.ParseFloat(m[1], 64); err == nil {
			size *= times
		}
		return size * map[string]float64{"m": 0.001, "b": 1, "t": 1000}[m[3]]
	}
	return 0
}
