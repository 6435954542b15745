package pdf

import (
	"strings"
	"unicode"

	"openness/audit/papers/text/markdown"
	"openness/audit/pattern"
)

// write makes the text of the document.
func write(pages []page) (w *markdown.Writer, title string) {
	all := make([][]line, len(pages))
	for i, p := range pages {
		all[i] = order(lines(p))
	}
	s := styleOf(all)
	heads := runningHeads(all)
	o := &output{style: s, w: &markdown.Writer{}}
	inRefs := false
	for i, p := range pages {
		var kept []line
		for j := range all[i] {
			if !heads[&all[i][j]] {
				kept = append(kept, all[i][j])
			}
		}
		if p.number == 1 {
			title, kept = s.title(kept)
			o.w.Heading(1, title)
		}
		o.page(p.number, blocksOf(s, kept, &inRefs))
	}
	o.end()
	return o.w, title
}

// titleRatio is how much larger than the running text a title is at least.
const titleRatio = 1.15

// title takes the largest text of the first page's upper part out of its lines.
func (s *style) title(page []line) (string, []line) {
	top, bottom := 0.0, 0.0
	for i, l := range page {
		if i == 0 {
			top, bottom = l.base, l.base
		}
		top, bottom = max(top, l.base), min(bottom, l.base)
	}
	largest := 0.0
	for _, l := range page {
		if l.base > top-0.6*(top-bottom) && len([]rune(l.text())) > 3 && strings.ContainsFunc(l.text(),
			unicode.IsLetter) && depth(l.text()) == 0 {
			largest = max(largest, l.size)
		}
	}
	if largest < titleRatio*s.body {
		return "", page
	}
	text := ""
	var kept []line
	last := -1
	for i, l := range page {
		if l.size > largest-0.3 && l.base > top-0.6*(top-bottom) && (last < 0 || i == last+1) && depth(l.text()) == 0 {
			text, last = s.join(text, l.text()), i
			continue
		}
		kept = append(kept, l)
	}
	if len([]rune(text)) > 400 {
		return "", page
	}
	return strings.TrimSpace(text), kept
}

// An output writes blocks and keeps sentences whole: what stands between the
// two halves of one (a table, a footnote, a new page) waits until it has ended.
type output struct {
	style   style
	w       *markdown.Writer
	current block // a paragraph that may go on
	open    bool
	waiting []func()
	turned  int // the page that the current paragraph runs into, 0 when none
}

func (o *output) page(number int, blocks []block) {
	if o.open && !ends(o.current.text) && o.turned == 0 {
		o.turned = number
	} else {
		o.close()
		o.w.Page(number)
	}
	for _, b := range blocks {
		o.block(b)
	}
	if o.turned != 0 {
		o.close()
	}
}

func (o *output) end() { o.close() }

func (o *output) block(b block) {
	switch b.kind {
	case headingBlock:
		o.close()
		o.w.Heading(b.level, b.text)
	case tableBlock:
		o.later(func() {
			o.w.EndTable()
			for _, r := range b.rows {
				o.w.Row(r)
			}
			o.w.EndTable()
		})
	case captionBlock:
		o.later(func() { o.w.Paragraph(clean(b.text)) })
	case footnoteBlock:
		o.later(func() { o.w.Footnote(b.mark, clean(b.text)) })
	default:
		if o.open && b.kind == paragraphBlock && !ends(o.current.text) && o.continues(b) {
			o.goOn(b)
			return
		}
		o.close()
		o.current, o.open = b, true
	}
}

// continues reports whether a paragraph is the rest of the current one.
func (o *output) continues(b block) bool {
	first := []rune(b.text + " ")[0]
	hyphened := strings.HasSuffix(o.current.text, "\x02")
	return hyphened || unicode.IsLower(first) || !b.indented && (o.turned != 0 || len(o.waiting) > 0 || b.fresh)
}

// goOn adds the rest of a paragraph. Where it comes from a new page, the mark
// of the page goes behind the sentence that crosses over.
func (o *output) goOn(b block) {
	whole := o.style.join(o.current.text, b.text)
	if o.turned == 0 {
		o.current.text = whole
		return
	}
	at := sentenceEnd(whole, len(o.current.text)-1)
	rest := strings.TrimSpace(whole[at:])
	o.current.text = whole[:at]
	o.close()
	if rest != "" {
		b.text = rest
		o.current, o.open = b, true
	}
}

// later writes now, or behind the sentence that is not at its end yet.
func (o *output) later(write func()) {
	if o.open && !ends(o.current.text) {
		o.waiting = append(o.waiting, write)
		return
	}
	o.close()
	write()
}

// close writes the current paragraph and what waited for its end.
func (o *output) close() {
	if o.open {
		if text := clean(o.current.text); o.current.kind == itemBlock {
			o.w.Item(text)
		} else {
			o.w.Paragraph(text)
		}
	}
	o.open, o.current = false, block{}
	if o.turned != 0 {
		o.w.Page(o.turned)
		o.turned = 0
	}
	for _, write := range o.waiting {
		write()
	}
	o.waiting = nil
}

func clean(text string) string { return strings.ReplaceAll(text, "\x02", "-") }

var (
	sentenceStop = pattern.MustCompile(`[.!?]["”’')\]]* +["“(\[]?[\p{Lu}\d]|[。！？]`)
	shortened    = pattern.MustCompile(
		`(?i)(?:^|[\s(\[])(?:e\.g|i\.e|et al|vs|fig|figs|eq|sec|tab|no|approx|resp|cf|dr|prof|[a-z])\.$`,
	)
)

// sentenceEnd is the offset behind the first sentence that ends at or after from.
func sentenceEnd(text string, from int) int {
	for from = max(from, 0); from < len(text); {
		m := sentenceStop.FindStringIndex(text[from:])
		if m == nil {
			break
		}
		stop := from + m[0]
		_, size := decode(text[stop:])
		end := stop + size
		for end < len(text) && strings.ContainsRune(`"')]`, rune(text[end])) {
			end++
		}
		if !shortened.MatchString(text[max(0, end-12):end]) {
			return end
		}
		from = end
	}
	return len(text)
}

func decode(s string) (rune, int) {
	for i, r := range s {
		if i == 0 {
			return r, len(string(r))
		}
	}
	return 0, 1
}
