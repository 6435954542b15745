package fetch

import (
	"context"
	"testing"

	"openness/audit"
)

// An archive is a cache that knows what an address gave before, and of no other address.
type archive struct {
	stored
	earlier audit.Earlier
}

func (a archive) Earlier(context.Context, audit.Document) (audit.Earlier, error) {
	return a.earlier, nil
}

func (a archive) Others(context.Context, audit.Document) ([]audit.Document, error) { return nil, nil }

// TestGoneByItsWords: the words of a refusal say that a place was taken away where a service of known answers gives
// them; of a page of the web that was seen before they may be a filter's.
func TestGoneByItsWords(t *testing.T) {
	for _, c := range []struct {
		place  audit.PlaceKind
		detail string
		want   audit.Outcome
	}{
		{audit.WebPage, "the server refuses (403): JavaScript is disabled", audit.Fetched},
		{audit.PaperPage, "the server refuses (403): cookies are disabled", audit.Fetched},
		{audit.WebPage, "the server refuses (403): to send a DMCA notice write to us", audit.Fetched},
		{audit.HubModel, "the server refuses (403): access to this repository is disabled", audit.Absent},
		{audit.GitHubRepo, "the server refuses (451): repository access blocked, dmca", audit.Absent},
	} {
		d := audit.Document{URL: public + "/page", Kind: audit.DocWeb, Place: c.place}
		seen := d
		seen.Outcome, seen.RetrievedAt = audit.Fetched, begin
		tr := newTrial(t, public, archive{earlier: audit.Earlier{Look: seen, Seen: begin}})
		answer := d
		answer.Outcome, answer.Status, answer.Detail = audit.Refused, 403, c.detail
		if got := tr.client.Earlier(t.Context(), Request{Document: d}, answer); got.Outcome != c.want {
			t.Errorf("%s, %q: %s, want %s", c.place, c.detail, got.Outcome, c.want)
		}
	}
}
