package identity

import (
	"openness/audit"
	"path"
	"regexp"
	"strings"
)

// MinFamily is the length below which a common name part says nothing ("ai", "lm").
const MinFamily = 4

// Kin reports whether two ids ("org/name") belong to the same makers or family.
func Kin(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	return SameMaker(path.Dir(a), path.Dir(b)) || SameFamily(a, b)
}

// SameFamily reports whether one id's family name occurs in the other id.
func SameFamily(a, b string) bool {
	fa, fb := Family(path.Base(a)), Family(path.Base(b))
	in := func(f, id string) bool { return len(f) >= MinFamily && strings.Contains(Squash(id), f) }
	return in(fa, path.Base(b)) || in(fb, path.Base(a)) || in(fa, path.Dir(b)) || in(fb, path.Dir(a))
}

// Family is the leading word of a model's name: "Olmo" of "Olmo-3-32B-Think",
// "stable-vicuna" of "stable-vicuna-13b-delta"; it ends where numbers or words
// of a variant begin.
func Family(name string) string {
	var kept []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }) {
		if VariantWord(part) || len(kept) > 0 && (StartsWithDigit(part) || shortCode.MatchString(part)) {
			break
		}
		kept = append(kept, strings.TrimRight(part, "0123456789."))
		if startsVersion(part) {
			break
		}
	}
	return Squash(strings.Join(kept, ""))
}

// shortCode matches a part that tells series apart ("CL", "S"); "LM" names a kind
// of model and belongs to the name.
var shortCode = regexp.MustCompile(`^(?:[A-KM-Z]|[A-Z][A-LN-Z])$`)

// StartsWithDigit reports whether a text begins with a figure.
func StartsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// startsVersion reports whether a part ends in digits, as "Baichuan2" does.
func startsVersion(s string) bool { return s != "" && '0' <= s[len(s)-1] && s[len(s)-1] <= '9' }

// OwnName reports whether a repository's name makes it the model's own: the same
// makers, the model's family in the repository's name, or a model's name that
// begins with the repository's. A family further back in the model's name is
// what the model was made from.
func OwnName(model, repository string) bool {
	family, name := Family(path.Base(model)), Family(path.Base(repository))
	return SameMaker(path.Dir(model), path.Dir(repository)) ||
		len(family) >= MinFamily && strings.Contains(Squash(repository), family) ||
		len(name) >= MinFamily && strings.Contains(Squash(path.Dir(model)), name) || NamedAfter(model, repository)
}

// NamedAfter reports whether a model's name begins with a repository's.
func NamedAfter(model, repository string) bool {
	name := Family(path.Base(repository))
	return len(name) >= MinFamily && strings.HasPrefix(Squash(path.Base(model)), name)
}

// Squash keeps lower-case letters and digits.
func Squash(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + ('a' - 'A')
		}
		return -1
	}, s)
}

// commonWords begin many models' names and tell no family on their own.
var commonWords = map[string]bool{
	"open": true, "stable": true, "deep": true, "neural": true, "code": true, "text": true, "image": true, "video": true,
	"audio": true, "music": true, "speech": true, "mini": true, "small": true, "tiny": true, "big": true, "large": true,
	"super": true, "next": true, "step": true, "star": true, "magic": true, "free": true, "fast": true, "hybrid": true,
	"gpt": true, "llm": true, "bert": true, "the": true, "multi": true, "instruct": true, "chat": true, "long": true, "dream": true,
}

// minFamily is the length from which a first word can tell a family alone.
const minFamily = 3

var sizeOrNumber = regexp.MustCompile(`(?i)^\d+(\.\d+)?[bmkx]?$|^v\d|^a\d+b$`)

// FamilyPattern matches the model's family name however its parts are joined:
// "Open Sora", "open-sora" and "OpenSora" alike.
func FamilyPattern(s audit.Subject) string {
	name := s.Name
	if name == "" {
		name = path.Base(s.ID)
	}
	var parts []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }) {
		if len(parts) > 0 && (VariantWord(part) || sizeOrNumber.MatchString(part)) {
			break
		}
		parts = append(parts, strings.TrimRight(part, "0123456789."))
		if startsVersion(part) || len(parts) == 2 {
			break
		}
	}
	if len(parts) == 2 && len(parts[0]) >= minFamily && !commonWords[strings.ToLower(parts[0])] {
		parts = parts[:1]
	}
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return strings.Join(parts, `[-_ ]?`)
}

// CommonWord reports whether a lower-case word begins many models' names and
// tells no family on its own.
func CommonWord(word string) bool { return commonWords[word] }
