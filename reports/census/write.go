package census

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"openness/reports"
	"openness/reports/internal/layout"
)

// Formats are the formats of WriteCensus.
func Formats() []reports.Format { return append(ChangesFormats(), reports.SVG) }

// ChangesFormats are the formats of WriteCensusChanges.
func ChangesFormats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.CSV, reports.Markdown}
}

// Write writes how open a hub is, in one of CensusFormats.
func Write(w io.Writer, r Report, f reports.Format, o reports.Options) error {
	switch f {
	case reports.JSON:
		return reports.WriteJSON(w, r)
	case reports.CSV:
		return reports.WriteCSV(w, func(yield func([]string) bool) { censusLines(r, yield) })
	case reports.Markdown:
		return writeCensusMarkdown(w, r)
	case reports.Table:
		return writeCensusTable(w, r, o)
	case reports.SVG:
		_, err := w.Write(Figure(r).SVG)
		return err
	}
	return fmt.Errorf("unknown format %q", f)
}

// A censusColumn is a figure of each row of a census.
type censusColumn struct {
	name, head string
	of         func(*Counts) int64
	shared     bool // shown as a share of the row's models where people read
}

var censusColumns = []censusColumn{
	{"models", "Models", func(c *Counts) int64 { return c.Models }, false},
	{"downloads", "Downloads", func(c *Counts) int64 { return c.Downloads }, false},
	{"weights_free", "Free", func(c *Counts) int64 { return c.Free }, true},
	{"weights_gated", "Gated", func(c *Counts) int64 { return c.Gated }, true},
	{"weights_difference", "Diff.", func(c *Counts) int64 { return c.Difference }, true},
	{"weights_not_listed", "None", func(c *Counts) int64 { return c.Unlisted }, true},
	{"weights_unknown", "", func(c *Counts) int64 { return c.Unknown }, false},
	{"licence_open", "Open tag", func(c *Counts) int64 { return c.LicenceOpen }, true},
	{"licence_noncommercial", "", func(c *Counts) int64 { return c.LicenceNoncommercial }, false},
	{"licence_restricted", "", func(c *Counts) int64 { return c.LicenceRestricted }, false},
	{"licence_unclear", "", func(c *Counts) int64 { return c.LicenceUnclear }, false},
	{"licence_none", "No tag", func(c *Counts) int64 { return c.LicenceNone }, true},
	{"licence_unknown", "", func(c *Counts) int64 { return c.LicenceUnknown }, false},
	{"free_and_open", "Both", func(c *Counts) int64 { return c.FreeAndOpen }, true},
	{"card", "Card", func(c *Counts) int64 { return c.Card }, true},
	{"base_named", "", func(c *Counts) int64 { return c.Base }, false},
	{"datasets_named", "Data", func(c *Counts) int64 { return c.Datasets }, true},
	{"papers_named", "Paper", func(c *Counts) int64 { return c.Papers }, true},
}

// shown is the figure as people read it.
func (k censusColumn) shown(c *Counts) string {
	n := k.of(c)
	if k.shared {
		return percentOf(n, c.Models)
	}
	return thousands(n)
}

func percentOf(n, of int64) string {
	if of == 0 {
		return "–"
	}
	return strconv.FormatFloat(100*float64(n)/float64(of), 'f', 1, 64) + " %"
}

// thousands writes a number with commas between its thousands.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func censusLines(r Report, yield func([]string) bool) {
	head := []string{"table", "key"}
	for _, k := range censusColumns {
		head = append(head, k.name)
	}
	line := func(by string, c *Counts) bool {
		cells := []string{by, c.Key}
		for _, k := range censusColumns {
			cells = append(cells, strconv.FormatInt(k.of(c), 10))
		}
		return yield(cells)
	}
	if !yield(head) || !line("all", &r.All) {
		return
	}
	for _, t := range r.Tables {
		for i := range t.Rows {
			if !line(t.By, &t.Rows[i]) {
				return
			}
		}
		if t.Other != nil && !line(t.By, t.Other) {
			return
		}
	}
}

// censusSummary says in sentences how open the hub is.
func censusSummary(r Report) []string {
	c := &r.All
	when := r.Census.Started.Format("2006-01-02")
	if !r.Census.Complete {
		when += ", not complete"
	}
	several := func(n int64) string { return thousands(n) + " (" + percentOf(n, c.Models) + ")" }
	known := []string{}
	for _, d := range r.Dimensions {
		if d.Open+d.Partial+d.Closed > 0 {
			known = append(known, fmt.Sprintf("%s: %s open, %s partial", reports.Visible(d.Name),
				percentOf(d.Open, c.Models), percentOf(d.Partial, c.Models)))
		}
	}
	lines := []string{
		fmt.Sprintf("How open is the hub? %s models in a census of %s (%s pages).", thousands(c.Models), when,
			thousands(r.Census.Pages)),
		fmt.Sprintf("Whole weights that download freely: %s. Behind a gate: %s. A difference to other weights: %s. No file of weights: %s. Not told: %s.",
			several(c.Free), several(c.Gated), several(c.Difference), several(c.Unlisted), several(c.Unknown)),
		fmt.Sprintf("Tag of an open licence: %s. Other licences: %s. Unclear: %s. No tag: %s.", several(c.LicenceOpen),
			several(c.LicenceNoncommercial+c.LicenceRestricted), several(c.LicenceUnclear), several(c.LicenceNone)),
		fmt.Sprintf("Free weights under the tag of an open licence: %s.", several(c.FreeAndOpen)),
		fmt.Sprintf("Licence tags that disagree: %s models with several, %s whose tag grants what their base's does not.", thousands(r.Conflicts.Several), thousands(r.Conflicts.Beyond)),
	}
	if len(known) > 0 {
		lines = append(lines, fmt.Sprintf("By %s %s, the list alone tells of: %s. All else is undetermined, so that models lie between %s and %s %% of the points on average.",
			reports.Visible(r.Rubric.ID), reports.Visible(r.Rubric.Version), strings.Join(known, "; "),
			reports.Number(r.Score.Low), reports.Number(r.Score.High)))
	}
	return append(lines, fmt.Sprintf("The list took %s requests: at the hub's quotas at least %s minutes without a token and %s with one.",
		thousands(r.Quota.Requests), reports.Number(r.Quota.Without), reports.Number(r.Quota.With)))
}

var censusTitles = map[string]string{"licence": "Licence tag", "gate": "Gate", "organisation": "Organisation",
	"base_family": "Base family", "downloads": "Downloads of a month"}

// censusKey explains the columns.
const censusKey = "Free: whole weights without a gate. Diff.: an adapter or another difference. None: no file holds weights. " +
	"Open tag: the licence tag is that of an open licence; no text was read. Both: free and open tag. Card: a README is there; it was not read."

func eachCensusRow(t *Table, each func(*Counts)) {
	for i := range t.Rows {
		each(&t.Rows[i])
	}
	if t.Other != nil {
		each(t.Other)
	}
}

func writeCensusTable(w io.Writer, r Report, o reports.Options) error {
	width := o.Columns()
	var b strings.Builder
	for _, line := range censusSummary(r) {
		b.WriteString(layout.Wrap(line, width))
	}
	for i := range r.Tables {
		t := layout.NewTable(width)
		head := table.Row{censusTitles[r.Tables[i].By]}
		columns := censusShown(width)
		for _, k := range columns {
			head = append(head, k.head)
		}
		t.AppendHeader(head)
		eachCensusRow(&r.Tables[i], func(c *Counts) {
			line := table.Row{layout.Fit(reports.Visible(c.Key), 30)}
			for _, k := range columns {
				line = append(line, k.shown(c))
			}
			t.AppendRow(line)
		})
		var right []table.ColumnConfig
		for n := range columns {
			right = append(right, table.ColumnConfig{Number: n + 2, Align: text.AlignRight,
				AlignHeader: text.AlignRight})
		}
		t.SetColumnConfigs(right)
		b.WriteString("\n" + layout.Trim(t.Render()) + "\n")
	}
	b.WriteString("\n" + layout.Wrap(censusKey, width))
	_, err := io.WriteString(w, b.String())
	return err
}

// censusShown are the columns that have room.
func censusShown(width int) []censusColumn {
	var shown []censusColumn
	used := 32
	for _, k := range censusColumns {
		if k.head == "" {
			continue
		}
		if used += max(len(k.head), 7) + layout.ColumnGap; used > width && len(shown) > 3 {
			break
		}
		shown = append(shown, k)
	}
	return shown
}

func writeCensusMarkdown(w io.Writer, r Report) error {
	var b strings.Builder
	b.WriteString("# How open is the hub?\n\n")
	for _, line := range censusSummary(r) {
		b.WriteString("- " + layout.Markdown(line) + "\n")
	}
	for i := range r.Tables {
		b.WriteString("\n## " + censusTitles[r.Tables[i].By] + "\n\n| |")
		columns := censusShown(1000)
		rule := "\n|---|"
		for _, k := range columns {
			b.WriteString(" " + k.head + " |")
			rule += "---:|"
		}
		b.WriteString(rule + "\n")
		eachCensusRow(&r.Tables[i], func(c *Counts) {
			b.WriteString("| " + layout.Markdown(c.Key) + " |")
			for _, k := range columns {
				b.WriteString(" " + k.shown(c) + " |")
			}
			b.WriteString("\n")
		})
	}
	b.WriteString("\n" + censusKey + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}
