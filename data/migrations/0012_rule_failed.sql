-- A judgement may be left open because a rule of the rubric could not be evaluated. SQLite
-- changes no CHECK in place, so the table is written anew.

CREATE TABLE judgements_new (
  assessment   INTEGER NOT NULL REFERENCES assessments (id),
  position     INTEGER NOT NULL,
  dimension    TEXT    NOT NULL,
  class        TEXT    NOT NULL CHECK (class IN ('closed', 'partial', 'open', 'undetermined')),
  reason       TEXT    NOT NULL,
  origin       TEXT    NOT NULL CHECK (origin IN ('rule', 'review')),
  rule         TEXT    NOT NULL,
  cause        TEXT    NOT NULL CHECK (cause IN ('', 'not_captured', 'refused', 'unreadable', 'nothing_said',
                  'rule_failed')),
  unknown      TEXT    NOT NULL CHECK (json_valid(unknown)),      -- names of facts
  observations TEXT    NOT NULL CHECK (json_valid(observations)), -- positions among the crawl's observations
  PRIMARY KEY (assessment, position)
) STRICT, WITHOUT ROWID;
INSERT INTO judgements_new SELECT assessment, position, dimension, class, reason, origin, rule, cause, unknown, observations
FROM judgements;
DROP TABLE judgements;
ALTER TABLE judgements_new RENAME TO judgements;
