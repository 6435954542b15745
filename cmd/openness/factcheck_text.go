package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"openness/audit"
	"openness/reports"
	"openness/reports/evidence"
	"openness/rubric/claims"
)

// A checkedText is a text and its claims, to be written.
type checkedText struct {
	Source string // where the text is from
	Text   string
	One    bool // the text is one claim
	Claims []claims.Checked
	Unread []claims.Checked // sentences of the text that speak of openness and were not understood
}

// A verdictWriter writes a checked text in one format.
type verdictWriter func(io.Writer, *checkedText) error

var verdictWriters = map[string]verdictWriter{
	"text": writeVerdictText, "json": writeVerdictJSON, "markdown": writeVerdictMarkdown, "html": writeVerdictHTML,
}

func writeVerdictJSON(w io.Writer, t *checkedText) error {
	if t.One {
		return reports.WriteJSON(w, t.Claims[0])
	}
	return reports.WriteJSON(w, t.Claims)
}

func writeVerdictText(w io.Writer, t *checkedText) error {
	for i := range t.Claims {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := writeOneVerdict(w, &t.Claims[i]); err != nil {
			return err
		}
	}
	if len(t.Unread) > 0 {
		fmt.Fprintf(w, "\n%s\n", unreadWords)
	}
	for i := range t.Unread {
		c := &t.Unread[i]
		fmt.Fprintf(w, "- %s (bytes %d to %d; %s)\n", reports.Visible(c.Claim), *c.Start, *c.End,
			reports.Visible(modelWords(c.Model)))
	}
	return nil
}

// unreadWords stand over the sentences that were not understood.
const unreadWords = "NOT CHECKED: these sentences speak of a known model's openness and were not understood."

func writeOneVerdict(w io.Writer, c *claims.Checked) error {
	where := ""
	if c.Start != nil {
		where = fmt.Sprintf(" (bytes %d to %d)", *c.Start, *c.End)
	}
	_, err := fmt.Fprintf(w, "%s: %s%s\n", heading(c), reports.Visible(c.Claim), where)
	fmt.Fprintf(w, "Model: %s; checked: %s; as of %s\n", reports.Visible(modelWords(c.Model)),
		reports.Visible(claimWords(c)), c.At)
	for _, note := range c.Notes {
		fmt.Fprintf(w, "Note: %s\n", reports.Visible(note))
	}
	if len(c.Unchecked) > 0 {
		fmt.Fprintf(w, "Not checked: %s\n", reports.Visible(strings.Join(c.Unchecked, "; ")))
	}
	for i := range c.Parts {
		writePart(w, &c.Parts[i])
	}
	return err
}

func writePart(w io.Writer, p *claims.Part) {
	fmt.Fprintf(w, "- %s: %s: %s\n", p.Verdict, reports.Visible(partWords(p)), reports.Visible(p.Reason))
	if p.Definition != "" {
		fmt.Fprintf(w, "  Held to: %s\n", p.Definition)
	}
	writeBehind(w, p.Observations)
}

// writeBehind lists what was found, each with its quote, and then what was
// not, page by page: many facts are missed on the same page.
func writeBehind(w io.Writer, observations []audit.Observation) {
	type page struct{ said, url string }
	var pages []page
	missed := make(map[page][]string)
	for _, o := range withoutRepeats(observations) {
		url := reports.Visible(o.URL)
		if o.Finding == audit.Present {
			fmt.Fprintf(w, "  %s = %s, %s (%s)\n", o.Fact, reports.Visible(o.Value), url, readWords(o))
			if o.Quote != "" {
				fmt.Fprintf(w, "    %q\n", reports.Shorten(o.Quote, 160))
			}
			continue
		}
		at := page{evidence.FindingWords(o.Finding), url}
		if missed[at] == nil {
			pages = append(pages, at)
		}
		missed[at] = append(missed[at], o.Fact)
	}
	for _, at := range pages {
		fmt.Fprintf(w, "  %s, %s: %s\n", at.said, at.url, strings.Join(missed[at], ", "))
	}
}

// readWords tell when a page was read and the hash of what was read, or when it was asked for in vain.
func readWords(o audit.Observation) string {
	day := o.RetrievedAt.Format(time.DateOnly)
	switch {
	case o.SHA256 != "":
		return "read " + day + ", SHA-256 " + o.SHA256
	case o.RetrievedAt.IsZero():
		return "never asked for"
	}
	return "asked for " + day
}

func modelWords(model *string) string {
	if model == nil {
		return "none that is stored"
	}
	return *model
}

// heading is the verdict at the head of a claim, its first words in capitals.
func heading(c *claims.Checked) string {
	verdict, rest, found := strings.Cut(c.Heading, ";")
	if !found { // the word that the JSON has
		return strings.ToUpper(string(c.Verdict))
	}
	return strings.ToUpper(verdict) + "; " + reports.Visible(strings.TrimSpace(rest))
}

// partWords says in plain words what a part claims, and who is said to say so.
func partWords(p *claims.Part) string {
	words := p.Says
	if p.AttributedTo != nil {
		words += fmt.Sprintf(" (says %s)", *p.AttributedTo)
	}
	return words
}

// claimWords says which claims were read out of a sentence.
func claimWords(c *claims.Checked) string {
	var list []string
	for i := range c.Parts {
		list = append(list, partWords(&c.Parts[i]))
	}
	return strings.Join(list, "; ")
}

// withoutRepeats leaves out observations that would print as one before them
// does: the built-in snapshot has no quotes to tell them apart.
func withoutRepeats(observations []audit.Observation) []audit.Observation {
	type line struct {
		fact, value, url, quote string
		finding                 audit.Finding
	}
	seen := make(map[line]bool)
	var kept []audit.Observation
	for _, o := range observations {
		l := line{o.Fact, o.Value, o.URL, o.Quote, o.Finding}
		if !seen[l] {
			seen[l] = true
			kept = append(kept, o)
		}
	}
	return kept
}
