// Package evidence makes readable what a judgement rests on: each quote in its context with
// the page on which a person sees it, the same words once, and the places that were looked at
// in vain, by kind of nothing.
//
// It writes them as text, as Markdown and as HTML for the rooms that show evidence: dossiers,
// records of checks, contradictions between raters.
package evidence

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
)

// contextBytes are shown before and after a quote.
const contextBytes = 180

// Judged is a judgement with what its reader needs beside it.
type Judged struct {
	rubric.Judgement
	Dimension rubric.Dimension
	Anchor    string     // the judgement's id within a page
	Evidence  []Evidence // what was found, with its bytes
	Quotes    []Wording  // the same, the same words once
	NotFound  []Place    // what was read and does not say it
	Unsettled []Place    // what was read and leaves it open, say by naming a page that was not read
	Unseen    []Place    // what could not be read: no evidence of absence
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
	Verified      bool   // the stored bytes are at hand and hold the quote
}

// Link is the evidence's URL where a browser may follow it, else "": the bytes
// as they were read.
func (e Evidence) Link() string { return reports.WebLink(e.URL) }

// Page is the address at which a person sees the quote, "" where there is none.
func (e *Evidence) Page() string { return openable(e) }

// DocumentPage is the address at which a person sees a document, "" where there is none.
func DocumentPage(url, revision string) string {
	return openable(&Evidence{Observation: audit.Observation{URL: url, Revision: revision}})
}

// JudgedBy walks an assessment in the rubric's order of dimensions. Words that
// seen knows of stand further up in the dossier.
func JudgedBy(m *reports.Model, a rubric.Assessment, r *rubric.Rubric, seen Seen) []Judged {
	list := make([]Judged, 0, len(a.Judgements))
	for _, d := range r.Dimensions {
		for _, j := range a.Judgements {
			if j.Dimension == d.ID {
				one := JudgedOn(m, j, d)
				seen.note(&one)
				list = append(list, one)
			}
		}
	}
	return list
}

// JudgedOn is a judgement with its evidence, as it is shown below its dimension.
func JudgedOn(m *reports.Model, j rubric.Judgement, d rubric.Dimension) Judged {
	result := Judged{Judgement: j, Dimension: d, Anchor: d.ID}
	for _, o := range j.Observations {
		if o.Finding == audit.Present || o.Finding == "" {
			result.Evidence = append(result.Evidence, Of(m, o))
		} else {
			result.look(m, o)
		}
	}
	result.Quotes = Wordings(result.Evidence)
	return result
}

// Of is an observation as it is shown: with its quote, links and what was looked at.
func Of(m *reports.Model, o audit.Observation) Evidence {
	e := Evidence{Observation: o}
	if f, ok := audit.FactNamed(o.Fact); ok {
		e.Meaning = f.Meaning
	}
	e.Shown = reports.Shorten(o.Quote, reports.LongestQuote)
	e.Cut = len(e.Shown) < len(o.Quote)
	e.Read = reports.Shorten(Readable(o.Quote), reports.LongestQuote)
	if m.Bodies == nil || o.SHA256 == "" || o.End <= o.Start {
		return e
	}
	body, err := m.Bodies(o.SHA256)
	if err != nil || !(audit.Span{Start: o.Start, End: o.End}).Within(len(body)) ||
		string(body[o.Start:o.End]) != o.Quote {
		return e // the quote stands by itself; openness evidence --verify reports the fault
	}
	e.Verified = true
	first := 1 + bytes.Count(body[:o.Start], []byte("\n"))
	e.Lines = [2]int{first, first + strings.Count(strings.TrimRight(o.Quote, "\n"), "\n")}
	from := wordStart(body, reports.RuneStart(body, max(0, o.Start-contextBytes)), o.Start)
	to := wordEnd(body, reports.RuneStart(body, min(len(body), o.End+contextBytes)), o.End)
	e.Before, e.After = string(body[from:o.Start]), string(body[o.End:max(to, o.End)])
	e.CutBefore, e.CutAfter = from > 0, to < len(body)
	if e.Cut {
		e.After, e.CutAfter = "", false
	}
	return e
}

// wordStart moves from forward to the start of a word, where one is near.
func wordStart(b []byte, from, limit int) int {
	if from == 0 || from >= limit {
		return min(from, limit)
	}
	if i := bytes.IndexAny(b[from:min(limit, from+reports.LongestWord)], " \n\t"); i >= 0 {
		return from + i + 1
	}
	return from
}

// wordEnd moves to back to the end of a word, where one is near.
func wordEnd(b []byte, to, limit int) int {
	if to == len(b) || to <= limit {
		return to
	}
	start := max(limit, to-reports.LongestWord)
	if i := bytes.LastIndexAny(b[start:to], " \n\t"); i >= 0 {
		return start + i
	}
	return to
}

// StoredLink is the address, within the folder of stored documents, of a span.
func StoredLink(sha256 string, s audit.Span) string {
	if s.Start == s.End {
		return url.PathEscape(sha256)
	}
	return fmt.Sprintf("%s?start=%d&end=%d#span", url.PathEscape(sha256), s.Start, s.End)
}

// LinkStored links the bytes that are kept in a folder beside the page.
func (e *Evidence) LinkStored(folder string) {
	if e.Verified {
		e.Stored = folder + StoredLink(e.SHA256, audit.Span{Start: e.Start, End: e.End})
	}
}
