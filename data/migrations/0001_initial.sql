-- The store of an audit. Reading order: bodies and fetches (what was served),
-- subjects, crawls, places and crawl_documents (what was looked at),
-- observations (what was read), assessments and judgements (what follows),
-- reviews (what people say). History is kept: rows are added, never changed;
-- the one exception is a body known by its hash only, which a later fetch fills.
-- Times are RFC 3339 in UTC. Words are those of package audit and rubric.

CREATE TABLE bodies (
  id      INTEGER PRIMARY KEY,
  sha256  TEXT    NOT NULL UNIQUE CHECK (length(sha256) = 64),
  bytes   INTEGER NOT NULL CHECK (bytes >= 0),  -- before compression
  data    BLOB,                                 -- zstd; NULL: known by hash and size only
  indexed INTEGER NOT NULL DEFAULT 0 CHECK (indexed IN (0, 1)) -- is it in the full-text index
) STRICT;
CREATE INDEX bodies_unindexed ON bodies (id) WHERE indexed = 0;

CREATE TABLE fetches (
  id            INTEGER PRIMARY KEY,
  url           TEXT    NOT NULL CHECK (url <> ''),
  kind          TEXT    NOT NULL CHECK (kind IN ('model_api', 'model_card', 'dataset_api', 'dataset_card', 'license', 'repo_api',
                  'repo_tree', 'readme', 'prose', 'citation', 'config', 'paper', 'venue', 'web_page', 'weights', 'other')),
  place         TEXT    NOT NULL CHECK (place IN ('', 'hub_model', 'hub_dataset', 'modelscope_model', 'github_repository',
                  'arxiv_paper', 'paper_page', 'web_page')),
  place_id      TEXT    NOT NULL,
  path          TEXT    NOT NULL,
  revision      TEXT    NOT NULL,
  retrieved_at  TEXT    NOT NULL,
  status        INTEGER NOT NULL, -- HTTP status, 0 when there was no answer
  outcome       TEXT    NOT NULL CHECK (outcome IN ('fetched', 'not_modified', 'absent', 'refused', 'failed', 'skipped')),
  detail        TEXT    NOT NULL,
  content_type  TEXT    NOT NULL,
  etag          TEXT    NOT NULL,
  last_modified TEXT    NOT NULL,
  sha256        TEXT    REFERENCES bodies (sha256), -- NULL: gave no bytes
  partial       INTEGER NOT NULL CHECK (partial IN (0, 1))
) STRICT;
CREATE INDEX fetches_url ON fetches (url, retrieved_at);
CREATE INDEX fetches_sha256 ON fetches (sha256);

-- A subject is a model under one label: a list may audit the same model twice
-- with different places to look, and both are kept.
CREATE TABLE subjects (
  id    INTEGER PRIMARY KEY,
  model TEXT NOT NULL CHECK (model <> ''),
  label TEXT NOT NULL,
  UNIQUE (model, label)
) STRICT;
CREATE INDEX subjects_label ON subjects (label);

CREATE TABLE crawls (
  id           INTEGER PRIMARY KEY,
  subject      INTEGER NOT NULL REFERENCES subjects (id),
  origin       TEXT    NOT NULL CHECK (origin IN ('crawl', 'snapshot')),
  at           TEXT    NOT NULL,
  tool_version TEXT    NOT NULL,
  target       TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  organisation TEXT    NOT NULL,
  base         TEXT    NOT NULL,
  released     TEXT    NOT NULL
) STRICT;
CREATE INDEX crawls_subject ON crawls (subject, id);

CREATE TABLE places (
  crawl    INTEGER NOT NULL REFERENCES crawls (id),
  position INTEGER NOT NULL,
  kind     TEXT    NOT NULL CHECK (kind IN ('hub_model', 'hub_dataset', 'modelscope_model', 'github_repository', 'arxiv_paper',
             'paper_page', 'web_page')),
  role     TEXT    NOT NULL CHECK (role IN ('', 'end', 'base', 'code', 'paper', 'data', 'vendor', 'related')),
  place_id TEXT    NOT NULL,
  url      TEXT    NOT NULL,
  reason   TEXT    NOT NULL,
  given    INTEGER NOT NULL CHECK (given IN (0, 1)),
  PRIMARY KEY (crawl, position)
) STRICT, WITHOUT ROWID;

-- The documents that a crawl used, and what each is to the subject.
CREATE TABLE crawl_documents (
  crawl    INTEGER NOT NULL REFERENCES crawls (id),
  position INTEGER NOT NULL,
  fetch    INTEGER NOT NULL REFERENCES fetches (id),
  role     TEXT    NOT NULL CHECK (role IN ('', 'end', 'base', 'code', 'paper', 'data', 'vendor', 'related')),
  PRIMARY KEY (crawl, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX crawl_documents_fetch ON crawl_documents (fetch);

CREATE TABLE observations (
  crawl      INTEGER NOT NULL REFERENCES crawls (id),
  position   INTEGER NOT NULL,
  fact       TEXT    NOT NULL CHECK (fact <> ''),
  finding    TEXT    NOT NULL CHECK (finding IN ('present', 'absent', 'unreadable', 'not_fetched', 'refused')),
  value      TEXT    NOT NULL,
  document   INTEGER,                    -- position among crawl_documents
  url        TEXT,                       -- where document is NULL: the address that was never looked at
  start_byte INTEGER NOT NULL CHECK (start_byte >= 0),
  end_byte   INTEGER NOT NULL CHECK (end_byte >= start_byte),
  quote      TEXT    NOT NULL,           -- bytes start..end of the document; '' in the built-in snapshot
  note       TEXT    NOT NULL,
  role       TEXT    NOT NULL CHECK (role IN ('', 'end', 'base', 'code', 'paper', 'data', 'vendor', 'related')),
  PRIMARY KEY (crawl, position),
  FOREIGN KEY (crawl, document) REFERENCES crawl_documents (crawl, position),
  CHECK ((document IS NULL) = (url IS NOT NULL)),
  CHECK (finding <> 'present' OR document IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessments (
  id             INTEGER PRIMARY KEY,
  crawl          INTEGER NOT NULL REFERENCES crawls (id),
  rubric         TEXT    NOT NULL,
  rubric_version TEXT    NOT NULL,
  rubric_sha256  TEXT    NOT NULL,
  tool_version   TEXT    NOT NULL,
  at             TEXT    NOT NULL,
  strict         REAL    NOT NULL,
  determined     REAL    NOT NULL,
  max            REAL    NOT NULL,
  percent        REAL    NOT NULL,
  coverage       REAL    NOT NULL
) STRICT;
CREATE INDEX assessments_crawl ON assessments (crawl, id);

CREATE TABLE judgements (
  assessment   INTEGER NOT NULL REFERENCES assessments (id),
  position     INTEGER NOT NULL,
  dimension    TEXT    NOT NULL,
  class        TEXT    NOT NULL CHECK (class IN ('closed', 'partial', 'open', 'undetermined')),
  reason       TEXT    NOT NULL,
  origin       TEXT    NOT NULL CHECK (origin IN ('rule', 'review')),
  rule         TEXT    NOT NULL,
  cause        TEXT    NOT NULL CHECK (cause IN ('', 'not_captured', 'refused', 'unreadable', 'nothing_said')),
  unknown      TEXT    NOT NULL CHECK (json_valid(unknown)),      -- names of facts
  observations TEXT    NOT NULL CHECK (json_valid(observations)), -- positions among the crawl's observations
  PRIMARY KEY (assessment, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (
  id        INTEGER PRIMARY KEY,
  subject   INTEGER NOT NULL REFERENCES subjects (id),
  dimension TEXT    NOT NULL CHECK (dimension <> ''),
  class     TEXT    NOT NULL CHECK (class IN ('closed', 'partial', 'open', 'undetermined')),
  reason    TEXT    NOT NULL CHECK (reason <> ''),
  reviewer  TEXT    NOT NULL,
  link      TEXT    NOT NULL,
  at        TEXT    NOT NULL
) STRICT;
CREATE INDEX reviews_subject ON reviews (subject, id);
