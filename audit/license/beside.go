package license

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"openness/audit/pattern"
)

// What a maker writes into or beside a licence's text may take from what the text gives, in
// any words of any language. So what takes nothing is what is told here: whose the work is,
// names and headings, dates and addresses, which licence this is and of what, where more can
// be read, thanks. All else counts as a change until somebody has read it.

// told reports whether the words [from, to) say nothing but such things. A full stop behind
// names alone makes them a sentence: "Testversion." is no heading.
func (s *scan) told(text []byte, from, to int) bool {
	start, end := int(s.words.start[from]), int(s.words.end[to-1])
	var spans [][2]int // of what is told whatever its words are
	for _, at := range holder.FindAllIndex(text[start:end], -1) {
		if namesAlone(text[start+at[0] : start+at[1]]) {
			spans = append(spans, [2]int{start + at[0], start + at[1]})
		}
	}
	for _, at := range toldIn(text[start:end]) {
		if free := max(at[2], at[4]); free < 0 || !bearsOnUse(text[start+free:start+max(at[3], at[5])]) {
			spans = append(spans, [2]int{start + at[0], start + at[1]})
		}
	}
	slices.SortFunc(spans, func(p, q [2]int) int { return p[0] - q[0] })
	spanTo, spanned := 0, spans // how far the spans go that begin before the word, and those that do not
	bits, known, names, capital := besideBits(), len(spans) > 0, false, false
	for i := from; i < to; i++ {
		a, b := int(s.words.start[i]), int(s.words.end[i])
		c, _ := decodeLetter(text[a:b])
		for ; len(spanned) > 0 && spanned[0][0] <= a; spanned = spanned[1:] {
			spanTo = max(spanTo, spanned[0][1])
		}
		switch {
		case b <= spanTo || bits.has(s.words.ids[i]):
			known = true
		case unicode.IsDigit(c) || b-a == 1:
		case isIdeograph(c) || !unicode.IsUpper(c):
			return false
		case bearing(s.words.ids[i]) && !(capital && string(text[a:b]) == "Research"):
			return false
		case i == from && i+1 < to && !capitalised(text, int(s.words.start[i+1])) && !verbSet().has(s.words.ids[i+1]):
			return false // the first word of a sentence, whatever it is
		default:
			names = true
		}
		capital = unicode.IsUpper(c)
	}
	return !names || known || end == len(text) || text[end] != '.' && text[end] != '!'
}

// capitalised reports whether a capital or a digit stands at an offset, as in names.
func capitalised(text []byte, at int) bool {
	c, _ := utf8.DecodeRune(text[at:])
	return unicode.IsUpper(c) || unicode.IsDigit(c)
}

// proseWords is the length from which what stands below a heading of its own is a document on
// other matters, which is no part of the licence unless it limits.
const proseWords = 40

// document reports whether the words [from, to) are such prose below a Markdown heading.
func (s *scan) document(text []byte, from, to int) bool {
	if to-from < proseWords {
		return false
	}
	lines := bytes.SplitN(text[s.words.start[from]:], []byte("\n"), 3)
	mark := bytes.TrimRight(text[:s.words.start[from]], " ")
	return bytes.HasSuffix(mark, []byte("#")) && len(lines) > 2 && len(bytes.TrimSpace(lines[1])) == 0 &&
		!bytes.HasPrefix(bytes.TrimSpace(lines[2]), []byte("#"))
}

// putIn reports whether words were put into the terms: beside an article or a name in a line
// of its own, any word may take from what the sentence gives.
func (s *scan) putIn(text []byte, r *reference, h hunk) bool {
	if h.w0 == h.w1 || h.r1 > h.r0 || h.r0 <= r.core || h.r0 >= r.tail || h.optional {
		return false
	}
	if s.inCopyrightLine(text, h) || s.disclaimer(text, h) {
		return false
	}
	a, b := int(s.words.start[h.w0]), int(s.words.end[h.w1-1])
	if ownLine(text, a, b) && s.told(text, h.w0, h.w1) {
		return false
	}
	for i := h.w0; i < h.w1; i++ {
		word := string(text[s.words.start[i]:s.words.end[i]])
		if !articles[strings.ToLower(word)] && !s.repeats(i) && !isNumber(word) && len(word) > 1 &&
			!address.Match(token(text, s.words.start[i], s.words.end[i])) {
			return true
		}
	}
	return false
}

// repeats reports whether word i stands twice in a row.
func (s *scan) repeats(i int) bool {
	ids := s.words.ids
	return i > 0 && ids[i-1] == ids[i] || i+1 < len(ids) && ids[i+1] == ids[i]
}

func isNumber(word string) bool { return strings.Trim(word, "0123456789") == "" }

// token is what stands around a word between blanks.
func token(text []byte, start, end uint32) []byte {
	from := max(0, int(start)-longestOrigin)
	from += bytes.LastIndexAny(text[from:start], " \t\r\n") + 1
	to := min(len(text), int(end)+longestOrigin)
	if n := bytes.IndexAny(text[end:to], " \t\r\n"); n >= 0 {
		to = int(end) + n
	}
	return text[from:to]
}

// ownLine reports whether text[a:b] is all of its lines but marks.
func ownLine(text []byte, a, b int) bool {
	const marks = " \t\r#*/>;.,:-=_|()\"'"
	before, behind := bytes.TrimRight(text[:a], marks), bytes.TrimLeft(text[b:], marks)
	return (len(before) == 0 || before[len(before)-1] == '\n') && (len(behind) == 0 || behind[0] == '\n')
}

// articles change nothing where they are put.
var articles = setOf("a an the of and or to that this these its all rights reserved")

// bearing reports whether a word bears on what is allowed, so that it is no name.
func bearing(id uint16) bool {
	return signalBits().has(id) || limits().has(id) || subjectSet().has(id) || riderSet().has(id)
}

// bearsOnUse reports whether a text has a word that bears on what is allowed, other than what
// it is allowed with.
func bearsOnUse(text []byte) bool {
	var w words
	w.split(text)
	for i, id := range w.ids {
		if (signalBits().has(id) || limits().has(id) || riderSet().has(id)) && !researchInName(text, &w, i) {
			return true
		}
	}
	return false
}

// researchInName reports whether a word is the "Research" of a name, as in "Google Research code".
func researchInName(text []byte, w *words, i int) bool {
	return i > 0 && w.ids[i] == wordID("research") && string(text[w.start[i]:w.end[i]]) == "Research" &&
		capitalised(text, int(w.start[i-1]))
}

// riderWords are further words that are no names, however they are written.
const riderWords = "use purpose purposes trial demo beta sample preview expires expired schools students companies " +
	"firms partners members customers subscribers employees hobbyists startups hosting hosted hosts saas cloud " +
	"government army police"

var (
	verbSet    = sync.OnceValue(func() *wordBits { return bitsOf(wordSet("is was are has and by code license licence")) })
	riderSet   = sync.OnceValue(func() *wordBits { return bitsOf(wordSet(riderWords)) })
	besideBits = sync.OnceValue(func() *wordBits {
		set := wordSet(besideWords)
		for _, words := range []map[string]bool{statingWords, holderWords} {
			for w := range words {
				set[wordID(w)] = true
			}
		}
		return bitsOf(set)
	})
)

// address matches a word that is a part of where something is: a page, a mailbox, a file.
var address = pattern.MustCompile(`(?i)://|@|[\w-]\.(?:txt|md|html?|com|org|net|io|ai|edu)\b|[!-~]{40,}`)

// toldPhrases are of words that say other things by themselves; what their groups hold is any
// words, which may limit. An automaton cannot count to longToken, and would take every word
// for one so long, so that texts without one are asked for the rest alone.
var (
	toldPhrases = pattern.MustCompile(`(?i)` + toldWords + `|[!-~]{40,}|` + toldTokens)
	toldRest    = pattern.MustCompile(`(?i)` + toldWords + `|` + toldTokens)
)

const longToken = 40

// toldIn finds toldPhrases.
func toldIn(text []byte) [][]int {
	run := 0
	for _, c := range text {
		if run++; c < '!' || c > '~' {
			run = 0
		}
		if run == longToken {
			return toldPhrases.FindAllSubmatchIndex(text, -1)
		}
	}
	return toldRest.FindAllSubmatchIndex(text, -1)
}

const toldWords = `\bdata(?:set)?s? (?:is|are) not (?:a )?part of\b|\bmay \d` +
	`|\b(?:paid|commercial) support is available\b|\bsell support\b|\bregistered trademark\b` +
	`|\bapplies to(?: the)? (?:\w+ and )?(?:code|software|weights|models?|data|files)\b|\bapplies to all files\b` +
	`|\bis subject to the following licen[cs]es\b|\bwhich has the following license\b|\bunder other licen[cs]es\b` +
	`|\bunless otherwise (?:noted|stated|indicated)\b|\blicen[cs]es? for ((?:\S+\s){1,12})code\b` +
	`|\bcopy can be found\b|\bat your option\b|\bextra_gated_prompt\b|\S+ ?\{ ?[\w-]+: ([^{}\n]*)`

const toldTokens = `[\w./-]*[\w-]\.(?:txt|md|rst|html?|pdf|de|ja|zh|ko)\b|\S*_\S*/\S*|\S+@\S+` +
	`|\bcontent-[\w-]+: ?[\w/-]+(?:; ?charset=[\w-]+)?`

// besideWords are those of what may stand beside a text, in small letters, and besideSigns
// such signs of Chinese and Japanese.
const besideWords = "an at their indicated added licenses licences from with on for about below above following " +
	"also here these " +
	"those both which was were be has have been contains contain includes include included bundles adapted " +
	"derived inspired vendored integrated based built originally sourced code source sources file files folder " +
	"directory package library tool tokenizer dataset data weights model models language network checkpoint " +
	"compiler parser application documentation docs header headers notice notices note title layout page date " +
	"last modified checked updated effective first original other another product products project projects " +
	"part parts portions subject found available root top each used see news contact contacts questions " +
	"question mail email write licensing please cite citation paper our we us thank thanks everybody all who " +
	"helped sent support author maintainer maintainers developer developers organization organizations name " +
	"named names trademark trademarks end terms addendum appendix exhibit module keys list changes applied when " +
	"translation translations english chinese german french spanish japanese korean lizenz lizenzvereinbarung " +
	"fassung vom übersetzung siehe unverbindlich unverbindliche eine der die das liegt in und licencia licença " +
	"licenza traduction voir non officielle traducción oficial véase january february march april june july " +
	"august september october november december mai juni public domain lt gt amp quot nbsp " +
	besideSigns

const besideSigns = "本许可证協議协议適用适于於代码模型权重の及和与的版所有日語訳中文英翻译譯はを参照考请見见原由著作権表示ライセンス年月第条"
