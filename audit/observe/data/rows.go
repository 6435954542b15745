package data

import (
	"strings"

	"openness/audit/identity"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Sources that a sentence names in a row right behind what was trained on them: "trained on PouchWeb-2, NestCode and
// Wikipedia". A name of data joins words ("PouchWeb"); languages, programs and machines are written so too, so the row
// has to tell by itself that it is one of data.

const (
	nameOfSource = `(?:[Tt]he )?[A-Z][\w.+-]*(?: [A-Z][\w.+-]*| v?\d[\w.]*){0,3}(?: ?\([^)\n]{0,40}\))?`
	andThen      = `(?:, (?:and |the )?| and | & | with | plus )(?:the )?(?:\d[\w.,]* (?:tokens|hours|pairs|samples) of )?`
)

var (
	// rowOfSources matches such a row, and what follows it.
	rowOfSources = pattern.MustCompile(`(?:\b(?:[Tt]rained|[Tt]uned)(?: \w+){0,3} on|\b(?:corpus|data|dataset|mixture|mix) ` +
		`(?:consists? of|combines|comprises|is made up of|includes?)|\b[Tt]raining (?:data|corpus|mix(?:ture)?)\W{0,4}:\W{0,3})` +
		` ?(?:[^.\[\n:A-Z]{0,60} (?:from|of) )?(?:the )?(` + nameOfSource + `(?:` + andThen + nameOfSource + `)+)([^.\n]{0,30})`)
	// joinedWords matches a name that joins words.
	joinedWords = pattern.MustCompile(`\b[A-Z][a-z]+[A-Z][\w-]*[a-z]\w*`)
	// hearsay matches how a sentence tells what others say, madeByOther what a name behind the row's last made.
	hearsay     = phrases.ExpressionOf("data.hearsay")
	madeByOther = phrases.ExpressionOf("data.made-by-other")
)

// tellsOfData matches in a row what only data is called or counted in, calledData what the row is called behind it.
var (
	tellsOfData = phrases.ExpressionOf("data.tells-of-data")
	calledData  = phrases.ExpressionOf("data.called-data")
)

// namesInRow reports whether a text names sources in such a row.
func namesInRow(raw string) bool {
	m := rowOfSources.FindStringSubmatch(linkTarget.ReplaceAllString(raw, "]"))
	if m == nil || machine.MatchString(raw) || hearsay.MatchString(raw) || madeByOther.MatchString(m[2]) {
		return false
	}
	if row, _ := strings.CutSuffix(m[0], m[2]); !tellsOfData.MatchString(row) && !calledData.MatchString(m[2]) {
		return false
	}
	for _, word := range joinedWords.FindAllString(m[1], maxDatasets) {
		if !identity.NotName(word) {
			return true
		}
	}
	return false
}
