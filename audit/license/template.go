package license

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"openness/audit/pattern"
)

// A maker's own licence is a template: the next model comes under the same
// words with another product, version and date. Those change nothing that is
// granted; a number of users or a country does, and is read from the text at
// hand.

// maxProduct is how many words of a product's name and version may differ at
// one place.
const maxProduct = 4

// product reports whether a difference is another product or version of the
// licence's own maker: names and figures beside the name of the licence.
func (s *scan) product(text []byte, r *reference, h hunk) bool {
	n := h.w1 - h.w0
	if len(r.names) == 0 || !strings.HasPrefix(r.id, "LicenseRef-") || n == 0 && h.r1-h.r0 > 2 || n > maxProduct ||
		h.r1-h.r0 > maxProduct {
		return false
	}
	beside := h.w0 > 0 && slices.Contains(r.names, s.words.ids[h.w0-1]) ||
		h.w1 < len(s.words.ids) && slices.Contains(r.names, s.words.ids[h.w1])
	for i := h.w0; i < h.w1; i++ {
		word := text[s.words.start[i]:s.words.end[i]]
		figure := word[0] >= '0' && word[0] <= '9'
		if !figure && !s.properNoun(text, i) {
			return false
		}
		beside = beside || slices.Contains(r.names, s.words.ids[i])
	}
	bits := signalBits()
	for i := h.r0; i < h.r1; i++ {
		if bits.has(r.seq[i]) {
			return false
		}
	}
	return beside
}

// dated reports whether a difference is another date.
func (s *scan) dated(text []byte, h hunk) bool {
	if h.w1-h.w0 > 4 || h.w1-h.w0 < 1 || h.r1-h.r0 > 4 {
		return false
	}
	// The month or year may stand outside the difference where both have it.
	from, to := max(0, h.w0-2), min(len(s.words.ids), h.w1+2)
	around := text[s.words.start[from]:s.words.end[to-1]]
	for i := h.w0; i < h.w1; i++ {
		if word := string(text[s.words.start[i]:s.words.end[i]]); !datePart.MatchString(word) {
			return false
		}
	}
	return len(around) < 80 && dateWords.Match(around)
}

var (
	datePart = pattern.MustCompile(`(?i)^(?:\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d|jan(?:uary)?|feb(?:ruary)?` +
		`|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$`)
	dateWords = pattern.MustCompile(`(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?` +
		`|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b[\s,.]{1,3}(?:\d{1,2}(?:st|nd|rd` +
		`|th)?[\s,.]{1,3})?(?:19|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)?[\s.]{1,3}(?:of )?(?:january|february|march|april` +
		`|may|june|july|august|september|october|november|december)[\s,]{1,3}(?:19|20)\d\d\b|\b(?:19` +
		`|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b`)
)

// placeBits are words of the names of places that licences leave out.
var placeBits = sync.OnceValue(func() *wordBits {
	return bitsOf(wordSet("european union eu eea kingdom uk korea china hong kong japan india russia russian " +
		"iran cuba syria switzerland states usa california"))
})

// otherPlace reports whether a difference adds or drops a place in a licence
// that is limited to a territory.
func (s *scan) otherPlace(r *reference, h hunk) bool {
	bits := placeBits()
	places := func(id uint16) bool { return bits.has(id) }
	if !slices.ContainsFunc(s.words.ids[h.w0:h.w1], places) && !slices.ContainsFunc(r.seq[h.r0:h.r1], places) {
		return false
	}
	t, ok := TermsOf(r.id)
	return ok && t.GeographicLimit != nil
}

// figures are what a licence text says itself of the size of licensees and of
// places, nil where it does not.
type figures struct {
	threshold *int64
	territory *string
}

// thresholdText finds a size of the licensee: a number with what it counts.
var thresholdText = pattern.MustCompile(`(?i)(?:exceed(?:s|ed|ing)?|greater than|more than|above|over|at least` +
	`|in excess of|no more than|fewer than|less than|under|up to|超过|达到)[^.;\n]{0,40}?(?:\$\s?)?(\d{1,3}(?:,\d{3})+` +
	`|\d+(?:\.\d+)?)\s*(thousand|million|billion|万|亿)?\s*(?:US dollars|USD|dollars|monthly|daily|annual|active|users?` +
	`|MAU|DAU)`)

// territoryText finds the places that a licence leaves out.
var territoryText = pattern.MustCompile(`(?i)(?:excluding|excludes?|other than|outside(?: of)?|except(?: for)?` +
	`|not include)(?: the)?(?: territor(?:y|ies) of)?(?: the)? ((?:` + placeNames +
	`)(?:(?:,? and|,? or|,|/| &)? ?(?:the )?(?:` + placeNames + `))*)`)

const placeNames = `European Union|EU|EEA|European Economic Area|United Kingdom|UK|` +
	`South Korea|Republic of Korea|Korea|China|Mainland China|People's Republic of China|Hong Kong|` +
	`Japan|India|Russia|Russian Federation|` +
	`Iran|North Korea|Cuba|Syria|Switzerland|United States(?: of America)?|USA|` +
	`California|Texas|Illinois`

var placeName = pattern.MustCompile(`(?i)` + placeNames)

// between are the signs that stand between the words of a text in lines and mark-up.
var between = func() (t [256]bool) {
	for _, c := range []byte(" \t\n\f\r*_\"#>") {
		t[c] = true
	}
	return t
}()

// inOneLine is a text that is cut into lines and marked up, with one blank in the place of
// all that stands between two words.
func inOneLine(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		from := i
		for i < len(text) && !between[text[i]] && text[i] != 0xe2 {
			i++
		}
		out = append(out, text[from:i]...)
		from = i
		for i < len(text) {
			if n := quoteMark(text[i:]); n > 0 {
				i += n
			} else if between[text[i]] {
				i++
			} else {
				break
			}
		}
		if i > from {
			out = append(out, ' ')
		} else if i < len(text) {
			out = append(out, text[i]) // a sign that begins as a quotation mark does
			i++
		}
	}
	return out
}

// quoteMark is the length of a curly quotation mark at the start of a text, 0 for none.
func quoteMark(text []byte) int {
	if len(text) > 2 && text[0] == 0xe2 && text[1] == 0x80 && (text[2] == 0x9c || text[2] == 0x9d) {
		return 3
	}
	return 0
}

// counted are the words for what a size is a number of, and scales those between them.
var (
	countedWords = []string{"us dollars", "usd", "dollars", "monthly", "daily", "annual", "active", "user", "mau", "dau"}
	scaleWords   = []string{"thousand", "million", "billion", "万", "亿"}
)

// beforeSize is how far before a number the words stand that make a size of it, in bytes.
const beforeSize = 256

// fromFirstSize cuts off what stands before the first number that counts users or
// money, since few texts have one; nil where there is none. Signs that fold to letters
// of these words are not looked for: then nothing is cut off.
func fromFirstSize(plain []byte) []byte {
	if bytes.Contains(plain, []byte("ſ")) || bytes.Contains(plain, []byte("\u212a")) {
		return plain
	}
	for i, c := range plain {
		if c < '0' || c > '9' || i+1 < len(plain) && plain[i+1] >= '0' && plain[i+1] <= '9' {
			continue
		}
		rest := bytes.TrimLeft(plain[i+1:min(len(plain), i+40)], " \t\n\f\r")
		for _, scale := range scaleWords {
			if hasFold(rest, scale) {
				rest = bytes.TrimLeft(rest[len(scale):], " \t\n\f\r")
				break
			}
		}
		if slices.ContainsFunc(countedWords, func(w string) bool { return hasFold(rest, w) }) {
			from := max(0, i-beforeSize)
			for from > 0 && !utf8.RuneStart(plain[from]) {
				from--
			}
			for from > 0 && plain[from-1] >= '0' && plain[from-1] <= '9' {
				from--
			}
			return plain[from:]
		}
	}
	return nil
}

// hasFold reports whether a text begins with a word in small letters, whatever its case.
func hasFold(text []byte, word string) bool {
	return len(text) >= len(word) && strings.EqualFold(string(text[:len(word)]), word)
}

// figuresIn reads a text's own figures.
func figuresIn(text []byte) figures {
	if text == nil {
		return figures{}
	}
	plain := inOneLine(text)
	return figures{thresholdIn(plain), territoryIn(plain)}
}

func thresholdIn(plain []byte) *int64 {
	if m := thresholdText.FindSubmatch(fromFirstSize(plain)); m != nil {
		n, err := strconv.ParseFloat(strings.ReplaceAll(string(m[1]), ",", ""), 64)
		scale := map[string]float64{"": 1, "thousand": 1e3, "million": 1e6, "billion": 1e9, "万": 1e4,
			"亿": 1e8}[strings.ToLower(string(m[2]))]
		if total := int64(n * scale); err == nil && total > 0 && n < 1e12 {
			return &total
		}
	}
	return nil
}

func territoryIn(plain []byte) *string {
	if m := territoryText.FindSubmatch(plain); m != nil {
		var places []string
		for _, p := range placeName.FindAllString(string(m[1]), -1) {
			if !slices.ContainsFunc(places, func(q string) bool { return strings.EqualFold(p, q) }) {
				places = append(places, p)
			}
		}
		list := places[0]
		if n := len(places); n > 1 {
			list = strings.Join(places[:n-1], ", ") + " and " + places[n-1]
		}
		list += " excluded"
		return &list
	}
	return nil
}

// ownFigures puts a text's own threshold and territory in the place of those of
// the licence that it is a copy of. Where the copy was changed and does not say
// them in words that are known, nothing is said: the original's would be a guess.
func (t *Terms) ownFigures(f figures, changed bool) {
	if t.UserThreshold != nil {
		switch {
		case f.threshold != nil:
			t.UserThreshold = f.threshold
		case changed:
			t.UserThreshold = nil
		}
	}
	if t.GeographicLimit != nil {
		switch {
		case f.territory != nil && !strings.EqualFold(*f.territory, *t.GeographicLimit) && changed:
			t.GeographicLimit = f.territory
		case f.territory == nil && changed:
			t.GeographicLimit = nil
		}
	}
}
