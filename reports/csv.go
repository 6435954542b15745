package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// WriteCSV writes records that a spreadsheet shows as they are.
func WriteCSV(w io.Writer, records iter.Seq[[]string]) error {
	c := csv.NewWriter(w)
	var safe []string
	for record := range records {
		safe = safe[:0]
		for _, cell := range record {
			safe = append(safe, CSVCell(cell))
		}
		if err := c.Write(safe); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	c.Flush()
	return c.Error()
}

// longestCell is how many characters a CSV cell has at most: four bytes each
// stay below what spreadsheets hold in a cell.
const longestCell = 8000

// CSVCell is s as a CSV value that no spreadsheet takes for a formula: a cell
// that begins with = + - @ or their full-width forms gets an apostrophe, after
// OWASP's advice on CSV injection. Plain numbers stay numbers.
func CSVCell(s string) string {
	s = VisibleStart(s, longestCell)
	if s == "" {
		return s
	}
	first, _ := firstRune(s)
	if strings.ContainsRune("=+-@|%＝＋－＠", first) {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}
