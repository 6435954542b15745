package sources

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/pattern"
)

// How a text names the audited model. Which question to ask depends on what the answer is for:
//
//   - FamilyWord: does a sentence or page speak of the family, by its name as a word of its own? Most themes ask this.
//   - Family: does a heading, path or title begin a word so? "falco" in "Falco-7B" and in "falcoformer".
//   - NamesFamily: does a page hold the name however it is written? "stable-falco" in "StableFalco".
//   - OtherNumber: does the text give the family a version that is not the model's?
//   - Speaker.Class: whose is a name that was found: the model's, its base's, a sibling's, another's?
//
// Whose an id is, without a text around it, is asked of package identity.

// familyOf matches the name of the subject's family, also at the beginning of a longer word.
func familyOf(s audit.Subject) *pattern.Regexp {
	return pattern.MustCompile(`(?i)(^|[^a-z])` + identity.FamilyPattern(s))
}

// familyWord matches a family's name as a word of its own.
func familyWord(s audit.Subject) *pattern.Regexp {
	return pattern.MustCompile(`(?i)(^|[^a-z])` + identity.FamilyPattern(s) + `([^a-z]|$)`)
}

// familyNumber matches a family's name and the number behind it.
func familyNumber(s audit.Subject) *pattern.Regexp {
	return pattern.MustCompile(familyOf(s).String() + `[-_ ]?v?(\d+(?:\.\d+)?)([A-Za-z]?)`)
}

// FamilyName is the name of the model's family, in small letters and digits.
func (in *Set) FamilyName() string { return identity.Family(path.Base(in.ID())) }

// OtherNumber reports whether a text gives the family another number than the
// model's, or a later one than the first where the model has none, and no such figure in
// its name.
func (in *Set) OtherNumber(text string) bool {
	name := in.Subject.Name
	if name == "" {
		name = path.Base(in.ID())
	}
	mine, theirs := in.VersionOf(name), in.VersionOf(text)
	if mine == 0 && identity.Sizes(name) != nil {
		return theirs >= 2 && theirs < MaxVersion && !strings.Contains(name, strconv.Itoa(int(theirs)))
	}
	return mine > 0 && theirs > 0 && int(mine) != int(theirs)
}

// MaxVersion is above the versions of models: the number of a patch or a month is higher.
const MaxVersion = 12

// VersionOf reads the number that follows the family's name, and 0 where there
// is none or it counts parameters.
func (in *Set) VersionOf(text string) float64 {
	m := in.FamilyNumber.FindStringSubmatch(text)
	if m == nil || m[len(m)-1] != "" {
		return 0
	}
	version, err := strconv.ParseFloat(m[len(m)-2], 64)
	if err != nil {
		return 0
	}
	return version
}

// NamesFamily reports whether a page names the model's family.
func (in *Set) NamesFamily(d *audit.Document) bool {
	return identity.Holds(string(d.Body), in.FamilyName())
}

// Names reports whether any prose of the repository names the model's family.
func (in *Set) Names(repository string) bool {
	return in.named.Of(repository, func(repository string) bool {
		return slices.ContainsFunc(in.ReadIn(repository, audit.DocReadme, audit.DocProse),
			func(d *audit.Document) bool { return in.FamilyWord.Match(d.Body) })
	})
}

// TellsOfModel reports whether the head of a paper names the family of the audited
// model, and its title no other version of it.
func (in *Set) TellsOfModel(d *audit.Document) bool {
	return in.FamilyWord.Match(in.HeadOf(d)) && !in.OtherNumber(in.TitleOf(d))
}
