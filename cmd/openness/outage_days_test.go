package main

import (
	"crypto/sha1"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// TestOutageDaysLater lets every host answer otherwise than it did three days before,
// when nothing that was read is young enough to be used unasked: with bodies that are
// none though the status says 200, or by denying whatever is asked for. All kinds of
// page are there, and two that had been refused and found empty. No class moves.
func TestOutageDaysLater(t *testing.T) {
	if testing.Short() {
		t.Skip("audits five models eight times: left out in short mode")
	}
	t.Parallel()
	captures := t.TempDir()
	list := writeMarsh(t, captures)
	audit := []string{"audit", "--from", list, "--format", "json", "--max-wait", "1s"}
	db := filepath.Join(t.TempDir(), "first.db")
	first, _ := newOutage(t, captures).run(exitUnreached, []string{"OPENNESS_DB=" + db}, audit...)
	before := modelsIn(t, first)
	for id, want := range map[string]string{"marsh/Bittern-7B#": "hardware_architecture", "marsh/Rail-7B#": "preprint",
		"marsh/Crake-7B#": "datasources_basemodel", "marsh/Grebe-7B#": "licenses"} {
		if got := before[id].class(want); got != "open" {
			t.Fatalf("%s: %s is %s before anything failed", id, want, got)
		}
	}
	if got := before["marsh/Coot-7B#"].class("datasources_basemodel"); got != "undetermined" {
		t.Fatalf("data that the hub refuses is %s", got)
	}
	makeOlder(t, db)
	const page, object = "Content-Type: text/html", "Content-Type: application/json"
	for name, how := range map[string]struct {
		status int
		body   string
		header string
	}{
		"no bytes":      {200, "", page},
		"a filter":      {200, "This category is blocked by your administrator.\n", "Content-Type: text/plain"},
		"a sign-in":     {200, "<!doctype html><html><body><form>Sign in</form></body></html>", page},
		"empty objects": {200, "{}", object},
		"404 of all":    {404, "no such page", page},
		"410 of all":    {410, "gone", page},
		"451 of all":    {451, "", page},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOutage(t, captures)
			o.fail(answer(how.status, how.body, how.header), keysOf(hostVariables)...)
			text, _ := o.run(exitUnreached, []string{"OPENNESS_DB=" + copyStore(t, db)}, audit...)
			after := modelsIn(t, text)
			sameButStale(t, name, before, after, true)
			for id, m := range before {
				for _, s := range m.Sources {
					if now := after[id].source(s.URL); s.looked() && strings.Contains(s.URL, "arxiv") &&
						now.Outcome != "stale" {
						t.Errorf("%s: %s is %q", id, s.URL, now.Outcome)
					}
				}
			}
		})
	}
}

// TestChangesDaysLater is the control: a page that is gone from a host that answers is
// withdrawn, and a file at a commit whose new bytes the host names as git does is read.
func TestChangesDaysLater(t *testing.T) {
	t.Parallel()
	captures := t.TempDir()
	writeMarsh(t, captures)
	o := newOutage(t, captures)
	db := filepath.Join(t.TempDir(), "o.db")
	audit := []string{"audit", "--db", db, "--format", "json", "--quiet", "--max-wait", "1s", "marsh/Bittern-7B",
		"marsh/Grebe-7B"}
	o.run(exitDone, nil, audit...)
	makeOlder(t, db)

	const page = "/marsh.example/blog/bittern"
	o.change("OPENNESS_WEB_URL", page, answer(404, "no such page"))
	o.change("OPENNESS_WEB_URL", "/marsh.example/", answer(200, "<!doctype html><p>Marsh</p>", "Content-Type: text/html"))
	card := "/marsh/Grebe-7B/resolve/" + shaOf("marsh/Grebe-7B") + "/README.md"
	const text = "---\nlicense: mit\n---\n# Grebe\n"
	o.change("HF_ENDPOINT", card, answer(200, text, fmt.Sprintf("ETag: \"%x\"",
		sha1.Sum(fmt.Appendf(nil, "blob %d\x00%s", len(text), text)))))
	said, _ := o.run(exitDone, nil, audit...)
	after := modelsIn(t, said)
	if s := after["marsh/Bittern-7B#"].source("https:/" + page); s.Outcome != "withdrawn" || s.LastSeen == "" ||
		strings.Contains(said, "for whatever is asked") {
		t.Errorf("the page that is gone: %+v", s)
	}
	if s := after["marsh/Grebe-7B#"].source("https://huggingface.co" + card); s.Outcome != "fetched" {
		t.Errorf("the card that was mended: %+v", s)
	}
}

// writeMarsh writes five models whose classes rest on a paper and a makers' page, on a
// paper that only a search finds, on data of the hub and of an archive, on a licence
// that is a web page, and on data that is refused. It gives the list of them.
func writeMarsh(t *testing.T, captures string) string {
	t.Helper()
	for name, text := range map[string]string{
		"Bittern-7B": "Report: [Bittern: A Report](https://arxiv.org/abs/2999.00011)." +
			" See our [blog post](https://marsh.example/blog/bittern).",
		"Rail-7B": "Made by Ada Example and Bo Example.",
		"Crake-7B": "## Training data\n\nCrake-7B was pre-trained on [Sedge](https://huggingface.co/datasets/marsh/sedge)" +
			" and [Reed](https://zenodo.org/records/7700001).",
		"Coot-7B":  "## Training data\n\nCoot-7B was pre-trained on [Lost](https://huggingface.co/datasets/marsh/lost).",
		"Grebe-7B": "Code: https://github.com/marsh/grebe",
	} {
		writeModel(t, captures, "marsh/"+name, "false", "---\nlicense: mit\n---\n# "+name+"\n\n"+name+
			" is a language model.\n\n"+text+"\n")
	}
	const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/`
	const paper = `<!DOCTYPE html><html><body><article class="ltx_document"><h1 class="ltx_title ltx_title_document">`
	const body = `</h1><section class="ltx_section"><h2 class="ltx_title ltx_title_section">1 Training</h2><p class="ltx_p">`
	filler := strings.Repeat("The birds of the marsh are fond of reports that say the same thing many times. ", 30)
	for file, text := range map[string]string{
		"arxiv/2999.00011.xml": atom + `2999.00011v1</id><title>Bittern: A Report</title></entry></feed>`,
		"arxiv/2999.00012.xml": atom + `2999.00012v1</id><title>Rail: A Report</title>` +
			`<author><name>Ada Example</name></author><author><name>Bo Example</name></author></entry></feed>`,
		"arxiv/html/2999.00011v1.html": paper + "Bittern: A Report" + body +
			"Bittern is a decoder-only transformer with 32 layers and a hidden size of 4096. " +
			"Bittern was trained on 64 H100 GPUs for 21 days. " +
			filler + "</p></section></article></body></html>",
		"arxiv/html/2999.00012v1.html": paper + "Rail: A Report" + body +
			"Rail was trained on 32 H100 GPUs for 9 days. " + filler + "</p></section></article></body></html>",
		"web/marsh.example/blog/bittern.html": "<!doctype html><html><body><main><h1>Bittern</h1><p>" + filler +
			"</p></main></body></html>",
		"web/zenodo.org/api/records/7700001": `{"id":7700001,"metadata":{"title":"Reed","access_right":"open"},` +
			`"files":[{"key":"reed.tar.gz","size":4000}]}`,
		"huggingface/api/datasets/marsh/sedge.json": `{"id":"marsh/sedge","sha":"` + shaOf("marsh/sedge") +
			`","private":false,"gated":false,"siblings":[{"rfilename":"README.md"},{"rfilename":"data.parquet"}]}`,
		"huggingface/dataset-cards/marsh/sedge.md": "# Sedge\n\nA corpus.\n",
		"list.csv": "target\nmarsh/Bittern-7B\nmarsh/Rail-7B\nmarsh/Crake-7B\nmarsh/Coot-7B\nmarsh/Grebe-7B\n",
	} {
		writeFile(t, filepath.Join(captures, filepath.FromSlash(file)), text)
	}
	writeRepository(t, captures, "marsh/grebe")
	return filepath.Join(captures, "list.csv")
}

// makeOlder makes all that a store holds three days older.
func makeOlder(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE fetches SET retrieved_at =
		strftime('%Y-%m-%dT%H:%M:%S', julianday(retrieved_at) - 3) || '.000000000Z'`); err != nil {
		t.Fatal(err)
	}
}
