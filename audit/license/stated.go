package license

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	for _, m := range r.Mentions {
		if m.License != id || m.changed {
			return ""
		}
		copy(rest[m.Start:m.End], bytes.Repeat([]byte(" "), m.End-m.Start))
	}
	name := id
	if t, ok := TermsOf(id); ok {
		name += " " + t.Name
	}
	own := statedWord.FindAllString(strings.ToLower(name), -1)
	for _, at := range holder.FindAllIndex(rest, -1) {
		if line := rest[at[0]:at[1]]; namesAlone(line) {
			copy(line, bytes.Repeat([]byte(" "), len(line)))
		}
	}
	for _, w := range statedWord.FindAllString(strings.ToLower(string(rest)), -1) {
		if !slices.Contains(own, w) && !statingWords[w] {
			return ""
		}
	}
	return id
}

// longestStatement is how long a text may be, in bytes, that only states a licence.
const longestStatement = 3000

var (
	statedWord = pattern.MustCompile(`[\pL\pN]+`)
	// holder matches the beginning of a line that says whose a work is, up to where a
	// sentence ends: "Inc." and what stands before a family name end none.
	holder = pattern.MustCompile(`(?im)^[ \t*#/]*(?:copyright|\(c\)|©)` +
		`(?:\b(?:inc|ltd|corp|co|\pL)\.|\.\S|[^\n.])*`)
	// companyForm ends the name of a company, whatever that is called.
	companyForm = pattern.MustCompile(`\b(?:[Ii]nc|INC|[Ll]td|LTD|LLC|[Cc]orp|[Cc]o|Corporation|Limited|g?GmbH` +
		`|AG|SE|SA|SAS|BV|Foundation|University|Institute)\b[^\pL\pN]*$`)
	holderMail = pattern.MustCompile(`<\S+@\S+>`)
)

// namesAlone reports whether a line on whose a work is holds years and names and nothing
// else: a word in small letters may be one of what may not be done.
func namesAlone(line []byte) bool {
	if limitingLine(string(line)) && !limitInName(line) {
		return false
	}
	for _, w := range statedWord.FindAllString(string(holderMail.ReplaceAll(line, nil)), -1) {
		c, _ := utf8.DecodeRuneInString(w)
		short := isIdeograph(c) && utf8.RuneCountInString(w) <= longestHanName
		if !short && !unicode.IsUpper(c) && !unicode.IsDigit(c) && !holderWords[w] {
			return false
		}
	}
	return true
}

// limitInName reports whether the only word of a line that bears on what is allowed begins the
// name of a company, which ends the line: "Non-Commercial Imkerei GmbH".
func limitInName(line []byte) bool {
	form := companyForm.FindIndex(line)
	if form == nil {
		return false
	}
	var w words
	w.split(line[:form[0]])
	at := slices.IndexFunc(w.ids, limits().has)
	if at < 0 || bytes.ContainsAny(bytes.TrimRight(line[w.start[at]:form[0]], " ,"), ",;:()[]|/") {
		return false
	}
	for i, id := range w.ids {
		if i != at && bearing(id) || i >= at && !capitalised(line, int(w.start[i])) {
			return false
		}
	}
	return true
}

// longestHanName is how many signs the name of a person has that is written in Chinese.
const longestHanName = 4

// holderWords are the words in small letters beside the names of holders.
var holderWords = setOf("copyright c and or of the by its to de von van present all rights yyyy year name owner " +
	"com org ai reserved authors contributors affiliates team")

// statingWords are what a statement of a licence says beside its name. Of what it is, if it
// is not "this", is not among them: that is for the reader of the page to say.
var statingWords = setOf("this the it project repository repo work software is are licensed licenced " +
	"released distributed made available published under license licence licensing terms of a as and in by see " +
	"full text " +
	"for details copy at version v all rights reserved spdx identifier https http www file")

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
