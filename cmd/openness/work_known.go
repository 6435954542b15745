package main

import (
	"context"
	"errors"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/queue"
	"openness/data"
)

// knownOf is what a store tells of the addresses of a subject's latest crawl, for a
// worker that has no store of its own.
func knownOf(ctx context.Context, db *data.DB, t crawl.Target) (all []queue.Known, err error) {
	r, err := db.Record(ctx, data.Key(audit.Subject{ID: t.SubjectID(), Label: t.Label}))
	if errors.Is(err, data.ErrNotFound) || errors.Is(err, data.ErrAmbiguous) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	had := make(map[string]bool)
	for _, d := range r.Documents {
		if had[d.URL] {
			continue
		}
		had[d.URL] = true
		var k queue.Known
		if k.Last, _, err = db.Lookup(ctx, d.URL); err != nil {
			return nil, err
		}
		if k.Past, err = db.Earlier(ctx, d); err != nil {
			return nil, err
		}
		k.Last.Size, k.Past.Look.Size = 0, 0 // their bytes are with them
		all = append(all, k)
	}
	return all, nil
}

// knownKey is where a context carries what is known of the subject at hand.
type knownKey struct{}

// A lent cache is a worker's own, with what the audit's store knows of the
// subject that is looked at laid over it. A crawler serves many subjects at once,
// so it is the context that tells which.
type lent struct{ *keeper }

func knownFrom(ctx context.Context) []queue.Known {
	all, _ := ctx.Value(knownKey{}).([]queue.Known)
	return all
}

// Lookup gives the later answer of the two.
func (l *lent) Lookup(ctx context.Context, url string) (audit.Document, bool, error) {
	d, found, err := l.keeper.Lookup(ctx, url)
	if err != nil {
		return d, found, err
	}
	for _, k := range knownFrom(ctx) {
		if k.Last.URL == url && (!found || k.Last.RetrievedAt.After(d.RetrievedAt)) {
			return k.Last, true, nil
		}
	}
	return d, found, nil
}

// Earlier prefers what the audit's store knows, which goes back further. A file
// at a revision that was never read is known by the last look at another.
func (l *lent) Earlier(ctx context.Context, d audit.Document) (audit.Earlier, error) {
	all := knownFrom(ctx)
	for _, k := range all {
		if look := k.Past.Look; look.URL == d.URL && (look.Kind == audit.DocWeights) == (d.Kind == audit.DocWeights) {
			return k.Past, nil
		}
	}
	for _, k := range all {
		look := k.Past.Look
		same := look.Place == d.Place && look.PlaceID == d.PlaceID && look.Path == d.Path && look.Kind == d.Kind
		if same && d.Path != "" && d.Revision != "" && d.Kind != audit.DocWeights && look.SHA256 != "" {
			return audit.Earlier{Look: look, FailingSince: k.Past.FailingSince}, nil
		}
	}
	return l.keeper.Earlier(ctx, d)
}
