package identity

import (
	"path"
	"slices"
	"strings"
)

// Tuned reports whether an id carries a word for a tuned variant.
func Tuned(id string) bool { return Parse(id).Tuned }

// NamedBase reports whether a model's name calls it one that was not tuned.
func NamedBase(id string) bool { return Parse(id).Base }

// untuned is a name without the words for tuning, base and file formats: a tuned
// model and the one it came from have the same.
func (n Name) untuned() string {
	rest := n.without(tuned, base, conversion, format)
	if n.tunedInFront() {
		_, rest, _ = strings.Cut(rest, "-") // "chat-falco-6b"
	}
	return rest
}

// TunedFrom reports whether the names alone make one model the tuned variant of
// another: the same but for the words for tuning. The day or the version of the
// tuning may stand behind them.
func TunedFrom(end, from string) bool {
	e, f := Parse(end), Parse(from)
	return e.Tuned && !f.Tuned && f.Format == "" &&
		(e.untuned() == f.untuned() || len(f.Dates) == 0 && e.before() == f.untuned())
}

// before is untuned without the dates and versions behind the words for tuning:
// those are the tuning's own.
func (n Name) before() string {
	last := slices.IndexFunc(n.parts, func(p part) bool { return p.kind == tuned })
	first := n
	first.parts = slices.Clone(n.parts)
	for i := len(first.parts) - 1; i > last && (first.parts[i].kind == date || first.parts[i].kind == version); i-- {
		first.parts = first.parts[:i]
	}
	return first.untuned()
}

// BaseOf reports whether an id reads as the base of a model of the same makers:
// the same name without the words for tuning, or a name with a word for base that
// the model's continues, or that differs from it in no version or size.
func BaseOf(id, end string) bool {
	f, e := Parse(id), Parse(end)
	switch {
	case f.Tuned || !SameMaker(f.Account, e.Account):
		return false
	case TunedFrom(end, id) || f.says(base) && e.continuesName(f):
		return true
	}
	return f.Base && !e.says(base) && SameFamily(id, end) && agree(f.Version, e.Version) && agree(f.Sizes, e.Sizes) &&
		slices.Equal(f.extent(), e.extent())
}

// continuesName reports whether a name is another's with a word behind it; a
// number there would make it another version or size.
func (n Name) continuesName(first Name) bool {
	at := len(first.parts)
	return at < len(n.parts) && slices.Contains([]kind{word, tuned, variant}, n.parts[at].kind) &&
		slices.EqualFunc(first.parts, n.parts[:at], func(a, b part) bool { return a.text == b.text })
}

// extent is the size that a name tells in words. Beside "small" and "large" the
// word "base" is itself a size.
func (n Name) extent() []string {
	var told []string
	for _, p := range n.parts {
		if slices.Contains(theWords().Extents, p.text) {
			told = append(told, p.text)
		}
	}
	return told
}

// agree reports whether two names do not differ in what both of them tell.
func agree(a, b []string) bool { return len(a) == 0 || len(b) == 0 || slices.Equal(a, b) }

// InSeries reports whether one id names the series of another: the same but for
// the day of the release at the end, or for the files' format. What tells tuned and
// base models, versions and sizes apart is no such mark.
func InSeries(named, id string) bool {
	n, full := strings.ToLower(named), strings.ToLower(id)
	if len(n) >= len(full) || float64(len(n)) < minSeries*float64(len(full)) || !strings.HasPrefix(full, n) ||
		!strings.ContainsRune("-_", rune(full[len(n)])) {
		return false
	}
	from := len(Parse(named).parts)
	return !slices.ContainsFunc(Parse(id).parts[from:], func(p part) bool {
		return p.kind != date && p.kind != conversion
	})
}

// minSeries is the share of an id that the id of an earlier release of the same
// series must cover: "X-V2-Instruct" of "X-V2-Instruct-0724".
const minSeries = 0.7

// SameWork reports whether two ids name one model, be it in other formats of files.
func SameWork(a, b string) bool {
	return SameName(a, b) || Parse(a).without(format, conversion) == Parse(b).without(format, conversion)
}

// SameName reports whether two ids name one model under two organisations, as
// on two hubs.
func SameName(a, b string) bool { return strings.EqualFold(path.Base(a), path.Base(b)) }

// Unsized is a model's name without its size.
func Unsized(id string) string { return Parse(id).without(size) }

// Unconverted is a model's name without what tells for which library its files were
// converted.
func (n Name) Unconverted() string { return n.without(conversion) }
