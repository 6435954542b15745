package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"openness/audit"
	"openness/rubric"
)

// SaveAssessments stores what rubrics made of a crawl of the subject: the latest
// that holds what they rest on. Each judgement keeps which of the crawl's observations it rests on; one that
// rests on anything else is refused. Earlier assessments stay.
func (db *DB) SaveAssessments(ctx context.Context, s audit.Subject, assessments []rubric.Assessment, toolVersion string,
	at time.Time) error {
	return db.saveAssessments(ctx, &s, assessments, toolVersion, at, func(*sql.Tx) error { return nil })
}

// FinishAssessed is SaveAssessments and FinishTarget in one write to the disk.
func (db *DB) FinishAssessed(ctx context.Context, run int64, target string, s audit.Subject,
	assessments []rubric.Assessment,
	toolVersion string, at time.Time) error {
	return db.saveAssessments(ctx, &s, assessments, toolVersion, at, func(tx *sql.Tx) error {
		return finishTarget(ctx, tx, run, target, &s)
	})
}

func (db *DB) saveAssessments(ctx context.Context, s *audit.Subject, assessments []rubric.Assessment,
	toolVersion string, at time.Time,
	finish func(*sql.Tx) error) error {
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		crawl, positions, err := crawlOf(ctx, tx, s, assessments)
		if err != nil {
			return err
		}
		for i := range assessments {
			if err := insertAssessment(ctx, tx, crawl, &assessments[i], positions,
				origin{tool: toolVersion, at: at}); err != nil {
				return fmt.Errorf("rubric %q: %w", assessments[i].Rubric.ID, err)
			}
		}
		return finish(tx)
	})
	if err != nil {
		return fmt.Errorf("save assessments of %q: %w", Key(*s), err)
	}
	return nil
}

// crawlsBack is how many crawls of a subject are looked through for the one
// that assessments are of: so many may end at the same time, when one list, or
// two runs side by side, name a model in several ways.
const crawlsBack = 16

// crawlOf finds the latest crawl of a subject that holds what assessments rest
// on, and where each observation stands in it. Where none does, it is the
// latest one.
func crawlOf(ctx context.Context, tx *sql.Tx, s *audit.Subject,
	assessments []rubric.Assessment) (crawl int64, positions map[evidenceKey]int, err error) {
	crawls, err := newestCrawls(ctx, tx, s, crawlsBack)
	if err != nil {
		return 0, nil, err
	}
	for i, c := range crawls {
		p, err := observationPositions(ctx, tx, c)
		if err != nil {
			return 0, nil, err
		}
		if holds(p, assessments) {
			return c, p, nil
		}
		if i == 0 {
			crawl, positions = c, p
		}
	}
	return crawl, positions, nil
}

func latestCrawl(ctx context.Context, q querier, s *audit.Subject) (int64, error) {
	crawls, err := newestCrawls(ctx, q, s, 1)
	if err != nil {
		return 0, err
	}
	return crawls[0], nil
}

// newestCrawls lists crawls of a subject, the latest first.
func newestCrawls(ctx context.Context, q querier, s *audit.Subject, limit int) (crawls []int64, err error) {
	rows, err := q.QueryContext(ctx, `SELECT c.id FROM crawls c JOIN subjects s ON s.id = c.subject
		WHERE s.model = ? AND s.label = ? ORDER BY c.id DESC LIMIT ?`, s.ID, s.Label, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		crawls = append(crawls, id)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(crawls) == 0 {
		return nil, fmt.Errorf("its crawl is %w: save the record first", ErrNotFound)
	}
	return crawls, nil
}

// holds reports whether a crawl has every observation that assessments rest on.
func holds(positions map[evidenceKey]int, assessments []rubric.Assessment) bool {
	for i := range assessments {
		for _, j := range assessments[i].Judgements {
			for k := range j.Observations {
				if _, there := positions[keyOf(&j.Observations[k])]; !there {
					return false
				}
			}
		}
	}
	return true
}

// An evidence key tells the observations of one crawl apart. Times are left
// out: within a crawl a document has one.
type evidenceKey struct {
	fact, value, url, sha256, note string
	finding                        audit.Finding
	start, end                     int
	role                           audit.Role
}

func keyOf(o *audit.Observation) evidenceKey {
	return evidenceKey{o.Fact, o.Value, o.URL, o.SHA256, o.Note, o.Finding, o.Start, o.End, o.Role}
}

func observationPositions(ctx context.Context, tx *sql.Tx, crawl int64) (map[evidenceKey]int, error) {
	rows, err := tx.QueryContext(ctx,
		`SELECT o.position, o.fact, o.value, coalesce(o.url, f.url), coalesce(f.sha256, ''), o.note,
			o.finding, o.start_byte, o.end_byte, o.role
		FROM crawls c CROSS JOIN observations o ON o.crawl = `+ownObservations+`
			LEFT JOIN crawl_documents d ON d.crawl = `+ownCrawl+` AND d.position = o.document
			LEFT JOIN fetches f ON f.id = d.fetch
		WHERE c.id = ? ORDER BY o.position DESC`, crawl) // the first of equals is kept
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	positions := make(map[evidenceKey]int)
	for rows.Next() {
		var position int
		var k evidenceKey
		if err := rows.Scan(&position, &k.fact, &k.value, &k.url, &k.sha256, &k.note, &k.finding, &k.start, &k.end,
			&k.role); err != nil {
			return nil, err
		}
		positions[k] = position
	}
	return positions, rows.Err()
}

func insertAssessment(ctx context.Context, tx *sql.Tx, crawl int64, a *rubric.Assessment, positions map[evidenceKey]int,
	from origin) error {
	rows := make([]judgementRow, len(a.Judgements))
	for i := range a.Judgements {
		var err error
		if rows[i], err = rowOf(&a.Judgements[i], positions); err != nil {
			return fmt.Errorf("dimension %q: %w", a.Judgements[i].Dimension, err)
		}
	}
	if again, err := assessAgain(ctx, tx, crawl, a, rows, from); again || err != nil {
		return err
	}
	var once shared
	if restsOnNothing(a.Judgements) {
		once = sharedJudgements(rows)
	}
	r, s := a.Rubric, a.Score
	_, err := writeAssessment(ctx, tx, []any{timeText(from.at), crawl, r.ID, r.Version, r.SHA256, from.tool, s.Strict,
		s.Determined, s.Max, s.Percent, s.Coverage}, rows, once)
	return err
}

// writeAssessment stores an assessment, of which the columns are given in their order
// here, with its judgements, or a reference to the one that has these already.
func writeAssessment(ctx context.Context, tx *sql.Tx, columns []any, judgements []judgementRow,
	once shared) (id int64, err error) {
	owner, err := once.owner(ctx, tx)
	if err != nil {
		return 0, err
	}
	result, err := tx.ExecContext(ctx,
		`INSERT INTO assessments (at, crawl, rubric, rubric_version, rubric_sha256, tool_version, strict, determined,
		max, percent, coverage, judged_as) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		append(columns, sql.NullInt64{Int64: owner, Valid: owner != 0})...)
	if err == nil {
		id, err = result.LastInsertId()
	}
	if err != nil || owner != 0 {
		return id, err
	}
	if err = insertJudgements(ctx, tx, id, judgements); err == nil {
		err = once.note(ctx, tx, id)
	}
	return id, err
}

func insertJudgements(ctx context.Context, tx *sql.Tx, assessment int64, judgements []judgementRow) error {
	rows := batch{tx: tx, into: `judgements (assessment, position, dimension, class, reason, origin, rule, cause,
		unknown, observations)`}
	for i := range judgements {
		j := &judgements[i]
		if err := rows.add(ctx, append([]any{assessment, i}, j.columns()...)...); err != nil {
			return fmt.Errorf("judgements up to %q: %w", j.dimension, err)
		}
	}
	if err := rows.flush(ctx); err != nil {
		return fmt.Errorf("judgements: %w", err)
	}
	return nil
}

// A judgementRow is a judgement as it is stored; observations are positions
// among those of the crawl.
type judgementRow struct {
	dimension, class, reason, origin, rule, cause, unknown, observations string
}

func (j *judgementRow) columns() []any {
	return []any{j.dimension, j.class, j.reason, j.origin, j.rule, j.cause, j.unknown, j.observations}
}

func sharedJudgements(judgements []judgementRow) shared {
	rows := make([][]any, len(judgements))
	for i := range judgements {
		rows[i] = judgements[i].columns()
	}
	return sharedRows("judgements", rows)
}

func rowOf(j *rubric.Judgement, positions map[evidenceKey]int) (judgementRow, error) {
	row := judgementRow{dimension: j.Dimension, class: string(j.Class), reason: j.Reason, origin: string(j.Origin),
		rule: j.Rule, cause: string(j.Cause)}
	rests := []int{}
	for i := range j.Observations {
		at, known := positions[keyOf(&j.Observations[i])]
		if !known {
			return row, fmt.Errorf("rests on an observation of %q that its crawl lacks", j.Observations[i].Fact)
		}
		rests = append(rests, at)
	}
	unknown, err := json.Marshal(append([]string{}, j.Unknown...))
	if err != nil {
		return row, err
	}
	observations, err := json.Marshal(rests)
	row.unknown, row.observations = string(unknown), string(observations)
	return row, err
}
