package makers

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"openness/reports"
	"openness/reports/figures"
	"openness/reports/internal/layout"
	"openness/reports/internal/svg"
)

// Schema names the shape of the JSON of strategies.
const Schema = "openness.strategy/1"

// Formats are the formats of WriteStrategies.
func Formats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.CSV, reports.Markdown, reports.SVG}
}

// A Report is the strategies of makers as of a day.
type Report struct {
	At     time.Time
	Months int
	Tool   string
	Makers []Strategy
}

// Write writes the strategies in one of StrategyFormats.
func Write(w io.Writer, r Report, f reports.Format, o reports.Options) error {
	switch f {
	case reports.JSON:
		return reports.WriteJSON(w, struct {
			Schema string           `json:"schema"`
			Tool   reports.ToolJSON `json:"tool"`
			At     string           `json:"at"`
			Months int              `json:"months"`
			Makers []Strategy       `json:"makers"`
		}{Schema, reports.ToolJSON{Version: r.Tool}, r.day(), r.Months, r.Makers})
	case reports.CSV:
		return reports.WriteCSV(w, r.lines)
	case reports.Markdown:
		return writeStrategyMarkdown(w, r)
	case reports.SVG:
		_, err := w.Write(Figure(r).SVG)
		return err
	case reports.Table:
		return writeStrategyTable(w, r, o)
	}
	return fmt.Errorf("unknown format %q", f)
}

func (r Report) day() string { return r.At.UTC().Format(time.DateOnly) }

// Explained says what is counted.
func (r Report) Explained() string {
	return fmt.Sprintf("Text models released in the %d months up to %s, from a table of facts with sources (openness catalogue); "+
		"open means that the weights can be had, under whatever terms.", r.Months, r.day())
}

func writeStrategyTable(w io.Writer, r Report, o reports.Options) error {
	width := o.Columns()
	t := layout.NewTable(max(width, reports.DefaultWidth)) // cut, its dates would say nothing
	t.AppendHeader(table.Row{"Maker", "Strategy", "Open", "Closed", "Newest open", "Newest closed"})
	for _, s := range r.Makers {
		t.AppendRow(table.Row{layout.Fit(s.Maker, 18), s.Kind, len(s.Open), len(s.Closed), newestDay(s.Open),
			newestDay(s.Closed)})
	}
	var b strings.Builder
	b.WriteString(layout.Wrap("Strategy of makers as of "+r.day(), width) + layout.Trim(t.Render()) + "\n")
	for _, s := range r.Makers {
		if s.Kind == bothKinds {
			fmt.Fprintf(&b, "\n%s", layout.Wrap(s.Maker+": "+s.Older+" "+s.Smaller, width))
		}
		if known := s.scoresOf(); known != "" {
			b.WriteString(layout.Wrap(s.Maker+" scores: "+known+".", width))
		}
	}
	b.WriteString("\n" + layout.Wrap(r.Explained(), width))
	_, err := io.WriteString(w, b.String())
	return err
}

func newestDay(list []Released) string {
	if len(list) == 0 {
		return "–"
	}
	return list[len(list)-1].Release.Released
}

// lines are the releases, one a line, each with its maker's strategy.
func (r Report) lines(yield func([]string) bool) {
	if !yield([]string{"at", "maker", "strategy", "model", "released", "weights", "parameters_b", "share", "rank", "id",
		"source"}) {
		return
	}
	for _, s := range r.Makers {
		for _, m := range slices.Concat(s.Open, s.Closed) {
			weights, size, known := "closed", "", ""
			if m.Open {
				weights = "open"
			}
			if m.Parameters > 0 {
				size = reports.Number(m.Parameters)
			}
			if m.Share != nil {
				known = reports.Number(100 * *m.Share)
			}
			if !yield([]string{r.day(), s.Maker, s.Kind, m.Model, m.Released, weights, size, known, m.Band, m.ID,
				m.Source}) {
				return
			}
		}
	}
}

func writeStrategyMarkdown(w io.Writer, r Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Strategy of makers as of %s\n\n%s\n\n| Maker | Strategy | Open | Newest | Largest | Closed | Newest | Largest |\n|---|---|--:|---|---|--:|---|---|\n",
		r.day(), layout.Markdown(r.Explained()))
	for _, s := range r.Makers {
		fmt.Fprintf(&b, "| %s | %s | %d | %s | %s | %d | %s | %s |\n", layout.Markdown(s.Maker), s.Kind, len(s.Open),
			layout.Markdown(NewestOf(s.Open)), layout.Markdown(LargestOf(s.Open)),
			len(s.Closed), layout.Markdown(NewestOf(s.Closed)), layout.Markdown(LargestOf(s.Closed)))
	}
	for _, s := range r.Makers {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", layout.Markdown(s.Maker), layout.Markdown(s.Words()))
		for _, m := range slices.Concat(s.Open, s.Closed) {
			fmt.Fprintf(&b, "- %s ([source](<%s>))\n", layout.Markdown(m.words()), layout.MarkdownLink(m.Source))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Words say a strategy in a few sentences.
func (s Strategy) Words() string {
	said := strings.ToUpper(s.Kind[:1]) + s.Kind[1:]
	if s.Before != s.Kind && s.Before != noRelease {
		said += ", before that " + s.Before
	}
	said += "."
	for _, more := range []string{s.Older, s.Smaller} {
		if more != "" {
			said += " " + more
		}
	}
	return said
}

// words say a release in a line.
func (m *Released) words() string {
	said := m.Released + ", " + m.Model + ": closed"
	if m.Open {
		said = m.Released + ", " + m.Model + ": open weights"
	}
	if m.Parameters > 0 {
		said += ", " + reports.Number(m.Parameters) + " billion parameters"
	}
	if m.Share != nil {
		said += ", " + reports.Share(*m.Share) + " of what could be determined, rank " + m.Band
	}
	return said
}

// Figure draws each maker's releases over time: a disc where the weights
// were published, a diamond where not, the larger the more parameters.
func Figure(r Report) figures.Figure {
	const left, top, step, wide = 150.0, 80.0, 34.0, 560.0
	alt := strategyAlt(r)
	title := "What makers release, open and closed"
	height := top + step*float64(len(r.Makers)) + 70
	p := &svg.Plot{Drawing: svg.NewDrawing(left+wide+130, height, title,
		fmt.Sprintf("Text models of the %d months up to %s; larger marks have more parameters where that is published",
			r.Months, r.day()), alt)}
	low, _ := svg.YearOf(r.At.AddDate(0, -r.Months, 0).Format(time.DateOnly))
	high, _ := svg.YearOf(r.day())
	at := func(date string) float64 {
		y, _ := svg.YearOf(date)
		return left + wide*(y-low)/max(high-low, 1e-9)
	}
	bottom := top + step*float64(len(r.Makers))
	for m := time.Date(r.At.Year()-r.Months/12-1, 1, 1, 0, 0, 0, 0, time.UTC); !m.After(r.At); m = m.AddDate(0, 6, 0) {
		date := m.Format(time.DateOnly)
		if x := at(date); x >= left {
			p.Line(x, top-8, x, bottom, `stroke="`+svg.RuleColor+`"`)
			p.Text(x, bottom+16, m.Format("2006-01"), `text-anchor="middle" fill="`+svg.MutedColor+`"`)
		}
	}
	for i, s := range r.Makers {
		y := top + step*float64(i) + step/2
		p.Line(left, y, left+wide, y, `stroke="`+svg.RuleColor+`"`)
		p.Text(left-12, y+4, svg.Fitted(s.Maker, left-30, 11), `text-anchor="end"`)
		p.Text(left+wide+14, y+4, s.Kind, `font-weight="bold"`)
		for _, m := range slices.Concat(s.Closed, s.Open) {
			p.Mark(at(m.Released), y, markSize(m.Parameters), m.Access(), m.words())
		}
	}
	x := left
	for _, item := range []struct {
		access reports.Access
		text   string
	}{{reports.WeightsPublished, "weights published"}, {reports.ServiceOnly, "no weights published"}} {
		p.Mark(x, height-18, 5, item.access, item.text)
		p.Text(x+12, height-14, item.text, "")
		x += 34 + svg.TextWidth(item.text, 11)
	}
	return figures.Figure{File: "makers.svg", Title: title, Alt: alt, SVG: p.Bytes()}
}

// markSize is the radius of a mark: by the order of magnitude of the size.
func markSize(billions float64) float64 {
	switch {
	case billions <= 0, billions < 10:
		return 4
	case billions < 100:
		return 6
	}
	return 8
}

func strategyAlt(r Report) string {
	byKind := map[string][]string{}
	for _, s := range r.Makers {
		byKind[s.Kind] = append(byKind[s.Kind], s.Maker)
	}
	parts := []string{}
	for _, kind := range []string{openOnly, bothKinds, closedOnly, noRelease} {
		if names := byKind[kind]; len(names) > 0 {
			parts = append(parts, kind+": "+strings.Join(names, ", "))
		}
	}
	return fmt.Sprintf("Releases of makers over time, as of %s. %s.", r.day(), strings.Join(parts, "; "))
}
