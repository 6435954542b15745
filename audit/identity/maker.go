// Package identity compares the names of makers, models and repositories.
//
// A place can belong to the audited model, to its base, or to neither: a
// repository named among a model's links may be the base's, or a general tool.
// Names decide, since nothing else is given: the same organisation or the same
// family name makes two names kin. Crawling and observing ask here, so that what
// one takes for the model's own the other does too.
//
// Names are compared as they are written; nothing here knows the name of a
// model, an organisation or a repository.
package identity

import "strings"

// SameMaker compares organisations without case, hyphens and common endings.
func SameMaker(a, b string) bool {
	a, b = Maker(a), Maker(b)
	if len(a) < MinFamily || len(b) < MinFamily {
		return a == b && len(a) > 2
	}
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// Maker is an organisation's name without what accounts add to it ("ai", "labs").
func Maker(org string) string {
	s := Squash(org)
	for _, tail := range []string{"research", "project", "workshop", "models", "labs", "lab", "org", "team", "tec", "ai", "inc"} {
		if rest := strings.TrimSuffix(s, tail); rest != s && len(rest) >= MinFamily {
			return rest
		}
	}
	return s
}

// Owner is the account of an id: "org" of "org/name" and of "github:org/name".
func Owner(id string) string {
	id = strings.TrimPrefix(id, "github:")
	org, _, _ := strings.Cut(id, "/")
	return org
}
