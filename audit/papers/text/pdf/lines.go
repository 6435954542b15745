package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// hyphen is what PDFium gives for a hyphen at the end of a line.
const hyphen = '\x02'

// A line is what stands on one line of one column.
type line struct {
	cells                    []cell
	left, right, bottom, top float64
	base, size               float64
	bold, italic             bool // all of it
	font                     string
	page                     int
	column                   int    // 0 across the page, 1 left, 2 right
	raised                   string // a small mark before the text: "2" of a footnote
	lead                     string // bold words that open the line, where the rest is not bold
}

// A cell is a piece of a line that is set apart by a wide gap.
type cell struct {
	text        string
	left, right float64
	runs        []run
}

func (l *line) text() string {
	parts := make([]string, len(l.cells))
	for i, c := range l.cells {
		parts[i] = c.text
	}
	return strings.Join(parts, " ")
}

func (l *line) width() float64 { return l.right - l.left }

// Distances in letters' sizes (em).
const (
	wordGap   = 0.15 // between words; PDFium has put most spaces already
	markGap   = 0.35 // before a comma: letters of slanted fonts end early
	cellGap   = 0.85 // between cells of a table
	leadGap   = 1.15 // behind a heading that opens its paragraph
	sureGap   = 1.3  // that no justified text has between words
	backStep  = 0.5  // how far a run may begin before the end of the last
	sameLevel = 0.4  // share of the smaller height that two runs of a line share
)

// lines puts the runs of a page together.
func lines(p page) []line {
	var list []line
	for i := 0; i < len(p.runs); {
		j := i + 1
		for j < len(p.runs) && follows(p.runs[i:j], p.runs[j]) {
			j++
		}
		if l, ok := newLine(p.runs[i:j], p.number); ok {
			list = append(list, l)
		}
		i = j
	}
	return list
}

// follows reports whether a run goes on with the line that the others are.
func follows(on []run, next run) bool {
	last := on[len(on)-1]
	main := last
	for _, r := range on { // the line's height is that of its largest letters
		if r.size > main.size {
			main = r
		}
	}
	em := max(main.size, next.size)
	if next.left < last.right-backStep*em {
		return isAccent(next.text) && math.Abs(next.base-main.base) < em && next.left > main.left-em
	}
	if math.Abs(next.base-main.base) < 0.1*em {
		return true
	}
	shared := min(main.ascent(), next.ascent()) - max(main.descent(), next.descent())
	height := min(main.size, next.size)
	return shared > sameLevel*height && math.Abs(next.base-main.base) < 0.6*em || isAccent(next.text) &&
		next.left-last.right < em && math.Abs(next.base-main.base) < em
}

// ascent and descent are the height of a line of such letters, whichever there are.
func (r run) ascent() float64  { return r.base + 0.75*r.size }
func (r run) descent() float64 { return r.base - 0.25*r.size }

func newLine(runs []run, number int) (line, bool) {
	l := line{left: math.Inf(1), right: math.Inf(-1), bottom: math.Inf(1), top: math.Inf(-1), page: number,
		bold: true, italic: true}
	sizes, fonts, bases := map[float64]int{}, map[string]int{}, map[float64]int{}
	letters := false
	for _, r := range runs {
		n := len(strings.TrimSpace(r.text))
		sizes[math.Round(r.size*10)/10] += n
		bases[r.base] += n
		fonts[r.font] += n
		if n > 0 && strings.ContainsFunc(r.text, unicode.IsLetter) {
			letters = true
			l.bold = l.bold && r.bold
			l.italic = l.italic && r.italic
		}
	}
	l.bold, l.italic = l.bold && letters, l.italic && letters
	l.size, l.base, l.font = most(sizes), most(bases), most(fonts)
	for i, r := range runs {
		l.left, l.right = min(l.left, r.left), max(l.right, r.right)
		l.bottom, l.top = min(l.bottom, r.bottom), max(l.top, r.top)
		mark := strings.TrimSpace(r.text)
		if i == 0 && len(runs) > 1 && r.size < 0.85*l.size && r.base > l.base+0.1*l.size && len([]rune(mark)) <= 3 {
			l.raised = mark
			continue
		}
		last := len(l.cells) - 1
		if last < 0 || r.left-l.cells[last].right > cellGap*l.size && !behindLead(l.cells, r, l.size) {
			l.cells = append(l.cells, cell{text: r.text, left: r.left, right: r.right, runs: []run{r}})
			continue
		}
		c := &l.cells[last]
		gap := wordGap
		if strings.HasPrefix(r.text, ",") || strings.HasPrefix(r.text, ".") || strings.HasPrefix(r.text, ")") ||
			strings.HasPrefix(r.text, ";") {
			gap = markGap
		}
		if r.left-c.right > gap*l.size && !isAccent(c.text) && !endsSpace(c.text) {
			c.text += " "
		}
		c.text += r.text
		c.right = max(c.right, r.right)
		c.runs = append(c.runs, r)
	}
	l.lead = lead(runs)
	kept := l.cells[:0]
	for _, c := range l.cells {
		if c.text = tidy(c.text); c.text != "" {
			kept = append(kept, c)
		}
	}
	l.cells = kept
	return l, len(kept) > 0
}

// behindLead reports whether a run goes on behind a heading on the same line,
// which TeX sets off by one letter's size.
func behindLead(cells []cell, r run, size float64) bool {
	if len(cells) != 1 || r.bold || r.left-cells[0].right > leadGap*size {
		return false
	}
	for _, b := range cells[0].runs {
		if !b.bold {
			return false
		}
	}
	return true
}

// lead is the bold text before the first text that is not bold.
func lead(runs []run) string {
	var bold strings.Builder
	for i, r := range runs {
		if !r.bold && strings.ContainsFunc(r.text, unicode.IsLetter) {
			if i == 0 {
				return ""
			}
			return tidy(bold.String())
		}
		bold.WriteString(r.text)
	}
	return ""
}

// most is the key with the greatest count, the greatest of these when several have it.
func most[K float64 | string](counts map[K]int) K {
	var best K
	n := -1
	for k, c := range counts {
		if c > n || c == n && k > best {
			best, n = k, c
		}
	}
	return best
}

func endsSpace(s string) bool { return s != "" && unicode.IsSpace(rune(s[len(s)-1])) }

// accents are the marks that TeX's old fonts set as a character of their own,
// before the letter that bears them.
var accents = map[rune]rune{
	'´': '\u0301', '`': '\u0300', '¨': '\u0308', 'ˆ': '\u0302', '˜': '\u0303', 'ˇ': '\u030c',
	'¸': '\u0327', '˘': '\u0306', '˚': '\u030a',
	'˝': '\u030b', '¯': '\u0304', '˙': '\u0307',
}

func isAccent(text string) bool {
	for _, r := range strings.TrimSpace(text) {
		return accents[r] != 0 && len(strings.TrimSpace(text)) <= 2
	}
	return false
}

var ligatures = strings.NewReplacer("ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl")

// tidy folds space and joins accents with their letters.
func tidy(text string) string {
	text = ligatures.Replace(strings.Join(strings.Fields(text), " "))
	if !strings.ContainsFunc(text, func(r rune) bool { return accents[r] != 0 && r != '`' }) {
		return text
	}
	var out []rune
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		mark := accents[runes[i]]
		if mark != 0 && runes[i] != '`' && i+1 < len(runes) && unicode.IsLetter(runes[i+1]) {
			letter := runes[i+1]
			if letter == 'ı' {
				letter = 'i'
			}
			out = append(out, letter, mark)
			i++
			continue
		}
		out = append(out, runes[i])
	}
	return norm.NFC.String(string(out))
}

// order sets the column of each line, and puts a page whose columns are drawn
// line by line across both into reading order. Most writers draw the left
// column first; then the order of drawing is kept, for it knows about floats.
func order(list []line) []line {
	middle, two := gutter(list)
	if !two {
		return list
	}
	if crossed(list, middle) {
		list = split(list, middle)
	}
	switches, last := 0, 0
	for i := range list {
		l := &list[i]
		switch {
		case l.right <= middle:
			l.column = 1
		case l.left >= middle:
			l.column = 2
		}
		if l.column != 0 {
			if last != 0 && l.column != last {
				switches++
			}
			last = l.column
		}
	}
	if switches <= maxSwitches {
		return list
	}
	return bands(list)
}

// maxSwitches is how often the order of drawing may change sides on a page that
// is drawn column by column: floats and footnotes account for a few.
const maxSwitches = 6

// gutter finds the middle of a page of two columns.
func gutter(list []line) (middle float64, two bool) {
	left, right := math.Inf(1), math.Inf(-1)
	for _, l := range list {
		left, right = min(left, l.left), max(right, l.right)
	}
	middle = (left + right) / 2
	var sides [3]int // letters across, on the left, on the right
	for _, l := range list {
		for _, c := range l.cells {
			switch {
			case c.right <= middle+0.01*(right-left):
				sides[1] += len(c.text)
			case c.left >= middle-0.01*(right-left):
				sides[2] += len(c.text)
			default:
				sides[0] += len(c.text)
			}
		}
	}
	all := sides[0] + sides[1] + sides[2]
	// A page of short lines (a poem, a list) is all on the left.
	return middle, all > 0 && sides[1] > all/5 && sides[2] > all/5 && sides[1]+sides[2] > all*6/10
}

// crossed reports whether lines of both columns were drawn one after the other
// on the same height, so that they look like one line.
func crossed(list []line, middle float64) bool {
	n, long := 0, 0
	for _, l := range list {
		left, right := 0, 0
		for _, c := range l.cells {
			if c.right <= middle {
				left += len(c.text)
			} else if c.left >= middle {
				right += len(c.text)
			}
		}
		if left > 20 && right > 20 {
			n++
		}
		if left > 20 || right > 20 {
			long++
		}
	}
	return n > maxSwitches && n*3 > long
}

// split cuts lines at the gutter.
func split(list []line, middle float64) []line {
	var out []line
	for _, l := range list {
		at := len(l.cells)
		for i, c := range l.cells {
			if c.left >= middle {
				at = i
				break
			}
		}
		if at == 0 || at == len(l.cells) || l.cells[at-1].right > middle {
			out = append(out, l)
			continue
		}
		for _, cells := range [][]cell{l.cells[:at], l.cells[at:]} {
			var runs []run
			for _, c := range cells {
				runs = append(runs, c.runs...)
			}
			if half, ok := newLine(runs, l.page); ok {
				out = append(out, half)
			}
		}
	}
	return out
}

// bands reads a page from top to bottom in bands that lines across the page
// part; in each the left column comes first.
func bands(list []line) []line {
	slices.SortStableFunc(list, func(a, b line) int { return compare(b.base, a.base) })
	var out, left, right []line
	flush := func() {
		out = append(append(out, left...), right...)
		left, right = nil, nil
	}
	for _, l := range list {
		switch l.column {
		case 1:
			left = append(left, l)
		case 2:
			right = append(right, l)
		default:
			flush()
			out = append(out, l)
		}
	}
	flush()
	return out
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
