// Package document tells what a fetched document is and what stands in it: whether
// it could be read, its links, the calls that load a model, the fields of an answer
// in JSON. It knows no subject, so it cannot say whom anything is about.
package document

import (
	"net/http"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// CardFile matches the name of a file that is a model's card.
var CardFile = pattern.MustCompile(`(?i)model[-_ ]?card[^/]*\.(md|rst|txt|mdx)$|^model\.md$|model_cards?/`)

// BelowPackage is a path without the folder that bears the repository's own name: a
// package is called after its repository, and not after a model of the family.
func BelowPackage(file, repository string) string {
	name := identity.Squash(path.Base(repository))
	parts := strings.Split(file, "/")
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool {
		return identity.Squash(part) == name && !strings.HasSuffix(part, "+") // "FalcoT5+" is another than FalcoT5
	}), "/")
}

// Inside reports whether a file lies in one of some folders.
func Inside(file string, folders []string) bool {
	for _, folder := range folders {
		if strings.HasPrefix(file, folder) {
			return true
		}
	}
	return false
}

// CardLike reports whether a document is a model card, whose sections speak of
// the model itself.
func CardLike(d *audit.Document) bool {
	return d.Kind == audit.DocModelCard || CardFile.MatchString(d.Path)
}

// AsideFolders hold prose about something other than how the model was made:
// its evaluation, its use, somebody else's code.
var AsideFolders = phrases.ExpressionOf("document.aside-folders")

// asideFiles are prose files that never say how a model was made.
var asideFiles = phrases.ExpressionOf("document.aside-files")

// Translations are READMEs in a language that these patterns do not read.
var Translations = pattern.MustCompile(`(?i)readme[-_.]?(zh|cn|ja|jp|ko|kr|fr|es|de|ru|pt|it|tr|vi|ar|hant|chs)`)

// FormerPages are READMEs that were kept beside the one that replaced them: in a
// fork they are its origin's, elsewhere they are out of date.
var FormerPages = pattern.MustCompile(`(?i)^readme[-_.]?(?:orig(?:inal)?|old|former|upstream|backup|bak)\b`)

// maxFolderDepth is how deep in a repository prose still speaks for the model.
const maxFolderDepth = 3

// Background reports whether the document may say how the model was made.
func Background(d *audit.Document) bool {
	if d.Path == "" || d.Kind == audit.DocModelCard {
		return true
	}
	return strings.Count(d.Path, "/") <= maxFolderDepth && !AsideFolders.MatchString(d.Path) &&
		!asideFiles.MatchString(path.Base(d.Path)) && !Translations.MatchString(path.Base(d.Path))
}

// ProsePage reports whether a document is a page that people wrote for readers.
func ProsePage(d *audit.Document) bool {
	switch d.Kind {
	case audit.DocModelCard, audit.DocReadme, audit.DocProse, audit.DocDataCard:
		return true
	}
	return false
}

// A Place is a span of a document as it was served, for a fact.
type Place struct {
	Fact, url  string
	start, end int
}

// PlaceOf is where an observation was read.
func PlaceOf(o *audit.Observation) Place { return Place{o.Fact, o.URL, o.Start, o.End} }

// A Key names a document that was served.
type Key struct{ URL, SHA256 string }

// InEnglish turns the headings that the phrase book knows into English ones; where
// they stand on the page stays as it is.
func InEnglish(c *page.Page) {
	for i := range c.Sections {
		if english := phrases.Heading(c.Sections[i].Heading); english != "" {
			c.Sections[i].Heading = english
		}
	}
}

// Readable reports whether the document gave bytes that can be read.
func Readable(d *audit.Document) bool {
	return (d.Outcome == audit.Fetched || d.Outcome == audit.NotModified) && len(d.Body) > 0 && !errorText(d)
}

// refusal matches the words in which hubs say that there is no such file.
var refusal = phrases.ExpressionOf("document.refusal")

// longestRefusal is more than such words take: a page that is longer is a page.
const longestRefusal = 200

// errorText reports whether a card's bytes are a hub's word that there is none,
// kept as if it were one: it says nothing of the model.
func errorText(d *audit.Document) bool {
	return (d.Kind == audit.DocModelCard || d.Kind == audit.DocDataCard) && len(d.Body) < longestRefusal &&
		refusal.Match(d.Body)
}

// ShutOut reports whether a host answered that this reader may not have a place: private, taken down, or not there.
func ShutOut(d *audit.Document) bool {
	refused := d.Outcome == audit.Refused &&
		(d.Status == http.StatusUnauthorized || d.Status == http.StatusUnavailableForLegalReasons)
	return refused || OwnersAlone(d)
}

// OwnersAlone reports whether a host showed a place to a token of its owners, and so said that it is private.
func OwnersAlone(d *audit.Document) bool {
	return d.Outcome == audit.Refused && d.Status == http.StatusOK
}

// Unseen returns the finding for a document that gave nothing to read, and
// false when it was read or is known not to exist.
func Unseen(d *audit.Document) (audit.Finding, bool) {
	switch d.Outcome {
	case audit.Refused:
		return audit.Denied, true
	case audit.Failed, audit.Skipped:
		return audit.NotFetched, true
	}
	return "", false
}

// Answer says what became of a request, without what the server said besides.
func Answer(d *audit.Document) string { return serverWords.ReplaceAllString(d.Detail, "$1") }

// serverWords matches what a server says beside the number of its answer: the number says why there was nothing to
// read, its words are about programs and accounts.
var serverWords = pattern.MustCompile(`(?s)( \(\d{3}\)|\banswers \d{3}):.*$`)

// TextMark is what the address of such a text ends in: no server gave it.
const TextMark = "#text"

// IsText reports whether a document is the text of a paper or report.
func IsText(d *audit.Document) bool { return d.Kind == audit.DocProse && IsMade(d) }

// IsMade reports whether a document is the text that was made of another one.
func IsMade(d *audit.Document) bool { return strings.HasSuffix(d.URL, TextMark) }

// A Reading is a value and the span it was read from.
type Reading struct {
	Value string
	Span  audit.Span
}

// MainPage reports whether a document is a model's card or the README at the
// root of a repository: the page that speaks for the whole.
func MainPage(d *audit.Document) bool {
	return d.Kind == audit.DocModelCard || FrontPage(d) && !Translations.MatchString(d.Path)
}

// FrontPage reports whether a document is the README at the root of a repository, in whatever language.
func FrontPage(d *audit.Document) bool {
	return d.Kind == audit.DocReadme && !strings.Contains(d.Path, "/")
}

// A Memory keeps the answers to a question that is asked again and again of the same
// keys. The zero Memory has none yet.
type Memory[K comparable, V any] struct{ answers map[K]V }

// Of is the answer for a key, which is worked out when it is first asked for.
func (m *Memory[K, V]) Of(key K, ask func(K) V) V {
	answer, known := m.answers[key]
	if !known {
		answer = ask(key)
		if m.answers == nil {
			m.answers = make(map[K]V)
		}
		m.answers[key] = answer
	}
	return answer
}

// Forget drops the answer for a key.
func (m *Memory[K, V]) Forget(key K) { delete(m.answers, key) }
