package warc

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"openness/audit"
	"openness/audit/replay/replaytest"
)

var at = time.Date(2026, 3, 4, 5, 6, 7, 890_000_000, time.UTC)

// crawled is one document of every outcome, as a crawl stores them.
func crawled() []audit.Document {
	card := []byte("---\nlicense: mit\n---\n# Model\r\n\r\nWARC/1.1 in a card is no record.\n")
	one := func(url string, status int, outcome audit.Outcome, body []byte) audit.Document {
		d := audit.Document{URL: url, Kind: audit.DocModelCard, Place: audit.HubModel, PlaceID: "acme/model",
			Role: audit.RoleEnd,
			Path: "README.md", Revision: "v1", RetrievedAt: at, Status: status, Outcome: outcome, Body: body}
		if body != nil {
			d.SHA256 = audit.Hash(body)
		}
		return d
	}
	first := one("https://huggingface.co/acme/model/resolve/v1/README.md", 200, audit.Fetched, card)
	first.ContentType, first.ETag, first.Modified = "text/plain; charset=utf-8", `"abc"`,
		"Mon, 02 Mar 2026 00:00:00 GMT"
	again := first
	again.Status, again.Outcome, again.RetrievedAt = 304, audit.NotModified, at.Add(time.Hour)
	copied := one("https://huggingface.co/acme/copy/resolve/v1/README.md", 200, audit.Fetched, card)
	lost := one("https://huggingface.co/acme/other/resolve/v1/README.md", 0, audit.Failed, nil)
	lost.Detail = "the connection broke off\nafter 3 bytes"
	gone := one("https://huggingface.co/acme/model/resolve/v1/LICENSE", 404, audit.Absent, nil)
	denied := one("https://huggingface.co/acme/gated/resolve/v1/config.json", 401, audit.Refused, nil)
	portal := one("https://huggingface.co/api/models/acme/portal", 200, audit.Failed, nil)
	probe := one("https://huggingface.co/acme/model/resolve/v1/model.safetensors", 200, audit.Fetched,
		[]byte("HTTP 200\nContent-Length: 5\n"))
	probe.Kind = audit.DocWeights
	empty := one("https://raw.githubusercontent.com/acme/code/main/empty", 200, audit.Fetched, []byte{})
	alone := one("https://huggingface.co/api/models/acme/model", 304, audit.NotModified, []byte(`{"id":"acme/model"}`))
	alone.Partial = true
	return []audit.Document{first, again, copied, lost, gone, denied, portal, probe, empty, alone}
}

func write(t testing.TB, zip bool) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, zip)
	if err := w.Info("openness test", at); err != nil {
		t.Fatal(err)
	}
	if err := w.Subject(audit.Subject{ID: "acme/model", Target: "acme/model", Label: "A/B c"}, crawled(),
		at); err != nil {
		t.Fatal(err)
	}
	for _, d := range crawled() {
		if err := w.Document(d, d.Body); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func records(t *testing.T, archive []byte) (all []Record) {
	t.Helper()
	r, err := NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, record)
	}
}

// TestRoundTrip: what is written, plain or gzipped, is read back as it was,
// byte for byte, and writing it again gives the same file.
func TestRoundTrip(t *testing.T) {
	for _, zip := range []bool{false, true} {
		t.Run(fmt.Sprintf("zip=%v", zip), func(t *testing.T) {
			archive := write(t, zip)
			if !bytes.Equal(archive, write(t, zip)) {
				t.Error("two writings differ")
			}
			r, err := NewReader(bytes.NewReader(archive))
			if err != nil {
				t.Fatal(err)
			}
			var got []audit.Document
			var subjects []audit.Record
			for item, err := range Documents(r) {
				switch {
				case err != nil:
					t.Error(err)
				case item.Subject != nil:
					subjects = append(subjects, *item.Subject)
				default:
					got = append(got, item.Document)
				}
			}
			want := crawled()
			// fields are lines
			want[3].Detail = "the connection broke off after 3 bytes"
			// records without an answer need one
			want[7].ContentType, want[9].ContentType = "application/octet-stream", "application/octet-stream"
			want[9].Status = 200
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("documents (-written +read):\n%s", diff)
			}
			if len(subjects) != 1 || subjects[0].Subject.Label != "A/B c" {
				t.Fatalf("subjects: %+v", subjects)
			}
			used := crawled()
			for i := range used {
				used[i].Body = nil // in records of their own
			}
			if diff := cmp.Diff(used, subjects[0].Documents); diff != "" {
				t.Errorf("documents of the subject (-written +read):\n%s", diff)
			}
		})
	}
}

// TestRecords: the file obeys the format's rules.
func TestRecords(t *testing.T) {
	all := records(t, write(t, true))
	ids := map[string]Record{}
	types := map[string]int{}
	for i, r := range all {
		types[r.Type]++
		if r.Version != "WARC/1.1" || !strings.HasPrefix(r.ID, "urn:uuid:") || ids[r.ID].ID != "" || r.Date.IsZero() {
			t.Errorf("record %d: %s %s %s", i, r.Version, r.ID, r.Date)
		}
		if i > 0 && unbracket(r.Field("WARC-Warcinfo-ID")) != all[0].ID {
			t.Errorf("record %d names no warcinfo", i)
		}
		ids[r.ID] = r
	}
	want := map[string]int{TypeInfo: 1, TypeRequest: 7, TypeResponse: 5, TypeRevisit: 2, TypeMetadata: 2,
		TypeResource: 2}
	if diff := cmp.Diff(want, types); diff != "" || all[0].Type != TypeInfo {
		t.Errorf("types (-want +got):\n%s", diff)
	}
	for _, r := range all {
		switch r.Type {
		case TypeRequest:
			answered, ok := ids[unbracket(r.Field("WARC-Concurrent-To"))]
			if !ok || answered.TargetURI != r.TargetURI {
				t.Errorf("request of %s belongs to no answer", r.TargetURI)
			}
		case TypeRevisit:
			before := ids[unbracket(r.Field("WARC-Refers-To"))]
			if before.TargetURI != r.Field("WARC-Refers-To-Target-URI") ||
				dateText(before.Date) != r.Field("WARC-Refers-To-Date") ||
				before.Field("WARC-Payload-Digest") != r.Field("WARC-Payload-Digest") {
				t.Errorf("revisit of %s refers to %q", r.TargetURI, before.TargetURI)
			}
		case TypeResponse:
			if r.Field("WARC-Payload-Digest") == "" && r.Field("WARC-Truncated") == "" {
				t.Errorf("response of %s: its body was not stored, and it does not say so", r.TargetURI)
			}
		}
	}
}

// TestGzipMembers: each record is a member of its own, so that tools can seek.
func TestGzipMembers(t *testing.T) {
	in := bytes.NewReader(write(t, true))
	members := 0
	for in.Len() > 0 {
		z, err := gzip.NewReader(in)
		if err != nil {
			t.Fatal(err)
		}
		z.Multistream(false)
		body, err := io.ReadAll(z)
		if err != nil || !bytes.HasPrefix(body, []byte("WARC/1.1\r\n")) || !bytes.HasSuffix(body, []byte("\r\n\r\n")) {
			t.Fatalf("member %d: %v, %.40q", members, err, body)
		}
		members++
	}
	if want := len(records(t, write(t, true))); members != want {
		t.Errorf("%d members, %d records", members, want)
	}
}

// record renders a record of another tool.
func record(kind, uri, block string, more ...string) string {
	return "WARC/1.0\r\nWARC-Type: " + kind + "\r\nWARC-Target-URI: <" + uri +
		">\r\nWARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:" + uri + kind + ">\r\n" +
		"Content-Type: application/http;msgtype=response\r\n" + strings.Join(more, "") +
		fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
}

func zipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	z.Close()
	return b.String()
}

// TestForeign: answers as other tools write them.
func TestForeign(t *testing.T) {
	const page = "https://example.org/"
	for _, c := range []struct{ name, archive, outcome, body, problem string }{
		{"plain", record("response", page, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), "fetched", "hi", ""},
		{"without length", record("response", page, "HTTP/1.0 200 OK\r\n\r\nhi"), "fetched", "hi", ""},
		{"chunked", record("response", page,
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n"), "fetched", "hi", ""},
		{"gzipped", record("response", page, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+zipped("hi")),
			"fetched", "hi", ""},
		{"brotli", record("response", page, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxx"), "", "",
			`content encoding is not understood: "br"`},
		{"broken gzip", record("response", page, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxx"), "", "",
			"body: "},
		{"bomb", record("response", page, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+
			zipped(strings.Repeat("0", MaxBlock+1))), "", "", "larger than"},
		{"short body", record("response", page, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi"), "", "",
			"unexpected EOF"},
		{"no HTTP", record("response", page, "hello"), "", "", "no HTTP answer"},
		{"not there", record("response", page, "HTTP/1.1 404 Not Found\r\n\r\n"), "absent", "", ""},
		{"forbidden", record("response", page, "HTTP/1.1 403 Forbidden\r\n\r\n"), "refused", "", ""},
		{"server error", record("response", page, "HTTP/1.1 500 Oops\r\n\r\n"), "failed", "", ""},
		{"lookup of a name", record("response", "dns:example.org", "20260101 example.org. 1 IN A 192.0.2.1"), "", "",
			""},
		{"revisit of nothing", record("revisit", page, "HTTP/1.1 304 Not Modified\r\n\r\n"), "skipped", "", ""},
		{"wrong digest", record("response", page, "HTTP/1.1 200 OK\r\n\r\nhi",
			"WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"), "", "",
			"block: its digest does not match"},
		{"wrong payload digest", record("response", page, "HTTP/1.1 200 OK\r\n\r\nhi",
			"WARC-Payload-Digest: md5:00000000000000000000000000000000\r\n"), "", "",
			"payload: its digest does not match"},
		{"unknown digest", record("response", page, "HTTP/1.1 200 OK\r\n\r\nhi", "WARC-Block-Digest: blake3:00\r\n"),
			"fetched", "hi", ""},
		{"hexadecimal digest", record("response", page, "HTTP/1.1 200 OK\r\n\r\nhi",
			"WARC-Payload-Digest: sha256:8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4\r\n"),
			"fetched", "hi", ""},
		{"no date", strings.Replace(record("response", page, "HTTP/1.1 200 OK\r\n\r\nhi"), "2026-01-02T03:04:05Z",
			"yesterday", 1), "", "", `"yesterday" is no date`},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\nhi", "", "", `Content-Length ""`},
		{"cut off", record("response", page, strings.Repeat("x", 100))[:300], "", "", "cut off after"},
		{"cut off in the header", record("response", page, "x")[:60], "", "", "unexpected EOF"},
		{"not an archive", "<html>Sign in</html>\r\n", "", "", "no WARC record"},
		{"endless line", "WARC/1.0\r\nX: " + strings.Repeat("x", 1<<20), "", "", "a line of more than"},
		{"endless fields", "WARC/1.0\r\n" + strings.Repeat("X: y\r\n", 5000), "", "", "more than 1000 fields"},
		{"claims too much", strings.Replace(record("response", page, "x"), "Content-Length: 1",
			"Content-Length: 9999999999", 1), "", "", "unexpected EOF"},
		{"empty", "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := NewReader(strings.NewReader(c.archive))
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for item, err := range Documents(r) {
				n++
				d := item.Document
				if c.problem != "" {
					if err == nil || !strings.Contains(err.Error(), c.problem) {
						t.Errorf("error %v, want %q", err, c.problem)
					}
					continue
				}
				if err != nil || string(d.Outcome) != c.outcome || string(d.Body) != c.body ||
					(c.body != "") != (d.SHA256 == audit.Hash(d.Body)) {
					t.Errorf("%v: %+v", err, d)
				}
			}
			if want := min(1, len(c.outcome)+len(c.problem)); n != want {
				t.Errorf("%d items, want %d", n, want)
			}
		})
	}
}

// TestDamageIsContained: a record whose digest is wrong is left out, those
// around it are not.
func TestDamageIsContained(t *testing.T) {
	archive := bytes.Replace(write(t, false), []byte("# Model"), []byte("# Mudel"), 1)
	r, err := NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	good, bad := 0, 0
	for _, err := range Documents(r) {
		if err == nil {
			good++
			continue
		}
		bad++
		if !errors.Is(err, ErrDigest) ||
			!strings.Contains(err.Error(), "https://huggingface.co/acme/model/resolve/v1/README.md") {
			t.Error(err)
		}
	}
	if bad != 1 || good != len(crawled()) {
		t.Errorf("%d good, %d bad", good, bad)
	}
}

// TestImport: redirects and branches get the names that the crawler asks under,
// and URLs of a mirror become public ones.
func TestImport(t *testing.T) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	archive := record("response", "http://mirror/api/models/old",
		"HTTP/1.1 307 T\r\nLocation: /api/models/acme/new\r\n\r\n") +
		record("response", "http://mirror/api/models/acme/new", "HTTP/1.1 200 OK\r\n\r\n{}") +
		record("response", "http://mirror/acme/new/resolve/main/README.md", "HTTP/1.1 200 OK\r\nX-Repo-Commit: "+commit+
			"\r\n\r\nhi") +
		record("response", "https://api.github.com/repos/acme/code", "HTTP/1.1 404 N\r\n\r\n") +
		record("response", "http://mirror/loop", "HTTP/1.1 302 F\r\nLocation: /loop\r\n\r\n") +
		record("response", "http://mirror/broken", "nothing")
	kept := map[string]string{}
	im := Importer{
		Keep: func(_ context.Context, d audit.Document) error {
			kept[d.URL] = string(d.Outcome) + " " + d.SHA256[:min(4, len(d.SHA256))]
			return nil
		},
		Public: func(u string) string { return strings.Replace(u, "http://mirror/", "https://huggingface.co/", 1) },
	}
	sum, err := im.Import(t.Context(), strings.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"https://huggingface.co/api/models/acme/new":                       "fetched " + audit.Hash([]byte("{}"))[:4],
		"https://huggingface.co/api/models/old":                            "fetched " + audit.Hash([]byte("{}"))[:4],
		"https://huggingface.co/acme/new/resolve/main/README.md":           "fetched " + audit.Hash([]byte("hi"))[:4],
		"https://huggingface.co/acme/new/resolve/" + commit + "/README.md": "fetched " + audit.Hash([]byte("hi"))[:4],
		"https://api.github.com/repos/acme/code":                           "absent ",
	}
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if !sum.Holds(&audit.Document{URL: "https://api.github.com/repos/acme/code", Outcome: audit.Absent}) ||
		sum.Holds(&audit.Document{URL: "https://api.github.com/repos/acme/code", Outcome: audit.Fetched}) {
		t.Error("what the archive holds is not what was read from it")
	}
	if sum.Damaged != 1 || sum.Documents != 5 || !slices.Equal(sum.Targets, []string{"acme/new", "github:acme/code"}) {
		t.Errorf("%+v", sum)
	}
	full := errors.New("disk full")
	im.Keep = func(context.Context, audit.Document) error { return full }
	if _, err := im.Import(t.Context(), strings.NewReader(archive)); !errors.Is(err, full) ||
		!strings.Contains(err.Error(), "acme/new") {
		t.Errorf("a store that fails: %v", err)
	}
}

// TestWget reads what Debian's wget recorded of real HTTP: the answers, with
// their bytes, and digests that another program computed.
func TestWget(t *testing.T) {
	wget, err := exec.LookPath("wget")
	if err != nil {
		t.Skipf("wget is not installed: %v", err)
	}
	dir := t.TempDir()
	card := "---\nlicense: mit\n---\n# Model\n"
	cards := filepath.Join(dir, "captures", "huggingface", "cards", "acme")
	if err := os.MkdirAll(cards, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cards, "model.md"), []byte(card), 0o644); err != nil {
		t.Fatal(err)
	}
	_, base := replaytest.Start(t, filepath.Join(dir, "captures"))
	for _, options := range [][]string{{"--no-warc-compression"}, {"--warc-cdx"}} {
		command := exec.CommandContext(t.Context(), wget, append(options, "--no-config", "--no-proxy", "-q", "-O",
			filepath.Join(dir, "out"), "--warc-file", filepath.Join(dir, "got"),
			base+"/acme/model/resolve/main/README.md", base+"/api/models/acme/model",
			base+"/api/models/nobody/nothing")...)
		// wget exits 8 where an answer was an error, and must have written the archive even so.
		if said, err := command.CombinedOutput(); err != nil && command.ProcessState.ExitCode() != 8 &&
			command.ProcessState.ExitCode() != 6 {
			t.Fatalf("wget: %v\n%s", err, said)
		}
		file := filepath.Join(dir, "got.warc")
		if options[0] == "--warc-cdx" {
			file += ".gz"
		}
		archive, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		digests := 0
		for _, r := range records(t, archive) { // checks every digest
			if r.Field("WARC-Block-Digest") != "" && r.Field("WARC-Payload-Digest") != "" {
				digests++
			}
		}
		r, err := NewReader(bytes.NewReader(archive))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]audit.Document{}
		for item, err := range Documents(r) {
			if err != nil {
				t.Error(err)
			}
			got[strings.TrimPrefix(item.Document.URL, base)] = item.Document
		}
		if d := got["/acme/model/resolve/main/README.md"]; string(d.Body) != card || d.Outcome != audit.Fetched ||
			d.ETag == "" || d.Revision == "" {
			t.Errorf("card: %+v", d)
		}
		if d := got["/api/models/acme/model"]; d.Status != http.StatusOK ||
			!bytes.Contains(d.Body, []byte(`"license":"mit"`)) {
			t.Errorf("answer: %+v", d)
		}
		if d := got["/api/models/nobody/nothing"]; d.Outcome != audit.Refused || d.Status != http.StatusUnauthorized {
			t.Errorf("refusal: %+v", d)
		}
		if digests == 0 {
			t.Error("wget wrote no digests: nothing was checked")
		}
	}
}

// FuzzDocuments: no input makes the reader panic, hang or return a document
// whose hash is not that of its bytes.
func FuzzDocuments(f *testing.F) {
	f.Add(write(f, false))
	f.Add(write(f, true))
	f.Add([]byte(record("response", "https://example.org/",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n0\r\n\r\n")))
	f.Add([]byte("WARC/1.1\r\n folded: first\r\nContent-Length: 0\r\n\r\n\r\n\r\n"))
	f.Fuzz(func(t *testing.T, archive []byte) {
		r, err := NewReader(bytes.NewReader(archive))
		if err != nil {
			return
		}
		for item, err := range Documents(r) {
			if err == nil && item.Document.SHA256 != "" && audit.Hash(item.Document.Body) != item.Document.SHA256 {
				t.Fatalf("%q: wrong hash", item.Document.URL)
			}
		}
	})
}

// TestImportFromTheFuture: what bears a date ahead of the clock would stand before all that is looked at
// afterwards, so it is told and left out.
func TestImportFromTheFuture(t *testing.T) {
	archive := record("response", "https://huggingface.co/acme/old", "HTTP/1.1 200 OK\r\n\r\nhi") +
		strings.Replace(record("response", "https://huggingface.co/acme/new", "HTTP/1.1 200 OK\r\n\r\nhi"), "WARC-Date: 2",
			"WARC-Date: 9", 1)
	var kept, told []string
	im := Importer{
		Keep:    func(_ context.Context, d audit.Document) error { kept = append(kept, d.URL); return nil },
		Until:   time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
		Problem: func(err error) { told = append(told, err.Error()) },
	}
	sum, err := im.Import(t.Context(), strings.NewReader(archive))
	if err != nil || sum.Damaged != 1 || !slices.Equal(kept, []string{"https://huggingface.co/acme/old"}) {
		t.Errorf("kept %q, %+v, %v", kept, sum, err)
	}
	if len(told) != 1 || !strings.Contains(told[0], "acme/new: its date") || !strings.Contains(told[0], "is in the future") {
		t.Errorf("told %q", told)
	}
}
