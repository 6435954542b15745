package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"openness/audit"
	"openness/rubric"
)

// SaveAgain stores a crawl that found what the latest one of its subject had
// found, as a reference to it, and completes the record with the observations of
// then: they need not be made again. Where anything differs, be it only who
// would observe, it stores nothing and says so.
//
// A time alone is no difference, nor whether a page was sent again or only said
// not to have changed: both are kept, and Record gives them.
func (db *DB) SaveAgain(ctx context.Context, r *audit.Record, toolVersion string,
	at time.Time) (again bool, err error) {
	if r.Observer == "" {
		return false, nil
	}
	var before Before
	err = db.read(ctx, func(conn *sql.Conn) error {
		const query = `SELECT c.id, ` + ownCrawl + `, c.observer FROM crawls c JOIN subjects s ON s.id = c.subject
			WHERE s.model = ? AND s.label = ? ORDER BY c.id DESC LIMIT 1`
		var observer string
		err := conn.QueryRowContext(ctx, query, r.Subject.ID, r.Subject.Label).Scan(&before.crawl, &before.own,
			&observer)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil && observer == r.Observer {
			before.Record, err = recordOf(ctx, conn, before.crawl)
		}
		return err
	})
	if err != nil || before.Record.Observer == "" || !unchanged(&before.Record, r) {
		return false, err
	}
	return db.SaveSame(ctx, &before, r, toolVersion, at)
}

// A Before is the latest crawl of a subject, and the way by which it was gathered.
type Before struct {
	Record     audit.Record
	Steps      []byte
	crawl, own int64 // own has the rows, see ownCrawl
}

// Before finds the latest crawl of what is to be looked at again, by the key of its
// way, if the same observers made it.
func (db *DB) Before(ctx context.Context, key, observer string) (b Before, found bool, err error) {
	if key == "" || observer == "" {
		return b, false, nil
	}
	err = db.read(ctx, func(conn *sql.Conn) error {
		var packed []byte
		const query = `SELECT c.id, w.crawl, w.steps FROM courses w JOIN crawls o ON o.id = w.crawl
			JOIN crawls c ON c.id = (SELECT max(id) FROM crawls WHERE subject = o.subject)
			WHERE w.key = ? AND ` + ownCrawl + ` = o.id AND c.observer = ?`
		err := conn.QueryRowContext(ctx, query, key, observer).Scan(&b.crawl, &b.own, &packed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			b.Steps, err = bodyDecoder().DecodeAll(packed, nil)
		}
		if err == nil {
			b.Record, err = recordOf(ctx, conn, b.crawl)
		}
		found = err == nil
		return err
	})
	return b, found, err
}

// insertCourse keeps the way by which a crawl was gathered.
func insertCourse(ctx context.Context, tx *sql.Tx, crawl int64, r *audit.Record) error {
	if r.Course.Key == "" || len(r.Course.Steps) == 0 || r.Observer == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO courses (key, crawl, steps) VALUES (?, ?, ?)`, r.Course.Key,
		crawl,
		bodyEncoder().EncodeAll(r.Course.Steps, nil))
	return err
}

// SaveSame stores a crawl that found what the latest one of its subject had found, as
// SaveAgain does, where that is known already.
func (db *DB) SaveSame(ctx context.Context, before *Before, r *audit.Record, toolVersion string,
	at time.Time) (again bool, err error) {
	looked, err := packLooks(r.Documents, at)
	if err != nil {
		return false, nil //nolint:nilerr // what cannot be written so is written in full
	}
	err = db.withTx(ctx, func(tx *sql.Tx) error {
		crawls, err := newestCrawls(ctx, tx, &r.Subject, 1)
		if again = err == nil && crawls[0] == before.crawl; !again {
			return err // another process found something else meanwhile
		}
		const columns = `subject, same_as, read_as, looked, observer`
		var subject int64
		var readAs sql.NullInt64
		if err := tx.QueryRowContext(ctx, `SELECT subject, read_as FROM crawls WHERE id = ?`,
			before.own).Scan(&subject, &readAs); err != nil {
			return err
		}
		if err := insertCourse(ctx, tx, before.own, r); err != nil {
			return err
		}
		_, err = insertCrawl(ctx, tx, &r.Subject, origin{"crawl", toolVersion, at}, columns, subject, before.own,
			readAs, looked, r.Observer)
		return err
	})
	if err != nil || !again {
		return false, err
	}
	r.Observations, err = recited(before.Record.Observations, before.Record.Documents, r.Documents)
	return err == nil, err
}

// unchanged reports whether a crawl found what the one before had found.
func unchanged(before, after *audit.Record) bool {
	a, b := before.Subject, after.Subject
	if a.ID != b.ID || a.Target != b.Target || a.Label != b.Label || a.Name != b.Name ||
		a.Organisation != b.Organisation || a.Base != b.Base ||
		a.Released != b.Released || !slices.Equal(a.Places, b.Places) || len(before.Documents) != len(after.Documents) {
		return false
	}
	for i := range after.Documents {
		if !sameDocument(&before.Documents[i], &after.Documents[i]) {
			return false
		}
	}
	return true
}

// sameDocument compares all but when and how the same was found. What stands in
// for a source that fails must be of the same look.
func sameDocument(before, after *audit.Document) bool {
	a, b := before, after
	gave := func(d *audit.Document) bool { return d.Outcome == audit.Fetched || d.Outcome == audit.NotModified }
	return a.URL == b.URL && a.Kind == b.Kind && a.Place == b.Place && a.PlaceID == b.PlaceID && a.Role == b.Role &&
		a.Path == b.Path &&
		a.Revision == b.Revision && a.Detail == b.Detail && a.ContentType == b.ContentType && a.ETag == b.ETag &&
		a.Modified == b.Modified &&
		a.SHA256 == b.SHA256 && a.Partial == b.Partial && (gave(a) && gave(b) ||
		a.Outcome == b.Outcome && a.Status == b.Status) &&
		a.StaleSince.Equal(b.StaleSince) && a.StaleWhy == b.StaleWhy && a.LastSeen.Equal(b.LastSeen) &&
		a.FirstMissed.Equal(b.FirstMissed) &&
		(a.StaleSince.IsZero() || a.RetrievedAt.Equal(b.RetrievedAt))
}

// recited gives observations of documents that were looked at again.
func recited(observations []audit.Observation, before, after []audit.Document) ([]audit.Observation, error) {
	cited := citations(before)
	for i := range observations {
		o := &observations[i]
		if at, known := cited.of(o); known {
			cites(o, &after[at])
		} else if o.Finding == audit.Present {
			return nil, fmt.Errorf("observation %d of %q: %w", i, o.Fact, errPacked)
		}
	}
	return observations, nil
}

// assessAgain notes that an assessment of a crawl without observations of its own
// came out as one of a crawl with the same observations.
func assessAgain(ctx context.Context, tx *sql.Tx, crawl int64, a *rubric.Assessment, rows []judgementRow,
	from origin) (again bool, err error) {
	var id int64
	var s rubric.Score
	err = tx.QueryRowContext(ctx, `SELECT a.id, a.strict, a.determined, a.max, a.percent, a.coverage FROM crawls c
		JOIN crawls o ON o.subject = c.subject AND (o.id = c.same_as OR o.same_as = c.same_as) JOIN assessments a ON a.crawl = o.id
		WHERE c.id = ? AND c.same_as IS NOT NULL AND a.rubric = ? AND a.rubric_version = ? AND a.rubric_sha256 = ? AND a.tool_version = ?
		ORDER BY a.id DESC LIMIT 1`, crawl, a.Rubric.ID, a.Rubric.Version, a.Rubric.SHA256, from.tool).
		Scan(&id, &s.Strict, &s.Determined, &s.Max, &s.Percent, &s.Coverage)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil || s.Strict != a.Score.Strict || s.Determined != a.Score.Determined || s.Max != a.Score.Max ||
		s.Coverage != a.Score.Coverage {
		return false, err
	}
	before, err := judgementRows(ctx, tx, id)
	if err != nil || !slices.Equal(before, rows) {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO assessments_again (crawl, assessment, at) VALUES (?, ?, ?)`,
		crawl, id, from.at.UnixNano())
	return err == nil, err
}

func judgementRows(ctx context.Context, q querier, assessment int64) ([]judgementRow, error) {
	rows, err := q.QueryContext(ctx,
		`SELECT j.dimension, j.class, j.reason, j.origin, j.rule, j.cause, j.unknown, j.observations
		FROM assessments a CROSS JOIN judgements j ON j.assessment = `+ownJudgements+`
		WHERE a.id = ? ORDER BY j.position`, assessment)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []judgementRow
	for rows.Next() {
		var j judgementRow
		if err := rows.Scan(&j.dimension, &j.class, &j.reason, &j.origin, &j.rule, &j.cause, &j.unknown,
			&j.observations); err != nil {
			return nil, err
		}
		list = append(list, j)
	}
	return list, rows.Err()
}
