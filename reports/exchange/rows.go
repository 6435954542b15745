package exchange

import (
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"openness/reports"
	"openness/reports/internal/layout"
)

// SQLSchema names the shape of the JSON of a query's rows, and of the list of views.
const SQLSchema = "openness.sql/1"

// Rows writes the rows of a query as they come: all but a table, which needs them for
// the width of its columns.
type Rows struct {
	w       io.Writer
	format  reports.Format
	width   int
	csv     *csv.Writer
	table   table.Writer
	line    []string
	columns int
	rows    int
}

// NewRows writes rows as Table, JSON or CSV.
func NewRows(w io.Writer, f reports.Format, o reports.Options) *Rows {
	return &Rows{w: w, format: f, width: o.Columns(), csv: csv.NewWriter(w)}
}

// Head takes the names of the columns.
func (r *Rows) Head(names []string) error {
	r.columns, r.line = len(names), make([]string, len(names))
	switch r.format {
	case reports.JSON:
		text, err := json.Marshal(names)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.w, "{\n  \"schema\": %q,\n  \"columns\": %s,\n  \"rows\": [", SQLSchema, text)
		return err
	case reports.CSV:
		return r.csv.Write(names)
	}
	r.table = layout.NewTable(r.width)
	head := make(table.Row, len(names))
	for i, name := range names {
		head[i] = reports.Visible(name)
	}
	r.table.AppendHeader(head)
	return nil
}

// Row takes a row: texts, numbers, bytes, or nil for NULL.
func (r *Rows) Row(values []any) error {
	r.rows++
	switch r.format {
	case reports.JSON:
		shown := make([]any, len(values))
		for i, v := range values {
			shown[i] = jsonCell(v)
		}
		text, err := json.Marshal(shown)
		if err != nil {
			return err
		}
		between := ",\n    "
		if r.rows == 1 {
			between = "\n    "
		}
		_, err = fmt.Fprintf(r.w, "%s%s", between, text)
		return err
	case reports.CSV:
		for i, v := range values {
			r.line[i] = reports.CSVCell(cellText(v))
		}
		return r.csv.Write(r.line)
	}
	row := make(table.Row, len(values))
	for i, v := range values {
		row[i] = layout.Fit(reports.Visible(cellText(v)), max(12, r.width/max(r.columns, 1)))
		if r.columns == 1 {
			row[i] = layout.Fit(reports.Visible(cellText(v)), r.width)
		}
	}
	r.table.AppendRow(row)
	return nil
}

// End ends the output. cut says that there are more rows.
func (r *Rows) End(cut bool) error {
	switch r.format {
	case reports.JSON:
		tail := "\n  ],\n"
		if r.rows == 0 {
			tail = "],\n"
		}
		_, err := fmt.Fprintf(r.w, "%s  \"truncated\": %t\n}\n", tail, cut)
		return err
	case reports.CSV:
		r.csv.Flush()
		return r.csv.Error()
	}
	if r.columns == 0 {
		return nil
	}
	_, err := io.WriteString(r.w, layout.Trim(r.table.Render())+"\n")
	return err
}

// jsonCell is a value as JSON has it: bytes that are no text as hexadecimal figures.
func jsonCell(v any) any {
	switch v := v.(type) {
	case []byte:
		return hex.EncodeToString(v)
	case time.Time:
		return reports.TimeText(v)
	}
	return v
}

func cellText(v any) string {
	switch v := jsonCell(v).(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// A View is a table that a store can be asked for by name.
type View struct {
	Name    string   `json:"name"`
	About   string   `json:"about"`
	Columns []Column `json:"columns"`
	SQL     string   `json:"-"` // over the tables of the file, each called main.NAME
}

// A Column is a column of a View.
type Column struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

// WriteViews lists what a store can be asked for.
func WriteViews(w io.Writer, views []View, f reports.Format, o reports.Options) error {
	switch f {
	case reports.JSON:
		return reports.WriteJSON(w, struct {
			Schema string `json:"schema"`
			Views  []View `json:"views"`
		}{SQLSchema, views})
	case reports.CSV:
		return reports.WriteCSV(w, func(yield func([]string) bool) {
			if !yield([]string{"view", "column", "about"}) {
				return
			}
			for _, v := range views {
				for _, c := range v.Columns {
					if !yield([]string{v.Name, c.Name, c.About}) {
						return
					}
				}
			}
		})
	}
	var b strings.Builder
	for i, v := range views {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(layout.Wrap(v.Name+": "+v.About, o.Columns()))
		for _, c := range v.Columns {
			line := fmt.Sprintf("  %-14s %s", c.Name, c.About)
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
