package licences

import (
	"bytes"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// A sentence that names another model first is taken off a page as that model's: "as the
// data came from X, this model must not be sold". What such a sentence goes on to say of
// the page's own model is looked at here, in the page as it was served.

// ownWords matches words for the model that a page presents, in small letters.
var ownWords = phrases.ExpressionOf("licence.own-words")

// hiddenReach is how many sentences that are off the page are looked at.
const hiddenReach = 40

// cautionedHidden looks for a limit on the page's own model in sentences that the view
// leaves out, from the word for the model on.
func (in *Reader) cautionedHidden(d *audit.Document, of []licence) *caution {
	v, ok := in.Views[document.Key{URL: d.URL, SHA256: d.SHA256}]
	if !ok || !opens(of) {
		return nil
	}
	if row := in.limitedVariant(v.Served); row != "" {
		at := v.Seen(bytes.Index(v.Served, []byte(row)))
		return &caution{doc: d, span: audit.Span{Start: at, End: at}, said: row}
	}
	looked, asked := 0, 0 // and how many sentences may still be an answer to what was asked of its use
	for at := 0; at < len(v.Served) && looked < hiddenReach; {
		end := endOfSentence(v.Served, at)
		sentence := audit.Span{Start: at, End: end}
		at = end
		asked--
		if end-sentence.Start > maxLimitText {
			continue
		}
		if q := questionOf(v.Served[sentence.Start:end]); q != "" && asksOfUse(q) {
			asked = answerParts
		}
		if !in.hidden(d, v, sentence) {
			continue
		}
		text := strings.ToLower(string(v.Served[sentence.Start:sentence.End]))
		own := ownWords.FindStringIndex(text)
		switch {
		case own != nil:
			text = text[strings.LastIndexAny(text[:own[0]], ",;:，；")+1:]
		case asked <= 0:
			continue
		}
		looked++
		if _, _, uses, ok := suspectedIn(text, attention{open: true}); ok && !tagsOnly.MatchString(text) {
			seen := audit.Span{Start: v.Seen(sentence.Start), End: v.Seen(sentence.End)}
			return &caution{doc: d, span: page.Clip(d.Body, seen, seen.Start), uses: uses,
				said: strings.TrimSpace(string(v.Served[sentence.Start:sentence.End]))}
		}
	}
	return nil
}

// longestVariant is the longest word that makes the name of a variant of a model's.
const longestVariant = 12

// limitedVariant finds a row that limits a variant of the model, its name and a word more,
// in tables without a row on the model itself: the view takes it off the page, and what it
// says may be said of both.
func (in *Reader) limitedVariant(served []byte) string {
	own, found := strings.ToLower(path.Base(in.ID())), ""
	for line := range bytes.Lines(served) {
		if len(line) > maxRow || !bytes.HasPrefix(bytes.TrimSpace(line), []byte("|")) {
			continue
		}
		row := page.CellTexts(string(line))
		if len(row) < 2 {
			continue
		}
		first := strings.ToLower(row[0])
		if in.ownRow(first) {
			return ""
		}
		rest, variant := strings.CutPrefix(strings.Trim(first, " *`[]"), own)
		if !variant || len(rest) < 2 || len(rest) > longestVariant || strings.IndexByte("-_ ", rest[0]) < 0 {
			continue
		}
		says := strings.ToLower(strings.Join(row[1:], " | "))
		if classes := headingClasses(says); classes&(forbids|ofRefusal) != 0 ||
			classes&confines != 0 && classes&ofStudy != 0 {
			found = strings.TrimSpace(string(line))
		}
	}
	return found
}

// questionOf is the question in a sentence of a page, in small letters; "" where there is none.
func questionOf(sentence []byte) string {
	end := bytes.IndexByte(sentence, '?')
	if end < 0 || end > maxQuestion {
		return ""
	}
	return strings.ToLower(string(sentence[:end+1]))
}

// tagsOnly matches what is no sentence: an address, a row.
var tagsOnly = pattern.MustCompile(`https?://\S+$|\|.*\|`)

// endOfSentence is where a sentence that begins at an offset ends: at a full stop before a
// blank, at that of a script without blanks, or with the line.
func endOfSentence(body []byte, at int) int {
	for i := at; i < len(body); i++ {
		switch {
		case body[i] == '\n', body[i] == ';', body[i] == '.' && i+1 < len(body) && body[i+1] == ' ' && i > at+2:
			return i + 1
		case bytes.HasPrefix(body[i:], []byte("。")), bytes.HasPrefix(body[i:], []byte("；")):
			return i + len("。")
		}
	}
	return len(body)
}

// hidden reports whether the view leaves out the end of a sentence of a page.
func (in *Reader) hidden(d *audit.Document, v *whose.View, s audit.Span) bool {
	last := bytes.TrimRight(v.Served[s.Start:s.End], " \n.。*_")
	if len(last) < 12 || bytes.IndexByte(last, ' ') < 0 && len(last) < 30 {
		return false
	}
	to := v.Seen(s.Start + len(last))
	from := v.Seen(s.Start + len(last)*2/3)
	return from < to && to <= len(d.Body) && len(bytes.TrimSpace(d.Body[from:to])) == 0
}
