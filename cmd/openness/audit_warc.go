package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/warc"
	"openness/data"
)

// An archive is a web archive that stands in for the network. A nil archive is
// none: its methods then leave everything to the network.
type archive struct {
	opts     *auditOptions
	folder   string   // holds held, until Close
	removed  func()   // says that folder is gone
	held     *data.DB // the archive's documents
	sum      warc.Summary
	subjects map[string]*audit.Record // by the key of the target that stands for each
	hosts    [][2]string              // public base URLs, and those that the variables put in their place
	stamp    string                   // which file this is
}

// openArchive reads the archive that the flags name, and settles what is
// audited from it: the targets given, or else the subjects that it names.
func openArchive(ctx context.Context, opts *auditOptions, targets []crawl.Target) (*archive, []crawl.Target, error) {
	if opts.warc == "" {
		return nil, targets, nil
	}
	if opts.refresh {
		return nil, nil, usagef("--from-warc looks at an archive: nothing can be fetched again, leave out --refresh")
	}
	if opts.shard.parts > 0 {
		return nil, nil, usagef("--from-warc looks at all that an archive holds: leave out --shard")
	}
	in := opts.env.stdin
	a := &archive{opts: opts, subjects: make(map[string]*audit.Record), hosts: replacedHosts(opts.env.getenv)}
	if opts.warc != "-" {
		f, err := os.Open(opts.warc)
		if err != nil {
			return nil, nil, &exitError{exitUsage, fmt.Errorf("--from-warc: %w", err)}
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			a.stamp = fmt.Sprint(opts.warc, info.Size(), info.ModTime())
		}
		in = f
	}
	if err := a.read(ctx, in); err != nil {
		a.Close()
		return nil, nil, err
	}
	targets, err := a.targets(targets)
	if err != nil {
		a.Close()
		return nil, nil, err
	}
	return a, targets, nil
}

// Close removes what was kept of the archive.
func (a *archive) Close() {
	if a == nil {
		return
	}
	if a.held != nil {
		a.held.Close()
	}
	os.RemoveAll(a.folder)
	if a.removed != nil {
		a.removed()
	}
}

// skew is how far a clock elsewhere may be ahead of ours.
const skew = 24 * time.Hour

// mostDamage bounds how many damaged records are told of one by one.
const mostDamage = 20

// read keeps the archive's documents in a database of their own, so that nothing
// else that is stored can take their place.
func (a *archive) read(ctx context.Context, in io.Reader) (err error) {
	if a.folder, err = os.MkdirTemp("", "openness-warc-"); err != nil {
		return fmt.Errorf("--from-warc: room for the archive's documents: %w", err)
	}
	a.removed = unfinished.add(a.folder)
	if a.held, err = data.OpenScratch(ctx, filepath.Join(a.folder, "held.db")); err != nil {
		return fmt.Errorf("--from-warc: %w", err)
	}
	keep := func(ctx context.Context, d audit.Document) error {
		d.Place = "" // whoever asks for it says what it is to them
		if d.Kind != audit.DocWeights {
			d.Kind = audit.DocOther
		}
		return a.held.Keep(ctx, d)
	}
	told := 0
	importer := warc.Importer{Keep: keep, Until: a.opts.env.now().Add(skew), Problem: func(err error) {
		if told++; told <= mostDamage {
			a.opts.say("%s: %v", a.opts.warc, err)
		}
	}}
	if a.sum, err = importer.Import(ctx, in); err != nil {
		return fmt.Errorf("--from-warc %q: %w", a.opts.warc, err)
	}
	if told > mostDamage && !a.opts.quiet {
		a.opts.say("%s: %d more records could not be used", a.opts.warc, told-mostDamage)
	}
	if a.sum.Documents == 0 && len(a.sum.Subjects) == 0 {
		return fmt.Errorf("--from-warc %q: holds no answer of a web server; is it a WARC file?", a.opts.warc)
	}
	return nil
}

// targets are what is to be audited. An archived subject stands for a target
// that names it; all of them are audited, by id, where no target is given.
func (a *archive) targets(given []crawl.Target) ([]crawl.Target, error) {
	var list []crawl.Target
	if len(given) == 0 {
		for i := range a.sum.Subjects {
			t, err := a.subject(&a.sum.Subjects[i])
			if err != nil {
				return nil, err
			}
			list = append(list, t)
		}
		slices.SortStableFunc(list, func(a, b crawl.Target) int {
			return cmp.Or(strings.Compare(a.Text, b.Text), strings.Compare(a.Label, b.Label))
		})
		if len(list) == 0 {
			return nil, usagef("the archive %q names no subjects: name the targets to look for in it%s", a.opts.warc,
				a.suggestion())
		}
		return list, nil
	}
	for _, t := range given {
		found := false
		for i := range a.sum.Subjects {
			r := &a.sum.Subjects[i]
			if !names(t, &r.Subject) {
				continue
			}
			archived, err := a.subject(r)
			if err != nil {
				return nil, err
			}
			list, found = append(list, archived), true
		}
		if !found {
			list = append(list, t)
		}
	}
	return list, nil
}

// names reports whether a target as the user gave it is an archived subject.
func names(t crawl.Target, s *audit.Subject) bool {
	if t.Label != "" && t.Label != s.Label {
		return false
	}
	return slices.Contains([]string{s.Target, s.ID, data.Key(*s)}, t.Text) || t.Kind == crawl.Hub && t.ID == s.ID
}

// subject is the target that stands for an archived subject. One whose documents
// are not listed is looked for among the answers, as the user's targets are.
func (a *archive) subject(r *audit.Record) (crawl.Target, error) {
	if len(r.Documents) > 0 {
		t := crawl.Target{Text: r.Subject.ID, Label: r.Subject.Label}
		a.subjects[targetKey(t)] = r
		return t, nil
	}
	t, err := parseTarget(r.Subject.Target)
	if err != nil {
		return t, fmt.Errorf("--from-warc %q: subject %q: %w", a.opts.warc, r.Subject.ID, err)
	}
	t.Label = r.Subject.Label
	for _, p := range r.Subject.Places {
		if p.Given {
			t.Places = append(t.Places, p)
		}
	}
	return t, nil
}

func (a *archive) suggestion() string {
	const most = 5
	found := a.sum.Targets
	if len(found) == 0 {
		return ""
	}
	more := ""
	if len(found) > most {
		more = fmt.Sprintf(" and %d more", len(found)-most)
	}
	return "; it seems to hold " + strings.Join(found[:min(len(found), most)], ", ") + more
}

// listKey names a list of targets in this archive, for going on with a run.
func (a *archive) listKey(targets []crawl.Target) string {
	if a == nil {
		return listKey(targets)
	}
	return audit.Hash([]byte(listKey(targets) + a.stamp))
}

// instead makes a crawler look at the archive and nowhere else.
func (a *archive) instead(o crawl.Options) crawl.Options {
	if a == nil {
		return o
	}
	o.Cache, o.Offline, o.Refresh = a, true, false
	o.NotStored = "the web archive has no answer of it"
	return o
}

// record gives an archived subject with its documents as they were used. One
// whose answer the archive does not hold is a source that was not looked at:
// a record that is damaged, or bytes that were never written, say nothing.
func (a *archive) record(ctx context.Context, t crawl.Target) (r audit.Record, archived bool, err error) {
	if a == nil || a.subjects[targetKey(t)] == nil {
		return r, false, nil
	}
	listed := a.subjects[targetKey(t)]
	r = audit.Record{Subject: listed.Subject, Documents: slices.Clone(listed.Documents)}
	for i := range r.Documents {
		d := &r.Documents[i]
		if d.Outcome.Looked() && !a.sum.Holds(d) {
			d.Outcome, d.Detail, d.SHA256, d.Size = audit.Skipped,
				"the web archive lists it, but its answer there is missing or damaged", "", 0
			continue
		}
		if d.SHA256 == "" {
			continue
		}
		if d.Body, err = a.held.Body(ctx, d.SHA256); err != nil {
			return r, true, fmt.Errorf("document %q of the archive: %w", d.URL, err)
		}
	}
	return r, true, nil
}

// Lookup gives the archive's answer of a public URL. It may be recorded under
// the address of a mirror that the variables name.
func (a *archive) Lookup(ctx context.Context, url string) (audit.Document, bool, error) {
	for _, h := range a.hosts {
		if rest, ok := strings.CutPrefix(url, h[0]); ok && (rest == "" || rest[0] == '/') {
			d, found, err := a.held.Lookup(ctx, h[1]+rest)
			if found || err != nil {
				d.URL = url
				return d, found, err
			}
		}
	}
	return a.held.Lookup(ctx, url)
}

// Keep keeps nothing: an archive does not change.
func (a *archive) Keep(context.Context, audit.Document) error { return nil }

// replacedHosts pairs each public base URL with the one that its variable names.
func replacedHosts(getenv func(string) string) [][2]string {
	var pairs [][2]string
	for _, h := range [][2]string{{hub.Public, "HF_ENDPOINT"}, {github.PublicAPI, "GITHUB_API_URL"},
		{github.PublicRaw, "OPENNESS_GITHUB_RAW_URL"},
		{hub.PublicScope, "MODELSCOPE_ENDPOINT"}, {crawl.PublicArXiv, "OPENNESS_ARXIV_URL"},
		{"https:/", "OPENNESS_WEB_URL"}} {
		if base := strings.TrimRight(strings.TrimSpace(getenv(h[1])), "/"); base != "" && base != h[0] {
			pairs = append(pairs, [2]string{h[0], base})
		}
	}
	return pairs
}

// sumUp adds the archive's damage to what is said at the end of a run.
func (a *archive) sumUp(err error) error {
	if a == nil || a.sum.Damaged == 0 {
		return err
	}
	records := "records"
	if a.sum.Damaged == 1 {
		records = "record"
	}
	damage := fmt.Errorf("%d %s of the archive could not be read: what was there was not looked at", a.sum.Damaged,
		records)
	var said *exitError
	switch {
	case err == nil:
		return &exitError{exitUnreached, damage}
	case errors.As(err, &said) && said.err != nil:
		return &exitError{said.code, fmt.Errorf("%w; %w", said.err, damage)}
	}
	return err
}
