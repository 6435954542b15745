package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"openness/audit"
)

// A Change is one thing that a crawl found different from the crawl before.
type Change struct {
	Kind   ChangeKind `json:"kind"`
	URL    string     `json:"url,omitempty"`
	What   string     `json:"what"` // in words
	Before string     `json:"before,omitempty"`
	After  string     `json:"after,omitempty"`
	// LastSeen and FirstMissed date what was withdrawn, or since when a source fails.
	LastSeen    time.Time `json:"last_seen,omitzero"`
	FirstMissed time.Time `json:"first_missed,omitzero"`
}

// ChangeKind says what kind of difference a Change is.
type ChangeKind string

// The kinds of change. All but the last two are changes of the model; those say
// that less of it was seen.
const (
	ChangeWithdrawn  ChangeKind = "withdrawn"  // it was there and is gone
	ChangeReturned   ChangeKind = "returned"   // it was gone and is there again
	ChangeEmptied    ChangeKind = "emptied"    // the place is there, the weights in it are gone
	ChangeGated      ChangeKind = "gated"      // a gate was added, or became stricter
	ChangeUngated    ChangeKind = "ungated"    // a gate was taken away, or became easier
	ChangeRelicensed ChangeKind = "relicensed" // a licence became another
	ChangeRenamed    ChangeKind = "renamed"
	ChangeText       ChangeKind = "changed" // a page or file says something else
	ChangeStale      ChangeKind = "stale"   // the source fails, an earlier look stands in
	ChangeLost       ChangeKind = "lost"    // the source fails, and nothing stands in
)

// OfModel reports whether the model changed, rather than what was seen of it.
func (k ChangeKind) OfModel() bool { return k != ChangeStale && k != ChangeLost }

// Compare lists what a crawl found different from an earlier one of the model.
func Compare(before, after *audit.Record) []Change {
	changes := renamed(&before.Subject, &after.Subject)
	changes = append(changes, comparedDocuments(before.Documents, after.Documents)...)
	changes = append(changes, comparedGates(before.Observations, after.Observations)...)
	changes = append(changes, comparedLicenses(before.Observations, after.Observations)...)
	if c, ok := emptied(before.Observations, after.Observations); ok && !slices.ContainsFunc(changes,
		func(c Change) bool {
			return c.Kind == ChangeWithdrawn && strings.Contains(c.URL, after.Subject.ID)
		}) {
		changes = append(changes, c)
	}
	if slices.ContainsFunc(changes, func(c Change) bool { return !c.Kind.OfModel() }) {
		return changes // less was seen: that may be why
	}
	return append(changes, comparedData(before, after)...)
}

// comparedData finds data that could be downloaded and cannot be any more, where the hub
// says something else of one of its datasets: it was disabled, emptied or shut.
func comparedData(before, after *audit.Record) []Change {
	var other *audit.Document // a dataset of which the hub says something else
	for i := range after.Documents {
		d := &after.Documents[i]
		if d.Kind == audit.DocDatasetAPI && d.SHA256 != "" && d.StaleSince.IsZero() &&
			slices.ContainsFunc(before.Documents, func(was audit.Document) bool {
				return was.URL == d.URL && was.SHA256 != "" && was.SHA256 != d.SHA256
			}) {
			other = d
			break
		}
	}
	if other == nil {
		return nil
	}
	for _, fact := range []string{"data.pretraining.disclosure", "data.finetuning.disclosure"} {
		was, _ := values(before.Observations, fact)
		is, _ := values(after.Observations, fact)
		if strings.Contains(was, "downloadable") && !strings.Contains(is, "downloadable") {
			return []Change{{Kind: ChangeWithdrawn, URL: other.URL,
				What: "the training data could be downloaded and cannot be any more", Before: was, After: is,
				LastSeen: lastLook(before.Documents, other.URL), FirstMissed: other.RetrievedAt}}
		}
	}
	return nil
}

// lastLook is when an address was looked at.
func lastLook(documents []audit.Document, url string) (at time.Time) {
	for _, d := range documents {
		if d.URL == url {
			at = d.RetrievedAt
		}
	}
	return at
}

func renamed(before, after *audit.Subject) []Change {
	if before.ID == after.ID || before.ID == "" {
		return nil
	}
	return []Change{{Kind: ChangeRenamed, What: "the model has another name", Before: before.ID, After: after.ID}}
}

// A file is one document of a model whatever its revision.
func file(d *audit.Document) string {
	if d.Path == "" {
		return string(d.Kind) + " " + d.URL
	}
	return strings.Join([]string{string(d.Kind), string(d.Place), strings.ToLower(d.PlaceID), d.Path}, " ")
}

// comparedDocuments finds what was withdrawn, came back, says something else or
// could not be looked at this time.
func comparedDocuments(before, after []audit.Document) []Change {
	old := make(map[string]*audit.Document, len(before))
	for i := range before {
		if _, known := old[file(&before[i])]; !known {
			old[file(&before[i])] = &before[i]
		}
	}
	var changes []Change
	for i := range after {
		d := &after[i]
		was, known := old[file(d)]
		if !known {
			continue
		}
		delete(old, file(d)) // a page that was read for two roles is one page
		if c, differs := comparedDocument(was, d); differs {
			c.URL = d.URL
			changes = append(changes, c)
		}
	}
	return changes
}

func comparedDocument(was, d *audit.Document) (Change, bool) {
	wasGone, isGone := !was.LastSeen.IsZero(), !d.LastSeen.IsZero()
	switch {
	case isGone && !wasGone:
		return Change{Kind: ChangeWithdrawn, What: "it was there and is gone" + because(d.Detail), LastSeen: d.LastSeen,
			FirstMissed: d.FirstMissed}, true
	case wasGone && d.SHA256 != "":
		return Change{Kind: ChangeReturned, What: "it was gone and is there again", LastSeen: was.LastSeen,
			FirstMissed: was.FirstMissed}, true
	case !d.StaleSince.IsZero():
		return Change{Kind: ChangeStale, What: "what was read before stands in" + because(d.StaleWhy),
			LastSeen: d.RetrievedAt, FirstMissed: d.StaleSince}, was.StaleSince.IsZero()
	case d.Outcome == audit.Refused && d.Status == http.StatusOK && was.Outcome.Looked():
		return Change{Kind: ChangeWithdrawn, What: "it was public and is not any more" + because(d.Detail),
			LastSeen: was.RetrievedAt, FirstMissed: d.RetrievedAt}, true
	case !d.Outcome.Looked() && was.Outcome.Looked():
		return Change{Kind: ChangeLost, What: "it could be looked at before" + because(d.Detail),
			LastSeen: was.RetrievedAt}, true
	case d.SHA256 != "" && was.SHA256 != "" && d.SHA256 != was.SHA256 && telling(d.Kind):
		return Change{Kind: ChangeText, What: "its bytes are others", Before: was.SHA256, After: d.SHA256}, true
	}
	return Change{}, false
}

// telling reports whether a kind of document changes only when somebody changes
// what it says: the answers of interfaces count downloads, too.
func telling(kind audit.DocKind) bool {
	switch kind {
	case audit.DocModelAPI, audit.DocDatasetAPI, audit.DocRepoAPI, audit.DocTree, audit.DocWeights, audit.DocPaper,
		audit.DocVenue, audit.DocOther:
		return false
	}
	return true
}

func because(detail string) string {
	if detail == "" {
		return ""
	}
	return ": " + detail
}

// strictness orders the values of a gate.
var strictness = map[string]int{"none": 0, "automatic": 1, "manual": 2}

// gated are the downloads whose gates are compared.
var gated = [][2]string{{"weights.end.gate", "the weights"}, {"weights.base.gate", "the base model's weights"}}

func comparedGates(before, after []audit.Observation) []Change {
	var changes []Change
	for _, download := range gated {
		was, _ := strictest(before, download[0])
		is, now := strictest(after, download[0])
		if was == "" || is == "" || was == is {
			continue
		}
		c := Change{Kind: ChangeGated, URL: now.URL, What: "what stands before " + download[1], Before: was, After: is}
		if strictness[is] < strictness[was] {
			c.Kind = ChangeUngated
		}
		changes = append(changes, c)
	}
	return changes
}

// strictest is the value of a gate, "" where none was read.
func strictest(observations []audit.Observation, fact string) (value string, from audit.Observation) {
	for _, o := range observations {
		if o.Fact != fact {
			continue
		}
		is := o.Value
		if o.Finding == audit.NotThere {
			is = "none"
		}
		if s, known := strictness[is]; known && o.Finding.Known() && (value == "" || s > strictness[value]) {
			value, from = is, o
		}
	}
	return value, from
}

// licensed are the components whose licences are compared.
var licensed = [][2]string{{"license.weights.id", "the weights"}, {"license.code.id", "the code"},
	{"license.data.id", "the data"}, {"license.base.id", "the base model's weights"}}

func comparedLicenses(before, after []audit.Observation) []Change {
	var changes []Change
	for _, component := range licensed {
		was, _ := values(before, component[0])
		is, from := values(after, component[0])
		if was != "" && is != "" && was != is {
			changes = append(changes, Change{Kind: ChangeRelicensed, URL: from, What: "the licence of " + component[1],
				Before: was, After: is})
		} else if was != "" && lacks(after, component[0]) {
			changes = append(changes, Change{Kind: ChangeRelicensed, What: "the licence of " + component[1],
				Before: was, After: "none named"})
		}
	}
	return changes
}

// lacks reports whether all that was looked at is without a fact, and something was.
func lacks(observations []audit.Observation, fact string) bool {
	looked := false
	for i := range observations {
		if o := &observations[i]; o.Fact == fact {
			if o.Finding != audit.NotThere {
				return false
			}
			looked = true
		}
	}
	return looked
}

// values are the values of a fact that were found, in order, and where the
// first of them stands.
func values(observations []audit.Observation, fact string) (list, url string) {
	var found []string
	for _, o := range observations {
		if o.Fact != fact || o.Finding != audit.Present || slices.Contains(found, o.Value) {
			continue
		}
		if len(found) == 0 {
			url = o.URL
		}
		found = append(found, o.Value)
	}
	slices.Sort(found)
	return strings.Join(found, ", "), url
}

// emptied reports whether weights that were listed are listed no more, at a
// place that is still there.
func emptied(before, after []audit.Observation) (Change, bool) {
	const fact = "weights.end.published"
	was := slices.ContainsFunc(before, func(o audit.Observation) bool {
		return o.Fact == fact && o.Finding == audit.Present && o.Value == "true"
	})
	i := slices.IndexFunc(after, func(o audit.Observation) bool {
		return o.Fact == fact && o.Finding == audit.NotThere
	})
	is := slices.ContainsFunc(after, func(o audit.Observation) bool {
		return o.Fact == fact && o.Finding == audit.Present && o.Value == "true"
	})
	if !was || is || i < 0 {
		return Change{}, false
	}
	return Change{Kind: ChangeEmptied, URL: after[i].URL, What: "the weights that it listed are gone",
		FirstMissed: after[i].RetrievedAt}, true
}

// changesOf compares a crawl that is being stored with the latest of its
// subject or, where that is its first, of the subject that the same target led
// to before: a hub renames models.
func changesOf(ctx context.Context, tx *sql.Tx, r *audit.Record) (string, error) {
	var crawl int64
	err := tx.QueryRowContext(ctx, `SELECT id FROM (
		SELECT c.id, 0 AS far FROM crawls c JOIN subjects s ON s.id = c.subject WHERE s.model = ?1 AND s.label = ?2
		UNION ALL SELECT c.id, 1 FROM crawls c JOIN subjects s ON s.id = c.subject WHERE c.target = ?3 AND s.label = ?2
		UNION ALL SELECT c.id, 1 FROM crawls c JOIN subjects s ON s.id = c.subject WHERE s.model = ?4 AND s.label = ?2)
		ORDER BY far, id DESC LIMIT 1`, r.Subject.ID, r.Subject.Label, r.Subject.Target, r.Subject.Asked).Scan(&crawl)
	if errors.Is(err, sql.ErrNoRows) {
		return "[]", nil
	}
	if err != nil {
		return "", err
	}
	before, err := recordOf(ctx, tx, crawl)
	if err != nil {
		return "", err
	}
	changes := append([]Change{}, Compare(&before, r)...) // never null
	text, err := json.Marshal(changes)
	return string(text), err
}
