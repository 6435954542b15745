package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// What an audit of another day is worth today.

const freeCard = "---\nlicense: mit\n---\n# Model\n"

// zoo is a hub of models under the MIT licence.
func zoo(t *testing.T, names ...string) *outage {
	t.Helper()
	captures := t.TempDir()
	for _, name := range names {
		writeModel(t, captures, "zoo/"+name, "false", freeCard)
	}
	return newOutage(t, captures)
}

// relicense puts a model of the zoo under a licence that excludes commercial use.
func (o *outage) relicense(name, as string) {
	sha := fmt.Sprintf("%040d", 7)
	o.change("HF_ENDPOINT", "/api/models/"+name, answer(200,
		fmt.Sprintf(`{"id":%q,"sha":%q,"private":false,"gated":false,"tags":["license:cc-by-nc-4.0"],"siblings":[`+
			`{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`, as, sha), "Content-Type: application/json"))
	o.change("HF_ENDPOINT", "/"+as+"/resolve/"+sha+"/README.md", answer(200, "---\nlicense: cc-by-nc-4.0\n---\n# Model\n"))
}

// changeStore rewrites a store behind the program's back.
func changeStore(t *testing.T, file string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// TestOldRun: what a run that was broken off had finished is today's answer for a day
// at most, for less under --max-age, and not at all for who asks to fetch again.
func TestOldRun(t *testing.T) {
	t.Parallel()
	o := zoo(t, "a", "b")
	first := filepath.Join(t.TempDir(), "o.db")
	audit := []string{"audit", "zoo/a", "zoo/b", "--format", "json"}
	o.run(exitDone, []string{"OPENNESS_DB=" + first}, audit...)
	const broken = "UPDATE runs SET ended_at = NULL"
	ago := func(d string) []string {
		back := func(table, column string) string {
			return fmt.Sprintf("UPDATE %s SET %s = strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', %[2]s, '-%s')", table, column, d)
		}
		return []string{broken, back("runs", "started_at"), back("crawls", "at"), back("assessments", "at"),
			back("fetches", "retrieved_at"), "DELETE FROM looks"}
	}
	o.relicense("zoo/a", "zoo/a")
	for _, c := range []struct {
		name   string
		before []string
		more   []string
		open   bool // what was finished is printed
	}{
		{"an hour old", ago("1 hour"), nil, true},
		{"sixty days old", ago("60 days"), nil, false},
		{"older than --max-age", ago("2 hours"), []string{"--max-age", "1h"}, false},
		{"with --refresh", []string{broken}, []string{"--refresh"}, false},
	} {
		db := copyStore(t, first)
		changeStore(t, db, c.before...)
		out, said := o.run(exitDone, []string{"OPENNESS_DB=" + db}, append(audit, c.more...)...)
		open := modelsIn(t, out)["zoo/a#"].class("licenses") == "open"
		if open != c.open || strings.Contains(said, "finished before the interruption, at 2") != c.open {
			t.Errorf("%s: licences open: %v\n%s", c.name, open, said)
		}
	}
	db := copyStore(t, first)
	changeStore(t, db, broken)
	o.run(exitDone, []string{"OPENNESS_DB=" + db}, "audit", "zoo/a", "--refresh", "--quiet")
	out, _ := o.run(exitDone, []string{"OPENNESS_DB=" + db}, audit...)
	if modelsIn(t, out)["zoo/a#"].class("licenses") == "open" {
		t.Error("a run that goes on prints an older audit than the store has")
	}
}

// TestNeverSeen: a name that nobody has seen is not found, whatever its hub says of it,
// and a host that says so of everything fails.
func TestNeverSeen(t *testing.T) {
	t.Parallel()
	o := zoo(t, "a")
	db := filepath.Join(t.TempDir(), "o.db")
	store := []string{"OPENNESS_DB=" + db}
	for _, status := range []int{404, 410} {
		o.change("HF_ENDPOINT", "/api/models/zoo/typo", answer(status, `{"error":"Repository not found"}`,
			"X-Error-Code: RepoNotFound"))
		_, said := o.run(exitUnreached, store, "audit", "zoo/typo", "zoo/a")
		if !strings.Contains(said, `"zoo/typo" is not found`) || !strings.Contains(said, "finished 1 of 2") {
			t.Errorf("%d of a name that nobody has seen:\n%s", status, said)
		}
		o.run(exitUnreached, store, "check", "--policy", "commercial-us", "zoo/typo")
	}
	for _, status := range []int{404, 410, 451} {
		o.fail(answer(status, `{"error":"no"}`), keysOf(hostVariables)...)
		for name, file := range map[string]string{"one model": copyStore(t, db),
			"no model": filepath.Join(t.TempDir(), "new.db")} {
			out, _ := o.run(exitUnreached, []string{"OPENNESS_DB=" + file}, "audit", "zoo/a", "--format", "json")
			m := modelsIn(t, out)["zoo/a#"]
			want := map[string]string{"one model": "open", "no model": "undetermined"}[name]
			if got := m.class("weights_endmodel"); got != want {
				t.Errorf("%d to everything, %s stored: weights %s, want %s", status, name, got, want)
			}
		}
	}
}

// TestOldNameLeadsOn: what is asked of a name that a hub has given up is answered of the
// model that it leads to.
func TestOldNameLeadsOn(t *testing.T) {
	t.Parallel()
	o := zoo(t, "old")
	store := []string{"OPENNESS_DB=" + filepath.Join(t.TempDir(), "o.db")}
	o.run(exitDone, store, "audit", "zoo/old", "--quiet")
	check := []string{"check", "--policy", "commercial-us", "zoo/old"}
	o.run(exitDone, store, check...)
	o.run(exitDone, store, "review", "zoo/old", "licenses", "--class", "closed", "--reason", "Read of old.", "--by", "A")
	o.relicense("zoo/new", "zoo/new")
	o.change("HF_ENDPOINT", "/api/models/zoo/old", answer(307, "", "Location: /api/models/zoo/new"))
	o.run(exitDone, store, "audit", "zoo/old", "--quiet")
	if out, _ := o.run(exitDisallowed, store, check...); !strings.Contains(out, "zoo/new  commercial-use: The licence") {
		t.Errorf("the old name's check:\n%s", out)
	}
	if out, _ := o.run(exitDone, store, "rank", "--format", "json"); strings.Contains(out, `"zoo/old"`) {
		t.Errorf("the ranking has the old name:\n%s", out)
	}
	if out, _ := o.run(exitDone, store, "history", "zoo/old"); !strings.Contains(out, "renamed") {
		t.Errorf("the old name's history:\n%s", out)
	}
	for _, name := range []string{"zoo/old", "zoo/new"} {
		out, _ := o.run(exitDone, store, "show", name)
		if out = strings.Join(strings.Fields(out), " "); !strings.Contains(out, "Read of old. (The review is of 2") {
			t.Errorf("the review of the old name is lost to %s:\n%s", name, out)
		}
	}
	out, _ := o.run(exitDone, store, "rank", "--source", "reviewed", "--format", "json")
	if !strings.Contains(out, `"Read of old.`) {
		t.Errorf("the ranking has lost the review of the old name:\n%s", out)
	}
}

// TestOldNameInAnyForm: a name leads on however it was written when it was looked at.
func TestOldNameInAnyForm(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"hf:zoo/old", "hf.co/zoo/old", "https://huggingface.co/zoo/old/", "zoo/Old",
		"zoo/old/"} {
		o := zoo(t, "old")
		store := []string{"OPENNESS_DB=" + filepath.Join(t.TempDir(), "o.db")}
		o.run(exitDone, store, "audit", "zoo/old", "--quiet")
		o.relicense("zoo/new", "zoo/new")
		for _, name := range []string{"old", "Old"} {
			o.change("HF_ENDPOINT", "/api/models/zoo/"+name, answer(307, "", "Location: /api/models/zoo/new"))
		}
		o.run(exitDone, store, "audit", target, "--quiet")
		if out, _ := o.run(exitDisallowed, store, "check", "--policy", "commercial-us", "zoo/old"); !strings.Contains(out,
			"zoo/new  commercial-use: The licence") {
			t.Errorf("%s: the old name's check:\n%s", target, out)
		}
	}
}

// TestReviewOutlived: a review of what is no more says so.
func TestReviewOutlived(t *testing.T) {
	t.Parallel()
	o := zoo(t, "a")
	store := []string{"OPENNESS_DB=" + filepath.Join(t.TempDir(), "o.db")}
	o.run(exitDone, store, "audit", "zoo/a", "--quiet")
	o.run(exitDone, store, "review", "zoo/a", "licenses", "--class", "open", "--reason", "Read it.", "--by", "A")
	const older = "What the rule goes by is another since"
	unwrapped := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	o.run(exitDone, store, "audit", "zoo/a", "--quiet")
	if out, _ := o.run(exitDone, store, "show", "zoo/a"); strings.Contains(unwrapped(out), older) {
		t.Errorf("nothing changed:\n%s", out)
	}
	o.relicense("zoo/a", "zoo/a")
	_, said := o.run(exitDone, store, "audit", "zoo/a")
	if !strings.Contains(said, "zoo/a: the review of licenses") {
		t.Errorf("the audit says nothing of the review:\n%s", said)
	}
	if out, _ := o.run(exitDone, store, "show", "zoo/a"); !strings.Contains(unwrapped(out), older) {
		t.Errorf("the dossier says nothing of it:\n%s", out)
	}
}

// TestNoTokenIsKept: what stands before the host of an address is neither stored nor said.
func TestNoTokenIsKept(t *testing.T) {
	t.Parallel()
	o := zoo(t, "a")
	store := []string{"OPENNESS_DB=" + filepath.Join(t.TempDir(), "o.db")}
	const secret = "hf_SECRET"
	for _, target := range []string{"https://user:" + secret + "@huggingface.co/zoo/a",
		"https://huggingface.co/zoo/a?token=" + secret, "user:" + secret + "@huggingface.co/zoo/a"} {
		all := ""
		for _, args := range [][]string{{"audit", target}, {"show", target, "--format", "json"},
			{"export", "--format", "json"}, {"seal", target}} {
			out, said := o.run(exitDone, store, args...)
			all += out + said
		}
		if strings.Contains(all, secret) {
			t.Errorf("%s: the token is kept", target)
		}
	}
	if out, said := o.run(exitUsage, store, "audit", "https://user:"+secret+"@example.org/zoo/a"); strings.Contains(
		out+said, secret) {
		t.Errorf("the token is said: %s", said)
	}
}

// TestStandInsAreSaid: an answer that rests on what a source that fails now said before
// says so.
func TestStandInsAreSaid(t *testing.T) {
	t.Parallel()
	o := zoo(t, "a")
	folder := t.TempDir()
	store := []string{"OPENNESS_DB=" + filepath.Join(folder, "o.db")}
	profile := filepath.Join(folder, "profile.yaml")
	writeFile(t, profile, "country: DE\nuse: [internal]\n")
	o.run(exitDone, store, "audit", "zoo/a", "--quiet")
	o.fail(answer(503, ""), "HF_ENDPOINT")
	o.run(exitUnreached, store, "audit", "zoo/a", "--quiet", "--max-wait", "1s")
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitDone, []string{"check", "--policy", "commercial-us", "zoo/a"}},
		{exitDone, []string{"factcheck", "--model", "zoo/a", "It may be used commercially."}},
		{exitUnreached, []string{"deploy", "--profile", profile, "zoo/a"}}, // what it was made from is not known
		{exitUnreached, []string{"obligations", "zoo/a"}},
	} {
		if out, _ := o.run(c.code, store, c.args...); !strings.Contains(out, "Stale: https://huggingface.co/") {
			t.Errorf("%v says nothing of it:\n%s", c.args, out)
		}
	}
}

// TestHistoryOfAReview: a person's class is not the model's change, a model that becomes
// private is, and watch does the rest of a list with a name that is not stored.
func TestHistoryOfAReview(t *testing.T) {
	t.Parallel()
	o := zoo(t, "a")
	store := []string{"OPENNESS_DB=" + filepath.Join(t.TempDir(), "o.db")}
	o.run(exitDone, store, "audit", "zoo/a", "--quiet")
	o.run(exitDone, store, "review", "zoo/a", "licenses", "--class", "closed", "--reason", "Read it.", "--by", "A")
	o.run(exitDone, store, "audit", "zoo/a", "--quiet")
	out, _ := o.run(exitDone, store, "history", "zoo/a")
	if !strings.Contains(out, "a person reviewed it") || strings.Contains(out, "the model changed") {
		t.Errorf("the history of a review:\n%s", out)
	}
	o.change("HF_ENDPOINT", "/api/models/zoo/a", answer(200, `{"id":"zoo/a","sha":"`+shaOf("zoo/a")+
		`","private":true,"gated":false,"siblings":[]}`, "Content-Type: application/json"))
	out, said := o.run(exitUnreached, store, "watch", "zoo/a", "zoo/nobody")
	if !strings.Contains(out, "withdrawn") || !strings.Contains(said, "zoo/nobody") {
		t.Errorf("watch:\n%s%s", out, said)
	}
}
