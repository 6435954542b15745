package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"openness/audit"
	"openness/audit/crawl"
	"openness/data"
	"openness/reports"
)

type watchOptions struct {
	*globalOptions
	format  string
	jobs    int
	maxWait time.Duration
}

func newWatchCommand(g *globalOptions) *cobra.Command {
	opts := &watchOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "watch [MODEL...]",
		Short: "Ask whether what was audited is still there and still the same",
		Long: `Watch asks for the places of stored models again, with conditional requests that
cost the hubs nothing where nothing changed, and lists what did since the last
audit: what was withdrawn, gated, relicensed, renamed, emptied or says something
else. Without a MODEL all stored models are asked for. Classes stay as they are
until the next audit.

Exit status: 0 done, whether or not anything changed; 1 failed; 2 bad usage;
3 some place could not be reached, or a MODEL is not stored.`,
		Example: `  openness watch
  openness watch allenai/OLMo-7B --format json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runWatch(cmd.Context(), opts, args)
		},
	}
	flags := cmd.Flags()
	chooseFormat(cmd, &opts.format, "table", "json")
	flags.IntVar(&opts.jobs, "jobs", 4, "models to ask for side by side")
	flags.DurationVar(&opts.maxWait, "max-wait", 2*time.Minute,
		"longest wait for a hub's quota; a source that asks for more is given up")
	return cmd
}

// WatchSchema names the shape of watch's JSON.
const WatchSchema = "openness.watch/1"

type watchJSON struct {
	Schema    string         `json:"schema"`
	CheckedAt time.Time      `json:"checked_at"`
	Models    []watchedModel `json:"models"`
}

// A watchedModel is what became of one model since its last audit.
type watchedModel struct {
	Model     string         `json:"model"`
	Label     string         `json:"label,omitempty"`
	AuditedAt time.Time      `json:"audited_at"`
	Standing  string         `json:"standing"` // unchanged, changed, unreached
	Changes   []data.Change  `json:"changes"`
	Unreached []watchedPlace `json:"unreached"`
}

// A watchedPlace is a source that could not be asked.
type watchedPlace struct {
	URL    string    `json:"url"`
	Detail string    `json:"detail"`
	Since  time.Time `json:"since,omitzero"` // failing since
}

func runWatch(ctx context.Context, opts *watchOptions, names []string) error {
	if opts.jobs < 1 {
		return usagef("--jobs %d: at least one model is asked for at a time", opts.jobs)
	}
	db, err := data.OpenExisting(ctx, opts.db)
	if err != nil {
		return err
	}
	defer db.Close()
	keys, unknown, err := watchedKeys(ctx, db, names)
	if err != nil {
		return err
	}
	at, err := db.CrawledAt(ctx)
	if err != nil {
		return err
	}
	out := watchJSON{Schema: WatchSchema, CheckedAt: opts.env.now().UTC(), Models: make([]watchedModel, len(keys))}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	a := &auditor{opts: &auditOptions{globalOptions: opts.globalOptions, jobs: opts.jobs, maxWait: opts.maxWait},
		db: db, stop: stop}
	show := newProgress(opts.globalOptions, len(keys))
	defer show.close()
	settings, err := a.crawlOptions(show.event)
	settings.Settled = true
	if err == nil {
		a.crawler, err = crawl.New(settings)
	}
	if err != nil {
		return &exitError{exitUsage, err}
	}
	defer a.crawler.Close()
	err = sideBySide(ctx, opts.jobs, len(keys), func(i int) error {
		defer show.step()
		w, err := a.watch(ctx, keys[i])
		w.AuditedAt = at[keys[i]]
		out.Models[i] = w
		return err
	})
	show.close()
	if err != nil {
		return err
	}
	if err := writeWatched(opts, out); err != nil {
		return err
	}
	if len(unknown) > 0 {
		return &exitError{exitUnreached, errors.Join(append(unknown, watchedExit(out.Models))...)}
	}
	return watchedExit(out.Models)
}

// watchedKeys names the models to ask for, and says which names stand for none.
func watchedKeys(ctx context.Context, db *data.DB, names []string) (keys []string, unknown []error, err error) {
	if len(names) == 0 {
		subjects, err := db.Subjects(ctx)
		for _, s := range subjects {
			keys = append(keys, data.Key(s))
		}
		return keys, nil, err
	}
	for _, name := range names {
		record, err := findStored(ctx, db, name, db.Record)
		switch {
		case notOne(err):
			unknown = append(unknown, err)
		case err != nil:
			return nil, nil, err
		default:
			keys = append(keys, data.Key(record.Subject))
		}
	}
	return keys, unknown, nil
}

// watch asks for one model's places again and compares.
func (a *auditor) watch(ctx context.Context, key string) (watchedModel, error) {
	before, err := a.db.Record(ctx, key)
	if err != nil {
		return watchedModel{}, err
	}
	w := watchedModel{Model: before.Subject.ID, Label: before.Subject.Label, Standing: "unchanged",
		Changes: []data.Change{}, Unreached: []watchedPlace{}}
	target, err := targetOf(&before.Subject)
	if err != nil {
		return w, fmt.Errorf("%s: %w", w.Model, err)
	}
	now, err := a.crawler.Gather(ctx, target)
	if ctx.Err() != nil {
		return w, context.Cause(ctx)
	}
	if err != nil {
		return w, fmt.Errorf("%s: %w", w.Model, err)
	}
	if !sameDocuments(before.Documents, now.Documents) {
		if now.Observations, err = observed(ctx, now); err != nil {
			return w, err
		}
	} else {
		now.Observations = before.Observations
	}
	for _, c := range data.Compare(&before, &now) {
		if c.Kind.OfModel() {
			w.Standing = "changed"
			w.Changes = append(w.Changes, c)
		}
	}
	w.Unreached = unreachedIn(&now)
	if len(w.Unreached) > 0 && len(w.Changes) == 0 {
		w.Standing = "unreached"
	}
	return w, nil
}

// targetOf is the target that a subject was audited as, with the places that
// its list named.
func targetOf(s *audit.Subject) (crawl.Target, error) {
	t, err := parseTarget(s.Target)
	if err != nil {
		return t, err
	}
	t.Label = s.Label
	for _, p := range s.Places {
		switch {
		case !p.Given || strings.EqualFold(p.ID, t.ID) || slices.ContainsFunc(t.Places, func(known audit.Place) bool {
			return known.Kind == p.Kind && known.ID == p.ID
		}):
		case p.Kind == audit.HubModel && p.Role == audit.RoleBase:
			t.Bases = append(t.Bases, p.ID)
		case p.Kind == audit.GitHubRepo:
			t.Repositories = append(t.Repositories, p.ID)
		}
	}
	return t, nil
}

// sameDocuments reports whether two crawls gave the same bytes at every place.
func sameDocuments(before, after []audit.Document) bool {
	type look struct{ url, sha256, outcome string }
	looks := func(list []audit.Document) map[look]bool {
		all := make(map[look]bool)
		for _, d := range list {
			outcome := "nothing"
			if d.Outcome.Looked() {
				outcome = "looked"
			}
			all[look{d.URL, d.SHA256, outcome}] = true
		}
		return all
	}
	a, b := looks(before), looks(after)
	for l := range a {
		if !b[l] {
			return false
		}
	}
	return len(a) == len(b)
}

// unreachedIn lists the sources that gave no answer now. A refusal is an answer.
func unreachedIn(r *audit.Record) []watchedPlace {
	places := []watchedPlace{}
	for _, d := range r.Documents {
		limited := d.Outcome == audit.Refused && (d.Status == 0 || d.Status == http.StatusTooManyRequests)
		if !d.StaleSince.IsZero() || d.Outcome == audit.Failed || limited {
			places = append(places, watchedPlace{d.URL, d.Said(), d.StaleSince})
		}
	}
	return places
}

func writeWatched(opts *watchOptions, out watchJSON) error {
	if opts.format == "json" {
		return reports.WriteJSON(opts.env.stdout, out)
	}
	for _, m := range out.Models {
		name := m.Model
		if m.Label != "" {
			name += " (" + m.Label + ")"
		}
		if _, err := fmt.Fprintf(opts.env.stdout, "%-9s  %s\n", m.Standing, reports.Visible(name)); err != nil {
			return err
		}
		for _, e := range events(m.Changes) {
			fmt.Fprintf(opts.env.stdout, "           %s\n", reports.Visible(e.Words()))
		}
		if n := len(m.Unreached); n > 0 {
			fmt.Fprintf(opts.env.stdout, "           %d %s could not be reached, such as %s: %s\n", n,
				plural(n, "source"),
				reports.Visible(m.Unreached[0].URL), reports.Visible(m.Unreached[0].Detail))
		}
	}
	return nil
}

// watchedExit is 3 where some place could not be reached.
func watchedExit(models []watchedModel) error {
	sources, hit := 0, 0
	for _, m := range models {
		sources += len(m.Unreached)
		if len(m.Unreached) > 0 {
			hit++
		}
	}
	if sources == 0 {
		return nil
	}
	return &exitError{exitUnreached, fmt.Errorf("%d sources of %d of %d models could not be reached: run again later",
		sources, hit, len(models))}
}

// sideBySide runs a task for each of n things, several at once, and joins what
// went wrong.
func sideBySide(ctx context.Context, jobs, n int, task func(i int) error) error {
	faults := make([]error, n)
	var group errgroup.Group
	group.SetLimit(jobs)
	for i := range n {
		group.Go(func() error {
			if ctx.Err() == nil {
				faults[i] = task(i)
			}
			return nil
		})
	}
	_ = group.Wait() // every failure is among the faults
	if ctx.Err() != nil {
		return fmt.Errorf("stopped: %w", context.Cause(ctx))
	}
	return errors.Join(faults...)
}
