package identity

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"openness/audit"
)

// Family is the name that models of a family share, in small letters and digits:
// "falco" of "Falco-3-32B-Think", "stablefalco" of "stable-falco-13b-delta".
func Family(name string) string { return Parse(name).Family }

// Kin reports whether two ids ("org/name") belong to the same makers or family.
func Kin(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	return SameMaker(path.Dir(a), path.Dir(b)) || SameFamily(a, b)
}

// SameFamily reports whether one id's family name occurs in the other id: as
// words of it, "falco" in "Falco-Coder" but not in "falcon"; or, of the same makers,
// anywhere, since they glue names together.
func SameFamily(a, b string) bool {
	na, nb := Parse(a), Parse(b)
	same := SameMaker(na.Account, nb.Account)
	return nb.bears(na.Family, same) || na.bears(nb.Family, same)
}

// bears reports whether a name or its account holds a family's name.
func (n Name) bears(family string, anywhere bool) bool {
	if len(family) < MinFamily {
		return false
	}
	if anywhere && strings.Contains(Squash(n.Model), family) {
		return true
	}
	return holdsWords(n.Model, family) || n.Maker == family || holdsWords(n.Account, family)
}

// holdsWords reports whether a name holds another, in small letters and digits, as
// one or more of its words.
func holdsWords(written, name string) bool {
	squashed, starts := Squash(written), wordStarts(written)
	for from := 0; ; from++ {
		at := strings.Index(squashed[from:], name)
		if at < 0 {
			return false
		}
		if from += at; slices.Contains(starts, from) && slices.Contains(starts, from+len(name)) {
			return true
		}
	}
}

// OwnName reports whether a repository's name makes it the model's own: the same
// makers, the model's family in the repository's name, or a model's name that
// begins with the repository's. A family further back in the model's name is
// what the model was made from.
func OwnName(model, repository string) bool {
	family, name := Family(path.Base(model)), Family(path.Base(repository))
	return SameMaker(path.Dir(model), path.Dir(repository)) ||
		Holds(repository, family) || Holds(path.Dir(model), name) || NamedAfter(model, repository)
}

// Holds reports whether a text holds a family's name, however it is written, and that is long enough
// to be no part of other words.
func Holds(text, family string) bool {
	return len(family) >= MinFamily && strings.Contains(Squash(text), family)
}

// NamedAfter reports whether a model's name begins with a repository's.
func NamedAfter(model, repository string) bool {
	name := Family(path.Base(repository))
	return len(name) >= MinFamily && strings.HasPrefix(Squash(path.Base(model)), name)
}

// maxPattern is how many words of a family are enough to know it by.
const maxPattern = 2

// FamilyPattern matches the model's family name however its parts are joined:
// "Open Sora", "open-sora" and "OpenSora" alike.
func FamilyPattern(s audit.Subject) string {
	name := s.Name
	if name == "" {
		name = path.Base(s.ID)
	}
	n := Parse(strings.ReplaceAll(name, "/", " "))
	parts := n.Words[:min(len(n.Words), maxPattern)]
	for len(parts) < len(n.Words) && allPlain(parts) {
		parts = n.Words[:len(parts)+1] // "text-to" tells nothing yet
	}
	if n.told == 1 {
		parts = parts[:1]
	}
	if len(n.Family) == 1 && len(n.parts) > 1 {
		parts = []string{n.parts[0].written, n.parts[1].written} // a letter alone stands for anything
	}
	quoted := make([]string, len(parts))
	for i := range parts {
		quoted[i] = regexp.QuoteMeta(parts[i])
	}
	pattern := strings.Join(quoted, `[-_ ]?`)
	if len(n.Version) > 0 && len(n.Family) > 1 {
		pattern += "v?" // "Falcov2"
	}
	return pattern
}

// allPlain reports whether words only begin and join names, as "text to" does.
func allPlain(words []string) bool {
	joined := false
	for _, w := range words {
		w = strings.ToLower(w)
		joined = joined || joining[w]
		if !CommonWord(w) && !joining[w] {
			return false
		}
	}
	return joined
}

// joining are words that join others in a name.
var joining = map[string]bool{"to": true, "of": true, "for": true, "and": true, "in": true, "with": true}

// BearsOthers reports whether a model's name holds that of a known family further back, as a word
// or glued to the end of one, and its account does not: "quokka/songs-roberta", "quokka/SongBERT".
func BearsOthers(id string) bool {
	account := wordsOf(path.Dir(id))
	for i, word := range wordsOf(path.Base(id)) {
		if i > 0 && knownInSmall()[word] && !slices.Contains(account, word) {
			return true
		}
		for network := range networks() {
			if strings.HasSuffix(word, network) && (i > 0 || word != network) && !slices.Contains(account, network) {
				return true
			}
		}
	}
	return false
}

// wordsOf are the words of a name in small letters, without figures at their ends.
func wordsOf(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune("-_. ", r) })
	for i := range words {
		words[i] = strings.TrimRight(words[i], "0123456789")
	}
	return words
}
