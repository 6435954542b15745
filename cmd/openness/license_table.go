package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"openness/audit/license"
	"openness/reports"
)

// writeLicenseTable prints one row for each input, and below it what was
// changed in modified texts and which licences are only mentioned. Files of a
// folder without any of this are counted, not listed.
func writeLicenseTable(w io.Writer, list []licenseReport, width int) error {
	var shown []licenseReport
	for _, r := range list {
		if !r.inFolder || r.License != nil || r.Terms != nil || len(r.Mentions) > 0 {
			shown = append(shown, r)
		}
	}
	t := table.NewWriter()
	style := table.StyleLight
	style.Options = table.OptionsNoBordersAndSeparators
	style.Options.SeparateHeader = true
	t.SetStyle(style)
	t.AppendHeader(table.Row{"input", "licence", "text", "osi", "commercial", "modify", "share", "limits and duties"})
	for _, r := range shown {
		t.AppendRow(licenseRow(r))
	}
	var out strings.Builder
	for line := range strings.Lines(t.Render() + "\n") {
		out.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	for _, r := range shown {
		writeLicenseNotes(&out, r, width)
	}
	if hidden := len(list) - len(shown); hidden > 0 {
		fmt.Fprintf(&out, "\n%d more files name no licence.\n", hidden)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func licenseRow(r licenseReport) table.Row {
	if r.Stated != "" {
		t, osi := new(license.Terms), "" // nothing is known of it
		if r.Terms != nil {
			t, osi = r.Terms, approved(r.Terms)
		}
		return table.Row{reports.Visible(r.Input), strings.TrimPrefix(r.Stated, "LicenseRef-"), "only named", osi,
			said(t.CommercialUse), said(t.Modification), said(t.Redistribution), strings.Join(limitsOf(t), ", ")}
	}
	if r.License == nil && r.Terms == nil {
		return table.Row{reports.Visible(r.Input), "-", "none", "", "", "", "", ""}
	}
	if r.License == nil {
		t := r.Terms
		return table.Row{reports.Visible(r.Input), "unknown", "derived", "", said(t.CommercialUse), // an approved one may be unknown here
			said(t.Modification), said(t.Redistribution), strings.Join(limitsOf(t), ", ")}
	}
	text := fmt.Sprintf("%.0f %%", r.Matches[0].Percent)
	for _, m := range r.Matches {
		if m.License == *r.License {
			text = fmt.Sprintf("%.0f %%", m.Percent)
			break
		}
	}
	if r.Modified {
		text += ", modified"
	}
	name := strings.TrimPrefix(*r.License, "LicenseRef-")
	if others := otherLicenses(r); len(others) > 0 {
		name += " + " + strings.Join(others, ", ")
	}
	t := r.Terms
	return table.Row{reports.Visible(r.Input), name, text, approved(t), said(t.CommercialUse),
		said(t.Modification), said(t.Redistribution), strings.Join(limitsOf(t), ", ")}
}

// otherLicenses names the licences of an input beside its own.
func otherLicenses(r licenseReport) []string {
	var others []string
	seen := map[string]bool{*r.License: true}
	for _, m := range r.Matches {
		if !seen[m.License] {
			seen[m.License] = true
			others = append(others, strings.TrimPrefix(m.License, "LicenseRef-"))
		}
	}
	return others
}

func said(p license.Permission) string {
	if p == license.Unsaid {
		return "?"
	}
	return string(p)
}

// approved says whether the Open Source Initiative approved a licence.
func approved(t *license.Terms) string {
	if t.OSIApproved {
		return "yes"
	}
	return "no"
}

// limitsOf names what a licence asks, in a word each.
func limitsOf(t *license.Terms) []string {
	var limits []string
	for _, limit := range []struct {
		is   *bool
		word string
	}{{t.UseRestrictions, "use restrictions"}, {t.OutputRestriction, "outputs"}, {t.NamingRequirement, "naming"},
		{t.Attribution, "attribution"}, {t.RegistrationRequired, "registration"},
		{t.AcceptanceRequired, "acceptance"}} {
		if limit.is != nil && *limit.is {
			limits = append(limits, limit.word)
		}
	}
	duties, _ := license.DutiesOf(t.ID)
	for _, duty := range []struct {
		is   *license.Duty
		word string
	}{{duties.Copy, "copy of licence"}, {duties.Notice, "notice"}, {duties.Changes, "state changes"},
		{duties.Source, "source"}, {duties.SameLicense, "same licence"}, {duties.Display, "display"}, {duties.PassOn, "pass on terms"},
		{duties.Report, "report"}} {
		if duty.is != nil {
			limits = append(limits, duty.word)
		}
	}
	if t.UserThreshold != nil {
		limits = append(limits, strings.TrimSpace(fmt.Sprintf("threshold %d %s", *t.UserThreshold, t.ThresholdUnit)))
	}
	if t.GeographicLimit != nil {
		limits = append(limits, "territory")
	}
	return limits
}

// maxNotes bounds the differences and mentions that are printed of one input.
const maxNotes = 12

func writeLicenseNotes(out *strings.Builder, r licenseReport, width int) {
	var notes []string
	for _, d := range r.Diffs {
		if d.Material && r.Modified {
			notes = append(notes, diffNote(d, max(width-24, 40)))
		}
	}
	if r.Note != "" {
		notes = append(notes, r.Note)
	}
	if r.License == nil && r.Stated == "" {
		for _, m := range r.Mentions {
			notes = append(notes, fmt.Sprintf("%d-%d mentions %s (%s)", m.Start, m.End, m.License, m.Kind))
		}
	}
	if len(notes) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", reports.Visible(r.Input))
	for i, note := range notes {
		if i == maxNotes {
			fmt.Fprintf(out, "  and %d more (see --format json)\n", len(notes)-i)
			break
		}
		fmt.Fprintf(out, "  %s\n", reports.Visible(note))
	}
}

func diffNote(d license.Diff, width int) string {
	text := strings.Join(strings.Fields(d.Text), " ")
	if runes := []rune(text); len(runes) > width {
		text = string(runes[:width]) + "…"
	}
	note := fmt.Sprintf("%d-%d %s", d.Start, d.End, d.Kind)
	if text != "" {
		note += fmt.Sprintf(" %q", text)
	}
	if d.Missing > 0 {
		note += fmt.Sprintf(", %d words of the licence are missing", d.Missing)
		if strings.Trim(d.MissingOf, " …") != "" {
			note += fmt.Sprintf(" (%s)", d.MissingOf)
		}
	}
	return note
}
