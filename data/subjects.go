package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
)

// Key names one stored subject beyond doubt: its id, and its label after "#"
// where it has one. A list may audit one model under several labels with
// different places to look; each of them is a subject with its own history.
func Key(s audit.Subject) string { return key(s.ID, s.Label) }

func key(model, label string) string {
	if label == "" {
		return model
	}
	return model + "#" + label
}

// Subjects lists the subjects as their latest crawls saw them, by id and label.
func (db *DB) Subjects(ctx context.Context) ([]audit.Subject, error) {
	var subjects []audit.Subject
	err := db.eachSubject(ctx, func(s audit.Subject) error {
		subjects = append(subjects, s)
		return nil
	})
	slices.SortStableFunc(subjects, func(a, b audit.Subject) int {
		return strings.Compare(a.ID+"\x00"+a.Label, b.ID+"\x00"+b.Label)
	})
	return subjects, err
}

// latestCrawls is a table expression: the newest crawl of every subject, but of those
// whose name a hub has given up for another since. See movedTo.
const latestCrawls = `(SELECT l.id FROM (SELECT max(id) AS id, subject FROM crawls GROUP BY subject) l
	JOIN subjects o ON o.id = l.subject WHERE NOT EXISTS (` + moved + `))`

// moved selects the subject that the name of a subject o, last looked at in crawl l,
// leads to since: an audit of that very name found a model of another.
const moved = `SELECT n.subject FROM crawls n JOIN subjects t ON t.id = n.subject
	WHERE n.asked = o.model COLLATE NOCASE AND n.asked <> '' AND n.id > l.id AND n.subject <> o.id
	AND t.label = o.label ORDER BY n.id DESC LIMIT 1`

// mostMoves bounds how often a name is followed to another.
const mostMoves = 8

// movedTo follows a subject to the one that its name leads to now. What was found under a
// name that a hub has given to another model, or redirects, is no answer about it today.
func movedTo(ctx context.Context, q querier, subject int64) (int64, error) {
	for range mostMoves {
		var next int64
		err := q.QueryRowContext(ctx, `SELECT coalesce((`+moved+`), 0) FROM subjects o,
			(SELECT max(id) AS id FROM crawls WHERE subject = ?1) l WHERE o.id = ?1`, subject).Scan(&next)
		if err != nil || next == 0 {
			return subject, err
		}
		subject = next
	}
	return subject, nil
}

// namesOf are a subject and those that lead to it now, as a JSON array of their ids.
func namesOf(ctx context.Context, q querier, subject int64) (string, error) {
	names := []int64{subject}
	for i := 0; i < len(names); i++ {
		older, err := movedFrom(ctx, q, names[i])
		if err != nil {
			return "", err
		}
		for _, id := range older {
			if slices.Contains(names, id) {
				continue
			}
			now, err := movedTo(ctx, q, id)
			if err != nil {
				return "", err
			}
			if now == subject {
				names = append(names, id)
			}
		}
	}
	list, err := json.Marshal(names)
	return string(list), err
}

// movedFrom are the subjects whose name was asked for where this one was found.
func movedFrom(ctx context.Context, q querier, subject int64) (ids []int64, err error) {
	rows, err := q.QueryContext(ctx, `SELECT o.id FROM (SELECT DISTINCT n.asked, t.label FROM crawls n
		JOIN subjects t ON t.id = n.subject WHERE t.id = ?1 AND n.asked <> '') a
		CROSS JOIN subjects o ON o.model = a.asked COLLATE NOCASE AND o.label = a.label WHERE o.id <> ?1`, subject)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// subjectColumns are read by scanSubject; s is subjects, c is crawls.
const subjectColumns = `c.id, s.model, s.label, c.target, c.asked, c.name, c.organisation, c.base, c.released`

func scanSubject(row scanner, s *audit.Subject, more ...any) (crawl int64, err error) {
	into := []any{&crawl}
	for _, field := range subjectFields(s) {
		into = append(into, field)
	}
	err = row.Scan(append(into, more...)...)
	return crawl, err
}

// subjectFields are what subjectColumns are read into, after the crawl.
func subjectFields(s *audit.Subject) [8]*string {
	return [...]*string{&s.ID, &s.Label, &s.Target, &s.Asked, &s.Name, &s.Organisation, &s.Base, &s.Released}
}

// resolve finds the one subject that name stands for. Ways to name one, the
// surest first: its key, id or label, the target as it was given, its name.
// The first way that finds any decides; if it finds several, the error wraps
// ErrAmbiguous and lists them. A name that a hub has given up for another leads there.
func resolve(ctx context.Context, q querier, name string) (subject int64, err error) {
	if subject, err = named(ctx, q, name); err != nil {
		return 0, err
	}
	return movedTo(ctx, q, subject)
}

func named(ctx context.Context, q querier, name string) (subject int64, err error) {
	found, err := byKey(ctx, q, name)
	if err != nil || len(found) > 0 {
		return theOne(name, found, err)
	}
	for _, way := range []string{
		`s.model = ?1 OR s.label = ?1`,
		`c.target = ?1`,
		`c.name = ?1 COLLATE NOCASE OR s.label = ?1 COLLATE NOCASE OR s.model = ?1 COLLATE NOCASE`,
		`lower(substr(s.model, instr(s.model, '/') + 1)) = lower(?1)`,
	} {
		found, err := candidates(ctx, q, way, name)
		if err != nil || len(found) > 0 {
			return theOne(name, found, err)
		}
	}
	return 0, fmt.Errorf("model %q: %w; audit it first", name, ErrNotFound)
}

// theOne is the only one found.
func theOne(name string, found []candidate, err error) (subject int64, _ error) {
	switch {
	case err != nil:
		return 0, err
	case len(found) > 1:
		return 0, ambiguity(name, found)
	}
	return found[0].id, nil
}

// mostMarks bounds how many "#" of a name are tried as the end of an id.
const mostMarks = 32

// byKey are the subjects with this key: one, but for ids that hold a "#". What
// could be the id is listed, so that the index of ids finds it: reports ask for
// every model, and a look through all of them each time would grow with the
// square of their number.
func byKey(ctx context.Context, q querier, name string) ([]candidate, error) {
	ids := []string{name}
	for i := range name {
		if name[i] == '#' && len(ids) <= mostMarks {
			ids = append(ids, name[:i])
		}
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	return candidates(ctx, q,
		`s.model IN (SELECT value FROM json_each(?2)) AND s.model || CASE s.label WHEN '' THEN '' ELSE '#' |`+
			`| s.label END = ?1`, name, string(list))
}

type candidate struct {
	id           int64
	model, label string
}

// candidates are the subjects whose latest crawl satisfies the condition.
func candidates(ctx context.Context, q querier, condition string, args ...any) ([]candidate, error) {
	rows, err := q.QueryContext(ctx, `SELECT s.id, s.model, s.label FROM subjects s JOIN crawls c ON c.subject = s.id
		WHERE c.id = (SELECT max(id) FROM crawls WHERE subject = s.id) AND (`+condition+`) ORDER BY s.model, s.label`,
		args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []candidate
	for rows.Next() {
		var c candidate
		if err := rows.Scan(&c.id, &c.model, &c.label); err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, rows.Err()
}

// maxListed bounds how many candidates an error names.
const maxListed = 10

func ambiguity(name string, found []candidate) error {
	var keys []string
	for i, c := range found {
		if i == maxListed {
			keys = append(keys, fmt.Sprintf("and %d more", len(found)-i))
			break
		}
		keys = append(keys, fmt.Sprintf("%q", key(c.model, c.label)))
	}
	return fmt.Errorf("model %q: %w, say which: %s", name, ErrAmbiguous, strings.Join(keys, ", "))
}

// ensureSubject gives the row of the subject with that id and label.
func ensureSubject(ctx context.Context, tx *sql.Tx, s *audit.Subject) (int64, error) {
	var id int64
	err := tx.QueryRowContext(ctx, `SELECT id FROM subjects WHERE model = ? AND label = ?`, s.ID, s.Label).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO subjects (model, label) VALUES (?, ?)`, s.ID, s.Label)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}
