package evidence

import (
	"strconv"
	"strings"

	"openness/reports"
)

// A dossier shows the same words once, however many facts and documents rest on
// them, and says at its further dimensions where they stand.

// A Wording is what observations of the same words say.
type Wording struct {
	Facts []Evidence // all of them; the first is shown
	Also  []Evidence // one of each further document that has the same words
	Under *seenAt    // where the words were shown before, nil for here
}

// seenAt is the judgement at which words are shown.
type seenAt struct{ Anchor, Name string }

// Seen remembers the words that a dossier has shown, and where.
type Seen map[string]*seenAt

// leastShared is from how many characters on the same words of two documents
// are one quote: short ones, as the name of a file, are the same by chance.
const leastShared = 25

// WordsKey tells which observations rest on the same words.
func WordsKey(e *Evidence) string {
	words := strings.Join(strings.Fields(e.Quote), " ")
	if len(words) >= leastShared {
		return words
	}
	return words + "\x00" + e.URL + "\x00" + e.SHA256 + "\x00" + strconv.Itoa(e.Start) + "\x00" + strconv.Itoa(e.End)
}

// Wordings puts observations together that rest on the same words, as first met.
func Wordings(list []Evidence) []Wording {
	quotes := []Wording{}
	index := make(map[string]int)
	for i := range list {
		e := &list[i]
		key := WordsKey(e)
		n, met := index[key]
		if !met {
			index[key] = len(quotes)
			quotes = append(quotes, Wording{Facts: []Evidence{*e}})
			continue
		}
		w := &quotes[n]
		if !w.says(e) {
			w.Facts = append(w.Facts, *e)
		}
		if !w.has(e) {
			w.Also = append(w.Also, *e)
		}
	}
	return quotes
}

// says reports whether the same was said of the words already.
func (w *Wording) says(e *Evidence) bool {
	for i := range w.Facts {
		if f := &w.Facts[i]; f.Fact == e.Fact && f.Value == e.Value && f.Note == e.Note {
			return true
		}
	}
	return false
}

// has reports whether the document is among those that have the words.
func (w *Wording) has(e *Evidence) bool {
	if w.Facts[0].URL == e.URL {
		return true
	}
	for i := range w.Also {
		if w.Also[i].URL == e.URL {
			return true
		}
	}
	return false
}

// note remembers the words of a judgement and says of those shown before where.
func (seen Seen) note(j *Judged) {
	here := &seenAt{j.Anchor, reports.Heading(j.Dimension)}
	j.here = here
	for i := range j.Quotes {
		w := &j.Quotes[i]
		key := WordsKey(&w.Facts[0])
		if before, ok := seen[key]; ok {
			w.Under = before
			continue
		}
		seen[key] = here
	}
}

// Move gives a judgement another anchor, which those that refer to its words
// then lead to.
func (j *Judged) Move(anchor string) {
	j.Anchor, j.here.Anchor = anchor, anchor
}

// fewWords of a quote remind of one that stands elsewhere, in characters.
const fewWords = 70
