package licences

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// A model may be named as what another was made from, and nobody read its pages.

// baseDoubt finds a model that the page names in words as what this one was made
// from, of which no page was read, and whose family is known to come under licences
// that limit: then an open licence is not the last word.
func (in *Reader) baseDoubt() (d *audit.Document, at audit.Span, note string) {
	named := in.NamedBases()
	for _, n := range named {
		if id, ok := familyLicence(n.Name); ok && licenceClass(id) != Open {
			return n.Doc, n.Span, fmt.Sprintf("it was made from %s, of which no page was read and whose family comes "+
				"under licences that limit use (%s)", n.Name, id)
		}
	}
	card := in.ownDocument(audit.DocModelCard)
	if card == nil || len(named) > 0 || in.Subject.Base != "" || len(in.Of(audit.DocModelCard)) > 1 {
		return nil, at, ""
	}
	if id, ok := namedAfter(path.Base(in.ID())); ok && licenceClass(id) != Open {
		return card, at, fmt.Sprintf("its name is that of models under %s, and no page says what it was made from", id)
	}
	return nil, at, ""
}

var (
	// makingWord matches words that may tell what a model was made from, and noParent those by which
	// a sentence that names another model tells something else; in small letters.
	makingWord = phrases.ExpressionOf("licence.making-word")
	noParent   = phrases.ExpressionOf("licence.no-parent")
	// dataNoun matches words for data, which a model may be tuned on, and tunesIt what is tuned right behind it.
	dataNoun = phrases.ExpressionOf("licence.data-noun")
	tunesIt  = phrases.ExpressionOf("licence.tunes-it")
	// hubName matches what may be a model's id on a hub, in a text: no part of a longer path.
	hubName = pattern.MustCompile(`(?:^|[\s` + "`" + `"'(\[:：,，、。]|[\p{Han}\p{Hangul}\p{Hiragana}])` +
		`([A-Za-z0-9][\w.-]{1,38}/[A-Za-z][\w.]*[-\d_][\w.-]*)(/)?`)
	// rootModel matches the address of a model that the hub keeps under a name without an owner.
	rootModel = pattern.MustCompile(`(?i)\b(?:huggingface\.co|hf\.co)/([a-z][\w.]*-[\w.-]*\w)(?:[\s)"'>,]|$)`)
	// sized matches what only names of models have.
	sized = pattern.MustCompile(`(?i)-(?:base|small|large|tiny|mini|medium|xl|un?cased)\b|-\d+[bm]\b`)
	// ofRelease finds the name of what a sentence says is released, and itselfTrained a sentence in small letters which
	// tells of the model whose name "[]" stands for how its own makers trained it.
	ofRelease     = phrases.ExpressionOf("licence.of-another-release")
	itselfTrained = phrases.ExpressionOf("licence.itself-trained")
	// trainedOn matches words that a data set or a program follows, where its name bears no size.
	trainedOn = phrases.ExpressionOf("licence.trained-on")
	// startsThere matches what tells, behind a name, that it is what a training began with, goesOnFrom the same before it.
	startsThere = phrases.ExpressionOf("licence.starts-there")
	goesOnFrom  = phrases.ExpressionOf("licence.goes-on-from")
	// fileName matches the end of a path of a file.
	fileName = pattern.MustCompile(`(?i)\.(?:py|json|jsonl|md|txt|safetensors|bin|gguf|ya?ml|sh|ipynb|pt|csv|png|jpe?g|html?)$`)
)

// besideMaking finds, in the page as it was served, a model that stands beside words of making, of
// other makers and named by its id, or of a family under licences that limit: it may be what the
// model was made from though no wording of that is known.
func (in *Reader) besideMaking(d *audit.Document) (audit.Span, string) {
	served := audit.Document{Body: in.ServedBody(d)}
	for _, p := range page.Passages(&served, page.Parse(served.Body)) {
		text := strings.ToLower(p.Text)
		if len(text) > maxLimitText || !makingWord.MatchString(text) {
			continue
		}
		ofData := noParent.MatchString(text)
		if ofData && noParent.MatchString(dataNoun.ReplaceAllString(text, "")) {
			continue // more than a word for data tells that no parent is meant
		}
		raw := p.Raw()
		if m := ofRelease.FindSubmatch(raw); m != nil && !fileName.Match(m[1]) && !madeThing.Match(bytes.ToLower(m[1])) &&
			identity.Related(string(m[1]), in.ID()) != identity.Same {
			continue // news of another model
		}
		for _, name := range in.othersIn(d, raw) {
			small := strings.ToLower(name)
			if !makingWord.MatchString(strings.ReplaceAll(text, small, " ")) {
				continue // "distil" may be in a name
			}
			before, _, _ := strings.Cut(text, small)
			if !ofData || tunesIt.MatchString(before) { // a word for data beside it may make the name that of data
				return in.SeenSpan(d, p.Span), name
			}
		}
	}
	return audit.Span{}, ""
}

// othersIn are the models of other makers that a text of a page links on a hub or names by an id, and
// those whose family comes under a licence that limits and is not the model's own.
func (in *Reader) othersIn(d *audit.Document, text []byte) (names []string) {
	add := func(id string) {
		if !identity.SameMaker(path.Dir(id), path.Dir(in.ID())) &&
			identity.Related(path.Base(id), in.ID()) != identity.Same {
			names = append(names, id)
		}
	}
	for _, link := range document.ModelLinks(text) {
		add(link.Value)
	}
	for _, m := range rootModel.FindAllSubmatch(text, 8) {
		// else it is whoever has an account there
		if name := string(m[1]); sized.MatchString(name) {
			add(name)
		}
	}
	for _, m := range hubName.FindAllSubmatchIndex(text, 8) {
		id := strings.TrimRight(string(text[m[2]:m[3]]), ".-")
		if m[4] < 0 && !document.InURL(text, m[2]) && !fileName.MatchString(id) &&
			(sized.MatchString(id) || !namesData(text[:m[2]], text[m[3]:])) && !in.elsewhereOnPage(d, id) {
			add(id)
		}
	}
	for _, m := range in.Speaker.Mentions(string(text)) {
		id, ok := familyLicence(m.Name)
		if ok && licenceClass(id) != Open && !document.InURL(text, m.Start) &&
			!itselfTrained.MatchString(strings.ToLower(string(text[:m.Start])+"[]"+string(text[m.End:]))) &&
			!slices.ContainsFunc(in.licences, func(own licence) bool {
				return own.component == "weights" && own.id == id
			}) && in.othersFamily(d, m.Name) {
			names = append(names, m.Name)
		}
	}
	return names
}

// namesData reports whether a name stands where data or a program does: "trained on X", and not "trained with X as its start".
func namesData(before, behind []byte) bool {
	before, behind = bytes.ToLower(before), bytes.ToLower(behind)
	return trainedOn.Match(before) && !goesOnFrom.Match(before) && !startsThere.Match(behind)
}

// othersFamily reports whether a name is that of a model of other makers' family: neither the model's
// own nor one that goes on from it, and the page links none of that family by the model's makers.
func (in *Reader) othersFamily(d *audit.Document, name string) bool {
	own := path.Base(in.ID())
	if identity.Related(name, in.ID()) == identity.Same ||
		strings.HasPrefix(identity.Squash(name), identity.Squash(own)) ||
		identity.SameMaker(identity.Family(name), identity.Owner(in.ID())) {
		return false
	}
	return !slices.ContainsFunc(document.ModelLinks(in.ServedBody(d)), func(link document.Reading) bool {
		return identity.SameMaker(path.Dir(link.Value), path.Dir(in.ID())) &&
			identity.Squash(link.Value) != identity.Squash(in.ID()) &&
			identity.Related(path.Base(link.Value), name) == identity.Same
	})
}

// elsewhereOnPage reports whether the page gives an id's address as that of data or of a repository of
// code, or calls it data.
func (in *Reader) elsewhereOnPage(d *audit.Document, id string) bool {
	body := in.ServedBody(d)
	same := func(other string) bool { return strings.EqualFold(other, id) }
	for _, m := range document.HubDataset.FindAllSubmatch(body, maxAddresses) {
		if same(string(m[1])) {
			return true
		}
	}
	return in.CalledData(d, id) || slices.ContainsFunc(document.RepositoriesIn(body, maxAddresses), same)
}

// maxAddresses bounds how many addresses of a page are looked through.
const maxAddresses = 200

// namedAfter is the licence of one version of a family that a name holds, version and all.
func namedAfter(name string) (string, bool) {
	words, whole := identity.Parse(name).Words, identity.Squash(name)
	for _, v := range identity.VersionMarks(name) {
		for i := range words {
			family := strings.Join(words[i:], " ")
			id, ok := license.Normalize(family + " " + v)
			if ok && license.FamilyOf(id) != "" && strings.Contains(id, "-"+v) &&
				strings.Contains(whole, identity.Squash(words[len(words)-1]+v)) {
				return id, true
			}
		}
	}
	return "", false
}

// familyLicence is the licence that models of a name come under, by its family and
// version, where a licence is named after them.
func familyLicence(name string) (string, bool) {
	n := identity.Parse(path.Base(name))
	words := strings.Join(n.Words, " ")
	for _, v := range identity.VersionMarks(name) {
		if id, ok := license.Normalize(words + " " + v); ok {
			return id, true
		}
	}
	if id, ok := license.Normalize(words); ok && license.FamilyOf(id) != "" {
		return license.Precise(words, id), true
	}
	if family := "LicenseRef-" + n.Family; license.FamilyOf(family) != "" {
		return family, true
	}
	return "", false
}
