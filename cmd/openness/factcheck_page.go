package main

import (
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
	"openness/rubric/claims"
)

// An annotated text is written so that an editor reads it on one screen: the
// text with its claims marked, and beside it each claim's verdict and the
// passages that it rests on. The page loads nothing from elsewhere.

//go:embed factcheck_page.gohtml
var factcheckPage string

var factcheckTemplate = template.Must(template.New("factcheck").Parse(factcheckPage))

// A pageClaim is a claim as the page shows it.
type pageClaim struct {
	N       int
	Verdict string // as the style has it
	Word    string // as people read it
	Symbol  string
	Claim   string
	Model   string
	At      string
	Parts   []pagePart
	Left    string
	Notes   []string
}

type pagePart struct {
	Verdict, Words, Reason, Definition string
	Evidence                           []pageEvidence
}

// Read tells when the page was read, and the hash of what was read.
type pageEvidence struct{ Fact, Value, Finding, URL, Quote, Read string }

// A pageRun is a stretch of the text, marked if it is a claim.
type pageRun struct {
	Text  string
	Claim *pageClaim
}

// symbols tell verdicts apart without colour.
var symbols = map[rubric.Verdict]string{rubric.Supported: "✓", rubric.Refuted: "✗", rubric.Partly: "◐",
	rubric.Unverifiable: "?", rubric.NotCheckable: "–", rubric.NotRecognised: "·"}

func writeVerdictHTML(w io.Writer, t *checkedText) error {
	page := struct {
		Source     string
		Paragraphs [][]pageRun
		Claims     []*pageClaim
		Count      string
		Unread     []string
		UnreadHead string
	}{Source: reports.Visible(titleOf(t.Source))}
	for i := range t.Claims {
		page.Claims = append(page.Claims, claimOfPage(i+1, &t.Claims[i]))
	}
	page.Count = countWords(t.Claims)
	page.UnreadHead = strings.TrimPrefix(unreadWords, "NOT CHECKED: ")
	for i := range t.Unread {
		page.Unread = append(page.Unread, reports.Visible(t.Unread[i].Claim))
	}
	if n := len(t.Unread); n > 0 {
		page.Count = strings.TrimPrefix(fmt.Sprintf("%s, %d not understood and not checked", page.Count, n), ", ")
	}
	page.Paragraphs = paragraphs(runs(t, page.Claims))
	return factcheckTemplate.Execute(w, page)
}

// titleOf is what the page calls its text: a file by its name, a page by its address, and a
// sentence that was given by itself not at all.
func titleOf(source string) string {
	if source == "" || strings.Contains(source, "://") {
		return source
	}
	return filepath.Base(source)
}

// countWords counts the verdicts of a text as their headings begin: what is
// supported as far as it was checked is counted apart.
func countWords(list []claims.Checked) string {
	count := make(map[string]int)
	for i := range list {
		word, _, _ := strings.Cut(list[i].Heading, ";")
		count[word]++
	}
	var words []string
	for _, word := range []string{"supported", "refuted", "partly", "partly checked", "undetermined", "not checkable"} {
		if n := count[word]; n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, word))
		}
	}
	return strings.Join(words, ", ")
}

func verdictWord(v rubric.Verdict) string { return strings.ReplaceAll(string(v), "_", " ") }

func claimOfPage(n int, c *claims.Checked) *pageClaim {
	p := &pageClaim{N: n, Verdict: string(c.Verdict), Word: reports.Visible(c.Heading), Symbol: symbols[c.Verdict],
		Claim: reports.Visible(c.Claim), Model: reports.Visible(modelWords(c.Model)),
		At: c.At, Left: reports.Visible(strings.Join(c.Unchecked, "; "))}
	for _, note := range c.Notes {
		p.Notes = append(p.Notes, reports.Visible(note))
	}
	for i := range c.Parts {
		part := &c.Parts[i]
		p.Parts = append(p.Parts, pagePart{verdictWord(part.Verdict), reports.Visible(partWords(part)),
			reports.Visible(part.Reason), part.Definition, evidenceOf(part.Observations)})
	}
	return p
}

// maxEvidence is how many passages a claim shows; the JSON has them all.
const maxEvidence = 4

func evidenceOf(observations []audit.Observation) []pageEvidence {
	var list []pageEvidence
	for _, o := range withoutRepeats(observations) {
		if len(list) == maxEvidence {
			break
		}
		list = append(list, pageEvidence{o.Fact, reports.Visible(o.Value), string(o.Finding), o.URL,
			reports.Visible(reports.Shorten(o.Quote, 160)), readWords(o)})
	}
	return list
}

// unreadClaim marks in the text what was not understood.
var unreadClaim = &pageClaim{Verdict: "unread"}

// runs cuts the text at its claims, and at the sentences that were not understood.
func runs(t *checkedText, list []*pageClaim) []pageRun {
	if t.One {
		return []pageRun{{t.Text, list[0]}}
	}
	type place struct {
		start, end int
		claim      *pageClaim
	}
	var places []place
	for i := range t.Claims {
		places = append(places, place{*t.Claims[i].Start, *t.Claims[i].End, list[i]})
	}
	for i := range t.Unread {
		places = append(places, place{*t.Unread[i].Start, *t.Unread[i].End, unreadClaim})
	}
	slices.SortFunc(places, func(a, b place) int { return a.start - b.start })
	var out []pageRun
	at := 0
	for _, p := range places {
		out = append(out, pageRun{Text: t.Text[at:p.start]}, pageRun{t.Text[p.start:p.end], p.claim})
		at = p.end
	}
	return append(out, pageRun{Text: t.Text[at:]})
}

// paragraphs parts runs at empty lines.
func paragraphs(list []pageRun) [][]pageRun {
	out := [][]pageRun{nil}
	for _, r := range list {
		for i, piece := range strings.Split(r.Text, "\n\n") {
			if i > 0 {
				out = append(out, nil)
			}
			if piece != "" {
				out[len(out)-1] = append(out[len(out)-1], pageRun{reports.VisibleText(piece), r.Claim})
			}
		}
	}
	return out
}

func writeVerdictMarkdown(w io.Writer, t *checkedText) error {
	for i := range t.Claims {
		c := claimOfPage(i+1, &t.Claims[i])
		where := ""
		if s := t.Claims[i].Start; s != nil {
			where = fmt.Sprintf(" (bytes %d to %d)", *s, *t.Claims[i].End)
		}
		if _, err := fmt.Fprintf(w, "%d. **%s**: %s%s\n   Model: %s; as of %s.\n",
			c.N, markdown(strings.Replace(heading(&t.Claims[i]), "_", " ", 1)), markdown(c.Claim), where, markdown(c.Model),
			c.At); err != nil {
			return err
		}
		for _, note := range c.Notes {
			fmt.Fprintf(w, "   %s\n", markdown(note))
		}
		for _, p := range c.Parts {
			fmt.Fprintf(w, "   - %s: %s. %s\n", p.Verdict, markdown(p.Words), markdown(p.Reason))
			for _, e := range p.Evidence {
				value := ""
				if e.Value != "" {
					value = " = " + markdown(e.Value)
				}
				fmt.Fprintf(w, "     - `%s`%s (%s, %s), <%s>", e.Fact, value, e.Finding, e.Read, e.URL)
				if e.Quote != "" {
					fmt.Fprintf(w, ": “%s”", markdown(e.Quote))
				}
				fmt.Fprintln(w)
			}
		}
		if c.Left != "" {
			fmt.Fprintf(w, "   Not checked: %s\n", markdown(c.Left))
		}
		fmt.Fprintln(w)
	}
	if len(t.Unread) > 0 {
		fmt.Fprintf(w, "**NOT CHECKED**: %s\n\n", strings.TrimPrefix(unreadWords, "NOT CHECKED: "))
	}
	for i := range t.Unread {
		fmt.Fprintf(w, "- %s (bytes %d to %d)\n", markdown(t.Unread[i].Claim), *t.Unread[i].Start, *t.Unread[i].End)
	}
	return nil
}

// markdownEscapes keep what a text says from being read as markup.
var markdownEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", "[", `\[`, "#",
	`\#`, "|", `\|`)

func markdown(s string) string { return markdownEscapes.Replace(s) }
