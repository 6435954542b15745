package licences

import (
	"slices"

	"openness/audit/phrases"
)

// What takes words of limits back: a grant, a word that nobody need be asked, an aim.

// takenBackWithout are the values of the book that take words back, and the classes
// beside which they do not. A grant is no last word where something confines, forbids
// or asks; that nobody need be asked is none where the use is denied; what makers aim
// at limits nothing by itself.
var takenBackWithout = map[string]wordClass{
	"granted": firm,
	"unasked": firm | denies,
	"aim":     firm | demands,
}

// holdsAny reports whether a mark is of one of the classes.
func holdsAny(marks []markedWord, classes wordClass) bool {
	return slices.ContainsFunc(marks, func(m markedWord) bool { return m.class&classes != 0 })
}

// grantsAll reports whether a sentence says that trade may use the model, with no word
// that confines, denies, demands or names a size, a time or a country. Where it names
// study too, the two must be joined: "companies may use it for evaluation" grants little.
func grantsAll(text string, marks []markedWord) bool {
	const limits = firm | denies | demands | ofThreshold | ofTime | ofPlace | ofField
	if !holdsAny(marks, grants) || !holdsAny(marks, ofTrade|ofMarket) || holdsAny(marks, limits) ||
		onTrial.MatchString(text) {
		return false
	}
	for _, study := range marks {
		if study.class != ofStudy {
			continue
		}
		joined := slices.ContainsFunc(marks, func(m markedWord) bool {
			from, to := min(study.end, m.end), max(study.start, m.start)
			return m.class&(ofTrade|ofMarket) != 0 && from < to && jointly.MatchString(text[from:to])
		})
		if !joined {
			return false
		}
	}
	return true
}

// onTrial matches words by which a grant may be one to try the model, or to use it within
// one's own house.
var onTrial = phrases.ExpressionOf("licence.on-trial")

// jointly matches words that join two uses.
var jointly = phrases.ExpressionOf("licence.jointly")
