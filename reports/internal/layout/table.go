// Package layout sets text in columns for terminals, and in Markdown.
package layout

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"openness/reports"
	"openness/rubric"
)

// ColumnGap is the blank between two columns.
const ColumnGap = 2

// NewTable is an empty table of at most width columns.
func NewTable(width int) table.Writer {
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Box.MiddleHorizontal = "─"
	style.Format.Header = text.FormatDefault
	style.Size.WidthMax = width + ColumnGap // the last column's padding is trimmed
	t.SetStyle(style)
	t.SuppressTrailingSpaces()
	return t
}

// Wrap breaks s into lines of at most width columns.
func Wrap(s string, width int) string { return Flowed(strings.Fields(s), " ", width) }

// Flowed sets parts into lines of at most width columns, breaking only between parts.
func Flowed(parts []string, between string, width int) string {
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

// Fit shortens a name to n columns, counting wide characters as two.
func Fit(s string, n int) string {
	s = reports.Visible(reports.Shorten(s, 4*n+reports.LongestName)) // bounded first: a name may be a megabyte
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

// Paint colours a symbol as its class; the symbol alone tells the class too.
// Escapes are written here rather than through go-pretty's process-wide switch.
func Paint(symbol string, c rubric.Class, color bool) string {
	if !color {
		return symbol
	}
	code := map[rubric.Class]string{rubric.Open: "1;36", rubric.Partial: "33", rubric.Closed: "31"}[c]
	if code == "" {
		code = "2"
	}
	return "\x1b[" + code + "m" + symbol + "\x1b[0m"
}

// Trim drops the blanks at the ends of lines and the rule's part below them.
func Trim(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
		if strings.HasPrefix(lines[i], "─") {
			lines[i] = strings.TrimSuffix(lines[i], strings.Repeat("─", ColumnGap))
		}
	}
	return strings.Join(lines, "\n")
}
