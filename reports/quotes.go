package reports

import (
	"strconv"
	"strings"
)

// A dossier shows the same words once, however many facts and documents rest on
// them, and says at its further dimensions where they stand.

// A wording is what observations of the same words say.
type wording struct {
	Facts []Evidence // all of them; the first is shown
	Also  []Evidence // one of each further document that has the same words
	Under *seenAt    // where the words were shown before, nil for here
}

// seenAt is the judgement at which words are shown.
type seenAt struct{ Anchor, Name string }

// quotesSeen remembers the words that a dossier has shown, and where.
type quotesSeen map[string]*seenAt

// leastShared is from how many characters on the same words of two documents
// are one quote: short ones, as the name of a file, are the same by chance.
const leastShared = 25

// wordsKey tells which observations rest on the same words.
func wordsKey(e *Evidence) string {
	words := strings.Join(strings.Fields(e.Quote), " ")
	if len(words) >= leastShared {
		return words
	}
	return words + "\x00" + e.URL + "\x00" + e.SHA256 + "\x00" + strconv.Itoa(e.Start) + "\x00" + strconv.Itoa(e.End)
}

// wordings puts observations together that rest on the same words, as first met.
func wordings(list []Evidence) []wording {
	quotes := []wording{}
	index := make(map[string]int)
	for i := range list {
		e := &list[i]
		key := wordsKey(e)
		n, met := index[key]
		if !met {
			index[key] = len(quotes)
			quotes = append(quotes, wording{Facts: []Evidence{*e}})
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
func (w *wording) says(e *Evidence) bool {
	for i := range w.Facts {
		if f := &w.Facts[i]; f.Fact == e.Fact && f.Value == e.Value && f.Note == e.Note {
			return true
		}
	}
	return false
}

// has reports whether the document is among those that have the words.
func (w *wording) has(e *Evidence) bool {
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
func (seen quotesSeen) note(j *judged) {
	here := &seenAt{j.Anchor, heading(j.Dimension)}
	j.here = here
	for i := range j.Quotes {
		w := &j.Quotes[i]
		key := wordsKey(&w.Facts[0])
		if before, ok := seen[key]; ok {
			w.Under = before
			continue
		}
		seen[key] = here
	}
}
