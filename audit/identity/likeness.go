package identity

import "strings"

// Stem is a name without sizes, dates and marks of variants, in small letters and
// digits: "Falco2-13B-Chat" and the repository "Falco2" share one.
func (n Name) Stem() string {
	stem := ""
	for i, p := range n.parts {
		switch {
		case p.kind == version:
			stem += Squash(p.number + p.behind)
		case p.kind <= lettered || i == 0:
			stem += Squash(p.text)
		}
	}
	if stem == "" {
		return Squash(n.Model)
	}
	return stem
}

// named reports whether a piece of a name has enough letters to say anything:
// a version or a date that two names share is no likeness.
func named(piece string) bool { return len(strings.Trim(piece, "0123456789")) >= 2 }

// Likeness compares the name of a repository with that of a model: 5 the
// same, 4 one continues the other, 3 one holds the other, 2 the same family.
func Likeness(repository, model string) int {
	r, m := Parse(repository), Parse(model)
	if Squash(r.Model) == Squash(m.Model) {
		return 5
	}
	short, long := r.Stem(), m.Stem()
	if len(short) > len(long) {
		short, long = long, short
	}
	switch {
	case len(short) < MinShared || !named(short):
		return 0
	case short == long:
		return 5
	case strings.HasPrefix(long, short):
		return 4
	case strings.Contains(long, short) && len(short) > MinShared:
		return 3
	}
	n := sharedPrefix(short, long)
	if r.Family == m.Family && len(m.Family) >= MinShared || n >= longPrefix && named(short[:n]) {
		return 2
	}
	return 0
}

// Parameters reads the size that a name states, in billions; 0 if it states none.
func Parameters(name string) float64 { return Parse(name).Parameters() }

// Reformatted reports whether a name says that the model is a copy in another
// format, made for some runtime.
func Reformatted(name string) bool { return Parse(name).Format != "" }
