package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/replay/replaytest"
	"openness/data"
	"openness/reports/exchange/parquet"
	"openness/rubric"
)

// duck runs queries in DuckDB, which npm brings: its own binding for Go would add as
// much to the program as the program is. OPENNESS_DUCKDB names the folder into which
// @duckdb/node-api was installed.
const duck = `
import { createRequire } from 'node:module';
const require = createRequire(process.argv[1] + '/');
const { DuckDBInstance } = require('@duckdb/node-api');
const db = await (await DuckDBInstance.create(':memory:')).connect();
let text = '';
for await (const part of process.stdin) text += part;
const out = [];
for (const query of JSON.parse(text)) out.push((await db.runAndReadAll(query)).getRowsJson());
console.log(JSON.stringify(out));`

// duckDB gives the rows of each query, or skips the test.
func duckDB(t *testing.T, queries ...string) [][][]any {
	t.Helper()
	folder := os.Getenv("OPENNESS_DUCKDB")
	if folder == "" {
		t.Skip("no DuckDB: npm install --prefix DIR @duckdb/node-api, and set OPENNESS_DUCKDB=DIR")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node to run DuckDB in")
	}
	asked, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(node, "--input-type=module", "-e", duck, folder)
	command.Stdin = bytes.NewReader(asked)
	out, err := command.Output()
	if err != nil {
		var ended *exec.ExitError
		if errors.As(err, &ended) {
			t.Fatalf("DuckDB: %v\n%s", err, ended.Stderr)
		}
		t.Fatalf("DuckDB: %v", err)
	}
	var rows [][][]any
	if err := json.Unmarshal(out, &rows); err != nil || len(rows) != len(queries) {
		t.Fatalf("DuckDB gave %.200s: %v", out, err)
	}
	return rows
}

// TestParquetInDuckDB: the rows and sums that DuckDB reads are those of the store, and
// the queries of the documentation run.
func TestParquetInDuckDB(t *testing.T) {
	_, base := replaytest.Start(t, "testdata/captures")
	c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}
	c.run("audit", "acme/quokka-7b-chat", "egret/egret-9b-tales", "other/shut-1b", "--quiet")
	c.run("review", "acme/quokka-7b-chat", "datasheet", "--class", "open", "--reason", "seen")
	folder := filepath.Join(t.TempDir(), "p")
	c.run("export", "--format", "parquet", "--out", folder)

	db, err := data.Open(t.Context(), c.db)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var models, observations, documents, size, spans int
	var reviews []rubric.Review
	if reviews, err = db.AllReviews(t.Context()); err != nil || len(reviews) != 1 {
		t.Fatalf("%d reviews, %v", len(reviews), err)
	}
	r, err := oneRubric("")
	if err != nil {
		t.Fatal(err)
	}
	classes, strict := map[string]int{}, 0.0
	err = db.EachFullRecord(t.Context(), func(record audit.Record) error {
		models++
		observations += len(record.Observations)
		documents += len(record.Documents)
		for i := range record.Observations {
			spans += record.Observations[i].End - record.Observations[i].Start
		}
		for i := range record.Documents {
			size += record.Documents[i].Bytes()
		}
		own := slices.DeleteFunc(slices.Clone(reviews), func(v rubric.Review) bool {
			return v.Model != data.Key(record.Subject)
		})
		a := rubric.Apply(r.Judge(record.Observations), own)
		strict += a.Score.Strict
		for _, j := range a.Judgements {
			classes[string(j.Class)]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../docs/parquet.md")
	if err != nil {
		t.Fatal(err)
	}
	in := func(query string) string { return strings.ReplaceAll(query, "openness-parquet", folder) }
	queries := []string{
		in("SELECT count(*) FROM 'openness-parquet/models.parquet'"),
		in("SELECT count(*), sum(end_byte - start_byte) FROM 'openness-parquet/observations.parquet'"),
		in("SELECT count(*), sum(bytes) FROM 'openness-parquet/documents.parquet'"),
		in("SELECT sum(strict) FROM 'openness-parquet/scores/rubric=osai-2026/scores.parquet'"),
		in("SELECT class, count(*)::INT FROM 'openness-parquet/assessments/rubric=osai-2026/assessments.parquet' GROUP BY class ORDER BY class"),
		in("SELECT class, origin FROM 'openness-parquet/assessments/rubric=osai-2026/assessments.parquet' WHERE model = 'acme/quokka-7b-chat' AND dimension = 'datasheet'"),
		in("SELECT count(*) FROM 'openness-parquet/observations.parquet' WHERE retrieved_at < TIMESTAMPTZ '2000-01-01'"),
		in("SELECT count(*) FROM 'openness-parquet/observations.parquet' o JOIN (SELECT DISTINCT sha256 FROM 'openness-parquet/documents.parquet') d USING (sha256) WHERE o.finding = 'present'"),
		in("SELECT count(*) FROM 'openness-parquet/observations.parquet' WHERE finding = 'present'"),
	}
	fixed := len(queries)
	for _, block := range regexp.MustCompile("(?s)```sql\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		queries = append(queries, in(block[1]))
	}
	rows := duckDB(t, queries...)
	want := []string{fmt.Sprint([][]any{{fmt.Sprint(models)}}),
		fmt.Sprint([][]any{{fmt.Sprint(observations), fmt.Sprint(spans)}}),
		fmt.Sprint([][]any{{fmt.Sprint(documents), fmt.Sprint(size)}}), fmt.Sprint([][]any{{strict}})}
	for i, w := range want {
		if got := fmt.Sprint(rows[i]); got != w {
			t.Errorf("%s: DuckDB reads %s, the store has %s", queries[i], got, w)
		}
	}
	for _, row := range rows[4] {
		if n, _ := row[1].(float64); int(n) != classes[fmt.Sprint(row[0])] {
			t.Errorf("%v are %v, the store has %d", row[0], row[1], classes[fmt.Sprint(row[0])])
		}
	}
	if fmt.Sprint(rows[5]) != "[[open review]]" || fmt.Sprint(rows[6]) != "[[0]]" ||
		fmt.Sprint(rows[7]) != fmt.Sprint(rows[8]) {
		t.Errorf("the review is %v; %v observations of no time; %v of %v quotes have their document", rows[5], rows[6],
			rows[7], rows[8])
	}
	if len(queries) < fixed+5 {
		t.Errorf("%d queries in docs/parquet.md", len(queries)-fixed)
	}
	for i := fixed; i < len(queries); i++ {
		if len(rows[i]) == 0 && !strings.Contains(queries[i], "ranked") {
			t.Errorf("no rows: %s", queries[i])
		}
	}
	if meta := fmt.Sprint(rows[len(rows)-1]); !strings.Contains(meta, parquet.Schema) ||
		!strings.Contains(meta, "openness.licence") {
		t.Errorf("metadata: %s", meta)
	}
}

// TestParquetColumnsAreDocumented: docs/parquet.md names every column, in order.
func TestParquetColumnsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/parquet.md")
	if err != nil {
		t.Fatal(err)
	}
	for table, columns := range parquet.Columns() {
		if !strings.Contains(string(text), table+".parquet") ||
			!strings.Contains(string(text), ": "+strings.Join(columns, ", ")+" |") {
			t.Errorf("docs/parquet.md lacks the columns of %s: %s", table, strings.Join(columns, ", "))
		}
	}
}

// TestParquetMemory exports 10,000 models, copies of the snapshot's, and holds the
// memory against its bound.
func TestParquetMemory(t *testing.T) {
	if os.Getenv("OPENNESS_SLOW") == "" {
		t.Skip("stores 10,000 models: set OPENNESS_SLOW=1")
	}
	file := filepath.Join(t.TempDir(), "o.db")
	db, err := data.OpenScratch(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := data.OpenOrSnapshot(t.Context(), file+".none")
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	var records []audit.Record
	err = snapshot.EachFullRecord(t.Context(), func(r audit.Record) error { records = append(records, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := db.LoadSnapshot(t.Context()); err != nil { // the hashes of documents, which copies refer to
		t.Fatal(err)
	}
	models := 10_000
	if n, err := strconv.Atoi(os.Getenv("OPENNESS_MODELS")); err == nil {
		models = n
	}
	for i := range models {
		r := records[i%len(records)]
		r.Subject.ID = fmt.Sprintf("copy-%d/%s", i/len(records), strings.ReplaceAll(r.Subject.ID, "/", "-"))
		if err := db.SaveRecord(t.Context(), r, "test", time.Unix(int64(1.7e9)+int64(i), 0)); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "p")
	p := &process{Cmd: exec.Command(program, "export", "--format", "parquet", "--out", out, "--db", file)}
	p.Stderr = &p.stderr
	begun := time.Now()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	watched := watchMemory(p.Process.Pid)
	if code := p.wait(t); code != 0 {
		t.Fatalf("exit code %d: %s", code, &p.stderr)
	}
	peak, size := <-watched, int64(0)
	err = filepath.Walk(out, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			size += info.Size()
		}
		return err
	})
	t.Logf("%d models: %s, %s of processor time, at most %.0f MiB, %d bytes a model: %.1f GB for a million (%v)",
		models, time.Since(begun).Round(time.Second),
		(p.ProcessState.UserTime() + p.ProcessState.SystemTime()).Round(time.Second), peak, size/int64(models),
		float64(size)/float64(models)/1000, err)
	if peak > 100 {
		t.Errorf("it took %.0f MiB, more than 100", peak)
	}
}
