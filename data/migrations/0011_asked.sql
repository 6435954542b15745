-- The id that a crawl was asked for, where it found a model of another id: what a hub has
-- renamed is known by it, however the target was written. Empty in most rows.

ALTER TABLE crawls ADD COLUMN asked TEXT NOT NULL DEFAULT '';
UPDATE crawls SET asked = rtrim(CASE
  WHEN target LIKE 'https://huggingface.co/%' THEN substr(target, 24)
  WHEN target LIKE 'https://hf.co/%' THEN substr(target, 15)
  WHEN target LIKE 'huggingface.co/%' THEN substr(target, 16)
  WHEN target LIKE 'hf.co/%' THEN substr(target, 7)
  WHEN target LIKE 'hf:%' THEN substr(target, 4)
  ELSE target END, '/');
UPDATE crawls SET asked = '' WHERE asked = (SELECT model FROM subjects WHERE id = crawls.subject);
CREATE INDEX crawls_asked ON crawls (asked COLLATE NOCASE, id) WHERE asked <> '';
