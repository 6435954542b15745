package data

import (
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Sources that a sentence names in a row right behind what was trained on them: "trained on PouchWeb-2, NestCode and
// Wikipedia". A name of data joins words ("PouchWeb"); languages, programs and machines are written so too, so the row
// has to tell by itself that it is one of data.

var (
	// rowOfSources matches such a row, what leads to it and what follows it.
	rowOfSources = phrases.ExpressionOf("data.row-of-sources")
	// nameInRow matches a name in it, joinedWords one that joins words, madeName one that is made up in another way.
	nameInRow   = pattern.MustCompile(`[A-Za-z]{0,2}[A-Z][\w.+-]*(?: [A-Z][\w.+-]*)*`)
	joinedWords = pattern.MustCompile(`\b[A-Z]+[a-z]+[A-Z][\w-]*[a-z]\w*`)
	madeName    = pattern.MustCompile(`^[A-Za-z]+-?\d|^[A-Z]{3,}\b|^[a-z]{1,2}[A-Z]|-[A-Z]`)
	// knownSource matches a source that everybody knows by its name.
	knownSource = phrases.ExpressionOf("data.known-source")
	// hearsay matches how a sentence tells what others say, madeByOther what a name behind the row's last made.
	hearsay     = phrases.ExpressionOf("data.hearsay")
	madeByOther = phrases.ExpressionOf("data.made-by-other")
)

// tellsOfData matches in a row what only data is called or counted in, calledData what the row is called behind it.
var (
	tellsOfData = phrases.ExpressionOf("data.tells-of-data")
	calledData  = phrases.ExpressionOf("data.called-data")
)

// namesInRow reports whether a text names sources in such a row. Under a heading or behind a label on data any made-up
// name is one; elsewhere it joins words, or everybody knows it and the row has another that is known.
func namesInRow(raw, heading string) bool {
	raw = linkTarget.ReplaceAllString(raw, "]")
	m := rowOfSources.FindStringSubmatch(raw)
	if m == nil || !done(raw, strings.Index(raw, m[0])) || machine.MatchString(m[0]) || hearsay.MatchString(raw) || madeByOther.MatchString(m[3]) {
		return false
	}
	onData := dataTitle.MatchString(heading) || strings.HasSuffix(strings.TrimRight(m[1], " *_"), ":")
	if row, _ := strings.CutSuffix(m[0], m[3]); !onData && !tellsOfData.MatchString(row) &&
		!calledData.MatchString(m[3]) {
		return false
	}
	known := 0
	for _, name := range nameInRow.FindAllString(m[2], maxDatasets) {
		switch {
		case knownSource.MatchString(name):
			known++
		case identity.NotName(name):
		case joinedWords.MatchString(name), onData && madeName.MatchString(name):
			return true
		}
	}
	return known > 1 || onData && known > 0 && !strings.Contains(raw, "("+m[2]) // one in brackets is an example
}

// done reports whether a text tells at a place of what was done.
func done(raw string, at int) bool {
	mode, _ := phrases.Read(raw).At(at)
	return mode == string(audit.Done)
}
