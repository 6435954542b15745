package sources

import (
	"cmp"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/pattern"
)

// The repository of a family of models goes on from generation to generation: its pages
// tell of the one that is there today. Of a base that is named by its family alone, or
// by another number, they tell nothing.

// otherGeneration reports whether a repository that bears the name of the base's family
// is of a later generation than the first which is not the base's: the id of the base
// gives another, or no page of the model's own gives that one.
func (in *Set) otherGeneration(repository string) bool {
	family := identity.Family(path.Base(repository))
	if len(family) < identity.MinFamily {
		return false
	}
	numbered := pattern.MustCompile(`(?i)(?:^|[^a-z])` + regexp.QuoteMeta(family) +
		`[-_ ]?v?(\d{1,2}(?:\.\d+)?)([a-z]?)`)
	if in.otherSizes(repository) {
		return true
	}
	theirs := in.mostNumbered(numbered, repository)
	switch base := path.Base(in.Subject.Base); {
	case theirs < 2:
		return false
	case identity.Family(base) == family || holdsNumber(numbered, []byte(base), 0):
		return !holdsNumber(numbered, []byte(base), theirs)
	}
	if holdsNumber(numbered, []byte(in.ID()), theirs) {
		return false
	}
	for _, d := range in.Of(audit.DocModelCard, audit.DocReadme) {
		own := d.Role == audit.RoleEnd ||
			d.Place == audit.GitHubRepo && d.PlaceID != repository && in.OwnRepository(d.PlaceID)
		if own && document.Readable(d) && holdsNumber(numbered, in.ServedBody(d), theirs) {
			return false
		}
	}
	return in.Subject.Base == ""
}

// pageSize matches a number of parameters on a page, in billions.
var pageSize = pattern.MustCompile(`\b(\d+(?:\.\d+)?)[ -]?[Bb](?:illion)?\b`)

// nearSize is how far a size that is rounded may be from another.
const nearSize = 0.05

// otherSizes reports whether the front page of a repository gives the sizes of its models and
// not that of the base: a model of 65B goes back to a release that had one.
func (in *Set) otherSizes(repository string) bool {
	own := identity.Parameters(cmp.Or(in.Subject.Base, in.ID()))
	if own == 0 {
		return false
	}
	given := make(map[string]bool)
	for _, d := range in.FrontPagesOf(repository) {
		for _, m := range pageSize.FindAllSubmatch(in.ServedBody(d), MaxNumbers) {
			size, _ := strconv.ParseFloat(string(m[1]), 64) // digits, by the pattern
			if math.Abs(size-own) <= nearSize*own {
				return false
			}
			given[string(m[1])] = true
		}
	}
	return len(given) >= minSizes
}

// minSizes is how many sizes a page must give for that.
const minSizes = 3

// holdsNumber reports whether a text gives a family the number of a generation, or any
// where that is 0.
func holdsNumber(numbered *pattern.Regexp, text []byte, generation int) bool {
	for _, m := range numbered.FindAllSubmatch(text, MaxNumbers) {
		if n := generationOf(m); n > 0 && (generation == 0 || n == generation) {
			return true
		}
	}
	return false
}

// generationOf is the whole number of a match, 0 where it is a size: "7b".
func generationOf(m [][]byte) int {
	if len(m[2]) > 0 {
		return 0
	}
	n, _ := strconv.ParseFloat(string(m[1]), 64) // digits, by the pattern
	return int(n)
}

// mostNumbered is the generation that the front page of a repository gives most often.
func (in *Set) mostNumbered(numbered *pattern.Regexp, repository string) int {
	counts, most := make(map[int]int), 0
	for _, d := range in.FrontPagesOf(repository) {
		for _, m := range numbered.FindAllSubmatch(in.ServedBody(d), MaxNumbers) {
			n := generationOf(m)
			if counts[n]++; n > 0 && (counts[n] > counts[most] || most == 0) {
				most = n
			}
		}
	}
	return most
}

// otherSeries reports whether a repository is of another series of the family
// than the model, as "Falco" is for Falco-R1: neither its name nor any page of
// it gives the mark of the series or the size.
func (in *Set) otherSeries(id string) bool {
	return in.otherNumbers(id) || in.otherMarks(id) || in.otherSize(id)
}

// otherSize reports whether a repository is called after the family in another size, "falco-1b" for Falco-7B, and
// none of its pages gives the model's.
func (in *Set) otherSize(id string) bool {
	sizes := identity.Sizes(in.ID())
	return identity.SizeApart(id, in.ID()) && !in.IsSubject(id) && !in.OffersSubject(id) &&
		!slices.ContainsFunc(in.ReadIn(id, audit.DocReadme, audit.DocProse), func(d *audit.Document) bool {
			return identity.HasMarks(in.ServedBody(d), sizes)
		})
}

// minOthers is how many other versions a repository's pages name from which they
// are on these and not on the model's, which they never name.
const minOthers = 2

// otherNumbers reports whether a repository is of other versions of the family
// than the model's: its pages give the family's name with their numbers, and never
// with the model's.
func (in *Set) otherNumbers(id string) bool {
	mine := in.VersionOf(path.Base(in.ID()))
	if mine == 0 || in.IsSubject(id) || in.VersionOf(path.Base(id)) != 0 || in.OffersSubject(id) {
		return false
	}
	others := make(map[int]bool)
	for _, d := range in.ReadIn(id, audit.DocReadme, audit.DocProse) {
		for _, text := range in.FamilyNumber.FindAll(d.Body, MaxNumbers) {
			switch theirs := in.VersionOf(string(text)); {
			case int(theirs) == int(mine):
				return false
			case theirs > 0:
				others[int(theirs)] = true
			}
		}
	}
	return len(others) >= minOthers
}

// otherMarks reports whether neither the repository's name nor its pages give the
// mark of the model's series.
func (in *Set) otherMarks(id string) bool {
	marks := slices.DeleteFunc(identity.VersionMarks(path.Base(in.ID())), identity.StartsWithDigit)
	if len(marks) == 0 || in.IsSubject(id) || in.OffersSubject(id) ||
		identity.HasMarks([]byte(id), marks) {
		return false
	}
	pages := in.ReadIn(id, audit.DocReadme, audit.DocProse)
	return len(pages) > 0 && !slices.ContainsFunc(pages, func(d *audit.Document) bool {
		return identity.HasMarks(d.Body, marks)
	})
}
