package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"openness/rubric"
)

// A Crawl is one entry of a model's history: when it was looked at, and what
// rubrics made of it, oldest assessment first.
type Crawl struct {
	At          time.Time        `json:"at"`
	Tool        string           `json:"tool"`
	Origin      string           `json:"origin"` // crawl, or snapshot: taken over from the built-in one
	Assessments []PastAssessment `json:"assessments"`
}

// A PastAssessment is what one rubric made of a crawl.
type PastAssessment struct {
	At      time.Time     `json:"at"`
	Tool    string        `json:"tool"`
	Rubric  rubric.Ref    `json:"rubric"`
	Score   rubric.Score  `json:"score"`
	Classes []PastClass   `json:"classes"` // in the rubric's order
	Changes []ClassChange `json:"changes"` // against the assessment before under a rubric of the same id
}

// A PastClass is the class that a dimension had.
type PastClass struct {
	Dimension string       `json:"dimension"`
	Class     rubric.Class `json:"class"`
}

// A ClassChange is a dimension whose class became another.
type ClassChange struct {
	Dimension string       `json:"dimension"`
	From      rubric.Class `json:"from"`
	To        rubric.Class `json:"to"`
}

// History gives every crawl of one model, oldest first. name is read as by Record.
func (db *DB) History(ctx context.Context, name string) ([]Crawl, error) {
	var history []Crawl
	err := db.read(ctx, func(conn *sql.Conn) error {
		subject, err := resolve(ctx, conn, name)
		if err != nil {
			return err
		}
		var ids []int64
		if history, ids, err = crawlsOf(ctx, conn, subject); err != nil {
			return err
		}
		for i, id := range ids {
			if history[i].Assessments, err = assessmentsOf(ctx, conn, id); err != nil {
				return err
			}
		}
		return nil
	})
	markChanges(history)
	return history, err
}

func crawlsOf(ctx context.Context, conn *sql.Conn, subject int64) (crawls []Crawl, ids []int64, err error) {
	rows, err := conn.QueryContext(ctx, `SELECT c.id, c.at, c.tool_version, c.origin
		FROM crawls c WHERE c.subject = ? ORDER BY c.id`, subject)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var at string
		c := Crawl{Assessments: []PastAssessment{}}
		if err := rows.Scan(&id, &at, &c.Tool, &c.Origin); err != nil {
			return nil, nil, err
		}
		if c.At, err = parseTime(at); err != nil {
			return nil, nil, err
		}
		crawls, ids = append(crawls, c), append(ids, id)
	}
	return crawls, ids, rows.Err()
}

func assessmentsOf(ctx context.Context, conn *sql.Conn, crawl int64) ([]PastAssessment, error) {
	rows, err := conn.QueryContext(ctx, `SELECT a.at, a.tool_version, a.rubric, a.rubric_version, a.rubric_sha256, a.strict, a.determined, a.max,
			a.percent, a.coverage, (SELECT json_group_array(json_object('dimension', j.dimension, 'class', j.class) ORDER BY j.position)
				FROM judgements j WHERE j.assessment = a.id)
		FROM assessments a WHERE a.crawl = ? ORDER BY a.id`, crawl)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	assessments := []PastAssessment{}
	for rows.Next() {
		var at, classes string
		var a PastAssessment
		r, s := &a.Rubric, &a.Score
		if err := rows.Scan(&at, &a.Tool, &r.ID, &r.Version, &r.SHA256, &s.Strict, &s.Determined, &s.Max, &s.Percent, &s.Coverage, &classes); err != nil {
			return nil, err
		}
		if a.At, err = parseTime(at); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(classes), &a.Classes); err != nil {
			return nil, err
		}
		undetermined := 0
		for _, c := range a.Classes {
			if c.Class == rubric.Undetermined {
				undetermined++
			}
		}
		a.Score = rubric.PastScore(a.Score, len(a.Classes), undetermined)
		assessments = append(assessments, a)
	}
	return assessments, rows.Err()
}

// markChanges fills in what changed since the assessment before under the
// same rubric id.
func markChanges(history []Crawl) {
	before := make(map[string]map[string]rubric.Class)
	for i := range history {
		for k := range history[i].Assessments {
			a := &history[i].Assessments[k]
			a.Changes = []ClassChange{}
			now := make(map[string]rubric.Class, len(a.Classes))
			for _, c := range a.Classes {
				now[c.Dimension] = c.Class
				if was, known := before[a.Rubric.ID][c.Dimension]; known && was != c.Class {
					a.Changes = append(a.Changes, ClassChange{c.Dimension, was, c.Class})
				}
			}
			before[a.Rubric.ID] = now
		}
	}
}
