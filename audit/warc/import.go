package warc

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"openness/audit"
)

// An Importer takes an archive into a store of documents, so that an audit
// without network finds them there.
type Importer struct {
	// Keep stores one document. Its error ends the import.
	Keep func(context.Context, audit.Document) error
	// Public maps a URL of the archive to the public one that documents are
	// stored under; nil leaves URLs as they are.
	Public func(string) string
	// Until is the latest time at which something can have been looked at, the zero time any. A record of
	// a later one is told as a problem: it would stand before all that is looked at afterwards.
	Until time.Time
	// Problem is told what could not be read; nil ignores it.
	Problem func(error)
}

// A Summary says what an import found.
type Summary struct {
	Documents int            // stored, redirects' names included
	Damaged   int            // records that could not be used
	Subjects  []audit.Record // recorded in the archive: what was audited, and from which documents
	Targets   []string       // audit targets that its URLs suggest, each once

	held      map[[sha256.Size]byte]bool // the answers that were read
	suggested map[string]bool            // Targets, to be asked whether they are there
}

// hold notes an answer that was read.
func (s *Summary) hold(d *audit.Document) {
	if s.held == nil {
		s.held = make(map[[sha256.Size]byte]bool)
	}
	s.held[answerOf(d)] = true
}

// Holds reports whether the archive had this answer: the same outcome and bytes
// from the same address. What a subject's record lists and the archive has not
// was damaged, or never written.
func (s *Summary) Holds(d *audit.Document) bool { return s.held[answerOf(d)] }

func answerOf(d *audit.Document) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%q %q %q", d.URL, d.Outcome, d.SHA256))
}

// redirect is an answer that led elsewhere.
type redirect struct{ from, to string }

// Import reads an archive to its end. What is stored before an error stays.
//
// Other tools ask under names that the crawler does not use: a redirect's
// target is stored under the redirected name too, and a file of a branch whose
// answer names its commit is stored under that commit too.
func (im *Importer) Import(ctx context.Context, in io.Reader) (Summary, error) {
	r, err := NewReader(in)
	if err != nil {
		return Summary{}, err
	}
	var sum Summary
	var redirects []redirect
	found := map[string]audit.Document{}
	for item, err := range Documents(r) {
		if ctx.Err() != nil {
			return sum, ctx.Err()
		}
		if err != nil {
			sum.Damaged++
			im.problem(err)
			continue
		}
		if item.Subject != nil {
			sum.Subjects = append(sum.Subjects, *item.Subject)
			continue
		}
		d := item.Document
		d.URL = im.public(d.URL)
		if !im.Until.IsZero() && d.RetrievedAt.After(im.Until) {
			sum.Damaged++
			im.problem(fmt.Errorf("%s: its date, %s, is in the future", d.URL, d.RetrievedAt.UTC().Format(time.RFC3339)))
			continue
		}
		sum.hold(&d)
		sum.suggest(d.URL)
		if to := resolve(d.URL, item.Location); d.Status >= 300 && d.Status < 400 && to != "" {
			redirects = append(redirects, redirect{d.URL, im.public(to)})
			continue
		}
		if d.Outcome.Looked() {
			found[d.URL] = bodiless(d)
		}
		if err := im.store(ctx, &sum, append([]audit.Document{d}, atCommit(d)...)); err != nil {
			return sum, err
		}
	}
	return sum, im.storeRedirected(ctx, &sum, redirects, found)
}

func (im *Importer) store(ctx context.Context, sum *Summary, documents []audit.Document) error {
	for _, d := range documents {
		if err := im.Keep(ctx, d); err != nil {
			return fmt.Errorf("store %q from the archive: %w", d.URL, err)
		}
		sum.Documents++
	}
	return nil
}

// storeRedirected stores what was found at the end of each redirect under the
// name that it started from. The store has the bodies already.
func (im *Importer) storeRedirected(ctx context.Context, sum *Summary, redirects []redirect,
	found map[string]audit.Document) error {
	next := map[string]string{}
	for _, r := range redirects {
		next[r.from] = r.to
	}
	for _, r := range redirects {
		at := r.to
		for hop := 0; next[at] != "" && hop < 10; hop++ {
			at = next[at]
		}
		d, ok := found[at]
		if !ok {
			continue
		}
		d.URL = r.from
		if err := im.store(ctx, sum, []audit.Document{d}); err != nil {
			return err
		}
	}
	return nil
}

// bodiless drops the bytes, which the store finds by their hash.
func bodiless(d audit.Document) audit.Document {
	d.Body = nil
	return d
}

func (im *Importer) public(u string) string {
	if im.Public == nil {
		return u
	}
	return im.Public(u)
}

func (im *Importer) problem(err error) {
	if im.Problem != nil {
		im.Problem(err)
	}
}

// resolve makes a redirect's target absolute, or "".
func resolve(from, location string) string {
	base, err := url.Parse(from)
	if err != nil || location == "" {
		return ""
	}
	to, err := base.Parse(location)
	if err != nil {
		return ""
	}
	return to.String()
}

// atCommit gives a file of a branch also under the commit that its answer
// named, as Hugging Face's X-Repo-Commit does.
func atCommit(d audit.Document) []audit.Document {
	const branch = "/resolve/main/"
	if !strings.Contains(d.URL, branch) || len(d.Revision) != 40 || !d.Outcome.Looked() {
		return nil
	}
	d.URL = strings.Replace(d.URL, branch, "/resolve/"+d.Revision+"/", 1)
	return []audit.Document{bodiless(d)}
}

// suggest adds the audit target that a URL belongs to.
func (s *Summary) suggest(text string) {
	target := targetOf(text)
	if target == "" || s.suggested[target] {
		return
	}
	if s.suggested == nil {
		s.suggested = make(map[string]bool)
	}
	s.suggested[target] = true
	s.Targets = append(s.Targets, target)
}

// targetOf reads a model or repository out of a URL of a hub.
func targetOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	switch {
	case u.Host == "huggingface.co" && len(parts) == 4 && parts[0] == "api" && parts[1] == "models":
		return parts[2] + "/" + parts[3]
	case u.Host == "huggingface.co" && len(parts) > 4 && parts[2] == "resolve" && parts[0] != "datasets":
		return parts[0] + "/" + parts[1]
	case u.Host == "api.github.com" && len(parts) >= 3 && parts[0] == "repos":
		return "github:" + parts[1] + "/" + parts[2]
	}
	return ""
}
