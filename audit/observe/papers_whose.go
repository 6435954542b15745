package observe

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// Whose paper it is. A page that asks to cite one work may mean its tools, its data or
// what the model was tuned from. The title tells: a work that bears a name is on what
// is called so.

// titleName is the name that a title begins with, "Falco" of "Falco: A Small Model", or
// "" where the words before the colon are no name.
func titleName(title string) string {
	head, _, found := strings.Cut(paperLabel.ReplaceAllString(braces.Replace(title), ""), ":")
	head = strings.TrimSpace(head)
	words := strings.Fields(head)
	if !found || len(words) == 0 || len(words) > maxNameWords || strings.HasSuffix(head, "?") {
		return ""
	}
	proper := slices.ContainsFunc(words, func(w string) bool { return properName.MatchString(w) })
	if !proper && (len(words) > 1 || !capitalised.MatchString(head)) {
		return ""
	}
	return head
}

// maxNameWords bounds the words of a name in a title.
const maxNameWords = 3

var (
	// braces are what BibTeX keeps capitals with.
	braces = strings.NewReplacer("{", "", "}", "")
	// paperLabel matches what a link's text puts before a title.
	paperLabel = pattern.MustCompile(`(?i)^\W*(?:paper|arxiv|preprint|report|title|publication)\W+`)
	// properName matches a word that can only be a name: capitals inside or a figure.
	properName  = pattern.MustCompile(`[a-z\d-][A-Z]|[A-Z]{2,}|[A-Za-z]\d`)
	capitalised = pattern.MustCompile(`^[A-Z]\w+$`)
)

// ofAnother reports whether a title begins with the name of something that is neither
// the model nor its makers nor a repository of theirs.
func (r *paperReader) ofAnother(title string) bool {
	name := titleName(title)
	if name == "" {
		return false
	}
	squashed := identity.Squash(name)
	if strings.HasPrefix(r.subject.ID, "github:") {
		return false // a repository may hold more models than its name tells
	}
	if identity.Related(name, r.id()) == identity.Sibling {
		return true
	}
	if r.family.MatchString(name) || slices.Contains(identity.Parts(path.Base(r.id())), squashed) ||
		len(squashed) >= identity.MinShared && strings.Contains(identity.Squash(r.subject.ID+r.subject.Name),
			squashed) {
		return r.borrows(name)
	}
	return !r.ofOwnProject(squashed) && !r.madeFor(name)
}

// ofOwnProject reports whether a name is that of a repository of the model's own, or of
// one that its makers have and its card links.
func (r *paperReader) ofOwnProject(squashed string) bool {
	if slices.ContainsFunc(r.repositories(), func(id string) bool {
		project := identity.Squash(path.Base(id))
		return len(project) >= identity.MinFamily && r.ownRepository(id) &&
			(strings.Contains(project, squashed) || strings.Contains(squashed, project))
	}) {
		return true
	}
	stem := strings.TrimRight(squashed, "0123456789")
	maker := identity.Owner(r.id())
	return len(stem) >= identity.MinFamily && slices.ContainsFunc(r.makers(), func(d *audit.Document) bool {
		return slices.ContainsFunc(repositoriesIn(d.Body, maxLinked), func(id string) bool {
			return identity.OwnerLikeness(path.Dir(id), maker) > 1 &&
				strings.HasPrefix(identity.Squash(path.Base(id)), stem)
		})
	})
}

// made matches how a page says for which work its model was made.
var made = pattern.MustCompile(
	`\b(?:developed|trained|introduced|released|presented|proposed|described|created|built|part)\b`,
)

// madeFor reports whether the model's pages say that it was made for the work of a name:
// "the model was developed for Nest".
func (r *paperReader) madeFor(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(r.makers(), func(d *audit.Document) bool {
		return slices.ContainsFunc(r.prose(d), func(p page.Passage) bool {
			at := strings.Index(p.Text, name)
			return at > 0 && theModel.MatchString(p.Text) && made.MatchString(p.Text[:at]) &&
				!usedWork.MatchString(p.Text[:at])
		})
	})
}

// titleLinked is the title of the paper that a link leads to, as far as a link of the
// model's pages gives it: this one or another to the same paper.
func (r *paperReader) titleLinked(l page.Link) string {
	if titleName(l.Text) != "" {
		return l.Text
	}
	return r.linkTitles[arxivNumber(l.URL)]
}

// titlesLinked gathers the titles that links of pages give to papers of an archive.
func (r *paperReader) titlesLinked(pages []*audit.Document) {
	for _, d := range pages {
		for _, l := range r.card(d).Links() {
			if id := arxivNumber(l.URL); id != "" && titleName(l.Text) != "" && r.linkTitles[id] == "" {
				r.linkTitles[id] = l.Text
			}
		}
	}
}

// calledSo reads links to an archive on pages below a repository's front page whose
// text is the whole name of the model.
func (r *paperReader) calledSo(d *audit.Document) {
	name := identity.Parse(r.id())
	if !strings.Contains(d.Path, "/") || len(name.Version)+len(name.Sizes) == 0 {
		return
	}
	for _, l := range r.card(d).Links() {
		if !l.InCode && arxivID.MatchString(l.URL) && identity.Squash(l.Text) == identity.Squash(name.Model) {
			r.add(d, r.shown(d, r.card(d), l), "paper.preprint", "archived", "own",
				"The page links to it by the model's name.")
		}
	}
}

// scopeOfWork says whose a cited work is that a page calls its own or the base's.
func (r *paperReader) scopeOfWork(d *audit.Document, title, scope string) string {
	switch {
	case scope != "own":
		return scope
	case r.borrows(title):
		return r.scopeOfBase()
	case r.ofAnother(title) && bears(titleName(title), r.speaker.base):
		return "base"
	case r.ofAnother(title), dataOfFamily.MatchString(title) && r.family.MatchString(title):
		return "related"
	}
	return r.scopeOf(d, title, scope)
}

// dataOfFamily matches the title of a work on the data that a model was trained on,
// which names the model for that: "The Nest Dataset for Falco".
var dataOfFamily = pattern.MustCompile(`(?i)\b(?:data ?sets?|corpus|benchmark) (?:for|of|behind) `)

// borrows reports whether a text gives the family's name alone where the model bears
// that of what others made, and no word of the model's own.
func (in *input) borrows(text string) bool {
	own := in.borrowed()
	if len(own) == 0 || !in.family.MatchString(text) {
		return false
	}
	squashed := identity.Squash(text)
	return !slices.ContainsFunc(own, func(word string) bool { return strings.Contains(squashed, word) })
}

// scopeOfBase is the scope of a work on what the model was made from: where nobody
// named that, it is of kin.
func (r *paperReader) scopeOfBase() string {
	if r.subject.Base != "" {
		return "base"
	}
	return "related"
}

// readBorrowed gives the words of the model's name that are its own where the family's
// name before them is that of somebody else's model, which this one was tuned from.
func (in *input) readBorrowed() []string {
	if in.isCopy() || !hasHubModel(in.subject) {
		return nil
	}
	name := identity.Parse(in.id())
	base := in.subject.Base
	squashedBase := identity.Squash(path.Base(base))
	if base != "" && (identity.SameMaker(identity.Owner(base), name.Account) ||
		!strings.Contains(squashedBase, name.Family)) {
		return nil
	}
	var words []string
	for _, part := range identity.Parts(name.Model) {
		squashed := identity.Squash(part)
		if len(squashed) < identity.MinShared || strings.Contains(name.Family, squashed) ||
			strings.Contains(squashedBase, squashed) ||
			identity.VariantWord(part) || identity.CommonWord(part) || slices.Contains(name.Sizes, part) ||
			strings.Trim(part, "v0123456789.") == "" {
			continue
		}
		words = append(words, squashed)
	}
	if len(words) == 0 || in.accountBearsName() || base == "" && !in.tunedFromNamesake(name) {
		return nil
	}
	return words
}

var (
	// tunedInName matches a name that says what it was tuned from and for.
	tunedInName = pattern.MustCompile(`(?i)[a-z0-9][-_.]fine-?tuned[-_.][a-z]`)
	// sizeThenName matches a name that goes on in a word behind its size.
	sizeThenName = pattern.MustCompile(`(?i)[-_]\d+(?:\.\d+)?[bm][-_][a-z]{4}`)
	// official matches what the pages of a family's makers say, or what others say of them
	// on the page of the very model.
	official = pattern.MustCompile(`(?i)\bteam releasing\b|\b(?:first|originally) released (?:in|at|on|with)\b`)
)

// tunedFromNamesake reports whether a model of which no base is named was tuned from
// somebody else's of the same name: its card or its name says so, and nothing shows
// that the family is its makers'.
func (in *input) tunedFromNamesake(name identity.Name) bool {
	for _, d := range in.of(audit.DocModelCard) {
		if d.Role != audit.RoleEnd || !readable(d) {
			continue
		}
		body := in.servedBody(d)
		if official.Match(body) || in.presentsFamily(body) || in.linksOwnProject(body, name) {
			return false
		}
		return tunedInName.MatchString(name.Model) || in.familyTuned().Match(body) ||
			sizeThenName.MatchString(name.Model) && in.madeUntold(in.partsWithoutNames) != nil
	}
	return false
}

// partsWithoutNames are the parts of a page that repeat the base's, as far as they do
// not show by a name of which it is being asked whose it is.
func (in *input) partsWithoutNames(d *audit.Document) []audit.Span {
	return in.readBaseParts(d, func(string) bool { return false })
}

// familyTuned matches "Falco model fine-tuned on songs" and "fine-tuned version of Falco".
func (in *input) familyTuned() *pattern.Regexp {
	family := identity.FamilyPattern(in.subject)
	return pattern.MustCompile(`(?i)\b` + family +
		`(?:[- ][\w.]+){0,2} fine-?tuned (?:on|for|with|using) |\bfine-?tuned (?:version )?(?:of|from) (?:an? ` +
		`|the )?(?:\w+'s )?\W{0,3}` + family + `\b`)
}

// presentsFamily reports whether a page says that its makers made the family.
func (in *input) presentsFamily(body []byte) bool {
	return pattern.MustCompile(`(?i)\bwe (?:\w+ )?(?:present|introduc|propos|releas|develop` +
		`|open-?sourc)\w* [^.\n]{0,60}` + identity.FamilyPattern(in.subject)).Match(body)
}

// linksOwnProject reports whether a page links a repository of the makers' own that is
// named after the family.
func (in *input) linksOwnProject(body []byte, name identity.Name) bool {
	return slices.ContainsFunc(repositoriesIn(body, maxLinked), func(id string) bool {
		repository := identity.Squash(path.Base(id))
		return identity.OwnerLikeness(path.Dir(id), name.Account) > 1 && strings.HasPrefix(repository, name.Family) &&
			repository != identity.Squash(name.Model) // its own training code, under its whole name
	})
}

// underOther reports whether a passage or link stands in a part of a page that repeats
// the base's page or tells of it.
func (r *paperReader) underOther(d *audit.Document, at int) bool { return inParts(r.baseParts(d), at) }

// whichIs matches how a sentence goes on to tell of what it links right before: "[Nest](...),
// which is introduced in", "[Nest](...) described in".
var whichIs = pattern.MustCompile(`(?i)\[([^\]\n]{1,80})\]\([^)\s]*\),?\s+(?:(?:which|that)\s+(?:is|was|were|are` +
	`|has been)\s+)?(?:\w+ )?(?:introduced|described|presented|proposed|published|detailed)\s+(?:in|by)\s*$`)

// ofAntecedent reports whether the words before a link tell that it leads to the paper
// of what is linked right before.
func (r *paperReader) ofAntecedent(before string) bool {
	m := whichIs.FindStringSubmatch(before)
	return m != nil && !r.family.MatchString(m[1])
}

// ofTool is ofAntecedent for the words before a bare address, within a link's brackets.
func (r *paperReader) ofTool(before string) bool {
	if open := strings.LastIndexByte(before, '['); open >= 0 {
		before = before[:open]
	}
	return r.ofAntecedent(before)
}

// underlying matches a sentence on what a model was made from.
var underlying = pattern.MustCompile(`(?i)^\W*(?:the |its )?(?:underlying|original|base|parent` +
	`|foundation) (?:[\w.-]+ ){0,4}(?:model|checkpoint|backbone)\b[^.]{0,40}\b(?:is|was|were|has been)\b`)

// behindModel matches the end of what stands before a bracket where that is a link to a
// model on a hub.
var behindModel = pattern.MustCompile(
	`\]\(https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+)/?\)\s*\(\[?$`,
)

// ofLinkedModel reports whether a link stands in a bracket behind a link to another model.
func (r *paperReader) ofLinkedModel(before string) bool {
	m := behindModel.FindStringSubmatch(before)
	return m != nil && !strings.EqualFold(m[1], r.id())
}

// ofLine reports whether the text of a link is the family's name and nothing else where
// the model is a later generation: it names the first of the line.
func (r *paperReader) ofLine(text string) bool {
	name := identity.Parse(r.id())
	return identity.Squash(text) == name.Family && r.versionOf(name.Model) >= 2
}

// laterMarks are the marks of the model's version where that is not the first.
func (r *paperReader) laterMarks() []string {
	marks := identity.VersionMarks(path.Base(r.id()))
	if slices.ContainsFunc(marks, func(mark string) bool {
		version, err := strconv.ParseFloat(strings.TrimLeft(mark, "abcdefghijklmnopqrstuvwxyz"), 64)
		return err == nil && version > 1 && version < maxVersion
	}) {
		return marks
	}
	return nil
}

// maxVersion is above the versions of models: the number of a patch or a month is higher.
const maxVersion = 12

// earlierNumber reports whether a name gives the family another number, behind the point
// too, than the model's: "Falco 3" where the model is Falco 3.2.
func (r *paperReader) earlierNumber(title string) bool {
	marks, theirs := r.laterMarks(), r.versionOf(title)
	return len(marks) > 0 && theirs > 0 && theirs != r.versionOf(path.Base(r.id())) &&
		!identity.HasMarks([]byte(title), marks)
}

// ofEarlierPage reports whether a page is that of a repository of another version, which
// does not name the model's.
func (r *paperReader) ofEarlierPage(d *audit.Document) bool {
	return d.Place == audit.GitHubRepo && r.earlierNumber(path.Base(d.PlaceID)) &&
		!identity.HasMarks(r.servedBody(d), r.laterMarks())
}

// firstOfLine reports whether a citation is of the first of a line of models, of which
// the model is a later one: its title gives the family's name alone, and an archive had
// it in a month before the model was there.
func (r *paperReader) firstOfLine(e page.Entry) bool {
	number := arxivNumber("arxiv:" + e.Fields["eprint"] + " " + e.Fields["journal"] + " " + e.Fields["url"])
	released := releaseDate(r.input)
	if len(r.laterMarks()) == 0 || number == "" || len(released) == 0 ||
		identity.Squash(titleName(e.Fields["title"])) != identity.Parse(r.id()).Family {
		return false
	}
	return "20"+number[:2]+"-"+number[2:4] < released[0].Value[:len("2006-01")]
}

// originalPaper matches a statement that leads to the first paper of a line of models.
var originalPaper = pattern.MustCompile(
	`(?i)\b(?:the|see) original \W{0,2}((?:[\w.+-]+ ){0,2})\W{0,2}(?:paper|report|preprint)\b`,
)

// ofFirst reports whether a statement leads to the original paper of the family where
// the model is not the first of it: it was tuned from others', or is a later version.
func (r *paperReader) ofFirst(said string) bool {
	m := originalPaper.FindStringSubmatch(said)
	switch base := r.subject.Base; {
	case m == nil:
		return false
	case base != "" && !r.isCopy() && !identity.SameMaker(identity.Owner(base), identity.Owner(r.id())):
		return true
	}
	return r.family.MatchString(m[1]) && len(identity.VersionMarks(path.Base(r.id()))) > 0
}

// baseCitation gives the entry among works that a page asks to cite which is on what the
// page says that the model was made from.
func (r *paperReader) baseCitation(d *audit.Document, entries []page.Entry) (page.Entry, bool) {
	from := ""
	for _, said := range derivations(r.servedBody(d)) {
		from += " " + identity.Squash(said.value)
	}
	for _, e := range entries {
		name := titleName(e.Fields["title"])
		where := e.Fields["journal"] + e.Fields["eprint"] + e.Fields["archiveprefix"] + e.Fields["url"]
		if name == "" || !archives.MatchString(where) {
			continue
		}
		squashed := identity.Squash(name)
		if len(squashed) >= identity.MinShared && strings.Contains(from, squashed) ||
			bears(name, r.speaker.base) && !bears(name, r.speaker.own) {
			return e, true
		}
	}
	return page.Entry{}, false
}

// ofBase reports whether a link in the head of a page leads to the paper of what the
// model was made from: it stands in a part on that, its sentence is about that, or it
// gives the name that the model took over and none of the model's own.
func (r *paperReader) ofBase(d *audit.Document, l page.Link) bool {
	if r.underOther(d, l.Span.Start) {
		return true
	}
	p, ok := r.passageAt(d, l.Span.Start)
	if !ok || linkList(p) {
		return r.borrows(l.Text) || r.ofLine(l.Text)
	}
	said := string(d.Body[p.Span.Start:p.Span.End])
	return underlying.MatchString(said) || r.ofLine(l.Text) || r.ofFirst(said) || r.borrows(l.Text) || r.borrows(said)
}
