package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"openness/data"
)

// TestChangesShow is the control of TestOutage: what really changed shows at the
// next audit that reaches it, in watch before that, and in history after it.
func TestChangesShow(t *testing.T) {
	t.Parallel()
	captures := t.TempDir()
	for _, name := range []string{"deleted", "private", "taken-down", "gated", "relicensed", "emptied", "renamed",
		"steady"} {
		writeModel(t, captures, "zoo/"+name, "false",
			"---\nlicense: mit\n---\n# Model\n\nCode: https://github.com/zoo/"+name+"\n")
	}
	writeModel(t, captures, "zoo/fed", "false",
		"---\nlicense: mit\ndatasets:\n- zoo/fodder\n---\n# Fed\n\nFed was pre-trained on [Fodder](https://huggingface.co/datasets/zoo/fodder).\n")
	fodder := func(disabled, files string) string {
		return `{"id":"zoo/fodder","sha":"` + shaOf("zoo/fodder") + `","private":false,"gated":false,"disabled":` +
			disabled + `,"siblings":[` + files + `{"rfilename":"README.md"}]}`
	}
	writeFile(t, filepath.Join(captures, "huggingface", "api", "datasets", "zoo", "fodder.json"),
		fodder("false", `{"rfilename":"data.parquet"},`))
	for _, name := range []string{"steady", "taken-down", "emptied"} {
		writeRepository(t, captures, "zoo/"+name)
	}
	o := newOutage(t, captures)
	db := filepath.Join(t.TempDir(), "o.db")
	names := []string{"zoo/deleted", "zoo/private", "zoo/taken-down", "zoo/gated", "zoo/relicensed", "zoo/emptied",
		"zoo/renamed", "zoo/steady", "zoo/fed"}
	audit := append([]string{"audit", "--db", db, "--format", "json", "--quiet", "--max-wait", "1s"}, names...)
	first, _ := o.run(exitUnreached, nil, audit...)
	before := modelsIn(t, first)

	api := func(name, license, gated, files string) http.HandlerFunc {
		return answer(200, fmt.Sprintf(`{"id":%q,"sha":"%040d","private":false,"gated":%s,"tags":["license:%s"],"cardData":{"license":%q},"siblings":[%s]}`,
			name, 7, gated, license, license, files), "Content-Type: application/json")
	}
	const readme, weights = `{"rfilename":"README.md"}`, `{"rfilename":"model.safetensors"}`
	o.change("HF_ENDPOINT", "/api/models/zoo/deleted", answer(404, `{"error":"Repository not found"}`))
	o.change("HF_ENDPOINT", "/api/models/zoo/private", answer(401, `{"error":"Invalid username or password."}`))
	o.change("GITHUB_API_URL", "/repos/zoo/taken-down",
		answer(451, `{"message":"Repository access blocked","block":{"reason":"dmca"}}`))
	o.change("HF_ENDPOINT", "/api/models/zoo/gated", api("zoo/gated", "mit", `"manual"`, readme+","+weights))
	o.change("HF_ENDPOINT", "/zoo/gated/resolve/"+fmt.Sprintf("%040d", 7)+"/README.md",
		answer(401, "", "X-Error-Code: GatedRepo"))
	o.change("HF_ENDPOINT", "/api/models/zoo/relicensed", api("zoo/relicensed", "cc-by-nc-4.0", "false",
		readme+","+weights))
	o.change("HF_ENDPOINT", "/zoo/relicensed/resolve/"+fmt.Sprintf("%040d", 7)+"/README.md",
		answer(200, "---\nlicense: cc-by-nc-4.0\n---\n# Model\n"))
	o.change("HF_ENDPOINT", "/api/models/zoo/emptied", api("zoo/emptied", "mit", "false", readme))
	o.change("HF_ENDPOINT", "/zoo/emptied/resolve/"+fmt.Sprintf("%040d", 7)+"/README.md",
		answer(200, "---\nlicense: mit\n---\n# Model\n"))
	o.change("GITHUB_API_URL", "/repos/zoo/emptied/git/trees/main",
		answer(409, `{"message":"Git Repository is empty."}`))
	o.change("HF_ENDPOINT", "/api/models/zoo/renamed", answer(307, "", "Location: /api/models/zoo/new-name"))
	o.change("HF_ENDPOINT", "/api/models/zoo/new-name", api("zoo/new-name", "mit", "false", readme+","+weights))
	o.change("HF_ENDPOINT", "/zoo/new-name/resolve/"+fmt.Sprintf("%040d", 7)+"/README.md",
		answer(200, "---\nlicense: mit\n---\n# Model\n"))

	o.change("HF_ENDPOINT", "/api/datasets/zoo/fodder", answer(200, fodder("true", ""),
		"Content-Type: application/json"))
	expected := map[string]string{"zoo/fed": "withdrawn", "zoo/deleted": "withdrawn", "zoo/private": "withdrawn",
		"zoo/taken-down": "withdrawn", "zoo/gated": "gated",
		"zoo/relicensed": "relicensed", "zoo/emptied": "emptied", "zoo/renamed": "renamed", "zoo/steady": ""}
	text, _ := o.run(exitUnreached, nil, "watch", "--db", db, "--format", "json", "--max-wait", "1s", "--quiet")
	var watched watchJSON
	if err := json.Unmarshal([]byte(text), &watched); err != nil || watched.Schema != "openness.watch/1" ||
		len(watched.Models) != len(expected) {
		t.Fatalf("%v: %s", err, text)
	}
	for _, m := range watched.Models {
		checkKinds(t, "watch", m.Model, expected[m.Model], m.Changes)
	}

	text, _ = o.run(exitUnreached, nil, audit...)
	after := modelsIn(t, text)
	for id, dimension := range map[string]string{"zoo/deleted#": "weights_endmodel", "zoo/private#": "weights_endmodel",
		"zoo/emptied#": "weights_endmodel"} {
		if was, is := before[id].class(dimension), after[id].class(dimension); was != "open" || is != "closed" {
			t.Errorf("%s: %s was %s, is %s", id, dimension, was, is)
		}
	}
	if was, is := before["zoo/gated#"].class("weights_endmodel"), after["zoo/gated#"].class("weights_endmodel"); was != "open" || is == "open" {
		t.Errorf("gated: weights were %s, are %s", was, is)
	}
	if s := after["zoo/gated#"].source("https://huggingface.co/zoo/gated/resolve/" + shaOf("zoo/gated") +
		"/README.md"); s.Outcome != "stale" {
		t.Errorf("the card behind the new gate: %+v", s)
	}
	gone := after["zoo/private#"].source("https://huggingface.co/api/models/zoo/private")
	if gone.Outcome != "withdrawn" || gone.LastSeen == "" || gone.FirstMissed < gone.LastSeen {
		t.Errorf("the deleted model: %+v", gone)
	}
	for id, kind := range expected {
		if id == "zoo/renamed" {
			id = "zoo/new-name"
		}
		for _, command := range []string{"history", "show"} {
			text, _ = o.run(exitDone, nil, command, id, "--db", db)
			if _, events, ok := strings.Cut(text, "\nHistory"); ok {
				text = events
			} else if command == "show" {
				t.Errorf("the dossier of %s has no history:\n%s", id, text)
			}
			if kind != "" && !strings.Contains(text, kind) {
				t.Errorf("what %s tells of %s lacks %q:\n%s", command, id, kind, text)
			}
		}
	}
	if text, _ = o.run(exitDone, nil, "show", "zoo/private", "--db", db); !strings.Contains(text, "Withdrawn") ||
		!strings.Contains(text, "last seen 20") {
		t.Errorf("the dossier does not say that the model was withdrawn:\n%s", text)
	}

	o.change("HF_ENDPOINT", "/api/models/zoo/private", nil)
	text, _ = o.run(exitUnreached, nil, "watch", "zoo/private", "--db", db, "--format", "json", "--max-wait", "1s",
		"--quiet")
	if !strings.Contains(text, `"returned"`) {
		t.Errorf("a model that came back: %s", text)
	}
}

// checkKinds demands that a kind of change is among some, or that there is none.
func checkKinds(t *testing.T, where, model, kind string, changes []data.Change) {
	t.Helper()
	var kinds []string
	for _, c := range changes {
		kinds = append(kinds, string(c.Kind))
		if c.Kind == data.ChangeWithdrawn && (c.LastSeen.IsZero() || c.FirstMissed.Before(c.LastSeen)) {
			t.Errorf("%s: %s: without dates: %+v", where, model, c)
		}
	}
	if kind == "" && len(kinds) > 0 || kind != "" && !slices.Contains(kinds, kind) {
		t.Errorf("%s: %s: %v, want %q", where, model, kinds, kind)
	}
}
