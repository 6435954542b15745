package licences

import (
	"fmt"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/license"
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
	// hubName matches what may be a model's id on a hub; a word and another joined by a stroke are none.
	hubName = pattern.MustCompile(`(?:^|[\s` + "`" + `"'(\[:：,，、。/]|huggingface\.co/|[\p{Han}\p{Hangul}\p{Hiragana}])` +
		`([A-Za-z0-9][\w.-]{1,38}/[A-Za-z][\w.]*[-\d_][\w.-]*)`)
	// notModelAddress matches the beginning of an address of a data set or of a repository on a forge.
	notModelAddress = pattern.MustCompile(`huggingface\.co/datasets/|(?:github|gitlab|bitbucket|codeberg)\.(?:com|org)/`)
	// trainedOn matches words that a data set or a program follows, where its name bears no size.
	trainedOn = phrases.ExpressionOf("licence.trained-on")
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
		if len(text) > maxLimitText || !makingWord.MatchString(text) || noParent.MatchString(text) {
			continue
		}
		for _, name := range in.othersIn(string(served.Body[p.Span.Start:p.Span.End])) {
			return in.SeenSpan(d, p.Span), name
		}
	}
	return audit.Span{}, ""
}

// othersIn are the models of other makers that a text names by an id, and those whose family
// comes under a licence that limits.
func (in *Reader) othersIn(text string) (names []string) {
	low := strings.ToLower(text)
	for _, m := range hubName.FindAllStringSubmatchIndex(text, 8) {
		id := strings.TrimRight(text[m[2]:m[3]], ".-")
		if fileName.MatchString(id) || identity.SameMaker(path.Dir(id), path.Dir(in.ID())) ||
			identity.Related(path.Base(id), in.ID()) == identity.Same ||
			notModelAddress.MatchString(low) && strings.Contains(notModelAddress.ReplaceAllString(low, "\x00"), "\x00"+strings.ToLower(id)) ||
			trainedOn.MatchString(low[:min(m[2], len(low))]) && !sizeName.MatchString(strings.ToLower(id)) {
			continue
		}
		names = append(names, id)
	}
	for _, m := range in.Speaker.Mentions(text) {
		if id, ok := familyLicence(m.Name); ok && licenceClass(id) != Open && identity.Related(m.Name, in.ID()) != identity.Same {
			names = append(names, m.Name)
		}
	}
	return names
}

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
