package papers

import (
	"slices"
	"strings"

	"openness/audit/pattern"
	"openness/audit/phrases"
)

// The title of a work tells what it is on: one that bears a name is on what is called so.

// TitleName is the name that a title begins with, "Falco" of "Falco: A Small Model" and of "Falco Technical Report",
// or "" where the words before the colon are no name.
func TitleName(title string) string {
	title = strings.TrimSpace(paperLabel.ReplaceAllString(braces.Replace(title), ""))
	head, _, found := strings.Cut(title, ":")
	if !found {
		m := reportTitle.FindStringSubmatch(title)
		if m == nil || plainWord.MatchString(strings.ToLower(m[1])) {
			return ""
		}
		head = m[1]
	}
	head = strings.TrimSpace(head)
	words := strings.Fields(head)
	if len(words) == 0 || len(words) > MaxNameWords || strings.HasSuffix(head, "?") {
		return ""
	}
	proper := slices.ContainsFunc(words, func(w string) bool { return properName.MatchString(w) })
	if !proper && (len(words) > 1 || !capitalised.MatchString(head)) {
		return ""
	}
	return head
}

// MaxNameWords bounds the words of a name in a title.
const MaxNameWords = 3

var (
	// braces are what BibTeX keeps capitals with.
	braces = strings.NewReplacer("{", "", "}", "")
	// paperLabel matches what a link's text puts before a title.
	paperLabel = pattern.MustCompile(`(?i)^\W*(?:paper|arxiv|preprint|report|title|publication)\W+`)
	// reportTitle matches the title of a report that is called after a model.
	reportTitle = pattern.MustCompile(`(?i)^(\S+(?: \S*\d\S*)?) (?:(?:technical|tech) report|(?:model|system) card)$`)
	// properName matches a word that can only be a name: capitals inside or a figure.
	properName  = pattern.MustCompile(`[a-z\d-][A-Z]|[A-Z]{2,}|[A-Za-z]\d`)
	capitalised = pattern.MustCompile(`^[A-Z]\w+$`)
	// plainWord matches a word that describes a paper and names none.
	plainWord = phrases.ExpressionOf("papers.plain-word")
)
