-- A census is one reading of a hub's whole list of models. It is written page by
-- page, each page with the place where the next one begins in one transaction: a
-- census that was killed goes on there.

CREATE TABLE censuses (
  id           INTEGER PRIMARY KEY,
  started_at   TEXT    NOT NULL,
  ended_at     TEXT,             -- NULL: still going, or killed
  read_at      TEXT    NOT NULL, -- when the latest page came
  tool_version TEXT    NOT NULL,
  query        TEXT    NOT NULL CHECK (json_valid(query)), -- what entries are asked for
  cursor       TEXT    NOT NULL, -- where the next page begins; '' is the first
  pages        INTEGER NOT NULL,
  requests     INTEGER NOT NULL,
  models       INTEGER NOT NULL  -- rows below; a model that moved to a later page meanwhile is one
) STRICT;

-- One compact row a model, in the words of audit.Listed. NULL is what the list left
-- out. Lists have blanks between. Times are Unix seconds.
CREATE TABLE census_models (
  census     INTEGER NOT NULL REFERENCES censuses (id),
  model      TEXT    NOT NULL CHECK (model <> ''),
  gate       TEXT,
  weights    TEXT,
  card       TEXT,
  class      TEXT,    -- what the licence tag says: open, noncommercial, restricted, unclear, none
  licence    TEXT,
  tags       TEXT,    -- the licence tags with commas between, where licence does not say the same
  bases      TEXT,
  relation   TEXT,
  datasets   TEXT,
  papers     TEXT,
  library    TEXT,
  pipeline   TEXT,
  downloads  INTEGER,
  likes      INTEGER,
  parameters INTEGER,
  created    INTEGER,
  modified   INTEGER,
  sha        BLOB,    -- 20 bytes
  PRIMARY KEY (census, model)
) STRICT, WITHOUT ROWID;
