package seal_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"openness/audit"
	"openness/reports"
	"openness/reports/exchange"
	"openness/reports/seal"
	"openness/rubric"
)

var at = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// sealed is a small sealed file.
func sealed(t testing.TB, signer seal.Signer) []byte {
	t.Helper()
	d := audit.Document{URL: "https://hub.example/m/README.md", Kind: audit.DocModelCard, Status: 200,
		Outcome: audit.Fetched, RetrievedAt: at,
		Body: []byte("# 模型\n\nWe release the weights. \xff\n")}
	d.SHA256 = audit.Hash(d.Body)
	o := audit.Observe(&d, "weights.end.published", "true", audit.Span{Start: 2, End: len(d.Body) - 1}, "")
	judgement := rubric.Judgement{Dimension: "weights", Class: rubric.Partial, Origin: rubric.FromRule, Weight: 3,
		Observations: []audit.Observation{o}}
	assessments, err := json.Marshal([]any{map[string]any{"schema": reports.AssessmentSchema,
		"model": map[string]any{"id": "acme/模型"}, "assessed_at": reports.TimeText(at),
		"judgements": []any{judgement}, "score": rubric.ScoreOf([]rubric.Judgement{judgement}),
		"sources": []any{map[string]any{"url": d.URL, "status": 200, "sha256": d.SHA256}}}})
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	err = exchange.WriteWARC(&archive, exchange.Archive{Software: "test", At: at, Gzip: true,
		Records: func(func(audit.Record) error) error { return nil },
		Fetches: func(yield func(audit.Document) error) error { return yield(d) },
		Body:    func(string) ([]byte, error) { return d.Body, nil }})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	err = seal.Write(&b, seal.Sealed{SealedAt: reports.TimeText(at), Tool: "test", Model: "acme/模型",
		Assessments: assessments,
		Documents: []seal.Document{{URL: d.URL, SHA256: d.SHA256, Bytes: d.Bytes(), Status: 200,
			Outcome: "fetched", RetrievedAt: reports.TimeText(at)}}},
		archive.Bytes(), signer)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func key(t *testing.T) (seal.Signer, string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "test")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "id")
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	signer, err := seal.ReadKey(file)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return signer, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(shown)))
}

// holds reports whether a file is found to be what was sealed.
func holds(text []byte) bool {
	r, err := seal.Check(text)
	return err == nil && len(r.Problems) == 0
}

// TestEveryByte changes, drops and adds each byte of a sealed file in turn.
func TestEveryByte(t *testing.T) {
	signer, _ := key(t)
	for name, text := range map[string][]byte{"unsigned": sealed(t, nil), "signed": sealed(t, signer)} {
		r, err := seal.Check(text)
		if err != nil || len(r.Problems) > 0 || r.Documents != 1 || r.Quotes != 1 ||
			(r.SignedBy != "") != (name == "signed") {
			t.Fatalf("%s: %+v %v", name, r, err)
		}
		for i := range text {
			for _, flip := range []byte{1, 0x20}[:1+i%2] {
				changed := bytes.Clone(text)
				changed[i] ^= flip
				if holds(changed) {
					t.Errorf("%s: byte %d of %d, %q to %q, is not found", name, i, len(text), text[i], changed[i])
				}
			}
			if i%7 == 0 && (holds(append(bytes.Clone(text[:i]), text[i+1:]...)) ||
				holds(append(append(bytes.Clone(text[:i]), ' '), text[i:]...))) {
				t.Errorf("%s: a byte dropped or added at %d is not found", name, i)
			}
		}
	}
}

// TestSameSeal: the same content has the same bytes.
func TestSameSeal(t *testing.T) {
	if !bytes.Equal(sealed(t, nil), sealed(t, nil)) {
		t.Error("the same content is sealed otherwise")
	}
}

// TestResealed: whoever changes a quote and seals anew is found by the archive,
// and one who changes both only by the signature.
func TestResealed(t *testing.T) {
	var s seal.Sealed
	if err := json.Unmarshal(sealed(t, nil), &s); err != nil {
		t.Fatal(err)
	}
	s.Assessments = bytes.Replace(s.Assessments, []byte("release"), []byte("withold"), 1)
	archive := []byte{}
	var b bytes.Buffer
	if err := seal.Write(&b, s, archive, nil); err != nil {
		t.Fatal(err)
	}
	if holds(b.Bytes()) {
		t.Error("a file sealed anew without its archive holds")
	}
}

// TestSSH has OpenSSH check a signature.
func TestSSH(t *testing.T) {
	tool, err := exec.LookPath("ssh-keygen")
	if err != nil {
		t.Skip("no ssh-keygen here")
	}
	signer, public := key(t)
	var s seal.Sealed
	if err := json.Unmarshal(sealed(t, signer), &s); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"allowed": "newsroom " + public + "\n", "sig": s.Signature.Signature} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for digest, want := range map[string]bool{s.Digest: true, strings.Repeat("0", 64): false} {
		cmd := exec.Command(tool, "-Y", "verify", "-f", filepath.Join(dir, "allowed"), "-I", "newsroom", "-n",
			"openness-seal", "-s", filepath.Join(dir, "sig"))
		cmd.Stdin = strings.NewReader(digest)
		if out, err := cmd.CombinedOutput(); (err == nil) != want {
			t.Errorf("ssh-keygen: %v\n%s", err, out)
		}
	}
}

// TestPython has the script of the manual check the file, and changed ones.
func TestPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 here")
	}
	text := sealed(t, nil)
	file := filepath.Join(t.TempDir(), "x.json")
	run := func(text []byte) bool {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return exec.Command(python, filepath.Join("..", "..", "docs", "verify", "verify_seal.py"), file).Run() == nil
	}
	if !run(text) {
		t.Fatal("the script does not find it to be what was sealed")
	}
	for i := 3; i < len(text); i += len(text) / 8 {
		changed := bytes.Clone(text)
		changed[i] ^= 1
		if run(changed) {
			t.Errorf("byte %d, %q to %q, is not found by the script", i, text[i], changed[i])
		}
	}
}

// TestContradictions: a file that was sealed anew, so that its digest holds, and contradicts itself.
func TestContradictions(t *testing.T) {
	for _, c := range []struct{ from, to, fault string }{
		{`"url":"https://hub.example/m/README.md"`, `"url":"https://hub.example/other/README.md"`, "under another address"},
		{`"documents":[{`, `"documents":[],"was":[{`, "no listed document is"},
		{`"model":{"id":"acme/模型"}`, `"model":{"id":"acme/other"}`, "the assessments are of acme/other"},
		{`"schema":"openness.assessment/1"`, `"schema":"openness.assessment/1x"`, `schema "openness.assessment/1x"`},
		{`"class":"partial"`, `"class":"undeterminedx"`, `"undeterminedx" is no class`},
		{`"origin":"rule"`, `"origin":"rulex"`, `not by "rulex"`},
		{`"class":"partial"`, `"class":"open"`, "its judgements give 3 of 3"},
		{`"percent":50`, `"percent":100`, "the score is"},
		{`"sources":[{`, `"sources":[{"url":"https://hub.example/other"},{`, "https://hub.example/other (status 0) is none of"},
		{`"assessments":[{`, `"assessments":[],"was":[{`, "no assessment is in the file"},
		{`"outcome":"fetched"`, `"outcome":"absent"`, "where the archive has status 200, fetched"},
		{`"status":200`, `"status":404`, "status 404, fetched, where the archive has status 200"},
		{`"retrieved_at":"2026-11-27T12:00:00Z","revision"`, `"retrieved_at":"2027-11-27T12:00:00Z","revision"`, "after it was sealed"},
		{`"judgements":[{`, `"judgements":[{"dimension":"code","class":"open","origin":"rule"},{`, "code: open without evidence"},
		{`"observations":[{`, `"observations":[],"was":[{`, "no quote of a document shows it"},
		{`"judgements":[{`, `"judgements":[{"dimension":"data","class":"open","origin":"rule","observations":[{"fact":"data.x","finding":"present","value":"true","quote":"All of it is public."}]},{`,
			"data: a quote names no document"},
		{`"sealed_at":"2026`, `"sealed_at":"some day in 2026`, "sealed_at is no time"},
	} {
		var s seal.Sealed
		text := strings.ReplaceAll(string(sealed(t, nil)), c.from, c.to)
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatal(err)
		}
		archive, err := base64.StdEncoding.DecodeString(s.WARC)
		if err != nil {
			t.Fatal(err)
		}
		var anew bytes.Buffer
		if err := seal.Write(&anew, s, archive, nil); err != nil {
			t.Fatal(err)
		}
		r, err := seal.Check(anew.Bytes())
		if err != nil || !strings.Contains(strings.Join(r.Problems, "\n"), c.fault) {
			t.Errorf("%s: %+v, %v; want %q", c.to, r, err, c.fault)
		}
	}
}
