package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"openness/audit/replay/replaytest"
)

// sizeOf counts the bytes of a database that hold something, and the rows of a
// table.
func sizeOf(t *testing.T, file, table string) (bytes, rows int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	err = db.QueryRow(`SELECT (p.page_count - f.freelist_count) * z.page_size, (SELECT count(*) FROM `+table+`)
		FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size z`).Scan(&bytes, &rows)
	if err != nil {
		t.Fatal(err)
	}
	return bytes, rows
}

// seenAgain leaves out of an output what a second look may tell otherwise:
// whether a page was sent again.
var seenAgain = strings.NewReplacer(`"not_modified"`, `"fetched"`, `"status": 304`, `"status": 200`)

// mostAgain is how many bytes a model may cost that is looked at again and found
// unchanged.
const mostAgain = 1000

// TestAgain: a list that is audited again and found unchanged says the same and
// writes next to nothing, also when it was killed at it.
func TestAgain(t *testing.T) {
	t.Parallel()
	const n = 40
	r := newRig(t, n)
	db := filepath.Join(t.TempDir(), "o.db")
	first := seenAgain.Replace(r.finish(db))
	bytes, observations := sizeOf(t, db, "observations")
	again := func(times string) {
		t.Helper()
		if second := seenAgain.Replace(r.finish(db)); second != first {
			t.Error(times + ": an audit of what had not changed says otherwise")
		}
		now, made := sizeOf(t, db, "observations")
		if made != observations {
			t.Errorf("%s: %d observations, %d before", times, made, observations)
		}
		if now-bytes > n*mostAgain {
			t.Errorf("%s: %d bytes a model", times, (now-bytes)/n)
		}
		bytes = now
	}
	again("second")
	kept := 0
	for _, at := range []int{1, 30, 70} {
		r.kill(db, at, time.Millisecond)
		looked := lookedAgain(t, db)
		kept += len(looked)
		r.at(nil)
		again(fmt.Sprintf("killed at request %d", at))
		for _, q := range r.server.Requests() {
			if looked[public(q)] {
				t.Errorf("killed at request %d: asked again for %s", at, q.Path)
			}
		}
	}
	if kept == 0 {
		t.Error("no run was killed after it had looked at something")
	}
}

// lookedAgain lists the URLs that the run that did not end has looked at.
func lookedAgain(t *testing.T, file string) map[string]bool {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT f.url FROM looks k JOIN fetches f ON f.id = k.fetch
		WHERE k.at > 1e9 * (SELECT unixepoch(started_at, 'subsec') FROM runs WHERE ended_at IS NULL) + 1e6`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	urls := map[string]bool{}
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			t.Fatal(err)
		}
		urls[url] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return urls
}

// TestAgainOfCaptures counts the same over 100 captured models, and says how
// many bytes and how much processor time the first and the second audit take.
func TestAgainOfCaptures(t *testing.T) {
	const targets = "../../../shared/experts/osai-2026-06-targets.csv"
	if _, err := os.Stat(targets); err != nil {
		t.Skip("no shared corpus")
	}
	if os.Getenv("OPENNESS_SLOW") == "" {
		t.Skip("audits 100 captured models three times: with OPENNESS_SLOW=1 only")
	}
	const n = 100
	_, base := replaytest.Start(t, "../../../shared/corpus")
	r := &rig{t: t, list: sampleOf(t, targets, n), base: base}
	db := filepath.Join(t.TempDir(), "o.db")
	var first string
	var before int
	for run := range 3 {
		p := r.command(db)
		if code := p.run(t); code != exitUnreached {
			t.Fatalf("exit code %d\n%s", code, &p.stderr)
		}
		out := seenAgain.Replace(times.ReplaceAllString(p.stdout.String(), `"$1": ""`))
		bytes, _ := sizeOf(t, db, "crawls")
		used := p.ProcessState.UserTime() + p.ProcessState.SystemTime()
		t.Logf("run %d: %d bytes and %v a model", run+1, (bytes-before)/n, used/n)
		switch {
		case run == 0:
			first = out
		case out != first:
			t.Errorf("run %d says otherwise", run+1)
		case bytes-before > n*mostAgain:
			t.Errorf("run %d: %d bytes a model", run+1, (bytes-before)/n)
		}
		before = bytes
	}
}
