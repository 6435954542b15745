-- What is found unchanged is not written again. A look that gave what the newest
-- answer of its address had given adds no row to fetches: it moves the date of
-- that answer. A crawl whose places, documents and outcomes are those of an
-- earlier one, made by the same observers, refers to it and has no places,
-- documents, observations and packed readings of its own.

CREATE TABLE looks (
  fetch   INTEGER PRIMARY KEY REFERENCES fetches (id),
  at      INTEGER NOT NULL, -- when it was given last, in Unix nanoseconds
  status  INTEGER NOT NULL, -- as it was answered then: 304 says only that nothing is new
  outcome TEXT    NOT NULL CHECK (outcome IN ('fetched', 'not_modified', 'absent', 'refused', 'failed', 'skipped'))
) STRICT;

ALTER TABLE crawls ADD COLUMN same_as INTEGER REFERENCES crawls (id); -- one that refers to none itself
ALTER TABLE crawls ADD COLUMN looked BLOB; -- when and how each document was looked at, where its fetch tells of an earlier look (data/looks.go)
ALTER TABLE crawls ADD COLUMN observer TEXT NOT NULL DEFAULT ''; -- the build of the program that observed, '' for not known

-- An assessment that came out word for word as one of a crawl with the same observations.
CREATE TABLE assessments_again (
  crawl      INTEGER NOT NULL REFERENCES crawls (id),
  assessment INTEGER NOT NULL REFERENCES assessments (id),
  at         INTEGER NOT NULL, -- Unix nanoseconds
  PRIMARY KEY (crawl, assessment)
) STRICT, WITHOUT ROWID;
