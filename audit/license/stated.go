package license

import (
	"bytes"
	"strings"

	"openness/audit/pattern"
)

// Stated is the id of the licence that a text of a few words puts its work under without
// being its text: the notice that a licence asks files to carry, or a sentence that names
// one licence and says nothing else. It is "" where the text says more, such as of what
// the licence is, or names several.
func Stated(text []byte, r Result) string {
	if len(r.Matches) > 0 || len(r.Mentions) == 0 || len(text) > longestStatement {
		return ""
	}
	id, rest := r.Mentions[0].License, bytes.Clone(text)
	own := make(map[string]bool)
	for _, m := range r.Mentions {
		if m.License != id {
			return ""
		}
		for _, w := range statedWord.FindAllString(strings.ToLower(string(text[m.Start:m.End])), -1) {
			own[w] = true
		}
		copy(rest[m.Start:m.End], bytes.Repeat([]byte(" "), m.End-m.Start))
	}
	rest = holderLine.ReplaceAll(rest, nil)
	for _, w := range statedWord.FindAllString(strings.ToLower(string(rest)), -1) {
		if !own[w] && !statingWords[w] {
			return ""
		}
	}
	return id
}

// longestStatement is how long a text may be, in bytes, that only states a licence.
const longestStatement = 3000

var (
	statedWord = pattern.MustCompile(`[\pL\pN]+`)
	// holderLine matches a line that says whose a work is.
	holderLine = pattern.MustCompile(`(?im)^[ \t*#/]*(?:copyright|\(c\)|©)[^\n]{0,200}$`)
)

// statingWords are what a statement of a licence says beside its name. Of what it is, if it
// is not "this", is not among them: that is for the reader of the page to say.
var statingWords = func() map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq("this the it project repository repo work software is are licensed licenced released " +
		"distributed made available published under license licence licensing terms of a as and in by see full text " +
		"for details copy at version v all rights reserved spdx identifier https http www file") {
		set[w] = true
	}
	return set
}()
