package reports

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"openness/rubric"
)

// Options say how a terminal table is drawn. Only the table uses them.
type Options struct {
	Width int  // columns of the terminal; 80 when 0
	Color bool // escape codes for colour; off for files and pipes
}

// RankingSchema names the shape of the ranking's JSON.
const RankingSchema = "openness.ranking/1"

// WriteRanking writes the report's models as a ranking, in the order that Rank
// gives, in one of RankingFormats.
func WriteRanking(w io.Writer, r Report, f Format, o Options) error {
	return WriteRows(w, r, r.Rows(), f, o)
}

// WriteRows is WriteRanking for rows that were made one by one with RowOf and
// ordered with Rank, so that a hundred thousand models need not be held with
// their evidence. The report's own models are not read.
func WriteRows(w io.Writer, r Report, rows []Row, f Format, o Options) error {
	switch f {
	case Table:
		return writeRankingTable(w, r, rows, o)
	case JSON:
		return writeRankingJSON(w, r, rows)
	case YAML:
		return writeYAML(w, rankingObject(r, rows))
	case CSV:
		return writeRankingCSV(w, r, rows)
	case Markdown:
		return writeRankingMarkdown(w, r, rows)
	case HTML:
		return writeRankingHTML(w, r, rows)
	}
	return fmt.Errorf("unknown format %q", f)
}

type rankingJSON struct {
	Schema string       `json:"schema"`
	Rubric rubric.Ref   `json:"rubric"`
	Tool   toolJSON     `json:"tool"`
	At     string       `json:"at"`
	Source string       `json:"source,omitempty"`
	Least  float64      `json:"min_coverage"` // the share of the weight from which a model is ranked
	Models []rankedJSON `json:"models"`
}

type rankedJSON struct {
	Rank         *int         `json:"rank"`    // the best place that it may have; null where it is not ranked
	RankTo       *int         `json:"rank_to"` // the worst
	Band         string       `json:"band"`
	ID           string       `json:"id"`
	Label        string       `json:"label,omitempty"`
	Name         string       `json:"name"`
	Organisation string       `json:"organisation"`
	License      *string      `json:"license"`
	Released     *string      `json:"released"`
	Access       Access       `json:"access"`
	Score        rubric.Score `json:"score"`
	StaleSince   string       `json:"stale_since,omitempty"`
	Classes      []cellJSON   `json:"classes"`
}

type cellJSON struct {
	Dimension string        `json:"dimension"`
	Class     rubric.Class  `json:"class"`
	Reason    string        `json:"reason"`
	Origin    rubric.Origin `json:"origin,omitempty"`
	Evidence  int           `json:"evidence"`
	Link      string        `json:"link,omitempty"`
}

// writeRankingJSON is writeJSON of rankingObject, of which it holds one model at
// a time: there may be a hundred thousand.
func writeRankingJSON(w io.Writer, r Report, rows []Row) error {
	frame, err := indentedJSON(rankingObject(r, nil), "")
	if err != nil {
		return err
	}
	at := bytes.LastIndex(frame, []byte("[]")) + len("[") // models come last
	if err := writeEscaped(w, frame[:at]); err != nil {
		return err
	}
	const margin = "    "
	for i, row := range rows {
		text, err := indentedJSON(rankedObject(row), margin)
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
		if err := writeEscaped(w, bytes.TrimSuffix(text, []byte("\n"))); err != nil {
			return err
		}
	}
	end := string(frame[at:])
	if len(rows) > 0 {
		end = "\n  " + end
	}
	_, err = io.WriteString(w, end)
	return err
}

func rankingObject(r Report, rows []Row) rankingJSON {
	object := rankingJSON{Schema: RankingSchema, Rubric: r.Rubric.Ref, Tool: toolJSON{r.Tool}, At: rfc3339(r.At),
		Source: r.Source, Least: r.Ranking.Least(), Models: []rankedJSON{}}
	for _, row := range rows {
		object.Models = append(object.Models, rankedObject(row))
	}
	return object
}

func rankedObject(row Row) rankedJSON {
	m := rankedJSON{Band: row.Band(), ID: row.ID, Label: row.Label, Name: row.Name, Organisation: row.Organisation, License: orNull(row.License),
		Released: orNull(row.Released), Access: row.Access, Score: row.Score, StaleSince: row.StaleSince, Classes: []cellJSON{}}
	if row.Rank > 0 {
		m.Rank, m.RankTo = &row.Rank, &row.RankTo
	}
	for _, c := range row.Cells {
		m.Classes = append(m.Classes, cellJSON(c))
	}
	return m
}

// writeRankingCSV writes one line per model and one column per dimension.
func writeRankingCSV(w io.Writer, r Report, rows []Row) error {
	head := []string{"rank", "id", "name", "organisation", "license", "released", "strict", "determined", "max", "percent", "coverage",
		"rank_to", "share", "range_low", "range_high"}
	for _, d := range r.Rubric.Dimensions {
		head = append(head, d.ID)
	}
	return writeCSV(w, func(yield func([]string) bool) {
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
		rank, rankTo, known = strconv.Itoa(row.Rank), strconv.Itoa(row.RankTo), number(100*row.Score.Share())
	}
	line := []string{rank, row.ID, row.Name, row.Organisation, row.License, row.Released,
		number(row.Score.Strict), number(row.Score.Determined), number(row.Score.Max), number(row.Score.Percent), number(row.Score.Coverage),
		rankTo, known, number(row.Score.Range[0]), number(row.Score.Range[1])}
	for _, c := range row.Cells {
		line = append(line, string(c.Class))
	}
	return line
}

// writeCSV writes records that a spreadsheet shows as they are.
func writeCSV(w io.Writer, records iter.Seq[[]string]) error {
	c := csv.NewWriter(w)
	var safe []string
	for record := range records {
		safe = safe[:0]
		for _, cell := range record {
			safe = append(safe, csvCell(cell))
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

// csvCell is s as a CSV value that no spreadsheet takes for a formula: a cell
// that begins with = + - @ or their full-width forms gets an apostrophe, after
// OWASP's advice on CSV injection. Plain numbers stay numbers.
func csvCell(s string) string {
	s = visibleStart(s, longestCell)
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

// number writes a score with at most two decimals and no trailing zeros.
func number(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func writeRankingMarkdown(w io.Writer, r Report, rows []Row) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Openness ranking\n\n%s, version %s. %s\n\n%s\n", mdText(rubricTitle(r.Rubric)), mdText(r.Rubric.Version), legendLine(), mdText(r.Ranking.Explained()))
	ranked := rankedOf(rows)
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
		fmt.Fprintf(&b, " %s |", mdText(heading(d)))
	}
	b.WriteString("\n|--:|---|---|---|--:|--:|--:|--:|" + strings.Repeat(":-:|", len(r.Rubric.Dimensions)) + "\n")
	for _, row := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |", row.Band(), mdText(label(row.Name)), mdText(label(row.Organisation)),
			mdText(label(row.License)), knownShare(row), outOf(row.Score), spanOf(row.Score), share(row.Score.Coverage))
		for _, c := range row.Cells {
			fmt.Fprintf(&b, " %s |", Symbol(c.Class))
		}
		b.WriteByte('\n')
	}
	if stale := staleLine(rows); stale != "" {
		b.WriteString("\n" + mdText(stale) + "\n")
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
			names = append(names, label(row.Name))
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
	return fmt.Sprintf("Stale: sources of %s fail (the first since %s); what was read of them before stands in.", strings.Join(names, ", "), since)
}

// heading is a dimension's short name, or its id where it has none.
func heading(d rubric.Dimension) string {
	if d.Name != "" {
		return d.Name
	}
	return d.ID
}

func outOf(s rubric.Score) string { return number(s.Strict) + "/" + number(s.Max) }

// share writes 0.92 as "92 %".
func share(f float64) string { return strconv.FormatFloat(100*f, 'f', 0, 64) + " %" }

// legendLine explains the symbols in a line.
func legendLine() string {
	parts := []string{}
	for _, c := range Classes() {
		parts = append(parts, Symbol(c)+" "+string(c))
	}
	return strings.Join(parts, "  ")
}

// mdText makes s one line of Markdown that renders as itself: characters with a
// meaning in Markdown or HTML are escaped.
func mdText(s string) string {
	s = Visible(s)
	if !strings.ContainsAny(s, "\\`*_{}[]<>()#+!|~&$@:") {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&', '!', '$':
			b.WriteByte('\\')
		case '@', ':': // no mention, no bare link
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
