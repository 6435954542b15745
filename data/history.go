package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"openness/rubric"
)

// A Crawl is one entry of a model's history: when it was looked at, and what
// rubrics made of it, oldest assessment first.
type Crawl struct {
	At          time.Time        `json:"at"`
	Tool        string           `json:"tool"`
	Origin      string           `json:"origin"`  // crawl, or snapshot: taken over from the built-in one
	Changes     []Change         `json:"changes"` // of what was seen, against the crawl before
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
	Dimension string        `json:"dimension"`
	Class     rubric.Class  `json:"class"`
	Cause     rubric.Cause  `json:"cause,omitempty"`  // of a class that is undetermined
	Origin    rubric.Origin `json:"origin,omitempty"` // a rule, or a person's review
}

// A ClassChange is a dimension whose class became another, and why.
type ClassChange struct {
	Dimension string       `json:"dimension"`
	From      rubric.Class `json:"from"`
	To        rubric.Class `json:"to"`
	Why       Why          `json:"why"`
}

// Why says what made a class another.
type Why string

// The reasons for another class.
const (
	ModelChanged Why = "the model changed"
	SeenLess     Why = "less was seen"
	SeenMore     Why = "more was seen"
	ReadAnew     Why = "the reading or the rubric changed"
	Reviewed     Why = "a person reviewed it"
)

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
	rows, err := conn.QueryContext(ctx, `SELECT c.id, c.at, c.tool_version, c.origin, c.changes
		FROM crawls c WHERE c.subject = ? ORDER BY c.id`, subject)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var at, changes string
		c := Crawl{Changes: []Change{}, Assessments: []PastAssessment{}}
		if err := rows.Scan(&id, &at, &c.Tool, &c.Origin, &changes); err != nil {
			return nil, nil, err
		}
		if c.At, err = parseTime(at); err != nil {
			return nil, nil, err
		}
		if err := json.Unmarshal([]byte(changes), &c.Changes); err != nil {
			return nil, nil, fmt.Errorf("changes of the crawl at %s: %w", at, err)
		}
		crawls, ids = append(crawls, c), append(ids, id)
	}
	return crawls, ids, rows.Err()
}

func assessmentsOf(ctx context.Context, conn *sql.Conn, crawl int64) ([]PastAssessment, error) {
	rows, err := conn.QueryContext(ctx,
		`SELECT a.at, g.at, a.tool_version, a.rubric, a.rubric_version, a.rubric_sha256, a.strict, a.determined, a.max,
			a.percent, a.coverage, (SELECT json_group_array(json_object('dimension', j.dimension, 'class', j.class, 'cause', j.cause, 'origin', j.origin) ORDER BY j.position)
				FROM judgements j WHERE j.assessment = `+ownJudgements+`)
		FROM (SELECT id, 0 AS at FROM assessments WHERE crawl = ?1 UNION ALL SELECT assessment, at FROM assessments_again WHERE crawl = ?1) g
		JOIN assessments a ON a.id = g.id ORDER BY g.at, a.id`, crawl)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	assessments := []PastAssessment{}
	for rows.Next() {
		var at, classes string
		var again int64
		var a PastAssessment
		r, s := &a.Rubric, &a.Score
		if err := rows.Scan(&at, &again, &a.Tool, &r.ID, &r.Version, &r.SHA256, &s.Strict, &s.Determined, &s.Max,
			&s.Percent, &s.Coverage, &classes); err != nil {
			return nil, err
		}
		if a.At, err = parseTime(at); err != nil {
			return nil, err
		}
		if again != 0 {
			a.At = time.Unix(0, again).UTC()
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
// same rubric id, and why.
func markChanges(history []Crawl) {
	type past struct {
		crawl int
		by    [2]string // tool and rubric
		class map[string]PastClass
	}
	before := make(map[string]past)
	for i := range history {
		for k := range history[i].Assessments {
			a := &history[i].Assessments[k]
			a.Changes = []ClassChange{}
			was, again := before[a.Rubric.ID]
			now := past{crawl: i, by: [2]string{a.Tool, a.Rubric.SHA256}, class: make(map[string]PastClass,
				len(a.Classes))}
			moved := again && modelMoved(history[was.crawl+1:i+1])
			for _, c := range a.Classes {
				now.class[c.Dimension] = c
				if then, known := was.class[c.Dimension]; known && then.Class != c.Class {
					anew := was.crawl == i || was.by != now.by && !moved
					a.Changes = append(a.Changes, ClassChange{c.Dimension, then.Class, c.Class, why(then, c, anew)})
				}
			}
			before[a.Rubric.ID] = now
		}
	}
}

// modelMoved reports whether any of some crawls found the model changed.
func modelMoved(crawls []Crawl) bool {
	for _, c := range crawls {
		if slices.ContainsFunc(c.Changes, func(c Change) bool { return c.Kind.OfModel() }) {
			return true
		}
	}
	return false
}

// why says what made a class another. anew is true where nothing of the model is
// known to have changed, but the tool or the rubric did.
func why(was, is PastClass, anew bool) Why {
	unseen := func(c PastClass) bool {
		return c.Class == rubric.Undetermined && (c.Cause == rubric.CauseNotCaptured || c.Cause == rubric.CauseRefused)
	}
	switch {
	case is.Origin == rubric.FromReview: // a class that a person gave changes when a person does it
		return Reviewed
	case anew:
		return ReadAnew
	case unseen(is):
		return SeenLess
	case unseen(was):
		return SeenMore
	}
	return ModelChanged
}
