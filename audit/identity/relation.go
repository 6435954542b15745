package identity

import (
	"path"
	"slices"
	"strings"

	"openness/audit/pattern"
)

// A Relation is how the name of a model in a text stands to a model's own name.
type Relation int

// The relations.
const (
	Unrelated Relation = iota // of another family, as far as the names tell
	Same                      // nothing in the name speaks against it: the model, or the family that it belongs to
	Sibling                   // of the family, and another version, size, line or tuning
	Thing                     // the family's, but no model: its data, its tests, its tools
)

// Related compares the name of a model that a text gives with that of a model.
// A name that tells less is the same: "Falco" and "Falco 2" are names of
// Falco-2-13B-Chat. One that tells something else is a sibling's: "Falco-13B",
// "Falco-2-7B", "Falco-2-Coder", "Falco-2-13B-Base".
func Related(given, model string) Relation {
	given = improvedAs(given, model)
	g, m := Parse(pointed(given)), Parse(pointed(model))
	gRest, mRest, ok := apartFamilies(g, m)
	switch {
	case !ok:
		return Unrelated
	case otherLine(g, m, gRest, mRest):
		return Sibling
	}
	gRest, mRest = append(gRest, lowered(g.Series)...), append(mRest, lowered(m.Series)...)
	if slices.ContainsFunc(gRest, isThing) {
		return Thing
	}
	plain := func(word string) bool {
		return slices.Contains(theWords().Kinds, word) || slices.Contains(theWords().MakerEndings, word) ||
			word == "llm"
	}
	gRest, mRest = slices.DeleteFunc(gRest, plain), slices.DeleteFunc(mRest, plain)
	tunedRest := func(word string) bool { return theWords().kinds[word] == tuned }
	gTuned, mTuned := append(g.of(tuned), kept(gRest, tunedRest)...), append(m.of(tuned), kept(mRest, tunedRest)...)
	gRest, mRest = slices.DeleteFunc(gRest, tunedRest), slices.DeleteFunc(mRest, tunedRest)
	whole := Squash(m.Model)
	// A name that the model's goes on from tells less, unless a size makes it whole.
	later := slices.ContainsFunc(numbers(g.Version), func(v string) bool { return !isFirst(v) })
	full := len(g.Sizes) > 0 || later && !strings.HasPrefix(whole, Squash(g.Model))
	more := func(word string) bool { return !strings.Contains(whole, Squash(word)) }
	switch {
	case !sameVersion(g, m),
		apart(g.Sizes, m.Sizes), apart(g.extent(), m.extent()), apart(g.Dates, m.Dates),
		len(g.extent()) > 0 && len(m.extent()) == 0 && slices.ContainsFunc(g.extent(), more),
		len(g.Dates) > 0 && len(m.Dates) == 0 && slices.ContainsFunc(g.Dates, more),
		slices.ContainsFunc(gRest, more), slices.ContainsFunc(kept(g.of(variant), isEarly), more),
		full && slices.ContainsFunc(mRest, func(word string) bool {
			return !strings.Contains(Squash(g.Model), Squash(word))
		}),
		len(gTuned) > 0 && (len(mTuned) == 0 || slices.ContainsFunc(gTuned, more)) && !g.copyOf(m),
		g.says(base) && m.Tuned:
		return Sibling
	}
	return Same
}

// otherLine reports whether two families' names go on differently behind what they share in
// a way that tells lines apart although the words say little: by one letter, "FalcoE" beside
// "Falco", or by a kind where the other has a word, both glued to the name, "FalcoLM" beside
// "FalcoMath". "Falco LM" may be all of them.
func otherLine(g, m Name, gRest, mRest []string) bool {
	letter := func(rest []string) bool { return len(rest) == 1 && len(rest[0]) == 1 && !digit(rest[0][0]) }
	glued := func(n Name, rest []string) bool {
		return len(rest) > 0 && !slices.ContainsFunc(n.Words, func(w string) bool { return Squash(w) == rest[0] })
	}
	return len(gRest) == 0 && letter(mRest) || letter(gRest) && len(mRest) == 0 ||
		glued(g, gRest) && glued(m, mRest) && slices.Contains(theWords().Kinds, gRest[0]) && gRest[0] != mRest[0]
}

// isEarly reports whether a word tells an early release from the one that followed.
func isEarly(word string) bool { return slices.Contains(theWords().Early, word) }

// isAdapter reports whether a word says that the files are the difference to another model.
func isAdapter(word string) bool { return slices.Contains(theWords().Adapters, word) }

// Swapped reports whether a row of a list has a model and its base the wrong way
// round: what the row is called is a name of the base, which is other makers', and
// none of the model. "Merlin" with the model "acme/falco-2-7b" and the base
// "lab/merlin-7b" is: lab tuned Merlin from Falco.
func Swapped(row, model, base string) bool {
	return !SameMaker(Owner(model), Owner(base)) && Related(row, base) == Same && Related(row, model) == Unrelated &&
		!strings.Contains(Squash(path.Base(model)), Squash(row))
}

// pointed is a name with the points of its numbers, which some makers write as
// underscores: "falco2_5-1_8b". Two may have but one character between them.
func pointed(name string) string {
	return lowPoint.ReplaceAllString(lowPoint.ReplaceAllString(name, "$1$2.$3$4"), "$1$2.$3$4")
}

// improvedAs writes a name that ends with a plus as ids do, which hold none: "FalcoT5+" is falcot5p where the model's
// id has that, and else falcot5-plus.
func improvedAs(name, model string) string {
	plain, plus := strings.CutSuffix(name, "+")
	switch {
	case !plus:
		return name
	case strings.HasPrefix(Squash(path.Base(model)), Squash(path.Base(plain))+"p"):
		return plain + "p"
	}
	return plain + "-plus"
}

var lowPoint = pattern.MustCompile(`(^|\D)(\d{1,2})_(\d)(\D|$)`)

// copyOf reports whether two names are one but for what does not tell models apart.
func (n Name) copyOf(m Name) bool {
	return n.without(conversion, format, variant) == m.without(conversion, format, variant)
}

// apartFamilies gives what is left of the families' names of two models behind
// what they share; false where they share nothing that tells a family.
func apartFamilies(g, m Name) (gRest, mRest []string, ok bool) {
	if g.Family == "" || m.Family == "" {
		return nil, nil, false
	}
	if g.Family == m.Family {
		return nil, nil, len(m.Family) > 1
	}
	gStarts, mStarts := wordStarts(strings.Join(g.Words, "-")), wordStarts(strings.Join(m.Words, "-"))
	shared := 0
	for n := sharedPrefix(g.Family, m.Family); n >= MinFamily && shared == 0; n-- {
		if slices.Contains(gStarts, n) && slices.Contains(mStarts, n) {
			shared = n
		}
	}
	// A short name is one where it is the whole first word of both: "Yo-VL" beside "Yo-6B".
	if first := Squash(g.Words[0]); shared == 0 && first == Squash(m.Words[0]) && len(first) > 1 &&
		len(first) < MinFamily && !strings.ContainsAny(first, "0123456789") {
		shared = len(first)
	}
	// Makers write a name in small letters too: "falcocoder" beside "Falco".
	if shared == 0 {
		for _, f := range []struct{ short, long Name }{{g, m}, {m, g}} {
			if n := len(f.short.Family); n >= longPrefix && strings.HasPrefix(f.long.Family, f.short.Family) &&
				VariantWord(f.long.Family[n:]) {
				shared = n
			}
		}
	}
	if head := g.Family[:shared]; shared == 0 || CommonWord(head) || VariantWord(head) ||
		slices.Contains(theWords().Made, head) || onlyCommon(g.Words, shared) {
		return nil, nil, false
	}
	return rests(g, shared), rests(m, shared), true
}

// onlyCommon reports whether the first letters of a family's name are common
// words alone: "stable-code" and "stable-video" are no kin.
func onlyCommon(words []string, letters int) bool {
	n := 0
	for _, w := range words {
		if n >= letters {
			break
		}
		if w = Squash(w); !CommonWord(w) {
			return false
		}
		n += len(w)
	}
	return true
}

// rests gives the words of a family's name behind its first letters.
func rests(n Name, shared int) []string {
	var rest []string
	at := 0
	for _, w := range n.Words {
		w = Squash(w)
		switch end := at + len(w); {
		case end <= shared:
		case at >= shared:
			rest = append(rest, w)
		default:
			rest = append(rest, w[shared-at:])
		}
		at += len(w)
	}
	return rest
}

// sameVersion reports whether no number in two names speaks against one version.
// The first of a family often has none.
func sameVersion(g, m Name) bool {
	given, own := numbers(g.Version), numbers(m.Version)
	switch {
	case len(given) == 0:
		// "Falco-7B" is not Falco-2-7B; "Falco" may be, and so may what its name begins with.
		first := !slices.ContainsFunc(own, func(v string) bool { return !isFirst(v) })
		return first || len(g.Sizes) == 0 || strings.HasPrefix(Squash(m.Model), Squash(g.Model))
	case len(own) == 0:
		return !slices.ContainsFunc(given, func(v string) bool { return !isFirst(v) })
	}
	return !slices.ContainsFunc(given, func(v string) bool {
		// "10" is told of "10n", and "25" of "2.5" where names are glued
		held := slices.ContainsFunc(own, func(o string) bool {
			return o == v || strings.TrimRight(o, "nsmlx") == v || len(v) == 2 && strings.Replace(o, ".", "", 1) == v
		})
		return !held && !(len(given) > len(own) && isFirst(v))
	})
}

// OtherVersion reports whether a name gives another version than a model's.
func OtherVersion(name, model string) bool {
	g := Parse(pointed(name))
	return len(g.Version) > 0 && !sameVersion(g, Parse(pointed(model)))
}

// numbers are versions without the zeros at their end, "2.0" is "2", and without
// corrections: "2.1.3" is "2.1".
func numbers(versions []string) []string {
	out := make([]string, len(versions))
	for i, v := range versions {
		digits := strings.TrimRight(v, "abcdefghijklmnopqrstuvwxyz")
		v = correction.ReplaceAllString(digits, "$1") + v[len(digits):]
		for strings.HasSuffix(v, ".0") {
			v = strings.TrimSuffix(v, ".0")
		}
		out[i] = v
	}
	return out
}

// Generation reports whether a name differs from a model's only by giving the
// generation of a later release: "Falco-3" for Falco-3.1-8B.
func Generation(name, model string) bool {
	g, m := Parse(pointed(name)), Parse(pointed(model))
	given, own := numbers(g.Version), numbers(m.Version)
	if g.Family != m.Family || len(given) != 1 || len(own) == 0 {
		return false
	}
	return !slices.ContainsFunc(g.parts[1:], func(p part) bool {
		return p.kind != version
	}) && strings.HasPrefix(own[0], given[0]+".")
}

// isFirst reports whether a version is that of the first of a family.
func isFirst(version string) bool {
	return version == "1" || version == "0" || strings.HasPrefix(version, "0.")
}

// apart reports whether two names differ in what both of them tell.
func apart(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// of lists the parts of a name of one kind.
func (n Name) of(k kind) []string {
	var list []string
	for _, p := range n.parts {
		if p.kind == k {
			list = append(list, p.text)
		}
	}
	return list
}

func lowered(words []string) []string {
	var list []string
	for _, w := range words {
		list = append(list, strings.ToLower(w))
	}
	return list
}

func kept(words []string, fits func(string) bool) []string {
	var list []string
	for _, w := range words {
		if fits(w) {
			list = append(list, w)
		}
	}
	return list
}

// isThing reports whether a word in a name says that it names no model.
func isThing(word string) bool {
	// a class of a program: "FalcoForSongs"
	return slices.Contains(theWords().Things, word) || strings.HasPrefix(word, "for")
}

// Continues reports whether a model's name goes on from another whole name with a
// word of its own: it was made from that one.
func Continues(model, name string) bool { return Parse(model).continuesName(Parse(name)) }

// ContinuesInWords reports whether it goes on in a word that tells neither size nor tuning, or
// from a name of several parts in what is no size in words: "falco-songs" from "Falco", and not "falco-large".
func ContinuesInWords(model, name string) bool {
	m, n := Parse(model), Parse(name)
	if !m.continuesName(n) {
		return false
	}
	rest := m.parts[len(n.parts)]
	return rest.kind == word || len(n.parts) > 1 && !slices.Contains(theWords().Extents, rest.text)
}
