package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"openness/audit/replay/replaytest"
	"openness/reports"
)

// An assistant is the SDK's own client, connected to the program itself.
type assistant struct {
	t       *testing.T
	session *mcp.ClientSession
}

// assist starts the program, which is the test binary, as an assistant would.
func assist(t *testing.T, base, db string, flags ...string) assistant {
	t.Helper()
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(program, append([]string{"mcp"}, flags...)...)
	run.Dir = t.TempDir()
	run.Env = append(os.Environ(), "OPENNESS_DB="+db, "HF_ENDPOINT="+base, "GITHUB_API_URL="+base,
		"OPENNESS_GITHUB_RAW_URL="+base, "MODELSCOPE_ENDPOINT="+base+"/modelscope",
		"OPENNESS_ARXIV_URL="+base+"/arxiv", "OPENNESS_WEB_URL="+base+"/web")
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: run,
		TerminateDuration: 10 * time.Second}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("the server did not end well: %v", err)
		}
	})
	return assistant{t, session}
}

// call gives an answer's text and structure, and whether it is an error.
func (a assistant) call(tool string, arguments map[string]any) (text string, got toolAnswer, failed bool) {
	a.t.Helper()
	result, err := a.session.CallTool(a.t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		return err.Error(), toolAnswer{}, true
	}
	for _, c := range result.Content {
		if part, ok := c.(*mcp.TextContent); ok {
			text += part.Text
		}
	}
	if !result.IsError {
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			a.t.Fatalf("%s: %v in %.300s", tool, err, text)
		}
		// A client shows the strings, not their JSON.
		var shown any
		if err := json.Unmarshal([]byte(text), &shown); err != nil {
			a.t.Fatal(err)
		}
		a.plain(tool, shown)
	}
	if reports.VisibleText(text) != text {
		a.t.Errorf("%s gives control characters: %.300q", tool, text)
	}
	return text, got, result.IsError
}

func (a assistant) plain(tool string, value any) {
	switch v := value.(type) {
	case string:
		if reports.VisibleText(v) != v {
			a.t.Errorf("%s gives control characters: %.300q", tool, v)
		}
	case []any:
		for _, part := range v {
			a.plain(tool, part)
		}
	case map[string]any:
		for name, part := range v {
			a.plain(tool, name)
			a.plain(tool, part)
		}
	}
}

// TestMCPTools: every tool over the program's own stdin and stdout.
func TestMCPTools(t *testing.T) {
	_, base := replaytest.Start(t, "testdata/captures")
	db := filepath.Join(t.TempDir(), "o.db")
	a := assist(t, base, db, "--allow-audit")
	list, err := a.session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	offered := make(map[string]*mcp.Tool)
	for _, tool := range list.Tools {
		offered[tool.Name] = tool
	}
	for _, name := range []string{"audit", "show", "rank", "license", "check", "factcheck", "evidence"} {
		if tool := offered[name]; tool == nil || tool.Annotations.ReadOnlyHint != (name != "audit") {
			t.Errorf("tool %s: %+v", name, tool)
		}
	}
	const chat = "acme/quokka-7b-chat"
	if text, got, failed := a.call("audit", map[string]any{"targets": []string{chat, "other/shut-1b"}}); failed ||
		got.ExitCode != exitUnreached || !strings.Contains(text, `"openness.assessment/1"`) {
		t.Errorf("audit: %d, %.300s", got.ExitCode, text)
	}
	text, got, failed := a.call("show", map[string]any{"model": chat, "dimension": "weights_endmodel"})
	if failed || !strings.Contains(text, `"sha256"`) || strings.Contains(text, `"dimension":"paper"`) ||
		got.Command != "openness show --format json --quiet --db "+db+" -- "+chat {
		t.Errorf("show: %q, %.300s", got.Command, text)
	}
	if text, _, failed := a.call("rank", map[string]any{"models": []string{chat}, "rubric": "radboud-2023"}); failed ||
		!strings.Contains(text, chat) || strings.Contains(text, "shut-1b") {
		t.Errorf("rank: %.300s", text)
	}
	if text, _, failed := a.call("license", map[string]any{"text": read(t, "../../LICENSE")}); failed ||
		!strings.Contains(text, `"license"`) {
		t.Errorf("license: %.300s", text)
	}
	if text, got, failed := a.call("check", map[string]any{"policy": "commercial-eu",
		"models": []string{"other/shut-1b"}}); failed || got.ExitCode == exitDone ||
		!strings.Contains(text, `"openness.check/1"`) {
		t.Errorf("check: %d, %.300s", got.ExitCode, text)
	}
	if text, _, failed := a.call("factcheck", map[string]any{"claim": "Quokka 7B Chat is open source."}); failed ||
		!strings.Contains(text, `"openness.factcheck/2"`) {
		t.Errorf("factcheck: %.300s", text)
	}
	if text, _, failed := a.call("evidence", map[string]any{"model": chat, "verify": true}); failed ||
		!strings.Contains(text, `"openness.evidence/1"`) {
		t.Errorf("evidence: %.300s", text)
	}
}

// TestMCPRefuses: wrong words are errors of the tool, say what is wrong and end
// nothing; without leave nothing is fetched, and no file is read.
func TestMCPRefuses(t *testing.T) {
	server, base := replaytest.Start(t, "testdata/captures")
	folder := t.TempDir()
	secret := filepath.Join(folder, "secret")
	writeFile(t, secret, "acme/hush-hush\n")
	a := assist(t, base, "") // of the built-in snapshot
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"audit", map[string]any{"targets": []string{"acme/quokka-7b-chat"}}, "--allow-audit"},
		{"show", map[string]any{}, "model"},
		{"show", map[string]any{"model": "no/such\x1b[31m"}, "not stored"},
		{"show", map[string]any{"model": "a", "rubric": secret}, "enum"},
		{"show", map[string]any{"model": "--help"}, "not stored"},
		{"show", map[string]any{"model": 7}, "type"},
		{"show", map[string]any{"model": "a", "file": secret}, "file"},
		{"rank", map[string]any{"models": []string{secret}}, "no name of a model"},
		{"rank", map[string]any{"models": []string{}}, "tems"},
		{"check", map[string]any{"policy": secret, "models": []string{"a"}}, "enum"},
		{"factcheck", map[string]any{}, "give a claim"},
		{"factcheck", map[string]any{"claim": "x", "at": "yesterday"}, "yesterday"},
		{"license", map[string]any{"text": strings.Repeat("x", longestText+1)}, "ength"},
		{"nothing", map[string]any{}, "nothing"},
	} {
		text, _, failed := a.call(c.tool, c.arguments)
		if !failed || !strings.Contains(text, c.want) || strings.Contains(text, "hush") ||
			strings.Contains(text, "\x1b") {
			t.Errorf("%s %v: error %v, %.300q, want one with %q", c.tool, c.arguments, failed, text, c.want)
		}
	}
	if asked := len(server.Requests()); asked > 0 {
		t.Errorf("%d requests were made without leave", asked)
	}
	if text, _, failed := a.call("rank", nil); failed {
		t.Errorf("after all that: %.300s", text)
	}
}

// TestMCPBounds: an answer is as long as it may be, and counts what it leaves out.
func TestMCPBounds(t *testing.T) {
	_, base := replaytest.Start(t, "testdata/captures")
	a := assist(t, base, filepath.Join(t.TempDir(), "o.db"), "--max-bytes", "5000", "--allow-audit")
	text, got, failed := a.call("audit", map[string]any{"targets": []string{"acme/quokka-7b-chat"}})
	if failed || got.Cut == nil || got.Cut.LeftOutItems == 0 || len(text) > 6000 {
		t.Errorf("%d bytes, cut %+v: %.200s", len(text), got.Cut, text)
	}
	if text, got, failed := a.call("rank", nil); failed || len(text) > 6000 {
		t.Errorf("%d bytes, cut %+v: %.200s", len(text), got.Cut, text)
	}
	value := []any{map[string]any{"judgements": []any{map[string]any{"observations": make([]any, 500)},
		map[string]any{"x": strings.Repeat("ü\x1b", 4000)}}}}
	cutValue, c, err := bounded(value, 20_000)
	if err != nil || c == nil || c.ShortenedTexts != 1 {
		t.Fatalf("%v, %+v", err, c)
	}
	whole, _ := json.Marshal(cutValue)
	if len(whole) > 20_000 || !strings.Contains(string(whole), cutMark) {
		t.Errorf("%d bytes: %.200s", len(whole), whole)
	}
}
