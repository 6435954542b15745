package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"openness/audit"
)

// digestsToMutate are the models that synthetic ones are made from: those of the
// file that OPENNESS_DUMP names, which TestDump of audit/observe writes from
// captures, or those of the built-in snapshot.
func digestsToMutate(t testing.TB) []audit.Digest {
	var list []audit.Digest
	if file, err := os.Open(os.Getenv("OPENNESS_DUMP")); err == nil {
		defer file.Close()
		for lines := json.NewDecoder(file); lines.More(); {
			var line struct {
				Subject      string
				Observations []audit.Observation
			}
			if err := lines.Decode(&line); err != nil {
				t.Fatal(err)
			}
			list = append(list, audit.DigestOf(&audit.Record{Subject: audit.Subject{ID: line.Subject},
				Observations: line.Observations}))
		}
		return list
	}
	db, err := OpenOrSnapshot(t.Context(), t.TempDir()+"/none.db")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.EachFullRecord(t.Context(), func(r audit.Record) error {
		list = append(list, audit.DigestOf(&r))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// mutated is a model like one of a list, of which one to six readings are others:
// another value of the fact, another finding, or none at all.
func mutated(list []audit.Digest, random *rand.Rand) audit.Digest {
	d := list[random.IntN(len(list))]
	d.Readings = append([]audit.Reading(nil), d.Readings...)
	for range 1 + random.IntN(6) {
		if len(d.Readings) == 0 {
			break
		}
		i := random.IntN(len(d.Readings))
		r := &d.Readings[i]
		switch random.IntN(5) {
		case 0:
			d.Readings = append(d.Readings[:i], d.Readings[i+1:]...)
		case 1:
			r.Finding, r.Value, r.Quoted = audit.NotThere, "", false
		case 2:
			r.Finding, r.Value, r.Quoted = []audit.Finding{audit.Denied, audit.NotFetched,
				audit.Unreadable}[random.IntN(3)], "", false
		default:
			if values := valuesOf(&audit.Facts()[max(r.Fact, 0)]); len(values) > 0 {
				r.Finding, r.Value, r.Quoted = audit.Present, values[random.IntN(len(values))], random.IntN(20) > 0
			}
		}
	}
	return d
}

// syntheticStore fills a database with the packed rows of n mutated models, and
// counts how many differ in what their classes depend on.
func syntheticStore(t testing.TB, n int) (db *DB, distinct int) {
	t.Helper()
	list := digestsToMutate(t)
	db, err := OpenScratch(context.WithoutCancel(t.Context()), t.TempDir()+"/synthetic.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	random := rand.New(rand.NewPCG(14, 1))
	seen, seed := make(map[uint64]struct{}), maphash.MakeSeed()
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	err = db.withTx(t.Context(), func(tx *sql.Tx) error {
		text, err := vocabularyText()
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(t.Context(), `INSERT INTO vocabularies (id, facts) VALUES (1, ?)`,
			text); err != nil {
			return err
		}
		for i := range n {
			d := mutated(list, random)
			packed, addresses, err := pack(&d)
			if err != nil {
				return err
			}
			seen[maphash.Bytes(seed, packed)] = struct{}{}
			organisation, name := fmt.Sprintf("org-%d", i%1000), fmt.Sprintf("model-%d", i)
			id := organisation + "/" + name
			for _, insert := range []struct {
				query string
				args  []any
			}{
				{`INSERT INTO subjects (id, model, label) VALUES (?, ?, '')`, []any{i + 1, id}},
				{`INSERT INTO crawls (id, subject, origin, at, tool_version, target, name, organisation, base, released)
					VALUES (?, ?, 'crawl', ?, 'test', ?, ?, ?, '', '')`, []any{i + 1, i + 1, timeText(at), id, name,
					organisation}},
				{`INSERT INTO readings (crawl, vocabulary, packed, addresses) VALUES (?, 1, ?, ?)`,
					[]any{i + 1, packed, addresses}},
			} {
				if _, err := tx.ExecContext(t.Context(), insert.query, insert.args...); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, len(seen)
}
