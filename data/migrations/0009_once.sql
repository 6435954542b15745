-- What quotes nothing is written once. Of a place that could not be had everything is
-- said in the same words, whichever model it is: a crawl, or an assessment, of which no
-- row quotes anything names the one that has these very rows (data/once.go).

ALTER TABLE crawls ADD COLUMN read_as INTEGER REFERENCES crawls (id);           -- it has the observations
ALTER TABLE assessments ADD COLUMN judged_as INTEGER REFERENCES assessments (id); -- it has the judgements

-- Who has the rows with a hash: a crawl in its observations, or an assessment in its judgements.
CREATE TABLE once (
  hash  BLOB    PRIMARY KEY,
  owner INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
