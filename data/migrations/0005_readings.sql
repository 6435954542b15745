-- What classes depend on, packed: one row for each crawl with the fact, finding,
-- value and role of every observation in order, so that a store is judged anew
-- without its quotes and notes being read. It repeats what observations say and
-- may be made anew from them; a crawl of before this migration has no row until
-- it is first asked for.

-- The facts and their values as some version of the program names them: packed
-- rows give both by position.
CREATE TABLE vocabularies (
  id    INTEGER PRIMARY KEY,
  facts TEXT NOT NULL UNIQUE CHECK (json_valid(facts)) -- [[name, value, ...], ...]
) STRICT;

CREATE TABLE readings (
  crawl      INTEGER PRIMARY KEY REFERENCES crawls (id),
  vocabulary INTEGER NOT NULL REFERENCES vocabularies (id),
  packed     BLOB    NOT NULL, -- data/packed.go says how
  addresses  BLOB    NOT NULL  -- where they were read
) STRICT;
