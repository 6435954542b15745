package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/replay"
	"openness/audit/replay/replaytest"
	"openness/audit/warc"
)

// wgetArchive lets wget fetch what an audit asked a replay server for, and
// gives the web archive that it recorded. Without wget the test is skipped.
func wgetArchive(t *testing.T, base string, requests []replay.Request) string {
	t.Helper()
	wget, err := exec.LookPath("wget")
	if err != nil {
		t.Skipf("wget is not installed: %v", err)
	}
	dir := t.TempDir()
	var list strings.Builder
	for _, r := range requests {
		if r.Method == http.MethodGet {
			fmt.Fprintf(&list, "%s%s\n", base, r.Path)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "list"), []byte(list.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), wget, "--no-config", "--no-proxy", "-q", "-i",
		filepath.Join(dir, "list"),
		"-O", filepath.Join(dir, "out"), "--warc-file", filepath.Join(dir, "got"))
	// wget exits 8 where an answer was an error, and has written the archive even so.
	if said, err := command.CombinedOutput(); err != nil && command.ProcessState.ExitCode() != 8 {
		t.Fatalf("wget: %v\n%s", err, said)
	}
	return filepath.Join(dir, "got.warc.gz")
}

// TestAuditWgetArchive: an archive that another program made of the same pages
// gives the same judgements as the pages themselves, without any network.
func TestAuditWgetArchive(t *testing.T) {
	server, base := replaytest.Start(t, "testdata/captures")
	dir := t.TempDir()
	live, _ := commandRun{t, base, filepath.Join(dir, "live.db")}.run("audit", "acme/quokka-7b-chat", "--format",
		"json")
	archive := wgetArchive(t, base, server.Requests())

	// The variables lead to the same addresses, at which nobody answers any more.
	asked := atomic.Int32{}
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer silent.Close()
	renamed := filepath.Join(dir, "renamed.warc.gz")
	rewriteArchive(t, archive, renamed, base, silent.URL)
	got, code := commandRun{t, silent.URL, filepath.Join(dir, "archive.db")}.run("audit", "acme/quokka-7b-chat",
		"--from-warc", renamed, "--format", "json")
	if code != exitUnreached && code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests went out, want none", n)
	}
	was, is := judgementsOf(t, live), judgementsOf(t, got)
	for dimension, class := range was {
		if is[dimension] != class {
			t.Errorf("%s is %s from the archive, %s from the pages", dimension, is[dimension], class)
		}
	}
	if strings.Contains(got, silent.URL) ||
		!strings.Contains(got, "https://huggingface.co/acme/quokka-7b-chat/resolve/") {
		t.Error("addresses are not the public ones")
	}
}

// rewriteArchive puts another host in place of the one that wget asked, as if
// the archive had been made of a mirror there. Lengths and digests would not fit
// any more, so addresses alone are changed, in records' headers.
func rewriteArchive(t *testing.T, from, to, oldBase, newBase string) {
	t.Helper()
	text, err := exec.CommandContext(t.Context(), "gzip", "-dc", from).Output()
	if err != nil {
		t.Skipf("gzip: %v", err)
	}
	text = bytes.ReplaceAll(text, []byte("WARC-Target-URI: <"+oldBase), []byte("WARC-Target-URI: <"+newBase))
	text = bytes.ReplaceAll(text, []byte("WARC-Target-URI: "+oldBase), []byte("WARC-Target-URI: "+newBase))
	if err := os.WriteFile(to, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// judgementsOf are the classes, and where the quotes are, by dimension.
func judgementsOf(t *testing.T, out string) map[string]string {
	t.Helper()
	var list []assessment
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 1 {
		t.Fatalf("%d assessments, %v", len(list), err)
	}
	classes := map[string]string{}
	for _, j := range list[0].Judgements {
		classes[j.Dimension] = j.Class
		for _, o := range j.Observations {
			classes[j.Dimension] += fmt.Sprintf(" %s %s %d-%d", o.Fact, o.SHA256, o.Start, o.End)
		}
	}
	return classes
}

// TestAuditDamagedArchive: what a damaged archive has lost is not judged by.
func TestAuditDamagedArchive(t *testing.T) {
	_, base := replaytest.Start(t, "testdata/captures")
	dir := t.TempDir()
	live := commandRun{t, base, filepath.Join(dir, "live.db")}
	out, _ := live.run("audit", "acme/quokka-7b-chat", "--format", "json")
	var whole []assessment
	if err := json.Unmarshal([]byte(out), &whole); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "crawl.warc.gz")
	live.run("export", "--format", "warc", "--out", file)
	archive, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{
		"cut off": archive[:len(archive)*2/3],
		"a hole":  append(append([]byte{}, archive[:len(archive)/2]...), archive[len(archive)/2+400:]...),
		"zeros within": append(append(append([]byte{}, archive[:len(archive)/2]...), make([]byte, 600)...),
			archive[len(archive)/2+600:]...),
		"garbage behind":  append(append([]byte{}, archive...), "no record"...),
		"garbage between": append(append(append([]byte{}, archive[:1]...), "x\x1f\x8b\x08"...), archive...),
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "damaged.warc.gz")
			if err := os.WriteFile(file, damaged, 0o644); err != nil {
				t.Fatal(err)
			}
			c := commandRun{t, "http://127.0.0.1:1", filepath.Join(t.TempDir(), "o.db")}
			out, code := c.run("audit", "acme/quokka-7b-chat", "--from-warc", file, "--format", "json")
			if code != exitUnreached {
				t.Errorf("exit code %d, want %d", code, exitUnreached)
			}
			checkAssessments(t, []byte(out), 1)
			var got []assessment
			if err := json.Unmarshal([]byte(out), &got); err != nil {
				t.Fatal(err)
			}
			for i, j := range got[0].Judgements {
				if was := whole[0].Judgements[i].Class; j.Class == "closed" && was != "closed" {
					t.Errorf("%s is closed where the whole archive says %s", j.Dimension, was)
				}
			}
		})
	}
}

// TestAuditArchiveStops: an interrupt ends the reading of a large archive, and
// nothing of it is left behind.
func TestAuditArchiveStops(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stderr bytes.Buffer
	env := &environment{stdin: strings.NewReader("WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n"), stderr: &stderr,
		stdout: &stderr, getenv: func(string) string { return "" }}
	opts := &auditOptions{globalOptions: &globalOptions{env: env}, warc: "-"}
	if _, _, err := openArchive(ctx, opts, nil); err == nil {
		t.Error("no error of a stopped reading")
	}
	if left, err := filepath.Glob(filepath.Join(dir, "openness-warc-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestAuditOldArchive: an archive that names a subject but not its documents is
// looked through as the network would be, places that people gave included.
func TestAuditOldArchive(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	file := filepath.Join(t.TempDir(), "old.warc.gz")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	w := warc.NewWriter(f, true)
	subject := audit.Subject{ID: "acme/tiny", Target: "acme/tiny", Label: "Tiny", Places: []audit.Place{
		{Kind: audit.WebPage, Role: audit.RoleVendor, ID: "https://example.org/tiny", URL: "https://example.org/tiny",
			Reason: "given", Given: true}}}
	if err := w.Subject(subject, nil, at); err != nil {
		t.Fatal(err)
	}
	for url, body := range map[string]string{"https://huggingface.co/api/models/acme/tiny": `{"id":"acme/tiny","sha":"0123456789abcdef0123456789abcdef01234567"}`,
		"https://example.org/tiny": "<html><p>Tiny</p></html>"} {
		d := audit.Document{URL: url, RetrievedAt: at, Status: http.StatusOK, Outcome: audit.Fetched,
			SHA256: audit.Hash([]byte(body))}
		if err := w.Document(d, []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	f.Close()
	out, code := commandRun{t, "http://127.0.0.1:1", filepath.Join(t.TempDir(), "o.db")}.run("audit", "--from-warc",
		file, "--format", "json")
	if code != exitUnreached {
		t.Errorf("exit code %d: files that the archive has not were never looked at", code)
	}
	checkAssessments(t, []byte(out), 1)
	var list []assessment
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	if list[0].Model.ID != "acme/tiny" || list[0].Model.Label != "Tiny" {
		t.Errorf("audited %+v", list[0].Model)
	}
	outcomes := map[string]string{}
	for _, s := range list[0].Sources {
		outcomes[s.URL] = s.Outcome
	}
	for _, url := range []string{"https://huggingface.co/api/models/acme/tiny", "https://example.org/tiny"} {
		if outcomes[url] != "fetched" {
			t.Errorf("%s: %q, want fetched", url, outcomes[url])
		}
	}
	for url, outcome := range outcomes {
		if outcome == "absent" {
			t.Errorf("%s counts as absent, but the archive says nothing of it", url)
		}
	}
}
