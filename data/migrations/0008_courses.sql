-- How a crawl asked for what it found, in the crawler's words (audit/crawl/course.go),
-- packed with zstd: where all answers are the same again, no page need be read for the
-- places that it names. A row that is missing costs time and nothing else.

CREATE TABLE courses (
  key   TEXT    PRIMARY KEY, -- of the target and the settings of the crawl
  crawl INTEGER NOT NULL REFERENCES crawls (id),
  steps BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
