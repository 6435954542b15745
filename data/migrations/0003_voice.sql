-- What a quote was read as: whom it is about, whether it tells what was done,
-- denied or promised, of which stage of training, and whether it shows the fact
-- only indirectly. Empty in what was stored before.

ALTER TABLE observations ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE observations ADD COLUMN mode TEXT NOT NULL DEFAULT '';
ALTER TABLE observations ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE observations ADD COLUMN indirect INTEGER NOT NULL DEFAULT 0 CHECK (indirect IN (0, 1));
