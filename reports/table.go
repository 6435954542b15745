package reports

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"openness/rubric"
)

const (
	defaultWidth = 80
	narrowest    = 40 // below this a table is drawn anyway and wraps
)

// columns is the width to draw to.
func (o Options) columns() int { return max(cmp.Or(o.Width, defaultWidth), narrowest) }

// writeRankingTable draws the ranking to the width of the terminal. Where each
// dimension's name fits above its column it stands there; otherwise the classes
// are set close and lettered, with a key below. Models that are not ranked stand
// below a rule.
func writeRankingTable(w io.Writer, r Report, rows []Row, o Options) error {
	width := o.columns()
	heads := columnHeads(r.Rubric.Dimensions, width)
	figures := figureColumns(rows, width)
	used := bandWidth(rows)
	for _, c := range figures {
		used += columnGap + c.width(rows)
	}
	for _, h := range heads {
		used += columnGap + text.LongestLineLen(h)
	}
	nameWidth := min(max(width-used-columnGap, 10), longestModelName(rows))
	used += nameWidth + columnGap
	withOrganisation := width-used > 16
	head := table.Row{"#", "Model"}
	if withOrganisation {
		head = append(head, "Organisation")
	}
	for _, c := range figures {
		head = append(head, c.head)
	}
	for _, h := range heads {
		head = append(head, h)
	}
	t := newTable(width)
	t.AppendHeader(head)
	ranked := rankedOf(rows)
	for n, row := range rows {
		if n == ranked && n > 0 {
			t.AppendSeparator()
		}
		line := table.Row{row.Band(), fit(row.Name, nameWidth)}
		if withOrganisation {
			line = append(line, fit(row.Organisation, min(width-used-columnGap, 30)))
		}
		for _, c := range figures {
			line = append(line, c.value(row))
		}
		for i, c := range row.Cells {
			line = append(line, centred(Symbol(c.Class), text.LongestLineLen(heads[i]), c.Class, o.Color))
		}
		t.AppendRow(line)
	}
	t.SetColumnConfigs(columnConfigs(head))
	title := fmt.Sprintf("Openness, %s %s, out of %s", Visible(rubricTitle(r.Rubric)), Visible(r.Rubric.Version), number(maximum(rows)))
	foot := wrapped(r.Ranking.Explained(), width)
	if note := r.Ranking.unrankedNote(rows); note != "" {
		foot = wrapped("– "+note+".", width) + foot
	}
	foot += wrapped(staleLine(rows), width)
	_, err := io.WriteString(w, wrapped(title, width)+trimLines(t.Render())+"\n"+tableKey(r.Rubric, heads, width, o.Color)+foot)
	return err
}

// A figureColumn is a column of numbers of the ranking's table.
type figureColumn struct {
	head  string
	value func(Row) string
}

func (c figureColumn) width(rows []Row) int {
	n := len(c.head)
	for _, r := range rows {
		n = max(n, text.StringWidth(c.value(r)))
	}
	return n
}

// wideEnough is from where a table has room for the ranges beside the totals,
// and narrowTable up to where there is none for the coverage.
const (
	wideEnough  = 110
	narrowTable = 78
)

func figureColumns(rows []Row, width int) []figureColumn {
	columns := []figureColumn{{"Share", knownShare}, {"Strict", func(r Row) string { return number(r.Score.Strict) }},
		{"Range", func(r Row) string { return spanOf(r.Score) }}, {"Cov.", func(r Row) string { return share(r.Score.Coverage) }}}
	if width < wideEnough {
		columns = slices.Delete(columns, 2, 3) // the range follows from total and coverage
	}
	if width < narrowTable {
		columns = columns[:len(columns)-1]
	}
	return columns
}

// columnConfigs set numbers to the right and heads upon the line.
func columnConfigs(head table.Row) []table.ColumnConfig {
	var configs []table.ColumnConfig
	for i, name := range head {
		c := table.ColumnConfig{Number: i + 1, VAlignHeader: text.VAlignBottom}
		switch name {
		case "#", "Share", "Strict", "Range", "Cov.":
			c.Align, c.AlignHeader = text.AlignRight, text.AlignRight
		}
		configs = append(configs, c)
	}
	return configs
}

// columnGap is the blank between two columns.
const columnGap = 2

func newTable(width int) table.Writer {
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Box.MiddleHorizontal = "─"
	style.Format.Header = text.FormatDefault
	style.Size.WidthMax = width + columnGap // the last column's padding is trimmed
	t.SetStyle(style)
	t.SuppressTrailingSpaces()
	return t
}

// columnHeads gives each dimension its name where all fit beside a readable
// model name, set in lines of a word or two if need be, and a letter where they
// do not.
func columnHeads(dims []rubric.Dimension, width int) []string {
	var names, stacked, letters []string
	for i, d := range dims {
		name := Visible(heading(d))
		names, stacked, letters = append(names, name), append(stacked, stack(name)), append(letters, letter(i))
	}
	for _, heads := range [][]string{names, stacked} {
		total := rankedNameWidth
		for _, h := range heads {
			total += columnGap + text.LongestLineLen(h)
		}
		if total <= width {
			return heads
		}
	}
	return letters
}

// stack breaks a name into lines as long as its longest word.
func stack(name string) string {
	longest := 0
	for _, word := range strings.Fields(name) {
		longest = max(longest, text.StringWidth(word))
	}
	return strings.TrimSuffix(wrapped(name, longest), "\n")
}

// rankedNameWidth is what band, a readable name and the numbers take.
const rankedNameWidth = 55

// letter numbers columns a to z, then aa, ab and so on.
func letter(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

// tableKey explains symbols and, where columns are lettered, the letters.
func tableKey(r *rubric.Rubric, heads []string, width int, color bool) string {
	parts := []string{}
	for i, d := range r.Dimensions {
		if heads[i] == letter(i) {
			parts = append(parts, heads[i]+" "+Visible(heading(d)))
		}
	}
	classes := []string{}
	for _, c := range Classes() {
		classes = append(classes, paint(Symbol(c), c, color)+" "+string(c))
	}
	key := "\n" + strings.Join(classes, "   ") + "\n"
	return key + flowed(parts, " · ", width)
}

// wrapped breaks s into lines of at most width columns.
func wrapped(s string, width int) string { return flowed(strings.Fields(s), " ", width) }

// flowed sets parts into lines of at most width columns, breaking only between parts.
func flowed(parts []string, between string, width int) string {
	var lines []string
	for _, p := range parts {
		last := len(lines) - 1
		if last >= 0 && text.StringWidth(lines[last]+between+p) <= width {
			lines[last] += between + p
			continue
		}
		lines = append(lines, p)
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// fit shortens a name to n columns, counting wide characters as two.
func fit(s string, n int) string {
	s = Visible(Shorten(s, 4*n+longestName)) // bounded first: a name may be a megabyte
	if text.StringWidth(s) <= n {
		return s
	}
	used := 0
	for i, r := range s {
		if used += text.RuneWidth(r); used > n-1 {
			return s[:i] + "…"
		}
	}
	return s
}

func centred(symbol string, width int, c rubric.Class, color bool) string {
	return strings.Repeat(" ", (width-1)/2) + paint(symbol, c, color)
}

// paint colours a symbol as its class; the symbol alone tells the class too.
// Escapes are written here rather than through go-pretty's process-wide switch.
func paint(symbol string, c rubric.Class, color bool) string {
	if !color {
		return symbol
	}
	code := map[rubric.Class]string{rubric.Open: "1;36", rubric.Partial: "33", rubric.Closed: "31"}[c]
	if code == "" {
		code = "2"
	}
	return "\x1b[" + code + "m" + symbol + "\x1b[0m"
}

func bandWidth(rows []Row) int { return figureColumn{"#", Row.Band}.width(rows) }

func longestModelName(rows []Row) int {
	n := len("Model")
	for _, r := range rows {
		n = max(n, text.StringWidth(label(r.Name)))
	}
	return n
}

func maximum(rows []Row) float64 {
	best := 0.0
	for _, r := range rows {
		best = max(best, r.Score.Max)
	}
	return best
}

// trimLines drops the blanks at the ends of lines and the rule's part below them.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
		if strings.HasPrefix(lines[i], "─") {
			lines[i] = strings.TrimSuffix(lines[i], strings.Repeat("─", columnGap))
		}
	}
	return strings.Join(lines, "\n")
}
