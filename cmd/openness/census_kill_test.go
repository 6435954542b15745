package main

import (
	"cmp"
	"database/sql"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestCensusSurvivesKills reads a list of synthetic models with the real program,
// kills it again and again and goes on. OPENNESS_SLOW reads a hub of 2.5 million
// models, or of as many as OPENNESS_CENSUS says, and holds the whole against its
// bounds: processor time, memory and disk.
func TestCensusSurvivesKills(t *testing.T) {
	t.Parallel()
	models, kills, window := 19_990, 6, time.Duration(0)
	if os.Getenv("OPENNESS_SLOW") != "" {
		models, _ = strconv.Atoi(cmp.Or(os.Getenv("OPENNESS_CENSUS"), "2500000"))
		kills, window = 20, 5*time.Second
	}
	hub := &listHub{models: models, window: window, faulty: true}
	base := serveList(t, hub)
	db := filepath.Join(cmp.Or(os.Getenv("OPENNESS_CENSUS_DIR"), t.TempDir()), "census.db")
	program, err := exec.LookPath("openness") // testscript.Main put it there
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 7))
	var cpu time.Duration
	var memory int64
	for killed := 0; ; {
		p := &process{Cmd: exec.Command(program, "census", "--resume", "--db", db, "--format", "csv")}
		p.Env = append(os.Environ(), "HF_ENDPOINT="+base, "HF_TOKEN=")
		p.Stdout, p.Stderr = &p.stdout, &p.stderr
		hub.mu.Lock()
		at := len(hub.served) + 1 + random.IntN(max(1, 2*models/1000/(kills+1)))
		again := killed < kills
		after := time.Duration(random.IntN(60)) * time.Millisecond
		hub.answers = func(n int) {
			if again && n == at {
				time.AfterFunc(after, func() { _ = p.Process.Kill() })
			}
		}
		hub.mu.Unlock()
		code := p.run(t)
		usage := p.ProcessState.SysUsage().(*syscall.Rusage)
		cpu += p.ProcessState.UserTime() + p.ProcessState.SystemTime()
		memory = max(memory, usage.Maxrss)
		if code == -1 {
			killed++
			continue
		}
		if code != 0 {
			t.Fatalf("exit code %d\n%s", code, &p.stderr)
		}
		if killed < kills/2 {
			t.Errorf("killed %d times only", killed)
		}
		checkCensus(t, hub, db, models, killed)
		if !strings.HasPrefix(p.stdout.String(), "table,key,models,") ||
			!strings.Contains(p.stdout.String(), "\nall,all,"+strconv.Itoa(models)+",") {
			t.Errorf("it printed %.300s", &p.stdout)
		}
		break
	}
	size := int64(0)
	for _, f := range []string{db, db + "-wal"} {
		if info, err := os.Stat(f); err == nil {
			size += info.Size()
		}
	}
	t.Logf("%d models, %d pages, %d refused for want of quota: %s of processor time, %d MB of memory, %d MB stored (%d bytes a model)",
		models, len(hub.served), hub.limits, cpu.Round(time.Millisecond), memory>>10, size>>20, size/int64(models))
	// A process starts with the peak of the one that made it, here of all tests that run
	// beside this one: of memory only the long run, which is made alone, says something.
	if os.Getenv("OPENNESS_SLOW") == "" {
		memory = 0
	}
	if scale := float64(models) / 2.5e6; cpu > 20*time.Second+time.Duration(scale*float64(10*time.Minute)) ||
		memory > 512<<10 || size > 1<<20+int64(scale*float64(2<<30)) {
		t.Error("that is over the bound: 10 minutes, 512 MB and 2 GB for 2.5 million models")
	}
}

// checkCensus demands that every model is stored once, that no page was stored
// twice, and that no page was asked for again but where a kill lost it.
func checkCensus(t *testing.T, hub *listHub, file string, models, killed int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var rows, names, counted, pages, censuses int
	var sound string
	if err := db.QueryRow(`SELECT (SELECT count(*) FROM census_models), (SELECT count(DISTINCT model) FROM census_models), models, pages,
		(SELECT count(*) FROM censuses), (SELECT integrity_check FROM pragma_integrity_check) FROM censuses`).Scan(&rows, &names, &counted, &pages, &censuses, &sound); err != nil {
		t.Fatal(err)
	}
	if rows != models || names != models || counted != models || censuses != 1 || sound != "ok" {
		t.Errorf("%d rows of %d names, %d counted, in %d censuses, %s: want %d models", rows, names, counted, censuses,
			sound, models)
	}
	hub.mu.Lock()
	defer hub.mu.Unlock()
	again := len(hub.served) - len(slices.Compact(slices.Sorted(slices.Values(hub.served))))
	if again > killed || len(hub.served)-again != pages {
		t.Errorf("%d pages were given again after %d kills; %d of %d are stored", again, killed, pages, len(hub.served))
	}
	if hub.failed == 0 || hub.limits == 0 {
		t.Error("the hub failed over no page, or refused none")
	}
}
