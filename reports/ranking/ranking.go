// Package ranking sums models up as rows, orders them, and sets them side by side: the
// ranking, a comparison, how places move under other weights, what a changed rubric moves.
//
// A Report holds the models; RowOf makes a row of one, Rank orders rows. Rows keep nothing
// that grows with the evidence, so that a hundred thousand models need no more memory.
package ranking

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"openness/reports"
	"openness/reports/internal/layout"
	"openness/rubric"
)

// Schema names the shape of the ranking's JSON.
const Schema = "openness.ranking/1"

// Write writes the report's models as a ranking, in the order that Rank
// gives, in one of RankingFormats.
func Write(w io.Writer, r Report, f reports.Format, o reports.Options) error {
	return WriteRows(w, r, r.Rows(), f, o)
}

// WriteRows is WriteRanking for rows that were made one by one with RowOf and
// ordered with Rank, so that a hundred thousand models need not be held with
// their evidence. The report's own models are not read.
func WriteRows(w io.Writer, r Report, rows []Row, f reports.Format, o reports.Options) error {
	switch f {
	case reports.Table:
		return writeRankingTable(w, r, rows, o)
	case reports.JSON:
		return WriteRankingJSON(w, r, rows)
	case reports.YAML:
		return reports.WriteYAML(w, rankingObject(r, rows))
	case reports.CSV:
		return WriteRankingCSV(w, r, rows)
	case reports.Markdown:
		return writeRankingMarkdown(w, r, rows)
	case reports.HTML:
		return writeRankingHTML(w, r, rows)
	}
	return fmt.Errorf("unknown format %q", f)
}

type rankingJSON struct {
	Schema string           `json:"schema"`
	Rubric rubric.Ref       `json:"rubric"`
	Tool   reports.ToolJSON `json:"tool"`
	At     string           `json:"at"`
	Source string           `json:"source,omitempty"`
	Least  float64          `json:"min_coverage"` // the share of the weight from which a model is ranked
	Models []rankedJSON     `json:"models"`
}

type rankedJSON struct {
	Rank         *int           `json:"rank"`    // the best place that it may have; null where it is not ranked
	RankTo       *int           `json:"rank_to"` // the worst
	Band         string         `json:"band"`
	ID           string         `json:"id"`
	Label        string         `json:"label,omitempty"`
	Name         string         `json:"name"`
	Organisation string         `json:"organisation"`
	License      *string        `json:"license"`
	Released     *string        `json:"released"`
	Access       reports.Access `json:"access"`
	Score        rubric.Score   `json:"score"`
	StaleSince   string         `json:"stale_since,omitempty"`
	Classes      []cellJSON     `json:"classes"`
}

type cellJSON struct {
	Dimension string        `json:"dimension"`
	Class     rubric.Class  `json:"class"`
	Reason    string        `json:"reason"`
	Origin    rubric.Origin `json:"origin,omitempty"`
	Evidence  int           `json:"evidence"`
	Link      string        `json:"link,omitempty"`
}

// WriteRankingJSON is writeJSON of rankingObject, of which it holds one model at
// a time: there may be a hundred thousand.
func WriteRankingJSON(w io.Writer, r Report, rows []Row) error {
	frame, err := reports.IndentedJSON(rankingObject(r, nil), "")
	if err != nil {
		return err
	}
	at := bytes.LastIndex(frame, []byte("[]")) + len("[") // models come last
	if _, err := w.Write(frame[:at]); err != nil {
		return err
	}
	const margin = "    "
	for i, row := range rows {
		text, err := reports.IndentedJSON(rankedObject(row), margin)
		if err != nil {
			return err
		}
		between := ",\n" + margin
		if i == 0 {
			between = between[len(","):]
		}
		if _, err := io.WriteString(w, between); err != nil {
			return err
		}
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	end := string(frame[at:]) + "\n"
	if len(rows) > 0 {
		end = "\n  " + end
	}
	_, err = io.WriteString(w, end)
	return err
}

func rankingObject(r Report, rows []Row) rankingJSON {
	object := rankingJSON{Schema: Schema, Rubric: r.Rubric.Ref, Tool: reports.ToolJSON{Version: r.Tool},
		At:     reports.TimeText(r.At),
		Source: r.Source, Least: r.Ranking.Least(), Models: []rankedJSON{}}
	for _, row := range rows {
		object.Models = append(object.Models, rankedObject(row))
	}
	return object
}

func rankedObject(row Row) rankedJSON {
	m := rankedJSON{Band: row.Band(), ID: row.ID, Label: row.Label, Name: row.Name, Organisation: row.Organisation,
		License:  reports.OrNull(row.License),
		Released: reports.OrNull(row.Released), Access: row.Access, Score: row.Score, StaleSince: row.StaleSince,
		Classes: []cellJSON{}}
	if row.Rank > 0 {
		m.Rank, m.RankTo = &row.Rank, &row.RankTo
	}
	for _, c := range row.Cells {
		m.Classes = append(m.Classes, cellJSON(c))
	}
	return m
}

// WriteRankingCSV writes one line per model and one column per dimension.
func WriteRankingCSV(w io.Writer, r Report, rows []Row) error {
	head := []string{"rank", "id", "name", "organisation", "license", "released", "strict", "determined", "max",
		"percent", "coverage",
		"rank_to", "share", "range_low", "range_high"}
	for _, d := range r.Rubric.Dimensions {
		head = append(head, d.ID)
	}
	return reports.WriteCSV(w, func(yield func([]string) bool) {
		if !yield(head) {
			return
		}
		for _, row := range rows {
			if !yield(rankingLine(row)) {
				return
			}
		}
	})
}

func rankingLine(row Row) []string {
	rank, rankTo, known := "", "", ""
	if row.Rank > 0 {
		rank, rankTo, known = strconv.Itoa(row.Rank), strconv.Itoa(row.RankTo), reports.Number(100*row.Score.Share())
	}
	line := []string{rank, row.ID, row.Name, row.Organisation, row.License, row.Released,
		reports.Number(row.Score.Strict), reports.Number(row.Score.Determined), reports.Number(row.Score.Max),
		reports.Number(row.Score.Percent), reports.Number(row.Score.Coverage),
		rankTo, known, reports.Number(row.Score.Range[0]), reports.Number(row.Score.Range[1])}
	for _, c := range row.Cells {
		line = append(line, string(c.Class))
	}
	return line
}

func writeRankingMarkdown(w io.Writer, r Report, rows []Row) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Openness ranking\n\n%s, version %s. %s\n\n%s\n", layout.Markdown(reports.RubricTitle(r.Rubric)),
		layout.Markdown(r.Rubric.Version), legendLine(), layout.Markdown(r.explained()))
	ranked := RankedOf(rows)
	if ranked > 0 || len(rows) == 0 {
		b.WriteString(markdownGrid(r, rows[:ranked]))
	}
	if note := r.Ranking.unrankedNote(rows); note != "" {
		fmt.Fprintf(&b, "\n## Not ranked\n\n%s.\n%s", note, markdownGrid(r, rows[ranked:]))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownGrid is rows as a table.
func markdownGrid(r Report, rows []Row) string {
	var b strings.Builder
	b.WriteString("\n| # | Model | Organisation | Licence | Share | Strict | Range | Coverage |")
	for _, d := range r.Rubric.Dimensions {
		fmt.Fprintf(&b, " %s |", layout.Markdown(reports.Heading(d)))
	}
	b.WriteString("\n|--:|---|---|---|--:|--:|--:|--:|" + strings.Repeat(":-:|", len(r.Rubric.Dimensions)) + "\n")
	for _, row := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |", row.Band(),
			layout.Markdown(reports.Label(row.Name)), layout.Markdown(reports.Label(row.Organisation)),
			layout.Markdown(reports.Label(row.License)), knownShare(row), reports.OutOf(row.Score), spanOf(row.Score),
			reports.Share(row.Score.Coverage))
		for _, c := range row.Cells {
			fmt.Fprintf(&b, " %s |", reports.Symbol(c.Class))
		}
		b.WriteByte('\n')
	}
	if stale := staleLine(rows); stale != "" {
		b.WriteString("\n" + layout.Markdown(stale) + "\n")
	}
	return b.String()
}

// namedStale bounds how many models a line names whose sources fail.
const namedStale = 5

// staleLine says below a ranking which models rest on earlier looks.
func staleLine(rows []Row) string {
	var names []string
	since, more := "", 0
	for _, row := range rows {
		switch {
		case row.StaleSince == "":
			continue
		case len(names) < namedStale:
			names = append(names, reports.Label(row.Name))
		default:
			more++
		}
		if since == "" || row.StaleSince < since {
			since = row.StaleSince
		}
	}
	if len(names) == 0 {
		return ""
	}
	if more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("Stale: sources of %s fail (the first since %s); what was read of them before stands in.",
		strings.Join(names, ", "), since)
}

// legendLine explains the symbols in a line.
func legendLine() string {
	parts := []string{}
	for _, c := range reports.Classes() {
		parts = append(parts, reports.Symbol(c)+" "+string(c))
	}
	return strings.Join(parts, "  ")
}

// Formats are the formats of WriteRanking.
func Formats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.CSV, reports.Markdown, reports.YAML, reports.HTML}
}
