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
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/crawl/fetch"
	"openness/audit/license"
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
	case !license.IsText(text):
		r.opts.say("%s could not be read as a text: save it as plain text if it is one", path)
	}
}

// readFolder reads the text files of a folder in the order of their names.
func (r *licenseReader) readFolder(dir string) {
	before := len(r.reports)
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
		if license.IsText(text) {
			r.add(path, text, true)
		}
		return nil
	})
	if err != nil {
		r.fail(exitFailed, err)
	}
	if len(r.reports) == before && !r.opts.quiet {
		r.opts.say("%s holds no text that could be read: name the folder of the model, or a file", dir)
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
		r.fail(exitUnreached, fmt.Errorf("%s: not reached (%s): %s", text, doc.Outcome, whyNot(doc)))
	default:
		r.add(text, doc.Body, false)
	}
}

// whyNot says why a page was not had. A host that gave no answer has no status.
func whyNot(doc audit.Document) string {
	switch {
	case doc.Detail == "":
		return fmt.Sprintf("HTTP status %d", doc.Status)
	case doc.Status == 0 || strings.Contains(doc.Detail, strconv.Itoa(doc.Status)):
		return doc.Detail
	}
	return fmt.Sprintf("HTTP status %d, %s", doc.Status, doc.Detail)
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
