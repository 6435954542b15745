package obligations

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit/pattern"
)

// A licence is read as lawyers number it: sections with titles, parts in them, entries
// of a list that a sentence introduces. What a sentence asks often stands in the words
// that introduce it ("You must: (a) ..."), and what it is about in the title above it.

// A passage is a sentence of a licence, or an entry of a list, and where it belongs.
type passage struct {
	at      [2]int // in the text
	words   string // in small letters, without mark-up, each gap one blank
	path    []int  // the numbers of the parts that it is in: of 1.b.iii 1, 2, 3
	label   string // as the text writes them
	heading string // the titles of these parts, in small letters
	lead    int    // the passage that introduces it, -1 for none
	title   bool   // it is a title
	// sentence is where in the text its sentence begins, which semicolons may divide.
	sentence int
}

// A level is one part of a licence that is open while the text is read.
type level struct {
	style  string // how its kind of part is numbered
	number int
	label  string
	title  string
	indent int
	opener int // the passage that introduces the parts below it, -1 for none
}

// enumerators are the ways in which licences number their parts; the group is the number.
var enumerators = []struct {
	style string
	re    *pattern.Regexp
}{
	{"section", pattern.MustCompile(
		`(?i)^(?:section|article|part|chapter)\s+([0-9]{1,2}|[ivx]{1,5}|one|two|three|four)\b(?:[.:)]|\s|$)`)},
	{"section", pattern.MustCompile(`^第\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*[条章节部]`)},
	{"han", pattern.MustCompile(`^([一二三四五六七八九十]{1,3})[、.．：]`)},
	{"(han)", pattern.MustCompile(`^[（(]([一二三四五六七八九十]{1,3})[)）]`)},
	{"dotted", pattern.MustCompile(`^(?i:section\s+|§\s*)?([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?:[.):]|\s|$)`)},
	{"1.", pattern.MustCompile(`^([0-9]{1,2})[.．、](?:\D|$)`)},
	{"1)", pattern.MustCompile(`^([0-9]{1,2})[)）]`)},
	{"(1)", pattern.MustCompile(`^[（(]([0-9]{1,2})[)）]`)},
	{"i.", pattern.MustCompile(`^([ivx]{1,5})[.)]\s`)},
	{"(i)", pattern.MustCompile(`^\(([ivx]{1,5})\)`)},
	{"I.", pattern.MustCompile(`^([IVX]{1,5})[.)]\s`)},
	{"(I)", pattern.MustCompile(`^\(([IVX]{1,5})\)`)},
	{"a.", pattern.MustCompile(`^([a-z])[.)]\s`)},
	{"(a)", pattern.MustCompile(`^\(([a-z])\)`)},
	{"A.", pattern.MustCompile(`^([A-Z])[.)]\s`)},
	{"(A)", pattern.MustCompile(`^[（(]([A-Z])[)）]`)},
}

// bullet matches the mark of an entry without a number.
var bullet = pattern.MustCompile(`^(?:[-+*•●▪–]|\\-)\s+`)

// markup matches what stands before the words of a line and is none of them.
var markup = pattern.MustCompile(`^(?:\s|#+|>|\*\*|__|\||<br ?/?>|<[a-z]+[^<>]{0,80}>|</[a-z]+>)+`)

// hanNumbers are the numbers in Chinese that parts carry.
var hanNumbers = strings.Split(
	" 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十", " ")

// ordinal is the number of a part, 0 where it is none.
func ordinal(style, number string) int {
	if n, err := strconv.Atoi(number); err == nil {
		return n
	}
	if n := slices.Index(hanNumbers, number); n > 0 {
		return n
	}
	lower := strings.ToLower(number)
	if n := slices.Index([]string{"", "one", "two", "three", "four"}, lower); n > 0 {
		return n
	}
	if style == "section" || strings.Trim(style, "().") == "i" || strings.Trim(style, "().") == "I" {
		return roman(lower)
	}
	return int(lower[0]-'a') + 1
}

// roman reads a number up to 39.
func roman(s string) int {
	value := map[byte]int{'i': 1, 'v': 5, 'x': 10}
	n := 0
	for i := range len(s) {
		v := value[s[i]]
		if i+1 < len(s) && v < value[s[i+1]] {
			v = -v
		}
		n += v
	}
	return n
}

// A structure is a licence while it is read into passages.
type structure struct {
	body     []byte
	passages []passage
	levels   []level
	block    [2]int // the paragraph that is open: from, to
	numbered bool   // it begins with a number
	listed   bool   // it begins with a mark of a list
}

// passagesOf reads a text into passages.
func passagesOf(body []byte) []passage {
	s := &structure{body: body, block: [2]int{-1, -1}}
	for start := 0; start < len(body); {
		end := start
		for end < len(body) && body[end] != '\n' {
			end++
		}
		s.line(start, end)
		start = end + 1
	}
	s.close()
	return s.passages
}

// line takes one line of the text.
func (s *structure) line(start, end int) {
	text := string(s.body[start:end])
	skipped := len(markup.FindString(text))
	rest := strings.TrimRight(text[skipped:], " \t\r")
	rest = strings.TrimSuffix(rest, "<br>")
	if strings.Trim(rest, "*_-=|~ ") == "" {
		s.close()
		return
	}
	hashes := strings.Contains(text[:skipped], "#") && !s.hashed(start-1, -1) && !s.hashed(end+1, 1)
	marked := bullet.FindString(rest)
	number := rest[len(marked):]
	inner := len(markup.FindString(number))
	style, n, label := s.enumerator(strings.Replace(strings.TrimLeft(number[inner:], "*_"), `\`, "", 1))
	switch {
	case hashes, style != "" && (s.block[0] < 0 || s.mayBegin(style, n)), marked != "":
		s.close()
	case s.block[0] >= 0:
		s.block[1] = start + skipped + len(rest)
		return
	}
	from := start + skipped + len(marked)
	s.block = [2]int{from, start + skipped + len(rest)}
	s.listed, s.numbered = marked != "", style != ""
	switch {
	case style != "":
		s.open(style, n, label, skipped)
		s.block[0] = start + skipped
	case hashes:
		s.levels = nil
	}
	if hashes || style == "section" || style != "" && allCapitals(number) {
		s.close()
	}
}

// allCapitals reports whether a line is a title in capitals.
func allCapitals(line string) bool {
	return len(line) < 80 && strings.ToUpper(line) == line && strings.ToLower(line) != line
}

// hashed reports whether the line next to an offset, before or behind it, begins with a
// hash too: then it is the sign of a comment and none of a title.
func (s *structure) hashed(at, step int) bool {
	if at < 0 || at >= len(s.body) {
		return false
	}
	start := at
	if step < 0 {
		start = bytes.LastIndexByte(s.body[:at], '\n') + 1
	}
	return bytes.HasPrefix(bytes.TrimLeft(s.body[start:], " \t"), []byte("#"))
}

// enumerator reads the number at the start of a line.
func (s *structure) enumerator(line string) (style string, n int, label string) {
	for _, e := range enumerators {
		at := e.re.FindStringSubmatchIndex(line)
		if at == nil {
			continue
		}
		number := line[at[2]:at[3]]
		style = e.style
		if len(number) == 1 && strings.ContainsAny(number, "ivxIVX") && s.isLetter(style, number) {
			style = strings.NewReplacer("i", "a", "I", "A").Replace(style)
		}
		n = ordinal(style, number)
		if style == "dotted" {
			n = 1
		}
		if n > 0 || number == "0" {
			return style, n, number
		}
	}
	return "", 0, ""
}

// isLetter reports whether an i, v or x is a letter that follows the one before it.
func (s *structure) isLetter(style, number string) bool {
	letters := strings.NewReplacer("i", "a", "I", "A").Replace(style)
	if letters == style {
		return false
	}
	for _, l := range slices.Backward(s.levels) {
		if l.style == letters {
			return l.number == int(strings.ToLower(number)[0]-'a')
		}
	}
	return false
}

// mayBegin reports whether a number at the start of a line within a paragraph begins a
// part: text that is wrapped has such words too.
func (s *structure) mayBegin(style string, n int) bool {
	before := strings.TrimRight(string(s.body[s.block[0]:s.block[1]]), " \t\r\n*_")
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(".:;：；。，,”\")）", last) || strings.HasSuffix(before, " and") ||
		strings.HasSuffix(before, " or") {
		return true
	}
	for _, l := range s.levels {
		if l.style == style && n == l.number+1 {
			return true
		}
	}
	return n == 1 && style != "(a)" && s.numbered || unicode.Is(unicode.Han, last) && style != "1."
}

// outer are the kinds of numbers that stand below none in brackets.
var outer = []string{"section", "han", "1.", "I."}

// open begins a part.
func (s *structure) open(style string, n int, label string, indent int) {
	fresh := level{style: style, number: n, label: label, indent: indent, opener: -1}
	if style == "dotted" {
		s.levels = nil
		parts := strings.Split(label, ".")
		for i, p := range parts {
			m, _ := strconv.Atoi(p)
			l := level{style: "dotted" + strconv.Itoa(i), number: m, label: p, indent: indent, opener: -1}
			s.levels = append(s.levels, l)
		}
		s.levels[len(s.levels)-1].style = style
		return
	}
	at := -1
	for i, l := range slices.Backward(s.levels) {
		if l.style != style {
			continue
		}
		if n == l.number+1 || at < 0 && (n > l.number || indent <= l.indent) {
			at = i
		}
		if n == l.number+1 {
			break
		}
	}
	for at < 0 && slices.Contains(outer, style) && len(s.levels) > 0 &&
		strings.Contains(s.levels[len(s.levels)-1].style, ")") {
		s.levels = s.levels[:len(s.levels)-1] // a number in brackets has none without them below it
	}
	switch {
	case at >= 0:
		s.levels = append(s.levels[:at:at], fresh)
	case style == "section":
		s.levels = []level{fresh}
	case len(s.levels) == 1 && s.levels[0].style == "section" && n > 1:
		s.levels = []level{fresh} // numbers go on from section to section
	case style == "1." && len(s.levels) > 0 && s.levels[0].style != "dotted0" && s.levels[0].style != "section" &&
		s.levels[0].style != "han" && n > 1:
		s.levels = []level{fresh}
	default:
		s.levels = append(s.levels, fresh)
	}
}

// close cuts the paragraph that is open into passages.
func (s *structure) close() {
	if s.block[0] < 0 {
		return
	}
	from, to := s.block[0], s.block[1]
	s.block = [2]int{-1, -1}
	lead := s.leadOf()
	cuts := sentencesOf(s.body[from:to])
	if lead < 0 && len(cuts) > 0 {
		raw := s.body[from+cuts[0][0] : from+cuts[0][1]]
		if words := plainWords(raw); !verbal.MatchString(words) && !isTitle(words, raw) {
			lead = openerIn(s.levels) // a phrase is an entry of the list that is open
		}
	}
	path, label := s.place()
	first := len(s.passages) // of the sentence that semicolons divide
	for i, c := range cuts {
		p := passage{at: [2]int{from + c[0], from + c[1]}, path: path, label: label, heading: s.titles(), lead: lead,
			sentence: from + c[0]}
		p.words = plainWords(s.body[p.at[0]:p.at[1]])
		p.title = i == 0 && isTitle(p.words, s.body[p.at[0]:p.at[1]]) && (lead < 0 || len(cuts) > 1)
		if i > 0 {
			switch last := s.passages[len(s.passages)-1].words; {
			case divides(last):
				p.lead, p.sentence = first, s.passages[first].at[0]
			case strings.HasSuffix(last, ":"), strings.HasSuffix(last, "："):
				p.lead = len(s.passages) - 1
				first = len(s.passages)
			default:
				first = len(s.passages)
				if !s.passages[first-1].title {
					p.lead = -1
				}
			}
		}
		if p.title && len(s.levels) > 0 && s.numbered {
			s.levels[len(s.levels)-1].title = p.words
			if len(s.levels) == 2 && s.levels[0].style == "title" {
				s.levels[0].title = "" // a title without a number ends where one with a number comes
			}
		} else if p.title && !s.numbered && !s.listed {
			s.levels = []level{{style: "title", title: p.words, opener: -1}}
		}
		s.passages = append(s.passages, p)
	}
	if len(cuts) == 0 {
		return
	}
	if last := s.passages[len(s.passages)-1]; opens(last.words) {
		if len(s.levels) == 0 {
			s.levels = []level{{style: "none", opener: -1}}
		}
		s.levels[len(s.levels)-1].opener = len(s.passages) - 1
	}
}

// divides reports whether a passage ends within a sentence.
func divides(words string) bool {
	return strings.HasSuffix(words, ";") || strings.HasSuffix(words, "；")
}

// opens reports whether a passage introduces what follows.
func opens(words string) bool {
	for _, end := range []string{":", "：", ": <br>", " that", " by", "conditions.", "following."} {
		if strings.HasSuffix(words, end) {
			return true
		}
	}
	return false
}

// goesOn matches the end of a paragraph whose sentence the next one takes up.
var goesOn = pattern.MustCompile(`(?:[,;；，]|\b(?:and|or))$`)

// leadOf is the passage that introduces the paragraph that is to be cut.
func (s *structure) leadOf() int {
	depth := len(s.levels)
	if s.numbered {
		depth--
	} else if last := len(s.passages) - 1; !s.listed && last >= 0 && !opens(s.passages[last].words) &&
		!goesOn.MatchString(s.passages[last].words) {
		return -1 // a paragraph of its own
	}
	return openerIn(s.levels[:depth])
}

// openerIn is the passage that introduces the list that is open, -1 for none.
func openerIn(levels []level) int {
	for _, l := range slices.Backward(levels) {
		if l.opener >= 0 {
			return l.opener
		}
	}
	return -1
}

func (s *structure) place() (path []int, label string) {
	var labels []string
	for _, l := range s.levels {
		if l.style == "title" || l.style == "none" {
			continue
		}
		path = append(path, l.number)
		labels = append(labels, l.label)
	}
	return path, strings.Join(labels, ".")
}

func (s *structure) titles() string {
	var all []string
	for _, l := range s.levels {
		if l.title != "" {
			all = append(all, l.title)
		}
	}
	return strings.Join(all, " / ")
}

// abbreviations end in a full stop and no sentence does.
var abbreviations = pattern.MustCompile(`(?i)(?:\b(?:e\.g|i\.e|inc|ltd|corp|co|no|vs|cf|sec|art|u\.s|etc|v` +
	`|fig|para|approx)|^\W*[a-z0-9.]{1,7}|[(\s][a-zA-Z])\.$`)

// cut matches where a sentence may end.
var sentenceCut = pattern.MustCompile(
	`[.;](?:["”’*)\]]{0,3})\s+|[。；](?:["”’）]?)\s*|[:：]\s*\n\s*|\.(?:["”’]{1,2})\s*`)

// sentencesOf cuts a paragraph, each sentence without white space around it.
func sentencesOf(body []byte) [][2]int {
	var all [][2]int
	start := 0
	add := func(end int) {
		from, to := start, end
		for from < to && blank(body[from]) {
			from++
		}
		for to > from && blank(body[to-1]) {
			to--
		}
		if from < to {
			all = append(all, [2]int{from, to})
		}
		start = end
	}
	for _, at := range sentenceCut.FindAllIndex(body, -1) {
		if at[0] < start || abbreviated(body[start:at[0]+1]) {
			continue
		}
		if next, _ := utf8.DecodeRune(body[at[1]:]); body[at[0]] == '.' && unicode.IsLower(next) {
			continue
		}
		add(at[1])
	}
	add(len(body))
	return all
}

// abbreviated reports whether a full stop ends no sentence.
func abbreviated(sentence []byte) bool {
	return sentence[len(sentence)-1] == '.' && abbreviations.Match(sentence[max(0, len(sentence)-12):])
}

// plainer takes mark-up off, and gives a sign that is written in several ways one form.
var plainer = strings.NewReplacer("**", "", "__", "", "`", "", "\\", "", "’", "'", "‘", "'", "“", `"`, "”", `"`,
	"<br>", " ", "&quot;", `"`, "&#39;", "'", "—", "-", "–", "-", "\u00a0", " ")

// plainWords are the words of a passage without mark-up.
func plainWords(body []byte) string {
	text := plainer.Replace(strings.ToLower(string(body)))
	text = strings.Join(strings.Fields(text), " ")
	return hanGap.ReplaceAllString(text, "$1")
}

// hanGap matches white space behind a Chinese sign, which a wrapped line left.
var hanGap = pattern.MustCompile(`(\p{Han}|[，。；、（）“”]) `)

// verbal matches the words that make a sentence of a line.
var verbal = pattern.MustCompile(`\b(?:you|must|shall|may|will|is|are|means?|we|agree|provide|include|not|cannot|be` +
	`|has|have|licen[cs]ed under)\b|[，。；不应须您]`)

// valued matches a line that gives something a value, such as a date.
var valued = pattern.MustCompile(`^(?:last|release|effective|version|dated?|生效)[^:：]*[:：]`)

// isTitle reports whether a passage is the title of what follows.
func isTitle(words string, raw []byte) bool {
	bare := strings.TrimRight(words, " .:：#*")
	if valued.MatchString(words) {
		return false
	}
	if words != bare && strings.HasSuffix(words, ".") && len(strings.Fields(bare)) > 6 {
		return false
	}
	if strings.HasSuffix(words, ":") && len(strings.Fields(bare)) > 5 {
		return false
	}
	if len(bare) > 90 || len(strings.Fields(bare)) > 12 || strings.HasSuffix(words, ";") ||
		strings.HasSuffix(words, ",") {
		return false
	}
	first := strings.TrimLeft(string(raw), " #*>_0123456789.()")
	r, _ := utf8.DecodeRuneInString(first)
	return !verbal.MatchString(bare) && (unicode.IsUpper(r) || unicode.Is(unicode.Han, r) || len(first) < len(raw))
}
