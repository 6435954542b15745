// Package legal knows how files with legal terms are called, in the languages that makers
// of models write in, and which of them are not plain text.
//
// In: names of files, words of links. Out: whether they promise terms. What the terms are
// is for the readers of licences to say.
package legal

import (
	"path"
	"slices"
	"strings"

	"openness/audit/pattern"
)

// documentTypes are the endings of files whose text has to be taken out first.
var documentTypes = []string{".pdf", ".html", ".htm", ".docx", ".odt", ".doc"}

// IsDocument reports whether a file is, by its name, no plain text but a document.
func IsDocument(file string) bool {
	return slices.Contains(documentTypes, strings.ToLower(path.Ext(file)))
}

// words are what the names of terms hold in other languages than English. A word for any
// agreement or condition ("contrat", "协议") counts only beside one for use: protocols and
// conditions of a boundary are called so too.
var words = pattern.MustCompile(`许可|許可|^[协協][议議]|(?:使用|用[户戶]|服[务務]|授[权權]|社区|模型)[协協][议議]|条款|條款|授权书` +
	`|ライセンス|利用規約|使用許諾|利用条件|(?:使用|利用|許諾)契約|契約書` +
	`|라이선스|라이센스|이용약관|약관|사용권|lizenz|nutzungsbedingung|nutzungsvereinbarung|licencia|licença|licenza` +
	`|(?:conditions|contrat)[-_ ](?:d['’_-]|de[-_ ](?:l['’_-])?)(?:util|usage)|conditions[-_ ]g[eé]n[eé]rales` +
	`|t[eé]rminos|condiciones[-_ ]de`)

// InOtherWords reports whether a name holds a word for terms in another language than
// English.
func InOtherWords(name string) bool { return words.MatchString(strings.ToLower(name)) }

// english are the words of links and names that promise the terms of a model.
var english = pattern.MustCompile(`licen[cs]e|agreement|terms[-_ ](?:of|and)|eula|(?:use|usage)[-_ ]policy`)

// apart are terms of something else: what contributors sign, how data of visitors is kept.
var apart = pattern.MustCompile(`contribut|\bcla\b|privacy|cookie|third[-_ ]part`)

// Promises reports whether words, of a link or a name, promise the terms of what a page
// is about.
func Promises(words string) bool {
	lower := strings.ToLower(words)
	return (english.MatchString(lower) || InOtherWords(lower)) && !apart.MatchString(lower)
}
