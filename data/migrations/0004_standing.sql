-- What a document of a crawl is besides the answer that it was read from: an
-- earlier look that stands in for a source that fails, or the notice that
-- something is gone. The answer itself stays in fetches as it was given.

ALTER TABLE crawl_documents ADD COLUMN stale_since TEXT NOT NULL DEFAULT '';  -- when the source first failed, '' for not stale
ALTER TABLE crawl_documents ADD COLUMN stale_why TEXT NOT NULL DEFAULT '';    -- how it failed at this crawl
ALTER TABLE crawl_documents ADD COLUMN last_seen TEXT NOT NULL DEFAULT '';    -- when what is gone was last there
ALTER TABLE crawl_documents ADD COLUMN first_missed TEXT NOT NULL DEFAULT ''; -- when it was first found gone

-- A file is looked for at other revisions where one cannot be had.
CREATE INDEX fetches_file ON fetches (place, place_id, path) WHERE path <> '';

-- What became different with a crawl, against the one before: a JSON array, in
-- the words of package data. Crawls of before this migration tell nothing.
ALTER TABLE crawls ADD COLUMN changes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(changes));
