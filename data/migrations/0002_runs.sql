-- A run is one call of audit over a list of targets. A run without an end was
-- killed: the same list goes on where it stopped.

CREATE TABLE runs (
  id         INTEGER PRIMARY KEY,
  list       TEXT NOT NULL CHECK (list <> ''), -- hash of the targets
  started_at TEXT NOT NULL,
  ended_at   TEXT                              -- NULL: still going, or killed
) STRICT;
CREATE INDEX runs_list ON runs (list, id);

CREATE TABLE run_targets (
  run    INTEGER NOT NULL REFERENCES runs (id),
  target TEXT    NOT NULL,
  crawl  INTEGER NOT NULL REFERENCES crawls (id),
  PRIMARY KEY (run, target)
) STRICT, WITHOUT ROWID;
