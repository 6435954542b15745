package data

import (
	"strings"

	"openness/audit/observe/document"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a sentence on training does with the dataset that it links: a model is trained on it, or on something made
// from it; or the sentence sets what the model was trained on apart from it.

// A bond is what ties a linked dataset to a training.
type bond int

const (
	learnt bond = iota // the sentence names it as what was learnt from
	partly             // what was learnt from was made from it, and more
	apart              // it was measured with, compared, copied in form, or not used
)

var (
	// setsApart matches how words before a link set it apart from what the model was trained on; no word for a training
	// stands between.
	setsApart = phrases.ExpressionOf("data.sets-apart")
	// notUsed matches how words behind a link deny that it was used.
	notUsed = phrases.ExpressionOf("data.not-used")
	// ofEarlier matches the beginning of a sentence on another model than the page's.
	ofEarlier = phrases.ExpressionOf("data.of-earlier")
	// builtOn matches how words before a link tell that new data was made from it; cleanedBy what is told of that behind it.
	builtOn   = phrases.ExpressionOf("data.built-on")
	cleanedBy = phrases.ExpressionOf("data.cleaned-by")
	// halfKept matches what a sentence says of the rest of the data.
	halfKept   = phrases.ExpressionOf("data.half-kept")
	trainsWord = pattern.MustCompile(`\b(?:train|tun)(?:ed|ing)\b`)
)

// bondOf says what ties the first dataset that a sentence links to the training of the page's model.
func bondOf(raw string) bond {
	at := document.HubDataset.FindStringIndex(raw)
	if at == nil {
		if at = dataHost.FindStringIndex(raw); at == nil {
			return learnt
		}
	}
	before, behind := strings.ToLower(raw[:at[0]]), strings.ToLower(raw[at[1]:])
	label := ""
	if open := strings.LastIndexByte(before, '['); open >= 0 {
		before, label = before[:open], before[open:]
	}
	_, behind, _ = strings.Cut(behind, ")")
	if m := setsApart.FindStringSubmatch(before); m != nil && !trainsWord.MatchString(m[1]) {
		return apart
	}
	switch {
	case notUsed.MatchString(behind), ofEarlier.MatchString(before + label):
		return apart
	case builtOn.MatchString(before), cleanedBy.MatchString(behind):
		return partly
	}
	return learnt
}
