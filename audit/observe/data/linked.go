package data

import (
	"strings"

	"openness/audit/observe/document"
	"openness/audit/pattern"
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
	setsApart = pattern.MustCompile(`\b(?:tested|testing|evaluat\w+|measured|compar\w+|overlap\w*|(?:larger|bigger|smaller` +
		`|cleaner|more \w+) than|unlike|rules? (?:of|from)|recipe (?:of|from)|authors? of|inspir\w+|format of|instead of` +
		`|rather than|contrary to|without)\b([^.;]{0,80})$`)
	// notUsed matches how words behind a link deny that it was used.
	notUsed = pattern.MustCompile(`^\W{0,3}(?:itself |data ?set |corpus )*(?:(?:was|were|is|are) (?:not|never)\b` +
		`|(?:wurden?|ist|sind) nicht\b|n['’]a pas\b|不在|并未|没有|は使用して|는 사용하지)`)
	// ofEarlier matches the beginning of a sentence on another model than the page's.
	ofEarlier = pattern.MustCompile(`^\W*(?:an?|the|its|our|their|one)? ?(?:(?:earlier|previous|former|first|older) (?:checkpoint` +
		`|version|model|release)|cousin|sibling|sister|predecessor)\b[^.;]{0,60}\b(?:was|were|is|had)\b`)
	// builtOn matches how words before a link tell that new data was made from it; cleanedBy what is told of that behind it.
	builtOn = pattern.MustCompile(`\b(?:new|experimental|own|internal|larger|custom)\b[^.;]{0,60}\b(?:built|builds|based` +
		`|expand\w*|extend\w*|deriv\w*)(?: up)?(?:on| atop| on| from| of| upon| top of)+ (?:the )?$`)
	cleanedBy = pattern.MustCompile(`^[^.;]{0,40}\b(?:that|which) we (?:have )?(?:further )?(?:cleaned|filtered|extended|rewrote)`)
	// halfKept matches what a sentence says of the rest of the data.
	halfKept = pattern.MustCompile(`\b(?:(?:can ?not|can['’]t|may not|do not|will not|unable to) (?:be )?(?:shar\w+|releas\w+` +
		`|publish\w*|disclos\w+|open)|confidential|proprietary|private|not (?:public|released|open|shared)|in-house)\b`)
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
