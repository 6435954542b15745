package observe

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// What a model's own page and its base's tell of each other's data.

// isCopy reports whether the model is its base in another format: then the base's
// page is its own, and so is what it repeats of it.
func (in *input) isCopy() bool {
	return identity.Parse(in.id()).Format != "" || in.subject.Base != "" && identity.SameName(in.subject.Base, in.id())
}

var (
	// baseHeading matches the heading of what a page repeats of its base's page.
	baseHeading = pattern.MustCompile(`^\W*(?:the )?(?:original|base|source|parent|upstream` +
		`|foundation) model(?:'s)?(?: (?:card|information|readme))?\W*(?::|$)`)
	// original begins such a heading where the model may be a copy of what it names.
	original = pattern.MustCompile(`^\W*(?:the )?(?:original|source|upstream)\b`)
	// repeatsCard matches a sentence that says that the base's page follows.
	repeatsCard = pattern.MustCompile(`\b(?:below|following|what follows|this) is (?:the |a copy of the )?(?:original` +
		`|base model(?:'s)?|unmodified|initial) (?:model ?card|readme)\b|\boriginal model ?card (?:is )?(?:below` +
		`|follows)\b`)
)

// baseParts are the parts of a page of the model's own that repeat the page of
// its base: there "the fine-tuning data" is the base's.
func (in *input) baseParts(d *audit.Document) []audit.Span {
	spans, known := in.repeats[d]
	if !known {
		spans = in.readBaseParts(d, in.borrows)
		in.repeats[d] = spans
	}
	return spans
}

// readBaseParts finds them. borrows tells of a name in a heading whether it is the base's
// although it is the model's too.
func (in *input) readBaseParts(d *audit.Document, borrows func(name string) bool) (spans []audit.Span) {
	if !mainPage(d) || d.Role == audit.RoleBase || in.isCopy() {
		return nil
	}
	c := in.card(d)
	for i, s := range c.Sections {
		heading := strings.ToLower(s.Heading)
		repeats := baseHeading.MatchString(heading) && (in.subject.Base != "" || !original.MatchString(heading))
		if i < 2 || !repeats && !in.tellsOfBase(s.Heading, borrows) && (s.Level > 1 ||
			!in.titleOfBase(s.Heading, c.Sections[1].Heading)) {
			continue
		}
		end := len(d.Body)
		for _, next := range c.Sections[i+1:] {
			if next.Level <= s.Level {
				end = next.Title.Start
				break
			}
		}
		spans = append(spans, audit.Span{Start: s.Title.Start, End: end})
	}
	if in.subject.Base == "" && in.accountBearsName() {
		return spans
	}
	for _, p := range in.prose(d) {
		if repeatsCard.MatchString(p.Text) {
			return append(spans, audit.Span{Start: p.Span.End, End: len(d.Body)})
		}
	}
	return spans
}

// onNamed matches a heading that says of which model the part below it tells.
var onNamed = pattern.MustCompile(`(?i)^\W*(?:model card (?:for|of)|details (?:of` +
	`|on)) (?:the )?([\w.-]+(?: [\w.]*\d[\w.]*)?)\W*$|^\W*([\w.-]+(?: [\w.]*\d[\w.]*)?) model card\W*$`)

// tellsOfBase reports whether a heading says that the part below it is on the model
// that this one was made from: its name gives no word of this model's own.
func (in *input) tellsOfBase(heading string, borrows func(name string) bool) bool {
	m := onNamed.FindStringSubmatch(heading)
	if m == nil {
		return false
	}
	name := m[1] + m[2]
	if borrows(name) {
		return true
	}
	if base := in.subject.Base; base == "" || identity.SameMaker(identity.Owner(base), identity.Owner(in.id())) {
		return false
	}
	return len(identity.Sizes(name)) > 0 && identity.Related(name, in.id()) != identity.Same &&
		identity.Related(name, in.id()) != identity.Thing
}

// titleOfBase reports whether a heading of the highest level, below the page's title,
// is the title of the base's page: its name and nothing else. Of a base that nobody
// names the model bears the name, and its makers do not.
func (in *input) titleOfBase(heading, title string) bool {
	base := in.subject.Base
	if base == "" {
		if in.accountBearsName() || identity.Squash(heading) == identity.Squash(title) {
			return false
		}
		base = in.id()
	}
	name := strings.Trim(heading, " *_`#")
	return len(identity.Parse(name).Version) > 0 && !identity.SameName(name, in.id()) &&
		strings.Count(name, " ") < maxTitleWords &&
		identity.SameFamily(name, base) && identity.Related(name, base) == identity.Same
}

// accountBearsName reports whether the makers' account is named as the model's family is.
func (in *input) accountBearsName() bool {
	return strings.Contains(identity.Squash(path.Dir(in.id())), identity.Family(path.Base(in.id())))
}

// maxTitleWords bounds the blanks in a title that is a name and nothing else.
const maxTitleWords = 4

// inParts reports whether an offset lies in one of the spans.
func inParts(spans []audit.Span, at int) bool {
	return slices.ContainsFunc(spans, func(s audit.Span) bool { return s.Start <= at && at < s.End })
}

// throughTuned lowers what is known of the data of later training where the model
// was tuned from one of other makers that was itself tuned and whose page does not
// give the data of that: then not all of what the model learnt there is known.
// Where that page could not be looked at, and the name does not say that the base
// was not tuned, it stays open.
func (r *dataReader) throughTuned(found []audit.Observation) []audit.Observation {
	base := r.subject.Base
	if base == "" || r.isCopy() || identity.SameMaker(identity.Owner(base), identity.Owner(r.subject.ID)) {
		return found
	}
	card := r.baseCard(base)
	tuned := identity.Tuned(base) || card != nil && r.tunedItself(card) || !strings.EqualFold(r.rootBase(base), base)
	if lost := r.lostBase(base); !tuned && card == nil && lost != nil && !identity.NamedBase(base) {
		return r.untoldBase(found, lost)
	}
	if !tuned || r.given(base) || card != nil && r.givesData(card) {
		return found
	}
	if onlyListed(found, fineData, "Data is linked; the model was tuned from "+base+
		", which was itself tuned, and the data of that is not given.") && card == nil {
		if d := r.baseDocument(base); d != nil {
			found = append(found, audit.From(d, fineData, audit.NotFetched, "The model was tuned from "+base+
				", which was itself tuned, and its page was not read."))
		}
	}
	return found
}

// untoldBase leaves open what is known of the data of later training where a base's
// page was not looked at: it may tell that the base was tuned on other data.
func (r *dataReader) untoldBase(found []audit.Observation, lost *audit.Document) []audit.Observation {
	if onlyListed(found, fineData, "Data is linked; whether the base was itself tuned on other data is not known.") {
		finding, _ := unseen(lost)
		found = append(found, audit.From(lost, fineData, finding, "It may tell that "+r.subject.Base+
			" was itself tuned."))
	}
	return found
}

// looksAtBase are the attempts to look at a base of the name, of some kinds.
func (in *input) looksAtBase(base string, kinds ...audit.DocKind) []*audit.Document {
	return slices.DeleteFunc(in.of(kinds...), func(d *audit.Document) bool {
		return d.Role != audit.RoleBase || !strings.EqualFold(d.PlaceID, base)
	})
}

// baseCard is the card of a base that was read, or nil.
func (in *input) baseCard(base string) *audit.Document {
	for _, d := range in.looksAtBase(base, audit.DocModelCard) {
		if readable(d) {
			return d
		}
	}
	return nil
}

// lostBase is an attempt to look at a base that gave nothing to read, or nil.
func (in *input) lostBase(base string) *audit.Document {
	for _, d := range in.looksAtBase(base, audit.DocModelAPI, audit.DocModelCard) {
		if _, missing := unseen(d); missing {
			return d
		}
	}
	return nil
}

// baseDocument is any attempt to look at a base, or the first of the makers' pages.
func (in *input) baseDocument(base string) *audit.Document {
	pages := append(in.looksAtBase(base, audit.DocModelCard, audit.DocModelAPI), in.makers()...)
	if len(pages) == 0 {
		return nil
	}
	return pages[0]
}

// givesData reports whether a card lists or links data as what its model was
// trained on.
func (r *dataReader) givesData(d *audit.Document) bool {
	for _, f := range r.card(d).Front.All("datasets") {
		if strings.TrimSpace(f.Value) != "" && !unfindable.MatchString(f.Value) {
			return true
		}
	}
	return slices.ContainsFunc(r.prose(d), func(p page.Passage) bool {
		return hubDataset.Match(d.Body[p.Span.Start:p.Span.End]) && r.onTraining(p) &&
			!evalStage.MatchString(p.Heading) && !evalStage.MatchString(p.Text)
	})
}

// unfindable matches an entry of front matter that is no dataset's name: it tells
// that the data is the makers' own.
var unfindable = pattern.MustCompile(`(?i)^(?:[\w-]*[-_ ])?(?:custom|private|proprietary|internal|in-?house|own` +
	`|personal|undisclosed|confidential|unreleased|secret)(?:[-_ ][\w -]*)?$|^(?:n/?a|none|null|tbd|unknown|various` +
	`|multiple|other|mixed?)$`)
