package reports

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"openness/audit"
	"openness/rubric"
)

const (
	contextBytes = 180 // shown before and after a quote
	longestQuote = 900 // characters of a quote that are shown; the link leads to the rest
)

// WriteDossier writes all that is known of one model in one of DossierFormats.
// Rubrics give the names and questions of the dimensions; an assessment whose
// rubric is not among them is shown with its dimensions' ids. JSON and YAML are
// the contract's assessments.
func WriteDossier(w io.Writer, m Model, rubrics []*rubric.Rubric, tool string, f Format, o Options) error {
	switch f {
	case JSON:
		return WriteAssessmentsJSON(w, []Model{m}, tool)
	case YAML:
		return writeYAML(w, assessmentObjects([]Model{m}, tool))
	case Text, Table:
		return writeDossierText(w, &m, rubrics, o)
	case CSV:
		return writeDossierCSV(w, &m)
	case Markdown:
		return writeDossierMarkdown(w, &m, rubrics)
	case HTML:
		return writeDossierHTML(w, &m, rubrics, tool)
	}
	return fmt.Errorf("unknown format %q", f)
}

// WriteAssessments writes models under all their rubrics in one of
// AssessmentFormats, in the order given.
func WriteAssessments(w io.Writer, models []Model, rubrics []*rubric.Rubric, tool string, f Format, o Options) error {
	switch f {
	case JSON:
		return WriteAssessmentsJSON(w, models, tool)
	case YAML:
		return writeYAML(w, assessmentObjects(models, tool))
	case Table:
		return writeAssessmentTables(w, models, rubrics, tool, o)
	case Markdown:
		for i := range models {
			if err := writeDossierMarkdown(w, &models[i], rubrics); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("unknown format %q", f)
}

// writeAssessmentTables draws one ranking per rubric that any model has.
func writeAssessmentTables(w io.Writer, models []Model, rubrics []*rubric.Rubric, tool string, o Options) error {
	first := true
	for _, ref := range rubricsOf(models) {
		if !first {
			fmt.Fprintln(w)
		}
		first = false
		r := Report{Rubric: rubricFor(ref, rubrics, models), Tool: tool}
		for _, m := range models {
			if _, ok := m.Assessment(ref.ID); ok {
				r.Models = append(r.Models, m)
			}
		}
		if err := WriteRanking(w, r, Table, o); err != nil {
			return err
		}
	}
	return nil
}

// rubricsOf lists the rubrics that models were assessed under, as first met.
func rubricsOf(models []Model) []rubric.Ref {
	refs := []rubric.Ref{}
	for i := range models {
		for _, a := range models[i].Assessments {
			if !slices.ContainsFunc(refs, func(r rubric.Ref) bool { return r.ID == a.Rubric.ID }) {
				refs = append(refs, a.Rubric)
			}
		}
	}
	return refs
}

// rubricFor finds the rubric of an assessment, or makes one of the ids that the
// assessments themselves carry, so that old assessments can still be shown.
func rubricFor(ref rubric.Ref, rubrics []*rubric.Rubric, models []Model) *rubric.Rubric {
	for _, r := range rubrics {
		if r.ID == ref.ID {
			return r
		}
	}
	bare := &rubric.Rubric{Ref: ref}
	for i := range models {
		if a, ok := models[i].Assessment(ref.ID); ok {
			for _, j := range a.Judgements {
				bare.Dimensions = append(bare.Dimensions, rubric.Dimension{ID: j.Dimension, Weight: 1})
			}
			break
		}
	}
	return bare
}

// A judged dimension is a judgement with what its reader needs beside it.
type judged struct {
	rubric.Judgement
	Dimension rubric.Dimension
	Anchor    string     // the judgement's id within a page
	Evidence  []Evidence // what was found, with its bytes
	Quotes    []wording  // the same, the same words once
	NotFound  []place    // what was read and does not say it
	Unsettled []place    // what was read and leaves it open, say by naming a page that was not read
	Unseen    []place    // what could not be read: no evidence of absence
	here      *seenAt    // where further dimensions say that its words are shown
}

// Evidence is an observation made readable.
type Evidence struct {
	audit.Observation
	Meaning       string // what the fact says, from the table of facts
	Before, After string // the text around the quote, "" where bodies are not stored
	Shown         string // the quote, cut when it is very long
	Read          string // the quote as people read it, cut when it is very long; "" where nothing is quoted
	Lines         [2]int // the lines of the document that it stands on, 0 where they are not known
	Cut           bool   // Shown ends before the quote does
	CutBefore     bool   // text precedes Before
	CutAfter      bool   // text follows After
	Stored        string // on a live page, the way to these bytes in the stored document
	verified      bool   // the stored bytes are at hand and hold the quote
}

// Link is the evidence's URL where a browser may follow it, else "": the bytes
// as they were read.
func (e Evidence) Link() string { return webLink(e.URL) }

// Page is the address at which a person sees the quote, "" where there is none.
func (e *Evidence) Page() string { return openable(e) }

// documentPage is the address at which a person sees a document, "" where there is none.
func documentPage(url, revision string) string {
	return openable(&Evidence{Observation: audit.Observation{URL: url, Revision: revision}})
}

// longestLink bounds addresses that are linked; longer ones, which no hub or
// paper has, are shown as text, cut.
const longestLink = 2000

// webLink lets through http and https URLs only.
func webLink(url string) string {
	if len(url) > longestLink {
		return ""
	}
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}

// judgedOf walks an assessment in the rubric's order of dimensions. Words that
// seen knows of stand further up in the dossier.
func (m *Model) judgedOf(a rubric.Assessment, r *rubric.Rubric, seen quotesSeen) []judged {
	list := make([]judged, 0, len(a.Judgements))
	for _, d := range r.Dimensions {
		for _, j := range a.Judgements {
			if j.Dimension == d.ID {
				one := m.judged(j, d)
				seen.note(&one)
				list = append(list, one)
			}
		}
	}
	return list
}

// judgedUnder is one assessment of a model with its dimensions.
type judgedUnder struct {
	rubric.Assessment
	Under  *rubric.Rubric
	Judged []judged
}

// allJudged walks all assessments of a model. Words that were shown under one
// are not shown again under the next.
func (m *Model) allJudged(rubrics []*rubric.Rubric) []judgedUnder {
	seen := quotesSeen{}
	list := []judgedUnder{}
	for _, ref := range rubricsOf([]Model{*m}) {
		a, _ := m.Assessment(ref.ID)
		r := rubricFor(ref, rubrics, []Model{*m})
		list = append(list, judgedUnder{a, r, m.judgedOf(a, r, seen)})
	}
	return list
}

func (m *Model) judged(j rubric.Judgement, d rubric.Dimension) judged {
	result := judged{Judgement: j, Dimension: d, Anchor: d.ID}
	for _, o := range j.Observations {
		if o.Finding == audit.Present || o.Finding == "" {
			result.Evidence = append(result.Evidence, m.evidence(o))
		} else {
			result.look(m, o)
		}
	}
	result.Quotes = wordings(result.Evidence)
	return result
}

func (m *Model) evidence(o audit.Observation) Evidence {
	e := Evidence{Observation: o}
	if f, ok := audit.FactNamed(o.Fact); ok {
		e.Meaning = f.Meaning
	}
	e.Shown = Shorten(o.Quote, longestQuote)
	e.Cut = len(e.Shown) < len(o.Quote)
	e.Read = Shorten(Readable(o.Quote), longestQuote)
	if m.Bodies == nil || o.SHA256 == "" || o.End <= o.Start {
		return e
	}
	body, err := m.Bodies(o.SHA256)
	if err != nil || !(audit.Span{Start: o.Start, End: o.End}).Within(len(body)) || string(body[o.Start:o.End]) != o.Quote {
		return e // the quote stands by itself; openness evidence --verify reports the fault
	}
	e.verified = true
	first := 1 + bytes.Count(body[:o.Start], []byte("\n"))
	e.Lines = [2]int{first, first + strings.Count(strings.TrimRight(o.Quote, "\n"), "\n")}
	from := wordStart(body, runeStart(body, max(0, o.Start-contextBytes)), o.Start)
	to := wordEnd(body, runeStart(body, min(len(body), o.End+contextBytes)), o.End)
	e.Before, e.After = string(body[from:o.Start]), string(body[o.End:max(to, o.End)])
	e.CutBefore, e.CutAfter = from > 0, to < len(body)
	if e.Cut {
		e.After, e.CutAfter = "", false
	}
	return e
}

// longestWord is how far context is cut back to begin and end with whole words.
const longestWord = 40

// wordStart moves from forward to the start of a word, where one is near.
func wordStart(b []byte, from, limit int) int {
	if from == 0 || from >= limit {
		return min(from, limit)
	}
	if i := bytes.IndexAny(b[from:min(limit, from+longestWord)], " \n\t"); i >= 0 {
		return from + i + 1
	}
	return from
}

// wordEnd moves to back to the end of a word, where one is near.
func wordEnd(b []byte, to, limit int) int {
	if to == len(b) || to <= limit {
		return to
	}
	start := max(limit, to-longestWord)
	if i := bytes.LastIndexAny(b[start:to], " \n\t"); i >= 0 {
		return start + i
	}
	return to
}

// runeStart moves i forward to the start of a character.
func runeStart(b []byte, i int) int {
	for i < len(b) && !utf8.RuneStart(b[i]) {
		i++
	}
	return i
}
