package kin

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/pattern"
)

// Borrows reports whether a text gives the family's name alone where the model bears that of what others made, and no
// word of the model's own: what is known as its base, or what its pages say that it was trained from.
func (in *Pages) Borrows(text string) bool {
	return in.without(in.borrowed(), text) || slices.ContainsFunc(in.NamedBases(), func(n NamedBase) bool {
		return document.TrainWord.Match(bytes.ToLower(in.ServedText(n.Doc, n.Span))) &&
			in.without(in.wordsBeside(n.Name), text)
	})
}

// without reports whether a text gives the family's name and none of the model's own words, of which there are some.
func (in *Pages) without(own []string, text string) bool {
	squashed := identity.Squash(text)
	return len(own) > 0 && in.Family.MatchString(text) &&
		!slices.ContainsFunc(own, func(word string) bool { return strings.Contains(squashed, word) })
}

// readBorrowed gives the words of the model's name that are its own where the family's
// name before them is that of somebody else's model, which this one was tuned from.
func (in *Pages) readBorrowed() []string {
	words := in.wordsBeside(in.Subject.Base)
	if len(words) == 0 || in.Subject.Base == "" && !in.tunedFromNamesake(identity.Parse(in.ID())) {
		return nil
	}
	return words
}

// wordsBeside are the words of the model's name that are its own beside those of a base of others that gives the family
// its name, or of a base that is not known.
func (in *Pages) wordsBeside(base string) []string {
	name, squashed := identity.Parse(in.ID()), identity.Squash(path.Base(base))
	if in.IsCopy() || !sources.HasHubModel(in.Subject) || in.accountBearsName() ||
		base != "" && (identity.SameMaker(identity.Owner(base), name.Account) || !strings.Contains(squashed, name.Family)) {
		return nil
	}
	return slices.DeleteFunc(name.OwnWords(identity.MinShared), func(word string) bool {
		return strings.Contains(squashed, word)
	})
}

var (
	// tunedInName matches a name that says what it was tuned from and for.
	tunedInName = pattern.MustCompile(`(?i)[a-z0-9][-_.]fine-?tuned[-_.][a-z]`)
	// sizeThenName matches a name that goes on in a word behind its size.
	sizeThenName = pattern.MustCompile(`(?i)[-_]\d+(?:\.\d+)?[bm][-_][a-z]{4}`)
	// official matches what the pages of a family's makers say, or what others say of them
	// on the page of the very model.
	official = pattern.MustCompile(`(?i)\bteam\sreleasing\b|\b(?:first|originally)\sreleased\s(?:in|at|on|with)\b`)
)

// tunedFromNamesake reports whether a model of which no base is named was tuned from
// somebody else's of the same name: its card or its name says so, and nothing shows
// that the family is its makers'.
func (in *Pages) tunedFromNamesake(name identity.Name) bool {
	for _, d := range in.Of(audit.DocModelCard) {
		if d.Role != audit.RoleEnd || !document.Readable(d) {
			continue
		}
		body := in.ServedBody(d)
		if official.Match(body) || in.presentsFamily(body, "") || in.linksOwnProject(body, name) {
			return false
		}
		return tunedInName.MatchString(name.Model) || in.familyTuned().Match(body) ||
			sizeThenName.MatchString(name.Model) && in.madeUntold(in.partsWithoutNames) != nil
	}
	return false
}

// partsWithoutNames are the parts of a page that repeat the base's, as far as they do
// not show by a name of which it is being asked whose it is.
func (in *Pages) partsWithoutNames(d *audit.Document) []audit.Span {
	return in.readBaseParts(d, func(string) bool { return false })
}

// familyTuned matches "Falco model fine-tuned on songs" and "fine-tuned version of Falco".
func (in *Pages) familyTuned() *pattern.Regexp {
	family := identity.FamilyPattern(in.Subject)
	return pattern.MustCompile(`(?i)\b` + family +
		`(?:[- ][\w.]+){0,2} fine-?tuned (?:on|for|with|using) |\bfine-?tuned (?:version )?(?:of|from) (?:an? ` +
		`|the )?(?:\w+'s )?\W{0,3}` + family + `\b`)
}

// claims reports whether a page presents the family as its makers' own, or links their project of a name.
func (in *Pages) claims(body []byte, name identity.Name) bool {
	return in.presentsFamily(body, name.Model) || in.linksOwnProject(body, name)
}

// readPresents matches how a page says that its makers made what bears the family's name, with that whole name.
func (in *Pages) readPresents() *pattern.Regexp {
	return pattern.MustCompile(`(?i)\bwe\s(?:\w+\s)?(?:present|introduc|propos|releas|develop|open-?sourc)\w*\s` +
		`[^.]{0,60}?(` + identity.FamilyPattern(in.Subject) + `[\w.-]*(?-i:(?:\s[A-Z\d][\w-]*){0,4}))`)
}

// presentsFamily reports whether a page says that its makers made the family. A model whose name begins with the longer
// one is not taken for the family; where that is empty, all that begin with the family's name are.
func (in *Pages) presentsFamily(body []byte, longer string) bool {
	return slices.ContainsFunc(in.presents().FindAllSubmatch(body, maxBases), func(m [][]byte) bool {
		return longer == "" || !strings.HasPrefix(identity.Squash(string(m[1])), identity.Squash(longer))
	})
}

// linksOwnProject reports whether a page links a repository of the makers' own that is
// named after the family.
func (in *Pages) linksOwnProject(body []byte, name identity.Name) bool {
	return slices.ContainsFunc(document.RepositoriesIn(body, whose.MaxLinked), func(id string) bool {
		repository := identity.Squash(path.Base(id))
		return identity.OwnerLikeness(path.Dir(id), name.Account) > 1 && strings.HasPrefix(repository, name.Family) &&
			repository != identity.Squash(name.Model) // its own training code, under its whole name
	})
}
