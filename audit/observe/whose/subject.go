package whose

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Whom a clause is about.

var (
	// connective is what a sentence may begin with before its subject.
	connective = phrases.ExpressionOf("whose.connective")
	// opener is a phrase before the subject that sets the model beside another.
	opener = phrases.ExpressionOf("whose.opener")
	// ownSubject is a subject by which makers speak of their own model or project.
	ownSubject = phrases.ExpressionOf("whose.own-subject")
	// TheModel is a subject that stands for the model last spoken of.
	TheModel = phrases.ExpressionOf("whose.the-model")
	// maker leads to a name: "the authors of".
	makers = phrases.ExpressionOf("whose.makers")
	// writtenOn leads to the name that a paper is on: "the paper on".
	writtenOn = phrases.ExpressionOf("whose.written-on")
	// possessive is a name that owns the subject: "Pelikan's training code".
	possessive = phrases.ExpressionOf("whose.possessive")
	// plainName is a capitalised word that something was done to as to a model.
	plainName = phrases.ExpressionOf("whose.plain-name")
	// verb ends the search for a subject.
	verb = phrases.ExpressionOf("whose.verb")
	// instrument follows a name that served in the making of this model.
	instrument = phrases.ExpressionOf("whose.instrument")
	// role leads to a name of something that was used, in the middle of a clause.
	role = phrases.ExpressionOf("whose.role")
	// partOf follows a name that tells a kind or part of something.
	partOf = phrases.ExpressionOf("whose.part-of")
	// divides is where a clause ends and another with a subject of its own may begin.
	divides = phrases.ExpressionOf("whose.divides")
	// relative begins a clause whose subject is what stands before it.
	relative = pattern.MustCompile(`^,\s(?:which|whose|who|where)\s`)
	// madeWith ends in what served to make the clause's subject, and besideTool matches a relative that tells what such
	// a tool does, by one verb and its object, with what follows behind "and": it is no second object by the comma.
	madeWith   = phrases.ExpressionOf("whose.made-with")
	besideTool = phrases.ExpressionOf("whose.beside-tool")
)

// commonSubjects are capitalised words that begin sentences and name no model.
var commonSubjects = phrases.ExpressionOf("whose.common-subject")

// A portion is a part of a sentence with one subject.
type portion struct {
	start, end int
	about      audit.About
}

// portions cuts a sentence where its subject may change and says whom each part
// is about; "" where it does not tell. prev is whom the sentence before it in the
// same paragraph was about.
func (sp *Speaker) portions(text string, prev audit.About) []portion {
	sp.Ends.Check()
	var all []portion
	start, lead := 0, false
	cut := func(end int) {
		had := len(all)
		if lead && had > 0 {
			before := all[had-1]
			aside := end - len(sp.resumed(text[before.start:start], text[start:end]))
			all = append(all, portion{start, aside, sp.lastNamed(text[before.start:start], before.about)})
			if aside < end {
				all = append(all, portion{aside, end, before.about})
			}
			start = end
			return
		}
		all = sp.subject(text, start, end, prev, all)
		last := &all[len(all)-1]
		if last.about == "" && had > 0 && Others(all[had-1].about) {
			last.about = all[had-1].about // it goes on about the same
		}
		start, prev = end, last.about
	}
	for _, at := range divides.FindAllStringIndex(text, 20) {
		if at[0] > start {
			cut(at[0])
			lead = relative.MatchString(text[at[0]:])
		}
	}
	cut(len(text))
	return all
}

// resumed is what of a relative clause plainly takes up the clause before it: a second thing behind the tool that the
// relative is on, "trained with Nest, which eases training, and GPUs". What the relative's verb may govern stays its own.
func (sp *Speaker) resumed(first, relative string) string {
	m, named := besideTool.FindStringSubmatch(relative), sp.Mentions(first)
	if m == nil || verb.MatchString(m[1]+m[2]) || !madeWith.MatchString(first) ||
		len(named) > 0 && named[len(named)-1].Sized {
		return ""
	}
	return m[2]
}

// lastNamed is whose the last name in a text is; what a relative clause is about.
func (sp *Speaker) lastNamed(text string, otherwise audit.About) audit.About {
	if all := sp.Mentions(text); len(all) > 0 {
		return sp.Class(all[len(all)-1].Name)
	}
	return otherwise
}

// subject reads whom the clause text[start:end] is about and adds it, with the
// phrase that sets another model beside it as a clause of its own.
func (sp *Speaker) subject(text string, start, end int, prev audit.About, all []portion) []portion {
	at := start + len(text[start:end]) - len(strings.TrimLeft(text[start:end],
		" \t\r\n,;，；>*_-+#•\"'“([`~0123456789.)"))
	if at > start && strings.ContainsAny(text[start:at], "0123456789") {
		at = start + len(text[start:end]) - len(strings.TrimLeft(text[start:end], " \t\r\n,;，；>*_-+#•\"'“([`~"))
	}
	for {
		n := connective.FindStringIndex(text[at:end])
		if n == nil || n[1] == 0 {
			break
		}
		at += n[1]
	}
	if n := opener.FindStringIndex(text[at:end]); n != nil && at+n[1] < end {
		if who := sp.lastNamed(text[at:at+n[1]], ""); Others(who) {
			all = append(all, portion{start, at + n[1], who})
			start = at + n[1]
		}
		at += n[1]
	}
	rest := text[at:end]
	who := sp.SubjectOf(rest, prev)
	if sp.ofOtherSize(rest) && !onThisPage.MatchString(text) {
		who = audit.AboutSibling
	}
	return append(all, portion{start, end, who})
}

// MaxSubject is how far into a clause its subject is looked for, in bytes.
const MaxSubject = 80

// SubjectOf says whom a clause is about.
func (sp *Speaker) SubjectOf(rest string, prev audit.About) audit.About {
	switch {
	case ownSubject.MatchString(rest):
		return sp.object(rest)
	case sp.sinceVersion(rest):
		return audit.AboutOwn
	case earlier.MatchString(rest), sp.bareVersion(rest):
		return audit.AboutSibling
	case Others(prev) && TheModel.MatchString(rest):
		return prev
	}
	if m := makers.FindStringSubmatch(rest); m != nil {
		return sp.Class(m[1])
	}
	if TheModel.MatchString(rest) {
		return ""
	}
	named := sp.telling(rest)
	if len(named) > 0 && named[0].Start <= MaxSubject && !verb.MatchString(rest[:named[0].Start]) &&
		(writtenOn.MatchString(rest[:named[0].Start]) || !role.MatchString(rest[:named[0].Start])) {
		c := sp.Class(named[0].Name)
		switch {
		case !Others(c):
			return c
		case instrument.MatchString(rest[named[0].End:]), partOf.MatchString(rest[named[0].End:]):
			return ""
		case c == audit.AboutSibling && sp.namesOwn(rest, named):
			return audit.AboutOwn
		}
		return c
	}
	for _, p := range []*pattern.Regexp{possessive, plainName} {
		if m := p.FindStringSubmatch(rest); m != nil && len(m[1]) > 2 &&
			!commonSubjects.MatchString(strings.ToLower(m[1])) {
			return sp.Class(m[1])
		}
	}
	return sp.within(rest, named)
}

// bareVersion reports whether a clause is about a version by its number alone which is not the model's.
func (sp *Speaker) bareVersion(rest string) bool {
	m := versionAlone.FindStringSubmatch(rest)
	if m == nil || versionToo.MatchString(rest[len(m[0]):]) {
		return false
	}
	numbered := false
	for _, id := range slices.Concat(sp.models, sp.bases) {
		for _, v := range identity.Parse(id).Version {
			if numbered = true; identity.WholeVersion(v) == identity.WholeVersion(m[1]) {
				return false
			}
		}
	}
	return numbered
}

// versionAlone matches such a subject: "Version 1 was", "V1.5 used".
var versionAlone = pattern.MustCompile(`^(?i:version |v)(\d+(?:\.\d+)?) (?:was|were|is|had|has|used?s?|saw|came)\b`)

// sinceVersion reports whether a clause begins with a version from which on it holds, and the model is of that or
// a later one.
func (sp *Speaker) sinceVersion(rest string) bool {
	m := versionSince.FindStringSubmatch(rest)
	if m == nil {
		return false
	}
	first := identity.WholeVersion(m[1])
	return slices.ContainsFunc(sp.models, func(id string) bool {
		return slices.ContainsFunc(identity.Parse(id).Version, func(v string) bool {
			return identity.CompareVersions(identity.WholeVersion(v), first) >= 0
		})
	})
}

// versionSince matches the beginning of such a clause: "from 1.0 on it may not be sold".
var versionSince = phrases.ExpressionOf("whose.version-since")

// versionToo matches another version that the same clause goes on to: "..., from 1.0 on it may be sold".
var versionToo = pattern.MustCompile(`(?i)\b(?:from|since|until|before|as of|versions?|v) ?v?\d+(?:\.\d+)*\b`)

// namesOwn reports whether a clause that begins with a sibling's name is about
// this model too: it is named beside it, by name or by size ("Falco-7B and 13B"),
// or all models are spoken of.
func (sp *Speaker) namesOwn(rest string, named []identity.Mention) bool {
	if sp.ofAll(rest, named) && !sp.otherVersion(named[0]) {
		return true
	}
	subject := rest[:min(len(rest), named[0].End+MaxSubject)]
	if at := verb.FindStringIndex(subject[named[0].End:]); at != nil {
		subject = subject[:named[0].End+at[0]]
	}
	for _, m := range named[1:] {
		if m.End <= len(subject) && !Others(sp.Class(m.Name)) && beside.MatchString(rest[named[0].End:m.Start]) {
			return true
		}
	}
	marks := markWord.FindAllString(strings.ToLower(subject[named[0].End:]), -1)
	if len(marks) == 0 {
		return false
	}
	for _, id := range slices.Concat(sp.models, sp.bases) {
		n := identity.Parse(id)
		if slices.ContainsFunc(slices.Concat(n.Sizes, n.Version), func(mark string) bool {
			return slices.ContainsFunc(marks, func(given string) bool {
				return identity.WholeVersion(given) == identity.WholeVersion(mark)
			})
		}) {
			return true
		}
	}
	return false
}

// ofAll reports whether a clause speaks of all models of the family. All of another version are others: its name
// stands within the words for them or right before, as in "the Falco 1 family of models".
func (sp *Speaker) ofAll(clause string, named []identity.Mention) bool {
	return slices.ContainsFunc(sharedByAll.FindAllStringIndex(clause, maxShared), func(all []int) bool {
		return !slices.ContainsFunc(named, func(m identity.Mention) bool {
			return m.Start < all[1] && m.End >= all[0]-len(" ") && sp.otherVersion(m)
		})
	})
}

// maxShared bounds how often a clause may speak of all models.
const maxShared = 10

// otherVersion reports whether a name is of another version of the family.
func (sp *Speaker) otherVersion(m identity.Mention) bool {
	return sp.Class(m.Name) == audit.AboutSibling && slices.ContainsFunc(slices.Concat(sp.models, sp.bases),
		func(id string) bool {
			return identity.Related(m.Name, id) == identity.Sibling && identity.OtherVersion(m.Name, id)
		})
}

// object says whom a clause of the makers is about: of what "we" release, train
// or describe, if that is named and is not this model's, or the page's own.
func (sp *Speaker) object(rest string) audit.About {
	found := audit.About("")
	for _, m := range sp.Mentions(rest) {
		switch c := sp.Class(m.Name); {
		case !Others(c):
			return c
		case found == "" && madeObject.MatchString(rest[:m.Start]) && !partOf.MatchString(rest[m.End:]):
			found = c
		case found != "", role.MatchString(rest[:m.Start]), partOf.MatchString(rest[m.End:]),
			instrument.MatchString(rest[m.End:]):
		case c == audit.AboutSibling && makersOwn.MatchString(rest), releasedOf.MatchString(rest[:m.Start]):
			found = c
		}
	}
	if found != "" && !sp.ofAll(rest, sp.Mentions(rest)) {
		return found
	}
	return audit.AboutOwn
}

var (
	// beside joins the names of a subject.
	beside = pattern.MustCompile(`(?:,|，|、|/|&|\b(?i:and|or|und|as well as)\b|和|与|及)[\s*_\[(` + "`" + `]*$`)
	// markWord matches sizes and versions among words.
	markWord = pattern.MustCompile(`\bv?(?:\d+x)?\d+(?:\.\d+)*[bm]?\b`)
	// releasedOf leads to the name of what is released: "release the code of".
	releasedOf = phrases.ExpressionOf("whose.released-of")
	// madeObject leads to what was trained or released itself.
	madeObject = phrases.ExpressionOf("whose.made-object")
	// makersOwn is a subject by which makers speak of themselves, and not of this model.
	makersOwn = pattern.MustCompile(`^(?i:we|ours?|us|wir|nous|nosotros)\b|^(?:我们|当社|我々)`)
	// earlier is a subject that is another version of the model.
	earlier = phrases.ExpressionOf("whose.earlier")
)

// sizedNoun is a model by its size or version alone: "the 70B version", "for our 12B parameter models",
// "the v2 models".
var sizedNoun = phrases.ExpressionOf("whose.sized-noun")

// onThisPage matches how a sentence says that it is about the model of its page, whatever size it gives that.
var onThisPage = pattern.MustCompile(`(?i)\b(?:this|the present) (?:card|page|repo(?:sitory)?|model)\b`)

// ofOtherSize reports whether a clause is about models of other sizes of the family, which it gives alone, and not
// before about all. What served in the making is no such.
func (sp *Speaker) ofOtherSize(rest string) bool {
	sized := sizedNoun.FindAllStringSubmatchIndex(rest, maxShared)
	if len(sized) == 0 {
		return false
	}
	named := sp.Mentions(rest)
	return !sp.ofAll(rest[:sized[0][1]], named) && !slices.ContainsFunc(sized, func(m []int) bool {
		size := rest[m[2]:m[3]]
		return sp.bareMark(size) != audit.AboutSibling && !sp.laterThanFirst(size) ||
			sp.nearSize(size) || role.MatchString(rest[:m[2]])
	}) && !slices.ContainsFunc(named, func(m identity.Mention) bool { return !Others(sp.Class(m.Name)) && m.Sized })
}

// laterThanFirst reports whether a mark is a version after the first, and the model's name gives a size and no version.
func (sp *Speaker) laterThanFirst(mark string) bool {
	version, later := strings.CutPrefix(strings.ToLower(mark), "v")
	return later && version != "0" && version != "1" && !strings.HasPrefix(version, "1.") &&
		!strings.HasPrefix(version, "0.") && len(sp.models) > 0 &&
		!slices.ContainsFunc(sp.models, func(id string) bool {
			n := identity.Parse(id)
			return len(n.Version) > 0 || len(n.Sizes) == 0
		})
}

// nearSize reports whether a size may be the model's own, rounded.
func (sp *Speaker) nearSize(size string) bool {
	given := identity.Parameters("model-" + size)
	return slices.ContainsFunc(slices.Concat(sp.models, sp.bases), func(id string) bool {
		own := identity.Parameters(id)
		return own > 0 && given > 0.75*own && own > 0.75*given
	})
}

// dataAddress is how an address on a hub begins that leads to data.
const dataAddress = "datasets/"

// telling lists the names in a clause that tell whom it is about: those of this
// model and its base, and of others what can be nothing but a model's name.
func (sp *Speaker) telling(rest string) []identity.Mention {
	return slices.DeleteFunc(slices.Clone(sp.Mentions(rest)), func(m identity.Mention) bool {
		before := rest[max(0, m.Start-MaxSubject):m.Start]
		address := before[strings.LastIndexAny(before, " \n(|")+1:]
		c := sp.Class(m.Name)
		return c == audit.AboutOther && !m.Sized || Others(c) && strings.Contains(address, dataAddress)
	})
}

// wholeName reports whether a text gives the model's whole name, however it is
// written, and not as the beginning of a longer one.
func (sp *Speaker) wholeName(text string) bool {
	text = strings.ToLower(text)
	for _, name := range sp.whole {
		for from := 0; ; {
			at := strings.Index(text[from:], name)
			if at < 0 {
				break
			}
			start, end := from+at, from+at+len(name)
			if !goesOn.MatchString(text[end:]) && !endsIn.MatchString(text[:start]) {
				return true
			}
			from = end
		}
	}
	return false
}

var (
	goesOn = pattern.MustCompile(`^(?:[a-z0-9]|[-_.][a-z0-9])`)
	endsIn = pattern.MustCompile(`(?:[a-z0-9]|[a-z0-9][-_.])$`)
)

// within says whom a clause without a telling subject is about, from the names
// further in: one of this model decides; one of another that did not serve in
// the making leaves it untold, and so not this model's.
func (sp *Speaker) within(rest string, named []identity.Mention) audit.About {
	found := audit.About("")
	if sp.wholeName(rest) {
		return audit.AboutOwn
	}
	for i, m := range named {
		switch c := sp.Class(m.Name); {
		case !Others(c):
			return c
		case c == audit.AboutSibling && sp.namesOwn(rest, named[i:]):
			return audit.AboutOwn
		case found == "" && !role.MatchString(rest[:m.Start]) && !partOf.MatchString(rest[m.End:]):
			found = c
		}
	}
	switch {
	case found == audit.AboutSibling && sp.ofAll(rest, named), found != "" && firstPerson.MatchString(rest) &&
		sp.object(rest) == audit.AboutOwn:
		return audit.AboutOwn
	case found == "" && firstPerson.MatchString(rest):
		return sp.object(rest)
	}
	return found
}

var firstPerson = pattern.MustCompile(`(?i)\b(?:we|our|us|this model|this repository)\b|我们|本模型`)
