package fetch

import (
	"context"
	"testing"

	"openness/audit"
	"openness/audit/replay/faults"
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

// TestEmptied: an empty file is not what a commit holds of which a text was read before, also where what is served is
// asked for anew; a host that names it as git does says that it is so.
func TestEmptied(t *testing.T) {
	const path = "/acme/falco/resolve/0123456789abcdef0123456789abcdef01234567/README.md"
	text := []byte("# Falco\nIt was trained on the birds of the moor.\n")
	for _, c := range []struct {
		name, served, etag string
		stale              bool
	}{
		{"empty", "", `"v2"`, true},
		{"blank", " \n\n", `"v2"`, true},
		{"another text", "# Falco\nAnew.\n", `"v2"`, false},
		{"empty by git's name", "", `"` + audit.BlobName(nil) + `"`, false},
	} {
		d := audit.Document{URL: public + path, Kind: audit.DocModelCard, Place: audit.HubModel,
			Revision: "0123456789abcdef0123456789abcdef01234567"}
		seen := d
		seen.Outcome, seen.RetrievedAt, seen.ETag = audit.Fetched, begin, `"v1"`
		seen.Body, seen.SHA256 = text, audit.Hash(text)
		server := faults.Serve(t, faults.Answer(200, c.served, "ETag: "+c.etag))
		tr := newTrial(t, server.URL, archive{stored{doc: seen}, audit.Earlier{Look: seen, Seen: begin}})
		tr.client.opts.Refresh = true
		got, err := tr.client.Get(t.Context(), Request{Endpoint: tr.end, Bucket: "resolvers", Pinned: true, Document: d})
		if err != nil || !got.StaleSince.IsZero() != c.stale || c.stale && string(got.Body) != string(text) {
			t.Errorf("%s: %v %s %q, stale since %s: %s", c.name, err, got.Outcome, got.Body, got.StaleSince, got.Detail)
		}
	}
}

// TestCutFile: a file that is shorter than its listing says was cut, by whoever sent it with a length that fits. It is
// neither read nor kept, one that was kept so is asked for again, and what is whole stands in.
func TestCutFile(t *testing.T) {
	const sha = "0123456789abcdef0123456789abcdef01234567"
	whole := []byte("MIT License\n\nPermission is granted.\n")
	d := audit.Document{URL: public + "/acme/falco/" + sha + "/LICENSE", Kind: audit.DocLicense, Place: audit.GitHubRepo,
		Revision: sha, Path: "LICENSE"}
	look := func(body []byte) audit.Document {
		seen := d
		seen.Outcome, seen.RetrievedAt, seen.Body, seen.SHA256 = audit.Fetched, begin, body, audit.Hash(body)
		return seen
	}
	for _, c := range []struct {
		name         string
		served, kept []byte
		offline      bool
		want         audit.Outcome
		stale        bool
	}{
		{"whole", whole, nil, false, audit.Fetched, false},
		{"longer", append(whole, "More.\n"...), nil, false, audit.Fetched, false},
		{"cut", whole[:11], nil, false, audit.Failed, false},
		{"cut, kept so before", whole[:11], whole[:11], false, audit.Failed, false},
		{"whole, kept cut before", whole, whole[:11], false, audit.Fetched, false},
		{"offline, kept cut before", whole, whole[:11], true, audit.Failed, false},
		{"cut, kept whole before", whole[:11], whole, false, audit.Fetched, true},
	} {
		server := faults.Serve(t, faults.Answer(200, string(c.served)))
		var cache Cache
		if c.kept != nil {
			seen := look(c.kept)
			cache = archive{stored{doc: seen}, audit.Earlier{Look: seen, Seen: begin}}
		}
		tr := newTrial(t, server.URL, cache)
		tr.client.opts.Offline, tr.client.opts.Refresh = c.offline, c.stale
		got, err := tr.client.Get(t.Context(), Request{Endpoint: tr.end, Bucket: "raw", Pinned: true, Document: d,
			Size: int64(len(whole))})
		if err != nil || got.Outcome != c.want || !got.StaleSince.IsZero() != c.stale ||
			c.want == audit.Failed && got.SHA256 != "" || c.want == audit.Fetched && len(got.Body) < len(whole) {
			t.Errorf("%s: %v %s %q, stale since %s: %s", c.name, err, got.Outcome, got.Body, got.StaleSince, got.Detail)
		}
	}
}
