package pdf

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"openness/audit/papers/text/markdown"
	"openness/audit/pattern"
)

// What a block is.
type blockKind int

const (
	paragraphBlock blockKind = iota
	headingBlock
	tableBlock
	captionBlock
	itemBlock
	footnoteBlock
)

// A block is a heading, paragraph or table on one page.
type block struct {
	kind     blockKind
	level    int // of a heading
	text     string
	mark     string // of a footnote
	rows     [][]string
	fresh    bool // it begins a column
	indented bool // its first line is set in, so that it does not go on with the one before
}

// A blocker cuts the lines of a page into blocks.
type blocker struct {
	style  style
	lines  []line
	left   [3]float64 // margins by column
	right  [3]float64
	notes  map[int]string // index of a footnote's first line: its mark
	note   map[int]bool   // lines of footnotes
	table  map[int]int    // first line of a table: the line behind its last
	inRefs *bool          // within the list of references, which goes on over pages
	blocks []block
}

// blocksOf cuts a page. The title of the paper is taken out before.
func blocksOf(s style, page []line, inRefs *bool) []block {
	b := blocker{style: s, lines: page, notes: map[int]string{}, note: map[int]bool{}, table: map[int]int{},
		inRefs: inRefs}
	b.margins()
	b.findNotes()
	b.findTables()
	for i := 0; i < len(page); {
		i = b.next(i)
	}
	return b.blocks
}

func (b *blocker) margins() {
	for column := range b.left {
		lefts := map[float64]int{}
		b.right[column] = math.Inf(-1)
		for _, l := range b.lines {
			if l.column == column && math.Abs(l.size-b.style.body) < 1 {
				lefts[math.Round(l.left)] += len(l.text())
				b.right[column] = max(b.right[column], l.right)
			}
		}
		b.left[column] = most(lefts)
	}
}

var noteMark = pattern.MustCompile(`^(\d{1,3}|[∗*†‡§¶])[.)]? ?(\S.*)$`)

// smallText is the share of the running text's size below which text is small print.
const smallText = 0.93

// findNotes marks the footnotes: small print at the foot of a column that begins
// with a mark.
func (b *blocker) findNotes() {
	for column := range 3 {
		var at []int
		for i, l := range b.lines {
			if l.column == column {
				at = append(at, i)
			}
		}
		slices.SortStableFunc(at, func(i, j int) int { return compare(b.lines[i].base, b.lines[j].base) })
		var foot []int
		for _, i := range at {
			if b.lines[i].size > smallText*b.style.body || len(b.lines[i].cells) > 2 {
				break
			}
			foot = append(foot, i)
		}
		slices.Reverse(foot)
		begun, last := false, 0
		for _, i := range foot {
			l := &b.lines[i]
			m := noteMark.FindStringSubmatch(l.text())
			switch {
			case l.raised != "" && noteMark.MatchString(l.raised+" x"):
				b.notes[i], begun = l.raised, true
			case m != nil && begun && isNext(m[1], last):
				b.notes[i] = m[1]
			case m != nil && !captioned.MatchString(l.text()) && l.left < b.left[column]+3*l.size && noteText(m[2]):
				b.notes[i], begun = m[1], true
			}
			if begun {
				b.note[i] = true
			}
			if n, err := strconv.Atoi(b.notes[i]); err == nil {
				last = n
			}
		}
	}
}

// isNext reports whether a mark is the number after last.
func isNext(mark string, last int) bool {
	n, err := strconv.Atoi(mark)
	return err == nil && n == last+1
}

// noteText tells a note from a number that a line of small print begins with.
func noteText(text string) bool {
	first := []rune(text)[0]
	return unicode.IsUpper(first) || strings.HasPrefix(text, "http") || strings.HasPrefix(text, "www") ||
		strings.Contains(firstField(text), "/")
}

func firstField(s string) string {
	f, _, _ := strings.Cut(s, " ")
	return f
}

// findTables marks the stretches of lines that have cells.
func (b *blocker) findTables() {
	for i := 0; i < len(b.lines); i++ {
		if b.note[i] || len(b.lines[i].cells) < 2 || b.isHeading(i) || leaders.MatchString(b.lines[i].text()) {
			continue
		}
		end, rows := i+1, 1
		for j := i + 1; j < len(b.lines) && !b.note[j] && !b.isHeading(j) && !leaders.MatchString(b.lines[j].text()) &&
			b.lines[j].base < b.lines[j-1].base+b.lines[j].size; j++ {
			l := &b.lines[j]
			if len(l.cells) > 1 {
				end, rows = j+1, rows+1
			} else if j+1 >= len(b.lines) || len(b.lines[j+1].cells) < 2 ||
				l.width() > 0.6*(b.right[l.column]-b.left[l.column]) || captioned.MatchString(l.text()) {
				break
			}
		}
		if rows >= 2 && !b.isList(i, end) {
			b.table[b.head(i)] = end
			i = end - 1
		}
	}
}

// Bounds of the head of a table: lines over its first row, and how far apart.
const (
	maxHead   = 4
	headPitch = 2.2 // rules and padding stand between head and rows
)

// head is the first line of a table's head: bold lines close above its rows,
// which would pass for a heading.
func (b *blocker) head(i int) int {
	for n := 0; n < maxHead && i > 0; n++ {
		l, row := &b.lines[i-1], &b.lines[i]
		gap := (l.base - row.base) / max(row.size, 1)
		if !l.bold || l.depth() > 0 || b.note[i-1] || l.size > headingRatio*b.style.body || l.column != row.column ||
			gap < -columnJump || gap > headPitch*b.style.pitch {
			break
		}
		i--
	}
	return i
}

// isHeading reports whether a line is a heading whose number is set off.
func (b *blocker) isHeading(i int) bool {
	l := &b.lines[i]
	return l.depth() > 0 && b.style.stands(l) && b.style.headingLevel(l, gapAbove(b.lines, i)) > 0
}

var bullet = pattern.MustCompile(`^(?:[•◦▪■‣·∙–—*-]|\(?[a-z0-9ivx]{1,3}[.)])$`)

// isList reports whether the first cells are all marks of entries.
func (b *blocker) isList(from, end int) bool {
	for i := range b.lines[from:end] {
		l := &b.lines[from+i]
		if len(l.cells) > 1 && !bullet.MatchString(l.cells[0].text) && (l.depth() == 0 || !b.style.stands(l)) {
			return false
		}
	}
	return true
}

// leaders are the dots that lead to a page's number.
var leaders = pattern.MustCompile(`(?:\. ?){6,}`)

// next makes a block of the lines from i on and gives the line behind it.
func (b *blocker) next(i int) int {
	l := &b.lines[i]
	switch end, ok := b.table[i]; {
	case leaders.MatchString(l.text()): // of a list of contents
		return i + 1
	case b.note[i]:
		return b.footnote(i)
	case ok:
		b.add(block{kind: tableBlock, rows: rows(b.lines[i:end])})
		return end
	case captioned.MatchString(l.text()):
		return b.paragraph(i, captionBlock)
	}
	if level := b.style.headingLevel(l, gapAbove(b.lines, i)); level > 0 {
		return b.heading(i, level)
	}
	if b.inFigure(l) {
		return i + 1
	}
	if b.style.body > 0 && bullet.MatchString(firstField(l.text())) && strings.Contains(l.text(), " ") {
		return b.paragraph(i, itemBlock)
	}
	return b.paragraph(i, paragraphBlock)
}

func (b *blocker) add(x block) { b.blocks = append(b.blocks, x) }

// inFigure reports whether a line is set in a font in which no sentence of the
// document is, as the labels of plots are.
func (b *blocker) inFigure(l *line) bool {
	for _, c := range l.cells {
		for _, r := range c.runs {
			if b.style.fonts[r.font] {
				return false
			}
		}
	}
	return len(b.style.fonts) > 0
}

func (b *blocker) heading(i, level int) int {
	text := b.lines[i].text()
	end := i + 1
	for ; end < len(b.lines) && end < i+3; end++ {
		l := &b.lines[end]
		if l.look() != b.lines[i].look() || l.depth() > 0 || wellKnown.MatchString(l.text()) || gapAbove(b.lines,
			end) > 1.35*b.style.pitch ||
			len([]rune(text+l.text())) > headingRunes {
			break
		}
		text = b.style.join(text, l.text())
	}
	*b.inRefs = markdown.IsReferences(text) || *b.inRefs && level > 2
	b.add(block{kind: headingBlock, level: level, text: text})
	return end
}

func (b *blocker) footnote(i int) int {
	l := &b.lines[i]
	mark := b.notes[i]
	text := l.text()
	if l.raised == "" {
		if m := noteMark.FindStringSubmatch(text); m != nil && m[1] == mark {
			text = m[2]
		}
	}
	end := i + 1
	for ; end < len(b.lines) && b.note[end] && b.notes[end] == "" && b.lines[end].column == l.column; end++ {
		text = b.style.join(text, b.lines[end].text())
	}
	b.add(block{kind: footnoteBlock, mark: mark, text: text})
	return end
}

// paragraph gathers the lines of a paragraph.
func (b *blocker) paragraph(i int, kind blockKind) int {
	first := &b.lines[i]
	text, lead := first.shown(), ""
	if kind == paragraphBlock && !*b.inRefs {
		lead = runIn(first)
		text = strings.TrimSpace(strings.TrimPrefix(text, lead))
	}
	end := i + 1
	for ; end < len(b.lines) && b.goesOn(i, end, kind); end++ {
		text = b.style.join(text, b.lines[end].shown())
	}
	if lead != "" && len(text) >= minAfterLead &&
		!unicode.IsLower([]rune(text)[0]) { // "Data parallelism copies the model" is a sentence
		b.add(block{kind: headingBlock, level: 5, text: strings.TrimRight(lead, ". ")})
	} else if lead != "" {
		text = lead + " " + text
	}
	if kind == itemBlock {
		if mark := firstField(text); !strings.ContainsFunc(mark, func(r rune) bool {
			return unicode.IsLetter(r) ||
				unicode.IsDigit(r)
		}) {
			text = strings.TrimSpace(strings.TrimPrefix(text, mark))
		}
	}
	if kind == paragraphBlock && !strings.ContainsFunc(text, unicode.IsLetter) {
		return end // the scale of a plot, the number of a formula
	}
	em := first.size
	fresh := i == 0 || gapAbove(b.lines, i) >= farAbove
	b.add(block{kind: kind, text: text, fresh: fresh, indented: lead != "" || first.left > b.left[first.column]+0.7*em})
	return end
}

const (
	minAfterLead = 15
	maxLead      = 80
)

// runIn is the heading that opens a paragraph on the same line, "" when none does.
// One that ends with a colon is the first word of a list of facts: it stays.
func runIn(l *line) string {
	lead := l.lead
	if len(lead) > maxLead || strings.HasSuffix(lead, ":") || !strings.HasPrefix(l.shown(), lead) {
		return ""
	}
	n := 0
	for _, r := range lead {
		if unicode.IsLetter(r) {
			n++
		}
	}
	if first := []rune(lead + " ")[0]; n < 3 || !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return ""
	}
	return lead
}

// shown is the text with the small mark before it.
func (l *line) shown() string {
	if l.raised != "" {
		return l.raised + " " + l.text()
	}
	return l.text()
}

// goesOn reports whether line j belongs to the paragraph that began at line i.
func (b *blocker) goesOn(i, j int, kind blockKind) bool {
	prev, l := &b.lines[j-1], &b.lines[j]
	text := l.text()
	_, table := b.table[j]
	switch {
	case table, b.note[j], captioned.MatchString(text), l.column != prev.column, l.base >= prev.base,
		math.Abs(l.size-prev.size) > 0.08*prev.size, b.inFigure(l), b.style.headingLevel(l, gapAbove(b.lines, j)) > 0:
		return false
	}
	em := l.size
	above := (prev.base - l.base) / em
	if above > 1.4*b.style.pitch || bullet.MatchString(firstField(text)) && strings.Contains(text, " ") &&
		unicode.IsPunct([]rune(text)[0]) {
		return false
	}
	hanging := kind == itemBlock || *b.inRefs && b.lines[i].left < b.left[l.column]+0.5*em
	switch {
	case hanging && kind == itemBlock:
		return l.left > b.lines[i].left+0.3*em || prev.right > b.right[l.column]-2*em && !ends(prev.text())
	case *b.inRefs:
		return b.entryGoesOn(i, j)
	case kind == captionBlock:
		return true
	case l.left > prev.left+0.7*em && l.left < prev.left+4*em && j > i+1 && ends(prev.text()):
		return false // set in
	case l.left > b.left[l.column]+0.7*em && prev.left < b.left[l.column]+0.5*em && ends(prev.text()):
		return false
	case l.lead != "" && ends(prev.text()) && runIn(l) != "" && above > 1.05*b.style.pitch:
		return false
	}
	return !ends(prev.text()) || prev.right > b.right[l.column]-0.25*(b.right[l.column]-b.left[l.column])
}

var entryNumber = pattern.MustCompile(`^\[[^\]]{1,12}\]`)

// entryGoesOn does the same within the references, whose entries hang, are
// numbered, or are parted by space.
func (b *blocker) entryGoesOn(i, j int) bool {
	prev, l := &b.lines[j-1], &b.lines[j]
	em := l.size
	switch {
	case entryNumber.MatchString(l.text()):
		return false
	case entryNumber.MatchString(b.lines[i].text()):
		return true
	case (prev.base-l.base)/em > 1.12*b.style.pitch:
		return false
	}
	return l.left > b.lines[i].left+0.4*em || !ends(prev.text()) || j == i+1 && l.left > b.lines[i].left-0.4*em
}

var ending = pattern.MustCompile(`(?:[.!?:;。！？]["”’')\]]*|[.!?:;]\d{1,3})$`)

// ends reports whether a text ends as a sentence does.
func ends(text string) bool { return ending.MatchString(text) }

// rows puts the cells of a table's lines into columns.
func rows(lines []line) [][]string {
	widest := 0
	for i, l := range lines {
		if len(l.cells) > len(lines[widest].cells) {
			widest = i
		}
	}
	columns := lines[widest].cells
	out := make([][]string, 0, len(lines))
	for _, l := range lines {
		row := make([]string, len(columns))
		for _, c := range l.cells {
			at := nearest(columns, c)
			row[at] = strings.TrimSpace(row[at] + " " + strings.ReplaceAll(c.text, "\x02", "-"))
		}
		out = append(out, row)
	}
	return out
}

// nearest is the column that a cell overlaps most, else whose middle is nearest.
func nearest(columns []cell, c cell) int {
	best, overlap := 0, math.Inf(-1)
	for i, col := range columns {
		o := min(col.right, c.right) - max(col.left, c.left) // negative: the distance
		if o > overlap {
			best, overlap = i, o
		}
	}
	return best
}
