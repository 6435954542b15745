package reports

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

// RankingFormats are the formats of WriteRanking.
func RankingFormats() []Format { return []Format{Table, JSON, CSV, Markdown, YAML, HTML} }

// DossierFormats are the formats of WriteDossier. Table is another name of Text.
func DossierFormats() []Format { return []Format{Text, Table, JSON, CSV, YAML, Markdown, HTML} }

// AssessmentFormats are the formats of WriteAssessments.
func AssessmentFormats() []Format { return []Format{Table, JSON, YAML, Markdown} }

// CompareFormats are the formats of WriteComparison.
func CompareFormats() []Format { return []Format{Table, JSON, CSV, Markdown, YAML, HTML} }

// HistoryFormats are the formats of WriteHistory.
func HistoryFormats() []Format { return []Format{Table, JSON, YAML, Markdown} }
