package reports

import (
	"cmp"
)

// A Format names one way of writing a report.
type Format string

// The formats. Not every report has all of them: see RankingFormats,
// DossierFormats and AssessmentFormats.
const (
	Table    Format = "table" // for terminals
	Text     Format = "text"  // for terminals and mail
	JSON     Format = "json"
	YAML     Format = "yaml"
	CSV      Format = "csv"
	Markdown Format = "markdown"
	HTML     Format = "html"
	SVG      Format = "svg"
)

// Options say how a terminal table is drawn. Only the table uses them.
type Options struct {
	Width int  // columns of the terminal; 80 when 0
	Color bool // escape codes for colour; off for files and pipes
}

const (
	DefaultWidth = 80
	narrowest    = 40 // below this a table is drawn anyway and wraps
)

// Columns is the width to draw to.
func (o Options) Columns() int { return max(cmp.Or(o.Width, DefaultWidth), narrowest) }
