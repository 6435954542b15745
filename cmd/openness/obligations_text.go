package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"openness/audit/obligations"
	"openness/reports"
)

// whose names the object of a duty for people.
func whose(component, of string) string {
	if component == obligations.Base {
		return of + ", which it was made from"
	}
	return "the " + component + " of " + of
}

// whoseAll names all objects of a duty.
func whoseAll(component, of string, also []string) string {
	text := whose(component, of)
	for _, other := range also {
		text += " and " + other
	}
	return text
}

// maxShownClause is how much of a clause a person is shown at a glance.
const maxShownClause = 240

func obligationsText(w io.Writer, o obligationsJSON) error {
	if o.Outcome == outcomeUnknown {
		_, err := fmt.Fprintf(w, "UNKNOWN MODEL: %s\n    %s\n", reports.Visible(o.Model), reports.Visible(o.Note))
		return err
	}
	if _, err := fmt.Fprintf(w, "Obligations of whoever uses %s\n\n", reports.Visible(o.Model)); err != nil {
		return err
	}
	if o.Note != "" {
		fmt.Fprintf(w, "  %s\n", reports.Visible(o.Note))
	}
	for _, l := range o.Licences {
		fmt.Fprintf(w, "  %s: %s\n", reports.Visible(whose(l.Component, l.Of)), reports.Visible(l.Name))
	}
	for _, d := range o.Duties {
		fmt.Fprintf(w, "\n[%s] %s\n    %s, by %s (%s)\n", d.Kind, reports.Visible(d.What), d.When,
			reports.Visible(section(d.Licence, d.Clause, "section ")), reports.Visible(whoseAll(d.Component, d.Of, d.AlsoOf)))
		fmt.Fprintf(w, "    %s\n", shownClause(d.Clause))
		if d.Clause.URL != "" {
			fmt.Fprintf(w, "    %s\n", reports.Visible(d.Clause.URL))
		}
	}
	switch {
	case len(o.Duties) > 0:
	case o.Outcome == outcomeUndetermined:
		fmt.Fprintln(w, "\nNo duty is known, which does not say that there is none: what follows could bring some.")
	default:
		fmt.Fprintln(w, "\nNo duty is known.")
	}
	for _, u := range o.Unsettled {
		fmt.Fprintf(w, "\nNOT DETERMINED: %s\n    look up: %s\n", reports.Visible(u.Reason), reports.Visible(u.LookUp))
	}
	_, err := fmt.Fprintln(w, "\nA reading by rule, and no legal advice.")
	return err
}

// shownClause is a clause as people read it: what stands behind it is said.
func shownClause(c obligations.Clause) string {
	quote := fmt.Sprintf("%q", reports.Shorten(reports.OneLine(c.Quote), maxShownClause))
	switch c.Certainty {
	case obligations.Doubtful:
		return "DOUBTFUL, read the text: perhaps " + quote
	case obligations.NotFound:
		return "NO CLAUSE FOUND in the text of the licence: read it"
	case obligations.NoClause:
		return "no clause: it says nothing that stands against it"
	case obligations.NotRead:
		return "the text of the licence was not read"
	}
	return quote
}

// section is a licence with the section that decides, where one is known.
func section(licence string, c obligations.Clause, word string) string {
	if c.Section == "" {
		return licence
	}
	return licence + ", " + word + strings.TrimPrefix(c.Section, word) // some entries say the word themselves
}

// cell makes a text fit for a cell or a line of Markdown.
func cell(text string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "\r", " ", "<", "&lt;", "`", "'").Replace(reports.Visible(text))
}

func obligationsMarkdown(w io.Writer, o obligationsJSON) error {
	if o.Outcome == outcomeUnknown {
		_, err := fmt.Fprintf(w, "# Unknown model: %s\n\n%s\n", cell(o.Model), cell(o.Note))
		return err
	}
	fmt.Fprintf(w, "# Obligations of whoever uses %s\n\n", cell(o.Model))
	if o.Note != "" {
		fmt.Fprintf(w, "%s\n\n", cell(o.Note))
	}
	fmt.Fprint(w, "| whose | licence | text |\n|---|---|---|\n")
	for _, l := range o.Licences {
		fmt.Fprintf(w, "| %s | %s | %s |\n", cell(whose(l.Component, l.Of)), cell(l.Name), cell(l.URL))
	}
	fmt.Fprint(w, "\n| duty | when | licence, section | clause |\n|---|---|---|---|\n")
	for _, d := range o.Duties {
		fmt.Fprintf(w, "| **%s** %s | %s | %s (%s) | %s |\n", d.Kind, cell(d.What), d.When,
			cell(section(d.Licence, d.Clause, "")), cell(whoseAll(d.Component, d.Of, d.AlsoOf)),
			cell(shownClause(d.Clause)))
	}
	for _, u := range o.Unsettled {
		fmt.Fprintf(w, "\n- **not determined**: %s (look up: %s)\n", cell(u.Reason), cell(u.LookUp))
	}
	_, err := fmt.Fprintln(w, "\nA reading by rule, and no legal advice.")
	return err
}

// writeNotices makes the files that go along with the model.
func writeNotices(dir string, o obligationsJSON) error {
	if err := noFile("--write", dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	notices := []struct{ name, text string }{{"NOTICE.txt", noticeFile(o)}, {"ATTRIBUTION.md", attributionFile(o)},
		{"LICENSES.md", licencesFile(o)}}
	for _, n := range notices {
		if err := notOthers(filepath.Join(dir, n.name), n.text); err != nil {
			return err
		}
	}
	for _, n := range notices {
		if err := writeWhole(filepath.Join(dir, n.name), func(w io.Writer) error {
			_, err := io.WriteString(w, n.text)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// madeBy is the first line of each file that writeNotices makes, by which it knows its own.
const madeBy = "Made by openness obligations --write, which writes this file anew each time."

// The first lines of the files.
const (
	madeText     = madeBy + "\n\n"
	madeMarkdown = "<!-- " + madeBy + " -->\n\n"
)

// notOthers refuses to write over a file that does not begin with the line that this command
// writes: a project has a notice of its own. What stands in the place of a file, such as a link,
// is refused too.
func notOthers(path, text string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	first, _, _ := strings.Cut(text, "\n")
	var old []byte
	if err == nil && info.Mode().IsRegular() {
		old, err = readBounded(path, largestRules)
	}
	if err != nil || !info.Mode().IsRegular() || !strings.HasPrefix(string(old), first+"\n") {
		return usagef("%q is there already and was not written by this command: "+
			"name another folder with --write, or move it away", path)
	}
	return nil
}

// noticeFile is the notice: what the product holds, from whom, under which licence,
// and the phrases that are to be shown.
func noticeFile(o obligationsJSON) string {
	var b strings.Builder
	fmt.Fprintf(&b, madeText+"NOTICE\n\nThis product uses the model %s.\n", reports.Visible(o.Model))
	for _, l := range o.Licences {
		fmt.Fprintf(&b, "\n%s: licensed under %s (%s).\n", reports.Visible(upperFirst(whose(l.Component, l.Of))),
			reports.Visible(l.Name), reports.Visible(l.ID))
		for _, n := range l.Notices {
			if n.Text == "" {
				fmt.Fprintf(&b, "\nTO BE CLARIFIED: put the text of %s here\n", reports.Visible(n.URL))
			}
			for line := range strings.Lines(n.Text) {
				fmt.Fprintf(&b, "  %s\n", reports.Visible(strings.TrimRight(line, "\r\n")))
			}
		}
	}
	said := make(map[string]bool) // several licences may ask for the same words
	write := func(text string) {
		if !said[text] {
			said[text] = true
			b.WriteString(text)
		}
	}
	for _, d := range o.Duties {
		if (d.Kind == "display" || d.Kind == "notice") && len(d.Words) > 0 {
			write(fmt.Sprintf("\n%s\n", reports.Visible(d.Words[0])))
		}
	}
	for _, d := range o.Duties {
		if (d.Kind == "notice" && len(d.Words) == 0 || d.Kind == "license_copy") && d.Clause.Certainty == obligations.Quoted {
			write(fmt.Sprintf("\n%s:\n  %s\n", reports.Visible(section(d.Licence, d.Clause, "section ")),
				reports.OneLine(reports.Visible(d.Clause.Quote))))
		}
	}
	unsettledLines(&b, o)
	return b.String()
}

func attributionFile(o obligationsJSON) string {
	var b strings.Builder
	b.WriteString(madeMarkdown + "# Attributions\n\n")
	for _, l := range o.Licences {
		fmt.Fprintf(&b, "- %s: %s, <%s>\n", cell(upperFirst(whose(l.Component, l.Of))), cell(l.Name), cell(l.URL))
	}
	for _, d := range o.Duties {
		switch d.Kind {
		case "attribution", "display", "naming", "state_changes":
			fmt.Fprintf(&b, "- %s (%s)\n", cell(d.What), cell(section(d.Licence, d.Clause, "section ")))
		}
	}
	unsettledLines(&b, o)
	return b.String()
}

// licencesFile names each licence's text by where it stands and its hash: the copy
// that goes along is fetched from there.
func licencesFile(o obligationsJSON) string {
	var b strings.Builder
	b.WriteString(madeMarkdown + "# Licences to pass on\n\nPut a copy of each text beside this file.\n\n")
	for _, l := range o.Licences {
		fmt.Fprintf(&b, "- %s (%s), of %s: <%s>", cell(l.Name), cell(l.ID), cell(l.Of), cell(l.URL))
		for _, d := range o.Duties {
			if d.Licence == l.ID && d.Of == l.Of && d.Clause.SHA256 != "" {
				fmt.Fprintf(&b, ", SHA-256 %s", d.Clause.SHA256)
				break
			}
		}
		b.WriteString("\n")
	}
	unsettledLines(&b, o)
	return b.String()
}

// unsettledLines says in each file what is not known: a notice that keeps quiet about it
// would look complete.
func unsettledLines(b *strings.Builder, o obligationsJSON) {
	for _, u := range o.Unsettled {
		fmt.Fprintf(b, "\nTO BE CLARIFIED: %s (look up: %s)\n", reports.Visible(u.Reason), reports.Visible(u.LookUp))
	}
	for _, d := range o.Duties {
		if d.Kind == "notice" && d.Clause.Certainty == obligations.NotRead {
			fmt.Fprintf(b, "\nTO BE CLARIFIED: the notice that %s may prescribe: its text was not read (look up: %s)\n",
				reports.Visible(d.Licence), reports.Visible(d.Clause.URL))
		}
		if d.Clause.Certainty == obligations.Doubtful || d.Clause.Certainty == obligations.NotFound {
			fmt.Fprintf(b, "\nTO BE CLARIFIED: %s (%s; look up: %s)\n", reports.Visible(d.What), reports.Visible(d.Licence),
				reports.Visible(d.Clause.URL))
		}
	}
}

func upperFirst(s string) string {
	if strings.HasPrefix(s, "the ") {
		return "The" + s[3:]
	}
	return s
}
