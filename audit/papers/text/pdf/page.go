package pdf

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// A page is the text of one page, in the order in which the PDF draws it.
type page struct {
	number int // 1 for the first
	runs   []run
}

// A run is a piece of text on one line in one font.
type run struct {
	text                     string
	left, right, bottom, top float64
	base                     float64 // the line on which the letters stand
	size                     float64 // in points, as drawn
	bold, italic             bool
	font                     string
	angle                    int // 0, 90, 180 or 270 degrees against the clock
}

func (p page) letters() int {
	n := 0
	for _, r := range p.runs {
		for _, c := range r.text {
			if unicode.IsLetter(c) {
				n++
			}
		}
	}
	return n
}

func (d *document) readPage(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, index int) error {
	loaded, err := in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: index})
	if errors.Is(err, pdferrors.ErrPage) { // damaged, and the sandbox is whole
		d.unread = append(d.unread, fmt.Sprintf("page %d of %d: it cannot be read", index+1, d.count))
		return nil
	}
	if err != nil {
		return fmt.Errorf("loading page %d: %w", index+1, err)
	}
	ref := requests.Page{ByReference: &loaded.Page}
	text, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return fmt.Errorf("text of page %d: %w", index+1, err)
	}
	r := runReader{in: in, text: text.TextPage}
	runs, err := r.read()
	if err != nil {
		return fmt.Errorf("text of page %d: %w", index+1, err)
	}
	if r.left != "" {
		d.unread = append(d.unread, fmt.Sprintf("page %d of %d: %s", index+1, d.count, r.left))
	}
	d.pages = append(d.pages, page{index + 1, upright(runs)})
	d.chars += r.count
	d.addLinks(in, doc, ref)
	if _, err := in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}); err != nil {
		return fmt.Errorf("closing page %d: %w", index+1, err)
	}
	if _, err := in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}); err != nil {
		return fmt.Errorf("closing page %d: %w", index+1, err)
	}
	return nil
}

// A runReader cuts the characters of a page into runs. Each call into the
// sandbox costs some microseconds, so characters are asked for by the page and
// places by the run: PDFium makes a rectangle for each text object, and the
// length of a run is found by asking how many rectangles a range has.
type runReader struct {
	in    pdfium.Pdfium
	text  references.FPDF_TEXTPAGE
	count int
	left  string // what was not read, in words
}

func (r *runReader) read() ([]run, error) {
	n, err := r.in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: r.text})
	if err != nil {
		return nil, err
	}
	r.count = n.Count
	if r.count > maxPageChars {
		r.left = fmt.Sprintf("%d characters, no more than %d are read", r.count, maxPageChars)
		r.count = maxPageChars
	}
	if r.count <= 0 {
		return nil, nil
	}
	chars, err := r.characters()
	if err != nil {
		return nil, err
	}
	var runs []run
	for pos := 0; pos < r.count; {
		if len(runs) == maxPageRuns {
			r.left = fmt.Sprintf("no more than %d pieces of text are read", maxPageRuns)
			break
		}
		width, rects, err := r.width(chars, pos)
		if err != nil {
			return nil, err
		}
		piece := chars[pos : pos+width]
		if rects == 0 { // spaces and line ends that PDFium made up: they end the run before
			if len(runs) > 0 {
				runs[len(runs)-1].text += string(piece)
			}
			pos += width
			continue
		}
		one, ok, err := r.run(piece, pos)
		if err != nil {
			return nil, err
		}
		if ok {
			runs = append(runs, r.apart(one, piece, pos)...)
		}
		pos += width
	}
	return runs, nil
}

// characters gives the characters of the page by their index.
func (r *runReader) characters() ([]rune, error) {
	all, err := r.in.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: r.text, StartIndex: 0, Count: r.count})
	if err != nil {
		return nil, err
	}
	if chars := []rune(strings.TrimSuffix(all.Text, "\x00")); len(chars) == r.count {
		for i, c := range chars {
			if c == '\ufffe' { // what PDFium's text has for a hyphen at the end of a line
				chars[i] = hyphen
			}
		}
		return chars, nil
	}
	chars := make([]rune, r.count) // some have no character, so indices must be asked for one by one
	for i := range chars {
		c, err := r.in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: r.text, Index: i})
		if err != nil {
			return nil, err
		}
		if u := rune(c.Unicode); u > 0 && u <= unicode.MaxRune {
			chars[i] = u
		} else {
			chars[i] = ' '
		}
	}
	return chars, nil
}

// width is how many characters from pos on belong to one rectangle.
func (r *runReader) width(chars []rune, pos int) (width, rects int, err error) {
	high := lineEnd(chars, pos) - pos // what does not fit
	if rects, err = r.rects(pos, high); err != nil || rects <= 1 {
		return high, rects, err
	}
	low := 1 // what fits
	for high-low > 1 {
		mid := (low + high) / 2
		n, err := r.rects(pos, mid)
		if err != nil {
			return 0, 0, err
		}
		if n <= 1 {
			low = mid
		} else {
			high = mid
		}
	}
	rects, err = r.rects(pos, low)
	return low, rects, err
}

// lineEnd is the index behind the line that holds pos.
func lineEnd(chars []rune, pos int) int {
	for i := pos; i < len(chars); i++ {
		if chars[i] == '\n' || chars[i] == hyphen {
			return i + 1
		}
	}
	return len(chars)
}

func (r *runReader) rects(pos, count int) (int, error) {
	n, err := r.in.FPDFText_CountRects(&requests.FPDFText_CountRects{TextPage: r.text, StartIndex: pos, Count: count})
	if err != nil {
		return 0, err
	}
	return n.Count, nil
}

// run measures the run whose rectangle was counted last.
func (r *runReader) run(chars []rune, pos int) (run, bool, error) {
	box, err := r.in.FPDFText_GetRect(&requests.FPDFText_GetRect{TextPage: r.text, Index: 0})
	if err != nil {
		return run{}, false, nil //nolint:nilerr // no rectangle: nothing that is seen
	}
	at := -1
	for i, c := range chars {
		if !unicode.IsSpace(c) && c != hyphen {
			at = pos + i
			break
		}
	}
	if at < 0 {
		return run{}, false, nil
	}
	size, err := r.in.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: r.text, Index: at})
	if err != nil {
		return run{}, false, err
	}
	one := run{text: string(chars), left: box.Left, right: box.Right, bottom: box.Bottom, top: box.Top,
		base: box.Bottom, size: size.FontSize}
	if m, err := r.in.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: r.text, Index: at}); err == nil {
		a, b, c, d := float64(m.Matrix.A), float64(m.Matrix.B), float64(m.Matrix.C), float64(m.Matrix.D)
		one.size *= math.Hypot(c, d)
		one.base = float64(m.Matrix.F)
		switch {
		case math.Abs(a) >= math.Abs(b) && a < 0:
			one.angle = 180
		case math.Abs(b) > math.Abs(a) && b > 0:
			one.angle, one.base = 90, float64(m.Matrix.E)
		case math.Abs(b) > math.Abs(a):
			one.angle, one.base = 270, float64(m.Matrix.E)
		}
	}
	if f, err := r.in.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: r.text, Index: at}); err == nil {
		one.font = f.FontName
		one.bold, one.italic = looks(f.FontName, f.Flags)
	}
	return one, !math.IsNaN(one.size) && one.size > 0, nil
}

// Which runs may hold gaps: short ones, and those that are wide for what they
// say. Running text has 0.4 to 0.5 letters' sizes a character.
const (
	shortRun  = 72 // characters
	tightText = 0.38
	looseText = 0.55
)

// apart cuts a run where its words stand as far from each other as the cells of
// a table: TeX draws a whole row as one text. Each look costs a call, so a run
// is looked into only where it may be a row.
func (r *runReader) apart(one run, chars []rune, pos int) []run {
	seen := strings.TrimSpace(one.text)
	wide := (one.right - one.left) / (one.size * float64(max(1, len(seen))))
	if one.angle != 0 || !strings.Contains(seen, " ") || wide < tightText || wide < looseText && len(seen) > shortRun {
		return []run{one}
	}
	gaps := r.gaps(chars, pos)
	smallest := math.Inf(1)
	for _, g := range gaps {
		smallest = min(smallest, g.right-g.left)
	}
	var parts []run
	start, left := 0, one.left
	for _, g := range gaps {
		width := (g.right - g.left) / one.size
		// The spaces of a stretched line are all alike, those of a row are not.
		if width <= cellGap || width <= sureGap && len(gaps) > 1 && smallest/one.size > width/2 {
			continue
		}
		part := one
		part.text, part.left, part.right = string(chars[start:g.end]), left, g.left
		parts = append(parts, part)
		start, left = g.next, g.right
	}
	last := one
	last.text, last.left = string(chars[start:]), left
	return append(parts, last)
}

// A gap is the space between two words of a run.
type gap struct {
	end, next   int // indices: behind the word before, of the word behind
	left, right float64
}

func (r *runReader) gaps(chars []rune, pos int) []gap {
	var list []gap
	for i := 1; i+1 < len(chars); i++ {
		if chars[i] != ' ' || unicode.IsSpace(chars[i-1]) {
			continue
		}
		next := i + 1
		for next < len(chars) && unicode.IsSpace(chars[next]) {
			next++
		}
		if next == len(chars) {
			break
		}
		before, err := r.in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: r.text,
			Index: pos + i - 1})
		if err != nil {
			continue // a character without a box parts nothing
		}
		behind, err := r.in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: r.text,
			Index: pos + next})
		if err != nil {
			continue
		}
		list = append(list, gap{i, next, float64(before.Rect.Right), float64(behind.Rect.Left)})
	}
	return list
}

// Flags of a font descriptor: ISO 32000-1, table 123.
const (
	flagItalic    = 1 << 6
	flagForceBold = 1 << 18
)

// looks tells bold and italic from a font's name: descriptors seldom say it, and
// the weight that PDFium gives is a guess from the width of stems.
func looks(font string, flags int) (bold, italic bool) {
	if i := strings.IndexByte(font, '+'); i == 6 { // the tag of a subset
		font = font[i+1:]
	}
	low := strings.ToLower(font)
	for _, w := range [...]string{"bold", "medi", "black", "heavy", "semibold", "demi", "-bd"} {
		bold = bold || strings.Contains(low, w)
	}
	for _, w := range [...]string{"cmbx", "vnbx", "sfbx", "ecbx", "lmbx", "cmssbx", "sfsx", "cmb10", "cmbsy", "cmmib",
		"ptmb", "phvb", "pplb"} {
		bold = bold || strings.HasPrefix(low, w)
	}
	bold = bold || strings.HasPrefix(font, "LMRoman") && strings.Contains(low, "bold") || flags&flagForceBold != 0
	for _, w := range [...]string{"italic", "ital", "oblique", "slant"} {
		italic = italic || strings.Contains(low, w)
	}
	for _, w := range [...]string{"cmti", "vnti", "sfti", "ecti", "lmri", "cmsl"} {
		italic = italic || strings.HasPrefix(low, w)
	}
	return bold, italic || flags&flagItalic != 0
}

// upright turns the page so that most of its text runs from left to right, and
// drops what then does not: stamps in the margin, labels of axes.
func upright(runs []run) []run {
	var chars [4]int
	for _, r := range runs {
		chars[r.angle/90] += len(r.text)
	}
	most := 0
	for i, n := range chars {
		if n > chars[most] {
			most = i
		}
	}
	kept := runs[:0]
	for _, r := range runs {
		if r.angle/90 != most {
			continue
		}
		switch most {
		case 1:
			r.left, r.right, r.bottom, r.top, r.base = r.bottom, r.top, -r.right, -r.left, -r.base
		case 2:
			r.left, r.right, r.bottom, r.top, r.base = -r.right, -r.left, -r.top, -r.bottom, -r.base
		case 3:
			r.left, r.right, r.bottom, r.top = -r.top, -r.bottom, r.left, r.right
		}
		kept = append(kept, r)
	}
	return kept
}
