package licences

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/phrases"
)

// Where a legal file lies, and how it is called, tells what it is of: the whole place, the
// weights in it, or a part that somebody else made.

// A placeOfTerms is what a legal file speaks for by its path.
type placeOfTerms int

// The places of terms.
const (
	ofWhole   placeOfTerms = iota // at the top, or among the pages on the whole
	ofWeights                     // in a folder of weights, or named as theirs
	aPart                         // in a folder of a repository's code, or of others' work
)

var (
	// othersFile matches the path of terms for what others made.
	othersFile = phrases.ExpressionOf("licence.of-others")
	// weightsFolder matches the path of what lies in a folder of weights.
	weightsFolder = phrases.ExpressionOf("licence.weights-folder")
	// termsFolder matches the path of what lies in a folder of pages on the whole.
	termsFolder = phrases.ExpressionOf("licence.terms-folder")
)

func termsPlace(d *audit.Document) placeOfTerms {
	file := strings.ToLower(d.Path)
	switch name := path.Base(file); {
	case othersFile.MatchString(file), ofData.MatchString(d.Path):
		return aPart
	case weightsFolder.MatchString(file), strings.Contains(file, "/") && calledModels.MatchString(name):
		return ofWeights
	case !strings.Contains(file, "/"), d.Place != audit.GitHubRepo, termsFolder.MatchString(file):
		return ofWhole
	}
	return aPart
}

// grantsWhole reports whether a legal file lies where it may grant anything of the whole: not within
// one of several models, whose terms may only limit, but right in a folder of weights at the top, or of terms.
func grantsWhole(d *audit.Document) bool {
	if d.Place != audit.GitHubRepo || document.IsMade(d) || termsPlace(d) != ofWeights {
		return true
	}
	file := strings.ToLower(d.Path)
	return strings.Count(file, "/") == 1 && (weightsFolder.MatchString(file) || termsFolder.MatchString(file))
}
