package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"openness/audit/papers/text/markdown"
	"openness/audit/pattern"
)

// A style is how a document sets its text.
type style struct {
	body  float64         // size of the running text
	font  string          // font of the running text
	pitch float64         // from line to line, in sizes of letters
	fonts map[string]bool // that sentences are set in: others belong to figures
	words map[string]int  // how often each word occurs, to join hyphens
	heads map[look]int    // levels of the numbered headings by their look
	plain map[look]int    // how often a look stands over running text as a heading does
}

// A look is what headings of one level share.
type look struct {
	size         float64
	bold, italic bool
	font         string
}

func (l *line) look() look { return look{math.Round(l.size*2) / 2, l.bold, l.italic, l.font} }

const (
	sentenceWords = 5     // words of a line that is taken for part of a sentence
	fontShare     = 0.003 // of all such letters, for a font to be one of the text
	usualPitch    = 1.2
)

// styleOf measures a document.
func styleOf(pages [][]line) style {
	s := style{fonts: map[string]bool{}, words: map[string]int{}, heads: map[look]int{}, plain: map[look]int{}}
	sizes, fonts := map[float64]int{}, map[string]int{}
	all := 0
	for _, page := range pages {
		for i := range page {
			l := &page[i]
			text := l.text()
			s.count(text)
			n := len(text)
			sizes[math.Round(l.size*10)/10] += n
			if len(strings.Fields(text)) >= sentenceWords {
				for _, c := range l.cells {
					for _, r := range c.runs {
						fonts[r.font] += len(r.text)
						all += len(r.text)
					}
				}
			}
		}
	}
	s.body = most(sizes)
	inBody := map[string]int{}
	pitches := map[float64]int{}
	for _, page := range pages {
		for i := range page {
			l := &page[i]
			if math.Abs(l.size-s.body) < 0.3 {
				inBody[l.font] += len(l.text())
			}
			if i > 0 && page[i-1].base > l.base && math.Abs(l.size-s.body) < 0.3 {
				if p := (page[i-1].base - l.base) / s.body; p > 0.8 && p < 3 {
					pitches[math.Round(p*20)/20]++
				}
			}
		}
	}
	s.font, s.pitch = most(inBody), most(pitches)
	if s.pitch == 0 {
		s.pitch = usualPitch
	}
	for f, n := range fonts {
		s.fonts[f] = float64(n) >= fontShare*float64(all)
	}
	for _, page := range pages {
		s.learnHeadings(page)
		s.learnPlain(page)
	}
	return s
}

// learnPlain notes the look of bold lines that stand over running text, flush
// with it or in the middle, whatever their font: headings without a number.
func (s *style) learnPlain(page []line) {
	for i := range page {
		l := &page[i]
		if i+1 == len(page) || !l.bold || l.size < s.body || len([]rune(l.text())) > unnumberedRunes || gapAbove(page,
			i) < 1.1*s.pitch {
			continue
		}
		below := &page[i+1]
		near := l.base-below.base > 0 && l.base-below.base < 4*l.size
		flush := math.Abs(l.left-below.left) < 1.5*l.size || math.Abs(l.left+l.right-below.left-below.right) < 2*l.size
		if near && flush && math.Abs(below.size-s.body) < 0.3 && below.width() > 10*s.body {
			s.plain[l.look()]++
		}
	}
}

// stacked is the level of a look among the unnumbered headings, by size.
func (s *style) stacked(l *line) int {
	level, sizes := 2, map[float64]bool{}
	for k, n := range s.plain {
		if n > 0 && k.size > l.look().size && !sizes[k.size] {
			sizes[k.size] = true
			level++
		}
	}
	return min(level, 4)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '‐' }

func (s *style) count(text string) {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) }) {
		s.words[strings.ToLower(w)]++
	}
}

// join puts the next line behind a text and takes the hyphen out where the line
// end alone put it in: the rest of the document tells, else the look of the word.
func (s *style) join(text, next string) string {
	if joined, ok := joinAddress(text, next); ok {
		return joined
	}
	trimmed := strings.TrimRight(text, "\x02-‐")
	if text == "" || trimmed == text || next == "" {
		return strings.TrimRight(text, "\x02") + " " + next
	}
	if strings.HasSuffix(trimmed, " ") || trimmed == "" {
		return strings.ReplaceAll(text, "\x02", "-") + " " + next
	}
	left, right := lastWord(trimmed), firstWord(next)
	if left == "" || right == "" {
		return trimmed + "-" + next
	}
	apart, solid := s.words[strings.ToLower(left+"-"+right)], s.words[strings.ToLower(left+right)]
	first := []rune(right)[0]
	keep := apart > solid
	if apart == solid {
		keep = !unicode.IsLower(first) || strings.ContainsFunc(left, func(r rune) bool {
			return r == '-' ||
				unicode.IsDigit(r)
		}) ||
			len(left) > 1 && strings.ToUpper(left) == left
	}
	if keep {
		return trimmed + "-" + next
	}
	return trimmed + next
}

// joinAddress puts the next line behind a text that ends within a web address: after
// its scheme, or after a mark where what follows looks like more of an address.
func joinAddress(text, next string) (string, bool) {
	token := strings.TrimLeft(text[strings.LastIndexByte(text, ' ')+1:], "([<")
	if !strings.HasPrefix(token, "https:") && !strings.HasPrefix(token, "http:") {
		return "", false
	}
	follows, _, _ := strings.Cut(next, " ")
	follows = strings.TrimRight(follows, ".,;:)]>")
	scheme := strings.TrimRight(token, "/") == "https:" || strings.TrimRight(token, "/") == "http:"
	hyphened := strings.HasSuffix(token, "\x02") || strings.HasSuffix(token, "-")
	switch {
	case follows == "":
		return "", false
	case scheme, hyphened, strings.ContainsAny(token[len(token)-1:], "/_=&?#%~") && strings.ContainsAny(follows,
		"/.-_=0123456789"),
		strings.HasSuffix(token, ".") && follows == strings.ToLower(follows) && strings.Contains(follows, "/"):
		return strings.ReplaceAll(text, "\x02", "-") + next, true
	}
	return "", false
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !isWord(r) })
	if i < 0 {
		return s
	}
	return strings.TrimLeftFunc(s[i:], func(r rune) bool { return !isWord(r) })
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !isWord(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

var (
	numbered = pattern.MustCompile(
		`^(?:(?:Appendix|Section|Chapter) )?((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3})[.:]? +(\S.*)$`,
	)
	wellKnown = pattern.MustCompile(`(?i)^(?:abstract|introduction|references|bibliography|acknowledge?ments?` +
		`|contributions?|conclusions?|discussion|limitations?|appendi(?:x|ces)|related work|background` +
		`|ethics statement|broader impacts?|impact statement|reproducibility statement|supplementary materials?|摘要` +
		`|参考文献|致谢)$`)
	captioned = pattern.MustCompile(
		`^(?:Table|Figure|Fig\.|Listing|Algorithm) ?[A-Z]?\.?\d+(?:\.\d+)*(?:[:.|]| [A-Z(])`,
	)
	sentence = pattern.MustCompile(`[.,;]$`)
)

var setOff = pattern.MustCompile(`^(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3}[.:]?$`)

// depth is the level of a line that is a numbered heading. Where the number is
// set off, even "A" is one.
func (l *line) depth() int {
	if len(l.cells) == 2 && setOff.MatchString(l.cells[0].text) && unicode.IsUpper([]rune(l.cells[1].text)[0]) &&
		!sentence.MatchString(l.text()) {
		return 2 + strings.Count(strings.TrimRight(l.cells[0].text, ".:"), ".")
	}
	return depth(l.text())
}

// depth is the level of a numbered heading, 0 when the text is none.
func depth(text string) int {
	m := numbered.FindStringSubmatch(text)
	if m == nil || strings.HasPrefix(text, "A ") {
		return 0
	}
	first := []rune(m[2])[0]
	if !unicode.IsUpper(first) && !unicode.Is(unicode.Han, first) && !strings.ContainsFunc(m[2], unicode.IsUpper) ||
		sentence.MatchString(text) {
		return 0
	}
	return 2 + strings.Count(m[1], ".")
}

const (
	headingRunes    = 160
	unnumberedRunes = 100
	headingRatio    = 1.06 // of the running text's size
)

// spoken ends a sentence; a heading may end with a question mark.
var spoken = pattern.MustCompile(`[.!:;,]$|[.!?] \p{Lu}`)

// isMono tells fonts of code and prompts, in which no heading is set.
func isMono(font string) bool {
	low := strings.ToLower(font)
	for _, w := range [...]string{"mono", "cour", "consol", "typewriter", "cmtt", "vntt", "sftt", "ectt", "nimbusmon",
		"menlo", "inconsol"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// stands reports whether a line is set as a heading is: larger, bold, or in
// another font than the running text.
func (s *style) stands(l *line) bool {
	return l.size > headingRatio*s.body || l.bold || l.size > 0.95*s.body && l.font != s.font && l.uniform()
}

// uniform reports whether all of the line is in one font.
func (l *line) uniform() bool {
	for _, c := range l.cells {
		for _, r := range c.runs {
			if r.font != l.font && strings.ContainsFunc(r.text, unicode.IsLetter) {
				return false
			}
		}
	}
	return true
}

// headingLevel is the level of a line that is set as a heading, 0 when it is none.
// above is the distance to the line before it in letters' sizes.
func (s *style) headingLevel(l *line, above float64) int {
	text := l.text()
	n := len([]rune(text))
	if n > headingRunes || n < 2 || len(l.cells) > 1 && l.depth() == 0 || !strings.ContainsFunc(text,
		unicode.IsLetter) || captioned.MatchString(text) {
		return 0
	}
	if wellKnown.MatchString(text) && (s.stands(l) || above > 1.3*s.pitch) {
		if d := s.heads[l.look()]; d > 0 {
			return d
		}
		if len(s.heads) == 0 && s.plain[l.look()] > 0 {
			return s.stacked(l)
		}
		return 2
	}
	if !s.stands(l) || above < 1.1*s.pitch || sentence.MatchString(text) {
		return 0
	}
	if d := l.depth(); d > 0 {
		return d
	}
	first := []rune(text)[0]
	if n > unnumberedRunes || spoken.MatchString(text) || isMono(l.font) {
		return 0
	}
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && !unicode.Is(unicode.Han, first) || !s.fonts[l.font] &&
		s.heads[l.look()] == 0 && s.plain[l.look()] < 2 {
		return 0
	}
	switch {
	case s.heads[l.look()] > 0:
		return s.heads[l.look()]
	case !l.bold && l.size <= headingRatio*s.body:
		return 0 // small capitals and the like stand for a heading only with a number
	case len(s.heads) > 0:
		return s.between(l)
	}
	return s.stacked(l)
}

// between places an unnumbered heading by its size among the numbered ones.
func (s *style) between(l *line) int {
	level := 2
	for k, d := range s.heads {
		if k.size > l.size+0.3 {
			level = max(level, d+1)
		}
	}
	if l.size <= headingRatio*s.body {
		level = max(level, 4)
	}
	return min(level, markdown.MaxLevel)
}

// learnHeadings notes how numbered headings look.
func (s *style) learnHeadings(page []line) {
	for i := range page {
		l := &page[i]
		text := l.text()
		d := l.depth()
		if d == 0 || len([]rune(text)) > headingRunes || len(l.cells) > 2 || captioned.MatchString(text) ||
			!s.stands(l) || isMono(l.font) || gapAbove(page, i) < 1.1*s.pitch {
			continue
		}
		if old := s.heads[l.look()]; old == 0 || d < old {
			s.heads[l.look()] = d
		}
	}
}

// farAbove is the distance above the first line of a column.
const farAbove = 10.0

// columnJump is how far up a line must stand above the one before to begin a
// column, in letters' sizes; cells of a table's head jump less.
const columnJump = 4.0

// gapAbove is the distance to the line before in letters' sizes, far at the top
// of a column.
func gapAbove(page []line, i int) float64 {
	if i == 0 {
		return farAbove
	}
	gap := (page[i-1].base - page[i].base) / max(page[i-1].size, 1)
	if gap < -columnJump {
		return farAbove
	}
	return gap
}

// runningHeads finds the lines at the top and bottom of pages that say the same
// on many, or just the number of the page.
func runningHeads(pages [][]line) map[*line]bool {
	seen := map[string][]*line{}
	drop := map[*line]bool{}
	for _, page := range pages {
		for _, l := range outermost(page) {
			key := digits.ReplaceAllString(l.text(), "#")
			if pageNumber.MatchString(l.text()) {
				drop[l] = true
			} else if len(page) > 3 {
				seen[key] = append(seen[key], l)
			}
		}
	}
	for _, same := range seen {
		if len(same) < 3 || len(same)*5 < len(pages) {
			continue
		}
		// The first stays: it may be the one place that names the venue.
		for _, l := range same[1:] {
			drop[l] = true
		}
	}
	return drop
}

var (
	digits     = pattern.MustCompile(`\d+`)
	pageNumber = pattern.MustCompile(`(?i)^(?:page )?(?:\d{1,4}|[ivxl]{1,6})(?: (?:of|/) \d{1,4})?$`)
)

// headGap is how far a running head stands from the text, in its letters' sizes.
const headGap = 1.7

// outermost lists the lines that a wide gap parts from the text at the top and
// at the bottom of a page, at most two on each side.
func outermost(page []line) []*line {
	all := make([]*line, len(page))
	for i := range page {
		all[i] = &page[i]
	}
	slices.SortStableFunc(all, func(a, b *line) int { return compare(b.base, a.base) })
	list := setApart(all)
	slices.Reverse(all)
	return append(list, setApart(all)...)
}

// setApart lists the first lines up to the first wide gap.
func setApart(all []*line) []*line {
	for i := 0; i < min(len(all)-1, 3); i++ {
		if math.Abs(all[i].base-all[i+1].base) > headGap*max(all[i].size, all[i+1].size) {
			return slices.Clone(all[:min(i+1, 2)])
		}
	}
	return nil
}
