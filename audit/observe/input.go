package observe

import (
	"sync"

	"openness/audit"
	"openness/audit/observe/code"
	"openness/audit/observe/data"
	"openness/audit/observe/kin"
	"openness/audit/observe/licences"
	"openness/audit/observe/papers"
	"openness/audit/observe/sources"
	"openness/audit/observe/weights"
)

// An input is what the themes of this room read: the pages of one subject, what the
// themes in rooms of their own make of them, and what these themes find out themselves.
type input struct {
	*kin.Pages
	licences *licences.Reader
	code     *code.Reader
	papers   *papers.Reader
	weights  *weights.Reader
	data     *data.Reader
	site     func() []sitePage // the vendor's pages, read on first use
}

func newInput(s audit.Subject, docs []audit.Document) *input {
	in := &input{Pages: kin.New(sources.New(s, docs, licences.Binds))}
	in.code = code.NewReader(in.Set)
	in.weights = weights.NewReader(in.Pages)
	in.data = data.NewReader(in.Pages)
	in.papers = papers.NewReader(in.Pages)
	in.licences = licences.NewReader(in.Pages, in.code.PresentsModel)
	in.site = sync.OnceValue(in.readSite)
	return in
}

// The themes that have rooms of their own.
func codeTheme(in *input) []audit.Observation     { return code.Read(in.code) }
func weightsTheme(in *input) []audit.Observation  { return weights.Read(in.weights) }
func dataTheme(in *input) []audit.Observation     { return data.Read(in.data) }
func papersTheme(in *input) []audit.Observation   { return papers.Read(in.papers) }
func licencesTheme(in *input) []audit.Observation { return licences.Read(in.licences) }
