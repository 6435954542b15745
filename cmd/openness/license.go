package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/crawl/fetch"
	"openness/audit/license"
	"openness/reports"
)

// maxLicenseFile is the size in bytes above which a file is not read: no
// licence is near it, and a folder may hold weights.
const maxLicenseFile = 16 << 20

type licenseOptions struct {
	*globalOptions
	format string
}

func newLicenseCommand(g *globalOptions) *cobra.Command {
	opts := &licenseOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "license FILE|URL|- ...",
		Short: "Identify licence texts and state their terms",
		Long: `License says which licence a text is, how much of it is there, whether it was
changed, and what it allows. It knows the licences of the SPDX list, Creative
Commons, data licences, and those that AI models come with. It reads files, the
text files of folders, URLs, and standard input (-).

A licence that it does not know is null too; its terms are then derived from
its wording, with the sentences, and marked as derived. They are a hint.

A changed text is reported under the licence that it was made from, as
modified, with every differing word; what the original allows outright is then
left unsaid. A mention of a licence ("released under the MIT license", a link)
is no licence text: the licence is then null. A text that does no more than name
one licence states it ("stated"), with the terms of that licence.

Exit status: 0 done; 1 a file could not be read; 2 bad usage; 3 a URL could
not be reached (what was found elsewhere is printed all the same).`,
		Example: `  openness license LICENSE
  openness license model/ --format json
  openness license https://huggingface.co/org/name/blob/main/LICENSE
  curl -s https://example.org/terms.html | openness license -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLicense(cmd.Context(), opts, args)
		},
	}
	chooseFormat(cmd, &opts.format, "table", "json")
	return cmd
}

// A licenseReport is what the command prints of one input.
type licenseReport struct {
	Input      string            `json:"input"`
	License    *string           `json:"license"`
	Expression *string           `json:"expression"`
	Coverage   float64           `json:"coverage"`
	Modified   bool              `json:"modified"`
	Matches    []license.Match   `json:"matches"`
	Terms      *license.Terms    `json:"terms"`
	Diffs      []license.Diff    `json:"diffs"`
	Mentions   []license.Mention `json:"mentions"`
	Stated     string            `json:"stated,omitempty"`  // the one licence that it names, and says nothing else
	Note       string            `json:"note,omitempty"`    // why nothing is said of it
	Signals    []license.Signal  `json:"signals,omitempty"` // of terms derived from the wording

	inFolder bool
}

func runLicense(ctx context.Context, opts *licenseOptions, args []string) error {
	reader := licenseReader{opts: opts, reports: []licenseReport{}}
	defer reader.close()
	for _, arg := range args {
		reader.read(ctx, arg)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := writeLicenses(opts, reader.reports); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return reader.err
}

func writeLicenses(opts *licenseOptions, list []licenseReport) error {
	if opts.format == "json" {
		return writeList(opts.env.stdout, "openness.license/1", list)
	}
	if len(list) == 0 {
		return nil
	}
	return writeLicenseTable(opts.env.stdout, list, opts.width())
}

// A licenseReader turns arguments into reports. It goes on after an input that
// cannot be read and keeps the gravest failure as its error.
type licenseReader struct {
	opts    *licenseOptions
	client  *fetch.Client
	reports []licenseReport
	err     error
}

func (r *licenseReader) close() {
	if r.client != nil {
		r.client.Close()
	}
}

// fail reports a failed input on stderr; exit code 1 outranks 3.
func (r *licenseReader) fail(code int, err error) {
	r.opts.say("%v", err)
	if r.err == nil || code == exitFailed {
		r.err = &exitError{code: code}
	}
}

func (r *licenseReader) read(ctx context.Context, arg string) {
	switch {
	case arg == "-":
		text, err := readAtMost(r.opts.env.stdin)
		if err != nil {
			r.fail(exitFailed, fmt.Errorf("standard input: %w", err))
			return
		}
		r.add(arg, text, false)
	case strings.HasPrefix(arg, "http://") || strings.HasPrefix(arg, "https://"):
		r.readURL(ctx, arg)
	default:
		r.readPath(arg)
	}
}

func (r *licenseReader) readPath(path string) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: name a file, a folder, a URL, or - for standard input", err)
	}
	if err != nil {
		r.fail(exitFailed, err)
		return
	}
	if info.IsDir() {
		r.readFolder(path)
		return
	}
	text, err := readFile(path)
	if err != nil {
		r.fail(exitFailed, err)
		return
	}
	r.add(path, text, false)
	if found := r.reports[len(r.reports)-1]; r.opts.quiet || found.License != nil ||
		len(found.Mentions)+len(found.Signals) > 0 {
		return
	}
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		r.opts.say("%s is empty", path)
	case bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0:
		r.opts.say("%s could not be read as a text: save it as plain text if it is one", path)
	}
}

// readFolder reads the text files of a folder in the order of their names.
func (r *licenseReader) readFolder(dir string) {
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil: // a folder that cannot be read; the others can
			r.fail(exitFailed, err)
			return nil
		case entry.IsDir() && entry.Name() == ".git":
			return filepath.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			r.fail(exitFailed, err)
			return nil
		}
		if info.Size() > maxLicenseFile {
			return nil
		}
		text, err := readFile(path)
		if err != nil {
			r.fail(exitFailed, err)
			return nil
		}
		if !bytes.Contains(text[:min(len(text), 8000)], []byte{0}) {
			r.add(path, text, true)
		}
		return nil
	})
	if err != nil {
		r.fail(exitFailed, err)
	}
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := readAtMost(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return text, nil
}

var errTooLarge = fmt.Errorf("larger than %d MiB, which no licence is", maxLicenseFile>>20)

func readAtMost(from io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(from, maxLicenseFile+1))
	if err == nil && len(text) > maxLicenseFile {
		err = errTooLarge
	}
	return text, err
}

// readURL fetches a licence as the user named it. Pages of hub and forge that
// show a file are read as the file.
func (r *licenseReader) readURL(ctx context.Context, text string) {
	request, err := licenseRequest(text, r.opts.env.getenv)
	if err != nil {
		r.fail(exitUsage, err)
		return
	}
	if r.client == nil {
		if r.client, err = oneTimeClient(r.opts.globalOptions); err != nil {
			r.fail(exitUsage, err)
			return
		}
	}
	doc, err := r.client.Get(ctx, request)
	switch {
	case err != nil:
		r.fail(exitUnreached, fmt.Errorf("%s: %w", text, err))
	case doc.Outcome != audit.Fetched && doc.Outcome != audit.NotModified:
		why := doc.Detail
		if why == "" {
			why = fmt.Sprintf("HTTP status %d", doc.Status)
		}
		r.fail(exitUnreached, fmt.Errorf("%s: not reached (%s): %s", text, doc.Outcome, why))
	default:
		r.add(text, doc.Body, false)
	}
}

// oneTimeClient fetches single pages that a user names.
func oneTimeClient(g *globalOptions) (*fetch.Client, error) {
	network, err := fetch.NetworkFrom(g.env.getenv)
	if err != nil {
		return nil, err
	}
	return fetch.New(fetch.Options{UserAgent: "openness/" + version + " (audits of AI model openness)", Now: g.env.now,
		MaxWait: time.Minute, Network: network}), nil
}

// licenseRequest maps a URL to the request for its file, under the base URLs
// that the settings give.
func licenseRequest(text string, getenv func(string) string) (fetch.Request, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return fetch.Request{}, fmt.Errorf("%q is no URL", text)
	}
	parts := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	endpoint := &fetch.Endpoint{Name: u.Host, Public: u.Scheme + "://" + u.Host, Base: u.Scheme + "://" + u.Host + "/"}
	bucket := ""
	switch {
	case u.Host == "huggingface.co" || u.Host == "hf.co":
		endpoint = &fetch.Endpoint{Name: "Hugging Face", Public: "https://huggingface.co", Base: getenv("HF_ENDPOINT"),
			TokenName: "HF_TOKEN"}
		endpoint.Tokens = crawl.Tokens(getenv("HF_TOKEN"))
		for i, part := range parts {
			if i >= 2 && i <= 3 && (part == "blob" || part == "raw") {
				parts[i], bucket = "resolve", "resolvers"
			}
		}
		text = endpoint.Public + "/" + strings.Join(parts, "/")
	case u.Host == "raw.githubusercontent.com", u.Host == "github.com" && len(parts) > 4 && (parts[2] == "blob" ||
		parts[2] == "raw"):
		endpoint = &fetch.Endpoint{Name: "GitHub raw files", Public: "https://raw.githubusercontent.com",
			Base: getenv("OPENNESS_GITHUB_RAW_URL")}
		if u.Host == "github.com" {
			parts = append(parts[:2], parts[3:]...)
		}
		text = endpoint.Public + "/" + strings.Join(parts, "/")
	}
	return fetch.Request{Document: audit.Document{URL: text, Kind: audit.DocLicense, Place: audit.WebPage,
		PlaceID: text}, Endpoint: endpoint, Bucket: bucket, Limit: maxLicenseFile}, nil
}

// add identifies a text and keeps the report.
func (r *licenseReader) add(input string, text []byte, inFolder bool) {
	res := license.Identify(text)
	report := licenseReport{Input: input, Coverage: math.Round(1000*res.Coverage) / 1000, Modified: res.Modified,
		Matches: res.Matches, Diffs: res.Diffs, Mentions: res.Mentions, inFolder: inFolder}
	for i := range report.Matches {
		report.Matches[i].Percent = math.Round(10*report.Matches[i].Percent) / 10
	}
	if res.License != "" {
		report.License = &res.License
	}
	if res.Expression != "" {
		report.Expression = &res.Expression
	}
	if terms, ok := res.Terms(); ok {
		report.Terms = &terms
	} else if terms, signals, ok := license.Derive(text); ok {
		report.Terms, report.Signals = &terms, signals
	} else if report.Stated = license.Stated(text, res); report.Stated != "" {
		if terms, ok := license.TermsOf(report.Stated); ok {
			report.Terms = &terms
		}
	} else if res.License == "" && len(res.Mentions) == 0 && len(bytes.TrimSpace(text)) > 0 && !inFolder {
		report.Note = "no known licence, and it does not read like one (too short, not in English or Chinese, or " +
			"prose): nothing is concluded from it; read it"
	}
	if report.Matches == nil {
		report.Matches = []license.Match{}
	}
	if report.Diffs == nil {
		report.Diffs = []license.Diff{}
	}
	if report.Mentions == nil {
		report.Mentions = []license.Mention{}
	}
	r.reports = append(r.reports, report)
}

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
		{duties.Source, "source"}, {duties.SameLicense, "same licence"}, {duties.Display, "display"},
		{duties.PassOn, "pass on terms"}, {duties.Report, "report"}} {
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
