package data

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
)

// mergedTables says of every table that a merge knows it: what is made anew from
// others is left out.
var mergedTables = []string{"bodies", "fetches", "subjects", "crawls", "places", "crawl_documents", "observations",
	"assessments", "judgements", "reviews", "runs", "run_targets", "vocabularies", "readings",
	"censuses", "census_models", "looks", "assessments_again", "courses", "once"}

// A joiner copies rows of several stores into a new one.
type joiner struct {
	from      []*sql.Conn
	names     []string
	tx        *sql.Tx
	crawls    []map[int64]int64 // of each source, its crawls in the new store
	conflicts []string
	damaged   map[string]bool // hashes of documents whose bytes are nowhere whole
}

func (j *joiner) join(ctx context.Context) error {
	for _, step := range []func(context.Context) error{j.bodies, j.fetches, j.records, j.assessments, j.reviews, j.runs,
		j.censuses} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// mostConflicts bounds how many conflicts are named one by one.
const mostConflicts = 200

func (j *joiner) conflict(format string, args ...any) {
	if len(j.conflicts) < mostConflicts {
		j.conflicts = append(j.conflicts, fmt.Sprintf(format, args...))
	}
}

// bodies copies the bytes of documents as they are packed. What does not unpack
// to its hash is taken from another store, or else known by its hash alone.
func (j *joiner) bodies(ctx context.Context) error {
	j.damaged = make(map[string]bool)
	for i, conn := range j.from {
		if err := j.bodiesOf(ctx, i, conn); err != nil {
			return err
		}
	}
	return nil
}

func (j *joiner) bodiesOf(ctx context.Context, source int, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, `SELECT sha256, bytes, data FROM bodies ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	insert, err := j.tx.PrepareContext(ctx, `INSERT INTO bodies (sha256, bytes, data) VALUES (?, ?, ?)
		ON CONFLICT (sha256) DO UPDATE SET data = excluded.data WHERE data IS NULL`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for rows.Next() {
		var sum string
		var size int
		var packed []byte
		if err := rows.Scan(&sum, &size, &packed); err != nil {
			return err
		}
		if packed == nil {
			if err := storeHash(ctx, j.tx, sum, size); err != nil {
				return err
			}
			continue
		}
		if _, err := unpack(sum, size, packed); err != nil {
			j.conflict("%s: %v", j.names[source], err)
			if err := j.lose(ctx, sum, size); err != nil {
				return err
			}
			continue
		}
		if _, err := insert.ExecContext(ctx, sum, size, packed); err != nil {
			return err
		}
		delete(j.damaged, sum)
	}
	return rows.Err()
}

// lose notes a document whose bytes this store does not have whole.
func (j *joiner) lose(ctx context.Context, sum string, size int) error {
	if err := storeHash(ctx, j.tx, sum, max(size, 0)); err != nil {
		return err
	}
	var whole bool
	err := j.tx.QueryRowContext(ctx, `SELECT data IS NOT NULL FROM bodies WHERE sha256 = ?`, sum).Scan(&whole)
	if err == nil && !whole {
		j.damaged[sum] = true
	}
	return err
}

// fetches copies answers and attempts, each once, in the order in which they were
// given last: the last row of an address is what it gave last.
func (j *joiner) fetches(ctx context.Context) error {
	const query = `SELECT coalesce(k.at / 1e9, unixepoch(f.retrieved_at, 'subsec')) AS last, f.url, f.kind, f.place, f.place_id, f.path, f.revision,
		f.status, f.outcome, f.detail, f.content_type, f.etag, f.last_modified, coalesce(f.sha256, ''), f.partial, f.retrieved_at, k.at, k.status, k.outcome
		FROM fetches f LEFT JOIN looks k ON k.fetch = f.id ORDER BY last, f.id`
	return j.walk(ctx, query, func(_ int, row []any) error {
		var d audit.Document
		var at string
		err := assign(row[1:16], &d.URL, (*string)(&d.Kind), (*string)(&d.Place), &d.PlaceID, &d.Path, &d.Revision,
			&d.Status,
			(*string)(&d.Outcome), &d.Detail, &d.ContentType, &d.ETag, &d.Modified, &d.SHA256, &d.Partial, &at)
		if err == nil {
			d.RetrievedAt, err = parseTime(at)
		}
		var id int64
		var known bool
		if err == nil {
			id, known, err = findFetch(ctx, j.tx, &d)
		}
		if err == nil && !known {
			id, err = insertFetch(ctx, j.tx, &d)
		}
		if err == nil && row[16] != nil {
			_, err = j.tx.ExecContext(ctx,
				`INSERT INTO looks (fetch, at, status, outcome) VALUES (?, ?, ?, ?) ON CONFLICT (fetch) DO UPDATE
				SET at = excluded.at, status = excluded.status, outcome = excluded.outcome WHERE excluded.at > at`, id,
				row[16], row[17], row[18])
		}
		return err
	})
}

// assign puts values of SQLite into variables of ours.
func assign(row []any, into ...any) error {
	for i, v := range row {
		switch to := into[i].(type) {
		case *string:
			*to, _ = v.(string)
		case *int:
			n, _ := v.(int64)
			*to = int(n)
		case *bool:
			n, _ := v.(int64)
			*to = n != 0
		default:
			return fmt.Errorf("column %d: no way to read %T", i, to)
		}
	}
	return nil
}

// A momentKey names what one model was seen as at one time.
type momentKey struct{ subject, at string }

// records copies crawls with all that they hold. The same crawl in two stores is
// one; two that differ are two, even where model and time are the same.
func (j *joiner) records(ctx context.Context) error {
	known := make(map[[sha256.Size]byte]int64)
	moments := make(map[momentKey]int) // the source that told of it first
	return j.walk(ctx, `SELECT at, id, origin, tool_version FROM crawls ORDER BY id`,
		func(source int, row []any) error {
			crawl, kind, tool := row[1].(int64), row[2].(string), row[3].(string)
			r, err := recordOf(ctx, j.from[source], crawl)
			if err != nil {
				return explain(j.names[source], err)
			}
			text, err := json.Marshal([]any{row[0], kind, tool, r})
			if err != nil {
				return err
			}
			identity := sha256.Sum256(text)
			if id, ok := known[identity]; ok {
				j.crawls[source][crawl] = id
				return nil
			}
			moment := momentKey{Key(r.Subject), row[0].(string)}
			if other, ok := moments[moment]; ok && other != source {
				j.conflict("%s: %s and %s saw different things at %s: both are kept", moment.subject, j.names[other],
					j.names[source], moment.at)
			} else {
				moments[moment] = source
			}
			at, err := parseTime(moment.at)
			var again bool
			if err == nil && kind == "crawl" {
				again, err = j.again(ctx, &r, origin{kind, tool, at})
			}
			if err == nil && !again {
				err = insertRecord(ctx, j.tx, &r, origin{kind, tool, at})
			}
			if err != nil {
				return fmt.Errorf("%s: record of %q: %w", j.names[source], Key(r.Subject), err)
			}
			id, err := latestCrawl(ctx, j.tx, &r.Subject)
			known[identity], j.crawls[source][crawl] = id, id
			return err
		})
}

// again writes a crawl that found what the one before it had found as a reference
// to that, as SaveAgain does.
func (j *joiner) again(ctx context.Context, r *audit.Record, from origin) (bool, error) {
	if r.Observer == "" {
		return false, nil
	}
	latest, err := latestCrawl(ctx, j.tx, &r.Subject)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	before, err := recordOf(ctx, j.tx, latest)
	if err != nil || before.Observer != r.Observer || !unchanged(&before, r) {
		return false, err
	}
	looked, err := packLooks(r.Documents, from.at)
	if err != nil {
		return false, nil //nolint:nilerr // what cannot be written so is written in full
	}
	var subject, own int64
	var readAs sql.NullInt64
	if err := j.tx.QueryRowContext(ctx, `SELECT subject, coalesce(same_as, id), read_as FROM crawls WHERE id = ?`,
		latest).Scan(&subject, &own, &readAs); err != nil {
		return false, err
	}
	_, err = insertCrawl(ctx, j.tx, &r.Subject, from, `subject, same_as, read_as, looked, observer`, subject, own,
		readAs, looked, r.Observer)
	return err == nil, err
}

// assessments copies what rubrics made of crawls, and notes of what came out again.
func (j *joiner) assessments(ctx context.Context) error {
	known := make(map[[sha256.Size]byte]int64)
	ids := make([]map[int64]int64, len(j.from)) // of each source, its assessments in the new store
	for i := range ids {
		ids[i] = make(map[int64]int64)
	}
	if err := j.written(ctx, known, ids); err != nil {
		return err
	}
	for i, conn := range j.from {
		rows, err := rowsOf(ctx, conn, `SELECT crawl, assessment, at FROM assessments_again ORDER BY crawl, assessment`)
		if err != nil {
			return explain(j.names[i], err)
		}
		for _, row := range rows {
			crawl, assessment := j.crawls[i][row[0].(int64)], ids[i][row[1].(int64)]
			if _, err := j.tx.ExecContext(ctx,
				`INSERT OR IGNORE INTO assessments_again (crawl, assessment, at) VALUES (?, ?, ?)`,
				crawl, assessment, row[2]); err != nil {
				return err
			}
		}
	}
	return nil
}

// written copies the assessments that have rows of their own.
func (j *joiner) written(ctx context.Context, known map[[sha256.Size]byte]int64, ids []map[int64]int64) error {
	const query = `SELECT a.at, a.id, a.crawl, a.rubric, a.rubric_version, a.rubric_sha256, a.tool_version, a.strict, a.determined, a.max,
		a.percent, a.coverage FROM assessments a ORDER BY a.id`
	return j.walk(ctx, query, func(source int, row []any) error {
		judgements, err := judgementRows(ctx, j.from[source], row[1].(int64))
		if err != nil {
			return err
		}
		said := make([][]any, len(judgements))
		for i := range judgements {
			said[i] = judgements[i].columns()
		}
		crawl := j.crawls[source][row[2].(int64)]
		text, err := json.Marshal([]any{row[0], crawl, row[3:], said})
		if err != nil {
			return err
		}
		identity := sha256.Sum256(text)
		if id, seen := known[identity]; seen {
			ids[source][row[1].(int64)] = id
			return nil
		}
		once := sharedJudgements(judgements)
		if there, err := once.owner(ctx, j.from[source]); err != nil {
			return err
		} else if there == 0 {
			once = nil
		}
		id, err := writeAssessment(ctx, j.tx, append([]any{row[0], crawl}, row[3:]...), judgements, once)
		known[identity], ids[source][row[1].(int64)] = id, id
		return err
	})
}

func rowsOf(ctx context.Context, q querier, query string, args ...any) (all [][]any, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for {
		row, err := nextRow(rows)
		if err != nil || row == nil {
			return all, err
		}
		all = append(all, row)
	}
}

// A said is the newest review so far of one dimension of one model.
type said struct {
	class, by string
	row       [sha256.Size]byte
	sources   []int // that have it
}

// reviews copies what people said. That they disagree is for people to settle:
// the newer counts, as in one store, and a review that was given without sight of
// the other is named.
func (j *joiner) reviews(ctx context.Context) error {
	known := make(map[[sha256.Size]byte]bool)
	newest := make(map[string]*said)
	const query = `SELECT r.at, s.model, s.label, r.dimension, r.class, r.reason, r.reviewer, r.link FROM reviews r
		JOIN subjects s ON s.id = r.subject ORDER BY r.id`
	return j.walk(ctx, query, func(source int, row []any) error {
		var s audit.Subject
		var dimension, class, reason, by, link string
		if err := assign(row[1:], &s.ID, &s.Label, &dimension, &class, &reason, &by, &link); err != nil {
			return err
		}
		text, err := json.Marshal(row)
		if err != nil {
			return err
		}
		now := &said{class, by, sha256.Sum256(text), []int{source}}
		about := Key(s) + " " + dimension
		last := newest[about]
		if known[now.row] {
			if last != nil && last.row == now.row {
				last.sources = append(last.sources, source)
			}
			return nil
		}
		known[now.row] = true
		if last != nil && last.class != class && !slices.Contains(last.sources, source) {
			j.conflict("%s: %s says %s (%s), %s says %s (%s): the newer, %s, counts", about, j.names[last.sources[0]],
				last.class, last.by,
				j.names[source], class, by, class)
		}
		newest[about] = now
		subject, err := ensureSubject(ctx, j.tx, &s)
		if err != nil {
			return err
		}
		_, err = j.tx.ExecContext(ctx,
			`INSERT INTO reviews (subject, dimension, class, reason, reviewer, link, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			subject, dimension, class, reason, by, link, row[0])
		return err
	})
}

// runs copies calls of audit with the targets that they finished, so that one
// that was killed goes on in the joined store.
func (j *joiner) runs(ctx context.Context) error {
	return j.walk(ctx, `SELECT started_at, id, list, ended_at FROM runs ORDER BY id`,
		func(source int, row []any) error {
			var run int64
			err := j.tx.QueryRowContext(ctx,
				`UPDATE runs SET ended_at = coalesce(ended_at, ?) WHERE list = ? AND started_at = ? RETURNING id`,
				row[3], row[2], row[0]).Scan(&run)
			if errors.Is(err, sql.ErrNoRows) {
				err = j.tx.QueryRowContext(ctx,
					`INSERT INTO runs (list, started_at, ended_at) VALUES (?, ?, ?) RETURNING id`,
					row[2], row[0], row[3]).Scan(&run)
			}
			if err != nil {
				return err
			}
			targets, err := rowsOf(ctx, j.from[source],
				`SELECT target, crawl FROM run_targets WHERE run = ? ORDER BY target`, row[1])
			for i := 0; i < len(targets) && err == nil; i++ {
				crawl, _ := targets[i][1].(int64)
				_, err = j.tx.ExecContext(ctx, `INSERT INTO run_targets (run, target, crawl) VALUES (?, ?, ?)
				ON CONFLICT (run, target) DO UPDATE SET crawl = max(crawl, excluded.crawl)`, run, targets[i][0],
					j.crawls[source][crawl])
			}
			return err
		})
}

// censuses copies readings of a hub's list; of one that two stores have, the one
// that got further.
func (j *joiner) censuses(ctx context.Context) error {
	const query = `SELECT started_at, id, tool_version, ended_at IS NOT NULL, pages FROM censuses ORDER BY id`
	return j.walk(ctx, query, func(source int, row []any) error {
		var id int64
		var ended bool
		var pages int64
		err := j.tx.QueryRowContext(ctx,
			`SELECT id, ended_at IS NOT NULL, pages FROM censuses WHERE started_at = ? AND tool_version = ?`,
			row[0], row[2]).Scan(&id, &ended, &pages)
		switch {
		case err == nil && (ended || row[3] == int64(0) && pages >= row[4].(int64)):
			return nil
		case err == nil:
			for _, statement := range []string{`DELETE FROM census_models WHERE census = ?`,
				`DELETE FROM censuses WHERE id = ?`} {
				if _, err := j.tx.ExecContext(ctx, statement, id); err != nil {
					return err
				}
			}
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		if id, err = j.copyRows(ctx, source, "censuses", `SELECT * FROM censuses WHERE id = ?`, row[1], "id",
			nil); err != nil {
			return err
		}
		_, err = j.copyRows(ctx, source, "census_models", `SELECT * FROM census_models WHERE census = ?`, row[1],
			"census", id)
		return err
	})
}

// copyRows copies rows of a source whole but for one column, and gives the last
// row's id.
func (j *joiner) copyRows(ctx context.Context, source int, table, query string, of any, column string,
	value any) (id int64, err error) {
	rows, err := j.from[source].QueryContext(ctx, query, of)
	if err != nil {
		return 0, explain(j.names[source], err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	insert, err := j.tx.PrepareContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES (?"+
		strings.Repeat(", ?", len(columns)-1)+")")
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	at := slices.Index(columns, column)
	for {
		row, err := nextRow(rows)
		if err != nil || row == nil {
			return id, explain(j.names[source], err)
		}
		row[at] = value
		result, err := insert.ExecContext(ctx, row...)
		if err != nil {
			return 0, err
		}
		if id, err = result.LastInsertId(); err != nil {
			return 0, err
		}
	}
}

// unknownTables are tables with rows that a merge would lose.
func unknownTables(ctx context.Context, q querier) (names []string, err error) {
	rows, err := rowsOf(ctx, q,
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	for _, row := range rows {
		name := row[0].(string)
		if slices.Contains(mergedTables, name) || strings.HasPrefix(name, "document_text") { // the index of the bytes
			continue
		}
		var any bool
		if err := q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM "`+name+`")`).Scan(&any); err != nil {
			return nil, err
		}
		if any {
			names = append(names, name)
		}
	}
	return names, err
}
