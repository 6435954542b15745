package main

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAtDate audits a model as it was before it was relicensed and gated.
func TestAtDate(t *testing.T) {
	captures := t.TempDir()
	writeModel(t, captures, "zoo/numbat", "false",
		"---\nlicense: cc-by-nc-4.0\n---\n# Numbat\n\nCode: https://github.com/zoo/numbat\n")
	writeRepository(t, captures, "zoo/numbat")
	o := newOutage(t, captures)
	old, young := strings.Repeat("a", 40), shaOf("zoo/numbat")
	json := "Content-Type: application/json"
	files := `[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]`
	o.change("HF_ENDPOINT", "/api/models/zoo/numbat",
		answer(200, `{"id":"zoo/numbat","sha":"`+young+`","gated":"manual","tags":["license:cc-by-nc-4.0"],"siblings":`+
			files+`}`, json))
	o.change("HF_ENDPOINT", "/api/models/zoo/numbat/commits/main", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("p") != "0" {
			fmt.Fprint(w, "[]")
			return
		}
		fmt.Fprintf(w, `[{"id":%q,"date":"2025-03-01T00:00:00.000Z"},{"id":%q,"date":"2024-02-01T00:00:00.000Z"}]`,
			young, old)
	})
	o.change("HF_ENDPOINT", "/api/models/zoo/numbat/revision/"+old,
		answer(200, `{"id":"zoo/numbat","sha":"`+old+
			`","gated":"manual","tags":["license:mit"],"cardData":{"license":"mit"},"siblings":`+files+`}`, json))
	o.change("HF_ENDPOINT", "/zoo/numbat/resolve/"+old+"/README.md",
		answer(200, "---\nlicense: mit\n---\n# Numbat\n\nCode: https://github.com/zoo/numbat\n"))
	o.change("GITHUB_API_URL", "/repos/zoo/numbat/commits", answer(200, `[{"sha":"`+strings.Repeat("3", 40)+`"}]`,
		json))
	db := filepath.Join(t.TempDir(), "o.db")

	today, _ := o.run(exitDone, nil, "audit", "zoo/numbat", "--db", db, "--format", "json", "--quiet", "--max-wait",
		"1s")
	if !strings.Contains(today, `"cc-by-nc-4.0"`) && !strings.Contains(today, "CC-BY-NC-4.0") ||
		!strings.Contains(today, `"value": "manual"`) {
		t.Fatalf("today: %.2000s", today)
	}
	then, said := o.run(exitUnreached, nil, "audit", "zoo/numbat", "--at", "2024-07-01", "--db", db, "--format", "json",
		"--max-wait", "1s")
	if strings.Contains(then, `"value": "manual"`) || !strings.Contains(then, `"MIT"`) {
		t.Errorf("2024-07-01: %.4000s", then)
	}
	for _, source := range modelsIn(t, then)["zoo/numbat#"].Sources {
		if strings.Contains(source.URL, young) {
			t.Errorf("what is there today was read: %s", source.URL)
		}
	}
	if !strings.Contains(then, `"relicensed"`) {
		t.Errorf("that it was relicensed since is not said: %.4000s", then)
	}
	if m := modelsIn(t, then)["zoo/numbat#"]; m == nil || m.class("weights_endmodel") != "undetermined" {
		t.Errorf("with the gate unknown: %+v", m)
	}
	if strings.Count(said, "\n") > 12 {
		t.Errorf("stderr: %s", said)
	}
	text, _ := o.run(exitDone, nil, "history", "zoo/numbat", "--db", db, "--format", "json")
	if strings.Contains(text, "2024-07-01") {
		t.Errorf("the look back is in the history: %s", text)
	}
	text, _ = o.run(exitDone, nil, "audit", "zoo/numbat", "--at", "2023-01-01", "--db", db, "--format", "json",
		"--quiet", "--max-wait", "1s")
	if s := modelsIn(t, text)["zoo/numbat#"].source("https://huggingface.co/api/models/zoo/numbat"); s.Outcome != "absent" {
		t.Errorf("before its first commit: %+v", s)
	}
	// An answer of our own of that time has the gate: today's was stored today.
	text, _ = o.run(exitDone, nil, "audit", "zoo/numbat", "--at", time.Now().UTC().Format(time.DateOnly), "--db", db,
		"--format", "json", "--quiet", "--max-wait", "1s")
	if !strings.Contains(text, `"value": "manual"`) {
		t.Errorf("the gate of an own answer: %.3000s", text)
	}
	_, said = o.run(exitUsage, nil, "audit", "zoo/numbat", "--at", "yesterday", "--db", db)
	if !strings.Contains(said, "2024-07-01") {
		t.Error(said)
	}
}
