package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"openness/audit"
	"openness/rubric"
)

// SaveAssessments stores what rubrics made of the latest crawl of the subject.
// Each judgement keeps which of the crawl's observations it rests on; one that
// rests on anything else is refused. Earlier assessments stay.
func (db *DB) SaveAssessments(ctx context.Context, s audit.Subject, assessments []rubric.Assessment, toolVersion string, at time.Time) error {
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		crawl, err := latestCrawl(ctx, tx, &s)
		if err != nil {
			return err
		}
		positions, err := observationPositions(ctx, tx, crawl)
		if err != nil {
			return err
		}
		for i := range assessments {
			if err := insertAssessment(ctx, tx, crawl, &assessments[i], positions, origin{tool: toolVersion, at: at}); err != nil {
				return fmt.Errorf("rubric %q: %w", assessments[i].Rubric.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save assessments of %q: %w", Key(s), err)
	}
	return nil
}

func latestCrawl(ctx context.Context, q querier, s *audit.Subject) (crawl int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT max(c.id) FROM crawls c JOIN subjects s ON s.id = c.subject
		WHERE s.model = ? AND s.label = ? GROUP BY c.subject`, s.ID, s.Label).Scan(&crawl)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("its crawl is %w: save the record first", ErrNotFound)
	}
	return crawl, err
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
	rows, err := tx.QueryContext(ctx, `SELECT o.position, o.fact, o.value, coalesce(o.url, f.url), coalesce(f.sha256, ''), o.note,
			o.finding, o.start_byte, o.end_byte, o.role
		FROM observations o LEFT JOIN crawl_documents d ON d.crawl = o.crawl AND d.position = o.document LEFT JOIN fetches f ON f.id = d.fetch
		WHERE o.crawl = ? ORDER BY o.position DESC`, crawl) // the first of equals is kept
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	positions := make(map[evidenceKey]int)
	for rows.Next() {
		var position int
		var k evidenceKey
		if err := rows.Scan(&position, &k.fact, &k.value, &k.url, &k.sha256, &k.note, &k.finding, &k.start, &k.end, &k.role); err != nil {
			return nil, err
		}
		positions[k] = position
	}
	return positions, rows.Err()
}

func insertAssessment(ctx context.Context, tx *sql.Tx, crawl int64, a *rubric.Assessment, positions map[evidenceKey]int, from origin) error {
	r, s := a.Rubric, a.Score
	result, err := tx.ExecContext(ctx, `INSERT INTO assessments (crawl, rubric, rubric_version, rubric_sha256, tool_version, at,
		strict, determined, max, percent, coverage) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		crawl, r.ID, r.Version, r.SHA256, from.tool, timeText(from.at), s.Strict, s.Determined, s.Max, s.Percent, s.Coverage)
	if err != nil {
		return err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return err
	}
	for i := range a.Judgements {
		if err := insertJudgement(ctx, tx, id, i, &a.Judgements[i], positions); err != nil {
			return fmt.Errorf("dimension %q: %w", a.Judgements[i].Dimension, err)
		}
	}
	return nil
}

func insertJudgement(ctx context.Context, tx *sql.Tx, assessment int64, position int, j *rubric.Judgement, positions map[evidenceKey]int) error {
	rests := []int{}
	for i := range j.Observations {
		at, known := positions[keyOf(&j.Observations[i])]
		if !known {
			return fmt.Errorf("rests on an observation of %q that its crawl lacks", j.Observations[i].Fact)
		}
		rests = append(rests, at)
	}
	unknown, err := json.Marshal(append([]string{}, j.Unknown...))
	if err != nil {
		return err
	}
	observations, err := json.Marshal(rests)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO judgements (assessment, position, dimension, class, reason, origin, rule, cause, unknown, observations)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		assessment, position, j.Dimension, j.Class, j.Reason, j.Origin, j.Rule, j.Cause, string(unknown), string(observations))
	return err
}
