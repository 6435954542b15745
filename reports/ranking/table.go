package ranking

import (
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"openness/reports"
	"openness/reports/internal/layout"
	"openness/rubric"
)

// writeRankingTable draws the ranking to the width of the terminal. Where each
// dimension's name fits above its column it stands there; otherwise the classes
// are set close and lettered, with a key below. Models that are not ranked stand
// below a rule.
func writeRankingTable(w io.Writer, r Report, rows []Row, o reports.Options) error {
	width := o.Columns()
	heads := columnHeads(r.Rubric.Dimensions, width)
	figures := figureColumns(rows, width)
	used := bandWidth(rows)
	for _, c := range figures {
		used += layout.ColumnGap + c.width(rows)
	}
	for _, h := range heads {
		used += layout.ColumnGap + text.LongestLineLen(h)
	}
	nameWidth := min(max(width-used-layout.ColumnGap, 10), longestModelName(rows))
	used += nameWidth + layout.ColumnGap
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
	t := layout.NewTable(max(width, used)) // too wide a row goes on in the next line: a class that is cut is lost
	t.AppendHeader(head)
	ranked := RankedOf(rows)
	for n, row := range rows {
		if n == ranked && n > 0 {
			t.AppendSeparator()
		}
		line := table.Row{row.Band(), layout.Fit(row.Name, nameWidth)}
		if withOrganisation {
			line = append(line, layout.Fit(row.Organisation, min(width-used-layout.ColumnGap, 30)))
		}
		for _, c := range figures {
			line = append(line, c.value(row))
		}
		for i, c := range row.Cells {
			line = append(line, centred(reports.Symbol(c.Class), text.LongestLineLen(heads[i]), c.Class, o.Color))
		}
		t.AppendRow(line)
	}
	t.SetColumnConfigs(columnConfigs(head))
	title := "Openness, " + reports.Visible(reports.RubricTitle(r.Rubric)) + " " + reports.Visible(r.Rubric.Version)
	if len(rows) > 0 {
		title += ", out of " + reports.Number(Maximum(rows))
	}
	foot := layout.Wrap(r.explained(), width)
	if note := r.Ranking.unrankedNote(rows); note != "" {
		foot = layout.Wrap("– "+note+".", width) + foot
	}
	foot += layout.Wrap(staleLine(rows), width)
	_, err := io.WriteString(w, layout.Wrap(title, width)+layout.Trim(t.Render())+"\n"+tableKey(r.Rubric, heads, width,
		o.Color)+foot)
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
	columns := []figureColumn{{"Share", knownShare}, {"Strict", func(r Row) string {
		return reports.Number(r.Score.Strict)
	}},
		{"Range", func(r Row) string {
			return spanOf(r.Score)
		}}, {"Cov.", func(r Row) string { return reports.Share(r.Score.Coverage) }}}
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

// columnHeads gives each dimension its name where all fit beside a readable
// model name, set in lines of a word or two if need be, and a letter where they
// do not.
func columnHeads(dims []rubric.Dimension, width int) []string {
	var names, stacked, letters []string
	for i, d := range dims {
		name := reports.Visible(reports.Heading(d))
		names, stacked, letters = append(names, name), append(stacked, stack(name)), append(letters, letter(i))
	}
	for _, heads := range [][]string{names, stacked} {
		total := rankedNameWidth
		for _, h := range heads {
			total += layout.ColumnGap + text.LongestLineLen(h)
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
	return strings.TrimSuffix(layout.Wrap(name, longest), "\n")
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
			parts = append(parts, heads[i]+" "+reports.Visible(reports.Heading(d)))
		}
	}
	classes := []string{}
	for _, c := range reports.Classes() {
		classes = append(classes, layout.Paint(reports.Symbol(c), c, color)+" "+string(c))
	}
	key := "\n" + strings.Join(classes, "   ") + "\n"
	return key + layout.Flowed(parts, " · ", width)
}

func centred(symbol string, width int, c rubric.Class, color bool) string {
	return strings.Repeat(" ", (width-1)/2) + layout.Paint(symbol, c, color)
}

func bandWidth(rows []Row) int { return figureColumn{"#", Row.Band}.width(rows) }

func longestModelName(rows []Row) int {
	n := len("Model")
	for _, r := range rows {
		n = max(n, text.StringWidth(reports.Label(r.Name)))
	}
	return n
}

// Maximum is the highest score that a row could have.
func Maximum(rows []Row) float64 {
	best := 0.0
	for _, r := range rows {
		best = max(best, r.Score.Max)
	}
	return best
}
